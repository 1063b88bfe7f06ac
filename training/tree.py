"""Small dependency trees that are put together by hand and written out as documents."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.vocab import Vocab

_CLOSING = frozenset({",", ".", ";", ":", "?", "!", ")", "”", "’", "'s", "’s", "n't", "%"})
_OPENING = frozenset({"(", "“", "‘", "$"})


@dataclass(frozen=True)
class Tree:
    """A word with its dependants in the order of the text, each with its relation."""

    form: str
    tag: str
    left: tuple[tuple[str, Tree], ...] = ()
    right: tuple[tuple[str, Tree], ...] = ()

    def before(self, *added: tuple[str, Tree]) -> Tree:
        """Return the tree with further dependants at its very start."""
        return replace(self, left=added + self.left)

    def inner(self, *added: tuple[str, Tree]) -> Tree:
        """Return the tree with further dependants right before its own word."""
        return replace(self, left=self.left + added)

    def after(self, *added: tuple[str, Tree]) -> Tree:
        """Return the tree with further dependants at its very end."""
        return replace(self, right=self.right + added)

    def rows(self, relation: str = "ROOT") -> tuple[list[tuple[str, str, int, str]], int]:
        """Return the words in order as form, tag, distance to the head, relation; then the place of this word.

        Args:
            relation: This word's own relation to what it hangs on.
        """
        rows: list[tuple[str, str, int, str]] = []
        places: list[int] = []
        for name, child in self.left:
            below, place = child.rows(name)
            places.append(len(rows) + place)
            rows.extend(below)
        own = len(rows)
        rows.append((self.form, self.tag, 0, relation))
        for name, child in self.right:
            below, place = child.rows(name)
            places.append(len(rows) + place)
            rows.extend(below)
        for place in places:
            form, tag, _, name = rows[place]
            rows[place] = (form, tag, own - place, name)
        return rows, own


def parse(text: str) -> Tree:
    """Read a short notation: words as `form/TAG` or `form/TAG/relation`, the head without one.

    All other words hang on the head; a word given as `form/TAG/relation>` hangs
    on the next word instead.

    Args:
        text: For example "the/DT/det European/NNP/amod Union/NNP".
    """
    pending: list[tuple[str, Tree]] = []
    waiting: list[tuple[str, Tree]] = []
    head: Tree | None = None
    for item in text.split():
        form, tag, *rest = item.split("/")
        node = Tree(form, tag, tuple(waiting))
        if rest and rest[0].endswith(">"):
            waiting.append((rest[0][:-1], Tree(form, tag)))
            continue
        waiting = []
        if not rest:
            head = node.before(*pending)
        elif head is None:
            pending.append((rest[0], node))
        else:
            head = head.after((rest[0], node))
    if head is None:
        raise ValueError(f"{text!r}: no head; leave the relation out of one word")
    return head


def _capital(form: str) -> str:
    return form[:1].upper() + form[1:]


def to_doc(trees: list[Tree], vocab: Vocab) -> Doc:
    """Write trees one after the other as the sentences of one document.

    Args:
        trees: Sentences, each with its final punctuation.
        vocab: The vocabulary of the pipeline to train.
    """
    words: list[str] = []
    tags: list[str] = []
    heads: list[int] = []
    relations: list[str] = []
    spaces: list[bool] = []
    for tree in trees:
        rows, _ = tree.rows()
        start = len(words)
        for index, (form, tag, distance, relation) in enumerate(rows):
            last = index + 1 == len(rows)
            glued = not last and (
                rows[index + 1][0] in _CLOSING
                or form in _OPENING
                or "HYPH" in (tag, rows[index + 1][1])
                or tag == "``"
                or rows[index + 1][1] == "''"
            )
            words.append(_capital(form) if index == 0 else form)
            tags.append(tag)
            heads.append(start + index + distance)
            relations.append(relation)
            spaces.append(not glued)
    return Doc(vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=relations)

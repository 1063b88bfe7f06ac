"""When and where an event took place, and what it is about."""

from __future__ import annotations

from dragoman.coding.frames import Frame
from dragoman.coding.reading import Found, Reader
from dragoman.model import DateSpan, Place

_WHERE = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "off",
        "around",
        "through",
        "across",
        "throughout",
        "inside",
        "within",
        "over",
        "along",
        "on",
        "from",
    }
)
#: So many phrases deep below the trigger's own a place is sought.
_DEEP = 3


class Setting(Reader):
    """Reads dates, places and PLOVER contexts."""

    def dates(self, found: dict[int, Found]) -> dict[int, DateSpan]:
        """Each date phrase goes to the trigger that it hangs below; one that hangs below none to the highest."""
        tree, passage = self.tree, self.sentence.passage
        spans = self.sentence.dates.dates(passage.start, passage.end)
        given: dict[int, DateSpan] = {}
        loose: list[DateSpan] = []
        carriers = {
            item.carrier.verb: token
            for token, item in found.items()
            if item.carrier is not None and item.inside is None
        }
        for start, end, date in spans:
            tokens = [t for t in range(tree.n) if start <= tree.starts[t] < end]
            if not tokens:
                continue
            top = min(tokens, key=lambda t: len(tree.path_up(t)))
            owner = None
            for above in (top, *tree.path_up(top)):
                if above in found:
                    owner = above
                    break
                if above in carriers:
                    owner = carriers[above]
                    break
            if owner is not None:
                given.setdefault(owner, date)
                told = tree.child(owner, "nsubj")
                if told in found and tree.child(owner, "cop") is not None:
                    given.setdefault(told, date)  # "the last visit was during the summit of 2006"
            else:
                loose.append(date)
        if loose:
            for item in sorted(found.values(), key=lambda i: len(tree.path_up(i.token))):
                if item.inside is None and item.token not in given:
                    given[item.token] = loose[0]
        for token in found:
            if token not in given and any(tree.lower[k] == "when" for k in tree.kids[token]):
                # "left in 2013, when it condemned …": on the day of the clause above
                dated = next((given[up] for up in tree.path_up(token) if up in given), None)
                if dated is not None:
                    given[token] = dated
        return given

    def place(self, item_token: int, carried: int | None = None) -> Place | None:
        """Where it happened: the nearest phrase of place on the trigger, its carrier, its object or above."""
        found = self.placing(item_token, carried)
        return found[0] if found is not None else None

    def placing(self, token: int, carried: int | None = None) -> tuple[Place, int, int] | None:
        """The place of `place` with the offsets of its phrase."""
        tree = self.tree
        owners = [token, *([carried] if carried is not None else []), *tree.path_up(token)[:3]]
        for owner in list(owners):
            held = tree.object(owner) if tree.is_verb(owner) else None
            if held is not None and held not in owners:
                owners.append(held)
            subject = tree.child(owner, "nsubj", "nsubj:pass")
            if subject is not None and subject not in owners:
                owners.append(subject)
        for owner in owners:
            for kid in tree.kids[owner]:
                if tree.deps[kid] not in {"obl", "nmod", "nmod:poss"} or tree.prep(kid) not in _WHERE:
                    continue
                low, high = tree.phrase(kid)
                place = self.sentence.places.place(tree.starts[low], tree.ends[high])
                if place is not None:
                    return place, tree.starts[low], tree.ends[high]
        clause = [token, *([carried] if carried is not None else [])]
        return self._deeper(clause) or self._pointed(clause)

    def _deeper(self, owners: list[int]) -> tuple[Place, int, int] | None:
        """A place below another phrase of the clause: "during her stay in Doha", "with the Sultan in Muscat"."""
        tree = self.tree
        level = [kid for owner in owners for kid in tree.kids[owner]]
        for _ in range(_DEEP):
            # A clause of its own has a place of its own.
            level = [kid for token in level if not tree.is_verb(token) for kid in tree.kids[token]]
            for kid in level:
                if tree.deps[kid] not in {"obl", "nmod"} or tree.prep(kid) not in {"in", "at"}:
                    continue
                low, high = tree.phrase(kid)
                place = self.sentence.places.place(tree.starts[low], tree.ends[high])
                if place is not None:
                    return place, tree.starts[low], tree.ends[high]
        return None

    def _pointed(self, owners: list[int]) -> tuple[Place, int, int] | None:
        """The place to which a word of the clause points back: "a meeting took place there"."""
        tree = self.tree
        verbs = [tree.heads[owner] for owner in owners if tree.deps[owner] in {"nsubj", "nsubj:pass"}]
        for kid in (kid for owner in (*owners, *verbs) for kid in tree.kids[owner]):
            if tree.lower[kid] == "there" and tree.deps[kid] == "advmod":
                place = self.sentence.places.there(tree.starts[kid])
                if place is not None:
                    return place, tree.starts[kid], tree.ends[kid]
        return None

    def contexts(self, frame: Frame | None) -> tuple[str, ...]:
        """At most four PLOVER contexts, those of most words first."""
        seen: dict[str, int] = dict.fromkeys(frame.contexts if frame else (), 9)
        for word, low in zip(self.tree.lemmas, self.tree.lower, strict=True):
            for context in self.cues.contexts.get(word) or self.cues.contexts.get(low, ()):
                seen[context] = seen.get(context, 0) + 1
        return tuple(sorted(seen, key=lambda c: (-seen[c], c))[:4])

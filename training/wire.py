"""A grammar of official and wire sentences, for constructions that the treebanks hardly hold.

Blogs, e-mails and travel guides have next to no "X urged Y to", "sanctions imposed by X on Y" or
"Talks between X and Y collapsed after". The grammar makes such sentences with their trees; all of
them are Dragoman's own, the actors in them are drawn at random, and none of them happened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc
from spacy.vocab import Vocab

from training import phrases as words
from training.phrases import COMMA, Phrases, case, plural, word
from training.tree import Tree, parse, to_doc

BASE, THIRD, PAST, PARTICIPLE, GERUND = range(5)
_FORM_TAGS = ("VB", "VBZ", "VBD", "VBN", "VBG")


class Grammar(Phrases):
    """Draws sentences at random; the same seed draws the same ones."""

    # Verb phrases: each takes the form to use and returns a tree without its subject

    def form(self, verb: words.Forms, place: int) -> Tree:
        """Return one form of a verb."""
        return word(verb[place], _FORM_TAGS[place])

    def deed(self, place: int, depth: int = 0) -> Tree:
        """Return a verb phrase in the given form."""
        choices: list[Callable[[int, int], Tree]] = [
            self.transitive,
            self.transitive,
            self.transitive,
            self.particle,
            self.signing,
            self.imposing,
            self.holding_talks,
            self.supplying,
        ]
        if depth < 2:
            choices += [self.urging, self.urging, self.intending, self.calling_on, self.calling_for]
            choices += [self.accusing, self.rejecting_calls, self.stopping, self.being_ready]
        return self.rng.choice(choices)(place, depth)

    def transitive(self, place: int, depth: int) -> Tree:
        """Return a verb with its object."""
        del depth
        verbs, thing = self.rng.choice(
            (
                (words.ACTOR_VERBS, partial(self.actor, plain=True)),
                (words.ACTOR_VERBS, self.person),
                (words.PEOPLE_VERBS, self.people),
                (words.THING_VERBS, self.deed_noun),
                (words.THING_VERBS, partial(self.pick, words.THINGS)),
                (words.DEED_VERBS, partial(self.pick, words.DEEDS)),
                (words.PEACE_VERBS, partial(self.pick, words.PEACE)),
            )
        )
        tree = self.form(self.rng.choice(verbs), place).after(("obj", thing()))
        if self.chance(0.25):
            tree = tree.after(("obl", case(self.rng.choice(("over", "for")), self.pick(words.ATTACKS))))
        return tree

    def particle(self, place: int, depth: int) -> Tree:
        """Return a verb with a particle and an object: "hand over power"."""
        del depth
        verb = self.rng.choice(words.PARTICLE)
        particle = ("compound:prt", word(verb[5], "RP"))
        tree = self.form(verb, place).after(particle, ("obj", self.pick(words.PARTICLE_OBJECTS[verb[5]])))
        if self.chance(0.3):
            tree = tree.after(("obl", case("to", self.state())))
        return tree

    def signing(self, place: int, depth: int) -> Tree:
        """Return "signed a treaty with X"."""
        del depth
        verb = self.rng.choice(words.PEACE_VERBS)
        return self.form(verb, place).after(
            ("obj", self.pick(words.PEACE)), ("obl", case("with", self.actor(plain=True)))
        )

    def imposing(self, place: int, depth: int) -> Tree:
        """Return "imposed sanctions on X over Y"."""
        del depth
        verb = self.rng.choice(
            (
                ("impose", "imposes", "imposed", "imposed", "imposing"),
                ("lift", "lifts", "lifted", "lifted", "lifting"),
            )
        )
        preposition = "on" if verb[0] == "impose" else self.rng.choice(("on", "against"))
        tree = self.form(verb, place)
        target = case(preposition, self.actor(plain=True))
        if verb[0] == "impose":
            tree = tree.after(("obj", self.pick(words.DEEDS)), ("obl", target))
        else:
            tree = tree.after(("obj", self.pick(words.DEEDS).after(("nmod", target))))
        if self.chance(0.3):
            tree = tree.after(("obl", case("over", self.pick(words.TOPICS))))
        return tree

    def holding_talks(self, place: int, depth: int) -> Tree:
        """Return "held talks with X on Y" or "met with X"."""
        del depth
        partner = case("with", self.actor())
        if self.chance(0.4):
            meet = self.form(("meet", "meets", "met", "met", "meeting"), place)
            tree = meet.after(("obl", partner)) if self.chance(0.5) else meet.after(("obj", self.person()))
            if self.chance(0.4):
                discuss = (
                    Tree("discuss", "VB").after(("obj", self.pick(words.TOPICS))).before(("mark", word("to", "TO")))
                )
                tree = tree.after(("advcl", discuss))
            return tree
        talks = self.pick(("talks/NNS", "a/DT/det meeting/NN", "negotiations/NNS", "consultations/NNS"))
        talks = talks.after(("nmod", partner))
        if self.chance(0.5):
            talks = talks.after(("nmod", case(self.rng.choice(("on", "about")), self.pick(words.TOPICS))))
        return self.form(("hold", "holds", "held", "held", "holding"), place).after(("obj", talks))

    def infinitive(self, depth: int) -> Tree:
        """Return "to do", now and then "not to do"."""
        tree = self.deed(BASE, depth + 1).before(("mark", word("to", "TO")))
        return tree.before(("advmod", word("not", "RB"))) if self.chance(0.12) else tree

    def urging(self, place: int, depth: int) -> Tree:
        """Return "urged X to do"."""
        verb = self.rng.choice(words.URGE)
        return self.form(verb, place).after((verb[5], self.actor(plain=True)), ("xcomp", self.infinitive(depth)))

    def intending(self, place: int, depth: int) -> Tree:
        """Return "refused to do"."""
        return self.form(self.rng.choice(words.INTEND), place).after(("xcomp", self.infinitive(depth)))

    def calling_on(self, place: int, depth: int) -> Tree:
        """Return "called on X to do"."""
        call = self.form(("call", "calls", "called", "called", "calling"), place)
        target = ("obl", case(self.rng.choice(("on", "on", "upon")), self.actor(plain=True)))
        return call.after(target, ("xcomp", self.infinitive(depth)))

    def calling_for(self, place: int, depth: int) -> Tree:
        """Return "called for a ceasefire"."""
        del depth
        noun = self.pick(words.PEACE if self.chance(0.6) else words.DEEDS)
        if self.chance(0.3):
            noun = noun.after(("nmod", case("in", word(self.rng.choice(words.PLACES), "NNP"))))
        call = self.form(("call", "calls", "called", "called", "calling"), place)
        return call.after(("obl", case("for", noun)))

    def accusing(self, place: int, depth: int) -> Tree:
        """Return "accused X of doing" or "of something"."""
        accuse = self.form(("accuse", "accuses", "accused", "accused", "accusing"), place)
        accuse = accuse.after(("obj", self.actor(plain=True)))
        if self.chance(0.7):
            return accuse.after(("advcl", self.deed(GERUND, depth + 1).before(("mark", word("of", "IN")))))
        crime = self.pick(("war/NN/compound crimes/NNS", "aggression/NN", "espionage/NN", "a/DT/det violation/NN"))
        return accuse.after(("obl", case("of", crime)))

    def rejecting_calls(self, place: int, depth: int) -> Tree:
        """Return "rejected calls for X"."""
        verb = self.rng.choice(words.THING_VERBS[:5])
        noun = self.pick(
            (
                "calls/NNS",
                "demands/NNS",
                "a/DT/det call/NN",
                "requests/NNS",
                "international/JJ/amod calls/NNS",
            )
        )
        if self.chance(0.3):
            noun = noun.after(("nmod", case("by", self.state())))
        if self.chance(0.5):
            noun = noun.after(("nmod", case("for", self.pick(words.PEACE))))
        else:
            noun = noun.after(("acl", self.infinitive(depth)))
        return self.form(verb, place).after(("obj", noun))

    def stopping(self, place: int, depth: int) -> Tree:
        """Return "stopped doing"."""
        verb = self.rng.choice(words.ASPECT)
        return self.form(verb, place).after(("xcomp", self.deed(GERUND, depth + 1)))

    def being_ready(self, place: int, depth: int) -> Tree:
        """Return "was ready to do"."""
        be = ("be", "is", "was", "been", "being")[place]
        tree = word(self.rng.choice(words.READY), "JJ").after(("xcomp", self.infinitive(depth)))
        return tree.before(("cop", word(be, _FORM_TAGS[place])))

    def supplying(self, place: int, depth: int) -> Tree:
        """Return "supplied X with Y" or "supplied Y to X"."""
        del depth
        verb = self.rng.choice(words.SUPPLY)
        goods, taker = self.pick(words.GOODS), self.actor(plain=True)
        if self.chance(0.5):
            return self.form(verb, place).after(("obj", taker), ("obl", case("with", goods)))
        return self.form(verb, place).after(("obj", goods), ("obl", case("to", taker)))

    # Clauses and sentences: without their final punctuation

    def finite(self, subject: Tree, depth: int = 0) -> Tree:
        """Return a clause with that subject, in some tense, now and then denied."""
        kind = self.rng.randrange(10)
        if kind <= 4:
            tree = self.deed(PAST, depth)
        elif kind == 9:
            are = word("are", "VBP") if plural(subject) else word("is", "VBZ")
            tree = self.deed(GERUND, depth).before(("aux", are))
        elif kind == 5:
            has = word("had", "VBD") if self.chance(0.5) else self.has(subject)
            tree = self.deed(PARTICIPLE, depth).before(("aux", has))
        elif kind == 6:
            modal = self.rng.choice(("will", "would", "could", "may", "must", "should"))
            negative = (("advmod", word("not", "RB")),) if self.chance(0.25) else ()
            tree = self.deed(BASE, depth).before(("aux", word(modal, "MD")), *negative)
        elif kind == 7:
            tree = self.deed(BASE, depth).before(("aux", word("did", "VBD")), ("advmod", word("not", "RB")))
        elif plural(subject):
            tree = replace(self.deed(BASE, depth), tag="VBP")
        else:
            tree = self.deed(THIRD, depth)
        return tree.before(("nsubj", subject))

    def has(self, subject: Tree) -> Tree:
        """Return "has" or "have", as the subject asks."""
        return word("have", "VBP") if plural(subject) else word("has", "VBZ")

    def passive(self) -> Tree:
        """Return a passive clause with its agent."""
        be = ("aux:pass", word(self.rng.choice(("was", "was", "is")), "VBD"))
        be = ("aux:pass", word("is", "VBZ")) if be[1].form == "is" else be
        agent = ("obl:agent", case("by", self.actor()))
        kind = self.rng.randrange(3)
        if kind == 0:
            verb = self.rng.choice(words.URGE[:6])
            tree = self.form(verb, PARTICIPLE).after(agent, ("xcomp", self.infinitive(1)))
            return tree.before(("nsubj:pass", self.state()), be)
        if kind == 1:
            were = ("aux:pass", word(self.rng.choice(("were", "are")), "VBD"))
            were = ("aux:pass", word("are", "VBP")) if were[1].form == "are" else were
            if self.chance(0.5):
                tree = word("imposed", "VBN").after(("obl", case("on", self.state())), agent)
                return tree.before(("nsubj:pass", word("sanctions", "NNS")), were)
            tree = self.form(self.rng.choice(words.PEOPLE_VERBS), PARTICIPLE).after(agent)
            return tree.before(("nsubj:pass", self.people()), were)
        verbs, subject = self.rng.choice(
            (
                (words.THING_VERBS, partial(self.pick, words.THINGS)),
                (words.ACTOR_VERBS, self.state),
                (words.PEACE_VERBS, partial(self.pick, words.PEACE)),
            )
        )
        tree = self.form(self.rng.choice(verbs), PARTICIPLE)
        tree = tree.after(agent) if self.chance(0.8) else tree
        return tree.before(("nsubj:pass", subject()), be)

    def talks(self) -> Tree:
        """Return "Talks between X and Y collapsed after ..."."""
        between = (
            self.both()
            if self.chance(0.8)
            else self.group().after(("conj", self.group().before(("cc", word("and", "CC")))))
        )
        subject = self.pick(words.TALKS).after(("nmod", case("between", between)))
        if self.chance(0.2):
            subject = subject.after(("nmod", case("on", self.pick(words.TOPICS))))
        tree = self.form(self.rng.choice(words.GO), PAST)
        if self.chance(0.4):
            tree = tree.after(("obl", case("in", word(self.rng.choice(words.PLACES), "NNP"))))
        if self.chance(0.6):
            tree = tree.after(("advcl", self.finite(self.actor(plain=True), 1).before(("mark", word("after", "IN")))))
        elif self.chance(0.5):
            tree = tree.after(("obl", case("after", self.pick(words.ATTACKS))))
        return tree.before(("nsubj", subject))

    def demanding(self) -> Tree:
        """Return "X demanded that Y hand over power", with the bare verb of such clauses."""
        clause = self.deed(BASE, 1)
        if self.chance(0.15):
            clause = clause.before(("advmod", word("not", "RB")))
        clause = clause.before(("nsubj", self.actor(plain=True))).before(("mark", word("that", "IN")))
        return self.form(self.rng.choice(words.DEMAND), PAST).before(("nsubj", self.actor())).after(("ccomp", clause))

    def saying(self) -> Tree:
        """Return what somebody said, reported or quoted."""
        speaker = self.person() if self.chance(0.6) else self.actor()
        verb = self.form(self.rng.choice(words.SAY), PAST)
        clause = self.clause(1)
        kind = self.rng.randrange(5)
        if kind <= 2:
            if self.chance(0.35):
                verb = verb.after(self.day())
            if kind < 2 or verb.form != "said":
                clause = clause.before(("mark", word("that", "IN")))
            return verb.before(("nsubj", speaker)).after(("ccomp", clause))
        said = word("said", "VBD")
        quote, end = self.rng.choice((('"', '"'), ("“", "”")))
        if kind == 3:
            clause = clause.before(("punct", word(quote, "``"))).after(COMMA, ("punct", word(end, "''")))
            return (
                said.before(("ccomp", clause)).after(("nsubj", speaker))
                if self.chance(0.3)
                else said.before(("ccomp", clause), ("nsubj", speaker))
            )
        clause = clause.before(COMMA, ("punct", word(quote, "``"))).after(("punct", word(end, "''")))
        return said.before(("nsubj", speaker)).after(("ccomp", clause))

    def urged(self) -> Tree:
        """Return "X, urged by Y to do, did"."""
        urged = self.form(self.rng.choice(words.URGE[:6]), PARTICIPLE).after(
            ("obl:agent", case("by", self.actor(plain=True))), ("xcomp", self.infinitive(1))
        )
        subject = self.state()
        if self.chance(0.5):
            return self.finite(subject.after(*self.in_commas("acl", urged)), 1)
        return self.finite(subject, 1).before(("advcl", urged.after(COMMA)))

    def relative(self) -> Tree:
        """Return a clause whose subject has a relative clause."""
        if self.chance(0.5):
            clause = self.deed(PAST, 1).before(("nsubj", word("which", "WDT")))
            subject = self.state().after(*self.in_commas("acl:relcl", clause))
        else:
            clause = self.deed(PAST, 1).before(("nsubj", word("who", "WP")))
            subject = self.group().after(("acl:relcl", clause))
        return self.finite(subject, 1)

    def readout(self) -> Tree:
        """Return a line of an official account of a meeting."""
        sides = self.pick(
            (
                "the/DT/det sides/NNS",
                "the/DT/det parties/NNS",
                "the/DT/det two/CD/nummod leaders/NNS",
                "the/DT/det presidents/NNS",
                "the/DT/det ministers/NNS",
            )
        )
        if self.chance(0.4):
            sides = self.person().after(("conj", self.person().before(("cc", word("and", "CC")))))
        kind = self.rng.randrange(4)
        if kind == 0:
            tree = word("discussed", "VBD").after(("obj", self.pick(words.TOPICS)))
        elif kind == 1:
            views = word("views", "NNS").after(("nmod", case("on", self.pick(words.TOPICS))))
            tree = word("exchanged", "VBD").after(("obj", views))
        elif kind == 2:
            importance = parse("the/DT/det importance/NN").after(("nmod", case("of", self.pick(words.TOPICS))))
            tree = word(self.rng.choice(("stressed", "emphasized", "reaffirmed")), "VBD").after(("obj", importance))
        else:
            tree = word("agreed", "VBD").after(("xcomp", self.infinitive(1)))
        if self.chance(0.4):
            more = self.deed(PAST, 1).before(("cc", word("and", "CC")))
            tree = tree.after(("conj", more))
        return tree.before(("nsubj", sides))

    def clause(self, depth: int = 0) -> Tree:
        """Return a plain clause."""
        if self.chance(0.25):
            return self.passive()
        return self.finite(self.actor(plain=depth > 0), depth)

    def day(self) -> tuple[str, Tree]:
        """Return a day with or without "on"."""
        day = word(self.rng.choice(words.DAYS), "NNP")
        return ("obl", case("on", day)) if self.chance(0.6) else ("obl:unmarked", day)

    def headline(self) -> Tree:
        """Return a headline: "Russia to expel two diplomats", "Iran rejects calls for a truce"."""
        actor = self.state()
        if actor.left and actor.left[0][1].form == "the":
            actor = Tree(actor.form, actor.tag, actor.left[1:], actor.right)
        if self.chance(0.3):
            return self.infinitive(1).before(("nsubj", actor))
        if self.chance(0.3):
            actor = actor.after(("conj", word(self.rng.choice(words.COUNTRIES), "NNP").before(COMMA)))
            return replace(self.deed(BASE, 1), tag="VBP").before(("nsubj", actor))
        return self.deed(THIRD, 1).before(("nsubj", actor))

    def conjoined(self) -> Tree:
        """Return a clause with two verbs of one subject."""
        first = self.finite(self.actor(), 1)
        second = self.deed(PAST, 1).before(("cc", word("and", "CC")))
        return first.after(("conj", second))

    def sentence(self) -> Tree:
        """Return a whole sentence with its final punctuation."""
        maker = self.rng.choice(
            (
                self.clause, self.clause, self.clause, self.talks, self.demanding, self.saying, self.saying,
                self.urged, self.relative, self.readout, self.conjoined, self.passive, self.headline,
            )
        )  # fmt: skip
        tree = maker()
        if maker == self.headline:
            return tree if self.chance(0.7) else tree.after(("punct", word(".", ".")))
        if self.chance(0.25):
            tree = self.opened(tree)
        elif self.chance(0.25):
            tree = tree.after(self.closed())
        return tree.after(("punct", word(".", ".")))

    def opened(self, tree: Tree) -> Tree:
        """Return a clause with a date, a condition or a reason before it."""
        kind = self.rng.randrange(5)
        if kind == 0:
            month = ("nmod:unmarked", word(self.rng.choice(words.MONTHS), "NNP"))
            date = word(str(self.rng.randint(1, 28)), "CD").before(month)
            return tree.before(("obl", case("on", date).after(COMMA)))
        if kind == 1:
            return tree.before(("obl", case("in", word(self.rng.choice(words.PLACES), "NNP")).after(COMMA)))
        if kind == 2:
            clause = self.clause(1).before(("mark", word(self.rng.choice(("after", "if", "as", "while")), "IN")))
            return tree.before(("advcl", clause.after(COMMA)))
        if kind == 3:
            response = word("response", "NN").after(("nmod", case("to", self.deed_noun())))
            return tree.before(("obl", case("in", response).after(COMMA)))
        according = word("according", "VBG").after(("fixed", word("to", "IN")))
        return tree.before(("obl", self.person_plain().before(("case", according)).after(COMMA)))

    def person_plain(self) -> Tree:
        """Return a source of news."""
        return self.pick(
            (
                "officials/NNS",
                "the/DT/det ministry/NN",
                "state/NN/compound media/NNS",
                "local/JJ/amod officials/NNS",
                "witnesses/NNS",
            )
        )

    def closed(self) -> tuple[str, Tree]:
        """Return what ends a clause: a place, a time, a purpose, a comment."""
        kind = self.rng.randrange(5)
        if kind == 0:
            return self.day()
        if kind == 1:
            return "obl", case(self.rng.choice(("in", "near")), word(self.rng.choice(words.PLACES), "NNP"))
        if kind == 2:
            return "advcl", self.deed(GERUND, 1).before(COMMA)
        if kind == 3:
            says = word("said", "VBD").before(("nsubj", self.person_plain()))
            return "parataxis", says.before(COMMA)
        return "obl", case(self.rng.choice(("after", "despite", "amid", "following")), self.deed_noun())


def documents(count: int, seed: int, vocab: Vocab, size: int = 10) -> list[Doc]:
    """Return sentences of the grammar as documents.

    Args:
        count: How many sentences.
        seed: Seed of the choices.
        vocab: The vocabulary of the pipeline to train.
        size: How many sentences a document holds.
    """
    grammar = Grammar(seed)
    trees = [grammar.sentence() for _ in range(count)]
    return [to_doc(trees[start : start + size], vocab) for start in range(0, count, size)]

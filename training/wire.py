"""A grammar of official and wire sentences, for constructions that the treebanks hardly hold.

Blogs, e-mails and travel guides have next to no "X urged Y to", "sanctions imposed by X on Y" or
"Talks between X and Y collapsed after". The grammar makes such sentences with their trees; all of
them are Dragoman's own, the actors in them are drawn at random, and none of them happened.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc
from spacy.vocab import Vocab

from training.tree import Tree, parse, to_doc

COUNTRIES = """
Russia China Iran Iraq Israel Syria Turkey Egypt Ukraine Poland Germany France Britain Japan India Pakistan
Afghanistan Georgia Armenia Azerbaijan Belarus Moldova Serbia Kosovo Greece Cyprus Libya Sudan Ethiopia Eritrea
Somalia Kenya Rwanda Congo Mali Niger Nigeria Algeria Morocco Tunisia Lebanon Jordan Qatar Yemen Venezuela Colombia
Cuba Brazil Argentina Mexico Canada Australia Indonesia Vietnam Thailand Myanmar Taiwan Kazakhstan Uzbekistan
Moscow Washington Beijing Tehran Ankara Kyiv London Paris Berlin Brussels Tokyo Seoul Pyongyang Damascus Cairo
""".split()
LONG_COUNTRIES = (
    "the/DT/det United/NNP/amod States/NNPS",
    "the/DT/det United/NNP/amod Kingdom/NNP",
    "the/DT/det United/NNP/amod Nations/NNPS",
    "the/DT/det European/NNP/amod Union/NNP",
    "the/DT/det African/NNP/amod Union/NNP",
    "the/DT/det Arab/NNP/amod League/NNP",
    "North/NNP/compound Korea/NNP",
    "South/NNP/compound Korea/NNP",
    "South/NNP/compound Africa/NNP",
    "South/NNP/compound Sudan/NNP",
    "Saudi/NNP/amod Arabia/NNP",
    "New/NNP/amod Zealand/NNP",
    "the/DT/det White/NNP/amod House/NNP",
    "the/DT/det U.S./NNP",
    "the/DT/det EU/NNP",
    "the/DT/det UN/NNP",
    "NATO/NNP",
    "ASEAN/NNP",
    "ECOWAS/NNP",
    "Hamas/NNP",
    "Hezbollah/NNP",
    "the/DT/det Taliban/NNP",
    "the/DT/det Kremlin/NNP",
    "the/DT/det Security/NNP/compound Council/NNP",
    "the/DT/det UN/NNP/compound Security/NNP/compound Council/NNP",
    "the/DT/det State/NNP/compound Department/NNP",
    "the/DT/det Foreign/NNP/amod Ministry/NNP",
    "the/DT/det Defense/NNP/compound Ministry/NNP",
    "the/DT/det government/NN",
    "the/DT/det opposition/NN",
    "the/DT/det army/NN",
    "the/DT/det military/NN",
    "the/DT/det parliament/NN",
    "the/DT/det rebels/NNS",
    "the/DT/det junta/NN",
)
ADJECTIVES = """
Russian Chinese Iranian Iraqi Israeli Syrian Turkish Egyptian Ukrainian Polish German French British Japanese Indian
Pakistani Afghan Georgian Armenian Serbian Greek Libyan Sudanese Ethiopian Somali Kenyan Nigerian Lebanese Saudi
Yemeni Venezuelan Colombian Cuban Brazilian Mexican Canadian Australian Vietnamese Thai American European Western
Palestinian Kurdish
""".split()
FIRST = """
Vladimir Sergei Dmitry Igor Hassan Mohammed Ali Abdul Ahmed Yusuf Li Wang Kim Park Shinzo John David Michael Angela
Anna Maria Sarah Emmanuel Francois Carlos Juan Luis Recep Viktor Petro Nikola Narendra Imran Joseph Paul Kofi Aung
""".split()
LAST = """
Ivanov Petrov Sokolov Karimov Rahimi Hosseini Mansour Haddad Khalil Yilmaz Demir Chen Zhang Liu Tanaka Suzuki Nguyen
Singh Sharma Khan Bhutto Smith Brown Miller Johnson Dupont Laurent Schmidt Weber Rossi Silva Gomez Rodriguez Mendoza
Okafor Mensah Kamara Tesfaye Novak Kowalski Horvat Popescu Lindqvist Hansen
""".split()
TITLES = (
    "President/NNP",
    "Prime/NNP/amod Minister/NNP",
    "Foreign/NNP/amod Minister/NNP",
    "Defense/NNP/compound Minister/NNP",
    "Deputy/NNP/compound Foreign/NNP/amod Minister/NNP",
    "Interior/NNP/compound Minister/NNP",
    "Vice/NNP/compound President/NNP",
    "Secretary/NNP of/IN/case> State/NNP/nmod",
    "Secretary/NNP -/HYPH/punct> General/NNP/compound",
    "Chancellor/NNP",
    "King/NNP",
    "General/NNP",
    "Ambassador/NNP",
)
OFFICES = (
    "president/NN",
    "prime/JJ/amod minister/NN",
    "foreign/JJ/amod minister/NN",
    "defense/NN/compound minister/NN",
    "ambassador/NN",
    "envoy/NN",
    "spokesman/NN",
    "leader/NN",
    "negotiator/NN",
    "army/NN/compound chief/NN",
)
GROUPS = (
    "troops/NNS forces/NNS".split()
    + "soldiers/NNS officials/NNS rebels/NNS protesters/NNS lawmakers/NNS diplomats/NNS leaders/NNS".split()
    + "ministers/NNS warplanes/NNS militants/NNS negotiators/NNS police/NNS envoys/NNS".split()
)
VICTIMS = (
    "civilians/NNS people/NNS soldiers/NNS diplomats/NNS policemen/NNS militants/NNS journalists/NNS "
    "protesters/NNS hostages/NNS prisoners/NNS"
).split()
NUMBERS = "two three four five six seven ten twelve 15 20 30 45 120 300".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()

# What is demanded, offered, signed, broken: bare nouns, most of them without an article.
DEEDS = (
    "sanctions/NNS",
    "economic/JJ/amod sanctions/NNS",
    "new/JJ/amod sanctions/NNS",
    "an/DT/det arms/NNS/compound embargo/NN",
    "a/DT/det travel/NN/compound ban/NN",
    "an/DT/det oil/NN/compound embargo/NN",
    "tariffs/NNS",
    "restrictions/NNS",
    "a/DT/det blockade/NN",
)
PEACE = (
    "a/DT/det ceasefire/NN",
    "an/DT/det immediate/JJ/amod ceasefire/NN",
    "a/DT/det peace/NN/compound deal/NN",
    "a/DT/det peace/NN/compound agreement/NN",
    "an/DT/det agreement/NN",
    "a/DT/det treaty/NN",
    "a/DT/det truce/NN",
    "a/DT/det trade/NN/compound deal/NN",
    "a/DT/det free/JJ/amod trade/NN/compound agreement/NN",
    "a/DT/det memorandum/NN of/IN/case> understanding/NN/nmod",
    "a/DT/det joint/JJ/amod statement/NN",
    "an/DT/det extradition/NN/compound treaty/NN",
    "a/DT/det withdrawal/NN",
)
THINGS = (
    "the/DT/det plan/NN",
    "the/DT/det proposal/NN",
    "the/DT/det resolution/NN",
    "the/DT/det draft/NN/compound resolution/NN",
    "the/DT/det deal/NN",
    "the/DT/det nuclear/JJ/amod deal/NN",
    "the/DT/det offer/NN",
    "the/DT/det decision/NN",
    "the/DT/det agreement/NN",
    "the/DT/det demand/NN",
    "the/DT/det allegations/NNS",
    "the/DT/det accusations/NNS",
    "the/DT/det report/NN",
    "the/DT/det treaty/NN",
)
ATTACKS = (
    "the/DT/det attack/NN",
    "the/DT/det bombing/NN",
    "the/DT/det invasion/NN",
    "the/DT/det coup/NN",
    "the/DT/det killing/NN",
    "an/DT/det air/NN/compound strike/NN",
    "a/DT/det rocket/NN/compound attack/NN",
    "a/DT/det missile/NN/compound test/NN",
    "a/DT/det suicide/NN/compound bombing/NN",
    "the/DT/det arrest/NN",
    "the/DT/det crackdown/NN",
    "the/DT/det annexation/NN",
    "a/DT/det border/NN/compound clash/NN",
)
TOPICS = (
    "the/DT/det nuclear/JJ/amod program/NN",
    "the/DT/det border/NN/compound dispute/NN",
    "the/DT/det conflict/NN",
    "the/DT/det crisis/NN",
    "human/JJ/amod rights/NNS",
    "bilateral/JJ/amod relations/NNS",
    "trade/NN",
    "energy/NN/compound cooperation/NN",
    "military/JJ/amod cooperation/NN",
    "the/DT/det situation/NN",
    "security/NN/compound issues/NNS",
    "gas/NN/compound supplies/NNS",
    "the/DT/det fight/NN against/IN/case> terrorism/NN/nmod",
    "nuclear/JJ/amod weapons/NNS",
    "economic/JJ/amod ties/NNS",
)
TALKS = (
    "talks/NNS",
    "peace/NN/compound talks/NNS",
    "negotiations/NNS",
    "nuclear/JJ/amod talks/NNS",
    "trade/NN/compound talks/NNS",
    "consultations/NNS",
    "the/DT/det talks/NNS",
    "fresh/JJ/amod talks/NNS",
    "fighting/NN",
    "clashes/NNS",
    "relations/NNS",
    "tensions/NNS",
)
PLACES = """
Geneva Vienna Doha Istanbul Cairo Minsk Astana Nairobi Havana Oslo Brussels Baghdad Kabul Gaza Aleppo Donetsk
Tripoli Khartoum Caracas Kashmir Darfur Crimea
""".split()

# base, third person, past, participle, -ing; the objects that go with it
_ACTOR_VERBS = """
condemn condemns condemned condemned condemning
criticize criticizes criticized criticized criticizing
attack attacks attacked attacked attacking
invade invades invaded invaded invading
support supports supported supported supporting
back backs backed backed backing
praise praises praised praised praising
threaten threatens threatened threatened threatening
recognize recognizes recognized recognized recognizing
visit visits visited visited visiting
bomb bombs bombed bombed bombing
shell shells shelled shelled shelling
help helps helped helped helping
defeat defeats defeated defeated defeating
blame blames blamed blamed blaming
slam slams slammed slammed slamming
denounce denounces denounced denounced denouncing
strike strikes struck struck striking
leave leaves left left leaving
"""
_PEOPLE_VERBS = """
kill kills killed killed killing
arrest arrests arrested arrested arresting
detain detains detained detained detaining
expel expels expelled expelled expelling
release releases released released releasing
free frees freed freed freeing
wound wounds wounded wounded wounding
capture captures captured captured capturing
summon summons summoned summoned summoning
recall recalls recalled recalled recalling
deport deports deported deported deporting
execute executes executed executed executing
host hosts hosted hosted hosting
"""
_THING_VERBS = """
reject rejects rejected rejected rejecting
accept accepts accepted accepted accepting
welcome welcomes welcomed welcomed welcoming
deny denies denied denied denying
dismiss dismisses dismissed dismissed dismissing
veto vetoes vetoed vetoed vetoing
approve approves approved approved approving
suspend suspends suspended suspended suspending
block blocks blocked blocked blocking
ratify ratifies ratified ratified ratifying
adopt adopts adopted adopted adopting
violate violates violated violated violating
discuss discusses discussed discussed discussing
back backs backed backed backing
end ends ended ended ending
abandon abandons abandoned abandoned abandoning
"""
_DEED_VERBS = """
lift lifts lifted lifted lifting
impose imposes imposed imposed imposing
ease eases eased eased easing
extend extends extended extended extending
tighten tightens tightened tightened tightening
propose proposes proposed proposed proposing
suspend suspends suspended suspended suspending
"""
_PEACE_VERBS = """
sign signs signed signed signing
reach reaches reached reached reaching
break breaks broke broken breaking
violate violates violated violated violating
declare declares declared declared declaring
offer offers offered offered offering
propose proposes proposed proposed proposing
announce announces announced announced announcing
"""
_URGE = """
urge urges urged urged urging obj
press presses pressed pressed pressing obj
force forces forced forced forcing obj
invite invites invited invited inviting obj
pressure pressures pressured pressured pressuring obj
order orders ordered ordered ordering obj
ask asks asked asked asking iobj
tell tells told told telling iobj
warn warns warned warned warning iobj
allow allows allowed allowed allowing iobj
"""
_INTEND = """
agree agrees agreed agreed agreeing
refuse refuses refused refused refusing
threaten threatens threatened threatened threatening
vow vows vowed vowed vowing
pledge pledges pledged pledged pledging
promise promises promised promised promising
offer offers offered offered offering
plan plans planned planned planning
decide decides decided decided deciding
want wants wanted wanted wanting
fail fails failed failed failing
continue continues continued continued continuing
"""
_SAY = """
say says said said saying
announce announces announced announced announcing
insist insists insisted insisted insisting
warn warns warned warned warning
claim claims claimed claimed claiming
confirm confirms confirmed confirmed confirming
add adds added added adding
believe believes believed believed believing
hope hopes hoped hoped hoping
stress stresses stressed stressed stressing
"""
_DEMAND = """
demand demands demanded demanded demanding
insist insists insisted insisted insisting
propose proposes proposed proposed proposing
recommend recommends recommended recommended recommending
request requests requested requested requesting
"""
_GO = """
collapse collapses collapsed collapsed collapsing
resume resumes resumed resumed resuming
begin begins began begun beginning
fail fails failed failed failing
end ends ended ended ending
continue continues continued continued continuing
stall stalls stalled stalled stalling
worsen worsens worsened worsened worsening
escalate escalates escalated escalated escalating
"""
_PARTICLE = """
hand hands handed handed handing over
pull pulls pulled pulled pulling out
break breaks broke broken breaking off
carry carries carried carried carrying out
call calls called called calling off
cut cuts cut cut cutting off
shoot shoots shot shot shooting down
give gives gave given giving up
"""
_PARTICLE_OBJECTS = {
    "over": ("power/NN", "the/DT/det prisoners/NNS", "the/DT/det territory/NN", "the/DT/det weapons/NNS"),
    "out": ("its/PRP$/nmod:poss troops/NNS", "the/DT/det attack/NN", "air/NN/compound strikes/NNS"),
    "off": ("diplomatic/JJ/amod relations/NNS", "the/DT/det talks/NNS", "all/DT/det ties/NNS"),
    "down": ("a/DT/det drone/NN", "a/DT/det fighter/NN/compound jet/NN"),
    "up": ("its/PRP$/nmod:poss nuclear/JJ/amod program/NN", "its/PRP$/nmod:poss weapons/NNS"),
}

Forms = tuple[str, ...]


def _verbs(table: str) -> list[Forms]:
    return [tuple(line.split()) for line in table.strip().splitlines()]


ACTOR_VERBS, PEOPLE_VERBS, THING_VERBS = _verbs(_ACTOR_VERBS), _verbs(_PEOPLE_VERBS), _verbs(_THING_VERBS)
DEED_VERBS, PEACE_VERBS, URGE, INTEND = (
    _verbs(_DEED_VERBS),
    _verbs(_PEACE_VERBS),
    _verbs(_URGE),
    _verbs(_INTEND),
)
SAY, DEMAND, GO, PARTICLE = _verbs(_SAY), _verbs(_DEMAND), _verbs(_GO), _verbs(_PARTICLE)

BASE, THIRD, PAST, PARTICIPLE, GERUND = range(5)
_FORM_TAGS = ("VB", "VBZ", "VBD", "VBN", "VBG")


def word(form: str, tag: str) -> Tree:
    """Return a single word as a tree."""
    return Tree(form, tag)


def case(preposition: str, noun: Tree) -> Tree:
    """Return a noun phrase with a preposition before it, or several ("in front of" is not one)."""
    return noun.before(("case", word(preposition, "IN")))


COMMA = ("punct", Tree(",", ","))


def _plural(subject: Tree) -> bool:
    return subject.tag == "NNS" or any(relation == "conj" for relation, _ in subject.right)


class Grammar:
    """Draws sentences at random; the same seed draws the same ones."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def pick(self, choices: Sequence[str]) -> Tree:
        """Return one of several phrases in the short notation."""
        return parse(self.rng.choice(choices))

    def chance(self, share: float) -> bool:
        """Say yes in that share of cases."""
        return self.rng.random() < share

    # Noun phrases

    def state(self) -> Tree:
        """Return a country, a capital or an organisation."""
        if self.chance(0.6):
            return word(self.rng.choice(COUNTRIES), "NNP")
        return self.pick(LONG_COUNTRIES)

    def adjective(self) -> tuple[str, Tree]:
        """Return what says whose somebody is."""
        if self.chance(0.15):
            return "compound", word(self.rng.choice(("U.S.", "UN", "EU", "NATO", "US")), "NNP")
        return "amod", word(self.rng.choice(ADJECTIVES), "JJ")

    def name(self) -> Tree:
        """Return a person's name."""
        last = word(self.rng.choice(LAST), "NNP")
        return last if self.chance(0.3) else word(self.rng.choice(FIRST), "NNP").after(("flat", last))

    def owner(self) -> tuple[str, Tree]:
        """Return a possessor: "Iran's"."""
        mark = word(self.rng.choice(("'s", "'s", "’s")), "POS")
        return "nmod:poss", word(self.rng.choice(COUNTRIES), "NNP").after(("case", mark))

    def person(self) -> Tree:
        """Return somebody with a title, an office or an apposition."""
        kind = self.rng.randrange(6)
        if kind <= 1:
            title = self.pick(TITLES)
            if self.chance(0.6):
                title = title.before(self.adjective())
            return self.name().before(("nmod:desc", title))
        office = self.pick(OFFICES)
        if kind == 2:
            return office.before(self.owner()).after(*self.in_commas("appos", self.name()))
        if kind == 3:
            of = ("nmod", case("of", self.state()))
            described = office.before(("det", word("the", "DT"))).after(of)
            return self.name().after(*self.in_commas("appos", described))
        if kind == 4:
            return (
                office.before(self.owner())
                if self.chance(0.5)
                else office.before(("det", word("the", "DT")), self.adjective())
            )
        return self.name()

    def in_commas(self, relation: str, tree: Tree) -> tuple[tuple[str, Tree], ...]:
        """Return an insertion with its two commas, which hang on it."""
        return ((relation, tree.before(COMMA).after(COMMA)),)

    def group(self) -> Tree:
        """Return people or forces of some side."""
        people = self.pick(GROUPS)
        kind = self.rng.randrange(4)
        if kind == 0:
            led = Tree("led", "VBN").before(
                (
                    "obl:unmarked",
                    word(self.rng.choice(("US", "Saudi", "NATO", "Russian", "UN")), "NNP").after(
                        ("punct", word("-", "HYPH"))
                    ),
                )
            )
            return people.before(("amod", led))
        if kind == 1:
            return people.before(self.owner())
        return people.before(self.adjective())

    def actor(self, *, plain: bool = False) -> Tree:
        """Return whoever acts; `plain` leaves out lists and insertions."""
        kind = self.rng.random()
        if plain or kind < 0.45:
            return self.state() if self.chance(0.75) else self.group()
        if kind < 0.6:
            return self.both()
        if kind < 0.67:
            return self.several()
        if kind < 0.72:
            noun = self.pick(("government/NN", "parliament/NN", "army/NN", "foreign/JJ/amod ministry/NN"))
            return (
                noun.before(self.owner())
                if self.chance(0.5)
                else noun.before(("det", word("the", "DT")), self.adjective())
            )
        return self.group() if kind < 0.78 else self.person()

    def both(self) -> Tree:
        """Return two parties: "X and Y"."""
        second = self.state().before(("cc", word("and", "CC")))
        return self.state().after(("conj", second))

    def several(self) -> Tree:
        """Return three or four parties: "X, Y and Z"."""
        middle = [("conj", self.state().before(COMMA)) for _ in range(self.rng.choice((1, 1, 2)))]
        last = self.state().before(("cc", word("and", "CC")))
        if self.chance(0.25):
            last = last.before(COMMA)
        return self.state().after(*middle, ("conj", last))

    def people(self) -> Tree:
        """Return people to whom something is done."""
        noun = self.pick(VICTIMS)
        if self.chance(0.4):
            noun = noun.before(self.adjective())
        if self.chance(0.5):
            noun = noun.before(("nummod", word(self.rng.choice(NUMBERS), "CD")))
        return noun

    def deed_noun(self) -> Tree:
        """Return a noun phrase for a deed, often with who did it or against whom."""
        kind = self.rng.randrange(4)
        if kind == 0:
            imposed = word("imposed", "VBN").after(
                ("obl:agent", case("by", self.actor(plain=True))), ("obl", case("on", self.state()))
            )
            return self.pick(DEEDS).after(("acl", imposed))
        if kind == 1:
            return self.pick(DEEDS).after(("nmod", case(self.rng.choice(("on", "against")), self.state())))
        if kind == 2:
            return self.pick(ATTACKS).after(
                ("nmod", case(self.rng.choice(("on", "in", "by", "of")), self.state()))
            )
        return self.pick(THINGS)

    # Verb phrases: each takes the form to use and returns a tree without its subject

    def form(self, verb: Forms, place: int) -> Tree:
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
        ]
        if depth < 2:
            choices += [self.urging, self.urging, self.intending, self.calling_on, self.calling_for]
            choices += [self.accusing, self.rejecting_calls]
        return self.rng.choice(choices)(place, depth)

    def transitive(self, place: int, depth: int) -> Tree:
        """Return a verb with its object."""
        del depth
        verbs, thing = self.rng.choice(
            (
                (ACTOR_VERBS, partial(self.actor, plain=True)),
                (ACTOR_VERBS, self.person),
                (PEOPLE_VERBS, self.people),
                (THING_VERBS, self.deed_noun),
                (THING_VERBS, partial(self.pick, THINGS)),
                (DEED_VERBS, partial(self.pick, DEEDS)),
                (PEACE_VERBS, partial(self.pick, PEACE)),
            )
        )
        tree = self.form(self.rng.choice(verbs), place).after(("obj", thing()))
        if self.chance(0.25):
            tree = tree.after(("obl", case(self.rng.choice(("over", "for")), self.pick(ATTACKS))))
        return tree

    def particle(self, place: int, depth: int) -> Tree:
        """Return a verb with a particle and an object: "hand over power"."""
        del depth
        verb = self.rng.choice(PARTICLE)
        particle = ("compound:prt", word(verb[5], "RP"))
        tree = self.form(verb, place).after(particle, ("obj", self.pick(_PARTICLE_OBJECTS[verb[5]])))
        if self.chance(0.3):
            tree = tree.after(("obl", case("to", self.state())))
        return tree

    def signing(self, place: int, depth: int) -> Tree:
        """Return "signed a treaty with X"."""
        del depth
        verb = self.rng.choice(PEACE_VERBS)
        return self.form(verb, place).after(
            ("obj", self.pick(PEACE)), ("obl", case("with", self.actor(plain=True)))
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
            tree = tree.after(("obj", self.pick(DEEDS)), ("obl", target))
        else:
            tree = tree.after(("obj", self.pick(DEEDS).after(("nmod", target))))
        if self.chance(0.3):
            tree = tree.after(("obl", case("over", self.pick(TOPICS))))
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
                    Tree("discuss", "VB").after(("obj", self.pick(TOPICS))).before(("mark", word("to", "TO")))
                )
                tree = tree.after(("advcl", discuss))
            return tree
        talks = self.pick(("talks/NNS", "a/DT/det meeting/NN", "negotiations/NNS", "consultations/NNS"))
        talks = talks.after(("nmod", partner))
        if self.chance(0.5):
            talks = talks.after(("nmod", case(self.rng.choice(("on", "about")), self.pick(TOPICS))))
        return self.form(("hold", "holds", "held", "held", "holding"), place).after(("obj", talks))

    def infinitive(self, depth: int) -> Tree:
        """Return "to do", now and then "not to do"."""
        tree = self.deed(BASE, depth + 1).before(("mark", word("to", "TO")))
        return tree.before(("advmod", word("not", "RB"))) if self.chance(0.12) else tree

    def urging(self, place: int, depth: int) -> Tree:
        """Return "urged X to do"."""
        verb = self.rng.choice(URGE)
        return self.form(verb, place).after(
            (verb[5], self.actor(plain=True)), ("xcomp", self.infinitive(depth))
        )

    def intending(self, place: int, depth: int) -> Tree:
        """Return "refused to do"."""
        return self.form(self.rng.choice(INTEND), place).after(("xcomp", self.infinitive(depth)))

    def calling_on(self, place: int, depth: int) -> Tree:
        """Return "called on X to do"."""
        call = self.form(("call", "calls", "called", "called", "calling"), place)
        target = ("obl", case(self.rng.choice(("on", "on", "upon")), self.actor(plain=True)))
        return call.after(target, ("xcomp", self.infinitive(depth)))

    def calling_for(self, place: int, depth: int) -> Tree:
        """Return "called for a ceasefire"."""
        del depth
        noun = self.pick(PEACE if self.chance(0.6) else DEEDS)
        if self.chance(0.3):
            noun = noun.after(("nmod", case("in", word(self.rng.choice(PLACES), "NNP"))))
        call = self.form(("call", "calls", "called", "called", "calling"), place)
        return call.after(("obl", case("for", noun)))

    def accusing(self, place: int, depth: int) -> Tree:
        """Return "accused X of doing" or "of something"."""
        accuse = self.form(("accuse", "accuses", "accused", "accused", "accusing"), place)
        accuse = accuse.after(("obj", self.actor(plain=True)))
        if self.chance(0.7):
            return accuse.after(("advcl", self.deed(GERUND, depth + 1).before(("mark", word("of", "IN")))))
        crime = self.pick(
            ("war/NN/compound crimes/NNS", "aggression/NN", "espionage/NN", "a/DT/det violation/NN")
        )
        return accuse.after(("obl", case("of", crime)))

    def rejecting_calls(self, place: int, depth: int) -> Tree:
        """Return "rejected calls for X"."""
        verb = self.rng.choice(THING_VERBS[:5])
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
            noun = noun.after(("nmod", case("for", self.pick(PEACE))))
        else:
            noun = noun.after(("acl", self.infinitive(depth)))
        return self.form(verb, place).after(("obj", noun))

    # Clauses and sentences: without their final punctuation

    def finite(self, subject: Tree, depth: int = 0) -> Tree:
        """Return a clause with that subject, in some tense, now and then denied."""
        kind = self.rng.randrange(9)
        if kind <= 4:
            tree = self.deed(PAST, depth)
        elif kind == 5:
            has = word("had", "VBD") if self.chance(0.5) else self.has(subject)
            tree = self.deed(PARTICIPLE, depth).before(("aux", has))
        elif kind == 6:
            modal = self.rng.choice(("will", "would", "could", "may", "must", "should"))
            negative = (("advmod", word("not", "RB")),) if self.chance(0.25) else ()
            tree = self.deed(BASE, depth).before(("aux", word(modal, "MD")), *negative)
        elif kind == 7:
            tree = self.deed(BASE, depth).before(("aux", word("did", "VBD")), ("advmod", word("not", "RB")))
        elif _plural(subject):
            tree = replace(self.deed(BASE, depth), tag="VBP")
        else:
            tree = self.deed(THIRD, depth)
        return tree.before(("nsubj", subject))

    def has(self, subject: Tree) -> Tree:
        """Return "has" or "have", as the subject asks."""
        return word("have", "VBP") if _plural(subject) else word("has", "VBZ")

    def passive(self) -> Tree:
        """Return a passive clause with its agent."""
        be = ("aux:pass", word(self.rng.choice(("was", "was", "is")), "VBD"))
        be = ("aux:pass", word("is", "VBZ")) if be[1].form == "is" else be
        agent = ("obl:agent", case("by", self.actor()))
        kind = self.rng.randrange(3)
        if kind == 0:
            verb = self.rng.choice(URGE[:6])
            tree = self.form(verb, PARTICIPLE).after(agent, ("xcomp", self.infinitive(1)))
            return tree.before(("nsubj:pass", self.state()), be)
        if kind == 1:
            were = ("aux:pass", word(self.rng.choice(("were", "are")), "VBD"))
            were = ("aux:pass", word("are", "VBP")) if were[1].form == "are" else were
            if self.chance(0.5):
                tree = word("imposed", "VBN").after(("obl", case("on", self.state())), agent)
                return tree.before(("nsubj:pass", word("sanctions", "NNS")), were)
            tree = self.form(self.rng.choice(PEOPLE_VERBS), PARTICIPLE).after(agent)
            return tree.before(("nsubj:pass", self.people()), were)
        verbs, subject = self.rng.choice(
            (
                (THING_VERBS, partial(self.pick, THINGS)),
                (ACTOR_VERBS, self.state),
                (PEACE_VERBS, partial(self.pick, PEACE)),
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
        subject = self.pick(TALKS).after(("nmod", case("between", between)))
        if self.chance(0.2):
            subject = subject.after(("nmod", case("on", self.pick(TOPICS))))
        tree = self.form(self.rng.choice(GO), PAST)
        if self.chance(0.4):
            tree = tree.after(("obl", case("in", word(self.rng.choice(PLACES), "NNP"))))
        if self.chance(0.6):
            tree = tree.after(
                ("advcl", self.finite(self.actor(plain=True), 1).before(("mark", word("after", "IN"))))
            )
        elif self.chance(0.5):
            tree = tree.after(("obl", case("after", self.pick(ATTACKS))))
        return tree.before(("nsubj", subject))

    def demanding(self) -> Tree:
        """Return "X demanded that Y hand over power", with the bare verb of such clauses."""
        clause = self.deed(BASE, 1)
        if self.chance(0.15):
            clause = clause.before(("advmod", word("not", "RB")))
        clause = clause.before(("nsubj", self.actor(plain=True))).before(("mark", word("that", "IN")))
        return (
            self.form(self.rng.choice(DEMAND), PAST).before(("nsubj", self.actor())).after(("ccomp", clause))
        )

    def saying(self) -> Tree:
        """Return what somebody said, reported or quoted."""
        speaker = self.person() if self.chance(0.6) else self.actor()
        verb = self.form(self.rng.choice(SAY), PAST)
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
        urged = self.form(self.rng.choice(URGE[:6]), PARTICIPLE).after(
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
            tree = word("discussed", "VBD").after(("obj", self.pick(TOPICS)))
        elif kind == 1:
            views = word("views", "NNS").after(("nmod", case("on", self.pick(TOPICS))))
            tree = word("exchanged", "VBD").after(("obj", views))
        elif kind == 2:
            importance = parse("the/DT/det importance/NN").after(("nmod", case("of", self.pick(TOPICS))))
            tree = word(self.rng.choice(("stressed", "emphasized", "reaffirmed")), "VBD").after(
                ("obj", importance)
            )
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
        day = word(self.rng.choice(DAYS), "NNP")
        return ("obl", case("on", day)) if self.chance(0.6) else ("obl:unmarked", day)

    def headline(self) -> Tree:
        """Return a headline: "Russia to expel two diplomats", "Iran rejects calls for a truce"."""
        actor = self.state()
        if actor.left and actor.left[0][1].form == "the":
            actor = Tree(actor.form, actor.tag, actor.left[1:], actor.right)
        if self.chance(0.3):
            return self.infinitive(1).before(("nsubj", actor))
        if self.chance(0.3):
            actor = actor.after(("conj", word(self.rng.choice(COUNTRIES), "NNP").before(COMMA)))
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
            month = ("nmod:unmarked", word(self.rng.choice(MONTHS), "NNP"))
            date = word(str(self.rng.randint(1, 28)), "CD").before(month)
            return tree.before(("obl", case("on", date).after(COMMA)))
        if kind == 1:
            return tree.before(("obl", case("in", word(self.rng.choice(PLACES), "NNP")).after(COMMA)))
        if kind == 2:
            clause = self.clause(1).before(
                ("mark", word(self.rng.choice(("after", "if", "as", "while")), "IN"))
            )
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
            return "obl", case(self.rng.choice(("in", "near")), word(self.rng.choice(PLACES), "NNP"))
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

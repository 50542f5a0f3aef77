"""The analysis of a text, in language-neutral terms: tokens, sentences, phrases, clauses (docs/architecture.md).

``language/`` ends here and ``extraction/`` begins here: nothing behind this point asks which language it reads.
Indices named ``i``, ``first``, ``last`` count tokens over the whole text; ``start``/``end`` are code points, half-open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from trucewatch.record import Bound

Mood = Literal[
    "indicative", "subjunctive1", "subjunctive2", "ambiguous", "imperative", "infinitive", "participle", "none"
]
Tense = Literal["present", "past", "perfect", "pluperfect", "future", "none"]
VerbVoice = Literal["active", "passive"]
Relation = Literal[
    "main", "coordinated", "complement", "question", "relative", "adverbial", "infinitive", "quotation", "parenthesis",
    "fragment", "participle",
]  # fmt: skip
SentenceKind = Literal["headline", "byline", "body"]


@dataclass(slots=True)
class Token:
    """One word or mark. ``tag`` is the language's own (STTS for German); ``coarse`` is universal (NOUN, PROPN, VERB …)."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    tag: str
    coarse: str
    sentence: int
    cases: frozenset[str] = frozenset()
    """Possible cases shown by the form (nom, acc, dat, gen); empty where the form shows none."""
    number: str | None = None
    """``singular``, ``plural`` or None (unknown)."""
    person: int | None = None
    moods: frozenset[str] = frozenset()
    """For finite verbs: the moods that the form can have."""
    tense: str | None = None
    joints: tuple[int, ...] = ()
    """For nouns: offsets inside the word at which a part of the compound begins ("Luft|angriff": 4)."""
    written: str = ""
    """The word as it stands in the text, where ``text`` is the form that it is read as ("Soldat*innen")."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many a noun phrase names: ``low``/``high`` (None: open), with the code points of the words."""

    low: int | None
    high: int | None
    approximate: bool = False
    additional: bool = False
    """On top of a number named before ("36 weitere")."""
    start: int = 0
    end: int = 0
    until: int = 0
    """Where the words of the number end, before the noun that is counted."""
    bound: Bound | None = None
    """What the words say of the number ("mehr als 30": more than), or what they say instead of one ("Dutzende")."""
    corrected: bool = False
    """Set against a wrong number ("zwei und nicht zwölf"): it stands for the whole."""


@dataclass(slots=True)
class Phrase:
    """A noun phrase, prepositional phrase or adverb of a clause.

    ``first``/``last`` are token indices, both inclusive, over the phrase with its dependents (genitives, attached
    phrases, appositions); ``head`` is the head noun's token. For coordination ("Putin und Erdogan") ``members`` holds
    the parts (two or more) and ``head`` is the first member's head.
    """

    kind: Literal["noun", "prepositional", "adverb"]
    first: int
    last: int
    start: int
    end: int
    head: int
    lemma: str
    preposition: str | None = None
    cases: frozenset[str] = frozenset()
    number: str | None = None
    gender: str | None = None
    determiner: Literal[
        "definite", "indefinite", "possessive", "demonstrative", "negative", "quantifier", "question", "none"
    ] = "none"
    pronoun: bool = False
    core_first: int = 0
    """First and last token of the phrase without preposition and dependents (determiner to head and its name parts)."""
    core_last: int = 0
    adjectives: tuple[int, ...] = ()
    genitives: list[Phrase] = field(default_factory=list)
    attached: list[Phrase] = field(default_factory=list)
    appositions: list[Phrase] = field(default_factory=list)
    members: list[Phrase] = field(default_factory=list)
    quantity: Quantity | None = None
    role: str | None = None
    """Within its clause: subject, object, indirect_object, agent, predicative, genitive_object, adverbial."""

    def parts(self) -> list[Phrase]:
        """The coordinated members, or the phrase itself where nothing is coordinated."""
        return self.members or [self]

    def may_be(self, case: str) -> bool:
        """Whether it can stand in ``case`` ("nom", "gen", "dat", "acc"); a phrase whose form shows no case can in all."""
        return not self.cases or case in self.cases

    def walk(self) -> Iterator[Phrase]:
        """The phrase and all phrases inside it, outermost first."""
        yield self
        for group in (self.members, self.genitives, self.attached, self.appositions):
            for phrase in group:
                yield from phrase.walk()


@dataclass(slots=True)
class Clause:
    """One predicate with its arguments, in terms that do not depend on the language.

    ``tokens`` are the clause's own token indices (without those of its subclauses). ``subject`` and ``object`` are the
    *deep* ones: in the passive, ``object`` is what the passive subject names and ``subject`` is the agent, if any.
    """

    i: int
    sentence: int
    tokens: list[int]
    start: int
    end: int
    predicate: str
    """Lemma with its particle ("zurückweisen"); for a copula with a predicative, the copula ("sein")."""
    predicate_tokens: list[int] = field(default_factory=list)
    """The full verb (and its separated particle), in text order."""
    finite: int | None = None
    mood: Mood = "indicative"
    tense: Tense = "none"
    voice: VerbVoice = "active"
    modal: str | None = None
    negated: bool = False
    reflexive: bool = False
    subject: Phrase | None = None
    object: Phrase | None = None
    indirect_object: Phrase | None = None
    agent: Phrase | None = None
    predicative: Phrase | None = None
    phrases: list[Phrase] = field(default_factory=list)
    """Every phrase of the clause in text order, those above among them."""
    adverbs: list[int] = field(default_factory=list)
    parent: int | None = None
    relation: Relation = "main"
    conjunction: str | None = None
    antecedent: Phrase | None = None
    """For a relative clause: the phrase that it describes."""
    children: list[int] = field(default_factory=list)
    quoted: bool = False
    """The predicate stands inside quotation marks."""

    def prepositional(self, *prepositions: str) -> list[Phrase]:
        """The clause's prepositional phrases with one of these prepositions, in text order."""
        return [p for p in self.phrases if p.kind == "prepositional" and p.preposition in prepositions]


@dataclass(slots=True)
class Sentence:
    """One sentence: tokens ``first`` to ``last`` (inclusive); ``paragraph`` counts from 0."""

    i: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int
    kind: SentenceKind = "body"
    clauses: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Quotation:
    """A stretch between quotation marks, with (``start``/``end``) and without (``inner_start``/``inner_end``) the marks."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    first: int
    last: int
    """Tokens inside the marks, both inclusive; ``last < first`` where there are none."""
    closed: bool = True


@dataclass(slots=True)
class Analysis:
    """Everything that ``language`` found in one text."""

    text: str
    language: str
    published: str | None
    tokens: list[Token]
    sentences: list[Sentence]
    clauses: list[Clause]
    quotations: list[Quotation]

    def token_at(self, position: int) -> Token | None:
        """The token that covers code point ``position``, or None."""
        low, high = 0, len(self.tokens) - 1
        while low <= high:
            middle = (low + high) // 2
            token = self.tokens[middle]
            if position < token.start:
                high = middle - 1
            elif position >= token.end:
                low = middle + 1
            else:
                return token
        return None

    def agree(self, phrase: Phrase, finite: int | None) -> bool:
        """Whether ``phrase`` can be the subject of the finite verb at token index ``finite``, by its number.

        What shows no number agrees with all; of coordinated subjects German lets the verb agree with one alone.
        """
        number = self.tokens[finite].number if finite is not None else None
        return number is None or phrase.number is None or bool(phrase.members) or number == phrase.number

    def apart(self, token: int) -> bool:
        """Whether a phrase of the clause begins at token index ``token`` right behind another one of its phrases.

        "haben Rebellen Kundus beschossen": the name is no part of what stands before it.
        """
        clause = self.clause_of(token)
        if clause is None or token - 1 not in clause.tokens:
            return False
        begins = any(p.first == token and p.kind == "noun" and p.role != "apposition" for p in clause.phrases)
        return begins and any(p.last == token - 1 and p.kind == "noun" for p in clause.phrases)

    def clause_of(self, token: int) -> Clause | None:
        """The clause that owns token index ``token``, or None."""
        sentence = self.sentences[self.tokens[token].sentence]
        for number in sentence.clauses:
            if token in self.clauses[number].tokens:
                return self.clauses[number]
        return None

"""The actors of a text as events and voices ask for them: who a phrase, an adjective or a stretch of text names."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from trucewatch.extraction.actor_roles import carrier_of, part_of, words
from trucewatch.language.analysis import Analysis, Phrase
from trucewatch.record import ActorKind, Span

_DOCUMENT_REACH = 3
"""A document without an author belongs to a body named at most so many sentences before."""
_REACH = 8
"""A mention that covers a position begins at most so many mentions before it: they hardly ever lie within each other."""


@dataclass(slots=True)
class ActorEntry:
    """One actor. ``acts_for`` and ``label_by`` index ``Actors.all``; ``mentions`` are tight code point spans."""

    name: str
    kind: ActorKind
    entity: str | None = None
    acts_for: int | None = None
    label_by: int | None = None
    mentions: list[Span] = field(default_factory=list)
    named: bool = False
    """Has a name of its own in the text: kept in the record also where no event refers to it."""
    country: str | None = None
    """ISO 3166-1 alpha-2 code of the state whose side the actor is on."""


@dataclass(slots=True)
class Actors:
    """All actors of a text, with the lookups that events and voices need."""

    analysis: Analysis
    all: list[ActorEntry] = field(default_factory=list)
    by_token: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Token -> actors that it names (head, name part, title, pronoun)."""
    adjectives: dict[int, int] = field(default_factory=dict)
    compounds: dict[int, int] = field(default_factory=dict)
    spans: list[tuple[Span, int]] = field(default_factory=list)
    """All mentions of all actors, in text order, with the actor."""
    grounds: dict[int, str] = field(default_factory=dict)
    """Token whose actor is a state or a government named by its seat -> the list of prepositions that make it a place."""

    def of(self, phrase: Phrase) -> list[int]:
        """The actors that ``phrase`` names; several for a coordination, none for things and places."""
        return self._of(phrase, 0)

    def _of(self, phrase: Phrase, depth: int) -> list[int]:
        if depth > 6:
            return []
        if phrase.members:
            found: list[int] = []
            for part in phrase.members:
                for actor in self._of(part, depth + 1):
                    if actor not in found:
                        found.append(actor)
            return found
        if phrase.head in self.grounds and phrase.preposition in words(self.grounds[phrase.head]):
            return []
        head = self.analysis.tokens[phrase.head]
        here = self.by_token.get(phrase.head)
        carrier = carrier_of(head.text, head.lemma)
        if here is not None and carrier is None:
            return list(here)
        if carrier is not None:
            owned = self._owned(phrase, depth)
            if owned:
                return owned
            if here is not None:
                return list(here)
            if phrase.head in self.compounds:
                return [self.compounds[phrase.head]]
            if head.lemma.lower() in words("documents"):
                if phrase.determiner in ("definite", "demonstrative", "possessive"):
                    return self._author(phrase.head)
                if phrase.determiner == "indefinite" and phrase.preposition in words("in_document"):
                    return self._author_before(phrase.head)
        for i in range(phrase.core_last, phrase.core_first - 1, -1):
            if (
                i in self.by_token
                and i not in self.adjectives
                and i not in self.compounds
                and carrier is None
                and i > phrase.head
            ):
                return list(self.by_token[i])
        for inner in phrase.appositions:
            named = self._of(inner, depth + 1)
            if named:
                return named
        if phrase.quantity is not None and head.coarse in ("NUM", "PRON", "DET", "ADJ"):
            return [a for whole in part_of(phrase) for a in self._of(whole, depth + 1)]
        return []

    def _author(self, token: int) -> list[int]:
        """Whose document the one at ``token`` is: the only body named in its sentence or, failing that, in the one before."""
        sentence = self.analysis.tokens[token].sentence
        for back in range(_DOCUMENT_REACH + 1):
            if sentence - back < 0:
                break
            part = self.analysis.sentences[sentence - back]
            near = {a for t in range(part.first, min(part.last + 1, token)) for a in self.by_token.get(t, ())}
            bodies = [a for a in near if self.all[a].kind == "organisation"]
            if bodies:
                return bodies if len(bodies) == 1 else []
        return []

    def _author_before(self, token: int) -> list[int]:
        """ "X wies das zurück. …, hieß es in einer Erklärung": the only office or force named in the sentence before."""
        sentence = self.analysis.tokens[token].sentence
        if sentence == 0:
            return []
        part = self.analysis.sentences[sentence - 1]
        if part.paragraph != self.analysis.sentences[sentence].paragraph:
            return []
        near = {a for t in range(part.first, part.last + 1) for a in self.by_token.get(t, ())}
        offices = [a for a in near if self.all[a].kind in ("government", "organisation")]
        return offices if len(offices) == 1 else []

    def _owned(self, phrase: Phrase, depth: int) -> list[int]:
        for inner in phrase.genitives:
            found = self._of(inner, depth + 1)
            if found:
                return found
        for inner in phrase.attached:
            if inner.preposition in words("passing"):
                for part in inner.parts():
                    if part.head in self.by_token:
                        return [a for p in inner.parts() for a in self.by_token.get(p.head, ())]
        for i in range(phrase.core_first - 1, phrase.head):
            if i in self.adjectives:
                return [self.adjectives[i]]
        return []

    def at(self, start: int, end: int) -> int | None:
        """The actor whose mention shares a code point with ``[start, end)``; the first one by text order."""
        for span, number in self.spans[max(0, bisect_left(self.spans, ((start, start), -1)) - _REACH) :]:
            if span[0] >= end:
                return None
            if span[1] > start:
                return number
        return None

    def adjective_of(self, token: int) -> int | None:
        """The actor of an adjective ("türkische" Angriffe), or None."""
        return self.adjectives.get(token)

    def compound_of(self, token: int) -> int | None:
        """The actor that the first part of a compound names ("Talibanangriff"), or None."""
        return self.compounds.get(token)

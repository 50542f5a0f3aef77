"""Does a clause tell of an act, or only speak of it? What only speaks of an act lends it neither time nor place (codebook 13.35).

"Am Montag begann der Prozess um den Anschlag", "verurteilte am Montag den Angriff": the Monday is that of the trial, of the
saying. "Bei einem Anschlag starben am Montag drei Menschen", "verübten am Montag einen Anschlag": the Monday is the act's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from trucewatch.extraction.frames import FrameTable
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.matching import Matcher
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Phrase

_SAYING = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE", "SUPPORT", "SANCTION", "PROTEST"})
"""Kinds of event whose clause speaks of other acts."""
_LEGAL = frozenset({"COERCE"})
"""Whoever is arrested or tried for an act is so long after it."""
_DEPTH = 5
"""How many nouns up an act may hang ("ein Mahnmal für die Opfer des Anschlags")."""


@dataclass(frozen=True)
class FramingWords:
    """The table ``framing`` of knowledge/slots.<language>.toml."""

    carrying: frozenset[str]
    speaking: frozenset[str]
    counting: frozenset[str]
    hosts: frozenset[str]
    old: frozenset[str]
    topic: frozenset[str]
    loose: frozenset[str]
    owner: frozenset[str]
    reason: frozenset[str]
    since: frozenset[str]
    years: frozenset[str]
    days: frozenset[str]
    victims: frozenset[str]
    becoming: frozenset[str]
    moved: frozenset[str]
    answers: frozenset[str]
    answering: frozenset[str]
    testimony: frozenset[str]


@cache
def framing_words(language: str = "de") -> FramingWords:
    """The framing words of ``language``, loaded once."""
    data = table(f"slots.{language}")["framing"]
    return FramingWords(*(frozenset(w.lower() for w in data[f.name]) for f in fields(FramingWords)))


class Framing:
    """Tells acts from what is only spoken of, mourned, judged or announced."""

    def __init__(self, analysis: Analysis, matcher: Matcher, frames: FrameTable) -> None:
        self.analysis = analysis
        self.matcher = matcher
        self.frames = frames
        self.words = framing_words(analysis.language)

    def speaks_of(self, happening: Happening) -> bool:
        """Is the event noun only what its clause speaks of?"""
        phrase, clause = happening.phrase, happening.clause
        if not happening.frame.noun or phrase is None or clause is None or happening.type in _SAYING:
            return False
        if self._hosted(phrase, clause):
            return True
        subject = clause.subject if clause.voice == "active" else None
        if subject is not None and subject.first <= phrase.first <= subject.last or not clause.predicate:
            return False
        if phrase.kind == "prepositional" and phrase.preposition not in self.words.topic | self.words.loose:
            return False
        return self._speaks(clause, happening)

    def answered(self, happening: Happening) -> bool:
        """Did it take place, as what a reprisal or an inquiry answers ("Vergeltung für den Luftangriff")?"""
        phrase, clause = happening.phrase, happening.clause
        if not happening.frame.noun or phrase is None or clause is None:
            return False
        host = next(self._hosts(phrase, clause), None)
        if host is None:
            return False
        if phrase.preposition in self.words.answering and self._is(host, self.words.answers):
            return True
        owned = any(phrase.head == q.head for g in host.genitives for q in [g, *g.parts()])
        return owned and phrase.determiner == "definite" and self._is(host, self.words.answers | self.words.hosts)

    def long_ago(self, happening: Happening) -> bool:
        """Do the words around the act (anniversary, memorial, verdict, "zwei Jahre nach") say that it is long past?"""
        phrase, clause = happening.phrase, happening.clause
        if clause is None or phrase is None or not happening.frame.noun:
            return False
        hosts = list(self._hosts(phrase, clause))
        if any(self._is(host, self.words.old) for host in hosts) or self._years_after(phrase, clause, hosts):
            return True
        judged = phrase.preposition in self.words.reason
        return judged and any(self._is(p, self.words.old) for top in clause.phrases for p in top.walk())

    def _years_after(self, phrase: Phrase, clause: Clause, hosts: list[Phrase]) -> bool:
        """ "zwei Jahre nach dem Anschlag", "Jahrzehnte nach": more than a year lies between."""
        if phrase.preposition not in self.words.since:
            return False
        before = [p for p in clause.phrases if p.core_last + 1 == phrase.first]
        for measure in (p for p in [*hosts[:1], *before] if p.lemma.lower() in self.words.years):
            low = measure.quantity.low if measure.quantity is not None else None
            if (
                measure.lemma.lower() != "jahr"
                or low is not None
                and low > 1
                or low is None
                and measure.number == "plural"
            ):
                return True
        return False

    def _hosts(self, phrase: Phrase, clause: Clause) -> Iterator[Phrase]:
        """The phrases that a phrase hangs on, the nearest first; a time is none ("am Sonntag der Opfer")."""
        current: Phrase | None = phrase
        for _ in range(_DEPTH):
            if current is None:
                return
            current = self._host(current, clause)
            if current is not None:
                yield current

    def _host(self, own: Phrase, clause: Clause) -> Phrase | None:
        found: Phrase | None = None
        for top in clause.phrases:
            for phrase in top.walk():
                below = [q for p in (*phrase.genitives, *phrase.attached) for q in [p, *p.parts()]]
                if any(own.head == p.head for p in below) and phrase.lemma.lower() not in self.words.days:
                    found = phrase
        return found

    def _hosted(self, phrase: Phrase, clause: Clause) -> bool:
        """Does a noun that the act hangs on speak of it ("der Prozess um", "die Opfer des", "zum Jahrestag des")?"""
        inner = phrase
        hosts = list(self._hosts(phrase, clause))
        aside = table(f"slots.{self.analysis.language}")["prepositions"]["aside"]
        if any(h.preposition in aside and self.frames.nouns_of(h.lemma) for h in hosts):
            return True  # "nach dem Angriff mit acht Toten"
        for host in hosts:
            if self._is(host, self.words.hosts | self.words.old):
                return True
            if inner.preposition in self.words.topic:
                return True
            genitive = any(inner.head == q.head for g in host.genitives for q in [g, *g.parts()])
            if not genitive and inner.preposition not in self.words.owner:
                return False  # what stands behind a noun with another preposition may hang on the verb as well
            carried = self._is(host, self.words.carrying) or self._is(host, self.words.victims) and self._befell(clause)
            if not carried:
                return True
            inner = host
        return False

    def _befell(self, clause: Clause) -> bool:
        """ "wurden Opfer eines Anschlags"."""
        return clause.predicate in self.words.becoming

    def _is(self, phrase: Phrase, words: frozenset[str]) -> bool:
        low = phrase.lemma.lower()
        joints = self.analysis.tokens[phrase.head].joints
        return low in words or any(low[j:] in words for j in joints)

    def _speaks(self, clause: Clause, happening: Happening) -> bool:
        predicate = clause.predicate
        if predicate in self.words.counting:
            return False
        if predicate in self.words.speaking:
            return True
        match = self.matcher.verb(clause)
        if match is not None:
            return match[0].type in _SAYING | _LEGAL and match[0].type != happening.type
        return predicate in self.frames.report_verbs

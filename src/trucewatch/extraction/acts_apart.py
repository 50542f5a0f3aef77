"""One plural noun for acts in several places: "die Angriffe auf Charkiw am Montag und auf Odessa am Dienstag" are two.

A number for all of them together is no act's own: it stands apart, as a count over all their places and days (codebook 13.2, 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trucewatch.extraction.happening import Happening, Toll
from trucewatch.extraction.places import Places
from trucewatch.extraction.times import time_span
from trucewatch.language.analysis import Analysis, Clause, Phrase
from trucewatch.record import TimeExpression, TimeSpan

_STEP = 6
"""Code points between a place and the day that belongs to it: a preposition."""
_TOKENS = 8
"""Tokens within which that day ends."""


class ActsApart:
    """Takes a happening apart where its noun's phrase names several places, each with a day of its own."""

    def __init__(self, analysis: Analysis, places: Places, times: Sequence[TimeExpression]) -> None:
        self.analysis = analysis
        self.places = places
        self.times = times

    def split(self, happening: Happening) -> list[Happening]:
        """The acts that the happening stands for; itself alone where it is one."""
        clause = happening.clause
        if happening.type != "ASSAULT" or not happening.frame.noun or clause is None or happening.phrase is None:
            return [happening]
        if happening.phrase.number != "plural":
            return [happening]
        sites = self._sites(happening, clause)
        if len(sites) < 2:
            return [happening]
        acts = [self._act(happening, place, time) for place, time in sites]
        together: list[Toll] = []
        for toll in happening.tolls:
            owner = next((a for a in acts if set(a.places) & self._where(clause, toll)), None)
            if owner is None:
                toll.total = True
                together.append(toll)
            else:
                toll.part = False
                owner.tolls.append(toll)
        return [*acts, *self._together(happening, acts, together)]

    def _sites(self, happening: Happening, clause: Clause) -> list[tuple[int, TimeExpression]]:
        """Place and day of each act: phrases with one preposition, joined by "und", each with a time behind it."""
        found: list[tuple[int, TimeExpression]] = []
        prepositions: set[str | None] = set()
        edge = happening.token
        for phrase in sorted((p for p in clause.phrases if p.first > happening.token), key=lambda p: p.first):
            place = self._place(phrase)
            if place is None or not self._goes_on(edge, phrase.first):
                continue
            time = next((t for t in self.times if 0 <= t.expression[0] - self._end(phrase) <= _STEP), None)
            if time is None:
                break
            prepositions.add(phrase.preposition)
            found.append((place, time))
            edge = max(
                t.i for t in self.analysis.tokens[phrase.head : phrase.head + _TOKENS] if t.end <= time.expression[1]
            )
        return found if len(prepositions) == 1 and len({p for p, _ in found}) == len(found) else []

    def _place(self, phrase: Phrase) -> int | None:
        mentions = self.places.in_phrase(phrase) if phrase.kind == "prepositional" else []
        mention = next((m for m in mentions if m.last == phrase.head), None)
        return mention.place if mention is not None else None

    def _end(self, phrase: Phrase) -> int:
        return self.analysis.tokens[phrase.head].end

    def _goes_on(self, edge: int, first: int) -> bool:
        """Only joining words and marks stand between what was told and the next phrase."""
        return all(t.coarse in ("CCONJ", "PUNCT") for t in self.analysis.tokens[edge + 1 : first])

    def _act(self, happening: Happening, place: int, time: TimeExpression) -> Happening:
        span = time_span(time, self.analysis.text, self.analysis.language)
        return replace(
            happening, places=[place], time=span, tolls=[], actors=list(happening.actors), targets=list(happening.targets),
            mentions=list(happening.mentions), about=list(happening.about),
            why=[*happening.why, "one of several acts that the noun stands for"],
        )  # fmt: skip

    def _where(self, clause: Clause, toll: Toll) -> set[int]:
        """The places that a number is tied to ("davon 18 in Charkiw")."""
        words = toll.words or toll.span
        for phrase in clause.phrases:
            if phrase.quantity is not None and phrase.quantity.start == words[0]:
                return {m.place for p in phrase.attached for m in self.places.in_phrase(p)}
        return set()

    def _together(self, happening: Happening, acts: Sequence[Happening], tolls: list[Toll]) -> list[Happening]:
        """The dead of all the acts: a count over all their places and days."""
        if not tolls:
            return []
        spans = [a.time for a in acts if a.time is not None]
        bounds = {"from": min(str(s.from_) for s in spans), "to": max(str(s.to) for s in spans), "precision": "longer"}
        whole = replace(
            happening, type="HARM", mode=tolls[0].harm, actors=[], places=[p for a in acts for p in a.places],
            time=TimeSpan.model_validate(bounds), tolls=tolls, count=None, targets=list(happening.targets),
            trigger=tolls[0].span, mentions=[], about=[], why=[*happening.why, "the number of several acts together"],
        )  # fmt: skip
        return [whole]

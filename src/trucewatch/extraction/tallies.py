"""Counts told apart from the act ("Die Zahl der Toten stieg auf 34", "sprach von 31 Toten"): whose losses they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.extraction.happening import Happening, Said, has_toll
from trucewatch.extraction.told_again import Sides, ages_apart, times_apart
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis

_ACTS = frozenset({"ASSAULT", "HARM"})
_NEAR = 2
"""A number that nobody has called the number of the dead of something belongs to an act at most so many sentences before."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """Finds the earlier happening that a count adds to; a count that contradicts another source stays on its own."""

    analysis: Analysis
    sides: Sides

    def act(self, kept: Sequence[Happening], count: Happening) -> Happening | None:
        """The happening that ``count`` counts the victims of, or None where it is a version or a matter of its own."""
        if not count.tolls:
            return None
        if self._of_a_period(count):  # of the war that the same sentence names, else of nothing told here
            beside = [k for k in kept if k.sentence == count.sentence]
            return next((k for k in beside if all(has_toll(k.tolls, t) for t in count.tolls)), None)
        acts = [k for k in kept if self._may_be(k, count)]
        harms = {t.harm for t in count.tolls}
        counted = [k for k in acts if any(t.harm in harms and not t.part for t in k.tolls)]
        update = count.frame.tally == "update"
        near = [k for k in acts if self._near(k, count)]
        if update:
            found = counted[-1] if counted else self._main(acts)
        else:
            close = [k for k in counted if self._near(k, count)]
            known = any(t.total for t in count.tolls)  # "die Zahl der Toten": of what the report is about
            found = next(iter((close or near)[-1:]), self._main(acts) if known else None)
            if known and not close:
                found = counted[-1] if counted else self._main(acts)
        if found is None or not update and self._contradicts(found, count):
            return None
        return found

    def _of_a_period(self, count: Happening) -> bool:
        """ "stieg die Zahl der Toten seit Beginn des Krieges auf 40.000": no single act's losses."""
        words = table(f"losses.{self.analysis.language}")["period"]["prepositions"]
        return count.clause is not None and any(
            p.preposition in words for top in count.clause.phrases for p in top.walk()
        )

    def _may_be(self, act: Happening, count: Happening) -> bool:
        if act.type not in _ACTS or act.polarity != "positive" or act.status not in ("occurred", "ongoing"):
            return False
        if act.type == "HARM" and act.frame.tally == "version" and act.said != count.said:
            return False
        if ages_apart(act, count, self.analysis.published):
            return False
        known = {t.who for t in act.tolls}
        whose = [t.who for t in count.tolls if t.who is not None and t.who not in known]
        own = {self.sides.side(w) for w in whose} & {self.sides.side(a) for a in act.actors}
        if own or self.sides.apart(act.targets, whose):
            return False
        later = count.frame.tally == "update" and not _before(count, act)  # the evening is when somebody counted
        return not self.sides.places_apart(act.places, count.places) and (later or not times_apart(act, count))

    def _near(self, act: Happening, count: Happening) -> bool:
        sentences = self.analysis.sentences
        same = sentences[act.last_told].paragraph == sentences[count.sentence].paragraph
        return same and count.sentence - act.last_told <= _NEAR

    def _main(self, acts: Sequence[Happening]) -> Happening | None:
        """What the report is about: the first act of force of its lead, else the one that it tells of most often."""
        force = [a for a in acts if a.type == "ASSAULT"] or list(acts)
        lead = next((s.paragraph for s in self.analysis.sentences if s.kind == "body"), 0)
        opening = [a for a in force if self.analysis.sentences[a.sentence].paragraph <= lead]
        return opening[0] if opening else max(force, key=lambda a: len(a.mentions), default=None)

    def _contradicts(self, act: Happening, count: Happening) -> bool:
        """Another side gives another number for the same harm: a version of its own (codebook 13.1)."""
        if self._set_against(count) and act.said.kind != "reporter" and not self._one_source(act.said, count.said):
            return True
        return any(
            one.harm == other.harm
            and (one.low, one.high) != (other.low, other.high)
            and not (one.part or other.part)
            and not self._one_source(one.said or act.said, other.said or count.said)
            for one in act.tolls
            for other in count.tolls
        )

    def _set_against(self, count: Happening) -> bool:
        words = table(f"losses.{self.analysis.language}")["contrast"]["words"]
        return count.clause is not None and any(
            self.analysis.tokens[i].text.lower() in words for i in count.clause.tokens
        )

    def _one_source(self, one: Said, other: Said) -> bool:
        if one.speaker is None or other.speaker is None:
            return False
        return self.sides.side(one.speaker) == self.sides.side(other.speaker)


def _before(count: Happening, act: Happening) -> bool:
    """Does the time of the count end before the act began?"""
    if count.time is None or act.time is None or count.time.to is None or act.time.from_ is None:
        return False
    return count.time.to <= act.time.from_

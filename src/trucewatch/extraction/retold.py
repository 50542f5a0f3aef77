"""An act that a frame names (a trial, an anniversary, "nach dem Anschlag") and that the next sentence tells (codebook 13.35).

"… gedachten der Opfer des Anschlags. 2011 hatte ein Mann 77 Menschen getötet": one act, with the time of the telling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucewatch.extraction.happening import Happening, disjoint
from trucewatch.extraction.merging_words import merging_words
from trucewatch.language.analysis import Analysis

if TYPE_CHECKING:
    from trucewatch.extraction.told_again import Sides

_ACTS = frozenset({"ASSAULT", "HARM"})
_REACH = 2
"""Sentences between the naming and the telling."""


class Retold:
    """Compares an act that was only named with one that is told right behind it."""

    def __init__(self, analysis: Analysis, sides: Sides) -> None:
        self.analysis = analysis
        self.sides = sides
        self.words = merging_words(analysis.language)

    def same(self, earlier: Happening, later: Happening) -> bool:
        """Does ``later`` tell at length, as past, what ``earlier`` only names?"""
        if earlier.type not in _ACTS or later.type not in _ACTS or later.mode == "displaced" or later.frame.noun:
            return False
        if not earlier.frame.noun or not earlier.framed or earlier.time is not None or earlier.count is not None:
            return False
        gap = later.sentence - earlier.last_told
        sentences = self.analysis.sentences
        near = 0 < gap <= _REACH and sentences[later.sentence].paragraph == sentences[earlier.sentence].paragraph
        if not near or earlier.polarity != later.polarity or later.status != "occurred" or not self._past(later):
            return False
        if self.sides.places_apart(earlier.places, later.places) or self.sides.apart(earlier.actors, later.actors):
            return False
        if disjoint(earlier.targets, later.targets) and self.sides.apart(earlier.targets, later.targets):
            return False
        return self._kinds_meet(earlier, later) and not self._another(later)

    def _past(self, later: Happening) -> bool:
        """The telling lies before the frame: pluperfect, or "damals"."""
        clause = later.clause
        if clause is None:
            return False
        then = any(self.analysis.tokens[i].text.lower() in self.words.then for i in clause.tokens)
        return clause.tense == "pluperfect" or then

    def _kinds_meet(self, earlier: Happening, later: Happening) -> bool:
        if later.type == "HARM" or later.frame.harm is not None or later.mode == earlier.mode:
            return True
        return None in (earlier.mode, later.mode) or earlier.mode == "shootdown"

    def _another(self, later: Happening) -> bool:
        clause = later.clause
        return clause is not None and any(
            self.analysis.tokens[i].text.lower() in self.words.adding - self.words.before for i in clause.tokens
        )

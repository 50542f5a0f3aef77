"""Nouns that alone point back at an act told before ("nach der Tat", "der Vorfall in Khartum"): mentions of it, no events."""

from __future__ import annotations

from trucewatch.extraction.frames import FrameTable
from trucewatch.extraction.happening import Happening, disjoint
from trucewatch.extraction.matching import Matcher
from trucewatch.extraction.places import Places
from trucewatch.extraction.told_again import Sides
from trucewatch.language.analysis import Analysis, Phrase

_ACTS = frozenset({"ASSAULT", "COERCE", "HARM", "DAMAGE", "ADVANCE"})
_KNOWN = frozenset({"definite", "demonstrative"})
_HARMS = frozenset({"HARM", "DAMAGE"})
_REACH = 5
"""Sentences back to the act."""


class Pointing:
    """Finds the pointing nouns of a report and the happenings they name."""

    def __init__(self, analysis: Analysis, matcher: Matcher, table: FrameTable, places: Places, sides: Sides) -> None:
        self.analysis = analysis
        self.matcher = matcher
        self.table = table
        self.places = places
        self.sides = sides

    def note(self, happenings: list[Happening]) -> None:
        """Give each pointing noun to the nearest act before it that nothing tells apart from it."""
        taken = {span for h in happenings for span in [h.trigger, *h.mentions]}
        for token in self.analysis.tokens:
            span = (token.start, token.end)
            if token.coarse != "NOUN" or token.lemma.lower() not in self.table.anaphors or span in taken:
                continue
            phrase, _ = self.matcher.heads.get(token.i, (None, None))
            if phrase is None or phrase.determiner not in _KNOWN or phrase.quantity is not None or phrase.genitives:
                continue
            act = self._act(happenings, token.sentence, phrase)
            if act is not None:
                act.mentions.append(span)
                act.why.append(f"pointed at by “{token.text}”")

    def _act(self, happenings: list[Happening], sentence: int, phrase: Phrase) -> Happening | None:
        behind = [m.place for p in [phrase, *phrase.attached] for m in self.places.in_phrase(p)]
        harm = None
        for act in sorted(happenings, key=lambda h: h.trigger, reverse=True):
            if act.type not in _ACTS or act.background or act.status != "occurred" or act.polarity != "positive":
                continue
            if act.trigger[0] >= phrase.start or sentence - act.last_told > _REACH or act.count is not None:
                continue
            if disjoint(behind, act.places) and self.sides.places_apart(behind, act.places):
                continue
            if act.type not in _HARMS:
                return act
            harm = harm or act
        return harm

"""Whose word it is what somebody denies: not his own, but whoever says that it happened (codebook 5 and 13.21)."""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.extraction.contents import Contents
from trucewatch.extraction.happening import Happening, Said
from trucewatch.extraction.speech_cues import cues, is_noun_of
from trucewatch.language.analysis import Analysis, Clause

_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE", "SUPPORT"})


def said_instead(analysis: Analysis, act: Happening, clause: Clause | None) -> bool:
    """ "dementierte: Die Stadt sei weiter in eigener Hand": what stands behind the colon is what the denier says himself."""
    while clause is not None and act.clause is not None and clause.parent is not None and clause is not act.clause:
        before = clause.tokens[0] - 1
        if before >= 0 and analysis.tokens[before].text == ":":
            return True
        clause = analysis.clauses[clause.parent]
    return False


class Denied:
    """Takes denied acts out of the denier's mouth. ``side``: the last actor in the chain of whom an actor acts for."""

    def __init__(self, analysis: Analysis, contents: Contents, side: Callable[[int], int]) -> None:
        self.analysis = analysis
        self.contents = contents
        self.side = side

    def settle(self, kept: list[Happening]) -> None:
        """Attribute what is denied to who charges with it, as far as the report tells; else it is hearsay."""
        for act in kept:
            if act.type != "REJECT" or act.mode != "denial" or act.polarity == "negative":
                continue
            deniers = {self.side(a) for a in act.actors}
            for happening in kept:
                if happening.type in _SPEECH or happening.polarity == "negative" or not self._denies(act, happening):
                    continue
                if happening.type == "AGREE" and happening.status == "ongoing":
                    continue  # the truce that is not broken holds
                said = happening.said
                if said.kind != "attributed" or said.speaker is None or self.side(said.speaker) not in deniers:
                    continue
                happening.said = self._charge(happening, deniers, kept)
                happening.why.append(f"denied in {act.rule}: not the denier's word")

    def _denies(self, act: Happening, happening: Happening) -> bool:
        """Is ``happening`` what ``act`` denies?"""
        clause = happening.clause
        holder = self.contents.of(happening)
        if happening in act.about or holder is act:
            return not said_instead(self.analysis, act, clause)
        if holder is not None and holder.type == "ACCUSE" and holder.frame.noun and holder.clause is act.clause:
            return True  # "wiesen den Vorwurf zurück, sie hätten …"
        if clause is None or act.clause is None:
            return False
        if clause is act.clause:
            return happening.frame.noun
        if clause.parent != act.clause.i or clause.relation != "quotation" or clause.tokens[0] > act.token:
            return False
        first = self.analysis.tokens[clause.tokens[0]]  # "Vorwürfe, man habe …, wies die Armee zurück"
        return is_noun_of(first, cues(self.analysis.language).content_nouns)

    def _charge(self, happening: Happening, deniers: set[int], kept: list[Happening]) -> Said:
        for other in kept:
            if other.type == "ACCUSE" and other.actors and deniers & {self.side(t) for t in other.targets}:
                return Said("attributed", other.actors[0], None, other.trigger)
        for other in kept:
            told = other.said
            if other is happening or other.type != happening.type or told.kind != "attributed":
                continue
            if told.speaker is not None and self.side(told.speaker) not in deniers and other.polarity == "positive":
                return Said("attributed", told.speaker, told.via, told.cue)
        return Said("hearsay", None, None, None)

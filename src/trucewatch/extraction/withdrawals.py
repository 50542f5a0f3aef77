"""Words taken back or put right by who said them: neither a deed nor an admission, and what they say anew (codebook 13.32)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trucewatch.extraction.happening import Happening

_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE", "SUPPORT"})
_BEHIND = 1
"""The new words stand in the same sentence as the old ones, or at most so many behind."""


class Withdrawals:
    """Sees to the withdrawals and corrections of one report. ``side``: the side that an actor stands on."""

    def __init__(self, side: Callable[[int], int]) -> None:
        self.side = side
        self.denials: list[Happening] = []
        """Denials that are named only as taken back ("nahm ihr Dementi zurück")."""

    def settle(self, kept: Sequence[Happening]) -> list[Happening]:
        """Whoever corrects himself gives whole figures right behind; a denial that he takes back is none any more."""
        for act in (h for h in kept if h.frame.withdraws and h.actors):
            self.denials += [h for h in kept if h.type == "REJECT" and h.frame.noun and h.clause is act.clause]
            for told in kept:
                speaker = told.said.speaker
                if told.trigger < act.trigger or told.sentence - act.sentence > _BEHIND or speaker is None:
                    continue
                if self.side(speaker) == self.side(act.actors[0]):
                    for toll in told.tolls:
                        toll.total, toll.said = True, told.said
        return [h for h in kept if h not in self.denials]

    def of_denial(self, act: Happening) -> bool:
        """Is what ``act`` takes back a denial?"""
        return act.frame.withdraws and any(h.clause is act.clause for h in self.denials)

    def said_instead(self, act: Happening, merged: Sequence[Happening]) -> list[Happening]:
        """ "hat die eigene Darstellung korrigiert: Man habe das Lager bombardiert": what the new words are about."""
        behind = [h for h in merged if h.trigger > act.trigger and h.sentence == act.sentence and h.type not in _SPEECH]
        return [h for h in behind if h.said.speaker in act.actors][:1]

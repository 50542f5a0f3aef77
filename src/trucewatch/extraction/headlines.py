"""A headline's bare words take the voice that the lead gives to the same happening, in whatever words (codebook 4)."""

from __future__ import annotations

from trucewatch.extraction.happening import Happening, disjoint
from trucewatch.language.analysis import Analysis

_FORCE = frozenset({"ASSAULT", "HARM", "DAMAGE"})
"""What one strike may be told as: the act, its dead, its ruins."""
_LEAD = 5
"""The lead is so many sentences of the body."""


def heads_of_lead(analysis: Analysis, merged: list[Happening], contained: dict[int, set[int]]) -> None:
    """Give headline happenings that the body does not repeat the voice of the first one of their kind in the lead."""
    body = [s.i for s in analysis.sentences if s.kind == "body"][:_LEAD]
    for head in merged:
        if not head.headline or head.said.kind != "reporter":
            continue
        lead = (h for h in merged if h.sentence in body and not h.headline and _may_be(head, h, contained))
        told = next(lead, None)
        if told is not None and told.said.kind != "reporter":
            head.said = told.said
            head.why.append(f"the lead tells it as {told.said.kind}")


def _may_be(head: Happening, told: Happening, contained: dict[int, set[int]]) -> bool:
    """May the lead's happening be the headline's?"""
    if told.polarity != head.polarity or told.background or told.status not in ("occurred", "ongoing"):
        return False
    aside = (
        head.phrase is not None and head.phrase.preposition is not None
    )  # "Vorwürfe nach Angriff": taken for granted
    if told.type != head.type and (aside or not {told.type, head.type} <= _FORCE):
        return False
    if disjoint(head.places, told.places):
        return any(q in contained.get(p, ()) for p in head.places for q in told.places)
    return True

"""Entries of a chronology: a date at the head of a line ("- 27. November 2024: …") dates what the entry tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from trucewatch.record import TimeExpression

_MARK = re.compile(r"[\s\-–—•*·▪>|(]*(?:\d{1,2}[.)]\s+)?")
_CLOSED = re.compile(r"\s{0,2}\)?\s{0,2}(?:[:–—|]|-\s|\n)")
_HEADS = frozenset({"day", "month", "year", "part_of_day", "longer"})
_ENTRIES = 2
"""So many dated lines make a chronology; a single one is a line of metadata."""


class Chronology:
    """The dated entries of a text; without at least two there are none."""

    def __init__(self, text: str, times: Sequence[TimeExpression]) -> None:
        heads = [t for t in times if t.precision in _HEADS and t.kind != "set" and _opens(text, t)]
        self._heads = heads if len(heads) >= _ENTRIES else []
        self._starts = [t.expression[1] for t in self._heads]
        self._text = text

    def of(self, position: int) -> TimeExpression | None:
        """The date of the entry that ``position`` lies in: from its head to the next one or to an empty line."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return None
        head = self._heads[index]
        break_ = re.compile(r"\n\s*\n").search(self._text, head.expression[1] + 2, position)
        return None if break_ else head


def _opens(text: str, time: TimeExpression) -> bool:
    """Does the expression stand at the head of its line, with a colon, a dash or nothing behind it?"""
    start, end = time.expression
    line = text.rfind("\n", 0, start) + 1
    return bool(_MARK.fullmatch(text, line, start)) and bool(_CLOSED.match(text, end))

"""The days of an incident, and how a scheme codes how precisely they are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from trucewatch.incident import IncidentTime
from trucewatch.reporting.words import local_time


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day (both inclusive); ``None`` where that end is open.

    ``hours`` is the length of the span as given; a night of eight hours has two days.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    hours: float | None = None

    @property
    def count(self) -> int | None:
        """How many days the span touches; ``None`` where an end is open."""
        if self.first is None or self.last is None:
            return None
        return (self.last - self.first).days + 1

    @property
    def year(self) -> int | None:
        """The calendar year, where the whole span lies in one."""
        if self.first is None or self.last is None or self.first.year != self.last.year:
            return None
        return self.first.year

    @property
    def middle(self) -> dt.date | None:
        """The day in the middle (the earlier one of two)."""
        if self.first is None or self.last is None:
            return None
        return self.first + dt.timedelta(days=(self.last - self.first).days // 2)


def days(time: IncidentTime | None) -> Days:
    """The days of a half-open span.

    >>> days(IncidentTime(from_="2020-02-27T22:00", to="2020-02-28T06:00", precision="part_of_day")).count
    2
    >>> days(IncidentTime(from_="2020-02-01", to="2020-03-01", precision="month")).last
    datetime.date(2020, 2, 29)
    """
    first = local_time(time.from_) if time else None
    after = local_time(time.to) if time else None
    if first is not None and after is not None and after <= first:
        after = first + dt.timedelta(microseconds=1)  # an empty span is a point in time
    last = after - dt.timedelta(microseconds=1) if after is not None and after > dt.datetime.min else None
    hours = (after - first).total_seconds() / 3600 if first is not None and after is not None else None
    return Days(first.date() if first else None, last.date() if last else None, hours)


def precision_code(label: str | None, length: int | None, codes: Mapping[str, int]) -> int | None:
    """A scheme's code for a time: the coarser of what the precision and what the length of the span say.

    ``None`` where the scheme has no code for the precision, or none for that length.

    >>> precision_code("day", 2, {"day": 1, "week": 2}), precision_code("season", 1, {"day": 1})
    (2, None)
    """
    code = codes.get(label or "")
    return None if code is None or length is None else max(code, length)

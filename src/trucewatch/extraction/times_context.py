"""What a temporal expression is read against: publication, the day last spoken of, the clause's tense."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from trucewatch.extraction.times_calendar import UNKNOWN, Span, first_day
from trucewatch.language.times import Direction
from trucewatch.record import TimePrecision

Captures = Mapping[str, Any]
"""What the words of an expression mean, by name (``language/times.py``)."""
_STORY = 250
"""Code points between two dates of one story."""
_CLOSE, _FAR = 60, 270
"""Days: a yearless date as close as the first is meant even against the tense, if the other is as far as the second."""


@dataclass(frozen=True, slots=True)
class Told:
    """The date last spoken of: where it stands in the text, and whether its year was named."""

    start: dt.date
    precision: TimePrecision
    position: int
    with_year: bool


@dataclass(slots=True)
class Context:
    """What an expression is read against: publication, the day last spoken of, and the clause's tense."""

    published: dt.date | None
    day: dt.date | None = None
    direction: Direction | None = None
    told: Told | None = None
    position: int = 0
    night: bool = False
    """``day`` is the morning after a night just spoken of."""
    day_position: int = 0
    """Where ``day`` was told."""
    settled: bool = False
    """The words leave no doubt of the direction ("seit Januar")."""
    far: bool = False
    """``day`` was told more than a sentence before: a clock time is not of that day."""
    part: str | None = None
    """The part of the day that the words right before name ("Dienstagnachmittag um drei Uhr")."""

    @property
    def story(self) -> Told | None:
        """A date of an earlier year that the text has just named: a story in the past tense goes on from there."""
        told, now = self.told, self.published
        if told is None or now is None or not told.with_year or told.start.year >= now.year:
            return None
        near = self.position - told.position <= _STORY and self.direction == "past"
        return told if near else None

    @property
    def here(self) -> dt.date | None:
        """The day last spoken of, else the day of publication."""
        return self.day or self.published

    @property
    def clock_day(self) -> dt.date | None:
        """The day of a clock time: one told in its sentence or the one before; publication's where none was told."""
        return None if self.far else self.here


Recipe = Callable[[Captures, Context], Span]
"""Makes the calendar span of an expression; its name is what the rules of a language call it by."""


def nearest(spans: list[Span], context: Context) -> Span:
    """Of the same span in several years, the one that tense and nearness to publication choose."""
    now = context.published
    known = [(s, day) for s in spans if (day := first_day(s))]
    if now is None or not known:
        return UNKNOWN
    past = [(s, start) for s, start in known if start <= now]
    future = [(s, start) for s, start in known if start >= now or (s.end and s.end > now)]
    nearest, day = min(known, key=lambda pair: abs((pair[1] - now).days))
    near = abs((day - now).days) <= _CLOSE
    if context.direction == "past" and past and (context.settled or not (near and (now - past[-1][1]).days > _FAR)):
        return past[-1][0]
    if context.direction == "future" and future and not (near and (future[0][1] - now).days > _FAR):
        return future[0][0]
    return nearest


def named_year(c: Captures, context: Context) -> int | None:
    """The year that an expression names itself: a number, "last year", "this year", "the year before"."""
    if (year := c.get("y")) is not None:
        return int(year)
    now = context.published
    if now is None or not str(c.get("yu")).startswith("year"):
        return None
    if c.get("same") and context.told:
        return context.told.start.year
    unit = str(c["yu"])
    return now.year + {"year-before": -1, "year-after": 1}.get(unit, int(c.get("k") or 0))


def years_around(context: Context) -> range:
    year = context.published.year if context.published else 0
    return range(year - 1, year + 2)

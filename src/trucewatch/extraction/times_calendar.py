"""Calendar arithmetic: days, weeks, months, parts of a day and feasts as half-open spans (codebook section 7)."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from trucewatch.knowledge.load import table
from trucewatch.record import TimePrecision

Instant = dt.date | dt.datetime
_FIRST, _LAST = dt.date(1, 1, 3), dt.date(9990, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of local time; a bound is None where it is open or unknown."""

    start: Instant | None
    end: Instant | None
    precision: TimePrecision


UNKNOWN = Span(None, None, "vague")


def iso(instant: Instant | None) -> str | None:
    """A bound as ISO 8601: a day as ``2020-02-28``, an instant as ``2020-02-28T18:00``."""
    if instant is None:
        return None
    return instant.isoformat(timespec="minutes") if isinstance(instant, dt.datetime) else instant.isoformat()


def first_day(span: Span) -> dt.date | None:
    """The day on which ``span`` begins."""
    return span.start.date() if isinstance(span.start, dt.datetime) else span.start


def last_day(span: Span) -> dt.date | None:
    """The day on which a span of hours ends, midnight counted to the day before; None for spans of whole days."""
    return (span.end - dt.timedelta(minutes=1)).date() if isinstance(span.end, dt.datetime) else None


def shift(day: dt.date, days: int) -> dt.date:
    """``day`` moved by ``days``, kept inside the calendar's range."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, _FIRST.toordinal()), _LAST.toordinal()))


def day_span(day: dt.date) -> Span:
    """The whole of one day."""
    return Span(day, shift(day, 1), "day") if day < _LAST else UNKNOWN


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    if not (1 <= year <= 9989 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return dt.date(year, month, day)


def add_months(day: dt.date, months: int) -> dt.date:
    """``day`` moved by whole months; the 31st becomes the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = min(max(index // 12, 1), 9989), index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_span(year: int, month: int, length: int, precision: TimePrecision) -> Span:
    """``length`` months from the first of ``month``."""
    start = dt.date(min(max(year, 1), 9980), month, 1)
    return Span(start, add_months(start, length), precision)


def years_span(year: int, length: int = 1) -> Span:
    """``length`` calendar years from ``year``."""
    year = min(max(year, 1), 9980)
    return Span(dt.date(year, 1, 1), dt.date(year + length, 1, 1), "year" if length == 1 else "longer")


def week_span(day: dt.date, weeks: int = 0) -> Span:
    """The ISO week of ``day``, moved by ``weeks``."""
    monday = shift(day, 7 * weeks - day.weekday())
    return Span(monday, shift(monday, 7), "week")


def weekend_span(day: dt.date, forward: bool) -> Span:
    """The weekend before ``day`` (or the one ``day`` lies in); the coming one with ``forward``."""
    week = 0 if day.weekday() >= 5 or forward else -1
    saturday = shift(day, 5 - day.weekday() + 7 * week)
    return Span(saturday, shift(saturday, 2), "day")


def part_span(day: dt.date, part: str) -> Span:
    """A part of ``day`` by name (``calendar.toml``); the night is the one that begins on ``day``."""
    first, last = table("calendar")["parts"][part]
    return Span(_at(day, first * 60), _at(day, last * 60), "part_of_day")


def clock_span(day: dt.date, hour: int, minute: int) -> Span:
    """A clock time: the hour where no minutes are given, else the minute."""
    start = hour * 60 + minute
    return Span(_at(day, start), _at(day, start + (1 if minute else 60)), "minute" if minute else "hour")


def instant_span(day: dt.date, minute: int) -> Span:
    """One minute, ``minute`` counted from the start of ``day``."""
    return Span(_at(day, minute), _at(day, minute + 1), "minute")


def _at(day: dt.date, minutes: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)


def easter(year: int) -> dt.date:
    """Western Easter Sunday (anonymous Gregorian computus, Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the Orthodox churches in the Gregorian calendar, for 1900 to 2099 (Meeus, ch. 8)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return shift(dt.date(year, month, day + 1), 13)


@cache
def _holidays() -> dict[str, dict[str, Any]]:
    return dict(table("calendar")["holidays"])


def holiday_span(name: str, year: int, number: int = 1, orthodox: bool = False) -> Span:
    """A feast (``calendar.toml``) in ``year``; ``number`` tells the second day of Christmas from the first."""
    entry = _holidays()[name]
    year = min(max(year, 1600), 9980)
    if orthodox:
        entry = table("calendar")["orthodox"].get(name, entry)
    sunday = orthodox_easter(year) if orthodox else easter(year)
    first = shift(sunday, entry["easter"]) if "easter" in entry else dt.date(year, entry["month"], entry["day"])
    if entry.get("numbered"):
        first = shift(first, number - 1)
    return Span(first, shift(first, entry["days"]), "day" if entry["days"] == 1 else "longer")


def season_span(name: str, year: int) -> Span:
    """A meteorological season; the winter of ``year`` begins in its December."""
    return months_span(year, table("calendar")["seasons"][name], 3, "season")

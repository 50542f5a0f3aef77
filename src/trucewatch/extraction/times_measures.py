"""Recipes for times that are measured from publication or from the day last spoken of ("two weeks ago")."""

from __future__ import annotations

import datetime as dt

from trucewatch.extraction.times_calendar import (
    UNKNOWN,
    Span,
    add_months,
    day_span,
    months_span,
    part_span,
    shift,
    week_span,
    years_span,
)
from trucewatch.extraction.times_context import Captures, Context, Recipe, named_year
from trucewatch.record import TimePrecision

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "weekend": 7}
_SHORT = frozenset({"hour", "minute", "second"})
_TERMS = frozenset({"week", "month", "quarter", "half", "year"})
"""Units long enough for a term ("within three months") to be told in whole days."""


def _moved(day: dt.date, number: float, unit: str) -> dt.date:
    """``day`` moved by a measure; fractions of months and years are rounded to the next smaller unit."""
    if unit in _MONTHS:
        return add_months(day, round(number * _MONTHS[unit]))
    if unit in _DAYS:
        return shift(day, round(number * _DAYS[unit]))
    return shift(day, int(number * {"hour": 1, "minute": 1 / 60, "second": 1 / 3600}[unit] / 24))


def _calendar_unit(day: dt.date, unit: str, number: float) -> Span:
    """The calendar span that a measure in ``unit`` points at when it lands on ``day``."""
    if unit in ("year", "decade", "century"):
        whole = float(number).is_integer()
        return years_span(day.year) if whole else months_span(day.year, day.month, 1, "month")
    if unit in ("month", "quarter", "half"):
        return months_span(day.year, day.month, 1, "month")
    return week_span(day) if unit == "week" else day_span(day)


def _ago(c: Captures, context: Context) -> Span:
    now, number = context.published, c.get("n")
    if now is None:
        return UNKNOWN
    if number is None or c.get("few"):
        return Span(None, now, "vague")
    return _calendar_unit(_moved(now, -number, c["u"]), c["u"], number)


def _ahead(c: Captures, context: Context) -> Span:
    now, number = context.published, c.get("n")
    if now is None or number is None or c.get("few") or context.direction != "future" or c["u"] in _SHORT:
        return UNKNOWN
    return _calendar_unit(_moved(now, number, c["u"]), c["u"], number)


def _since(c: Captures, context: Context) -> Span:
    now, number = context.published, c.get("n")
    if now is None:
        return UNKNOWN
    if number is None or c.get("few"):
        return Span(None, now, "vague")
    return Span(None if c.get("more") else _moved(now, -number, c["u"]), now, "longer")


def _recent(c: Captures, context: Context) -> Span:
    now, number, k = context.published, c.get("n"), c.get("k")
    if now is None or not k:
        return UNKNOWN
    if number is None or c.get("few"):
        return Span(None, now, "vague") if k < 0 else Span(now, None, "vague")
    other = _moved(now, k * number, c["u"])
    start, end = (other, now) if k < 0 else (now, other)
    length = (end - start).days
    precision: TimePrecision = "day" if length <= 1 else "week" if length == 7 else "longer"
    return Span(start, end, precision)


def _later(c: Captures, context: Context) -> Span:
    number, way, told = c.get("n", 1), c["v"], context.told
    if c.get("few") or number is None:
        return UNKNOWN
    if c.get("part"):
        return part_span(shift(context.day, way), c["part"]) if context.day else UNKNOWN
    unit = c["u"]
    if unit in ("year", "decade", "month") and told and (unit != "month" or told.precision != "year"):
        return _calendar_unit(_moved(told.start, way * number, unit), unit, number)
    if context.day is None or unit in _SHORT:
        return UNKNOWN
    return _calendar_unit(_moved(context.day, way * number, unit), unit, number)


def _to_the_day(c: Captures, context: Context) -> Span:
    if context.published is None or not c.get("n"):
        return UNKNOWN
    way = -1 if c.get("back") else 1
    return day_span(_moved(shift(context.published, c["v"]), way * c["n"], c["u"]))


def _first_of_year(c: Captures, context: Context) -> Span:
    year = named_year(c, context)
    if year is None:
        return UNKNOWN
    start = dt.date(min(max(year, 1), 9980), 1, 1)
    return Span(start, _moved(start, c["n"], c["u"]), "longer")


def _next_day(c: Captures, context: Context) -> Span:
    return day_span(shift(context.day, int(c.get("k") or 1))) if context.day else UNKNOWN


def _same_day(c: Captures, context: Context) -> Span:
    return day_span(context.day) if context.day else UNKNOWN


def _bygone(c: Captures, context: Context) -> Span:
    return Span(None, context.published, "vague") if c["v"] == "past" and context.published else UNKNOWN


def _within(c: Captures, context: Context) -> Span:
    """A term that still runs; a stretch of hours or days that nothing anchors gives no time (codebook 13.20)."""
    number, here = c.get("n"), context.here
    if here is None or number is None or c.get("few") or context.direction != "future" or c["u"] not in _TERMS:
        return UNKNOWN
    return Span(None, _moved(here, number, c["u"]), "longer")


def _none(c: Captures, context: Context) -> Span:
    return UNKNOWN


MEASURED: dict[str, Recipe] = {
    "ago": _ago,
    "ahead": _ahead,
    "since": _since,
    "recent": _recent,
    "later": _later,
    "to_the_day": _to_the_day,
    "first_of_year": _first_of_year,
    "next_day": _next_day,
    "same_day": _same_day,
    "bygone": _bygone,
    "within": _within,
    "none": _none,
    "part_adverb": _none,
}

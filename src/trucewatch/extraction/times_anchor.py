"""Anchors what a time grammar found: recipes that make calendar spans of captures and the date of publication.

A recipe is a function ``(captures, context) -> Span``; its name is what the rules of a language call it by.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.extraction.times_calendar import (
    UNKNOWN,
    Span,
    add_months,
    clock_span,
    day_span,
    first_day,
    holiday_span,
    instant_span,
    make_day,
    months_span,
    part_span,
    season_span,
    shift,
    week_span,
    weekend_span,
    years_span,
)
from trucewatch.language.times import Direction
from trucewatch.record import TimePrecision

Captures = Mapping[str, Any]
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


Recipe = Callable[[Captures, Context], Span]


def _nearest(spans: list[Span], context: Context) -> Span:
    """Of the same span in several years, the one that tense and nearness to publication choose."""
    now = context.published
    known = [(s, day) for s in spans if (day := first_day(s))]
    if now is None or not known:
        return UNKNOWN
    past = [(s, start) for s, start in known if start <= now]
    future = [(s, start) for s, start in known if start >= now or (s.end and s.end > now)]
    nearest, day = min(known, key=lambda pair: abs((pair[1] - now).days))
    near = abs((day - now).days) <= _CLOSE
    if context.direction == "past" and past and not (near and (now - past[-1][1]).days > _FAR):
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
    unit = str(c["yu"])
    return now.year + {"year-before": -1, "year-after": 1}.get(unit, int(c.get("k") or 0))


def _years_around(context: Context) -> range:
    year = context.published.year if context.published else 0
    return range(year - 1, year + 2)


def _date(c: Captures, context: Context) -> Span:
    day = int(c.get("d") or c.get("o") or 0)
    month = c.get("m")
    if month is None:
        if context.published is None:
            return UNKNOWN
        found = make_day(context.published.year, context.published.month, day)
        return day_span(found) if found else UNKNOWN
    year = named_year(c, context)
    if year is not None:
        found = make_day(year, month, day)
        return day_span(found) if found else UNKNOWN
    return _nearest([day_span(d) for y in _years_around(context) if y > 1 and (d := make_day(y, month, day))], context)


def _full_date(c: Captures, context: Context) -> Span:
    year, month, day = c["v"]
    return _date({"d": day, "m": month, "y": year}, context)


def _month(c: Captures, context: Context) -> Span:
    month = int(c["m"])
    year = named_year(c, context)
    if year is not None:
        span = months_span(year, month, 1, "month")
    elif context.published is None:
        return UNKNOWN
    else:
        spans = [months_span(y, month, 1, "month") for y in _years_around(context)]
        k = c.get("k")
        now = context.published
        story = context.story
        if story and not k and story.precision != "year" and story.start.month <= month:
            span = months_span(story.start.year, month, 1, "month")
        elif k in (-1, 1):
            ended = [s for s in spans if s.end and s.end <= now]
            coming = [s for s in spans if s.start and s.start > now]
            span = ended[-1] if k == -1 and ended else coming[0] if k == 1 and coming else spans[1]
        else:
            span = _nearest(spans, context)
    if c.get("e") == "middle" and span.start:
        return Span(shift(span.start, 10), shift(span.start, 20), "vague")
    return span


def _weekday_on(weekday: int, k: int | None, context: Context) -> dt.date | None:
    now = context.published
    if now is None:
        return None
    back = (now.isoweekday() - weekday) % 7
    if k is not None and k < 0:
        return shift(now, -(back or 7) + 7 * (k + 1))
    if k:
        return shift(now, 7 - back + 7 * (k - 1))
    if context.direction in ("future", "present"):
        return shift(now, (7 - back) % 7)
    return shift(now, -back)


def _parted(day: dt.date | None, part: str | None) -> Span:
    if day is None:
        return UNKNOWN
    return part_span(day, part) if part else day_span(day)


def _weekday(c: Captures, context: Context) -> Span:
    weekday, part = c["wp"] if c.get("wp") else (c["w"], c["rest"][1] if c.get("rest") else c.get("part"))
    if c.get("open") and context.direction is None:  # "from Saturday", "by Friday": what is still to come
        return _parted(_weekday_on(weekday, None, replace(context, direction="future")), part)
    day = _weekday_on(weekday, c.get("k"), context)
    if day is not None and (c.get("back") or c.get("ahead")):
        day = shift(day, int(c["n"]) * (-7 if c.get("back") else 7))
    return _parted(day, part)


def _weekday_of_week(c: Captures, context: Context) -> Span:
    if context.published is None:
        return UNKNOWN
    weekday, part = c["wp"] if c.get("wp") else (c["w"], None)
    week = week_span(context.published, int(c.get("k") or 0))
    return _parted(shift(week.start, weekday - 1), part) if week.start else UNKNOWN


def _night_to(c: Captures, context: Context) -> Span:
    if c.get("m"):
        target = _date(c, context).start
    elif c.get("w"):
        target = _weekday_on(c["w"], None, context)
    else:
        target = shift(context.published, c["v"]) if context.published else None
    return part_span(shift(target, -1), "night") if target else UNKNOWN


def _part_of_date(c: Captures, context: Context) -> Span:
    if c.get("m"):
        day = _date(c, context).start
    elif c.get("w"):
        day = _weekday_on(c["w"], None, context)
    else:
        day = shift(context.published, c["v"]) if context.published else None
    return _parted(day if day else None, c["part"])


def _dayword(c: Captures, context: Context) -> Span:
    if context.published is None:
        return UNKNOWN
    day, part = shift(context.published, c["v"]), c.get("part")
    if part == "night" and c["v"] == 0 and context.direction != "future":
        day = shift(day, -1)
    return _parted(day, part)


def _part(c: Captures, context: Context) -> Span:
    day, part, k = context.here, c["part"], c.get("k")
    if day is None:
        return UNKNOWN
    if k:
        return part_span(shift(day, k), part)
    told = context.day is not None and context.day != context.published
    if part == "night" and not told and context.direction != "future":
        day = shift(day, -1)
    return part_span(day, part)


def _midnight(c: Captures, context: Context) -> Span:
    if context.here is None:
        return UNKNOWN
    if c.get("since") and context.published:
        return instant_span(context.published, 0)
    told = context.day is not None and context.day != context.published
    return instant_span(context.here, 24 * 60 if told or context.direction == "future" else 0)


def _clock(c: Captures, context: Context) -> Span:
    hour, minute = c["c"] if c.get("c") else (int(c["h"]), int(c.get("min") or 0))
    if c.get("half"):
        hour, minute = (hour - 1) % 24, 30
    part = c.get("part")
    if (part in ("afternoon", "evening") and hour < 12) or (part == "night" and 8 < hour < 12):
        hour += 12
    if context.here is None or hour > 24 or minute > 59:
        return Span(None, None, "minute" if minute else "hour")
    return clock_span(shift(context.here, -1) if context.night and hour >= 18 else context.here, hour, minute)


def _unit(c: Captures, context: Context) -> Span:
    now, k = context.published, int(c.get("k") or 0)
    if now is None:
        return UNKNOWN
    match c["u"]:
        case "day":
            return day_span(shift(now, k)) if k else day_span(context.here or now)
        case "week":
            return week_span(now, k)
        case "month":
            return months_span(*_plus_months(now, k), 1, "month")
        case "quarter":
            year, month = _plus_months(now, 3 * k)
            return months_span(year, 3 * ((month - 1) // 3) + 1, 3, "longer")
        case "half":
            year, month = _plus_months(now, 6 * k)
            return months_span(year, 6 * ((month - 1) // 6) + 1, 6, "longer")
        case "year":
            story = context.story if "k" not in c else None
            return years_span(story.start.year if story else now.year + k)
        case "decade":
            return years_span((now.year // 10 + k) * 10, 10)
        case "century":
            return years_span((now.year // 100 + k) * 100, 100)
        case "weekend":
            if k < 0 and now.weekday() >= 5:
                return weekend_span(shift(now, -2), forward=False)
            return weekend_span(now, forward=k > 0 or (k == 0 and context.direction == "future"))
    return UNKNOWN


def _plus_months(day: dt.date, months: int) -> tuple[int, int]:
    moved = add_months(day.replace(day=1), months)
    return moved.year, moved.month


def _edge_unit(c: Captures, context: Context) -> Span:
    _, unit = c["v"].split("-")
    year = named_year(c, context)
    return years_span(year) if unit == "year" and year is not None else _unit({"u": unit}, context)


def _near(c: Captures, context: Context) -> Span:
    unit, way = c["v"].split("-")
    k = {"before": -1, "after": 1, "this": 0}[way]
    if unit in ("day", "evening"):
        if context.here is None:
            return UNKNOWN
        day = shift(context.here, k)
        return part_span(day, "evening") if unit == "evening" else day_span(day)
    return _unit({"u": unit, "k": k}, context)


def _weekend(c: Captures, context: Context) -> Span:
    return _unit({"u": "weekend", "k": 0}, context)


def _only_year(c: Captures, context: Context) -> Span:
    return years_span(int(c["y"]))


def _quarter(c: Captures, context: Context) -> Span:
    length = 12 // int(c["parts"])
    index = int(c["o"])
    if not 1 <= index <= 12 // length:
        return UNKNOWN
    month = (index - 1) * length + 1
    year = named_year(c, context)
    if year is None and context.published is not None:
        year = context.published.year + int(c.get("k") or 0)
        if not c.get("k") and context.direction != "future" and dt.date(year, month, 1) > context.published:
            year -= 1
    return months_span(year, month, length, "longer") if year is not None else UNKNOWN


def _month_half(c: Captures, context: Context) -> Span:
    whole = _month(c, context)
    if whole.start is None or whole.end is None:
        return whole
    middle = shift(first_day(whole) or dt.date.min, 15)
    return Span(whole.start, middle, "vague") if c["o"] == 1 else Span(middle, whole.end, "vague")


def _decade(c: Captures, context: Context) -> Span:
    value = int(c["v"])
    return years_span(value if value > 99 else 1900 + value, 10)


def _century(c: Captures, context: Context) -> Span:
    return years_span((int(c["o"]) - 1) * 100 or 1, 100)


def _season(c: Captures, context: Context) -> Span:
    name, year, now = c["s"], named_year(c, context), context.published
    if year is not None:
        return season_span(name, year)
    if now is None:
        return Span(None, None, "season")
    spans = [season_span(name, y) for y in _years_around(context)]
    k = c.get("k")
    if k == -1:
        return next((s for s in reversed(spans) if s.end and s.end <= now), spans[0])
    if k == 1:
        return next((s for s in spans if s.start and s.start > now), spans[-1])
    return _nearest(spans, context)


def _holiday(c: Captures, context: Context) -> Span:
    year = named_year(c, context)
    number = int(c.get("o") or 1)
    if year is not None:
        return holiday_span(c["v"], year, number)
    if context.published is None:
        return UNKNOWN
    return _nearest([holiday_span(c["v"], y, number) for y in _years_around(context)], context)


NAMED: dict[str, Recipe] = {
    "date": _date,
    "full_date": _full_date,
    "month": _month,
    "weekday": _weekday,
    "weekday_of_week": _weekday_of_week,
    "night_to": _night_to,
    "part_of_date": _part_of_date,
    "dayword": _dayword,
    "part": _part,
    "midnight": _midnight,
    "clock": _clock,
    "unit": _unit,
    "edge_unit": _edge_unit,
    "near": _near,
    "weekend": _weekend,
    "year": _only_year,
    "quarter": _quarter,
    "month_half": _month_half,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "holiday": _holiday,
}
"""Recipes for spans that the calendar has a name for."""

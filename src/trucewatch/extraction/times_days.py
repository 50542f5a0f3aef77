"""Recipes for days of the week, parts of a day and clock times."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from trucewatch.extraction.times_calendar import (
    UNKNOWN,
    Span,
    clock_span,
    day_span,
    instant_span,
    part_span,
    shift,
    week_span,
)
from trucewatch.extraction.times_context import Captures, Context, Recipe
from trucewatch.extraction.times_dates import DATES


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
        target = DATES["date"](c, context).start
    elif c.get("w"):
        target = _weekday_on(c["w"], None, context)
    else:
        target = shift(context.published, c["v"]) if context.published else None
    return part_span(shift(target, -1), "night") if target else UNKNOWN


def _part_of_date(c: Captures, context: Context) -> Span:
    if c.get("m"):
        day = DATES["date"](c, context).start
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
    day = context.clock_day
    if day is None:
        return UNKNOWN
    if c.get("since") and context.published:
        return instant_span(context.published, 0)
    told = context.day is not None and context.day != context.published
    if c.get("after"):
        return clock_span(day, 0, 0)
    ends = told or context.direction == "future"
    if c.get("before"):
        return clock_span(day if ends else shift(day, -1), 23, 0)
    return instant_span(day, 24 * 60 if ends else 0)


def _clock(c: Captures, context: Context) -> Span:
    hour, minute = c["c"] if c.get("c") else (int(c["h"]), int(c.get("min") or 0))
    if c.get("half"):
        hour, minute = (hour - 1) % 24, 30
    if c.get("past") or c.get("to"):
        hour, minute = (hour, 15) if c.get("past") else ((hour - 1) % 24, 45)
    part = c.get("part") or context.part
    if (part in ("afternoon", "evening") and hour < 12) or (part == "night" and 8 < hour < 12):
        hour += 12
    day = context.clock_day
    if day is None or hour > 24 or minute > 59:
        return Span(None, None, "minute" if minute else "hour")
    return clock_span(shift(day, -1) if context.night and hour >= 18 else day, hour, minute)


def _near(c: Captures, context: Context) -> Span:
    unit, way = c["v"].split("-")
    k = {"before": -1, "after": 1, "this": 0}[way]
    if unit in ("day", "evening"):
        if context.here is None:
            return UNKNOWN
        day = shift(context.here, k)
        return part_span(day, "evening") if unit == "evening" else day_span(day)
    return DATES["unit"]({"u": unit, "k": k}, context)


DAYS: dict[str, Recipe] = {
    "weekday": _weekday,
    "weekday_of_week": _weekday_of_week,
    "night_to": _night_to,
    "part_of_date": _part_of_date,
    "dayword": _dayword,
    "part": _part,
    "midnight": _midnight,
    "clock": _clock,
    "near": _near,
}

"""Recipes for dates and for spans that the calendar has a name for: months, weeks, quarters, seasons, feasts."""

from __future__ import annotations

import datetime as dt

from trucewatch.extraction.times_calendar import (
    UNKNOWN,
    Span,
    add_months,
    day_span,
    first_day,
    holiday_span,
    make_day,
    months_span,
    part_span,
    season_span,
    shift,
    week_span,
    weekend_span,
    years_span,
)
from trucewatch.extraction.times_context import Captures, Context, Recipe, named_year, nearest, years_around


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
    return nearest([day_span(d) for y in years_around(context) if y > 1 and (d := make_day(y, month, day))], context)


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
        spans = [months_span(y, month, 1, "month") for y in years_around(context)]
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
            span = nearest(spans, context)
    if c.get("e") == "middle" and span.start:
        return Span(shift(span.start, 10), shift(span.start, 20), "vague")
    return span


def _month_half(c: Captures, context: Context) -> Span:
    whole = _month(c, context)
    if whole.start is None or whole.end is None:
        return whole
    middle = shift(first_day(whole) or dt.date.min, 15)
    return Span(whole.start, middle, "vague") if c["o"] == 1 else Span(middle, whole.end, "vague")


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
    spans = [season_span(name, y) for y in years_around(context)]
    k = c.get("k")
    if k == -1:
        return next((s for s in reversed(spans) if s.end and s.end <= now), spans[0])
    if k == 1:
        return next((s for s in spans if s.start and s.start > now), spans[-1])
    return nearest(spans, context)


def _holiday(c: Captures, context: Context) -> Span:
    year = named_year(c, context)
    number, orthodox = int(c.get("o") or 1), bool(c.get("old"))
    name, _, part = str(c.get("v") or c["vp"]).partition("-")

    if year is not None:
        day = holiday_span(name, year, number, orthodox)
    elif context.published is None:
        return UNKNOWN
    else:
        day = nearest([holiday_span(name, y, number, orthodox) for y in years_around(context)], context)
    first = first_day(day)
    return part_span(first, part) if part and first else day


DATES: dict[str, Recipe] = {
    "date": _date,
    "full_date": _full_date,
    "month": _month,
    "month_half": _month_half,
    "unit": _unit,
    "edge_unit": _edge_unit,
    "weekend": _weekend,
    "year": _only_year,
    "quarter": _quarter,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "holiday": _holiday,
}

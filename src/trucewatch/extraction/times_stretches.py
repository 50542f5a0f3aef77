"""Neighbouring expressions that date an event together: "vom 13. bis 15. März", "Mittwochmorgen gegen halb fünf".

The record lists them apart, as TimeML draws them (codebook section 12); an event takes what they say together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trucewatch.language.times import Join, grammar
from trucewatch.record import TimeExpression

_WEEK = 7
"""Days up to which several days together are still told to the day."""
_CLOCK = ("minute", "hour")
_DAYS = ("day", "part_of_day")
_WHOLE = ("day", "week", "month", "season", "year")


def stretches(times: Sequence[TimeExpression], text: str, language: str) -> list[TimeExpression]:
    """``times`` with those that belong together put into one; the rest as they are."""
    join = grammar(language).join
    found: list[TimeExpression] = []
    last: TimeExpression | None = None  # as written, while ``found[-1]`` may hold more
    for time in times:
        if found and last is not None:
            way = join(text, last.expression[1], time.expression[0])
            if way == "aside" and _other_zone(last, time, text):
                continue
            together = _together(found[-1], last, time, way)
            if together is not None:
                found[-1], last = together, time
                continue
        found.append(time)
        last = time
    return found


def _other_zone(last: TimeExpression, time: TimeExpression, text: str) -> bool:
    """ "4.30 Uhr Ortszeit (3.30 Uhr MESZ)": the same moment by another clock."""
    end = time.expression[1]
    return time.precision in _CLOCK and last.precision in _CLOCK and text[end : end + 1] in ")]"


def _together(
    whole: TimeExpression, last: TimeExpression, time: TimeExpression, way: Join | None
) -> TimeExpression | None:
    """What the two say together; None where they are two times."""
    if way is None or whole.kind in ("set", "duration") or time.kind in ("set", "duration"):
        return None
    if way in ("on", "comma"):
        placed = _clock_of_day(whole, time) or _clock_of_day(time, whole)
        if placed is not None or way == "on":
            return placed
    alike = last.precision == time.precision or {last.precision, time.precision} <= {*_CLOCK}
    if not alike or time.precision not in (*_WHOLE, *_CLOCK, "part_of_day") or way == "aside":
        return None
    start, end = _at(whole.from_), _at(time.to)
    if start is None or end is None or _at(time.from_) is None or not start < (_at(time.from_) or end):
        return None
    if way != "range" and whole.to != time.from_ and (time.precision not in _DAYS or (end - start).days > _WEEK):
        return None  # "im Mai und im September"
    precision = whole.precision if (end - start).days <= _WEEK or time.precision != "day" else "longer"
    if time.precision in ("month", "season", "year", "week"):
        precision = "longer"
    return TimeExpression.model_validate(
        {
            "expression": (whole.expression[0], time.expression[1]),
            "from": whole.from_,
            "to": time.to,
            "precision": precision,
            "kind": time.kind,
        }
    )


def _clock_of_day(day: TimeExpression, clock: TimeExpression) -> TimeExpression | None:
    """ "Mittwochmorgen gegen halb fünf": the clock time, if it is one of that day."""
    if day.precision not in _DAYS or clock.precision not in _CLOCK or day.from_ is None or clock.from_ is None:
        return None
    if clock.from_[:10] not in (day.from_[:10], (day.to or day.from_)[:10]):
        return None
    spans = (day.expression, clock.expression)
    return clock.model_copy(update={"expression": (min(s[0] for s in spans), max(s[1] for s in spans))})


def _at(stamp: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(stamp) if stamp else None

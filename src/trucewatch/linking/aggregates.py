"""Which events may be incidents, and which are claimed counts of many acts, kept apart from them."""

from __future__ import annotations

import datetime as dt

from trucewatch.incident import INCIDENT_TYPES
from trucewatch.record import Event, Record

_HAPPENS = frozenset(("occurred", "ongoing"))
_AGGREGATE = 10
"""From so many acts on, a number is an aggregate claim and no single incident (ledgers, section 1)."""
_LONG_DAYS = 10
"""A toll over a longer span is the sum of many incidents."""
_DAY = 24.0
_EPOCH = dt.datetime(1970, 1, 1)


def may_happen(event: Event) -> bool:
    """Whether an event is of a type that makes incidents, and is told as having happened (or denied to have)."""
    return event.type in INCIDENT_TYPES and event.status in _HAPPENS


def hours(moment: str | None) -> float | None:
    """Hours since 1970 of an ISO date or date-time (local, offsets are passed over); ``None`` where it is none.

    >>> hours("1970-01-02T06:00")
    30.0
    """
    if not moment:
        return None
    try:
        return (dt.datetime.fromisoformat(moment[:19].rstrip("Z")) - _EPOCH).total_seconds() / 3600
    except ValueError:
        return None


def is_aggregate(event: Event, published: str | None = None) -> bool:
    """Whether the event is a claimed count of many acts ("312 Verletzungen in 24 Stunden"), kept apart from incidents.

    ``published`` is the report's date: a toll of a long span that still runs then is a sum as well.
    """
    low = event.count.low if event.count is not None else None
    if event.type == "VIOLATE" and event.mode in ("ceasefire", None) and low is not None and low > 1:
        return True
    if low is not None and low >= _AGGREGATE and event.type in ("ASSAULT", "VIOLATE"):
        return True
    start, end = (hours(event.time.from_), hours(event.time.to)) if event.time is not None else (None, None)
    long = event.time is not None and event.time.precision in ("month", "season", "year", "longer")
    if start is not None and end is not None and end - start > _LONG_DAYS * 24:
        long = True
    toll = [loss for loss in event.losses if (loss.low or loss.high or 0) > 1]
    return long and (any(loss.total for loss in event.losses) or (bool(toll) and _still_runs(start, end, published)))


def _still_runs(start: float | None, end: float | None, published: str | None) -> bool:
    """Whether a span holds the day of the report: "in diesem Jahr", "seit Januar" sum up until now."""
    day = hours(published)
    return start is not None and end is not None and day is not None and start <= day <= end + _DAY


def aggregates(record: Record) -> list[Event]:
    """The claimed counts of a record."""
    return [e for e in record.events if may_happen(e) and is_aggregate(e, record.report.published)]

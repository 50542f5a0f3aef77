"""When an incident may have been, and whether that lies within the time of a provision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trucewatch.agreements.model import Agreement, Party, Provision, Span
from trucewatch.incident import Incident

EVER = dt.datetime.min
NEVER = dt.datetime.max
_NEWS = dt.timedelta(days=366)
"""What is no background ended at most twelve months before it was published (codebook, section 4)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A half-open span of local time; ``told``: the reports give it, else it is only bounded by their publication."""

    start: dt.datetime
    end: dt.datetime
    told: bool = True


@lru_cache(maxsize=65_536)
def moment(value: str) -> dt.datetime:
    """An ISO date (its first moment) or date-time, local."""
    return dt.datetime.fromisoformat(value).replace(tzinfo=None)


def interval_of(incident: Incident) -> Interval:
    """The span in which an incident lies, from its time, else from when it was first reported."""
    time = incident.time
    start = moment(time.from_) if time is not None and time.from_ else None
    end = moment(time.to) if time is not None and time.to else None
    reported = _after(incident.first_reported) if incident.first_reported else None
    told = start is not None and end is not None and time is not None and time.precision != "vague"
    if end is None or (reported is not None and start is None and reported < end):
        end = reported if reported is not None else NEVER
    if start is None:
        start = end - _NEWS if not incident.background and end != NEVER else EVER
    return Interval(start, max(start, end), told)


def _after(published: str) -> dt.datetime:
    """The first moment after a day of publication, or the moment of publication."""
    found = moment(published[:16])
    return found + dt.timedelta(days=1) if len(published) <= 10 else found


def spans_of(agreement: Agreement, provision: Provision, parties: Sequence[Party] = ()) -> list[Interval]:
    """When a provision holds: the agreement's windows joined, cut to the provision's own time.

    ``parties`` are those that it binds: where all of them have their own time, that counts in place of the windows.
    """
    ids = {p.id for p in parties}
    own = [p.in_force for p in parties if p.in_force is not None]
    spans = own if own and len(own) == len(parties) else [
        w for w in agreement.windows if not w.parties or not ids or ids & set(w.parties)
    ]
    low = moment(provision.from_) if provision.from_ else EVER
    high = moment(provision.to) if provision.to else NEVER
    cut = ((max(_start(s), low), min(_end(s), high)) for s in spans)
    return joined(Interval(start, end) for start, end in cut if start < end)


def _start(span: Span) -> dt.datetime:
    return moment(span.from_) if span.from_ else EVER


def _end(span: Span) -> dt.datetime:
    return moment(span.to) if span.to else NEVER


def joined(spans: Iterable[Interval]) -> list[Interval]:
    """Spans in order, those that meet as one."""
    found: list[Interval] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if found and span.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def within(interval: Interval, spans: Sequence[Interval]) -> bool | None:
    """Whether something in ``interval`` was in one of the spans; ``None`` where only a part of it is."""
    if any(s.start <= interval.start and interval.end <= s.end for s in spans):
        return True
    if all(interval.end <= s.start or s.end <= interval.start for s in spans):
        return False
    return None

"""Short texts read in a report on a war, for tests of single sentences."""

from __future__ import annotations

import trucewatch
from trucewatch.record import Event, Record

CONTEXT = "\n\nIn dem Land kämpfen Rebellen gegen die Armee. Bei Gefechten wurden zuletzt viele Menschen getötet."


def read(text: str) -> tuple[Record, list[Event]]:
    """The record of ``text`` with the context behind it, and the events of the text alone."""
    record = trucewatch.read(text + CONTEXT, published="2024-05-15")
    return record, [e for e in record.events if e.trigger[0] < len(text)]


def names(record: Record, ids: list[str]) -> list[str]:
    """The names of actors."""
    return [next(a.name for a in record.actors if a.id == i) for i in ids]

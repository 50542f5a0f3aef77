"""The present moment as the store writes it."""

from __future__ import annotations

import datetime as dt


def now() -> str:
    """UTC, ISO 8601, to the microsecond, always of the same length: text order is time order."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

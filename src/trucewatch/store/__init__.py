"""One store, two engines: reports, records, incidents and decisions in SQLite or PostgreSQL."""

from __future__ import annotations

from trucewatch.store.errors import DecisionError, StoreError
from trucewatch.store.store import Store

__all__ = ["DecisionError", "Store", "StoreError"]

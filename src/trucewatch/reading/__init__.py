"""The reading room: bytes, a path or a text become a ``Report``, with what the text says about itself."""

from __future__ import annotations

from trucewatch.reading.errors import NotUnderstood, ReadingError
from trucewatch.reading.report import Report
from trucewatch.reading.source import Known, from_bytes, from_fetched, from_mapping, from_path, from_text

__all__ = [
    "Known",
    "NotUnderstood",
    "ReadingError",
    "Report",
    "from_bytes",
    "from_fetched",
    "from_mapping",
    "from_path",
    "from_text",
]

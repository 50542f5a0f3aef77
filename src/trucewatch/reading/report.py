"""One report as it came in: the text with what is known about it (no language knowledge)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Report:
    """A report's text and metadata.

    ``text`` is the decoded text, unaltered; all spans of later rooms point into it (code points).
    ``id`` is ``sha256:`` and the digest of the raw bytes (of the UTF-8 form where the report came as text).
    ``published`` is an ISO date or date-time, or ``None``.
    """

    text: str
    id: str
    published: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    name: str | None = None
    encoding: str | None = None
    agencies: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()
    language: str = "de"
    notes: tuple[str, ...] = field(default=())

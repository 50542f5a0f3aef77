"""One report as it came in: the text with what is known about it (no language knowledge)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Report:
    """A report's text and metadata.

    ``text`` is the decoded text, unaltered; all spans of later rooms point into it (code points).
    ``legible`` is what is to be analysed: the same text, position by position, with mark-up and control characters
    blanked, and cut where the text is longer than one report can be (``reading.legible``).
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
    legible: str = ""

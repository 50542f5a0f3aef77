"""trucewatch reads the news about a truce and keeps the record: who did what to whom, according to whom.

>>> import trucewatch
>>> record = trucewatch.read("Kiew (dpa) - Die Waffenruhe hält.", published="2021-04-14")
>>> record.report.agencies
['dpa']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from trucewatch.incident import Incident
    from trucewatch.reading import ReadingError, Report
    from trucewatch.record import Record

__version__ = "0.2.0"
__all__ = ["Incident", "ReadingError", "Record", "Report", "link", "read", "read_report"]


def read(
    source: str | bytes | Path,
    published: str | dt.date | None = None,
    *,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    name: str | None = None,
) -> Record:
    """The record of one report.

    ``source`` is the report's text, its bytes in any usual encoding, or a ``Path`` to a file (a ``str`` is text).
    ``published`` anchors relative times ("am Freitag"); an ISO date, "28. Februar 2020" or a ``date``. What is given
    goes before what the text says about itself. Raises ``ReadingError`` (one line, saying what to do) where the source
    is no text.

    >>> read("").events
    []
    """
    from pathlib import Path

    from trucewatch import reading

    known = reading.Known(published=published, title=title, publisher=publisher, url=url, name=name)
    if isinstance(source, bytes):
        return read_report(reading.from_bytes(source, **known))
    if isinstance(source, Path):
        return read_report(reading.from_path(source, **known))
    return read_report(reading.from_text(source, **known))


def read_report(report: Report) -> Record:
    """The record of a report that the reading room has opened (``trucewatch.reading``).

    A text in another language than German gives a record without events that says so in its notes.
    """
    from dataclasses import replace

    from trucewatch.extraction.record import extract
    from trucewatch.language.analysis import Analysis
    from trucewatch.language.german import analyse
    from trucewatch.language.identify import language_of

    language = language_of(report.legible)
    if language == "de":
        analysis = analyse(report.legible, report.published)
    else:
        note = f"this does not look like German (language: {language}); only German can be read"
        report = replace(report, language=language, notes=(*report.notes, note))
        analysis = Analysis("", "de", report.published, [], [], [], [])  # nothing to extract from
    record = extract(report, analysis)
    record._text = report.text
    return record


def link(reports: Iterable[Record | Mapping[str, Any]]) -> list[Incident]:
    """The incidents that some reports tell of, merged, graded and with all their sources; in memory, by time.

    Takes records as ``read`` gives them, or mappings with at least ``text``. For a store that is kept, see
    ``trucewatch.store.Store`` and ``trucewatch.linking.take_in``.

    >>> [(i.type, i.grade) for i in link([read("Kiew (dpa) - Die Waffenruhe hält.")])]
    [('RETREAT', 'reported')]
    """
    from trucewatch.linking.take_in import link as linked

    return linked(reports)


def __getattr__(name: str) -> Any:
    """Public types, loaded when they are first asked for: a command that needs none of them starts at once."""
    if name == "Incident":
        from trucewatch.incident import Incident

        return Incident
    if name == "Record":
        from trucewatch.record import Record

        return Record
    if name in ("ReadingError", "Report"):
        from trucewatch import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

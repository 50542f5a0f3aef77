"""One report on its whole way to a record: the language that it is in, its analysis, its events."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trucewatch.reading import Report
    from trucewatch.record import Record


def read_report(report: Report) -> Record:
    """See ``trucewatch.read_report``: linking and the commands call it here, without the whole library around it."""
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

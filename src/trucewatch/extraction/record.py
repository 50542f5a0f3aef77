"""Puts the record together: from a report and its analysis."""

from __future__ import annotations

from trucewatch.language.analysis import Analysis
from trucewatch.reading.report import Report
from trucewatch.record import Record, ReportInfo


def extract(report: Report, analysis: Analysis) -> Record:
    """The record of ``report``, whose ``legible`` text ``analysis`` describes."""
    return Record(report=report_info(report))


def report_info(report: Report) -> ReportInfo:
    """What is known of the report itself, as the record writes it."""
    return ReportInfo(
        id=report.id,
        language=report.language,
        title=report.title,
        published=report.published,
        publisher=report.publisher,
        agencies=list(report.agencies),
        datelines=list(report.datelines),
        characters=len(report.text),
        encoding=report.encoding,
        notes=list(report.notes),
    )

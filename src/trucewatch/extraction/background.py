"""Standing context that the report does not bring as its news (codebook sections 4 and 6: ``background``)."""

from __future__ import annotations

import datetime as dt

from trucewatch.extraction.happening import Happening
from trucewatch.extraction.status import status_words
from trucewatch.language.analysis import Analysis

_OLD_DAYS = 365


def mark_background(analysis: Analysis, happenings: list[Happening]) -> None:
    """Set ``background`` on every happening that the words make old or standing context."""
    published = _day(analysis.published)
    words = status_words(analysis.language).background
    for happening in happenings:
        happening.background = _is_background(analysis, happening, published, words)


def _day(stamp: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(stamp)[:10]) if stamp else None
    except ValueError:
        return None


def _is_background(analysis: Analysis, happening: Happening, published: dt.date | None, words: tuple[str, ...]) -> bool:
    clause = happening.clause
    span = happening.time
    if span is not None and published is not None:
        end = _day(span.to)
        start = _day(span.from_)
        if end is not None and (published - end).days > _OLD_DAYS:
            return True
        if start is not None and (published - start).days > _OLD_DAYS and happening.status in ("ongoing", "habitual"):
            return True
    if happening.status == "ongoing" and happening.type in ("SUPPORT", "PRESENCE") and happening.said.kind == "reporter":
        return True
    if happening.type == "AGREE" and happening.status == "ongoing" and happening.said.kind == "reporter":
        return True
    if clause is None:
        return False
    if happening.type == "AGREE" and clause.tense == "pluperfect" and happening.time is None:
        return True
    if clause.relation == "participle" and happening.type in ("AGREE", "SUPPORT", "PRESENCE", "COERCE"):
        return True
    low = analysis.text[clause.start : clause.end].lower()
    return any(word in low for word in words)

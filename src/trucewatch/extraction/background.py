"""Standing context that the report does not bring as its news (codebook sections 4 and 6: ``background``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trucewatch.extraction.happening import Happening
from trucewatch.extraction.status import status_words
from trucewatch.language.analysis import Analysis
from trucewatch.record import TimeExpression

_OLD_DAYS = 365
_NEWS_DAYS = 14
"""What happened within so many days of publication is news."""
_CONTEXT_DAYS = 60


def mark_background(analysis: Analysis, happenings: list[Happening], times: Sequence[TimeExpression]) -> None:
    """Set ``background`` on every happening that the words make old or standing context."""
    published = _day(analysis.published)
    words = status_words(analysis.language).background
    standing = standing_paragraphs(analysis, happenings, times)
    for happening in happenings:
        paragraph = analysis.sentences[happening.sentence].paragraph
        happening.background = (
            paragraph in standing
            and happening.type != "CONSULT"
            or _is_background(analysis, happening, published, words)
        )


def standing_paragraphs(
    analysis: Analysis, happenings: Sequence[Happening], times: Sequence[TimeExpression]
) -> set[int]:
    """Paragraphs behind the lead that bring context, not news: they date things long ago and nothing of these days."""
    published = _day(analysis.published)
    if published is None or not analysis.sentences:
        return set()
    recent: set[int] = set()
    old: set[int] = set()
    for time in times:
        token = analysis.token_at(time.expression[0])
        start = _day(time.from_) or _day(time.to)
        if token is None or start is None or time.kind in ("duration", "set"):
            continue
        paragraph = analysis.sentences[token.sentence].paragraph
        end = _day(time.to) or start
        if abs((published - end).days) <= _NEWS_DAYS or start > published:
            recent.add(paragraph)
        elif (published - end).days > _CONTEXT_DAYS or time.precision in ("year", "longer"):
            old.add(paragraph)
    body = [s.paragraph for s in analysis.sentences if s.kind == "body"]
    lead = set(sorted(set(body))[:2])
    return {p for p in old - recent if p not in lead}


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
    if (
        happening.status == "ongoing"
        and happening.type in ("SUPPORT", "PRESENCE")
        and happening.said.kind == "reporter"
    ):
        return True
    if happening.type == "AGREE" and happening.status == "ongoing" and happening.said.kind == "reporter":
        return True
    if clause is None:
        return False
    if clause.tense == "pluperfect" and span is not None and span.precision == "vague":
        return True
    if happening.type == "AGREE" and clause.tense == "pluperfect" and happening.time is None:
        return True
    if clause.relation == "participle" and happening.type in ("AGREE", "SUPPORT", "PRESENCE", "COERCE"):
        return True
    low = analysis.text[clause.start : clause.end].lower()
    return any(word in low for word in words)

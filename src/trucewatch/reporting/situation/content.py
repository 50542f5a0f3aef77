"""A situation as a neutral document: made once, so that page, Markdown and PDF say the same."""

from __future__ import annotations

import datetime as dt

from trucewatch.agreements.situation import Situation
from trucewatch.reporting.situation.context import Context, day_before
from trucewatch.reporting.situation.counts import claimed, counts
from trucewatch.reporting.situation.document import Document
from trucewatch.reporting.situation.drawing import drawing
from trucewatch.reporting.situation.ground import agreements, method, sources
from trucewatch.reporting.situation.incidents import contested, incidents
from trucewatch.reporting.situation.ledgers import ledgers
from trucewatch.reporting.situation.overview import overview
from trucewatch.reporting.situation.timeline import timeline
from trucewatch.reporting.words import Language


def document(situation: Situation, language: Language = "de") -> Document:
    """The report on ``situation`` in one language."""
    context = Context(situation, language)
    labels = context.labels
    sections = (
        overview(context), drawing(context), counts(context), timeline(context), incidents(context), contested(context),
        claimed(context), ledgers(context), agreements(context), method(context), sources(context),
    )  # fmt: skip
    agreed = [context.agreement(a.id) for a in context.agreements]
    return Document(
        language=language,
        title=labels.of("head.title"),
        subtitle=_period(context),
        facts=(
            *((ref.label, ref.title) for ref in agreed),
            (labels.of("head.period"), f"{context.span(situation.since, situation.until)} ({_days(context)})"),
            (labels.of("head.reports"), _read(context)),
        ),
        lead=(labels.line("head.is"), labels.line("head.claims"), labels.line("head.links")),
        sections=sections,
        made=labels.of("head.made"),
        last_day=day_before(situation.until),
        quotes=labels.pair("quotes.marks"),
        quote_language="de",
        contents=labels.of("head.contents"),
        skip=labels.of("head.skip"),
        page=labels.of("head.page"),
    )


def _period(context: Context) -> str:
    """The days in full: "Do. 27. Februar 2020 bis Sa. 29. Februar 2020"."""
    first = dt.date.fromisoformat(context.situation.since)
    last = dt.date.fromisoformat(day_before(context.situation.until))
    if last <= first:
        return context.said.day(first)
    slots = {"from": context.said.day(first), "to": context.said.day(last)}
    return context.labels.of("date.span").format(**slots)


def _days(context: Context) -> str:
    since, until = (dt.date.fromisoformat(x) for x in (context.situation.since, context.situation.until))
    return context.labels.plain("head.days", number=(until - since).days)


def _read(context: Context) -> str:
    labels = context.labels
    read = labels.plain("head.read", number=context.situation.reports)
    return f"{read}; {labels.plain('head.cited', number=len(context.sources))}"

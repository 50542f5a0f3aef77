"""The timeline of a situation report: day by day, one line for each incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from trucewatch.finding import RESULTS
from trucewatch.incident import Incident
from trucewatch.reporting.situation.context import Context, anchor, day_before
from trucewatch.reporting.situation.document import (
    Cell,
    Column,
    Group,
    Line,
    Paragraph,
    Ref,
    Row,
    Section,
    Table,
    Text,
)
from trucewatch.reporting.situation.labels import line
from trucewatch.reporting.words import local_time

_LOOSE = ("month", "season", "year", "longer", "vague")
"""Spans that are no days: such incidents stand under the day of their first report, as they are counted."""


def timeline(context: Context) -> Section:
    """Every day of the period, days without a reported incident too."""
    labels = context.labels
    title = labels.of("section.timeline")
    of = _by_day(context)
    names = (("time", 1.5), ("incident", 3.4), ("grade", 1.2), ("findings", 2.9), ("sources", 1.1))
    columns = tuple(Column(labels.of(f"timeline.{name}"), share) for name, share in names)
    groups = tuple(_groups(context, of))
    table = Table(title, columns, groups)
    if not of:
        return Section(title, "timeline", 2, (Paragraph((labels.line("timeline.none"),), "none"),))
    return Section(title, "timeline", 2, (table,))


def _by_day(context: Context) -> dict[str, list[Incident]]:
    of: dict[str, list[Incident]] = {}
    for incident in context.situation.incidents:
        of.setdefault(day_of(context, incident), []).append(incident)
    return of


def anchor_of(context: Context, day: str) -> str:
    """Where a day stands: under itself, or in the run of days without a report that it is part of."""
    of = _by_day(context)
    if not of:
        return "timeline"
    first = day
    while first > context.situation.since and first not in of and day_before(first) not in of:
        first = day_before(first)
    return f"d-{first}"


def day_of(context: Context, incident: Incident) -> str:
    """The day of the period that an incident stands under: its first one within it."""
    time = incident.time
    told = time.from_ if time is not None and time.precision not in _LOOSE else None
    start = told or incident.first_reported or (time.from_ if time is not None else None)
    last = (dt.date.fromisoformat(context.situation.until) - dt.timedelta(days=1)).isoformat()
    return min(max((start or "")[:10], context.situation.since), last)


def _groups(context: Context, of: dict[str, list[Incident]]) -> Iterator[Group]:
    """A group for each day with incidents, one for each run of days without; every day's anchor leads somewhere."""
    day = dt.date.fromisoformat(context.situation.since)
    end = dt.date.fromisoformat(context.situation.until)
    while day < end:
        iso = day.isoformat()
        if iso in of:
            rows = tuple(_row(context, i, iso) for i in sorted(of[iso], key=_order))
            yield Group(rows, context.said.day(day), f"d-{iso}")
            day += dt.timedelta(days=1)
            continue
        after = day
        while after < end and after.isoformat() not in of:
            after += dt.timedelta(days=1)
        last = after - dt.timedelta(days=1)
        title = context.said.day(day)
        if last > day:
            title = context.labels.of("date.span").format(**{"from": title, "to": context.said.day(last)})
        yield Group((), title, f"d-{iso}", context.labels.of("timeline.quiet"))
        day = after


def _order(incident: Incident) -> tuple[str, str]:
    return ((incident.time.from_ if incident.time is not None else None) or "9999", incident.id)


def _row(context: Context, incident: Incident, day: str) -> Row:
    ref = context.incident(incident.id)
    assert ref is not None
    title = Line((Text(context.both(incident.title), href=f"#{anchor(f'i-{incident.id}')}"),), (ref,), told=True)
    cells: tuple[Cell, ...] = (
        (line(_clock(context, incident, day)),),
        (title,),
        (line(context.grade(incident)),),
        tuple(_results(context, incident)),
        (Line((), context.member_refs(incident, 3), told=True),),
    )
    return Row(cells)


def _clock(context: Context, incident: Incident, day: str) -> str:
    """The time within the day, or why there is none."""
    labels, time = context.labels, incident.time
    first, after = local_time(time.from_ if time else None), local_time(time.to if time else None)
    if time is None or first is None or time.precision in _LOOSE:
        return labels.of("timeline.reported")
    if first.date().isoformat() < day:
        return labels.of("timeline.earlier").format(day=context.date(time.from_))
    if time.precision == "minute":
        return f"{first:%H:%M}"
    if time.precision in ("hour", "part_of_day") and after is not None:
        crosses = after.date() != first.date() and after.time() != dt.time(0)
        end = "24:00" if after.time() == dt.time(0) else f"{after:%H:%M}"
        return f"{first:%H:%M}–{end}" + (" (+1)" if crosses else "")
    if after is not None and after - first > dt.timedelta(days=1):
        return labels.of("date.to_day").format(to=context.date((after - dt.timedelta(seconds=1)).date().isoformat()))
    return labels.of("timeline.open")


def _results(context: Context, incident: Incident) -> Iterator[Line]:
    """The strongest result under each agreement, with how many provisions have it."""
    findings = context.touching(incident)
    if not findings:
        name = "incident.rejected" if incident.state == "rejected" else "timeline.not_touching"
        yield line(context.labels.of(name), style="soft")
    for agreement in context.agreements:
        mine = [f for f in findings if f.agreement == agreement.id]
        if not mine:
            continue
        best = max((f.result for f in mine), key=RESULTS.index)
        number = sum(f.result == best for f in mine)
        words = context.result(best) + context.labels.of("timeline.provisions", number).format(number=number)
        refs: tuple[Ref, ...] = (context.agreement(agreement.id),) if len(context.agreements) > 1 else ()
        yield Line((Text(words),), refs)

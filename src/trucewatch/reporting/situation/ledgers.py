"""Contacts, promises and presences in a situation report: their state, and every line of their history with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trucewatch.contact import Contact, Presence, Promise
from trucewatch.contact import Line as ToldLine
from trucewatch.reporting.situation.context import Context
from trucewatch.reporting.situation.document import (
    Block,
    Cell,
    Column,
    Group,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from trucewatch.reporting.situation.labels import line
from trucewatch.reporting.view import clean

_MOST_LINES = 6


def ledgers(context: Context) -> Section:
    """The three ledgers, each with a table."""
    s, labels = context.situation, context.labels
    blocks: list[Block] = [
        _part(context, "calls", "contacts", (("state", 1.1), ("form", 2.6), ("who", 2.6), ("when", 2.4)),
              [_contact(context, c, n) for n, c in enumerate(s.contacts, 1)]),
        _part(context, "promises", "promises",
              (("state", 1.1), ("kind", 1.1), ("by", 1.8), ("to", 1.8), ("what", 2.3), ("deadline", 1.4)),
              [_promise(context, p, n) for n, p in enumerate(s.promises, 1)]),
        _part(context, "presences", "presences",
              (("form", 2.0), ("whose", 2.0), ("where", 1.8), ("state", 1.2), ("reported", 2.0)),
              [_presence(context, p, n) for n, p in enumerate(s.presences, 1)]),
    ]  # fmt: skip
    return Section(labels.of("section.contacts"), "contacts", 2, tuple(blocks))


def _part(
    context: Context, section: str, group: str, names: Sequence[tuple[str, float]], rows: Sequence[Row]
) -> Section:
    title = context.labels.of(f"section.{section}")
    if not rows:
        return Section(title, section, 3, (Paragraph((context.labels.line(f"{group}.none"),), "none"),))
    columns = tuple(Column(context.labels.of(f"{group}.{name}"), share) for name, share in names)
    return Section(title, section, 3, (Table(title, columns, (Group(tuple(rows)),)),))


def _state(context: Context, group: str, state: str, number: int) -> Line:
    label = f"{context.labels.of(f'letters.{group}')}{number}"
    return Line((Text(f"{label} · ", "soft"), Text(context.labels.of(f"{group}.states.{state}"), "strong")))


def _contact(context: Context, contact: Contact, number: int) -> Row:
    labels = context.labels
    form = context.said.mode("CONSULT", contact.form) or contact.form
    level = f", {labels.of(f'contacts.level.{contact.level}')}" if contact.level else ""
    about = [line(form + level)]
    if contact.topic:
        about.append(Line((Text(labels.plain("contacts.topic", topic=clean(contact.topic)), "soft"),)))
    who = [line(context.parties(contact.participants, labels.of("incident.untold")))]
    if contact.initiated_by:
        who.append(line(labels.plain("contacts.initiated", by=clean(contact.initiated_by)), style="soft"))
    place = clean(context.said.place(contact.place)) if contact.place is not None else ""
    when = [line(x) for x in (context.when(contact.time), place) if x] or [line(labels.of("incident.untold"))]
    details = list(_history(context, "contacts", contact.history))
    for what in contact.outcome:
        refs = (context.source(what.report),) if what.report in context.source_numbers else ()
        words = labels.plain("contacts.outcome", what=context.happened(what))
        details.append(Line((Text(f"{words}: "), context.quote(what.quote)), refs, told=bool(refs)))
    cells: tuple[Cell, ...] = (
        (_state(context, "contacts", contact.state, number),), tuple(about), tuple(who), tuple(when),
    )  # fmt: skip
    return Row(cells, tuple(details), anchor=f"c-{number}")


def _promise(context: Context, promise: Promise, number: int) -> Row:
    labels = context.labels
    what = context.happened(promise.what)
    if promise.what.negative:
        what = labels.plain("promises.negative", what=what)
    state = [_state(context, "promises", promise.state, number)]
    if promise.late:
        state.append(line(labels.of("promises.late")))
    untold = labels.of("incident.untold")
    cells: tuple[Cell, ...] = (
        tuple(state),
        (line(labels.of(f"promises.kinds.{promise.kind}")),),
        (line(context.parties(promise.by, untold)),),
        (line(context.parties(promise.to, untold)),),
        (line(what),),
        (line(context.deadline(promise.deadline) if promise.deadline else labels.of("promises.no_deadline")),),
    )
    return Row(cells, tuple(_history(context, "promises", promise.history)), anchor=f"p-{number}")


def _presence(context: Context, presence: Presence, number: int) -> Row:
    labels = context.labels
    form = labels.of(f"presences.forms.{presence.form}")
    if presence.low is not None or presence.high is not None:
        form = f"{form}: {context.said.range(presence.low, presence.high)}"
    dates = list(dict.fromkeys(context.date(d) for d in (presence.first_reported, presence.last_reported) if d))
    reported = [line(" – ".join(dates))]
    if presence.since:
        words = labels.of("date.since_day").format(**{"from": context.date(presence.since) or clean(presence.since)})
        reported.append(line(words, style="soft"))
    label = f"{labels.of('letters.presences')}{number}"
    where = context.places(presence.places) or labels.of("incident.untold")
    cells: tuple[Cell, ...] = (
        (Line((Text(f"{label} · ", "soft"), Text(form))),),
        (line(context.party(presence.whose)),),
        (line(where),),
        (line(labels.of(f"presences.states.{presence.state}"), style="strong"),),
        tuple(reported),
    )
    return Row(cells, tuple(_history(context, "presences", presence.history)), anchor=f"u-{number}")


def _history(context: Context, group: str, history: Sequence[ToldLine]) -> Iterator[Line]:
    """What each report tells, by date; the same words of one report once."""
    rows: dict[tuple[str, str, str], ToldLine] = {}
    for told in sorted(history, key=lambda x: (x.said or "9999", x.name)):
        rows.setdefault((told.report, clean(told.quote), getattr(told, "state", "")), told)
    shown = list(rows.values())
    for told in shown[:_MOST_LINES]:
        state = context.labels.of(f"{group}.states.{getattr(told, 'state', '')}")
        slots = {"day": context.date(told.said), "who": context.teller(told), "state": state}
        words = context.labels.of("contacts.line").format(**slots).lstrip()
        refs = [context.source(told.report)]
        incident = context.incident(getattr(told, "incident", None) or "")
        yield Line((Text(words), context.quote(told.quote)), (*refs, *([incident] if incident else [])), told=True)
    rest = shown[_MOST_LINES:]
    if rest:
        words = context.labels.plain("incident.further", number=len(rest))
        yield Line((Text(words, "soft"),), context.source_refs((x.report for x in rest), most=12), told=True)

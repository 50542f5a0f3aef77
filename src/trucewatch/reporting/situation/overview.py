"""The overview of a situation report: a few sentences, each from counts and each with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from trucewatch.agreements.state import STANDINGS, State
from trucewatch.incident import Figure, Incident, IncidentLoss
from trucewatch.knowledge.load import table
from trucewatch.reporting.situation.context import Context
from trucewatch.reporting.situation.document import Block, Items, Line, Paragraph, Ref, Section, Text
from trucewatch.reporting.situation.labels import Part, joined
from trucewatch.reporting.situation.timeline import anchor_of

_MOST_TITLES = 5


def overview(context: Context) -> Section:
    """What the period brought, in sentences."""
    lines = [*_touched(context), *_deadliest(context), *_contested(context), *_talks(context)]
    states = [s for s in context.states if s.entries or _before(s)]
    blocks: list[Block] = []
    if not context.touched:
        blocks.append(Paragraph((context.labels.line("overview.none"),), "none"))
    silent = [s.agreement for s in context.states if s not in states]
    if silent and context.touched:
        names = joined(context.named(a) for a in silent)
        lines.append(context.labels.line("overview.uncounted", agreements=names))
    if len(context.states) == 1:
        lines += [x for s in states for x in _state(context, s)]
        states = []
    if lines:
        blocks.append(Items(tuple(lines)))
    for state in states:
        ref = context.agreement(state.agreement)
        items = Items(tuple(_state(context, state)))
        blocks.append(Section(f"{ref.label} · {ref.title}", f"overview-{ref.label}", 3, (items,)))
    return Section(context.labels.of("section.overview"), "overview", 2, tuple(blocks))


def _touched(context: Context) -> Iterator[Line]:
    if context.touched:
        refs = context.incident_refs((i.id for i in context.touched), rest="incidents")
        yield context.labels.told("overview.total", refs, number=len(context.touched))
    for name in ("fulfilling", "exempt"):
        mine = [i for i in context.touched if _is(context, i, name)]
        if mine:
            refs = context.incident_refs((i.id for i in mine), rest="incidents")
            yield context.labels.told(f"overview.{name}", refs, number=len(mine))


def _is(context: Context, incident: Incident, name: str) -> bool:
    findings = context.touching(incident)
    if name == "fulfilling":
        return any(f.bearing == "fulfilling" for f in findings)
    return any(f.result == "exempt" for f in findings)


def _state(context: Context, state: State) -> Iterator[Line]:
    """What is to be said of one agreement: counts, change, quiet, signals."""
    labels = context.labels
    everything = context.incident_refs((e.incident for e in state.entries), rest="counts")
    if state.entries:
        parts = joined(_standings(context, state))
        yield labels.told("overview.counted", number=len(state.entries), parts=parts)
    if state.compared:
        span = context.span(state.before_since, state.since)
        words = labels.parts("overview.before", now=len(state.entries), before=_before(state), span=span)
        yield Line(words, everything, told=bool(everything))
    for signal in state.signals:
        refs = context.incident_refs(signal.incidents, rest="timeline")
        yield labels.told("overview.signal", refs, cause=context.both(signal.cause))
    if not state.signals:
        cause = table("truce_state")["words"]["none" if state.compared else "little"][context.language]
        yield Line(labels.parts("overview.no_signal", cause=cause), everything if state.compared else ())
    yield _quiet(context, state)


def _quiet(context: Context, state: State) -> Line:
    labels = context.labels
    if state.quiet is None:
        return labels.line("overview.no_quiet")
    since, until = state.quiet
    number = sum(since <= day < until for day in state.per_day)
    span = Text(context.span(since, until), href=f"#{anchor_of(context, since)}")
    return labels.line("overview.quiet", span=(span,), days=labels.plain("head.days", number=number))


def _standings(context: Context, state: State) -> Iterator[tuple[Part, ...]]:
    for standing in STANDINGS:
        mine = [e.incident for e in state.entries if e.standing == standing]
        if mine:
            word = context.labels.of(f"standing.{standing}")
            refs = context.incident_refs(mine, rest="counts")
            yield (*context.labels.parts("overview.standing", word=word, number=len(mine)), *refs)


def _before(state: State) -> int:
    """Incidents counted in the period before: each stands in one row of the areas."""
    return sum(row.before for row in state.regions)


def _deadliest(context: Context) -> Iterator[Line]:
    tolls = {i.id: sum(x.low or x.high or 0 for x in _killed(i)) for i in context.touched}
    most = max(tolls.values(), default=0)
    if not most:
        return
    incident = next(i for i in context.touched if tolls[i.id] == most)
    losses = ", ".join(context.loss(x) for x in _killed(incident))
    figures = joined(
        (
            Text(f"{context.figure_source(f)}: {context.figure(x, f)}"),
            *context.event_refs(incident, [(f.report, f.event)]),
        )
        for x, f in _latest(incident)
    )
    sources = context.labels.parts("overview.figures", figures=figures) if figures else ()
    refs = context.incident_refs([incident.id])
    slots = {"title": context.both(incident.title), "losses": losses}
    yield context.labels.told("overview.deadliest", refs, sources=sources, **slots)


def _killed(incident: Incident) -> list[IncidentLoss]:
    return [x for x in incident.losses if x.harm == "killed" and not x.part_of_total]


def _latest(incident: Incident) -> list[tuple[IncidentLoss, Figure]]:
    """The latest number of each source for the dead, at most six."""
    found = {}
    for loss in _killed(incident):
        for figure in sorted(loss.history, key=lambda f: f.said or ""):
            found[(loss.who, figure.source)] = (loss, figure)
    return list(found.values())[-6:]


def _contested(context: Context) -> Iterator[Line]:
    mine = [i for i in context.touched if is_contested(context, i)]
    if mine:
        shown = mine if len(mine) <= _MOST_TITLES + 1 else mine[:_MOST_TITLES]
        titles = joined((_titled(context, i) for i in shown), "; ")
        if len(mine) > len(shown):
            more = context.labels.plain("overview.more", number=len(mine) - len(shown))
            titles = (*titles, Text(" "), Text(more, href="#contested"))
        yield context.labels.told("overview.contested", number=len(mine), titles=titles)


def _titled(context: Context, incident: Incident) -> tuple[Part, ...]:
    ref = context.incident(incident.id)
    return (Text(context.both(incident.title)), *([ref] if ref else []))


def is_contested(context: Context, incident: Incident) -> bool:
    """Whether it, or who is responsible, or a finding on it is contested."""
    if incident.grade == "contested" or incident.responsibility.grade == "contested":
        return True
    return any(f.result == "contested" for f in context.touching(incident))


def _talks(context: Context) -> Iterator[Line]:
    for name, ledger in (("contacts", context.situation.contacts), ("promises", context.situation.promises)):
        if not ledger:
            continue
        counted = Counter(one.state for one in ledger)
        words = ", ".join(f"{context.labels.of(f'{name}.states.{state}')} {n}" for state, n in counted.most_common())
        refs = (
            Ref(
                f"{context.labels.of(f'letters.{name}')}{n}",
                f"{name[0]}-{n}",
                context.labels.of(f"section.{_PART[name]}"),
            )
            for n in range(1, len(ledger) + 1)
        )
        evidence = tuple(refs)[:8]
        yield context.labels.told(f"overview.{name}", evidence, number=len(ledger), states=words)


_PART = {"contacts": "calls", "promises": "promises"}

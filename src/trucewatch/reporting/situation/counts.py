"""The tables of a situation report: per area as monitoring missions count, and per zone, class and side; claimed sums."""

from __future__ import annotations

from collections.abc import Iterable

from trucewatch.agreements.claimed import ClaimedCount
from trucewatch.agreements.state import STANDINGS, Cell, RegionRow, State, class_name
from trucewatch.reporting.phrases import region_name
from trucewatch.reporting.situation.context import Context
from trucewatch.reporting.situation.document import Block, Column, Group, Line, Paragraph, Row, Section, Table
from trucewatch.reporting.situation.document import Cell as TableCell
from trucewatch.reporting.situation.labels import line
from trucewatch.reporting.view import clean


def counts(context: Context) -> Section:
    """The tables of each agreement that something counts under."""
    labels = context.labels
    full = [s for s in context.states if s.regions or s.cells]
    blocks: list[Block] = []
    if full:
        span = context.span(full[0].before_since, full[0].since)
        blocks.append(Paragraph((labels.line("counts.note", span=span), labels.line("counts.several")), "note"))
    many = len(context.states) > 1
    for state in full:
        tables = (_regions(context, state), _cells(context, state))
        if many:
            ref = context.agreement(state.agreement)
            blocks.append(Section(f"{ref.label} · {ref.title}", f"counts-{ref.label}", 3, tables))
        else:
            blocks += tables
    empty = [s for s in context.states if s not in full]
    blocks += [Paragraph((labels.line("counts.none", agreement=context.named(s.agreement)),), "none") for s in empty]
    return Section(labels.of("section.counts"), "counts", 2, tuple(blocks))


def _number(context: Context, value: int) -> TableCell:
    return (line(context.said.number(value) if value else "–"),)


def _evidence(context: Context, incidents: Iterable[str]) -> TableCell:
    refs = context.incident_refs(incidents)
    if refs:
        return (Line((), refs, told=True),)
    return (line(context.labels.of("counts.only_before"), style="soft"),)


def _regions(context: Context, state: State) -> Table:
    labels = context.labels
    heads = ("violations", "explosions", "before", "weapons", "restrictions", "killed")
    columns = (
        Column(labels.of("counts.region"), 2.2),
        *(Column(labels.of(f"counts.{name}"), 1.15, True) for name in heads),
        Column(labels.of("counts.evidence"), 1.9),
    )
    rows = []
    for row in state.regions:
        numbers = (row.violations, row.explosions, row.before, row.weapons, row.restrictions, row.killed)
        region = region_name(context.situation.agreement(state.agreement), row.region, context.language)
        name = line(clean(region) or labels.of("counts.no_region"), style="plain" if row.region else "soft")
        cells = ((name,), *(_number(context, n) for n in numbers), _evidence(context, row.incidents))
        rows.append(Row(cells, told=bool(row.incidents)))
    if len(state.regions) > 1:
        rows.append(_total(context, state.regions))
    return Table(labels.of("counts.daily"), columns, (Group(tuple(rows)),), shown=True)


def _total(context: Context, regions: Iterable[RegionRow]) -> Row:
    regions = list(regions)
    names = ("violations", "explosions", "before", "weapons", "restrictions", "killed")
    sums = [sum(getattr(r, name) for r in regions) for name in names]
    mine = [i for r in regions for i in r.incidents]
    cells: list[TableCell] = [(line(context.labels.of("counts.total"), style="strong"),)]
    cells += [(line(context.said.number(n) if n else "–", style="strong"),) for n in sums]
    refs = context.incident_refs(mine, most=2)
    return Row((*cells, (Line((), refs, told=True),) if refs else ()), told=bool(refs))


def _cells(context: Context, state: State) -> Table:
    labels = context.labels
    columns = (
        Column(labels.of("counts.class"), 2.2),
        Column(labels.of("counts.side"), 1.8),
        *(Column(labels.of(f"standing.{s}"), 1.22, True) for s in STANDINGS),
        Column(labels.of("counts.possibly"), 1.35, True),
        Column(labels.of("counts.before"), 0.8, True),
        Column(labels.of("counts.evidence"), 1.6),
    )
    agreement = context.situation.agreement(state.agreement)
    zones: dict[str, list[Row]] = {}
    for cell in state.cells:
        zones.setdefault(cell.zone, []).append(_cell(context, state, cell))
    groups = tuple(
        Group(tuple(rows), context.both(agreement.zone(zone).name) if zone else labels.of("counts.no_zone"))
        for zone, rows in zones.items()
    )
    return Table(labels.of("counts.cells"), columns, groups, shown=True)


def _cell(context: Context, state: State, cell: Cell) -> Row:
    agreement = context.situation.agreement(state.agreement)
    side = context.both(agreement.party(cell.party).name) if cell.party else context.labels.of("counts.nobody")
    numbers = [*(int(getattr(cell, s)) for s in STANDINGS), cell.possibly, cell.before]
    cells = (
        (line(context.both(class_name(cell.kind))),),
        (line(side, style="plain" if cell.party else "soft"),),
        *(_number(context, n) for n in numbers),
        _evidence(context, cell.incidents),
    )
    return Row(cells, told=bool(cell.incidents))


# --- claimed sums ---


def claimed(context: Context) -> Section:
    """Sums that somebody gives: whose, by whom, for which span."""
    labels = context.labels
    title = labels.of("section.claimed")
    rows: dict[tuple[str, str], ClaimedCount] = {}
    for state in context.states:
        for count in state.claimed:
            rows.setdefault((count.report, count.event), count)
    if not rows:
        return Section(title, "claimed", 2, (Paragraph((labels.line("claimed.none"),), "none"),))
    names = (("whose", 1.5), ("number", 1.5), ("span", 1.4), ("by", 1.5), ("words", 3.4))
    columns = tuple(Column(labels.of(f"claimed.{name}"), share) for name, share in names)
    ordered = sorted(rows.values(), key=lambda c: (c.day or "", c.published or "", c.report, c.event))
    table = Table(title, columns, (Group(tuple(_claim(context, c) for c in ordered)),))
    return Section(title, "claimed", 2, (Paragraph((labels.line("claimed.note"),), "note"), table))


def _claim(context: Context, count: ClaimedCount) -> Row:
    labels = context.labels
    by = context.whose(count.voice, count.speaker, None, context.outlet(count.report))
    quote = Line((context.quote(count.quote),), (context.source(count.report),), told=True)
    where = context.places(count.places)
    act = context.act(count.type, count.mode)
    number = context.said.range(count.low, count.high, bound=count.bound)
    return Row((
        (line(context.parties(count.accused, labels.of("counts.nobody"))),),
        (line(f"{number} · {act}"), *([line(where, style="soft")] if where else [])),
        (line(context.when(count.time) or labels.of("incident.untold")),),
        (line(by),),
        (quote,),
    ))  # fmt: skip

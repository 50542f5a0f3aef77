"""The incidents of a situation report one by one, those that no provision covers, and contested accounts side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from trucewatch.agreements.wording import percent, said
from trucewatch.finding import RESULTS, Finding, Reason
from trucewatch.incident import Charge, Figure, Incident, IncidentLoss
from trucewatch.reporting.situation.context import Context, Said, anchor
from trucewatch.reporting.situation.document import (
    Block,
    Cell,
    Column,
    Fields,
    Group,
    Items,
    Line,
    Paragraph,
    Ref,
    Row,
    Section,
    Table,
    Text,
)
from trucewatch.reporting.situation.labels import line
from trucewatch.reporting.situation.overview import is_contested
from trucewatch.reporting.view import clean

_MOST_SAYINGS = 24
_MOST_FIGURES = 8
_DENIALS = ("denies", "denies_responsibility")
_MARK = {True: "✓", False: "✗", None: "?"}
_EXCEPTION = {True: "✗", False: "✓", None: "?"}
"""An exception that does not apply stands in nobody's way."""


def incidents(context: Context) -> Section:
    """Every incident that touches a provision, then the others in one line each."""
    labels = context.labels
    blocks: list[Block] = [_incident(context, i) for i in context.touched]
    if not blocks:
        blocks.append(Paragraph((labels.line("incident.none"),), "none"))
    others: Block = Paragraph((labels.line("incident.also_none"),), "none")
    if context.others:
        intro = Paragraph((labels.line("incident.also"),))
        also: tuple[Block, ...] = (intro, Items(tuple(_other(context, i) for i in context.others), "small"))
    else:
        also = (others,)
    blocks.append(Section(labels.of("section.also"), "also", 3, also))
    return Section(labels.of("section.incidents"), "incidents", 2, tuple(blocks))


def _incident(context: Context, incident: Incident) -> Section:
    ref = context.incident(incident.id)
    assert ref is not None
    blocks: tuple[Block, ...] = (
        Fields(tuple(_fields(context, incident))),
        _members(context, incident),
        *_findings(context, incident),
    )
    return Section(f"{ref.label} · {ref.title}", ref.anchor, 3, blocks)


# --- what is known of it ---


def _fields(context: Context, incident: Incident) -> Iterator[tuple[str, tuple[Line, ...]]]:
    labels, refs = context.labels, context.member_refs(incident, 4)
    of = labels.of
    places = ", ".join(
        f"{clean(context.said.place(p))} ({context.said.of('precision', p.precision)})" for p in incident.places
    )
    why = (Text(context.grade(incident), "strong"), Text(f" – {context.both(incident.why)}"))
    yield of("incident.grade"), (Line(why, refs, told=True),)
    when = context.when(incident.time)
    yield of("incident.when"), (line(when or of("incident.untold"), refs if when else ()),)
    yield of("incident.where"), (line(places or of("incident.untold"), refs if places else ()),)
    for name, parties in (("who", incident.actors), ("whom", incident.targets)):
        if parties:
            yield of(f"incident.{name}"), (line(context.parties(parties), refs),)
    if charges := tuple(_charges(context, incident, refs)):
        yield of("incident.responsibility"), charges
    if losses := tuple(x for loss in incident.losses for x in _loss(context, incident, loss, refs)):
        yield of("incident.losses"), losses
    if decisions := tuple(_decisions(context, incident)):
        yield of("incident.decisions"), decisions
    yield of("incident.id"), (line(incident.id, style="code"),)


def _charges(context: Context, incident: Incident, refs: Sequence[Ref]) -> Iterator[Line]:
    """Who is blamed by whom, and who denies it: one line for each side."""
    blamed = incident.responsibility
    for charge in blamed.charges:
        own = context.event_refs(incident, charge.evidence)
        yield Line((Text(_charge(context, charge)),), own or tuple(refs), told=True)
    if blamed.charges or not (blamed.accused or blamed.admitted_by):
        return
    whom = clean(", ".join(blamed.accused))
    parts = []
    if whom:
        form = "accused" if blamed.by else "accused_nobody"
        parts.append(context.labels.plain(f"incident.{form}", whom=whom, by=clean(", ".join(blamed.by))))
    if blamed.denied_by:
        parts.append(context.labels.plain("incident.denied", by=clean(", ".join(blamed.denied_by))))
    if blamed.admitted_by:
        parts.append(context.labels.plain("incident.admitted", whom=clean(", ".join(blamed.admitted_by))))
    yield Line((Text("; ".join(parts)),), tuple(refs), told=True)


def _charge(context: Context, charge: Charge) -> str:
    whom, labels = context.party(charge.party, article=True), context.labels
    by = [clean(name) for name in charge.by]
    if charge.admitted:
        parts = [labels.plain("incident.admitted", whom=whom)]
    elif by:
        parts = [labels.plain("incident.accused", whom=whom, by=", ".join(by))]
    else:
        parts = [labels.plain("incident.accused_nobody", whom=whom)]
    if charge.denied_by:
        parts.append(labels.plain("incident.denied", by=clean(", ".join(charge.denied_by))))
    grade = f" ({context.said.of('grade', charge.grade)})" if charge.grade else ""
    return "; ".join(parts) + grade


def _loss(context: Context, incident: Incident, loss: IncidentLoss, refs: Sequence[Ref]) -> Iterator[Line]:
    """The range, then the numbers of each source in the order of reports."""
    found: dict[tuple[object, ...], Figure] = {}
    for figure in sorted(loss.history, key=lambda f: f.said or ""):
        found.setdefault((figure.source, figure.low, figure.high, figure.voice), figure)
    told = context.event_refs(incident, [(f.report, f.event) for f in loss.history]) or tuple(refs)
    yield Line((Text(context.loss(loss), "strong"),), told, told=True)
    shown = list(found.values())
    for figure in shown[:_MOST_FIGURES]:
        date = context.date(figure.said)
        words = context.labels.plain(
            "incident.figure", who=context.figure_source(figure), words=context.figure(loss, figure)
        )
        if figure.withdrawn is not None:
            words += f" ({context.said.withdrawn(clean(figure.withdrawn.by), figure.withdrawn.when)})"
        own = context.event_refs(incident, [(figure.report, figure.event)])
        yield Line((Text(f"{date} " if date else "", "soft"), Text(words)), own or tuple(refs), told=True)
    if len(shown) > _MOST_FIGURES:
        more = context.labels.plain("incident.more", number=len(shown) - _MOST_FIGURES)
        yield Line((Text(more, "soft"),), told, told=True)


def _decisions(context: Context, incident: Incident) -> Iterator[Line]:
    for decision in incident.decisions:
        words = f"{context.said.of('decision', decision.kind)}: {clean(decision.who)}, {context.date(decision.when)}"
        yield line(words + (f" – {clean(decision.why)}" if decision.why else ""))


# --- who says what ---


def _members(context: Context, incident: Incident) -> Table:
    labels = context.labels
    names = (("speaker", 1.7), ("stance", 1.1), ("words", 4.2), ("report", 1.7))
    columns = tuple(Column(labels.of(f"incident.{name}"), share) for name, share in names)
    sayings = context.sayings(incident)
    rows = [_saying(context, incident, s) for s in sayings[:_MOST_SAYINGS]]
    rest = sayings[_MOST_SAYINGS:]
    if rest:
        refs = context.source_refs((s.member.report for s in rest), most=12)
        words = labels.plain("incident.further", number=len(rest))
        rows.append(Row(((), (), (Line((Text(words, "soft"),), refs, told=True),), ())))
    number = context.numbers[incident.id]
    return Table(labels.of("incident.members"), columns, (Group(tuple(rows), anchor=f"q-{number}"),), shown=True)


def _saying(context: Context, incident: Incident, passage: Said) -> Row:
    member = passage.member
    source = context.source(member.report)
    about = ", ".join(x for x in (context.outlet(member.report), context.date(member.published)) if x)
    cells = (
        (line(context.speaker(incident, member)),),
        (line(context.said.of("stance", member.stance)),),
        (Line((context.quote(member.quote),), told=False),),
        (Line((Text(about),), (source,), told=True), line(clean(member.name), style="soft")),
    )
    return Row(cells, anchor=passage.anchor)


# --- findings ---


def _findings(context: Context, incident: Incident) -> Iterator[Block]:
    labels = context.labels
    findings = sorted(
        context.touching(incident),
        key=lambda f: (context.agreement_numbers[f.agreement], -RESULTS.index(f.result), f.provision),
    )
    names = (("provision", 4.4), ("result", 1.4), ("by", 2.2), ("share", 1.0))
    columns = tuple(Column(labels.of(f"incident.{name}"), share, name == "share") for name, share in names)
    rows = tuple(_finding(context, incident, f) for f in findings)
    yield Table(labels.of("incident.findings"), columns, (Group(rows),), shown=True)
    number = len(context.situation.findings.get(incident.id, ())) - len(findings)
    if number > 0:
        yield Paragraph((labels.line("incident.not_covered", number=number),), "note")


def _finding(context: Context, incident: Incident, finding: Finding) -> Row:
    labels = context.labels
    agreement = context.situation.agreement(finding.agreement)
    provision = agreement.provision(finding.provision)
    href = f"#{provision_anchor(finding.agreement, finding.provision)}"
    title = Line((Text(context.both(provision.title), "strong", href),), (context.agreement(finding.agreement),))
    source = clean(provision.source or "").replace(" ", "\u00a0")
    where = ", ".join(x for x in (context.both(agreement.title), source) if x)
    result: list[Line] = [line(context.result(finding.result), style="strong")]
    if finding.bearing == "fulfilling":
        result.append(line(labels.of("incident.fulfilling"), style="soft"))
    events = [(e.report, e.event) for r in finding.reasons for e in r.evidence]
    refs = context.event_refs(incident, events) or context.member_refs(incident, 4)
    by = clean(context.said.names(finding.by)) or labels.of("counts.nobody")
    share = context.both(percent(finding.share_inside)) if finding.share_inside is not None else "–"
    cells: tuple[Cell, ...] = (
        (title, line(context.both(provision.text)), line(where, style="soft")),
        tuple(result),
        (Line((Text(by),), refs, told=True),),
        (line(share),),
    )
    details = [_reason(context, incident, r) for r in finding.reasons]
    if finding.missing:
        missing = ", ".join(context.both(said("missing", name)) for name in finding.missing)
        details.append(line(labels.plain("incident.missing", missing=missing), style="soft"))
    return Row(cells, tuple(details))


def _reason(context: Context, incident: Incident, reason: Reason) -> Line:
    refs = context.event_refs(incident, [(e.report, e.event) for e in reason.evidence])
    mark = "→" if reason.test == "grade" else (_EXCEPTION if reason.test == "exception" else _MARK)[reason.holds]
    return Line((Text(f"{mark} {context.both(reason.because)}"),), refs, told=bool(refs))


def provision_anchor(agreement: str, provision: str) -> str:
    """Where a provision stands in the report."""
    return anchor(f"b-{agreement}-{provision}")


# --- the others ---


def _other(context: Context, incident: Incident) -> Line:
    ref = context.incident(incident.id)
    assert ref is not None
    about = [context.when(incident.time), context.grade(incident)]
    if incident.state == "rejected":
        about.append(context.labels.of("incident.rejected"))
    words = (
        Text(f"{ref.label} · "),
        Text(context.both(incident.title), "strong"),
        Text(" – " + ", ".join(x for x in about if x)),
    )
    return Line(words, context.source_refs((m.report for m in incident.members), most=4), told=True, anchor=ref.anchor)


# --- side by side ---


def contested(context: Context) -> Section:
    """For each contested incident: who says it on the left, who denies it on the right."""
    labels = context.labels
    mine = [i for i in context.touched if is_contested(context, i)]
    title = labels.of("section.contested")
    if not mine:
        return Section(title, "contested", 2, (Paragraph((labels.line("contested.none"),), "none"),))
    blocks: list[Block] = [Paragraph((labels.line("contested.intro"),), "note")]
    blocks += [_sides(context, i) for i in mine]
    return Section(title, "contested", 2, tuple(blocks))


def _sides(context: Context, incident: Incident) -> Section:
    labels = context.labels
    sayings = context.sayings(incident)
    against = [s for s in sayings if s.member.stance in _DENIALS][:_MOST_SAYINGS]
    for_ = [s for s in sayings if s.member.stance not in _DENIALS][:_MOST_SAYINGS]
    nobody: Cell = (line(labels.of("contested.nobody"), style="soft"),)
    left = [_side(context, incident, s) for s in for_] or [nobody]
    right = [_side(context, incident, s) for s in against] or [nobody]
    rows = tuple(Row((a, b)) for a, b in zip_longest(left, right, fillvalue=()))
    columns = (Column(labels.of("contested.asserts")), Column(labels.of("contested.denies")))
    ref = context.incident(incident.id)
    assert ref is not None
    caption = f"{ref.label} · {ref.title}"
    why = labels.parts("contested.reason", why=f"{context.grade(incident)} – {context.both(incident.why)}")
    charges = tuple(_charges(context, incident, context.member_refs(incident, 4)))
    first = Paragraph((Line(why, (ref,), told=True), *charges))
    return Section(caption, f"w-{context.numbers[incident.id]}", 3, (first, Table(caption, columns, (Group(rows),))))


def _side(context: Context, incident: Incident, passage: Said) -> Cell:
    member = passage.member
    head = f"{context.speaker(incident, member)} ({context.said.of('stance', member.stance)}):"
    if member.withdrawn is not None:
        head = f"{head[:-1]}; {context.said.withdrawn(clean(member.withdrawn.by), member.withdrawn.when)}:"
    date = context.date(member.published)
    words = (Text(head, "strong"), Text(" "), context.quote(member.quote), Text(f" {date}" if date else "", "soft"))
    return (Line(words, (context.source(member.report),), told=True),)

"""What a situation report stands on: the agreements, the method, the sources."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from trucewatch.agreements.model import Agreement, Moment, Provision, Window, Zone
from trucewatch.agreements.situation import Source
from trucewatch.finding import RESULTS
from trucewatch.knowledge.load import table
from trucewatch.reporting.incident_text import GRADE_SIGN
from trucewatch.reporting.situation.context import Context, day_before
from trucewatch.reporting.situation.document import (
    Block,
    Column,
    Fields,
    Group,
    Items,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from trucewatch.reporting.situation.incidents import provision_anchor
from trucewatch.reporting.situation.labels import line
from trucewatch.reporting.view import clean

_GRADES = ("confirmed", "corroborated", "reported", "claimed", "contested")


def agreements(context: Context) -> Section:
    """Each agreement: form, term, parties, zones, the provisions touched, what is unsure."""
    parts = tuple(_agreement(context, a) for a in context.agreements)
    return Section(context.labels.of("section.agreements"), "agreements", 2, parts)


def _agreement(context: Context, agreement: Agreement) -> Section:
    ref = context.agreement(agreement.id)
    of: dict[str, list[str]] = {}
    for incident in context.touched:
        for finding in context.touching(incident):
            if finding.agreement == agreement.id:
                of.setdefault(finding.provision, []).append(incident.id)
    blocks: list[Block] = [Fields(tuple(_facts(context, agreement)))]
    if of:
        blocks.append(_provisions(context, agreement, of))
    else:
        blocks.append(Paragraph((context.labels.line("agreements.untouched"),), "none"))
    return Section(f"{ref.label} · {ref.title}", ref.anchor, 3, tuple(blocks))


def _facts(context: Context, agreement: Agreement) -> Iterator[tuple[str, tuple[Line, ...]]]:
    labels = context.labels
    form = f"{labels.of(f'agreements.forms.{agreement.form}')}, {labels.of(f'agreements.{agreement.medium}')}"
    yield labels.of("agreements.form"), (line(form),)
    yield labels.of("agreements.signed"), (line(_moment(context, agreement.signed)),)
    yield labels.of("agreements.term"), tuple(line(_window(context, w)) for w in agreement.windows)
    parties = ", ".join(
        labels.of("agreements.signature").format(
            name=context.both(p.name), role=labels.of(f"agreements.roles.{p.role}")
        )
        for p in agreement.parties
    )
    yield labels.of("agreements.parties"), (line(parties),)
    if agreement.zones:
        yield labels.of("agreements.zones"), tuple(_zone(context, z) for z in agreement.zones)
    if agreement.references:
        yield labels.of("agreements.texts"), tuple(_reference(r.title, r.symbol, r.url) for r in agreement.references)
    if agreement.note is not None:
        yield labels.of("agreements.note"), (line(context.both(agreement.note)),)


def _moment(context: Context, value: Moment) -> str:
    clock = f", {value[11:16]}" if "T" in value and value[11:16] != "00:00" else ""
    return context.date(value) + clock


def _window(context: Context, window: Window) -> str:
    labels = context.labels
    start = _moment(context, window.from_) if window.from_ else ""
    end = ""
    if window.to:
        midnight = "T" not in window.to or window.to.endswith("T00:00")
        end = context.date(day_before(window.to)) if midnight else _moment(context, window.to)
    if start and end:
        return labels.of("date.span").format(**{"from": start, "to": end})
    return (
        labels.of("date.to_day").format(to=end) if end else labels.of("agreements.open_end").format(**{"from": start})
    )


def _zone(context: Context, zone: Zone) -> Line:
    labels = context.labels
    edge = f"{zone.accuracy_km:g}".replace(".", "," if context.language == "de" else ".")
    accuracy = labels.plain("agreements.accuracy", km=edge) if zone.accuracy_km else labels.of("agreements.exact")
    note = f". {context.both(zone.note)}" if zone.note is not None else ""
    return Line((Text(context.both(zone.name), "strong"), Text(f" – {accuracy}{note}")))


def _reference(title: str, symbol: str | None, url: str | None) -> Line:
    words = clean(title) + (f", {clean(symbol)}" if symbol and symbol not in title else "")
    return Line((Text(words, href=web_address(url)),))


def _provisions(context: Context, agreement: Agreement, of: dict[str, list[str]]) -> Table:
    labels = context.labels
    columns = (
        Column(labels.of("agreements.provision"), 2.4),
        Column(labels.of("agreements.content"), 4.6),
        Column(labels.of("agreements.incidents"), 1.6),
    )
    rows = tuple(_provision(context, agreement, p, of[p.id]) for p in agreement.provisions if p.id in of)
    return Table(labels.of("agreements.touched"), columns, (Group(rows),), shown=True)


def _provision(context: Context, agreement: Agreement, provision: Provision, incidents: list[str]) -> Row:
    labels = context.labels
    bound = ", ".join(context.both(agreement.party(p).name) for p in provision.binds)
    content = [line(context.both(provision.text)), line(labels.plain("agreements.binds", who=bound), style="soft")]
    if provision.deadline:
        words = labels.plain("agreements.deadline", day=context.deadline(provision.deadline))
        content.append(line(words, style="soft"))
    title = [line(context.both(provision.title), style="strong")]
    if provision.source:
        title.append(line(clean(provision.source), style="soft"))
    refs = context.incident_refs(incidents)
    cells = (tuple(title), tuple(content), (Line((), refs, told=True),))
    return Row(cells, anchor=provision_anchor(agreement.id, provision.id))


# --- method ---


def method(context: Context) -> Section:
    """What grades and results mean, how incidents are counted, and what cannot be seen."""
    labels = context.labels
    rules = table("truce_state")["signals"]
    grades = tuple(
        (f"{GRADE_SIGN[g]} {context.said.of('grade', g)}", (line(labels.of(f"method.grade.{g}")),)) for g in _GRADES
    )
    results = tuple((context.result(r), (line(labels.of(f"method.result.{r}")),)) for r in reversed(RESULTS))
    signals = labels.plain("method.signals", periods=rules["baseline_periods"], days=rules["quiet_days"])
    names = ("voice", "counting", "dead", "share", "reasons")
    counting = (*(labels.line(f"method.{name}") for name in names), line(signals))
    unseen = (labels.line("method.unseen"), labels.line("method.borders"), labels.line("method.machine"))
    parts = (
        Section(labels.of("method.grades"), "grades", 3, (Fields(grades),)),
        Section(labels.of("method.results"), "results", 3, (Fields(results),)),
        Section(labels.of("method.standings"), "counting", 3, (Items(counting),)),
        Section(labels.of("method.limits"), "limits", 3, (Items(unseen),)),
    )
    return Section(labels.of("section.method"), "method", 2, parts)


# --- sources ---


def sources(context: Context) -> Section:
    """All reports that something here rests on, numbered, with the incidents that they tell of."""
    labels = context.labels
    if not context.sources:
        empty = Paragraph((labels.line("sources.none"),), "none")
        return Section(labels.of("section.sources"), "sources", 2, (empty,))
    of: dict[str, list[str]] = {}
    for incident in context.situation.incidents:
        for member in incident.members:
            of.setdefault(member.report, []).append(incident.id)
    lines = tuple(_source(context, s, n, of.get(s.report, [])) for n, s in enumerate(context.sources, 1))
    return Section(labels.of("section.sources"), "sources", 2, (Items(lines, "numbered"),))


def _source(context: Context, source: Source, number: int, incidents: list[str]) -> Line:
    labels = context.labels
    agencies = clean("/".join(source.agencies))
    publisher = clean(source.publisher or "") or agencies or labels.of("sources.unnamed")
    date = context.date(source.published) or labels.of("sources.undated")
    title = clean(source.title or "") or labels.of("sources.untitled")
    rest = [clean(source.name)]
    if agencies and agencies != publisher:
        rest.insert(0, labels.plain("sources.agencies", names=agencies))
    parts = [Text(f"{publisher}, {date}: "), Text(title, "strong"), Text(" · " + " · ".join(rest), "soft")]
    if (address := web_address(source.url)) is not None:
        parts += [Text(" · ", "soft"), Text(clean(source.url or ""), href=address)]
    refs = context.incident_refs(incidents, 8)
    if refs:
        parts.append(Text(f" {labels.of('sources.for')}", "soft"))
    return Line(tuple(parts), refs, anchor=f"s-{number}")


def web_address(url: str | None) -> str | None:
    """``url`` as a link: only http and https, without characters that could end it; ``None`` for all others,
    also for those with a user name or password, which may say another host than they lead to.

    >>> web_address("javascript:alert(1)"), web_address("https://x.de/a b"), web_address("https://x.de:pw@y.de/")
    (None, 'https://x.de/a%20b', None)
    """
    try:
        told = clean(url or "")
        parts = urlsplit(told)
        if parts.scheme.lower() not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
            return None
    except ValueError:
        return None
    return quote(told, safe="%/:?#@!&+,;=~-._")

"""``trucewatch agreement`` and ``trucewatch assess``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from trucewatch.agreements import keep, load
from trucewatch.agreements.assess import Assessor, Facts
from trucewatch.agreements.errors import AgreementError
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.situation import in_period, touches
from trucewatch.commands.incidents import terminal
from trucewatch.commands.output import complain, write_pieces
from trucewatch.commands.run import progress
from trucewatch.finding import Finding
from trucewatch.incident import Incident
from trucewatch.reporting.agreement_text import AgreementText
from trucewatch.reporting.finding_text import FindingText
from trucewatch.reporting.phrases import phrase
from trucewatch.reporting.words import Language
from trucewatch.shown import shown
from trucewatch.store import Store, StoreError
from trucewatch.store import findings as kept
from trucewatch.store import incidents as known


def agreement(what: str, names: Sequence[str], form: str, language: Language, output: str | None) -> int:
    """Lists, shows or checks agreements; returns the exit status: 1 where a checked file has faults."""
    if what == "check":
        return _check(names, language)
    if what == "show" and not names:
        raise AgreementError("which agreement? list them with: trucewatch agreement list")
    chosen = load.chosen(names)
    colour, width = terminal()
    text = AgreementText(language, colour, width)
    if form == "geojson":
        pieces: Iterator[str] = iter([json.dumps(_geojson(chosen, language), ensure_ascii=False) + "\n"])
    elif form == "json":
        pieces = iter([_json([a.model_dump(mode="json", exclude_defaults=True) for a in chosen], single=len(names) == 1)])
    elif what == "list":
        pieces = text.listed(chosen)
    else:
        pieces = iter(["\n".join(text.shown(a) for a in chosen)])
    write_pieces(pieces, output, form)
    return 0


def _check(names: Sequence[str], language: Language) -> int:
    if not names:
        raise AgreementError("which file? trucewatch agreement check FILE")
    faulty = False
    for name in names:
        path = name if name not in load.shipped_names() else str(load.path_of(name))
        found, faults = load.read(path)
        for fault in faults:
            complain(fault)
        faulty = faulty or bool(faults)
        if found is not None and not faults:
            provisions = phrase(language, "term", "right_provisions", number=len(found.provisions))
            zones = phrase(language, "term", "right_zones", number=len(found.zones))
            right = phrase(language, "term", "right", name=name, provisions=provisions, zones=zones)
            print(shown(right))
    return 1 if faulty else 0


def _json(rows: list[Any], single: bool) -> str:
    return json.dumps(rows[0] if single and len(rows) == 1 else rows, ensure_ascii=False, indent=1) + "\n"


def _geojson(agreements: Sequence[Agreement], language: Language) -> dict[str, Any]:
    """The zones as a FeatureCollection (RFC 7946)."""
    from shapely.geometry import mapping

    from trucewatch.agreements.zones import area_of
    from trucewatch.knowledge.longitudes import framed

    features = [
        {
            "type": "Feature",
            "id": f"{a.id}/{zone.id}",
            "geometry": mapping(framed(area_of(a, zone.id).degrees())),
            "properties": {
                "agreement": a.id, "zone": zone.id, "name": getattr(zone.name, language),
                "approximate": zone.approximate, "accuracy_km": zone.accuracy_km,
            },
        }
        for a in agreements
        for zone in a.zones
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


@dataclass(frozen=True, slots=True)
class AssessOptions:
    """What ``trucewatch assess`` was asked to do."""

    database: str
    agreements: Sequence[str] = ()
    incidents: Sequence[str] = ()
    provision: str | None = None
    results: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    everything: bool = False
    reasons: bool = False
    form: str = "text"
    language: Language = "de"
    output: str | None = None


def assess(options: AssessOptions) -> int:
    """Brings findings up to date and shows those that were asked for; returns the exit status."""
    chosen = load.chosen(options.agreements)
    if options.provision and not any(p.id == options.provision for a in chosen for p in a.provisions):
        known_ids = ", ".join(p.id for a in chosen for p in a.provisions)
        raise AgreementError(f"no provision {options.provision!r}: {known_ids[:300]}")
    with Store(options.database, make=False) as store:
        _bring_up(store, chosen)
        with store.reading() as connection:
            return _show(connection, chosen, options)


def _bring_up(store: Store, chosen: Sequence[Agreement]) -> None:
    bar = progress(None, "assessing")
    try:
        keep.bring_up(store, chosen, bar)
    finally:
        bar(None)


def _show(connection: sa.Connection, chosen: Sequence[Agreement], options: AssessOptions) -> int:
    ids = _ids(connection, options.incidents)
    found: dict[str, list[Finding]] = {}
    outside = options.everything and not options.results or "outside" in options.results
    if outside:
        states = kept.states(connection, ids if ids is not None else kept.present(connection))
        assessors = [Assessor(a) for a in chosen]
        for _, text in states:
            facts = Facts(Incident.model_validate_json(text))
            if facts.incident.state != "rejected":
                found[facts.incident.id] = [f for a in assessors for f in a.findings(facts)]
    else:
        for one in chosen:
            for finding in keep.findings(connection, one.id, ids):
                found.setdefault(finding.incident, []).append(finding)
    incidents = _incidents(connection, found, options)
    order = {(a.id, p.id): n for n, (a, p) in enumerate((a, p) for a in chosen for p in a.provisions)}
    found = {
        i.id: sorted((f for f in found[i.id] if _wanted(f, options)), key=lambda f: order[f.agreement, f.provision])
        for i in incidents
    }
    if options.form == "text":
        colour, width = terminal()
        listing = FindingText(options.language, colour, width, options.reasons or bool(options.incidents))
        pieces = listing.listed(found, incidents, {a.id: a for a in chosen})
        write_pieces(pieces, options.output)
        if not options.everything and not options.results and sys.stdout.isatty():
            print(phrase(options.language, "finding", "hint"), file=sys.stderr)
        return 0
    rows = [f for i in incidents for f in found[i.id]]
    if options.form == "jsonl":
        write_pieces((f.model_dump_json() + "\n" for f in rows), options.output, "jsonl")
    else:
        write_pieces(iter([_json([f.model_dump(mode="json") for f in rows], single=False)]), options.output, "json")
    return 0


def _ids(connection: sa.Connection, asked: Sequence[str]) -> list[str] | None:
    if not asked:
        return None
    found = []
    for name in asked:
        number = known.resolve(connection, name)
        if number is None:
            raise StoreError(f"no incident {name!r}: list them with: trucewatch incidents")
        found.append(number)
    return list(dict.fromkeys(found))


def _incidents(connection: sa.Connection, found: dict[str, list[Finding]], options: AssessOptions) -> list[Incident]:
    """The incidents with findings, of the span that was asked for, by time."""
    incidents = [Incident.model_validate_json(text) for _, text in kept.states(connection, found)]
    if options.since or options.until:
        since, until = options.since or "0001-01-01", options.until or "9999-12-31"
        incidents = [i for i in incidents if in_period(i, since, until)]
    return sorted(incidents, key=lambda i: ((i.time.from_ if i.time else None) or i.first_reported or "", i.id))


def _wanted(finding: Finding, options: AssessOptions) -> bool:
    if options.provision is not None and finding.provision != options.provision:
        return False
    if options.results:
        return finding.result in options.results
    return options.everything or touches(finding)


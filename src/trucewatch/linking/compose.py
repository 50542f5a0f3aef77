"""From the events of one happening to the incident: what, where, when, who, with what losses, on whose word.

Everything here hangs on the members alone, in an order of their own: the result does not depend on which report was
added first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from trucewatch.incident import Both, Incident, IncidentPlace, IncidentTime, Member, Party, Stance
from trucewatch.linking import grades
from trucewatch.linking.aggregates import hours
from trucewatch.linking.losses import losses
from trucewatch.linking.node import Node, Side, Spot
from trucewatch.linking.origins import Origin, Source, count, origins
from trucewatch.linking.places import rank
from trucewatch.linking.scene import Scene
from trucewatch.linking.testimony import Heard, Says, Testimony, hear
from trucewatch.linking.titles import title

_MOST_PLACES = 4
_STALE_HOURS = 31 * 24
_UNHEARD: dict[str, Stance] = {"accuse": "accuses", "deny": "denies", "withdraw": "withdraws"}
"""What a speech act does that counts for nothing here, by its kind: a denial stays one."""
_PRECISE = ("minute", "hour", "part_of_day", "day", "week", "month", "season", "year")


def compose(
    number: str, nodes: Sequence[Node], sources: Sequence[Source], copies: Iterable[tuple[int, int]]
) -> Incident:
    """The incident ``number`` of these events.

    ``sources`` are the reports that they stand in, ``copies`` the pairs of them that share their text.
    """
    ordered = sorted(nodes, key=lambda n: n.order)
    found = origins(sources, copies)
    origin_of = {report: origin for origin in found for report in origin.reports}
    report_of = {s.number: s for s in sources}
    heard = hear(ordered, origin_of)
    said = heard.standing
    scene = Scene(ordered)
    kind, mode = _what(ordered)
    grade, why = grades.grade(said, scene, mode)
    positive = [n for n in ordered if not n.negative] or ordered
    toll = losses(positive, origin_of)
    places = _places(positive)
    published = sorted(s.published for s in sources if s.published)
    incident = Incident(
        id=number,
        type=kind,  # type: ignore[arg-type]
        mode=mode,
        title=Both(de="", en=""),
        places=places,
        countries=sorted({p.country for p in places if p.country} or {c for n in positive for c in n.countries}),
        time=_time(positive),
        actors=_actors(said),
        targets=_parties(s for n in positive for s in n.targets),
        losses=toll,
        members=_members(ordered, origin_of, report_of, heard),
        origins=count(found),
        grade=grade,
        why=why,
        responsibility=grades.responsibility(said, scene),
        first_reported=published[0] if published else None,
        last_changed=published[-1] if published else None,
        background=all(n.background or _stale(n) for n in ordered),
    )
    incident.title = title(incident)
    return incident


def _stale(node: Node) -> bool:
    """Whether it happened long before it was published."""
    return node.end is not None and node.published is not None and node.published - node.end > _STALE_HOURS


def _what(nodes: Sequence[Node]) -> tuple[str, str | None]:
    """Type and mode: an act goes before the harm and the damage that it did; then what most members say."""
    types = Counter(n.type for n in nodes if not n.negative) or Counter(n.type for n in nodes)
    kind = "ASSAULT" if "ASSAULT" in types else max(types, key=lambda t: (types[t], t))
    weight: Counter[str] = Counter()
    for node in nodes:
        if node.type == kind and node.mode:
            weight[node.mode] += 1
    best = max(weight.values(), default=0)
    return kind, next((n.mode for n in nodes if n.type == kind and n.mode and weight[n.mode] == best), None)


def _places(nodes: Sequence[Node]) -> list[IncidentPlace]:
    """The places, most precise first, then those that most members name."""
    named: Counter[tuple[int | None, str]] = Counter()
    first: dict[tuple[int | None, str], Spot] = {}
    for node in nodes:
        for spot in node.spots:
            key = (spot.geonames, spot.name.casefold() if spot.geonames is None else "")
            named[key] += 1
            first.setdefault(key, spot)
    placed = {s.name.casefold() for s in first.values() if s.lat is not None}
    # a report that does not tell enough to know the place names the same one
    order = [k for k, s in first.items() if s.lat is not None or s.name.casefold() not in placed]
    order.sort(key=lambda k: (rank(first[k]), -named[k], list(first).index(k)))
    return [
        IncidentPlace(
            name=s.name, kind=s.kind, country=s.country, geonames=s.geonames, lat=s.lat, lon=s.lon, precision=s.precision  # type: ignore[arg-type]
        )
        for s in (first[k] for k in order[:_MOST_PLACES])
    ]  # fmt: skip


def _time(nodes: Sequence[Node]) -> IncidentTime | None:
    """The span that most members give; among equals the most precise."""
    spans = Counter((n.start, n.end, n.precision) for n in nodes if n.start is not None and n.precision)
    if not spans:
        return None
    start, end, precision = min(
        spans, key=lambda s: (-spans[s], _PRECISE.index(s[2]) if s[2] in _PRECISE else 9, s[0] or 0.0, s[1] or 0.0)
    )
    return IncidentTime.model_validate(
        {"from": _iso(start, precision), "to": _iso(end, precision), "precision": precision}
    )


def _iso(hour: float | None, precision: str | None) -> str | None:
    import datetime as dt

    if hour is None:
        return None
    moment = dt.datetime(1970, 1, 1) + dt.timedelta(hours=hour)
    fine = precision in ("minute", "hour", "part_of_day")
    return moment.isoformat(timespec="minutes") if fine else moment.date().isoformat()


def _actors(said: Sequence[Testimony]) -> list[Party]:
    """Who did it, where a report says so in its own word, the side itself says it, or two sources do; whom only others
    name stands under ``responsibility``."""
    sure: dict[str, Side] = {}
    named: dict[str, set[str]] = {}
    denied = {t.source for t in said if t.says == "denies_responsibility"}
    for testimony in said:
        if testimony.says not in ("asserts", "admits"):
            continue
        for side in testimony.accused:
            named.setdefault(side.key, set()).add(testimony.source)
            if (testimony.own or side.key == testimony.source or len(named[side.key]) > 1) and side.key not in denied:
                sure.setdefault(side.key, side)
    return _parties(sure.values())


def _parties(sides: Iterable[Side]) -> list[Party]:
    first: dict[tuple[str, str], Side] = {}
    for side in sides:
        first.setdefault((side.key, side.kind if side.known and side.key != "C:" else side.name), side)
    return [s.as_party() for s in first.values()]


def _unheard(node: Node, stance: dict[tuple[str, str], Says]) -> Says:
    """What an event that is no testimony does: it names what its speaker denies, or repeats what others say."""
    denials = [stance.get((node.sha, a.event)) for a in node.acts if a.kind == "deny"]
    return next((s for s in denials if s), "denies" if node.negative else "asserts")


def _members(
    nodes: Sequence[Node], origin_of: dict[int, Origin], report_of: dict[int, Source], heard: Heard
) -> list[Member]:
    stance = {t.place: t.says for t in heard.standing}
    found: list[Member] = []
    seen: set[tuple[str, str]] = set()
    for node in nodes:
        source = report_of[node.report]
        common: dict[str, Any] = {
            "report": node.sha, "name": source.name, "origin": origin_of[node.report].id,
            "published": source.published, "publisher": source.publisher, "background": node.background,
        }  # fmt: skip
        if (node.sha, node.event) not in seen:
            seen.add((node.sha, node.event))
            found.append(
                Member(
                    event=node.event, type=node.type, trigger=node.trigger, mentions=list(node.mentions),  # type: ignore[arg-type]
                    evidence=node.evidence, quote=node.quote, voice=node.voice,  # type: ignore[arg-type]
                    speaker=node.source.name if node.source else None, via=node.via,
                    stance=stance.get((node.sha, node.event)) or _unheard(node, stance), **common,
                )
            )  # fmt: skip
        for act in node.acts:
            if (node.sha, act.event) in seen:
                continue
            seen.add((node.sha, act.event))
            found.append(
                Member(
                    event=act.event, type=act.type, trigger=act.trigger, mentions=[act.trigger],  # type: ignore[arg-type]
                    evidence=act.evidence, quote=act.quote, voice=act.voice,  # type: ignore[arg-type]
                    speaker=act.source.name if act.source else None,
                    stance=stance.get((node.sha, act.event), _UNHEARD.get(act.kind, "asserts")), **common,
                )
            )  # fmt: skip
    for member in found:
        back = heard.withdrawn.get((member.report, member.event))
        member.withdrawn = back.noted() if back is not None else None
    found.sort(key=lambda m: (hours(m.published) or 1e12, m.report, m.trigger))
    return found

"""Claimed counts of many acts ("mehr als 100 Verstöße in 24 Stunden"): whose, by whom, for which span. Never incidents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, Field

from trucewatch.agreements.matching import any_party
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.when import moment
from trucewatch.agreements.zones import area_of
from trucewatch.incident import IncidentPlace, IncidentTime, Party
from trucewatch.linking.aggregates import aggregates
from trucewatch.linking.node import Side
from trucewatch.linking.sides import Sides
from trucewatch.record import Bound, Event, EventType, Loss, Place, Record, VoiceKind


class ClaimedCount(BaseModel):
    """One number of acts, as one source gives it in one report."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)

    report: str
    name: str = ""
    event: str
    type: EventType
    mode: str | None = None
    low: int | None = None
    high: int | None = None
    bound: Bound | None = None
    """What the words say of the number: ``more_than`` for "mehr als 100", whose ``low`` is 101."""
    time: IncidentTime | None = None
    """The span that is counted, where it is told."""
    published: str | None = None
    accused: list[Party] = Field(default_factory=list)
    speaker: str | None = None
    """Who counts; ``None`` for the report's own word."""
    source: Party | None = None
    """The side or body that the speaker speaks for."""
    voice: VoiceKind
    places: list[IncidentPlace] = Field(default_factory=list)
    countries: list[str] = Field(default_factory=list)
    """ISO codes of the countries that the report tells of."""
    losses: list[Loss] = Field(default_factory=list)
    quote: str

    @property
    def day(self) -> str | None:
        """The first day of the span that is counted, else the day of publication (ISO)."""
        start = self.time.from_ if self.time is not None else None
        return (start or self.published or "")[:10] or None

    def meets(self, since: str | None, until: str | None) -> bool:
        """Whether the span that is counted has a day from ``since`` to before ``until`` (ISO days); without a span, the day
        of publication."""
        day = self.day
        if day is None:
            return False
        end = self.time.to if self.time is not None and self.time.from_ else None
        later = since is None or day >= since or (end is not None and moment(end) > moment(since))
        return (until is None or day < until) and later


def claimed_counts(record: Record, text: str) -> list[ClaimedCount]:
    """The claimed counts of one record.

    >>> from trucewatch import read
    >>> told = "Kiew (dpa) - Die Armee zählte am Montag 52 Verstöße der Separatisten gegen die Waffenruhe."
    >>> found = claimed_counts(read(told, published="2015-03-03"), told)
    >>> [(c.low, c.type) for c in found]
    [(52, 'VIOLATE')]
    """
    sides = Sides(record, text)
    names = {a.id: a.name for a in record.actors}
    places = {p.id: p for p in record.places}
    told = {p.country for p in record.places} | {a.country for a in record.actors}
    countries = sorted(code for code in told if code)
    found = []
    for event in aggregates(record):
        blamed = [t for e in record.events if e.type == "ACCUSE" and event.id in e.about for t in e.targets]
        accused = [s.as_party() for s in sides.all_of(dict.fromkeys((*event.actors, *blamed)))]
        count = _count(event, record, text, accused, sides.of(event.voice.speaker), names, places)
        found.append(count.model_copy(update={"countries": countries}))
    return found


def _count(
    event: Event,
    record: Record,
    text: str,
    accused: list[Party],
    source: Side | None,
    names: dict[str, str],
    places: dict[str, Place],
) -> ClaimedCount:
    low, high = event.evidence
    time = event.time
    return ClaimedCount(
        report=record.report.id, event=event.id, type=event.type, mode=event.mode,
        low=event.count.low if event.count else None, high=event.count.high if event.count else None,
        bound=event.count.bound if event.count else None,
        time=IncidentTime.model_validate({"from": time.from_, "to": time.to, "precision": time.precision}) if time else None,
        published=record.report.published, accused=accused,
        speaker=names.get(event.voice.speaker or ""), source=source.as_party() if source else None, voice=event.voice.kind,
        places=[_place(places[p]) for p in event.places if p in places],
        losses=[x.model_copy(update={"expression": None, "voice": None}) for x in event.losses],
        quote=" ".join(text[low:high].split()),
    )  # fmt: skip


def _place(place: Place) -> IncidentPlace:
    return IncidentPlace(
        name=place.name, kind=place.kind, country=place.country, geonames=place.geonames, lat=place.lat, lon=place.lon,
        precision=place.precision,
    )  # fmt: skip


def concerning(
    counts: Iterable[ClaimedCount], agreement: Agreement, since: str | None = None, until: str | None = None
) -> Iterator[ClaimedCount]:
    """The counts that speak of an agreement's parties and places, of days from ``since`` to before ``until`` (ISO)."""
    area = area_of(agreement, *agreement.area) if agreement.area else None
    for count in counts:
        if not count.meets(since, until):
            continue
        if area is not None and count.places:
            if area.holds(count.places).holds is False:
                continue
            yield count
        elif _of_parties(count, agreement):
            yield count


def _of_parties(count: ClaimedCount, agreement: Agreement) -> bool:
    """Whether a side that is accused, or the source, is one of the parties (observers and mediators alone are not enough),
    in a report that tells of no other countries only."""
    if count.countries and agreement.countries and not agreement.countries & set(count.countries):
        return False
    parties = [p for p in agreement.parties if p.role in ("party", "guarantor", "addressee")]
    accused = (any_party(side, parties, agreement.countries)[0] for side in count.accused)
    source = any_party(count.source, parties, agreement.countries)[0] if count.source is not None else False
    return any(found is not False for found in accused) or bool(source)

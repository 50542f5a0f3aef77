"""One thing that a report tells for the ledgers: of a contact, of a promise or demand, of a post.

Language-neutral and complete: the ledgers are made from entries alone. A store keeps them as JSON (``dump``, ``load``).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from trucewatch.incident import IncidentPlace, IncidentTime, Party
from trucewatch.linking.node import Side, Spot
from trucewatch.record import Span

Kind = Literal["contact", "promise", "presence"]


@dataclass(frozen=True, slots=True)
class Told:
    """An event that an entry leads to: the content of a demand, the outcome of talks."""

    event: str
    type: str
    mode: str | None
    quote: str
    actors: tuple[Side, ...]
    targets: tuple[Side, ...]
    spots: tuple[Spot, ...]
    status: str
    negative: bool
    voice: str
    source: Side | None


@dataclass(frozen=True, slots=True)
class Entry:
    """See the module. Times are half-open ISO bounds as in the record; positions are code points of the report's text.

    ``parties`` are the participants of a contact, those who promise or demand, or whose post it is; ``others`` those to
    whom a demand goes, or who surround or attack a post. ``state`` is what this entry tells (``contact.py``).
    """

    kind: Kind
    state: str
    form: str
    sha: str
    event: str
    type: str
    """The event's type."""
    said: str | None
    """When the report was published."""
    parties: tuple[Side, ...]
    others: tuple[Side, ...]
    spots: tuple[Spot, ...]
    start: str | None
    end: str | None
    precision: str | None
    trigger: Span
    evidence: Span
    quote: str
    voice: str
    source: Side | None
    outlet: str | None
    """The agency or outlet, for the report's own word."""
    via: str | None
    sentence: int
    """Number of the sentence-like line that the trigger stands in."""
    level: str | None = None
    topic: str | None = None
    initiated_by: Side | None = None
    what: Told | None = None
    outcome: tuple[Told, ...] = ()
    low: int | None = None
    high: int | None = None
    background: bool = False
    anaphoric: bool = False
    """Its parties are those of the contact told of before it."""
    partly: bool = False
    moved: bool = False
    """Its time is the one that it was put off to."""
    language: str = "de"
    """Of the report, ISO 639-1."""
    name: str = ""
    """The report's name, as the caller knows it."""
    order: int = 0
    """The report's number in the store; 0 where there is none: then publication decides what came first."""

    @property
    def day(self) -> str | None:
        """The day of publication, ISO."""
        return self.said[:10] if self.said else None

    @property
    def told_order(self) -> tuple[str, str, Span, str]:
        """An order that does not depend on when a report was added."""
        return (self.said or "9999", self.sha, self.trigger, self.event)

    @property
    def added_order(self) -> tuple[int, tuple[str, str, Span, str]]:
        """An order in which what was added first comes first."""
        return (self.order, self.told_order)

    @property
    def word_of(self) -> str | None:
        """Whose word it is: the source, or for the report's own word its agency or outlet."""
        if self.source is not None:
            return self.source.name
        return self.outlet if self.voice == "reporter" else None

    @property
    def time(self) -> IncidentTime | None:
        """When it was or is to be."""
        if self.precision is None or (self.start is None and self.end is None):
            return None
        return IncidentTime.model_validate({"from": self.start, "to": self.end, "precision": self.precision})


def dump(entry: Entry) -> str:
    """The entry as JSON; the same entry gives the same text."""
    return json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Entry:
    """The entry that ``dump`` wrote."""
    data: dict[str, Any] = json.loads(text)
    for name in ("trigger", "evidence"):
        data[name] = tuple(data[name])
    for name in ("source", "initiated_by"):
        data[name] = _side(data[name])
    for name in ("parties", "others"):
        data[name] = _sides(data[name])
    data["spots"] = tuple(Spot(**s) for s in data["spots"])
    data["what"] = _told(data["what"]) if data["what"] else None
    data["outcome"] = tuple(_told(o) for o in data["outcome"])
    return Entry(**data)


def _side(data: dict[str, Any] | None) -> Side | None:
    return Side(**data) if data is not None else None


def _sides(data: list[dict[str, Any]]) -> tuple[Side, ...]:
    return tuple(Side(**s) for s in data)


def _told(data: dict[str, Any]) -> Told:
    lists = {"actors": _sides(data["actors"]), "targets": _sides(data["targets"])}
    spots = tuple(Spot(**s) for s in data["spots"])
    return Told(**{**data, **lists, "spots": spots, "source": _side(data["source"])})


def party(side: Side) -> Party:
    """A side as the ledgers' types have it."""
    return Party.model_validate(
        {
            "name": side.name, "kind": side.kind, "entity": side.entity, "acts_for": side.acts_for,
            "country": side.country, "side": side.key, "unnamed": side.generic,
        }
    )  # fmt: skip


def place(spot: Spot) -> IncidentPlace:
    """A spot as the ledgers' types have it."""
    return IncidentPlace.model_validate(
        {
            "name": spot.name, "kind": spot.kind, "country": spot.country, "geonames": spot.geonames, "lat": spot.lat,
            "lon": spot.lon, "precision": spot.precision,
        }
    )  # fmt: skip

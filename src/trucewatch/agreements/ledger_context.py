"""What the makers of entries share: one record with its text, sides and lines, and the fields that every entry has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from trucewatch.agreements.ledger_entry import Entry, Kind, Told
from trucewatch.agreements.ledger_parties import Around
from trucewatch.linking.lines import Lines
from trucewatch.linking.node import Side, Spot
from trucewatch.linking.sides import Sides
from trucewatch.record import Event, Record, Span

_VAGUE = ("vague", "longer")


@dataclass
class Context:
    """One record as the makers of entries see it."""

    record: Record
    text: str
    name: str = ""
    order: int = 0
    sides: Sides = field(init=False)
    lines: Lines = field(init=False)
    around: Around = field(init=False)
    events: dict[str, Event] = field(init=False)

    def __post_init__(self) -> None:
        self.sides = Sides(self.record, self.text)
        self.lines = Lines(self.text)
        self.around = Around(self.record, self.text, self.sides)
        self.events = {e.id: e for e in self.record.events}
        self.language = self.record.report.language
        self._places = {p.id: p for p in self.record.places}

    def quote(self, span: Span) -> str:
        """The words of a span on one line."""
        return " ".join(self.text[span[0] : span[1]].split())

    def clause(self, event: Event) -> str:
        """The words of the event's clause, without a frame of speech in it."""
        low, high = event.evidence
        cut = [s for speech in self.record.speech for s in (*speech.frame, *speech.speaker, *speech.cue)]
        kept = "".join(
            " " if any(s <= at < e for s, e in cut) and not event.trigger[0] <= at < event.trigger[1] else self.text[at]
            for at in range(low, high)
        )
        return " ".join(kept.split())

    def spots(self, event: Event) -> tuple[Spot, ...]:
        """The event's places."""
        found = [self._places[p] for p in event.places if p in self._places]
        return tuple(Spot(p.name, p.kind, p.country, p.geonames, p.lat, p.lon, p.precision) for p in found)

    def spots_after(self, at: int, reach: int) -> tuple[Spot, ...]:
        """The places named within so many code points behind a position, in the same sentence."""
        line = self.lines.number(at)
        found = [
            (m[0], p)
            for p in self.record.places
            for m in p.mentions
            if at <= m[0] <= at + reach and self.lines.number(m[0]) == line
        ]
        found.sort(key=lambda pair: pair[0])
        return tuple(Spot(p.name, p.kind, p.country, p.geonames, p.lat, p.lon, p.precision) for _, p in found[:1])

    def source(self, event: Event) -> Side | None:
        """Who says so, also where the words for the source are no actor of the record."""
        known = self.sides.of(event.voice.speaker)
        if known is not None or event.voice.kind != "attributed":
            return known
        for speech in self.record.speech:
            if speech.speaker and any(s <= event.trigger[0] < e for s, e in speech.content):
                return self.sides.of(speech.speaker_actor) or self.sides.named(self.quote(speech.speaker[0]))
        return None

    def parents(self, event: Event) -> list[Event]:
        """The acts that are about an event: who proposes, agrees, refuses."""
        return [e for e in self.record.events if event.id in e.about]

    def told(self, event: Event, actors: tuple[Side, ...] | None = None) -> Told:
        """An event as an entry's content."""
        return Told(
            event=event.id,
            type=event.type,
            mode=event.mode,
            quote=self.quote(event.evidence),
            actors=self.sides.all_of(event.actors) if actors is None else actors,
            targets=self.sides.all_of(event.targets),
            spots=self.spots(event),
            status=event.status,
            negative=event.polarity == "negative",
            voice=event.voice.kind,
            source=self.source(event),
        )

    def entry(self, kind: Kind, state: str, form: str, event: Event, **more: Any) -> Entry:
        """An entry from an event; ``more`` sets what this kind knows beyond the event itself."""
        info = self.record.report
        time = event.time if event.time is not None and event.time.precision not in _VAGUE else None
        values: dict[str, Any] = {
            "kind": kind, "state": state, "form": form, "sha": info.id, "event": event.id,
            "type": event.type, "said": info.published,
            "parties": (), "others": (), "spots": self.spots(event),
            "start": time.from_ if time else None, "end": time.to if time else None,
            "precision": time.precision if time else None, "trigger": event.trigger, "evidence": event.evidence,
            "quote": self.quote(event.evidence), "voice": event.voice.kind, "source": self.source(event),
            "outlet": "/".join(info.agencies) or info.publisher, "via": self._via(event),
            "sentence": self.lines.number(event.trigger[0]), "background": event.background, "language": self.language,
            "name": self.name, "order": self.order,
        }  # fmt: skip
        return Entry(**{**values, **more})

    def _via(self, event: Event) -> str | None:
        actor = self.sides.actors.get(event.voice.via or "")
        return actor.name if actor is not None else None

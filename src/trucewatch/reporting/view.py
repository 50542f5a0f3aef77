"""What to show of a record, in words: the one place that text and page are made from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trucewatch.knowledge.english import english
from trucewatch.knowledge.inflection import dative
from trucewatch.record import Event, Record, Span, Voice
from trucewatch.reporting.words import VOICE_SIGN, Words
from trucewatch.shown import shown


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a field's value; ``ref`` is the id of the actor, place, time or event that it names."""

    text: str
    ref: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One field of an event: its name and the pieces of its value."""

    name: str
    parts: tuple[Part, ...]

    @property
    def value(self) -> str:
        """The value as plain text."""
        return ", ".join(f"»{part.text}«" if part.quoted else part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class EventView:
    """One event in words."""

    event: Event
    number: int
    kind: str
    mode: str | None
    voice: str
    """reporter, attributed or hearsay."""
    sign: str
    says: tuple[Part, ...]
    trigger: str
    negative: bool
    rows: tuple[Row, ...]

    @property
    def heading(self) -> str:
        """Type and mode: "Angriff (Luftangriff)"."""
        return f"{self.kind} ({self.mode})" if self.mode else self.kind


_DATELINE = re.compile(r"^.{2,70}?(?:\)\s?[-–—:]?|\s[-–—]|\.)\s(?=\S)")
"""The dateline at the beginning of a text that has one: "Kiew (dpa) - ", "Moskau/Istanbul. "."""


def clean(text: str) -> str:
    """``text`` on one line, without what steers a terminal or a page."""
    return shown(text)


class RecordView:
    """A record's events in words, and the names behind its ids."""

    def __init__(self, record: Record, words: Words) -> None:
        self.record = record
        self.words = words
        self._actors = {actor.id: actor for actor in record.actors}
        self._places = {place.id: words.place(place) for place in record.places}
        self._numbers = {event.id: number for number, event in enumerate(record.events, 1)}
        self._times = {time.expression: f"t{number}" for number, time in enumerate(record.times, 1)}
        self.events = [self._event(event) for event in record.events]

    def counts(self) -> dict[str, int]:
        """How many events stand in each voice."""
        return {voice: sum(event.voice == voice for event in self.events) for voice in VOICE_SIGN}

    def title(self) -> str:
        """The report's title, or the beginning of its text."""
        if self.record.report.title:
            return clean(self.record.report.title)
        start = clean(self.record.text[:400])
        if self.record.report.datelines:
            start = _DATELINE.sub("", start)
        if not start:
            return self.words.term("title")
        return start if len(start) <= 90 else start[:90].rsplit(" ", 1)[0] + " …"

    def about(self) -> list[str]:
        """Date, publisher, agencies and datelines, those that are known."""
        info = self.record.report
        credits = ["/".join(info.agencies), "/".join(info.datelines)]
        found = [self.words.published(info.published), info.publisher, *credits]
        return [part for part in found if part]

    def actor(self, identifier: str | None) -> Part | None:
        """The name of an actor."""
        return Part(self._name(identifier), identifier) if identifier else None

    def _name(self, identifier: str) -> str:
        actor = self._actors.get(identifier)
        return self.words.name(actor.name, actor.kind) if actor else identifier

    def says(self, voice: Voice) -> tuple[Part, ...]:
        """Who says so, in words."""
        speaker, via = voice.speaker, voice.via
        form = voice.kind
        if voice.kind == "attributed" and not speaker:
            form_key = "attributed_unknown"
        elif voice.kind == "hearsay" and speaker:
            form_key = "hearsay_speaker"
        else:
            form_key = form
        parts = self._filled(self.words.of("says", form_key), "speaker", speaker)
        if via:
            parts += (Part(", "), *self._filled(self.words.of("says", "via"), "via", via))
        return parts

    def _filled(self, form: str, slot: str, identifier: str | None) -> tuple[Part, ...]:
        """``form`` with an actor in its slot, as the slot asks for the name, as pieces."""
        found = re.search(rf"\{{{slot}(?::(\w+))?\}}", form)
        if found is None:
            return (Part(form),)
        before, after = Part(form[: found.start()]), Part(form[found.end() :])
        name = Part(self._asked(identifier, found[1]), identifier) if identifier else Part("")
        return tuple(p for p in (before, name, after) if p.text)

    def _asked(self, identifier: str, case: str | None) -> str:
        """An actor's name in the case that a slot asks for (``inflection.fill``), by the actor's kind."""
        actor = self._actors.get(identifier)
        if actor is None or case is None:
            return self._name(identifier)
        return dative(actor.name, actor.kind) if case == "dative" else english(actor.name, actor.kind, case == "the")

    def time_ref(self, expression: Span | None) -> str | None:
        """The id of the temporal expression at ``expression``."""
        return self._times.get(expression) if expression else None

    def _event(self, event: Event) -> EventView:
        return EventView(
            event=event,
            number=self._numbers[event.id],
            kind=self.words.of("type", event.type),
            mode=self.words.mode(event.type, event.mode),
            voice=event.voice.kind,
            sign=VOICE_SIGN[event.voice.kind],
            says=self.says(event.voice),
            trigger=clean(self.record.quote(event.trigger)),
            negative=event.polarity == "negative",
            rows=tuple(row for row in self._rows(event) if row.parts),
        )

    def _rows(self, event: Event) -> list[Row]:
        words = self.words
        status = words.of("negated" if event.polarity == "negative" else "status", event.status)
        return [
            Row(words.term("who"), self._named(event.actors)),
            Row(words.term("whom"), self._named(event.targets)),
            Row(words.term("where"), tuple(Part(self._places.get(p, p), p) for p in event.places)),
            Row(words.term("when"), self._when(event)),
            Row(words.term("losses"), self._losses(event)),
            Row(words.term("count"), (Part(words.count(event.count)),) if event.count else ()),
            Row(words.term("status"), (Part(status),)),
            Row(words.term("about"), tuple(self._other(identifier) for identifier in event.about)),
        ]

    def _named(self, identifiers: list[str]) -> tuple[Part, ...]:
        return tuple(part for identifier in identifiers if (part := self.actor(identifier)))

    def _when(self, event: Event) -> tuple[Part, ...]:
        if event.time is None:
            return ()
        time = event.time
        ref = self.time_ref(time.expression)
        shown: tuple[Part, ...] = ()
        if time.from_ or time.to:
            shown = (Part(self.words.when(time.from_, time.to, time.precision), ref),)
        if time.expression:
            shown += (Part(clean(self.record.quote(time.expression)), ref, quoted=True),)
        return shown

    def _losses(self, event: Event) -> tuple[Part, ...]:
        parts = []
        for loss in event.losses:
            who = self._name(loss.who) if loss.who else None
            text = self.words.loss(loss, who)
            own = loss.voice and (loss.voice.kind, loss.voice.speaker) != (event.voice.kind, event.voice.speaker)
            if loss.voice and own:
                said = "".join(part.text for part in self.says(loss.voice))
                text += f" [{VOICE_SIGN[loss.voice.kind]} {said}]"
            parts.append(Part(text, loss.who))
        return tuple(parts)

    def _other(self, identifier: str) -> Part:
        number = self._numbers.get(identifier)
        other = next((event for event in self.record.events if event.id == identifier), None)
        if number is None or other is None:
            return Part(identifier)
        return Part(f"{number} {self.words.of('type', other.type)}", identifier)

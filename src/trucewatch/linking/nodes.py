"""From a record to its nodes: the events that may tell of an incident, with the speech acts about them."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from trucewatch.incident import INCIDENT_TYPES
from trucewatch.linking.knowledge import has_word
from trucewatch.linking.node import Act, ActKind, Node, NodeLoss, Side, Spot
from trucewatch.linking.pairs import group_of
from trucewatch.linking.sides import Sides
from trucewatch.record import Event, Loss, Place, Record, Voice

_HAPPENS = frozenset(("occurred", "ongoing"))
_AGGREGATE = 10
"""From so many acts on, a number is an aggregate claim and no single incident (ledgers, section 1)."""
_LONG_DAYS = 10
"""A toll over a longer span is the sum of many incidents."""
_WORD = re.compile(r"[^\W_]+", re.U)
_LINE = re.compile(r"(?<=[.!?…])[\"“”«»’')\]]*\s+(?=[\"„“»«A-ZÄÖÜ0-9])|\n+")
_REMEMBERED = 2
"""So many sentences on, a claim without a speaker still is the last speaker's."""
_HEAD = 200
"""A title stands among the first so many code points."""
_STEM = 7
"""Letters by which words are compared: endings differ by case."""
HARMS = ("killed", "wounded", "missing", "captured", "displaced")
_EPOCH = dt.datetime(1970, 1, 1)


def hours(moment: str | None) -> float | None:
    """Hours since 1970 of an ISO date or date-time (local, offsets are passed over); ``None`` where it is none.

    >>> hours("1970-01-02T06:00")
    30.0
    """
    if not moment:
        return None
    try:
        return (dt.datetime.fromisoformat(moment[:19].rstrip("Z")) - _EPOCH).total_seconds() / 3600
    except ValueError:
        return None


def is_aggregate(event: Event) -> bool:
    """Whether the event is a claimed count of many acts ("312 Verletzungen in 24 Stunden"), kept apart from incidents."""
    low = event.count.low if event.count is not None else None
    if event.type == "VIOLATE" and event.mode in ("ceasefire", None) and low is not None and low > 1:
        return True
    if low is not None and low >= _AGGREGATE and event.type in ("ASSAULT", "VIOLATE"):
        return True
    start, end = (hours(event.time.from_), hours(event.time.to)) if event.time is not None else (None, None)
    long = event.time is not None and event.time.precision in ("month", "season", "year", "longer")
    if start is not None and end is not None and end - start > _LONG_DAYS * 24:
        long = True
    return long and any(loss.total for loss in event.losses)


def aggregates(record: Record) -> list[Event]:
    """The claimed counts of a record."""
    return [e for e in record.events if e.type in INCIDENT_TYPES and e.status in _HAPPENS and is_aggregate(e)]


class _Lines:
    """The sentence-like lines and paragraphs of a text, found by position; needs no grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(m.end() for m in _LINE.finditer(text))]
        self.paragraph_starts = [0, *(m.end() for m in re.finditer(r"\n\s*\n|\n", text))]

    def number(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def line(self, position: int) -> str:
        at = self.number(position)
        end = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[at] : end]

    def paragraph(self, position: int) -> str:
        at = bisect_right(self.paragraph_starts, position) - 1
        end = self.paragraph_starts[at + 1] if at + 1 < len(self.paragraph_starts) else len(self.text)
        return self.text[self.paragraph_starts[at] : end]


def plain_words(text: str) -> list[str]:
    """The words of a text, lower case, without marks: what copies are compared by."""
    return [word.lower() for word in _WORD.findall(text)]


def text_hash(text: str) -> int:
    """A hash of a text's words: equal for texts that differ in marks, case and blanks only. 63 bits, no sign."""
    data = " ".join(plain_words(text)).encode()
    return (zlib.crc32(data) << 31 | zlib.adler32(data)) & 0x7FFF_FFFF_FFFF_FFFF


def telling_words(text: str) -> frozenset[str]:
    """Stems of the words that tell one happening from another: names, nouns (where they are capitalised), numbers."""
    found = set()
    for word in _WORD.findall(text):
        if word.isdigit() and len(word) > 1 or (word[0].isupper() and len(word) >= 5):
            found.add(word.lower()[:_STEM])
    return frozenset(found)


def nodes(record: Record, text: str, report: int = 0, agencies: Iterable[str] = ()) -> list[Node]:
    """The nodes of a record, in text order. ``text`` is the report's, ``report`` its number in the store.

    >>> from trucewatch import read
    >>> words = "Kiew (dpa) - Rebellen haben am Montag den Ort Debalzewe beschossen, teilte die Armee mit."
    >>> [(n.type, n.spots[0].name) for n in nodes(read(words, published="2015-02-10"), words)]
    [('ASSAULT', 'Debalzewe')]
    """
    sides = Sides(record)
    lines = _Lines(text)
    places = {place.id: place for place in record.places}
    acts = _acts(record, text, sides)
    published = hours(record.report.published)
    title_end = _title_end(record, text)
    everywhere = tuple(dict.fromkeys(p.country for p in record.places if p.country))
    found: list[Node] = []
    last: tuple[Spot, ...] = ()
    for event in sorted(record.events, key=lambda e: e.trigger):
        if event.type not in INCIDENT_TYPES or event.status not in _HAPPENS or is_aggregate(event):
            continue
        spots = tuple(_spot(places[p]) for p in event.places if p in places)
        actors = _sides(sides, event.actors)
        targets = _sides(sides, event.targets)
        countries = tuple(dict.fromkeys(s.country for s in spots if s.country))
        if not countries:
            near = tuple(s.country for s in last if s.country)
            of_sides = tuple(s.country for s in (*targets, *actors) if s.country)
            countries = tuple(dict.fromkeys((*near, *of_sides, *everywhere)))[:4]
        start, end = _interval(event)
        source = (
            sides.of(event.voice.speaker)
            or _in_words(event, record, text, sides)
            or _spoke_last(event, record, sides, lines)
        )
        low, high = event.evidence
        nobody = event.type == "HARM" and event.polarity == "negative"  # "Verletzte gebe es nicht" denies nothing
        found.append(
            Node(
                report=report,
                sha=record.report.id,
                event=event.id,
                type=event.type,
                mode=event.mode,
                trigger=event.trigger,
                mentions=tuple(event.mentions),
                evidence=event.evidence,
                quote=" ".join(text[low:high].split()),
                sentence=lines.number(event.trigger[0]),
                words=telling_words(lines.line(event.trigger[0])),
                line_hash=text_hash(lines.line(event.trigger[0])),
                paragraph=text_hash(lines.paragraph(event.trigger[0])),
                spots=spots,
                context=() if spots else last,
                countries=countries,
                start=start,
                end=end,
                precision=event.time.precision if event.time is not None and start is not None else None,
                published=published,
                said=record.report.published,
                actors=actors,
                targets=targets,
                losses=_losses(event, source, sides, text),
                count=(event.count.low, event.count.high) if event.count is not None else None,
                voice=event.voice.kind,
                source=source,
                via=_name(record, event.voice.via),
                negative=event.polarity == "negative" and not nobody,
                ongoing=event.status == "ongoing",
                background=event.background,
                acts=tuple(acts.get(event.id, ())),
                headline=all(start < title_end for start, _ in (event.trigger, *event.mentions)),
            )
        )
        if spots:
            last = spots
    return [_placed(n, found) for n in found]


def _placed(node: Node, found: list[Node]) -> Node:
    """A title without a place tells of what its text tells first."""
    if not node.headline or node.spots:
        return node
    body = next((n for n in found if not n.headline and n.spots and group_of(n.type) == group_of(node.type)), None)
    if body is None:
        return node
    return replace(node, context=body.spots, countries=tuple(dict.fromkeys((*body.countries, *node.countries)))[:4])


def _title_end(record: Record, text: str) -> int:
    """Where the title ends that stands in the text itself; 0 where it has none."""
    title = record.report.title
    at = text.find(title) if title else -1
    return at + len(title) if title and 0 <= at < _HEAD else 0


def _in_words(event: Event, record: Record, text: str, sides: Sides) -> Side | None:
    """The speaker of a claim by the words that the report has for it, where it is no actor ("das Krankenhaus")."""
    if event.voice.kind != "attributed":
        return None
    at = event.trigger[0]
    for speech in record.speech:
        if speech.speaker and any(s <= at < e for s, e in speech.content):
            low, high = speech.speaker[0]
            known = sides.of(speech.speaker_actor)
            return known or sides.named(" ".join(text[low:high].split()))
    return None


def _spoke_last(event: Event, record: Record, sides: Sides, lines: _Lines) -> Side | None:
    """Whom a claim without a speaker of its own goes back to ("hieß es" after a known source: codebook 13.30)."""
    if event.voice.kind != "attributed":
        return None
    at = lines.number(event.trigger[0])
    spoken = [
        e.actors[0]
        for e in sorted(record.events, key=lambda e: e.trigger)
        if e.type in ("REJECT", "ACCUSE", "STATE") and e.actors and e.trigger < event.trigger
        and at - lines.number(e.trigger[0]) <= _REMEMBERED
    ]  # fmt: skip
    return sides.of(spoken[-1]) if spoken else None


def _sides(sides: Sides, actors: list[str]) -> tuple[Side, ...]:
    return tuple(side for a in actors if (side := sides.of(a)) is not None)


def _spot(place: Place) -> Spot:
    return Spot(place.name, place.kind, place.country, place.geonames, place.lat, place.lon, place.precision)


def _interval(event: Event) -> tuple[float | None, float | None]:
    """The event's hours; ``None`` where no calendar span is given or it is too vague to compare by."""
    if event.time is None or event.time.precision in ("vague", "longer"):
        return None, None
    start, end = hours(event.time.from_), hours(event.time.to)
    if start is None or end is None or end <= start:
        return None, None
    return start, end


def _name(record: Record, actor: str | None) -> str | None:
    return next((a.name for a in record.actors if a.id == actor), None) if actor else None


def _losses(event: Event, source: Side | None, sides: Sides, text: str) -> tuple[NodeLoss, ...]:
    """The event's losses; "nobody was hurt" counts as none."""
    if event.polarity != "negative" or event.type != "HARM":
        return tuple(_loss(x, source, event, sides, text) for x in event.losses)
    who = sides.actors.get(event.targets[0]) if event.targets else None
    of_some = who is not None and not has_word(sides.language, "people", who.name)
    harm = event.mode if event.mode in HARMS else "wounded"
    name, side = (who.name, sides.of(who.id)) if who is not None else (None, None)
    return (
        NodeLoss(
            harm, name, side.key if side else None, None, 0, 0, False, False, of_some, event.voice.kind, source
        ),
    )  # fmt: skip


def _loss(loss: Loss, source: Side | None, event: Event, sides: Sides, text: str) -> NodeLoss:
    who = sides.actors.get(loss.who or "")
    side = sides.of(loss.who)
    voice: Voice = loss.voice or event.voice
    civilian: bool | None = None
    if who is not None:
        if who.kind in ("armed_forces", "armed_group") or has_word(sides.language, "combatants", who.name):
            civilian = False
        elif has_word(sides.language, "civilians", who.name):
            civilian = True
    return NodeLoss(
        harm=loss.harm,
        who=who.name if who is not None else None,
        side=side.key if side is not None else None,
        civilian=civilian,
        low=loss.low,
        high=loss.high,
        approximate=loss.approximate,
        total=loss.total,
        part=loss.part_of_total,
        voice=voice.kind,
        source=sides.of(voice.speaker) if loss.voice is not None else source,
        vague=loss.expression is not None and has_word(sides.language, "vague_numbers", text[slice(*loss.expression)]),
    )


# --- speech acts ------------------------------------------------------------------------------------------------------


def _act_kind(event: Event) -> ActKind | None:
    if event.type == "REJECT" and event.mode in ("denial", None):
        return "deny"
    if event.type == "ACCUSE":
        return "accuse"
    if event.type == "STATE" and event.mode == "claim_responsibility":
        return "claim"
    if event.type == "CONCEDE" and event.mode == "admit":
        return "admit"
    return None


def _acts(record: Record, text: str, sides: Sides) -> dict[str, list[Act]]:
    """Event id -> the denials, accusations, claims and admissions about it.

    A denial of an accusation is about what was charged. One that is about nothing of its own is about the incident
    told of last before it, in the same or the sentence before.
    """
    events = {e.id: e for e in record.events}
    may_happen = [e for e in record.events if e.type in INCIDENT_TYPES and e.status in _HAPPENS]
    lines = _Lines(text)
    found: dict[str, list[Act]] = {}
    for event in record.events:
        kind = _act_kind(event)
        if kind is None:
            continue
        meant, charge = _meant(event, events)
        if not meant:
            before = [e for e in may_happen if e.trigger[0] < event.trigger[0] and not is_aggregate(e)]
            near = [e for e in before if lines.number(event.trigger[0]) - lines.number(e.mentions[-1][0]) <= 1]
            meant = [near[-1].id] if near and not event.about else []
        low, high = event.evidence
        actor = sides.of(event.actors[0]) if event.actors else sides.of(event.voice.speaker)
        act = Act(
            kind=kind,
            source=actor,
            targets=_sides(sides, event.targets),
            negative=event.polarity == "negative",
            event=event.id,
            type=event.type,
            trigger=event.trigger,
            evidence=event.evidence,
            quote=" ".join(text[low:high].split()),
            voice=event.voice.kind,
            speaker=sides.of(event.voice.speaker),
            denies=_denied(
                event, f"{text[low:high]} {_content(event, meant, events, text, lines)}", charge, sides.language
            ),
        )
        for one in meant:
            found.setdefault(one, []).append(act)
    return found


def _content(event: Event, meant: list[str], events: dict[str, Event], text: str, lines: _Lines) -> str:
    """The words of what a denial denies, where they stand in its own sentence ("bestreitet, dass es eine Blockade gibt")."""
    own = lines.number(event.trigger[0])
    inside = (events[one].evidence for one in meant if lines.number(events[one].trigger[0]) == own)
    return " ".join(text[low:high] for low, high in inside if not low <= event.trigger[0] < high)


def _denied(event: Event, words: str, charge: bool, language: str) -> Literal["occurrence", "responsibility"] | None:
    """What a denial's own words deny; an answer to a charge denies having done it."""
    if event.type != "REJECT":
        return None
    if has_word(language, "denies_responsibility", words):
        return "responsibility"
    if has_word(language, "denies_occurrence", words):
        return "occurrence"
    return "responsibility" if charge else None


def _meant(event: Event, events: dict[str, Event]) -> tuple[list[str], bool]:
    """The incidents that a speech act is about, through other speech acts; and whether an accusation lies between."""
    todo, seen, charge = list(event.about), {event.id}, False
    meant: list[str] = []
    while todo:
        one = todo.pop(0)
        if one in seen or one not in events:
            continue
        seen.add(one)
        if events[one].type in INCIDENT_TYPES:
            meant.append(one)
        else:
            charge = charge or events[one].type == "ACCUSE"
            todo.extend(events[one].about)
    return meant, charge

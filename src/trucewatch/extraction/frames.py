"""Frames: which predicate or noun tells of which event, and who stands where (knowledge/frames.*.toml).

The tables are data; this file only gives them types and indices. A frame's rule name is its table's id.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from trucewatch.knowledge.load import FOLDER, table

Conditions = tuple[tuple[str, tuple[str, ...]], ...]

_BEFORE, _LAST_PART, _SHORTEST = 4, 6, 3
"""Letters before and in the last part of a compound that could not be taken apart: less is no compound ("Vor|schlag").
The shortest part that a joint may open: what is less is an ending."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One predicate's (or noun's) meaning.

    ``companions`` are the words beside the verb that must stand in its clause (lower case; "sich" = reflexive).
    ``actor``, ``target``, ``place`` and ``about`` list slots by preference: subject, object, indirect_object,
    predicative, genitive, adjective, compound, possessive, complement, or a preposition.
    """

    id: str
    word: str
    type: str
    mode: str | None
    noun: bool
    companions: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    where: Conditions = ()
    unless: Conditions = ()
    harm: str | None = None
    status: str | None = None
    negative: bool = False
    content: tuple[str, ...] = ()
    content_status: str | None = None
    joint: bool = False
    """All actor slots found act together, instead of the first one found."""
    default_status: str | None = None
    own_negation: bool = False
    """The negation in the phrase belongs to the predicate and does not negate the event."""
    own: bool = False
    """Counts only where what it holds is its speaker's own act ("bestätigte den Angriff" by the side that made it)."""
    joined: bool = False
    """The first word and the verb were read as one separable verb ("verantwortlichmachen"): the first word names the act."""
    verb_trigger: bool = False
    """The verb is the trigger although the predicate has a word beside it ("sich besorgt zeigen")."""
    tally: str | None = None
    """Tells how many an act told of elsewhere harmed: "update" (a later count), "version" (the speaker's), "count" (a first)."""
    withdraws: bool = False
    """Takes back or corrects its speaker's own words: neither a deed nor an admission (codebook 13.32)."""
    weak: bool = False
    scene: bool = False
    """Weak, but counts in a short report from a land at war, too (knowledge/scenes.toml)."""
    whole: bool = False
    excluded: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """How specific the frame is: more companions and conditions win."""
        return 4 * len(self.companions) + 3 * len(self.where) + len(self.word) // 8


@dataclass(frozen=True)
class FrameTable:
    """All frames of one language, with indices by word."""

    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str, tuple[Frame, ...]]
    noun_lengths: tuple[int, ...]
    classes: dict[str, frozenset[str]]
    compound_mode: dict[str, dict[str, str]]
    instrument_mode: dict[str, dict[str, str]]
    support_verbs: frozenset[str]
    report_verbs: dict[str, str | None]
    report_nouns: dict[str, str | None]
    anaphors: frozenset[str]
    bursts: frozenset[str]
    accounts: frozenset[str]

    def nouns_of(self, lemma: str, joints: tuple[int, ...] | None = None) -> list[tuple[Frame, str]]:
        """Frames for a noun lemma with the compound's first part ("" for the word itself); the longest ending wins.

        ``joints`` are the offsets at which the compound's parts begin; an ending counts only from one of them
        ("Bundes|ausschuss" is no shot). None: not known, any ending counts.

        >>> callable(frames("de").nouns_of)
        True
        """
        low = lemma.lower()
        if low in self.nouns:
            return [(f, "") for f in self.nouns[low]]
        if joints is not None and not any(j <= len(low) - _SHORTEST for j in joints):
            joints = tuple(range(_BEFORE, len(low) - _LAST_PART + 1))  # not taken apart: long parts only
        for length in self.noun_lengths:
            if (
                length >= len(low) - 1
                or joints is not None
                and len(low) - length not in joints
                and low[-length - 1] != "-"
            ):
                continue
            found = self.nouns.get(low[-length:])
            if found is not None:
                first = low[:-length].rstrip("-")
                fitting = [(f, first) for f in found if not f.whole and not low.endswith(f.excluded)]
                if fitting:
                    return fitting
        return []


def _conditions(data: dict[str, Any] | None) -> Conditions:
    if not data:
        return ()
    return tuple((slot, tuple(v if isinstance(v, list) else [v])) for slot, v in data.items())


def _slots(data: Any, default: tuple[str, ...]) -> tuple[str, ...]:
    if data is None:
        return default
    return tuple(data) if isinstance(data, list) else (data,)


def _frame(data: dict[str, Any], words: str, noun: bool) -> Frame:
    parts = words.split()
    word = parts[-1].lower()
    kind = data["type"]
    speech_act = kind in ("ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE")
    return Frame(
        id=data["id"],
        word=word,
        type=kind,
        mode=data.get("mode"),
        noun=noun,
        companions=tuple(_normal(p) for p in parts[:-1]),
        actor=_slots(
            data.get("actor"),
            ("genitive", "von", "durch", "adjective", "compound", "possessive", "subject") if noun else ("subject",),
        ),
        target=_slots(data.get("target"), () if noun or speech_act else ("object",)),
        place=_slots(data.get("place"), ()),
        about=_slots(data.get("about"), ()),
        where=_conditions(data.get("where")),
        unless=_conditions(data.get("unless")),
        harm=data.get("harm"),
        status=data.get("status"),
        negative=bool(data.get("negative", False)),
        content=_slots(data.get("content"), ()),
        content_status=data.get("content_status"),
        joint=bool(data.get("joint", False)),
        default_status=data.get("default_status"),
        own_negation=bool(data.get("own_negation", False)),
        own=bool(data.get("own", False)),
        verb_trigger=data.get("trigger") == "verb",
        tally=data.get("tally"),
        withdraws=bool(data.get("withdraws", False)),
        weak=bool(data.get("weak", False)),
        scene=bool(data.get("scene", False)),
        whole=bool(data.get("whole", False)),
        excluded=tuple(w.lower() for w in data.get("not", ())),
    )


_CONTRACTIONS = {
    "ums": "um",
    "ins": "in",
    "im": "in",
    "am": "an",
    "ans": "an",
    "zum": "zu",
    "zur": "zu",
    "vom": "von",
    "beim": "bei",
    "aufs": "auf",
}


def _normal(word: str) -> str:
    low = word.lower()
    return _CONTRACTIONS.get(low, low)


@cache
def frames(language: str = "de") -> FrameTable:
    """All frames of ``language``: every ``frames.<language>*.toml`` of the knowledge folder, compiled once."""
    verbs: dict[str, list[Frame]] = {}
    nouns: dict[str, list[Frame]] = {}
    classes: dict[str, set[str]] = {}
    compound: dict[str, dict[str, str]] = {}
    instrument: dict[str, dict[str, str]] = {}
    support: set[str] = set()
    reports: dict[str, str | None] = {}
    report_nouns: dict[str, str | None] = {}
    anaphors: set[str] = set()
    bursts: set[str] = set()
    accounts: set[str] = set()
    for path in sorted(FOLDER.glob(f"frames.{language}*.toml")):
        data = table(path.name.removesuffix(".toml"))
        for name, words in data.get("classes", {}).items():
            classes.setdefault(name, set()).update(w.lower() for w in words)
        for entry in data.get("verb", ()):
            for words in entry["words"]:
                frame = _frame(entry, words, noun=False)
                verbs.setdefault(frame.word, []).append(frame)
                if len(frame.companions) == 1 and frame.companions[0] != "sich":
                    # the tagger may join an adjective to its verb: "verantwortlich machen" -> "verantwortlichmachen"
                    verbs.setdefault(frame.companions[0] + frame.word, []).append(
                        replace(_frame(entry, frame.companions[0] + frame.word, noun=False), joined=True)
                    )
        for entry in data.get("noun", ()):
            for words in entry["words"]:
                frame = _frame(entry, words, noun=True)
                nouns.setdefault(frame.word, []).append(frame)
        for kind, modes in data.get("compound_mode", {}).items():
            compound.setdefault(kind, {}).update({k.lower(): v for k, v in modes.items()})
        for kind, modes in data.get("instrument_mode", {}).items():
            instrument.setdefault(kind, {}).update({k.lower(): v for k, v in modes.items()})
        support.update(w.lower() for w in data.get("support_verbs", {}).get("words", ()))
        for entry in data.get("report_verb", ()):
            for word in entry["words"]:
                reports.setdefault(word.split()[-1] if word.startswith("sich ") else word, entry.get("mode"))
        for entry in data.get("report_noun", ()):
            for word in entry["words"]:
                report_nouns.setdefault(word.lower(), entry.get("mode"))
        accounts.update(w.lower() for w in data.get("account", {}).get("words", ()))
        anaphors.update(w.lower() for w in data.get("anaphor", {}).get("words", ()))
        bursts.update(w.lower() for w in data.get("burst", {}).get("words", ()))
    order = {w: tuple(sorted(fs, key=lambda f: -f.weight)) for w, fs in verbs.items()}
    noun_order = {w: tuple(sorted(fs, key=lambda f: -f.weight)) for w, fs in nouns.items()}
    lengths = tuple(sorted({len(w) for w in noun_order}, reverse=True))
    return FrameTable(
        order, noun_order, lengths, {k: frozenset(v) for k, v in classes.items()}, compound, instrument, frozenset(support),
        reports, report_nouns, frozenset(anaphors), frozenset(bursts), frozenset(accounts),
    )  # fmt: skip

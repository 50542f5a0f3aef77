"""A happening under construction: one event candidate with the clause, frame and phrases that it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from trucewatch.extraction.frames import Frame
from trucewatch.language.analysis import Clause, Phrase, Quantity
from trucewatch.record import Bound, Span, TimeSpan


@dataclass(slots=True)
class Said:
    """Who says so, under construction: kind, speaker and second hand (actor indices), the cue's words."""

    kind: str = "reporter"
    speaker: int | None = None
    via: int | None = None
    cue: Span | None = None


@dataclass(slots=True)
class Toll:
    """One loss under construction: harm, whom (actor index), how many, and the words that say so."""

    harm: str
    who: int | None
    low: int | None
    high: int | None
    span: Span
    approximate: bool = False
    additional: bool = False
    total: bool = False
    part: bool = False
    words: Span | None = None
    """The words of the number alone, without the noun that is counted."""
    bound: Bound | None = None
    """What they say of the number ("mehr als": more than)."""
    said: Said | None = None
    """Who gives the number, where that is known to differ from what the words around it show."""


def toll_of(harm: str, who: int | None, q: Quantity, *, total: bool = False, part: bool = False) -> Toll:
    """The loss that a number tells of."""
    words = (q.start, q.until or q.end)
    return Toll(
        harm, who, q.low, q.high, (q.start, q.end), q.approximate, q.additional, total or q.corrected, part,
        words=words, bound=q.bound,
    )  # fmt: skip


@dataclass(slots=True)
class Happening:
    """One event candidate. Actor, target and place entries are indices into the report's actors and places."""

    frame: Frame
    type: str
    mode: str | None
    token: int
    trigger: Span
    clause: Clause | None
    phrase: Phrase | None = None
    """For an event noun: its noun phrase."""
    first_part: str = ""
    """For a compound noun: what stands before the frame's word ("Vergeltung" in "Vergeltungsangriff")."""
    sentence: int = 0
    beside: tuple[int, ...] = ()
    """Tokens of the words that make the predicate with its verb ("Mine" in "auf eine Mine fahren")."""
    actors: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    time: TimeSpan | None = None
    tolls: list[Toll] = field(default_factory=list)
    count: tuple[int | None, int | None] | None = None
    count_bound: Bound | None = None
    status: str = "occurred"
    polarity: str = "positive"
    background: bool = False
    said: Said = field(default_factory=Said)
    about: list[Happening] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    headline: bool = False
    denied: bool = False
    """Told only as what somebody denies having done."""
    chronicled: bool = False
    """Dated by the entry of a chronology that it stands in."""
    open: bool = False
    """Told only as asked, not known or not confirmed: another mention says whether it happened."""
    withdrawn: bool = False
    """Told only as what its teller takes back."""
    asked: bool = False
    """Told only in asking who did it or how ("wer die Granate abfeuerte, war unklar")."""
    framed: bool = False
    """It stands apart from what its clause tells ("nach dem Angriff", "verurteilte den Angriff")."""
    spoken_of: bool = False
    """Its clause only speaks of it (a trial, a condemnation, mourning)."""
    long_ago: bool = False
    """What speaks of it says that it is long past (an anniversary, a verdict, "zwei Jahre nach")."""
    period: bool = False
    """Its losses are those of a long time or of a whole war ("seit Januar")."""
    latest: int = -1
    """The sentence that last spoke of it; -1: the one of the trigger."""

    @property
    def last_told(self) -> int:
        """The sentence that last spoke of the happening."""
        return max(self.sentence, self.latest)

    @property
    def rule(self) -> str:
        """The rule's name: kind of frame and its id."""
        return f"{'noun' if self.frame.noun else 'verb'}/{self.frame.id}"

    def take_slots(self, other: Happening) -> None:
        """Fill this happening's empty slots from another mention of it."""
        self.actors = self.actors or [a for a in other.actors if a not in self.targets]
        self.targets = self.targets or [a for a in other.targets if a not in self.actors]
        self.places = self.places or other.places
        self.time = finer(self.time, other.time)
        if self.count is None:
            self.count, self.count_bound = other.count, other.count_bound


def finer(one: TimeSpan | None, other: TimeSpan | None) -> TimeSpan | None:
    """The first time; the second where there is no first, or where it is a closer one within it."""
    if one is None or other is None or None in (one.from_, one.to, other.from_, other.to):
        return one or other
    start, inner, end, last = (dt.datetime.fromisoformat(s) for s in (one.from_, other.from_, other.to, one.to) if s)
    closer = one.precision in ("day", "part_of_day") and other.precision in ("minute", "hour", "part_of_day")
    return other if closer and start <= inner and end <= last and (start, last) != (inner, end) else one


def has_toll(tolls: list[Toll], toll: Toll) -> bool:
    """Do ``tolls`` hold the same harm with the same numbers?"""
    return any((t.harm, t.low, t.high) == (toll.harm, toll.low, toll.high) for t in tolls)


def add_tolls(to: Happening, tolls: list[Toll]) -> None:
    """Add the losses that were not told there before; several alike among ``tolls`` are of several people."""
    before = list(to.tolls)
    to.tolls.extend(t for t in tolls if not has_toll(before, t))


def disjoint(one: list[int], other: list[int]) -> bool:
    """Both hold something, and nothing of it is the same."""
    return bool(one) and bool(other) and not set(one) & set(other)

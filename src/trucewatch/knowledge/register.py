"""The register of states, groups, organisations, media and office holders, as typed and indexed data.

Everything here comes from ``states.toml``, ``groups.toml``, ``organisations.toml`` and ``officials.toml``; the register is
built once per process and shared, so callers must not change it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from trucewatch.knowledge.load import table
from trucewatch.record import ActorKind

_KINDS: dict[str, ActorKind] = {"o": "organisation", "f": "armed_forces", "m": "media"}
_ENDINGS = ("en", "em", "er", "es", "e", "s", "n")


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with a name: a state, a government's seat, a group, an organisation, a medium."""

    name: str
    kind: ActorKind
    wikidata: str | None = None
    state: str | None = None
    """ISO code of the state that it is, belongs to, or (for groups) acts in first."""
    plural: bool = False
    guarded: bool = False
    """The name is an everyday word: it counts only in quotation marks or behind a noun of its kind."""
    whole: bool = False
    """The name means the forces or the government of ``state`` as a whole ("Bundeswehr")."""
    capital: bool = False
    """The name is a capital that stands for a government, and often enough for the town."""


@dataclass(frozen=True, slots=True)
class State:
    """One state: ISO code, names, adjective stem, demonym, capital."""

    code: str
    name: str
    english: str
    adjective: str
    demonym: str
    capital: str
    wikidata: str | None
    gender: str
    """f, m, n, or plural: how the name behaves in a sentence."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office: ISO dates (perhaps only year or year and month), ``end`` "" while it lasts."""

    role: str
    of: str
    """ISO code of a state, or the register's name of an organisation or group."""
    start: str
    end: str

    def covers(self, date: str, slack: int = 0) -> bool:
        """Was ``date`` (ISO) within the term, give or take ``slack`` years?"""
        year = int(date[:4])
        if slack:
            return int(self.start[:4]) - slack <= year and (not self.end or year <= int(self.end[:4]) + slack)
        return self.start <= date[: len(self.start)] and (not self.end or date[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Official:
    """A person of the register with their terms of office."""

    name: str
    wikidata: str | None
    gender: str
    terms: tuple[Term, ...]
    surnames: tuple[str, ...]

    def term(self, date: str | None) -> Term | None:
        """The term held at ``date``; the last one begun before it otherwise; without a date the last of all."""
        if date is None:
            return self.terms[-1] if self.terms else None
        held = [t for t in self.terms if t.covers(date)]
        begun = [t for t in self.terms if t.start <= date]
        return (held or begun or list(self.terms) or [None])[-1]  # type: ignore[list-item]


@dataclass(slots=True)
class Register:
    """All entries with the indices that a reader of text needs."""

    states: dict[str, State] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    officials: dict[str, Official] = field(default_factory=dict)
    single: dict[str, list[tuple[str, Entity]]] = field(default_factory=dict)
    """Lower-case word -> (spelling, entity) of one-word names."""
    several: dict[tuple[str, ...], tuple[str, Entity | Official]] = field(default_factory=dict)
    """Stems of the words -> (spelling, entry) of names of more than one word."""
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Stem of a first word -> lengths of the names that begin so, longest first."""
    surnames: dict[str, list[Official]] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    """Adjective stem ("syrisch"), or adjective made from a capital ("kiewer") -> ISO code."""
    demonyms: dict[str, str] = field(default_factory=dict)
    """Lower-case form of a people's name ("syrern") -> ISO code."""
    prefixes: dict[str, Entity] = field(default_factory=dict)
    """Lower-case first part of a compound ("us", "hamas") -> entity."""

    def word(self, text: str) -> Entity | None:
        """The entity that one word names, in any case form; capitals-only spellings must stand so."""
        for form in (text, text[:-1] if text.endswith(("s", "'", "’")) and len(text) > 4 else ""):
            for spelling, entity in self.single.get(form.lower(), ()):
                short = spelling.isupper() or len(spelling) < 4
                if form == spelling or (
                    not short and (form[0].isupper() or "-" in form) and form.lower() == spelling.lower()
                ):
                    return entity
        return None

    def name_at(self, words: list[str], at: int) -> tuple[int, Entity | Official] | None:
        """The longest name of several words that begins at ``words[at]``: (number of words, entry)."""
        first = stem(words[at])
        for length in self.lengths.get(first, ()):
            if at + length > len(words):
                continue
            key = (first, *(stem(w) for w in words[at + 1 : at + length]))
            hit = self.several.get(key)
            if hit is not None and words[at + length - 1][:1].isupper() == hit[0].split()[-1][:1].isupper():
                return length, hit[1]
        return None

    def adjective(self, text: str) -> str | None:
        """ISO code of a state's adjective in any form ("syrischen", "Kiewer"), else None."""
        low = text.lower()
        for ending in ("en", "em", "er", "es", "e"):
            if low.endswith(ending):
                code = self.adjectives.get(low[: -len(ending)])
                if code is not None:
                    return code
        return self.adjectives.get(low)

    def holder(self, role: str, of: str, date: str | None) -> Official | None:
        """Who held ``role`` of ``of`` at ``date``, if exactly one person of the register did."""
        if date is None:
            return None
        found = [
            o for o in self.officials.values() for t in o.terms if t.role == role and t.of == of and t.covers(date)
        ]
        return found[0] if len(found) == 1 else None

    def seat(self, state: str) -> Entity:
        """The state itself as an entity."""
        return self.entities[self.states[state].name]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its case ending, lower case: what the words of a longer name are compared by.

    >>> stem("Vereinten") == stem("Vereinte")
    True
    """
    low = word.lower()
    if len(low) > 4:
        for ending in _ENDINGS:
            if low.endswith(ending):
                return low[: -len(ending)]
    return low


def _add(register: Register, spelling: str, entry: Entity | Official) -> None:
    words = spelling.split()
    if len(words) == 1:
        if isinstance(entry, Entity):
            register.single.setdefault(spelling.lower(), []).append((spelling, entry))
        return
    key = tuple(stem(w) for w in words)
    if key not in register.several:
        register.several[key] = (spelling, entry)
        lengths = set(register.lengths.get(key[0], ()))
        register.lengths[key[0]] = tuple(sorted(lengths | {len(key)}, reverse=True))


def _demonym_forms(word: str) -> Iterator[str]:
    low = word.lower()
    yield from (low, low + "s", low + "n", low + "in", low + "innen")
    if low.endswith("e"):
        yield from (low[:-1] + "in", low[:-1] + "innen", low + "r")
    if not low.endswith(("e", "er")):
        yield from (low + "en", low + "e")


def _states(register: Register) -> None:
    data = table("states")
    whole = frozenset(data["whole"]["names"])
    genders = {code: gender for gender, codes in data["gender"].items() for code in codes}
    for code, (name, english, adjective, demonym, capital, wikidata) in data["states"].items():
        state = State(code, name, english, adjective, demonym, capital, wikidata or None, genders.get(code, "n"))
        register.states[code] = state
        entity = Entity(name, "state", wikidata or None, code, state.gender == "plural")
        register.entities[name] = entity
        for spelling in {name, *data["aliases"].get(code, ())}:
            _add(register, spelling, entity)
            if " " not in spelling:
                register.prefixes.setdefault(spelling.lower(), entity)
        for stem_ in (adjective, *data["adjectives"].get(code, ())):
            if stem_:
                register.adjectives.setdefault(stem_, code)
        for word in (demonym, *data["demonyms"].get(code, ())):
            for form in _demonym_forms(word) if word else ():
                register.demonyms.setdefault(form, code)
        for seat in (capital, *data["capitals"].get(code, ())):
            if seat:
                _add(register, seat, Entity(seat, "government", None, code, capital=True))
                register.adjectives.setdefault(seat.lower().removesuffix("en") + "er", code)
        for seat in data["government"].get(code, ()):
            government = Entity(seat, "government", None, code, whole=seat in whole)
            _add(register, seat, government)
            register.prefixes.setdefault(seat.lower(), government)
        for force in data["forces"].get(code, ()):
            _add(register, force, Entity(force, "armed_forces", None, code, whole=force in whole))
        for prefix in data["prefixes"].get(code, ()):
            register.prefixes[prefix.lower()] = entity


def _named(register: Register, name: str, spellings: list[str], entity: Entity) -> None:
    register.entities[name] = entity
    for spelling in (name, *spellings):
        _add(register, spelling, entity)
        if " " not in spelling and len(spelling) > 1 and not entity.guarded:
            register.prefixes.setdefault(spelling.lower(), entity)


def _people(register: Register) -> None:
    for name, (wikidata, gender, held, *forms) in table("officials")["officials"].items():
        terms = []
        for part in held.split(";"):
            role, of, start, end = part.split()
            terms.append(Term(role, of.replace("#", " "), start, "" if end == "-" else end))
        surnames = tuple(
            f
            for f in forms
            if " " not in f or f.split()[0][0].islower() or f.split()[0] in ("Le", "Del", "Ben", "Bin", "El")
        )
        official = Official(name, wikidata or None, gender, tuple(terms), surnames)
        register.officials[name] = official
        for form in (name, *forms):
            _add(register, form, official)
        keys = {*surnames, *(f.split()[-1] for f in surnames), name.split()[-1]}
        for key in sorted(keys):
            register.surnames.setdefault(key, []).append(official)


@cache
def register() -> Register:
    """The register, built on first use."""
    built = Register()
    _states(built)
    for name, (wikidata, number, where, *spellings) in table("groups")["groups"].items():
        state = where.split()[0] if where else None
        _named(built, name, spellings, Entity(name, "armed_group", wikidata or None, state, number == "p"))
    organisations = table("organisations")
    for part in ("organisations", "media"):
        for name, (wikidata, number, kind, *spellings) in organisations[part].items():
            entity = Entity(name, _KINDS[kind[0]], wikidata or None, None, number == "p", kind.endswith("q"))
            _named(built, name, spellings, entity)
    _people(built)
    return built

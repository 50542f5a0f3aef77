"""What a noun says of an actor: its kind, its class of words, and what stands before it in a compound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from trucewatch.knowledge.load import table
from trucewatch.knowledge.register import Entity, register
from trucewatch.language.analysis import Phrase
from trucewatch.record import ActorKind

_KIND_TABLES: tuple[ActorKind, ...] = (
    "armed_forces", "armed_group", "government", "organisation", "media", "civilians", "group", "state",
)  # fmt: skip
_ENDINGS = ("", "n", "en", "s", "es", "e", "r", "nen", "er", "ns")


@dataclass(frozen=True, slots=True)
class Role:
    """A noun that names an actor by what it is. ``cls`` is its class of words ("forces"), for persons the office."""

    kind: ActorKind
    cls: str
    word: str
    rest: str = ""
    """Lower-case first part of the compound, without its hyphen; "" for a simple word."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom an actor belongs to or speaks for: a state, something of the register, or another kind of actor."""

    state: str | None = None
    entity: Entity | None = None
    role: Role | None = None


@cache
def _table() -> dict[str, tuple[ActorKind, str, str]]:
    data = table("roles.de")
    out: dict[str, tuple[ActorKind, str, str]] = {}
    for kind in _KIND_TABLES:
        for cls, words in data[kind].items():
            for word in words:
                out.setdefault(word.lower(), (kind, cls, word))
    for role, words in data["person"].items():
        for word in words:
            out[word.lower()] = ("person", role, word)
    return out


@cache
def _whole() -> frozenset[str]:
    return frozenset(w.lower() for w in table("roles.de")["words"]["whole"])


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``roles.de.toml``'s section ``[words]``, in lower case."""
    return frozenset(w.lower() for w in table("roles.de")["words"][name])


@cache
def _carriers() -> dict[str, str]:
    return {w.lower(): name for name, found in table("roles.de")["carrier"].items() for w in found}


def _forms(form: str, lemma: str) -> list[str]:
    low = form.lower()
    out = [lemma.lower(), low]
    out += [low[: -len(e)] for e in _ENDINGS if e and low.endswith(e) and len(low) - len(e) > 2]
    if low.endswith(("er", "en", "em", "es")):
        out.append(low[:-1])
    for ending in table("roles.de")["words"]["female_ending"]:
        if low.endswith(ending) and len(low) - len(ending) > 3:
            out += [low[: -len(ending)], low[: -len(ending)] + "e"]
    return out


@lru_cache(maxsize=20_000)
def role_of(form: str, lemma: str) -> Role | None:
    """The role that a noun names, by its longest known end ("Milizsprecher" is a spokesperson), else None."""
    known, whole = _table(), _whole()
    candidates = _forms(form, lemma)
    for low in candidates:
        if low in known:
            return Role(*known[low])
    best: Role | None = None
    for low in candidates:
        for at in range(2, len(low) - 3):
            end = low[at:]
            if end in known and (end not in whole or low[at - 1] == "-"):
                if best is None or len(end) > len(best.word):
                    kind, cls, word = known[end]
                    best = Role(kind, cls, word, low[:at].rstrip("-"))
                break
    return best


@lru_cache(maxsize=20_000)
def carrier_of(form: str, lemma: str) -> tuple[str, str] | None:
    """("source" or "measure", first part of the compound) for nouns that pass on to their owner, else None."""
    known = _carriers()
    for low in _forms(form, lemma):
        if low in known:
            return known[low], ""
    for low in _forms(form, lemma):
        for at in range(2, len(low) - 3):
            if known.get(low[at:]) == "source":
                return "source", low[:at].rstrip("-")
    return None


@lru_cache(maxsize=20_000)
def owner_of_part(part: str) -> Owner | None:
    """Whom the first part of a compound names ("us", "hamas", "armee"), else None."""
    if not part:
        return None
    known = register().prefixes
    for low in (part, part.removesuffix("s")):
        if low in known:
            entity = known[low]
            return Owner(entity.state if entity.kind in ("state", "government") else None, entity)
    role = _table().get(part) or next((_table()[f] for f in _forms(part, part) if f in _table()), None)
    return Owner(role=Role(*role)) if role is not None else None


_LED: frozenset[str] = frozenset({"armed_forces", "armed_group", "government", "media"})
"""Kinds of actor whose bare noun as a first part tells who acts ("Rebellenangriff", but not "Kinderprogramm")."""


@lru_cache(maxsize=20_000)
def owner_of_compound(form: str) -> Owner | None:
    """Whom the first part of an event noun names ("Talibanangriff", "US-Luftschlag"), longest first part first, else None."""
    low = form.lower()
    if "-" in low:
        for cut in range(len(low) - 1, 0, -1):
            if low[cut] == "-":
                found = owner_of_part(low[:cut])
                if found is not None:
                    return found
        return None
    for cut in range(len(low) - 3, 3, -1):
        found = owner_of_part(low[:cut]) if cut > 4 or low[:cut] in register().prefixes else None
        if found is not None and (
            found.role is None or (found.role.kind in _LED and found.role.word.lower() not in _whole())
        ):
            return found
    return None


def part_of(phrase: Phrase) -> list[Phrase]:
    """Those of whom a bare number counts a part ("drei der Geiseln", "drei von fünf Geiseln")."""
    tied = [p for p in phrase.attached if p.preposition in words("part_of") and p.first == phrase.last + 1]
    return [*phrase.genitives, *tied[:1]]

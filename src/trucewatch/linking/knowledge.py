"""What linking knows, loaded once: families of bodies, blocs, weights, and words of names by language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from trucewatch.knowledge.load import table


@dataclass(frozen=True, slots=True)
class Bloc:
    """Sides that stand together in some countries."""

    where: frozenset[str]
    sides: frozenset[str]


@cache
def weights() -> dict[str, float]:
    """Points for and against one happening (linking.toml)."""
    return {name: float(value) for name, value in table("linking")["weights"].items()}


@cache
def thresholds() -> dict[str, float]:
    """Bounds and tolerances (linking.toml)."""
    return {name: float(value) for name, value in table("linking")["thresholds"].items()}


@cache
def near_modes() -> frozenset[frozenset[str]]:
    """Pairs of modes that reports mix up for one act."""
    return frozenset(
        frozenset((a, b)) for group in table("linking")["modes"]["near"] for a in group for b in group if a != b
    )


@cache
def own_modes() -> frozenset[str]:
    """Modes of acts that no report tells as one of another mode."""
    return frozenset(table("linking")["modes"]["own"])


@cache
def essential_actor() -> frozenset[str]:
    """Event types whose actor tells one happening from another."""
    return frozenset(table("linking")["modes"]["essential_actor"])


@cache
def families() -> dict[str, str]:
    """Name of a body -> key of the source it belongs to."""
    return {name: key for key, names in table("linking")["families"].items() for name in names}


@cache
def state_media() -> dict[str, str]:
    """Name of a medium -> key of the side it speaks for."""
    return dict(table("linking")["state_media"])


@cache
def standing() -> dict[str, bool]:
    """Key or name of a body -> whether it can be a party."""
    data: dict[str, list[str]] = table("linking")["standing"]
    return {name: party for kind, party in (("no_party", False), ("party", True)) for name in data[kind]}


@cache
def blocs() -> tuple[Bloc, ...]:
    """Who stands together where."""
    return tuple(Bloc(frozenset(b["where"]), frozenset(b["sides"])) for b in table("linking")["blocs"])


@cache
def _words(language: str, name: str) -> tuple[str, ...]:
    try:
        data: dict[str, Any] = table(f"sides.{language}")
    except FileNotFoundError:
        return ()
    return tuple(word.lower() for word in data.get(name, ()))


def is_word(language: str, group: str, word: str) -> bool:
    """Whether ``word`` is one of ``group`` in this language."""
    return word.lower() in _words(language, group)


def has_word(language: str, group: str, name: str) -> bool:
    """Whether ``name`` holds a word of ``group`` ("neutral", "combatants" …) of this language, or of a compound of it.

    >>> has_word("de", "combatants", "Regierungssoldaten"), has_word("de", "neutral", "Kampfflugzeuge")
    (True, False)
    """
    low = name.lower()
    return any(word in low for word in _words(language, group))

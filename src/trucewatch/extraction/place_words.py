"""The words around place names in one language (``knowledge/places.LANGUAGE.toml``), ready for look-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from trucewatch.knowledge.load import table


@dataclass(frozen=True)
class PlaceWords:
    """Word tables with everything in lower case; see the comments of the TOML file for each."""

    cues: dict[str, str]
    cue_ends: tuple[tuple[str, str], ...]
    plural_cues: dict[str, str]
    not_cues: tuple[str, ...]
    adjectives: dict[str, str]
    region_adjectives: dict[str, str]
    compass_nouns: dict[str, str]
    compass_adverbs: frozenset[str]
    compass_prefixes: tuple[str, ...]
    anaphora_nouns: dict[str, str]
    fixed: dict[str, str]
    state_prefixes: dict[str, str]
    """First part of a compound, before a hyphen -> ISO code ("US-Stadt")."""
    sets: dict[str, frozenset[str]]

    def has(self, name: str, word: str) -> bool:
        """Is ``word`` in the list ``name`` ("locative.strong" …)?"""
        return word.casefold() in self.sets[name]

    def ends(self, name: str, word: str) -> bool:
        """Is ``word`` in the list, or a compound that ends in a member?"""
        return _ends(self.sets[name], word.casefold())

    def cue(self, word: str) -> tuple[str, bool] | None:
        """What kind of place a noun announces, and whether it is a plural; None for other nouns."""
        return _cue(self, word.casefold())

    def nationality(self, word: str) -> tuple[str, str] | None:
        """(compass prefix or "", ISO code) of an inflected adjective ("nordsyrischen"), else None."""
        return _nationality(self, word.casefold())

    def __hash__(self) -> int:
        return id(self)


@lru_cache(maxsize=10_000)
def _ends(members: frozenset[str], word: str) -> bool:
    return word in members or any(len(m) > 3 and word.endswith(m) for m in members)


@lru_cache(maxsize=20_000)
def _cue(words: PlaceWords, word: str) -> tuple[str, bool] | None:
    if word in words.plural_cues:
        return words.plural_cues[word], True
    if word in words.cues:
        return words.cues[word], False
    if word.endswith(words.not_cues):
        return None
    plural = next((k for p, k in words.plural_cues.items() if len(p) > 5 and word.endswith(p)), None)
    if plural is not None:
        return plural, True
    for end, kind in words.cue_ends:
        if word.endswith((end, end + "s", end + "es")):  # "des Dorfes X"
            return kind, False
    return None


@lru_cache(maxsize=20_000)
def _nationality(words: PlaceWords, word: str) -> tuple[str, str] | None:
    for ending in ("en", "em", "er", "es", "e", ""):
        if not word.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)]
        for prefix in ("", *words.compass_prefixes):
            if stem.startswith(prefix):
                rest = stem[len(prefix) :]
                iso = words.adjectives.get(rest) or words.region_adjectives.get(rest)
                if iso:
                    return prefix, iso
    return None


@cache
def place_words(language: str) -> PlaceWords:
    """The words of ``language``."""
    data, states = table(f"places.{language}"), table("states")
    cues = {word: kind for kind, words in data["cues"].items() if kind not in ("plural", "not") for word in words}
    adjectives = {row[2]: iso for iso, row in states["states"].items() if row[2] and len(iso) == 2}
    for group in (states["adjectives"], data["adjectives"]):
        adjectives |= {stem: iso for iso, stems in group.items() for stem in stems if len(iso) == 2}
    compass: dict[str, Any] = data["compass"]
    sets = {
        f"{group}.{name}": frozenset(w.casefold() for w in words)
        for group, lists in data.items()
        for name, words in lists.items()
        if isinstance(words, list | dict) and group not in ("adjectives", "exonyms")
    }
    return PlaceWords(
        cues=cues,
        cue_ends=tuple(sorted(((w, k) for w, k in cues.items() if len(w) > 2), key=lambda c: -len(c[0]))),
        plural_cues=data["cues"]["plural"],
        not_cues=tuple(data["cues"]["not"]),
        adjectives=adjectives,
        region_adjectives=data["region_adjectives"],
        compass_nouns=compass["nouns"] | compass["parts"],
        compass_adverbs=frozenset(compass["adverbs"]),
        compass_prefixes=tuple(compass["prefixes"]),
        anaphora_nouns=data["anaphora"]["nouns"],
        fixed=data["names"]["fixed"],
        state_prefixes=data["names"]["prefixes"],
        sets=sets,
    )

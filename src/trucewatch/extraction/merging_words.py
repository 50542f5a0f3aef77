"""The words that decide whether a second mention is the same happening (knowledge/merging.*.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from trucewatch.knowledge.load import table


@dataclass(frozen=True)
class MergingWords:
    """The tables of knowledge/merging.<language>.toml."""

    generic: frozenset[str]
    standing: frozenset[str]
    meetings: frozenset[str]
    act: frozenset[str]
    after: frozenset[str]
    means: frozenset[str]
    here: frozenset[str]
    labelling: frozenset[str]
    answering: frozenset[str]
    another: frozenset[str]
    adding: frozenset[str]
    such: frozenset[str]
    then: frozenset[str]
    before: frozenset[str]


@cache
def merging_words(language: str = "de") -> MergingWords:
    """The merging words of ``language``, loaded once."""
    data = table(f"merging.{language}")
    prepositions = data["prepositions"]
    return MergingWords(
        frozenset(data["generic"]),
        frozenset(data["standing"]),
        frozenset(data["meeting"]),
        frozenset(prepositions["act"]),
        frozenset(prepositions["after"]),
        frozenset(prepositions["means"]),
        frozenset(data["here"]["words"]),
        frozenset(data["labelling"]["words"]),
        frozenset(data["another"]["answering"]),
        frozenset(data["another"]["adjectives"]),
        frozenset(data["another"]["adding"]),
        frozenset(data["such"]["words"]),
        frozenset(data["then"]["words"]),
        frozenset(data["then"]["before"]),
    )

"""Names in the dative, for "laut …" and "von …" (knowledge/inflection.de.toml), and sentences with names in their slots.

Words to show, never to decide by.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from string import Formatter
from typing import Any

from trucewatch.knowledge.english import english_list
from trucewatch.knowledge.load import table

ENGLISH = frozenset({"en", "the"})
"""What a slot for a name in English may ask for: the bare name, or the name with its article."""

_PLURAL_KINDS = frozenset({"civilians", "group", "armed_group", "armed_forces"})
"""Kinds of actor whose bare noun in -er stands for several ("Bewohner", "Kämpfer")."""


@cache
def _words() -> dict[str, Any]:
    return table("inflection.de")


@lru_cache(maxsize=20_000)
def dative(name: str, kind: str | None = None) -> str:
    """``name`` as it stands behind a preposition with the dative and without an article (Duden 4, Adjektivdeklination).

    ``kind`` is the actor's kind (codebook 3); it tells "Bewohner" (people: "Bewohnern") from "Sprecher" (one person). What is
    no German noun phrase stays as it is.

    >>> dative("ukrainische Soldaten"), dative("britisches Verteidigungsministerium"), dative("Bewohner", "civilians")
    ('ukrainischen Soldaten', 'britischem Verteidigungsministerium', 'Bewohnern')
    """
    parts = name.split(" ")
    head = 0
    while head < len(parts) - 1 and _adjective(parts[head], parts[head + 1]):
        head += 1
    noun = parts[head]
    if not noun[:1].isupper() or len(parts) > head + 1 and parts[head + 1][:1].isupper():
        return name  # a name of several words, or no noun at all
    ending = _ending(parts[head - 1], noun) if head else None
    for i in range(head):
        parts[i] = _stem(parts[i]) + (ending or "en")
    parts[head] = _noun(noun, ending, kind)
    return " ".join(parts)


def datives(names: Sequence[tuple[str, str | None]]) -> str:
    """Names and their kinds, each in the dative, as a list in words' order: "Ärzten, ukrainischen Soldaten"."""
    return ", ".join(dative(name, kind) for name, kind in names)


class _Cases(Formatter):
    """Fills templates whose slots may ask for a case or for English: ``{by:dative}``, ``{by:en}``, ``{by:the}``."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """The value, its names as the slot asks for them."""
        if format_spec == "dative":
            return datives([(name, None) for name in str(value).split(", ")])
        if format_spec in ENGLISH:
            return english_list(str(value), article=format_spec == "the")
        return str(super().format_field(value, format_spec))


_CASES = _Cases()


def fill(template: str, **parts: object) -> str:
    """``template.format(**parts)``, where a slot ``{by:dative}`` puts each of the names in it into the dative.

    ``{by:en}`` gives German names in English, ``{by:the}`` with the article that they take in a sentence.

    >>> fill("laut {by:dative}", by="Ärzte, ukrainische Armee"), fill("says {by:the}", by="Ärzte, ukrainische Armee")
    ('laut Ärzten, ukrainischer Armee', 'says doctors, the Ukrainian army')
    """
    cased = any(f":{spec}}}" in template for spec in ("dative", *ENGLISH))
    return _CASES.format(template, **parts) if cased else template.format(**parts)  # much is filled, little asks for a case


def _adjective(word: str, following: str) -> bool:
    """Is the word an adjective before a noun: in small letters, or one that opens a name?"""
    if not word.endswith(("e", "er", "es")) or not following[:1].isalpha():
        return False
    if word[:1].islower():
        return True
    stem, known = _stem(word).lower(), _words()["capitalised"]
    return following[:1].isupper() and (stem in known["stems"] or stem.endswith(tuple(known["ends"])))


def _stem(adjective: str) -> str:
    return adjective[:-1] if adjective.endswith("e") else adjective[:-2]


def _ending(adjective: str, noun: str) -> str:
    """The strong ending of the dative, from the nominative's: -er and -es become -em, -e becomes -er or, in the plural, -en."""
    if not adjective.endswith("e"):
        return "em"
    return "en" if _plural(noun) else "er"


def _plural(noun: str) -> bool:
    """Does the noun behind an adjective in -e look like a plural?"""
    low, known = noun.lower(), _words()["feminine"]
    if low.endswith(tuple(known["plural_ends"])):
        return True
    if low.endswith(tuple(known["ends"])):
        return False
    return low.endswith(("n", "er", "s")) or low.endswith("e") and any(c in low for c in "äöü")


def _noun(noun: str, ending: str | None, kind: str | None) -> str:
    """The noun itself: -n in the dative plural, -en for nouns of the weak declension, -em for what was an adjective."""
    low, weak = noun.lower(), _words()["weak"]
    if ending == "em" and low.endswith(tuple(weak["ends"])):
        return noun + "en"
    if ending in ("em", "er"):
        return noun + "n" if low.endswith(tuple(weak["n_ends"])) and ending == "em" else noun
    several = ending == "en" or kind in _PLURAL_KINDS or low.endswith(tuple(_words()["plural"]["ends"]))
    if several and not low.endswith(tuple(_words()["feminine"]["ends"])):
        return noun + "n" if low.endswith(("er", "e", "el")) else noun
    if kind == "person" and low.endswith(("neter", "igter", "ischer")):
        return noun[:-1] + "m"  # "Abgeordneter", "Beschuldigter"
    return noun

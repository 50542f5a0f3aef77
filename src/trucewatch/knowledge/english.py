"""German names of parties, sources and places in English (knowledge/names.en.toml): words to show, never to decide by."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from trucewatch.knowledge.gazetteer import Settlement, gazetteer
from trucewatch.knowledge.load import table
from trucewatch.knowledge.place_spelling import key, sound
from trucewatch.knowledge.register import register

_SEVERAL = frozenset({"civilians", "group", "armed_group", "armed_forces"})
"""Kinds of actor whose noun of one form for one and for several ("Kämpfer") stands for several."""
_REST = re.compile(r"(?s)(.*?)( \(\+\d+\)| …)?")
"""A name in a list, and what a shortened list has behind its last one."""
_ENDING = re.compile(r"(?:en|em|er|es|e)$")
_AMONG = ("des ", "der ", "dem ", "den ")


@lru_cache(maxsize=20_000)
def english(name: str, kind: str | None = None, article: bool = False) -> str:
    """What ``name`` is called in English; what no table knows stays as it is.

    ``kind`` is the actor's kind (codebook 3). With ``article``, as it stands inside a sentence.

    >>> english("ukrainische Armee"), english("Sprecher", "person", article=True), english("Kreml", article=True)
    ('Ukrainian army', 'a spokesperson', 'the Kremlin')
    """
    found = _named(name) or _phrase(name, kind)
    return name if found is None else found if article else _bare(found)


def english_list(names: str, article: bool = False) -> str:
    """Names in a row, each in English, whatever a shortened row ends in.

    >>> english_list("Ärzte, Kreml (+2)", article=True)
    'doctors, the Kremlin (+2)'
    """
    found = []
    for one in names.split(", "):
        parts = _REST.fullmatch(one)
        assert parts is not None  # it matches anything
        found.append(english(parts[1], None, article) + (parts[2] or ""))
    return ", ".join(found)


@lru_cache(maxsize=20_000)
def english_place(name: str, country: str | None = None, geonames: int | None = None, article: bool = False) -> str:
    """What a place is called in English: by the tables, by the gazetteer's name if it sounds alike, part by part.

    ``country`` is its ISO code, ``geonames`` its id, where known. A town that was renamed keeps the name that reports use.

    >>> english_place("Osten Afghanistans"), english_place("Grenze zu Ägypten"), english_place("Gazastreifen", article=True)
    ('eastern Afghanistan', 'border with Egypt', 'the Gaza Strip')
    """
    found = _named(name) or _town(name, country, geonames) or _place_phrase(name, country) or _phrase(name, None)
    return name if found is None else found if article else _bare(found)


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", words)


@cache
def _tables() -> dict[str, Any]:
    return table("names.en")


# --- whole names ---


@cache
def _whole() -> dict[str, str]:
    """German name -> English, with the article that it takes in a sentence."""
    states = table("states")
    found: dict[str, str] = {}
    for code, (name, in_english, *_) in states["states"].items():
        main = _tables()["names"].get(name, in_english)
        for spelling in (name, *states["aliases"].get(code, ())):
            found[spelling] = main
    for name in ("places", "persons", "names"):
        found.update(_tables()[name])
    return found


def _named(name: str) -> str | None:
    return _whole().get(name) or _seat(name)


def _seat(name: str) -> str | None:
    """A capital, which stands for a government as well."""
    code = _capitals().get(name)
    country = gazetteer().countries.get(code) if code else None
    town = gazetteer().by_id(country.capital) if country is not None and country.capital else None
    return _plain(town) if town is not None and _alike(name, town) else None


@cache
def _capitals() -> dict[str, str]:
    return {row[4]: code for code, row in table("states")["states"].items() if row[4]}


# --- nouns and what stands before them ---


def _phrase(name: str, kind: str | None) -> str | None:
    """Adjectives and a noun: "türkische Soldaten", "afghanische und ausländische Soldaten"."""
    *before, noun = name.split(" ")
    adjectives = [_adjective(word) for word in before]
    if None in adjectives or before[-1:] == ["und"]:
        return None
    several = before[-1].endswith("e") if before else kind in _SEVERAL or None
    found = _noun(noun, several) or (None if kind == "person" else _people(noun))
    if found is None:
        return None
    return _joined(found, " ".join(word for word in adjectives if word))


def _joined(noun: str, before: str) -> str:
    """``noun`` with its article, and words between the two."""
    if not before:
        return noun
    article, bare = noun[: len(noun) - len(_bare(noun))].strip(), _bare(noun)
    if article in ("a", "an"):
        article = "an" if before[0] in "aeiouAEIO" and not before.startswith("Eu") and before[:2] != "EU" else "a"
    return f"{article} {before} {bare}".strip()


def _adjective(word: str) -> str | None:
    """An adjective in any case; "und" between two of them."""
    if word == "und":
        return "and"
    if not word[:1].islower() and "-" not in word:
        town = _whole().get(word.removesuffix("er")) if word.endswith("er") else None
        return _bare(town) if town else None
    first, hyphen, last = word.rpartition("-")
    own = _tables()["adjectives"].get(_ENDING.sub("", word))
    code = None if own else register().adjective(word)
    if code in _tables()["states"]:
        own = _tables()["states"][code][0]
    if own is None and hyphen:  # "griechisch-türkische"
        one, other = _adjective(first + "e"), _adjective(last)
        return f"{one}-{other}" if one and other else None
    return str(own) if own else None


def _people(word: str) -> str | None:
    """A people: "Amerikaner", "Palästinensern"."""
    code = register().demonyms.get(word.lower())
    return str(_tables()["states"].get(code, ["", ""])[1]) or None


@cache
def _nouns() -> dict[str, list[tuple[bool, str]]]:
    """German form -> (is it the plural, English with its article)."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for one, (many, in_english, plural) in _tables()["nouns"].items():
        found.setdefault(one, []).append((False, in_english))
        if many:
            found.setdefault(many, []).append((True, plural))
    return found


@cache
def _offices() -> frozenset[str]:
    return frozenset(
        word for words in table("roles.de")["person"].values() if isinstance(words, list) for word in words
    )


def _noun(word: str, several: bool | None) -> str | None:
    """A noun of the table, also as the end of a compound; ``several`` where its form leaves that open."""
    rows = _nouns().get(word)
    if rows is None and word.endswith("n"):  # the dative of a plural
        rows = [row for row in _nouns().get(word[:-1], []) if row[0]]
    if rows:
        many = several if several is not None else word not in _offices() and not rows[0][1].startswith("the ")
        return next((text for plural, text in rows if plural == many), rows[0][1])
    first, hyphen, head = word.rpartition("-")
    if hyphen:
        before = _first_part(first) or (first if first.isupper() else None)
        noun = _noun(head, several) if before else None
        return _joined(noun, before) if noun and before else None
    for at in range(2, len(word) - 2):
        before = _tables()["parts"].get(word[:at])
        head = word[at:].capitalize()
        noun = _noun(head, several) if before and head not in _tables()["alone"]["nouns"] else None
        if noun and before:
            return _joined(noun, before)
    return None


def _first_part(word: str) -> str | None:
    found = _tables()["parts"].get(word) or _whole().get(word)
    return _bare(found) if found else None


# --- places ---


def _town(name: str, country: str | None, geonames: int | None) -> str | None:
    """The gazetteer's name of a town, if it is the same name in other letters."""
    exonym = table("places.de")["exonyms"].get(name)
    if exonym is not None and country in (None, exonym[1]):
        return str(exonym[0])
    if country is None:
        return None
    town = gazetteer().by_id(geonames) if geonames else None
    known = [town] if town is not None else gazetteer().settlements([key(name)])[key(name)]
    return next((_plain(t) for t in known if t.country == country and _alike(name, t)), None)


def _alike(name: str, town: Settlement) -> bool:
    return key(name) == key(town.name) or sound(name, "de") == sound(town.name, "en")


def _plain(town: Settlement) -> str:
    """Its name, without the marks of a scholarly transliteration."""
    if town.country not in table("regions")["transliterated"]:
        return town.name
    decomposed = unicodedata.normalize("NFKD", re.sub("[’‘ʿʾʻʼ`]", "", town.name))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _place_phrase(name: str, country: str | None) -> str | None:
    """ "Nordwesten Syriens", "südlich von Aleppo", "Nordjemen"."""
    for pattern, form in _tables()["place_phrases"].items():
        start = pattern.removesuffix("{x}")
        if not name.startswith(start) or len(name) == len(start):
            continue
        rest, joined = name[len(start) :], not start.endswith(" ")
        if joined:
            inner = _whole().get(rest.capitalize()) if rest[0].islower() else None
        else:
            inner = _inner(rest, country)
        if inner is not None:
            return str(form).format(x=inner)
    return None


def _inner(rest: str, country: str | None) -> str | None:
    """The place inside a phrase, also in the genitive; a name that no table knows stays."""
    for article in _AMONG:
        rest = rest.removeprefix(article)
    if not rest[:1].isupper():
        return None
    for form in (rest, rest.removesuffix("s")):
        found = english_place(form, country, None, True)
        if found != form or form in _whole():
            return found
    return rest

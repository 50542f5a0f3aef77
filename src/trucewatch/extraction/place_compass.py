"""Parts of an area by compass: "Nordsyrien", "Ost-Aleppo", "im Norden", "im Osten des Landes"."""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.extraction.place_bases import BaseFinder
from trucewatch.extraction.place_borders import Draft
from trucewatch.extraction.place_referents import Referent, of_named, of_town, part_of
from trucewatch.knowledge.place_spelling import key

_LARGE = 50_000
"""Inhabitants from which a town's parts have names of their own ("Westmossul")."""


def compass_words(finder: BaseFinder) -> Iterator[Draft]:
    """Single words that name a part of a known area or, in a state that the report names, of a large town."""
    prefixes = finder.words.compass_prefixes
    for i, token in enumerate(finder.tokens):
        if not token.text[:1].isupper() or token.coarse in ("VERB", "AUX", "ADV") or len(token.text) < 7:
            continue
        word = key(token.text)
        if finder.words.has("compass.not", word):
            continue
        for direction in prefixes:
            plain = key(direction)
            if not word.startswith(plain):
                continue
            rest = word[len(plain) :]
            stem = rest.removesuffix("s")
            forms = (stem, rest) if stem in finder.names.by_key else (rest, stem)
            found = next(((r, w) for r in forms if (w := _whole(finder, r, token.coarse))), None)
            if found is not None and len(found[0]) > 3:
                name = token.text.removesuffix("s") if found[0] != rest else token.text
                yield Draft(i, i, part_of(found[1], direction, name))
                break


def _whole(finder: BaseFinder, name: str, coarse: str) -> Referent | None:
    named = [n for n in finder.names.by_key.get(name, ()) if n.precision in ("country", "region", "admin1")]
    if named and not named[0].town_too:
        return of_named(named[0])
    if coarse != "PROPN" and not named:
        return None
    towns = [
        t for t in finder.gazetteer.settlements([name])[name] if finder.weights[t.country] and t.population > _LARGE
    ]
    return of_town(towns[0], towns[0].name) if towns else None


def directions(finder: BaseFinder) -> Iterator[Draft]:
    """ "im Norden", "im Osten des Landes": of the state that the report is about."""
    tokens, words = finder.tokens, finder.words
    top = finder.top_country()
    state = finder.names.countries.get(top) if top else None
    if state is None:
        return
    for i, token in enumerate(tokens):
        if i == 0 or not words.has("compass.in_context", token.text) or not token.text[:1].isupper():
            continue
        j = i - 1 if tokens[i - 1].coarse == "ADP" else i - 2
        if j < 0 or tokens[j].coarse != "ADP" or not words.has("locative.strong", tokens[j].lemma):
            continue
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        last = i
        if after is not None and after.coarse == "DET":
            noun = tokens[i + 2] if i + 2 < len(tokens) else None
            if noun is None or not words.has("compass.whole", noun.lemma):
                continue
            last = i + 2
        elif after is not None and (after.coarse == "PROPN" or words.has("compass.of", after.text)):
            continue
        direction = words.compass_nouns[token.text.casefold()]
        yield Draft(i, last, part_of(of_named(state), direction, compound(direction, state.name)))


def compound(direction: str, name: str) -> str:
    """The name of a part in one word where the whole has one ("Nordsyrien"), else with a hyphen."""
    return f"{direction.capitalize()}{name.lower()}" if name.isalpha() else f"{direction.capitalize()}-{name}"

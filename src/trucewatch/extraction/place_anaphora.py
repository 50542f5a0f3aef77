"""Words that take up a place named before: "dort", "in der Stadt", "das Land"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.extraction.place_bases import BaseFinder
from trucewatch.extraction.place_borders import Draft
from trucewatch.extraction.place_referents import Referent, of_named
from trucewatch.extraction.place_use import Use
from trucewatch.language.analysis import Analysis, Token

_FINENESS = {"exact": 0, "place": 1, "admin2": 2, "line": 3, "admin1": 3, "region": 4, "country": 5}
_FITS = {
    "place": ("place",), "admin1": ("admin1", "admin2"), "area": ("admin1", "region", "admin2"),
    "country": ("country",),
}  # fmt: skip
_MEMORY = 60
"""How many mentions back a noun reaches."""
_REACH = 6
"""How many sentences back an adverb of place reaches."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A resolved word: tokens ``first`` to ``last``."""

    first: int
    last: int
    referent: Referent
    preposition: str | None
    locative: bool


def anaphors(analysis: Analysis, finder: BaseFinder, drafts: list[Draft], uses: list[Use]) -> Iterator[Anaphor]:
    """All such words whose place is clear, in text order."""
    tokens, words = analysis.tokens, finder.words
    covered = {i for d in drafts for i in range(d.first, d.last + 1)}
    pairs = [(d, u) for d, u in zip(drafts, uses, strict=True) if not u.dateline]
    starts = {d.first for d in drafts}
    passed = 0
    for token in tokens:
        i = token.i
        while passed < len(pairs) and pairs[passed][0].last < i:
            passed += 1
        if i in covered:
            continue
        if words.has("anaphora.adverbs", token.text):
            referent = _last_scene(analysis, pairs, passed, i)
            if referent is not None:
                yield Anaphor(i, i, referent, None, True)
            continue
        word = token.text.casefold()
        if word in words.plural_cues and token.text[:1].isupper() and _paired(finder, i):
            for referent in _last_list(pairs, passed):
                yield Anaphor(i, i, referent, None, True)
            continue
        kind = next(
            (
                words.anaphora_nouns[w]
                for w in (word, word.removesuffix("s"), word.removesuffix("es"))
                if w in words.anaphora_nouns
            ),
            None,
        )
        if kind is None or not token.text[:1].isupper():
            continue
        first = _definite(finder, i)
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if first is None or (after is not None and after.coarse in ("PROPN", "DET")):
            continue
        if after is not None and after.coarse == "ADP" and (i + 2 in starts or i + 3 in starts):
            continue  # "das Gebiet um X" names a place of its own
        if after is not None and after.text[:1].isupper() and _names_itself(tokens, i):
            continue  # "das Dorf Maarat Misrin"
        referent = _last_fitting(finder, pairs, passed, kind)
        if referent is None:
            continue
        governing = first if tokens[first].coarse == "ADP" else first - 1
        if governing > 0 and words.has("locative.parts", tokens[governing].text):  # "im Norden der Stadt"
            governing -= 1
        preposition = None
        if governing >= 0 and tokens[governing].coarse == "ADP":
            preposition = tokens[governing].lemma.casefold()
        locative = preposition is not None and any(
            words.has(name, preposition) for name in ("locative.strong", "locative.moderate", "anaphora.scope")
        )
        yield Anaphor(i, i, referent, preposition, locative)


def _names_itself(tokens: list[Token], i: int) -> bool:
    """A name stands right behind the noun, though no gazetteer knows it: a capitalised word that no article leads in."""
    after = tokens[i + 1]
    return after.coarse in ("PROPN", "X") or after.coarse == "NOUN" and after.sentence == tokens[i].sentence


def _paired(finder: BaseFinder, i: int) -> bool:
    """Does "beide" or "diese" stand before the noun, perhaps with more between?"""
    sentence = finder.tokens[i].sentence
    return any(
        t.sentence == sentence and finder.words.has("anaphora.pair", t.text) for t in finder.tokens[max(0, i - 8) : i]
    )


def _last_list(pairs: list[tuple[Draft, Use]], passed: int) -> list[Referent]:
    """The members of the last list of places ("Homs und Hama"), if the last places were such a list."""
    members: list[Draft] = []
    for draft, _ in _backwards(pairs, passed):
        if members and (
            members[-1].first - draft.last != 2 or draft.referent.precision != members[-1].referent.precision
        ):
            if len(members) > 1:
                break
            members = []
        members.append(draft)
    return [d.referent for d in reversed(members)] if 1 < len(members) < 5 else []


def _definite(finder: BaseFinder, i: int) -> int | None:
    """The token of the definite word before the noun, over adjectives; None where the noun is not definite."""
    j = i - 1
    while (
        j >= 0
        and j > i - 4
        and finder.tokens[j].coarse == "ADJ"
        and not finder.words.nationality(finder.tokens[j].text)
    ):
        j -= 1
    if j < 0 or not finder.words.has("anaphora.determiners", finder.tokens[j].text):
        return None
    return j


def _last_scene(analysis: Analysis, pairs: list[tuple[Draft, Use]], passed: int, i: int) -> Referent | None:
    """The finest place of the nearest sentence that has one which is not an actor; of equals the last."""
    here = analysis.tokens[i].sentence
    best: tuple[int, int] | None = None
    found: Referent | None = None
    for draft, use in _backwards(pairs, passed):
        sentence = analysis.tokens[draft.first].sentence
        if here - sentence > _REACH or (best is not None and sentence < best[0]):
            break
        if use.metonymic or (not use.locative and (use.governor is not None or use.preposition is not None)):
            continue
        rank = (sentence, -_FINENESS[draft.referent.precision])
        if best is None or rank > best:
            best, found = rank, draft.referent
    return found


def _last_fitting(finder: BaseFinder, pairs: list[tuple[Draft, Use]], passed: int, kind: str) -> Referent | None:
    fits = _FITS[kind]
    for draft, use in _backwards(pairs, passed):
        named = draft.referent.ident[0] != "near"
        if named and draft.referent.precision in fits and not use.metonymic and (use.locative or kind != "country"):
            return draft.referent
    located = [d.referent for d, u in _backwards(pairs, passed) if u.locative]
    if kind == "country":
        iso = next((r.country for r in located if r.country), None)
        state = finder.names.countries.get(iso or finder.top_country() or "")
        return of_named(state) if state else None
    if kind == "area":
        top = finder.top_country()
        return next((r for r in located if r.precision != "country" and r.country == top), None)
    return None


def _backwards(pairs: list[tuple[Draft, Use]], passed: int) -> Iterator[tuple[Draft, Use]]:
    """The last mentions before the word, nearest first."""
    for number in range(passed - 1, max(-1, passed - 1 - _MEMORY), -1):
        yield pairs[number]

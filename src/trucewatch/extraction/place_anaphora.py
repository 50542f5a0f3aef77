"""Words that take up a place named before: "dort", "in der Stadt", "das Land"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.extraction.place_bases import BaseFinder
from trucewatch.extraction.place_drafts import Draft
from trucewatch.extraction.place_referents import Referent, of_named
from trucewatch.extraction.place_use import Use
from trucewatch.language.analysis import Analysis

_FINENESS = {"exact": 0, "place": 1, "admin2": 2, "line": 3, "admin1": 3, "region": 4, "country": 5}
_FITS = {
    "place": ("place",), "admin1": ("admin1", "admin2"), "area": ("admin1", "region", "admin2"), "country": ("country",),
}  # fmt: skip
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
    before = [(d, u) for d, u in zip(drafts, uses, strict=True) if not u.dateline]
    for token in tokens:
        i = token.i
        if i in covered:
            continue
        if words.has("anaphora.adverbs", token.text):
            referent = _last_scene(analysis, before, i)
            if referent is not None:
                yield Anaphor(i, i, referent, None, True)
            continue
        kind = finder.words.anaphora_nouns.get(token.lemma.casefold()) or words.anaphora_nouns.get(token.text.casefold())
        if kind is None or not token.text[:1].isupper():
            continue
        first = _definite(finder, i)
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if first is None or (after is not None and after.coarse in ("PROPN", "DET")):
            continue
        referent = _last_fitting(finder, before, i, kind)
        if referent is None:
            continue
        governing = first if tokens[first].coarse == "ADP" else first - 1
        preposition = None
        if governing >= 0 and tokens[governing].coarse == "ADP":
            preposition = tokens[governing].lemma.casefold()
        locative = preposition is not None and (
            words.has("locative.strong", preposition) or words.has("locative.moderate", preposition)
        )
        yield Anaphor(i, i, referent, preposition, locative)


def _definite(finder: BaseFinder, i: int) -> int | None:
    """The token of the definite word before the noun, over adjectives; None where the noun is not definite."""
    j = i - 1
    while j >= 0 and j > i - 4 and finder.tokens[j].coarse == "ADJ" and not finder.words.nationality(finder.tokens[j].text):
        j -= 1
    if j < 0 or not finder.words.has("anaphora.determiners", finder.tokens[j].text):
        return None
    return j


def _last_scene(analysis: Analysis, before: list[tuple[Draft, Use]], i: int) -> Referent | None:
    """The finest place of the nearest sentence that has one which is not an actor."""
    here = analysis.tokens[i].sentence
    best: tuple[int, int, int] | None = None
    found: Referent | None = None
    for draft, use in before:
        if draft.last >= i or use.metonymic:
            continue
        sentence = analysis.tokens[draft.first].sentence
        if here - sentence > _REACH or (not use.locative and (use.governor is not None or use.preposition is not None)):
            continue
        rank = (sentence, -_FINENESS[draft.referent.precision], draft.first)
        if best is None or rank > best:
            best, found = rank, draft.referent
    return found


def _last_fitting(finder: BaseFinder, before: list[tuple[Draft, Use]], i: int, kind: str) -> Referent | None:
    fits = _FITS[kind]
    earlier = [(d, u) for d, u in before if d.last < i]
    for draft, use in reversed(earlier):
        if draft.referent.precision in fits and not use.metonymic and (use.locative or kind != "country"):
            return draft.referent
    if kind == "country":
        iso = next((d.referent.country for d, u in reversed(earlier) if u.locative and d.referent.country), None)
        state = finder.names.countries.get(iso or finder.top_country() or "")
        return of_named(state) if state else None
    if kind == "area":
        return next((d.referent for d, u in reversed(earlier) if u.locative and d.referent.precision != "country"), None)
    return None

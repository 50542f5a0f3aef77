"""Borders, front lines and border areas: "Grenze zu X", "türkisch-syrische Grenze", "an der Kontaktlinie"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trucewatch.extraction.place_candidates import Base
from trucewatch.extraction.place_referents import Referent, of_base
from trucewatch.extraction.place_words import PlaceWords
from trucewatch.language.analysis import Token


@dataclass(slots=True)
class Draft:
    """A place mention before its use is judged: tokens ``first`` to ``last``; ``bare``: nothing is around the name."""

    first: int
    last: int
    referent: Referent
    bare: bool = False


class Borders:
    """The lines of one text; ``taken`` are the first tokens of the names that they use up."""

    def __init__(self, tokens: list[Token], words: PlaceWords, by_first: dict[int, Base]) -> None:
        self.tokens, self.words, self._by_first = tokens, words, by_first
        self.taken: set[int] = set()

    def drafts(self) -> Iterator[Draft]:
        """All of them in text order."""
        last_border: Referent | None = None
        for i, token in enumerate(self.tokens):
            if not token.text[:1].isupper() or i in self.taken:
                continue
            word = token.text.casefold()
            area = self.words.has("lines.area", word)
            if (not area and not self.words.has("lines.nouns", word)) or i in self._by_first:
                continue
            first, named = self._adjectives(i)
            last, sides = self._sides(i)
            if named is None and not sides and not self._has_preposition(i):
                continue
            parts = [*(named[0] if named else []), *[r.country for _, r in sides if r.country]]
            base_words = text_of(self.tokens, i + 1, last) if last > i else ""
            name = " ".join(w for w in (named[1] if named else "", token.text, base_words) if w)
            if not parts and not sides and last_border is not None and self.words.has("lines.border", word):
                yield Draft(i, i, last_border)
                continue
            whole = sides[0][1] if sides else None
            country = parts[0] if len(set(parts)) == 1 else None
            lat, lon = (whole.lat, whole.lon) if whole else (None, None)
            stem = "front" if self.words.has("lines.front", word) else "area" if area else word
            ident = ("line", stem, *sorted({p for p in parts if p}))
            referent = Referent(
                ident, name, "border area" if area else "line", "region" if area else "line", country, None, lat, lon
            )
            if self.words.has("lines.border", word):
                last_border = referent
            self.taken |= {b.first for b, _ in sides}
            yield Draft(first, last, referent)

    def _sides(self, i: int) -> tuple[int, list[tuple[Base, Referent]]]:
        """The names after a border noun ("Grenze zu X", "zwischen X und Y", "Grenze Syriens") and their last token."""
        sides: list[tuple[Base, Referent]] = []
        last, j = i, i + 1
        if j < len(self.tokens) and self.words.has("lines.of", self.tokens[j].lemma):
            j += 1
        elif j < len(self.tokens) and self.tokens[j].coarse not in ("DET", "PROPN"):
            return last, sides
        while j < len(self.tokens) and len(sides) < 3:
            while j < len(self.tokens) and self.tokens[j].coarse in ("DET", "ADJ"):
                j += 1
            base = self._by_first.get(j)
            if base is None:
                break
            sides.append((base, of_base(base)))
            last, j = base.last, base.last + 1
            if j < len(self.tokens) and self.words.has("lines.link", self.tokens[j].text):
                j += 1
            else:
                break
        return last, sides

    def _adjectives(self, i: int) -> tuple[int, tuple[list[str], str] | None]:
        """Nationality adjectives before token ``i``: the first of them, their states, and their basic form."""
        j = i - 1
        while j >= 0 and self.tokens[j].coarse == "ADJ" and not nations(self.words, self.tokens[j].text) and j > i - 2:
            j -= 1
        if j < 0 or not (found := nations(self.words, self.tokens[j].text)):
            return i, None
        return j, (found, basic_adjective(self.tokens[j].text))

    def _has_preposition(self, i: int) -> bool:
        j = i - 1
        while j >= 0 and self.tokens[j].coarse in ("DET", "ADJ"):
            j -= 1
        return j >= 0 and self.tokens[j].coarse == "ADP"


def text_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words of the tokens ``first`` to ``last``, both included, with one blank between them."""
    return " ".join(t.text for t in tokens[first : last + 1])


def nations(words: PlaceWords, word: str) -> list[str]:
    """States of "syrischen" or "türkisch-syrischen"; empty for other words."""
    whole = words.nationality(word)
    if whole is not None:
        return [whole[1]]
    found = [words.nationality(part) for part in word.split("-")] if "-" in word else []
    return [f[1] for f in found if f] if found and all(found) else []


def basic_adjective(word: str) -> str:
    """ "griechisch-türkischen" -> "griechisch-türkische"."""
    return word[:-1] if word.endswith(("en", "er", "es", "em")) else word

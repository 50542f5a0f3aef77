"""German tokens: words, numbers, abbreviations, ordinals and marks, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from trucewatch.knowledge.load import table
from trucewatch.language.german.gendered import MARKED, plain


@dataclass(frozen=True, slots=True)
class Piece:
    """One token before analysis: ``text[start:end]``; of a gendered word ("Soldat*innen") the form that it is read as."""

    text: str
    start: int
    end: int


_PATTERN = re.compile(
    rf"""
    (?P<url>https?://\S+|www\.\S+)
  | (?P<gendered>{MARKED})
  | (?P<figure>\d+[-‐‑][^\W\d_]+(?:[-‐‑][^\W_]+)*)
  | (?P<number>\d{{1,3}}(?:[.\u00a0\u202f ]\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:[.,:]\d+)*)
  | (?P<dotted>(?:[A-Za-zÄÖÜäöü]\.){{2,}})
  | (?P<word>[^\W\d_]+(?:['’`]?[^\W_]+)*(?:[-‐‑][^\W_]+(?:['’][^\W_]+)*)*-?)
  | (?P<ellipsis>\[\s?(?:\.{{3}}|…)\s?\]|\.{{2,}}|…)
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(a.casefold() for a in table("text.de")["abbreviations"])


@cache
def _ordinals() -> tuple[frozenset[str], frozenset[str]]:
    data = table("text.de")
    return frozenset(data["ordinal_followers"]), frozenset(data["ordinal_leaders"])


def pieces(text: str) -> list[Piece]:
    """All tokens of ``text`` in order; white space is between them and nowhere else.

    An abbreviation ("bzw.", "U.S.") and an ordinal ("28.") keep their full stop; every other mark stands alone.

    >>> [p.text for p in pieces("Am 28. Februar bzw. später.")]
    ['Am', '28.', 'Februar', 'bzw.', 'später', '.']
    """
    found: list[Piece] = []
    abbreviations = _abbreviations()
    followers, leaders = _ordinals()
    skip_to = -1
    for match in _PATTERN.finditer(text):
        start, end = match.span()
        if start < skip_to:
            continue
        kind = match.lastgroup
        if kind == "word" and end < len(text) and text[end] == ".":
            word = text[start:end]
            initial = len(word) == 1 and word.isupper()
            if initial or word.casefold() + "." in abbreviations:
                end += 1
        elif kind == "number" and end < len(text) and text[end] == "." and end - start <= 2:
            before = found[-1].text.casefold() if found else ""
            after = re.match(r"\s+([^\W\d_]+)", text[end + 1 : end + 40])
            if after is not None:
                word = after[1]
                if (
                    word[0].islower()
                    or word.casefold() in followers
                    or (before in leaders and int(text[start:end]) < 32)
                ):
                    end += 1
            elif re.match(r"(?:/|-|–|\s+\d{1,2}\.)", text[end + 1 : end + 6]):
                end += 1
        skip_to = end
        word = text[start:end]
        found.append(Piece(plain(word) if kind in ("gendered", "word") else word, start, end))
    return found

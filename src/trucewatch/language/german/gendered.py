"""Gendered forms of nouns for people: "Soldat*innen", "Bewohner/-innen", "RebellInnen", "Sprecher:in".

They are read as the feminine form that they contain, so that their endings tell number and case, with the lemma of
the masculine: what holds of "Soldat" holds of them. Their place in the text stays that of the words as written.
"""

from __future__ import annotations

import re
from functools import cache

from trucewatch.knowledge.load import table

MARKED = (
    r"[^\W\d_][^\W_]*(?:-[^\W_]+)*"
    r"(?:[*:_·•]innen[a-zäöüß]*|[*:_·•]in(?!\w)|/-?innen|/-in(?!\w)|\(-?innen\)|\(-?in\))(?!\w)"
)
"""A noun and its mark; the colon of a sentence ("Sprecher: in …") is told apart by the blank."""
_MARK = re.compile(r"[*:_·•/(]-?(?=in)|\)$")
_CAPITAL = re.compile(r"(?<=[a-zäöüß])In(?=nen|$)")


def plain(word: str) -> str:
    """The feminine form in a gendered word; a word without a mark or an inner capital as it is.

    >>> plain("Soldat*innen"), plain("BewohnerInnen"), plain("Helfer/-in"), plain("Angriff")
    ('Soldatinnen', 'Bewohnerinnen', 'Helferin', 'Angriff')
    """
    return _CAPITAL.sub("in", _MARK.sub("", word)) if word[:1].isupper() else word


def masculine(lemma: str) -> str:
    """The masculine lemma of a feminine one ("Polizistin" → "Polizist", "Zeugin" → "Zeuge").

    >>> masculine("Soldatin"), masculine("Zeugin"), masculine("Ärztin")
    ('Soldat', 'Zeuge', 'Arzt')
    """
    if not lemma.endswith("in"):
        return lemma
    stem = lemma[:-2]
    for end, other in _odd().items():
        if stem.casefold().endswith(end):
            return stem[: len(stem) - len(end)] + (other.capitalize() if len(stem) == len(end) else other)
    return stem


@cache
def _odd() -> dict[str, str]:
    return dict(table("nouns.de")["gendered"]["stems"])

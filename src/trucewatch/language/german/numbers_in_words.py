"""The whole number that one German word writes, in figures or letters."""

from __future__ import annotations

import re
from functools import lru_cache

from text_to_num import text2num

from trucewatch.knowledge.load import table

_WHOLE = re.compile(r"\d+|\d{1,3}(?:[.\s\u00a0\u202f]\d{3})+")


@lru_cache(maxsize=5000)
def number_of(text: str) -> int | None:
    """The whole number that a token writes, in figures or words, else None.

    >>> number_of("13 000"), number_of("dreiundzwanzig"), number_of("2,5"), number_of("5.5"), number_of("Haus")
    (13000, 23, None, None, None)
    """
    low = text.lower()
    if text[:1].isdecimal():
        digits = re.sub(r"[.\s\u00a0\u202f]", "", text) if _WHOLE.fullmatch(text) else ""
        return int(digits) if digits.isdecimal() and len(digits) < 12 else None
    if low in table("numbers.de")["word"]:
        return int(table("numbers.de")["word"][low])
    if (
        len(low) < 4
        or len(low) > 40
        or not low.isalpha()
        or not any(part in low for part in ("zehn", "zig", "ßig", "hundert", "tausend"))
    ):
        return None
    try:
        return int(text2num(low, "de"))
    except (ValueError, KeyError, IndexError):
        return None

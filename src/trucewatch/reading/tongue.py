"""Whether a text is plainly in a language that is not read: by its small words, or by its script."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from trucewatch.knowledge.load import table

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6_000
"""Characters that decide."""
_FEWEST = 10
"""Words below which nothing is decided."""
_MANY = 0.12
"""Share of another language's small words from which on it may be that one."""
_LATIN = "LATIN"


def tongue(text: str) -> str | None:
    """The ISO code of the other language that ``text`` is plainly in, ``"script"`` for another script; else ``None``.

    >>> tongue("The army said that its troops had been attacked at the border."), tongue("Die Armee wurde angegriffen.")
    ('en', None)
    """
    words = [word.casefold() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _FEWEST:
        return None
    letters = [character for word in words for character in word if character.isalpha()][:600]
    if sum(_LATIN in unicodedata.name(letter, "") for letter in letters) < 0.5 * len(letters):
        return "script"
    read, others = _small()
    share = sum(word in read for word in words) / len(words)
    best = max(others, key=lambda code: sum(word in others[code] for word in words))
    other = sum(word in others[best] for word in words) / len(words)
    return best if other >= _MANY and share < other / 3 else None


@cache
def _small() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    words = table("tongues")
    read = frozenset(word for listed in words["reads"].values() for word in listed.split())
    # what both have tells neither from the other
    return read, {code: frozenset(listed.split()) - read for code, listed in words["other"].items()}

"""Which language a text is in: by its script and its function words."""

from __future__ import annotations

import re
from functools import cache

from trucewatch.knowledge.load import table

_SAMPLE = 20_000
_FEWEST = 20
"""Words below which a text is taken for what it is read as: headlines have few function words."""
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in table("languages").items()}


def language_of(text: str, default: str = "de") -> str:
    """``de``, ``en``, or ``und`` (undetermined: another language); ``default`` where the text is too short to tell.

    >>> language_of("Kiew meldet Ruhe")
    'de'
    """
    words = _WORD.findall(text[:_SAMPLE])
    latin = sum(1 for word in words if _LATIN.fullmatch(word))
    if latin < 0.5 * len(words):
        return "und"
    if len(words) < _FEWEST:
        return default
    low = [word.casefold() for word in words]
    shares = {language: sum(word in known for word in low) / len(low) for language, known in _function_words().items()}
    if shares["de"] >= 0.08 and shares["de"] >= shares["en"]:
        return "de"
    if shares["en"] >= 0.15 and shares["en"] > 2 * shares["de"]:
        return "en"
    if shares["de"] >= 0.04:
        return "de"
    # Tables and telegraphic texts have few function words of any language.
    return default if max(shares.values()) < 0.02 and _looks_german(text) else "und"


def _looks_german(text: str) -> bool:
    """Whether there are about as many umlauts as German has."""
    sample = text[:_SAMPLE]
    return sum(sample.count(letter) for letter in "äöüß") > len(sample) / 500

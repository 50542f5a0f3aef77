"""Numbers set against each other: "zwei und nicht zwölf", "sieben, nicht neun", "nicht acht, sondern fünf", "fünf statt acht".

The "nicht" denies the wrong number alone, not what is said of those counted.
"""

from __future__ import annotations

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Token
from trucewatch.language.german.numbers_in_words import number_of

_FAR = 4
"""The number meant follows so many tokens behind the wrong one at most ("nicht acht Soldaten, sondern fünf")."""


def meant(tokens: list[Token], i: int) -> tuple[int, int] | None:
    """For the token ``i`` that sets two numbers apart: (the wrong number's token, the token of the number meant)."""
    words = table("numbers.de")["contrast"]
    low = tokens[i].text.lower()
    if low not in words["against"]:
        return None
    wrong = next((j for j in range(i + 1, min(i + 3, len(tokens))) if _number(tokens[j])), None)
    if wrong is None or any(tokens[j].coarse in ("VERB", "AUX", "NOUN") for j in range(i + 1, wrong)):
        return None
    before = i - 1
    if before >= 0 and tokens[before].text.lower() in words["joining"]:
        before -= 1
    if before >= 0 and _number(tokens[before]):
        return wrong, before
    for j in range(wrong + 1, min(wrong + _FAR, len(tokens) - 1)):
        if tokens[j].text.lower() in words["instead"] and low in words["denying"]:
            right = next((k for k in range(j + 1, min(j + 3, len(tokens))) if _number(tokens[k])), None)
            return (wrong, right) if right is not None else None
    return None


def _number(token: Token) -> bool:
    return token.tag not in ("ART", "PIAT") and number_of(token.text) is not None

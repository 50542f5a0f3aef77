"""How many: the number of a German noun phrase as a range ("mindestens 33", "Dutzende", "zwischen 20 und 30")."""

from __future__ import annotations

import re
from functools import cache

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Phrase, Quantity, Token
from trucewatch.language.german.contrasts import meant
from trucewatch.language.german.numbers_in_words import number_of


@cache
def _data() -> dict[str, dict[str, int]]:
    data = table("numbers.de")
    return {"word": data["word"], "vague": data["vague"], "scale": data["scale"]}


_UNITS = {
    "jahr",
    "monat",
    "woche",
    "tag",
    "stunde",
    "minute",
    "meter",
    "kilometer",
    "zentimeter",
    "tonne",
    "kilogramm",
    "kilo",
    "liter",
    "mann",
}


_RANGE = frozenset({"bis", "oder", "und", "-", "–", "—", "/", "zu"})
"""What stands between the two numbers of a range."""


@cache
def _modifiers() -> tuple[dict[str, str], frozenset[str]]:
    data = table("numbers.de")
    return data["modifier"], frozenset(data["more"]["words"])


def _decimal(text: str) -> float | None:
    return float(text.replace(",", ".")) if re.fullmatch(r"\d+,\d+", text) else None


def quantity_of(tokens: list[Token], phrase: Phrase) -> Quantity | None:
    """The number of things that ``phrase`` names, or None where it does not say.

    "ein"/"eine" counts 1 for a singular noun. Years and ordinals are no quantities.
    """
    if phrase.members or phrase.pronoun and tokens[phrase.head].tag not in ("PIS", "PIAT", "CARD"):
        return None
    if tokens[phrase.head].text.lower() in ("niemand", "niemanden", "niemandem", "keiner", "keine", "keinen"):
        return Quantity(0, 0, False, False, tokens[phrase.head].start, tokens[phrase.head].end)
    first = phrase.first
    end = min(phrase.head, phrase.core_last)
    against = next((m for i in range(max(0, first - 1), end + 1) if (m := meant(tokens, i)) is not None), None)
    if against is not None and first <= against[0] <= end:
        right = tokens[against[1]]
        n = number_of(right.text)
        return Quantity(n, n, False, False, right.start, right.end, corrected=True)
    vague, scale = _data()["vague"], _data()["scale"]
    modifiers, more_words = _modifiers()
    kind: str | None = None
    values: list[float] = []
    start: int | None = None
    last: int | None = None
    additional = between = False
    lowest: int | None = None
    for i in range(first, end + 1):
        token = tokens[i]
        low = token.text.lower()
        if low in more_words:
            additional = True
            continue
        if i == phrase.head and token.tag in ("NN", "NE", "NNA") and low not in vague and low not in scale:
            break
        if low == "zwischen":
            between = True
        if low in modifiers and not values:
            if low not in ("unter", "über") or i + 1 <= end and (tokens[i + 1].tag == "CARD"):
                kind = modifiers[low] if kind != "less" else kind
                start = i if start is None else start
                continue
        if low in vague and (not values):
            lowest, start, last = vague[low], i if start is None else start, i
            continue
        if low in scale and values:
            values[-1] *= scale[low]
            last = i
            continue
        value: float | None = number_of(token.text)
        if value is None:
            value = _decimal(token.text)
        if value is None or token.tag == "ART" and token.number == "plural":
            continue
        if token.tag in ("ART", "PIAT", "PIS") and low.startswith("ein") and (phrase.number == "plural" or values):
            continue
        if token.tag == "ADJA" and token.text.endswith("."):
            continue
        if (
            i < end
            and tokens[i + 1].tag == "NN"
            and tokens[i + 1].i != phrase.head
            and tokens[i + 1].lemma.lower() in _UNITS
        ):
            continue  # "eine 62 Jahre alte Frau": an age, not a number of people
        if (
            token.text.isdecimal()
            and len(token.text) == 4
            and 1900 <= value <= 2100
            and (tokens[i - 1].tag in ("NN", "APPR", "APPRART") or value % 100 and tokens[i - 1].text == ",")
        ):
            continue  # a year ("wirft ihm vor, 2013 Raketen abgefeuert zu haben")
        if values and last is not None and not any(t.text.lower() in _RANGE for t in tokens[last + 1 : i]):
            values, start = [], None  # "des Typs 83 insgesamt neun Männer": the last number counts
        values.append(value)
        start = i if start is None else start
        last = i
    negative = phrase.determiner == "negative"
    if negative and not values:
        return Quantity(0, 0, False, additional, tokens[phrase.core_first].start, tokens[phrase.head].end)
    if start is None or last is None:
        return None
    span = tokens[start].start, tokens[phrase.head].end
    if lowest is not None and not values:
        if kind == "more":
            lowest += 0
        return Quantity(lowest, None, False, additional, *span)
    if not values:
        return None
    numbers = [int(v) for v in values]
    if len(numbers) >= 2 and (between or numbers[0] < numbers[1]):
        return Quantity(numbers[0], numbers[1], False, additional, *span)
    n = numbers[0]
    low_high: tuple[int | None, int | None] = {
        "at_least": (n, None), "more": (n + 1, None), "at_most": (None, n), "less": (None, max(0, n - 1)),
    }.get(kind or "", (n, n))  # fmt: skip
    return Quantity(low_high[0], low_high[1], kind == "about", additional, *span)

"""How many: the number of a German noun phrase as a range ("mindestens 33", "Dutzende", "zwischen 20 und 30")."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Phrase, Quantity, Token
from trucewatch.language.german.contrasts import meant
from trucewatch.language.german.numbers_in_words import number_of
from trucewatch.record import Bound

_RANGE = frozenset({"bis", "oder", "und", "-", "–", "—", "/", "zu"})
"""What stands between the two numbers of a range."""
_DECIMAL = re.compile(r"\d+,\d+")
_ROUGH = frozenset({"about", "nearly"})
_OPPOSITE: dict[Bound, Bound] = {"more_than": "up_to", "less_than": "at_least"}
_RANGES: dict[Bound | None, Callable[[int], tuple[int | None, int | None]]] = {
    "at_least": lambda n: (n, None),
    "more_than": lambda n: (n + 1, None),
    "up_to": lambda n: (None, n),
    "less_than": lambda n: (None, max(0, n - 1)),
}


@cache
def _data(name: str) -> dict[str, Any]:
    return dict(table("numbers.de")[name])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("numbers.de")["words"][name])


def quantity_of(tokens: list[Token], phrase: Phrase) -> Quantity | None:
    """The number of things that ``phrase`` names, or None where it does not say.

    "ein"/"eine" counts 1 for a singular noun. Years and ordinals are no quantities.
    """
    head = tokens[phrase.head]
    if phrase.members or phrase.pronoun and head.tag not in ("PIS", "PIAT", "CARD"):
        return None
    if head.text.lower() in _words("nobody"):
        return Quantity(0, 0, start=head.start, end=head.end, until=head.end)
    return _set_right(tokens, phrase) or _by_digits(tokens, phrase) or _Reader(tokens, phrase).read()


def _set_right(tokens: list[Token], phrase: Phrase) -> Quantity | None:
    """ "zwei und nicht zwölf": the number meant."""
    first, end = phrase.first, min(phrase.head, phrase.core_last)
    against = next((m for i in range(max(0, first - 1), end + 1) if (m := meant(tokens, i)) is not None), None)
    if against is None or not first <= against[0] <= end:
        return None
    right = tokens[against[1]]
    n = number_of(right.text)
    return Quantity(n, n, start=right.start, end=right.end, until=right.end, corrected=True)


def _by_digits(tokens: list[Token], phrase: Phrase) -> Quantity | None:
    """ "eine zweistellige Zahl", "in dreistelliger Höhe"."""
    for token in (tokens[i] for i in phrase.adjectives):
        for stem, (low, high) in _data("digits").items():
            if token.text.lower().startswith(stem):
                return Quantity(low, high, start=token.start, end=tokens[phrase.head].end, until=token.end)
    return None


class _Reader:
    """Reads the words of one phrase up to its head, one by one."""

    def __init__(self, tokens: list[Token], phrase: Phrase) -> None:
        self.tokens = tokens
        self.phrase = phrase
        self.end = min(phrase.head, phrase.core_last)
        self.values: list[float] = []
        self.scaled = 0
        """How many of ``values`` a word of scale has multiplied."""
        self.article = False
        """The only number so far is an article ("ein")."""
        self.lowest: int | None = None
        self.bound: Bound | None = None
        self.between = self.additional = False
        self.first: int | None = None
        self.last: int | None = None

    def read(self) -> Quantity | None:
        """The quantity, or None where the words give no number."""
        i = self.phrase.first
        while i <= self.end and not self._counted(i):
            i = self._modifier(i) or self._rough(i) or self._scale(i) or self._number(i) or i + 1
        head = self.tokens[self.phrase.head]
        if self.phrase.determiner == "negative" and not self.values:
            start = self.tokens[self.phrase.core_first].start
            return Quantity(0, 0, additional=self.additional, start=start, end=head.end, until=head.end)
        several = int(_data("group").get(head.lemma.lower(), 1))
        if self.first is None or self.last is None:
            return self._pair(head, several)
        if self.article and self.bound is None and head.lemma.lower() in _words("uncounted"):
            return None  # "eine unbekannte Zahl", "eine Gruppe"
        until = head.end if several > 1 else self.tokens[self.last].end
        start = self.tokens[self.first].start
        if not self.values:
            if self.lowest is None:
                return None
            return Quantity(self.lowest, None, False, self.additional, start, head.end, until, self.bound)
        numbers = [int(v * several) for v in self.values]
        if len(numbers) >= 2 and (self.between or numbers[0] < numbers[1]):
            return Quantity(numbers[0], numbers[1], False, self.additional, start, head.end, until)
        n = numbers[0]
        low, high = _RANGES[self.bound](n) if self.bound in _RANGES else (n, n)
        return Quantity(low, high, self.bound in _ROUGH, self.additional, start, head.end, until, self.bound)

    def _pair(self, head: Token, several: int) -> Quantity | None:
        """ "das Ehepaar", "seine Eltern": a word for so many people, without a number."""
        plural = head.lemma.lower() in _words("always_plural")
        if several == 1 or self.phrase.determiner == "none" or self.phrase.number == "plural" and not plural:
            return None
        return Quantity(several, several, start=head.start, end=head.end, until=head.end)

    def _counted(self, i: int) -> bool:
        """Is token ``i`` the noun that is counted?"""
        token = self.tokens[i]
        low = token.text.lower()
        known = low in _data("vague") or low in _data("scale")
        return i == self.phrase.head and token.tag in ("NN", "NE", "NNA") and not known

    def _take(self, i: int) -> int:
        self.first = i if self.first is None else self.first
        self.last = i
        return i + 1

    def _low(self, i: int) -> str:
        return self.tokens[i].text.lower() if i <= self.end else ""

    def _modifier(self, i: int) -> int | None:
        """What stands before a number ("mindestens", "an die", "nicht mehr als")."""
        low = self._low(i)
        if low in _words("more"):
            self.additional = True
            return i + 1
        if low == "zwischen":
            self.between = True
            return self._take(i)
        if self.values and not self.article:
            if low not in _data("modifier") or low in _RANGE or not self._numeral(i + 1 + (self._low(i + 1) == "als")):
                return None
            self.values, self.first, self.scaled = [], None, 0  # "2024 mehr als 45 Menschen"
        if f"{low} {self._low(i + 1)}" in _words("about_pairs"):
            self.bound = "about"
            return self._take(i) + 1
        bound: Bound | None = _data("modifier").get(low)
        if bound is None or low in ("unter", "über") and not self._numeral(i + 1):
            return None
        if i and self.tokens[i - 1].text.lower() == "nicht" and bound in _OPPOSITE:
            bound = _OPPOSITE[bound]
            self.first = i - 1 if self.first is None else self.first
        self.bound = self.bound if self.bound == "less_than" else bound
        return self._take(i)

    def _numeral(self, i: int) -> bool:
        return i <= self.end and (self.tokens[i].tag == "CARD" or self._low(i).startswith("ein"))

    def _rough(self, i: int) -> int | None:
        """A word that counts only roughly ("Dutzende", "mehrere")."""
        low = self._low(i)
        if low not in _data("vague") or self.values and not self.article:
            return None
        if low in _words("small_letters") and self.tokens[i].text != low:
            return None  # "ein Paar"
        if i and low in _words("small_letters") and self.first is None and i > self.phrase.first:
            self.first = i - 1  # "ein paar"
        self.values, self.article = [], False
        self.lowest, self.bound = _data("vague")[low], _data("rough")[low]
        return self._take(i)

    def _scale(self, i: int) -> int | None:
        """A word of scale behind a number ("drei bis vier Dutzend", "mehrere Hundert", "eine halbe Million")."""
        low = self._low(i)
        by = _data("scale").get(low)
        if by is None or not self.values and self.lowest is None:
            return None
        if self.lowest is not None and not self.values:
            self.lowest *= by
            self.bound = _data("several").get(low, self.bound)
            return self._take(i)
        self.values = [v * by if n >= self.scaled else v for n, v in enumerate(self.values)]
        self.scaled, self.article = len(self.values), False
        return self._take(i)

    def _number(self, i: int) -> int | None:
        """A number in figures or words, or a fraction of what comes ("halbes", "anderthalb")."""
        token = self.tokens[i]
        low = token.text.lower()
        value: float | None = _data("fraction").get(low)
        if value is not None:
            if not any(t.text.lower() in _data("scale") for t in self.tokens[i + 1 : self.end + 1]):
                return None
            self.values, self.scaled, self.article = [], 0, False
        else:
            value = number_of(token.text)
            if value is None and _DECIMAL.fullmatch(token.text):
                value = float(token.text.replace(",", "."))
        if value is None or self._no_number(i, value):
            return None
        if self.values and self.last is not None:
            between = self.tokens[self.last + 1 : i]
            if self.article or not any(t.text.lower() in _RANGE for t in between):
                self.values, self.first, self.scaled = [], None, 0  # "des Typs 83 insgesamt neun": the last counts
        self.article = low.startswith("ein") and token.tag in ("ART", "PIAT", "PIS")
        self.values.append(value)
        return self._take(i)

    def _no_number(self, i: int, value: float) -> bool:
        """An article in the plural, an ordinal, an age or a year."""
        token, low = self.tokens[i], self._low(i)
        if token.tag == "ART" and token.number == "plural" or token.tag == "ADJA" and token.text.endswith("."):
            return True
        if token.tag in ("ART", "PIAT", "PIS") and low.startswith("ein"):
            ahead = any(t.text.lower() in _data("scale") for t in self.tokens[i + 1 : self.end + 1])
            if bool(self.values) or self.phrase.number == "plural" and not ahead:
                return True
        following = self.tokens[i + 1] if i < self.end else None
        if following is not None and following.tag == "NN" and following.i != self.phrase.head:
            if following.lemma.lower() in _words("units"):
                return True  # "eine 62 Jahre alte Frau": an age, not a number of people
        year = token.text.isdecimal() and len(token.text) == 4 and 1900 <= value <= 2100
        before = self.tokens[i - 1] if i else token
        listed = before.text == "," and value % 100 != 0  # "wirft ihm vor, 2013 Raketen abgefeuert zu haben"
        return year and i > 0 and (before.tag in ("NN", "APPR", "APPRART") or listed)

"""The words of the German time grammar: every form that means something, with its classes and their values.

Forms are written out once (endings, compounds, number words), so that reading a text is one dict look-up a token.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from trucewatch.knowledge.load import table

ENDINGS = ("e", "en", "er", "es", "em")
_ONES = "ein zwei drei vier fünf sechs sieben acht neun".split()
_TEENS = "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()


@dataclass(slots=True)
class Word:
    """What one form means: ``values`` maps each of its classes to the value that the form has in it."""

    values: dict[str, Any] = field(default_factory=dict)

    def merged(self, other: Word | None) -> Word:
        """Both readings of a form that is ambiguous (sentence-initial "Morgen")."""
        return self if other is None else Word({**other.values, **self.values})


def _value(name: str) -> Any:
    try:
        return int(name)
    except ValueError:
        pass
    try:
        return float(name)
    except ValueError:
        return name


def number_words() -> dict[str, int]:
    """German cardinal words from 2 to 99, the round hundreds and a thousand.

    >>> number_words()["vierundzwanzig"], number_words()["zwölf"]
    (24, 12)
    """
    words = {w: i + 1 for i, w in enumerate(_ONES) if i}
    words |= {w: i + 10 for i, w in enumerate(_TEENS)}
    for i, ten in enumerate(_TENS):
        words[ten] = 20 + 10 * i
        words |= {f"{one}und{ten}": 21 + 10 * i + k for k, one in enumerate(_ONES)}
    words |= {"hundert": 100, "einhundert": 100, "tausend": 1000, "eintausend": 1000, "dutzend": 12}
    words |= {f"{one}hundert": 100 * (i + 1) for i, one in enumerate(_ONES) if i}
    return words


def _forms(entry: str) -> Iterable[str]:
    if entry.endswith("-"):
        stem = entry[:-1]
        return [stem + e for e in ENDINGS]
    return [entry]


def _decades() -> Iterable[tuple[str, int]]:
    for i, ten in enumerate(_TENS):
        value = 20 + 10 * i
        yield f"{ten}er", value
        yield f"{ten}ern", value
        yield f"{ten.capitalize()}er", value
        for noun in ("jahre", "jahren"):
            yield f"{ten.capitalize()}er{noun}", value
            yield f"{ten.capitalize()}er-{noun.capitalize()}", value


@dataclass(slots=True)
class Lexicon:
    """``exact`` by form as written; ``initial`` overrides it at the start of a sentence."""

    exact: dict[str, Word]
    initial: dict[str, Word]


def _add(forms: dict[str, Word], form: str, label: str, value: Any) -> None:
    forms.setdefault(form, Word()).values.setdefault(label, value)


@cache
def lexicon(literals: frozenset[str]) -> Lexicon:
    """The lexicon; ``literals`` are plain words of the patterns, each its own class ``=word``."""
    forms: dict[str, Word] = {}
    words = table("times.de")["words"]
    for label, values in words.items():
        for name, entries in values.items():
            for entry in entries:
                for form in _forms(entry):
                    _add(forms, form, label, _value(name))
    for form, number in number_words().items():
        _add(forms, form, "NUM", number)
        if number <= 24:
            _add(forms, form, "HOUR", number)
            _add(forms, form, "HOURWORD", number)
    _add(forms, "ein", "HOUR", 1)
    _add(forms, "eins", "HOURWORD", 1)
    for form, decade in _decades():
        _add(forms, form, "DECADE", decade)
    parts = [(form.lower(), name) for name, entries in words["PART"].items() for form in entries]
    for month, entries in words["MONTH"].items():
        for entry in entries:
            _add(forms, entry + "hälfte", "MONTHHALF", int(month))
    for weekday, entries in words["WEEKDAY"].items():
        stem = entries[0]
        _add(forms, stem + "-", "WEEKDAYSTEM", int(weekday))
        _add(forms, stem + "früh", "WPART", (int(weekday), "morning"))
        for extra in ("", "früh", "spät"):
            for part, name in parts:
                _add(forms, stem + extra + part, "WPART", (int(weekday), name))
    for holiday, entries in words["HOLIDAY"].items():
        for part, name in parts:
            _add(forms, entries[0] + part, "HOLIDAYPART", f"{holiday}-{name}")
    return _cased(forms, literals)


def _cased(forms: dict[str, Word], literals: frozenset[str]) -> Lexicon:
    """Add the capitalised and the all-capitals writing of every form, and the literals' classes."""
    exact: dict[str, Word] = dict(forms)
    initial: dict[str, Word] = {}
    for form, word in forms.items():
        if form[0].islower():
            capital = form[0].upper() + form[1:]
            if capital in forms:
                initial[capital] = forms[capital].merged(word)
            else:
                exact[capital] = word
    for form, word in list(exact.items()):
        upper = form.upper()
        if upper != form and len(form) > 1:
            exact[upper] = exact[upper].merged(word) if upper in exact and upper not in forms else word
    for literal in literals:
        for form in {literal, literal.lower(), literal[0].upper() + literal[1:], literal.upper()}:
            for forms_of in (exact, initial):
                if forms_of is exact or form in initial:
                    known = forms_of.get(form, Word())
                    forms_of[form] = Word({**known.values, f"={literal.lower()}": True})
    return Lexicon(exact, initial)

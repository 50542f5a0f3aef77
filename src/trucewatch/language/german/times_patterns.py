"""Compiles the patterns of the time grammar: from word classes to a regular expression over one letter a token.

Every set of classes that a token can have gets a letter of its own, so a text becomes a string with one letter per
token, and a rule becomes an ordinary regular expression over these letters (Python's ``re`` does the matching).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from trucewatch.knowledge.load import table
from trucewatch.language.german.times_lexicon import Lexicon, Word, lexicon

_PIECE = re.compile(
    r"(?P<open>\[)|(?P<close>\])|(?P<mark>[()|?*+])|(?:(?P<name>[a-z]+)=)?(?P<word>[^\W_]+)|(?P<space>\s+)"
)
_MACRO = re.compile(r"\{(\w+)\}")

# Repetition is bounded, so that no text can make the search slow.
_MARKS = {"(": "(?:", "+": "{1,7}", "*": "{0,3}"}

# Sets of classes that a token can have by its shape alone; the lexicon adds its own.
SHAPES: tuple[frozenset[str], ...] = tuple(
    frozenset(s.split())
    for s in (
        "LOW", "ADJ", "CAP", "BREAK", "OTHER", "COMMA", "DASH", "SLASH", "OPEN", "CLOSE", "DOT", "QUOTE", "COLON",
        "INT", "INT DAYNUM", "INT DAYNUM HOUR", "INT HOUR", "INT YEAR", "INT YEAR NEARYEAR", "INT YEAR NEARYEAR ODDYEAR",
        "INT YEAR OLDYEAR",
        "INT OLDINT", "DEC", "CLOCK", "ORD", "DATE", "DATESHORT", "DECADE", "DURADJ", "AGEADJ", "CAP UNITC",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One alternative of a rule of ``times.de.toml``, compiled.

    ``groups`` maps a regex group to its capture name and word class; ``bracketed``: group ``x`` is the expression.
    """

    name: str
    order: int
    recipe: str
    bracketed: bool
    regex: re.Pattern[str]
    groups: dict[str, tuple[str, str]]
    kind: str | None
    precision: str | None
    wins: bool = False
    """Goes before longer readings that begin at the same word."""


@dataclass(slots=True)
class Alphabet:
    """One letter for each set of word classes."""

    letters: dict[frozenset[str], str] = field(default_factory=dict)

    def letter(self, classes: frozenset[str]) -> str:
        """The letter of a set of classes, made on first use."""
        found = self.letters.get(classes)
        if found is None:
            found = self.letters[classes] = chr(0x100 + len(self.letters))
        return found

    def having(self, label: str) -> str:
        """A regex character class of all letters whose set holds ``label``."""
        return "[" + "".join(letter for classes, letter in self.letters.items() if label in classes) + "]"


@dataclass(slots=True)
class Grammar:
    """The compiled grammar: look-ups from form to letter and values, and the rules in the order of the data."""

    exact: dict[str, tuple[str, dict[str, Any]]]
    initial: dict[str, tuple[str, dict[str, Any]]]
    shapes: dict[str, str]
    rules: list[Rule]


def _pieces(pattern: str, macros: dict[str, str]) -> list[re.Match[str]]:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda m: macros[m[1]], pattern)
    found = list(_PIECE.finditer(pattern))
    if "".join(m[0] for m in found) != pattern:
        raise ValueError(f"cannot read time pattern: {pattern}")
    return found


def literals(patterns: Iterable[str], macros: dict[str, str]) -> frozenset[str]:
    """The plain words among the pieces of the patterns (classes are all capitals)."""
    return frozenset(m["word"] for p in patterns for m in _pieces(p, macros) if m["word"] and not m["word"].isupper())


def _alternatives(pieces: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The pieces split at each top-level ``|``, so that every alternative is tried everywhere."""
    found: list[list[re.Match[str]]] = [[]]
    depth = 0
    for piece in pieces:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(piece[0], 0)
        if piece[0] == "|" and depth == 0:
            found.append([])
        else:
            found[-1].append(piece)
    return found


def _compile(pieces: list[re.Match[str]], alphabet: Alphabet) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    out: list[str] = []
    groups: dict[str, tuple[str, str]] = {}
    for piece in pieces:
        if piece["open"]:
            out.append("(?P<x>")
        elif piece["close"]:
            out.append(")")
        elif piece["mark"]:
            out.append(_MARKS.get(piece["mark"], piece["mark"]))
        elif piece["word"]:
            word = piece["word"]
            label = word if word.isupper() else f"={word.lower()}"
            atom = alphabet.having(label)
            if piece["name"]:
                group = f"{piece['name']}_{len(groups)}"
                groups[group] = (piece["name"], label)
                atom = f"(?P<{group}>{atom})"
            out.append(atom)
    return re.compile("".join(out)), groups


@cache
def grammar() -> Grammar:
    """The grammar of ``times.de.toml``, compiled once per process."""
    data = table("times.de")
    macros = data["macros"]
    words: Lexicon = lexicon(literals((r["pattern"] for r in data["rule"]), macros))
    alphabet = Alphabet()

    def entry(form: str, word: Word) -> tuple[str, dict[str, Any]]:
        shape = {"CAP"} if form[0].isupper() else {"LOW"}
        if (
            form[0].islower()
            and form.endswith(("e", "en", "er", "es", "em"))
            and not any(k.startswith("=") for k in word.values)
        ):
            shape.add("ADJ")
        return alphabet.letter(frozenset(word.values) | shape), word.values

    exact = {form: entry(form, word) for form, word in words.exact.items()}
    initial = {form: entry(form, word) for form, word in words.initial.items()}
    shapes = {" ".join(sorted(s)): alphabet.letter(s) for s in SHAPES}
    rules = []
    for order, rule in enumerate(data["rule"]):
        for pieces in _alternatives(_pieces(rule["pattern"], macros)):
            regex, groups = _compile(pieces, alphabet)
            rules.append(
                Rule(
                    rule["name"], order, rule["recipe"], "x" in regex.groupindex, regex, groups,
                    rule.get("kind"), rule.get("precision"), rule.get("wins", False),
                )
            )  # fmt: skip
    return Grammar(exact, initial, shapes, rules)

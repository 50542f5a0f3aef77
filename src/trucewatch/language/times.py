"""What a language's time grammar gives: where a temporal expression stands and what its words mean.

Language-neutral: words are gone, only numbers, names of units and of parts of the day are left. The calendar comes
later (``extraction/times.py``), since it needs the date of publication.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal, Protocol, cast

Direction = Literal["past", "present", "future"]
"""Which way the clause around an expression looks; None where nothing tells."""

Relation = Literal["since", "from", "until", "of", "planned", "deadline", "stamp"]
"""``since`` (looking back) and ``from`` leave the end of an event's time open, ``until`` its start;
``stamp`` marks a line that dates the report, not what it tells ("Letzte Aktualisierung: …")."""


Join = Literal["range", "list", "comma", "on", "aside"]
"""What stands between two expressions: ``range`` ("bis"), ``list`` ("und"), ``comma`` (a list, or one placing the
other), ``on`` (only a preposition, or nothing: the one places the other), ``aside`` (a bracket opens)."""


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """One temporal expression before anchoring.

    ``start``/``end`` are code points of the text, half-open. ``recipe`` names how the calendar makes a value of
    ``captures`` (numbers, unit names, ``year, month, day`` triples …).
    """

    start: int
    end: int
    rule: str
    recipe: str
    captures: dict[str, Any] = field(default_factory=dict)
    kind: str | None = None
    precision: str | None = None


class TimeGrammar(Protocol):
    """What a language must offer under ``language/<name>/times.py``."""

    def matches(self, text: str) -> list[TimeMatch]:
        """Every temporal expression of ``text`` in order, none overlapping another."""

    def relation(self, text: str, start: int, end: int) -> Relation | None:
        """What the words around the expression ``text[start:end]`` say about the bounds of an event's time."""

    def join(self, text: str, end: int, start: int) -> Join | None:
        """How the words ``text[end:start]`` tie the expressions around them; None where they are two times."""

    def sentence(self, text: str) -> Callable[[int], int]:
        """For a code point of ``text``: the number of its sentence, by its marks alone."""

    def tense(self, text: str) -> Callable[[int], Direction | None]:
        """For a code point of ``text``: the tense of the clause around it, guessed from its words alone."""


_GRAMMARS = {"de": "trucewatch.language.german.times"}


def grammar(language: str) -> TimeGrammar:
    """The time grammar of a language by its ISO 639-1 code; raises ``KeyError`` for one that has none."""
    return cast(TimeGrammar, import_module(_GRAMMARS[language]))

"""The words of the situation report, from ``labels_situation.*.toml``, and sentences with links in their slots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from trucewatch.knowledge.inflection import fill
from trucewatch.knowledge.load import table
from trucewatch.reporting.situation.document import Line, Ref, Text
from trucewatch.reporting.words import Language

Part = Text | Ref
Filling = str | int | Part | Sequence[Part]
_SLOT = re.compile(r"\{(\w+)\}")


class Labels:
    """The words of one language; ``name`` is the way through the file: ``"method.grade.claimed"``."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._table = table(f"labels_situation.{language}")

    def of(self, name: str, number: int | None = None) -> str:
        """The words at ``name``; where they have two forms, that for ``number``. Raises ``KeyError``."""
        found: Any = self._table
        for step in name.split("."):
            found = found[step]
        if isinstance(found, list):
            return str(found[0] if number == 1 else found[1])
        return str(found)

    def pair(self, name: str) -> tuple[str, str]:
        """Two words that belong together, such as marks of quotation."""
        first, second = self._table[name.split(".")[0]][name.split(".")[1]]
        return str(first), str(second)

    def plain(self, name: str, **slots: str | int) -> str:
        """A sentence without links; ``number`` also chooses its form."""
        number = slots.get("number")
        return fill(self.of(name, number if isinstance(number, int) else None), **slots)

    def parts(self, name: str, **slots: Filling) -> tuple[Part, ...]:
        """A sentence as pieces; slots take words, pieces or rows of pieces."""
        number = slots.get("number")
        return filled(self.of(name, number if isinstance(number, int) else None), **slots)

    def told(self, name: str, evidence: Iterable[Ref] = (), **slots: Filling) -> Line:
        """A sentence about what was reported, with its evidence."""
        return Line(self.parts(name, **slots), tuple(evidence), told=True)

    def line(self, name: str, **slots: Filling) -> Line:
        """A sentence about the report itself."""
        return Line(self.parts(name, **slots))


@cache
def labels(language: Language) -> Labels:
    """The words of ``language``, loaded once."""
    return Labels(language)


def filled(form: str, **slots: Filling) -> tuple[Part, ...]:
    """``form`` as pieces, with its ``{slots}`` filled.

    >>> [p.text for p in filled("{a} und {b}.", a="x", b=Text("y", "strong"))]
    ['x', ' und ', 'y', '.']
    """
    found: list[Part] = []
    end = 0
    for match in _SLOT.finditer(form):
        if match.start() > end:
            found.append(Text(form[end : match.start()]))
        value = slots[match[1]]
        if isinstance(value, str | int):
            found.append(Text(str(value)))
        elif isinstance(value, Text | Ref):
            found.append(value)
        else:
            found.extend(value)
        end = match.end()
    if end < len(form):
        found.append(Text(form[end:]))
    return tuple(found)


def joined(rows: Iterable[Sequence[Part]], between: str = ", ") -> tuple[Part, ...]:
    """Rows of pieces in one, with ``between`` between them."""
    found: list[Part] = []
    for row in rows:
        if found:
            found.append(Text(between))
        found.extend(row)
    return tuple(found)


def line(words: str, evidence: Iterable[Ref] = (), *, told: bool | None = None, style: str = "plain") -> Line:
    """A line of plain words; it is ``told`` where it has evidence, unless said otherwise."""
    refs = tuple(evidence)
    return Line((Text(words, style),), refs, told=bool(refs) if told is None else told)  # type: ignore[arg-type]

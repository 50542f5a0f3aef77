"""Where in a TOML file a key stands: for errors that name the line."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\"'-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*([\w-]+))?\s*=")
_LONG = ('"""', "\'\'\'")


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line (from 1) of the key at ``path`` (``("provisions", 2, "binds", 0)``), or of the nearest that holds it.

    >>> line_of('id = "a"\\n[[zones]]\\nid = "z"\\n[[zones]]\\npoint = 3\\n', ("zones", 1, "point", 0))
    5
    >>> line_of('id = "a"\\n', ("zones", 0)) is None
    True
    """
    best: tuple[int, int] | None = None
    table: list[str | int] = []
    seen: dict[str, int] = {}
    long: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if long is not None:
            if line.count(long) % 2:
                long = None
            continue
        header = _HEADER.match(line)
        if header:
            table = _table(header[2], header[1] == "[[", seen)
            best = _better(best, table, path, number)
            continue
        key = _KEY.match(line)
        if key:
            names = [part.strip("\"'") for part in key.groups() if part]
            best = _better(best, [*table, *names], path, number)
        for mark in _LONG:
            if line.count(mark) % 2:
                long = mark
    return best[1] if best else None


def _table(name: str, array: bool, seen: dict[str, int]) -> list[str | int]:
    """The path of a table header; tables of an array are counted."""
    parts = [p.strip("\"'") for p in name.split(".")]
    found: list[str | int] = []
    for depth, part in enumerate(parts):
        found.append(part)
        whole = ".".join(map(str, found))
        if array and depth == len(parts) - 1:
            seen[whole] = seen.get(whole, -1) + 1
        if whole in seen:
            found.append(seen[whole])
    return found


def _better(
    best: tuple[int, int] | None, here: Sequence[str | int], path: Sequence[str | int], line: int
) -> tuple[int, int] | None:
    """The deepest place so far on the way to ``path``; the first of equals."""
    if list(path[: len(here)]) != list(here):
        return best
    return (len(here), line) if best is None or len(here) > best[0] else best

"""Where in a TOML file a key stands: for errors that name the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<long>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5})|(?P<text>"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
    r"""|(?P<comment>\#[^\n]*)|(?P<break>\n)|(?P<sign>[\[\]{},=])|(?P<word>[^\s\[\]{},="'\#]+)""",
    re.DOTALL,
)
_Path = tuple[str | int, ...]
_DEEPEST = 20
"""Parts of one key that are followed: an agreement has two."""


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line (from 1) of the key at ``path`` (``("provisions", 2, "binds", 0)``), or of the nearest that holds it.

    ``text`` is valid TOML.

    >>> line_of('id = "a"\\n[[zones]]\\nid = "z"\\n[[zones]]\\npoint = [\\n3]\\n', ("zones", 1, "point", 0))
    6
    >>> line_of('id = "a"\\n', ("zones", 0)) is None
    True
    """
    known = _places(text)
    return next((known[here] for n in range(len(path), 0, -1) if (here := tuple(path[:n])) in known), None)


@lru_cache(maxsize=2)
def _places(text: str) -> dict[_Path, int]:
    """The first line of every table, key and element."""
    return _Walk(_tokens(text)).found


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "comment":
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")


_END = _Token("break", "", 0)


class _Walk:
    """Goes through the tokens of a file once."""

    def __init__(self, tokens: Iterator[_Token]) -> None:
        self.tokens = tokens
        self.token = next(tokens, _END)
        self.found: dict[_Path, int] = {}
        self.counted: dict[_Path, int] = {}
        """Arrays of tables -> the index of the last one."""
        table: _Path = ()
        while self.token is not _END:
            if self.token.kind == "break":
                self._next()
            elif self.token.text == "[":
                table = self._header()
            else:
                self._pair(table)

    def _next(self) -> _Token:
        token, self.token = self.token, next(self.tokens, _END)
        return token

    def _header(self) -> _Path:
        line = self._next().line
        array = self.token.text == "["
        parts = self._key()
        table: _Path = ()
        for depth, part in enumerate(parts):
            table = (*table, part)
            if array and depth == len(parts) - 1:
                self.counted[table] = self.counted.get(table, -1) + 1
            if table in self.counted:
                self.found.setdefault(table, line)
                table = (*table, self.counted[table])
            self.found.setdefault(table, line)
        while self.token is not _END and self.token.kind != "break":
            self._next()
        return table

    def _key(self) -> list[str]:
        """The parts of a key up to what ends it."""
        parts: list[str] = []
        while self.token.kind != "break" and self.token.text not in ("=", "]"):
            token = self._next()
            if token.kind == "text":
                parts.append(str(tomllib.loads(f"key = {token.text}")["key"]))
            elif token.kind == "word":
                parts += [part for part in token.text.split(".") if part]
        return parts[:_DEEPEST]

    def _pair(self, table: _Path) -> None:
        """A key and its value."""
        line = self.token.line
        path = table
        for part in self._key():
            path = (*path, part)
            self.found.setdefault(path, line)
        self._next()
        self._value(path)

    def _value(self, path: _Path) -> None:
        self.found.setdefault(path, self.token.line)
        sign = self._next()
        if sign.text not in ("[", "{") or sign.kind != "sign":
            while self.token.kind == "word":  # a date and a time with a space between
                self._next()
            return
        number = 0
        while self.token is not _END and self.token.text not in ("]", "}"):
            if self.token.kind == "break" or self.token.text == ",":
                self._next()
            elif sign.text == "{":
                self._pair(path)
            else:
                self._value((*path, number))
                number += 1
        self._next()

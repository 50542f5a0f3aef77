"""Words from elsewhere (reports, file names, ids, web pages) as they may be shown: on one line, steering nothing.

A terminal obeys control characters, and both it and a browser let bidirectional marks turn words around that follow. What
is printed, in whatever form, goes through here on its way out.
"""

from __future__ import annotations

_SILENT = frozenset("\xad\u200b\u200c\u200d\u2060\ufeff")
"""Marks without width that say how a word may be broken or joined: left out."""


def shown(words: str, most: int | None = None) -> str:
    r"""``words`` on one line: blanks for any white space, ``\ufffd`` for what cannot be printed; cut to ``most`` characters.

    >>> shown("Ort\x1b[31m \u202eeshcsilaf\n Ende"), shown("abcdef", 4)
    ('Ort\ufffd[31m \ufffdeshcsilaf Ende', 'abc…')
    """
    if not words.isprintable():
        words = "".join(c if c.isprintable() else _stand_in(c) for c in words)
        words = " ".join(words.split())
    return words if most is None or len(words) <= most else words[: most - 1] + "…"


def _stand_in(character: str) -> str:
    if character in _SILENT:
        return ""
    return " " if character.isspace() else "\ufffd"

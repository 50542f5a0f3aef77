r"""Words from elsewhere (reports, file names, ids, web pages) as they may be shown: steering nothing.

A terminal obeys control characters, and both it and a browser let bidirectional marks turn words around that follow. What
is shown to people goes through here on its way out: ``shown`` for what stands on one line, ``shown_lines`` for whole texts,
``shown_json`` for JSON, whose values stay what they are.
"""

from __future__ import annotations

import re

_BLANK = "\x09-\x0d\x1c-\x1f\x85\u2028\u2029"
_STEERING = "\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""Control characters, embeddings, overrides and isolates of writing direction, halves of surrogate pairs."""
_SILENT = "\xad\u061c\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""Marks without width: joiners, soft hyphens, tags."""
_ODD = re.compile(f"[{_BLANK}{_STEERING}{_SILENT}]")
_ODD_IN_LINES = re.compile(f"(?P<own>\x1b\\[(?:[0-2]|3[0-7])m)|(?!\n|\t)[{_BLANK}{_STEERING}{_SILENT}]")
_BLANKS = re.compile(f"[{_BLANK}]")
_SILENTS = re.compile(f"[{_SILENT}]")
_ODD_IN_JSON = re.compile(f"(?![\n\t\r ])[{_BLANK}{_STEERING}{_SILENT}]")


def shown(words: str, most: int | None = None) -> str:
    r"""``words`` on one line: blanks for white space, ``\ufffd`` for what would steer; cut to ``most`` characters.

    >>> print(ascii(shown("Ort\x1b[31m \u202eeshcsilaf\n Ende")), shown("abcdef", 4))
    'Ort\ufffd[31m \ufffdeshcsilaf Ende' abc…
    """
    words = " ".join((words if words.isprintable() else _ODD.sub(_stand_in, words)).split())
    return words if most is None or len(words) <= most else words[: most - 1] + "…"


def shown_lines(text: str, colour: bool = False) -> str:
    r"""A text of many lines, whose line ends and tabs stay; with ``colour`` also our own signs for colour and weight.

    >>> ascii(shown_lines("a\n\x1b[2Jb\u2066")), shown_lines("\x1b[1ma\x1b[0m", colour=True) == "\x1b[1ma\x1b[0m"
    ("'a\\n\\ufffd[2Jb\\ufffd'", True)
    """

    if text.isprintable():
        return text

    def instead(found: re.Match[str]) -> str:
        own = found["own"]
        return _stand_in(found) if own is None else own if colour else "\ufffd" + own[1:]

    return _ODD_IN_LINES.sub(instead, text)


def shown_json(text: str) -> str:
    r"""JSON in which what would steer is spelled out (``\u202e``), as JSON allows in its strings: it says the same.

    >>> print(shown_json('["\u202ea", "ä"]'))
    ["\u202ea", "ä"]
    """
    return _ODD_IN_JSON.sub(_spelled, text)


def _stand_in(found: re.Match[str]) -> str:
    character = found[0]
    return " " if _BLANKS.match(character) else "" if _SILENTS.match(character) else "\ufffd"


def _spelled(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x10000:
        return f"\\u{number:04x}"
    return f"\\u{0xD800 + (number - 0x10000 >> 10):04x}\\u{0xDC00 + (number - 0x10000 & 0x3FF):04x}"

"""The text made legible for analysis, position by position: what is blanked keeps its length.

Spans point into the text as given, so nothing is ever removed: tags, control characters and invisible marks become
blanks of the same length, character references the character they stand for and blanks.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

LONGEST = 200_000
"""Code points of one report that are analysed: some 60 pages. It bounds the time that one report can take."""

_LONGEST_WORD = 400
"""A longer run without a blank is no word (encoded data, a faulty copy)."""

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,20})(?:\s[^<>]{0,2000})?/?>|<![A-Za-z][^<>]{0,500}>")
_UNREAD = re.compile(r"<(?:(script|style|head|noscript|svg)\b[^<>]{0,2000}>|!--)", re.I)
_REFERENCE = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,6});")
_BLOCKS = frozenset(
    "p br div h1 h2 h3 h4 h5 h6 li ul ol table tr td th article section header footer aside blockquote figure "
    "figcaption hr main nav dd dt title html body".split()
)
_SURE_MARKUP = re.compile(
    r"<!doctype|<(?:html|body|p|br|div|span|a|h[1-6]|article|li|b|i|em|strong)\b[^<>]{0,2000}>", re.I
)
_RUN = re.compile(rf"\S{{{_LONGEST_WORD},}}")

_INVISIBLE = dict.fromkeys(
    (
        *(c for c in range(32) if chr(c) not in "\t\n\r"),
        *range(0x7F, 0xA0),
        *range(0x200B, 0x2010),  # zero width and directional marks
        *range(0x202A, 0x202F),  # embeddings and overrides
        *range(0x2060, 0x2070),
        0xFEFF,
    ),
    " ",
)
_INVISIBLE[0x85] = _INVISIBLE[0x2028] = "\n"
_SURROGATES = re.compile("[\ud800-\udfff]")


class Legible(NamedTuple):
    """The text to analyse (as long as the one given, or cut) and what was unusual about the one given."""

    text: str
    notes: tuple[str, ...]


def legible(text: str) -> Legible:
    """``text`` with everything that is not language blanked; the same positions hold in both.

    >>> legible("<b>Kiew</b> meldet").text
    '   Kiew     meldet'
    """
    notes: list[str] = []
    if len(text) > LONGEST:
        notes.append(f"only the first {LONGEST:,} of {len(text):,} characters were read")
        text = text[: _cut(text)]
    if "\0" in text:
        notes.append(f"{text.count(chr(0))} NUL characters were read as blanks")
    if _SURROGATES.search(text):
        notes.append("broken characters (lone surrogates) were read as unknown characters")
        text = _SURROGATES.sub("\ufffd", text)
    if not text.isascii() or not text.isprintable():
        text = text.translate(_INVISIBLE)
    if "<" in text and _SURE_MARKUP.search(text):
        notes.append("HTML mark-up was found: tags were read as blanks")
        text = _without_markup(text)
    if _RUN.search(text):
        notes.append(f"runs of more than {_LONGEST_WORD} characters without a blank were not read")
        text = _RUN.sub(lambda run: " " * len(run[0]), text)
    return Legible(text, tuple(notes))


def _cut(text: str) -> int:
    """A paragraph's, sentence's or word's end close before the limit."""
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.rfind(mark, LONGEST - 5_000, LONGEST)
        if place > 0:
            return place + len(mark)
    return LONGEST


def _without_markup(text: str) -> str:
    text = _without_unread(text)
    text = _TAG.sub(lambda tag: _blank(tag[0], line=(tag[1] or "").casefold() in _BLOCKS), text)
    return _REFERENCE.sub(_character, text)


def _without_unread(text: str) -> str:
    """Blanks comments and elements that nobody reads; linear however many are left open."""
    parts: list[str] = []
    done = 0
    unclosed: set[str] = set()
    opening = _UNREAD.search(text)
    while opening:
        name = (opening[1] or "").lower()
        closing = None
        if name not in unclosed:
            closing = re.compile(rf"</{name}\s{{0,50}}>" if name else "-->", re.I).search(text, opening.end())
            if closing is None:
                unclosed.add(name)
        if closing:
            parts += [text[done : opening.start()], _blank(text[opening.start() : closing.end()], line=True)]
            done = closing.end()
        opening = _UNREAD.search(text, closing.end() if closing else opening.end())
    return "".join(parts) + text[done:]


def _blank(part: str, line: bool) -> str:
    """Blanks as long as ``part``, opening with a paragraph break where the tag makes one; its own line ends stay."""
    if not line:
        return " " * len(part)
    return ("\n\n" + " " * len(part))[: len(part)]


def _character(reference: re.Match[str]) -> str:
    """The character and blanks; a letter inside a word stays as it is written, since blanks would split the word."""
    meant = html.unescape(reference[0])
    if len(meant) != 1 or meant.isalpha() or meant == "\xad":
        return reference[0]
    return meant.replace("\xa0", " ") + " " * (len(reference[0]) - 1)

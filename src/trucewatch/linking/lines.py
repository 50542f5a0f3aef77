"""The lines, paragraphs and words of a text, found by position; needs no grammar and no language."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right

_WORD = re.compile(r"[^\W_]+", re.U)
_LINE = re.compile(r"(?<=[.!?…])[\"“”«»’')\]]*\s+(?=[\"„“»«A-ZÄÖÜ0-9])|\n+")
_STEM = 7
"""Letters by which words are compared: endings differ by case."""


class Lines:
    """The sentence-like lines and paragraphs of a text, found by position; needs no grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(m.end() for m in _LINE.finditer(text))]
        self.paragraph_starts = [0, *(m.end() for m in re.finditer(r"\n\s*\n|\n", text))]

    def number(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def line(self, position: int) -> str:
        at = self.number(position)
        end = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[at] : end]

    def paragraph(self, position: int) -> str:
        at = bisect_right(self.paragraph_starts, position) - 1
        end = self.paragraph_starts[at + 1] if at + 1 < len(self.paragraph_starts) else len(self.text)
        return self.text[self.paragraph_starts[at] : end]


def plain_words(text: str) -> list[str]:
    """The words of a text, lower case, without marks: what copies are compared by."""
    return [word.lower() for word in _WORD.findall(text)]


def text_hash(text: str) -> int:
    """A hash of a text's words: equal for texts that differ in marks, case and blanks only. 63 bits, no sign."""
    data = " ".join(plain_words(text)).encode()
    return (zlib.crc32(data) << 31 | zlib.adler32(data)) & 0x7FFF_FFFF_FFFF_FFFF


def telling_words(text: str) -> frozenset[str]:
    """Stems of the words that tell one happening from another: names, nouns (where they are capitalised), numbers."""
    found = set()
    for word in _WORD.findall(text):
        if word.isdigit() and len(word) > 1 or (word[0].isupper() and len(word) >= 5):
            found.add(word.lower()[:_STEM])
    return frozenset(found)

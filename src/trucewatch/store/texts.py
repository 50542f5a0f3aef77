"""What a database takes as text."""

from __future__ import annotations

import re

_UNWRITTEN = re.compile("[\\0\ud800-\udfff]")


def writable(text: str) -> str:
    """The text with a replacement character where it holds what databases do not take: a NUL, half a surrogate pair.

    Places in the text stay; the raw bytes are kept as they came.

    >>> writable("a\\0b")
    'a\ufffdb'
    """
    return _UNWRITTEN.sub("\ufffd", text)

"""Bytes to text: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from trucewatch.reading.errors import NotUnderstood

_MARKS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF: extract its text first, for instance with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document: unpack it, or save it as plain text"),
    (b"\x89PNG", "a PNG image: only text can be read"),
    (b"\xff\xd8\xff", "a JPEG image: only text can be read"),
    (b"GIF8", "a GIF image: only text can be read"),
    (b"\x1f\x8b", "gzip data: unpack it first, for instance with gunzip"),
    (b"BZh", "bzip2 data: unpack it first, for instance with bunzip2"),
    (b"\xfd7zXZ", "xz data: unpack it first, for instance with unxz"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x7fELF", "a program: only text can be read"),
    (b"SQLite format 3", "an SQLite database: export its texts first"),
    (b"\xd0\xcf\x11\xe0", "an old office document: save it as plain text"),
    (b"{\\rtf", "an RTF document: save it as plain text"),
)

_MAIL = re.compile(
    r"(?:[A-Z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:Received|Return-Path|MIME-Version|Message-ID|DKIM-Signature):", re.I
)
"""The header of an e-mail (RFC 5322) up to a field that nothing else has."""

_SAMPLE = 65_536
"""Bytes that decide whether data is text and in which encoding."""


class Decoded(NamedTuple):
    """Text, the encoding it was decoded from, and what was unusual."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(data: bytes) -> Decoded:
    """The text in ``data``.

    A byte order mark decides; else UTF-8 if the bytes are valid UTF-8; else UTF-16 without a mark if the zero bytes say
    so; else the most plausible 8-bit encoding. Raises ``NotUnderstood`` where the bytes are no text.

    >>> decode("Waffenruhe hält".encode("cp1252")).text
    'Waffenruhe hält'
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise NotUnderstood(f"this is {what}")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wide = _wide_encoding(data) if "\0" in text[:_SAMPLE] else None
        return _checked(data.decode(wide, "replace") if wide else text, wide or "utf-8")
    wide = _wide_encoding(data)
    if wide:
        return _checked(data.decode(wide, "replace"), wide)
    return _eight_bit(data)


def _with_mark(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    notes = (f"byte order mark says {encoding}; {broken} places could not be decoded",) if broken else ()
    return _checked(text, encoding, notes)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin script nearly every second byte is zero, always on the same side."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    half = len(sample) // 2
    if half < 2:
        return None
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second > 0.6 * half and first < 0.1 * half:
        return "utf-16-le"
    if first > 0.6 * half and second < 0.1 * half:
        return "utf-16-be"
    return None


def _eight_bit(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x0b\x1b\x85" for byte in sample)
    if control > max(2, 0.02 * len(sample)):
        raise NotUnderstood("this is binary data, not text: give a plain text file")
    if sample.count(b"\xc3") and _mostly_utf8(data):
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        return _checked(text, "utf-8", (f"{broken} places are not valid UTF-8 and could not be decoded",))
    encoding = _western(sample) or _guessed(sample)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        encoding = "latin-1"
        text = data.decode(encoding)
    return _checked(text, encoding, (f"not UTF-8; decoded as {encoding}",))


def _mostly_utf8(data: bytes) -> bool:
    """Valid UTF-8 but for a few broken places, as a cut or a faulty copy leaves them; 8-bit text is hardly ever so."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - broken
    return good >= broken


_GERMAN = frozenset("äöüßÄÖÜ")
_PLAUSIBLE = _GERMAN | frozenset("éèêáàâçñóôëïîúíãåøæšžÉ„“”‚‘’»«–—…€§°´·\xa0\xad")


def _western(sample: bytes) -> str | None:
    """The 8-bit encoding in which the high bytes are what German text has; detectors err on short texts."""
    high = bytes(byte for byte in sample if byte >= 0x80)
    for encoding in ("latin-1", "cp1252", "mac_roman", "cp850"):
        characters = high.decode(encoding, "replace")
        plausible = sum(character in _PLAUSIBLE for character in characters)
        if plausible >= 0.95 * len(high) and any(character in _GERMAN for character in characters):
            return encoding
    return None


def _guessed(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import, rarely needed

    best = from_bytes(sample, steps=5, chunk_size=512).best()
    return best.encoding if best is not None else "latin-1"


def _checked(text: str, encoding: str, notes: tuple[str, ...] = ()) -> Decoded:
    """Refuses text that is mostly control characters: it was binary data that happened to decode."""
    sample = text[:_SAMPLE]
    control = sum(character < " " and character not in "\t\n\r\f\v" for character in sample)
    if control > max(20, 0.1 * len(sample)):
        raise NotUnderstood("this is binary data, not text: give a plain text file")
    if _MAIL.match(text[:8192]):
        raise NotUnderstood("this is an e-mail: save its text as plain text")
    return Decoded(text.removeprefix("\ufeff"), encoding, notes)

"""From bytes, a path, a text or a line of JSON to a ``Report``."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from trucewatch.reading.decode import decode
from trucewatch.reading.errors import ReadingError
from trucewatch.reading.legible import legible
from trucewatch.reading.metadata import iso_date, metadata
from trucewatch.reading.report import Report

if TYPE_CHECKING:
    from trucewatch.reading.fetch import Fetched

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is opened at all."""

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.I)
_EIGHT_BIT = re.compile(r"ascii|iso8859-\d+|cp\d{3,4}|koi8-[rtu]|mac-[a-z]+")
"""What a web server's word is taken for; wider encodings show in the bytes themselves (``decode``)."""

_KEYS = ("title", "publisher", "url", "name")


class Known(TypedDict, total=False):
    """What is known of a report beside its text; it goes before what the text says about itself."""

    published: str | dt.date | None
    title: str | None
    publisher: str | None
    url: str | None
    name: str | None


def from_text(text: str, **known: Unpack[Known]) -> Report:
    """A report from its text.

    >>> from_text("Kiew (dpa) - Die Waffenruhe hält nach Angaben der OSZE.").agencies
    ('dpa',)
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _report(text, digest, None, (), known)


def from_bytes(data: bytes, **known: Unpack[Known]) -> Report:
    """A report from bytes in any usual encoding; raises ``ReadingError`` where they are no text."""
    decoded = decode(data)
    return _report(decoded.text, hashlib.sha256(data).hexdigest(), decoded.encoding, decoded.notes, known)


def from_path(path: str | Path, data: bytes | None = None, **known: Unpack[Known]) -> Report:
    """A report from a file, with the metadata of ``NAME.meta.json`` beside it if there is one.

    What is given as ``known`` goes before the metadata file; ``data`` is the file's content where it was read already.
    Raises ``ReadingError`` where the file cannot be read.
    """
    path = Path(path)
    data = content_of(path) if data is None else data
    beside = _known(meta_beside(path))
    beside.update({key: value for key, value in known.items() if value is not None})  # type: ignore[typeddict-item]
    beside.setdefault("name", path.stem)
    return from_bytes(data, **beside)


def from_fetched(fetched: Fetched, **known: Unpack[Known]) -> Report:
    """A report from what ``reading.fetch`` brought, with its ``url``; raises ``ReadingError`` where it is no text.

    An 8-bit encoding that the web server stated goes before what the bytes suggest, but not before a byte order mark or
    valid UTF-8, which are seldom wrong where servers often are.
    """
    data = fetched.data
    known.setdefault("url", fetched.url)
    digest = hashlib.sha256(data).hexdigest()
    decoded = decode(data)
    stated = None if decoded.encoding.startswith("utf") else _stated_encoding(fetched.content_type, data)
    if stated is not None:
        with suppress(UnicodeDecodeError):
            note = f"not UTF-8; decoded as {stated}, as its web server says"
            return _report(data.decode(stated), digest, stated, (note,), known)
    return _report(decoded.text, digest, decoded.encoding, decoded.notes, known)


def from_mapping(row: Mapping[str, Any], published: str | dt.date | None = None) -> Report:
    """A report from one JSON object: ``{"id", "text", "title", "published", "publisher", "url"}``; ``text`` must be."""
    text = row.get("text")
    if not isinstance(text, str):
        raise ReadingError('no "text" in this line: each line must be an object with at least {"text": "…"}')
    known = _known(row)
    if published is not None:
        known["published"] = published
    if isinstance(row.get("id"), str | int):
        known["name"] = str(row["id"])
    return from_text(text, **known)


def _report(text: str, digest: str, encoding: str | None, notes: tuple[str, ...], known: Known) -> Report:
    seen = legible(text)
    found = metadata(seen.text)
    published = iso_date(known.get("published")) or found.published
    return Report(
        text=text,
        id=f"sha256:{digest}",
        published=published,
        title=known.get("title") or found.title,
        publisher=known.get("publisher") or found.publisher,
        url=known.get("url"),
        name=known.get("name"),
        encoding=encoding,
        agencies=found.agencies,
        datelines=found.datelines,
        notes=(*notes, *seen.notes, *(() if seen.text.strip() else ("the text is empty",))),
        legible=seen.text,
    )


def _stated_encoding(content_type: str | None, data: bytes) -> str | None:
    """The 8-bit encoding that ``content_type`` states; "Latin 1" means Windows' superset of it, as in every browser."""
    charset = _CHARSET.search(content_type or "")
    if charset is None:
        return None
    try:
        name = codecs.lookup(charset[1]).name
    except LookupError:
        return None
    if name in ("ascii", "iso8859-1"):  # https://encoding.spec.whatwg.org/#names-and-labels
        return "cp1252" if any(0x80 <= byte < 0xA0 for byte in data) else "latin-1"
    return name if _EIGHT_BIT.fullmatch(name) else None


def content_of(path: Path) -> bytes:
    """A file's bytes; raises ``ReadingError`` where it cannot be read or is too large to be a report."""
    try:
        if path.is_dir():
            raise ReadingError("this is a folder, not a file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ReadingError("no such file") from None
    except PermissionError:
        raise ReadingError("no permission to read this file") from None
    except (OSError, ValueError) as fault:  # ValueError: a NUL in the path
        raise ReadingError(f"cannot be read ({getattr(fault, 'strerror', None) or fault})") from None
    if len(data) > LARGEST:
        raise ReadingError(f"larger than {LARGEST // 1024 // 1024} MiB: split it into single reports (JSON Lines)")
    return data


def meta_beside(path: Path) -> Mapping[str, Any]:
    """What ``NAME.meta.json`` beside ``NAME.txt`` says; a faulty one is an error that names it, since dates hang on it."""
    beside = path.with_name(f"{path.stem}.meta.json") if path.name else path
    if not beside.is_file() or beside == path:
        return {}
    try:
        row = json.loads(decode(content_of(beside)).text)
    except (ValueError, RecursionError) as fault:
        raise ReadingError(f"{beside.name} beside it is no valid JSON ({fault})".replace("\n", " ")) from None
    if not isinstance(row, dict):
        raise ReadingError(f'{beside.name} beside it must hold one JSON object, like {{"published": "2020-02-28"}}')
    try:
        iso_date(None if row.get("published") is None else str(row["published"]))
    except ReadingError as fault:
        raise ReadingError(f"{beside.name} beside it: {fault}") from None
    return row


def _known(row: Mapping[str, Any]) -> Known:
    known: Known = {key: str(row[key]) for key in _KEYS if row.get(key) is not None}  # type: ignore[assignment]
    if row.get("published") is not None:
        known["published"] = iso_date(str(row["published"]))
    return known

"""From what was named on the command line to single reports: files, folders, patterns, JSON Lines, standard input."""

from __future__ import annotations

import contextlib
import glob
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trucewatch.reading import ReadingError, Report, from_bytes, from_mapping, from_path
from trucewatch.reading.source import content_of

TEXT_ENDINGS = (".txt", ".text", ".html", ".htm")
LINE_ENDINGS = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Job:
    """One report to read. ``data`` holds its bytes (``line``: one JSON object); without, ``path`` is opened.

    ``fault`` says why there is nothing to read.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    line: bool = False
    fault: str | None = None
    url: str | None = None

    @property
    def stem(self) -> str:
        """The file's name without its ending, else the job's name."""
        return self.path.stem if self.path is not None else self.name

    def open(self, published: str | None) -> Report:
        """The report; raises ``ReadingError``. ``published`` goes before what the report or its metadata says."""
        if self.fault is not None:
            raise ReadingError(self.fault)
        if self.data is not None and self.line:
            return from_mapping(row_of(self.data), published)
        if self.path is None:
            if self.url is not None and self.data is None:
                raise ReadingError("this is an address: take the page in with: trucewatch add ADDRESS")
            return from_bytes(self.data or b"", name=self.name, published=published)
        return from_path(self.path, self.data, published=published)

    def content(self) -> bytes:
        """The bytes that the report is made from; raises ``ReadingError``. A page is not fetched here."""
        if self.fault is not None:
            raise ReadingError(self.fault)
        if self.data is not None:
            return self.data
        assert self.path is not None
        return content_of(self.path)


def is_single(files: Sequence[str]) -> bool:
    """Whether exactly one report is named: one plain file or standard input."""
    return len(files) == 1 and (
        files[0] == "-" or not (_is_pattern(files[0]) or Path(files[0]).is_dir() or files[0].endswith(LINE_ENDINGS))
    )


def jobs(files: Sequence[str]) -> Iterator[Job]:
    """The reports of all ``files``, in their order; folders and patterns sorted by path."""
    for name in files:
        if name == "-":
            yield Job("standard input", data=sys.stdin.buffer.read())
            continue
        if is_url(name):
            yield Job(name, url=name)
            continue
        paths = _paths(name)
        if not paths:
            if Path(name).is_dir():
                kinds = ", ".join((*TEXT_ENDINGS, *LINE_ENDINGS))
                yield Job(name, fault=f"no reports in this folder (looked for {kinds})")
            else:
                yield Job(name, fault="no such file")
        for path in paths:
            if path.suffix in LINE_ENDINGS:
                yield from _lines(path)
            else:
                yield Job(str(path), path=path)


def others(files: Sequence[str]) -> list[Path]:
    """Files of named folders that are no reports in a form that is read, and no metadata of one; sorted by path."""
    endings = TEXT_ENDINGS + LINE_ENDINGS
    found = []
    for folder in (Path(name) for name in files if name != "-" and not is_url(name)):
        with contextlib.suppress(OSError, ValueError):
            if folder.is_dir():
                inside = (p for p in sorted(folder.rglob("*")) if p.suffix.lower() not in endings and p.is_file())
                found += [p for p in inside if not _is_aside(p, folder) and _is_within(p, folder)]
    return found


def _is_aside(path: Path, folder: Path) -> bool:
    """Whether a file of a folder is none that anybody would want read: hidden, or metadata."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return hidden or path.name.endswith(".meta.json")


def is_url(name: str) -> bool:
    """Whether a page is meant, and no file."""
    return name.startswith(("http://", "https://"))


def count(files: Sequence[str]) -> int | None:
    """How many reports there will be; None where only reading tells (JSON Lines)."""
    total = 0
    for name in files:
        paths = [] if name == "-" or is_url(name) else _paths(name)
        if any(path.suffix in LINE_ENDINGS for path in paths):
            return None
        total += max(1, len(paths))
    return total


def _is_pattern(name: str) -> bool:
    return glob.has_magic(name) and not Path(name).exists()


def _paths(name: str) -> list[Path]:
    path = Path(name)
    try:
        if path.is_dir():
            endings = TEXT_ENDINGS + LINE_ENDINGS
            inside = (p for p in path.rglob("*") if p.suffix.lower() in endings and p.is_file() and _is_within(p, path))
            return sorted(p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts))
        if _is_pattern(name):
            found = (Path(p) for p in glob.glob(name, recursive=True))  # noqa: PTH207 - absolute ones too
            return sorted(p for p in found if p.is_file() and not p.name.endswith(".meta.json"))
        return [path] if path.exists() else []
    except (OSError, ValueError):  # a name that no file system takes
        return []


def _is_within(path: Path, folder: Path) -> bool:
    """Whether a file found in a folder lies in it: a link in a folder of somebody's may lead to what is not theirs to give."""
    return path.resolve().is_relative_to(folder.resolve())


def _lines(path: Path) -> Iterator[Job]:
    """The lines of a JSON Lines file, one at a time: such files may be larger than memory."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if line.strip():
                    yield Job(f"{path}:{number}", data=line, line=True)
    except OSError as fault:
        yield Job(str(path), fault=f"cannot be read ({fault.strerror or fault})")


def row_of(line: bytes) -> dict[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise ReadingError(f"this line is no valid JSON ({fault})".replace("\n", " ")) from None
    if not isinstance(row, dict):
        raise ReadingError('this line is no JSON object: each must be like {"text": "…"}')
    return row

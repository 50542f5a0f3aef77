"""Files that are there complete or not at all: written beside their place, then put there in one step."""

from __future__ import annotations

import contextlib
import io
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO


class OutputError(ValueError):
    """Nothing can be written where it was to be; the message is one line and says what to do."""


@contextlib.contextmanager
def whole_path(path: Path) -> Iterator[Path]:
    """A path to write to that takes the place of ``path`` when the block ends well, and is gone when it does not.

    An existing file keeps its mode, a link its target. Raises ``OutputError`` where nothing can be written there.
    """
    path = Path(os.path.realpath(path))  # a link stays a link: its target is replaced
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is no file; name a file to write to")
    if not path.parent.is_dir():
        raise OutputError(f"cannot write {path}: no such folder: make it first")
    # The ending stays last: some writers choose their format by it.
    beside = path.with_name(f".{path.stem[:40]}.{secrets.token_hex(6)}.part{path.suffix}")
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666
    try:
        # Made here, so that it gets the user's umask and a mistake in the path shows before any work is done.
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}; name another file") from None
    try:
        yield beside
        if path.exists():
            beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


@contextlib.contextmanager
def whole_bytes(path: Path) -> Iterator[BinaryIO]:
    """``whole_path`` as an open file; a pipe or device is written to as it is."""
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as file:
            yield file
        return
    with whole_path(path) as beside, beside.open("wb") as file:
        yield file


@contextlib.contextmanager
def whole_text(path: Path) -> Iterator[TextIO]:
    """``whole_bytes`` as text in UTF-8 with plain line ends."""
    with whole_bytes(path) as raw, io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="") as file:
        yield file
        file.flush()

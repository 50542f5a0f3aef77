"""Files that are there complete or not at all: written beside their place, then put there in one step."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from trucewatch.reporting.exports.errors import ExportError


@contextlib.contextmanager
def whole_path(path: Path) -> Iterator[Path]:
    """A path to write to that takes the place of ``path`` when the block ends well, and is gone when it does not.

    An existing file keeps its mode, a link its target. Raises ``ExportError`` where nothing can be written there.
    """
    path = Path(os.path.realpath(path))  # a link stays a link: its target is replaced
    if path.exists() and not path.is_file():
        raise ExportError(f"{path} is no file; name a file to write to")
    # The ending stays last: some writers choose their format by it.
    beside = path.with_name(f".{path.stem[:40]}.{secrets.token_hex(6)}.part{path.suffix}")
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666
    try:
        # Made here, so that it gets the user's umask and a mistake in the path shows before any work is done.
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}; name another file") from None
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
def whole_text(path: Path) -> Iterator[TextIO]:
    """``whole_path`` as a text file in UTF-8 with plain line ends; a pipe or device is written to as it is."""
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
            yield file
        return
    with whole_path(path) as beside, beside.open("w", encoding="utf-8", errors="replace", newline="") as file:
        yield file

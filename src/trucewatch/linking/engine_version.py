"""Which engine read a report: the version and a mark of the code and data that it reads with."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from trucewatch.version import __version__

_ROOMS = ("reading", "language", "extraction", "knowledge")


@cache
def engine_version() -> str:
    """Like "0.2.0+3f9a1c2b": another mark means that reports may be read differently."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256((root / "record.py").read_bytes())
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:8]}"

"""Loads the knowledge tables (TOML files of this folder), once per process."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed knowledge file ``name`` (without ``.toml``), e.g. ``table("cues.de")``.

    The result is shared: callers must not change it. Raises ``FileNotFoundError`` for an unknown name.
    """
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)

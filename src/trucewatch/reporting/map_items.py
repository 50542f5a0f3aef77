"""What a map shows: zones, incidents and lines, with shapes in degrees (longitude, latitude; WGS 84)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trucewatch.incident import Grade


@dataclass(frozen=True, slots=True)
class MapArea:
    """A zone: its name, its shape in degrees (WGS 84), and whether its border is an estimate (drawn dashed)."""

    name: str
    shape: Any
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class MapMark:
    """An incident: ``shape_or_point`` in degrees (WGS 84) is where it was, or, if not ``precise``, where it may have been.

    ``label`` names the town or the area; ``title`` says what happened; the mark links to ``#i-ID``.
    """

    id: str
    title: str
    shape_or_point: Any
    grade: Grade
    precise: bool = True
    label: str = ""


@dataclass(frozen=True, slots=True)
class MapLine:
    """A line (front, border of a zone) with its name; degrees, WGS 84."""

    name: str
    shape: Any

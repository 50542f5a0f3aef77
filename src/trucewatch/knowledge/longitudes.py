"""Longitudes run in a ring: shapes moved so that none is cut where the map's edge, or the 180th meridian, happens to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely


def middle_of(longitudes: Iterable[float]) -> float:
    """The longitude (degrees, -180 to 180) in the middle of these: opposite the widest gap between two of them.

    Example: ``middle_of([178.0, -179.0])`` is 179.5, not -0.5. 0 for none at all.
    """
    ring = sorted({lon % 360.0 for lon in longitudes})
    if not ring:
        return 0.0
    gaps = [(after - lon, lon) for lon, after in zip(ring, [*ring[1:], ring[0] + 360.0], strict=True)]
    width, start = max(gaps)
    middle = (start + width / 2 + 180.0) % 360.0
    return middle - 360.0 if middle > 180.0 else middle


def framed(shape: Any, middle: float = 0.0) -> Any:
    """The same shape with all longitudes within 180 degrees of ``middle``; parts beyond are moved by a full turn.

    ``middle`` 0 gives the usual longitudes (cut at 180 degrees); a country's own middle gives it in one piece.
    """
    if shape.is_empty:
        return shape
    west, east = middle - 180.0, middle + 180.0
    low, _, high, _ = shape.bounds
    if west <= low and high <= east:
        return shape
    turns = (turned(shape, turn) for turn in (-360.0, 0.0, 360.0) if low + turn < east and high + turn > west)
    pieces = [shapely.intersection(piece, shapely.box(west, -90.0, east, 90.0)) for piece in turns]
    return shapely.union_all(pieces)


def turned(shape: Any, degrees: float) -> Any:
    """The shape moved to the east by so many degrees."""
    return shapely.transform(shape, lambda points: np.add(points, [degrees, 0.0]))

"""Outlines of the states and territories, for orientation only (see ``shapes/README.md``: source, licence, disputes)."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

import numpy as np
import shapely

from trucewatch.knowledge.load import FOLDER

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS 84); west > east where the box crosses the 180th meridian (RFC 7946)."""


@cache
def outline(iso2: str) -> Any | None:
    """The land of a state or territory as a MultiPolygon in degrees (longitude, latitude; WGS 84), true to some 1 km.

    ``iso2`` is its ISO 3166-1 alpha-2 code (Kosovo: XK). Shared: callers must not change it. ``None`` for unknown codes.
    Example: ``outline("SY").contains(shapely.Point(36.63, 35.93))`` is true.
    """
    polygons = _packed()["countries"].get(iso2)
    if polygons is None:
        return None
    shape = shapely.multipolygons([_polygon(rings) for rings in polygons])
    shapely.prepare(shape)
    return shape


def outlines(box: Box) -> dict[str, Any]:
    """The outlines that reach into a box, whole, by ISO 3166-1 alpha-2 code in its order."""
    west, south, east, north = box
    sides = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    frame = shapely.union_all([shapely.box(w, south, e, north) for w, e in sides])
    found = {iso: shape for iso in _packed()["countries"] if (shape := outline(iso)) is not None}
    return {iso: shape for iso, shape in found.items() if shapely.intersects(shape, frame)}


def _polygon(rings: list[list[int]]) -> Any:
    shell, *holes = (_points(ring) for ring in rings)
    return shapely.Polygon(shell, holes)


def _points(ring: list[int]) -> Any:
    """A ring's corners in degrees: the file holds differences in whole steps, from the corner 180° W, 90° S."""
    steps = np.cumsum(np.array(ring).reshape(-1, 2), axis=0)
    return np.round(steps * _packed()["step"] - [180.0, 90.0], 4)


@cache
def _packed() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(gzip.decompress((FOLDER / "shapes" / "countries.json.gz").read_bytes()))
    return data

"""The frame of a map: which part of the world, how large, and where a point of it lies on paper."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from trucewatch.knowledge.longitudes import framed, middle_of

_MARGIN = 0.09
"""Of the span, on each side."""
_LEAST_KM = 45.0
"""A map shows no less than this from edge to edge: a village alone tells nobody where it is."""
_FLAT, _TALL = 0.56, 0.86
"""Height by width, at least and at most."""
_GROWTH = 2.0
"""So many times larger may areas in which incidents lie make the map."""
_KM_PER_DEGREE = 111.2
_DETAIL = 0.45
"""Pixels by which a line may move when it is drawn with fewer corners."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An equirectangular map: degrees of longitude are shortened as they are at its middle latitude.

    Degrees are WGS 84, around ``middle``, so ``east`` may be beyond 180; ``width`` and ``height`` are pixels.
    """

    west: float
    south: float
    east: float
    north: float
    middle: float
    width: float
    height: float

    @property
    def km_per_pixel(self) -> float:
        """Kilometres that one pixel shows (north to south)."""
        return (self.north - self.south) * _KM_PER_DEGREE / self.height

    def drawn(self, shape: Any) -> Any:
        """The shape in pixels, x to the right and y down, cut a little outside the frame; may be empty."""
        sheet = shapely.transform(framed(shape, self.middle), self._pixels)
        edge = shapely.box(-8, -8, self.width + 8, self.height + 8)
        thin = shapely.simplify(sheet, _DETAIL) if sheet.geom_type != "Point" else sheet
        return shapely.intersection(thin, edge)

    def visible(self, sheet: Any) -> Any:
        """What of a shape in pixels lies inside the frame."""
        return shapely.intersection(sheet, shapely.box(0, 0, self.width, self.height))

    def share(self, shape: Any) -> float:
        """How much of an area in degrees lies inside the frame, 0 to 1."""
        whole = framed(shape, self.middle)
        part = shapely.intersection(whole, shapely.box(self.west, self.south, self.east, self.north))
        return float(part.area / whole.area) if whole.area else 1.0

    def _pixels(self, degrees: Any) -> Any:
        across = (degrees[:, 0] - self.west) / (self.east - self.west) * self.width
        down = (self.north - degrees[:, 1]) / (self.north - self.south) * self.height
        return np.column_stack([across, down])


def frame_around(shapes: Iterable[Any], more: Iterable[Any], width: float) -> Frame | None:
    """A frame with all ``shapes`` in it, and those of ``more`` that do not make it much larger; ``None`` for nothing."""
    first = [s for s in shapes if not s.is_empty]
    further = sorted((s for s in more if not s.is_empty), key=lambda s: (s.area, s.wkb))
    if not first:
        if not further:
            return None
        first.append(further.pop(0))
    middle = middle_of(lon for s in (*first, *further) for lon in shapely.get_coordinates(s)[:, 0])
    box = _bounds(first, middle)
    most = max(_GROWTH * _span(box), _LEAST_KM / _KM_PER_DEGREE)
    for shape in further:
        wider = _bounds([shapely.box(*box), framed(shape, middle)], middle)
        if _span(wider) <= most:
            box = wider
    return _fitted(box, middle, width)


def _bounds(shapes: list[Any], middle: float) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.total_bounds([framed(s, middle) for s in shapes])
    return float(west), float(south), float(east), float(north)


def _span(box: tuple[float, float, float, float]) -> float:
    return max(box[3] - box[1], (box[2] - box[0]) * _shortened(box))


def _shortened(box: tuple[float, float, float, float]) -> float:
    return max(0.15, math.cos(math.radians((box[1] + box[3]) / 2)))


def _fitted(box: tuple[float, float, float, float], middle: float, width: float) -> Frame:
    """The box with a margin, in a shape between flat and tall."""
    west, south, east, north = box
    ratio = _shortened(box)
    tall = max((north - south) * (1 + 2 * _MARGIN), _LEAST_KM / _KM_PER_DEGREE * _FLAT)
    wide = max((east - west) * ratio * (1 + 2 * _MARGIN), _LEAST_KM / _KM_PER_DEGREE)
    tall, wide = max(tall, wide * _FLAT), max(wide, tall / _TALL)
    wide, tall = min(wide, 360.0 * ratio), min(tall, 178.0)
    across, up = (west + east) / 2, (south + north) / 2
    up = min(max(up, -89.0 + tall / 2), 89.0 - tall / 2)
    half = wide / ratio / 2
    return Frame(
        across - half, up - tall / 2, across + half, up + tall / 2, across, width, round(width * tall / wide, 1)
    )


def path(sheet: Any) -> str:
    """The ``d`` of a path for a shape in pixels."""
    steps: list[str] = []
    for part in shapely.get_parts(sheet):
        if part.geom_type == "Polygon":
            steps += [_line(ring.coords[:-1]) + "Z" for ring in (part.exterior, *part.interiors)]
        elif part.geom_type == "LineString" and not part.is_empty:
            steps.append(_line(part.coords))
    return "".join(steps)


def _line(corners: Any) -> str:
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y, *_ in corners)


def number(value: float) -> str:
    """A number of pixels, to a tenth, as short as it can be."""
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0") if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")
    )

"""A flat map around a point, in kilometres: where zones are buffered, cut and measured.

Equirectangular around the middle of a zone, and free of the antimeridian, since longitudes are taken as the shorter way from
the middle. Distances are right within a per cent some 50 km to the north and south of the middle; 111 km from it, those from
west to east are off by 1.3 % at 35 degrees of latitude, by 2 % at 48 and by 3 % at 60. A zone that goes around the whole earth
has no such map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

_HAIR = 1e-9
_KM_A_DEGREE = 111.195
"""Kilometres in a degree of latitude (mean radius of the earth, 6371 km)."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A map around ``lon``, ``lat`` (degrees)."""

    lon: float
    lat: float

    @classmethod
    def around(cls, positions: Iterable[tuple[float, float]]) -> Plane:
        """The map around the middle of some positions, on whichever side of the antimeridian they lie.

        >>> Plane.around([(179.0, 0.0), (-179.0, 2.0)])
        Plane(lon=180.0, lat=1.0)
        """
        points = list(positions)
        first = points[0][0]
        apart = [(lon - first + 180.0) % 360.0 - 180.0 for lon, _ in points]
        lats = [lat for _, lat in points]
        return cls(_turned(first + (min(apart) + max(apart)) / 2), (min(lats) + max(lats)) / 2)

    @property
    def _scale(self) -> float:
        return _KM_A_DEGREE * max(0.01, math.cos(math.radians(self.lat)))

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """A position in kilometres east and north of the middle."""
        return ((lon - self.lon + 180.0) % 360.0 - 180.0) * self._scale, (lat - self.lat) * _KM_A_DEGREE

    def to_plane(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in degrees as a valid one in kilometres."""
        far = _turned(self.lon + 180.0)  # the meridian where east turns to west: what it cuts would be smeared over the map
        west, south, east, north = shape.bounds if not shape.is_empty else (far, 0.0, far, 0.0)
        if west < far <= east:
            halves = box(west, south, far - _HAIR, north), box(far + _HAIR, south, max(east, far + 2 * _HAIR), north)
            return shapely.union_all([self.to_plane(shapely.make_valid(shape).intersection(half)) for half in halves])
        flat = shapely.transform(shape, self._flat)
        return flat if flat.is_valid else shapely.make_valid(flat)

    def to_degrees(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in kilometres in degrees; longitudes may run beyond 180 where it crosses the antimeridian."""
        return shapely.transform(shape, self._round)

    def _flat(self, positions: np.ndarray) -> np.ndarray:
        east = ((positions[:, 0] - self.lon + 180.0) % 360.0 - 180.0) * self._scale
        return np.column_stack((east, (positions[:, 1] - self.lat) * _KM_A_DEGREE))

    def _round(self, positions: np.ndarray) -> np.ndarray:
        return np.column_stack(
            (positions[:, 0] / self._scale + self.lon, positions[:, 1] / _KM_A_DEGREE + self.lat)
        )


def _turned(lon: float) -> float:
    """A longitude from -180 (exclusive) to 180."""
    turned = (lon + 180.0) % 360.0 - 180.0
    return 180.0 if turned == -180.0 else turned

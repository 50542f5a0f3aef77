"""Discs on the globe, as shapes in degrees."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import shapely

from trucewatch.knowledge.longitudes import framed

_EARTH_KM = 6371.0
_CORNERS = 64


@cache
def disc(lat: float, lon: float, radius_km: float) -> Any:
    """All points within ``radius_km`` of a point (degrees, WGS 84), as a polygon of 64 corners on the great circle.

    In two parts where it crosses the 180th meridian; cut off before the poles, where degrees say nothing any more.
    """
    angle = radius_km / _EARTH_KM
    bearing = np.linspace(0.0, 2 * math.pi, _CORNERS, endpoint=False)
    here = math.radians(lat)
    there = np.arcsin(math.sin(here) * math.cos(angle) + math.cos(here) * math.sin(angle) * np.cos(bearing))
    east = np.arctan2(
        np.sin(bearing) * math.sin(angle) * math.cos(here), math.cos(angle) - math.sin(here) * np.sin(there)
    )
    top, foot = here + angle, here - angle
    if top >= math.pi / 2 or foot <= -math.pi / 2:  # a pole lies inside: a whole cap
        edge = math.degrees(max(-math.pi / 2, foot)) if lat > 0 else math.degrees(min(math.pi / 2, top))
        return shapely.box(-180.0, edge, 180.0, 90.0) if lat > 0 else shapely.box(-180.0, -90.0, 180.0, edge)
    corners = np.round(np.column_stack([lon + np.degrees(east), np.degrees(there)]), 6)
    return framed(shapely.Polygon(corners))

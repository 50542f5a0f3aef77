"""Do two places speak for one happening? Points by distance and containment, never by names in a language."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol, TypeVar

from trucewatch.linking.knowledge import thresholds, weights
from trucewatch.linking.node import Node, Spot

_EARTH_KM = 6371.0
_BEGINNING = 3
"""Letters that two spellings of one village share."""
_REACH_KM = {"admin2": 60.0, "admin1": 130.0, "region": 450.0, "line": 250.0}
"""How far a point within an area lies from the area's middle, roughly, at most."""
POINT = frozenset(("exact", "place"))
"""Precisions of a point, not an area."""
RANK = {"exact": 0, "place": 0, "admin2": 1, "admin1": 2, "line": 2, "region": 3, "country": 4}
"""How precise a place is: 0 for a point, rising with the size of the area."""


class _Precise(Protocol):
    @property
    def precision(self) -> str: ...


_Place = TypeVar("_Place", bound=_Precise)


def distance(one: Spot, other: Spot) -> float | None:
    """Kilometres between two places (great circle); ``None`` where either has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    a, b = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def rank(spot: _Precise) -> int:
    """0 for a point, rising with the size of the area."""
    return RANK.get(spot.precision, 4)


def finest(spots: Sequence[_Place]) -> list[_Place]:
    """The most precise ones of some places, be they an event's or an incident's."""
    best = min((rank(s) for s in spots), default=0)
    return [s for s in spots if rank(s) == best]


def spot_points(one: Spot, other: Spot) -> float:
    """Points for two single places."""
    w = weights()
    if (
        one.country
        and other.country
        and one.country != other.country
        and "line" not in (one.precision, other.precision)
    ):
        return w["country_apart"]
    same = (one.geonames is not None and one.geonames == other.geonames) or one.name.casefold() == other.name.casefold()
    points = one.precision in POINT, other.precision in POINT
    if all(points):
        return _towns(one, other, same)
    if "country" in (one.precision, other.precision):
        return w["country_same"]
    if any(points):
        return _within(*((one, other) if points[0] else (other, one)))
    if same:
        return w["area_same"]
    apart = distance(one, other)
    if apart is None or one.precision != other.precision or "line" in (one.precision, other.precision):
        return 0.0
    if one.precision == "region" or other.precision == "region":
        return 0.0 if apart < _REACH_KM["region"] else w["area_apart"]
    return w["area_apart"]


def _towns(one: Spot, other: Spot, same: bool) -> float:
    w, bounds = weights(), thresholds()
    apart = distance(one, other)
    if apart is None:  # a village that the gazetteer does not know: spellings differ, beginnings seldom
        alike = one.name.casefold()[:_BEGINNING] == other.name.casefold()[:_BEGINNING]
        return w["place_same"] if same else 0.0 if alike else w["place_named_apart"]
    if same and apart <= 50 and one.name.casefold() == other.name.casefold():
        return w["place_same"]
    if apart <= bounds["near_km"]:
        # one point, two names: "südlich von Aleppo" is not quite Aleppo
        return w["place_same"] if same or one.geonames == other.geonames else w["place_near"]
    return w["place_near"] if apart <= bounds["apart_km"] else w["place_apart"]


def _within(point: Spot, area: Spot) -> float:
    w = weights()
    apart = distance(point, area)
    if apart is None:
        return 0.0
    if apart <= _REACH_KM.get(area.precision, 200.0):
        return w["place_within"]
    # A named area has no size of its own: only what is far from it is outside.
    return w["place_outside"] if area.precision in ("admin1", "admin2") or apart > 2 * _REACH_KM["region"] else 0.0


def place_points(one: Node, other: Node) -> float:
    """Points for the places of two events: the best pair of their most precise ones.

    Where an event has no place of its own, those told of before it in its report count, in part.
    """
    mine, theirs = finest(one.spots or one.context), finest(other.spots or other.context)
    if not mine or not theirs:
        return 0.0
    best = max(spot_points(a, b) for a in mine for b in theirs)
    if one.spots and other.spots:
        return best
    return max(best * weights()["context"], -2.0)

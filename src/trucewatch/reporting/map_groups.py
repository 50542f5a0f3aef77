"""Incidents in one place, or so near to one another that their signs would cover each other, stand as one pill."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from trucewatch.reporting.map_frame import Frame
from trucewatch.reporting.map_items import MapMark
from trucewatch.reporting.map_labels import Rectangle
from trucewatch.reporting.map_symbols import PILL, Link, pill_width

Group = tuple[float, float, list[MapMark]]
"""A point in pixels and the marks that stand there."""
_SINGLE = 19.0
"""Width of a lone sign in pixels."""
_OVERLAP = 2.0


def grouped(frame: Frame, marks: Sequence[MapMark]) -> list[Group]:
    """Precise marks by their point; groups whose signs touch are joined at their middle, until none do."""
    groups: list[Group] = []
    for mark in marks:
        spot = frame.drawn(shapely.centroid(mark.shape_or_point))
        waiting: Group = (spot.x, spot.y, [mark])
        while other := next((g for g in groups if _touch(g, waiting)), None):
            groups.remove(other)
            waiting = _joined(other, waiting)
        groups.append(waiting)
    return groups


def link_of(mark: MapMark) -> Link:
    """What a sign links to."""
    return mark.id, mark.title, mark.grade


def width_of(group: Sequence[MapMark]) -> float:
    """Pixels that the sign or pill of these marks takes."""
    return _SINGLE if len(group) == 1 else pill_width([link_of(m) for m in group])


def room_of(x: float, y: float, wide: float) -> Rectangle:
    """The room of a pill so wide around a point."""
    return (x - wide / 2, y - PILL / 2, x + wide / 2, y + PILL / 2)


def _joined(one: Group, other: Group) -> Group:
    share = len(other[2]) / (len(one[2]) + len(other[2]))
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share, one[2] + other[2]


def _touch(one: Group, other: Group) -> bool:
    across = (width_of(one[2]) + width_of(other[2])) / 2
    return abs(one[0] - other[0]) < across - _OVERLAP and abs(one[1] - other[1]) < PILL - _OVERLAP

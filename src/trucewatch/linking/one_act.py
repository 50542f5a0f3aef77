"""Do two tellings mean one act by their own words? Stricter than what joins them: only that makes two sources of them."""

from __future__ import annotations

from trucewatch.linking.knowledge import weights
from trucewatch.linking.node import Node
from trucewatch.linking.pairs import (
    LONGEST_DAYS,
    dated_points,
    group_of,
    loss_points,
    mode_points,
    share_side,
    target_points,
)
from trucewatch.linking.places import POINT, place_points


def one_act(one: Node, other: Node, undated: bool = False) -> bool:
    """Whether two events tell by themselves of one act: of one day and place, by ways that do not contradict.

    Stricter than what joins them: an undated telling, another town of the country or another weapon is not enough.
    ``undated`` allows a telling without a day where the same victims or numbers are told of within two days.
    """
    if group_of(one.type) != group_of(other.type) or mode_points(one, other) < 0:
        return False
    if target_points(one, other) <= weights()["target_conflict"] or place_points(one, other) < weights()["place_within"]:
        return False
    alike = loss_points(one, other) > 0 or share_side(one.targets, other.targets) is True
    if one.start is None or other.start is None:
        return undated and alike and _published_near(one, other)
    town = any(s.precision in POINT for n in (one, other) for s in n.spots)
    alike = alike or (one.mode is not None and one.mode == other.mode)
    return _one_day(one, other) and (town or alike)  # a province has many acts a day


def _one_day(one: Node, other: Node) -> bool:
    assert one.start is not None and one.end is not None and other.start is not None and other.end is not None
    long = max(one.end - one.start, other.end - other.start) > LONGEST_DAYS
    return not long and dated_points(one, other) > weights()["time_wide"]


def _published_near(one: Node, other: Node) -> bool:
    return one.published is not None and other.published is not None and abs(one.published - other.published) <= LONGEST_DAYS

"""Do two events speak of one happening? Points for and against, each with its reason (weights in linking.toml).

The points of a pair hang on the two events alone, never on the order of adding or on the size of the store.
"""

from __future__ import annotations

from collections.abc import Iterable

from trucewatch.linking.knowledge import blocs, essential_actor, near_modes, own_modes, thresholds, weights
from trucewatch.linking.node import Node, NodeLoss, Side
from trucewatch.linking.places import place_points

HAPPENING = frozenset(("ASSAULT", "HARM", "DAMAGE"))
"""The same attack may be told as act, as harm or as damage."""

NEVER = -99.0

_WHOLE_DAY = 20.0
"""Hours: a shorter span is a part of a day, and parts of a day are told with some play."""
LONGEST_DAYS = 48.0
"""Hours: a longer span names no day."""
_HALF_DAY = 12.0
_OVERLAP = 0.3
"""Share of the shorter of two spans that both have in common where they mean one time."""
_NIGHT = 2.0
"""Hours between two such spans that may still be one night."""


def group_of(event_type: str) -> str:
    """Types that can be one happening share a group."""
    return "HAPPENING" if event_type in HAPPENING else event_type


def points(one: Node, other: Node) -> float:
    """Points that the two are one happening; ``NEVER`` where their types cannot be.

    Symmetric: the two can stand in either order.
    """
    return sum(reasons(one, other).values())


def reasons(one: Node, other: Node) -> dict[str, float]:
    """The points by reason, for ``trucewatch show --why`` and for tuning."""
    if group_of(one.type) != group_of(other.type):
        return {"type": NEVER}
    w = weights()
    if one.report == other.report and one.sha == other.sha:
        return _same_report(one, other)
    if _standing(one, other) or _standing(other, one):
        return {"standing": NEVER}
    found = {"prior": w["prior"], **_evidence(one, other), "place": place_points(one, other)}
    if not (_anchored(one) and _anchored(other)):
        found["unanchored"] = w["unanchored"]
    if one.line_hash == other.line_hash and one.type == other.type:
        found["copied"] = w["copied"]
    return found


def _standing(state: Node, act: Node) -> bool:
    """A war or its whole toll, told as background, is none of the dated acts in it ("Seit 2014 kämpfen …")."""
    whole = state.ongoing or any(loss.total for loss in state.losses)
    return state.background and whole and not act.background and act.start is not None


def _anchored(node: Node) -> bool:
    """Whether a place, time, number or named victim of its own ties the event down."""
    return bool(node.spots or node.losses or _keys(node.targets)) or node.start is not None or node.headline


def _evidence(one: Node, other: Node) -> dict[str, float]:
    return {
        "type": weights()["type_same"] if one.type == other.type else 0.0,
        "mode": mode_points(one, other),
        "time": _time(one, other),
        "targets": target_points(one, other),
        "actors": _actors(one, other),
        "losses": loss_points(one, other),
        "words": _words(one, other),
    }


def mode_points(one: Node, other: Node) -> float:
    """Points for the ways of two acts."""
    w = weights()
    if one.mode is None or other.mode is None:
        return 0.0
    if one.mode == other.mode:
        return w["mode_same"] if one.type == other.type else 0.0
    if one.type != other.type:
        return 0.0
    if frozenset((one.mode, other.mode)) in near_modes():
        return w["mode_near"]
    return w["mode_own"] if own_modes() & {one.mode, other.mode} else w["mode_conflict"]


# --- time -------------------------------------------------------------------------------------------------------------


def _time(one: Node, other: Node) -> float:
    w = weights()
    if one.start is not None and other.start is not None:
        return dated_points(one, other)
    if one.start is None and other.start is None:
        if one.published is None or other.published is None:
            return 0.0
        return _stale(abs(one.published - other.published) / 24)
    dated, undated = (one, other) if one.start is not None else (other, one)
    assert dated.start is not None and dated.end is not None
    if undated.published is None:
        return 0.0
    if undated.published < dated.start - 1:
        return w["time_apart"]
    age = (undated.published - dated.end) / 24
    if undated.background:
        return 0.0
    return _stale(max(0.0, age))


def _stale(days: float) -> float:
    """Points for an undated event by the days between the two."""
    w = weights()
    if days <= 1.0:
        return w["undated_fresh"]
    return w["undated_fresh"] + w["undated_stale"] * (days - 1.0) - (w["undated_fresh"] if days > 2 else 0.0)


def dated_points(one: Node, other: Node) -> float:
    """Points for the spans of two dated events."""
    w = weights()
    assert one.start is not None and one.end is not None and other.start is not None and other.end is not None
    gap = max(one.start, other.start) - min(one.end, other.end)
    longest = max(one.end - one.start, other.end - other.start)
    if gap < 0:
        shortest = min(one.end - one.start, other.end - other.start)
        if (
            longest > LONGEST_DAYS or -gap < _OVERLAP * shortest
        ):  # a week is no date to meet on, nor the hours before midnight
            return w["time_wide"]
        return w["time_same"] + (w["time_finer"] if longest <= 10 else 0.0)
    same_day = int(one.start // 24) == int(other.start // 24)
    if same_day or (gap <= _NIGHT and min(one.end - one.start, other.end - other.start) < _WHOLE_DAY):
        # The hour beside a toll may be that of the count ("am Abend stieg die Zahl …").
        far = gap >= _HALF_DAY / 3 and one.type == other.type
        return w["time_parts_apart"] if far else w["time_parts_near"]
    return w["time_apart"]


# --- sides ------------------------------------------------------------------------------------------------------------


def _keys(sides: Iterable[Side]) -> frozenset[str]:
    return frozenset(s.key for s in sides if s.known and s.key[:2] in ("S:", "G:", "O:"))


def share_side(one: tuple[Side, ...], other: tuple[Side, ...]) -> bool | None:
    """Whether two lists of sides share one; ``None`` where it cannot be told."""
    mine, theirs = _keys(one), _keys(other)
    if not mine or not theirs:
        return None
    if mine & theirs:
        return True
    for a in one:
        for b in other:
            if a.key[:2] == b.key[:2] == "G:" and (a.generic or b.generic):
                return True  # "Rebellen" and a group by its name
    return False


def _civilian(node: Node) -> bool | None:
    kinds = [s.key[:2] for s in node.targets]
    if any(k == "C:" for k in kinds) or any(x.civilian for x in node.losses):
        return None if _keys(node.targets) else True
    return False if _keys(node.targets) else None


def target_points(one: Node, other: Node) -> float:
    """Points for whom two events met."""
    w = weights()
    meet = share_side(one.targets, other.targets)
    if meet:
        return w["target_same"]
    if meet is False:
        return w["target_conflict"]
    mine, theirs = _civilian(one), _civilian(other)
    if mine is None or theirs is None:
        return 0.0
    if mine and theirs:
        return w["target_civilians"]
    return w["target_kind"] if mine != theirs else 0.0


def _actors(one: Node, other: Node) -> float:
    w = weights()
    mine, theirs = _keys(one.actors), _keys(other.actors)
    crossed = (mine & _keys(other.targets)) | (theirs & _keys(one.targets))
    if crossed and share_side(one.targets, other.targets) is not True and "clash" not in (one.mode, other.mode):
        if not (mine & theirs):
            return w["reversed"]
    meet = share_side(one.actors, other.actors)
    if meet is None:
        return 0.0
    if meet:
        return w["actor_same"]
    if group_of(one.type) in essential_actor():
        return w["actor_essential"]
    countries = frozenset((*one.countries, *other.countries))
    if any(allied(a, b, countries) for a in mine for b in theirs):
        return w["actor_allied"] if not any(s.generic for s in (*one.actors, *other.actors)) else 0.0
    return w["actor_conflict"]


def allied(one: str, other: str, countries: frozenset[str]) -> bool:
    """Whether two sides stand together in one of these countries. ``G:?`` in a bloc is any group without a name."""
    return any(one in b.sides and other in b.sides and b.where & countries for b in blocs())


# --- losses and words -------------------------------------------------------------------------------------------------


def loss_points(one: Node, other: Node) -> float:
    """Points for the numbers of the harms that both tell of, the weightiest one.

    A toll that a later report says has risen ("stieg auf 34") does not speak against an earlier, smaller one, nor one
    that its own source corrects.
    """
    earlier, later = sorted((one, other), key=lambda n: n.order)
    found = [
        max(_numbers(a, b), 0.0) if b.total and ((b.low or 0) >= (a.low or 0) or _of_one(a, b)) else _numbers(a, b)
        for a in earlier.losses
        for b in later.losses
        if a.harm == b.harm and not a.part and not b.part and (a.civilian is None or b.civilian in (None, a.civilian))
    ]
    return max(found, default=0.0)


def _of_one(one: NodeLoss, other: NodeLoss) -> bool:
    """Whether both numbers are one source's."""
    return one.source is not None and other.source is not None and one.source.key == other.source.key


def _beyond(one: Node, other: Node) -> bool:
    """Whether the number of the one is so far beyond the other's that it is the toll of a longer time."""
    pairs = [
        sorted((a.low or a.high or 0, b.low or b.high or 0))
        for a in one.losses for b in other.losses if a.harm == b.harm and not (a.vague or b.vague)
    ]  # fmt: skip
    bounds = thresholds()
    return any(low and high >= bounds["beyond"] and high > bounds["beyond_factor"] * low for low, high in pairs)


def _numbers(one: NodeLoss, other: NodeLoss) -> float:
    w, bounds = weights(), thresholds()
    a = one.low if one.low is not None else one.high
    b = other.low if other.low is not None else other.high
    if a is None or b is None:
        return 0.0
    if (a == 0) != (b == 0):
        return w["number_zero"]
    if a == b:
        if a <= 1:
            return 0.3
        return w["number_same_large"] if a >= bounds["large"] else w["number_same"]
    low, high = sorted((a, b))
    if high <= low * bounds["growth"] or high - low <= 2:
        return w["number_near"]
    return w["number_apart"] * min(2.0, (high / max(low, 1)) / (2 * bounds["growth"]) + 0.5)


def _words(one: Node, other: Node) -> float:
    if not one.words or not other.words:
        return 0.0
    shared = len(one.words & other.words)
    return weights()["words"] * shared / max(6, min(len(one.words), len(other.words)) + 2)


# --- within one report ------------------------------------------------------------------------------------------------


def _same_report(one: Node, other: Node) -> dict[str, float]:
    """The reader makes one event of one happening; what it kept apart belongs together only as act and harm, or as two
    sources' versions."""
    w, bounds = weights(), thresholds()
    place = place_points(one, other)
    if not (one.spots and other.spots) and not (one.headline or other.headline):
        place = 0.0  # what was told of before in the text is the same for both
    if one.headline != other.headline:
        # the nearer to the lead, the more it is what the title sums up
        far = w["complement_line"] * max(0, abs(one.sentence - other.sentence) - 1)
        return {"headline": w["headline"] - far, **_evidence(one, other), "place": place}
    time = dated_points(one, other) if one.start is not None and other.start is not None else 0.0
    found = {
        "place": min(place, w["place_within"]),
        "time": min(time, 0.5),
        "targets": target_points(one, other),
        "actors": _actors(one, other),
    }
    sources = one.source and one.source.key, other.source and other.source.key
    one_town = bool(one.spots) and bool(other.spots) and place >= w["place_same"]
    one_target = found["targets"] >= w["target_same"]
    versions = sources[0] != sources[1] and (None not in sources or one_town or one_target)
    apart = min(abs(a - b) for a in one.lines or (one.sentence,) for b in other.lines or (other.sentence,))
    first, second = sorted((one, other), key=lambda n: n.trigger)
    harms = {x.harm for x in one.losses} & {x.harm for x in other.losses}
    reach = bounds["lines_apart"] * (2 if time > 0 else 1)
    if one.negative != other.negative and one.type == other.type and apart <= reach:
        return {**found, "denial": w["denial"] - w["complement_line"] * apart}  # joined to what it denies
    if one.background != other.background:
        return {**found, "apart": w["same_report_apart"]}  # the dead of today's attack are not those of the war
    if harms and one.type != other.type and _beyond(one, other):
        return {**found, "apart": w["same_report_apart"]}  # six dead today, 1500 "since January"
    two_sides = None not in sources and sources[0] != sources[1] and one.paragraph != other.paragraph
    harm_behind = one.type != other.type or (one.type == "HARM" and not harms)
    if (
        harm_behind
        and two_sides
        and not (one_town or one_target)
        and (one.type == other.type or harms and loss_points(one, other) < 0)
    ):
        return {**found, "apart": w["same_report_apart"]}  # the dead that the other side tells of elsewhere are its own
    if harm_behind:
        told_after = second.type in ("HARM", "DAMAGE") or first.type == "HARM"
        if told_after and apart <= bounds["lines_apart"]:
            # it belongs to the act that it stands nearest behind
            before = second.type == "ASSAULT" or (first.type != "ASSAULT" and second.type != "HARM")
            found["complement"] = w["complement"] - w["complement_line"] * apart - before * w["complement_before"]
        else:
            found["apart"] = w["same_report_apart"]
        return found
    found = {**_evidence(one, other), "place": min(place, w["place_within"]), "time": min(time, 0.5)}
    if versions and one_target:  # "an air strike" here, "the army's fire" there, on the same men
        found["mode"] = max(found["mode"], 0.0)
    found["apart"] = w["same_report_versions"] if versions else w["same_report_apart"]
    if second.start is None and any(a.sure and a.kind in ("admit", "deny") for a in second.acts):
        found["answer"] = w["answer"]
    return found

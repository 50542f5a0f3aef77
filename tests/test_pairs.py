"""Which two events are one happening, and how pairs become groups."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linked_events import BINISCH, CIVILIANS, HOMS, IDLIB, IDLIB_PROVINCE, REBELS, SY, SYRIA, TR, killed, told
from trucewatch.linking.blocking import blocks
from trucewatch.linking.clusters import clusters
from trucewatch.linking.knowledge import thresholds
from trucewatch.linking.node import dump, load
from trucewatch.linking.pairs import NEVER, points

LINK = thresholds()["link"]
FIRST = told(1, targets=(CIVILIANS,), losses=(killed(9),))


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("the same told by another agency", told(2, targets=(CIVILIANS,), losses=(killed(9),))),
        ("a risen toll", told(2, losses=(killed(14, total=True),), published="2020-02-28T20:00")),
        ("told as harm", told(2, type="HARM", mode="killed", losses=(killed(9),))),
        ("told without a date the day after", told(2, day=None, targets=(CIVILIANS,))),
        ("another word for the weapon", told(2, mode="drone")),
    ],
)
def test_one_happening(why: str, other: object) -> None:
    assert points(FIRST, other) >= LINK, why  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("the same place the next day", told(2, day="2020-02-28", published="2020-02-29T08:00")),
        ("the same day in another town", told(2, spots=(IDLIB,), targets=(CIVILIANS,), losses=(killed(9),))),
        ("another country", told(2, spots=(replace(HOMS, country="IQ", geonames=7),), countries=("IQ",))),
        ("published before it happened", told(2, day=None, published="2020-02-20T08:00")),
        ("another kind of event", told(2, type="COERCE", mode="arrest")),
        ("weeks later, undated", told(2, day=None, published="2020-03-20T08:00")),
    ],
)
def test_two_happenings(why: str, other: object) -> None:
    assert points(FIRST, other) < LINK, why  # type: ignore[arg-type]


def test_retaliation_is_another_happening() -> None:
    strike = told(1, spots=(IDLIB_PROVINCE,), day=None, targets=(TR,), losses=(killed(33),))
    answer = told(2, spots=(IDLIB_PROVINCE,), day=None, actors=(TR,), targets=(SY,))
    assert points(strike, answer) < LINK


def test_next_village_on_the_same_day_is_another_happening() -> None:
    assert points(told(1, spots=(IDLIB,)), told(2, spots=(BINISCH,))) < LINK


def test_town_within_its_province() -> None:
    assert points(told(1, spots=(IDLIB,)), told(2, spots=(IDLIB_PROVINCE,))) >= LINK
    far = replace(HOMS, name="Deir ez-Zor", geonames=170, lat=35.33, lon=40.14)
    assert points(told(1, spots=(far,)), told(2, spots=(IDLIB_PROVINCE,))) < LINK


def test_morning_and_evening_are_two() -> None:
    morning = told(1, start=FIRST.start + 6, end=FIRST.start + 12, precision="part_of_day")  # type: ignore[operator]
    evening = told(2, start=FIRST.start + 18, end=FIRST.start + 24, precision="part_of_day")  # type: ignore[operator]
    assert points(morning, evening) < LINK <= points(morning, told(3))


def test_who_took_a_town_matters_and_who_shelled_it_may_be_disputed() -> None:
    taken = [told(n, type="ADVANCE", mode="seize", actors=(side,)) for n, side in ((1, SY), (2, REBELS))]
    shelled = [told(n, mode="shelling", actors=(side,)) for n, side in ((1, SY), (2, REBELS))]
    assert points(*taken) < LINK <= points(*shelled)


def test_within_a_report_the_reader_is_believed() -> None:
    act = told(1)
    assert points(act, told(1, event="e2", trigger=(200, 210), sentence=3)) < LINK
    harm = told(1, event="e2", type="HARM", mode="killed", trigger=(60, 70), sentence=1, spots=(), losses=(killed(3),))
    assert points(act, harm) >= LINK
    assert points(act, replace(harm, sentence=9)) < LINK


def test_a_title_is_its_text_told_short() -> None:
    title = told(1, spots=(SYRIA,), day=None, headline=True, targets=(CIVILIANS,))
    body = told(1, event="e2", trigger=(90, 99), sentence=2, targets=(CIVILIANS,))
    assert points(title, body) >= LINK


def test_a_copied_sentence_is_the_same_event() -> None:
    assert points(told(1, spots=(), day=None, line_hash=5), told(2, spots=(), day=None, line_hash=5)) >= LINK


def test_types_that_cannot_be_one() -> None:
    assert points(told(1), told(2, type="RETREAT")) == NEVER


def test_node_survives_the_store() -> None:
    node = told(1, losses=(killed(3, None, SY),), actors=(TR,))
    assert load(dump(node), node.report, node.id) == node


sides = st.sampled_from([(), (TR,), (SY,), (CIVILIANS,), (REBELS,)])
events = st.builds(
    lambda report, day, hour, spot, actors, targets, dead, kind: told(
        report, day=day, published=f"2020-03-0{hour}T08:00", spots=spot, actors=actors, targets=targets, type=kind,
        losses=(killed(dead),) if dead is not None else (),
    ),
    st.integers(1, 9),
    st.sampled_from([None, "2020-02-27", "2020-02-28", "2020-02-29"]),
    st.integers(1, 4),
    st.sampled_from([(), (HOMS,), (IDLIB,), (IDLIB_PROVINCE,), (SYRIA,), (HOMS, IDLIB)]),
    sides,
    sides,
    st.sampled_from([None, 0, 1, 9, 33]),
    st.sampled_from(["ASSAULT", "HARM", "DAMAGE"]),
)  # fmt: skip


@given(events, events)
@settings(max_examples=150, deadline=None)
def test_points_do_not_depend_on_who_is_asked_first(one: object, other: object) -> None:
    other = replace(other, event="e2", trigger=(30, 40))  # type: ignore[type-var]
    assert points(one, other) == pytest.approx(points(other, one))  # type: ignore[arg-type]


@given(events, events)
@settings(max_examples=150, deadline=None)
def test_what_would_be_linked_is_found_as_a_candidate(one: object, other: object) -> None:
    if one.report != other.report and points(one, other) >= LINK and one.start is not None and other.start is not None:  # type: ignore[attr-defined,arg-type]
        assert blocks(one)[1] & blocks(other)[0]  # type: ignore[arg-type]


@given(st.lists(events, min_size=2, max_size=9), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_groups_do_not_depend_on_the_order(found: list[object], luck: random.Random) -> None:
    nodes = [replace(n, id=i, event=f"e{i}", trigger=(10 * i, 10 * i + 5)) for i, n in enumerate(found, 1)]  # type: ignore[type-var]
    mixed = list(nodes)
    luck.shuffle(mixed)
    as_sets = lambda groups: {frozenset(n.id for n in g) for g in groups}  # noqa: E731
    assert as_sets(clusters(nodes, points)) == as_sets(clusters(mixed, points))


def test_people_go_before_points() -> None:
    same = [told(n, targets=(CIVILIANS,), losses=(killed(9),)) for n in (1, 2, 3)]
    assert len(clusters(same, points)) == 1
    apart = clusters(same, points, apart=[(1, 2), (1, 3)])
    assert sorted(len(g) for g in apart) == [1, 2]
    far = [told(1), told(2, spots=(IDLIB,))]
    assert len(clusters(far, points)) == 2
    assert len(clusters(far, points, together=[(1, 2)])) == 1


def test_one_plain_contradiction_keeps_groups_apart() -> None:
    vague = told(2, spots=(), day=None, targets=(CIVILIANS,), losses=(killed(9),), published="2020-02-28T09:00")
    here, there = FIRST, told(3, spots=(IDLIB,), targets=(CIVILIANS,), losses=(killed(9),))
    for group in clusters([here, vague, there], points):
        assert all(points(a, b) > thresholds()["veto"] for a, b in combinations(group, 2))

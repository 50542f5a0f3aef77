"""Grades, responsibility, origins and figures as the ledgers (section 1) settle them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linked_events import (
    ACTIVISTS,
    MSF,
    REBELS,
    RESIDENTS,
    RU,
    SY,
    TR,
    UN,
    UNKNOWN,
    act,
    killed,
    origin,
    told,
)
from trucewatch.incident import IncidentLoss, Responsibility
from trucewatch.linking import grades
from trucewatch.linking.copies import fingerprint, is_copy, share, shingles
from trucewatch.linking.losses import losses
from trucewatch.linking.node import Node
from trucewatch.linking.origins import Origin, Source, count, origins
from trucewatch.linking.ranges import Range
from trucewatch.linking.testimony import Scene
from trucewatch.linking.testimony import testimonies as heard

DPA, AFP, NOBODY = "dpa", "AFP", ""


def _origins(nodes: list[Node], credits: list[str]) -> dict[int, Origin]:
    numbers = sorted({n.report for n in nodes})
    return {r: origin(i, r, credit=c) for i, (r, c) in enumerate(zip(numbers, credits, strict=True), 1)}


def graded(nodes: list[Node], *credits: str, mode: str | None = "airstrike") -> str:
    return grades.grade(heard(nodes, _origins(nodes, list(credits))), Scene(nodes), mode)[0]


def blamed(nodes: list[Node], *credits: str) -> Responsibility:
    return grades.responsibility(heard(nodes, _origins(nodes, list(credits))), Scene(nodes))


@pytest.mark.parametrize(
    ("why", "nodes", "credits", "grade"),
    [
        ("a party says so", [told(1, source=TR, targets=(TR,))], [DPA], "claimed"),
        ("two agencies quote one ministry", [told(1, source=TR), told(2, source=TR)], [DPA, AFP], "claimed"),
        ("the report's own word", [told(1)], [DPA], "reported"),
        ("activists", [told(1, source=ACTIVISTS)], [DPA], "reported"),
        ("unnamed people twice are one source", [told(1, source=ACTIVISTS), told(2, source=RESIDENTS)], [DPA, AFP], "reported"),
        ("hearsay", [told(1, voice="hearsay")], [DPA], "reported"),
        ("two agencies' own word", [told(1), told(2)], [DPA, AFP], "corroborated"),
        ("one agency twice", [told(1), told(2)], [DPA, DPA], "reported"),
        ("a party and the UN", [told(1, source=TR), told(2, source=UN)], [DPA, DPA], "corroborated"),
        ("two bodies", [told(1, source=MSF), told(2, source=UN)], [DPA, DPA], "corroborated"),
        ("both sides", [told(1, source=TR, targets=(TR,)), told(2, source=RU)], [DPA, DPA], "corroborated"),
        ("allies are one source", [told(1, source=SY), told(2, source=RU)], [DPA, AFP], "claimed"),
        ("a nameless spokesman adds nothing", [told(1, source=TR), told(2, source=UNKNOWN)], [DPA, AFP], "claimed"),
        ("the side that did it", [told(1, source=TR, actors=(TR,))], [DPA], "confirmed"),
        ("an admission", [told(1, acts=(act("admit", TR),))], [DPA], "confirmed"),
        ("an unreviewed report never lifts", [told(1, source=TR), told(2)], [DPA, NOBODY], "claimed"),
        ("nor two of them", [told(1), told(2)], [NOBODY, NOBODY], "reported"),
        ("a blame is no witness", [told(1, source=TR, acts=(act("accuse", UN, RU),))], [DPA], "claimed"),
        ("an agency's bare word after it named its source", [told(1, source=TR), told(2)], [DPA, DPA], "claimed"),
        ("denied by the other side", [told(1, source=TR, actors=(TR,), acts=(act("deny", SY, denies="occurrence"),))],
         [DPA], "contested"),
        ("only having done it is denied", [told(1, source=TR, acts=(act("accuse", TR, RU), act("deny", RU, event="e3")))],
         [DPA], "claimed"),
        ("it is not denied that …", [told(1, acts=(act("deny", SY, negative=True, denies="occurrence"),))], [DPA], "reported"),
    ],
)  # fmt: skip
def test_grade(why: str, nodes: list[Node], credits: list[str], grade: str) -> None:
    assert graded(nodes, *credits) == grade, why


def test_a_denial_that_is_taken_back_no_longer_counts() -> None:
    denied = told(1, source=REBELS, acts=(act("deny", SY, denies="occurrence"),))
    admitted = told(2, source=SY, published="2020-02-29T10:00")
    assert graded([denied], DPA) == "contested"
    assert graded([denied, admitted], DPA, DPA) != "contested"


def test_a_clash_is_confirmed_by_no_side_alone() -> None:
    assert graded([told(1, source=SY, actors=(SY, REBELS), mode="clash")], DPA, mode="clash") == "claimed"


def test_the_title_is_no_second_source() -> None:
    title = told(1, headline=True, event="e1")
    body = told(1, event="e2", trigger=(90, 99), source=TR)
    assert graded([title, body], DPA) == "claimed"


def test_what_a_denier_names_is_not_his_claim() -> None:
    named = told(1, source=SY, type="ADVANCE", mode="seize", acts=(act("deny", SY, denies="occurrence"),))
    claim = told(2, source=REBELS, actors=(REBELS,), type="ADVANCE", mode="seize")
    assert graded([named, claim], AFP, DPA, mode="seize") == "contested"


def test_the_reasons_name_the_sources_in_both_languages() -> None:
    nodes = [told(1, source=TR)]
    _, why = grades.grade(heard(nodes, _origins(nodes, [DPA])), Scene(nodes), None)
    assert "türkische Armee" in why.de and "the Turkish army" in why.en and why.de != why.en


@pytest.mark.parametrize(
    ("why", "nodes", "credits", "grade"),
    [
        ("nobody is blamed", [told(1)], [DPA], None),
        ("blamed by a party", [told(1, acts=(act("accuse", TR, SY),))], [DPA], "claimed"),
        ("blamed by observers", [told(1, acts=(act("accuse", MSF, SY),))], [DPA], "reported"),
        ("blamed by two", [told(1, acts=(act("accuse", MSF, SY), act("accuse", TR, SY, event="e3")))], [DPA], "corroborated"),
        ("denied", [told(1, acts=(act("accuse", TR, SY), act("deny", SY, event="e3")))], [DPA], "contested"),
        ("admitted", [told(1, acts=(act("accuse", TR, SY), act("admit", SY, event="e3")))], [DPA], "confirmed"),
        ("each blames the other", [told(1, acts=(act("accuse", TR, SY), act("accuse", SY, TR, event="e3")))], [DPA], "contested"),
        ("his own deed", [told(1, source=TR, actors=(TR,))], [DPA], "confirmed"),
    ],
)  # fmt: skip
def test_responsibility(why: str, nodes: list[Node], credits: list[str], grade: str | None) -> None:
    assert blamed(nodes, *credits).grade == grade, why


def test_responsibility_names_everybody() -> None:
    found = blamed([told(1, acts=(act("accuse", TR, SY), act("deny", RU, event="e3")))], DPA)
    assert found.accused and found.by == ["türkische Armee"] and found.denied_by == [RU.name]


# --- origins and copies -----------------------------------------------------------------------------------------------


def _report(number: int, *agencies: str, own: bool = False) -> Source:
    return Source(number, f"s{number}", f"n{number}", f"2020-01-0{number}", f"Blatt {number}", agencies, own)


@pytest.mark.parametrize(
    ("sources", "copies", "numbers"),
    [
        ([_report(1, "dpa"), _report(2, "dpa")], [], (1, 0, 1)),
        ([_report(1, "dpa"), _report(2, "AFP")], [], (2, 0, 0)),
        ([_report(1, "dpa"), _report(2)], [(1, 2)], (1, 0, 1)),
        ([_report(1), _report(2)], [], (0, 2, 0)),
        ([_report(1, "dpa"), _report(2, "AFP", "dpa")], [], (1, 0, 1)),
        ([_report(1, "dpa"), _report(2, "AFP", "dpa"), _report(3, "AFP")], [], (2, 0, 1)),
        ([_report(1, own=True), _report(2, "dpa")], [], (2, 0, 0)),
    ],
)
def test_origins_are_counted_not_outlets(
    sources: list[Source], copies: list[tuple[int, int]], numbers: tuple[int, int, int]
) -> None:
    found = count(origins(sources, copies))
    assert (found.independent, found.unreviewed, found.copies) == numbers
    assert count(origins(sources[::-1], copies)) == found


TEXT = (
    "Bei einem Luftangriff auf die Stadt sind am Dienstag nach Angaben von Rettungskräften mindestens zwölf Menschen ums "
    "Leben gekommen. Unter den Toten seien fünf Kinder, sagte ein Sprecher des Zivilschutzes. Die Armee äußerte sich nicht."
)


def test_a_cut_and_a_new_headline_are_a_copy_and_a_quoted_sentence_is_not() -> None:
    cut = "Viele Tote nach Angriff\n\n" + TEXT.rsplit(". ", 1)[0] + "."
    assert is_copy(share(shingles(TEXT), shingles(cut)))
    other = "Die Vereinten Nationen riefen zu einer Waffenruhe auf. " * 3 + TEXT.split(". ")[0]
    assert not is_copy(share(shingles(TEXT), shingles(other)))


def test_copies_meet_in_a_band() -> None:
    cut = "Viele Tote nach Angriff\n\n" + TEXT.rsplit(". ", 1)[0] + "."
    assert set(fingerprint(TEXT).bands) & set(fingerprint(cut).bands)
    assert fingerprint(TEXT) == fingerprint(TEXT.replace("\n", " ").replace("  ", " "))


# --- figures ----------------------------------------------------------------------------------------------------------


def figures(nodes: list[Node], *credits: str) -> list[IncidentLoss]:
    return losses(nodes, _origins(nodes, list(credits)))


def ranges(nodes: list[Node], *credits: str) -> list[tuple[int | None, int | None]]:
    return [(x.low, x.high) for x in figures(nodes, *credits) if not x.part_of_total]


def test_a_side_replaces_its_own_figure_and_never_another_sides() -> None:
    nodes = [
        told(1, losses=(killed(9, source=TR),)),
        told(2, losses=(killed(34, source=TR, total=True),), published="2020-02-29T08:00"),
    ]
    assert ranges(nodes, DPA, DPA) == [(34, 34)]
    nodes.append(told(3, losses=(killed(20, source=UN),), published="2020-03-01T08:00"))
    assert ranges(nodes, DPA, DPA, AFP) == [(20, 34)]
    assert [f.low for f in figures(nodes, DPA, DPA, AFP)[0].history] == [9, 34, 20]


def test_floors_of_two_sources_stay_open() -> None:
    nodes = [told(1, losses=(killed(20, None, MSF),)), told(2, losses=(killed(21, None, UN),))]
    assert ranges(nodes, DPA, AFP) == [(20, None)]


def test_a_part_is_never_added() -> None:
    nodes = [told(1, losses=(killed(20, source=UN), killed(9, source=UN, who="Kinder", civilian=True, part=True)))]
    found = figures(nodes, DPA)
    assert [(x.low, x.high, x.part_of_total) for x in found] == [(20, 20, False), (9, 9, True)]


def test_a_group_within_people_is_a_part() -> None:
    nodes = [
        told(1, losses=(killed(21, None, UN, who="Zivilisten", civilian=True),)),
        told(1, event="e2", losses=(killed(9, source=UN, who="Kinder", civilian=True),)),
    ]
    assert ranges(nodes, DPA) == [(21, None)]


def test_both_sides_dead_are_two_entries() -> None:
    nodes = [
        told(1, losses=(killed(3, who="türkische Soldaten", side="S:TR", civilian=False),)),
        told(1, event="e2", losses=(killed(31, who="syrische Soldaten", side="S:SY", civilian=False),)),
    ]
    found = figures(nodes, DPA)
    assert {(x.who, x.low, x.kind) for x in found} == {
        ("türkische Soldaten", 3, "combatants"), ("syrische Soldaten", 31, "combatants"),
    }  # fmt: skip


def test_an_agencys_own_count_gives_way_to_its_later_one() -> None:
    nodes = [told(1, losses=(killed(5),)), told(2, losses=(killed(8, source=TR),), published="2020-02-29T08:00")]
    assert ranges(nodes, DPA, DPA) == [(8, 8)]
    assert ranges(nodes, AFP, DPA) == [(5, 8)]


bound = st.none() | st.integers(0, 500)
some_range = st.builds(
    lambda a, b: Range(min(a, b) if a is not None and b is not None else a, max(a, b) if a is not None and b is not None else b),
    bound, bound,
)  # fmt: skip


@given(some_range, some_range, some_range)
def test_ranges_are_an_algebra(one: Range, two: Range, three: Range) -> None:
    assert one | two == two | one
    assert (one | two) | three == one | (two | three)
    assert one | one == one
    assert one + two == two + one
    both = one | two
    assert both.low is None or both.high is None or both.low <= both.high


@given(some_range, some_range)
def test_nothing_is_told_more_exactly_by_two_than_by_one(one: Range, two: Range) -> None:
    both = one | two
    assert both.low is None or (one.low is not None and both.low <= one.low)
    assert both.high is None or (one.high is not None and both.high >= one.high)


def test_turning_down_a_version_does_not_deny_what_one_says_oneself() -> None:
    own = told(1, source=TR, targets=(TR,))
    theirs = told(2, source=RU, targets=(TR,), acts=(act("deny", TR),))
    assert graded([own, theirs], DPA, AFP) == "corroborated"

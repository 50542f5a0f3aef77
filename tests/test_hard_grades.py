"""Strong grades are hard to earn: what looks like a confession or like a second source, and is none (ledgers, section 1)."""

from __future__ import annotations

import pytest

from linked_events import (
    BINISCH,
    CIVILIANS,
    IDLIB_PROVINCE,
    MSF,
    REBELS,
    RESIDENTS,
    RU,
    SY,
    SYRIA,
    TR,
    UN,
    UNKNOWN,
    act,
    killed,
    origin,
    told,
)
from trucewatch.incident import Both, Responsibility
from trucewatch.linking import grades
from trucewatch.linking.node import Node, Side
from trucewatch.linking.origins import Origin
from trucewatch.linking.testimony import Scene
from trucewatch.linking.testimony import testimonies as heard

DPA, AFP, TASS = "dpa", "AFP", "TASS"
BOTH = "dpa AFP"
HTS = Side("G:HTS", "HTS", "armed_group", True)
AZ = Side("S:AZ", "Verteidigungsministerium in Baku", "government", True, country="AZ")


def _origins(nodes: list[Node], credits: tuple[str, ...]) -> dict[int, Origin]:
    numbers = sorted({n.report for n in nodes})
    return {r: origin(i, r, credit=c) for i, (r, c) in enumerate(zip(numbers, credits, strict=True), 1)}


def graded(nodes: list[Node], *credits: str, mode: str | None = "airstrike") -> tuple[str, Both]:
    return grades.grade(heard(nodes, _origins(nodes, credits)), Scene(nodes), mode)


def blamed(nodes: list[Node], *credits: str) -> Responsibility:
    return grades.responsibility(heard(nodes, _origins(nodes, credits)), Scene(nodes))


# --- confessions that are none ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "nodes", "grade"),
    [
        ("a spokesman of unknown side admits", [told(1, acts=(act("admit", UNKNOWN),))], "reported"),
        ("a relief body corrects its own figure", [told(1, source=UN, acts=(act("admit", UN),))], "reported"),
        ("another side admits that the doer did it", [told(1, actors=(TR,), acts=(act("admit", SY),))], "reported"),
        ("the victims' side admits that it was hit", [told(1, targets=(SY,), acts=(act("admit", SY),))], "reported"),
        ("an admission that only stands near it", [told(1, acts=(act("admit", SY, sure=False),))], "reported"),
        ("taking back words is no deed", [told(1, acts=(act("withdraw", SY),))], "reported"),
        ("it does not admit", [told(1, acts=(act("admit", SY, negative=True),))], "reported"),
        ("an unknown voice names an unknown doer", [told(1, source=UNKNOWN, actors=(UNKNOWN,))], "claimed"),
        ("it tells of its dead, not its act", [told(1), told(1, event="e2", type="HARM", source=TR, actors=(TR,))], "reported"),
    ],
)  # fmt: skip
def test_no_confession(why: str, nodes: list[Node], grade: str) -> None:
    assert graded(nodes, DPA)[0] == grade, why
    found = blamed(nodes, DPA)
    assert found.admitted_by == [] and found.grade != "confirmed", why


def test_who_claims_an_attack_has_done_it_whomever_others_suspect() -> None:
    nodes = [told(1, actors=(SY,)), told(2, acts=(act("claim", REBELS),))]
    assert graded(nodes, DPA, AFP)[0] == "confirmed"


def test_a_boast_of_another_weapon_is_another_act() -> None:
    strike = told(1, source=UN)
    boast = told(2, source=TR, actors=(TR,), mode="clash")
    assert graded([strike, boast], DPA, AFP)[0] != "confirmed"


def test_who_rejects_another_charge_is_not_accused_of_this() -> None:
    nodes = [told(1, source=TR, actors=(TR,), acts=(act("deny", UN, denies="responsibility"),))]
    found = blamed(nodes, DPA)
    assert found.denied_by == [] and "UNICEF" not in found.accused


def test_fighters_here_and_civilians_there_are_two_versions() -> None:
    boast = told(1, source=TR, actors=(TR,), losses=(killed(20, source=TR, who="Kämpfer", civilian=False),))
    others = told(2, source=RESIDENTS, losses=(killed(12, source=RESIDENTS, who="Frauen", civilian=True),))
    grade, why = graded([boast, others], DPA, AFP)
    assert grade == "contested" and "Anwohner" in why.de
    same = told(2, source=RESIDENTS, losses=(killed(20, source=RESIDENTS),))
    assert graded([boast, same], DPA, AFP)[0] == "confirmed"


# --- second sources that are none -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "nodes", "credits", "grade", "doubt"),
    [
        ("an undated telling", [told(1, source=UN), told(2, day=None)], BOTH, "reported", "Tag nicht"),
        ("another town", [told(1, source=UN), told(2, spots=(BINISCH,))], BOTH, "reported", "nicht sicher"),
        ("somewhere in the country", [told(1, source=UN), told(2, spots=(SYRIA,))], BOTH, "reported", "nicht sicher"),
        ("a province has many acts a day",
         [told(1, spots=(IDLIB_PROVINCE,), mode=None), told(2, spots=(IDLIB_PROVINCE,))], BOTH, "reported", "nicht sicher"),
        ("the same way, in one province",
         [told(1, spots=(IDLIB_PROVINCE,)), told(2, spots=(IDLIB_PROVINCE,))], BOTH, "corroborated", ""),
        ("a party and residents in one agency's text", [told(1, source=TR), told(1, event="e2", source=RESIDENTS)],
         DPA, "reported", "einzigen Herkunft"),
        ("victims and residents", [told(1, source=RESIDENTS), told(2, source=CIVILIANS)], BOTH, "reported", "ohne Namen"),
        ("two agencies whose tolls rest on one ministry",
         [told(1, losses=(killed(14, source=TR),)), told(2, losses=(killed(14, source=TR),))], BOTH, "reported", "dieselbe"),
        ("two agencies, each with a toll of its own",
         [told(1, losses=(killed(14, source=TR),)), told(2, losses=(killed(14, source=MSF),))], BOTH, "corroborated", ""),
        ("who only counts the dead", [told(1, source=TR), told(2, type="HARM", source=MSF, targets=(CIVILIANS,))],
         BOTH, "reported", "nur Opfer"),
        ("both sides in one text", [told(1, source=TR, targets=(TR,)), told(1, event="e2", source=SY)], DPA, "corroborated", ""),
        ("a nameless group may be the other group", [told(1, source=REBELS), told(2, source=HTS)],
         BOTH, "claimed", "Verbündete"),
    ],
)  # fmt: skip
def test_second_source(why: str, nodes: list[Node], credits: str, grade: str, doubt: str) -> None:
    found, words = graded(nodes, *credits.split())
    assert found == grade, why
    assert doubt in words.de and words.en != words.de, why


def test_an_agency_of_a_party_speaks_for_the_party() -> None:
    assert graded([told(1, actors=(TR,))], TASS)[0] == "claimed"
    assert graded([told(1, actors=(RU,))], TASS)[0] == "confirmed"
    assert graded([told(1, countries=("AZ",), spots=(), targets=(AZ,))], "Xinhua")[0] == "reported"


def test_the_order_of_testimonies_does_not_matter() -> None:
    nodes = [told(1, source=TR), told(2, source=UN), told(3), told(4, day=None, source=MSF)]
    credits = {1: DPA, 2: AFP, 3: DPA, 4: AFP}
    origins = {n: origin(n, n, credit=c) for n, c in credits.items()}
    found = [
        grades.grade(heard(order, origins), Scene(order), "airstrike")
        for order in (nodes, nodes[::-1], [nodes[2], nodes[0], nodes[3], nodes[1]])
    ]
    assert found[0] == found[1] == found[2]

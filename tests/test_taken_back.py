"""Words taken back: a denial, a claim or a figure stays in view as withdrawn and counts no more (ledgers, section 1)."""

from __future__ import annotations

from linked_events import REBELS, RESIDENTS, SY, TR, UN, act, killed, told
from trucewatch.incident import Incident
from trucewatch.linking.compose import compose
from trucewatch.linking.node import Node
from trucewatch.linking.origins import Source

NEXT, LATER = "2020-02-29T08:00", "2020-03-01T08:00"


def happened(*nodes: Node) -> Incident:
    """The incident of some nodes, each report by an agency of its own."""
    numbers = sorted({n.report for n in nodes})
    said = {n.report: (n.sha, n.said) for n in nodes}
    credits = ("dpa", "AFP", "Reuters", "AP")
    sources = [
        Source(r, said[r][0], f"r{r}", said[r][1], None, (c,), False) for r, c in zip(numbers, credits, strict=False)
    ]
    return compose("i1", list(nodes), sources, ())


def toll(incident: Incident) -> list[tuple[int | None, int | None]]:
    return [(x.low, x.high) for x in incident.losses]


def test_a_denial_taken_back_counts_no_more_and_stays_in_view() -> None:
    claim = told(
        1, source=REBELS, actors=(REBELS,), type="ADVANCE", mode="seize", acts=(act("deny", SY, denies="occurrence"),)
    )
    back = told(
        2, type="ADVANCE", mode="seize", published=NEXT, acts=(act("withdraw", SY, of_denial=True, event="e9"),)
    )
    assert happened(claim).grade == "contested"
    found = happened(claim, back)
    assert found.grade == "confirmed" and found.responsibility.denied_by == []
    denial = next(m for m in found.members if m.event == "e2")
    assert denial.stance == "denies" and denial.withdrawn is not None
    assert (denial.withdrawn.by, denial.withdrawn.when) == (SY.name, NEXT)
    assert next(m for m in found.members if m.event == "e9").stance == "withdraws"


def test_a_claim_taken_back_leaves_the_others_word() -> None:
    claim = told(1, source=TR, losses=(killed(30, source=TR),))
    back = told(2, day=None, published=NEXT, voice="hearsay", acts=(act("withdraw", TR, event="e9"),))
    alone = happened(claim, back)
    assert alone.grade in ("claimed", "reported") and toll(alone) == [(None, None)]
    assert "30" not in alone.title.de and alone.losses[0].history[0].withdrawn is not None
    others = happened(claim, told(3, source=RESIDENTS, losses=(killed(12, source=RESIDENTS),)), back)
    assert others.grade == "reported" and toll(others) == [(12, 12)]


def test_a_corrected_figure_replaces_the_old_one_and_leaves_the_act() -> None:
    first = told(1, source=UN, losses=(killed(21, source=UN),))
    second = told(2, published=NEXT, losses=(killed(9, source=UN),), acts=(act("withdraw", UN, event="e9"),))
    found = happened(first, second)
    assert toll(found) == [(9, 9)] and found.grade == "reported"
    old, new = found.losses[0].history
    assert (old.low, new.low) == (21, 9) and old.withdrawn is not None and new.withdrawn is None
    assert found.responsibility.accused == [] and found.responsibility.admitted_by == []


def test_a_smaller_total_of_one_source_corrects_and_another_sources_number_stays() -> None:
    first = told(1, source=TR, losses=(killed(20, source=TR),))
    other = told(2, source=UN, losses=(killed(19, source=UN),))
    lower = told(3, source=TR, published=NEXT, losses=(killed(17, source=TR, total=True),))
    assert toll(happened(first, other, lower)) == [(17, 19)]
    higher = told(4, source=TR, published=LATER, losses=(killed(23, source=TR, total=True),))
    risen = happened(first, higher)
    assert toll(risen) == [(23, 23)] and all(f.withdrawn is None for f in risen.losses[0].history)


def test_who_takes_back_other_words_touches_nobody_elses() -> None:
    denied = told(1, source=TR, actors=(TR,), acts=(act("deny", SY, denies="occurrence"),))
    back = told(2, published=NEXT, acts=(act("withdraw", REBELS, of_denial=True, event="e9"),))
    assert happened(denied, back).grade == "contested"


def test_one_toll_under_two_labels_is_one() -> None:
    first = told(
        1, actors=(TR,), losses=(killed(14, source=TR, who="Kämpfer", side="G:kämpfer", civilian=False, nameless=True),)
    )
    second = told(2, actors=(TR,), losses=(killed(14, source=TR, who="PKK-Mitglieder", side="G:PKK", civilian=False),))
    found = happened(first, second)
    assert toll(found) == [(14, 14)] and "14" in found.title.de and "28" not in found.title.de
    both = told(3, losses=(
        killed(3, who="türkische Soldaten", side="S:TR", civilian=False), killed(31, who="Kämpfer", side="G:PKK", civilian=False),
    ))  # fmt: skip
    assert sorted(toll(happened(both))) == [(3, 3), (31, 31)]


def test_two_sources_groups_are_not_added_in_the_title() -> None:
    ours = told(1, source=TR, losses=(killed(20, source=TR, who="Kämpfer", civilian=False),))
    theirs = told(2, source=RESIDENTS, losses=(killed(12, source=RESIDENTS, who="Zivilisten", civilian=True),))
    assert "32" not in happened(ours, theirs).title.de


def test_the_order_of_adding_does_not_matter() -> None:
    nodes = [
        told(1, source=UN, losses=(killed(21, source=UN),)),
        told(2, published=NEXT, losses=(killed(9, source=UN),), acts=(act("withdraw", UN, event="e9"),)),
        told(3, source=TR, losses=(killed(20, source=TR),)),
    ]
    assert happened(*nodes) == happened(*nodes[::-1])


def test_what_is_only_named_as_taken_back_says_nothing_and_joins_what_was_said() -> None:
    claim = told(1, source=REBELS, actors=(REBELS,), type="ADVANCE", mode="seize")
    named = told(2, day=None, published=NEXT, event="e5", type="ADVANCE", mode="seize", source=REBELS, negative=True, named=True,
                 acts=(act("withdraw", REBELS, event="e9"),))  # fmt: skip
    found = happened(claim, named)
    assert found.grade == "claimed" and "zurückgenommen" in found.why.de
    assert found.responsibility.admitted_by == [] and found.responsibility.denied_by == []
    assert {m.event: m.withdrawn is not None for m in found.members} == {"e1": True, "e5": False, "e9": False}

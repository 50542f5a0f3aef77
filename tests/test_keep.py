"""Findings in the store: only what changed is assessed again, and what is kept is what assessing all of it would give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessed import RIVER, cases, incident
from trucewatch.agreements import keep
from trucewatch.agreements.assess import assess
from trucewatch.agreements.keep import Work
from trucewatch.agreements.load import load
from trucewatch.agreements.model import Agreement
from trucewatch.incident import Incident
from trucewatch.store import Store
from trucewatch.store import findings as kept
from trucewatch.store import incidents as known

AGREEMENT = load(RIVER)
PROVISIONS = len(AGREEMENT.provisions)
_EXPECTED = ("name", "expect", "holds", "share", "missing", "bearing", "parties", "by", "provision")


def of_case(number: int, case: dict[str, Any]) -> Incident:
    return incident(**{k: v for k, v in case.items() if k not in _EXPECTED}, id=f"i{number:03}")


INCIDENTS = [of_case(n, case) for n, case in enumerate(cases())]
FEW = INCIDENTS[:12]


def put(store: Store, *incidents: Incident) -> None:
    with store.writing() as connection:
        for one in incidents:
            known.save(connection, one, "link", {})


def gone(store: Store, ident: str, into: str | None) -> None:
    with store.writing() as connection:
        known.merge_into(connection, ident, into, "link")


def update(store: Store, *agreements: Agreement) -> Work:
    with store.writing() as connection:
        return keep.update(connection, agreements or [AGREEMENT])


def found(store: Store, agreement: str = "river", **asked: Any) -> list[str]:
    with store.reading() as connection:
        return sorted(f.model_dump_json() for f in keep.findings(connection, agreement, **asked))


def in_memory(incidents: Iterable[Incident], agreement: Agreement = AGREEMENT) -> list[str]:
    """What is to be kept: all but what is outside, of incidents that nobody rejected."""
    mine = [i for i in incidents if i.state != "rejected"]
    return sorted(f.model_dump_json() for f in assess(mine, agreement) if f.result != "outside")


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store of either engine with some incidents, assessed."""
    with Store(database) as made:
        put(made, *FEW)
        work = update(made)
        assert (work.incidents, work.provisions) == (len(FEW), PROVISIONS)
        yield made


def changed(name: str, ident: str, **values: Any) -> Agreement:
    """The agreement with one party, zone, exception or provision changed."""
    parts = [p.model_copy(update=values) if p.id == ident else p for p in getattr(AGREEMENT, name)]
    return AGREEMENT.model_copy(update={name: parts})


def test_everything_is_assessed_once(store: Store) -> None:
    assert found(store) == in_memory(FEW) != []
    assert update(store) == Work(incidents=0, provisions=0, findings=0)
    assert found(store) == in_memory(FEW)


def test_an_empty_store_has_nothing_to_do(database: str) -> None:
    with Store(database) as empty:
        assert update(empty) == Work(incidents=0, provisions=PROVISIONS)
        assert update(empty) == Work()
        assert found(empty) == []


def test_one_incident_that_changed(store: Store) -> None:
    moved = FEW[0].model_copy(update={"grade": "corroborated", "mode": "airstrike"})
    put(store, moved)
    assert update(store).incidents == 1
    assert found(store) == in_memory([moved, *FEW[1:]])
    put(store, moved)  # the same once more is no change
    assert update(store).incidents == 0


def test_an_incident_that_is_new(store: Store) -> None:
    put(store, INCIDENTS[20])
    assert update(store).incidents == 1
    assert found(store) == in_memory([*FEW, INCIDENTS[20]])


def test_an_incident_that_goes_out_of_the_zone(store: Store) -> None:
    far = incident(id=FEW[0].id, at=[[10.0, 10.0, "place", "AA"]])
    put(store, far)
    update(store)
    assert found(store, ids=[far.id]) == []
    assert found(store) == in_memory([far, *FEW[1:]])


@pytest.mark.parametrize("into", [FEW[1].id, None])
def test_an_incident_that_went_takes_its_findings_along(store: Store, into: str | None) -> None:
    assert found(store, ids=[FEW[0].id])
    gone(store, FEW[0].id, into)
    assert update(store).incidents == 0
    assert found(store) == in_memory(FEW[1:])
    put(store, FEW[0])  # split off again
    assert update(store).incidents == 1
    assert found(store) == in_memory(FEW)


def test_a_rejected_incident_has_no_findings(store: Store) -> None:
    rejected = FEW[0].model_copy(update={"state": "rejected"})
    put(store, rejected)
    update(store)
    assert found(store, ids=[rejected.id]) == [] and found(store) == in_memory(FEW[1:])
    put(store, FEW[0])
    update(store)
    assert found(store) == in_memory(FEW)


# --- the agreement changes --------------------------------------------------------------------------------------------

CHANGES: list[tuple[str, Callable[[], Agreement], set[str]]] = [
    ("the words of a provision", lambda: changed("provisions", "heavy", text=AGREEMENT.title), {"heavy"}),
    ("what a provision forbids", lambda: changed("provisions", "shield", forbids=AGREEMENT.provision("heavy").forbids),
     {"shield"}),
    ("a zone that some use", lambda: changed("zones", "band", buffer_km=(5.0, 6.0)), {"heavy"}),
    ("a zone that others are cut from", lambda: changed("zones", "port", radius_km=12.0), {"quiet", "outside-port", "works"}),
    ("a zone that nobody uses then", lambda: AGREEMENT.model_copy(update={"zones": [
        *AGREEMENT.zones, AGREEMENT.zone("port").model_copy(update={"id": "spare"})]}), set()),
    ("a party's states", lambda: changed("parties", "gamma", states=["CC", "DD"]), {"guarantee", "quiet"}),
    ("whom an exception names", lambda: changed("parties", "delta", groups=["Andere"]), {"ceasefire"}),
    ("an exception", lambda: changed("exceptions", "port-works", where=["band"]), {"works"}),
    ("a window", lambda: AGREEMENT.model_copy(update={"windows": AGREEMENT.windows[:1]}), {p.id for p in AGREEMENT.provisions}),
    ("its title", lambda: AGREEMENT.model_copy(update={"title": AGREEMENT.zone("port").name}), set()),
    ("its note", lambda: AGREEMENT.model_copy(update={"note": AGREEMENT.title}), set()),
    ("the order of provisions", lambda: AGREEMENT.model_copy(update={"provisions": AGREEMENT.provisions[::-1]}), set()),
]  # fmt: skip


@pytest.fixture(scope="module")
def assessed_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(str(tmp_path_factory.mktemp("keep") / "t.db")) as made:
        put(made, *FEW)
        update(made)
        yield made


@pytest.mark.parametrize("case", CHANGES, ids=[c[0] for c in CHANGES])
def test_only_the_provisions_that_it_changes(assessed_once: Store, case: tuple[str, Callable[[], Agreement], set[str]]) -> None:
    _, change, provisions = case
    other = change()
    before = {p.id: keep.digest_of(AGREEMENT, p) for p in AGREEMENT.provisions}
    assert {p.id for p in other.provisions if keep.digest_of(other, p) != before.get(p.id)} == provisions
    for agreement in (other, AGREEMENT):  # there and back
        work = update(assessed_once, agreement)
        assert work.provisions == len(provisions)
        assert work.incidents == (len(FEW) if provisions else 0)
        assert found(assessed_once) == in_memory(FEW, agreement)
        assert update(assessed_once, agreement) == Work()


def test_a_provision_that_is_new_and_one_that_goes(store: Store) -> None:
    fewer = AGREEMENT.model_copy(update={"provisions": AGREEMENT.provisions[1:]})
    assert update(store, fewer) == Work()
    assert found(store) == in_memory(FEW, fewer)
    work = update(store)
    assert (work.provisions, work.incidents) == (1, len(FEW))
    assert found(store) == in_memory(FEW)


def test_incident_and_provision_change_at_once(store: Store) -> None:
    other = changed("provisions", "heavy", from_="2020-06-01")
    moved = FEW[3].model_copy(update={"mode": "airstrike"})
    put(store, moved)
    gone(store, FEW[5].id, None)
    work = update(store, other)
    assert (work.provisions, work.incidents) == (1, len(FEW) - 1)
    assert found(store) == in_memory([i for i in (*FEW[:3], moved, *FEW[4:]) if i.id != FEW[5].id], other)


def test_the_order_of_zones_in_the_words_counts(store: Store) -> None:
    one = AGREEMENT.model_copy(update={"area": ["strip", "port"]})
    other = AGREEMENT.model_copy(update={"area": ["port", "strip"]})
    for agreement in (one, other):
        update(store, agreement)
        assert found(store) == in_memory(FEW, agreement)


def test_another_file_of_the_same_id_takes_its_place(store: Store) -> None:
    """As when a file is edited: findings are of what was last asked for."""
    other = AGREEMENT.model_copy(update={"provisions": [AGREEMENT.provisions[0].model_copy(update={"id": "only"})]})
    work = update(store, other)
    assert (work.provisions, work.incidents) == (1, len(FEW))
    assert found(store) == in_memory(FEW, other)


def test_two_agreements_at_once_look_at_each_incident_once(database: str) -> None:
    twin = AGREEMENT.model_copy(update={"id": "twin", "provisions": AGREEMENT.provisions[:2]})
    with Store(database) as store:
        put(store, *FEW)
        work = update(store, AGREEMENT, twin)
        assert (work.incidents, work.provisions) == (len(FEW), PROVISIONS + 2)
        assert found(store) == in_memory(FEW) and found(store, "twin") == in_memory(FEW, twin)
        put(store, FEW[0].model_copy(update={"mode": "airstrike"}))
        assert update(store, twin).incidents == 1  # each agreement has a mark of its own
        work = update(store, AGREEMENT, twin)
        assert (work.incidents, work.provisions) == (1, 0)
        changed_one = [FEW[0].model_copy(update={"mode": "airstrike"}), *FEW[1:]]
        assert found(store) == in_memory(changed_one) and found(store, "twin") == in_memory(changed_one, twin)


def test_what_is_asked_for(store: Store) -> None:
    everything = in_memory(FEW)
    ids = [FEW[0].id, FEW[2].id]
    assert found(store, ids=ids) == [f for f in everything if any(f'"incident":"{i}"' in f for i in ids)]
    assert found(store, ids=[]) == []
    assert found(store, results=["alleged"]) == [f for f in everything if '"result":"alleged"' in f]


class _Interrupted(Exception):
    pass


def test_interrupted_in_the_middle_leaves_what_was(store: Store) -> None:
    before = found(store)
    other = changed("provisions", "ceasefire", text=AGREEMENT.title)
    seen = 0

    def stop(number: int) -> None:
        nonlocal seen
        seen += number
        if seen == 5:
            raise _Interrupted

    put(store, FEW[1].model_copy(update={"mode": "airstrike"}))
    with pytest.raises(_Interrupted), store.writing() as connection:
        keep.update(connection, [other], stop)
    assert found(store) == before
    work = update(store, other)  # and all of it is still to do
    assert (work.provisions, work.incidents) == (1, len(FEW))
    assert found(store) == in_memory([FEW[0], FEW[1].model_copy(update={"mode": "airstrike"}), *FEW[2:]], other)


_STEPS = st.lists(
    st.tuples(st.sampled_from(("put", "gone", "reject", "agreement", "update")), st.integers(0, len(INCIDENTS) - 1)),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS, batch=st.sampled_from((1, 3, 1000)))
def test_however_it_came_about_it_is_what_assessing_all_gives(
    steps: Sequence[tuple[str, int]], batch: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Over the cases of the river: put, merged away, rejected, agreement changed, in any order and in any batches."""
    from trucewatch.store import findings as kept

    agreement = AGREEMENT
    there: dict[str, Incident] = {}
    with pytest.MonkeyPatch.context() as patch, Store(str(tmp_path_factory.mktemp("steps") / "t.db")) as store:
        patch.setattr(kept, "_AT_ONCE", batch)
        for what, number in steps:
            one = INCIDENTS[number]
            if what == "put":
                there[one.id] = one.model_copy(update={"grade": "reported"}) if one.id in there else one
                put(store, there[one.id])
            elif what == "reject":
                there[one.id] = one.model_copy(update={"state": "rejected"})
                put(store, there[one.id])
            elif what == "gone" and there:
                ident = sorted(there)[number % len(there)]
                del there[ident]
                gone(store, ident, None)
            elif what == "agreement":
                agreement = CHANGES[number % len(CHANGES)][1]()
            else:
                update(store, agreement)
        update(store, agreement)
        assert found(store) == in_memory(there.values(), agreement)
        assert update(store, agreement) == Work()


def test_all_cases_of_the_river(tmp_path: Any) -> None:
    with Store(str(tmp_path / "t.db")) as store:
        put(store, *INCIDENTS)
        update(store)
        assert found(store) == in_memory(INCIDENTS)


def test_much_work_is_done_in_several_transactions_and_may_be_interrupted(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others can write between; what is not marked as done is begun anew; the result is that of one transaction."""
    agreement = load(RIVER)
    made = [incident(id=f"i{n}", reported=f"2020-03-{n + 1:02}") for n in range(9)]
    monkeypatch.setattr(keep, "_MUCH", 4)
    monkeypatch.setattr(kept, "_AT_ONCE", 2)
    with Store(database) as store:
        with store.writing() as connection:
            for one in made:
                known.save(connection, one, "link", {}, new=True)
        calls = 0

        def stop(_: int) -> None:
            nonlocal calls
            calls += 1
            if calls == 5:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            keep.bring_up(store, [agreement], stop)
        assert keep.bring_up(store, [agreement]).incidents == len(made)
        assert keep.bring_up(store, [agreement]).incidents == 0
        with store.reading() as connection:
            found = sorted(f.model_dump_json() for f in keep.findings(connection, agreement.id))
    assert found == sorted(f.model_dump_json() for f in assess(made, agreement) if f.result != "outside")

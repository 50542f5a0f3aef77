"""The state of a truce: what counts, where, as what, against which time before; signs of escalation; claimed numbers apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessed import RIVER, cases, incident
from trucewatch import link, read
from trucewatch.agreements.assess import assess
from trucewatch.agreements.claimed import ClaimedCount, claimed_counts, concerning
from trucewatch.agreements.load import load, named
from trucewatch.agreements.situation import in_period
from trucewatch.agreements.state import STANDINGS, Entry, State, class_name, class_of, entries, quiet_spell, state
from trucewatch.commands.state import split
from trucewatch.incident import INCIDENT_TYPES, Incident, IncidentLoss
from trucewatch.knowledge.load import table
from trucewatch.record import MODES
from trucewatch.store import StoreError

AGREEMENT = load(RIVER)
ORDER: list[str] = table("truce_state")["order"]
RULES: dict[str, Any] = table("truce_state")["signals"]


def counted(*incidents: Incident) -> list[Entry]:
    return entries(AGREEMENT, assess(incidents, AGREEMENT), {i.id: i for i in incidents})


def one(**changed: Any) -> Entry:
    (entry,) = counted(incident(**changed))
    return entry


def on(day: str, **changed: Any) -> Incident:
    after = (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    return incident(**{"from": day, "to": after, "reported": after, **changed})


def entry(number: int, day: str, kind: str = "heavy_weapons", **more: Any) -> Entry:
    said: dict[str, Any] = {"result": "alleged", "standing": "claimed", "provisions": ["ceasefire"], "parties": ["alpha"],
                            "zones": ["strip"], "region": "Uferstreifen"}  # fmt: skip
    return Entry(incident=f"i{number}", day=day, dated=True, kind=kind, by=["dpa"], **{**said, **more})


# --- what counts ------------------------------------------------------------------------------------------------------


def test_every_mode_of_the_codebook_has_a_class() -> None:
    for kind in INCIDENT_TYPES - {"AID", "PROTEST", "RETREAT"}:
        for mode in (*MODES[kind], None):
            name = class_of(incident(type=kind, mode=mode))
            assert name in ORDER and class_name(name).de and class_name(name).en, (kind, mode)
    for kind in ("AID", "PROTEST", "RETREAT"):
        assert class_of(incident(type=kind, mode=None)) is None
    for name, row in table("truce_state")["classes"].items():
        assert name in ORDER
        for act in row["acts"]:
            assert set(act.get("modes", ())) <= {*MODES[act["type"]], ""}


@pytest.mark.parametrize(("kind", "mode", "expected"), [
    ("ASSAULT", "airstrike", "air"), ("ASSAULT", "drone", "air"), ("ASSAULT", "shelling", "heavy_weapons"),
    ("ASSAULT", "mine", "explosion"), ("ASSAULT", "clash", "small_arms"), ("ASSAULT", None, "force"),
    ("ADVANCE", "capture", "ground"), ("VIOLATE", "withdrawal_line", "weapons"), ("VIOLATE", "airspace", "airspace"),
    ("VIOLATE", "ceasefire", "claimed_breach"), ("COERCE", "restrict_movement", "restriction"), ("COERCE", "arrest", "detention"),
    ("DAMAGE", None, "damage"), ("HARM", None, "victims"), ("MOBILIZE", None, "weapons"),
])  # fmt: skip
def test_class_of(kind: str, mode: str | None, expected: str) -> None:
    assert class_of(incident(type=kind, mode=mode)) == expected


def test_an_incident_counts_once_under_its_strongest_finding() -> None:
    shelling = incident(grade="corroborated", charges=[{"side": "alpha", "by": ["UN"], "grade": "corroborated"}])
    found = list(assess([shelling], AGREEMENT))
    assert sum(f.bearing == "contrary" and f.result not in ("outside", "not_covered") for f in found) > 3
    (entry_,) = counted(shelling)
    assert (entry_.result, entry_.standing, entry_.kind) == ("corroborated", "corroborated", "heavy_weapons")
    assert entry_.parties == ["alpha"] and entry_.by == ["UN"]
    assert len(entry_.provisions) > 3 and len(set(entry_.provisions)) == len(entry_.provisions)


@pytest.mark.parametrize(("changed", "standing"), [
    ({}, "claimed"),
    ({"charges": [{"side": "alpha", "by": ["B"], "denied": ["A"], "grade": "contested"}]}, "contested"),
    ({"charges": [{"side": "alpha", "by": ["B"], "admitted": True, "grade": "confirmed"}], "grade": "confirmed"}, "corroborated"),
    ({"charges": [], "at": [[50.2, 10.5, "exact", "AA"]]}, "undetermined"),
    ({"at": [[50.0, 10.5, "exact", "AA"]]}, "undetermined"),
])  # fmt: skip
def test_standings(changed: dict[str, Any], standing: str) -> None:
    assert one(**changed).standing == standing


def test_what_does_not_count() -> None:
    assert not counted(on("2019-05-01"))
    assert not counted(incident(at=[[10.0, 10.0, "place", "AA"]]))
    assert not counted(incident(type="AID", mode="food"))
    assert not counted(incident(type="RETREAT", mode="withdraw"))  # what a provision demands is no breach of it
    rejected = incident().model_copy(update={"state": "rejected"})
    assert not counted(rejected)
    assert entries(AGREEMENT, assess([incident()], AGREEMENT), {}) == []


def test_the_day_is_that_of_the_incident_else_of_the_first_report() -> None:
    assert (one().day, one().dated) == ("2020-03-10", True)
    night = one(**{"from": "2020-03-10T22:00", "to": "2020-03-11T06:00"}, precision="part_of_day")
    assert (night.day, night.dated) == ("2020-03-10", True)
    vague = one(**{"from": ""}, reported="2020-03-12")
    assert (vague.day, vague.dated) == ("2020-03-12", False)
    month = one(**{"from": "2020-03-01", "to": "2020-04-01"}, precision="month", reported="2020-03-20T09:00")
    assert (month.day, month.dated) == ("2020-03-20", False)


def test_what_is_only_recalled_without_a_time_belongs_to_no_period() -> None:
    assert not counted(incident(**{"from": ""}, background=True))
    assert counted(incident(background=True))  # with a day it does


def test_inside_and_possibly_inside() -> None:
    inside = one(at=[[50.2, 10.5, "exact", "AA"]])
    assert inside.zones == ["strip", "rough", "outskirts"] and inside.possibly == []
    edge = one(at=[[50.5, 11.0, "exact", "AA"]])
    assert "strip" in edge.possibly and "strip" not in edge.zones
    assert one(at=[]).zones == [] == one(at=[]).possibly


def test_dead_are_counted_at_least_and_once() -> None:
    deadly = incident()
    deadly.losses = [
        IncidentLoss(harm="killed", low=3, high=5), IncidentLoss(harm="killed", low=2, part_of_total=True),
        IncidentLoss(harm="killed", who="Kinder", high=4), IncidentLoss(harm="wounded", low=9),
    ]  # fmt: skip
    (found,) = counted(deadly)
    assert found.killed == 3


# --- periods ----------------------------------------------------------------------------------------------------------


def test_periods_are_half_open() -> None:
    days = ["2020-03-08", "2020-03-09", "2020-03-10", "2020-03-15", "2020-03-16"]
    mine = counted(*(on(day, id=f"i{n}") for n, day in enumerate(days)))
    found = state(AGREEMENT, mine, "2020-03-09", "2020-03-16")
    assert [e.day for e in found.entries] == days[1:4]
    assert found.before_since == "2020-03-02" and sum(r.before for r in found.regions) == 1
    assert list(found.per_day) == [f"2020-03-{n:02}" for n in range(9, 16)] and sum(found.per_day.values()) == 3
    assert found.quiet == ("2020-03-11", "2020-03-15")
    following = state(AGREEMENT, mine, "2020-03-16", "2020-03-23")
    assert [e.day for e in following.entries] == days[4:] and sum(r.before for r in following.regions) == 3


@pytest.mark.parametrize(("since", "until"), [("2020-03-02", "2020-03-02"), ("2020-03-03", "2020-03-02")])
def test_an_empty_period_is_an_error(since: str, until: str) -> None:
    with pytest.raises(ValueError, match="the period is empty"):
        state(AGREEMENT, [], since, until)


def test_the_ends_of_the_calendar() -> None:
    first = state(AGREEMENT, [], "0001-01-01", "0001-01-05")
    assert first.before_since == "0001-01-01" and len(first.per_day) == 4
    last = state(AGREEMENT, [], "9999-12-30", "9999-12-31")
    assert last.quiet == ("9999-12-30", "9999-12-31")
    assert list(split("9999-12-30", "9999-12-31", "month")) == [("9999-12-30", "9999-12-31")]


@pytest.mark.parametrize(("start", "end", "since", "expected"), [
    ("2020-03-05T18:00", "2020-03-06T00:00", "2020-03-06", False),  # the evening before ends at midnight
    ("2020-03-05T18:00", "2020-03-06T00:01", "2020-03-06", True),
    ("2020-03-05", "2020-03-06", "2020-03-06", False), ("2020-03-05", "2020-03-06", "2020-03-05", True),
    ("2020-03-07", "2020-03-08", "2020-03-06", True), ("2020-03-08", "2020-03-09", "2020-03-06", False),
])  # fmt: skip
def test_in_period(start: str, end: str, since: str, expected: bool) -> None:
    assert in_period(incident(**{"from": start, "to": end}), since, "2020-03-08") is expected


@pytest.mark.parametrize(("per_day", "expected"), [
    ([0, 0, 0], (0, 3)), ([1, 2, 1], None), ([1, 0, 1, 0], (1, 2)), ([0, 1, 0, 0], (2, 4)), ([0, 0, 1, 0, 0], (0, 2)), ([], None),
])  # fmt: skip
def test_quiet_spell(per_day: list[int], expected: tuple[int, int] | None) -> None:
    def day(n: int) -> str:
        return (dt.date(2020, 2, 28) + dt.timedelta(days=n)).isoformat()

    found = quiet_spell({day(n): number for n, number in enumerate(per_day)})
    assert found == (None if expected is None else (day(expected[0]), day(expected[1])))


@pytest.mark.parametrize(("since", "until", "by", "expected"), [
    ("2020-02-28", "2020-03-02", "day", ["2020-02-28", "2020-02-29", "2020-03-01", "2020-03-02"]),
    ("2019-02-28", "2019-03-02", "day", ["2019-02-28", "2019-03-01", "2019-03-02"]),
    ("2019-12-23", "2020-01-09", "week", ["2019-12-23", "2019-12-30", "2020-01-06", "2020-01-09"]),
    ("2020-02-24", "2020-03-02", "week", ["2020-02-24", "2020-03-02"]),
    ("2019-12-15", "2020-03-01", "month", ["2019-12-15", "2020-01-01", "2020-02-01", "2020-03-01"]),
    ("2020-01-31", "2020-04-01", "month", ["2020-01-31", "2020-02-01", "2020-03-01", "2020-04-01"]),
    ("2020-01-31", "2020-04-02", None, ["2020-01-31", "2020-04-02"]),
])  # fmt: skip
def test_split(since: str, until: str, by: str | None, expected: list[str]) -> None:
    found = list(split(since, until, by))
    assert [*(a for a, _ in found), found[-1][1]] == expected
    assert all(a < b for a, b in found) and all(b == c for (_, b), (c, _) in pairwise(found))


def test_split_into_too_many_says_what_to_do() -> None:
    assert len(list(split("2020-01-01", "2021-02-04", "day"))) == 400
    with pytest.raises(StoreError, match=r"more than 400 periods.*--by month"):
        list(split("2020-01-01", "2021-02-05", "day"))
    with pytest.raises(StoreError, match="the period is empty"):
        list(split("2020-01-02", "2020-01-01", "day"))


# --- sums -------------------------------------------------------------------------------------------------------------

_ALL = [
    incident(**{k: v for k, v in c.items() if k not in ("name", "expect", "holds", "share", "missing", "bearing", "parties", "by",
                                                        "provision")}, id=f"i{n:03}")
    for n, c in enumerate(cases())
]  # fmt: skip
_COUNTED = counted(*_ALL)


def consistent(found: State, now: Iterable[Entry], before: Iterable[Entry]) -> None:
    """Cells, regions and days are sums over the entries: nothing is lost, nothing is counted twice."""
    now, before = list(now), list(before)
    assert sum(found.per_day.values()) == len(now) == len(found.entries)
    assert sum(r.violations for r in found.regions) == len(now) and sum(r.before for r in found.regions) == len(before)
    assert sum(r.killed for r in found.regions) == sum(e.killed for e in now)
    assert sorted(i for r in found.regions for i in r.incidents) == sorted(e.incident for e in now)

    def spread(entries_: list[Entry]) -> Counter[tuple[str, str, str | None]]:
        return Counter(
            (zone, e.kind, party)
            for e in entries_
            for zone in ([*e.zones, *e.possibly] or [""])
            for party in (e.parties or [None])
        )  # fmt: skip

    assert Counter({(c.zone, c.kind, c.party): c.number for c in found.cells if c.number}) == spread(now)
    assert Counter({(c.zone, c.kind, c.party): c.before for c in found.cells if c.before}) == spread(before)
    assert len({(c.zone, c.kind, c.party) for c in found.cells}) == len(found.cells)
    by_id = {e.incident: e for e in now}
    for cell in found.cells:
        assert len(cell.incidents) == len(set(cell.incidents)) == cell.number
        for standing in STANDINGS:
            assert getattr(cell, standing) == sum(by_id[i].standing == standing for i in cell.incidents)
        assert cell.possibly == sum(cell.zone in by_id[i].possibly for i in cell.incidents) <= cell.number
    assert {i for c in found.cells for i in c.incidents} == set(by_id)


@given(start=st.integers(0, 500), days=st.integers(1, 400))
def test_cells_regions_and_days_are_sums_of_the_entries(start: int, days: int) -> None:
    first = dt.date(2019, 10, 1) + dt.timedelta(days=start)
    low, since, until = ((first + dt.timedelta(days=n)).isoformat() for n in (-days, 0, days))
    found = state(AGREEMENT, _COUNTED, since, until)
    consistent(found, [e for e in _COUNTED if since <= e.day < until], [e for e in _COUNTED if low <= e.day < since])
    assert State.model_validate_json(found.model_dump_json()) == found


def test_periods_side_by_side_add_up_to_the_whole() -> None:
    whole = state(AGREEMENT, _COUNTED, "2020-01-01", "2021-01-01")
    for by in ("day", "week", "month"):
        if by == "day":
            periods = [p for a, b in split("2020-01-01", "2021-01-01", "month") for p in split(a, b, "day")]
        else:
            periods = list(split("2020-01-01", "2021-01-01", by))
        parts = [state(AGREEMENT, _COUNTED, *p) for p in periods]
        assert [e.incident for p in parts for e in p.entries] == [e.incident for e in whole.entries]
        assert {d: n for p in parts for d, n in p.per_day.items()} == whole.per_day
        for earlier, later in pairwise(parts):
            if later.before_since == earlier.since:
                assert sum(r.before for r in later.regions) == len(earlier.entries)


def test_nobody_named_and_no_place_have_cells_of_their_own() -> None:
    mine = [entry(1, "2020-03-10", parties=[], zones=[]), entry(2, "2020-03-10", parties=["alpha", "beta"])]
    found = state(AGREEMENT, mine, "2020-03-09", "2020-03-16")
    assert [(c.zone, c.party, c.number) for c in found.cells] == [("strip", "alpha", 1), ("strip", "beta", 1), ("", None, 1)]
    consistent(found, mine, [])


# --- signs of escalation ----------------------------------------------------------------------------------------------


def weeks(*numbers: int, kind: str = "heavy_weapons", killed: int = 0) -> list[Entry]:
    """So many incidents in each week from 2 March 2020 on."""
    days = [dt.date(2020, 3, 2) + dt.timedelta(weeks=w) for w in range(len(numbers))]
    rows = [day.isoformat() for day, n in zip(days, numbers, strict=True) for _ in range(n)]
    return [entry(n, day, kind, killed=killed) for n, day in enumerate(rows)]


def last_week(mine: list[Entry], number: int) -> State:
    first = dt.date(2020, 3, 2) + dt.timedelta(weeks=number - 1)
    return state(AGREEMENT, mine, first.isoformat(), (first + dt.timedelta(days=7)).isoformat())


@pytest.mark.parametrize(("numbers", "rises"), [
    ((1, 1, 1, 1, 4), True),  # more than 1 + 2·√1
    ((1, 1, 1, 1, 3), False),
    ((4, 4, 4, 4, 9), True), ((4, 4, 4, 4, 8), False),
    ((9, 9, 9, 9, 16), True), ((9, 9, 9, 9, 15), False),
    ((1, 0, 0, 0, 3), True), ((1, 0, 0, 0, 2), False),  # under three is no signal
    ((5, 5, 5, 5, 5), False), ((9, 1, 1, 1, 1), False),
])  # fmt: skip
def test_a_rise(numbers: tuple[int, ...], rises: bool) -> None:
    found = last_week(weeks(*numbers), len(numbers))
    signals = [s for s in found.signals if s.kind == "rise"]
    assert bool(signals) is rises and found.compared == 4
    for signal in signals:
        assert len(signal.incidents) == numbers[-1]
        assert "Beschuss" in signal.cause.de and str(numbers[-1]) in signal.cause.de and "Shelling" in signal.cause.en
        assert "," in signal.cause.de and "{" not in signal.cause.de + signal.cause.en


def test_a_rise_of_one_class_is_no_rise_of_another() -> None:
    mine = [*weeks(2, 2, 2, 2, 2), *weeks(0, 0, 0, 0, 6, kind="air")]
    (signal,) = [s for s in last_week(mine, 5).signals if s.kind == "rise"]
    assert signal.cause.en.startswith("Air strikes")


@pytest.mark.parametrize(("before", "now", "signals"), [
    (0, 5, True), (0, 4, False), (3, 6, True), (3, 5, False), (10, 20, True), (10, 19, False),
])  # fmt: skip
def test_more_dead(before: int, now: int, signals: bool) -> None:
    mine = [entry(1, "2020-03-02", killed=before), entry(2, "2020-03-09", killed=now), entry(3, "2020-03-10")]
    found = [s for s in last_week(mine, 2).signals if s.kind == "killed"]
    assert bool(found) is signals
    if found:
        assert found[0].incidents == ["i2"] and str(now) in found[0].cause.de and str(before) in found[0].cause.en


@pytest.mark.parametrize(("last", "signals"), [("2020-02-23", True), ("2020-02-24", False), ("2019-01-01", True)])
def test_a_class_that_comes_back(last: str, signals: bool) -> None:
    """Fourteen days without: 24 February to 8 March."""
    mine = [entry(3, "2020-03-10", "air"), entry(2, "2020-03-09", "air"), entry(1, last, "air")]  # in whatever order
    found = [s for s in state(AGREEMENT, mine, "2020-03-09", "2020-03-16").signals if s.kind == "returned"]
    compared = state(AGREEMENT, mine, "2020-03-09", "2020-03-16").compared
    assert compared > 0
    assert bool(found) is signals
    if found:
        days = (dt.date(2020, 3, 9) - dt.date.fromisoformat(last)).days - 1
        assert set(found[0].incidents) == {"i2", "i3"} and f" {days} " in found[0].cause.de and f" {days} " in found[0].cause.en


def test_without_anything_before_there_is_no_judgement() -> None:
    found = last_week(weeks(40), 1)
    assert found.signals == [] and found.compared == 0
    assert state(AGREEMENT, [], "2020-03-02", "2020-03-09").compared == 0
    assert last_week(weeks(1, 1, 1), 3).compared == 2  # two weeks that there is anything of


def test_what_comes_later_changes_nothing() -> None:
    mine = weeks(1, 2, 1, 1, 6, 50)
    assert last_week(mine, 5) == last_week(weeks(1, 2, 1, 1, 6), 5)


# --- claimed numbers --------------------------------------------------------------------------------------------------

ARMY = "Kiew (dpa) - Die ukrainische Armee zählte am Montag 52 Verstöße der Separatisten gegen die Waffenruhe."
LAST_DAY = (
    "Moskau (AFP) - In den vergangenen 24 Stunden habe es mehr als 100 Verstöße gegen die Waffenruhe gegeben, teilte das "
    "russische Verteidigungsministerium mit."
)
OSCE = "Kiew (dpa) - Die OSZE registrierte am Montag 312 Verletzungen der Waffenruhe im Gebiet Donezk."
MINISTRY = (
    "Moskau (AFP) - Das russische Verteidigungsministerium warf den ukrainischen Streitkräften mehr als 100 Verstöße gegen "
    "die Waffenruhe in 24 Stunden vor."
)


def claims(text: str, published: str = "2021-03-02") -> list[ClaimedCount]:
    record = read(text, published=published)
    assert not [i for i in link([record]) if i.type == "VIOLATE"], "a claimed number is no incident"
    return claimed_counts(record, text)


def test_who_counts_and_who_is_accused() -> None:
    (army,) = claims(ARMY)
    assert (army.low, army.high, army.type) == (52, 52, "VIOLATE")
    assert army.speaker == "ukrainische Armee" and army.source is not None and army.source.country == "UA"
    assert army.day == "2021-03-01" and army.quote in ARMY
    (osce,) = claims(OSCE)
    assert (osce.low, osce.speaker, osce.accused) == (312, "OSZE", [])
    assert osce.source is not None and osce.source.side is not None and osce.source.side.startswith("O:")
    assert any(p.name == "Donezk" for p in osce.places)


def test_more_than_a_hundred_in_24_hours() -> None:
    (count,) = claims(MINISTRY)
    assert (count.low, count.high) == (101, None)
    assert [p.country for p in count.accused] == ["UA"]
    assert count.source is not None and count.source.country == "RU"
    (count,) = claims(LAST_DAY)
    assert (count.low, count.high, count.accused) == (101, None, [])
    assert count.time is not None and (count.time.from_, count.time.to) == ("2021-03-01", "2021-03-02")


def test_whose_acts_are_counted() -> None:
    assert [p.name for p in claims(ARMY)[0].accused] == ["Separatisten"]


def test_a_length_of_time_that_nothing_anchors_is_no_span() -> None:
    """Codebook 13.20: the count then belongs to the day of publication."""
    (count,) = claims(MINISTRY)
    assert count.time is None and count.day == (count.published or "")[:10]


def test_claims_of_an_agreement_and_of_a_period() -> None:
    counts = [*claims(ARMY), *claims(OSCE), *claims(MINISTRY)]
    minsk, idlib = named("minsk-2-2015"), named("idlib-moscow-2020")
    assert len(list(concerning(counts, minsk))) == 3
    assert [c.low for c in concerning(counts[:2], minsk, "2021-03-01", "2021-03-02")] == [52, 312]
    assert not list(concerning(counts[:2], minsk, "2021-03-02", "2021-03-09"))
    assert not list(concerning(counts[:2], minsk, "2021-02-22", "2021-03-01"))
    assert not [c for c in concerning(counts[:2], idlib) if c.low in (52, 312)]
    found = state(minsk, [], "2021-03-01", "2021-03-08", counts)
    assert found.entries == [] and len(found.claimed) == 3 and sum(found.per_day.values()) == 0


def test_a_span_that_ends_at_midnight_is_not_of_the_next_day() -> None:
    (count,) = claims(ARMY)
    assert count.time is not None
    time = count.time.model_copy(update={"from_": "2021-03-01T00:00", "to": "2021-03-02T00:00"})
    count = count.model_copy(update={"time": time})
    assert count.meets("2021-03-01", "2021-03-02") and not count.meets("2021-03-02", "2021-03-03")
    assert count.meets(None, None) and not count.meets(None, "2021-03-01")

"""Asking the store for incidents by time, place, party, grade, box and toll, and for what changed; both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import shelf
from trucewatch.cli import main
from trucewatch.incident import Both, Incident, IncidentLoss, IncidentPlace, IncidentTime, Member
from trucewatch.linking import decide
from trucewatch.reporting.incident_text import kind_of
from trucewatch.store import Store
from trucewatch.store import incidents as kept
from trucewatch.store.incidents import Question
from trucewatch.store.times import now


def made(
    number: str, day: str | None, at: tuple[float, float] | None = None, killed: tuple[int | None, int | None] | None = None,
    **more: Any,
) -> Incident:  # fmt: skip
    """An incident as linking would compose it, in short."""
    member = Member(report="sha256:0", name="r", event="e1", type="ASSAULT", trigger=(0, 1), evidence=(0, 1), origin="o1",
                    voice="reporter")  # fmt: skip
    values: dict[str, Any] = {
        "id": number, "type": "ASSAULT", "title": Both(de=number, en=number), "members": [member], "grade": "reported",
        "why": Both(de="", en=""), "first_reported": "2021-03-04",
    }  # fmt: skip
    if day is not None:
        values["time"] = IncidentTime(from_=day, to=more.pop("to", None), precision="day")
    if at is not None:
        values["places"] = [IncidentPlace(name="P", lat=at[0], lon=at[1], precision="place")]
    if killed is not None:
        values["losses"] = [
            IncidentLoss(harm="killed", low=killed[0], high=killed[1]),
            IncidentLoss(harm="killed", low=1, high=1, part_of_total=True),
            IncidentLoss(harm="wounded", low=500, high=500),
        ]
    return Incident(**{**values, **more})


SHELVED = (
    (made("i-one", "2021-03-01", (50.0, 36.2), (4, 7), to="2021-03-02"), {"place": {"Charkiw", "UA"}, "party": {"Russland"}}),
    (made("i-two", "2021-03-01T18:00", (-17.0, 179.0), (20, None), to="2021-03-02T06:00", grade="contested"),
     {"place": {"Suva", "FJ"}, "party": {"Straße der Freiheit"}}),
    (made("i-three", "2021-03-10", (-18.0, -179.5), to="2021-03-20", type="PROTEST"), {"place": {"Nuku'alofa"}, "party": set()}),
    (made("i-four", None, None, (0, 0), background=True), {"place": {"UA"}, "party": {"RUSSLAND"}}),
    (made("i-five", "2021-04", (36.2, 37.2), state="rejected"), {"place": {"Aleppo"}, "party": set()}),
)  # fmt: skip


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as opened:
        with opened.writing() as connection:
            for incident, names in SHELVED:
                kept.save(connection, incident, "link", names)
        yield opened


def test_questions(store: Store) -> None:
    asked: list[tuple[dict[str, Any], set[str]]] = [
        ({}, {"one", "two", "three", "four"}),
        ({"rejected": True}, {"one", "two", "three", "four", "five"}),
        ({"background": False}, {"one", "two", "three"}),
        ({"since": "2021-03-02"}, {"two", "three", "four"}),  # one ended before that day; four was reported on the 4th
        ({"since": "2021-03-03"}, {"three", "four"}),
        ({"since": "2021-03-05", "until": "2021-03-10"}, set()),
        ({"since": "2021-03-15", "until": "2021-03-16"}, {"three"}),
        ({"until": "2021-03-01"}, set()),
        ({"until": "2021-03-02"}, {"one", "two"}),
        ({"place": "charkiw"}, {"one"}),
        ({"place": " UA "}, {"one", "four"}),
        ({"place": "NUKU'ALOFA"}, {"three"}),
        ({"place": "%"}, set()),
        ({"party": "russland"}, {"one", "four"}),
        ({"party": "STRASSE der  freiheit"}, {"two"}),
        ({"grade": "contested"}, {"two"}),
        ({"type": "PROTEST"}, {"three"}),
        ({"min_killed": 0}, {"one", "two", "four"}),
        ({"min_killed": 4}, {"one", "two"}),
        ({"min_killed": 5}, {"two"}),
        ({"min_killed": 21}, set()),
        ({"box": (30.0, 40.0, 40.0, 55.0)}, {"one"}),
        ({"box": (170.0, -30.0, -170.0, 0.0)}, {"two", "three"}),  # across the antimeridian
        ({"box": (-180.0, -30.0, 0.0, 0.0)}, {"three"}),
        ({"box": (179.0, -17.0, 179.0, -17.0)}, {"two"}),
        ({"place": "UA", "min_killed": 1}, {"one"}),
        ({"limit": 1}, {"one"}),
    ]
    with store.reading() as connection:
        for question, wanted in asked:
            found = [Incident.model_validate_json(t).id for t in kept.find(connection, Question(**question))]
            assert {i.removeprefix("i-") for i in found} == wanted, question
            if "limit" not in question:
                assert kept.count(connection, Question(**question)) == len(wanted)
        order = [Incident.model_validate_json(t).id for t in kept.find(connection, Question(rejected=True))]
    assert order == ["i-one", "i-two", "i-four", "i-three", "i-five"]


def test_questions_on_the_command_line(store: Store, database: str, capsys: pytest.CaptureFixture[str]) -> None:
    def asked(*arguments: str) -> set[str]:
        assert main(["incidents", "--format", "jsonl", *arguments, "--database", database]) == 0
        return {json.loads(line)["id"].removeprefix("i-") for line in capsys.readouterr().out.splitlines()}

    assert asked() == {"one", "two", "three", "four"}
    assert asked("--since", "2021-03-15", "--until", "2021-03-15") == {"three"}
    assert asked("--zone=170,-30,-170,0") == {"two", "three"}
    assert asked("--grade", "contested", "--min-killed", "20") == {"two"}
    assert asked("--place", "Charkiw", "--party", "Russland", "--type", "assault") == {"one"}
    assert asked("--no-background", "--rejected") == {"one", "two", "three", "five"}
    assert asked("--place", "n\0ul") == set()
    for bad in (["--zone", "1,2,3"], ["--zone", "0,10,0,-10"], ["--since", "soon"], ["--min-killed", "-1"], ["--grade", "x"]):
        with pytest.raises(SystemExit) as stopped:
            main(["incidents", *bad, "--database", database])
        assert stopped.value.code == 2
        capsys.readouterr()


def test_what_changed(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    def kinds(since: str) -> dict[str, str]:
        with store.reading() as connection:
            return {change.incident: kind_of(change) for change in kept.changes(connection, since)}

    with Store(database) as store:
        start = now()
        shelf.fill(store, [shelf.STRIKE, shelf.BOMB])
        strike, bomb = shelf.incident_of(store, "k1").id, shelf.incident_of(store, "k6").id
        assert kinds(start) == {strike: "new", bomb: "new"}
        quiet = now()
        assert kinds(quiet) == {}
        bare = shelf.DENIAL["text"].split(" Bei dem")[0]  # the denial without the rescuers, who are a second source
        shelf.put(store, shelf.of_row({**shelf.DENIAL, "text": bare}))
        assert kinds(quiet) == {strike: "contested"}
        before_toll = now()
        shelf.put(store, shelf.of_row(shelf.TOLL))
        assert kinds(before_toll)[strike] == "figures"
        before_blame = now()
        shelf.put(store, shelf.of_row(shelf.BLAME))
        assert kinds(before_blame) == {bomb: "corroborated"}
        before_decision = now()
        with store.writing() as connection:
            decide.accept(connection, bomb, "A. Monitor")
        assert kinds(before_decision) == {bomb: "decided"}
        before_merge = now()
        with store.writing() as connection:
            done = decide.merge(connection, [strike, bomb], "A. Monitor")
        assert kinds(before_merge)[bomb] == "merged"
        with store.reading() as connection:
            [gone] = [c for c in kept.changes(connection, before_merge) if c.incident == bomb]
        assert gone.merged_into == strike and gone.after is None and gone.before is not None
        with store.writing() as connection:
            decide.undo(connection, done.id, "A. Monitor")
        assert kinds(start)[strike] == "new"
    assert main(["diff", "--since", "2000-01-01", "--format", "jsonl", "--database", database]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["change"] for row in told} == {"new"}
    assert main(["diff", "--since", "1h", "--database", database]) == 0
    assert main(["diff", "--since", "whenever", "--database", database]) == 1
    assert capsys.readouterr().err.startswith("trucewatch: --since: ")

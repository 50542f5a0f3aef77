"""What people decide is only ever added, can be undone, and outlives new reports, new readings and new links; both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

import shelf
from trucewatch.cli import main
from trucewatch.incident import Incident
from trucewatch.linking import decide, take_in
from trucewatch.store import DecisionError, Store
from trucewatch.store import decisions as book
from trucewatch.store import incidents as kept
from trucewatch.store.tables import decisions

WHO = "A. Monitor"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as opened:
        shelf.fill(opened)
        yield opened


def take(store: Store, kind: Any, *what: Any, **more: Any) -> book.Decision:
    with store.writing() as connection:
        return kind(connection, *what, **{"who": WHO, **more})  # type: ignore[no-any-return]


def killed(incident: Incident) -> tuple[int | None, int | None]:
    [loss] = [x for x in incident.losses if x.harm == "killed"]
    return loss.low, loss.high


def test_decisions_are_only_added(store: Store) -> None:
    strike = shelf.incident_of(store, "k1")
    take(store, decide.accept, strike.id, why="seen")
    take(store, decide.annotate, strike.id, "ask the mission")
    with store.reading() as connection:
        before = list(connection.execute(sa.select(decisions).order_by(decisions.c.id)))
    take(store, decide.undo, 1)
    take(store, decide.reject, strike.id)
    with store.reading() as connection:
        after = list(connection.execute(sa.select(decisions).order_by(decisions.c.id)))
    assert after[: len(before)] == before
    assert [row.kind for row in after] == ["accept", "annotate", "undo", "reject"]
    assert all(row.who == WHO and row.at.endswith("Z") for row in after)


def test_undo_of_undo(store: Store) -> None:
    strike = shelf.incident_of(store, "k1")
    computed = killed(strike)
    first = take(store, decide.correct, strike.id, "losses.killed.low", 6)
    assert killed(shelf.incident_of(store, "k1")) == (6, computed[1])
    second = take(store, decide.undo, first.id)
    assert killed(shelf.incident_of(store, "k1")) == computed
    with pytest.raises(DecisionError, match="undone already"):
        take(store, decide.undo, first.id)
    third = take(store, decide.undo, second.id)
    assert killed(shelf.incident_of(store, "k1")) == (6, computed[1])
    take(store, decide.undo, third.id)
    assert killed(shelf.incident_of(store, "k1")) == computed
    with pytest.raises(DecisionError, match="no decision 99"):
        take(store, decide.undo, 99)


def test_a_correction_keeps_the_computed_value_beside_it(store: Store) -> None:
    strike = shelf.incident_of(store, "k1")
    take(store, decide.correct, strike.id, "losses.killed.low", 6, why="hospital list")
    [note] = shelf.incident_of(store, "k1").decisions
    assert (note.kind, note.field, note.value, note.computed) == ("correct", "losses.killed.low", 6, killed(strike)[0])
    assert (note.who, note.why) == (WHO, "hospital list")


BAD = (
    ("grade", "true"), ("losses.killed.low", "many"), ("losses.killed.low", -1), ("losses.killed.low", 99),
    ("losses", [{"harm": "killed", "low": -3}]), ("losses.killed", 3), ("losses.9.low", 1), ("time.from", 5),
    ("places", "Charkiw"), ("id", "i1"), ("members", []), ("", 1), ("time..from", "x"), ("title.fr", "x"),
    ("type", "STATE OF THINGS"), ("grade.x", 1), ("losses.eaten.low", 1), ("background", "perhaps"),
    ("losses.killed.low", 2.5), ("places.0.lat", "north"),
)  # fmt: skip


def test_a_bad_value_is_refused_in_one_line(store: Store) -> None:
    strike = shelf.incident_of(store, "k1")
    for field, value in BAD:
        with pytest.raises(DecisionError) as fault:
            take(store, decide.correct, strike.id, field, value)
        assert "\n" not in str(fault.value), (field, value)
    with store.reading() as connection:
        assert book.every(connection) == []
    assert shelf.incident_of(store, "k1") == strike


def test_a_decision_needs_a_name_and_an_incident(store: Store) -> None:
    strike = shelf.incident_of(store, "k1").id
    for who in ("", "  "):
        with pytest.raises(DecisionError, match="say who decides"):
            take(store, decide.accept, strike, who=who)
    with pytest.raises(DecisionError, match="no incident"):
        take(store, decide.accept, "i0000000000")
    with pytest.raises(DecisionError, match="empty note"):
        take(store, decide.annotate, strike, " ")


def test_odd_words_in_decisions(store: Store) -> None:
    """What is typed on a command line may hold anything but is kept, or refused in one line."""
    strike = shelf.incident_of(store, "k1").id
    take(store, decide.annotate, strike, "n\0ul \U0001f4a3 \ud83d", who="A\0B \udcff", why="\0")
    [note] = shelf.incident_of(store, "k1").decisions
    assert "\U0001f4a3" in note.value
    take(store, decide.correct, strike, "title.de", "n\0ul \ud83d")


def test_merge_keeps_the_older_id_and_remembers_the_other(store: Store) -> None:
    strike, bomb = shelf.incident_of(store, "k1"), shelf.incident_of(store, "k6")
    with store.reading() as connection:
        order = kept.numbers(connection, [strike.id, bomb.id])
    older, younger = sorted((strike, bomb), key=lambda i: order[i.id])
    done = take(store, decide.merge, [younger.id, older.id])
    merged = shelf.incident_of(store, "k1")
    assert merged.id == older.id and merged.merged == [younger.id]
    assert shelf.names(merged) == shelf.names(strike) | shelf.names(bomb)
    with store.reading() as connection:
        assert kept.resolve(connection, younger.id) == older.id
    with pytest.raises(DecisionError, match="not one already"):
        take(store, decide.merge, [younger.id, older.id])
    take(store, decide.undo, done.id)
    assert shelf.incident_of(store, "k1").id == older.id
    apart = shelf.incident_of(store, "k6")
    assert shelf.names(apart) == shelf.names(bomb)
    assert apart.id != older.id


def test_a_merge_of_three_and_of_two_kinds(store: Store) -> None:
    ids = [shelf.incident_of(store, *at).id for at in (("k1",), ("k6",), ("k5", "e1"))]
    take(store, decide.merge, ids)
    assert len({shelf.incident_of(store, *at).id for at in (("k1",), ("k6",), ("k5", "e1"))}) == 1
    truce = shelf.incident_of(store, "k8").id
    with pytest.raises(DecisionError, match="different kinds"):
        take(store, decide.merge, [ids[0], truce])
    with pytest.raises(DecisionError, match="two incidents or more"):
        take(store, decide.merge, [truce, truce])


def test_split(store: Store) -> None:
    strike = shelf.incident_of(store, "k1")
    with pytest.raises(DecisionError, match="no member"):
        take(store, decide.split, strike.id, [("k99", None)])
    with pytest.raises(DecisionError, match="nothing would be left"):
        take(store, decide.split, strike.id, [(n, None) for n in shelf.names(strike)])
    done = take(store, decide.split, strike.id, [("k3", None)])
    assert shelf.names(shelf.incident_of(store, "k1")) == shelf.names(strike) - {"k3"}
    apart = shelf.incident_of(store, "k3")
    assert shelf.names(apart) == {"k3"} and apart.id != strike.id
    take(store, decide.undo, done.id)
    joined = shelf.incident_of(store, "k3")
    assert joined.id == strike.id and shelf.names(joined) == shelf.names(strike)


def test_of_a_split_and_a_merge_the_later_counts(store: Store) -> None:
    strike = shelf.incident_of(store, "k1")
    take(store, decide.split, strike.id, [("k3", None)])
    apart = shelf.incident_of(store, "k3")
    take(store, decide.merge, [strike.id, apart.id])
    assert shelf.names(shelf.incident_of(store, "k1")) == shelf.names(strike)
    take(store, decide.split, strike.id, [("k3", None)])
    assert shelf.names(shelf.incident_of(store, "k3")) == {"k3"}


def test_decisions_outlive_new_reports(database: str) -> None:
    """The same decisions on a part of the reports; the others come later and find them standing."""
    with Store(database) as store:
        shelf.fill(store, [shelf.STRIKE, shelf.DENIAL, shelf.BOMB])
        strike, bomb = shelf.incident_of(store, "k1"), shelf.incident_of(store, "k6")
        take(store, decide.split, strike.id, [("k2", None)])
        take(store, decide.accept, bomb.id)
        take(store, decide.correct, strike.id, "losses.killed.high", 9)
        shelf.fill(store)
        after = shelf.incident_of(store, "k1")
        assert after.id == strike.id and "k2" not in shelf.names(after) and "k3" in shelf.names(after)
        assert killed(after)[1] == 9
        accepted = shelf.incident_of(store, "k6")
        assert accepted.state == "accepted" and "k7" in shelf.names(accepted)
        merged = take(store, decide.merge, [strike.id, bomb.id])
        shelf.put(store, shelf.of_row({**shelf.TOLL, "id": "k9", "publisher": "Tagesblick"}))
        assert {"k1", "k6", "k9"} <= shelf.names(shelf.incident_of(store, "k1"))
        assert merged.incident == shelf.incident_of(store, "k6").id


def test_rejected_incidents_are_listed_only_when_asked_for(store: Store) -> None:
    bomb = shelf.incident_of(store, "k6").id
    take(store, decide.reject, bomb)
    assert bomb not in {i.id for i in shelf.incidents(store)}
    assert bomb in {i.id for i in shelf.incidents(store, rejected=True)}


def test_merge_and_split_outlive_a_new_reading(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(database) as store:
        shelf.fill(store)
        strike, bomb = shelf.incident_of(store, "k1"), shelf.incident_of(store, "k6")
        take(store, decide.split, strike.id, [("k3", None)])
        take(store, decide.merge, [strike.id, bomb.id])
        take(store, decide.annotate, bomb.id, "both by one side?")
        before = [i.to_json() for i in shelf.incidents(store)]
    monkeypatch.setattr(take_in, "engine_version", lambda: "9.9.9+later")
    assert main(["reread", "--database", database]) == 0
    with Store(database) as store:
        assert [i.to_json() for i in shelf.incidents(store)] == before


# --- the command line -------------------------------------------------------------------------------------------------


def test_the_command(store: Store, database: str, capsys: pytest.CaptureFixture[str]) -> None:
    strike, bomb = shelf.incident_of(store, "k1").id, shelf.incident_of(store, "k6").id

    def decided(*what: str, status: int = 0) -> str:
        assert main(["decide", *what, "--database", database]) == status
        out, err = capsys.readouterr()
        assert (err == "") == (status == 0) and err.count("\n") <= 1
        return out + err

    who = ("--who", WHO)
    assert f"decision 1: accept {strike} by {WHO}" in decided("accept", strike[:5], *who)
    assert "decision 2: correct" in decided("correct", strike, "losses.killed.low", "6", *who, "--why", "list")
    assert "decision 3: merge" in decided("merge", strike, bomb, *who)
    assert "decision 4: undo" in decided("undo", "3", *who)
    assert "decision 5: split" in decided("split", strike, "k3:e1", *who)
    assert "no incident 'i00'" in decided("accept", "i00", *who, status=1)
    assert "say who" in decided("accept", strike, "--who", " ", status=1)
    listed = decided()
    assert "merge" in listed and "(undone)" in listed and "list" in listed
    assert main(["decide", "--format", "jsonl", "--of", strike, "--database", database]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["kind"] for r in rows] == ["accept", "correct", "merge", "undo", "split"]
    assert [r["undone"] for r in rows] == [False, False, True, False, False]

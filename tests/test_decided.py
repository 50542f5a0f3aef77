"""After a decision everything that is shown of an incident agrees: title, figures, type, ids."""

from __future__ import annotations

import json
from typing import Any

import pytest

import shelf
from trucewatch.cli import main
from trucewatch.store import Store

Said = pytest.CaptureFixture[str]
WHO = ["--who", "A. Monitor"]


@pytest.fixture
def strike(database: str) -> str:
    with Store(database) as opened:
        shelf.fill(opened)
    with Store(database) as opened:
        return shelf.incident_of(opened, "k1").id


def shown(capsys: Said, database: str, ident: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["show", ident, "--format", "json", "--database", database]) == 0
    found = json.loads(capsys.readouterr().out)
    assert main(["show", ident, "--database", database]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == found["title"]["de"]
    return dict(found)


def decide(database: str, *what: str) -> None:
    assert main(["decide", *what, *WHO, "--database", database]) == 0


def test_a_corrected_figure_stands_in_the_title(strike: str, database: str, capsys: Said) -> None:
    before = shown(capsys, database, strike)
    decide(database, "correct", strike, "losses.killed.high", "19")
    decide(database, "correct", strike, "losses.killed.low", "19")
    after = shown(capsys, database, strike)
    assert after["title"] != before["title"]
    assert after["title"]["de"].endswith("19 Tote") and after["title"]["en"].endswith("19 dead")
    decide(database, "undo", "1")
    decide(database, "undo", "2")
    assert shown(capsys, database, strike)["title"] == before["title"]


def test_a_low_above_what_is_computed_lifts_the_high(strike: str, database: str, capsys: Said) -> None:
    """New reports may bring the computed figures under a corrected one: both ends agree all the same."""
    decide(database, "correct", strike, "losses.killed.high", "90")
    decide(database, "correct", strike, "losses.killed.low", "80")
    decide(database, "undo", "1")
    [loss] = [x for x in shown(capsys, database, strike)["losses"] if x["harm"] == "killed"]
    assert (loss["low"], loss["high"]) == (80, 80)


def test_a_corrected_type_and_place_stand_in_the_title(strike: str, database: str, capsys: Said) -> None:
    decide(database, "correct", strike, "type", "HARM")
    after = shown(capsys, database, strike)
    assert after["type"] == "HARM" and after["mode"] is None
    assert not after["title"]["de"].startswith("Luftangriff")
    decide(database, "correct", strike, "places", '[{"name": "Poltawa", "precision": "place"}]')
    assert "Poltawa" in shown(capsys, database, strike)["title"]["de"]


def test_a_title_that_a_person_gave_stays(strike: str, database: str, capsys: Said) -> None:
    decide(database, "correct", strike, "title.de", "Der Markt")
    decide(database, "correct", strike, "type", "HARM")
    title = shown(capsys, database, strike)["title"]
    assert title["de"] == "Der Markt" and not title["en"].startswith("air strike")


def test_a_correction_says_what_came_of_it(strike: str, database: str, capsys: Said) -> None:
    decide(database, "correct", strike, "title.de", "Der Markt")
    assert f"{strike} Der Markt" in capsys.readouterr().out


def test_a_split_says_both_ids_and_the_old_one_stays_with_what_stays(strike: str, database: str, capsys: Said) -> None:
    members = {m["name"] for m in shown(capsys, database, strike)["members"]}
    moved = sorted(members - {"k3"})
    decide(database, "split", strike, *moved)  # more than what stays
    lines = capsys.readouterr().out.splitlines()
    ids = [line.split()[0] for line in lines[1:]]
    assert len(ids) == len(set(ids)) >= 2 and ids[0] == strike
    assert {m["name"] for m in shown(capsys, database, strike)["members"]} == {"k3"}
    found = {m["name"] for i in ids[1:] for m in shown(capsys, database, i)["members"]}
    assert found == set(moved)
    decide(database, "undo", "1")
    assert {m["name"] for m in shown(capsys, database, strike)["members"]} == members

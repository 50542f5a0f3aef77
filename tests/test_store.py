"""The store keeps what it is given, on both engines: reports, records, search, JSON Lines, re-reading, order, company."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import shelf
from conftest import EXAMPLES, ROOT
from trucewatch.cli import main
from trucewatch.linking import decide, take_in
from trucewatch.store import Store, search
from trucewatch.store import incidents as kept
from trucewatch.store.tables import records, reports, sightings


def rows(store: Store, table: sa.Table) -> list[Any]:
    with store.reading() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)))


def add(database: str, *files: Path | str) -> int:
    return main(["add", *map(str, files), "--database", database])


def lines(path: Path, *listed: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in listed), encoding="utf-8")
    return path


# --- reports ----------------------------------------------------------------------------------------------------------


def test_raw_bytes_are_kept_unaltered(database: str, tmp_path: Path) -> None:
    data = "\ufeffKiew (dpa) - Bei Beschuss in Donezk starben drei Menschen – sagt „die Armee“.\r\n".encode("utf-16")
    path = tmp_path / "alt.txt"
    path.write_bytes(data)
    assert add(database, path) == 0
    with Store(database) as store:
        [row] = rows(store, reports)
    assert bytes(row.raw) == data
    assert row.sha256 == hashlib.sha256(data).hexdigest()
    assert row.digest == f"sha256:{row.sha256}"
    assert row.name == "alt" and row.form == "file"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", row.retrieved)


def test_the_same_bytes_are_no_second_report_but_a_sighting(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    shutil.copy(EXAMPLES[0], one)
    shutil.copy(EXAMPLES[0], other)
    assert add(database, one, other, other, one) == 0
    assert "1 new, 3 known, 0 failed" in capsys.readouterr().out
    with Store(database) as store:
        assert [r.name for r in rows(store, reports)] == ["one"]
        assert [r.name for r in rows(store, sightings)] == ["other"]


def test_json_lines(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Section 4 of the ledgers: only ``text`` is required; a report is what its line says, not when it was fetched."""
    path = lines(
        tmp_path / "reports.jsonl",
        {**shelf.STRIKE, "title": "Angriff", "url": "https://example.org/1", "retrieved": "2021-03-02T10:00:00Z"},
        {"text": shelf.BOMB["text"]},
        {**shelf.STRIKE, "publisher": "Kurier", "id": "k1-kurier"},
        {**shelf.STRIKE, "title": "Angriff", "url": "https://example.org/1", "retrieved": "2021-03-05T10:00:00Z"},
    )
    assert add(database, path) == 0
    assert "3 new (1 of them copies of a known text), 1 known, 0 failed" in capsys.readouterr().out
    with Store(database) as store:
        first, second, third = rows(store, reports)
        told = shelf.incident_of(store, "k1")
    assert (first.name, first.title, first.published, first.publisher) == ("k1", "Angriff", "2021-03-02", "Bote")
    assert (first.url, first.retrieved, first.form) == ("https://example.org/1", "2021-03-02T10:00:00Z", "line")
    assert second.name == "reports:2"
    assert third.text == first.text and third.digest != first.digest
    assert shelf.names(told) == {"k1", "k1-kurier"}
    assert {m.report for m in told.members} == {first.digest, third.digest}
    assert told.origins.independent == 1 and told.origins.copies == 1


def test_bad_lines_are_named_and_the_others_taken(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mixed.jsonl"
    good = json.dumps(shelf.STRIKE)
    path.write_text(f'{good}\n{{"title": "no text"}}\nno json\n[1]\n{{"text": 5}}\n\n{json.dumps(shelf.BOMB)}\n')
    assert add(database, path) == 1
    out, err = capsys.readouterr()
    assert "2 new, 0 known, 4 failed" in out
    for number in (2, 3, 4, 5):
        assert f"mixed.jsonl:{number}: " in err


def test_metadata_beside_a_file(database: str, tmp_path: Path) -> None:
    path = tmp_path / "strike.txt"
    path.write_text(shelf.STRIKE["text"], encoding="utf-8")
    beside = {
        "id": "wire-7", "title": "Angriff", "published": "2021-03-02", "publisher": "Bote",
        "url": "https://example.org/7", "retrieved": "2021-03-02T11:00:00Z",
    }  # fmt: skip
    path.with_name("strike.meta.json").write_text(json.dumps(beside), encoding="utf-8")
    assert add(database, path) == 0
    with Store(database) as store:
        [row] = rows(store, reports)
        told = shelf.incident_of(store, "wire-7")
    assert (row.name, row.title, row.published, row.publisher) == ("wire-7", "Angriff", "2021-03-02", "Bote")
    assert (row.url, row.retrieved) == ("https://example.org/7", "2021-03-02T11:00:00Z")
    assert told.time is not None and told.time.from_ == "2021-03-01"


@pytest.mark.parametrize(
    "row",
    [
        {"text": "Bei Beschuss in Donezk starben\0 drei Menschen \U0001f4a3\U0001f1fa\U0001f1e6.", "title": "Alarm\0 \U0001f6a8"},
        {"text": "Bei Beschuss in Donezk starben drei Menschen. \ud83d und \udc00", "title": "\ud83d", "publisher": "\udfff"},
        {"text": "", "id": ""},
        {"text": "Bei Beschuss in Donezk starben 30 Milliarden Menschen, 99999999999999999999 wurden verletzt."},
        {"text": "Bei Beschuss in Donezk starben drei Menschen.", "id": "n\0ul", "publisher": "a\0b", "url": "http://a\0b"},
        {"text": "x" * 5000 + " " + "\u00e4" * 5000, "id": "i" * 9000, "publisher": "p" * 9000, "published": "2021-03-02"},
    ],
    ids=["nul-emoji", "surrogates", "empty", "huge-numbers", "nul-metadata", "long"],
)  # fmt: skip
def test_any_line_is_kept(database: str, tmp_path: Path, row: dict[str, Any]) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps(row) + "\n")
    assert add(database, path, path) == 0
    with Store(database) as store:
        [kept_row] = rows(store, reports)
        assert json.loads(bytes(kept_row.raw)) == row
        assert len(kept_row.text) == len(row["text"])  # positions hold
    assert main(["search", "Donezk", "--database", database]) == (0 if "Donezk" in row["text"] else 1)
    assert main(["incidents", "--database", database]) == 0
    assert main(["reread", "--database", database]) == 0


def test_a_report_of_many_words_is_found(database: str) -> None:
    """PostgreSQL bounds what it indexes of one report to a megabyte of different words."""
    many = 9_000 if "://" in database else 100  # only PostgreSQL has a bound; stemming in Python is slow
    words = " ".join(hashlib.sha512(b"%d" % number).hexdigest() for number in range(many))
    with Store(database) as store:
        shelf.fill(store, [shelf.STRIKE])
        with store.writing() as connection:
            search.enter(connection, 2, None, f"Luftangriffe {words}")
            assert set(search.find(connection, "Luftangriff")) == {1, 2}


# --- records ----------------------------------------------------------------------------------------------------------


def test_a_new_engine_adds_a_record_and_keeps_ids_and_decisions(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store(database) as store:
        shelf.fill(store)
        before = shelf.incidents(store)
        strike = shelf.incident_of(store, "k1")
        with store.writing() as connection:
            decide.correct(connection, strike.id, "losses.killed.low", 6, "A. Monitor")
            decide.split(connection, strike.id, [("k5", None)], "A. Monitor")
        apart = shelf.incident_of(store, "k5", "e2")
        first = rows(store, records)
        shown = shelf.incidents(store)
    assert apart.id != strike.id
    assert main(["reread", "--database", database]) == 0
    assert "0 read again, 0 failed" in capsys.readouterr().out
    monkeypatch.setattr(take_in, "engine_version", lambda: "9.9.9+later")
    assert main(["reread", "--database", database, "-v"]) == 0
    assert "8 read again, 0 failed" in capsys.readouterr().out
    with Store(database) as store:
        second = rows(store, records)
        assert second[: len(first)] == first
        assert [r.engine for r in second[len(first) :]] == ["9.9.9+later"] * len(shelf.SHORT)
        after = shelf.incidents(store)
        assert [i.id for i in after] == [i.id for i in shown]
        assert [i.to_json() for i in after] == [i.to_json() for i in shown]
        corrected = shelf.incident_of(store, "k1")
    assert {i.id for i in before} <= {i.id for i in after}
    assert corrected.id == strike.id
    assert [x.low for x in corrected.losses if x.harm == "killed"][:1] == [6]
    assert main(["reread", "--database", database]) == 0
    assert "0 read again" in capsys.readouterr().out


def test_a_record_is_never_overwritten(database: str) -> None:
    from trucewatch.store import reports as kept_reports

    _, _, record = shelf.of_row(shelf.STRIKE)
    with Store(database) as store:
        shelf.fill(store, [shelf.STRIKE])
        [first] = rows(store, records)
        with store.writing() as connection:
            assert not kept_reports.add_record(connection, first.report, first.engine, record)
            assert kept_reports.add_record(connection, first.report, "later", record)
            latest = kept_reports.latest_record(connection, first.report)
        assert rows(store, records)[0] == first
    assert latest is not None and latest[0] == "later"
    assert latest[1].to_json() == record.to_json()


# --- search -----------------------------------------------------------------------------------------------------------

_SHELF = [
    {"id": "s1", "text": "Ein Luftangriff traf die Häuser der Stadt.", "title": "Schwere Kämpfe"},
    {"id": "s2", "text": "Nach den Luftangriffen sprach der Präsident.\0 Das Haus des Gouverneurs blieb stehen \U0001f4a3."},
    {"id": "s3", "text": "Die OSZE zählte 312 Verstöße gegen die Waffenruhe in der Ukraine."},
    {"id": "s4", "text": "Präsident ohne Amt; der Luftraum bleibt gesperrt, ein Angriff blieb aus."},
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Luftangriffen", {"s1", "s2"}),
        ("LUFTANGRIFF", {"s1", "s2"}),
        ("luftangriffs präsident", {"s2"}),
        ("Kampf", {"s1"}),  # in the title
        ("haus", {"s1", "s2"}),
        ('"Häuser der Stadt"', {"s1"}),
        ('"der Häuser Stadt"', set()),
        ('"Luftangriff" Stadt', {"s1"}),
        ("312 Verstoß", {"s3"}),
        ("Waffenruhen", {"s3"}),
        ("", set()),
        ("...", set()),
        ('"', set()),
        ("Luftangriff AND", {"s1", "s2"}),
        ("Luftangriff:*", {"s1", "s2"}),
        ("' OR 1=1 --", set()),
        ("NEAR(", set()),
        ("\0Luftangriff\0", {"s1", "s2"}),
        ("\U0001f4a3", set()),
        ("\ud83d Luftangriff", {"s1", "s2"}),
    ],
)  # fmt: skip
def test_search(shelved: Store, query: str, found: set[str]) -> None:
    with shelved.reading() as connection:
        numbers = search.find(connection, query)
        listed = {r.id: r.name for r in connection.execute(sa.select(reports.c.id, reports.c.name))}
    if query == "Luftangriff AND":  # a bare word is a word: SQLite's own operators mean nothing here
        assert {listed[n] for n in numbers} <= found
        return
    assert {listed[n] for n in numbers} == found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shelved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    import contextlib

    import postgres

    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            address = str(tmp_path_factory.mktemp("search") / "s.db")
        else:
            address = stack.enter_context(postgres.fresh(request.getfixturevalue("server")))
        store = stack.enter_context(Store(address))
        shelf.fill(store, _SHELF)
        yield store


def test_search_says_which_incidents_a_report_tells_of(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(database) as store:
        shelf.fill(store)
        strike = shelf.incident_of(store, "k1").id
    assert main(["search", "Luftangriffs", "Militärs", "--format", "jsonl", "--database", database]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["name"] for row in found} == {"k1", "k4"}
    assert all(row["incidents"] == [strike] for row in found)
    assert main(["search", "Nirgendwo", "--database", database]) == 1


# --- order and company ------------------------------------------------------------------------------------------------


def test_the_order_of_adding_changes_nothing(tmp_path: Path) -> None:
    """Twenty orders of the examples and the short reports give the same incidents in every field but their ids."""
    ready = [*shelf.examples()[:6], *(shelf.of_row(row) for row in shelf.SHORT)]
    rng = random.Random(7)
    expected: list[str] | None = None
    for _ in range(20):
        with Store("sqlite://") as store:
            for one in ready:
                shelf.put(store, one)
            found = sorted(json.dumps(shelf.content(i), sort_keys=True) for i in shelf.incidents(store))
        if expected is None:
            expected = found
        assert found == expected, f"another result in the order {[r[0].name for r in ready]}"
        rng.shuffle(ready)


def test_the_order_of_adding_changes_nothing_on_either_engine(database: str) -> None:
    with Store("sqlite://") as store:
        shelf.fill(store)
        expected = sorted(json.dumps(shelf.content(i), sort_keys=True) for i in shelf.incidents(store))
    with Store(database) as store:
        shelf.fill(store, reversed(shelf.SHORT))
        assert sorted(json.dumps(shelf.content(i), sort_keys=True) for i in shelf.incidents(store)) == expected


def command(*arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(
        [sys.executable, "-m", "trucewatch", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def test_two_processes_at_once(database: str, tmp_path: Path) -> None:
    """Different reports and the same ones, into a database that neither has made yet."""
    one = lines(tmp_path / "one.jsonl", *shelf.SHORT[:6])
    other = lines(tmp_path / "other.jsonl", *reversed(shelf.SHORT[3:]))
    running = [command("add", str(path), "-v", "--database", database) for path in (one, other)]
    said = [process.communicate(timeout=60) for process in running]
    assert [(p.returncode, err) for p, (_, err) in zip(running, said, strict=True)] == [(0, ""), (0, "")]
    added = [line.split()[-1] for out, _ in said for line in out.splitlines() if line.startswith("added ")]
    assert len(added) == len(shelf.SHORT)
    with Store("sqlite://") as alone:
        shelf.fill(alone)
        expected = sorted(json.dumps(shelf.content(i), sort_keys=True) for i in shelf.incidents(alone))
    with Store(database) as store:
        assert len(rows(store, reports)) == len(shelf.SHORT)
        assert sorted(json.dumps(shelf.content(i), sort_keys=True) for i in shelf.incidents(store)) == expected


def test_a_reader_sees_one_state(database: str) -> None:
    with Store(database) as store:
        shelf.fill(store, [shelf.STRIKE])
        with store.reading() as connection:
            before = list(kept.find(connection, kept.Question()))
            shelf.fill(store, [shelf.DENIAL, shelf.BOMB])
            assert list(kept.find(connection, kept.Question())) == before
        assert len(shelf.incidents(store)) == 2

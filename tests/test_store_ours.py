"""What is not the store's own is left as it is; and the store's own is looked after: backup, check."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from pathlib import Path

import pytest

import shelf
from trucewatch.cli import main
from trucewatch.store import Store, StoreError
from trucewatch.store.ours import MARK, whose

Said = pytest.CaptureFixture[str]
READING = (
    ["incidents"], ["show", "i1234"], ["diff"], ["decide"], ["decide", "accept", "i1234", "--who", "A"], ["search", "Wort"],
    ["counts"], ["export", "jsonl"], ["reread"], ["assess", "--agreement", "minsk"], ["contacts"], ["promises"], ["presence"],
    ["state", "--since", "2020-01-01", "--until", "2020-01-02"], ["report", "--since", "2020-01-01", "--until", "2020-01-02"],
    ["check"], ["backup", "copy.db"],
)  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "reports.jsonl"
    rows = [{**shelf.STRIKE, "id": f"k{n}", "title": f"Angriff {n}"} for n in range(3)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "data"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(folder.iterdir())}


def another(path: Path, mark: int = 0, wal: bool = False) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id={mark}")
    if wal:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE reports (note TEXT)")
    connection.execute("INSERT INTO reports VALUES ('mine')")
    connection.commit()
    connection.close()


def later(path: Path) -> None:
    with Store(str(path)) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")


def made_by(kind: str, path: Path) -> None:
    if kind == "empty":
        path.touch()
    elif kind == "without tables":
        sqlite3.connect(path).execute("PRAGMA user_version=0").connection.execute("VACUUM")
    elif kind == "no database":
        path.write_text("A letter, long enough to have a header of its own.\n" * 10)
    elif kind == "another program's":
        another(path)
    elif kind == "another's, marked, with a log":
        another(path, 0x47504B47, wal=True)
    elif kind == "later":
        later(path)


KINDS = {
    "missing": "no such database: make one with: trucewatch add",
    "empty": "nothing stands in it yet",
    "no database": "this file is no database",
    "another program's": "a database of another program",
    "another's, marked, with a log": "a database of another program",
    "later": "later version of trucewatch (schema 0999)",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_reading_command_changes_nothing(kind: str, folder: Path, capsys: Said) -> None:
    made_by(kind, folder / "x.db")
    before = state(folder)
    for command in READING:
        assert main([*command, "--database", "x.db"]) == 1, command
        out, err = capsys.readouterr()
        assert not out and len(err.splitlines()) == 1 and KINDS[kind] in err, (command, err)
        assert state(folder) == before, command


@pytest.mark.parametrize("kind", ["no database", "another program's", "another's, marked, with a log", "later"])
def test_add_leaves_alone_what_is_not_ours(kind: str, folder: Path, source: Path, capsys: Said) -> None:
    made_by(kind, folder / "x.db")
    before = state(folder)
    assert main(["add", str(source), "--database", "x.db"]) == 1
    assert KINDS[kind] in capsys.readouterr().err
    assert state(folder) == before


@pytest.mark.parametrize("kind", ["missing", "empty", "without tables"])
def test_add_makes_a_database_and_marks_it(kind: str, folder: Path, source: Path) -> None:
    made_by(kind, folder / "x.db")
    assert main(["add", str(source), "--database", "x.db"]) == 0
    assert [p.name for p in folder.iterdir()] == ["x.db"]
    assert sqlite3.connect("x.db").execute("PRAGMA application_id").fetchone() == (MARK,)
    assert whose(Path("x.db")).kind == "ours"


def test_a_database_from_before_the_mark_is_known_by_its_tables(folder: Path, source: Path) -> None:
    assert main(["add", str(source), "--database", "x.db"]) == 0
    connection = sqlite3.connect("x.db")
    connection.execute("PRAGMA application_id=0")
    connection.close()
    assert main(["incidents", "--database", "x.db"]) == 0
    assert sqlite3.connect("x.db").execute("PRAGMA application_id").fetchone() == (0,)
    assert main(["add", str(source), "--database", "x.db"]) == 0
    assert sqlite3.connect("x.db").execute("PRAGMA application_id").fetchone() == (MARK,)


def test_tables_that_stand_in_the_log_alone(folder: Path, source: Path, tmp_path: Path) -> None:
    """A first run of an older version that was killed: nothing is in the file itself yet."""
    origin = tmp_path / "origin.db"
    assert main(["add", str(source), "--database", str(origin)]) == 0
    open_one = sqlite3.connect(origin)
    open_one.execute("PRAGMA journal_mode=DELETE")
    script = [line for line in open_one.iterdump() if "search" not in line and not line.startswith(("BEGIN", "COMMIT"))]
    live = sqlite3.connect(tmp_path / "live.db", isolation_level=None)
    live.execute("PRAGMA journal_mode=WAL")
    live.execute("PRAGMA wal_autocheckpoint=0")
    for line in script:
        live.execute(line)
    for end in ("", "-wal"):
        (folder / f"x.db{end}").write_bytes((tmp_path / f"live.db{end}").read_bytes())
    before = state(folder)
    assert whose(folder / "x.db").kind == "ours"
    assert state(folder) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_database(folder: Path, capsys: Said) -> None:
    os.mkfifo("pipe.db")
    assert main(["incidents", "--database", "pipe.db"]) == 1
    assert "name a database file" in capsys.readouterr().err


def test_an_empty_server_database_is_not_filled_by_asking(database: str) -> None:
    if "://" not in database:
        pytest.skip("files are tested above")
    with pytest.raises(StoreError, match="nothing of trucewatch stands in it yet"):
        Store(database, make=False)


# --- looked after -----------------------------------------------------------------------------------------------------


def test_a_backup_is_whole_while_somebody_writes(folder: Path, source: Path, capsys: Said) -> None:
    assert main(["add", str(source), "--database", "x.db"]) == 0
    with Store("x.db") as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE marks SET value = value")
        done: list[int] = []
        other = threading.Thread(target=lambda: done.append(main(["backup", "copy.db", "--database", "x.db"])))
        other.start()
        other.join()
        assert done == [0]
    assert "copy.db: 3 reports, 3 records" in capsys.readouterr().out
    assert sorted(p.name for p in folder.iterdir()) == ["copy.db", "x.db"]
    assert whose(Path("copy.db")).kind == "ours"
    assert main(["check", "--database", "copy.db"]) == 0
    Path("x.db").write_bytes(Path("copy.db").read_bytes())  # the restore that the docs describe
    assert main(["add", str(source), "--database", "x.db"]) == 0
    assert "0 new, 3 known" in capsys.readouterr().out


def test_a_backup_replaces_nothing(folder: Path, source: Path, capsys: Said) -> None:
    assert main(["add", str(source), "--database", "x.db"]) == 0
    before = state(folder)
    for name in ("x.db", "."):
        assert main(["backup", name, "--database", "x.db"]) == 1
        assert "replaces nothing" in capsys.readouterr().err
    assert main(["backup", "none/copy.db", "--database", "x.db"]) == 1
    assert "no such folder" in capsys.readouterr().err
    assert state(folder) == before


def test_postgres_has_its_own_backup(database: str, capsys: Said) -> None:
    if "://" not in database:
        pytest.skip("of a server only")
    with Store(database):
        pass
    assert main(["backup", "copy.db", "--database", database]) == 1
    assert "pg_dump" in capsys.readouterr().err
    assert main(["check", "--database", database]) == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE reports SET raw = X'00' WHERE id = 2", "report 2 (k1): its bytes are not those that came in"),
        ("DELETE FROM records WHERE report = 3", "report 3 (k2): no record of it"),
        ("UPDATE nodes SET incident = 'i000' WHERE report = 1", "names the incident i000, which is not there"),
        ("UPDATE records SET report = 77 WHERE report = 1", "names a row of reports that is not there"),
    ],
)
def test_check_says_what_is_wrong(change: str, words: str, folder: Path, source: Path, capsys: Said) -> None:
    assert main(["add", str(source), "--database", "x.db"]) == 0
    assert main(["check", "--database", "x.db"]) == 0
    assert "3 reports, 3 records" in (out := capsys.readouterr().out) and "all is as it came" in out
    with sqlite3.connect("x.db") as connection:
        connection.execute(change)
    connection.close()
    assert main(["check", "--database", "x.db"]) == 1
    assert words in capsys.readouterr().err


def test_check_of_a_damaged_file(folder: Path, source: Path, capsys: Said) -> None:
    assert main(["add", str(source), "--database", "x.db"]) == 0
    whole = Path("x.db").read_bytes()
    Path("x.db").write_bytes(whole[: len(whole) * 3 // 4 // 4096 * 4096])
    assert main(["check", "--database", "x.db"]) == 1
    assert "damaged" in capsys.readouterr().err

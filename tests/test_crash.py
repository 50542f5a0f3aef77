"""What was acknowledged is kept whatever happens: killed processes, full disks, missing rights, servers that say no.

``benchmarks/crash.py`` kills two hundred times; here are a few.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

import crashing
import shelf
from conftest import ROOT
from trucewatch.cli import main
from trucewatch.store import Store, engine

RUN = [sys.executable, "-m", "trucewatch"]
HERE = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def test_killed_at_random_moments(tmp_path: Path) -> None:
    source = crashing.reports(tmp_path / "reports.jsonl", 60)
    calm, torn = str(tmp_path / "calm.db"), str(tmp_path / "torn.db")
    seconds = crashing.undisturbed(source, calm)
    outcome = crashing.torment(source, torn, kills=4, seed=3, shortest=0.3, longest=max(0.6, seconds * 0.6))
    assert outcome.kills == 4
    assert outcome.lost == [] and outcome.damaged == []
    assert crashing.lines_in(torn) == crashing.lines_in(calm)
    assert crashing.told(torn) == crashing.told(calm)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on standard error: one line."""
    err = capsys.readouterr().err
    assert err.startswith("trucewatch: ") and err.count("\n") == 1, err
    return err


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return crashing.reports(tmp_path / "reports.jsonl", 16)


def full_at(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """SQLite databases that may grow by so many pages from now on: as on a disk that is full."""
    whole = engine._sqlite

    def cramped(address: sa.URL, make: bool) -> sa.Engine:
        made = whole(address, make)

        @sa.event.listens_for(made, "connect")
        def _connected(connection: sqlite3.Connection, _record: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages + room}")

        return made

    monkeypatch.setattr(engine, "_sqlite", cramped)


def test_a_full_disk(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    database = str(tmp_path / "trucewatch.db")
    with Store(database):
        pass
    with monkeypatch.context() as cramped:
        full_at(cramped, 12)
        assert main(["add", str(source), "--verbose", "--database", database]) == 1
    out, err = capsys.readouterr()
    first, second = err.splitlines()
    assert "no room left on the disk" in first
    added = crashing.names(out.encode())
    assert second == f"trucewatch: the {len(added)} reports before were added and are kept"
    assert 0 < len(added) < 16
    assert len(crashing.lines_in(database)) == len(added)
    assert main(["add", str(source), "--database", database]) == 0
    assert f"{16 - len(added)} new" in capsys.readouterr().out


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="only root can mount a small disk")
def test_a_really_full_disk(source: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("no tmpfs can be mounted here")
    try:
        database = disk / "trucewatch.db"
        add = [*RUN, "add", str(source), "--verbose", "--database", str(database)]
        done = subprocess.run(add, capture_output=True, text=True, env=HERE)
        assert done.returncode == 1
        assert "no room left" in done.stderr.splitlines()[0] and "Traceback" not in done.stderr
        added = crashing.names(done.stdout.encode())
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        assert len(crashing.lines_in(str(database))) == len(added) if added else True
        assert subprocess.run(add, capture_output=True, text=True, env=HERE).returncode == 0
        assert len(crashing.lines_in(str(database))) == 16
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[Callable[[bool], None]]:
    """An empty folder that can be made read-only, and writable again. Rights do not bind root: a disk does."""
    folder.mkdir()
    if os.geteuid() != 0:

        def rights(closed: bool) -> None:
            for path in (folder, *folder.iterdir()):
                path.chmod((0o555 if closed else 0o755) if path == folder else (0o444 if closed else 0o644))

        yield rights
        rights(False)
        return
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True).returncode != 0:
        pytest.skip("no tmpfs can be mounted here")

    def disk(closed: bool) -> None:
        subprocess.run(["mount", "-o", f"remount,{'ro' if closed else 'rw'}", str(folder)], check=True)

    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_read_only_database_and_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = crashing.reports(tmp_path / "reports.jsonl", 3)
    more = crashing.reports(tmp_path / "more.jsonl", 6, seed=2)
    with read_only(tmp_path / "closed") as close:
        database = str(tmp_path / "closed" / "trucewatch.db")
        assert main(["add", str(source), "--database", database]) == 0
        close(True)
        capsys.readouterr()
        assert main(["add", str(more), "--database", database]) == 1
        assert "read-only" in said(capsys)
        assert main(["add", str(more), "--database", str(tmp_path / "closed" / "new.db")]) == 1
        assert "cannot be opened" in said(capsys)
        for command in (["incidents"], ["search", "getötet"], ["diff"], ["decide"]):
            assert main([*command, "--database", database]) == 0, command
        close(False)
        assert main(["add", str(more), "--database", database]) == 0
        assert len(crashing.lines_in(database)) == 6


def test_a_read_only_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if os.geteuid() == 0:
        pytest.skip("rights do not bind root")
    source = crashing.reports(tmp_path / "reports.jsonl", 3)
    database = tmp_path / "trucewatch.db"
    assert main(["add", str(source), "--database", str(database)]) == 0
    database.chmod(0o444)
    capsys.readouterr()
    assert main(["add", str(crashing.reports(tmp_path / "more.jsonl", 6)), "--database", str(database)]) == 1
    assert "read-only" in said(capsys)
    assert main(["incidents", "--database", str(database)]) == 0


def test_a_locked_database(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = str(tmp_path / "trucewatch.db")
    with Store(database):
        pass
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert main(["add", str(source), "--database", database]) == 1
    assert "another process has been writing" in said(capsys)
    assert main(["incidents", "--database", database]) == 0  # readers do not wait for writers
    other.execute("ROLLBACK")
    other.close()
    assert main(["add", str(source), "--database", database]) == 0


def test_what_cannot_be_opened(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    no_database = tmp_path / "notes.txt"
    no_database.write_text("This is a letter and no database, and it is long enough to have a header." * 20)
    for address, words in (
        (str(tmp_path / "missing" / "t.db"), "no such folder"),
        (str(tmp_path), "is a folder"),
        (str(no_database), "no database"),
        ("mysql://me@host/name", "cannot use a mysql database"),
        ("postgresql://", "postgresql"),
        ("://", "no address"),
        ("nonsense://x", "nonsense"),
        (str(tmp_path / "n\0ul.db"), "trucewatch"),
    ):
        assert main(["add", str(source), "--database", address]) == 1, address
        assert words in said(capsys), address
    assert main(["incidents", "--database", str(tmp_path / "none.db")]) == 1
    assert "no such database" in said(capsys)
    assert no_database.read_text().startswith("This is a letter")


def test_a_damaged_file(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "trucewatch.db"
    assert main(["add", str(source), "--database", str(database)]) == 0
    whole = database.read_bytes()
    capsys.readouterr()
    database.write_bytes(whole[:8192] + os.urandom(len(whole) - 8192))
    for command in (["add", str(source)], ["incidents"], ["search", "Charkiw"]):
        assert main([*command, "--database", str(database)]) == 1, command
        assert "damaged" in said(capsys)
    database.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    for command in (["add", str(source)], ["search", "Charkiw"]):
        assert main([*command, "--database", str(database)]) == 1, command
        said(capsys)


def test_postgresql_that_says_no(server: sa.URL, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def asked(**other: object) -> str:
        return server.set(**other).render_as_string(hide_password=False)  # type: ignore[arg-type]

    assert main(["add", str(source), "--database", asked(port=1)]) == 1
    assert "no server answers there" in said(capsys)
    assert main(["add", str(source), "--database", asked(database="no_such_database")]) == 1
    assert "create it first" in said(capsys)
    assert main(["add", str(source), "--database", asked(host="no-such-host.invalid")]) == 1
    said(capsys)
    if server.password:
        assert main(["add", str(source), "--database", asked(password="wrong-secret")]) == 1
        err = said(capsys)
        assert "refuses this user or password" in err and "wrong-secret" not in err and server.password not in err


def test_a_postgresql_session_that_is_cut(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The server ends the connection half-way: one line, and what was acknowledged is there."""
    if "://" not in database:
        pytest.skip("SQLite has no server")
    with Store(database) as store:
        shelf.fill(store, [shelf.STRIKE])
        with pytest.raises(Exception, match=r"terminat|closed"), store.writing() as connection:
            own = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
            with Store(database) as other, other.reading() as hand:
                hand.execute(sa.text("SELECT pg_terminate_backend(:own)"), {"own": own})
            connection.execute(sa.text("SELECT 1"))
        shelf.fill(store)  # a new connection is made by itself
        assert len(shelf.incidents(store)) == 4

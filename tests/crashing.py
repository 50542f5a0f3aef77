"""Kills ``trucewatch add`` at random moments and runs it again, until nothing is left to add (tests and benchmark)."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from trucewatch.incident import Incident
from trucewatch.store import Store
from trucewatch.store import incidents as kept

ROOT = Path(__file__).parent.parent
_TOWNS = ("Charkiw", "Donezk", "Idlib", "Aleppo", "Kabul", "Tripolis", "Sanaa", "Mariupol")
_HOW = ("Beschuss", "einem Luftangriff", "einem Drohnenangriff", "einem Anschlag", "Gefechten")


def reports(path: Path, number: int, seed: int = 1) -> Path:
    """A JSON Lines file of short reports, some of one happening, some copies of each other."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        for at in range(number):
            day = 1 + at * 25 // number
            town, how = _TOWNS[(at // 3) % len(_TOWNS)], _HOW[(at // 24) % len(_HOW)]
            text = f"Bei {how} in {town} sind am {day}. März 2021 {rng.randrange(2, 20)} Menschen getötet worden."
            row = {"id": f"r{at:04}", "text": text, "published": f"2021-03-{day + 1:02}", "publisher": f"Bote {at % 3}"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def start(source: Path, database: str) -> subprocess.Popen[bytes]:
    """``trucewatch add --verbose`` in a process of its own; what it says goes to a pipe."""
    return subprocess.Popen(
        [sys.executable, "-m", "trucewatch", "add", str(source), "--verbose", "--database", database],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip


def names(said: bytes) -> list[str]:
    """The reports that were acknowledged as added, in whole lines."""
    whole = said[: said.rfind(b"\n") + 1].decode()
    return [line.removeprefix("added ").rpartition(":")[2] for line in whole.splitlines() if line.startswith("added ")]


@dataclass
class Outcome:
    """What the kills did."""

    kills: int = 0
    runs: int = 0
    whole: int = 0
    """Runs that came to their end."""
    checked: int = 0
    """Acknowledged reports that were looked for after a kill or an end, each time counted anew."""
    acknowledged: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def lines_in(database: str) -> set[str]:
    """The names of the reports that are in a SQLite database, and what its own check says."""
    with sqlite3.connect(database) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        assert said == ["ok"], said
        foreign = connection.execute("PRAGMA foreign_key_check").fetchall()
        assert not foreign, foreign
        return {row[0] for row in connection.execute("SELECT name FROM reports")}


def torment(source: Path, database: str, kills: int, seed: int, shortest: float, longest: float) -> Outcome:
    """Runs ``add`` and kills it ``kills`` times at random moments after its start; then lets it come to its end.

    A run that is faster than its killer ends by itself; the next one begins with an empty database.
    """
    rng = random.Random(seed)
    outcome = Outcome()
    ids = [json.loads(line)["id"] for line in source.read_text(encoding="utf-8").splitlines()]
    while True:
        process = start(source, database)
        outcome.runs += 1
        killed = False
        if outcome.kills < kills:
            try:
                process.wait(rng.uniform(shortest, longest))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                outcome.kills += 1
                killed = True
        said, complaint = process.communicate(timeout=300)
        outcome.acknowledged += [ids[int(line) - 1] for line in names(said)]
        _look(database, outcome)
        if killed:
            continue
        assert process.returncode == 0, complaint.decode()
        outcome.whole += 1
        if outcome.kills >= kills:
            return outcome
        _wipe(database)
        outcome.acknowledged.clear()


def _wipe(database: str) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(database + ending).unlink(missing_ok=True)


def _look(database: str, outcome: Outcome) -> None:
    if not Path(database).exists():
        present: set[str] = set()
    else:
        try:
            present = lines_in(database)
        except sqlite3.OperationalError as fault:
            if "no such table" not in str(fault):
                raise
            present = set()
        except AssertionError as fault:
            outcome.damaged.append(str(fault))
            return
    outcome.checked += len(outcome.acknowledged)
    outcome.lost += [name for name in outcome.acknowledged if name not in present]


def told(database: str) -> list[str]:
    """The incidents without their ids (which hang on what was decided first) and without store times, sorted."""
    with Store(database) as store, store.reading() as connection:
        found = [Incident.model_validate_json(text) for text in kept.find(connection, kept.Question(rejected=True))]
    return sorted(incident.model_copy(update={"id": "", "merged": []}).to_json() for incident in found)


def undisturbed(source: Path, database: str) -> float:
    """Adds all in peace; returns the seconds that it took."""
    begin = time.perf_counter()
    process = start(source, database)
    _, complaint = process.communicate(timeout=600)
    assert process.returncode == 0, complaint.decode()
    return time.perf_counter() - begin

"""How the store bears many reports: adding, asking, memory and size at 1,000, 10,000 and 100,000 of them.

python benchmarks/scale_bench.py [--sizes 1000,10000,100000] [--database FILE] [--json OUT] [--docs]
python benchmarks/scale_bench.py --read OUT --docs      writes the table of a run that is kept

Records come from ``linking/scale.py`` without reading, and go through the real linking (``take_in``), one transaction each,
with as many reports a day as 100,000 in six years, whatever the size. At each size the next 300 reports are timed one by
one; then incidents are asked for, in this process and by the command. Times are the wall clock's; processor time stands
beside them where other work on the machine may have been in the way.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "linking"))
from scale import stream

from trucewatch.linking.take_in import known, take_in
from trucewatch.reading import from_mapping
from trucewatch.record import Record
from trucewatch.store import Store
from trucewatch.store import incidents as kept
from trucewatch.store import reports as shelf
from trucewatch.store.incidents import Question
from trucewatch.store.reports import raw_line

ROOT = Path(__file__).parent.parent
DENSITY = 100_000
TIMED = 300
SIZES = (1_000, 10_000, 100_000)
ASKED = {
    "a week": Question(since="2018-01-08", until="2018-01-15"),
    "a week, a country": Question(since="2018-01-08", until="2018-01-15", place="UA"),
    "a place, 50 shown": Question(place="Charkiw", limit=50),
    "a party, 50 shown": Question(party="Hamas", limit=50),
    "10 dead or more, 50 shown": Question(min_killed=10, limit=50),
    "contested, a box, 50 shown": Question(grade="contested", box=(30.0, 30.0, 45.0, 55.0), limit=50),
}
BARS = {"add": 50.0, "ask": 100.0, "memory": 500.0}


def put(store: Store, row: dict[str, Any], record: Record) -> tuple[float, float]:
    """Takes one report in as ``trucewatch add`` does after reading; returns wall and processor seconds."""
    data = json.dumps(row, ensure_ascii=False).encode()
    raw = raw_line(data, row, row["id"])
    report = shelf.identified(from_mapping(row), raw)
    record.report.id = report.id
    wall, processor = time.perf_counter(), time.process_time()
    if known(store, raw) is None:
        take_in(store, raw, report, record)
    return time.perf_counter() - wall, time.process_time() - processor


def fill(store: Store, reports: Iterator[tuple[dict[str, Any], Record]], number: int) -> list[tuple[float, float]]:
    """Takes in so many; returns their seconds."""
    return [put(store, row, record) for row, record in islice(reports, number)]


def spread(seconds: list[float]) -> tuple[float, float]:
    """Median and 95 % in milliseconds."""
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2] * 1000, ordered[int(len(ordered) * 0.95)] * 1000


def ask(store: Store) -> dict[str, float]:
    """Milliseconds for each question, incidents as JSON at hand; the best of three."""
    found = {}
    for name, question in ASKED.items():
        times = []
        for _ in range(3):
            start = time.perf_counter()
            with store.reading() as connection:
                list(kept.find(connection, question))
            times.append(time.perf_counter() - start)
        found[name] = min(times) * 1000
    return found


def command(database: Path) -> tuple[float, float]:
    """Seconds and peak MiB of ``trucewatch incidents`` for a week, as JSON Lines; the best of three."""
    arguments = ["incidents", "--since", "2018-01-08", "--until", "2018-01-14", "--format", "jsonl"]
    # A small process stands between: a child's peak begins with what its parent held.
    between = (
        "import resource, subprocess, sys, time; start = time.perf_counter(); "
        "subprocess.run([sys.executable, '-m', 'trucewatch', *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True); "
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    found = []
    for _ in range(3):
        said = subprocess.run(
            [sys.executable, "-c", between, *arguments, "--database", str(database)],
            capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        seconds, peak = map(float, said.stdout.split())
        found.append((seconds, peak / 1024))
    return min(found)


def measure(sizes: list[int], database: Path, say: Any) -> list[dict[str, Any]]:
    """Fills one store up to each size in turn and measures there."""
    found: list[dict[str, Any]] = []
    reports = stream(DENSITY + TIMED * (len(sizes) + 1))
    there = 0
    wall = processor = 0.0
    with Store(str(database)) as store:
        for size in sizes:
            while there < size:
                part = fill(store, reports, min(1_000, size - there))
                there += len(part)
                wall, processor = wall + sum(w for w, _ in part), processor + sum(p for _, p in part)
                say(f"{there:>7} reports, the last 1000: {spread([w for w, _ in part])[0]:.1f} ms median")
            timed = fill(store, reports, TIMED)
            there += len(timed)
            median, late = spread([w for w, _ in timed])
            busy, busy_late = spread([p for _, p in timed])
            seconds, peak = command(database)
            with store.reading() as connection:
                incidents = kept.count(connection, Question(rejected=True))
            files = [database, database.with_name(database.name + "-wal")]
            found.append({
                "reports": size, "incidents": incidents, "add": median, "add_95": late, "add_cpu": busy,
                "add_cpu_95": busy_late, "fill": wall, "fill_cpu": processor, "ask": ask(store), "command": seconds,
                "command_memory": peak, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "size": sum(f.stat().st_size for f in files if f.exists()) / 2**20,
            })  # fmt: skip
            say(json.dumps(found[-1]))
    return found


def growth(small: int = 80, large: int = 640, timed: int = 60) -> float:
    """Processor time of adding at a large store by that at a small one: for the floors, without absolute times."""
    medians = []
    with Store("sqlite://") as store:
        reports, there = stream(DENSITY), 0
        for size in (small, large):
            fill(store, reports, size - there)
            medians.append(spread([p for _, p in fill(store, reports, timed)])[0])
            there = size + timed
    return medians[1] / medians[0]


def table(found: list[dict[str, Any]]) -> str:
    """The figures as Markdown."""

    def row(name: str, values: list[str], bar: str = "") -> str:
        return f"| {name} | {' | '.join(values)} | {bar} |"

    lines = [
        f"Python {platform.python_version()}, {platform.machine()}, one process, SQLite:",
        "",
        row("reports", [f"{f['reports']:,}" for f in found], "bar"),
        "|---" * (len(found) + 2) + "|",
        row("incidents", [f"{f['incidents']:,}" for f in found]),
        row("adding one more, median / 95 %, ms", [f"{f['add']:.1f} / {f['add_95']:.1f}" for f in found], "≤ 50"),
        row("of it processor time, ms", [f"{f['add_cpu']:.1f} / {f['add_cpu_95']:.1f}" for f in found]),
        row("filling it, minutes (processor)", [f"{f['fill'] / 60:.1f} ({f['fill_cpu'] / 60:.1f})" for f in found]),
    ]
    lines += [
        row(f"asking for {name}, ms", [f"{f['ask'][name]:.1f}" for f in found], "≤ 100") for name in found[0]["ask"]
    ]
    lines += [
        row("`trucewatch incidents`, a week, s", [f"{f['command']:.2f}" for f in found]),
        row("peak memory, adding, MiB", [f"{f['memory']:.0f}" for f in found], "≤ 500"),
        row("peak memory, the command, MiB", [f"{f['command_memory']:.0f}" for f in found], "≤ 500"),
        row("database, MiB", [f"{f['size']:.0f}" for f in found]),
    ]
    return "\n".join(lines)


def write_docs(text: str) -> None:
    """Puts the table between its comments in docs/performance.md."""
    path = ROOT / "docs" / "performance.md"
    whole = path.read_text(encoding="utf-8")
    begin, end = "<!-- scale: written by `python benchmarks/scale_bench.py --docs` -->", "<!-- end of scale -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.S)
    path.write_text(pattern.sub(lambda _: f"{begin}\n{text}\n{end}", whole), encoding="utf-8")


def main() -> int:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--database", type=Path, help="where to fill (default: a temporary file)")
    parser.add_argument("--json", type=Path, help="file to keep the figures in")
    parser.add_argument("--read", type=Path, help="do not measure: take the figures from this file")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/performance.md")
    args = parser.parse_args()
    if args.read:
        found = json.loads(args.read.read_text(encoding="utf-8"))
    else:
        with tempfile.TemporaryDirectory() as folder:
            database = args.database or Path(folder) / "scale.db"
            sizes = [int(size) for size in args.sizes.split(",")]
            found = measure(sizes, database, lambda line: print(line, file=sys.stderr, flush=True))
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(table(found))
    if args.docs:
        write_docs(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())

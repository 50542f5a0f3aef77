"""Holds speed and accuracy against the floors and ceilings of ``floors.toml``.

python benchmarks/floors.py            what is measured, beside what is held on to
python benchmarks/floors.py --raise    move the floors up and the ceilings down to what is measured (a little less)
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
import assessing
import bench
import scale_bench

FILE = Path(__file__).parent / "floors.toml"
SHARED = Path(os.environ.get("TRUCEWATCH_SHARED", bench.ROOT.parent / "shared"))
MARGIN = 0.01
"""What --raise leaves below a measured figure: samples and machines differ a little."""


class Held(NamedTuple):
    """One figure: where it stands in the file, what is held on to, what was measured."""

    table: str
    key: str
    bound: float
    measured: float
    least: bool

    @property
    def kept(self) -> bool:
        """Whether the measure keeps to the bound."""
        return self.measured >= self.bound if self.least else self.measured <= self.bound


def floors() -> dict[str, Any]:
    """The parsed file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def speed() -> list[Held]:
    """Speed as ratios that hold on any machine."""
    held = floors()["speed_most"]
    ratios = []
    for _ in range(3):  # other work on the machine only ever makes it slower: the best of three
        base = bench.reference()
        median, _late = bench.warm(seconds=0.7)
        ratios.append(median / base)
    assess, again = assessing.ratios(bench.reference())
    return [
        Held("speed_most", "assess_ratio", held["assess_ratio"], assess, False),
        Held("speed_most", "assess_again", held["assess_again"], again, False),
        Held("speed_most", "reference_ratio", held["reference_ratio"], min(ratios), False),
        Held("speed_most", "growth", held["growth"], _growth(), False),
        Held("speed_most", "add_growth", held["add_growth"], scale_bench.growth(), False),
    ]


def _growth() -> float:
    import trucewatch

    def seconds(text: str) -> float:
        times = []
        for number in range(3):
            start = time.perf_counter()
            trucewatch.read(f"{text}\n\nMeldung {number}", "2020-02-28")
            times.append(time.perf_counter() - start)
        return min(times)

    text = bench.report_text()
    long = "\n\n".join(f"{text} {n}." for n in range(10))
    return (seconds(long) / len(long)) / (seconds(text) / len(text))


def has_gold() -> bool:
    """Whether the shared gold and its measure are beside the checkout."""
    return (SHARED / "tools" / "measure.py").is_file() and (SHARED / "gold").is_dir()


def accuracy() -> list[Held]:
    """The accuracy figures that floors are set for, measured by the shared measure on a sample."""
    data = floors()
    sets = sorted(data["accuracy_least"].keys() | data["accuracy_most"].keys())
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold"
        for name in sets:
            _sample(SHARED / "gold" / name, gold / name, data["sample"].get(name, 1))
        out = Path(folder) / "figures.json"
        measure = [sys.executable, str(SHARED / "tools" / "measure.py"), *sets, "--gold", str(gold), "--json", str(out)]
        subprocess.run(measure, check=True, capture_output=True)
        figures = json.loads(out.read_text(encoding="utf-8"))
    held = []
    for table, least in (("accuracy_least", True), ("accuracy_most", False)):
        for name, bounds in data[table].items():
            for key, bound in bounds.items():
                held.append(Held(f"{table}.{name}", key, bound, _figure(figures[name], key), least))
    return held


def _figure(figures: dict[str, Any], key: str) -> float:
    value: Any = figures
    for part in key.split("."):
        value = value[part]
    return 0.0 if value is None else float(value)


def _sample(source: Path, target: Path, every: int) -> None:
    """Every n-th line of JSON Lines gold; other gold as it is."""
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.suffix == ".jsonl" and every > 1 and "heideltime" not in path.name:
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            (target / path.name).write_text("".join(lines[::every]), encoding="utf-8")
        else:
            (target / path.name).symlink_to(path.resolve())


def linking() -> list[Held]:
    """The figures of linking that floors are set for; those of the shared gold only where it is there."""
    import links

    data = floors()
    held = []
    for name, _gold, score in links.scored():
        for table, least in (("linking_least", True), ("linking_most", False)):
            for key, bound in data[table].get(name, {}).items():
                held.append(Held(f"{table}.{name}", key, bound, _figure(score.figures, key), least))
    return held


def move(held: list[Held]) -> int:
    """Writes tighter bounds into the file; returns how many moved."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    moved = 0
    for item in held:
        if item.key.startswith(("reference", "growth", "add_growth", "decoys", "false")):
            continue  # speed bounds need room for other machines, counts are exact: by hand
        bound = round(item.measured - MARGIN if item.least else item.measured + MARGIN, 3)
        if bound <= item.bound if item.least else bound >= item.bound:
            continue
        table = lines.index(f"[{item.table}]")
        for number in range(table + 1, len(lines)):
            if re.match(rf'"?{re.escape(item.key)}"? = ', lines[number]):
                lines[number] = re.sub(r"= \S+", f"= {bound}", lines[number], count=1)
                moved += 1
                break
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return moved


def main() -> int:
    """Prints measured figures beside what is held on to."""
    held = speed() + linking() + (accuracy() if has_gold() else [])
    for item in held:
        sign, mark = (">=" if item.least else "<="), ("" if item.kept else "   NOT KEPT")
        print(f"{item.table:24} {item.key:22} {item.measured:8.3f}  {sign} {item.bound}{mark}")
    if not has_gold():
        print("accuracy: no shared gold beside the checkout")
    if "--raise" in sys.argv[1:]:
        print(f"moved {move(held)}")
    return 0 if all(item.kept for item in held) else 1


if __name__ == "__main__":
    sys.exit(main())

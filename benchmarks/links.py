"""How well reports become incidents: the figures of ``linking/harness.py`` on every set that there is.

python benchmarks/links.py             print the figures of all sets
python benchmarks/links.py SET …       and what kind of case is wrong in these (links, written-dev, benchmark …)

*links* is the shared gold (beside the checkout), *benchmark* is generated, *written-dev*, *written-dev-2* and *written-test*
were written by hand (linking/WRITTEN.md): rules may be made with the first two in view, the third is only measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "linking"))
import generate
import harness

import floors

HERE = Path(__file__).parent / "linking"


def sets() -> Iterator[tuple[str, harness.Gold, list[dict[str, Any]]]]:
    """Name, gold and the rows of each set."""
    folders = {name: HERE / name for name in ("written-dev", "written-dev-2", "written-test")}
    if (floors.SHARED / "gold" / "links").is_dir():
        folders = {"links": floors.SHARED / "gold" / "links", **folders}
    for name, folder in folders.items():
        yield name, harness.load(folder), _rows(folder)
    rows, incidents, cases = generate.generate()
    yield "benchmark", harness.gold(rows, incidents, cases), rows


def _rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]


def scored() -> Iterator[tuple[str, harness.Gold, harness.Scored]]:
    """Name, gold and score of each set."""
    import trucewatch

    for name, gold, rows in sets():
        incidents = [incident.model_dump(mode="json") for incident in trucewatch.link(rows)]
        yield name, gold, harness.score(gold, incidents)


def table() -> str:
    """The figures as a table for the docs."""
    keys = ("figures", "grade", "responsibility", "independent", "false_corroboration")
    head = ["set", "incidents", "found", "B-cubed P / R / F1", "figures", "grade", "responsibility", "origins"]
    head.append("false corroboration")
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for name, gold, score in scored():
        f = score.figures
        cells = [name, len(gold.incidents), f["found"], " / ".join(f"{f['B3'][k]:.3f}" for k in ("P", "R", "F1"))]
        lines.append(f"| {' | '.join(map(str, [*cells, *(f.get(k, '–') for k in keys)]))} |")
    return "\n".join(lines)


def main() -> int:
    """Prints the figures; for the sets named, what is wrong too."""
    wanted = sys.argv[1:]
    if not wanted:
        print(table())
        return 0
    for name, gold, score in scored():
        if name not in wanted:
            continue
        print(name, json.dumps(score.figures))
        for kind, rows in harness.breakdown(gold, score).items():
            for case, figures in rows.items():
                print(f"  {kind:14} {case:22} {json.dumps(figures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

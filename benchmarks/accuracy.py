"""Measures accuracy on the shared gold and puts the figures into docs/accuracy.md.

    python benchmarks/accuracy.py            # print
    python benchmarks/accuracy.py --docs     # and write the tables between their markers

The gold and its measure.py stand beside the checkout (or where TRUCEWATCH_SHARED says); the figures are measure.py's own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import bench
import errors
import links
from floors import SHARED, has_gold

SETS = ("seed", "dev", "speech", "times")


def measured() -> dict[str, Any]:
    """What measure.py finds on the whole of each set."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        subprocess.run(
            [sys.executable, str(SHARED / "tools" / "measure.py"), *SETS, "--json", str(out)],
            check=True,
            capture_output=True,
        )
        return dict(json.loads(out.read_text(encoding="utf-8")))


def bars(figures: dict[str, Any]) -> str:
    """The figures that bars are set for."""
    seed, dev, speech, times = (figures[name] for name in SETS)
    rows = [
        ("record F1", "seed", seed["record"]["F1"], "≥ 0.80"),
        ("record F1", "dev", dev["record"]["F1"], "≥ 0.60"),
        ("event strict F1", "dev", dev["event_strict"]["F1"], "≥ 0.65"),
        ("laundering", "dev", dev["laundering"], "≤ 0.03"),
        ("events in decoys", "dev", dev["decoys"]["events_given"], "≤ 1"),
        ("joint F1", "speech", speech["joint"]["F1"], "≥ 0.62 (aim 0.75)"),
        ("detect F1", "speech", speech["detect"]["F1"], ""),
        ("speaker", "speech", speech["speaker"], ""),
        ("value F1", "times", times["value"]["F1"], "≥ 0.80"),
        ("exact F1", "times", times["exact"]["F1"], "≥ 0.76"),
        ("find F1", "times", times["find"]["F1"], ""),
    ]
    return "\n".join(
        ["| what | on | measured | bar |", "|---|---|---|---|"] + [f"| {' | '.join(map(str, r))} |" for r in rows]
    )


def slots(figures: dict[str, Any]) -> str:
    """Slots of matched events, and types, on dev."""
    dev = figures["dev"]
    lines = ["| slot | dev | seed |", "|---|---|---|"]
    lines += [
        f"| {name} | {value} | {figures['seed']['slots'].get(name, '–')} |" for name, value in dev["slots"].items()
    ]
    return "\n".join(lines)


def causes() -> str:
    """Misses and false alarms on dev by cause."""
    found = errors.by_cause(SHARED / "gold" / "dev", SHARED / "tools")
    return "\n".join(
        ["| errors | cause |", "|---|---|"] + [f"| {len(cases)} | {cause} |" for cause, cases in found.items()]
    )


def main() -> int:
    """Print the tables; with ``--docs`` write them too."""
    if not has_gold():
        print(f"no gold in {SHARED}: set TRUCEWATCH_SHARED to the folder with gold/ and tools/", file=sys.stderr)
        return 1
    figures = measured()
    tables = (("bars", bars(figures)), ("slots", slots(figures)), ("causes", causes()), ("links", links.table()))
    for mark, body in tables:
        print(body, end="\n\n")
        if "--docs" in sys.argv[1:]:
            bench.put(bench.ROOT / "docs" / "accuracy.md", mark, body)
    return 0


if __name__ == "__main__":
    sys.exit(main())

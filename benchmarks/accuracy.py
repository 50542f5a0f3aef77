"""Measures accuracy on the shared gold and puts the figures into docs/accuracy.md.

    python benchmarks/accuracy.py            # print
    python benchmarks/accuracy.py --docs     # and write the tables between their markers

The gold and its measure.py stand beside the checkout (or where TRUCEWATCH_SHARED says); the figures are measure.py's own.
"""

from __future__ import annotations

import json
import shutil
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
READ = "abcdef"
"""Hands of train-de whose reports were read for classes of error; those of the other hands are kept unread."""


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
        ("record F1", "dev", dev["record"]["F1"], "≥ 0.742"),
        ("event strict F1", "dev", dev["event_strict"]["F1"], "≥ 0.831"),
        ("laundering", "dev", dev["laundering"], "≤ 0.012"),
        ("swapped", "dev", dev["swapped"], "≤ 0.009"),
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


def unread() -> str:
    """train-de, the reports by hands that were read for classes of error beside those that never were."""
    rows = [
        "| train-de | reports, events | record F1 | event strict F1 | laundering | swapped | events in decoys |",
        "|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as temporary:
        for name, kept in (("hands a to f (read)", True), ("hands g to l (unread)", False)):
            tools, gold = Path(temporary) / name / "tools", Path(temporary) / name / "gold" / "train-de"
            shutil.copytree(SHARED / "tools", tools)
            gold.mkdir(parents=True)
            for path in (SHARED / "gold" / "train-de").glob("train-*"):
                if (path.name.split("-")[1] in READ) is kept:
                    shutil.copy(path, gold)
            out = Path(temporary) / name / "figures.json"
            command = [sys.executable, str(tools / "measure.py"), "train-de", "--json", str(out)]
            subprocess.run(command, check=True, capture_output=True)
            f = json.loads(out.read_text(encoding="utf-8"))["train-de"]
            decoys = f"{f['decoys']['events_given']} in {f['decoys']['documents']}"
            cells = [name, f"{f['documents']}, {f['gold_events']}", f["record"]["F1"], f["event_strict"]["F1"]]
            cells += [f"{f['laundering']} of {f['claims_matched']}", f["swapped"], decoys]
            rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


def probes() -> str:
    """Small reports that went wrong once, by kind."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "probes.json"
        command = [sys.executable, str(SHARED / "tools" / "probe.py"), str(SHARED / "probes"), "--json", str(out)]
        subprocess.run(command, check=True, capture_output=True)
        found = json.loads(out.read_text(encoding="utf-8"))
    rows = [f"| {kind} | {right} of {of} |" for kind, (right, of) in sorted(found["kinds"].items())]
    return "\n".join(["| kind | right |", "|---|---|", *rows, f"| **all** | **{found['right']} of {found['of']}** |"])


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
    tables = (
        ("bars", bars(figures)), ("slots", slots(figures)), ("unread", unread()), ("probes", probes()), ("causes", causes()),
        ("links", links.table()),
    )  # fmt: skip
    for mark, body in tables:
        print(body, end="\n\n")
        if "--docs" in sys.argv[1:]:
            bench.put(bench.ROOT / "docs" / "accuracy.md", mark, body)
    return 0


if __name__ == "__main__":
    sys.exit(main())

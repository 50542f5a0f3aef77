"""Kills ``trucewatch add`` at two hundred random moments: nothing that was acknowledged may be lost, ever.

python benchmarks/crash.py [--kills 200] [--reports 200] [--seed 1]

A run is killed with SIGKILL at a random moment, the database is checked (``PRAGMA integrity_check``, foreign keys, every
acknowledged report), and the same command is run again, until it comes to its end; then it begins anew with an empty
database. At last its incidents must be those of a run that nobody disturbed. ``tests/test_crash.py`` is the short form.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import crashing


def main() -> int:
    """Kills, checks, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = crashing.reports(folder / "reports.jsonl", args.reports)
        calm, torn = str(folder / "calm.db"), str(folder / "torn.db")
        seconds = crashing.undisturbed(source, calm)
        outcome = crashing.torment(source, torn, args.kills, args.seed, shortest=0.05, longest=max(1.0, seconds * 0.9))
        same = crashing.told(torn) == crashing.told(calm) and crashing.lines_in(torn) == crashing.lines_in(calm)
    print(f"{args.reports} reports, {seconds:.1f} s undisturbed")
    print(f"{outcome.kills} kills in {outcome.runs} runs, {outcome.whole} of them to the end")
    print(f"acknowledged and checked {outcome.checked}, lost {len(outcome.lost)}, damaged {len(outcome.damaged)}")
    print(f"incidents {'as undisturbed' if same else 'DIFFER'}; {time.monotonic() - began:.0f} s")
    return 0 if same and not outcome.lost and not outcome.damaged else 1


if __name__ == "__main__":
    sys.exit(main())

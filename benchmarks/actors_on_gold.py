"""How many of the gold's actors are found, and how often two fall into one: ``actors_on_gold.py GOLD TOOLS [--skip NAME …]``.

GOLD holds NAME.yaml and NAME.txt, TOOLS the scorers (``gold.py``, ``score.py``). Only actors that an event or voice of the
gold refers to are counted; "over" are pairs of them whose only match is the same actor of ours.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from trucewatch.extraction.actors import find_actors
from trucewatch.extraction.places import find_places
from trucewatch.language.german import analyse


def main() -> None:
    """Print a line per document with misses, and the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("tools", type=Path)
    parser.add_argument("--skip", nargs="*", default=[])
    args = parser.parse_args()
    sys.path.insert(0, str(args.tools))
    from gold import load
    from score import actor_match

    hits = total = over = 0
    spent = 0.0
    for path in sorted(args.gold.glob("*.yaml")):
        if path.stem in args.skip:
            continue
        gold = load(path)
        text = gold["text"]
        used: set[str] = set()
        for event in gold["events"]:
            used |= {*event["actors"], *event["targets"], *filter(None, [event["voice"].get("speaker")])}
        analysis = analyse(text, str(gold["published"]))
        places = find_places(analysis)
        begun = time.perf_counter()
        ours = find_actors(analysis, places).all
        spent += time.perf_counter() - begun
        forms = [{"name": a.name, "entity": a.entity, "mentions": a.mentions} for a in ours]
        match = {k: [i for i, f in enumerate(forms) if actor_match(f, gold["actors"][k], text)] for k in used}
        missed = sorted(gold["actors"][k]["name"] for k in used if not match[k])
        pairs = sorted((a, b) for a in used for b in used if a < b and len(match[a]) == 1 and match[a] == match[b])
        hits, total, over = hits + len(used) - len(missed), total + len(used), over + len(pairs)
        if missed or pairs:
            print(f"{path.stem}: missed {missed}, over {pairs}")
    print(f"found {hits} of {total} ({hits / max(total, 1):.3f}), over {over}, {spent * 1000:.0f} ms")


if __name__ == "__main__":
    main()

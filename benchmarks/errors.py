"""Lists what the reader misses and what it gives too much, by cause, against a folder of event gold.

    python benchmarks/errors.py GOLD_FOLDER TOOLS_FOLDER [--list CAUSE]

GOLD_FOLDER holds NAME.yaml beside NAME.txt, TOOLS_FOLDER the gold's own scorer (score.py). Prints a count per cause;
with ``--list`` also every case of one cause, with the words around its trigger.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import trucewatch
from trucewatch.extraction.frames import frames
from trucewatch.language.german import analyse


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Do two spans share a code point?"""
    return one[0] < other[1] and other[0] < one[1]


def cause_of_miss(gold: dict[str, Any], record: dict[str, Any], words: set[tuple[int, int]]) -> str:
    """Why a gold event has no counterpart: wrong type, merged into another event, held back, or no frame at all."""
    spans = gold["mentions"]
    for event in record["events"]:
        if overlaps(tuple(event["trigger"]), gold["span"]):
            return "miss: wrong type" if event["type"] != gold["type"] else "miss: another gold event took it"
    for event in record["events"]:
        if any(overlaps(tuple(m), s) for m in event["mentions"] for s in spans):
            return "miss: merged into another event"
    return "miss: frame held back" if any(overlaps(w, s) for w in words for s in spans) else "miss: no frame"


def cause_of_alarm(event: dict[str, Any], gold: dict[str, Any]) -> str:
    """Why an event is too much: wrong type, a second event for one happening, or nothing there."""
    for other in gold["events"]:
        if any(overlaps(tuple(event["trigger"]), m) for m in other["mentions"]):
            return "alarm: told twice" if other["type"] == event["type"] else "alarm: wrong type"
    near = [g for g in gold["events"] if g["type"] == event["type"]]
    return "alarm: same type elsewhere in the report" if near else "alarm: no such event"


def framed_words(text: str) -> set[tuple[int, int]]:
    """Spans of the words for which some frame exists, whether or not its conditions hold."""
    table = frames("de")
    analysis = analyse(text)
    found = {(t.start, t.end) for t in analysis.tokens if table.nouns_of(t.lemma, t.joints)}
    for clause in analysis.clauses:
        if clause.predicate.lower() in table.verbs:
            found |= {(analysis.tokens[i].start, analysis.tokens[i].end) for i in clause.predicate_tokens}
    return found


def by_cause(folder: Path, tools: Path) -> dict[str, list[str]]:
    """Every miss and every false alarm in a folder of event gold, in its words, by cause; most frequent causes first."""
    sys.path.insert(0, str(tools))
    import score

    cases: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.yaml")):
        gold = score.load(path)
        text = gold["text"]
        record = trucewatch.read(text, published=gold["published"]).model_dump(mode="json", by_alias=True)
        pairs = score.pair(record, gold)
        given, wanted = {p["id"] for p, _, _ in pairs}, {g["id"] for _, g, _ in pairs}
        words = framed_words(text)

        def around(span: tuple[int, int], kind: str, name: str = path.stem, text: str = text) -> str:
            before, after = text[max(0, span[0] - 50) : span[0]], text[span[1] : span[1] + 40]
            return f"{name} {kind} {before}[{text[span[0] : span[1]]}]{after}".replace("\n", " ")

        for event in record["events"]:
            if event["id"] not in given:
                cases[cause_of_alarm(event, gold)].append(
                    around(tuple(event["trigger"]), f"{event['type']} {event['rule']}")
                )
        for event in gold["events"]:
            if event["id"] not in wanted:
                cases[cause_of_miss(event, record, words)].append(around(event["span"], event["type"]))
    return dict(sorted(cases.items(), key=lambda c: (c[0][:4], -len(c[1]))))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("tools", type=Path)
    parser.add_argument("--list", metavar="CAUSE", help="print every case whose cause begins so")
    args = parser.parse_args()
    for cause, found in by_cause(args.gold, args.tools).items():
        print(f"{len(found):4}  {cause}")
        if args.list is not None and cause.startswith(args.list):
            print(*(f"        {line}" for line in found), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

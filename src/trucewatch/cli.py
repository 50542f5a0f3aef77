"""The command line: parses arguments, calls one function, shows the result."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from trucewatch.cli_agreements import add_agreement_commands
from trucewatch.cli_store import add_commands, database, day, language, last_day, period_fault
from trucewatch.shown import shown

if TYPE_CHECKING:
    from trucewatch.commands import ReadOptions

SCHEMAS = ("record", "incident", "agreement", "finding", "contact", "promise", "presence", "state")
_EXAMPLES = """\
examples:
  trucewatch read report.txt                              the record, readable
  trucewatch read report.txt --format json -o report.json the record as JSON (schema trucewatch/1)
  trucewatch read news/ --format jsonl --jobs 4           a folder, one record a line, in the folder's order
  trucewatch read 'news/2020-*.txt' --format html -o page.html
                                                          one self-contained page with an index
  trucewatch read reports.jsonl --format jsonl            JSON Lines in: {"text": …, "published": …} a line
  trucewatch read - --published 2020-02-28 < report.txt   from standard input
  trucewatch explain report.txt --event e3                how each field of an event came about
  trucewatch schema                                       the JSON Schema of a record
"""


class Parser(argparse.ArgumentParser):
    """Argument errors on one line that says what to do; exit status 2."""

    def error(self, message: str) -> NoReturn:
        """Ends the program with one line on standard error."""
        self.exit(2, f"trucewatch: {shown(message)} (see: {self.prog} --help)\n")


def parser() -> argparse.ArgumentParser:
    """All commands and options."""
    top = Parser(
        prog="trucewatch",
        description="Reads German news reports about truces and conflicts into sourced records: "
        "who did what to whom, where, when, with what losses, and who says so.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="store_true", help="print the version and exit")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)

    read = commands.add_parser(
        "read", help="read reports into records", epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    _inputs(read)
    read.add_argument(
        "--format", choices=("text", "json", "jsonl", "html"),
        help="text (default), json (one record, or an array of several), jsonl (one record a line), html (one page)",
    )  # fmt: skip
    read.add_argument(
        "-o", "--output", metavar="OUT",
        help="file to write; a folder (existing, or ending in /) gets one file per report",
    )  # fmt: skip
    read.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes (default 1; 0: one for each core)")
    read.set_defaults(run=_read)

    explain = commands.add_parser("explain", help="say how each field of an event came about")
    _inputs(explain, many=False)
    explain.add_argument("--event", metavar="ID", help="the event's id, such as e3 (default: all events)")
    explain.set_defaults(run=_explain)

    schema = commands.add_parser("schema", help="print the JSON Schema of a record, an incident, an agreement …")
    schema.add_argument("what", nargs="?", choices=SCHEMAS, default="record", help="default: record")
    schema.set_defaults(run=_schema)
    add_commands(commands, _jobs, _date)
    add_agreement_commands(commands, database, language, day, last_day)
    return top


def _inputs(command: argparse.ArgumentParser, many: bool = True) -> None:
    if many:
        command.add_argument(
            "files", nargs="+", metavar="FILE",
            help="text file, JSON Lines file (.jsonl), folder, pattern such as 'news/*.txt', or - for standard input",
        )  # fmt: skip
    else:
        command.add_argument("file", metavar="FILE", help="text file, or - for standard input")
    command.add_argument(
        "--published",
        type=_date,
        metavar="DATE",
        help="date of publication (YYYY-MM-DD); goes before what a report says",
    )
    command.add_argument("--lang", choices=("de", "en"), default="de", help="language of labels (default: de)")


def _date(value: str) -> str:
    from trucewatch.reading import ReadingError
    from trucewatch.reading.metadata import iso_date

    try:
        return iso_date(value) or ""
    except ReadingError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def _jobs(value: str) -> int:
    try:
        number = int(value)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of processes: give 1 or more, or 0 for one a core")
    return number or os.cpu_count() or 1


def _read(arguments: argparse.Namespace) -> int:
    from trucewatch import commands

    options: ReadOptions = commands.ReadOptions(
        files=arguments.files,
        form=arguments.format or commands.form_of(arguments.output),
        published=arguments.published,
        language=arguments.lang,
        output=arguments.output,
        jobs=arguments.jobs,
    )
    return commands.read(options)


def _explain(arguments: argparse.Namespace) -> int:
    from trucewatch import commands

    return commands.explain(arguments.file, arguments.event, arguments.published, arguments.lang)


def _schema(arguments: argparse.Namespace) -> int:
    from trucewatch import commands

    return commands.schema(arguments.what)


def _complain(line: str) -> None:
    from trucewatch.commands.output import complain

    complain(line)


def _expected() -> tuple[type[Exception], ...]:
    """The project's own errors, each one line that says what to do; loaded only when something went wrong."""
    from trucewatch.agreements.errors import AgreementError
    from trucewatch.reading import ReadingError
    from trucewatch.reporting.files import OutputError
    from trucewatch.store import DecisionError, StoreError

    return (StoreError, DecisionError, ReadingError, AgreementError, OutputError)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status: 0 well, 1 some report could not be read, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show a character must not end the run
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    top = parser()
    arguments = top.parse_args(argv)
    if arguments.version:
        from trucewatch.version import __version__

        print(f"trucewatch {__version__}")
        return 0
    if arguments.command is None:
        top.print_help()
        return 2
    if fault := period_fault(arguments):
        _complain(fault)
        return 1
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("trucewatch: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (head, less): nothing is left to say, also not at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except _expected() as fault:
        _complain(str(fault))
        return 1
    except OSError as fault:
        _complain(f"{fault.filename or 'output'}: {fault.strerror or fault}")
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())

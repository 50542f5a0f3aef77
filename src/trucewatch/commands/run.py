"""The commands: read, explain, schema."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from trucewatch.commands import inputs
from trucewatch.commands.output import complain, is_folder, write, write_pieces
from trucewatch.commands.work import Form, Rendering, Result, record_of, results
from trucewatch.reading import ReadingError
from trucewatch.reporting.words import Language

_MANY = 3
"""Reports from which on a progress bar is shown."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What ``trucewatch read`` was asked to do."""

    files: Sequence[str]
    form: Form = "text"
    published: str | None = None
    language: Language = "de"
    output: str | None = None
    jobs: int = 1


def form_of(output: str | None) -> Form:
    """The form that a file name's ending asks for; text if it asks for none."""
    ending = Path(output).suffix.lower() if output else ""
    forms: dict[str, Form] = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".html": "html", ".htm": "html"}
    return forms.get(ending, "text")


def read(options: ReadOptions) -> int:
    """Reads all reports and writes what came of them; names those that failed at the end. Returns the exit status."""
    single = inputs.is_single(options.files)
    screen = options.output is None and sys.stdout.isatty()
    rendering = Rendering(
        form=options.form,
        language=options.language,
        published=options.published,
        colour=screen and "NO_COLOR" not in os.environ,
        width=min(shutil.get_terminal_size((100, 24)).columns, 110),
        label=not single,
    )
    total = inputs.count(options.files)
    faults: list[Result] = []
    elsewhere: list[tuple[str, str]] = []
    done = [0]
    processes = min(options.jobs, total) if total is not None else options.jobs
    found = results(inputs.jobs(options.files), rendering, processes)
    write(_watched(found, total, faults, elsewhere, done, quiet=screen), rendering, options.output, single)
    _report_faults(faults, done[0])
    _report_elsewhere(elsewhere)
    if options.output and done[0] > len(faults) and sys.stderr.isatty():
        where = f"{options.output} ({done[0] - len(faults)} files)" if is_folder(options.output) else options.output
        complain(f"wrote {where}")
    return 1 if faults else 0


def _watched(
    found: Iterator[Result],
    total: int | None,
    faults: list[Result],
    elsewhere: list[tuple[str, str]],
    done: list[int],
    quiet: bool,
) -> Iterator[Result]:
    """Passes results on; notes those that failed, and shows how far the run is (on a terminal, with many reports)."""
    bar = progress(total, "reading", quiet)
    try:
        for result in found:
            done[0] += 1
            if result.fault is not None:
                faults.append(result)
            elif result.note is not None:
                elsewhere.append((result.name, result.note))
            bar(1)
            yield result
    finally:
        bar(None)


def progress(total: int | None, what: str, quiet: bool = False) -> Callable[[int | None], None]:
    """A progress bar on standard error, if it is a terminal and there is much to do.

    Call it with 1 for each report, with None at the end.
    """
    if quiet or not sys.stderr.isatty() or (total is not None and total < _MANY):
        return lambda _: None
    from rich.console import Console  # slow to import, needed only here
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.start()
    task = progress.add_task(what, total=total)

    def step(advance: int | None) -> None:
        if advance is None:
            progress.stop()
        else:
            progress.advance(task, advance)

    return step


def _report_faults(faults: list[Result], total: int) -> None:
    if not faults:
        return
    sys.stdout.flush()
    if total > 1:
        complain(f"{len(faults)} of {total} reports could not be read:")
    for result in faults:
        complain(f"{result.name}: {result.fault}")


def _report_elsewhere(elsewhere: list[tuple[str, str]]) -> None:
    """The reports held to be about something else, a line each; the terminal text has that line itself."""
    sys.stdout.flush()
    for name, note in elsewhere:
        complain(f"{name}: {note}")


def explain(file: str, event: str | None, published: str | None, language: Language) -> int:
    """Prints how each field of one event (or of all) came about."""
    from trucewatch.reporting import text

    found = list(inputs.jobs([file]))
    if len(found) != 1:
        complain(f"{file}: explain takes one report, this holds {len(found)}")
        return 2
    try:
        record = record_of(found[0], published)
    except ReadingError as fault:
        complain(f"{found[0].name}: {fault}")
        return 1
    events = record.events
    if event is not None:
        wanted = event if event.startswith("e") else f"e{event}"
        events = [e for e in events if e.id == wanted]
        if not events:
            last = len(record.events)
            has = f"it has e1 to e{last}" if last else "it has none"
            complain(f"{found[0].name}: no event {event!r}: {has}")
            return 1
    if not events:
        write_pieces([text.report(record, language)], None)
    write_pieces(["\n".join(text.explain(record, e, language) for e in events)], None)
    return 0


def schema(what: str = "record") -> int:
    """Prints the JSON Schema of a record, an incident, an agreement file, a finding, a contact …"""
    module, name = _SCHEMAS[what]
    shape = getattr(import_module(module), name)
    # an agreement is what people write, all else is what is written out
    mode = "validation" if what == "agreement" else "serialization"
    print(json.dumps(shape.model_json_schema(mode=mode), ensure_ascii=False, indent=2))
    return 0


_SCHEMAS = {
    "record": ("trucewatch.record", "Record"),
    "incident": ("trucewatch.incident", "Incident"),
    "agreement": ("trucewatch.agreements.model", "Agreement"),
    "finding": ("trucewatch.finding", "Finding"),
    "contact": ("trucewatch.contact", "Contact"),
    "promise": ("trucewatch.contact", "Promise"),
    "presence": ("trucewatch.contact", "Presence"),
    "state": ("trucewatch.agreements.state", "State"),
}

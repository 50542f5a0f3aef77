"""``trucewatch add``: reports into the store, one transaction each; what was acknowledged is kept whatever happens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.commands import inputs
from trucewatch.commands.inputs import Job
from trucewatch.commands.output import complain
from trucewatch.commands.run import progress
from trucewatch.commands.work import guarded, spread
from trucewatch.linking.take_in import Taken, known, redate, take_in
from trucewatch.reading import NotUnderstood, ReadingError, Report
from trucewatch.reading.metadata import iso_date
from trucewatch.reading.source import meta_beside
from trucewatch.reading.tongue import tongue
from trucewatch.record import OFF_TOPIC, Record
from trucewatch.shown import shown
from trucewatch.store import Store, StoreError
from trucewatch.store import reports as shelf
from trucewatch.store.reports import Raw, raw_line, raw_of

if TYPE_CHECKING:
    from trucewatch.reading.fetch import Fetched


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What ``trucewatch add`` was asked to do."""

    files: Sequence[str]
    database: str
    published: str | None = None
    jobs: int = 1
    verbose: bool = False
    ports: Sequence[int] = ()
    """Ports besides the web's own from which pages may be fetched."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A report that is not in the store yet: everything that a worker process needs."""

    job: Job
    raw: Raw
    published: str | None
    fetched: Fetched | None = None
    beside: str | None = None
    """The date of publication that ``NAME.meta.json`` states."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of reading: a record, or a fault."""

    name: str
    raw: Raw | None = None
    report: Report | None = None
    record: Record | None = None
    fault: str | None = None
    foreign: str | None = None
    """Why it was not read: a form or language that is not understood."""


_NAMED = 5
"""Reports about something else, or without a date, that are named; all others are counted."""


@dataclass(slots=True)
class Summary:
    """What a run of ``add`` did."""

    new: int = 0
    known: int = 0
    copies: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    foreign: list[tuple[str, str]] = field(default_factory=list)
    """Name of what was not read, and why: a form or language that is not understood."""
    redated: int = 0
    undated: list[str] = field(default_factory=list)
    """Names of reports that are kept without a date of publication."""
    unsure: list[str] = field(default_factory=list)
    """Names of known reports that are kept with another date than was given for them now."""
    elsewhere: list[str] = field(default_factory=list)
    """Names of new reports held to be about something else."""

    def line(self, database: str) -> str:
        """The summary on one line."""
        copies = f" ({self.copies} of them copies of a known text)" if self.copies else ""
        dated = f" ({self.redated} of them dated anew)" if self.redated else ""
        foreign = f", {len(self.foreign)} not read" if self.foreign else ""
        counted = f"{self.new} new{copies}, {self.known} known{dated}, {len(self.failed)} failed{foreign}"
        return f"{database}: {counted}{self._elsewhere()}"

    def hints(self) -> Iterator[str]:
        """What is to be done about dates, a line for each kind of trouble."""
        if self.undated:
            yield (
                f"{_named(self.undated)} without a date of publication: days such as 'am Montag' cannot be told; give it with: "
                "trucewatch add FILE --published YYYY-MM-DD, or as \"published\" in NAME.meta.json"
            )
        if self.unsure:
            yield f"{_named(self.unsure)} kept with another date: to change it name the file itself: add FILE --published DATE"

    def _elsewhere(self) -> str:
        if not self.elsewhere:
            return ""
        return f", {len(self.elsewhere)} {OFF_TOPIC}: {_first(self.elsewhere)}"


def _first(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _named(names: Sequence[str]) -> str:
    return f"{len(names)} {'report' if len(names) == 1 else 'reports'} ({_first(names)})"


def add(options: AddOptions) -> int:
    """Takes in all reports; says what was new, known, a copy or failed. Returns the exit status."""
    from trucewatch.store.engine import without_password

    summary = Summary()
    broken: StoreError | None = None
    try:
        with Store(options.database) as store:
            _run(store, options, summary)
    except StoreError as fault:
        broken = fault
    sys.stdout.flush()
    for name, why in summary.failed:
        complain(f"{name}: {why}")
    for name, why in summary.foreign:
        complain(f"{name}: not read: {why}")
    for hint in summary.hints():
        complain(hint)
    if broken is not None:
        complain(str(broken))
        if summary.new:
            complain(f"the {summary.new} reports before were added and are kept")
        return 1
    print(shown(summary.line(without_password(options.database))))
    return 1 if summary.failed or summary.foreign else 0


def _run(store: Store, options: AddOptions, summary: Summary) -> None:
    summary.foreign += [(str(p), _other(p)) for p in inputs.others(options.files)]
    total = inputs.count(options.files)
    bar = progress(total, "adding")
    tasks = _tasks(store, options, summary, bar)
    processes = options.jobs if total is None else min(options.jobs, total)
    try:
        for read in spread(tasks, _read, _died, processes):
            bar(1)
            if read.fault is not None:
                summary.failed.append((read.name, read.fault))
                continue
            if read.foreign is not None:
                summary.foreign.append((read.name, read.foreign))
                continue
            assert read.raw is not None and read.report is not None and read.record is not None
            taken = take_in(store, read.raw, read.report, read.record)
            _acknowledge(taken, read.name, options, summary)
            if taken.new and read.record.report.off_topic is not None:
                summary.elsewhere.append(read.name)
    finally:
        bar(None)


def _acknowledge(taken: Taken, name: str, options: AddOptions, summary: Summary) -> None:
    """Only after its transaction: what is counted or named here is on the disk."""
    if taken.published is None:
        summary.undated.append(name)
    if taken.new:
        summary.new += 1
        summary.copies += taken.copies > 0
    else:
        summary.known += 1
    if options.verbose:
        print(f"{'added' if taken.new else 'known'} {shown(name)}", flush=True)


def _tasks(store: Store, options: AddOptions, summary: Summary, bar: Callable[[int | None], None]) -> Iterator[_Task]:
    """The reports that are not in the store yet; known ones are counted without being read."""
    for job in inputs.jobs(options.files):
        try:
            task = _task(job, options)
        except Exception as fault:  # one report, or one page, never spoils the run of the others
            why = str(fault) if isinstance(fault, ReadingError) else f"internal error ({type(fault).__name__}: {fault})"
            summary.failed.append((job.name, why))
            bar(1)
            continue
        taken = known(store, task.raw, url=job.url)
        if taken is not None:
            _acknowledge(_dated(store, taken, task, options, summary), job.name, options, summary)
            bar(1)
            continue
        yield task


def _dated(store: Store, taken: Taken, task: _Task, options: AddOptions, summary: Summary) -> Taken:
    """A known report with the date that was given for it now.

    A date that is missing, or was only read from the text, gives way. One that was given before gives way to ``--published``
    where the report itself is named: a folder may hold reports of other days, and bytes that two outlets published on two.
    """
    wanted = task.published or task.beside
    if wanted is None or wanted == taken.published:
        return taken
    itself = task.published is not None and task.job.name in options.files
    if taken.published is not None and not itself:
        with store.reading() as connection:
            from_text = shelf.stated_date(connection, taken.number) == taken.published
        if task.published is not None or not from_text:
            if task.published is None:
                summary.unsure.append(task.job.name)
            return taken
    outcome = guarded(lambda: redate(store, taken.number, wanted))
    if isinstance(outcome, str):
        summary.failed.append((task.job.name, outcome))
        return taken
    summary.redated += 1
    return replace(taken, published=wanted)


def _other(path: Path) -> str:
    kinds = ", ".join((*inputs.TEXT_ENDINGS, *inputs.LINE_ENDINGS))
    return f"no form of text that is read ({path.suffix or 'no ending'}): save it as one of {kinds}"


def _task(job: Job, options: AddOptions) -> _Task:
    """A job with its bytes; raises ``ReadingError``."""
    published = options.published
    if job.url is not None:
        from trucewatch.reading.fetch import fetch
        from trucewatch.reading.guard import USUAL_PORTS

        fetched = fetch(job.url, ports=USUAL_PORTS.union(options.ports))
        return _Task(job, raw_of(fetched.data, fetched.url, "url", fetched.retrieved), published, fetched)
    data = job.content()
    if job.line:
        row = inputs.row_of(data)
        name = str(row["id"]) if isinstance(row.get("id"), str | int) else _line_name(job.name)
        return _Task(job, raw_line(data, row, name), published)
    beside = meta_beside(job.path) if job.path is not None else {}
    name = str(beside.get("id") or job.stem)
    retrieved = beside.get("retrieved")
    raw = raw_of(data, name, retrieved=str(retrieved) if retrieved is not None else None)
    stated = iso_date(str(beside["published"])) if beside.get("published") is not None else None
    return _Task(Job(job.name, job.path, data), raw, published, beside=stated)


def _line_name(name: str) -> str:
    """ "reports:12" for line 12 of some/reports.jsonl."""
    path, _, line = name.rpartition(":")
    return f"{Path(path).stem}:{line}"


def _read(task: _Task, _number: int) -> _Read:
    """Reads one report, come what may."""
    outcome = guarded(lambda: _open(task))
    return _Read(task.job.name, fault=outcome) if isinstance(outcome, str) else outcome


def _open(task: _Task) -> _Read:
    from trucewatch.one_report import read_report

    try:
        if task.fetched is not None:
            from trucewatch.reading import from_fetched

            report = from_fetched(task.fetched, published=task.published)
        else:
            report = task.job.open(task.published)
    except NotUnderstood as fault:
        return _Read(task.job.name, foreign=str(fault))
    if (other := tongue(report.legible or report.text)) is not None:
        what = "another script" if other == "script" else f"another language ({other})"
        return _Read(task.job.name, foreign=f"in {what}: only German is read")
    report = shelf.identified(report, task.raw)
    return _Read(task.job.name, task.raw, report, read_report(report))


def _died(task: _Task, fault: str) -> _Read:
    return _Read(task.job.name, fault=fault)


def reread(database: str, verbose: bool = False) -> int:
    """Reads all stored reports with the present engine where it has not read them yet, and links them anew."""
    from trucewatch.linking.take_in import read_again, unread

    done = failed = 0
    with Store(database, make=False) as store:
        waiting = unread(store)
        bar = progress(len(waiting), "reading")
        for number, name in waiting:
            outcome = guarded(lambda number=number: read_again(store, number))  # type: ignore[misc]
            bar(1)
            if isinstance(outcome, str):
                failed += 1
                complain(f"{name}: {outcome}")
            else:
                done += 1
                if verbose:
                    print(f"read again {shown(name)}", flush=True)
        bar(None)
    print(f"{done} read again, {failed} failed")
    return 1 if failed else 0

"""``trucewatch add``: reports into the store, one transaction each; what was acknowledged is kept whatever happens."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.commands import inputs
from trucewatch.commands.inputs import Job
from trucewatch.commands.output import complain
from trucewatch.commands.run import progress
from trucewatch.commands.work import guarded, spread
from trucewatch.linking.take_in import Taken, known, take_in
from trucewatch.reading import ReadingError, Report
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


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of reading: a record, or a fault."""

    name: str
    raw: Raw | None = None
    report: Report | None = None
    record: Record | None = None
    fault: str | None = None


_NAMED = 5
"""Reports about something else that the summary names; all others it counts."""


@dataclass(slots=True)
class Summary:
    """What a run of ``add`` did."""

    new: int = 0
    known: int = 0
    copies: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """Names of new reports held to be about something else."""

    def line(self, database: str) -> str:
        """The summary on one line."""
        copies = f" ({self.copies} of them copies of a known text)" if self.copies else ""
        return f"{database}: {self.new} new{copies}, {self.known} known, {len(self.failed)} failed{self._elsewhere()}"

    def _elsewhere(self) -> str:
        if not self.elsewhere:
            return ""
        more = f" and {len(self.elsewhere) - _NAMED} more" if len(self.elsewhere) > _NAMED else ""
        return f", {len(self.elsewhere)} {OFF_TOPIC}: {', '.join(self.elsewhere[:_NAMED])}{more}"


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
    if broken is not None:
        complain(str(broken))
        if summary.new:
            complain(f"the {summary.new} reports before were added and are kept")
        return 1
    print(shown(summary.line(without_password(options.database))))
    return 1 if summary.failed else 0


def _run(store: Store, options: AddOptions, summary: Summary) -> None:
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
            assert read.raw is not None and read.report is not None and read.record is not None
            taken = take_in(store, read.raw, read.report, read.record)
            _acknowledge(taken, read.name, options, summary)
            if taken.new and read.record.report.off_topic is not None:
                summary.elsewhere.append(read.name)
    finally:
        bar(None)


def _acknowledge(taken: Taken, name: str, options: AddOptions, summary: Summary) -> None:
    """Only after its transaction: what is counted or named here is on the disk."""
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
            _acknowledge(taken, job.name, options, summary)
            bar(1)
            continue
        yield task


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
    beside = _beside(job.path) if job.path is not None else {}
    name = str(beside.get("id") or job.stem)
    retrieved = beside.get("retrieved")
    raw = raw_of(data, name, retrieved=str(retrieved) if retrieved is not None else None)
    return _Task(Job(job.name, job.path, data), raw, published)


def _beside(path: Path) -> dict[str, object]:
    """What stands in ``NAME.meta.json``; what is wrong with it is said when the report is opened."""
    try:
        row = json.loads(path.with_name(f"{path.stem}.meta.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


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

    if task.fetched is not None:
        from trucewatch.reading import from_fetched

        report = from_fetched(task.fetched, published=task.published)
    else:
        report = task.job.open(task.published)
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

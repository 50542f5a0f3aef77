"""Reads one report, come what may: the result is a rendering or a fault of one line, within bounded time."""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from types import FrameType
from typing import TYPE_CHECKING, Literal, TypeVar

from trucewatch.commands.inputs import Job
from trucewatch.reading import ReadingError
from trucewatch.record import Record
from trucewatch.reporting.words import Language

if TYPE_CHECKING:
    from trucewatch.reporting.article import Article

In = TypeVar("In")
Out = TypeVar("Out")

Form = Literal["text", "json", "jsonl", "html"]

SECONDS = 120
"""Time that one report may take; a usual one takes less than a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """How to show a record: everything a worker process needs to know."""

    form: Form
    language: Language
    published: str | None
    colour: bool = False
    width: int = 100
    label: bool = True
    """Name the file in the terminal text."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one report: ``body`` (``article`` for a page) in the form asked for, or a ``fault``."""

    name: str
    stem: str
    body: str = ""
    article: Article | None = None
    fault: str | None = None
    note: str | None = None
    """That the report is held to be about something else, where the body is not read by people."""


class _TooLong(Exception):
    """The time for one report is over."""


def work(job: Job, rendering: Rendering, number: int) -> Result:
    """The result for ``job``; never raises. ``number`` keeps the ids of a page's reports apart."""
    outcome = guarded(lambda: _render(job, rendering, number))
    return outcome if isinstance(outcome, Result) else _died(job, outcome)


def guarded(make: Callable[[], Out]) -> Out | str:
    """What ``make`` gives within the time that one report may take, or why it gives nothing, in one line."""
    try:
        with _TimeLimit(SECONDS):
            return make()
    except ReadingError as fault:
        message = str(fault)
    except _TooLong:
        message = f"reading took longer than {SECONDS} seconds and was given up: split the text into single reports"
    except MemoryError:
        message = "not enough memory: split the text into single reports"
    except Exception as fault:  # one report never spoils the run of the others
        message = f"could not be read: internal error ({type(fault).__name__}: {fault})"
    return " ".join(message.split())[:300]


def record_of(job: Job, published: str | None) -> Record:
    """The record of one report; raises ``ReadingError``."""
    from trucewatch.one_report import read_report

    return read_report(job.open(published))


def _render(job: Job, rendering: Rendering, number: int) -> Result:
    from trucewatch.one_report import read_report

    report = job.open(rendering.published)
    record = read_report(report)
    stem = report.name or job.stem
    note = record.report.off_topic
    if rendering.form == "json":
        return Result(job.name, stem, record.to_json() + "\n", note=note)
    if rendering.form == "jsonl":
        return Result(job.name, stem, record.to_json(indent=None) + "\n", note=note)
    if rendering.form == "html":
        from trucewatch.reporting.article import article

        return Result(job.name, stem, article=article(record, f"r{number}-", rendering.language, name=stem), note=note)
    from trucewatch.reporting import text

    name = job.name if rendering.label else None
    return Result(job.name, stem, text.report(record, rendering.language, rendering.colour, rendering.width, name))


class _TimeLimit:
    """Raises ``_TooLong`` inside the block when its time is over (main thread of a Unix process; else no limit)."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.works = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def __enter__(self) -> None:
        if self.works:
            self.before = signal.signal(signal.SIGALRM, self._over)
            signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def __exit__(self, *_: object) -> None:
        if self.works:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self.before)

    @staticmethod
    def _over(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong


def results(todo: Iterable[Job], rendering: Rendering, processes: int) -> Iterator[Result]:
    """The results of all jobs in the jobs' order."""
    return spread(todo, partial(_worked, rendering), _died, processes)


def _worked(rendering: Rendering, job: Job, number: int) -> Result:
    return work(job, rendering, number)


def _died(job: Job, fault: str) -> Result:
    return Result(job.name, job.stem, fault=fault)


def spread(
    todo: Iterable[In], worker: Callable[[In, int], Out], died: Callable[[In, str], Out], processes: int
) -> Iterator[Out]:
    """What ``worker`` makes of each job and its number, in the jobs' order, in so many processes.

    A job is taken up only when its turn is near (bounded memory). ``died`` says what is given for a job that killed
    its process.
    """
    if processes <= 1:
        for number, job in enumerate(todo, 1):
            yield worker(job, number)
        return
    numbered = enumerate(todo, 1)
    pool = _pool(processes)
    waiting: deque[tuple[int, In, Future[Out]]] = deque()
    try:
        while True:
            for number, job in numbered:
                waiting.append((number, job, pool.submit(worker, job, number)))
                if len(waiting) >= 4 * processes:
                    break
            if not waiting:
                return
            number, job, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                # Nobody knows whose report killed the process: the waiting ones are read again, each on its own.
                pool.shutdown(wait=False, cancel_futures=True)
                again = [(number, job), *((n, j) for n, j, _ in waiting)]
                waiting.clear()
                for n, j in again:
                    yield _alone(worker, died, j, n)
                pool = _pool(processes)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _alone(worker: Callable[[In, int], Out], died: Callable[[In, str], Out], job: In, number: int) -> Out:
    with _pool(1) as pool:
        try:
            return pool.submit(worker, job, number).result()
        except BrokenProcessPool:
            return died(job, "the process that read it died (out of memory?): split the text")


def _pool(processes: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a progress bar has a thread of its own, and forks of threaded processes may hang.
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_ignore_interrupt)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

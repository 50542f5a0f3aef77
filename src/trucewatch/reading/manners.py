"""How a guest behaves: one request a host at a time, with pauses, and what each site's robots.txt asks for."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

NAME = "trucewatch"
"""What robots.txt files may call us."""

PAUSE = 1.0
"""Seconds between the end of a request to a host and the next one to it."""

_LONGEST_PAUSE = 60.0
"""Seconds that a site may ask for between two pages (Crawl-delay); more is read as this."""

_KEPT = 24 * 60 * 60
"""Seconds for which a robots.txt holds (RFC 9309, section 2.4)."""


@dataclass
class _Host:
    """One request at a time, and none before ``earliest`` (on the clock of its ``Manners``)."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    earliest: float = float("-inf")


class Manners:
    """What is remembered of hosts between fetches; safe to share between threads, and made to be shared.

    ``clock`` and ``sleep`` count in seconds; tests put their own in.
    """

    def __init__(
        self,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.pause = pause
        self.clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}

    @contextmanager
    def turn(self, host: str, pause: float | None = None) -> Iterator[None]:
        """Waits until ``host`` may be asked, and keeps others from asking until done and ``pause`` seconds later."""
        state = self._host(host)
        with state.lock:
            wait = state.earliest - self.clock()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                state.earliest = max(state.earliest, self.clock() + (self.pause if pause is None else pause))

    def rest(self, host: str, seconds: float) -> None:
        """Nobody asks ``host`` for ``seconds``: it said so."""
        state = self._host(host)
        state.earliest = max(state.earliest, self.clock() + seconds)

    def rules(self, origin: str) -> RobotFileParser | None:
        """The rules of ``origin`` (scheme, host and port) where they were read within a day."""
        with self._lock:
            read, rules = self._robots.get(origin, (0.0, None))
            return rules if rules is not None and self.clock() - read < _KEPT else None

    def remember(self, origin: str, robots: bytes) -> RobotFileParser:
        """The rules that stand in ``robots``, the bytes of a robots.txt; none in an empty one."""
        from urllib.robotparser import RobotFileParser

        rules = RobotFileParser()
        rules.parse(robots.decode("utf-8-sig", "replace").splitlines())
        with self._lock:
            self._robots[origin] = (self.clock(), rules)
        return rules

    def pause_after_page(self, rules: RobotFileParser) -> float:
        """Seconds to leave between two pages: ours, or the site's own where it asks for longer ones."""
        asked = rules.crawl_delay(NAME)
        return max(self.pause, min(float(asked or 0), _LONGEST_PAUSE))

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())


def seconds_asked(retry_after: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a date (RFC 9110, section 10.2.3).

    >>> seconds_asked("120"), seconds_asked("soon")
    (120.0, None)
    """
    from email.utils import parsedate_to_datetime

    if retry_after is None:
        return None
    words = retry_after.strip()
    if words.isascii() and words.isdecimal():
        return float(words[:9])
    try:
        until = parsedate_to_datetime(words)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:  # "-0000"
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())

"""One report from the web: asked for politely, from public addresses only, within limits of time and size.

``fetch`` gives the bytes as they were published; ``reading.from_fetched`` makes a ``Report`` of them. What it refuses and
how it behaves stand in ``guard`` (addresses) and ``manners`` (pauses, robots.txt). httpx is slow to import and is loaded
when something is fetched.
"""

from __future__ import annotations

import datetime as dt
import re
import socket
import threading
import zlib
from collections.abc import Container, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from trucewatch.reading.errors import ReadingError
from trucewatch.reading.guard import USUAL_PORTS, Unanswered, addresses, checked_url, told
from trucewatch.reading.manners import NAME, Manners, seconds_asked
from trucewatch.reading.source import LARGEST

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

    import httpx

REDIRECTS = 5
"""Redirects that are followed for one report."""

TRIES = 3
"""Times that a site is asked which says that it is busy (429 or 503) and when to come back (Retry-After)."""

LONGEST_REST = 60.0
"""Seconds that a busy site may ask us to wait before the next try; where it asks for more, the fetch is given up."""

_LARGEST_ROBOTS = 512 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, section 2.5)."""

_TEXT = re.compile(r"text/(?:html|plain|xml)|application/(?:xml|json|[\w.-]+\+(?:xml|json))")
_REDIRECTING = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_PART = 256 * 1024

_BY_HAND = "open it in a browser, save the page and add the file"
_SAID = {  # what to do about a status
    401: f"the site asks for a login (401): {_BY_HAND}",
    402: f"the site asks for a payment (402): {_BY_HAND}",
    403: f"the site does not let programs read this page (403): {_BY_HAND}",
    404: "there is no such page (404): check the address",
    410: "the page was taken down (410): look for it in a web archive",
    451: "the page is withheld for legal reasons (451): look for it in a web archive",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found at an address.

    ``data`` are the bytes of the page, unaltered (only gzip, which the transfer put on, is taken off). ``url`` is where
    they came from after all redirects, in canonical form; ``retrieved`` is when, in UTC ("2026-11-28T08:12:00+00:00").
    ``content_type`` is the header as sent, or ``None``.
    """

    data: bytes
    url: str
    retrieved: str
    content_type: str | None = None


class _Answer(NamedTuple):
    """One response: ``data`` only where it was a success, ``location`` only where it leads elsewhere."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    data: bytes = b""
    location: str | None = None


_MANNERS = Manners()
"""Shared by all fetches of a process: pauses and robots.txt hold across them."""


def fetch(
    url: str,
    *,
    client: httpx.Client | None = None,
    allow_private: bool = False,
    ports: Container[int] | None = USUAL_PORTS,
    timeout: float = 20.0,
    manners: Manners | None = None,
) -> Fetched:
    """The page at ``url``; raises ``ReadingError`` (one line, saying what to do) where there is none to be had.

    ``timeout`` bounds the seconds that the network takes in all (names, robots.txt, redirects, tries, body); pauses made
    out of politeness come on top. ``allow_private`` lets private and local addresses through, on any port: for tests and
    intranets, never for addresses that strangers gave. ``ports`` are those that may be asked (``None``: any), also after
    redirects. ``client`` may be one of your own (HTTP/1.1 only), for a proxy or for certificates; the rules are the same,
    and its login is not used. Without, environment variables name no proxy.
    Threads may fetch at the same time: they queue for each host.
    """
    import httpx

    with ExitStack() as stack:
        if client is None:  # trust_env of the transport: certificates of one's own (SSL_CERT_FILE)
            client = stack.enter_context(httpx.Client(transport=httpx.HTTPTransport(trust_env=True), trust_env=False))
        allowed = None if allow_private else ports
        return _Visit(client, manners or _MANNERS, allow_private, allowed, timeout).fetched(url)


class _Visit:
    """One fetch with all that it asks for on its way; ``left`` are the seconds that the network may still take."""

    def __init__(
        self, client: httpx.Client, manners: Manners, allow_private: bool, ports: Container[int] | None, timeout: float
    ) -> None:
        self.client = client
        self.ports = ports
        self.manners = manners
        self.allow_private = allow_private
        self.timeout = self.left = timeout

    def fetched(self, url: str) -> Fetched:
        answer = self._followed(checked_url(url, ports=self.ports), robots=False)
        if not 200 <= answer.status < 300:
            raise ReadingError(_fault(answer))
        retrieved = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return Fetched(answer.data, str(answer.url), retrieved, answer.headers.get("content-type"))

    def _followed(self, url: httpx.URL, robots: bool) -> _Answer:
        """The answer at the end of all redirects; every address on the way is checked as the first one is."""
        for _ in range(REDIRECTS + 1):
            answer = self._unbusy(url, robots)
            if answer.location is None:
                return answer
            url = checked_url(answer.location, base=url, ports=self.ports)
        raise Unanswered(f"more than {REDIRECTS} redirects: open it in a browser and add the address where it ends")

    def _unbusy(self, url: httpx.URL, robots: bool) -> _Answer:
        """The answer, asked for again where the site is busy and says when to come back."""
        pause = None if robots else self.manners.pause_after_page(self._allowing(url))
        for tries_left in reversed(range(TRIES)):
            with self.manners.turn(url.host, pause):
                answer = self._answer(url, robots)
            if answer.status not in _BUSY:
                return answer
            rest = seconds_asked(answer.headers.get("retry-after"))
            if rest is None or rest > LONGEST_REST or not tries_left:
                when = "later" if rest is None else f"in {rest:.0f} seconds"
                raise Unanswered(f"{told(url.host)} is busy ({answer.status}): try again {when}")
            self.manners.rest(url.host, rest)
        raise AssertionError("the last try returns or raises")

    def _allowing(self, url: httpx.URL) -> RobotFileParser:
        """The rules of ``url``'s site, which allow it; raises ``ReadingError`` where they do not, or cannot be read."""
        place = url.copy_with(path="/robots.txt", query=None)
        rules = self.manners.rules(str(place))
        if rules is None:
            try:
                answer = self._followed(place, robots=True)
                if not 200 <= answer.status < 500:
                    raise Unanswered(_fault(answer))
            except Unanswered as fault:
                raise ReadingError(f"whether {place} allows reading the page cannot be told: {fault}") from None
            rules = self.manners.remember(str(place), answer.data)  # 4xx: no data, no rules (RFC 9309, section 2.3.1.3)
        if not rules.can_fetch(NAME, str(url)):
            raise ReadingError(f"{place} does not allow programs to read {told(url.path)}: {_BY_HAND}")
        return rules

    def _answer(self, url: httpx.URL, robots: bool) -> _Answer:
        """One request to the first of the host's addresses that takes it."""
        import httpx

        start = self.manners.clock()
        deadline = start + self.left
        try:
            numbers = addresses(url, self.left, self.allow_private)
            for position, number in enumerate(numbers):
                left = deadline - self.manners.clock()
                try:
                    return self._asked(url, number, left, left / (len(numbers) - position), deadline, robots)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if position + 1 == len(numbers):
                        raise
            raise AssertionError("a known host has an address")
        except httpx.HTTPError as fault:
            raise Unanswered(self._because(fault, url, deadline)) from None
        finally:
            self.left -= self.manners.clock() - start

    def _asked(
        self, url: httpx.URL, number: str, left: float, connecting: float, deadline: float, robots: bool
    ) -> _Answer:
        """The answer of the machine at the IP address ``number``, which is told the host's name as if asked by it."""
        import httpx

        if left <= 0:
            raise Unanswered(self._too_slow())
        with _cut_off(left) as trace:
            request = self.client.build_request(
                "GET",
                url.copy_with(host=number),
                headers={
                    "Host": url.netloc.decode("ascii"),
                    "User-Agent": _user_agent(),
                    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.1",
                    "Accept-Language": "de, *;q=0.5",
                    "Accept-Encoding": "gzip",
                    "Connection": "close",  # the next host at this IP address needs a TLS connection of its own
                },
                timeout=_timeouts(left, connecting),
                extensions={"sni_hostname": url.raw_host.decode("ascii"), "trace": trace},
            )
            try:
                response = self.client.send(request, stream=True, follow_redirects=False, auth=None)
            except (UnicodeError, httpx.InvalidURL):  # httpx looks where a redirect leads even if it is not to follow
                raise Unanswered(f"{told(url.host)} redirects to no valid web address: {_BY_HAND}") from None
            try:
                answer = _Answer(url, response.status_code, response.headers)
                if answer.status in _REDIRECTING and "location" in response.headers:
                    return answer._replace(location=response.headers["location"])
                if not 200 <= answer.status < 300:
                    return answer
                if not robots:
                    _check_type(response.headers.get("content-type"))
                return answer._replace(data=self._body(response, deadline, robots))
            finally:
                response.close()

    def _body(self, response: httpx.Response, deadline: float, robots: bool) -> bytes:
        """The body without its gzip; what is too large is refused while it comes in (of a robots.txt, not read on)."""
        largest = _LARGEST_ROBOTS if robots else LARGEST
        announced = response.headers.get("content-length", "")
        if not robots and announced.isdecimal() and int(announced[:20]) > largest:
            raise ReadingError(_too_large())
        data = bytearray()
        for part in _parts(response):
            data += part
            if len(data) > largest:
                if robots:
                    return bytes(data[:largest]).rpartition(b"\n")[0]  # half a rule may forbid too much
                raise ReadingError(_too_large())
            if self.manners.clock() > deadline:
                break
        if self.manners.clock() > deadline:  # a body without a stated length ends where it is cut off, as if whole
            raise Unanswered(self._too_slow())
        return bytes(data)

    def _because(self, fault: httpx.HTTPError, url: httpx.URL, deadline: float) -> str:
        import httpx

        host = told(url.host)
        if isinstance(fault, httpx.TimeoutException) or self.manners.clock() >= deadline - 0.01:
            return self._too_slow()
        if "CERTIFICATE" in str(fault):
            return f"the certificate of {host} does not prove that it is {host}: {_BY_HAND}, if you trust it"
        if isinstance(fault, httpx.ConnectError):
            return f"{host} cannot be reached ({told(str(fault))}): check the address and the connection"
        return f"the connection to {host} broke off ({told(str(fault)) or type(fault).__name__}): try again later"

    def _too_slow(self) -> str:
        return f"no complete answer within {self.timeout:g} seconds: try again later, or save the page and add the file"


def _fault(answer: _Answer) -> str:
    """What a status that is no success means for who asked."""
    status = answer.status
    if status in _SAID:
        return _SAID[status]
    if status >= 500:
        return f"{told(answer.url.host)} has a fault of its own ({status}): try again later"
    return f"{told(answer.url.host)} did not give the page ({status}): {_BY_HAND}"


def _too_large() -> str:
    return f"larger than {LARGEST // 1024 // 1024} MiB: save it and split it into single reports (JSON Lines)"


def _check_type(content_type: str | None) -> None:
    """Refuses what is stated to be no text; where nothing is stated, the bytes will tell (``reading.decode``)."""
    if content_type is None:
        return
    kind = content_type.partition(";")[0].strip().lower()
    if not _TEXT.fullmatch(kind):
        raise ReadingError(
            f"no text but {told(kind) or 'nothing known'}: give the address of a page, or save it as text"
        )


def _parts(response: httpx.Response) -> Iterator[bytes]:
    """The body in parts of bounded size, whatever it was compressed from."""
    if response.is_stream_consumed:  # a transport that hands over whole responses, as test doubles do
        yield response.content
        return
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        yield from response.iter_raw()
    elif coding in ("gzip", "x-gzip"):
        yield from _unzipped(response.iter_raw())
    else:
        raise ReadingError(f"the page comes in a compression that was not asked for ({told(coding)}): {_BY_HAND}")


def _unzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """gzip taken off, never more than ``_PART`` bytes at a time: a small body may hold gigabytes."""
    member = zlib.decompressobj(wbits=31)
    begun = False
    try:
        for chunk in chunks:
            begun = begun or bool(chunk)
            while True:
                part = member.decompress(chunk, _PART)
                yield part
                chunk = member.unconsumed_tail
                if member.unused_data.startswith(b"\x1f"):  # another member
                    chunk = member.unused_data
                    member = zlib.decompressobj(wbits=31)
                elif member.unused_data:  # padding
                    return
                elif member.eof or (not chunk and len(part) < _PART):
                    break
    except zlib.error:
        raise Unanswered("the page came damaged (gzip): try again later") from None
    if begun and not member.eof:
        raise Unanswered("the page came incomplete (gzip): try again later")


def _timeouts(left: float, connecting: float) -> httpx.Timeout:
    import httpx

    return httpx.Timeout(left, connect=connecting)


def _user_agent() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        release = version("trucewatch")
    except PackageNotFoundError:  # run from a checkout
        release = "0"
    return f"{NAME}/{release} (reads single news reports that a person asks for; obeys robots.txt for {NAME})"


@contextmanager
def _cut_off(seconds: float) -> Iterator[Any]:
    """Gives a trace for httpx, and shuts down the connection that it sees opened after ``seconds``.

    httpx limits the time of a single read; a server that sends a byte now and then would hold us for hours.
    """
    opened: list[socket.socket] = []

    def trace(event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            plain = info["return_value"].get_extra_info("socket")
            if isinstance(plain, socket.socket):
                opened.append(plain.dup())  # TLS takes the socket itself over

    def shut() -> None:
        for one in opened:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield trace
    finally:
        timer.cancel()
        for one in opened:
            one.close()

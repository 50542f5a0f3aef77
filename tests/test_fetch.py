"""Fetching a report: politely, from public addresses only, within limits; no network beyond loopback."""

from __future__ import annotations

import gzip
import io
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from trucewatch.reading import ReadingError, from_fetched
from trucewatch.reading.fetch import Fetched, fetch
from trucewatch.reading.guard import is_public
from trucewatch.reading.manners import PAUSE, Manners, seconds_asked

PAGE = "<html><body><p>Kiew (dpa) - Die Waffenruhe hält.</p></body></html>"
PUBLIC = "93.184.215.14"


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def manners(clock: Clock) -> Manners:
    return Manners(clock=clock, sleep=clock.sleep)


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A name server of our own: every name is public unless it is told otherwise; numbers stand for themselves."""
    known: dict[str, list[str]] = {"unknown.test": []}
    system = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else host
        if name.replace(".", "").isdigit() or ":" in name:
            return system(host, port, *args, **options)
        found = known.get(name, [PUBLIC])
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


# --- a web without a network --------------------------------------------------------------------------------------------

Handler = Callable[[httpx.Request], httpx.Response]


def asked_for(request: httpx.Request) -> str:
    """The address as the web server sees it."""
    return f"{request.url.scheme}://{request.headers['host']}{request.url.raw_path.decode()}"


class Web:
    """Pages by address; what is not there is a 404 (so is robots.txt, which then allows everything)."""

    def __init__(self, pages: dict[str, httpx.Response | list[httpx.Response] | Exception]) -> None:
        self.pages = pages
        self.requests: list[httpx.Request] = []
        self.client = httpx.Client(transport=httpx.MockTransport(self._answer))

    @property
    def asked(self) -> list[str]:
        return [asked_for(request) for request in self.requests]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        page = self.pages.get(asked_for(request), httpx.Response(404))
        if isinstance(page, Exception):
            raise page
        return page.pop(0) if isinstance(page, list) else page


def html(body: str | bytes = PAGE, **headers: str) -> httpx.Response:
    fields = {"content-type": "text/html; charset=utf-8"} | {key.replace("_", "-"): to for key, to in headers.items()}
    return httpx.Response(200, content=iter([body.encode() if isinstance(body, str) else body]), headers=fields)


def moved(to: str, status: int = 302) -> httpx.Response:
    return httpx.Response(status, headers=[(b"location", to.encode())])


def refusal(url: str, web: Web | None = None, **options: Any) -> str:
    """The message of the refusal, which must be one line that says what to do."""
    with pytest.raises(ReadingError) as fault:
        fetch(url, client=web.client if web else None, **options)
    message = str(fault.value)
    assert message and "\n" not in message and message.isprintable() and len(message) < 300
    assert ":" in message  # what is wrong: what to do
    return message


def test_a_page_is_fetched_unaltered_with_where_and_when(manners: Manners) -> None:
    web = Web({"https://news.test/a": html()})
    before = datetime.now(UTC).replace(microsecond=0)
    found = fetch("https://news.test/a#top", client=web.client, manners=manners)
    assert found.data == PAGE.encode()
    assert found.url == "https://news.test/a"
    assert found.content_type == "text/html; charset=utf-8"
    assert before <= datetime.fromisoformat(found.retrieved) <= datetime.now(UTC)
    assert found.retrieved.endswith("+00:00")


def test_the_checked_address_is_asked_and_the_host_named(manners: Manners) -> None:
    web = Web({"https://news.test:8443/a": html()})
    fetch("https://news.test:8443/a", client=web.client, ports={443, 8443}, manners=manners)
    for request in web.requests:
        assert request.url.host == PUBLIC
        assert request.headers["host"] == "news.test:8443"
        assert request.extensions["sni_hostname"] == "news.test"
        assert request.headers["user-agent"].startswith("trucewatch/")
        assert "authorization" not in request.headers and "cookie" not in request.headers


def test_host_and_path_beyond_ascii(manners: Manners) -> None:
    web = Web({"https://xn--mller-zeitung-wob.test/gr%C3%B6%C3%9Fe?q=%C3%A4%20b": html()})
    found = fetch(" https://müller-zeitung.test/größe?q=ä b ", client=web.client, manners=manners)
    assert found.url == "https://xn--mller-zeitung-wob.test/gr%C3%B6%C3%9Fe?q=%C3%A4%20b"
    assert web.requests[-1].extensions["sni_hostname"] == "xn--mller-zeitung-wob.test"


# --- addresses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 192.0.0.8 198.18.0.1 192.0.2.1 "
    "224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fec0::1 ff02::1 2001:db8::1 4000::1 "
    "::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001:0:7f00:1::1 "
    "nonsense".split(),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", f"{PUBLIC} 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1".split())
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.1:8080", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "2130706433", "0x7f.1", "127.1",
     "127.0.0.1.", "inside.test"],
)  # fmt: skip
def test_private_addresses_are_refused_however_they_are_written(
    host: str, names: dict[str, list[str]], manners: Manners
) -> None:
    names |= {"inside.test": [PUBLIC, "192.168.1.1"], "0x7f.1": ["127.0.0.1"]}
    web = Web({})
    assert "not a public address" in refusal(f"http://{host}/", web, ports=None, manners=manners)
    assert web.requests == []


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("ftp://news.test/a", "only http"),
        ("file:///etc/passwd", "only http"),
        ("javascript:alert(1)", "only http"),
        ("news.test/a", "write it like"),
        ("http:///a", "valid host"),
        ("", "write it like"),
        ("http://news.test:0/", "valid host"),
        ("http://news.test:99999/", "valid host"),
        ("http://[fe80::1%25eth0]/", "valid host"),
        ("http://ne ws.test/", "valid host"),
        ("http://xn--zz--/", "write it like"),
        ("http://a\nb.test/\x1b[31m", "write it like"),
        ("http://anna:secret@news.test/", "user name or password"),
        ("http://anna@news.test/", "user name or password"),
        ("ftp://anna:secret@news.test/", "only http"),
        ("http://anna:secret@\n/", "write it like"),
        ("https://unknown.test/", "not known"),
        ("https://" + "a" * 64 + ".test/", "valid host"),
    ],
)
def test_what_is_no_address_to_be_asked(url: str, hint: str, manners: Manners) -> None:
    message = refusal(url, Web({}), manners=manners)
    assert hint in message and "secret" not in message


def test_every_redirect_is_checked(names: dict[str, list[str]], manners: Manners) -> None:
    names["inside.test"] = ["10.0.0.7"]
    for to, hint in [
        ("http://127.0.0.1/admin", "not a public address"),
        ("//inside.test/", "leads to 10.0.0.7"),
        ("http://anna:secret@news.test/", "user name"),
        ("file:///etc/passwd", "only http"),
        ("http://[", "no valid host"),
        ("http://xn--zz--/", "no valid web address"),
        ("http://news.test:x/", "broke off"),
        ("about:blank", "no valid web address"),
        ("about:", "only http"),
        ("mailto:redaktion@news.test", "no valid web address"),
        ("data:text/html,Kiew", "no valid web address"),
        ("javascript:alert(1)", "no valid web address"),
        ("tel:+4930", "no valid web address"),
        ("https://news.test:22/", "port 22"),
        ("https://news.test:6379/a", "port 6379"),
    ]:
        web = Web({"https://news.test/a": moved(to)})
        assert hint in refusal("https://news.test/a", web, manners=manners)
        assert all(request.url.host == PUBLIC for request in web.requests)


def test_only_the_ports_of_the_web(manners: Manners) -> None:
    web = Web({"https://news.test:8443/a": html(), "http://news.test/a": html()})
    assert "--port 8443" in refusal("https://news.test:8443/a", web, manners=manners)
    assert web.requests == []
    assert fetch("https://news.test:8443/a", client=web.client, ports={8443}, manners=manners).data
    assert fetch("http://news.test:80/a", client=web.client, manners=manners).url == "http://news.test/a"


def test_a_robots_txt_does_not_lead_inside_either(manners: Manners) -> None:
    web = Web({"https://news.test/robots.txt": moved("http://169.254.169.254/")})
    assert "not a public address" in refusal("https://news.test/a", web, manners=manners)
    assert len(web.requests) == 1


# --- redirects ----------------------------------------------------------------------------------------------------------


def test_redirects_are_followed_to_the_final_address(manners: Manners) -> None:
    web = Web({
        "http://news.test/a": moved("https://news.test/a", 301),
        "https://news.test/a": moved("/b/größe", 308),
        "https://news.test/b/gr%C3%B6%C3%9Fe": html(),
    })  # fmt: skip
    assert fetch("http://news.test/a", client=web.client, manners=manners).url == "https://news.test/b/gr%C3%B6%C3%9Fe"


def test_at_most_five_redirects(manners: Manners) -> None:
    pages: dict[str, Any] = {f"https://news.test/{n}": moved(f"/{n + 1}") for n in range(1, 10)}
    assert "redirects" in refusal("https://news.test/1", Web(dict(pages)), manners=manners)
    pages["https://news.test/6"] = html()
    assert fetch("https://news.test/1", client=Web(pages).client, manners=manners).url == "https://news.test/6"


# --- robots.txt ---------------------------------------------------------------------------------------------------------

ROBOTS = "https://news.test/robots.txt"


def robots(text: str) -> httpx.Response:
    return httpx.Response(200, content=text, headers={"content-type": "text/plain"})


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /private", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /a", False),
        ("User-agent: trucewatch\nDisallow: /a\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: trucewatch\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("<html>no robots here</html>", True),
        ("# \xff\n" * 200_000 + "User-agent: *\nDisallow: /", True),  # beyond what is read of it
    ],
)
def test_robots_txt_is_obeyed(text: str, allowed: bool, manners: Manners) -> None:
    web = Web({ROBOTS: robots(text), "https://news.test/a": html()})
    if allowed:
        assert fetch("https://news.test/a", client=web.client, manners=manners).data
    else:
        assert "does not allow" in refusal("https://news.test/a", web, manners=manners)
        assert web.asked == [ROBOTS]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_robots_txt_allows(status: int, manners: Manners) -> None:
    web = Web({ROBOTS: httpx.Response(status), "https://news.test/a": html()})
    assert fetch("https://news.test/a", client=web.client, manners=manners).data


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(503),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        moved("/robots.txt"),
    ],
)
def test_a_robots_txt_that_cannot_be_read_forbids(answer: Any, manners: Manners) -> None:
    web = Web({ROBOTS: answer, "https://news.test/a": html()})
    assert f"whether {ROBOTS} allows" in refusal("https://news.test/a", web, manners=manners)
    assert "https://news.test/a" not in web.asked


def test_robots_txt_of_every_site_on_the_way_counts_and_is_read_once(manners: Manners) -> None:
    web = Web({
        "https://short.test/x": moved("https://news.test/a"),
        ROBOTS: robots("User-agent: *\nDisallow: /b"),
        "https://news.test/a": [html(), moved("/b")],
    })  # fmt: skip
    fetch("https://short.test/x", client=web.client, manners=manners)
    assert "does not allow" in refusal("https://news.test/a", web, manners=manners)
    assert web.asked.count(ROBOTS) == 1
    assert web.asked.count("https://short.test/robots.txt") == 1


def test_robots_txt_is_read_again_after_a_day(manners: Manners, clock: Clock) -> None:
    web = Web({ROBOTS: [robots(""), robots("User-agent: *\nDisallow: /")], "https://news.test/a": [html(), html()]})
    fetch("https://news.test/a", client=web.client, manners=manners)
    clock.now += 25 * 3600
    assert "does not allow" in refusal("https://news.test/a", web, manners=manners)


# --- pauses -------------------------------------------------------------------------------------------------------------


def test_there_is_a_pause_between_requests_to_a_host(manners: Manners, clock: Clock) -> None:
    web = Web({"https://news.test/a": html(), "https://news.test/b": html(), "https://other.test/": html()})
    fetch("https://news.test/a", client=web.client, manners=manners)
    assert clock.slept == [PAUSE]  # between robots.txt and the page
    fetch("https://news.test/b", client=web.client, manners=manners)
    assert clock.slept == [PAUSE, PAUSE]
    clock.now += 10
    fetch("https://other.test/", client=web.client, manners=manners)
    assert clock.slept == [PAUSE, PAUSE, PAUSE]


def test_longer_pauses_that_a_site_asks_for(manners: Manners, clock: Clock) -> None:
    web = Web(
        {ROBOTS: robots("User-agent: *\nCrawl-delay: 7"), "https://news.test/a": html(), "https://news.test/b": html()}
    )
    fetch("https://news.test/a", client=web.client, manners=manners)
    fetch("https://news.test/b", client=web.client, manners=manners)
    assert clock.slept == [PAUSE, 7]


def test_pauses_are_not_taken_off_the_time_limit(manners: Manners) -> None:
    slow = robots("User-agent: *\nCrawl-delay: 50")
    web = Web({ROBOTS: slow, "https://news.test/a": moved("/b"), "https://news.test/b": html()})
    assert fetch("https://news.test/a", client=web.client, manners=manners, timeout=2).data


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_site_is_asked_again_when_it_says(status: int, manners: Manners, clock: Clock) -> None:
    busy = httpx.Response(status, headers={"retry-after": "12"})
    web = Web({"https://news.test/a": [busy, busy, html()]})
    assert fetch("https://news.test/a", client=web.client, manners=manners).data
    assert clock.slept == [PAUSE, 12, 12]


def test_a_busy_site_is_left_alone_after_some_tries(manners: Manners) -> None:
    web = Web({"https://news.test/a": httpx.Response(429, headers={"retry-after": "3"})})
    assert "busy (429): try again in 3 seconds" in refusal("https://news.test/a", web, manners=manners)
    assert web.asked.count("https://news.test/a") == 3


@pytest.mark.parametrize("asks", [{"retry-after": "86400"}, {"retry-after": "soon"}, {}])
def test_no_waiting_for_a_day_or_for_nobody_knows(asks: dict[str, str], manners: Manners, clock: Clock) -> None:
    web = Web({"https://news.test/a": httpx.Response(503, headers=asks)})
    assert "busy (503): try again" in refusal("https://news.test/a", web, manners=manners)
    assert sum(clock.slept) < 5


def test_retry_after_as_a_date() -> None:
    soon = datetime.now(UTC) + timedelta(seconds=30)
    assert 25 < (seconds_asked(format_datetime(soon, usegmt=True)) or 0) <= 30
    assert seconds_asked("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert seconds_asked("Wed, 21 Oct 2015 07:28:00 -0000") == 0
    assert seconds_asked("-3") is None and seconds_asked(None) is None and seconds_asked("²") is None


# --- what comes back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (404, "check the address"),
        (403, "save the page"),
        (410, "taken down"),
        (418, "418"),
        (500, "try again"),
        (304, "304"),
    ],
)
def test_statuses_in_words(status: int, hint: str, manners: Manners) -> None:
    assert hint in refusal("https://news.test/a", Web({"https://news.test/a": httpx.Response(status)}), manners=manners)


@pytest.mark.parametrize(
    "kind",
    ["text/html", "TEXT/HTML;charset=x", "application/xhtml+xml", "text/plain", "text/xml", "application/xml",
     "application/json", "application/ld+json", "application/rss+xml"],
)  # fmt: skip
def test_kinds_that_are_text(kind: str, manners: Manners) -> None:
    web = Web({"https://news.test/a": html(content_type=kind)})
    assert fetch("https://news.test/a", client=web.client, manners=manners).content_type == kind


@pytest.mark.parametrize(
    "kind",
    [
        "application/pdf",
        "image/png",
        "image/svg+xml",
        "application/octet-stream",
        "video/mp4",
        "text/css",
        "",
        "\x1b[1m",
    ],
)
def test_kinds_that_are_no_text(kind: str, manners: Manners) -> None:
    def unread() -> Iterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    page = httpx.Response(200, content=unread(), headers={"content-type": kind})
    assert "no text but" in refusal("https://news.test/a", Web({"https://news.test/a": page}), manners=manners)


def test_too_large(monkeypatch: pytest.MonkeyPatch, manners: Manners) -> None:
    monkeypatch.setattr("trucewatch.reading.fetch.LARGEST", 2 * 1024 * 1024)
    read = []

    def endless() -> Iterator[bytes]:
        while True:
            read.append(1)
            yield b"x" * 65_536

    kind = {"content-type": "text/plain"}
    web = Web({
        "https://news.test/a": httpx.Response(200, content=endless(), headers=kind),
        "https://news.test/b": httpx.Response(200, content=iter([b"x"]), headers={**kind, "content-length": "9" * 30}),
        "https://news.test/c": html("x" * 2 * 1024 * 1024),
    })  # fmt: skip
    assert "larger than 2 MiB" in refusal("https://news.test/a", web, manners=manners)
    assert len(read) <= 33
    assert "larger than 2 MiB" in refusal("https://news.test/b", web, manners=manners)
    assert len(fetch("https://news.test/c", client=web.client, manners=manners).data) == 2 * 1024 * 1024


def test_gzip_is_taken_off_and_counted_as_it_unfolds(monkeypatch: pytest.MonkeyPatch, manners: Manners) -> None:
    monkeypatch.setattr("trucewatch.reading.fetch.LARGEST", 1024 * 1024)
    packed = gzip.compress(PAGE.encode())
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb") as file:
        for _part in range(64):
            file.write(bytes(1024 * 1024))
    incompressible = bytes(range(256)) * 3000

    def page(body: bytes, coding: str = "gzip", step: int = 7) -> httpx.Response:
        parts = (body[at : at + step] for at in range(0, len(body), step))
        return httpx.Response(200, content=parts, headers={"content-type": "text/html", "content-encoding": coding})

    web = Web({
        "https://news.test/whole": page(packed),
        "https://news.test/two": page(packed + packed + bytes(100)),
        "https://news.test/large": page(gzip.compress(incompressible), "x-gzip", 5000),
        "https://news.test/none": page(b""),
        "https://news.test/bomb": page(bomb.getvalue(), step=1 << 20),
        "https://news.test/cut": page(packed[:-12]),
        "https://news.test/damaged": page(b"no gzip at all"),
        "https://news.test/br": page(b"...", "br"),
        "https://news.test/twice": page(packed, "gzip, gzip"),
    })  # fmt: skip

    def data(name: str) -> bytes:
        return fetch(f"https://news.test/{name}", client=web.client, manners=manners).data

    assert data("whole") == PAGE.encode()
    assert data("two") == PAGE.encode() * 2
    assert data("large") == incompressible
    assert data("none") == b""
    for name, hint in [("bomb", "larger than 1 MiB"), ("cut", "incomplete"), ("damaged", "damaged"),
                       ("br", "compression"), ("twice", "compression")]:  # fmt: skip
        assert hint in refusal(f"https://news.test/{name}", web, manners=manners)
    assert all(request.headers["accept-encoding"] == "gzip" for request in web.requests)


def test_failures_of_the_connection_in_words(manners: Manners) -> None:
    for fault, hint in [
        (httpx.ConnectError("[Errno 111] Connection refused"), "cannot be reached"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"), "certificate"),
        (httpx.RemoteProtocolError("peer closed connection\nwithout"), "broke off"),
        (httpx.ReadError(""), "broke off"),
        (httpx.ReadTimeout("timed out"), "within 20 seconds"),
    ]:
        assert hint in refusal("https://news.test/a", Web({"https://news.test/a": fault}), manners=manners)


# --- a real server on loopback ------------------------------------------------------------------------------------------


class _Site(BaseHTTPRequestHandler):
    hosts: list[str] = []  # noqa: RUF012
    busy = threading.Lock()
    met: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        if not self.busy.acquire(blocking=False):
            self.met.append(self.path)
        else:
            try:
                getattr(self, "page_" + self.path.strip("/").replace(".", "_"), self.page_none)()
            finally:
                self.busy.release()

    def log_message(self, *args: object) -> None: ...

    def _begin(self, *fields: str, status: str = "200 OK") -> None:
        self.wfile.write("\r\n".join([f"HTTP/1.1 {status}", *fields, "", ""]).encode())

    def page_none(self) -> None:
        self._begin("Content-Length: 0", status="404 Not Found")

    def page_a(self) -> None:
        time.sleep(0.05)
        self._begin("Content-Type: text/html; charset=ISO-8859-1")
        self.wfile.write(PAGE.encode("latin-1"))

    def page_cut(self) -> None:
        self._begin("Content-Type: text/html", "Content-Length: 1000")
        self.wfile.write(PAGE.encode())

    def _drip(self, drop: bytes) -> None:
        with_end = time.monotonic() + 3
        try:
            while time.monotonic() < with_end:
                self.wfile.write(drop)
                time.sleep(0.02)
        except OSError:
            pass

    def page_drip(self) -> None:
        self._begin("Content-Type: text/html")
        self._drip(b"x")

    def page_drip_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        self._drip(b"x")

    def page_hang(self) -> None:
        time.sleep(0.6)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_over_the_wire(site: str) -> None:
    found = fetch(f"{site}/a", allow_private=True, manners=Manners(pause=0))
    assert found.data == PAGE.encode("latin-1")
    report = from_fetched(found)
    assert report.url == f"{site}/a"
    assert report.encoding == "latin-1"
    assert "hält" in report.text
    assert "not a public address" in refusal(f"{site}/a", ports=None, manners=Manners(pause=0))
    assert "404" in refusal(f"{site}/b", allow_private=True, manners=Manners(pause=0))
    assert "broke off" in refusal(f"{site}/cut", allow_private=True, manners=Manners(pause=0))


def test_a_name_is_looked_up_once_a_request_and_the_next_address_tried(
    site: str, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["news.test"] = ["127.0.0.2", "127.0.0.1"]  # nobody listens at the first one
    looked_up = []
    ours = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *args, **of: looked_up.append(host) or ours(host, *args, **of)
    )
    port = site.rpartition(":")[2]
    _Site.hosts.clear()
    assert fetch(f"http://news.test:{port}/a", allow_private=True, manners=Manners(pause=0)).data
    assert set(_Site.hosts) == {f"news.test:{port}"} and len(_Site.hosts) == 2
    assert looked_up.count("news.test") == 2


@pytest.mark.parametrize("page", ["drip", "drip_head", "hang"])
def test_the_whole_time_is_limited(site: str, page: str) -> None:
    start = time.monotonic()
    message = refusal(f"{site}/{page}", allow_private=True, timeout=0.3, manners=Manners(pause=0))
    assert "within 0.3 seconds" in message
    assert time.monotonic() - start < 1.5
    time.sleep(0.35 if page == "hang" else 0.1)  # the server lets go


def test_a_slow_name_server_is_limited_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **of: time.sleep(0.5) or [])
    start = time.monotonic()
    assert "took too long" in refusal("https://news.test/", timeout=0.1)
    assert time.monotonic() - start < 0.4


def test_threads_queue_for_a_host(site: str) -> None:
    _Site.met.clear()
    shared = Manners(pause=0)
    found: list[Fetched] = []

    def one() -> None:
        found.append(fetch(f"{site}/a", allow_private=True, manners=shared))

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(found) == 6 and _Site.met == []


# --- to a report --------------------------------------------------------------------------------------------------------


def brought(data: bytes, content_type: str | None) -> Fetched:
    return Fetched(data, "https://news.test/a", "2026-11-28T08:12:00+00:00", content_type)


@pytest.mark.parametrize(
    ("encoding", "content_type", "said"),
    [
        ("utf-8", "text/html; charset=utf-8", "utf-8"),
        ("utf-8", "text/html; charset=iso-8859-1", "utf-8"),  # valid UTF-8 is seldom anything else
        ("utf-8-sig", "text/plain; charset=windows-1252", "utf-8"),
        ("utf-16", "text/plain; charset=windows-1252", "utf-16-le"),
        ("latin-1", "text/plain; charset=ISO-8859-1", "latin-1"),
        ("iso8859-15", 'text/plain; Charset="iso-8859-15"; x=y', "iso8859-15"),
        ("cp1252", "text/plain;charset='windows-1252'", "cp1252"),
        ("latin-1", "text/plain; charset=nonsense", "latin-1"),
        ("latin-1", "text/plain; charset=punycode", "latin-1"),
        ("latin-1", "text/plain; charset=", "latin-1"),
        ("latin-1", None, "latin-1"),
    ],
)
def test_the_stated_encoding_is_kept_where_it_can_be_right(encoding: str, content_type: str | None, said: str) -> None:
    text = "Größere Verstöße gegen die Waffenruhe"
    report = from_fetched(brought(text.encode(encoding), content_type), title="T", name="n")
    assert (report.text, report.encoding, report.url) == (text, said, "https://news.test/a")
    assert (report.title, report.name) == ("T", "n")


def test_a_stated_encoding_tells_what_bytes_do_not() -> None:
    polish = "Żołnierze zabici koło Awdijiwki, źródło: PAP"
    report = from_fetched(brought(polish.encode("iso8859-2"), "text/plain; charset=iso-8859-2"))
    assert report.text == polish and report.encoding == "iso8859-2" and report.notes[0].startswith("not UTF-8")
    quotes = "„Waffenruhe hält“".encode("cp1252")
    assert from_fetched(brought(quotes, "text/plain; charset=iso-8859-1")).text == "„Waffenruhe hält“"
    assert from_fetched(brought(quotes, "text/plain; charset=us-ascii")).encoding == "cp1252"


def test_what_is_no_text_is_refused_whatever_its_server_says() -> None:
    with pytest.raises(ReadingError, match="pdftotext"):
        from_fetched(brought(b"%PDF-1.7\xff", "text/html; charset=iso-8859-1"))


def test_nothing_heavy_is_loaded_before_a_fetch() -> None:
    heavy = ["httpx", "httpcore", "urllib.robotparser", "ssl"]
    code = f"import sys, trucewatch.reading.fetch; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

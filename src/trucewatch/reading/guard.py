"""Which web addresses may be asked at all: public http and https ones; a checked name is pinned to its IP address.

A name is resolved once and the connection goes to the very address that was checked (``reading.fetch`` asks for it by
number and names the host in ``Host`` and in TLS), so a name server that answers differently the second time gains nothing.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Container
from typing import TYPE_CHECKING

from trucewatch.reading.errors import ReadingError
from trucewatch.shown import shown

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

    import httpx

_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|[0-9a-f:]+(?:\.\d+){0,3}", re.I)
"""A host name in ASCII form or an IP address; neither percent signs nor zones of IPv6 (``fe80::1%eth0``)."""

_LOGIN = re.compile(r"//[^/?#]*@")
"""A user name and password, which no message repeats."""

_MOST_ADDRESSES = 4
"""Addresses of one host that are tried."""

# Not public by IANA's special-purpose registries (RFC 6890), but not known as such to every Python from 3.11 on.
_KEPT_APART = ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "3fff::/20", "5f00::/16")
_NAT64 = "64:ff9b::/96"


class Unanswered(ReadingError):
    """The other side gave no usable answer: it may later."""


USUAL_PORTS = frozenset({80, 443})
"""The ports of the web: behind others are other services, which were never meant to be asked by strangers' links."""


def checked_url(url: str, base: httpx.URL | None = None, ports: Container[int] | None = None) -> httpx.URL:
    """``url`` in its canonical form (host in ASCII, path percent-encoded, no fragment), relative to ``base`` if given.

    Raises ``ReadingError`` for what is no http or https address, holds a user name or password, names no host, or a port
    that is not among ``ports`` (``None``: any).
    """
    parsed = _parsed(url, base)
    given = told(_LOGIN.sub("//", url))
    if parsed is None or not parsed.scheme:
        raise ReadingError(f"no valid web address ({given}): write it like https://example.org/report")
    if parsed.scheme not in ("http", "https"):
        raise ReadingError(f"no web page ({given}): only http:// and https:// can be fetched, save the page as a file")
    if parsed.userinfo:
        raise ReadingError("the address holds a user name or password: leave it out, or save the page as a file")
    port = 80 if parsed.port is None else parsed.port
    if not _HOST.fullmatch(parsed.raw_host.decode("ascii")) or not 0 < port < 65536:
        raise ReadingError(f"no valid host in the address ({given}): write it like https://example.org/report")
    if ports is not None and parsed.port is not None and parsed.port not in ports:
        raise ReadingError(f"port {parsed.port} ({given}) is none of the web's (80, 443): allow it with --port {parsed.port}")
    return parsed


def _parsed(url: str, base: httpx.URL | None) -> httpx.URL | None:
    import httpx

    try:
        joined = base.join(url.strip()) if base is not None else httpx.URL(url.strip())
        parsed = httpx.URL(str(joined)).copy_with(fragment=None)  # read twice: drops the usual port after "HTTP://"
        return parsed.copy_with(host=parsed.host.rstrip(".")) if parsed.host.endswith(".") else parsed
    except (httpx.InvalidURL, ValueError, TypeError):  # ValueError: IDNA, which shows only when the host is asked for
        return None


def addresses(url: httpx.URL, seconds: float, allow_private: bool = False) -> list[str]:
    """The IP addresses of ``url``'s host, each of which may be connected to; ``seconds`` bound the look-up.

    Raises ``ReadingError`` where the host is not known or one of its addresses is not public.
    """
    host = url.raw_host.decode("ascii")
    found = _resolved(host, url.port or (443 if url.scheme == "https" else 80), seconds)
    if not allow_private:
        for address in found:
            if not is_public(address):
                where = "is" if address == host else f"leads to {address},"
                raise ReadingError(
                    f"{told(host)} {where} not a public address (private, local or reserved): "
                    "save the page as a file and add that"
                )
    return found[:_MOST_ADDRESSES]


def is_public(address: str) -> bool:
    """Whether ``address`` is on the open internet, as is every IPv4 address that is packed into it.

    >>> is_public("1.1.1.1"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    from ipaddress import IPv6Address, ip_address, ip_network

    try:
        ip = ip_address(address)
    except ValueError:  # an address with a zone is local
        return False
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return False
        if ip in ip_network(_NAT64):
            return is_public(str(ip_address(int(ip) & 0xFFFFFFFF)))
        packed = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if any(inner is not None and not is_public(str(inner)) for inner in packed):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return _is_global(ip) and not any(ip in ip_network(apart) for apart in _KEPT_APART)


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    local = ip.is_private or ip.is_loopback or ip.is_link_local or getattr(ip, "is_site_local", False)
    return ip.is_global and not (local or ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of ``host``, in the system's order. The system's own look-up knows no time limit, a thread does."""
    answers: list[list[str] | Exception] = []

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.append(list(dict.fromkeys(str(row[4][0]) for row in rows)))
        except Exception as fault:  # handed over to the waiting thread
            answers.append(fault)

    thread = threading.Thread(target=look_up, name=f"look-up of {host}", daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    if not answers:
        raise Unanswered(f"looking up {told(host)} took too long: check the connection, or try again later")
    answer = answers[0]
    if isinstance(answer, (OSError, UnicodeError)) or answer == []:
        raise ReadingError(f"the host {told(host)} is not known: check the address and the connection")
    if isinstance(answer, Exception):
        raise answer
    return answer


def told(words: str) -> str:
    """``words`` from elsewhere as they may stand in a message of one line."""
    return shown(words, 120)

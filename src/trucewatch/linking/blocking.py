"""Where candidates are looked up: events of one kind, in one country, on one day, so that adding a report costs by what
it may be compared with and not by the size of the store."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from trucewatch.linking.node import Node
from trucewatch.linking.pairs import group_of

_UNDATED_DAYS = 3
"""An event without a time is sought so many days before its report."""
_BACKGROUND_DAYS = 14
_LONG_DAYS = 9
"""A longer span is kept by its months."""
_DAY = 24


def _hash(*parts: object) -> int:
    data = "|".join(str(p) for p in parts).encode()
    return (zlib.crc32(data) << 31 | zlib.adler32(data)) & 0x7FFF_FFFF_FFFF_FFFF


def _span(node: Node) -> tuple[int, int] | None:
    """First and last day (days since 1970) on which the event may have been."""
    if node.start is not None and node.end is not None:
        return int(node.start // _DAY), int((node.end - 1e-6) // _DAY)
    if node.published is None:
        return None
    day = int(node.published // _DAY)
    return day - (_BACKGROUND_DAYS if node.background else _UNDATED_DAYS), day


def _known(node: Node) -> set[str]:
    return {s.name.casefold() for s in node.spots if s.precision in ("exact", "place")}


def _months(first: int, last: int) -> Iterable[int]:
    return range(first // 30, last // 30 + 1)


def blocks(node: Node) -> tuple[set[int], set[int]]:
    """(where the node is entered, where its candidates are found)."""
    group = group_of(node.type)
    enter = {_hash("line", group, node.line_hash)}
    find = set(enter)
    span = _span(node)
    if span is not None and span[1] - span[0] <= _BACKGROUND_DAYS:
        # a village that the gazetteer does not know has a name and no country
        names = {s.name.casefold() for s in node.spots if s.country is None}
        named = {_hash("name", group, n, day) for n in names | _known(node) for day in range(span[0], span[1] + 1)}
        enter |= named
        find |= named
    for country in node.countries or ("",):
        if span is None:
            enter.add(_hash("undated", group, country))
            find.add(_hash("undated", group, country))
            continue
        first, last = span
        if last - first <= max(_LONG_DAYS, _BACKGROUND_DAYS):
            for day in range(first, last + 1):
                enter.add(_hash("day", group, country, day))
                find.add(_hash("day", group, country, day))
            for month in _months(first, last):
                enter.add(_hash("month", group, country, month))
                find.add(_hash("long", group, country, month))
        else:
            for month in _months(first, last):
                enter.add(_hash("long", group, country, month))
                find.update((_hash("long", group, country, month), _hash("month", group, country, month)))
    return enter, find

"""The sentences of findings in German and English, from ``findings.toml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from trucewatch.agreements.quick import both
from trucewatch.agreements.when import EVER, NEVER, Interval
from trucewatch.incident import Both, Incident, IncidentPlace
from trucewatch.knowledge.english import english_list, english_place
from trucewatch.knowledge.gazetteer import gazetteer
from trucewatch.knowledge.inflection import fill
from trucewatch.knowledge.load import table

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")
_MOST_NAMES = 4
_MIDNIGHT = dt.time(0)


def said(group: str, name: str, **parts: Both | str) -> Both:
    """One sentence of ``findings.toml``, filled."""
    return filled(table("findings")[group][name], **parts)


def filled(row: Mapping[str, str], **parts: Both | str) -> Both:
    """A row's ``de`` and ``en`` with the parts in their places; parts that are ``Both`` go into each in its own.

    >>> filled({"de": "in {where}", "en": "in {where}"}, where=Both(de="Genf", en="Geneva")).en
    'in Geneva'
    """
    if not parts:
        return both(row["de"], row["en"])
    return both(
        fill(row["de"], **{k: v if isinstance(v, str) else v.de for k, v in parts.items()}),
        fill(row["en"], **{k: v if isinstance(v, str) else v.en for k, v in parts.items()}),
    )


def word(name: str) -> Both:
    """A word or two in both languages."""
    return said("words", name)


def listed(names: Iterable[str], otherwise: str) -> Both:
    """Names in a row, each once; the word ``otherwise`` where there are none."""
    found = list(dict.fromkeys(n for n in names if n))
    if not found:
        return word(otherwise)
    return both(_row(found), english_list(_row(found), article=True))


def _row(names: Sequence[str]) -> str:
    more = f" (+{len(names) - _MOST_NAMES})" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def places_listed(places: Iterable[IncidentPlace], otherwise: str) -> Both:
    """Names of places in a row, each once; the word ``otherwise`` where there are none."""
    first: dict[str, IncidentPlace] = {}
    for place in places:
        first.setdefault(place.name, place)
    in_english = [english_place(p.name, p.country, p.geonames, article=True) for p in first.values()]
    if not first:
        return word(otherwise)
    return both(_row(list(first)), _row(in_english))


def countries_listed(codes: Iterable[str]) -> Both:
    """Countries by their ISO codes in a row."""
    known = gazetteer().countries
    found = [known[code] for code in codes if code in known]
    return both(", ".join(c.name for c in found), ", ".join(c.english for c in found))


def both_listed(names: Sequence[Both]) -> Both:
    """Names that differ by language in a row."""
    return Both(de=", ".join(n.de for n in names), en=", ".join(n.en for n in names))


def act_of(incident: Incident) -> Both:
    """What happened in the words of the labels: "Beschuss", "Luftangriff"."""
    return _act(incident.type, incident.mode)


@lru_cache(maxsize=512)
def _act(kind: str, mode: str | None) -> Both:
    words = {}
    for language in LANGUAGES:
        labels: dict[str, Any] = table(f"labels.{language}")
        name = str(labels["type"].get(kind, kind))
        how = labels["mode"].get(kind, {}).get(mode, mode) if mode else None
        words[language] = f"{name} ({how})" if how and how != name else name
    return Both(**words)


def span_of(interval: Interval) -> Both:
    """A span of time in words; midnights are left out, the last day is the one before its half-open end."""
    start, end = interval.start, interval.end
    if start == EVER and end == NEVER:
        return word("always")
    if end == NEVER:
        return said("words", "from", start=_moment(start))
    if start == EVER:
        return said("words", "until", end=_last(end))
    if start.time() != _MIDNIGHT and end - start <= dt.timedelta(days=1):
        clock = "24:00" if end.time() == _MIDNIGHT else f"{end:%H:%M}"
        if clock == "24:00" or end.date() == start.date():
            first = _moment(start)
            return Both(de=f"{first.de}–{clock}", en=f"{first.en}–{clock}")
    first, last = _moment(start), _last(end)
    return first if first == last else said("words", "between", start=first, end=last)


def day_of(value: str | None) -> Both:
    """A day of publication in words."""
    return _moment(dt.datetime.fromisoformat(value[:10])) if value else word("unknown_day")


def spans_of(spans: Sequence[Interval]) -> Both:
    """Several spans in a row."""
    return Both(de="; ".join(span_of(s).de for s in spans), en="; ".join(span_of(s).en for s in spans))


@lru_cache(maxsize=8192)
def _moment(value: dt.datetime) -> Both:
    clock = "" if value.time() == _MIDNIGHT else f", {value:%H:%M}"
    return Both(de=f"{value:%d.%m.%Y}{clock}", en=f"{value:%Y-%m-%d}{clock}")


def _last(end: dt.datetime) -> Both:
    return _moment(end - dt.timedelta(days=1)) if end.time() == _MIDNIGHT and end > EVER else _moment(end)


def percent(share: float, never_none: bool = False) -> Both:
    """A share as a whole number of per cent; what is neither nothing nor all never looks like it.

    >>> percent(0.004).en
    'under 1%'
    """
    if share < 0.01 and (share > 0 or never_none):
        return Both(de="unter 1 %", en="under 1%")
    number = min(round(share * 100), 99) if share < 1 else 100
    return Both(de=f"{number} %", en=f"{number}%")

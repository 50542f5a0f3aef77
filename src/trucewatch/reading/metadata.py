"""What a report says about itself: agencies, datelines, publisher, title, date of publication.

Read from the layout of news texts alone (dateline, byline, foot, header lines), not from their language.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from trucewatch.knowledge.load import table
from trucewatch.reading.errors import ReadingError

_HEAD = 3_000
"""Code points at the beginning in which a dateline, a title or a date of publication is sought."""
_FOOT = 600
"""Code points at the end in which a byline or a credit is sought."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the text says about itself; ``None`` or empty where it says nothing."""

    title: str | None
    published: str | None
    publisher: str | None
    agencies: tuple[str, ...]
    datelines: tuple[str, ...]


def metadata(text: str) -> Found:
    """The metadata that ``text`` (already legible) states.

    >>> metadata("Kiew (dpa) - Die Waffenruhe hält.").datelines
    ('Kiew',)
    """
    head = text[:_HEAD]
    title = _title(head)
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    datelines = next((places for line in lines[:4] if (places := _datelines(line))), ())
    credits = _credits(head, text)
    return Found(
        title=title,
        published=_published(lines),
        publisher=_publisher(credits),
        agencies=_agencies(credits),
        datelines=datelines,
    )


# --- dateline ---------------------------------------------------------------------------------------------------------

_WORD = r"[A-ZÄÖÜ][\wäöüßéèáàâêôçñšžğışé'’-]{1,24}"
_NAME = rf"{_WORD}(?:[ ]{{1,2}}(?:(?:am|an der|im|in|auf|bei|de|la|el|al|Ben|u\.)[ ])?{_WORD}){{0,2}}"
_PLACES = rf"(?P<places>{_NAME}(?:\s?/\s?{_NAME}){{0,3}})"
_DAY = r"(?:,?\s+(?:den\s+)?\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]{2,8}\.?)\s?(?:\d{4}|\d{2})?)?"
_CREDIT = r"\((?P<credit>[^()\n]{2,40})\)"
_WITH_CREDIT = re.compile(rf"^{_PLACES}{_DAY},?\s*{_CREDIT}\s*(?:[-–—:.]{{1,2}}|(?=[A-ZÄÖÜ„»«\"]))", re.U)
_WITH_STOP = re.compile(rf"^{_PLACES}\s?\.\s{{1,3}}(?=[A-ZÄÖÜ„»«\"0-9])", re.U)
_WITH_DASH = re.compile(rf"^{_PLACES}{_DAY}\s+[–—-]{{1,2}}\s+(?=[A-ZÄÖÜ„»«\"])", re.U)
_LATIN = re.compile(r"[^\W\d_]")


def _datelines(line: str) -> tuple[str, ...]:
    """The places of "Moskau/Istanbul. …" or "Kiew (dpa) - …"; a first sentence of a single word is no dateline."""
    found = _WITH_CREDIT.match(line)
    if found and not _is_credit(found["credit"]):
        found = None
    if not found:  # without a credit, only a longer text behind it shows that the words were no sentence of their own
        found = _WITH_STOP.match(line) or _WITH_DASH.match(line)
        if not found or len(line) - found.end() < 25:
            return ()
    places = tuple(place.strip() for place in found["places"].split("/"))
    return () if any(place in _no_places() for place in places) else places


@cache
def _no_places() -> frozenset[str]:
    """Words that open a text like a place does but are none ("Update. …", "Gastkommentar - …")."""
    return frozenset(table("publishers").get("no_datelines", ()))


# --- agencies and publisher -------------------------------------------------------------------------------------------

_IN_BRACKETS = re.compile(r"\(([^()\n]{2,60})\)")
_SOURCE = re.compile(r"^\s*(?:Quelle|Quellen|Source|Agentur|Agenturen|Text|Mit Material von)\s?:\s*(.{2,80})$", re.I)
_LABEL = re.compile(r"^(?:Quellen?|Source|Agentur(?:en)?|Text)\s?:\s*", re.I)
_WITH_MATERIAL = re.compile(r"\bmit (?:Material|Informationen|Agenturmaterial) (?:von|der) (?:den )?(.{2,60})", re.I)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|Copyright)\s?(?:\d{4}\s)?(.{2,60})", re.I)
_PARTS = re.compile(r"\s?[/,;&+]\s?|\s+und\s+|\s+and\s+")
_BYLINE = re.compile(r"^[\w.ÄÖÜäöüß-]{2,20}(?:\s?/\s?[\w.ÄÖÜäöüß-]{2,20}){0,5}$")


@cache
def _spellings(kind: str) -> dict[str, str]:
    """Spelling -> name as recorded, for ``agencies`` or ``publishers``."""
    names: dict[str, list[str]] = table("publishers")[kind]
    return {spelling: name for name, spellings in names.items() for spelling in (name, *spellings)}


def _is_credit(words: str) -> bool:
    """Whether a bracket credits somebody: an agency, or a short code of lower-case letters ("(pir)", "(cle/dpa)")."""
    parts = _PARTS.split(words.strip())
    return any(part in _spellings("agencies") for part in parts) or all(re.fullmatch(r"[a-z]{2,4}", p) for p in parts)


def _credits(head: str, text: str) -> list[str]:
    """The parts of all credits, in text order: brackets of the dateline, byline, foot and credit lines."""
    parts: list[str] = []
    opening = re.split(r"\n\s*\n", head.strip(), maxsplit=3)[:3]
    for paragraph in opening:
        for line in paragraph.splitlines():
            start = line.strip()[:120]
            for bracket in filter(_is_credit, _IN_BRACKETS.findall(start)):
                parts += _PARTS.split(bracket)
            if len(start) <= 60 and _has_agency(start):
                parts += _byline(start)
            if credit := _SOURCE.match(start):
                parts += _PARTS.split(credit[1])
    foot = [line.strip() for line in text[-_FOOT:].splitlines() if line.strip()]
    for line in foot[-4:]:
        if len(line) <= 80:
            bare = line.strip("()[] ")
            named = [credit for pattern in (_SOURCE, _WITH_MATERIAL, _COPYRIGHT) if (credit := pattern.search(bare))]
            for credit in named:
                parts += _PARTS.split(credit[1].rstrip(". "))
            if not named:
                parts += _byline(bare)
        elif line.endswith((")", "]")) and (bracket := re.search(r"[(\[]([^()\[\]]{2,40})[)\]]$", line)):
            parts += _byline(bracket[1])
    return [_LABEL.sub("", part.strip("()[]. ")) for part in parts]


def _has_agency(line: str) -> bool:
    return any(part.strip("()") in _spellings("agencies") for part in _PARTS.split(line))


def _byline(line: str) -> list[str]:
    """The parts of "RND/cle/dpa" or "dpa, AFP" where at least one is a known agency or publisher."""
    parts = _PARTS.split(line.strip())
    known = any(part in _spellings("agencies") or part in _spellings("publishers") for part in parts)
    return parts if known and len(parts) <= 6 else []


def _agencies(parts: list[str]) -> tuple[str, ...]:
    known = _spellings("agencies")
    return tuple(dict.fromkeys(known[part] for part in parts if part in known))


def _publisher(parts: list[str]) -> str | None:
    known = _spellings("publishers")
    return next((known[part] for part in parts if part in known), None)


# --- title ------------------------------------------------------------------------------------------------------------


def _title(head: str) -> str | None:
    """The first line where it stands alone, has no full stop, and a longer text follows."""
    lines = head.strip().splitlines()
    if len(lines) < 3 or lines[1].strip():
        return None
    title = lines[0].strip()
    if not 8 <= len(title) <= 160:
        return None
    if title.endswith((".", ":", ",", ";", "…")) or _datelines(title + " " * 40) or len(title.split()) < 2:
        return None
    if len(head.strip()) - len(title) < 40 or _published([title]) or _byline(title) or not _LATIN.search(title):
        return None
    return title


# --- date of publication ----------------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan january",
            "februar feber feb february",
            "märz mär mrz march",
            "april apr",
            "mai may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "dezember dez december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[T ](?P<h>\d{2}):(?P<min>\d{2})(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
_GERMAN = (
    r"(?P<d>\d{1,2})\.\s?(?:(?P<m>\d{1,2})\.|(?P<name>[A-Za-zä]{3,9})\.?)\s?(?P<y>\d{4})"
    r"(?:\s?(?:,|um|-|–|\|)?\s?(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:\s?Uhr)?)?"
)
_DATE = (re.compile(_ISO), re.compile(_GERMAN))
_STATED = re.compile(
    r"^(?:(?:letzte|zuletzt|letztes|last)\s)?(?:stand|veröffentlicht|veröffentlichung|erschienen|erstellt|datum|date|published|publiziert|"
    r"aktualisiert|aktualisierung|geändert|änderung|update|updated|upgedatet|vom)(?:\s(?:am|vom|on))?\s?:?\s+",
    re.I,
)
_WEEKDAY = re.compile(
    r"^(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so)\.?,?\s+", re.I
)


def _published(lines: list[str]) -> str | None:
    """The date that a header line, a dateline or a "Stand:" line states."""
    for line in lines[:5]:
        bare = _WEEKDAY.sub("", line)
        stated = _STATED.match(bare)
        rest = _WEEKDAY.sub("", bare[stated.end() :] if stated else bare)
        for pattern in _DATE:
            found = pattern.match(rest)
            if found and (stated or len(rest) - found.end() < 12):
                return _iso(found)
        dateline = re.match(rf"{_PLACES},?\s+(?:den\s+)?(?P<date>\d{{1,2}}\..{{4,24}}?)\s*(?:\(|[-–—])", line)
        if dateline and (found := _DATE[1].match(dateline["date"])):
            return _iso(found)
    for line in lines[5:]:
        if (stated := _STATED.match(line)) and (found := _DATE[1].match(line[stated.end() :])):
            return _iso(found)
    return None


def _iso(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    month = int(parts["m"]) if parts.get("m") else _MONTHS.get((parts.get("name") or "").casefold(), 0)
    try:
        if parts.get("h"):
            moment = dt.datetime(int(parts["y"]), month, int(parts["d"]), int(parts["h"]), int(parts["min"]))
            return moment.isoformat(timespec="minutes")
        return dt.date(int(parts["y"]), month, int(parts["d"])).isoformat()
    except ValueError:
        return None


def iso_date(value: str | dt.date | None) -> str | None:
    """``value`` as an ISO date or date-time; raises ``ReadingError`` where it is no date.

    >>> iso_date("28. Februar 2020"), iso_date("2020-02-28")
    ('2020-02-28', '2020-02-28')
    """
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value).strip()
    for pattern in _DATE:
        found = pattern.fullmatch(text)
        if found and (date := _iso(found)):
            return date
    try:
        return dt.datetime.fromisoformat(text).isoformat(timespec="minutes")
    except ValueError:
        raise ReadingError(f"{text[:40]!r} is no date: give it as YYYY-MM-DD") from None

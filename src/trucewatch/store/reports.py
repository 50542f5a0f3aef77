"""Reports and the records read from them: raw bytes unaltered, one record for each engine version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from trucewatch.reading import Report
from trucewatch.record import Record
from trucewatch.store import search
from trucewatch.store.linked import among, inserted, rows
from trucewatch.store.tables import counts, paragraphs, records, reports, sightings
from trucewatch.store.texts import writable
from trucewatch.store.times import now


@dataclass(frozen=True, slots=True)
class Raw:
    """What came in, before anything was read: ``data`` unaltered, ``digest`` of what makes it this report.

    For files and pages the digest is that of the bytes. For a line of JSON Lines it is that of its content without
    ``retrieved``: two outlets with one text are two reports, the same line fetched twice is one.
    """

    data: bytes
    digest: str
    form: str
    name: str
    retrieved: str | None = None


def raw_of(data: bytes, name: str, form: str = "file", retrieved: str | None = None) -> Raw:
    """The raw form of a file's or a page's bytes.

    >>> raw_of(b"x", "a.txt").digest[:15]
    'sha256:2d711642'
    """
    return Raw(data, f"sha256:{hashlib.sha256(data).hexdigest()}", form, writable(name), _moment(retrieved))


def _moment(retrieved: object) -> str | None:
    return writable(str(retrieved)) if retrieved is not None else None


def raw_line(data: bytes, row: dict[str, Any], name: str) -> Raw:
    """The raw form of one line of JSON Lines, parsed as ``row``."""
    content = {key: value for key, value in row.items() if key != "retrieved"}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    digest = f"sha256:{hashlib.sha256(canonical).hexdigest()}"
    return Raw(data, digest, "line", writable(name), _moment(row.get("retrieved")))


_NUMBER = sa.select(reports.c.id).where(reports.c.digest == sa.bindparam("digest"))
_ENTER_REPORT, _ENTER_RECORD = reports.insert(), records.insert()
_RECORD = sa.select(records.c.id).where(
    records.c.report == sa.bindparam("report"), records.c.engine == sa.bindparam("engine")
)


def number_of(connection: sa.Connection, digest: str) -> int | None:
    """The number of the report with this digest, if it is in the store."""
    found = connection.execute(_NUMBER, {"digest": digest}).scalar()
    return int(found) if found is not None else None


def see_again(connection: sa.Connection, report: int, name: str, publisher: str | None, url: str | None) -> None:
    """Notes that a known report was met under another name or address."""
    present = connection.execute(sa.select(reports.c.name).where(reports.c.id == report)).scalar_one()
    seen = connection.execute(sa.select(sightings.c.id).where(sightings.c.report == report, sightings.c.name == name))
    if present != name and seen.first() is None:
        connection.execute(
            sightings.insert().values(report=report, name=name, publisher=publisher, url=url, seen=now())
        )


def add(connection: sa.Connection, raw: Raw, report: Report, own: bool) -> int:
    """Enters a report that is not there yet; returns its number."""
    moment = now()
    values = {
        "digest": raw.digest,
        "sha256": hashlib.sha256(raw.data).hexdigest(),
        "raw": raw.data,
        "form": raw.form,
        "text": report.text,
        "name": raw.name,
        "title": report.title,
        "published": report.published,
        "day": report.published[:10] if report.published else None,
        "publisher": report.publisher,
        "url": report.url,
        "language": report.language,
        "agencies": json.dumps(list(report.agencies), ensure_ascii=False),
        "own": own,
        "retrieved": raw.retrieved or moment,
        "added": moment,
    }
    number = inserted(connection.execute(_ENTER_REPORT, values))
    search.enter(connection, number, report.title, report.text)
    return number


def add_record(connection: sa.Connection, report: int, engine: str, record: Record, new: bool = False) -> bool:
    """Keeps what ``engine`` read; False where it is there already (nothing is overwritten). A ``new`` report has none."""
    this = {"report": report, "engine": engine}
    if not new and connection.execute(_RECORD, this).first() is not None:
        return False
    connection.execute(_ENTER_RECORD, {**this, "json": record.to_json(indent=None), "made": now()})
    return True


def published_of(connection: sa.Connection, report: int) -> str | None:
    """The date of publication that a report is kept with."""
    found = connection.execute(sa.select(reports.c.published).where(reports.c.id == report)).scalar_one()
    return str(found) if found is not None else None


def stated_date(connection: sa.Connection, report: int) -> str | None:
    """The date of publication that a report's own text states."""
    from trucewatch.reading import from_text

    return from_text(connection.execute(sa.select(reports.c.text).where(reports.c.id == report)).scalar_one()).published


def redate(connection: sa.Connection, report: int, published: str, engine: str, record: Record) -> None:
    """Gives a report another date of publication and keeps what was read with it; earlier records stay as they were."""
    day = published[:10]
    connection.execute(reports.update().where(reports.c.id == report).values(published=published, day=day))
    connection.execute(paragraphs.update().where(paragraphs.c.report == report).values(day=day))
    before = connection.execute(sa.select(sa.func.count()).select_from(records).where(records.c.report == report))
    add_record(connection, report, f"{engine}#{before.scalar_one() + 1}", record)


def latest_record(connection: sa.Connection, report: int) -> tuple[str, Record] | None:
    """The engine version and the record of the last reading, with the report's text at hand for quotations."""
    row = connection.execute(
        sa.select(records.c.engine, records.c.json, reports.c.text)
        .join(reports, reports.c.id == records.c.report)
        .where(records.c.report == report)
        .order_by(records.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    record = Record.model_validate_json(row.json)
    record._text = row.text
    return str(row.engine), record


def is_news(connection: sa.Connection, report: int, name: str) -> bool:
    """Whether a known report was never met under this name."""
    if connection.execute(sa.select(reports.c.name).where(reports.c.id == report)).scalar_one() == name:
        return False
    query = sa.select(sightings.c.id).where(sightings.c.report == report, sightings.c.name == name)
    return connection.execute(query).first() is None


def identified(report: Report, raw: Raw) -> Report:
    """The report as the store keeps it: under the id that it is known by, its words such as databases take."""
    return _kept(report, raw.digest)


def _kept(report: Report, digest: str) -> Report:
    words: dict[str, Any] = {
        name: writable(value)
        for name in ("text", "title", "publisher", "url", "name", "legible")
        if (value := getattr(report, name)) is not None
    }
    return replace(report, id=digest, **words)


def unread_by(connection: sa.Connection, engine: str) -> list[tuple[int, str]]:
    """(number, name) of the reports that this engine has not read, oldest first."""
    done = sa.select(records.c.report).where(records.c.engine == engine)
    query = sa.select(reports.c.id, reports.c.name).where(reports.c.id.not_in(done)).order_by(reports.c.id)
    return [(int(row[0]), str(row[1])) for row in connection.execute(query)]


def opened(connection: sa.Connection, number: int) -> Report:
    """A stored report, opened from its raw bytes with the metadata that it came with.

    Raises ``ReadingError`` where this version can no longer open it.
    """
    from trucewatch.reading import from_bytes, from_mapping

    row = connection.execute(sa.select(reports).where(reports.c.id == number)).one()
    if row.form == "line":
        report = from_mapping(json.loads(row.raw))
    else:
        report = from_bytes(row.raw, published=row.published, title=row.title, publisher=row.publisher, url=row.url)
    return replace(_kept(report, row.digest), name=row.name, published=row.published)


def heads(connection: sa.Connection, numbers: list[int]) -> dict[int, dict[str, Any]]:
    """What a list shows of reports: id, name, title, published, publisher, url, beginning of the text."""
    if not numbers:
        return {}
    query = sa.select(
        reports.c.id, reports.c.digest, reports.c.name, reports.c.title, reports.c.published, reports.c.publisher,
        reports.c.url, sa.func.substr(reports.c.text, 1, 200).label("beginning"),
    ).where(reports.c.id.in_(numbers))  # fmt: skip
    return {
        row.id: {
            "report": row.digest, "name": row.name, "title": row.title, "published": row.published,
            "publisher": row.publisher, "url": row.url, "beginning": " ".join(row.beginning.split())[:90],
        }
        for row in connection.execute(query)
    }  # fmt: skip


def names_of(connection: sa.Connection, digests: Iterable[str]) -> dict[str, str]:
    """The names that reports are known by, from the digests that evidence names."""
    query = among(sa.select(reports.c.digest, reports.c.name), reports.c.digest)
    return {row[0]: row[1] for row in rows(connection, query, digests)}


def sources_of(connection: sa.Connection, digests: Iterable[str]) -> list[Any]:
    """Rows (digest, name, title, published, publisher, url, agencies) of reports by their digests."""
    query = among(
        sa.select(
            reports.c.digest, reports.c.name, reports.c.title, reports.c.published, reports.c.publisher, reports.c.url,
            reports.c.agencies,
        ),
        reports.c.digest,
    )  # fmt: skip
    return rows(connection, query, digests)


def number_published(connection: sa.Connection, since: str, until: str) -> int:
    """How many reports were published from ``since`` to before ``until`` (ISO days)."""
    query = sa.select(sa.func.count()).select_from(reports).where(reports.c.day >= since, reports.c.day < until)
    return int(connection.execute(query).scalar_one())


def claimed_counts(connection: sa.Connection) -> list[dict[str, Any]]:
    """The claimed counts of all reports as last read, by publication."""
    query = (
        sa.select(counts.c.report, counts.c.json, reports.c.name, reports.c.published, reports.c.text)
        .join(reports, reports.c.id == counts.c.report)
        .order_by(reports.c.published, counts.c.id)
    )
    found = []
    for row in connection.execute(query).all():
        event = json.loads(row.json)
        latest = latest_record(connection, row.report)
        names = {a.id: a.name for a in latest[1].actors} if latest else {}
        time, number = event.get("time") or {}, event.get("count") or {}
        low, high = event["evidence"]
        found.append(
            {
                "name": row.name, "event": event["id"], "published": row.published, "type": event["type"],
                "mode": event["mode"], "low": number.get("low"), "high": number.get("high"), "from": time.get("from"),
                "to": time.get("to"), "actors": [names.get(a, a) for a in event["actors"]],
                "voice": event["voice"]["kind"], "speaker": names.get(event["voice"]["speaker"]),
                "losses": [{k: x[k] for k in ("harm", "low", "high")} for x in event["losses"]],
                "quote": " ".join(row.text[low:high].split()),
            }
        )  # fmt: skip
    return found

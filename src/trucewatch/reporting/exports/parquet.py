"""Apache Parquet: every incident whole, in typed nested columns of the names of ``trucewatch/incident/1``.

Three things differ from the JSON form: ``time`` holds timestamps without a zone (local time), spans are
``{start, end}``, and the free values of decisions are JSON text. Written in row groups, so that memory is bounded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from trucewatch.incident import Incident
from trucewatch.reporting.exports.errors import missing
from trucewatch.reporting.exports.outcome import Outcome, Wish
from trucewatch.reporting.words import local_time

_BATCH = 1000
"""Incidents in a row group: a few megabytes."""


def write(incidents: Iterable[Incident], path: Path, wish: Wish) -> Outcome:
    """Writes all incidents, the rejected ones as well. Raises ``ExportError`` where pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise missing("parquet", ["pyarrow"]) from None
    outcome = Outcome()
    columns = schema()
    with pq.ParquetWriter(path, columns, compression="zstd") as writer:
        for batch in _batches(incidents):
            writer.write_batch(pa.RecordBatch.from_pylist([row(incident) for incident in batch], columns))
            outcome.written += len(batch)
    return outcome


def row(incident: Incident) -> dict[str, Any]:
    """One incident as the values of its columns."""
    values = incident.model_dump(mode="json", by_alias=True)
    if incident.time is not None:
        values["time"] |= {"from": local_time(incident.time.from_), "to": local_time(incident.time.to)}
    for member in values["members"]:
        for name in ("trigger", "evidence"):
            member[name] = _span(member[name])
        member["mentions"] = [_span(span) for span in member["mentions"]]
    for charge in values["responsibility"]["charges"]:
        charge["evidence"] = [{"report": report, "event": event} for report, event in charge["evidence"]]
    for decision in values["decisions"]:
        for name in ("value", "computed"):
            if decision[name] is not None:
                decision[name] = json.dumps(decision[name], ensure_ascii=False, sort_keys=True)
    return values


def schema() -> Any:
    """The Arrow schema of the file, with the incident schema's name in its metadata."""
    import pyarrow as pa

    text, number, yes, local, degrees = pa.string(), pa.int64(), pa.bool_(), pa.timestamp("s"), pa.float64()

    def struct(*fields: tuple[str, Any]) -> Any:
        """A struct from pairs of names (with blanks between) and their type."""
        return pa.struct([(name, kind) for names, kind in fields for name in names.split()])

    span = struct(("start end", number))
    both = struct(("de en", text))
    place = struct(("name kind country", text), ("geonames", number), ("lat lon", degrees), ("precision", text))
    time = struct(("from to", local), ("precision", text))
    party = struct(("name kind entity acts_for country side", text), ("unnamed", yes))
    evidence = struct(("report event", text))
    charge = struct(
        ("party", party),
        ("grade", text),
        ("by denied_by", pa.list_(text)),
        ("admitted", yes),
        ("evidence", pa.list_(evidence)),
    )
    limits = (("low high", number), ("approximate", yes), ("words bound", text))
    withdrawn = struct(("by when report event", text))
    figure = struct(*limits, ("total", yes), ("source voice report event said", text), ("withdrawn", withdrawn))
    loss = struct(("harm who kind", text), ("part_of_total", yes), *limits, ("history", pa.list_(figure)))
    member = struct(
        ("report name event type", text),
        ("trigger", span),
        ("mentions", pa.list_(span)),
        ("evidence", span),
        ("quote origin voice speaker via stance published publisher", text),
        ("background", yes),
        ("withdrawn", withdrawn),
    )
    decision = struct(("id", number), ("kind who when why field value computed", text))
    incident = struct(
        ("schema id type mode", text),
        ("title", both),
        ("places", pa.list_(place)),
        ("countries", pa.list_(text)),
        ("time", time),
        ("actors targets", pa.list_(party)),
        ("losses", pa.list_(loss)),
        ("members", pa.list_(member)),
        ("origins", struct(("independent unreviewed copies", number))),
        ("grade", text),
        ("why", both),
        (
            "responsibility",
            struct(
                ("grade", text), ("accused by denied_by admitted_by", pa.list_(text)), ("charges", pa.list_(charge))
            ),
        ),
        ("first_reported last_changed", text),
        ("background", yes),
        ("merged", pa.list_(text)),
        ("state", text),
        ("decisions", pa.list_(decision)),
    )
    return pa.schema(list(incident), metadata={"trucewatch": "trucewatch/incident/1"})


def _span(span: list[int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def _batches(incidents: Iterable[Incident]) -> Iterator[list[Incident]]:
    rest = iter(incidents)
    while batch := list(islice(rest, _BATCH)):
        yield batch

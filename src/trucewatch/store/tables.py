"""The store's one schema, for SQLite and PostgreSQL alike (SQLAlchemy Core).

Reports and decisions are what people gave: they are only ever added to. Everything else (records, what linking keeps,
incidents) can be made again from them. ``migrations/`` brings a store of an older version here; ``HEAD`` is the
revision that these tables stand at.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0002"

metadata = MetaData()
# SQLite numbers rows by itself only where the key is a plain INTEGER.
_Id = BigInteger().with_variant(Integer, "sqlite")

reports = Table(
    "reports",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("digest", Text, nullable=False, unique=True),  # sha256:… of what makes the report this report
    Column("sha256", Text, nullable=False),  # of the raw bytes
    Column("raw", LargeBinary, nullable=False),
    Column("form", Text, nullable=False),  # file, line (of JSON Lines) or url
    Column("text", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("published", Text),
    Column("day", Text),  # published, cut to the day: what copies and background paragraphs are compared by
    Column("publisher", Text),
    Column("url", Text),
    Column("language", Text, nullable=False),
    Column("agencies", Text, nullable=False),  # JSON list
    Column("own", Boolean, nullable=False, default=False),  # marks itself as the outlet's own reporting
    Column("retrieved", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("signature", LargeBinary),  # MinHash of its shingles
    Column("shingles", Integer, nullable=False, default=0),
)
Index("ix_reports_day", reports.c.day)

sightings = Table(  # the same bytes met again: at another place, under another name
    "sightings",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("report", _Id, ForeignKey("reports.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("publisher", Text),
    Column("url", Text),
    Column("seen", Text, nullable=False),
    UniqueConstraint("report", "name"),
)

records = Table(  # one for each engine version that read the report: a re-read adds, never overwrites
    "records",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("report", _Id, ForeignKey("reports.id"), nullable=False),
    Column("engine", Text, nullable=False),
    Column("json", Text, nullable=False),
    Column("made", Text, nullable=False),
    UniqueConstraint("report", "engine"),
)

# --- what linking keeps, so that adding a report costs by its candidates ---

paragraphs = Table(
    "paragraphs",
    metadata,
    Column("hash", BigInteger, nullable=False),
    Column("report", _Id, ForeignKey("reports.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("day", Text),
)
Index("ix_paragraphs_hash", paragraphs.c.hash, paragraphs.c.day)

bands = Table(  # locality-sensitive hashing of the reports' signatures
    "bands",
    metadata,
    Column("hash", BigInteger, nullable=False),
    Column("report", _Id, ForeignKey("reports.id"), nullable=False, index=True),
)
Index("ix_bands_hash", bands.c.hash)

copies = Table(  # pairs of reports that share their text; one < other
    "copies",
    metadata,
    Column("one", _Id, ForeignKey("reports.id"), primary_key=True),
    Column("other", _Id, ForeignKey("reports.id"), primary_key=True, index=True),
    Column("share", Float, nullable=False),
)

nodes = Table(  # events that may tell of an incident, as linking sees them
    "nodes",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("report", _Id, ForeignKey("reports.id"), nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("json", Text, nullable=False),
    Column("incident", Text, index=True),
)

blocks = Table(  # where candidates for a node are looked up
    "blocks",
    metadata,
    Column("hash", BigInteger, nullable=False),
    Column("node", _Id, ForeignKey("nodes.id"), nullable=False, index=True),
)
Index("ix_blocks_hash", blocks.c.hash)

edges = Table(  # pairs of nodes that speak for one happening; one < other
    "edges",
    metadata,
    Column("one", _Id, ForeignKey("nodes.id"), primary_key=True),
    Column("other", _Id, ForeignKey("nodes.id"), primary_key=True, index=True),
    Column("score", Float, nullable=False),
)

counts = Table(  # aggregate claims ("312 violations in 24 hours"): kept as claimed, never as incidents
    "counts",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("report", _Id, ForeignKey("reports.id"), nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("json", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", _Id, nullable=False, index=True),  # order of first being known
    Column("merged_into", Text, index=True),  # set where it turned out to be another one: the id still leads somewhere
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("grade", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("killed_low", BigInteger),
    Column("killed_high", BigInteger),
    Column("lat", Float),
    Column("lon", Float),
    Column("json", Text, nullable=False),
    Column("changed", Text, nullable=False),
)
Index("ix_incidents_days", incidents.c.day_from, incidents.c.day_to)
Index("ix_incidents_killed", incidents.c.killed_low)

keys = Table(  # names by which incidents are asked for: places, parties
    "keys",
    metadata,
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("incident", Text, nullable=False, index=True),
)
Index("ix_keys_key", keys.c.kind, keys.c.key)

versions = Table(  # every state that an incident ever had
    "versions",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("incident", Text, nullable=False, index=True),
    Column("at", Text, nullable=False, index=True),
    Column("cause", Text, nullable=False),  # report:N, decision:N or link
    Column("json", Text),  # NULL: it went into another one, or nothing is left of it
)

decisions = Table(  # what people decided: append-only
    "decisions",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("incident", Text, index=True),
    Column("undoes", _Id),
    Column("json", Text, nullable=False),
)

decision_reports = Table(  # which reports a merge or split speaks of: found again when they are linked anew
    "decision_reports",
    metadata,
    Column("report", _Id, ForeignKey("reports.id"), nullable=False, index=True),
    Column("decision", _Id, ForeignKey("decisions.id"), nullable=False, index=True),
)

# --- what agreements make of them ---

assessed = Table(  # up to which state of the incidents, and by which provisions, an agreement's findings were made
    "assessed",
    metadata,
    Column("agreement", Text, primary_key=True),
    Column("mark", BigInteger, nullable=False),  # the last of the versions that was looked at
    Column("rules", Text, nullable=False),  # JSON: provision -> digest of all that its findings hang on
)

findings = Table(  # those that say more than "outside"
    "findings",
    metadata,
    Column("agreement", Text, primary_key=True),
    Column("incident", Text, primary_key=True, index=True),
    Column("provision", Text, primary_key=True),
    Column("result", Text, nullable=False),
    Column("json", Text, nullable=False),
)

ledger = Table(  # what single reports say of contacts, promises and presence
    "ledger",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("report", _Id, ForeignKey("reports.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("day", Text),
    Column("json", Text, nullable=False),
)
Index("ix_ledger_day", ledger.c.kind, ledger.c.day)

marks = Table(  # how far things were brought that are made from others later
    "marks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

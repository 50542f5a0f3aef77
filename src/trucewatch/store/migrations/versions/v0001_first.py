"""The first schema: reports, records, what linking keeps, incidents, decisions.

Frozen: it says by itself what it makes, so that ``tables.py`` may change with migrations of its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id() -> sa.Column[int]:
    return sa.Column("id", _ID, primary_key=True, autoincrement=True)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _of(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, _ID, sa.ForeignKey(f"{table}.id"), nullable=False)


def upgrade() -> None:
    """Makes all tables and the search index."""
    _reports()
    _linking()
    _incidents()
    _decisions()
    _search()


def _reports() -> None:
    op.create_table(
        "reports",
        _id(),
        _text("digest"),
        _text("sha256"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        _text("form"),
        _text("text"),
        _text("name"),
        _text("title", nullable=True),
        _text("published", nullable=True),
        _text("day", nullable=True),
        _text("publisher", nullable=True),
        _text("url", nullable=True),
        _text("language"),
        _text("agencies"),
        sa.Column("own", sa.Boolean(), nullable=False),
        _text("retrieved"),
        _text("added"),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("shingles", sa.Integer(), nullable=False),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_reports_day", "reports", ["day"])
    op.create_table(
        "sightings",
        _id(),
        _of("report", "reports"),
        _text("name"),
        _text("publisher", nullable=True),
        _text("url", nullable=True),
        _text("seen"),
        sa.UniqueConstraint("report", "name"),
    )
    op.create_index("ix_sightings_report", "sightings", ["report"])
    op.create_table(
        "records",
        _id(),
        _of("report", "reports"),
        _text("engine"),
        _text("json"),
        _text("made"),
        sa.UniqueConstraint("report", "engine"),
    )


def _linking() -> None:
    op.create_table(
        "paragraphs",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        _of("report", "reports"),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("day", nullable=True),
    )
    op.create_index("ix_paragraphs_hash", "paragraphs", ["hash", "day"])
    op.create_index("ix_paragraphs_report", "paragraphs", ["report"])
    op.create_table("bands", sa.Column("hash", sa.BigInteger(), nullable=False), _of("report", "reports"))
    op.create_index("ix_bands_hash", "bands", ["hash"])
    op.create_index("ix_bands_report", "bands", ["report"])
    op.create_table(
        "copies",
        _of("one", "reports"),
        _of("other", "reports"),
        sa.Column("share", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other"),
    )
    op.create_index("ix_copies_other", "copies", ["other"])
    op.create_table(
        "nodes",
        _id(),
        _of("report", "reports"),
        _text("event"),
        sa.Column("start", sa.Integer(), nullable=False),
        _text("json"),
        _text("incident", nullable=True),
    )
    op.create_index("ix_nodes_report", "nodes", ["report"])
    op.create_index("ix_nodes_incident", "nodes", ["incident"])
    op.create_table("blocks", sa.Column("hash", sa.BigInteger(), nullable=False), _of("node", "nodes"))
    op.create_index("ix_blocks_hash", "blocks", ["hash"])
    op.create_index("ix_blocks_node", "blocks", ["node"])
    op.create_table(
        "edges",
        _of("one", "nodes"),
        _of("other", "nodes"),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other"),
    )
    op.create_index("ix_edges_other", "edges", ["other"])
    op.create_table("counts", _id(), _of("report", "reports"), _text("event"), _text("json"))
    op.create_index("ix_counts_report", "counts", ["report"])


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("number", _ID, nullable=False),
        _text("merged_into", nullable=True),
        _text("type"),
        _text("mode", nullable=True),
        _text("grade"),
        _text("state"),
        sa.Column("background", sa.Boolean(), nullable=False),
        _text("day_from", nullable=True),
        _text("day_to", nullable=True),
        sa.Column("killed_low", sa.BigInteger(), nullable=True),
        sa.Column("killed_high", sa.BigInteger(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        _text("json"),
        _text("changed"),
    )
    op.create_index("ix_incidents_merged_into", "incidents", ["merged_into"])
    op.create_index("ix_incidents_number", "incidents", ["number"])
    op.create_index("ix_incidents_days", "incidents", ["day_from", "day_to"])
    op.create_index("ix_incidents_killed", "incidents", ["killed_low"])
    op.create_table("keys", _text("kind"), _text("key"), _text("incident"))
    op.create_index("ix_keys_incident", "keys", ["incident"])
    op.create_index("ix_keys_key", "keys", ["kind", "key"])
    op.create_table("versions", _id(), _text("incident"), _text("at"), _text("cause"), _text("json", nullable=True))
    op.create_index("ix_versions_incident", "versions", ["incident"])
    op.create_index("ix_versions_at", "versions", ["at"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        _id(),
        _text("at"),
        _text("who"),
        _text("why"),
        _text("kind"),
        _text("incident", nullable=True),
        sa.Column("undoes", _ID, nullable=True),
        _text("json"),
    )
    op.create_index("ix_decisions_incident", "decisions", ["incident"])
    op.create_table("decision_reports", _of("report", "reports"), _of("decision", "decisions"))
    op.create_index("ix_decision_reports_report", "decision_reports", ["report"])
    op.create_index("ix_decision_reports_decision", "decision_reports", ["decision"])


def _search() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search USING fts5(words, content='', tokenize='unicode61')")
    else:
        op.execute("CREATE TABLE search (report BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_search ON search USING gin(words)")

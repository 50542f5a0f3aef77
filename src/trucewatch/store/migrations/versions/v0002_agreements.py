"""Findings, and what reports say of contacts, promises and presence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the tables; all that is in them can be made again from reports and incidents."""
    op.create_table(
        "assessed",
        sa.Column("agreement", sa.Text(), primary_key=True),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
    )
    op.create_table(
        "findings",
        sa.Column("agreement", sa.Text(), primary_key=True),
        sa.Column("incident", sa.Text(), primary_key=True),
        sa.Column("provision", sa.Text(), primary_key=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
    )
    op.create_index("ix_findings_incident", "findings", ["incident"])
    op.create_table(
        "ledger",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("report", _ID, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text()),
        sa.Column("json", sa.Text(), nullable=False),
    )
    op.create_index("ix_ledger_report", "ledger", ["report"])
    op.create_index("ix_ledger_day", "ledger", ["kind", "day"])
    op.create_table(
        "marks",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
    )

"""What people decided: append-only rows with who, when and why. Nothing is ever changed or taken out; undo is a row too."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from trucewatch.store.errors import DecisionError
from trucewatch.store.linked import among, inserted, rows
from trucewatch.store.tables import decision_reports, decisions
from trucewatch.store.texts import writable
from trucewatch.store.times import now

Kind = Literal["accept", "correct", "merge", "split", "reject", "annotate", "undo"]
KINDS: tuple[Kind, ...] = ("accept", "correct", "merge", "split", "reject", "annotate", "undo")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``incident`` is the id that was looked at; ``content`` holds what the kind needs."""

    id: int
    at: str
    who: str
    why: str
    kind: Kind
    incident: str | None
    undoes: int | None
    content: dict[str, Any]


_OF_INCIDENTS = among(sa.select(decisions), decisions.c.incident)
_OF_REPORTS = among(
    sa.select(decisions).join(decision_reports, decision_reports.c.decision == decisions.c.id),
    decision_reports.c.report,
)
_UNDOING = sa.select(decisions.c.id).where(decisions.c.undoes == sa.bindparam("this"))


def append(
    connection: sa.Connection,
    kind: Kind,
    who: str,
    why: str,
    incident: str | None,
    content: dict[str, Any],
    reports: Iterable[int] = (),
    undoes: int | None = None,
) -> Decision:
    """Writes a decision down; ``reports`` are the numbers of those whose linking it touches.

    Raises ``DecisionError`` where nobody is named: a decision without a name is none.
    """
    if not who.strip():
        raise DecisionError("a decision needs a name: say who decides")
    moment, who, why, content = now(), writable(who.strip()), writable(why), _writable(content)
    values = {
        "at": moment, "who": who, "why": why, "kind": kind, "incident": incident, "undoes": undoes,
        "json": json.dumps(content, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip
    number = inserted(connection.execute(decisions.insert().values(**values)))
    touched = [{"report": r, "decision": number} for r in sorted(set(reports))]
    if touched:
        connection.execute(decision_reports.insert(), touched)
    return Decision(number, moment, who, why, kind, incident, undoes, content)


def _writable(content: Any) -> Any:
    if isinstance(content, str):
        return writable(content)
    if isinstance(content, dict):
        return {writable(str(key)): _writable(value) for key, value in content.items()}
    return [_writable(value) for value in content] if isinstance(content, list | tuple) else content


def _decision(row: Any) -> Decision:
    return Decision(row.id, row.at, row.who, row.why, row.kind, row.incident, row.undoes, json.loads(row.json))


def by_id(connection: sa.Connection, number: int) -> Decision | None:
    """The decision with this number."""
    row = connection.execute(sa.select(decisions).where(decisions.c.id == number)).first()
    return _decision(row) if row is not None else None


def of_incidents(connection: sa.Connection, ids: Iterable[str]) -> list[Decision]:
    """All decisions on these incidents, in their order; undone ones and undoings among them."""
    return sorted((_decision(row) for row in rows(connection, _OF_INCIDENTS, ids)), key=lambda d: d.id)


def of_reports(connection: sa.Connection, numbers: Iterable[int]) -> list[Decision]:
    """The merges and splits that touch these reports, in their order."""
    found = {row.id: _decision(row) for row in rows(connection, _OF_REPORTS, numbers)}
    return [found[number] for number in sorted(found)]


def undone(connection: sa.Connection, numbers: Iterable[int]) -> set[int]:
    """Which of these decisions are undone now: an undoing that is itself undone does not count."""
    found: set[int] = set()
    for number in set(numbers):
        if _is_undone(connection, number):
            found.add(number)
    return found


def _is_undone(connection: sa.Connection, number: int) -> bool:
    undoings = connection.execute(_UNDOING, {"this": number}).all()
    return any(not _is_undone(connection, int(row[0])) for row in undoings)


def effective(connection: sa.Connection, found: Iterable[Decision]) -> list[Decision]:
    """Those of the decisions that stand: no undoings, nothing undone."""
    listed = [d for d in found if d.kind != "undo"]
    out = undone(connection, (d.id for d in listed))
    return [d for d in listed if d.id not in out]


def every(connection: sa.Connection) -> list[Decision]:
    """All decisions ever taken, in their order."""
    return [_decision(row) for row in connection.execute(sa.select(decisions).order_by(decisions.c.id))]

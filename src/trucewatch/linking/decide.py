"""What people decide about incidents, and how it is kept when reports are read and linked anew.

Decisions hang on words, not on the program's numbers: a merge or split names the places in the reports (``anchor``) at
which the events stood, a correction names the incident and the field. They are only ever added (store/decisions.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from trucewatch.incident import AppliedDecision, Both, Incident
from trucewatch.linking.node import Node, load
from trucewatch.linking.pairs import group_of
from trucewatch.linking.titles import title
from trucewatch.record import MODES
from trucewatch.store import decisions as book
from trucewatch.store import incidents as kept
from trucewatch.store import linked
from trucewatch.store.decisions import Decision
from trucewatch.store.errors import DecisionError
from trucewatch.store.tables import decision_reports, nodes

Anchor = tuple[int, int, int, str]
"""(report, start, end, group of types): where an event stood when it was decided about."""

FIELDS = (
    "type",
    "mode",
    "title",
    "places",
    "time",
    "actors",
    "targets",
    "losses",
    "grade",
    "responsibility",
    "background",
)
"""The fields that people can correct, also inside ("time.from", "losses.killed.low", "title.de")."""


_DECIDED = linked.among(
    sa.select(decision_reports.c.report).join(nodes, nodes.c.report == decision_reports.c.report).distinct(), nodes.c.id
)
"""The reports of nodes of which some decision speaks."""


def anchor(node: Node) -> Anchor:
    """Where a node stands."""
    return (node.report, node.trigger[0], node.trigger[1], group_of(node.type))


def _at(node: Node, found: Sequence[Any]) -> bool:
    report, start, end, group = found
    spans = (node.trigger, *node.mentions)
    return node.report == report and group_of(node.type) == group and any(s < end and start < e for s, e in spans)


# --- how linking heeds them -------------------------------------------------------------------------------------------


def constraints(
    connection: sa.Connection, found: Sequence[Node]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of node ids that people joined, and pairs that they kept apart; of two that disagree the later counts."""
    standing = book.effective(connection, book.of_reports(connection, {n.report for n in found}))
    together: set[tuple[int, int]] = set()
    apart: set[tuple[int, int]] = set()
    for decision in standing:
        if decision.kind == "merge":
            every = _ids(found, decision.content["anchors"])
            pairs = {_pair(a, b) for a in every for b in every if a != b}
            apart -= pairs
            together |= pairs
        elif decision.kind == "split":
            moved, stay = _ids(found, decision.content["moved"]), _ids(found, decision.content["stay"])
            pairs = {_pair(a, b) for a in moved for b in stay if a != b}
            together -= pairs
            apart |= pairs
            together |= {_pair(a, b) for a in moved for b in moved if a != b}
    return sorted(together), sorted(apart)


def _pair(a: int, b: int) -> tuple[int, int]:
    return (min(a, b), max(a, b))


def _ids(found: Sequence[Node], anchors: Iterable[Sequence[Any]]) -> list[int]:
    return [n.id for n in found if any(_at(n, a) for a in anchors)]


def joined(connection: sa.Connection, numbers: Iterable[int]) -> set[int]:
    """The nodes that decisions tie to these: they must be looked at together."""
    reports = {int(r[0]) for r in linked.rows(connection, _DECIDED, numbers)}
    if not reports:
        return set()
    wanted: dict[int, list[Sequence[Any]]] = {}
    for decision in book.effective(connection, book.of_reports(connection, reports)):
        parts = (decision.content.get(name, ()) for name in ("anchors", "moved", "stay"))
        for one in (a for part in parts for a in part):
            wanted.setdefault(int(one[0]), []).append(one)
    rows = linked.nodes_of_reports(connection, wanted)
    return {
        int(row.id) for row in rows if any(_at(load(row.json, row.report, row.id), a) for a in wanted[int(row.report)])
    }


def apply(connection: sa.Connection, incident: Incident) -> None:
    """Puts onto a composed incident what people decided about it, under any of its ids; in place."""
    ids = [incident.id, *incident.merged]
    corrected: set[str] = set()
    for decision in book.effective(connection, book.of_incidents(connection, ids)):
        note = AppliedDecision(id=decision.id, kind=decision.kind, who=decision.who, when=decision.at, why=decision.why)
        if decision.kind == "accept":
            incident.state = "accepted"
        elif decision.kind == "reject":
            incident.state = "rejected"
        elif decision.kind == "correct":
            note.field, note.value = decision.content["field"], decision.content["value"]
            note.computed = _correct(incident, note.field or "", note.value)
            corrected.add(note.field or "")
        elif decision.kind == "annotate":
            note.value = decision.content["text"]
        incident.decisions.append(note)
    if corrected:
        _agree(incident, corrected)


def _agree(incident: Incident, corrected: set[str]) -> None:
    """Brings what hangs on corrected fields in line with them: the mode with the type, the ends of a figure with each other,
    the title with all; what a person gave stays."""
    if "type" in corrected and "mode" not in corrected and incident.mode not in MODES[incident.type]:
        incident.mode = None
    for loss in incident.losses:
        if loss.low is not None and loss.high is not None and loss.low > loss.high:
            if f"losses.{loss.harm}.high" in corrected:
                loss.low = loss.high
            else:
                loss.high = loss.low
    made = title(incident)
    given = incident.title
    incident.title = Both(
        de=given.de if corrected & {"title", "title.de"} else made.de,
        en=given.en if corrected & {"title", "title.en"} else made.en,
    )


def _correct(incident: Incident, field: str, value: Any) -> Any:
    """Sets one field, in place; returns what the program had put there. A value that no longer fits is passed over."""
    data = incident.model_dump(mode="json")
    try:
        before = _set(data, field.split("."), value)
        if field.startswith("losses.") and field.endswith((".low", ".high")):
            _set(data, [*field.split(".")[:-1], "bound"], None)  # a person's number is not the source's words
            _set(data, [*field.split(".")[:-1], "words"], None)
        fixed = Incident.model_validate(data)
    except (DecisionError, ValidationError):
        return None
    name = field.split(".")[0]
    setattr(incident, name, getattr(fixed, name))
    return before


def _set(data: Any, path: Sequence[str], value: Any) -> Any:
    """Sets the value at a path of keys; in the list of losses a key is the harm. Returns what stood there."""
    head, rest = path[0], path[1:]
    if isinstance(data, list):
        entry = next((x for x in data if x.get("harm") == head and not x.get("part_of_total")), None)
        if entry is None and not head.isdigit():
            entry = {"harm": head, "low": None, "high": None}
            data.append(entry)
        elif entry is None:
            if int(head) >= len(data):
                raise DecisionError(f"there is no entry {head}: it has {len(data)}")
            entry = data[int(head)]
        if not rest:
            raise DecisionError(f"say which part of {head} to correct, such as low or high")
        return _set(entry, rest, value)
    if not isinstance(data, dict):
        raise DecisionError(f"nothing stands inside {head}")
    if not rest:
        before = data.get(head)
        data[head] = value
        return before
    if data.get(head) is None:
        data[head] = {"precision": "day"} if head == "time" else {}
    return _set(data[head], rest, value)


# --- deciding ---------------------------------------------------------------------------------------------------------


def accept(connection: sa.Connection, incident: str, who: str, why: str = "") -> Decision:
    """A person has looked at the incident and stands by it."""
    return _plain(connection, "accept", incident, who, why, {})


def reject(connection: sa.Connection, incident: str, who: str, why: str = "") -> Decision:
    """This is no incident; it stays in the store and out of lists."""
    return _plain(connection, "reject", incident, who, why, {})


def annotate(connection: sa.Connection, incident: str, text: str, who: str, why: str = "") -> Decision:
    """A note on an incident."""
    if not text.strip():
        raise DecisionError("an empty note says nothing: give its text")
    return _plain(connection, "annotate", incident, who, why, {"text": text})


def correct(connection: sa.Connection, incident: str, field: str, value: Any, who: str, why: str = "") -> Decision:
    """Corrects one field, also inside it ("time.from", "losses.killed.high"); the program's value is kept beside it.

    Raises ``DecisionError`` for an unknown field or a value that it cannot have.
    """
    known = _known(connection, incident)
    path = field.split(".")
    if path[0] not in FIELDS or not all(path):
        raise DecisionError(f"{field!r} is no field to correct: one of {', '.join(FIELDS)}, or inside one (time.from)")
    present = kept.load(connection, known)
    assert present is not None
    data = present.model_dump(mode="json")
    _set(data, path, value)
    try:
        fixed = Incident.model_validate(data)
    except ValidationError as fault:
        first = fault.errors()[0]
        raise DecisionError(f"{field} cannot be {value!r}: {first['msg']}") from None
    for loss in fixed.losses:
        if loss.low is not None and loss.high is not None and loss.low > loss.high:
            raise DecisionError(f"{field} cannot be {value!r}: low {loss.low} would be above high {loss.high}")
        if min(x for x in (loss.low, loss.high, 0) if x is not None) < 0:
            raise DecisionError(f"{field} cannot be {value!r}: a number of people is 0 or more")
    return _plain(connection, "correct", incident, who, why, {"field": field, "value": value})


def merge(connection: sa.Connection, incidents: Sequence[str], who: str, why: str = "") -> Decision:
    """These are one happening; the oldest id stays and remembers the others."""
    ids = list(dict.fromkeys(_known(connection, i) for i in incidents))
    if len(ids) < 2:
        raise DecisionError("a merge needs two incidents or more that are not one already")
    order = kept.numbers(connection, ids)
    ids.sort(key=lambda i: order[i])
    found = _nodes(connection, ids)
    kinds = {group_of(n.type) for n in found}
    if len(kinds) > 1:
        raise DecisionError(f"incidents of different kinds cannot be one: {', '.join(sorted({n.type for n in found}))}")
    content = {"ids": ids, "anchors": [list(anchor(n)) for n in found]}
    decision = book.append(connection, "merge", who, why, ids[0], content, {n.report for n in found})
    _relink(connection, found, decision)
    return decision


def split(
    connection: sa.Connection, incident: str, members: Sequence[tuple[str, str | None]], who: str, why: str = ""
) -> Decision:
    """These members are another happening. A member is (name or id of its report, event id or ``None`` for all of it)."""
    known = _known(connection, incident)
    found = _nodes(connection, [known])
    names = {int(r.id): str(r.name) for r in linked.sources_of(connection, {n.report for n in found})}
    moved = [n for n in found if any(_is(n, names[n.report], m) for m in members)]
    for member in members:
        if not any(_is(n, names[n.report], member) for n in found):
            has = ", ".join(f"{names[n.report]}:{n.event}" for n in found)
            raise DecisionError(f"{':'.join(p for p in member if p)} is no member of {known}: it has {has}")
    stay = [n for n in found if n not in moved]
    if not stay:
        raise DecisionError("nothing would be left of the incident: name fewer members, or reject it")
    content = {"moved": [list(anchor(n)) for n in moved], "stay": [list(anchor(n)) for n in stay]}
    decision = book.append(connection, "split", who, why, known, content, {n.report for n in found})
    linked.assign(connection, dict.fromkeys((n.id for n in moved), None))  # the id stays with those that stay
    _relink(connection, found, decision)
    return decision


def parts(connection: sa.Connection, decision: Decision) -> list[str]:
    """The ids of the incidents that came of a split: of what stayed, then of what was moved."""
    content = decision.content
    reports = {int(a[0]) for name in ("stay", "moved") for a in content[name]}
    rows = {int(r.id): r.incident for r in linked.nodes_of_reports(connection, reports)}
    nodes_ = [load(r.json, r.report, r.id) for r in linked.nodes_of_reports(connection, reports)]
    found = [rows[n] for name in ("stay", "moved") for n in _ids(nodes_, content[name])]
    return list(dict.fromkeys(i for i in found if i is not None))


def undo(connection: sa.Connection, number: int, who: str, why: str = "") -> Decision:
    """Takes a decision back, by another decision; an undoing can be undone too."""
    before = book.by_id(connection, number)
    if before is None:
        raise DecisionError(f"there is no decision {number}")
    if number in book.undone(connection, [number]):
        raise DecisionError(f"decision {number} is undone already")
    touched = _touched(connection, before)
    decision = book.append(connection, "undo", who, why, before.incident, {}, touched, undoes=number)
    root = before
    while root.kind == "undo" and root.undoes is not None:
        root = book.by_id(connection, root.undoes) or root
        if root.kind != "undo":
            break
    if root.kind in ("merge", "split"):
        rows = linked.nodes_of_reports(connection, _touched(connection, root))
        _relink(connection, [load(r.json, r.report, r.id) for r in rows], decision)
    elif root.incident is not None:
        _rewrite(connection, root.incident, decision)
    return decision


def _touched(connection: sa.Connection, decision: Decision) -> set[int]:
    query = sa.select(decision_reports.c.report).where(decision_reports.c.decision == decision.id)
    return {int(r[0]) for r in connection.execute(query)}


def _is(node: Node, name: str, member: tuple[str, str | None]) -> bool:
    report, event = member
    return report in (name, node.sha) and event in (None, node.event)


def _known(connection: sa.Connection, incident: str) -> str:
    found = kept.resolve(connection, incident)
    if found is None:
        raise DecisionError(f"no incident {incident!r}: list them with: trucewatch incidents")
    return found


def _nodes(connection: sa.Connection, ids: Iterable[str]) -> list[Node]:
    return [load(r.json, r.report, r.id) for r in linked.nodes_of_incidents(connection, ids)]


def _plain(
    connection: sa.Connection, kind: book.Kind, incident: str, who: str, why: str, content: dict[str, Any]
) -> Decision:
    known = _known(connection, incident)
    decision = book.append(connection, kind, who, why, known, content)
    _rewrite(connection, known, decision)
    return decision


def _rewrite(connection: sa.Connection, incident: str, decision: Decision) -> None:
    from trucewatch.linking.update import write

    known = kept.resolve(connection, incident)
    if known is not None:
        found = sorted(_nodes(connection, [known]), key=lambda n: n.order)
        write(connection, known, found, f"decision:{decision.id}")


def _relink(connection: sa.Connection, found: Sequence[Node], decision: Decision) -> None:
    from trucewatch.linking.update import relink

    relink(connection, [n.id for n in found], f"decision:{decision.id}")

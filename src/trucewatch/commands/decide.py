"""``trucewatch decide``: what a person decides about an incident, kept with who, when and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from trucewatch.commands.output import complain
from trucewatch.linking import decide as deciding
from trucewatch.shown import shown, shown_json
from trucewatch.store import DecisionError, Store
from trucewatch.store import decisions as book
from trucewatch.store import incidents as kept
from trucewatch.store.decisions import Decision


@dataclass(frozen=True, slots=True)
class DecideOptions:
    """What was decided; ``what`` holds what the kind needs (see the command's help)."""

    database: str
    kind: str
    what: Sequence[str]
    who: str
    why: str = ""


def decide(options: DecideOptions) -> int:
    """Writes a decision down and says what came of it; returns the exit status."""
    with Store(options.database, make=False) as store, store.writing() as connection:
        decision = _take(connection, options)
        came = _came_of(connection, decision)
    print(shown(f"decision {decision.id}: {decision.kind} {decision.incident or ''} by {decision.who}"))
    for line in came:
        print(f"  {shown(line)}")
    return 0


def _came_of(connection: sa.Connection, decision: Decision) -> list[str]:
    """The incidents that a split made of one, or the one that was corrected, as they are now: id and title."""
    if decision.kind not in ("split", "correct"):
        return []
    ids = deciding.parts(connection, decision) if decision.kind == "split" else [decision.incident or ""]
    found = [kept.load(connection, one) for one in ids]
    return [f"{one.id} {one.title.de}" for one in found if one is not None]


def _take(connection: sa.Connection, options: DecideOptions) -> Decision:
    what, who, why = list(options.what), options.who, options.why
    if options.kind == "undo":
        if len(what) != 1 or not what[0].isdigit():
            raise DecisionError("undo takes the number of one decision: trucewatch decide undo 12 --who NAME")
        return deciding.undo(connection, int(what[0]), who, why)
    if not what:
        raise DecisionError(f"{options.kind} of which incident? trucewatch decide {options.kind} INCIDENT … --who NAME")
    incident, rest = what[0], what[1:]
    if options.kind == "merge":
        return deciding.merge(connection, what, who, why)
    if options.kind == "split":
        return deciding.split(connection, incident, [_member(m) for m in rest], who, why)
    if options.kind == "correct":
        if len(rest) != 2:
            raise DecisionError(
                "correct takes an incident, a field and a value: decide correct INCIDENT losses.killed.low 33"
            )
        return deciding.correct(connection, incident, rest[0], _value(rest[1]), who, why)
    if options.kind == "annotate":
        return deciding.annotate(connection, incident, " ".join(rest), who, why)
    if rest:
        raise DecisionError(f"{options.kind} takes one incident, not also {rest[0]!r}")
    plain = {"accept": deciding.accept, "reject": deciding.reject}[options.kind]
    return plain(connection, incident, who, why)


def _member(text: str) -> tuple[str, str | None]:
    """ "wire-de-01:e3" is one event, "wire-de-01" all events of that report in the incident."""
    name, _, event = text.rpartition(":")
    if name and event.startswith("e") and event[1:].isdigit():
        return name, event
    return text, None


def _value(text: str) -> object:
    """A value as JSON ("33", "null", "[…]"); what is no JSON is a plain word."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def list_decisions(database: str, incident: str | None, form: str) -> int:
    """All decisions, or those on one incident, in their order; undone ones are marked."""
    with Store(database, make=False) as store, store.reading() as connection:
        if incident is None:
            found = book.every(connection)
        else:
            known = kept.resolve(connection, incident)
            if known is None:
                complain(f"no incident {incident!r}: list them with: trucewatch incidents")
                return 1
            found = book.of_incidents(connection, [known, *kept.merged_ids(connection, known)])
        out = book.undone(connection, [d.id for d in found])
    for one in found:
        if form == "jsonl":
            row = {
                "id": one.id, "at": one.at, "who": one.who, "why": one.why, "kind": one.kind, "incident": one.incident,
                "undoes": one.undoes, "undone": one.id in out, "content": one.content,
            }  # fmt: skip
            print(shown_json(json.dumps(row, ensure_ascii=False)))
            continue
        what = {k: v for k, v in one.content.items() if k in ("field", "value", "text", "ids")}
        said = " ".join(f"{k}={json.dumps(v, ensure_ascii=False)}" for k, v in what.items())
        about = f"decision {one.undoes}" if one.undoes is not None else one.incident or ""
        mark = " (undone)" if one.id in out else ""
        when = one.at[:16].replace("T", " ")
        print(f"{one.id:>4}  {when}  {shown(f'{one.who}: {one.kind} {about} {said}')}{mark}")
        if one.why:
            print(f"      {shown(one.why)}")
    return 0

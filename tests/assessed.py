"""Incidents for the tests of findings: a default one, with what a case says changed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from trucewatch.incident import (
    Both,
    Charge,
    Incident,
    IncidentPlace,
    IncidentTime,
    Member,
    Party,
    Responsibility,
)

FOLDER = Path(__file__).parent / "agreements"
RIVER = FOLDER / "river.toml"

SIDES = {
    "alpha": Party(name="Alphaland", kind="government", country="AA", side="S:AA"),
    "beta": Party(name="Beta-Front", kind="armed_group", side="G:Beta-Front"),
    "gamma": Party(name="Gammaland", kind="government", country="CC", side="S:CC"),
    "delta": Party(name="Delta-Brigaden", kind="armed_group", side="G:Delta-Brigaden"),
    "rebels": Party(name="Rebellen", kind="armed_group", side="G:rebell", unnamed=True),
    "other": Party(name="Deltaland", kind="armed_forces", country="DD", side="S:DD"),
    "osce": Party(name="OSZE", kind="organisation", side="O:OSZE"),
    "un": Party(name="UNHCR", kind="organisation", side="O:UN"),
    "civilians": Party(name="Bewohner", kind="civilians", side="C:"),
    "strangers": Party(name="Bewaffnete", kind="group", side="?:Bewaffnete"),
}
_DEFAULT: dict[str, Any] = {
    "type": "ASSAULT", "mode": "shelling", "at": [[50.5, 10.5, "place", "AA"]], "from": "2020-03-10", "to": "2020-03-11",
    "precision": "day", "reported": "2020-03-11", "background": False, "targets": ["beta"], "grade": "claimed",
    "charges": [{"side": "alpha", "by": ["Beta-Front"]}], "responsibility": None, "coordinates": True,
}  # fmt: skip


def cases() -> list[dict[str, Any]]:
    """The cases of ``cases.toml``."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))["case"]
    return found


def incident(**changed: Any) -> Incident:
    """The default incident with some fields changed, in the words of ``cases.toml``."""
    said = {**_DEFAULT, **changed}
    if "from" in changed and "to" not in changed and not changed["from"]:
        said["to"] = ""
    time = None
    if said["from"] or said["to"]:
        time = IncidentTime.model_validate(
            {"from": said["from"] or None, "to": said["to"] or None, "precision": said["precision"]}
        )
    charges = [
        Charge(
            party=SIDES[c["side"]], grade=c.get("grade", "claimed"), by=c.get("by", []), denied_by=c.get("denied", []),
            admitted=c.get("admitted", False), evidence=[("sha256:a", "e1")],
        )
        for c in said["charges"]
    ]  # fmt: skip
    grades = {c.grade for c in charges}
    blamed = "contested" if "contested" in grades else charges[0].grade if charges else None
    return Incident(
        id=said.get("id", "i1"), type=said["type"], mode=said["mode"] or None, title=Both(de="Vorfall", en="Incident"),
        places=[_place(n, *row, said["coordinates"]) for n, row in enumerate(said["at"])], time=time,
        targets=[SIDES[t] for t in said["targets"]], members=_members(charges),
        grade=said["grade"], why=Both(de="", en=""),
        responsibility=Responsibility(
            grade=said["responsibility"] or blamed, charges=charges, by=[b for c in charges for b in c.by],
            accused=[c.party.name for c in charges], denied_by=[d for c in charges for d in c.denied_by],
        ),
        first_reported=said["reported"], last_changed=said["reported"], background=said["background"],
    )  # fmt: skip


def _place(number: int, lat: float, lon: float, precision: str, country: str, coordinates: bool) -> IncidentPlace:
    where = {"lat": lat, "lon": lon} if coordinates else {}
    return IncidentPlace(name=f"Ort {number}", kind=None, country=country, precision=precision, **where)  # type: ignore[arg-type]


def _members(charges: list[Charge]) -> list[Member]:
    speakers = [b for c in charges for b in c.by] or ["dpa"]
    return [
        Member(
            report="sha256:a", name="bericht", event=f"e{n}", type="ASSAULT", trigger=(0, 7), evidence=(0, 20), quote="…",
            origin="o1", voice="attributed", speaker=speaker,
        )
        for n, speaker in enumerate(speakers, 1)
    ]  # fmt: skip

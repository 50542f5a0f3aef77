"""The processor time that it takes to hold 10,000 incidents against all shipped agreements; and again after a change.

python benchmarks/assessing.py [NUMBER]     incidents (default 10,000)

The incidents are made up over the years and countries that the agreements are about: towns of the gazetteer, provinces,
regions and whole countries, all types, with and without time, charges, targets; half of them fall into some zone.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from trucewatch.agreements.assess import assess
from trucewatch.agreements.keep import update
from trucewatch.agreements.load import load, path_of, shipped_names
from trucewatch.incident import Both, Charge, Incident, IncidentPlace, IncidentTime, Member, Party, Responsibility
from trucewatch.knowledge.gazetteer import gazetteer
from trucewatch.knowledge.load import table
from trucewatch.record import MODES
from trucewatch.store import Store
from trucewatch.store import incidents as kept

_COUNTRIES = ("SY", "UA", "AZ", "AM", "LB", "IL", "YE", "ET", "LY", "SD", "IQ", "TR")
_TYPES = ("ASSAULT", "ASSAULT", "ASSAULT", "ADVANCE", "VIOLATE", "COERCE", "HARM", "DAMAGE", "MOBILIZE", "RETREAT", "AID")
_GROUPS = ("Huthi", "Hisbollah", "Haiat Tahrir al-Scham", "Volksbefreiungsfront von Tigray", "Hamas")


def incidents(number: int, seed: int = 1) -> list[Incident]:
    """Made-up incidents, the same for the same seed."""
    dice = random.Random(seed)
    towns = {c: _towns(c) for c in _COUNTRIES}
    provinces = table("regions")["admin1"]
    return [_incident(n, dice, towns, provinces) for n in range(number)]


def _towns(country: str) -> list[IncidentPlace]:
    rows = gazetteer().towns(country)
    return [
        IncidentPlace(name=f"{country} {n}", country=country, lat=row.lat, lon=row.lon, precision="place")
        for n, row in enumerate(rows)
    ]


def _incident(number: int, dice: random.Random, towns: dict, provinces: dict) -> Incident:
    country = dice.choice(_COUNTRIES)
    kind = dice.choice(_TYPES)
    mode = dice.choice([*sorted(MODES[kind]), None])
    where = dice.random()
    if where < 0.6:
        places = [dice.choice(towns[country])]
    elif where < 0.85 and country in provinces:
        name, lat, lon, *_ = dice.choice(provinces[country])
        places = [IncidentPlace(name=name.rstrip("*!"), country=country, lat=lat, lon=lon, precision="admin1")]
    elif where < 0.95:
        places = [IncidentPlace(name=country, country=country, precision="country")]
    else:
        places = []
    day = f"{dice.randint(2015, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 27):02}"
    next_day = day[:-2] + f"{int(day[-2:]) + 1:02}"
    timed = dice.random() < 0.8
    when = IncidentTime.model_validate({"from": day, "to": next_day, "precision": "day"}) if timed else None
    sides = [_side(dice) for _ in range(dice.choice((0, 1, 1, 2)))]
    charges = [
        Charge(party=s, grade="claimed", by=["dpa"], evidence=[("sha256:x", "e1")], admitted=dice.random() < 0.1) for s in sides
    ]
    members = [
        Member(report="sha256:x", name="x", event=f"e{m}", type="ASSAULT", trigger=(0, 1), evidence=(0, 1), origin="o1",
               voice="attributed", speaker="dpa")
        for m in range(1, 4)
    ]  # fmt: skip
    return Incident(
        id=f"i{number:06}", type=kind, mode=mode, title=Both(de="", en=""), places=places, time=when,
        targets=[_side(dice) for _ in range(dice.choice((0, 1, 1)))], members=members,
        grade=dice.choice(("claimed", "reported", "corroborated", "contested")), why=Both(de="", en=""),
        responsibility=Responsibility(grade="claimed" if charges else None, charges=charges), first_reported=next_day,
    )  # fmt: skip


def _side(dice: random.Random) -> Party:
    if dice.random() < 0.6:
        code = dice.choice((*_COUNTRIES, "RU"))
        return Party(name=code, kind="armed_forces", country=code, side=f"S:{code}")
    if dice.random() < 0.5:
        name = dice.choice(_GROUPS)
        return Party(name=name, kind="armed_group", side=f"G:{name}")
    return Party(name="Rebellen", kind="armed_group", side="G:rebell", unnamed=True)


def run(number: int) -> dict[str, float]:
    """Seconds: making zones ready, assessing, keeping in a store, and again after nothing and one thing changed."""
    made = incidents(number)
    start = time.process_time()
    agreements = [load(path_of(name)) for name in shipped_names()]
    figures = {"load_s": time.process_time() - start}
    start = time.process_time()
    results: dict[str, int] = {}
    for finding in assess(made, agreements):
        results[finding.result] = results.get(finding.result, 0) + 1
    figures["assess_s"] = time.process_time() - start
    figures["findings"] = sum(results.values())
    figures["not_outside"] = figures["findings"] - results["outside"]
    with tempfile.TemporaryDirectory() as folder, Store(str(Path(folder) / "a.db")) as store:
        with store.writing() as connection:
            for incident in made:
                kept.save(connection, incident, "link", {}, new=True)
        for name in ("first_s", "again_s"):
            start = time.process_time()
            with store.writing() as connection:
                update(connection, agreements)
            figures[name] = time.process_time() - start
        changed = made[0].model_copy(update={"first_reported": "2021-01-01"})
        with store.writing() as connection:
            kept.save(connection, changed, "link", {})
        start = time.process_time()
        with store.writing() as connection:
            update(connection, agreements)
        figures["one_incident_s"] = time.process_time() - start
    return {**figures, **{f"result {name}": count for name, count in sorted(results.items())}}


def ratios(reference: float, number: int = 300) -> tuple[float, float]:
    """(seconds for assessing so many incidents / seconds of the reference workload, bringing kept findings up to date where
    nothing changed / the first time)."""
    figures = run(number)
    return figures["assess_s"] / reference, figures["again_s"] / figures["first_s"]


if __name__ == "__main__":
    for name, value in run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000).items():
        print(f"{name:>22} {value:,.2f}" if name.endswith("_s") else f"{name:>22} {value:,.0f}")

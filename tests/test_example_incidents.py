"""What the README's commands make of the shipped examples: every incident's grade, sides, denials, admissions and figures.

Written by hand (docs/linking.md); a wrong grade of a shipped example is a wrong first impression.
"""

from __future__ import annotations

import json

import pytest

import trucewatch
from conftest import EXAMPLES, ROOT
from trucewatch.incident import Incident


@pytest.fixture(scope="module")
def incidents() -> list[Incident]:
    """All examples in one store's order: texts by name, then the two sets."""
    reports = []
    for path in EXAMPLES:
        known = json.loads(path.with_name(f"{path.stem}.meta.json").read_text(encoding="utf-8"))
        reports.append({"id": path.stem, "text": path.read_text(encoding="utf-8"), **known})
    for name in ("donbass-2021", "sudan-2024"):
        lines = (ROOT / "examples" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        reports += [json.loads(line) for line in lines if line.strip()]
    return trucewatch.link(reports)


def _of(incidents: list[Incident], name: str, words: str) -> Incident:
    """The incident of a report whose German title begins with ``words``."""
    [found] = [i for i in incidents if i.title.de.startswith(words) and name in {m.name for m in i.members}]
    return found


GRADES = {
    # (a report of it, beginning of its title): (occurrence, responsibility, accused, denied by, admitted by)
    ("don-01", "Schusswaffen: Awdijiwka, ein Toter"): ("claimed", None, [], [], []),
    ("don-03", "Beschuss: Horliwka, 5 Tote"): (
        "claimed", "contested", ["prorussische Separatisten"], ["prorussische Separatisten"], []),
    ("don-06", "Bewegung eingeschränkt: Oleniwka"): ("reported", "reported", ["Separatisten"], [], []),
    ("don-08", "Beschuss: Jasynuwata, ein Toter"): (
        "claimed", "contested", ["ukrainische Armee"], ["ukrainische Armee"], []),
    ("don-10", "Drohne: Jenakijewe, ein Toter"): ("contested", "claimed", ["ukrainische Armee"], [], []),
    ("don-11", "Beschuss: Donezk"): ("confirmed", "confirmed", ["ukrainische Armee"], [], ["Generalstab"]),
    ("don-11", "Beschuss: Pisky"): ("claimed", "claimed", ["Separatisten"], [], []),
    ("don-14", "Beschuss: Krasnohoriwka, 3 Verletzte"): (
        "corroborated", "corroborated", ["Separatisten", "prorussische Separatisten"], [], []),
    ("hafen-1", "Luftangriff: Al-Faschir"): (
        "reported", "contested", ["Armee"], ["sudanesische Armee"], []),
    ("hafen-4", "Beschuss: Al-Faschir, 4 Tote"): ("reported", None, [], [], []),
    ("stadt-1", "Einnahme: Sindscha"): ("contested", "contested", ["Rapid Support Forces"], [], ["Rapid Support Forces"]),
    ("01-idlib-2020", "Luftangriff: Idlib, mindestens 33 Tote"): (
        "reported", "claimed", ["syrische Regierung"], [], []),
    ("02-ostukraine-2021", "Beschuss: Marjinka, 2 Verletzte"): ("claimed", None, [], [], []),
    ("03-libyen-2020", "Beschuss: Tripolis, mindestens 2 Tote"): ("claimed", "contested", ["Truppen"], ["Truppen"], []),
    ("03-libyen-2020", "Waffenruhe hält"): ("claimed", "claimed", ["Truppen"], [], []),
    ("04-bergkarabach-2020", "Beschuss: Gandscha, 13 Tote"): ("claimed", "contested", ["Armenien"], ["Armenien"], []),
    ("04-bergkarabach-2020", "Beschuss: nördlich von Hadrut"): (
        "claimed", "contested", ["aserbaidschanische Armee"], ["aserbaidschanische Regierung"], []),
    ("04-bergkarabach-2020", "Verstoß"): ("claimed", "claimed", ["Aserbaidschan"], [], []),
    ("04-bergkarabach-2020", "Angriff: Agdam"): ("claimed", "claimed", ["armenische Einheiten"], [], []),
    ("06-libanon-2024", "Luftangriff: Süden des Libanons"): (
        "confirmed", "confirmed", ["israelische Luftwaffe"], [], ["israelische Luftwaffe"]),
    ("06-libanon-2024", "Beschuss: "): ("claimed", "claimed", ["israelische Panzer"], [], []),
    ("07-tigray-2022", "Vorrücken"): ("claimed", "claimed", ["Regierungsarmee"], [], []),
    ("07-tigray-2022", "Gefecht"): ("reported", "claimed", ["TPLF"], [], []),
    ("08-kolumbien-2023", "Angriff: Grenze zu Venezuela, 9 Tote"): ("reported", "reported", ["ELN"], [], []),
}  # fmt: skip


@pytest.mark.parametrize(("name", "title"), GRADES, ids=" ".join)
def test_grades_of_the_examples(incidents: list[Incident], name: str, title: str) -> None:
    found = _of(incidents, name, title)
    blamed = found.responsibility
    told = (found.grade, blamed.grade, blamed.accused, blamed.denied_by, blamed.admitted_by)
    assert told == GRADES[name, title]


def test_no_other_example_is_confirmed_or_corroborated(incidents: list[Incident]) -> None:
    """Strong grades are hard to earn: nothing else than what is listed above has one."""
    strong = {i.title.de.split(",")[0] for i in incidents if i.grade in ("confirmed", "corroborated")}
    assert strong == {
        "Beschuss: Donezk",
        "Beschuss: Krasnohoriwka",
        "Luftangriff: Süden des Libanons",
        "Abschuss: äthiopische Luftwaffe",
    }


def test_figures_keep_their_sources(incidents: list[Incident]) -> None:
    market = _of(incidents, "hafen-1", "Luftangriff: Al-Faschir")
    killed = next(loss for loss in market.losses if loss.harm == "killed")
    told = [(h.low, h.source) for h in killed.history]
    assert (12, "Krankenhaus") in told and (15, "Ärzte ohne Grenzen") in told and (17, "Krankenhaus") in told
    assert (market.origins.independent, market.origins.unreviewed, market.origins.copies) == (2, 1, 2)
    horliwka = _of(incidents, "don-03", "Beschuss: Horliwka")
    [dead] = [loss for loss in horliwka.losses if loss.harm == "killed"]
    assert (dead.low, dead.high, [h.low for h in dead.history]) == (5, 5, [4, 4, 5])


def test_the_wars_toll_is_no_dated_acts(incidents: list[Incident]) -> None:
    assert not any("13000" in i.title.de for i in incidents if not i.background)


def test_somebody_speaks_for_every_claim_of_the_market(incidents: list[Incident]) -> None:
    market = _of(incidents, "hafen-1", "Luftangriff: Al-Faschir")
    assert all(m.speaker for m in market.members if m.voice == "attributed")

"""The seed and four wires held against the three Idlib agreements: what is to come out, from the agreements' words.

Written down from our paraphrases before the program was asked:

- Astana (2017) ends hostilities between the government and the opposition that joined. An attack on Turkish soldiers is
  none of that: a guarantor's men are no conflicting party.
- Sochi (2018), para. 2: Russia sees to it that Idlib is spared attacks by the government, its allies and itself; para. 9: a
  lasting ceasefire in the area, for all sides. The strike of 27 February is in the area. Turkey blames Damascus, Russia
  denies a part in it: contested, nothing more.
- Turkish retaliation: para. 2 is not about Turkey's acts; para. 9 is, where the place is in the area for certain.
- An attack by Haiat Tahrir al-Scham: the group is bound by none of the texts.
- Moscow (2020) holds from 6 March on: all of this is before.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from trucewatch import link
from trucewatch.agreements.assess import assess
from trucewatch.agreements.load import chosen
from trucewatch.finding import Finding
from trucewatch.incident import Incident

SHARED = Path(__file__).parent.parent.parent / "shared" / "gold"
TEXTS = {f"wire-de-0{n}": (SHARED / "dev" / f"wire-de-0{n}.txt", f"2020-02-{29 if n == 4 else 28}") for n in range(1, 5)}
TEXTS["seed"] = (SHARED / "seed" / "idlib-2020-02-28.txt", "2020-02-28")
RANK = ("outside", "not_covered", "exempt", "undetermined", "alleged", "contested", "corroborated", "admitted")

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not (SHARED / "seed").is_dir(), reason="needs the shared gold beside the checkout"),
]


@cache
def found() -> tuple[list[Incident], dict[tuple[str, str, str], Finding]]:
    rows = [
        {"id": name, "text": path.read_text(encoding="utf-8"), "published": day} for name, (path, day) in TEXTS.items()
    ]
    incidents = link(rows)
    findings = assess(incidents, chosen(["idlib"]))
    return incidents, {(f.incident, f.agreement, f.provision): f for f in findings}


def the(kind: str, *words: str) -> Incident:
    """The incident of this type in whose members all of the words stand."""
    for incident in found()[0]:
        quotes = " ".join(m.quote for m in incident.members)
        if incident.type == kind and all(w in quotes for w in words):
            return incident
    raise AssertionError(f"no incident {kind} {words}")


def result(incident: Incident, agreement: str, provision: str) -> str:
    return found()[1][incident.id, f"idlib-{agreement}", provision].result


def results(incident: Incident, agreement: str) -> set[str]:
    return {f.result for (i, a, _), f in found()[1].items() if i == incident.id and a == f"idlib-{agreement}"}


def test_the_strike_on_turkish_soldiers() -> None:
    strike = the("ASSAULT", "mindestens 33 türkische Soldaten")
    assert {m.name for m in strike.members} == set(TEXTS)
    assert results(strike, "astana-2017") == {"not_covered"}
    assert result(strike, "sochi-2018", "no-attack-on-idlib") == "contested"
    assert result(strike, "sochi-2018", "lasting-ceasefire") == "contested"
    assert results(strike, "sochi-2018") == {"not_covered", "contested"}
    assert results(strike, "moscow-2020") == {"outside"}
    finding = found()[1][strike.id, "idlib-sochi-2018", "no-attack-on-idlib"]
    # Each side once, by who first spoke for it: Turkey's governor in the first wire, its government in the seed.
    assert finding.by == ["Rahmi Dogan", "russisches Verteidigungsministerium"]
    accused = [c for c in strike.responsibility.charges if c.party.side == "S:SY"]
    told = [m.speaker for m in strike.members if (m.report, m.event) in accused[0].evidence]
    assert {"Türkei", "Rahmi Dogan"} <= set(told)
    assert finding.parties == ["syria"] and finding.share_inside == 1.0
    assert finding.missing == ["agreement_of_sources"]
    assert "Verteidigungsministerium" in finding.reasons[-1].because.de  # who contests is named


def test_the_turkish_strikes_of_the_night() -> None:
    """Only Syria is told: possibly in the area, and never more."""
    answer = the("ASSAULT", "Ankara greift Ziele in Syrien an")
    assert results(answer, "astana-2017") == {"not_covered"}
    assert result(answer, "sochi-2018", "no-attack-on-idlib") == "not_covered"
    assert result(answer, "sochi-2018", "lasting-ceasefire") == "undetermined"
    share = found()[1][answer.id, "idlib-sochi-2018", "lasting-ceasefire"].share_inside
    assert share is not None and 0 < share < 0.1
    assert results(answer, "moscow-2020") == {"outside"}


def test_the_retaliation_that_the_seed_tells_of() -> None:
    answer = the("ASSAULT", "startete Vergeltungsangriffe")
    assert result(answer, "sochi-2018", "no-attack-on-idlib") == "not_covered"
    assert RANK.index(result(answer, "sochi-2018", "lasting-ceasefire")) <= RANK.index("alleged")
    assert results(answer, "astana-2017") == {"not_covered"}


def test_the_attack_that_is_said_to_have_come_before() -> None:
    """Hearsay about a group that is bound by none of the texts."""
    before = the("ASSAULT", "sollen zuvor syrische Truppen angegriffen haben")
    for agreement in ("astana-2017", "sochi-2018", "moscow-2020"):
        assert results(before, agreement) <= {"not_covered", "outside"}


def test_the_advance_of_the_past_weeks() -> None:
    """In the area for certain; when, and against whom, is told too vaguely for more than undetermined."""
    advance = the("ADVANCE", "weiter in dem Gebiet vorgerückt")
    assert result(advance, "sochi-2018", "no-attack-on-idlib") in ("undetermined", "alleged")
    assert found()[1][advance.id, "idlib-sochi-2018", "no-attack-on-idlib"].share_inside == 1.0


def test_the_offensive_that_stoltenberg_spoke_of() -> None:
    """No place, no time: undetermined, and it is his word."""
    offensive = the("ADVANCE", "Offensive zu stoppen")
    finding = found()[1][offensive.id, "idlib-sochi-2018", "no-attack-on-idlib"]
    assert finding.result == "undetermined" and finding.by == ["Jens Stoltenberg"]


def test_the_drones_that_damascus_denies() -> None:
    drones = the("ASSAULT", "Türkische Drohnen zerstörten")
    finding = found()[1][drones.id, "idlib-sochi-2018", "lasting-ceasefire"]
    assert RANK.index(finding.result) <= RANK.index("contested")
    assert finding.share_inside is not None and finding.share_inside < 1.0  # south of Aleppo: possibly inside


def test_what_is_elsewhere_is_outside() -> None:
    border = the("COERCE", "Migranten")
    care = the("AID", "in Krankenhäusern in der Türkei")
    for incident in (border, care):
        for agreement in ("astana-2017", "sochi-2018", "moscow-2020"):
            assert results(incident, agreement) == {"outside"}


def test_no_finding_claims_more_than_its_sources() -> None:
    incidents, findings = found()
    known = {i.id: i for i in incidents}
    for finding in findings.values():
        incident = known[finding.incident]
        events = {(m.report, m.event) for m in incident.members}
        for reason in finding.reasons:
            assert all((e.report, e.event) in events for e in reason.evidence)
        if RANK.index(finding.result) < RANK.index("alleged"):
            continue
        blamed = incident.responsibility
        said = {m.speaker for m in incident.members} | {*blamed.by, *blamed.admitted_by}
        assert finding.by and set(finding.by) <= said | {a.name for a in incident.actors}
        assert all(r.holds is True for r in finding.reasons if r.test in ("time", "place", "act", "party"))
        if finding.result == "corroborated":
            assert any(c.grade == "corroborated" for c in incident.responsibility.charges)
        if finding.result == "admitted":
            assert incident.responsibility.admitted_by

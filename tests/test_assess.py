"""Findings: every boundary of party, place, time, act, exception and grade, and what may never happen."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessed import RIVER, SIDES, cases, incident
from trucewatch.agreements.assess import Facts, Rule, assess
from trucewatch.agreements.load import load
from trucewatch.finding import RESULTS, Finding, Reason, result_of
from trucewatch.incident import Both

AGREEMENT = load(RIVER)
RULES = {p.id: Rule(AGREEMENT, p) for p in AGREEMENT.provisions}
_EXPECTED = ("name", "expect", "holds", "share", "missing", "bearing", "parties", "by")
_HOLDS = {"yes": True, "no": False, "unknown": None}


def told(case: dict[str, Any]) -> dict[str, Any]:
    """What a case says of the incident, without what is expected of the finding."""
    return {key: value for key, value in case.items() if key not in _EXPECTED}


def found(provision: str = "ceasefire", **changed: Any) -> Finding:
    return RULES[provision].finding(Facts(incident(**changed)))


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["name"])
def test_case(case: dict[str, Any]) -> None:
    finding = found(**told(case))
    reasons = {r.test: r.holds for r in finding.reasons}
    assert finding.result == case["expect"], [(r.test, r.holds, r.because.en) for r in finding.reasons]
    for test, holds in case.get("holds", {}).items():
        assert reasons[test] is _HOLDS[holds], test
    if "share" in case:
        low, high = case["share"]
        assert finding.share_inside is not None and low <= finding.share_inside <= high
    if "bearing" in case:
        assert finding.bearing == (case["bearing"] or None)
    for name in ("missing", "parties", "by"):
        if name in case:
            assert getattr(finding, name) == case[name]
    Finding.model_validate_json(finding.model_dump_json())


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 80
    assert {c["expect"] for c in cases()} == set(RESULTS)
    assert len({c["name"] for c in cases()}) == len(cases())


def test_all_provisions_are_asked_in_their_order() -> None:
    findings = list(assess([incident()], AGREEMENT))
    assert [f.provision for f in findings] == [p.id for p in AGREEMENT.provisions]
    assert {f.incident for f in findings} == {"i1"}


def test_a_chain_ends_at_the_first_test_that_fails() -> None:
    finding = found(**{"from": "2019-03-01", "to": "2019-03-02"})
    assert [r.test for r in finding.reasons] == ["time"]
    assert [r.test for r in found(at=[[10.0, 10.0, "place", "AA"]]).reasons] == ["time", "place"]


def test_reasons_are_sentences_in_both_languages_with_their_evidence() -> None:
    for reason in found().reasons:
        assert reason.because.de.endswith(".") and reason.because.en.endswith(".")
        assert reason.because.de != reason.because.en
        if reason.test in ("act", "party", "grade"):
            assert reason.evidence and reason.evidence[0].report == "sha256:a"


def test_who_denies_is_named_beside_who_accuses() -> None:
    finding = found(charges=[{"side": "alpha", "by": ["Beta-Front"], "denied": ["Alphaland"], "grade": "contested"}])
    grade = finding.reasons[-1]
    assert "Beta-Front" in grade.because.de and "dagegen: Alphaland" in grade.because.de
    assert finding.by == ["Beta-Front"]


def test_no_finding_speaks_of_guilt() -> None:
    for case in cases():
        text = found(**told(case)).model_dump_json().lower()
        assert "schuldig" not in text and "guilt" not in text and "violated" not in text


# --- what follows from the reasons alone ------------------------------------------------------------------------------

_TESTS = ("time", "place", "act", "party", "exception")
_VALUES = ("alleged", "contested", "corroborated", "admitted", None)


def _reasons(holds: tuple[bool | None, ...], value: Any) -> list[Reason]:
    nothing = Both(de="", en="")
    found = [Reason(test=t, holds=h, because=nothing) for t, h in zip(_TESTS, holds, strict=True)]  # type: ignore[arg-type]
    return [*found, Reason(test="grade", holds=None if value == "alleged" else True, value=value, because=nothing)]


def test_what_cannot_be_told_never_says_more() -> None:
    """Over all combinations: an unknown anywhere gives undetermined, alleged or contested at most (ledgers, section 3)."""
    for holds, value in product(product((True, False, None), repeat=5), _VALUES):
        result = result_of(_reasons(holds, value))
        if None in holds and result not in ("outside", "not_covered", "exempt"):
            assert result in ("undetermined", "alleged", "contested"), (holds, value)


def test_widening_never_lifts_a_result() -> None:
    """To know less of one test never turns undetermined into corroborated or admitted, whatever else is known."""
    for holds, value in product(product((True, False, None), repeat=5), _VALUES):
        before = result_of(_reasons(holds, value))
        for at in range(5):
            less = (*holds[:at], None, *holds[at + 1 :])
            after = result_of(_reasons(less, value))
            if before == "undetermined" or holds[at] is not None:
                assert after not in ("corroborated", "admitted"), (holds, less, value)


@given(
    lat=st.floats(49.5, 51.5), lon=st.floats(9.5, 11.5), grade=st.sampled_from(("claimed", "corroborated", "confirmed")),
    wide=st.sampled_from(("place", "admin2", "region")),
)  # fmt: skip
def test_a_wider_place_never_says_more(lat: float, lon: float, grade: str, wide: str) -> None:
    charge = {"side": "alpha", "by": ["UN", "OSZE"], "grade": "corroborated"}
    narrow = found(at=[[lat, lon, "exact", "AA"]], grade=grade, charges=[charge])
    wider = found(at=[[lat, lon, wide, "AA"]], grade=grade, charges=[charge])
    if narrow.result == "undetermined":
        assert wider.result == "undetermined"
    if narrow.result == "outside":
        assert wider.result in ("outside", "undetermined")
    assert narrow.share_inside is None or 0.0 <= narrow.share_inside <= 1.0


@given(start=st.integers(0, 400), days=st.integers(1, 5), more=st.integers(0, 60))
def test_a_longer_time_never_says_more(start: int, days: int, more: int) -> None:
    import datetime as dt

    first = dt.date(2019, 11, 1) + dt.timedelta(days=start)
    charge = {"side": "alpha", "by": ["UN", "OSZE"], "grade": "corroborated"}
    results = [
        found(**{"from": (first - dt.timedelta(days=m)).isoformat(), "to": (first + dt.timedelta(days=days + m)).isoformat()},
              precision="longer", grade="corroborated", charges=[charge], reported="2021-06-01").result
        for m in (0, more)
    ]  # fmt: skip
    if results[0] != "corroborated":
        assert results[1] != "corroborated"


def test_the_same_incident_gives_the_same_bytes() -> None:
    one, other = ([f.model_dump_json() for f in assess([incident()], load(RIVER))] for _ in range(2))
    assert one == other


def test_an_incident_of_an_older_version_is_assessed_by_the_names_that_it_has() -> None:
    old = incident()
    old.responsibility.charges = []
    old.actors = [SIDES["alpha"].model_copy(update={"side": None})]
    assert RULES["ceasefire"].finding(Facts(old)).result == "alleged"

"""Promises, demands and threats over many reports (ledgers, section 2), and the incidents that show what became of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_promises import PROMISES, Reports, incidents
from ledger_texts import told
from trucewatch import read
from trucewatch.agreements.promises import due, promises
from trucewatch.contact import Promise
from trucewatch.reporting.contact_text import ContactText

ULTIMATUM = [
    (
        "2020-11-02",
        "Aserbaidschan hat Armenien ein Ultimatum gestellt: Bis Freitag müssten die Truppen aus Latschin abziehen.",
    )
]
TRUCE = [("2020-11-10", "Armenien und Aserbaidschan einigten sich auf eine Waffenruhe in Berg-Karabach.")]


def found(promise: Promise) -> dict[str, Any]:
    """What the cases expect of a promise."""
    return {
        "state": promise.state, "kind": promise.kind, "deadline": promise.deadline, "type": promise.what.type,
        "by": promise.by[0].name if promise.by else None, "to": promise.to[0].name if promise.to else None,
        "lines": len(promise.history), "late": promise.late,
        "says": next((h.source for h in promise.history if h.incident), None),
    }  # fmt: skip


@pytest.mark.parametrize(("name", "reports", "happened", "wanted"), PROMISES, ids=[p[0] for p in PROMISES])
def test_promise(name: str, reports: Reports, happened: Reports, wanted: dict[str, Any]) -> None:
    today = wanted.get("today")
    (promise,) = promises(told(reports), incidents(happened), dt.date.fromisoformat(today) if today else None)
    assert {k: found(promise)[k] for k in wanted if k != "today"} == {k: v for k, v in wanted.items() if k != "today"}


ENTRIES = told([r for _, reports, _, _ in PROMISES for r in dict.fromkeys(reports)])
INCIDENTS = incidents(list(dict.fromkeys(r for _, _, happened, _ in PROMISES for r in happened)))


@settings(max_examples=25, deadline=None)
@given(st.permutations(ENTRIES), st.permutations(INCIDENTS))
def test_the_order_does_not_matter(mixed: list[Any], happened: list[Any]) -> None:
    assert promises(mixed, happened) == promises(ENTRIES, INCIDENTS)


def test_without_an_incident_nothing_is_met_or_broken() -> None:
    assert {p.state for p in promises(ENTRIES)} <= {"open", "overdue", "withdrawn"}


def test_met_says_on_whose_word() -> None:
    said = (
        "Eriwan (dpa) - Armenische Truppen haben sich am Donnerstag aus Latschin "
        "zurückgezogen, teilte das armenische Verteidigungsministerium mit."
    )
    (promise,) = promises(told(ULTIMATUM), incidents([("2020-11-05", said)]))
    (line,) = [h for h in promise.history if h.incident]
    assert (promise.state, line.state, line.voice, line.source) == (
        "met", "met", "attributed", "armenisches Verteidigungsministerium",
    )  # fmt: skip


def test_met_is_contested_where_the_happening_is() -> None:
    said = (
        "Eriwan (dpa) - Armenische Truppen haben sich am Donnerstag aus Latschin "
        "zurückgezogen, teilte das armenische Verteidigungsministerium mit."
    )
    shown = [i.model_copy(update={"grade": "contested"}) for i in incidents([("2020-11-05", said)])]
    (promise,) = promises(told(ULTIMATUM), shown)
    assert promise.state == "contested"


def test_an_attack_breaks_no_promise_of_somebody_else() -> None:
    attack = "Baku (dpa) - Die türkische Armee hat am Donnerstag Stellungen in Berg-Karabach beschossen."
    (promise,) = promises(told(TRUCE), incidents([("2020-11-12", attack)])) or [None]
    assert promise is None or promise.state == "open"


SPARED = [("2022-11-01", "Russland sagte zu, bis zum 20. November keine Getreideschiffe in Odessa anzugreifen.")]


def test_broken_on_the_reports_own_word() -> None:
    attack = "Odessa (dpa) - Russische Truppen haben am Samstag den Hafen von Odessa beschossen."
    (promise,) = promises(told(SPARED), incidents([("2022-11-05", attack)]), dt.date(2022, 12, 1))
    assert (promise.kind, promise.state, promise.what.negative) == ("promise", "broken", True)


def test_an_accusation_alone_breaks_nothing() -> None:
    attack = "Odessa (dpa) - Russische Truppen haben am Samstag Odessa beschossen, teilte die ukrainische Armee mit."
    (promise,) = promises(told(SPARED), incidents([("2022-11-05", attack)]), dt.date(2022, 12, 1))
    assert promise.state == "open"
    assert [(h.state, h.source) for h in promise.history][1:] == [("alleged", "ukrainische Armee")]


@pytest.mark.parametrize(
    ("published", "text", "deadline"),
    [
        (
            "2022-11-01",
            "Die Türkei forderte die syrischen Truppen auf, sich bis Freitag aus Idlib zurückzuziehen.",
            "2022-11-05",
        ),
        ("2022-11-01", "Die Huthi-Rebellen kündigten an, den Hafen von Hodeida bis Samstag zu räumen.", "2022-11-06"),
        (
            "2020-02-10",
            "Äthiopien hatte Eritrea ein Ultimatum bis Ende Februar gestellt: Bis dahin müssten die Truppen aus Badme abziehen.",
            "2020-03-01",
        ),
        ("2020-02-10", "Äthiopien hat Eritrea ein Ultimatum bis Ende Februar gestellt.", "2020-03-01"),
    ],
)
def test_deadlines(published: str, text: str, deadline: str) -> None:
    (promise,) = promises(told([(published, text)]))
    assert (promise.deadline, promise.state) == (deadline, "open")


def test_who_is_to_force_whom() -> None:
    """Before a pronoun in the middle of a clause only the subject stands."""
    text = "Erdogan stellte Syrien ein Ultimatum bis Freitag. Andernfalls werde die Türkei sie zum Rückzug zwingen."
    record = read(text, published="2020-02-10")
    (force,) = [e for e in record.events if e.type == "COERCE"]
    assert [a.name for a in record.actors if a.id in force.actors] == ["Türkei"]


def test_due() -> None:
    given_ = promises(told([*ULTIMATUM, *PROMISES[0][1]]), today=dt.date(2020, 11, 3))
    assert [p.deadline for p in due(given_, dt.date(2020, 11, 5))] == []
    assert [p.deadline for p in due(given_, dt.date(2020, 11, 6))] == ["2020-11-07"]


def test_no_claim_becomes_the_reports_own_word() -> None:
    entries = {(e.sha, e.event): e for e in ENTRIES if e.kind == "promise"}
    for promise in promises(ENTRIES, INCIDENTS):
        for line in promise.history:
            if line.incident is None:
                entry = entries[line.report, line.event]
                assert (line.voice, line.source, line.quote) == (entry.voice, entry.word_of, entry.quote)
            else:
                incident = next(i for i in INCIDENTS if i.id == line.incident)
                member = next(m for m in incident.members if m.event == line.event)
                assert (line.voice, line.quote) == (member.voice, member.quote)
                assert line.voice == "reporter" or line.source == member.speaker


@pytest.mark.parametrize(("language", "words"), [("de", "überfällig seit"), ("en", "overdue since")])
def test_listing(language: Any, words: str) -> None:
    today = dt.date(2020, 11, 9)
    text = "".join(ContactText(language).promises(promises(told(ULTIMATUM), today=today), today, history=True))
    assert words in text and "Aserbaidschan" in text and "7" in text

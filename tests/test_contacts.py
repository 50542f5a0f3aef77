"""Contacts over many reports (ledgers, section 2): states, sources, times, and that no order of reports matters."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_texts import ALL_REPORTS, CHAINS, UA, told
from trucewatch.agreements.contacts import contacts
from trucewatch.agreements.ledger_entries import dump, load
from trucewatch.contact import Contact
from trucewatch.reporting.contact_text import ContactText

CALL = "Moskau (dpa) - Putin und Selenskyj haben nach Angaben des Kremls am Freitag telefoniert." + UA
DENIAL = (
    "Kiew (dpa) - Nach Angaben des ukrainischen Präsidialamts hat es am Freitag kein "
    "Telefonat von Selenskyj mit Putin gegeben." + UA
)


def found(contact: Contact) -> dict[str, Any]:
    """What the chains expect of a contact."""
    return {
        "state": contact.state, "level": contact.level, "form": contact.form, "topic": contact.topic,
        "lines": len(contact.history), "keys": {p.country for p in contact.participants},
        "outcome": [o.mode for o in contact.outcome], "from": contact.time.from_ if contact.time else None,
        "place": contact.place.name if contact.place else None,
    }  # fmt: skip


@pytest.mark.parametrize(("name", "reports", "wanted"), CHAINS, ids=[c[0] for c in CHAINS])
def test_chain(name: str, reports: list[tuple[str, str]], wanted: dict[str, Any]) -> None:
    today = wanted.get("today")
    given_ = contacts(told(reports), dt.date.fromisoformat(today) if today else None)
    first = next(c for c in given_ if c.history[0].name == "r1")
    assert {k: found(first)[k] for k in wanted if k != "today"} == {k: v for k, v in wanted.items() if k != "today"}
    others = [c for c in given_ if c is not first]
    assert all(c.form == "phone" and c.level == "heads" for c in others), "a chain became two contacts"


ENTRIES = told(ALL_REPORTS)


@settings(max_examples=25, deadline=None)
@given(st.permutations(ENTRIES))
def test_the_order_of_entries_does_not_matter(mixed: list[Any]) -> None:
    assert contacts(mixed) == contacts(ENTRIES)


def test_the_same_reports_give_the_same_bytes() -> None:
    assert [c.to_json() for c in contacts(told(ALL_REPORTS))] == [c.to_json() for c in contacts(ENTRIES)]


def test_entries_survive_as_json() -> None:
    assert [load(dump(e)) for e in ENTRIES] == ENTRIES


def test_ids_stay_while_reports_come_in() -> None:
    for _, reports, _ in CHAINS:
        ids = [next(iter(contacts(told(reports[:n])))).id for n in range(1, len(reports) + 1)]
        assert ids[0] in {c.id for c in contacts(told(reports))}


def test_an_earlier_report_that_comes_later_leaves_the_id() -> None:
    reports = [
        ("2021-11-09", "Moskau (dpa) - Putin und Selenskyj haben nach Angaben des Kremls ein Treffen vereinbart." + UA)
    ]
    words = "Kiew (dpa) - Selenskyj hat Kremlchef Putin ein Treffen vorgeschlagen, teilte sein Büro am Freitag mit."
    earlier = ("2021-11-05", words + UA)
    (before,), (after,) = contacts(told(reports)), contacts(told([*reports, earlier]))
    assert before.id == after.id
    assert [h.state for h in after.history] == ["proposed", "agreed"]


def test_no_claim_becomes_the_reports_own_word() -> None:
    """Every line has the voice and the source of its event."""
    by_event = {(e.sha, e.event): e for e in ENTRIES if e.kind == "contact"}
    for contact in contacts(ENTRIES):
        for line in contact.history:
            entry = by_event[line.report, line.event]
            assert (line.voice, line.quote, line.evidence) == (entry.voice, entry.quote, entry.evidence)
            if line.voice == "reporter":
                assert line.source == entry.outlet
            elif entry.source is not None:
                assert line.source == entry.source.name
            else:
                assert line.source is None


def test_a_call_that_one_side_denies_keeps_both_versions() -> None:
    (contact,) = contacts(told([("2021-11-05", CALL), ("2021-11-05T20:00", DENIAL)]))
    assert [(h.state, h.voice) for h in contact.history] == [("held", "attributed"), ("denied", "attributed")]
    assert len({h.source for h in contact.history}) == 2


def test_two_calls_on_two_days_are_two() -> None:
    again = "Moskau (dpa) - Putin und Selenskyj haben nach Angaben des Kremls am Dienstag telefoniert." + UA
    assert len(contacts(told([("2021-11-05", CALL), ("2021-11-09", again)]))) == 2


def test_heads_and_ministers_are_two_contacts() -> None:
    heads = "Moskau (dpa) - Putin und Erdogan haben am Freitag über die Gefechte in Idlib telefoniert."
    ministers = (
        "Moskau (dpa) - Die Außenminister Russlands und der Türkei haben am Freitag über "
        "die Gefechte in Idlib telefoniert."
    )
    levels = {c.level for c in contacts(told([("2020-02-28", heads), ("2020-02-28", ministers)]))}
    assert levels == {"heads", "ministers"}


def test_other_persons_of_the_same_sides_are_another_call() -> None:
    one = "Moskau (dpa) - Lawrow und Cavusoglu haben am Freitag über die Gefechte in Idlib telefoniert."
    other = "Moskau (dpa) - Putin und Erdogan haben am Freitag über die Gefechte in Idlib telefoniert."
    assert len(contacts(told([("2020-02-28", one), ("2020-02-28", other)]))) == 2


def test_a_meeting_of_one_side_alone_is_no_contact() -> None:
    assert contacts(told([("2020-02-28", "Erdogan berief in Ankara wegen der Gefechte eine Krisensitzung ein.")])) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_listing(language: Any) -> None:
    text = "".join(ContactText(language).contacts(contacts(told(CHAINS[1][1])), history=True))
    assert "Wolodymyr Selenskyj" in text and "Istanbul" in text and "Kreml" in text and "r3:e" in text
    assert ("fand statt" if language == "de" else "took place") in text
    assert "".join(ContactText(language).contacts([])).strip()

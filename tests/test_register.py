"""The register: sizes, consistency, look-ups by name, adjective, people, date."""

from __future__ import annotations

import re
import time

import pytest

from trucewatch.knowledge.register import Entity, Official, register


def test_register_is_as_large_as_promised() -> None:
    known = register()
    kinds = [e.kind for e in known.entities.values()]
    assert len(known.states) >= 195
    assert kinds.count("armed_group") >= 120
    assert kinds.count("organisation") + kinds.count("armed_forces") >= 100
    assert kinds.count("media") >= 90
    assert len(known.officials) >= 220


def test_wikidata_ids_are_well_formed_and_used_once() -> None:
    known = register()
    ids = [e.wikidata for e in known.entities.values() if e.wikidata] + [
        o.wikidata for o in known.officials.values() if o.wikidata
    ]
    assert all(re.fullmatch(r"Q\d+", i) for i in ids)
    assert len(ids) == len(set(ids))


def test_terms_name_states_or_entries_and_run_forwards() -> None:
    known = register()
    free = {"Sinn Féin"}
    for official in known.officials.values():
        assert official.terms, official.name
        for term in official.terms:
            assert term.of in known.states or term.of in known.entities or term.of in free, (official.name, term.of)
            assert re.fullmatch(r"\d{4}(-\d\d)?", term.start) and re.fullmatch(r"(\d{4}(-\d\d)?)?", term.end)
            assert not term.end or term.start[:4] <= term.end[:4], official.name


@pytest.mark.parametrize(
    ("word", "name", "kind"),
    [
        ("Syriens", "Syrien", "state"),
        ("Hisbollah", "Hisbollah", "armed_group"),
        ("IS", "Islamischer Staat", "armed_group"),
        ("UNO", "Vereinte Nationen", "organisation"),
        ("Kreml", "Kreml", "government"),
        ("Ankara", "Ankara", "government"),
        ("Reuters", "Reuters", "media"),
    ],
)
def test_one_word_names(word: str, name: str, kind: str) -> None:
    found = register().word(word)
    assert isinstance(found, Entity)
    assert (found.name, found.kind) == (name, kind)


@pytest.mark.parametrize("word", ["is", "un", "tisch", "Abend", ""])
def test_everyday_words_are_no_names(word: str) -> None:
    assert register().word(word) is None


@pytest.mark.parametrize(
    ("words", "length", "name"),
    [
        ("Vereinten Nationen", 2, "Vereinte Nationen"),
        ("Islamischen Staates in", 2, "Islamischer Staat"),
        ("Recep Tayyip Erdogan sagte", 3, "Recep Tayyip Erdogan"),
        ("Roten Kreuzes", 2, "Internationales Komitee vom Roten Kreuz"),
        ("Nationale Armee", 0, ""),
    ],
)
def test_longer_names_in_any_case(words: str, length: int, name: str) -> None:
    found = register().name_at(words.split(), 0)
    assert (found[0], found[1].name) == (length, name) if found else length == 0


def test_adjectives_and_peoples() -> None:
    known = register()
    assert known.adjective("türkischen") == "TR"
    assert known.adjective("Moskauer") == "RU"
    assert known.adjective("schrecklichen") is None
    assert known.demonyms["syrern"] == "SY" and known.demonyms["britinnen"] == "GB"


def test_office_holders_by_date() -> None:
    known = register()
    holder = known.holder("president", "US", "2012-05-01")
    assert isinstance(holder, Official) and holder.name == "Barack Obama"
    later = known.holder("president", "US", "2018-05-01")
    assert later is not None and later.name == "Donald Trump"
    assert known.holder("president", "US", None) is None
    term = known.officials["Wladimir Putin"].term("2010-01-01")
    assert term is not None and term.role == "head"


def test_register_is_built_fast() -> None:
    begun = time.perf_counter()
    register.__wrapped__()
    assert time.perf_counter() - begun < 0.6  # about 0.1 s on an idle machine

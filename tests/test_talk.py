"""Acts of speech as a reader meets them: who says what to whom, and what a pure word of saying is worth."""

from __future__ import annotations

import trucewatch
from trucewatch.record import Event, Record

_AROUND = " Die Armee tötete zehn Rebellen bei einem Luftangriff."


def _read(text: str) -> Record:
    return trucewatch.read(text + _AROUND, published="2020-02-28")


def _only(record: Record, kind: str) -> Event:
    found = [e for e in record.events if e.type == kind]
    assert len(found) == 1, [(e.type, e.rule) for e in record.events]
    return found[0]


def _names(record: Record, ids: list[str]) -> list[str]:
    return [a.name for a in record.actors if a.id in ids]


def test_fronted_object_is_not_the_speaker() -> None:
    record = _read("Die Offensive der Truppen verurteilte Präsident Macron scharf.")
    assert _names(record, _only(record, "ACCUSE").actors) == ["Emmanuel Macron"]


def test_ending_of_a_word_is_a_part_only_at_a_joint() -> None:
    record = _read("Die internationale Gemeinschaft und die Afrikanische Union verurteilten den Putsch.")
    assert _only(record, "ACCUSE").mode is None  # "Gemeinschaft" does not end in "Haft"


def test_name_of_a_state_in_the_genitive_acts() -> None:
    record = _read("Die Minister einigten sich unter Vermittlung Russlands auf eine Feuerpause.")
    assert _names(record, _only(record, "CONSULT").actors) == ["Russland"]


def test_where_they_met_is_not_what_they_agreed() -> None:
    record = _read("Die Minister einigten sich auf einem Treffen in Innsbruck auf einen Austausch von Gefangenen.")
    assert _only(record, "AGREE").mode == "prisoner_exchange"
    assert _only(record, "CONSULT").status == "occurred"


def test_addressee_of_a_demand_is_not_what_hangs_on_a_noun() -> None:
    record = _read("Ein Sprecher von Amnesty International forderte von der syrischen Regierung eine Untersuchung.")
    assert _names(record, _only(record, "REQUEST").targets) == ["syrische Regierung"]


def test_statement_whose_content_holds_no_event() -> None:
    record = _read("Außenminister Lawrow sagte, sein Land suche mit niemandem eine Konfrontation in der Region.")
    event = _only(record, "STATE")
    assert event.mode == "assert" and _names(record, event.actors) == ["Sergej Lawrow"]
    assert event.voice.kind == "reporter"


def test_statement_that_only_passes_on_an_event_is_none() -> None:
    record = _read("Außenminister Lawrow sagte, die Rebellen hätten am Montag ein Dorf beschossen.")
    assert not [e for e in record.events if e.type == "STATE"]


def test_pledge_is_in_the_voice_of_the_reporter() -> None:
    record = _read("Die Nato sicherte der Ukraine ihre Solidarität zu.")
    assert _only(record, "SUPPORT").voice.kind == "reporter"


def test_what_is_refused_stays_open() -> None:
    record = _read("Die Regierung lehnte den Abzug ihrer Soldaten ab.")
    assert _only(record, "REJECT").mode == "refusal"
    assert _only(record, "RETREAT").status == "possible"

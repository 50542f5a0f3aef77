"""An old act told in a new frame keeps its own time, or none; what is told of a period is no single act's (codebook 13.35)."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Event

FORCE = ("ASSAULT", "HARM", "ADVANCE", "DAMAGE")


def force(text: str, published: str = "2024-05-15") -> list[Event]:
    return [e for e in trucewatch.read(text, published=published).events if e.type in FORCE]


@pytest.mark.parametrize(
    "text",
    [
        "Marib (dpa) - Der Rat der Stämme verurteilte am Dienstag den Raketenangriff auf Marib.",
        "Genf (AFP) - Die Gesandte sprach am Dienstag in Genf über die Luftangriffe auf Taiz.",
        "Goma (dpa) - Die Regierung bestritt am Dienstag den Angriff auf das Lager bei Goma.",
        "Kabul (AFP) - Hunderte gedachten am Dienstag der Opfer des Anschlags auf eine Schule in Kabul.",
        "Tripolis (dpa) - Der Minister äußerte sich am Dienstag entsetzt über den Beschuss von Misrata.",
        "Den Haag (AP) - Das Tribunal verurteilte den Kommandeur am Dienstag wegen des Massakers von Tolta zu 30 Jahren Haft.",
        "Bagdad (dpa) - Bei der Beerdigung der Opfer des Drohnenangriffs kamen am Dienstag Tausende zusammen.",
        "Kiew (AFP) - Ein Sprecher sagte am Dienstag, russische Truppen hätten das Dorf Wesele beschossen.",
        "Beirut (dpa) - Der Anführer der Miliz drohte am Dienstag mit Raketenangriffen auf Haifa.",
        "Khartum (AFP) - Nach dem Angriff auf den Markt von Omdurman trafen sich am Dienstag Vermittler in Kairo.",
        "Bamako (dpa) - Die Polizei nahm am Dienstag den Drahtzieher des Überfalls auf ein Hotel in Bamako fest.",
    ],
)
def test_the_frames_day_is_not_the_acts(text: str) -> None:
    acts = force(text)
    assert acts and all(e.time is None for e in acts)


@pytest.mark.parametrize(
    "text, day",
    [
        ("Kabul (AFP) - Bei einem Anschlag auf eine Schule wurden am Dienstag zwölf Menschen getötet.", "2024-05-14"),
        ("Gao (dpa) - Dschihadisten verübten am Dienstag einen Überfall auf einen Konvoi bei Gao.", "2024-05-14"),
        ("Homs (dpa) - In Homs kam es am Dienstag zu Gefechten zwischen Armee und Rebellen.", "2024-05-14"),
        ("Mogadischu (dpa) - Ein Anschlag auf ein Hotel hat am Dienstag Mogadischu erschüttert.", "2024-05-14"),
        ("Charkiw (AFP) - Die russische Armee setzte am Dienstag ihre Angriffe auf Charkiw fort.", "2024-05-14"),
        ("Kiew (AFP) - Ein Sprecher sagte am Dienstag, am Montag hätten Truppen das Dorf beschossen.", "2024-05-13"),
        ("Marib (dpa) - Zwei Dörfer wurden am Dienstag Ziel eines Luftangriffs.", "2024-05-14"),
        ("Mossul (dpa) - Am Dienstag erschütterte eine Serie von Anschlägen die Stadt.", "2024-05-14"),
    ],
)
def test_the_acts_own_day_stays(text: str, day: str) -> None:
    assert [e.time.from_ for e in force(text) if e.time is not None] == [day]


@pytest.mark.parametrize(
    "text, day",
    [
        ("Goma (AFP) - Der Miliz wird vorgeworfen, am Freitag ein Dorf bei Sake überfallen zu haben.", "2024-05-10"),
        (
            "Kabul (dpa) - Die UN machen die Taliban für den Anschlag auf eine Schule am Samstag verantwortlich.",
            "2024-05-11",
        ),
        ("Baku (dpa) - Beide Länder beschuldigen sich gegenseitig des Angriffs auf ein Dorf am Freitag.", "2024-05-10"),
    ],
)
def test_what_is_blamed_lies_in_the_past(text: str, day: str) -> None:
    acts = force(text)
    assert [(e.time.from_ if e.time else None, e.status) for e in acts] == [(day, "occurred")]


def test_an_act_named_by_a_frame_and_told_behind_it_is_one() -> None:
    text = (
        "Oslo (dpa) - In der Stadt wurde am Dienstag der Opfer des Anschlags auf ein Ferienlager gedacht. "
        "2011 hatte ein Attentäter dort 77 Menschen getötet."
    )
    (act,) = force(text)
    assert (act.time and act.time.from_, act.background) == ("2011-01-01", True)
    assert [(x.harm, x.low, x.high) for x in act.losses] == [("killed", 77, 77)]


def test_years_between_and_memorials_make_background() -> None:
    text = "Jolo (AFP) - Drei Jahre nach dem Bombenanschlag auf eine Kathedrale in Jolo hat am Dienstag ein Denkmal eröffnet."
    assert [(e.time, e.background) for e in force(text)] == [(None, True)]
    text = "Erbil (dpa) - Zum Jahrestag des Raketenangriffs auf Erbil kamen am Dienstag Hunderte zusammen."
    assert [(e.time, e.background) for e in force(text)] == [(None, True)]


def test_a_number_before_its_noun_may_be_a_year() -> None:
    text = "Koblenz (dpa) - Die Anklage wirft dem Offizier vor, 2013 Raketen auf Dörfer abgefeuert zu haben."
    (act,) = force(text)
    assert act.time is not None and (act.time.from_, act.count, act.background) == ("2013-01-01", None, True)


def test_losses_of_a_period_are_totals_in_the_background() -> None:
    text = (
        "Bunia (AFP) - Bei Bunia griffen Milizionäre am Dienstag ein Dorf an. "
        "Seit Januar sind in der Provinz nach Angaben der Kirche mehr als 900 Zivilisten getötet worden."
    )
    act, total = force(text)
    assert (act.time and act.time.from_, act.losses, act.background) == ("2024-05-14", [], False)
    assert (total.time and total.time.from_, total.background) == ("2024-01-01", True)
    assert [(x.low, x.high, x.total) for x in total.losses] == [(901, None, True)]


def test_since_january_is_never_to_come() -> None:
    text = "Bunia (AFP) - Am Montag griffen Rebellen ein Dorf an. Seit Januar sind bei Angriffen 900 Zivilisten getötet worden."
    assert not [e for e in force(text, "2025-11-19") if e.time and e.time.from_ and e.time.from_ > "2025-11-19"]


def test_the_losses_of_an_earlier_act_are_not_the_new_ones() -> None:
    text = (
        "Belgorod (dpa) - Einen Tag nach dem Drohnenangriff auf Belgorod mit drei Toten hat die Ukraine am Dienstag "
        "Kursk mit Raketen beschossen. Fünf Menschen starben."
    )
    old, new = force(text)
    assert (old.time, [x.low for x in old.losses]) == (None, [3])
    assert (new.time and new.time.from_, [x.low for x in new.losses]) == ("2024-05-14", [5])


def test_flight_is_no_loss_of_the_act() -> None:
    text = "Solhan (AFP) - Nach einem Angriff auf das Dorf Solhan sind am Dienstag Tausende geflohen."
    act, flight = force(text)
    assert (act.time, act.losses) == (None, [])
    assert (flight.mode, flight.time and flight.time.from_) == ("displaced", "2024-05-14")

"""Short reports linked: what must not become a confession, a second source or a toll of the day (own sentences)."""

from __future__ import annotations

import pytest

from trucewatch.incident import Incident
from trucewatch.linking.take_in import link


def linked(*reports: tuple[str, str]) -> list[Incident]:
    """The incidents of (date, text)."""
    return link([{"text": text, "published": day} for day, text in reports])


GARISSA = "Nairobi (dpa) - Bei einem Anschlag in Garissa sind am Montag 20 Menschen getötet worden. Das teilte die Polizei mit."
NYALA = "Khartum (dpa) - Bei einem Luftangriff auf einen Markt in Nyala sind am Montag 18 Menschen getötet worden."


@pytest.mark.parametrize(
    "correction",
    [
        "Die Polizei hat die Zahl der Toten nach dem Anschlag in Garissa vom Montag berichtigt: Zwölf Menschen seien gestorben.",
        "Die Polizei korrigierte die Zahl der Toten nach dem Anschlag in Garissa vom Montag auf zwölf.",
    ],
)
def test_the_newer_figure_of_a_source_stands_and_the_old_one_is_shown_as_withdrawn(correction: str) -> None:
    (found,) = linked(("2024-05-07", GARISSA), ("2024-05-08", f"Nairobi (dpa) - {correction}"))
    assert [(x.low, x.high) for x in found.losses] == [(12, 12)]
    assert {f.low: f.withdrawn is not None for f in found.losses[0].history} == {20: True, 12: False}
    assert found.responsibility.accused == found.responsibility.admitted_by == []


def test_a_capture_taken_back_is_claimed_no_more() -> None:
    claim = "Goma (AFP) - Die Rebellengruppe M23 hat am Montag nach eigenen Angaben die Stadt Rutshuru eingenommen."
    back = "Goma (AFP) - Die M23 hat ihre Mitteilung über die Einnahme von Rutshuru zurückgezogen."
    (found,) = linked(("2024-05-07", claim), ("2024-05-08", back))
    assert found.grade == "claimed" and found.responsibility.admitted_by == []
    assert any(m.withdrawn is not None for m in found.members)


@pytest.mark.parametrize(
    ("why", "second"),
    [
        (
            "witnesses twice",
            "Kairo (AFP) - Ein Luftangriff hat am Montag einen Markt in Nyala getroffen, sagten Bewohner.",
        ),
        (
            "undated",
            "Kairo (AFP) - Nach einem Luftangriff auf einen Markt in Nyala hat die Regierung Gespräche gefordert.",
        ),
        ("the same agency", "Khartum (dpa) - Am Montag hat ein Luftangriff einen Markt in Nyala getroffen."),
    ],
)
def test_no_second_source(why: str, second: str) -> None:
    found = linked(("2024-05-07", f"{NYALA} Das berichteten Anwohner."), ("2024-05-07", second))
    assert all(i.grade != "corroborated" for i in found), why


@pytest.mark.parametrize(
    "more",
    [
        "Ein Sprecher räumte den Angriff ein.",
        "Die UN-Mission bestätigte Kämpfe in der Region.",
        "Die Armee räumte Verluste ein.",
        "Die Miliz nahm eine Ankündigung vom Sonntag zurück.",
        "Die Armee bestritt, dass sie dahinterstecke.",
    ],
)
def test_no_confession(more: str) -> None:
    found = linked(("2024-05-07", f"{NYALA} {more}"))
    assert all(i.grade != "confirmed" and i.responsibility.admitted_by == [] for i in found)


@pytest.mark.parametrize(
    "long_ago",
    [
        "Seit Januar wurden nach Angaben der Vereinten Nationen mehr als 1500 Menschen getötet.",
        "Insgesamt kamen in dem Krieg nach UN-Angaben bereits 15 000 Menschen ums Leben.",
        "In diesem Jahr starben im Sudan bereits 4000 Menschen bei Angriffen.",
    ],
)
def test_a_toll_of_a_longer_time_joins_no_act_of_a_day(long_ago: str) -> None:
    found = linked(("2024-05-07", f"{NYALA} {long_ago}"))
    day = [i for i in found if i.time is not None and (i.time.from_ or "").startswith("2024-05")]
    assert [[x.low for x in i.losses] for i in day] == [[18]]
    assert "18" in day[0].title.de


def test_each_side_blaming_the_other_says_that_it_happened() -> None:
    words = "Das Kraftwerk Saporischschja ist am Donnerstag beschossen worden. Russland und die Ukraine machten sich gegenseitig"
    (found,) = linked(("2022-08-12", f"Kiew (dpa) - {words} für den Angriff verantwortlich."))
    assert (found.grade, found.responsibility.grade) == ("corroborated", "contested")
    assert set(found.responsibility.accused) == {"Russland", "Ukraine"}

"""Reports of one or two sentences: every act is read as an event of its type, and everyday ones are not."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Event, Record

PUBLISHED = "2020-02-28"


def read(text: str) -> tuple[Record, list[tuple[str, str | None, str]]]:
    """The record and type, mode and trigger of each event."""
    record = trucewatch.read(text, published=PUBLISHED)
    return record, [(e.type, e.mode, record.quote(e.trigger)) for e in record.events]


def first(record: Record, kind: str) -> Event:
    return next(e for e in record.events if e.type == kind)


def names(record: Record, ids: list[str]) -> list[str]:
    return [next(a.name for a in record.actors if a.id == i) for i in ids]


@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("Mossul (dpa) - 30 Männer seien am Montag in Tikrit festgenommen worden, teilten Bewohner mit.", "COERCE", "arrest"),
        ("In Mandalay sind am Freitag acht Reporter in Haft genommen worden.", "COERCE", "arrest"),
        ("Erst am Dienstag hatte es in Mandalay die Verhaftung von drei Mönchen gegeben.", "COERCE", "arrest"),
        ("In Istanbul wurden 40 Demonstranten festgenommen. Die Kundgebung war verboten.", "COERCE", "arrest"),
        ("Aden (AFP) - Der 29-Jährige sei in Tais überwältigt worden, sagte ein Sprecher.", "COERCE", "arrest"),
        ("Der Priester ist in Maiduguri von Bewaffneten aus seinem Haus gezerrt worden.", "COERCE", "abduct"),
        ("Ein in Mali verschleppter Ingenieur ist wieder frei.", "COERCE", "abduct"),
        ("Ein in Mali verschleppter Ingenieur ist wieder frei.", "RETREAT", "release"),
        ("Ingenieur in Mali nach drei Monaten frei\n\nBamako (AFP) - Einzelheiten nannte die Firma nicht.", "RETREAT", "release"),
        ("Beide Seiten haben bei Donezk am Sonntag Gefangene ausgetauscht.", "RETREAT", "release"),
        ("Die Armee und die Rebellen meldeten einen Austausch von Kriegsgefangenen.", "RETREAT", "release"),
        ("An der Grenze seien sieben Rebellen gegen fünf Soldaten übergeben worden.", "RETREAT", "release"),
        ("Die Krankenschwester sei am Abend in Kundus dem Roten Kreuz übergeben worden.", "RETREAT", "release"),
        ("Am Sonntag sind Lastwagen mit Hilfsgütern in Homs eingetroffen.", "AID", None),
        ("Ein Konvoi mit Medikamenten habe am Abend die Stadt Homs erreicht, teilten Helfer mit.", "AID", "medical"),
        ("In Kundus seien am Montag Decken und Zelte verteilt worden, so Bewohner.", "AID", None),
        ("Das Rote Kreuz hat am Montag zwölf Schwerkranke aus Homs nach Beirut gebracht.", "AID", None),
        ("Eine Klinik in Sirte sei am Abend beschädigt worden, so Ärzte.", "DAMAGE", None),
        ("Eine Moschee in Marawi liegt seit Mittwoch in Trümmern.", "DAMAGE", None),
        ("An einem Krankenhaus in Donezk sind schwere Schäden entstanden.", "DAMAGE", None),
        ("Neun Händler sind am Mittwoch in Buenaventura tot aufgefunden worden.", "HARM", "killed"),
        ("In Axum wurden am Montag die Leichen von zwölf Bauern gefunden.", "HARM", "killed"),
        ("Bei Bagdad ist ein Massengrab entdeckt worden, teilte die Armee mit.", "HARM", "killed"),
        ("Ein Dorf bei Poonch sei am Morgen unter Feuer genommen worden, so die Armee.", "ASSAULT", None),
        ("Mit Präzisionswaffen seien bei Sumy Ziele der Armee getroffen worden.", "ASSAULT", None),
        ("Nahe Kramatorsk ist ein Depot von Drohnen attackiert worden. Ein Soldat starb.", "ASSAULT", "drone"),
        ("Die indische Armee meldet einen Schlag gegen ein Munitionslager.", "ASSAULT", None),
        ("Nach dem Treffer auf einen Bus in Gorliwka suchten Soldaten nach Opfern.", "ASSAULT", None),
        ("Die Libysche Nationalarmee hat die Küstenstadt Sirte nach tagelangen Kämpfen eingenommen.", "ADVANCE", "seize"),
        ("Armenien hat den Verlust der Stadt Hadrut an die Armee bestritten.", "ADVANCE", "seize"),
        ("Der Präsident hat die Eroberung der Stadt verkündet, die Armee bestätigte sie.", "ADVANCE", "seize"),
        ("Nach Kämpfen zwischen Armee und Miliz ist die Provinzhauptstadt gefallen.", "ADVANCE", "seize"),
        ("Die Fernstraße nach Goma wird von Milizen versperrt.", "COERCE", "restrict_movement"),
        ("Grund sei die Sperrung des Korridors durch die Armee, so die Regierung.", "COERCE", "restrict_movement"),
        ("Die Polizei hat in Minsk eine Kundgebung der Opposition mit Tränengas aufgelöst.", "COERCE", None),
        ("Gegen die Militärherrschaft hat es in Mandalay eine Kundgebung gegeben.", "PROTEST", None),
    ],
)  # fmt: skip
def test_an_act_in_a_short_report_is_an_event(text: str, kind: str, mode: str | None) -> None:
    _, found = read(text)
    fitting = [f for f in found if f[0] == kind]
    assert fitting, found
    assert mode is None or mode in [f[1] for f in fitting], found


@pytest.mark.parametrize(
    "text",
    [
        "Köln (dpa) - Die Polizei hat einen Mann festgenommen, der einen Kiosk überfallen haben soll.",
        "Bogotá (dpa) - Bei einem Busunglück in Medellín sind zwölf Menschen ums Leben gekommen.",
        "Manila (AFP) - Der Taifun hat in Tacloban eine Schule zerstört. Hilfsgüter trafen am Montag ein.",
        "Kiew (dpa) - In Lwiw ist eine Ausstellung eröffnet worden. Der Maler war frei von Zweifeln.",
        "Der Trainer tauschte in der Halbzeit zwei Spieler aus. Die Abwehr lag in Trümmern.",
        "Nairobi (epd) - In Kenia hat die Polizei einen Wilderer festgenommen.",
        "In Köln ist die Straße nach einem Unfall wieder frei.",
    ],
)
def test_everyday_reports_hold_no_such_event(text: str) -> None:
    _, found = read(text)
    assert not [f for f in found if f[0] in ("ASSAULT", "COERCE", "RETREAT", "AID", "DAMAGE", "HARM", "ADVANCE")], found


def test_whose_account_it_is_did_not_do_it() -> None:
    record, _ = read("Nach Angaben von Anwohnern schlugen am Abend Granaten in der Stadt Homs ein.")
    event = first(record, "ASSAULT")
    assert event.actors == []
    assert event.voice.kind == "attributed"


def test_some_of_them_were_killed_by_nobody_named() -> None:
    record, _ = read("Soldaten sind bei Tais in einen Hinterhalt geraten. Sechs von ihnen wurden getötet.")
    assert not [e for e in record.events if e.actors]


def test_the_dead_of_an_act_told_just_before() -> None:
    record, found = read("Ein Bus ist nahe Afgoye auf eine Mine gefahren. Neun Fahrgäste starben.")
    assert [f[0] for f in found] == ["ASSAULT"]
    assert [(loss.harm, loss.low) for loss in first(record, "ASSAULT").losses] == [("killed", 9)]


def test_who_is_free_is_no_actor() -> None:
    record, _ = read("Vier in Libyen entführte Arbeiter sind wieder frei.")
    event = first(record, "RETREAT")
    assert event.actors == []
    assert event.targets


def test_the_blamed_are_the_target() -> None:
    record, _ = read("Im Sudan haben Granaten einen Markt getroffen. Die RSF machten die Armee verantwortlich.")
    assert names(record, first(record, "ACCUSE").targets) == ["Armee"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Tote bei Beschuss eines Busses in der Ostukraine\n\nDonezk (dpa) - In Gorliwka ist am Mittwoch ein Bus von einer"
            " Granate getroffen worden.",
            "ASSAULT",
        ),
        (
            "Mutmaßlicher Spion in Charkiw festgenommen\n\nKiew (AP) - Der Geheimdienst SBU hat in Charkiw einen Mann gefasst."
            " Der 50-Jährige sei am Morgen überwältigt worden, sagte eine Sprecherin.",
            "COERCE",
        ),
        (
            "Rotes Kreuz bringt Patienten aus Homs\n\nGenf (sda) - Das Rote Kreuz hat am Montag neun Schwerkranke aus Homs in"
            " Spitäler gebracht.",
            "AID",
        ),
        (
            "Bei einem Raketenangriff auf Kramatorsk sind drei Menschen getötet worden. Zwei Raketen seien am Vormittag in ein"
            " Wohnviertel eingeschlagen, schrieb der Gouverneur.",
            "ASSAULT",
        ),
        (
            "Im Osten Kolumbiens ist eine Pipeline gesprengt worden. Der Sprengsatz habe die Leitung aufgerissen, teilte die"
            " Armee mit.",
            "ASSAULT",
        ),
    ],
)
def test_told_at_length_is_one_event(text: str, kind: str) -> None:
    _, found = read(text)
    assert len([f for f in found if f[0] == kind]) == 1, found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Bei einem Raketenangriff auf Kramatorsk sind drei Menschen getötet worden. Zudem seien Raketen in Slowjansk"
            " eingeschlagen, schrieb der Gouverneur.",
            "ASSAULT",
        ),
        (
            "In Mandalay sind acht Journalisten festgenommen worden. In Rangun seien drei Mönche festgenommen worden, teilten"
            " Helfer mit.",
            "COERCE",
        ),
    ],
)
def test_what_is_told_apart_stays_apart(text: str, kind: str) -> None:
    _, found = read(text)
    assert len([f for f in found if f[0] == kind]) == 2, found


def test_the_incident_points_back() -> None:
    record, _ = read(
        "Im Sudan ist am Sonntag ein Konvoi mit Franzosen unter Beschuss geraten. Die Armee machte die RSF für den Vorfall in"
        " Khartum verantwortlich."
    )
    event = first(record, "ASSAULT")
    assert "Vorfall" in [record.quote(m) for m in event.mentions]
    assert first(record, "ACCUSE").about == [event.id]


def test_a_headline_of_two_parts_is_no_dateline() -> None:
    record, _ = read(
        "Indiens Armee meldet Schlag gegen Munitionslager - Pakistan: Fantasie\n\nDelhi (AFP) - Mehr war offen."
    )
    assert "Schlag" in [record.quote(e.trigger) for e in record.events]

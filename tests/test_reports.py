"""Classes of error met in made-up agency reports on many conflicts: sides, targets, types, losses and what answers are about."""

from __future__ import annotations

import pytest

from short_texts import names, read


@pytest.mark.parametrize(
    ("text", "kind", "actors", "targets"),
    [
        ("Benjamin Netanjahu warf der Hamas vor, gegen die Waffenruhe verstoßen zu haben.", "ACCUSE",
         ["Benjamin Netanjahu"], ["Hamas"]),
        ("Benjamin Netanjahu warf der Hamas vor, gegen die Waffenruhe verstoßen zu haben.", "VIOLATE", ["Hamas"], []),
        ("Die Polizei hat am Dienstag Tränengas gegen Demonstranten eingesetzt.", "ASSAULT", ["Polizei"],
         ["Demonstranten"]),
        ("Huthi-Rebellen haben einen Frachter mit einer Rakete getroffen.", "ASSAULT", ["Huthi"], []),
        ("Israelische Soldaten nahmen im besetzten Westjordanland zwölf Palästinenser fest.", "COERCE",
         ["israelische Soldaten"], ["Palästinenser"]),
        ("Die Guerillagruppe ELN griff am Montag ein Dorf an.", "ASSAULT", ["ELN"], []),
        ("Das ukrainische Militär erklärte, seine Truppen seien für den Angriff nicht verantwortlich.", "REJECT",
         ["ukrainisches Militär"], []),
        ("Hunderte Demonstranten wurden festgenommen. Die Junta verhängte in sechs Bezirken das Kriegsrecht.", "COERCE",
         [], ["Demonstranten"]),
    ],
)  # fmt: skip
def test_who_did_it_to_whom(text: str, kind: str, actors: list[str], targets: list[str]) -> None:
    record, events = read(text)
    event = next(e for e in events if e.type == kind)
    assert (names(record, event.actors), names(record, event.targets)) == (actors, targets)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Israelische Soldaten nahmen im besetzten Westjordanland zwölf Menschen fest.", ["COERCE"]),
        ("Hunderte Demonstranten wurden festgenommen. Die Junta verhängte das Kriegsrecht.", ["COERCE", "COERCE"]),
        ("Rebellen töteten 80 Menschen. 5000 Menschen ergriffen die Flucht.", ["ASSAULT", "HARM"]),
        ("Kämpfer haben sich aus Amhara zurückgezogen, sagte ein Sprecher. Die Regierung bestritt einen Abzug.",
         ["RETREAT", "REJECT"]),
        ("Die USA flogen daraufhin Angriffe auf Ziele in Sanaa.", ["ASSAULT"]),
        ("Die Armee hat einen Angriff auf Ziele im Libanon bestätigt. Jets hätten Lager bombardiert, teilte sie mit.",
         ["ASSAULT"]),
    ],
)  # fmt: skip
def test_types_and_how_many_happenings(text: str, kinds: list[str]) -> None:
    _, events = read(text)
    assert [e.type for e in events] == kinds


@pytest.mark.parametrize(
    ("text", "losses"),
    [
        ("Die Koalition bombardierte Stellungen der Huthi. Elf Zivilisten wurden getötet.", [("killed", "Zivilisten", 11)]),
        ("Aserbaidschanische Truppen beschossen Stellungen. Drei Soldaten wurden getötet.", [("killed", "Soldaten", 3)]),
        ("Rebellen haben einen Frachter mit einer Rakete getroffen. Verletzt wurde niemand.", [("wounded", None, 0)]),
    ],
)  # fmt: skip
def test_whose_losses(text: str, losses: list[tuple[str, str | None, int]]) -> None:
    record, events = read(text)
    acts = [e for e in events if e.type in ("ASSAULT", "HARM")]
    assert [[(x.harm, (names(record, [x.who]) or [None])[0] if x.who else None, x.low) for x in e.losses] for e in acts] == [
        losses
    ]


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Rebellen griffen am Montag ein Lager an. Der IS bekannte sich zu der Tat.", "STATE", "griffen"),
        ("Israel griff Rafah an. Das Militär teilte mit, ein Kommandeur sei das Ziel gewesen. Die Hamas wies das zurück.",
         "REJECT", "teilte"),
    ],
)  # fmt: skip
def test_what_answers_are_about(text: str, kind: str, word: str) -> None:
    record, events = read(text)
    answer = [e for e in events if e.type == kind][-1]
    told = [record.quote(next(e.trigger for e in record.events if e.id == i)) for i in answer.about]
    assert told == [word]


def test_a_ministry_that_was_hit_tells_where() -> None:
    record, events = read("Israel griff das Verteidigungsministerium in Damaskus an.")
    act = next(e for e in events if e.type == "ASSAULT")
    assert [next(p.name for p in record.places if p.id == i) for i in act.places] == ["Damaskus"]


def test_troops_of_a_general_are_on_no_states_side_by_his_adjective() -> None:
    record, _ = read("Truppen des libyschen Generals Chalifa Haftar haben den Flughafen von Tripolis beschossen.")
    assert next(a.country for a in record.actors if a.name == "Truppen") is None


def test_who_was_found_dead_later_is_among_the_total() -> None:
    text = (
        "Nach dem Angriff auf Charkiw ist die Zahl der Toten auf neun gestiegen. Retter bargen zwei weitere Leichen, "
        "teilte der Gouverneur mit."
    )
    _, events = read(text)
    assert [(x.low, x.total, x.part_of_total) for x in events[0].losses] == [(9, True, False), (2, False, True)]

"""Who did what by form: verbs whose participle is their finite form, subjects behind the verb, bare names side by side."""

from __future__ import annotations

import pytest

from short_texts import names, read
from trucewatch.language.german import analyse
from trucewatch.record import Event

SAID = [
    "behauptet",
    "erklärt",
    "bestätigt",
    "versichert",
    "unterstellt",
    "kritisiert",
    "verbreitet",
    "vermutet",
    "spekuliert",
    "beteuert",
    "verkündet",
    "berichtet",
    "meldet",
    "betont",
    "bekräftigt",
    "beklagt",
    "mutmaßt",
    "argumentiert",
    "orakelt",
]
DONE = [
    "erobert",
    "zerstört",
    "belagert",
    "bombardiert",
    "besetzt",
    "verteidigt",
    "befreit",
    "plündert",
    "umzingelt",
    "überfällt",
]
CLAIMS = [
    "Die Regierung {}, die Rebellen hätten am Montag Homs beschossen.",
    "Die Regierung {}, dass die Rebellen am Montag Homs beschossen hätten.",
    "Die Regierung {} weiter: Die Rebellen hätten am Montag Homs beschossen.",
    "Die Rebellen hätten am Montag Homs beschossen, {} die Regierung.",
    "Nach einer Sitzung {} die Regierung, die Rebellen hätten am Montag Homs beschossen.",
]


def roles(text: str, verb: str) -> tuple[str | None, str | None]:
    """Subject and object of the clause whose predicate is the word ``verb`` of the text."""
    analysis = analyse(text)
    clause = next(c for c in analysis.clauses if any(analysis.tokens[i].text == verb for i in c.predicate_tokens))
    quote = [None if p is None else text[p.start : p.end] for p in (clause.subject, clause.object)]
    return quote[0], quote[1]


def acts(text: str) -> list[tuple[str, list[str], list[str], list[str], str, list[str]]]:
    """Type, actors, targets, places, voice and speaker of each act of force in the text."""
    record, events = read(text)
    places = {p.id: p.name for p in record.places}

    def speaker(event: Event) -> list[str]:
        return names(record, [event.voice.speaker]) if event.voice.speaker else []

    return [
        (
            e.type,
            names(record, e.actors),
            names(record, e.targets),
            [places[p] for p in e.places],
            e.voice.kind,
            speaker(e),
        )
        for e in events
        if e.type in ("ASSAULT", "ADVANCE")
    ]


@pytest.mark.parametrize("verb", SAID)
@pytest.mark.parametrize("claim", CLAIMS)
def test_what_is_claimed_in_the_present_is_the_claimants_word(claim: str, verb: str) -> None:
    assert acts(claim.format(verb)) == [("ASSAULT", ["Rebellen"], [], ["Homs"], "attributed", ["Regierung"])]


@pytest.mark.parametrize("verb", DONE)
@pytest.mark.parametrize(
    ("text", "subject", "object_"),
    [
        ("Die Miliz {} die Stadt.", "Die Miliz", "die Stadt"),
        ("Die Miliz {} Kundus.", "Die Miliz", "Kundus"),
        ("Seit Mittwoch {} die Armee Kundus.", "die Armee", "Kundus"),
        ("Die Armee rückt vor und {} den Ort.", "Die Armee", "den Ort"),
        ("Oman, das mehrere Inseln {}, schweigt.", "Oman", "mehrere Inseln"),
        ("Es heißt, dass die Miliz das Lager {}.", "die Miliz", "das Lager"),
        ("Der General, der in Homs sitzt, {} die Stadt.", "Der General", "die Stadt"),
    ],
)
def test_a_form_that_may_be_finite_is_finite_without_an_auxiliary(
    text: str, subject: str, object_: str, verb: str
) -> None:
    assert roles(text.format(verb), verb) == (subject, object_)


@pytest.mark.parametrize(
    ("text", "verb", "subject", "object_"),
    [
        ("Die Stadt ist von der Armee belagert.", "belagert", "von der Armee", "Die Stadt"),
        (
            "Die Armee hat den Ort verlassen, die Stadt besetzt und Geiseln verschleppt.",
            "besetzt",
            "Die Armee",
            "die Stadt",
        ),
        ("Die Stadt, von Rebellen belagert, hungert.", "belagert", "von Rebellen", "Die Stadt"),
        ("Die Rebellen, die Homs belagert haben, ziehen ab.", "belagert", "Die Rebellen", "Homs"),
        ("Der Konvoi, begleitet von Soldaten, fuhr nach Norden.", "begleitet", "von Soldaten", "Der Konvoi"),
        ("Drei Häuser zerstört, zwei Menschen verletzt", "zerstört", None, "Drei Häuser"),
    ],
)
def test_a_participle_stays_one(text: str, verb: str, subject: str | None, object_: str | None) -> None:
    assert roles(text, verb) == (subject, object_)


@pytest.mark.parametrize(
    ("text", "actor", "place"),
    [
        ("Am Montag haben Rebellen Homs beschossen.", "Rebellen", "Homs"),
        ("Am Montag hat die Armee Homs angegriffen.", "Armee", "Homs"),
        ("Zuvor hatten Kämpfer der Hisbollah Haifa beschossen.", "Hisbollah", "Haifa"),
        ("Am Abend nahm die Luftwaffe Homs unter Beschuss.", "Luftwaffe", "Homs"),
        ("Homs haben die Rebellen am Montag angegriffen.", "Rebellen", "Homs"),
        ("Am Montag sollen M23-Kämpfer Goma angegriffen haben.", "M23", "Goma"),
    ],
)
def test_a_bare_town_behind_the_subject_is_where_it_happened(text: str, actor: str, place: str) -> None:
    found = acts(text)
    assert [(a, p) for _, a, _, p, _, _ in found] == [([actor], [place])]


@pytest.mark.parametrize(
    ("text", "verb", "subject", "object_"),
    [
        ("Die Armee, sagte der Sprecher, habe Homs beschossen.", "beschossen", "Die Armee", "Homs"),
        ("Syrien, so die Hisbollah, habe Tyros beschossen.", "beschossen", "Syrien", "Tyros"),
        ("Die Rebellen hätten, beteuert die Armee, Homs beschossen.", "beschossen", "Die Rebellen", "Homs"),
        ("Die Rebellen hätten, beteuert die Armee, Homs beschossen.", "beteuert", "die Armee", None),
        ("Während Ankara versichert, die Lage sei ruhig, fliehen Tausende.", "versichert", "Ankara", None),
        ("Besetzt wurde am Montag von der Hamas das Dorf.", "Besetzt", "von der Hamas", "das Dorf"),
        ("Im Mai nahm der IS Palmyra ein.", "nahm", "der IS", "Palmyra"),
        ("Gestern hat die Regierung Homs bombardiert.", "bombardiert", "die Regierung", "Homs"),
        ("Mit Granaten haben Milizen Misrata beschossen.", "beschossen", "Milizen", "Misrata"),
        ("Am Montag trat die Regierung Netanjahu zurück.", "trat", "die Regierung Netanjahu", None),
    ],
)
def test_frames_in_the_middle_agents_and_names(text: str, verb: str, subject: str | None, object_: str | None) -> None:
    assert roles(text, verb) == (subject, object_)


@pytest.mark.parametrize(
    ("text", "actors", "targets", "voice"),
    [
        ("Zwischen der Armee und der Hisbollah kam es am Montag zu Gefechten.", ["Armee", "Hisbollah"], [], "reporter"),
        ("Am Montag brachen zwischen Soldaten und Rebellen Kämpfe aus.", ["Soldaten", "Rebellen"], [], "reporter"),
        ("Zwei Soldaten töteten die Taliban am Montag.", ["Taliban"], ["Soldaten"], "reporter"),
        ("Die Stadt Homs, die die Armee am Montag bombardierte, brennt.", ["Armee"], [], "reporter"),
        ("Zehn Panzer will die Luftwaffe am Montag zerstört haben.", ["Luftwaffe"], [], "attributed"),
        (
            "Hisbollah-Kämpfer sollen am Montag zwölf Zivilisten hingerichtet haben.",
            ["Hisbollah"],
            ["Zivilisten"],
            "hearsay",
        ),
    ],
)
def test_sides_by_kind_and_place(text: str, actors: list[str], targets: list[str], voice: str) -> None:
    found = acts(text)
    assert [(a, v) for _, a, _, _, v, _ in found] == [(actors, voice)]
    assert set(targets) <= set(found[0][2])


def test_what_is_over_is_no_threat() -> None:
    _, events = read("Die Armee verkündet, Rebellen hätten am Montag Homs beschossen.")
    assert [(e.type, e.status) for e in events] == [("ASSAULT", "occurred")]
    _, events = read("Die Armee kündigte an, sie werde Homs beschießen.")
    assert {e.type for e in events} == {"ASSAULT", "THREATEN"}


@pytest.mark.parametrize(
    ("text", "verb", "subject", "object_"),
    [
        ("Als Rebellen den Ort einnahmen, flohen Tausende.", "einnahmen", "Rebellen", "den Ort"),
        ("Als Zeuge sagte er aus, die Miliz habe geschossen.", "sagte", "er", None),
        ("Die Milizen, die Oman unterstützt, griffen an.", "unterstützt", "Oman", "Die Milizen"),
        ("Die Soldaten, die die Hisbollah seit Wochen belagert, hungern.", "belagert", "die Hisbollah", "Die Soldaten"),
        ("Die Stadt, die Rebellen belagern, hungert.", "belagern", "Rebellen", "Die Stadt"),
        ("Die Türkei, die syrische Rebellen unterstützt, schwieg.", "unterstützt", "Die Türkei", "syrische Rebellen"),
        ("Das Lager, in dem Hunderte leben, brennt.", "leben", "Hunderte", None),
        ("Al-Aksa-Kämpfer stürmen ein Hotel.", "stürmen", "Al-Aksa-Kämpfer", "ein Hotel"),
        ("Zwei Drohnen will die Marine abgeschossen haben.", "abgeschossen", "die Marine", "Zwei Drohnen"),
    ],
)
def test_clauses_with_the_verb_at_the_end(text: str, verb: str, subject: str | None, object_: str | None) -> None:
    assert roles(text, verb) == (subject, object_)

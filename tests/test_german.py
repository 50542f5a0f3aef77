"""German analysis: sentences, verb brackets, moods, arguments and quantities of made-up agency sentences."""

from __future__ import annotations

import pytest

from trucewatch.language.analysis import Analysis, Clause, Phrase
from trucewatch.language.german import analyse


def words(analysis: Analysis, phrase: Phrase | None) -> str | None:
    return None if phrase is None else analysis.text[phrase.start : phrase.end]


def clause(text: str, predicate: str) -> tuple[Analysis, Clause]:
    analysis = analyse(text)
    found = [c for c in analysis.clauses if c.predicate == predicate]
    assert found, f"no clause of {predicate!r} in {[c.predicate for c in analysis.clauses]}"
    return analysis, found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 28. Februar griff die Armee an. Es gab Tote.", 2),
        ("Die Lage, sagte Dr. Müller bzw. sein Sprecher, sei ernst.", 1),
        ("„Wir kämpfen. Wir siegen“, sagte der Sprecher.", 2),
        ("George W. Bush traf Wladimir Putin in St. Petersburg.", 1),
        ("Armee rückt vor\n\nKiew (dpa) - Die Armee ist vorgerückt.", 3),
        ("Das Spiel war fair.Unterdessen ging der Krieg weiter.", 2),
        ("Die Boden- und Luftangriffe dauerten an.", 1),
    ],
)
def test_sentences(text: str, expected: int) -> None:
    assert len(analyse(text).sentences) == expected


def test_headline_and_dateline_are_told_from_the_body() -> None:
    kinds = [s.kind for s in analyse("Armee rückt vor\n\nKiew (dpa) - Die Armee ist vorgerückt.").sentences]
    assert kinds == ["headline", "byline", "body"]


@pytest.mark.parametrize(
    ("text", "predicate", "subject", "object_"),
    [
        ("Kiew wies den Vorwurf zurück.", "zurückweisen", "Kiew", "den Vorwurf"),
        ("Rebellen eroberten die Stadt.", "erobern", "Rebellen", "die Stadt"),
        ("Den Stützpunkt griff die Miliz in der Nacht an.", "angreifen", "die Miliz", "Den Stützpunkt"),
        ("Der Stützpunkt wurde von Rebellen angegriffen.", "angreifen", "von Rebellen", "Der Stützpunkt"),
        ("Soldaten durchsuchten Häuser in der Stadt.", "durchsuchen", "Soldaten", "Häuser"),
        ("Milizen vertrieben die Bewohner des Dorfes.", "vertreiben", "Milizen", "die Bewohner des Dorfes"),
        ("Die Rebellen zwingen Jugendliche zum Kampf.", "zwingen", "Die Rebellen", "Jugendliche"),
        ("Der Präsident ließ die Proteste niederschlagen.", "niederschlagen", "Der Präsident", "die Proteste"),
        ("Die Taliban drohten mit Angriffen.", "drohen", "Die Taliban", None),
        ("Maskierte haben die Bank überfallen.", "überfallen", "Maskierte", "die Bank"),
        ("Einer der Angreifer tötete zwei Polizisten.", "töten", "Einer der Angreifer", "zwei Polizisten"),
        (
            "Ihr Vorsitzender Ali Hassan erklärte den Rücktritt.",
            "erklären",
            "Ihr Vorsitzender Ali Hassan",
            "den Rücktritt",
        ),
        ("Die Stadt, die Rebellen besetzt hatten, ist frei.", "besetzen", "Rebellen", "Die Stadt"),
        ("Die Forderung lehnte das Kabinett ab.", "ablehnen", "das Kabinett", "Die Forderung"),
        ("Den Rebellen gelang es, die Stadt zu halten.", "halten", "Den Rebellen", "die Stadt"),
        ("Er forderte die Rebellen auf, die Stadt zu räumen.", "räumen", "die Rebellen", "die Stadt"),
        ("Er einigte sich mit ihr, um Gefangene und Tote auszutauschen.", "austauschen", "Er", "Gefangene und Tote"),
        (
            "Die Separatisten errichteten an der Straße Kontrollposten.",
            "errichten",
            "Die Separatisten",
            "Kontrollposten",
        ),
    ],
)
def test_who_does_what(text: str, predicate: str, subject: str | None, object_: str | None) -> None:
    analysis, found = clause(text, predicate)
    assert (words(analysis, found.subject), words(analysis, found.object)) == (subject, object_)


@pytest.mark.parametrize(
    ("text", "predicate", "mood", "tense", "voice"),
    [
        ("Die Truppen seien abgezogen, hieß es.", "abziehen", "subjunctive1", "perfect", "active"),
        ("Man habe nichts gewusst.", "wissen", "subjunctive1", "perfect", "active"),
        ("Er sagte, die Rebellen hätten angegriffen.", "angreifen", "subjunctive2", "perfect", "active"),
        ("Der Ort war am Abend beschossen worden.", "beschießen", "indicative", "pluperfect", "passive"),
        ("Das Dorf ist umzingelt.", "umzingeln", "indicative", "perfect", "passive"),
        ("Die Soldaten sind geflohen.", "fliehen", "indicative", "perfect", "active"),
        ("Die Armee wird angreifen.", "angreifen", "indicative", "future", "active"),
        ("Dabei soll ein Kind getötet worden sein.", "töten", "indicative", "perfect", "passive"),
    ],
)
def test_verb_bracket(text: str, predicate: str, mood: str, tense: str, voice: str) -> None:
    _, found = clause(text, predicate)
    assert (found.mood, found.tense, found.voice) == (mood, tense, voice)


def test_modal_negation_and_reflexive() -> None:
    _, found = clause("Die Rebellen wollen sich nicht zurückziehen.", "zurückziehen")
    assert (found.modal, found.negated, found.reflexive) == ("wollen", True, True)
    _, found = clause("Die Armee griff nicht nur die Stadt an.", "angreifen")
    assert not found.negated


def test_coordinated_participles_share_their_auxiliary() -> None:
    analysis = analyse("Bei den Kämpfen seien 20 Menschen getötet, 50 verletzt und Dutzende vertrieben worden.")
    found = {c.predicate: words(analysis, c.object) for c in analysis.clauses if c.voice == "passive"}
    assert found == {"töten": "20 Menschen", "verletzen": "50", "vertreiben": "Dutzende"}


def test_the_prefield_goes_on_behind_a_relative_clause() -> None:
    analysis, found = clause(
        "Die Türkei, die dort Rebellen stützt, und Russland hatten eine Zone vereinbart.", "vereinbaren"
    )
    assert found.subject is not None
    assert [analysis.tokens[p.head].text for p in found.subject.members] == ["Türkei", "Russland"]


def test_extended_attributes_are_small_clauses() -> None:
    analysis, found = clause("Die Armee kämpft gegen von Moskau unterstützte Separatisten.", "unterstützen")
    assert found.relation == "participle" and found.voice == "passive"
    assert (words(analysis, found.agent), found.object is not None and found.object.lemma) == (
        "von Moskau",
        "Separatist",
    )


def test_frames_behind_what_was_said() -> None:
    analysis = analyse("Die Stadt sei gefallen, teilte das Ministerium mit.")
    said, frame = (next(c for c in analysis.clauses if c.predicate == p) for p in ("fallen", "mitteilen"))
    assert (said.relation, said.parent) == ("quotation", frame.i)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Mindestens 33 Soldaten starben.", 33, None),
        ("Mehr als 100 Menschen starben.", 101, None),
        ("Bis zu 50 Menschen starben.", None, 50),
        ("Rund 40 Menschen starben.", 40, 40),
        ("Dutzende Menschen starben.", 24, None),
        ("Zwischen 20 und 30 Menschen starben.", 20, 30),
        ("Fünfundzwanzig Kinder starben.", 25, 25),
        ("Drei Dutzend Zivilisten starben.", 36, 36),
        ("13 000 Menschen starben.", 13000, 13000),
        ("Eine 62 Jahre alte Frau starb.", 1, 1),
        ("Niemand starb.", 0, 0),
    ],
)
def test_quantities(text: str, low: int | None, high: int | None) -> None:
    _, found = clause(text, "sterben")
    assert found.subject is not None and found.subject.quantity is not None
    assert (found.subject.quantity.low, found.subject.quantity.high) == (low, high)


def test_every_phrase_points_at_its_words() -> None:
    text = (
        "Nach dem Tod Dutzender türkischer Soldaten in der Provinz Idlib haben sich Putin und Erdogan besorgt gezeigt."
    )
    analysis = analyse(text)
    for found in analysis.clauses:
        for top in found.phrases:
            for phrase in top.walk():
                assert phrase.start == analysis.tokens[phrase.first].start
                assert phrase.end == analysis.tokens[phrase.last].end
                assert phrase.first <= phrase.head <= phrase.last


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "„", ")))", "a" * 5000, "und " * 2000, "1. 2. 3. 4."])
def test_odd_texts_are_analysed(text: str) -> None:
    analysis = analyse(text)
    assert sum(s.last - s.first + 1 for s in analysis.sentences) == len(analysis.tokens)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Zwei Boote sanken, wie Karl Ohm, Chef der Behörde, mitteilte.", "Karl Ohm"),
        ("Wie Karl Ohm, Chef der Behörde, am Abend mitteilte, sanken zwei Boote.", "Karl Ohm"),
        ("Wie der Sprecher, der aus Genf kam, mitteilte, sanken zwei Boote.", "der Sprecher"),
    ],
)
def test_a_frame_with_a_description_between_commas_is_one_clause(text: str, subject: str) -> None:
    analysis, found = clause(text, "mitteilen")
    assert found.conjunction == "wie"
    assert (words(analysis, found.subject) or "").startswith(subject)
    assert (
        words(analysis, clause(text, "sinken")[1].subject) == ("Zwei" if text.startswith("Zwei") else "zwei") + " Boote"
    )


def test_a_plain_past_leaves_the_reported_clause() -> None:
    _, found = clause("Sie erklärte, der Bericht sei falsch, und kündigte an, zu klagen.", "ankündigen")
    assert found.relation == "coordinated"
    _, found = clause("Der Pass ist zu. „Wir kommen nicht durch.“ erklärte Bürgermeisterin Ohm.", "erklären")
    assert found.relation == "main"


def test_a_name_behind_its_verb_is_no_genitive() -> None:
    analysis, found = clause("Am Montag vermeldete Nordpress, dass die Stadt brenne.", "vermelden")
    assert words(analysis, found.subject) == "Nordpress"


def test_whom_an_account_comes_from_is_no_agent() -> None:
    _, found = clause("Nach Angaben von Ärzten wurden fünf Menschen getötet.", "töten")
    assert found.agent is None
    analysis, found = clause("Nach Angaben von Ärzten wurden fünf Menschen von Rebellen getötet.", "töten")
    assert words(analysis, found.agent) == "von Rebellen"


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Die Miliz soll Dörfer überfallen und Häuser angezündet haben.", ["überfallen", "anzünden"]),
        ("Die Miliz soll Truppen verlegt und Städte geplündert haben.", ["verlegen", "plündern"]),
        ("Dort sollen zehn Menschen getötet und fünf verletzt worden sein.", ["töten", "verletzen"]),
    ],
)
def test_the_infinitive_behind_coordinated_participles_closes_all_of_them(text: str, verbs: list[str]) -> None:
    for verb in verbs:
        _, found = clause(text, verb)
        assert (found.modal, found.tense) == ("sollen", "perfect")


def test_coordinated_infinitives_stay_open() -> None:
    _, found = clause("Die Soldaten sollen das Dorf verlassen und die Straße sperren.", "verlassen")
    assert (found.modal, found.tense) == ("sollen", "present")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Die Rebellen griffen Kundus an.", "Kundus"),
        ("Die Soldaten Kubas griffen an.", "Kuba"),
        ("Der Präsident Perus griff an.", "Peru"),
    ],
)
def test_names_that_end_in_s_are_no_genitives(text: str, name: str) -> None:
    assert name in {t.lemma for t in analyse(text).tokens if t.tag == "NE"}


def test_names_with_bin_are_one_name() -> None:
    analysis, found = clause("Osama bin Laden drohte den USA.", "drohen")
    assert words(analysis, found.subject) == "Osama bin Laden"
    analysis, found = clause("„Ich bin Präsident“, sagte er.", "sagen")
    assert next(t for t in analysis.tokens if t.text == "bin").tag == "VAFIN"


def test_a_place_behind_a_plural_is_the_object() -> None:
    analysis, found = clause("Am Morgen griffen die Rebellen Kundus an.", "angreifen")
    assert (words(analysis, found.subject), words(analysis, found.object)) == ("die Rebellen", "Kundus")


def test_a_strong_past_is_finite() -> None:
    _, found = clause("Die Kämpfer des Generals flohen.", "fliehen")
    assert found.finite is not None


def test_a_frame_behind_a_partly_quoted_sentence_or_a_bracket_holds_the_whole() -> None:
    text = "Man könne die Lage ändern, „wenn alle helfen“, sagte der Sprecher."
    assert clause(text, "ändern")[1].parent == clause(text, "sagen")[1].i
    text = "Die Stadt sei zerstört (etwa zwei Drittel), sagte der Sprecher."
    assert clause(text, "zerstören")[1].parent == clause(text, "sagen")[1].i
    analysis, found = clause("Die Ärzte hingegen sagen, der Mann lebe.", "sagen")
    assert words(analysis, found.subject) == "Die Ärzte"


def test_a_frame_with_wie_aus_goes_on_behind_a_bracket() -> None:
    _, found = clause("Wie aus einem Bericht der Truppe (ISAF) hervorgeht, sanken zwei Boote.", "hervorgehen")
    assert found.conjunction == "wie"

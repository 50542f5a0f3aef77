"""Reported speech: what is said, by whom, in which of the five kinds (codebook section 11)."""

from __future__ import annotations

import time

import pytest

from trucewatch.extraction.speech import Stretch, find_speech
from trucewatch.extraction.speech_cues import FLAGS, cues, ends_in
from trucewatch.knowledge.load import table
from trucewatch.language.german import analyse


def stretches(text: str) -> list[Stretch]:
    return find_speech(analyse(text))


def words(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[a:b] for a, b in spans]


def only(text: str, kind: str) -> Stretch:
    found = [s for s in stretches(text) if s.kind == kind]
    assert len(found) == 1, [(s.kind, words(text, s.content)) for s in stretches(text)]
    return found[0]


EXAMPLES = table("cues.de")["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["text"][:40] for e in EXAMPLES])
def test_example_of_the_cue_table(example: dict[str, str]) -> None:
    text = example["text"]
    found = stretches(text)
    if "kind" not in example:
        assert not found, [(s.kind, s.rule) for s in found]
        return
    matching = [
        s for s in found if s.kind == example["kind"] and " ".join(words(text, s.content)) == example["content"]
    ]
    assert matching, [(s.kind, s.rule, words(text, s.content)) for s in found]
    if "speaker" in example:
        assert example["speaker"] in words(text, matching[0].source.spans)


def test_content_is_cut_where_the_frame_interrupts_it() -> None:
    text = "Die Verhandlungen seien, sagte der Diplomat, an der Grenzfrage gescheitert."
    found = only(text, "Indirect")
    assert words(text, found.content) == ["Die Verhandlungen seien", "an der Grenzfrage gescheitert"]
    text = "Der Pass ist nach Angaben der Polizei seit Montag gesperrt."
    assert words(text, only(text, "Indirect").content) == ["Der Pass ist", "seit Montag gesperrt"]


def test_konjunktiv_runs_on_with_the_last_speaker_until_an_indicative() -> None:
    text = (
        "Der Gouverneur sagte, die Brücke sei zerstört. Man könne den Fluss nicht überqueren. "
        "Auch Strom gebe es nicht mehr. Die Armee schickte am Abend Pioniere."
    )
    found = only(text, "IndirectFreeIndirect")
    assert words(text, found.content) == ["Man könne den Fluss nicht überqueren. Auch Strom gebe es nicht mehr."]
    assert words(text, found.source.spans) == ["Der Gouverneur"]
    assert found.inherited


def test_shall_after_a_source_is_free_indirect() -> None:
    text = "Augenzeugen berichteten, ein Bus sei beschossen worden. Drei Fahrgäste sollen dabei gestorben sein."
    found = only(text, "FreeIndirect")
    assert words(text, found.content) == ["Drei Fahrgäste sollen dabei gestorben sein."]


def test_that_said_the_ministry_points_at_the_sentence_before() -> None:
    text = "Zwei Boote sind am Morgen gesunken. Das teilte die Küstenwache mit."
    found = only(text, "Indirect")
    assert words(text, found.content) == ["Zwei Boote sind am Morgen gesunken."]
    assert words(text, found.source.spans) == ["die Küstenwache"]


def test_quotation_over_several_sentences_before_and_behind_its_frame() -> None:
    text = "„Wir haben alles verloren. Niemand hilft uns“, sagte eine Bewohnerin. „Das Haus ist weg.“"
    found = [s for s in stretches(text) if s.kind == "Direct"]
    assert [words(text, s.content)[0][:12] for s in found] == ["„Wir haben a", "„Das Haus is"]
    assert all(words(text, s.source.spans) == ["eine Bewohnerin"] for s in found)


@pytest.mark.parametrize("opening, closing", [("„", "“"), ("»", "«"), ("«", "»"), ('"', '"')])
def test_all_pairs_of_quotation_marks(opening: str, closing: str) -> None:
    text = f"Der Minister sagte: {opening}Wir ziehen die Truppen ab.{closing}"
    found = only(text, "Direct")
    assert words(text, found.source.spans) == ["Der Minister"]


def test_names_in_quotation_marks_are_not_speech() -> None:
    assert not [s for s in stretches("Das Schiff „Morgenstern“ lief am Dienstag aus.") if s.kind == "Direct"]
    assert not [s for s in stretches("Die Zeitung „Der Bote“ erscheint täglich.") if s.kind == "Direct"]


def test_second_hand_is_kept_apart_from_the_speaker() -> None:
    text = "Wie die Agentur Nordpress unter Berufung auf das Ministerium meldete, starben zwei Soldaten."
    found = only(text, "Indirect")
    assert found.speaker is not None and "Ministerium" in text[found.speaker.start : found.speaker.end]
    assert found.via is not None and "Nordpress" in text[found.via.start : found.via.end]


def test_own_claims_speak_for_the_one_who_acts() -> None:
    text = "Nach eigenen Angaben eroberte die Miliz zwei Dörfer."
    found = only(text, "Indirect")
    assert found.speaker is not None and text[found.speaker.start : found.speaker.end] == "die Miliz"


def test_nobody_in_particular_is_a_vague_source() -> None:
    assert only("Unbestätigten Berichten zufolge fielen Schüsse.", "Indirect").source.vague
    assert not only("Laut Polizeibericht fielen Schüsse.", "Indirect").source.vague
    assert not only("Nach türkischen Angaben fielen Schüsse.", "Indirect").source.vague


def test_a_decision_and_a_question_word_clause() -> None:
    assert not stretches("Niemand weiß, wer die Bombe gelegt hat.")


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "„", "“„»«", "sagte sagte sagte", "so so, so", "nach nach laut zufolge", "‏שלום‏ „a“", "a: b: c: „d“"],
)
def test_odd_text_gives_some_list(text: str) -> None:
    found = stretches(text)
    assert all(0 <= a < b <= len(text) for s in found for a, b in s.content + s.source.spans)


def test_work_is_linear_enough() -> None:
    text = "Der Sprecher sagte, die Lage sei ruhig. Man warte ab. „Wir bleiben“, sagte er. " * 400
    analysis = analyse(text)
    begin = time.perf_counter()
    assert len(find_speech(analysis)) > 800
    assert time.perf_counter() - begin < 4


def test_tables_are_sound() -> None:
    data = table("cues.de")
    assert set(data["verbs"]) == set(FLAGS)
    for flag, verbs in data["verbs"].items():
        for verb in verbs:
            assert verb == verb.strip() and verb.split()[-1].islower(), (flag, verb)
    assert len(set().union(*data["verbs"].values())) > 300
    assert cues("xx").verbs == {}


def test_compounds_count_by_their_last_part() -> None:
    nouns = frozenset({"angabe"})
    assert ends_in("polizeiangaben", nouns) and ends_in("angabe", nouns)
    assert not ends_in("angebot", nouns)


def test_danach_in_the_present_carries_the_source_on() -> None:
    text = "Das Amt legte seinen Bericht vor. Danach fehlen tausend Wohnungen."
    assert [s.rule for s in stretches(text)] == ["onward"]


def test_the_one_who_quotes_says_it_too() -> None:
    text = "Die Zeitung zitiert die Ärztin mit den Worten: „Wir sind am Ende unserer Kräfte.“"
    speakers = [words(text, s.source.spans) for s in stretches(text) if s.kind == "Direct"]
    assert speakers == [["Die Zeitung"], ["die Ärztin"]]

"""Actors: names, kinds, one referent each, pronouns, seats of government, whose and by whom called so."""

from __future__ import annotations

import time

import pytest

import trucewatch
from trucewatch.extraction.actors import ActorEntry, Actors, find_actors
from trucewatch.extraction.places import find_places
from trucewatch.language.german import analyse


def read(text: str, published: str | None = "2020-03-02") -> Actors:
    analysis = analyse(text, published)
    return find_actors(analysis, find_places(analysis))


def names(actors: Actors) -> list[str]:
    return [a.name for a in actors.all]


def one(actors: Actors, name: str) -> ActorEntry:
    found = [a for a in actors.all if a.name == name]
    assert len(found) == 1, names(actors)
    return found[0]


def words(actors: Actors, name: str) -> list[str]:
    return [actors.analysis.text[s:e] for s, e in one(actors, name).mentions]


def subject(actors: Actors, predicate: str) -> list[str]:
    clause = next(c for c in actors.analysis.clauses if c.predicate == predicate and c.subject is not None)
    assert clause.subject is not None
    return [actors.all[i].name for i in actors.of(clause.subject)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Türkische Soldaten rückten vor.", "türkische Soldaten", "armed_forces"),
        ("Der Einsatz der ukrainischen Armee endete.", "ukrainische Armee", "armed_forces"),
        ("Rebellen griffen den Posten an.", "Rebellen", "armed_group"),
        ("Die Aufständischen zogen ab.", "Aufständische", "armed_group"),
        ("Der Kreml wies das zurück.", "Kreml", "government"),
        ("Das russische Verteidigungsministerium schwieg.", "russisches Verteidigungsministerium", "government"),
        ("Die Hisbollah drohte mit Vergeltung.", "Hisbollah", "armed_group"),
        ("Die Vereinten Nationen warnten.", "Vereinte Nationen", "organisation"),
        ("Die Agentur Tass meldete den Angriff.", "TASS", "media"),
        ("Im Dorf starben Zivilisten.", "Zivilisten", "civilians"),
        ("Demonstranten zogen durch die Stadt.", "Demonstranten", "group"),
        ("Moskau kritisierte den Beschluss.", "russische Regierung", "government"),
        ("Frankreich kritisierte den Beschluss.", "Frankreich", "state"),
    ],
)
def test_kinds_and_names_as_a_coder_writes_them(text: str, name: str, kind: str) -> None:
    assert one(read(text), name).kind == kind


def test_full_name_title_family_name_and_office_are_one_person() -> None:
    actors = read(
        "Kremlchef Wladimir Putin traf in Sotschi den Gast. Putin lobte das Gespräch. Der russische Präsident dankte ihm."
    )
    assert words(actors, "Wladimir Putin")[:2] == ["Wladimir Putin", "Putin"]
    assert "russische Präsident" in words(actors, "Wladimir Putin")
    assert one(actors, "Wladimir Putin").entity == "Q7747"


def test_family_name_in_the_headline_before_the_full_name() -> None:
    actors = read("Ortmann fordert Abzug\n\nMinisterin Klara Ortmann hat den Abzug der Truppen gefordert.")
    assert words(actors, "Klara Ortmann") == ["Ortmann", "Klara Ortmann"]


def test_description_and_name_in_apposition() -> None:
    actors = read("Das sagte der Gouverneur der Provinz Hama, Salim Karawi, am Montag. Er sprach von einem Angriff.")
    assert subject(actors, "sagen") == ["Salim Karawi"]
    assert subject(actors, "sprechen") == ["Salim Karawi"]


def test_abbreviation_in_parentheses() -> None:
    actors = read("Die Miliz Haiat Tahrir al-Scham (HTS) rückte vor. Die HTS meldete Verluste.")
    assert words(actors, "Haiat Tahrir al-Scham") == ["Haiat Tahrir al-Scham", "HTS", "HTS"]


def test_bare_description_takes_the_only_fitting_actor() -> None:
    actors = read("Türkische Soldaten wurden angegriffen. Die Soldaten erwiderten das Feuer.")
    assert subject(actors, "erwidern") == ["türkische Soldaten"]


def test_two_forces_stay_apart() -> None:
    actors = read("Die armenische Armee beschoss das Dorf. Die aserbaidschanische Armee rückte vor.")
    assert names(actors) == ["armenische Armee", "aserbaidschanische Armee"]


def test_pronoun_with_one_antecedent_and_with_two() -> None:
    clear = read("Außenministerin Petra Lind reiste nach Kairo. Sie forderte eine Waffenruhe.")
    assert subject(clear, "fordern") == ["Petra Lind"]
    unclear = read("In Genf sprachen Karl Sommer und Hans Winter. Am Abend reiste er ab.")
    assert subject(unclear, "abreisen") == []


def test_members_of_a_group_are_the_group() -> None:
    actors = read("Talibankämpfer griffen den Posten an. Hisbollah-Kämpfer flohen.")
    assert names(actors) == ["Taliban", "Hisbollah"]


def test_both_presidents() -> None:
    actors = read(
        "Wladimir Putin und Recep Tayyip Erdogan telefonierten. Die beiden Präsidenten vereinbarten ein Treffen."
    )
    assert subject(actors, "vereinbaren") == ["Wladimir Putin", "Recep Tayyip Erdogan"]


def test_coordination_gives_several() -> None:
    assert subject(read("Armenien und Aserbaidschan vereinbarten eine Waffenruhe."), "vereinbaren") == [
        "Armenien",
        "Aserbaidschan",
    ]


def test_sources_behind_nouns() -> None:
    actors = read("Nach türkischen Angaben starben drei Menschen. Nach Angaben der Polizei gab es Verletzte.")
    phrases = [p for c in actors.analysis.clauses for p in c.phrases if p.lemma == "Angabe"]
    kinds = [actors.all[actors.of(p)[0]].kind for p in phrases]
    assert kinds == ["government", "government"]
    assert actors.of(phrases[0]) != actors.of(phrases[1])


def test_town_is_no_government_behind_a_preposition_of_place() -> None:
    actors = read("In Damaskus explodierte eine Bombe. Truppen marschierten auf Tripolis.")
    assert all(a.kind != "government" for a in actors.all)


def test_adjective_and_first_part_point_to_whom_they_name() -> None:
    actors = read("Türkische Angriffe trafen das Lager. Bei dem Talibanangriff starben Polizisten.")
    adjective = next(t.i for t in actors.analysis.tokens if t.text == "Türkische")
    compound = next(t.i for t in actors.analysis.tokens if t.text == "Talibanangriff")
    found = actors.adjective_of(adjective), actors.compound_of(compound)
    assert [actors.all[i].name for i in found if i is not None] == ["Türkei", "Taliban"]
    assert actors.adjective_of(compound) is None


def test_whose_label_it_is() -> None:
    actors = read("Die Miliz Schwarzer Falke floh. Die von Syrien so bezeichneten Terroristen griffen an.", None)
    label = next(a.label_by for a in actors.all if a.label_by is not None)
    assert actors.all[label].name == "Syrien"


def test_persons_act_for_whom_their_office_belongs_to() -> None:
    actors = read("Russland stimmte zu. Außenminister Sergej Lawrow lobte den Schritt.")
    owner = one(actors, "Sergej Lawrow").acts_for
    assert owner is not None and actors.all[owner].name == "Russland"


def test_relative_pronoun_means_its_antecedent() -> None:
    actors = read("Die Rebellen, die das Dorf hielten, ergaben sich.")
    relative = next(c for c in actors.analysis.clauses if c.relation == "relative")
    assert relative.subject is not None and [actors.all[i].name for i in actors.of(relative.subject)] == ["Rebellen"]


@pytest.mark.parametrize(
    "text", ["", "\0\0", "„„„ »", "(((", "Präsident", "der die das", "שלום עולם", "A" * 5000, "HTS (HTS) (HTS"]
)
def test_odd_text_never_raises(text: str) -> None:
    actors = read(text)
    for actor in actors.all:
        assert all(0 <= s < e <= len(text) for s, e in actor.mentions)


def test_numbers_without_a_noun_and_victims_are_of_those_counted_before() -> None:
    actors = read(
        "Bei dem Angriff starben 12 türkische Soldaten. Mehrere weitere wurden verletzt. Die Verletzten kamen in Kliniken."
    )
    hurt = next(c.object for c in actors.analysis.clauses if c.predicate == "verletzen")
    assert hurt is not None and [actors.all[i].name for i in actors.of(hurt)] == ["türkische Soldaten"]
    assert subject(actors, "kommen") == ["türkische Soldaten"]


def test_adjectives_tell_groups_apart() -> None:
    actors = read("Huthi-Rebellen griffen an. Die Rebellen zogen ab. Regierungstreue Kämpfer rückten vor.")
    assert names(actors) == ["Huthi", "regierungstreue Kämpfer"]


def test_bare_government_is_that_of_the_state_in_question() -> None:
    actors = read("In Syrien kämpften Rebellen bei Aleppo. Ankara schwieg. Russland gilt als Freund der Regierung.")
    genitive = next(t.i for t in actors.analysis.tokens if t.text == "Regierung")
    assert [actors.all[i].name for i in actors.by_token[genitive]] != ["türkische Regierung"]


def test_document_speaks_for_its_author() -> None:
    actors = read("Die OSZE zählte Verstöße. Das geht aus dem Bericht hervor.")
    report = next(p for c in actors.analysis.clauses for p in c.phrases if p.lemma == "Bericht")
    assert [actors.all[i].name for i in actors.of(report)] == ["OSZE"]


def test_soldier_with_a_name_is_a_person() -> None:
    assert one(read("Der Soldat Jonas Keller berichtete von dem Gefecht."), "Jonas Keller").kind == "person"


def test_chains_of_acting_for_others_end() -> None:
    actors = read(
        "Der Sprecher der Armee der Regierung der Türkei, der Minister der Partei, sprach für die türkische Regierung."
    )
    for start in range(len(actors.all)):
        at: int | None = start
        for _ in range(len(actors.all) + 1):
            at = actors.all[at].acts_for if at is not None else None
        assert at is None


def test_mentions_lie_in_the_text_and_in_order() -> None:
    text = "Die EU, die Nato und die UN warnten. Putins Sprecher Dmitri Peskow schwieg, er reiste ab."
    actors = read(text)
    for actor in actors.all:
        assert actor.mentions == sorted(actor.mentions) and actor.mentions
    assert [a.mentions[0] for a in actors.all] == sorted(a.mentions[0] for a in actors.all)


def test_work_grows_with_the_text_only() -> None:
    part = "Die türkische Armee griff Rebellen in Nordsyrien an. Präsident Erdogan sagte, er werde mit Putin reden. "
    short, long = analyse(part * 20, "2020-03-02"), analyse(part * 200, "2020-03-02")
    find_actors(short)
    begun = time.perf_counter()
    find_actors(short)
    middle = time.perf_counter()
    find_actors(long)
    assert time.perf_counter() - middle < 40 * (middle - begun) + 0.05


def test_an_adjective_further_inside_says_nothing_of_the_owner() -> None:
    text = "Die in der syrischen Provinz getöteten türkischen Soldaten wurden überführt. Syrien schwieg, die Türkei trauerte."
    record = trucewatch.read(text, published="2020-02-28")
    named = {actor.id: actor for actor in record.actors}
    soldiers = next(a for a in record.actors if a.name.endswith("Soldaten"))
    assert soldiers.acts_for is not None
    assert named[soldiers.acts_for].name == "Türkei"

"""Frames of diplomacy and speech acts: the data is sound, and its own example sentences come out as they say."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from trucewatch.extraction.actors import find_actors
from trucewatch.extraction.frames import Frame, frames
from trucewatch.extraction.matching import Matcher
from trucewatch.extraction.roles import PhraseKinds
from trucewatch.knowledge.load import table
from trucewatch.language.german import analyse
from trucewatch.record import MODES

DATA = table("frames.de.talk")
GROUPS: list[dict[str, Any]] = [*DATA["verb"], *DATA["noun"]]
TYPES = {"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "SANCTION", "STATE"}


class _NoPlaces:
    """Stands in for the places of a report: no condition tested here asks for one."""

    def in_phrase(self, phrase: object) -> list[object]:
        return []

    def named_in(self, phrase: object, analysis: object) -> list[object]:
        return []


def matches(text: str) -> list[tuple[Frame, str]]:
    """Every frame that ``text`` matches, with the words of its trigger."""
    analysis = analyse(text, "2020-02-28")
    kinds = PhraseKinds(find_actors(analysis), _NoPlaces())  # type: ignore[arg-type]
    matcher = Matcher(analysis, frames("de"), kinds)
    verbs = list(matcher.verbs())
    found = [*verbs, *matcher.nouns(frozenset(h.token for h in verbs))]
    return [(h.frame, text[h.trigger[0] : h.trigger[1]]) for h in found]


def test_types_and_modes_are_the_codebooks() -> None:
    for group in GROUPS:
        assert group["type"] in TYPES | {"COERCE"}, group["id"]
        assert group.get("mode") is None or group["mode"] in MODES[group["type"]], group["id"]
    for kind, modes in DATA["content_mode"].items():
        assert set(modes) <= MODES[kind]
    for kind, parts in DATA["compound_mode"].items():
        assert set(parts.values()) <= MODES[kind]
    for entry in [*DATA["report_verb"], *DATA["report_noun"]]:
        assert entry["mode"] in MODES["STATE"]


def test_every_group_is_complete_and_has_its_examples() -> None:
    assert [i for i, n in Counter(g["id"] for g in GROUPS).items() if n > 1] == []
    for group in GROUPS:
        assert group["yes"] and group["no"], group["id"]
        assert len(set(group["words"])) == len(group["words"]), group["id"]
        assert set(group) <= {
            "id", "words", "type", "mode", "actor", "target", "place", "about", "where", "unless", "content", "content_status",
            "joint", "default_status", "own_negation", "negative", "trigger", "weak", "not", "yes", "no", "own", "status",
            "withdraws",
        }  # fmt: skip


def test_classes_named_in_conditions_exist() -> None:
    known = frames("de").classes
    for group in GROUPS:
        for conditions in (group.get("where", {}), group.get("unless", {})):
            for wanted in conditions.values():
                assert all(w[1:] in known for w in wanted if w.startswith("@")), group["id"]


def test_there_are_enough_predicates() -> None:
    assert len({w for g in DATA["verb"] for w in g["words"]}) >= 300
    assert len({w for g in DATA["noun"] for w in g["words"]}) >= 150
    assert {g["type"] for g in GROUPS} >= TYPES
    for kind in TYPES:
        modes = {g.get("mode") for g in GROUPS if g["type"] == kind} | set(DATA["content_mode"].get(kind, {}))
        missing = MODES[kind] - modes
        assert missing <= {"assert", "estimate", "economic", "political", "sanctions"}, (kind, missing)


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: str(g["id"]))
def test_examples(group: dict[str, Any]) -> None:
    for text in group["yes"]:
        assert group["type"] in {f.type for f, _ in matches(text)}, text
    for text in group["no"]:
        assert group["id"] not in {f.id for f, _ in matches(text)}, text


@pytest.mark.parametrize(
    ("text", "kind", "mode", "trigger"),
    [
        ("Die Opposition machte die Armee für den Beschuss verantwortlich.", "ACCUSE", None, "verantwortlich"),
        ("Das Ministerium wies den Vorwurf der Rebellen zurück.", "REJECT", "denial", "wies"),
        ("Die Regierung lehnte das Angebot der Rebellen ab.", "REJECT", "refusal", "lehnte"),
        ("Die Miliz bekannte sich zu dem Anschlag auf den Markt.", "STATE", "claim_responsibility", "bekannte"),
        ("Der General entschuldigte sich bei den Familien.", "CONCEDE", "apologise", "entschuldigte"),
        ("Der Minister zeigte sich besorgt über die Kämpfe.", "STATE", "concern", "zeigte"),
        ("Der Präsident telefonierte mit dem König.", "CONSULT", "phone", "telefonierte"),
        ("Ankara stellte der Miliz ein Ultimatum.", "THREATEN", "ultimatum", "Ultimatum"),
    ],
)
def test_what_the_words_say(text: str, kind: str, mode: str | None, trigger: str) -> None:
    assert (kind, mode, trigger) in {(f.type, f.mode, words) for f, words in matches(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Das Gericht verurteilte den Mann zu drei Jahren Haft.",
        "Das Erdbeben forderte mehr als 40 Todesopfer.",
        "Der Boxer verteidigte seinen Titel.",
        "Das Buch vermittelt einen guten Eindruck.",
        "Der Schiedsrichter brach das Spiel ab.",
    ],
)
def test_everyday_words_are_no_events(text: str) -> None:
    assert [f.id for f, _ in matches(text) if f.type in TYPES] == []


def test_content_decides_the_mode_of_a_demand() -> None:
    for text, mode in [
        ("Paris forderte beide Seiten auf, das Feuer einzustellen.", "ceasefire"),
        ("Paris forderte den Abzug der Truppen.", "withdrawal"),
        ("Paris forderte neue Verhandlungen.", "talks"),
        ("Paris forderte eine unabhängige Untersuchung.", "investigation"),
    ]:
        analysis = analyse(text, "2020-02-28")
        matcher = Matcher(analysis, frames("de"), PhraseKinds(find_actors(analysis), _NoPlaces()))  # type: ignore[arg-type]
        clause = analysis.clauses[0]
        assert matcher.surroundings.mode("REQUEST", matcher.surroundings.content(clause)) == mode, text

"""The frame tables and the domain words: their schema, and that every group does what its own examples say."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from typing import Any

import pytest

from trucewatch.extraction.actors import find_actors
from trucewatch.extraction.domain import Domain
from trucewatch.extraction.frames import frames
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.matching import Matcher
from trucewatch.extraction.places import find_places
from trucewatch.extraction.roles import PhraseKinds
from trucewatch.knowledge.load import FOLDER
from trucewatch.language.german import analyse
from trucewatch.record import MODES

FORCE = "frames.de"
FILES = (FORCE, "frames.de.talk", "frames.de.law", "frames.de.idioms")
STATUSES = {"occurred", "ongoing", "planned", "demanded", "threatened", "possible", "habitual"}
HARMS = {"killed", "wounded", "missing", "captured", "displaced"}
SLOTS = set(
    """subject object indirect_object predicative genitive genitive_object adjective compound possessive complement
    infinitive quotation clause content role bare relation actor about clause_subject apposition""".split()
)
PREPOSITIONS = set(
    """ab als an angesichts auf aufgrund aus außerhalb bei binnen bis dank durch entlang für gegen gegenüber gemäß
    hinsichtlich hinter in infolge innerhalb jenseits laut mit nach nahe namens neben ohne per richtung seit seitens
    statt trotz um unter von vor wegen wider zu zum zur zwischen über Richtung""".split()
)
KINDS = set(
    """force people place government number official organisation media person civilians group any none state name
    armed_forces armed_group""".split()
)
KEYS = set(
    """id words type mode actor target place where unless harm status negative content content_status weak yes no whole
    not about joint default_status own_negation trigger tally own scene withdraws""".split()
)
WEAK_FLOOR = 2.0
"""In the examples, a weak group counts only where the sentence itself has this much of conflict about it."""


@cache
def data(name: str) -> dict[str, Any]:
    """The raw table."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def groups(name: str) -> list[tuple[str, dict[str, Any]]]:
    """All groups of a file with their kind."""
    return [(kind, g) for kind in ("verb", "noun") for g in data(name).get(kind, ())]


def happenings(text: str, gated: bool) -> list[Happening]:
    """What the matcher finds in one sentence."""
    analysis = analyse(text)
    places = find_places(analysis)
    matcher = Matcher(analysis, frames("de"), PhraseKinds(find_actors(analysis, places), places))
    quiet = gated and Domain(analysis).total < WEAK_FLOOR
    found = [h for h in matcher.verbs() if not (quiet and h.frame.weak)]
    used = {h.token for h in found} | {t for h in found if h.clause is not None for t in h.clause.predicate_tokens}
    return found + [h for h in matcher.nouns(frozenset(used)) if not (quiet and h.frame.weak)]


@pytest.mark.parametrize("name", FILES)
def test_groups_keep_the_schema(name: str) -> None:
    ids: Counter[str] = Counter()
    for kind, group in groups(name):
        label = f"{name} {kind} {group.get('id')}"
        assert not set(group) - KEYS, label
        ids[f"{kind}/{group['id']}"] += 1
        assert group["type"] in MODES, label
        assert group.get("mode") is None or group["mode"] in MODES[group["type"]], label
        assert group["words"] and len(set(group["words"])) == len(group["words"]), label
        assert group.get("yes") and group.get("no"), label
        assert group.get("harm") is None or group["harm"] in HARMS, label
        for key in ("status", "content_status", "default_status"):
            assert group.get(key) is None or group[key] in STATUSES, label
        for key in ("actor", "target", "place", "content", "about"):
            for slot in group.get(key, ()):
                assert set(slot.split(".")) <= SLOTS | PREPOSITIONS, f"{label}: {slot}"
    assert [i for i, n in ids.items() if n > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_conditions_name_known_slots_classes_and_kinds(name: str) -> None:
    classes = {c for file in FILES for c in data(file).get("classes", {})}
    for kind, group in groups(name):
        for key in ("where", "unless"):
            for slot, wanted in group.get(key, {}).items():
                label = f"{name} {kind} {group['id']} {key} {slot}"
                assert set(slot.replace("|", ".").split(".")) <= SLOTS | PREPOSITIONS, label
                for want in wanted if isinstance(wanted, list) else [wanted]:
                    if want.startswith("@"):
                        assert want[1:] in classes, f"{label}: {want}"
                    if want.startswith("%"):
                        assert want[1:] in KINDS, f"{label}: {want}"


def test_no_word_stands_twice_under_the_same_conditions() -> None:
    """Within the frames of force, and between them and the other file."""
    seen: dict[tuple[str, str, str], tuple[str, str]] = {}
    twice = []
    for name in FILES:
        for kind, group in groups(name):
            for word in group["words"]:
                key = (kind, word.lower(), repr(sorted(group.get("where", {}).items())))
                if key in seen and FORCE in (name, seen[key][0]):
                    twice.append((word, seen[key], group["id"]))
                seen[key] = (name, group["id"])
    assert twice == []


def test_mode_tables_name_modes_of_their_type() -> None:
    for name in FILES:
        for key in ("compound_mode", "instrument_mode"):
            for kind, modes in data(name).get(key, {}).items():
                assert set(modes.values()) <= MODES[kind] | {""}, (name, key, kind)
        for kind, words in data(name).get("content_mode", {}).items():
            assert set(words) <= MODES[kind], (name, kind)


def test_breadth() -> None:
    force = groups(FORCE)
    assert len({w for kind, g in force if kind == "verb" for w in g["words"]}) >= 350
    assert len({w for kind, g in force if kind == "noun" for w in g["words"]}) >= 250
    modes = {(g["type"], g.get("mode")) for _, g in force}
    for table_name in ("compound_mode", "instrument_mode", "content_mode"):
        for kind, table in data(FORCE).get(table_name, {}).items():
            modes |= {(kind, m) for m in (table if table_name == "content_mode" else table.values())}
    own = "ASSAULT ADVANCE RETREAT MOBILIZE PRESENCE VIOLATE COERCE HARM DAMAGE AID PROTEST".split()
    missing = [(kind, mode) for kind in own for mode in MODES[kind] if (kind, mode) not in modes]
    assert missing == []


def test_examples_that_must_match() -> None:
    missed = []
    for kind, group in groups(FORCE):
        for sentence in group["yes"]:
            if group["type"] not in {h.type for h in happenings(sentence, gated=False)}:
                missed.append((kind, group["id"], sentence))
    assert missed == []


def test_examples_that_must_not_match() -> None:
    hit = []
    for kind, group in groups(FORCE):
        for sentence in group["no"]:
            if group["id"] in {
                h.frame.id for h in happenings(sentence, gated=True) if h.frame.noun == (kind == "noun")
            }:
                hit.append((kind, group["id"], sentence))
    assert hit == []


CONFLICT = "Rebellen griffen am Abend einen Posten der Armee an. Zwei Soldaten wurden verletzt. Die Miliz bestritt den Beschuss."
SPORT = (
    "Der Angriff der Gäste kam früh. Der Stürmer traf zweimal, die Mannschaft feierte. "
    "Der Trainer sprach von einem Kampf bis zur letzten Minute."
)
BUSINESS = (
    "Im Preiskrieg eröffnet der Discounter das Feuer. Der Konzern greift den Marktführer an, die Aktie stürzte ab."
)
WEATHER = "Der Sturm zerstörte Dutzende Häuser. Zwei Menschen starben, Tausende flohen vor dem Hochwasser."


def test_domain_tells_conflict_from_pictures_of_it() -> None:
    fight = Domain(analyse(CONFLICT))
    assert all(fight.conflict(s) for s in range(len(fight.scores))) and not fight.hostile()
    for text in (SPORT, BUSINESS, WEATHER):
        domain = Domain(analyse(text))
        assert not any(domain.conflict(s) for s in range(len(domain.scores))), text
        assert domain.hostile(), text

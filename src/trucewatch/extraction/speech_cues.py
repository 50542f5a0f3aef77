"""The words of reported speech (``knowledge/cues.*.toml``), ready for look-up by lemma."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Token

Words = frozenset[str]
FLAGS = (
    "content", "quote", "infinitive", "act", "label", "addressee_object", "impersonal", "weak", "witness", "claims",
    "stative", "decision", "quoting", "blames", "only_it", "rejects", "unspoken",
)  # fmt: skip


@dataclass(slots=True)
class Cues:
    """Look-up tables of one language's cues; all keys are lower case."""

    verbs: dict[str, frozenset[str]] = field(default_factory=dict)
    """Verb lemma -> its flags (names of the lists it stands in)."""
    groups: dict[str, list[tuple[Words, frozenset[str]]]] = field(default_factory=dict)
    """Verb lemma -> (other words that must stand in the clause, flags), for predicates of several words."""
    source_nouns: Words = frozenset()
    content_nouns: Words = frozenset()
    vague_nouns: Words = frozenset()
    speakers: Words = frozenset()
    titled: Words = frozenset()
    silent: Words = frozenset()
    documents: Words = frozenset()
    mute: Words = frozenset()
    vague_adjectives: Words = frozenset()
    own: Words = frozenset()
    with_source_noun: Words = frozenset()
    with_source: Words = frozenset()
    with_view: Words = frozenset()
    before_source: Words = frozenset()
    after_noun: Words = frozenset()
    of_speaker: Words = frozenset()
    impersonal_source: Words = frozenset()
    invoking: tuple[str, Words, str] = ("", frozenset(), "")
    addressee: Words = frozenset()
    of_content: Words = frozenset()
    circumstance: Words = frozenset()
    body_source: Words = frozenset()
    loose: Words = frozenset()
    with_noun: Words = frozenset()
    agent: Words = frozenset()
    words: dict[str, Words] = field(default_factory=dict)
    tags: dict[str, Words] = field(default_factory=dict)
    """Groups of the language's own tags."""


@cache
def cues(language: str) -> Cues:
    """The cues of a language; without a table for it, the empty ones."""
    try:
        data = table(f"cues.{language}")
    except FileNotFoundError:
        return Cues()
    found = Cues()
    flags: dict[str, set[str]] = {}
    for flag in FLAGS:
        for verb in data["verbs"].get(flag, []):
            flags.setdefault(verb, set()).add(flag)
    for verb, names in flags.items():
        *others, last = verb.split()
        if others:
            key = frozenset(w.lower() for w in others)
            found.groups.setdefault(last, []).append((key, frozenset(names)))
        else:
            found.verbs[last] = frozenset(names)
    nouns: dict[str, Any] = data["nouns"]
    found.source_nouns, found.content_nouns = _lower(nouns["source"]), _lower(nouns["content"])
    found.vague_nouns, found.vague_adjectives = _lower(nouns["vague"]), _lower(nouns["vague_adjectives"])
    found.speakers, found.titled = _lower(nouns["speakers"]), _lower(nouns["titled"])
    found.documents, found.silent = _lower(nouns["documents"]), _lower(nouns["silent"])
    found.own, found.mute = _lower(nouns["own"]), _lower(nouns["mute"])
    ties: dict[str, Any] = data["prepositions"]
    found.with_source_noun, found.with_source = _lower(ties["with_source_noun"]), _lower(ties["with_source"])
    found.before_source, found.after_noun = _lower(ties["before_source"]), _lower(ties["after_noun"])
    found.of_speaker, found.impersonal_source = _lower(ties["of_speaker"]), _lower(ties["impersonal_source"])
    found.of_content, found.circumstance = _lower(ties["of_content"]), _lower(ties["circumstance"])
    found.with_view = _lower(ties["with_view"])
    found.addressee, found.body_source = _lower(ties["addressee"]), _lower(ties["body_source"])
    invoking = ties["invoking"]
    found.invoking = (invoking["preposition"], _lower(invoking["nouns"]), invoking["tie"])
    found.with_noun = _lower(ties["with_noun"])
    found.loose, found.agent = _lower(ties["loose"]), _lower(ties["agent"])
    found.tags = {name: frozenset(tags) for name, tags in data["tags"].items()}
    found.words = {name: _lower(words) for name, words in data["words"].items()}
    return found


def _lower(words: Iterable[str]) -> Words:
    return frozenset(w.lower() for w in words)


def group_words(clause: Clause, known: Cues) -> Words:
    """The words besides the verb of all several-word predicates of the clause's verb."""
    groups = known.groups.get(clause.predicate)
    return frozenset().union(*(words for words, _ in groups)) if groups else frozenset()


def flags_of(analysis: Analysis, clause: Clause, known: Cues) -> frozenset[str]:
    """The flags of the clause's predicate; empty where it is no cue. Several-word predicates add to the bare verb's."""
    groups = known.groups.get(clause.predicate)
    if groups:
        here = {
            word for i in clause.tokens for word in (analysis.tokens[i].text.lower(), analysis.tokens[i].lemma.lower())
        }
        found = known.verbs.get(clause.predicate, frozenset())
        for words, flags in groups:
            if words <= here:
                found |= flags
        return found if "unspoken" not in found else frozenset()
    return known.verbs.get(clause.predicate, frozenset())


def is_noun_of(token: Token, nouns: Words) -> bool:
    """Whether the noun or the last part of a compound is one of ``nouns`` (lower case)."""
    if token.coarse not in ("NOUN", "PROPN"):
        return False
    return ends_in(token.lemma.lower(), nouns) or ends_in(token.text.lower(), nouns)


@lru_cache(maxsize=60_000)
def ends_in(form: str, nouns: Words) -> bool:
    """Whether the word or the last part of it, as of a compound, is one of ``nouns`` (lower case)."""
    for ending in _ENDINGS:
        if form.endswith(ending):
            stem = form[: len(form) - len(ending)]
            if stem in nouns or any(stem[k:] in nouns for k in range(3, len(stem) - 3)):
                return True
    return False


_ENDINGS = ("", "n", "en", "e", "s", "es", "in", "innen", "er")
"""Endings that a tagger may leave on the lemma of a rare noun."""

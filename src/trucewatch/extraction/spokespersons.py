"""For whom somebody speaks of whom the text says only the role: "sagte ein Sprecher" right behind the body's own words."""

from __future__ import annotations

from functools import cache

from trucewatch.extraction.actors import Actors
from trucewatch.extraction.speech_model import Stretch
from trucewatch.knowledge.load import table as knowledge
from trucewatch.language.analysis import Analysis, Phrase

_BODIES = frozenset({"state", "government", "armed_forces", "armed_group", "organisation"})
_NEAR = 2
"""The body is named at most so many sentences before."""
_DEEPEST = 6


@cache
def _roles(language: str) -> tuple[frozenset[str], dict[str, str]]:
    data = knowledge(f"slots.{language}")["self"]
    return frozenset(w.lower() for w in data["roles"]), data["kinds"]


def name_bodies(analysis: Analysis, actors: Actors, stretches: list[Stretch]) -> None:
    """Set ``acts_for`` of speakers that are only a role, where a source or a subject shortly before is their body.

    Whom the speaker tells of ("X habe angegriffen, sagte ein Sprecher") is not thereby the body.
    """
    sources = [s.source.phrase for s in stretches if s.source.phrase is not None and not s.inherited]
    acting = [(c.subject, c.relation) for c in analysis.clauses if c.subject is not None and not c.subject.pronoun]
    subjects = [subject for subject, _ in acting]
    doers = [subject for subject, relation in acting if relation != "infinitive"]
    for phrase in sorted({p.first: p for p in [*subjects, *sources]}.values(), key=lambda p: p.first):
        found = actors.of(phrase)
        if len(found) != 1 or not _only_role(analysis, actors, phrase, found[0]):
            continue
        told = [s for s in stretches if s.source.phrase is not None and s.source.phrase.first == phrase.first]
        others = [p for p in (*sources, *doers) if not any(s.covers(p.start, p.end) for s in told)]
        body = _body_before(analysis, actors, others, phrase, found[0], told)
        if body is not None:
            actors.all[found[0]].acts_for = body


def _only_role(analysis: Analysis, actors: Actors, phrase: Phrase, actor: int) -> bool:
    entry = actors.all[actor]
    if entry.kind not in ("person", "group") or entry.entity is not None or entry.acts_for is not None:
        return False
    if phrase.genitives or entry.named and phrase.determiner != "possessive":
        return False  # "deren Sprecher X": the name does not say whose he is
    roles, _ = _roles(analysis.language)
    heads = range(phrase.core_first, phrase.core_last + 1) if entry.named else (phrase.head,)
    return any({analysis.tokens[i].lemma.lower(), analysis.tokens[i].text.lower()} & roles for i in heads)


def _body_before(
    analysis: Analysis, actors: Actors, named: list[Phrase], phrase: Phrase, speaker: int, told: list[Stretch]
) -> int | None:
    """The nearest body before the phrase that spoke or acted, or that the word itself asks for ("Armeesprecher")."""
    token = analysis.tokens[phrase.head]
    if analysis.tokens[phrase.first].text.lower() in knowledge(f"slots.{analysis.language}")["self"]["latter"]:
        return _named_last(actors, phrase.start, speaker, (), told)
    _, kinds = _roles(analysis.language)
    wanted = next((kind for part, kind in kinds.items() if token.text.lower().startswith(part)), None)
    if wanted is not None:
        return _named_last(actors, phrase.start, speaker, tuple(part for part, kind in kinds.items() if kind == wanted))
    agents = [c.agent for c in analysis.clauses if c.agent is not None]
    near: list[tuple[int, int]] = []
    for other in [*named, *agents]:
        at = analysis.tokens[other.head]
        if at.i >= phrase.first or token.sentence - at.sentence > _NEAR:
            continue
        found = actors.of(other)
        body = _body(actors, found[0]) if len(found) == 1 else None
        if body is not None and body != speaker:
            near.append((at.i, body))
    return max(near)[1] if near else None


def _body(actors: Actors, actor: int) -> int | None:
    """The body that the actor is or speaks for."""
    at: int | None = actor
    for _ in range(_DEEPEST):
        if at is None:
            return None
        if actors.all[at].kind in _BODIES:
            return at
        at = actors.all[at].acts_for
    return None


def _named_last(
    actors: Actors, before: int, speaker: int, parts: tuple[str, ...], told: list[Stretch] | None = None
) -> int | None:
    """The body that was mentioned last before the offset; with ``parts``, one in whose name one of them stands."""
    for (start, end), actor in reversed(actors.spans):
        entry = actors.all[actor]
        if end > before or actor == speaker or entry.kind not in _BODIES:
            continue
        if any(s.covers(start, end) for s in told or ()):
            continue  # the speaker's own words: whom they tell of
        if not parts or any(part in entry.name.lower() for part in parts):
            return actor
    return None

"""What co-reference knows so far: the actors found, by what they are known, and where they were mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from trucewatch.extraction.mentions import Mention
from trucewatch.extraction.referents import Draft, Key
from trucewatch.knowledge.register import Register, register
from trucewatch.language.analysis import Analysis, Clause
from trucewatch.record import ActorKind

NEAR = 2
"""A bare description reaches back this many sentences where more than one actor fits it."""
_COUNT_REACH = 3
"""Victims without a noun ("36 weitere", "die Verletzten") are of those counted at most so many sentences before."""
_CROWDS: frozenset[ActorKind] = frozenset({"civilians", "group", "armed_forces", "armed_group"})
_WINDOW = 120
"""In very long texts only so many of the latest actors of a kind are looked at: work stays linear."""


@dataclass(slots=True)
class Trace:
    """That an actor was mentioned at ``token``."""

    token: int
    sentence: int
    actor: int
    gender: str | None
    plural: bool
    subject: bool
    counted: bool


@dataclass(slots=True)
class Ledger:
    """The actors of one text while its mentions are gone through in order."""

    analysis: Analysis
    subjects: frozenset[int]
    """Head tokens of (deep) subjects."""
    clauses: dict[int, Clause]
    """Token -> the clause that owns it."""
    appositions: dict[int, set[int]]
    """Head token -> head tokens of its appositions, or of the phrase that it is an apposition to."""
    focus: str | None = None
    """ISO code of the state that the report is mostly about, where there is one."""
    drafts: list[Draft] = field(default_factory=list)
    keys: dict[Key, int] = field(default_factory=dict)
    traces: dict[int, list[Trace]] = field(default_factory=dict)
    """Sentence -> mentions in it so far, in order."""
    at_token: dict[int, tuple[int, ...]] = field(default_factory=dict)
    known: Register = field(default_factory=register)

    def actor(self, key: Key, kind: ActorKind, name: str) -> int:
        """The actor known by ``key``; made if there is none yet."""
        if key not in self.keys:
            self.keys[key] = len(self.drafts)
            self.drafts.append(Draft(key, kind, name))
        return self.keys[key]

    def note(self, actor: int, mention: Mention, alone: bool) -> None:
        """Write down that ``mention`` means ``actor`` (``alone``: and nobody else)."""
        draft = self.drafts[actor]
        if alone and not mention.pronoun:
            draft.take(mention)
        elif mention.pronoun:
            draft.pronouns.append(mention)
        gender = mention.gender or draft.gender
        subject = mention.head in self.subjects
        trace = Trace(
            mention.head,
            mention.sentence,
            actor,
            gender,
            mention.plural,
            subject,
            mention.ellipsis or mention.counted not in (None, 0),
        )
        self.traces.setdefault(mention.sentence, []).append(trace)

    def recent(self, test: Iterable[int], sentence: int) -> int | None:
        """The one actor of ``test``; where there are more, the one that alone was mentioned in the last sentences."""
        choice = set(test)
        if len(choice) == 1:
            return choice.pop()
        if not choice:
            return None
        for back in range(NEAR + 1):
            near = {t.actor for t in self.traces.get(sentence - back, ()) if t.actor in choice}
            if len(near) == 1:
                return near.pop()
            if near:
                return None
        return None

    def latest(self) -> Iterator[tuple[int, Draft]]:
        """The latest actors (all of them in a report of usual length), oldest first, with their indices."""
        start = max(0, len(self.drafts) - _WINDOW)
        for i in range(start, len(self.drafts)):
            yield i, self.drafts[i]

    def of_kind(self, *kinds: ActorKind, named: bool | None = None) -> list[int]:
        """The latest actors of these kinds."""
        return [i for i, d in self.latest() if d.kind in kinds and (named is None or d.named == named)]

    def near(self, sentence: int) -> Iterator[Trace]:
        """Mentions in ``sentence`` and the ones shortly before it, latest sentence first, each in text order backwards."""
        for back in range(NEAR + 1):
            yield from reversed(self.traces.get(sentence - back, []))

    def counted_before(self, sentence: int) -> int | None:
        """The group of people that was counted last, within the last sentences."""
        for back in range(_COUNT_REACH + 1):
            for trace in reversed(self.traces.get(sentence - back, [])):
                if trace.counted and self.drafts[trace.actor].kind in _CROWDS:
                    return trace.actor
        return None

    def same_words(self, m: Mention) -> int | None:
        """The actor of the mention's kind that was called by the same noun before, if there is one such."""
        low = m.lemma.lower()
        same = [i for i, d in self.latest() if d.kind == m.kind and (m.lemma in d.lemmas or low in d.ends)]
        return self.recent(same, m.sentence)


def owner_name(m: Mention) -> str:
    """Whom an office belongs to: ISO code of a state or the register's name of an organisation, "" unknown."""
    if m.owner is None:
        return ""
    entity = m.owner.entity
    if entity is not None and entity.kind not in ("state", "government") and not entity.capital:
        return entity.name
    return m.owner.state or ""

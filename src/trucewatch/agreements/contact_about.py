"""On which level a contact is, and what it is about, in the report's own words."""

from __future__ import annotations

import re

from trucewatch.agreements.ledger_context import Context
from trucewatch.agreements.ledger_words import listed, patterns, told
from trucewatch.knowledge.register import register
from trucewatch.linking.node import Side
from trucewatch.record import Event

_LEVEL_OF_ROLE = {
    "president": "heads", "head": "heads", "monarch": "heads", "leader": "heads", "foreign": "ministers",
    "defence": "ministers", "interior": "ministers", "minister": "ministers", "staff": "military",
    "commander": "military", "envoy": "envoys", "ambassador": "envoys",
}  # fmt: skip
_LOWEST = ("experts", "envoys", "military", "ministers", "heads")
_LONGEST_TOPIC = 160
_TOPIC_BEFORE = 120
"""Code points before the event's word within which its topic may stand."""


def level(context: Context, parties: tuple[Side, ...], event: Event, words: str) -> str | None:
    """On which level: by the offices that the persons hold, else by the words for them."""
    date = (event.time.from_ if event.time is not None else None) or context.record.report.published
    roles = []
    for side in parties:
        official = register().officials.get(side.name) if side.kind == "person" else None
        term = official.term(date[:10] if date else None) if official is not None else None
        roles.append(_LEVEL_OF_ROLE.get(term.role) if term is not None else None)
    held = [r for r in roles if r]
    if len(held) == 1 and len(parties) > 1 and sum(s.kind == "person" for s in parties) == 1:
        held += [found] if (found := told(context.language, "level", words)) else []  # "lud die Außenminister ein"
    if held and len(held) >= min(2, len([s for s in parties if s.kind == "person"])):
        return min(held, key=_LOWEST.index)
    names = " ".join(context.sides.actors[a].name for a in event.actors if a in context.sides.actors)
    return (
        told(context.language, "level", names) or told(context.language, "level", words) or (held[0] if held else None)
    )


def topic(context: Context, event: Event) -> str | None:
    """What it is about, in the report's own words; ``None`` where it does not say."""
    low, high = event.evidence
    words = context.text[low:high]
    never = listed(context.language, "topic", "never")
    small = listed(context.language, "topic", "small")
    for name in sorted(listed(context.language, "topic", "before")):
        for match in re.finditer(rf"\b{name}\s+", words):
            found = _phrase(words[match.end() :], small)
            after_talks = match.start() + low >= event.trigger[0] - _TOPIC_BEFORE
            if found and after_talks and not any(n in found for n in never) and not any(c.isdigit() for c in found):
                if name in ("über", "wegen") or match.start() + low - event.trigger[1] in range(3):
                    return found
    behind = context.text[high : high + 400]
    line = re.split(r"(?<=[.!?])\s", behind.lstrip(" .\n"), maxsplit=1)[0] if behind else ""
    for cue in patterns(context.language, "topic", "clause_cues"):
        match_ = cue.search(line)
        if match_:
            return re.split(r"[.,;:]", line[match_.end() :])[0].strip()[:_LONGEST_TOPIC] or None
    for cue in patterns(context.language, "topic", "cues"):
        match_ = cue.search(line)
        if match_:
            return _phrase(line[match_.end() :], small)
    return None


def _phrase(words: str, small: frozenset[str]) -> str | None:
    """The noun group that ``words`` begin with, up to its last capitalised word."""
    taken: list[str] = []
    end = 0
    for match in re.finditer(r"\S+", words):
        word = match.group()
        bare = word.strip(",.;:«»„“\"'()")
        adjective = bare[:1].islower() and bare.endswith(("e", "en", "er", "es", "em")) and len(bare) > 3
        verb_like = bare[:1].islower() and bare not in small and not adjective
        if verb_like or not bare:
            break
        taken.append(bare)
        if bare[:1].isupper():
            end = len(taken)
        if word[-1:] in ",.;:" or match.end() > _LONGEST_TOPIC:
            break
    return " ".join(taken[:end]) or None

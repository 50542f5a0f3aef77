"""What a report tells of posts, units and patrols: that they are somewhere, are cut off, attacked, given up."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeGuard

from trucewatch.agreements.ledger_context import Context
from trucewatch.agreements.ledger_entry import Entry
from trucewatch.agreements.ledger_words import form_of_post, listed, told
from trucewatch.knowledge.load import table
from trucewatch.linking.node import Side
from trucewatch.record import Event, Span

_STATE_OF = {
    "ADVANCE": "surrounded",
    "COERCE": "surrounded",
    "ASSAULT": "attacked",
    "DAMAGE": "attacked",
    "RETREAT": "abandoned",
}
_MODES = {"ADVANCE": ("encircle",), "COERCE": ("blockade",), "RETREAT": ("withdraw",)}
_PLACE_BEHIND = 60
"""Code points behind a post's name within which its place is named."""
_HAPPENED = ("occurred", "ongoing")


def presence_entries(context: Context) -> list[Entry]:
    """The presence entries of a record, in text order."""
    found: list[Entry] = []
    told_of: set[Span] = set()
    for event in sorted(context.record.events, key=lambda e: e.trigger):
        state = _STATE_OF.get(event.type)
        if state is None or event.status not in _HAPPENED or event.polarity == "negative":
            continue
        if event.mode not in _MODES.get(event.type, (event.mode,)):
            continue
        entry = _happened(context, event, state)
        if entry is not None:
            found.append(entry)
            told_of.add(event.evidence)
    for event in context.record.events:
        if event.type != "PRESENCE" or event.status not in _HAPPENED or event.evidence in told_of:
            continue
        entry = _stands(context, event)
        if entry is not None:
            found.append(entry)
    return sorted(found, key=lambda e: e.trigger)


def _happened(context: Context, event: Event, state: str) -> Entry | None:
    """An act upon a post: its target, or for a withdrawal what is given up, is one."""
    low, high = event.evidence
    suffers = event.targets if event.type != "RETREAT" else ()
    for number in suffers:
        actor = context.sides.actors.get(number)
        form = form_of_post(context.language, actor.name) if actor is not None else None
        if actor is not None and form is not None:
            at = next((m for m in actor.mentions if low <= m[0] < high), None) or event.trigger
            owner = (*context.around.within(at), *context.around.before(at[0]))
            side = owner[0] if owner else context.sides.of(number)
            return _acted(context, event, state, form, side, at)
    post = _post_in(context, event)
    if post is None:
        return None
    at, form = post
    if _aside(context, at) or event.type == "ASSAULT" and not _is_target(context, event, at):
        return None
    before = context.around.before(at[0])
    if event.type == "RETREAT":
        sides = context.around.parties(event)
        return _acted(context, event, state, form, before[0] if before else sides[0] if sides else None, at)
    targets = context.sides.all_of(event.targets)
    return _acted(context, event, state, form, before[0] if before else targets[0] if targets else None, at)


def _aside(context: Context, at: Span) -> bool:
    """Whether a post is only where something is, or where it comes from ("vom Posten aus", "an einem Kontrollposten")."""
    aside, joining = listed(context.language, "post_aside"), listed(context.language, "post_aside", "between")
    for word in reversed(re.findall(r"[\w-]+", context.text[max(0, at[0] - 60) : at[0]])[-4:]):
        if word.lower() in aside:
            return True
        if word.lower() not in joining and (word[:1].isupper() or not word.endswith(("e", "en", "er", "es", "em"))):
            return False
    return False


def _is_target(context: Context, event: Event, at: Span) -> bool:
    """Whether the post is what is attacked, not where from or beside: it stands close behind the act or before the verb."""
    return told(context.language, "post_state", context.clause(event)) == "attacked" and (
        abs(at[0] - event.trigger[1]) <= _PLACE_BEHIND
    )


def _acted(context: Context, event: Event, state: str, form: str, whose: Side | None, at: Span) -> Entry | None:
    if not _may_stand(whose, form):
        return None
    acted = context.around.parties(event) if event.type != "RETREAT" else ()
    low, high = _count(context, at)
    return context.entry(
        "presence", state, form, event, parties=(whose,), others=tuple(s for s in acted if s.key != whose.key),
        spots=context.spots(event) or context.spots_after(at[1], _PLACE_BEHIND), low=low, high=high,
    )  # fmt: skip


def _stands(context: Context, event: Event) -> Entry | None:
    """A presence: it is there, or the clause says that it is cut off, attacked, given up."""
    before = context.around.before(event.trigger[0])
    owners = context.around.parties(event) or tuple(before)
    whose = before[0] if before else owners[0] if owners else None
    low, high = event.evidence
    form = event.mode or form_of_post(context.language, context.text[low:high]) or "unit"
    if not _may_stand(whose, form):
        return None
    acted = form != "unit" and not _aside(context, event.trigger)
    said = told(context.language, "post_state", context.clause(event)) if acted else None
    state = "denied" if event.polarity == "negative" else said if said and said != "denied" else "present"
    if event.count is not None:
        number: tuple[int | None, int | None] = (event.count.low, event.count.high)
    else:
        number = _count(context, event.trigger) if form != "unit" else (None, None)
    spots = context.spots(event) or context.spots_after(event.trigger[1], _PLACE_BEHIND)
    others = tuple(s for s in owners if s.key != whose.key and state in ("surrounded", "attacked"))
    return context.entry(
        "presence", state, form, event, parties=(whose,), others=others, spots=spots, low=number[0], high=number[1]
    )


def _post_in(context: Context, event: Event) -> tuple[Span, str] | None:
    """The first word of the event's clause that names a post, and its form."""
    low, high = event.evidence
    for match in re.finditer(r"[\w-]+", context.text[low:high]):
        form = form_of_post(context.language, match.group())
        if form is not None and match.group()[:1].isupper():
            return (low + match.start(), low + match.end()), form
    return None


@cache
def _numbers(language: str) -> tuple[dict[str, int], dict[str, int]]:
    try:
        data = table(f"numbers.{language}")
    except FileNotFoundError:
        return {}, {}
    return dict(data.get("word", {})), dict(data.get("vague", {}))


def _may_stand(whose: Side | None, form: str) -> TypeGuard[Side]:
    """Whether it is told whose post or force it is: people are none, and bare "troops" may be anybody's."""
    if whose is None or whose.key.startswith(("C:", "P:", "M:")):
        return False
    return whose.known or form not in ("unit", "patrol")


def _count(context: Context, at: Span) -> tuple[int | None, int | None]:
    """How many posts: the number just before the word ("zwölf Beobachtungsposten", "mehrere türkische Posten")."""
    exact, vague = _numbers(context.language)
    words = re.findall(r"[\w-]+", context.text[max(0, at[0] - 40) : at[0]])
    for word in reversed(words[-3:]):
        low = word.lower()
        if low.isdigit():
            return int(low), int(low)
        if low in vague:
            return vague[low], None
        if low in exact:
            number = exact[low]
            return (number, number) if number > 1 else (None, None)
        if not word[:1].islower():
            break
    return None, None

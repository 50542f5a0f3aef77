"""Which id a group of events goes by: an incident keeps its id while reports come in, are read again and linked anew."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from trucewatch.linking.node import Node
from trucewatch.store import incidents as kept


def identities(connection: sa.Connection, groups: Sequence[Sequence[Node]], before: dict[int, str]) -> list[str]:
    """The ids of the groups: an old id goes with the most of its events, a merge keeps the older one."""
    homes: dict[str, tuple[int, int]] = {}
    for at, group in enumerate(groups):
        votes = Counter(before[n.id] for n in group if n.id in before)
        for old, number in votes.items():
            if old not in homes or number > homes[old][1]:
                homes[old] = (at, number)
    age = kept.numbers(connection, homes)
    chosen: dict[int, str] = {}
    for old in sorted(homes, key=lambda i: age.get(i, 1 << 60)):
        chosen.setdefault(homes[old][0], old)
    taken = set(chosen.values())
    ids = []
    for at, group in enumerate(groups):
        if at not in chosen:
            chosen[at] = _new_id(connection, group[0], taken)
            taken.add(chosen[at])
        ids.append(chosen[at])
    return ids


def _new_id(connection: sa.Connection, node: Node, taken: set[str]) -> str:
    """An id from the words that the incident begins with; numbered where an earlier incident began with the same."""
    stem = "i" + hashlib.sha256(f"{node.sha} {node.trigger[0]} {node.type}".encode()).hexdigest()[:10]
    number, again = stem, 1
    while number in taken or kept.is_known(connection, number):
        again += 1
        number = f"{stem}-{again}"
    return number


def heir(lost: str, groups: Sequence[Sequence[Node]], ids: Sequence[str], before: dict[int, str]) -> str | None:
    """The incident that most of a lost one's events are in now."""
    votes = Counter(number for g, number in zip(groups, ids, strict=True) for n in g if before.get(n.id) == lost)
    return min(votes, key=lambda i: (-votes[i], i)) if votes else None

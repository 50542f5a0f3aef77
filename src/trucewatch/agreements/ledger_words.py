"""Words of the ledgers by language (knowledge/contacts.LANGUAGE.toml): states, levels, posts; nothing for unknown languages."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from trucewatch.knowledge.load import table

_Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _data(language: str) -> dict[str, Any]:
    try:
        return table(f"contacts.{language}")
    except FileNotFoundError:
        return {}


@cache
def _patterns(language: str, group: str) -> _Patterns:
    """(name, pattern) of all patterns of a group, in the table's order."""
    found: dict[str, list[str]] = _data(language).get(group, {})
    return tuple((name, re.compile("|".join(words), re.I | re.S)) for name, words in found.items() if words)


def told(language: str, group: str, words: str) -> str | None:
    """The first name of ``group`` one of whose patterns stands in ``words``.

    >>> told("de", "state", "Das Treffen wurde auf unbestimmte Zeit verschoben"), told("de", "state", "Sie trafen sich")
    ('postponed', None)
    """
    return next((name for name, pattern in _patterns(language, group) if pattern.search(words)), None)


def says(language: str, group: str, name: str, words: str) -> bool:
    """Whether one pattern of ``name`` in ``group`` stands in ``words``."""
    return any(key == name and pattern.search(words) for key, pattern in _patterns(language, group))


def listed(language: str, group: str, name: str = "words") -> frozenset[str]:
    """The plain words of a group."""
    return frozenset(_data(language).get(group, {}).get(name, ()))


def patterns(language: str, group: str, name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one name, one by one."""
    return tuple(re.compile(p) for p in _data(language).get(group, {}).get(name, ()))


def form_of_post(language: str, words: str) -> str | None:
    """The form of the post that one of ``words`` names, also as the end of a compound.

    >>> form_of_post("de", "türkischer Beobachtungsposten"), form_of_post("de", "türkische Soldaten")
    ('observation_post', None)
    """
    found = [w.lower() for w in re.findall(r"[\w-]+", words)]
    for form, ends in _data(language).get("posts", {}).items():
        if any(word.endswith(tuple(ends)) for word in found):
            return str(form)
    return None

"""Full-text search over reports: FTS5 in SQLite, tsvector in PostgreSQL, with German stems in both.

SQLite's FTS5 has no German stemmer, so stems (Snowball) are what is indexed there; PostgreSQL's configuration
``german`` is the same Snowball stemmer.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from trucewatch.store.texts import writable

_WORD = re.compile(r"\w+", re.U)
_CUT = (200_000, 50_000, 10_000)
"""Code points of a text that are indexed where the whole has too many words."""


@cache
def _stemmer() -> object:
    import snowballstemmer

    return snowballstemmer.stemmer("german")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The German stem of a word, lower case.

    >>> stem("Luftangriffen") == stem("Luftangriff")
    True
    """
    return str(_stemmer().stemWord(word.lower()))  # type: ignore[attr-defined]


def stems(text: str) -> str:
    """The stems of all words of ``text``, in its order."""
    return " ".join(stem(word) for word in _WORD.findall(text))


def enter(connection: sa.Connection, report: int, title: str | None, text: str) -> None:
    """Enters one report."""
    whole = f"{title or ''}\n{text}"
    if connection.dialect.name == "sqlite":
        connection.execute(
            sa.text("INSERT INTO search(rowid, words) VALUES (:report, :words)"),
            {"report": report, "words": stems(whole)},
        )
        return
    for most in (len(whole), *_CUT):  # PostgreSQL keeps a megabyte of a report's different words, and no more
        try:
            with connection.begin_nested():
                connection.execute(
                    sa.text("INSERT INTO search(report, words) VALUES (:report, to_tsvector('german', :words))"),
                    {"report": report, "words": whole[:most]},
                )
            return
        except OperationalError as fault:
            if "tsvector" not in str(fault.orig) or most == _CUT[-1]:
                raise


def find(connection: sa.Connection, query: str, most: int = 50) -> list[int]:
    """The reports that hold all words of ``query`` in any form, best first. Words in quotation marks must stand together.

    ``most`` bounds how many are given. An empty query finds nothing.
    """
    query = writable(query).replace("\ufffd", " ")  # what cannot be written is no part of a word
    if not _WORD.search(query):
        return []
    if connection.dialect.name == "sqlite":
        parts = re.findall(r'"([^"]*)"|(\S+)', query)
        terms = [f'"{stems(phrase or word)}"' for phrase, word in parts if _WORD.search(phrase or word)]
        rows = connection.execute(
            sa.text("SELECT rowid FROM search WHERE search MATCH :query ORDER BY rank, rowid LIMIT :most"),
            {"query": " AND ".join(terms), "most": most},
        )
    else:
        rows = connection.execute(
            sa.text(
                "SELECT report FROM search, websearch_to_tsquery('german', :query) q WHERE words @@ q "
                "ORDER BY ts_rank(words, q) DESC, report LIMIT :most"
            ),
            {"query": query, "most": most},
        )
    return [int(row[0]) for row in rows]

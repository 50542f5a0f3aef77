"""Losses of a long time or of a whole war ("seit Januar", "in sechs Jahren Krieg"): no single act's (codebook 13.16)."""

from __future__ import annotations

import datetime as dt

from trucewatch.extraction.happening import Happening
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Phrase

_NEWS_DAYS = 14
"""What has lasted no longer is the news itself ("seit Freitag wurden 20 Menschen getötet")."""
_TYPES = frozenset({"HARM", "ASSAULT", "COERCE"})


def note_period(analysis: Analysis, happening: Happening) -> None:
    """Mark a happening whose losses are a period's, and its losses as totals."""
    clause = happening.clause
    if happening.type not in _TYPES or clause is None or not happening.tolls or happening.frame.tally is not None:
        return
    if happening.type != "HARM" and (happening.frame.noun or happening.frame.harm is None):
        return
    if happening.status not in ("occurred", "ongoing") or happening.polarity != "positive":
        return
    if not (_since(analysis, happening, clause) or any(_long(analysis, p) for p in clause.phrases)):
        return
    happening.period = True
    for toll in happening.tolls:
        toll.total = not toll.part
    happening.why.append("its losses are those of a whole period")


def _since(analysis: Analysis, happening: Happening, clause: Clause) -> bool:
    """ "seit Januar", "seit Beginn des Krieges"."""
    words = table(f"losses.{analysis.language}")["period"]
    since = [p for p in clause.phrases if p.preposition in words["prepositions"]]
    if not since:
        return False
    if any(p.lemma.lower() in words["beginnings"] for p in since):
        return True
    time = happening.time
    if time is None or analysis.published is None or time.from_ is None:
        return False
    if time.to is not None and time.precision not in ("longer", "year"):
        return False
    return (_day(analysis.published) - _day(time.from_)).days > _NEWS_DAYS


def _long(analysis: Analysis, phrase: Phrase) -> bool:
    """ "in sechs Jahren Krieg", "in den vergangenen zwei Jahren", "während des Bürgerkriegs"."""
    words = table(f"losses.{analysis.language}")["period"]
    if phrase.preposition not in words["during"]:
        return False
    inside = [phrase, *phrase.genitives]
    if any(p.lemma.lower() in words["wars"] or p.lemma.lower().endswith(tuple(words["wars"])) for p in inside):
        return phrase.determiner in ("definite", "demonstrative", "none")
    return phrase.lemma.lower() in words["units"] and phrase.number == "plural" and phrase.quantity is not None


def _day(stamp: str) -> dt.date:
    return dt.date.fromisoformat(stamp[:10])

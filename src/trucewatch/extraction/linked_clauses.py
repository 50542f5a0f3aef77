"""Acts and harms told in neighbouring clauses of one sentence: "griffen ein Dorf an und töteten zehn Bewohner"."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.extraction.happening import Happening, disjoint
from trucewatch.language.analysis import Analysis, Clause

_HARMFUL = frozenset({"ASSAULT", "HARM"})
_BY = frozenset({"durch", "bei", "by", "in"})
"""Prepositions that name what brought the harm."""
_PLAIN = (None, "killed", "wounded")
_TIED = frozenset({"coordinated", "adverbial", "relative", "infinitive", "parenthesis"})
_CLAUSES_UP = 4


def act_beside(analysis: Analysis, harm: Happening, others: Sequence[Happening]) -> Happening | None:
    """The act of force, in a clause tied to that of ``harm``, by which the harm came about; None where there is none.

    ``harm`` is a verb that says itself what befell people ("sterben", "töten"). The act may stand before it in a
    coordination with the same actor, in an adverbial clause of it or around it, or be the noun that its relative
    clause describes.
    """
    clause = harm.clause
    if clause is None or harm.mode not in _PLAIN or harm.frame.noun or harm.frame.harm is None:
        return None
    if harm.type not in _HARMFUL:
        return None
    for other in others:
        if (
            other.type != "ASSAULT"
            or other.clause is None
            or other.sentence != harm.sentence
            or other.token == harm.token
        ):
            continue
        if other.polarity != harm.polarity or other.frame.harm is not None and not other.frame.noun:
            continue
        if disjoint(harm.actors, other.actors):
            continue
        if other.frame.noun and not _leads(other) and not _described(clause, other):
            continue
        if _described(clause, other) or other.clause is not clause and _tied(analysis, clause, other.clause, harm):
            return other
    return None


def _leads(act: Happening) -> bool:
    """Is the event noun what its clause tells of, and not an attribute inside another phrase?"""
    phrase, clause = act.phrase, act.clause
    if phrase is None or clause is None:
        return False
    return phrase is clause.subject or phrase is clause.object or phrase.preposition in _BY


def _described(clause: Clause, act: Happening) -> bool:
    """ "ein Anschlag, bei dem 25 Menschen starben"."""
    if clause.relation != "relative" or clause.antecedent is None or not act.frame.noun:
        return False
    antecedent = clause.antecedent
    if any(p.head == act.token for p in antecedent.walk()):
        return True
    return act.phrase is not None and any(p.head == antecedent.head for p in act.phrase.walk())


def _tied(analysis: Analysis, one: Clause, other: Clause, harm: Happening) -> bool:
    if _above(analysis, one, other):  # the harm goes on from the act, or is told of in a clause that hangs on it
        return one.relation != "relative" or one.antecedent is None
    if other.relation == "relative":  # "starben durch eine Bombe, die auf einem Markt gezündet worden war"
        host = other.antecedent
        return other.parent == one.i and host is not None and host.preposition in _BY and not harm.actors
    return _above(analysis, other, one) and other.relation == "adverbial" and not harm.actors


def _above(analysis: Analysis, low: Clause, high: Clause) -> bool:
    """Is ``high`` reached from ``low`` over ties that keep to one happening?"""
    at = low
    for _ in range(_CLAUSES_UP):
        if at.relation not in _TIED or at.parent is None:
            return False
        at = analysis.clauses[at.parent]
        if at.i == high.i:
            return True
    return False

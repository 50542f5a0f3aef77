"""Mood, tense and number of German finite verbs from their forms (Duden grammar: Konjunktiv I and II)."""

from __future__ import annotations

from functools import cache, lru_cache

from trucewatch.knowledge.load import table

Reading = tuple[frozenset[str], str, str | None]
"""(possible moods, "present" | "past", "singular" | "plural" | None)."""

_IND = frozenset({"indicative"})
_SUB1 = frozenset({"subjunctive1"})
_SUB2 = frozenset({"subjunctive2"})
_IND_SUB1 = frozenset({"indicative", "subjunctive1"})
_IND_SUB2 = frozenset({"indicative", "subjunctive2"})
_SEIN = {"bin", "bist", "ist", "sind", "seid"}


@cache
def _strong() -> dict[str, tuple[str, str]]:
    return {base: (forms[0], forms[1]) for base, forms in table("verbs.de")["strong"].items()}


@cache
def _other() -> tuple[frozenset[str], frozenset[str]]:
    data = table("verbs.de")["other"]
    return frozenset(data["subjunctive1"]), frozenset(data["subjunctive2"])


@lru_cache(maxsize=20_000)
def base_of(lemma: str) -> tuple[str, str]:
    """(prefix or particle, base verb) of an infinitive, the base strong where the table has one.

    >>> base_of("zurückziehen")
    ('zurück', 'ziehen')
    """
    for cut in range(max(1, len(lemma) - 3)):
        if lemma[cut:] in _strong():
            return lemma[:cut], lemma[cut:]
    return "", lemma


def _plural(form: str) -> str | None:
    if form in _SEIN:
        return "plural" if form in ("sind", "seid") else "singular"
    if form.endswith(("en", "ern", "eln")):
        return "plural"
    return "singular"


@lru_cache(maxsize=20_000)
def reading_of(form: str, lemma: str) -> Reading:
    """Moods, tense and number that a finite form can have; ``lemma`` is its infinitive, particle included if joined.

    >>> reading_of("habe", "haben")[0] == {"subjunctive1"}, reading_of("hätten", "haben")[0] == {"subjunctive2"}
    (True, True)
    >>> reading_of("wies", "weisen")
    (frozenset({'indicative'}), 'past', 'singular')
    """
    form = form.lower()
    prefix, base = base_of(lemma.lower())
    if prefix and form.startswith(prefix):
        form = form[len(prefix) :]
    number = _plural(form)
    sub1, sub2 = _other()
    if form in _SEIN:
        return _IND, "present", number
    if form in sub1:
        return _SUB1, "present", number
    bare = form[:-1] if form.endswith("n") and number == "plural" else form
    if form in sub2 or bare in sub2:
        return _SUB2, "past", number
    strong = _strong().get(base)
    if strong is not None:
        preterite, second = strong
        past_forms = {preterite, preterite + "en", preterite + "n", preterite + "st", preterite + "t", preterite + "et"}
        if preterite == second:  # wollte, sollte
            if form in past_forms:
                return _IND_SUB2, "past", number
        else:
            if form in past_forms and form not in (second,):
                return (_IND_SUB2 if form in (second + "n",) else _IND), "past", number
            if form in (second, second + "n", second + "st", second + "t"):
                return _SUB2, "past", number
    stem = base[:-2] if base.endswith("en") else base[:-1] if base.endswith("n") else base
    if form == stem + "e":
        return _SUB1, "present", number
    if form == base or form == stem + "en":
        return _IND_SUB1, "present", "plural"
    if strong is None and form in (stem + "te", stem + "ete", stem + "ten", stem + "eten", stem + "test", stem + "tet"):
        return _IND_SUB2, "past", number
    if form.endswith(("te", "ten")) and len(form) > 4:
        return _IND_SUB2, "past", number
    return _IND, "present", number

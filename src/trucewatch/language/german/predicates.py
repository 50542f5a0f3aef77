"""The predicate of a German clause: full verb with its particle, voice, tense, mood, modal, negation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Clause, Mood, Tense, Token
from trucewatch.language.german.contrasts import meant
from trucewatch.language.german.verbs import base_of


@cache
def _sein_perfect() -> frozenset[str]:
    return frozenset(table("verbs.de")["perfect_with_sein"]["words"])


@cache
def _moved() -> dict[str, str]:
    """Participles that look like another verb's infinitive, and the verb that they belong to beside "sein"."""
    return dict(table("verbs.de")["moved"])


@cache
def _prefixed_particles() -> frozenset[str]:
    return frozenset(table("verbs.de")["particle"]["prefixed"])


def perfect_with_sein(lemma: str) -> bool:
    """Does the verb form its perfect with "sein" ("ist geflohen")? Then "sein" + participle is no passive."""
    if lemma in _sein_perfect():
        return True
    prefix, base = base_of(lemma)
    if not prefix:
        for cut in range(2, len(lemma) - 4):
            if lemma[cut:] in _sein_perfect() and lemma[:cut] in _prefixed_particles():
                return True
        return False
    return base in _sein_perfect() and prefix in _prefixed_particles()


@cache
def _negators() -> tuple[frozenset[str], str]:
    data = table("text.de")
    return frozenset(data["negators"]), data["negative_stem"]


def describe(tokens: list[Token], clause: Clause, partner: Clause | None, lent: Sequence[int] = ()) -> None:
    """Fill predicate, voice, tense, mood, modal, negation and reflexive of ``clause``.

    ``partner`` is the coordinated clause before it, whose auxiliary it may share ("wurden A getötet und B verletzt");
    ``lent`` are auxiliaries of one behind it ("soll A überfallen und B verbrannt haben").
    """
    own = clause.tokens
    verbs = [i for i in own if tokens[i].tag.startswith("V")]
    full = [i for i in verbs if tokens[i].tag.startswith("VV")]
    finite = tokens[clause.finite] if clause.finite is not None else None
    auxiliary = [tokens[i].lemma for i in verbs if tokens[i].tag in ("VAINF", "VAPP", "VAFIN")]
    auxiliary += [tokens[i].lemma for i in lent]
    if finite is None and partner is not None and full:
        finite = tokens[partner.finite] if partner.finite is not None else None
        auxiliary += [tokens[i].lemma for i in partner.tokens if tokens[i].tag.startswith("VA")]
        clause.mood, clause.modal = partner.mood, partner.modal
    participles = [i for i in full if tokens[i].tag == "VVPP"]
    infinitives = [i for i in full if tokens[i].tag in ("VVINF", "VVIZU")]
    main: int | None = None
    if finite is not None and finite.tag == "VVFIN" and finite.i in own:
        main = finite.i
        causative = finite.lemma == "lassen" and not any(tokens[i].tag == "PRF" for i in own)
        if causative and any(tokens[i].tag == "VVINF" for i in infinitives):  # "ließ die Proteste niederschlagen"
            main = next(i for i in infinitives if tokens[i].tag == "VVINF")
        if participles and finite.lemma in table("verbs.de")["participle_beside"]["words"]:
            main = finite.i
    elif participles or infinitives:
        candidates = [i for i in full if tokens[i].tag != "VVFIN"]
        main = candidates[-1]
        if tokens[main].lemma == "lassen" and len(candidates) > 1:
            main = candidates[-2]
    elif full:
        main = full[-1]
    if main is not None:
        lemma = tokens[main].lemma
        clause.predicate_tokens = [main]
        if tokens[main].tag in ("VVFIN", "VVIMP"):
            particle = _particle(tokens, own, main)
            if particle is not None:
                lemma = tokens[particle].text.lower() + lemma
                clause.predicate_tokens.append(particle)
        elif tokens[main].tag in ("VVPP", "VVINF") and main - 1 in own and tokens[main - 1].tag == "PTKVZ":
            lemma = tokens[main - 1].text.lower() + lemma
            clause.predicate_tokens.insert(0, main - 1)
        clause.predicate = lemma
        if finite is not None and finite.lemma == "sein" and finite.i != main and lemma in _moved():
            clause.predicate, tokens[main].tag = (
                _moved()[lemma],
                "VVPP",
            )  # "ist gefallen": of "fallen", not of "gefallen"
    elif finite is not None and finite.tag == "VMFIN" and any(tokens[i].tag in ("VAINF", "VAPP") for i in verbs):
        bare = [i for i in verbs if tokens[i].tag in ("VAINF", "VAPP")]
        clause.predicate = tokens[bare[0]].lemma  # "soll unterwegs gewesen sein"
        clause.predicate_tokens = [bare[0]]
    elif finite is not None and finite.tag == "VAFIN" and any(tokens[i].tag == "VAPP" for i in verbs):
        bare = [i for i in verbs if tokens[i].tag == "VAPP"]
        clause.predicate = tokens[bare[0]].lemma  # "ist gewesen"
        clause.predicate_tokens = [bare[0]]
    elif finite is not None:
        clause.predicate = finite.lemma
        clause.predicate_tokens = [finite.i] if finite.i in own else []
        particle = _particle(tokens, own, finite.i) if finite.i in own else None
        if particle is not None:
            clause.predicate = tokens[particle].text.lower() + finite.lemma
            clause.predicate_tokens.append(particle)
    elif verbs:
        clause.predicate = tokens[verbs[-1]].lemma
        clause.predicate_tokens = [verbs[-1]]
    _voice(tokens, clause, main, finite, auxiliary)
    _mood(tokens, clause, finite)
    _tense(tokens, clause, main, finite, auxiliary)
    if finite is not None and finite.tag == "VMFIN":
        clause.modal = finite.lemma
    elif any(tokens[i].tag == "VMINF" for i in verbs):
        clause.modal = next(tokens[i].lemma for i in verbs if tokens[i].tag == "VMINF")
    clause.negated = negated(tokens, own)
    clause.reflexive = any(tokens[i].tag == "PRF" for i in own)


def negated(tokens: list[Token], own: list[int]) -> bool:
    """Does a negator ("nicht", "nie", "kein-") stand among the tokens ``own``?

    "nicht nur" and "nicht mehr als" negate nothing, "zwei und nicht zwölf" only a number.
    """
    words, stem = _negators()
    for i in own:
        low = tokens[i].text.lower()
        after = [t.text.lower() for t in tokens[i + 1 : i + 3]]
        limits = after[:1] in (["nur"], ["zuletzt"], ["allein"]) or after in (["mehr", "als"], ["weniger", "als"])
        if low in words and not (low == "nicht" and limits or meant(tokens, i) is not None):
            return True
        if low.startswith(stem) and tokens[i].tag in ("PIAT", "PIS", "ART"):
            return True
    return False


_WITH_WEITER = {
    "gehen",
    "führen",
    "geben",
    "leiten",
    "kämpfen",
    "machen",
    "ziehen",
    "verbreiten",
    "fahren",
    "arbeiten",
    "reichen",
    "leben",
}
"""Verbs that really have the particle "weiter"; elsewhere it is an adverb ("sagte weiter, …")."""


def _particle(tokens: list[Token], own: list[int], verb: int) -> int | None:
    """The separated particle of the finite verb: a PTKVZ behind it in the same clause."""
    found = [i for i in own if i > verb and tokens[i].tag == "PTKVZ"]
    if found and tokens[found[-1]].text.lower() == "weiter" and tokens[verb].lemma not in _WITH_WEITER:
        return None
    return found[-1] if found else None


def _voice(tokens: list[Token], clause: Clause, main: int | None, finite: Token | None, auxiliary: list[str]) -> None:
    if main is None or tokens[main].tag not in ("VVPP",):
        return
    lemma = clause.predicate
    if "werden" in auxiliary and not (finite is not None and finite.lemma == "haben"):
        clause.voice = "passive"
        return
    if finite is not None and finite.lemma == "haben" or "haben" in auxiliary:
        return
    if finite is not None and finite.tag == "VMFIN" and "sein" not in auxiliary:
        return
    if "sein" in auxiliary or finite is None:
        clause.voice = "active" if perfect_with_sein(lemma) else "passive"


def _mood(tokens: list[Token], clause: Clause, finite: Token | None) -> None:
    if finite is None:
        verbs = [i for i in clause.tokens if tokens[i].tag.startswith("V")]
        if any(tokens[i].tag in ("VVIZU", "VVINF", "VAINF") for i in verbs):
            clause.mood = "infinitive"
        else:
            clause.mood = "participle" if verbs else "none"
        return
    mood: Mood = "indicative"
    first_person = any(tokens[i].text.lower() == "ich" for i in clause.tokens)
    if finite.moods == {"subjunctive1"} and not first_person:
        mood = "subjunctive1"
    elif finite.moods == {"subjunctive2"}:
        mood = "subjunctive2"
    clause.mood = mood


def _tense(tokens: list[Token], clause: Clause, main: int | None, finite: Token | None, auxiliary: list[str]) -> None:
    if finite is None:
        clause.tense = "perfect" if "haben" in auxiliary or "sein" in auxiliary else "none"
        return
    past = finite.tense == "past" and finite.moods != {"subjunctive2"}
    tense: Tense = "past" if past else "present"
    tag = tokens[main].tag if main is not None else ""
    if finite.tag == "VAFIN" and tag == "VVPP" and (finite.lemma != "werden"):
        tense = "pluperfect" if past else "perfect"
    elif (
        finite.lemma == "haben" and tag == "VVINF"
    ):  # participles that look like it: "hat … beraten", "haben … verlassen"
        tense = "pluperfect" if past else "perfect"
    elif finite.tag == "VAFIN" and any(tokens[i].tag == "VAPP" for i in clause.tokens):
        tense = "pluperfect" if past else "perfect"
    elif (
        finite.lemma == "werden"
        and tag in ("VVINF",)
        or (finite.lemma == "werden" and any(tokens[i].tag in ("VAINF",) for i in clause.tokens))
    ):
        tense = "future"
    elif finite.tag == "VMFIN" and any(tokens[i].tag == "VAPP" for i in clause.tokens):
        tense = "perfect"  # "soll unterwegs gewesen sein", "soll getötet worden sein"
    elif finite.tag == "VMFIN" and tag == "VVPP" and ("haben" in auxiliary or "sein" in auxiliary):
        tense = "perfect"
    clause.tense = tense

"""Which form closes or opens a clause's verb bracket: finite verb or participle, where both look alike.

Verbs with an unstressed prefix and those in "-ieren" have one form for both: "behauptet", "erobert", "bombardiert"
(third person) and "beschossen", "verlassen" (plural). The tagger sees three words at a time; what decides is the clause:
a participle needs an auxiliary, a main clause a finite verb in second place, a subordinate one a finite verb at its end
(Duden grammar, topological fields).
"""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Phrase, Token
from trucewatch.language.german.morphology import (
    agree,
    determiner_readings,
    fill,
    noun_readings,
    participle_as_infinitive,
)
from trucewatch.language.german.phrases import Chunker, time_word
from trucewatch.language.german.tagging import coarse, finite_lemma, may_be_finite, participle_lemma

FINITE = ("VVFIN", "VAFIN", "VMFIN")
RELATIVE = frozenset({"der", "die", "das", "den", "dem", "des", "deren", "dessen", "denen", "derer"})
_OPENING = ("", ".", ":", ";", "–", "—", '"')
_SUBORDINATING = ("KOUS", "PRELS", "PRELAT", "PWS", "PWAT", "PWAV")
_FORMS = ("VVPP", "ADJD", "VVFIN")
_LONGEST = 60
"""A run of more tokens is a list, not a clause."""


@dataclass(slots=True)
class Run:
    """The tokens between two marks; ``before`` is the mark that opens it."""

    tokens: list[int]
    before: str


def retag(token: Token, tag: str) -> None:
    """Give the token another tag, and what follows from it."""
    token.tag, token.coarse = tag, coarse(tag)
    fill(token)


def settle(tokens: list[Token], runs: list[Run], body: bool) -> None:
    """Decide for every form of the runs of one sentence that may be finite verb or participle which of them it is.

    ``body``: the sentence is no headline, whose participles stand without auxiliary ("Dorf in Region X erobert").
    """
    for at, run in enumerate(runs):
        if len(run.tokens) > _LONGEST:
            continue
        for k, i in enumerate(run.tokens):
            number = _alike(tokens[i])
            if number is None:
                continue
            if tokens[i].tag == "VVFIN":
                if _only_agent(tokens, runs, at, k) or _closes_bracket(tokens, run, k):
                    retag(tokens[i], "VVPP")
            elif _finite(tokens, runs, at, k, number, body):
                if tokens[i].tag == "ADJD":
                    tokens[i].lemma = finite_lemma(tokens[i].text)
                retag(tokens[i], "VVFIN")
                tokens[i].number = number
                break
        _small_noun(tokens, run)
        _plural_present(tokens, runs, at)
        _relative(tokens, runs, at)


def _small_noun(tokens: list[Token], run: Run) -> None:
    """ "als Rebellen den Ort einnahmen": a "noun" in small letters at the end of a subordinate clause is its verb."""
    last = _last(tokens, run)
    token = tokens[run.tokens[last]]
    if last < 2 or token.tag not in ("NN", "ADJA") or not token.text[0].islower():
        return
    if any(tokens[i].tag in FINITE for i in run.tokens) or not token.text.endswith(("te", "en", "ten")):
        return
    if not (_subordinate(tokens, run) or tokens[run.tokens[0]].text.lower() == "als"):
        return
    lemma = finite_lemma(token.text)
    if lemma != token.text.lower() and may_be_finite(token.text, "VVPP"):
        token.lemma = lemma
        retag(token, "VVFIN")
        if tokens[run.tokens[0]].text.lower() == "als":
            retag(tokens[run.tokens[0]], "KOUS")


def _plural_present(tokens: list[Token], runs: list[Run], at: int) -> None:
    """ "Die Stadt, die Rebellen belagern, hungert": the "infinitive" between a noun and the verb of the main clause is finite."""
    run = runs[at]
    last = _last(tokens, run)
    verbs = [i for i in run.tokens if tokens[i].tag.startswith(("V", "PTKZU"))]
    if len(verbs) == 1 and verbs[0] == run.tokens[last] and tokens[verbs[0]].tag == "VVINF":
        if _between_noun_and_verb(tokens, runs, at):
            retag(tokens[verbs[0]], "VVFIN")


def _between_noun_and_verb(tokens: list[Token], runs: list[Run], at: int) -> bool:
    """Does the run begin with a form of "der" right behind a noun whose verb comes only behind the run?"""
    run = runs[at]
    if at == 0 or at + 1 >= len(runs) or run.before != "," or tokens[run.tokens[0]].text.lower() not in RELATIVE:
        return False
    if not _verb_first(tokens, runs[at + 1]) or runs[at - 1].tokens[-1] != run.tokens[0] - 2:
        return False
    before = tokens[runs[at - 1].tokens[-1]]
    return before.tag in ("NN", "NE", "NNA") and not any(tokens[i].tag in FINITE for r in runs[:at] for i in r.tokens)


def _relative(tokens: list[Token], runs: list[Run], at: int) -> None:
    """A form of "der" that opens a clause with its verb at the end, and is no article of what follows, is a relative."""
    run = runs[at]
    if (
        run.before not in (",", "–")
        or not any(tokens[i].tag in FINITE for i in run.tokens)
        or not _verb_final(tokens, run)
    ):
        return
    k = 1 if tokens[run.tokens[0]].tag == "APPR" else 0
    if k >= len(run.tokens) - 1 or tokens[run.tokens[k]].text.lower() not in RELATIVE:
        return
    first = tokens[run.tokens[k]]
    if first.tag not in ("ART", "PDS"):
        return
    if not k and _between_noun_and_verb(tokens, runs, at) or _pronoun(tokens, run.tokens, k):
        retag(first, "PRELS")


def _closes_bracket(tokens: list[Token], run: Run, k: int) -> bool:
    """ "sie habe am Dienstag Sake bombardiert": at the end of a clause that an auxiliary has opened."""
    if k != _last(tokens, run) or _subordinate(tokens, run):
        return False
    opened = next((j for j in range(k) if tokens[run.tokens[j]].tag == "VAFIN"), None)
    return opened is not None and not any(tokens[i].tag in ("KON", *FINITE) for i in run.tokens[opened + 1 : k])


def _alike(token: Token) -> str | None:
    """The number of the finite verb that a participle's form may be as well, or None where it cannot be one."""
    low, lemma = token.text.lower(), token.lemma.lower()
    if token.tag == "ADJD" and low.endswith("t"):  # "umzingelt" that the tagger knows as an adjective only
        known = participle_lemma(low)
        lemma = known[0].lower() if known is not None and known[1] == "past" else ""
    if token.tag not in _FORMS or not token.text[0].islower() or not low.isalpha() or not lemma.endswith("n"):
        return None
    stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
    if low in (stem + "t", stem + "et"):
        return "singular"
    if token.tag == "VVPP" and low.endswith("en"):
        if low == lemma and participle_as_infinitive(lemma) or low != lemma and may_be_finite(low, "VVPP"):
            return "plural"
    return None


def _finite(tokens: list[Token], runs: list[Run], at: int, k: int, number: str, body: bool) -> bool:
    run = runs[at]
    verb, last = run.tokens[k], k == _last(tokens, run)
    others = [i for i in run.tokens if i != verb and tokens[i].tag.startswith(("V", "PTKZU"))]
    behind = tokens[run.tokens[k + 1]] if k + 1 < len(run.tokens) else None
    if behind is not None and (behind.tag.startswith(("VA", "VM")) or behind.lemma.lower() in ("von", "durch")):
        return False
    if any(tokens[i].tag in FINITE or tokens[i].tag == "PTKZU" for i in others):
        return _second_of_pair(tokens, run, k, number)
    if any(tokens[i].tag[:2] in ("VA", "VM") for i in others):
        return False
    if last and not others and _conjunction(tokens, run, k, number):
        retag(tokens[run.tokens[0]], "KOUS")
    if _subordinate(tokens, run):
        return last and _has_subject(tokens, run, k, number) and not _lent(tokens, runs, at)
    if any(i < verb for i in others):
        return False
    if run.before not in _OPENING and not _in_second_place(tokens, runs, at):
        return not others and not last and k > 0 and _told_beside(tokens, runs, at, k, number)
    lead = _phrases(tokens, run.tokens[:k])
    tail = _phrases(tokens, run.tokens[k + 1 :])
    if any(p.preposition in ("von", "durch") for p in lead):
        return False
    if _holds_content(tokens, runs, at):
        if not lead or not any(_may_be_subject(p, number) for p in lead):
            return at > 0 and k == 0 or any(_may_be_subject(p, number) for p in tail)
        return True
    if last or not lead and at == 0 and not k:
        return False
    objects = [p for p in tail if p.kind == "noun" and not time_word(p.lemma)]
    if k == 0 or not any(p.kind == "noun" for p in lead):
        return any(_may_be_subject(p, number) for p in objects)
    return any(_may_be_subject(p, number) for p in lead) and (bool(objects) or body and bool(tail))


def _conjunction(tokens: list[Token], run: Run, k: int, number: str) -> bool:
    """ "Während Kiew beteuert": no preposition, for a subject stands behind it and a verb at the end."""
    first = tokens[run.tokens[0]]
    if first.tag != "APPR" or first.text.lower() not in ("während", "seit", "bis"):
        return False
    lead = _phrases(tokens, run.tokens[1:k])
    return bool(lead) and _may_be_subject(lead[0], number)


def _last(tokens: list[Token], run: Run) -> int:
    return max((k for k, i in enumerate(run.tokens) if not tokens[i].tag.startswith("$")), default=-1)


def _phrases(tokens: list[Token], run: list[int]) -> list[Phrase]:
    return Chunker(tokens, run).read().phrases if run else []


def _may_be_subject(phrase: Phrase, number: str) -> bool:
    if phrase.kind != "noun" or time_word(phrase.lemma) or not phrase.may_be("nom"):
        return False
    if phrase.members:
        return True
    return phrase.number is None or phrase.number == number


def _subordinate(tokens: list[Token], run: Run) -> bool:
    """Does the run begin with what sends the verb to the end: a conjunction, a relative or a question word?"""
    for k, i in enumerate(run.tokens[:4]):
        token, low = tokens[i], tokens[i].text.lower()
        if token.tag in ("KOUS", "PRELAT") or low in ("dass", "daß", "ob"):
            return True
        if low == "wie" and k == 0 or token.tag in ("PWS", "PWAT", "PWAV") and run.before in (",", "–", "("):
            return True
        if low in RELATIVE and run.before in (",", "–", "("):
            return (token.tag == "PRELS" or _pronoun(tokens, run.tokens, k)) and _verb_final(tokens, run)
        if token.tag not in ("APPR", "APPRART", "KON", "ADV"):
            return False
    return False


def _verb_final(tokens: list[Token], run: Run) -> bool:
    """No finite verb, or nothing but verbs behind it."""
    finite = next((k for k, i in enumerate(run.tokens) if tokens[i].tag in FINITE), None)
    return finite is None or all(tokens[i].tag.startswith(("V", "$")) for i in run.tokens[finite:])


def _pronoun(tokens: list[Token], run: list[int], k: int) -> bool:
    """An article-tagged "die" before another determiner, a pronoun, a preposition or "syrische Rebellen" is a relative."""
    if k + 1 >= len(run):
        return True
    follower = tokens[run[k + 1]]
    if follower.tag in ("ART", "PPOSAT", "PIAT", "PDAT", "PPER", "PRF", "APPR", "APPRART", "NE", "PIS", "CARD"):
        return True
    if follower.tag == "NN" and not agree(
        determiner_readings(tokens[run[k]].text), noun_readings(follower.text, follower.lemma)
    ):
        return True  # "in dem Hunderte leben"
    return strong_behind(tokens, run, k)


def strong_behind(tokens: list[Token], run: list[int], k: int) -> bool:
    """ "die syrische Rebellen …": behind the article "die" a plural noun's adjective would end in -en."""
    if tokens[run[k]].text.lower() != "die" or k + 2 >= len(run):
        return False
    adjective, noun = tokens[run[k + 1]], tokens[run[k + 2]]
    plural = noun.number == "plural" or noun.number is None and noun.text != noun.lemma
    return adjective.tag == "ADJA" and adjective.text.endswith("e") and noun.tag == "NN" and plural


def _has_subject(tokens: list[Token], run: Run, k: int, number: str) -> bool:
    lead = run.tokens[:k]
    if not lead:
        return False
    if any(tokens[i].text.lower() in RELATIVE and tokens[i].tag in ("PRELS", "ART") for i in lead[:1]):
        return len(lead) > 1 and not any(p.preposition in ("von", "durch") for p in _phrases(tokens, lead[1:])[-1:])
    if tokens[lead[0]].text.lower() == "wie":
        lead = lead[1:]
    return any(_may_be_subject(p, number) for p in _phrases(tokens, lead))


def _lent(tokens: list[Token], runs: list[Run], at: int) -> bool:
    """ "die Goma erobert, Bukavu zerstört und Uvira belagert haben": the auxiliary at the end closes this one too."""
    for later in runs[at + 1 : at + 5]:
        if later.before != "," or _subordinate(tokens, later):
            return False
        finite = [i for i in later.tokens if tokens[i].tag in FINITE]
        if finite:
            end = _last(tokens, later)
            helper = tokens[later.tokens[end]]
            governs = end > 0 and tokens[later.tokens[end - 1]].tag in ("VVPP", "VAPP", "VAINF", "VVINF")
            return helper.tag in ("VAFIN", "VMFIN") and governs
    return False


def _second_of_pair(tokens: list[Token], run: Run, k: int, number: str) -> bool:
    """ "rückt vor und erobert das Dorf": no auxiliary before the conjunction, so the second verb is finite too."""
    join = next((j for j in range(k - 1, max(k - 4, 0), -1) if tokens[run.tokens[j]].tag == "KON"), None)
    if join is None or any(tokens[i].tag not in ("ADV", "ADJD", "PTKNEG") for i in run.tokens[join + 1 : k]):
        return False
    finite = [tokens[i] for i in run.tokens if tokens[i].tag in FINITE]
    if len(finite) != 1 or finite[0].tag != "VVFIN" or finite[0].i > run.tokens[join] or finite[0].number != number:
        return False
    if finite[0].lemma in table("verbs.de")["participle_beside"]["words"]:
        return False
    return not any(tokens[i].tag in ("VVPP", "VAPP", "VVINF", "VAINF") for i in run.tokens[:join])


def _in_second_place(tokens: list[Token], runs: list[Run], at: int) -> bool:
    """Only a pre-field stands before this run: "Der Sprecher, der …, | behauptet", "Als …, | erobert die Armee"."""
    for earlier in runs[:at]:
        if not _subordinate(tokens, earlier) and any(tokens[i].tag in FINITE for i in earlier.tokens):
            return False
    opens = runs[at - 1].before in (",", "–", "(", ")") and not _nominal(tokens, runs[at].tokens[:1])
    if not opens and not _subordinate(tokens, runs[0]):
        return False
    later = next((r for r in runs[at + 1 :] if r.before not in (":", '"')), None)
    return later is None or not _verb_first(tokens, later) or _closes(tokens, runs[at + 1])


def _closes(tokens: list[Token], run: Run) -> bool:
    return run.before in (":", '"')


def _nominal(tokens: list[Token], run: list[int]) -> bool:
    return bool(run) and tokens[run[0]].tag in ("ART", "NN", "NE", "PPOSAT", "CARD", "ADJA", "APPR", "APPRART")


def _verb_first(tokens: list[Token], run: Run) -> bool:
    first = next((i for i in run.tokens if tokens[i].tag not in ("ADV", "$(")), None)
    return first is not None and tokens[first].tag in FINITE and run.before == ","


def _holds_content(tokens: list[Token], runs: list[Run], at: int) -> bool:
    """Behind the run stands a clause that it can govern: "dass …", "die M23 habe …", "… zu verlassen", a quotation."""
    if at + 1 >= len(runs):
        return False
    follower = runs[at + 1]
    if follower.before in (":", '"'):
        return True
    if follower.before != "," or _verb_first(tokens, follower):
        return False
    for later in runs[at + 1 : at + 7]:
        if later.before in (";", ":"):
            return False
        if later is not follower and _verb_first(tokens, later) and _subordinate(tokens, follower):
            relative = tokens[follower.tokens[0]].text.lower() in RELATIVE
            return not relative and runs[at].before in _OPENING and _speaks(tokens, follower)
        if any(tokens[i].tag in FINITE or tokens[i].tag in ("VVIZU", "PTKZU") for i in later.tokens):
            relative = _subordinate(tokens, later) and tokens[later.tokens[0]].text.lower() in RELATIVE
            if not (later is follower and relative):
                return True
    return False


def _speaks(tokens: list[Token], run: Run) -> bool:
    return tokens[run.tokens[0]].text.lower() in ("dass", "daß", "ob")


def _told_beside(tokens: list[Token], runs: list[Run], at: int, k: int, number: str) -> bool:
    """ "Die Lage ist ernst, die Armee verlegt Truppen": a second main clause with subject and object of its own."""
    run = runs[at]
    lead, tail = _phrases(tokens, run.tokens[:k]), _phrases(tokens, run.tokens[k + 1 :])
    if len(lead) != 1 or not _may_be_subject(lead[0], number):
        return False
    return any(p.kind == "noun" and p.may_be("acc") and not time_word(p.lemma) for p in tail)


def _only_agent(tokens: list[Token], runs: list[Run], at: int, k: int) -> bool:
    """ "Von der Armee belagert, …": a form at the end of a run with nobody in it but an agent is a participle."""
    run = runs[at]
    if k == 0 or k != _last(tokens, run) or run.before not in ("", ",") or _subordinate(tokens, run):
        return False
    if any(tokens[i].tag.startswith("V") for i in run.tokens[:k]):
        return False
    lead = _phrases(tokens, run.tokens[:k])
    if not lead or any(p.kind == "noun" and p.may_be("nom") and not time_word(p.lemma) for p in lead):
        return False
    follower = runs[at + 1] if at + 1 < len(runs) else None
    return (
        any(p.preposition in ("von", "durch") for p in lead) and follower is not None and _verb_first(tokens, follower)
    )

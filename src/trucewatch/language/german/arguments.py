"""Who stands where: subject, object, indirect object, agent and predicative of German clauses.

By case where an article or ending shows it, by agreement with the finite verb and by order where not. In the passive
the roles are turned round, so that ``object`` is always what the act is done to.
"""

from __future__ import annotations

from functools import cache

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Phrase, Sentence, Token
from trucewatch.language.german.morphology import is_abstract
from trucewatch.language.german.phrases import Attribute, Chunker, time_word
from trucewatch.language.german.predicates import negated, perfect_with_sein
from trucewatch.language.german.verbs import base_of

_COPULAS = {"sein", "werden", "bleiben", "gelten", "heißen", "scheinen"}


_NOMINAL = ("noun", "prepositional")


@cache
def _source_nouns() -> tuple[str, ...]:
    return tuple(table("nouns.de")["source"]["words"])


@cache
def _object_control() -> frozenset[str]:
    return frozenset(table("verbs.de")["control"]["object"])


def fill_arguments(
    analysis: Analysis, sentence: Sentence, clauses: list[Clause], shared: frozenset[int] = frozenset()
) -> list[Clause]:
    """Chunk each clause's own tokens and give its phrases their roles; adds the clauses of attributive participles.

    ``shared`` are the numbers of coordinated clauses that begin with their verb: their subject is the partner's.
    """
    tokens = analysis.tokens
    extra: list[Clause] = []
    for clause in clauses:
        chunks = Chunker(tokens, clause.tokens).read()
        clause.phrases = chunks.phrases
        clause.adverbs = chunks.adverbs
        _assign(tokens, clause, clause.i in shared)
        for attribute in chunks.attributes:
            extra.append(_participle_clause(analysis, clause, attribute))
    for clause in clauses:
        if clause.relation == "relative" and clause.parent is not None:
            _relative(tokens, clause, analysis.clauses[clause.parent])
    for clause in extra:
        clause.i = len(analysis.clauses)
        analysis.clauses.append(clause)
        if clause.parent is not None:
            analysis.clauses[clause.parent].children.append(clause.i)
    return extra


def _participle_clause(analysis: Analysis, host: Clause, attribute: Attribute) -> Clause:
    """ "die von der Regierung belagerten Städte": a passive clause of "belagern" with object "Städte"."""
    tokens = analysis.tokens
    token = tokens[attribute.token]
    own = sorted({attribute.token, *(i for p in attribute.dependents for i in range(p.first, p.last + 1))})
    before = attribute.token - 1
    while (
        before >= 0 and before in host.tokens and tokens[before].tag in ("ADV", "ADJD", "PTKNEG") and before not in own
    ):
        own.insert(0, before)
        before -= 1
    own.sort()
    for i in own:
        if i in host.tokens:
            host.tokens.remove(i)
    if not host.tokens:
        host.tokens = [attribute.phrase.head]
    host.negated = negated(tokens, host.tokens)
    clause = Clause(
        -1, host.sentence, own, tokens[own[0]].start, tokens[own[-1]].end, attribute.lemma, [attribute.token],
        mood="participle", tense="perfect" if attribute.kind == "past" else "present", parent=host.i, relation="participle",
        quoted=host.quoted, antecedent=attribute.phrase,
    )  # fmt: skip
    clause.phrases = list(attribute.dependents)
    clause.negated = any(tokens[i].tag == "PTKNEG" for i in own)
    agent = next((p for p in clause.phrases if p.preposition in ("von", "durch")), None)
    if attribute.kind == "past" and not perfect_with_sein(attribute.lemma):
        clause.voice = "passive"
        clause.object = attribute.phrase
        clause.agent = clause.subject = agent
    else:
        clause.subject = attribute.phrase
    del token
    return clause


def _candidates(tokens: list[Token], clause: Clause) -> list[Phrase]:
    found = []
    for phrase in clause.phrases:
        head = tokens[phrase.head]
        if phrase.kind != "noun" or head.tag == "PRF":
            continue
        if head.tag == "CARD" and len(head.text) == 4 and head.text.isdecimal() and head.text[:2] in ("19", "20"):
            continue  # a year
        found.append(phrase)
    found = [p for p in found if not _label(tokens, clause, p)] or found
    real = [
        p
        for p in found
        if not (
            time_word(p.lemma) and not p.members and p.determiner not in ("definite",) or _adverbial_time(tokens, p)
        )
        or _end_of_something(p)
    ]
    return real or [p for p in found if not time_word(p.lemma)]


def _label(tokens: list[Token], clause: Clause, phrase: Phrase) -> bool:
    """ "Philippinen: Neun Soldaten getötet": what stands alone before a colon takes no part in what follows it."""
    after = phrase.last + 1
    first = min(clause.tokens, default=phrase.first)
    return phrase.first == first and clause.finite is None and after < len(tokens) and tokens[after].text == ":"


def _end_of_something(phrase: Phrase) -> bool:
    """ "ein sofortiges Ende der Gewalt": no time, but what the clause is about; a time has no article there."""
    return (
        bool(phrase.genitives) and phrase.determiner != "none" and not any(time_word(g.lemma) for g in phrase.genitives)
    )


def _adverbial_time(tokens: list[Token], phrase: Phrase) -> bool:
    """ "vergangene Woche", "den ganzen Tag": a time noun in the accusative."""
    return time_word(phrase.lemma) and "nom" not in phrase.cases


def _assign(tokens: list[Token], clause: Clause, subject_shared: bool) -> None:
    if not clause.predicate:
        return
    found = _candidates(tokens, clause)
    finite = tokens[clause.finite] if clause.finite is not None else None
    no_subject = clause.mood in ("infinitive", "participle") and finite is None
    subject: Phrase | None = None
    if not no_subject or clause.voice == "passive" and clause.relation not in ("infinitive", "participle"):
        options = [p for p in found if p.cases == {"nom"}] if subject_shared or _elliptic(clause, found) else found
        expletive = next((p for p in found if tokens[p.head].text.lower() == "es"), None)
        subject = (
            expletive
            if expletive is not None and clause.predicate == "geben"
            else _nominative(tokens, clause, options, finite)
        )
    if subject is not None:
        found = [p for p in found if p is not subject]
        subject.role = "subject"
    if (
        clause.predicate in _COPULAS
        and clause.voice == "active"
        and (finite is None or finite.tag != "VVFIN" or clause.predicate in ("bleiben", "gelten", "heißen"))
    ):
        predicative = next((p for p in found if "nom" in p.cases or not p.cases or p.pronoun), None)
        if predicative is not None:
            predicative.role = "predicative"
            clause.predicative = predicative
            found = [p for p in found if p is not predicative]
    dative = next((p for p in found if p.cases and "dat" in p.cases and not p.cases & {"nom", "acc"}), None)
    if dative is None and len(found) > 1:
        dative = next((p for p in found if "dat" in p.cases and "acc" not in p.cases and not p.members), None)
    if dative is None and subject is not None and len(found) == 1:  # "warf der Hamas vor": the subject is another one
        dative = next((p for p in found if "dat" in p.cases and "acc" not in p.cases and p.determiner != "none"), None)
    if dative is None and clause.voice == "active" and len(found) == 2:  # "liefert den Rebellen Waffen"
        one, other = found
        if {"dat", "acc"} <= one.cases and one.determiner != "none" and not one.pronoun and not one.members:
            dative = one if (not other.cases or "acc" in other.cases) and not other.pronoun else None
    if dative is not None:
        dative.role = "indirect_object"
        clause.indirect_object = dative
        found = [p for p in found if p is not dative]
    accusative = None
    if clause.voice == "active":
        options = [p for p in found if not p.cases or "acc" in p.cases]
        accusative = (
            next((p for p in options if p.cases and "acc" in p.cases and "nom" not in p.cases), None)
            or next((p for p in options if p.cases and not p.pronoun), None)
            or next(iter(options), None)
        )
        if dative is None and accusative is not None:  # "hatte Syrien ein Ultimatum gestellt": the bare name before it
            bare = next(
                (p for p in options if not p.cases and p is not accusative and p.first < accusative.first), None
            )
            if bare is not None:
                bare.role = "indirect_object"
                clause.indirect_object = bare
        if accusative is not None:
            accusative.role = "object"
            clause.object = accusative
    clause.subject = subject
    if clause.voice == "passive":
        clause.object, clause.subject = clause.subject, None
        if clause.object is None and clause.relation in ("participle",):
            clause.object = next((p for p in found if not p.cases or "nom" in p.cases or "acc" in p.cases), None)
        agent = _agent(tokens, clause)
        if agent is not None:
            agent.role = "agent"
            clause.agent = clause.subject = agent
    for phrase in clause.phrases:
        if phrase.role is None:
            phrase.role = "adverbial"


def _elliptic(clause: Clause, found: list[Phrase]) -> bool:
    """ "habe die Waffenruhe gebrochen und die Stadt beschossen": no finite verb of its own, its one argument is the object."""
    return (
        clause.relation == "coordinated"
        and clause.finite is None
        and clause.voice == "active"
        and len(found) == 1
        and not perfect_with_sein(clause.predicate)
    )


def _agent(tokens: list[Token], clause: Clause) -> Phrase | None:
    """ "von"/"durch" with who or what did it.

    A bare place name right behind its noun ("Stadt von X") is none, and neither is whom an account comes from ("nach
    Angaben von Ärzten").
    """
    best: Phrase | None = None
    for phrase in clause.phrases:
        if phrase.kind != "prepositional" or phrase.preposition not in ("von", "durch") or time_word(phrase.lemma):
            continue
        before = next(
            (other for other in clause.phrases if other.last + 1 == phrase.first and _holds_name(tokens, other)), None
        )
        if (
            phrase.preposition == "von"
            and before is not None
            and (
                tokens[phrase.head].tag == "NE"
                and phrase.determiner == "none"
                or _part_of(tokens, before, phrase)
                or before.lemma.lower().endswith(_source_nouns())
            )
        ):
            continue
        if phrase.preposition == "von" and _counted_later(tokens, clause, phrase):
            continue
        if best is None or (best.preposition == "durch" and phrase.preposition == "von"):
            best = phrase
    return best


def _holds_name(tokens: list[Token], phrase: Phrase) -> bool:
    """A noun that a "von"-phrase behind it may belong to: no time ("am Montag von Rebellen …"), and no name."""
    return phrase.kind in _NOMINAL and not time_word(phrase.lemma) and tokens[phrase.head].tag != "NE"


def _counted_later(tokens: list[Token], clause: Clause, whole: Phrase) -> bool:
    """ "Von fünf Geiseln sind drei getötet worden": the bare number behind the verb counts a part of them."""
    part = clause.object
    return (
        part is not None
        and clause.finite is not None
        and whole.last < clause.finite < part.first
        and tokens[part.head].tag in ("CARD", "PIS", "PIAT")
        and whole.quantity is not None
        and part.quantity is not None
    )


def _part_of(tokens: list[Token], part: Phrase, whole: Phrase) -> bool:
    """ "Sechs von ihnen", "drei von fünf Geiseln wurden getötet": those they are part of, not who did it."""
    if tokens[part.head].tag not in ("CARD", "PIS", "PIAT"):
        return False
    counted = whole.quantity is not None and part.quantity is not None and whole.number == "plural"
    return counted or tokens[whole.head].tag in ("PPER", "PDS")


def _nominative(tokens: list[Token], clause: Clause, found: list[Phrase], finite: Token | None) -> Phrase | None:
    """The phrase that is most likely the (grammatical) subject, or None."""
    number = finite.number if finite is not None else None
    best: tuple[float, Phrase] | None = None
    for position, phrase in enumerate(found):
        score = 0.0
        if phrase.cases:
            if phrase.cases == {"nom"}:
                score += 4
            elif "nom" in phrase.cases:
                score += 1.5
            else:
                continue
        else:
            score += 1
        if number is not None and phrase.number is not None:
            if number == phrase.number:
                score += 2
            elif _counts(tokens, phrase):
                score -= 0.5
            else:
                score -= 4
        elif number is not None:
            score += 1.2
        head = tokens[phrase.head]
        if head.tag in ("PPER",) or head.text.lower() in ("man", "wer"):
            if not ("acc" in phrase.cases and _after_full(found[:position], phrase, finite)):
                score += 2.5 if head.text.lower() != "es" else -1.5
        if head.tag == "PRELS":
            score += 1
        if (
            "acc" in phrase.cases
            and clause.voice == "active"
            and is_abstract(phrase.lemma)
            and clause.predicate not in _COPULAS
        ):
            score -= 1.2
        score -= 0.8 * position
        if finite is not None and phrase.first > finite.i and position == 0:
            score += 0.3
        if best is None or score > best[0]:
            best = (score, phrase)
    return best[1] if best is not None and best[0] > -1.5 else None


def _after_full(before: list[Phrase], pronoun: Phrase, finite: Token | None) -> bool:
    """ "werde die Türkei sie zwingen": in the middle field only a subject stands before a pronoun."""
    return any(
        not p.pronoun and "nom" in p.cases and (finite is None or p.first > finite.i or pronoun.first < finite.i)
        for p in before
    )


def _counts(tokens: list[Token], phrase: Phrase) -> bool:
    return any(tokens[a].tag == "CARD" for a in phrase.adjectives)


def _relative(tokens: list[Token], clause: Clause, parent: Clause) -> None:
    """Put the antecedent in the place of the relative pronoun."""
    pronoun = next(
        (
            i
            for i in clause.tokens[:5]
            if tokens[i].tag in ("PRELS", "PRELAT")
            or tokens[i].text.lower() in ("der", "die", "das", "dem", "den", "denen", "deren", "dessen")
        ),
        None,
    )
    candidates = [
        p
        for top in parent.phrases
        for p in top.walk()
        if p.last < clause.tokens[0] and not p.pronoun and not time_word(p.lemma)
    ]
    if not candidates:
        return
    near = max(p.end for p in candidates)
    number = gender = None
    if pronoun is not None:
        low = tokens[pronoun].text.lower()
        number = (
            "singular"
            if low in ("der", "das", "dem", "dessen", "welcher", "welches", "welchem")
            else "plural"
            if low in ("denen",)
            else None
        )
        gender = {"das": "n", "dem": None}.get(low)
        if low == "die" and clause.finite is not None and (role_of(clause, pronoun) == "subject"):
            number = tokens[clause.finite].number
    best: tuple[float, Phrase] | None = None
    for phrase in candidates:
        score = phrase.end - near
        points = score / 40.0
        if number is not None and phrase.number is not None and phrase.number != number:
            points -= 3
        if gender is not None and phrase.gender is not None and phrase.gender != gender:
            points -= 3
        if phrase.members:
            points += 0.3 if number == "plural" else -0.5
        if best is None or points >= best[0]:
            best = (points, phrase)
    assert best is not None
    clause.antecedent = best[1]
    if pronoun is None:
        return
    verb = tokens[clause.finite].number if clause.finite is not None else None
    other = clause.object
    if clause.subject is not None and clause.subject.head == pronoun and clause.voice == "active":
        if verb == "singular" and best[1].number == "plural" and "acc" in clause.subject.cases:
            other = _singular_beside(clause, clause.subject)  # "die Milizen, die der Iran unterstützt"
            if other is not None:
                if other is clause.indirect_object:
                    clause.indirect_object = None
                clause.subject, clause.object = other, clause.subject
                other.role, clause.object.role = "subject", "object"
    other = clause.object
    if clause.subject is not None and clause.subject.head == pronoun and clause.voice == "active" and other is not None:
        if verb == "plural" and best[1].number == "singular" and not best[1].members and other.number != "singular":
            clause.subject, clause.object = other, clause.subject  # "die Stadt, die Rebellen besetzt hatten"
    if clause.subject is not None and clause.subject.head == pronoun:
        clause.subject = best[1]
    if clause.object is not None and clause.object.head == pronoun:
        clause.object = best[1]
    if clause.indirect_object is not None and clause.indirect_object.head == pronoun:
        clause.indirect_object = best[1]


def _singular_beside(clause: Clause, pronoun: Phrase) -> Phrase | None:
    """The noun of a relative clause that can be the subject of its singular verb."""
    for phrase in clause.phrases:
        if phrase is pronoun or phrase.kind != "noun" or time_word(phrase.lemma) or phrase.members:
            continue
        if phrase.may_be("nom") and phrase.number != "plural":
            return phrase
    return None


def role_of(clause: Clause, token: int) -> str | None:
    """Role of the clause's phrase whose head is ``token``."""
    return next((p.role for p in clause.phrases if p.head == token), None)


def link_shared(analysis: Analysis, clauses: list[Clause], partners: dict[int, int]) -> None:
    """Subjects that are understood: of coordinated clauses, infinitives and participles."""
    for clause in clauses:
        if clause.i in partners and clause.predicate:
            partner = analysis.clauses[partners[clause.i]]
            if clause.voice == "passive":
                surface = partner.object if partner.voice == "passive" else partner.subject
                if clause.object is None:
                    clause.object = surface
                if clause.subject is None and clause.agent is None and partner.agent is not None:
                    clause.subject = None
            elif clause.subject is None and clause.mood != "infinitive":
                clause.subject = partner.object if partner.voice == "passive" else partner.subject
            elif clause.mood == "infinitive" and clause.relation != "infinitive" and clause.subject is None:
                clause.subject = partner.subject
        if clause.relation in ("infinitive",) and clause.subject is None and clause.parent is not None:
            parent = analysis.clauses[clause.parent]
            understood = _controller(parent)
            if clause.i in partners:
                understood = analysis.clauses[partners[clause.i]].subject or understood
            if clause.voice == "passive":
                clause.object = clause.object or understood
            else:
                clause.subject = understood
        if clause.relation == "participle" and clause.parent is not None and clause.antecedent is None:
            parent = analysis.clauses[clause.parent]
            surface = parent.object if parent.voice == "passive" else parent.subject
            before = [p for p in parent.phrases if p.end <= clause.start]
            host = (
                before[-1] if before and before[-1].kind == "noun" and clause.start - before[-1].end <= 3 else surface
            )
            if clause.voice == "passive" and clause.object is None:
                clause.object = host
            elif clause.voice == "active" and clause.subject is None:
                clause.subject = host


def _controller(parent: Clause) -> Phrase | None:
    if parent.predicate in table("verbs.de")["control"]["dative"]:
        return parent.indirect_object or parent.object
    prefix, base = base_of(parent.predicate)
    del prefix
    if parent.predicate in ("gelingen", "misslingen", "glücken"):  # "Den Rebellen gelang es, …"
        return parent.indirect_object
    if (
        parent.predicate in _object_control()
        or base in _object_control()
        and parent.predicate.endswith(base)
        and base in ("zwingen", "bitten")
    ):
        return parent.object or parent.indirect_object or (parent.subject if parent.voice == "active" else None)
    return parent.subject or (parent.object if parent.voice == "passive" else None)

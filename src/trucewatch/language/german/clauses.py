"""German clauses: segments put together around their verb brackets, with parent and relation.

Main clauses are verb-second or verb-first, subordinate ones verb-final; a subordinate clause inside another one is
closed at its right bracket, then the outer one goes on (Duden grammar, topological fields).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Quotation, Relation, Sentence, Token
from trucewatch.language.german.arguments import fill_arguments, link_shared
from trucewatch.language.german.morphology import participle_as_infinitive
from trucewatch.language.german.predicates import describe, perfect_with_sein
from trucewatch.language.german.segments import Segment, segments


@dataclass(slots=True)
class Draft:
    """A clause being put together."""

    tokens: list[int]
    kind: str
    finite: int | None
    starter: int | None = None
    parent: Draft | None = None
    relation: Relation = "main"
    partner: Draft | None = None
    """The clause before it that it shares subject or auxiliary with (coordination)."""
    quoted: bool = False
    before: str = ""
    number: int = -1
    nonfinite: list[int] = field(default_factory=list)
    verb_final: bool = False
    lent: list[int] = field(default_factory=list)
    """The auxiliaries behind a later coordinated clause that close this one too ("soll A überfallen und B verbrannt haben")."""


def build_clauses(analysis: Analysis) -> None:
    """Fill ``analysis.clauses`` and each sentence's ``clauses``."""
    tokens = analysis.tokens
    quotations = sorted(analysis.quotations, key=lambda q: q.first)
    for sentence in analysis.sentences:
        if sentence.last - sentence.first > 400:
            drafts = _pieces(sentence)  # no German sentence is that long: lists, tables, one endless line
        else:
            drafts = _drafts(tokens, sentence, segments(tokens, sentence, _overlapping(quotations, sentence)))
        _lend(tokens, drafts)
        begin = len(analysis.clauses)
        for draft in drafts:
            draft.number = len(analysis.clauses)
            analysis.clauses.append(_clause(tokens, sentence, draft))
        for draft in drafts:
            clause = analysis.clauses[draft.number]
            if draft.parent is not None:
                clause.parent = draft.parent.number
                analysis.clauses[draft.parent.number].children.append(draft.number)
        made = analysis.clauses[begin:]
        for draft, clause in zip(drafts, made, strict=True):
            partner = draft.partner
            while partner is not None and partner.finite is None and partner.partner is not None:
                partner = partner.partner
            describe(tokens, clause, None if partner is None else analysis.clauses[partner.number], draft.lent)
        shared = frozenset(
            d.number for d in drafts if d.partner is not None and d.finite is not None and _begins_with_verb(tokens, d)
        )
        fill_arguments(analysis, sentence, made, shared)
        partners = {d.number: d.partner.number for d in drafts if d.partner is not None}
        link_shared(analysis, made, partners)
        sentence.clauses = list(range(begin, len(analysis.clauses)))


def _overlapping(quotations: list[Quotation], sentence: Sentence) -> list[Quotation]:
    """The quotations that share a token with the sentence (or whose marks do); ``quotations`` by their first token."""
    high = bisect_right(quotations, sentence.last + 2, key=lambda q: q.first)
    low = high
    while low > 0 and high - low < 200 and quotations[low - 1].last >= sentence.first - 2:
        low -= 1
    return quotations[low:high]


def _begins_with_verb(tokens: list[Token], draft: Draft) -> bool:
    lead = [i for i in draft.tokens if draft.finite is not None and i < draft.finite]
    return all(tokens[i].tag in ("KON", "ADV", "ADJD") for i in lead)


def _lend(tokens: list[Token], drafts: list[Draft]) -> None:
    """ "sollen A überfallen und B angezündet haben": the infinitive at the end closes both, and is no finite verb."""
    for draft in drafts:
        partner = draft.partner
        if partner is None or partner.finite is None or tokens[partner.finite].tag != "VMFIN":
            continue
        last = max((i for i in draft.tokens if tokens[i].coarse != "PUNCT"), default=-1)
        if (
            last < 1
            or tokens[last].tag not in ("VAFIN", "VAINF")
            or tokens[last].text not in ("haben", "sein", "werden")
        ):
            continue
        if tokens[last - 1].tag not in ("VVPP", "VAPP") or draft.finite not in (None, last):
            continue
        verbs = [tokens[i] for i in partner.tokens if tokens[i].tag.startswith("V") and i != partner.finite]
        if not verbs or any(
            v.tag != "VVPP" and not (v.tag == "VVINF" and participle_as_infinitive(v.lemma)) for v in verbs
        ):
            continue
        for verb in verbs:
            verb.tag = "VVPP"  # "überfallen" is both
        tokens[last].tag, draft.finite = "VAINF", None
        if tokens[last].text == "sein" and tokens[last - 1].tag == "VVPP" and not perfect_with_sein(verbs[-1].lemma):
            continue  # "soll die Stadt verlassen und nach Genf gereist sein"
        partner.lent = [i for i in draft.tokens if i in (last, last - 1) and tokens[i].tag.startswith("VA")]


def _pieces(sentence: Sentence) -> list[Draft]:
    """An over-long sentence as plain pieces, so that work stays linear."""
    found: list[Draft] = []
    for first in range(sentence.first, sentence.last + 1, 200):
        found.append(
            Draft(list(range(first, min(first + 200, sentence.last + 1))), "fragment", None, relation="fragment")
        )
    return found


def _clause(tokens: list[Token], sentence: Sentence, draft: Draft) -> Clause:
    own = sorted(draft.tokens)
    clause = Clause(
        -1 if draft.number < 0 else draft.number, sentence.i, own, tokens[own[0]].start, tokens[own[-1]].end, "",
        finite=draft.finite, relation=draft.relation, quoted=draft.quoted,
    )  # fmt: skip
    if draft.starter is not None:
        clause.conjunction = tokens[draft.starter].text.lower()
    elif draft.before in ("und", "oder", "aber", "sondern", "denn", "doch"):
        clause.conjunction = draft.before
    return clause


def _drafts(tokens: list[Token], sentence: Sentence, found: list[Segment]) -> list[Draft]:
    drafts: list[Draft] = []
    current: Draft | None = None
    for k, segment in enumerate(found):
        if current is not None and _so_whom(tokens, segment):
            _new(drafts, segment, "fragment", "parenthesis", current)
        elif current is not None and _aside(tokens, current, segment, found[k + 1 : k + 2]):
            frame = _new(drafts, segment, "main", "main", None)
            host = _top(current)
            host.parent, host.relation = frame, "quotation"
        else:
            current = _place(tokens, drafts, current, segment)
    for draft in drafts:
        if draft.kind == "open":  # fragments that never found a finite verb
            draft.kind = "fragment"
            if draft.relation == "main" and draft.finite is None:
                draft.relation = "fragment"
    return drafts


def _so_whom(tokens: list[Token], segment: Segment) -> bool:
    """ "…, so die Armee": who says it, no part of what is said."""
    words = [tokens[i] for i in segment.tokens if not tokens[i].tag.startswith("$")]
    if segment.kind != "fragment" or segment.before not in (",", "–") or len(words) < 2 or words[0].text != "so":
        return False
    return words[1].tag in ("ART", "NN", "NE", "PPOSAT", "ADJA", "PIAT", "XY", "PDAT")


def _aside(tokens: list[Token], current: Draft, segment: Segment, following: list[Segment]) -> bool:
    """ "Die Armee, sagte der Sprecher, habe …", "Sie hätten, behauptet er, Homs beschossen": a frame in the middle.

    What stands around it is one clause, whose finite verb or participle comes behind.
    """
    if segment.kind != "finite" or segment.before not in (",", "–") or segment.quoted or not following:
        return False
    first, behind, host = tokens[segment.tokens[0]], following[0], _top(current)
    opens = segment.verb_first or first.text == "so" and segment.finite == segment.tokens[1]
    if not opens or segment.finite is None or tokens[segment.finite].tag != "VVFIN" or behind.before not in (",", "–"):
        return False
    if not any(tokens[i].tag in ("NN", "NE", "PPER", "PIS", "XY") for i in segment.tokens):
        return False
    if host.finite is None:
        reported = behind.finite is not None and "indicative" not in tokens[behind.finite].moods
        return host.kind == "open" and behind.kind == "finite" and behind.verb_first and reported
    waiting = {"participle": "VVPP", "bare_infinitive": "VVINF"}.get(behind.kind)
    reported = "indicative" not in tokens[host.finite].moods
    return waiting is not None and reported and _waits(tokens, host, waiting)


def _chain(draft: Draft | None) -> list[Draft]:
    """The draft and the clauses around it, innermost first."""
    found: list[Draft] = []
    while draft is not None and len(found) < 50:
        found.append(draft)
        draft = draft.parent
    return found


def _new(drafts: list[Draft], segment: Segment, kind: str, relation: Relation, parent: Draft | None) -> Draft:
    draft = Draft(
        list(segment.tokens), kind, segment.finite, segment.starter, parent, relation, None, segment.quoted, segment.before,
        nonfinite=list(segment.nonfinite), verb_final=segment.verb_final,
    )  # fmt: skip
    drafts.append(draft)
    return draft


def _extend(draft: Draft, segment: Segment) -> Draft:
    draft.tokens.extend(segment.tokens)
    draft.nonfinite.extend(segment.nonfinite)
    if draft.finite is None and segment.finite is not None:
        draft.finite = segment.finite
        if draft.kind == "open":
            draft.kind = "main"
    return draft


def _waits(tokens: list[Token], draft: Draft, tag: str) -> bool:
    """The draft's auxiliary or modal still lacks its participle ("VVPP") or infinitive ("VVINF")."""
    if draft.finite is None or any(tokens[i].tag.startswith("VV") for i in draft.nonfinite):
        return False
    finite = tokens[draft.finite]
    if tag == "VVPP":
        return finite.tag == "VAFIN" or (finite.tag == "VMFIN")
    return finite.tag == "VMFIN" or (finite.tag == "VAFIN" and finite.lemma == "werden")


def _top(draft: Draft) -> Draft:
    """The main-level clause over the draft."""
    while draft.parent is not None:
        draft = draft.parent
    return draft


def _place(tokens: list[Token], drafts: list[Draft], current: Draft | None, segment: Segment) -> Draft:
    """Put the next segment where it belongs; returns the draft that is now innermost."""
    kind = segment.kind
    if kind == "subordinate":
        return _subordinate(tokens, drafts, current, segment)
    if kind == "infinitive":
        if current is not None and segment.before in ("und", "oder", "sowie") and current.kind == "infinitive":
            draft = _new(drafts, segment, "infinitive", current.relation, current.parent)
            draft.partner = current
            return draft
        if current is not None:
            return _new(drafts, segment, "infinitive", "infinitive", current)
        draft = _new(drafts, segment, "infinitive", "infinitive", None)
        return draft
    if kind == "finite":
        return _finite(tokens, drafts, current, segment)
    if kind in ("participle", "bare_infinitive") and current is not None:
        tag = "VVPP" if kind == "participle" else "VVINF"
        for outer in _chain(current):
            if outer.kind == "subordinate" and outer.finite is None:
                return _extend(outer, segment)
            if _waits(tokens, outer, tag):
                return _extend(outer, segment)
        if current.finite is not None or current.partner is not None or current.kind == "infinitive":
            shares = current.kind != "infinitive" and any(tokens[i].tag.startswith("VV") for i in current.nonfinite)
            if shares or segment.before in ("und", "oder", "sowie", "sondern"):
                draft = _new(
                    drafts,
                    segment,
                    current.kind,
                    current.relation if current.relation != "main" else "coordinated",
                    current.parent if current.relation != "main" else current,
                )
                draft.partner = current
                draft.starter = None
                return draft
            if kind == "participle":
                return_to = _new(drafts, segment, "participle", "participle", current)
                return return_to
        if kind == "participle" and segment.before == "," and current.kind == "open":
            draft = _new(drafts, segment, "participle", "participle", current)
            return draft
        return _extend(current, segment)
    if current is None:
        return _new(drafts, segment, "open", "main", None)
    # a fragment: goes on with the innermost clause that is not yet closed at its right bracket
    if segment.before == "(" or segment.before == ")":
        return _extend(current, segment)
    for outer in _chain(current):
        if outer.kind == "subordinate" and outer.finite is not None and outer.verb_final and outer.parent is not None:
            continue
        if outer.kind in ("infinitive", "participle") and outer.parent is not None and segment.before == ",":
            continue
        if segment.before in (":", '"') and outer.quoted != segment.quoted:
            continue
        if segment.before == "," and _closed_at_noun(tokens, outer):
            continue  # "wies den Vorwurf, sie habe geschossen, | als falsch zurück"
        return _extend(outer, segment)
    if segment.before in (":", '"'):
        draft = _new(drafts, segment, "open", "fragment", None)
        return draft
    return _extend(_top(current), segment)


def _subordinate(tokens: list[Token], drafts: list[Draft], current: Draft | None, segment: Segment) -> Draft:
    starter = tokens[segment.starter] if segment.starter is not None else None
    low = starter.text.lower() if starter else ""
    relation: Relation = "adverbial"
    if starter is not None and starter.tag in ("PRELS", "PRELAT", "ART", "PDS"):
        relation = "relative"
    elif low in ("dass", "daß"):
        relation = "complement"
        if segment.tokens and segment.starter is not None and segment.starter > segment.tokens[0]:
            lead = tokens[segment.tokens[0]].text.lower()
            if lead in ("ohne", "so", "anstatt", "statt", "auf"):
                relation = "adverbial"
    elif low == "ob" or (
        starter is not None
        and starter.tag in ("PWS", "PWAT", "PWAV")
        and low not in ("wobei", "wodurch", "womit", "woraufhin", "wonach", "wo")
    ):
        relation = "question"
    elif low in ("wobei", "wodurch", "womit", "woraufhin", "wo", "worauf"):
        relation = "relative"
    if current is None:
        return _new(drafts, segment, "subordinate", relation, None)
    parent: Draft | None = current
    if segment.before in ("und", "oder", "aber", "sondern", "sowie") or (
        segment.tokens and tokens[segment.tokens[0]].tag == "KON"
    ):
        for outer in _chain(current):
            if outer.kind == "subordinate" and (outer.relation == relation):
                draft = _new(drafts, segment, "subordinate", relation, outer.parent)
                return draft
    if relation != "relative":
        # "…, teilte er mit, dass …": a complement belongs to the nearest clause with a predicate
        for outer in _chain(current):
            if outer.finite is not None or outer.kind in ("infinitive", "subordinate", "open"):
                parent = outer
                break
    return _new(drafts, segment, "subordinate", relation, parent)


def _finite(tokens: list[Token], drafts: list[Draft], current: Draft | None, segment: Segment) -> Draft:
    if current is None:
        return _new(drafts, segment, "main", "main", None)
    chain = _chain(current)
    coordinated = segment.before in ("und", "oder", "aber", "sondern", "denn", "doch", "sowie", "jedoch")
    if tokens[segment.tokens[0]].tag == "KON" and len(segment.tokens) > 1:  # ", und hatte dort …"
        coordinated = True
        segment.verb_first = segment.finite == segment.tokens[1]
    if not (segment.quoted and not current.quoted):
        for outer in chain:  # a subordinate clause still without its finite verb, interrupted by another one
            if (
                outer.kind == "subordinate"
                and outer.finite is None
                and segment.verb_final
                and not segment.verb_first
                or (
                    outer.kind == "subordinate"
                    and outer.finite is None
                    and segment.verb_first
                    and len(segment.tokens) <= 2
                )
            ):
                outer.verb_final = True
                return _extend(outer, segment)
    if (
        coordinated
        and current.kind == "subordinate"
        and current.finite is not None
        and segment.verb_final
        and not _verb_second(tokens, segment)
    ):
        draft = _new(drafts, segment, "subordinate", current.relation, current.parent)
        draft.partner = current
        return draft
    for outer in chain:  # the pre-field stood alone before a subclause: "Die Türkei, die …, hatte …"
        headline = segment.before == "–" and any(
            tokens[i].tag == "VVPP" for i in outer.nonfinite
        )  # "29 getötet – Ankara …"
        if outer is current and outer.kind == "open" and outer.finite is None and _told_at_noun(tokens, outer, segment):
            return _new(drafts, segment, "main", "complement", outer)
        if (
            outer.kind == "open"
            and outer.finite is None
            and segment.quoted == outer.quoted
            and segment.before != ":"
            and not headline
        ):
            outer.kind = "main"
            outer.relation = "main" if outer.parent is None else outer.relation
            draft = _extend(outer, segment)
            draft.verb_final = segment.verb_final
            return draft
    top = _top(current)
    if top.kind in ("subordinate", "infinitive", "participle") and top.finite is not None or top.kind == "infinitive":
        if not any(d.kind == "main" and d.relation != "complement" for d in drafts):  # subordinate clause in the pre-field
            if _told_inside(tokens, current, segment):  # "Während er versichert, das Dorf sei ruhig, fliehen Tausende"
                return _new(drafts, segment, "main", "complement", current)
            draft = _new(drafts, segment, "main", "main", None)
            top.parent = draft
            return draft
    mains = [d for d in drafts if d.kind == "main" and d.parent is None]
    last_main = mains[-1] if mains else top
    if segment.quoted != current.quoted and (segment.before in ('"', ":", ",")):
        if segment.quoted:
            return _new(drafts, segment, "main", "quotation", last_main)
        draft = _new(drafts, segment, "main", "main", None)
        for quoted in drafts:
            if quoted.quoted and quoted.parent is None:
                quoted.parent, quoted.relation = draft, "quotation"
        above = _top(current)
        told = above.finite is not None and "indicative" not in tokens[above.finite].moods
        if segment.verb_first and segment.before in (",", '"') and told and above is not draft:
            above.parent, above.relation = draft, "quotation"  # "Man könne gehen, „wenn …“, sagte der Sprecher"
        return draft
    if coordinated or segment.before == ";":
        partner = next((d for d in chain if d.kind == "main" and d.finite is not None), last_main)
        if _leaves_speech(tokens, partner, segment) and partner.parent is not None:
            partner = partner.parent
        draft = _new(
            drafts,
            segment,
            "main",
            "coordinated" if segment.before != ";" else "main",
            partner if segment.before != ";" else None,
        )
        draft.partner = partner if segment.before != ";" else None
        if partner.relation == "complement" and partner.parent is not None:
            draft.relation, draft.parent = "complement", partner.parent
        return draft
    finite = tokens[segment.finite] if segment.finite is not None else None
    if (
        segment.verb_first
        and segment.before == ","
        and finite is not None
        and finite.text.lower() in ("sollte", "sollten")
        and segment.nonfinite
    ):
        segment.starter = segment.finite  # "…, sollte es darum bitten": a condition
        return _new(drafts, segment, "main", "adverbial", current)
    if segment.verb_first and segment.before == "," and finite is not None and not segment.quoted and _goes_on(finite):
        parent = next((d for d in chain if d.finite is not None), last_main)  # "griffen das Dorf an, töteten …"
        draft = _new(drafts, segment, "main", "coordinated", parent)
        draft.partner = parent
        return draft
    if segment.verb_first and segment.before == "," and _shares_subject(tokens, segment):
        # "… stimmte zu, stellte aber Bedingungen": the subject is the one before
        partner = next((d for d in chain if d.finite is not None), last_main)
        if _leaves_speech(tokens, partner, segment) and partner.parent is not None:
            partner = partner.parent
        draft = _new(drafts, segment, "main", "coordinated", partner)
        draft.partner = partner
        return draft
    if segment.verb_first and segment.before in (",", "–", '"'):
        # a frame behind what was said: ", teilte das Ministerium mit"
        draft = _new(drafts, segment, "main", "main", None)
        said = _top(current)
        if said is not draft:
            said.parent = draft
            said.relation = "quotation"
        return draft
    parent = next((d for d in chain if d.finite is not None or d.kind == "infinitive"), last_main)
    subjunctive = finite is not None and "subjunctive1" in finite.moods
    relation: Relation = (
        "complement"
        if segment.before == ":"
        or subjunctive
        or (finite is not None and "subjunctive2" in finite.moods and "indicative" not in finite.moods)
        else "coordinated"
    )
    draft = _new(drafts, segment, "main", relation, parent)
    if relation == "coordinated" and segment.verb_first:
        draft.partner = parent
    return draft


def _told_inside(tokens: list[Token], current: Draft, segment: Segment) -> bool:
    """Behind a subordinate clause the main one begins with its verb; one in Konjunktiv that does not is what is said there."""
    if segment.verb_first or segment.verb_final or segment.before != "," or segment.finite is None:
        return False
    return current.kind == "subordinate" and "indicative" not in tokens[segment.finite].moods


@lru_cache(maxsize=4096)
def _saying(form: str, lemma: str) -> bool:
    """Is it a noun of saying or thinking ("Vorwurf", "Behauptung"), or a compound that ends in one?"""
    nouns = _nouns_of_saying()
    return any(w.endswith(n) for w in (form.lower(), lemma.lower()) for n in nouns)


@cache
def _nouns_of_saying() -> tuple[str, ...]:
    return tuple(n.lower() for n in table("cues.de")["nouns"]["content"] if len(n) > _SHORT_NOUN)


_SHORT_NOUN = 4
"""Nouns of so many letters are too short to be known by the end of a compound ("Rat")."""


def _told_at_noun(tokens: list[Token], open_: Draft, segment: Segment) -> bool:
    """ "Die Behauptung, Soldaten hätten geschossen, | ist falsch": what the noun says, not the clause it stands in."""
    if segment.before != "," or segment.verb_first or segment.verb_final or segment.finite is None:
        return False
    last, finite = tokens[open_.tokens[-1]], tokens[segment.finite]
    told = any(m.startswith("subjunctive") for m in finite.moods)
    return told and last.coarse == "NOUN" and _saying(last.text, last.lemma)


def _closed_at_noun(tokens: list[Token], draft: Draft) -> bool:
    """A verb-second clause behind a noun of saying whose verb is complete: what follows goes on with the clause over it."""
    if draft.kind != "main" or draft.parent is None or draft.before != "," or draft.finite is None:
        return False
    before = draft.tokens[0] - 2
    if before < 0 or tokens[before].coarse != "NOUN" or not _saying(tokens[before].text, tokens[before].lemma):
        return False
    return draft.tokens[-1] in draft.nonfinite or draft.tokens[-1] == draft.finite


def _leaves_speech(tokens: list[Token], partner: Draft, segment: Segment) -> bool:
    """ "Sie sagte, er sei krank, und kündigte an …": a full verb in the plain past goes on with the frame."""
    above = partner.parent
    if partner.relation != "complement" or above is None or above.finite is None or partner.finite is None:
        return False
    if segment.finite is None or not segment.verb_first or tokens[segment.finite].tag != "VVFIN":
        return False
    said, verb, frame = tokens[partner.finite], tokens[segment.finite], tokens[above.finite]
    plain = "indicative" in verb.moods and verb.tense == "past" and verb.number == frame.number
    return plain and "indicative" not in said.moods and frame.tag != "VMFIN"


def _goes_on(finite: Token) -> bool:
    """Is the verb one of deed, which behind a comma goes on telling and frames nothing said?"""
    return finite.lemma in table("verbs.de")["series"]["words"]


def _shares_subject(tokens: list[Token], segment: Segment) -> bool:
    """A verb-first piece with "aber" or "dann" behind its verb and no pronoun: it goes on with the subject before."""
    if segment.finite is None or segment.quoted:
        return False
    behind = [tokens[i] for i in segment.tokens if i > segment.finite][:4]
    return (
        bool(behind)
        and behind[0].text.lower() in _GOES_ON
        and not any(t.tag == "PPER" and t.cases == {"nom"} for t in behind)
    )


_GOES_ON = {
    "aber",
    "jedoch",
    "dann",
    "allerdings",
    "zugleich",
    "daraufhin",
    "anschließend",
    "danach",
    "dabei",
    "gleichzeitig",
}


def _verb_second(tokens: list[Token], segment: Segment) -> bool:
    """At most one constituent before the finite verb and something behind it."""
    if segment.finite is None or segment.finite == segment.tokens[-1]:
        return False
    lead = [i for i in segment.tokens if i < segment.finite]
    return len(lead) <= 2

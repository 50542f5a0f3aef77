"""How far what is said reaches: the tokens of a frame, and those of its content around it."""

from __future__ import annotations

from bisect import bisect_left

from trucewatch.extraction.speech_cues import Cues, cues
from trucewatch.extraction.speech_model import EDGES, descendants, spans_of
from trucewatch.language.analysis import Analysis, Clause, Quotation, Sentence
from trucewatch.record import Span

SUBJUNCTIVE = ("subjunctive1", "subjunctive2")


def own_tokens(analysis: Analysis, clause: Clause) -> list[int]:
    """The clause's tokens, cut at the comma that closes a frame in the middle of what is said ("sagte er, alles …")."""
    tokens, own = analysis.tokens, clause.tokens
    if so_verb(analysis, clause, cues(analysis.language)):
        at = next(k for k in range(len(own) - 1) if own[k + 1] == clause.finite)
        own = own[at:]
    elif not verb_first(analysis, clause):
        return own
    kept: list[int] = []
    marks = {",", "–", "—"}
    last_predicate = max(clause.predicate_tokens, default=clause.finite or own[0])
    apposed = range(0)
    if clause.subject is not None and clause.subject.appositions:
        apposed = range(clause.subject.appositions[0].first, clause.subject.appositions[-1].last + 1)
    for k, i in enumerate(own):
        if k and i > last_predicate and any(tokens[j].text in marks for j in range(own[k - 1] + 1, i + 1)):
            if clause.subject is None or clause.subject.first <= own[k - 1]:
                described = i in apposed or kept and kept[-1] in apposed
                if tokens[i].coarse not in ("PROPN",) and not described:  # "sagte der Sprecher, Max Müller"
                    break
        kept.append(i)
    return kept


def verb_first(analysis: Analysis, clause: Clause) -> bool:
    return clause.finite is not None and clause.tokens[0] == clause.finite


def so_verb(analysis: Analysis, clause: Clause, known: Cues) -> bool:
    """ ", so schätzen die Forscher,": the word and the verb right behind it."""
    words = clause.tokens
    for k in range(len(words) - 1):
        if analysis.tokens[words[k]].text.lower() in known.words["so"] and words[k + 1] == clause.finite:
            before = words[k] - 1
            return before >= 0 and analysis.tokens[before].text in (",", "–", "—")
    return False


def frame_start(analysis: Analysis, sentence: Sentence, first: int, own: list[int]) -> int:
    """What is said before a postposed frame begins with the sentence, unless another frame stands there."""
    between = range(sentence.first, first)
    if any(analysis.tokens[i].text in ";:" for i in between):
        return first
    taken = {c for c in sentence.clauses if analysis.clauses[c].tokens[0] < first and c != -1}
    if taken and any(analysis.clauses[c].finite is not None for c in taken):
        return first
    return sentence.first


def remainder(analysis: Analysis, sentence: Sentence, clause: Clause, own: list[int], last: int) -> int:
    """The last token of what goes on behind a frame in the middle, else ``last``."""
    end = max(own)
    tokens = analysis.tokens
    if end + 2 > sentence.last or tokens[end + 1].text not in (",", "–", "—"):
        return last
    begin = end + 2
    if tokens[begin].coarse == "CCONJ" or tokens[begin].tag in cues(analysis.language).tags["linking"]:
        return last
    for number in sentence.clauses:
        other = analysis.clauses[number]
        if (
            other.tokens[0] >= begin
            and other.finite is not None
            and other.mood == "indicative"
            and other.relation in ("main",)
        ):
            return last
    return sentence.last


def commas_around(analysis: Analysis, own: list[int]) -> list[int]:
    found = []
    for i in own:
        for j in (i - 1, i + 1):
            if 0 <= j < len(analysis.tokens) and analysis.tokens[j].text in (",", "–", "—") and j not in own:
                found.append(j)
    return found


def closure(analysis: Analysis, roots: list[int], frame: Clause) -> list[Clause]:
    """The clauses of what is said: the roots and all below them, up to a new main clause in the indicative."""
    reported = any(analysis.clauses[r].mood in SUBJUNCTIVE for r in roots)
    barred = [frame.i]
    words = cues(analysis.language).words
    for clause in descendants(analysis, roots, [frame.i]):
        if clause.quoted:
            continue
        if (
            clause.mood == "indicative"
            and clause.conjunction in words["continuative"]
            and clause.relation == "relative"
        ):
            barred.append(clause.i)
        if clause.i in roots and len(roots) == 1 or clause.relation not in ("coordinated", "main", "complement"):
            continue
        own_words = clause.mood == "indicative" and clause.finite is not None
        if reported and own_words and clause.conjunction in words["coordinating"]:
            barred.append(clause.i)
    return descendants(analysis, roots, barred)


def quotations_from(analysis: Analysis, first: int, last: int) -> list[Quotation]:
    """The quotations whose first inner token is one of ``first`` to ``last``, a few before them included."""
    at = bisect_left(analysis.quotations, first, key=lambda q: q.first)
    found = []
    for quotation in analysis.quotations[max(at - 1, 0) :]:
        if quotation.first > last + 200:
            break
        found.append(quotation)
    return found


def with_quotation(analysis: Analysis, sentence: Sentence, first: int, last: int) -> int:
    """The last token of what is said, with a quotation that begins in it or right behind it ("dass „…“ sei")."""
    tokens = analysis.tokens
    for quotation in quotations_from(analysis, first, last + 3):
        opening, closing = quotation.first - 1, quotation.last + 1
        if opening > last + 2 or closing <= last or opening < first or closing > sentence.last:
            continue
        if opening == last + 2 and tokens[last + 1].text != ",":
            continue
        last = closing
        while last < sentence.last and tokens[last + 1].text not in EDGES:
            last += 1
    return last


def around_quotation(analysis: Analysis, sentence: Sentence, own: list[int]) -> list[Span]:
    """What is said behind the frame's comma where quotation marks kept it from being seen as a clause."""
    tokens = analysis.tokens
    comma = max(own) + 1
    if comma + 1 >= sentence.last or tokens[comma].text != "," or tokens[comma + 1].coarse == "CCONJ":
        return []
    if tokens[comma + 1].tag in cues(analysis.language).tags["no_content"]:
        return []
    for quotation in quotations_from(analysis, comma + 1, comma + 15):
        opening = quotation.first - 1
        if comma + 1 < opening <= comma + 14 and opening < sentence.last:
            if any(tokens[i].text in ",;:" for i in range(comma + 1, opening)):
                return []
            return spans_of(analysis, comma + 1, with_quotation(analysis, sentence, comma + 1, opening))
    return []


def to_comma(analysis: Analysis, at: int) -> range:
    """The tokens from ``at`` up to the next comma."""
    end = at
    while end + 1 < len(analysis.tokens) and analysis.tokens[end + 1].text not in EDGES and end - at < 12:
        end += 1
    return range(at, end + 1)


def after_colon(analysis: Analysis, sentence: Sentence, clause: Clause, own: list[int]) -> list[Span]:
    tokens = analysis.tokens
    for i in range(max(own), min(sentence.last, max(own) + 3)):
        if tokens[i].text == ":" and i + 2 < sentence.last and tokens[i + 1].text not in '„»"‚«':
            return spans_of(analysis, i + 1, sentence.last)
    return []

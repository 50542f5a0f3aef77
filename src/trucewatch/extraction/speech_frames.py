"""Verb frames: "sagte, dass …", "…, teilte X mit", "wie X mitteilte", "forderte, … zu …", "Das teilte X mit"."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, cues, flags_of
from trucewatch.extraction.speech_model import EDGES, Source, Stretch, descendants, phrase_spans, spans_of
from trucewatch.extraction.speech_sources import of_clause
from trucewatch.language.analysis import Analysis, Clause, Phrase, Sentence
from trucewatch.record import Span

_SUBJUNCTIVE = ("subjunctive1", "subjunctive2")


def verb_frames(analysis: Analysis, sentence: Sentence, known: Cues) -> list[Stretch]:
    """All stretches that a speech verb of the sentence frames."""
    found: list[Stretch] = []
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.quoted or not clause.predicate:
            continue
        flags = flags_of(analysis, clause, known)
        if not flags or ("only_it" in flags and not _is_it(analysis, clause, known)):
            continue
        stretch = _framed(analysis, sentence, clause, flags, known)
        if stretch is not None:
            found.append(stretch)
    return found


def _is_it(analysis: Analysis, clause: Clause, known: Cues) -> bool:
    subject = clause.subject
    return subject is None or analysis.tokens[subject.head].text.lower() in known.words["it"]


def _framed(
    analysis: Analysis, sentence: Sentence, clause: Clause, flags: frozenset[str], known: Cues
) -> Stretch | None:
    conjunction = (clause.conjunction or "").lower()
    own = _own_tokens(analysis, clause)
    if conjunction in known.words["as"] and clause.relation != "main":
        return _as_frame(analysis, sentence, clause, own, flags, known)
    roots = _content_roots(analysis, sentence, clause, flags, known)
    if roots:
        tokens = {i for c in _closure(analysis, roots, clause) for i in c.tokens}
        first, last = min(tokens), max(tokens)
        last = _with_quotation(analysis, sentence, first, last)
        inside = _verb_first(analysis, clause)
        if inside and first < own[0]:
            last = max(last, _remainder(analysis, sentence, clause, own, last))
            first = _frame_start(analysis, sentence, first, own)
        holes = [i for i in own if first <= i <= last]
        holes += _commas_around(analysis, holes)
        content = spans_of(analysis, first, last, holes)
        if not content:
            return None
        return _stretch(analysis, sentence, clause, own, flags, known, content, "verb")
    if "content" in flags and "weak" not in flags:
        content = _around_quotation(analysis, sentence, own)
        if content:
            return _stretch(analysis, sentence, clause, own, flags, known, content, "verb-quotation")
    if "quote" in flags and "weak" not in flags and tokens_so(analysis, clause, known):
        content = spans_of(analysis, sentence.first, sentence.last, [*own, *_commas_around(analysis, own)])
        if content:
            return _stretch(analysis, sentence, clause, own, flags, known, content, "verb-so")
    if "quote" in flags and "weak" not in flags:
        content = _after_colon(analysis, sentence, clause, own)
        if content:
            return _stretch(analysis, sentence, clause, own, flags, known, content, "verb-colon")
    return None


def tokens_so(analysis: Analysis, clause: Clause, known: Cues) -> bool:
    """ ", so schätzen die Forscher,": the word and the verb right behind it."""
    words = clause.tokens
    for k in range(len(words) - 1):
        if analysis.tokens[words[k]].text.lower() in known.words["so"] and words[k + 1] == clause.finite:
            before = words[k] - 1
            return before >= 0 and analysis.tokens[before].text in (",", "–", "—")
    return False


def _stretch(
    analysis: Analysis, sentence: Sentence, clause: Clause, own: list[int], flags: frozenset[str], known: Cues,
    content: list[Span], rule: str,
) -> Stretch:  # fmt: skip
    source = of_clause(analysis, clause, known, flags)
    addressee = addressee_of(clause, flags, known)
    return Stretch(
        "Indirect", content, source, f"{rule}:{clause.predicate}", sentence.i,
        cue=[(analysis.tokens[i].start, analysis.tokens[i].end) for i in clause.predicate_tokens],
        frame=_runs(analysis, own), addressee=phrase_spans(addressee), addressee_phrase=addressee, clause=clause.i,
    )  # fmt: skip


def addressee_of(clause: Clause, flags: frozenset[str], known: Cues) -> Phrase | None:
    """Whom the words are said to."""
    if "addressee_object" in flags and clause.object is not None:
        return clause.object
    if clause.indirect_object is not None:
        return clause.indirect_object
    return next((p for p in clause.phrases if p.preposition in known.addressee), None)


def _runs(analysis: Analysis, own: list[int]) -> list[Span]:
    spans: list[Span] = []
    for i in own:
        token = analysis.tokens[i]
        if spans and i - 1 in own:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
    return spans


def _own_tokens(analysis: Analysis, clause: Clause) -> list[int]:
    """The clause's tokens, cut at the comma that closes a frame in the middle of what is said ("sagte er, alles …")."""
    tokens, own = analysis.tokens, clause.tokens
    if tokens_so(analysis, clause, cues(analysis.language)):
        at = next(k for k in range(len(own) - 1) if own[k + 1] == clause.finite)
        own = own[at:]
    elif not _verb_first(analysis, clause):
        return own
    kept: list[int] = []
    marks = {",", "–", "—"}
    last_predicate = max(clause.predicate_tokens, default=clause.finite or own[0])
    for k, i in enumerate(own):
        if k and i > last_predicate and any(tokens[j].text in marks for j in range(own[k - 1] + 1, i + 1)):
            if clause.subject is None or clause.subject.first <= own[k - 1]:
                if tokens[i].coarse not in ("PROPN",):  # "sagte der Sprecher, Max Müller"
                    break
        kept.append(i)
    return kept


def _verb_first(analysis: Analysis, clause: Clause) -> bool:
    return clause.finite is not None and clause.tokens[0] == clause.finite


def _frame_start(analysis: Analysis, sentence: Sentence, first: int, own: list[int]) -> int:
    """What is said before a postposed frame begins with the sentence, unless another frame stands there."""
    between = range(sentence.first, first)
    if any(analysis.tokens[i].text in ";:" for i in between):
        return first
    taken = {c for c in sentence.clauses if analysis.clauses[c].tokens[0] < first and c != -1}
    if taken and any(analysis.clauses[c].finite is not None for c in taken):
        return first
    return sentence.first


def _remainder(analysis: Analysis, sentence: Sentence, clause: Clause, own: list[int], last: int) -> int:
    """The last token of what goes on behind a frame in the middle, else ``last``."""
    end = max(own)
    tokens = analysis.tokens
    if end + 2 > sentence.last or tokens[end + 1].text not in (",", "–", "—"):
        return last
    begin = end + 2
    if tokens[begin].coarse == "CCONJ" or tokens[begin].tag in ("PRELS", "KOUS", "KOUI"):
        return last
    for number in sentence.clauses:
        other = analysis.clauses[number]
        if other.tokens[0] >= begin and other.finite is not None and other.mood == "indicative" and other.relation in ("main",):
            return last
    return sentence.last


def _commas_around(analysis: Analysis, own: list[int]) -> list[int]:
    found = []
    for i in own:
        for j in (i - 1, i + 1):
            if 0 <= j < len(analysis.tokens) and analysis.tokens[j].text in (",", "–", "—") and j not in own:
                found.append(j)
    return found


def _closure(analysis: Analysis, roots: list[int], frame: Clause) -> list[Clause]:
    """The clauses of what is said: the roots and all below them, up to a new main clause in the indicative."""
    reported = any(analysis.clauses[r].mood in _SUBJUNCTIVE for r in roots)
    barred = [frame.i]
    words = cues(analysis.language).words
    for clause in descendants(analysis, roots, [frame.i]):
        if clause.quoted:
            continue
        if clause.mood == "indicative" and clause.conjunction in words["continuative"] and clause.relation == "relative":
            barred.append(clause.i)
        if clause.i in roots and len(roots) == 1 or clause.relation not in ("coordinated", "main", "complement"):
            continue
        if reported and clause.mood == "indicative" and clause.finite is not None and clause.conjunction in ("und", "doch", "aber", "sondern"):
            barred.append(clause.i)
    return descendants(analysis, roots, barred)


def _with_quotation(analysis: Analysis, sentence: Sentence, first: int, last: int) -> int:
    """The last token of what is said, with a quotation that begins in it or right behind it ("dass „…“ sei")."""
    tokens = analysis.tokens
    for quotation in analysis.quotations:
        opening, closing = quotation.first - 1, quotation.last + 1
        if opening > last + 2 or closing <= last or opening < first or closing > sentence.last:
            continue
        if opening == last + 2 and tokens[last + 1].text != ",":
            continue
        last = closing
        while last < sentence.last and tokens[last + 1].text not in EDGES:
            last += 1
    return last


def _around_quotation(analysis: Analysis, sentence: Sentence, own: list[int]) -> list[Span]:
    """What is said behind the frame's comma where quotation marks kept it from being seen as a clause."""
    tokens = analysis.tokens
    comma = max(own) + 1
    if comma + 1 >= sentence.last or tokens[comma].text != "," or tokens[comma + 1].coarse == "CCONJ":
        return []
    for quotation in analysis.quotations:
        opening = quotation.first - 1
        if tokens[comma + 1].tag in ("PRELS", "PRELAT", "KOKOM", "VVFIN", "VAFIN", "VMFIN", "ART") and tokens[comma + 1].coarse != "DET":
            return []
        if comma + 1 < opening <= comma + 14 and opening < sentence.last:
            if any(tokens[i].text in ",;:" for i in range(comma + 1, opening)):
                return []
            return spans_of(analysis, comma + 1, _with_quotation(analysis, sentence, comma + 1, opening))
    return []


def _orphans(analysis: Analysis, sentence: Sentence, clause: Clause) -> list[int]:
    """Complement clauses right behind this clause that hang on another one ("hat untersucht und bestätigt, dass …")."""
    end = max(clause.tokens)
    found = []
    for number in sentence.clauses:
        child = analysis.clauses[number]
        if child.relation == "complement" and child.parent not in (None, clause.i) and 0 < child.tokens[0] - end <= 2:
            if child.conjunction in ("dass", "daß", "ob"):
                found.append(number)
    return found


def _content_roots(
    analysis: Analysis, sentence: Sentence, clause: Clause, flags: frozenset[str], known: Cues
) -> list[int]:
    """The subclauses that hold what is said."""
    roots: list[int] = []
    if "content" in flags:
        roots += _orphans(analysis, sentence, clause)
    inverted = _verb_first(analysis, clause)
    for number in clause.children:
        child = analysis.clauses[number]
        if child.quoted and not clause.quoted:
            continue
        if child.relation == "complement" and "content" in flags and not clause.negated:
            roots.append(number)
        elif child.relation == "question" and "content" in flags and not clause.negated:
            if child.conjunction in known.words["whether"] or child.mood in _SUBJUNCTIVE:
                roots.append(number)
        elif child.relation == "infinitive" and ("infinitive" in flags or {"quote", "content"} <= flags) and child.tokens[0] > clause.tokens[0]:
            if (child.conjunction or "") not in known.words["purpose"]:
                roots.append(number)
        elif child.relation == "quotation" and ("quote" in flags) and "weak" not in flags:
            if child.finite is not None and (not inverted or _complete(analysis, clause, flags, known)):
                roots.append(number)
        elif child.relation == "coordinated" and "quote" in flags and "weak" not in flags and not child.conjunction:
            if child.finite is not None and (child.mood in _SUBJUNCTIVE or _second_clause(analysis, clause, child)):
                roots.append(number)
    return roots


def _complete(analysis: Analysis, clause: Clause, flags: frozenset[str], known: Cues) -> bool:
    """A verb-first clause behind a comma is a frame only with its own speaker, or as an impersonal or passive one."""
    if clause.voice == "passive" or "impersonal" in flags:
        return True
    own = set(_own_tokens(analysis, clause))
    return any(p.kind == "noun" and p.head in own and "nom" in (p.cases or {"nom"}) for p in clause.phrases)


def _second_clause(analysis: Analysis, clause: Clause, child: Clause) -> bool:
    """A verb-second clause in the indicative right behind the frame's comma, with a subject of its own."""
    before = child.tokens[0] - 1
    return (
        before >= 0 and analysis.tokens[before].text == "," and before - 1 == max(clause.tokens)
        and clause.object is None and child.tokens[0] != child.finite
    )  # fmt: skip


def _as_frame(
    analysis: Analysis, sentence: Sentence, clause: Clause, own: list[int], flags: frozenset[str], known: Cues
) -> Stretch | None:
    """ "wie X mitteilte": what is said is the clause around it."""
    if "quote" not in flags and "content" not in flags or "weak" in flags or clause.negated:
        return None
    if clause.parent is None:
        return None
    first, last = sentence.first, sentence.last
    parent = analysis.clauses[clause.parent]
    if parent.relation in ("relative", "adverbial", "complement"):
        tokens = {i for c in descendants(analysis, [parent.i], [clause.i]) for i in c.tokens}
        first, last = min(tokens), max(tokens)
    verb = max([*clause.predicate_tokens, clause.finite if clause.finite is not None else clause.tokens[-1]])
    holes = set(range(clause.tokens[0], verb + 1)) | {i for i in clause.tokens if i <= verb + 12 and i in _to_comma(analysis, verb)}
    content = spans_of(analysis, first, last, [*holes, *_commas_around(analysis, sorted(holes))])
    if not content:
        return None
    return _stretch(analysis, sentence, clause, own, flags, known, content, "as")


def _to_comma(analysis: Analysis, at: int) -> range:
    """The tokens from ``at`` up to the next comma."""
    end = at
    while end + 1 < len(analysis.tokens) and analysis.tokens[end + 1].text not in EDGES and end - at < 12:
        end += 1
    return range(at, end + 1)


def _after_colon(analysis: Analysis, sentence: Sentence, clause: Clause, own: list[int]) -> list[Span]:
    tokens = analysis.tokens
    for i in range(max(own), min(sentence.last, max(own) + 3)):
        if tokens[i].text == ":" and i + 2 < sentence.last and tokens[i + 1].text not in "„»\"‚«":
            return spans_of(analysis, i + 1, sentence.last)
    return []


def anaphoric_frame(analysis: Analysis, sentence: Sentence, known: Cues) -> Stretch | None:
    """ "Das teilte der Kreml mit.": the content is the sentence before, or what stands before in the same sentence."""
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        flags = flags_of(analysis, clause, known)
        if "quote" not in flags or "weak" in flags or clause.quoted or clause.negated:
            continue
        if clause.relation not in ("main", "coordinated") or _content_roots(analysis, sentence, clause, flags, known):
            continue
        pronoun = analysis.tokens[clause.tokens[0]]
        if pronoun.text.lower() not in known.words["anaphor"] or pronoun.coarse not in ("PRON", "DET"):
            continue
        if clause.finite is None or clause.finite != clause.tokens[0] + 1:
            continue
        if clause.tokens[0] == sentence.first:
            if sentence.i == 0 or analysis.sentences[sentence.i - 1].kind != "body":
                return None
            before = analysis.sentences[sentence.i - 1]
            content = [(before.start, before.end)]
        else:
            content = spans_of(analysis, sentence.first, clause.tokens[0] - 1)
        if not content:
            return None
        stretch = _stretch(analysis, sentence, clause, clause.tokens, flags, known, content, "anaphor")
        if stretch.source.phrase is None or stretch.source.phrase.head == clause.tokens[0]:
            return None
        return stretch
    return None

"""Verb frames: "sagte, dass …", "…, teilte X mit", "wie X mitteilte", "forderte, … zu …", "Das teilte X mit"."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, cues, flags_of
from trucewatch.extraction.speech_extent import (
    SUBJUNCTIVE,
    after_colon,
    around_quotation,
    closure,
    commas_around,
    frame_start,
    own_tokens,
    remainder,
    so_verb,
    to_comma,
    verb_first,
    with_quotation,
)
from trucewatch.extraction.speech_model import Stretch, descendants, phrase_spans, spans_of
from trucewatch.extraction.speech_sources import of_clause
from trucewatch.extraction.speech_speaker import can_speak
from trucewatch.language.analysis import Analysis, Clause, Phrase, Sentence
from trucewatch.record import Span

_SAYING = frozenset({"content", "quote"})


def verb_frames(analysis: Analysis, sentence: Sentence, known: Cues) -> list[Stretch]:
    """All stretches that a speech verb of the sentence frames."""
    found: list[Stretch] = []
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.quoted or not clause.predicate:
            continue
        flags = flags_of(analysis, clause, known) or _boasts(analysis, clause, known)
        showing = clause.predicate in known.words["showing"] or clause.predicate in known.words["perceiving"]
        if not flags >= _SAYING and "weak" not in flags and _governs_subjunctive(analysis, clause, known):
            flags |= _SAYING
        if not (flags or showing) or ("only_it" in flags and not _is_it(analysis, clause, known)):
            continue
        if clause.subject is not None and analysis.tokens[clause.subject.head].text.lower() in known.words["no_one"]:
            continue  # "wer angefangen hat, kann niemand sagen"
        stretch = _framed(analysis, sentence, clause, flags, known)
        if stretch is not None:
            found.append(stretch)
    return found


def _boasts(analysis: Analysis, clause: Clause, known: Cues) -> frozenset[str]:
    """ "sonnt sich darin, zwölf Soldaten getötet zu haben": with a perfect infinitive nearly every verb is one of saying."""
    if clause.predicate in known.words["no_claim"] or clause.voice == "passive" or clause.subject is None:
        return frozenset()
    if not can_speak(analysis, clause.subject, known):
        return frozenset()
    told = (analysis.clauses[n] for n in clause.children)
    perfect = any(c.relation == "infinitive" and c.tense == "perfect" and not c.conjunction for c in told)
    return _INFINITIVE if perfect else frozenset()


_INFINITIVE = frozenset({"infinitive"})


def _governs_subjunctive(analysis: Analysis, clause: Clause, known: Cues) -> bool:
    """ "Die Armee orakelt, die Rebellen hätten …": a verb that no list knows, over a clause whose mood says that it is told.

    Konjunktiv I in a clause with the verb in second place has no other use; Konjunktiv II is told where no condition is.
    """
    if clause.mood not in ("indicative", "ambiguous") or clause.negated or clause.subject is None:
        return False
    if clause.relation not in ("main", "coordinated", "adverbial") or clause.finite is None or not clause.predicate:
        return False
    if analysis.tokens[clause.subject.head].text.lower() in known.words["it"] or _conditional(analysis, clause, known):
        return False
    that = known.words["that"] - known.words["whether"]
    for number in clause.children:
        child = analysis.clauses[number]
        if child.relation not in ("complement", "quotation") or child.quoted or child.subject is None:
            continue
        if child.conjunction and child.conjunction not in that:
            continue
        if child.mood == "subjunctive1" or child.mood == "subjunctive2" and child.tense in ("perfect", "pluperfect"):
            return not _conditional(analysis, child, known)
    return False


def _conditional(analysis: Analysis, clause: Clause, known: Cues) -> bool:
    around = [clause, *(analysis.clauses[n] for n in clause.children)]
    return any((c.conjunction or "") in known.words["conditional"] for c in around)


def _is_it(analysis: Analysis, clause: Clause, known: Cues) -> bool:
    subject = clause.subject
    return subject is None or analysis.tokens[subject.head].text.lower() in known.words["it"]


def _framed(
    analysis: Analysis, sentence: Sentence, clause: Clause, flags: frozenset[str], known: Cues
) -> Stretch | None:
    conjunction = (clause.conjunction or "").lower()
    own = own_tokens(analysis, clause)
    if conjunction in known.words["as"] and clause.relation != "main":
        return _as_frame(analysis, sentence, clause, own, flags, known)
    if "content" in flags and "weak" not in flags and _swallowed(analysis, clause):
        comma = first_comma(analysis, clause, sentence)
        content = spans_of(analysis, comma + 1, sentence.last) if comma else []
        if content:
            own = [i for i in own if i < comma]
            return _stretch(analysis, sentence, clause, own, flags, known, content, "verb-split")
    roots = _content_roots(analysis, sentence, clause, flags, known)
    if roots:
        tokens = {i for c in closure(analysis, roots, clause) for i in c.tokens}
        first, last = min(tokens), max(tokens)
        last = with_quotation(analysis, sentence, first, last)
        inside = verb_first(analysis, clause)
        if inside and first < own[0]:
            last = max(last, remainder(analysis, sentence, clause, own, last))
            first = frame_start(analysis, sentence, first, own)
        holes = [i for i in own if first <= i <= last]
        holes += commas_around(analysis, holes)
        content = spans_of(analysis, first, last, holes)
        if not content:
            return None
        return _stretch(analysis, sentence, clause, own, flags, known, content, "verb")
    if "content" in flags and "weak" not in flags:
        content = around_quotation(analysis, sentence, own)
        if content:
            return _stretch(analysis, sentence, clause, own, flags, known, content, "verb-quotation")
    if "quote" in flags and "weak" not in flags and so_verb(analysis, clause, known):
        content = spans_of(analysis, sentence.first, sentence.last, [*own, *commas_around(analysis, own)])
        if content:
            return _stretch(analysis, sentence, clause, own, flags, known, content, "verb-so")
    if "quote" in flags and "weak" not in flags:
        content = after_colon(analysis, sentence, clause, own)
        if content:
            return _stretch(analysis, sentence, clause, own, flags, known, content, "verb-colon")
    return None


def _swallowed(analysis: Analysis, clause: Clause) -> bool:
    """A frame that the analysis hung under what is said ("Er sagte, in den Orten, die brennen, sei niemand mehr")."""
    if clause.relation != "quotation" or clause.parent is None or clause.finite is None or clause.quoted:
        return False
    above = analysis.clauses[clause.parent]
    return above.mood in SUBJUNCTIVE and clause.tokens[0] < above.tokens[0] and clause.mood == "indicative"


def first_comma(analysis: Analysis, clause: Clause, sentence: Sentence) -> int:
    """The first comma behind the clause's verbs and its subject; 0 where there is none."""
    behind = max([clause.finite or 0, *clause.predicate_tokens, clause.subject.last if clause.subject else 0])
    return next((i for i in range(behind + 1, sentence.last) if analysis.tokens[i].text == ","), 0)


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


def _orphans(analysis: Analysis, sentence: Sentence, clause: Clause) -> list[int]:
    """Complement clauses right behind this clause that hang on another one ("hat untersucht und bestätigt, dass …")."""
    end = max(clause.tokens)
    found = []
    for number in sentence.clauses:
        child = analysis.clauses[number]
        if child.relation == "complement" and child.parent not in (None, clause.i) and 0 < child.tokens[0] - end <= 2:
            if child.conjunction in cues(analysis.language).words["that"]:
                found.append(number)
    return found


def _content_roots(
    analysis: Analysis, sentence: Sentence, clause: Clause, flags: frozenset[str], known: Cues
) -> list[int]:
    """The subclauses that hold what is said."""
    roots: list[int] = []
    if "content" in flags:
        roots += _orphans(analysis, sentence, clause)
    inverted = verb_first(analysis, clause)
    for number in clause.children:
        child = analysis.clauses[number]
        if child.quoted and not clause.quoted:
            continue
        if child.relation == "complement" and "content" in flags and not clause.negated:
            roots.append(number)
        elif child.relation == "question" and "content" in flags and not clause.negated:
            if child.conjunction in known.words["whether"] or child.mood in SUBJUNCTIVE:
                roots.append(number)
        elif child.relation == "infinitive" and ("infinitive" in flags or {"quote", "content"} <= flags):
            if child.tokens[0] > clause.tokens[0] and (child.conjunction or "") not in known.words["purpose"]:
                roots.append(number)
        elif child.relation == "quotation" and ("quote" in flags) and "weak" not in flags:
            if child.finite is not None and (not inverted or _complete(analysis, clause, flags, known)):
                roots.append(number)
        elif child.relation == "coordinated" and "quote" in flags and "weak" not in flags and not child.conjunction:
            if child.finite is not None and (child.mood in SUBJUNCTIVE or _second_clause(analysis, clause, child)):
                roots.append(number)
    return roots


def _complete(analysis: Analysis, clause: Clause, flags: frozenset[str], known: Cues) -> bool:
    """A verb-first clause behind a comma is a frame only with its own speaker, or as an impersonal or passive one."""
    if clause.voice == "passive" or "impersonal" in flags:
        return True
    own = set(own_tokens(analysis, clause))
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
    shown = clause.predicate in known.words["showing"]
    seen = "witness" in flags or clause.predicate in known.words["perceiving"]  # "wie ein Reporter beobachtete"
    if not shown and not seen and (not flags & {"quote", "content"} or "weak" in flags) or clause.negated:
        return None
    if clause.parent is None:
        return None
    first, last = sentence.first, sentence.last
    parent = analysis.clauses[clause.parent]
    if parent.relation in ("relative", "adverbial", "complement"):
        tokens = {i for c in descendants(analysis, [parent.i], [clause.i]) for i in c.tokens}
        first, last = min(tokens), max(tokens)
    verb = max([*clause.predicate_tokens, clause.finite if clause.finite is not None else clause.tokens[-1]])
    behind = to_comma(analysis, verb)
    holes = set(range(clause.tokens[0], verb + 1)) | {i for i in clause.tokens if i in behind}
    content = spans_of(analysis, first, last, [*holes, *commas_around(analysis, sorted(holes))])
    if not content:
        return None
    return _stretch(analysis, sentence, clause, own, flags, known, content, "as")


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
        plain = pronoun.text.lower() in known.words["anaphor"] and pronoun.coarse in ("PRON", "DET")
        if not plain and not _so_it(analysis, clause, known):
            continue
        lead = [i for i in clause.tokens[1:] if clause.finite is not None and i < clause.finite]
        if clause.finite is None or len(lead) > 2 or any(analysis.tokens[i].coarse != "ADV" for i in lead):
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


def _so_it(analysis: Analysis, clause: Clause, known: Cues) -> bool:
    """ "So schilderte es die Armee": the whole sentence before, as well."""
    if analysis.tokens[clause.tokens[0]].text.lower() not in known.words["so"] or [clause.finite] != clause.tokens[1:2]:
        return False
    return clause.object is not None and analysis.tokens[clause.object.head].text.lower() in known.words["it"]

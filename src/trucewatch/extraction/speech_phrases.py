"""Frames without a verb: "nach Angaben von X", "laut X", "X zufolge", ", so X", and nouns with a clause of content."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, is_noun_of
from trucewatch.extraction.speech_model import Source, Stretch, descendants, spans_of
from trucewatch.extraction.speech_sources import inner_span, of_phrase, tied
from trucewatch.language.analysis import Analysis, Clause, Phrase, Sentence

_MARKS = (",", "–", "—", "-", "“", "\"", "«", "(")


def phrase_frames(analysis: Analysis, sentence: Sentence, known: Cues) -> list[Stretch]:
    """Stretches framed by a prepositional phrase of saying."""
    found: list[Stretch] = []
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.quoted:
            continue
        for phrase in [*clause.phrases, *_unparsed(analysis, clause, known)]:
            if _is_frame(analysis, phrase, known):
                stretch = _phrase_stretch(analysis, sentence, clause, phrase, known)
                if stretch is not None:
                    found.append(stretch)
    return found


def _is_frame(analysis: Analysis, phrase: Phrase, known: Cues) -> bool:
    preposition = (phrase.preposition or "").lower()
    if not preposition:
        return False
    if preposition in known.with_source:
        return True
    return preposition in known.with_source_noun and is_noun_of(analysis.tokens[phrase.head], known.source_nouns)


def _unparsed(analysis: Analysis, clause: Clause, known: Cues) -> list[Phrase]:
    """Phrases of "laut" and "zufolge" that the analysis did not put together (quoted names, brackets in between)."""
    tokens = analysis.tokens
    found: list[Phrase] = []
    for i in clause.tokens:
        word = tokens[i].text.lower()
        if word in known.after_noun and (own := _before_postposition(analysis, clause, i, known)) is not None:
            found.append(own)
            continue
        if word not in known.with_source:
            continue
        if any(p.first <= i <= p.last and (p.preposition or "").lower() in known.with_source for p in clause.phrases):
            if not any(p.last == i and tokens[p.first].text in "()" for p in clause.phrases) and _whole(analysis, clause, i):
                continue
        first, last = (i, _behind(analysis, clause, i)) if word in known.before_source else (_ahead(analysis, clause, i), i)
        if first >= last:
            continue
        nouns = [k for k in range(first, last + 1) if tokens[k].coarse in ("NOUN", "PROPN")]
        if not nouns:
            continue
        found.append(
            Phrase(
                "prepositional", first, last, tokens[first].start, tokens[last].end, nouns[0], tokens[nouns[0]].lemma, preposition=word,
                core_first=first, core_last=last,
            )  # fmt: skip
        )
    return found


def _before_postposition(analysis: Analysis, clause: Clause, at: int, known: Cues) -> Phrase | None:
    """ "ihrer Meinung nach": the noun of saying before the postposition, unless that governs what comes behind it."""
    tokens = analysis.tokens
    if at == 0 or not is_noun_of(tokens[at - 1], known.source_nouns) or at + 1 >= len(tokens):
        return None
    if any(p.first == at for p in clause.phrases) and tokens[at + 1].coarse in ("DET", "NOUN", "PROPN", "ADJ", "NUM"):
        return None
    noun = next((p for p in clause.phrases if p.core_last == at - 1 or p.last == at - 1), None)
    first = noun.first if noun is not None and noun.kind == "noun" else at - 2
    if first < 0 or first not in clause.tokens:
        return None
    possessive = tokens[first].tag == "PPOSAT"
    return Phrase(
        "prepositional", first, at, tokens[first].start, tokens[at].end, at - 1, tokens[at - 1].lemma, preposition=tokens[at].text.lower(),
        core_first=first, core_last=at - 1, determiner="possessive" if possessive else "none",
    )  # fmt: skip


def _whole(analysis: Analysis, clause: Clause, at: int) -> bool:
    """Whether the phrase that ends with a postposition begins where its noun group begins (no bracket cuts it)."""
    phrase = next((p for p in clause.phrases if p.last == at), None)
    return phrase is None or phrase.first == 0 or analysis.tokens[phrase.first - 1].text not in "(“\"«" and analysis.tokens[phrase.first].text not in "("


def _behind(analysis: Analysis, clause: Clause, at: int) -> int:
    """The last token of the name behind "laut": to the closing quotation mark, or to the end of the capital words."""
    tokens = analysis.tokens
    k = at + 1
    if k < len(tokens) and tokens[k].text in "„»\"‚«“":
        for j in range(k + 1, min(k + 12, len(tokens))):
            if tokens[j].text in "“«\"‘»”":
                return j
    while k < len(tokens) and k - at <= 8 and tokens[k].coarse in ("DET", "ADJ", "NOUN", "PROPN", "X"):
        k += 1
    return k - 1


def _ahead(analysis: Analysis, clause: Clause, at: int) -> int:
    """The first token of the group before "zufolge"."""
    tokens = analysis.tokens
    k = at
    while k - 1 in range(max(0, at - 25), at) and k - 1 >= clause.tokens[0]:
        before = tokens[k - 1]
        if before.tag in ("VVFIN", "VAFIN", "VMFIN", "KOUS", "PRELS") or before.text in ",:;" or before.coarse == "ADV":
            break
        if before.tag == "PPER":
            break
        k -= 1
    return k


def onward_frame(analysis: Analysis, sentence: Sentence, known: Cues, last: Source | None) -> Stretch | None:
    """ "Demnach starben …": the words of the source before."""
    tokens = analysis.tokens
    word = tokens[sentence.first]
    if word.text.lower() not in known.words["onward"]:
        return None
    content = spans_of(analysis, sentence.first + 1, sentence.last)
    if not content:
        return None
    span = (word.start, word.end)
    return Stretch(
        "Indirect", content, Source(last.phrase if last else None, [span], last.via if last else None), "onward", sentence.i,
        cue=[span], frame=[span], inherited=True, clause=sentence.clauses[0] if sentence.clauses else None,
    )  # fmt: skip


def _phrase_stretch(
    analysis: Analysis, sentence: Sentence, clause: Clause, phrase: Phrase, known: Cues
) -> Stretch | None:
    source = of_phrase(analysis, clause, phrase, known)
    end = max([phrase.end, *(b for _, b in source.spans)])
    hole = [i for i in range(phrase.first, len(analysis.tokens)) if analysis.tokens[i].start < end]
    hole = hole[: 60]
    first, last = _scope(analysis, sentence, clause, hole)
    around = [j for j in (hole[0] - 1, hole[-1] + 1) if 0 <= j < len(analysis.tokens) and analysis.tokens[j].text in (",", "–", "—", "-", "(", ")")]
    content = spans_of(analysis, first, last, [*hole, *around])
    if not content:
        return None
    preposition = analysis.tokens[phrase.first] if analysis.tokens[phrase.first].coarse == "ADP" else analysis.tokens[phrase.last]
    return Stretch(
        "Indirect", content, source, f"phrase:{phrase.preposition}", sentence.i,
        cue=[(preposition.start, preposition.end)], frame=[(phrase.start, end)], clause=clause.i,
    )  # fmt: skip


def _scope(analysis: Analysis, sentence: Sentence, clause: Clause, hole: list[int]) -> tuple[int, int]:
    """How far a phrase of saying reaches: its main clause with all around it, or the subclause that it stands in.

    Semicolons, brackets and a coordinated clause before it bound it.
    """
    tokens = analysis.tokens
    if clause.relation in ("relative", "adverbial", "complement", "infinitive", "question", "participle"):
        inside = {i for c in descendants(analysis, [clause.i]) for i in c.tokens}
        first, last = min(inside), max(inside)
    else:
        first, last = sentence.first, sentence.last
        if clause.relation == "coordinated" and clause.finite is not None:
            first = max(first, clause.tokens[0])
    for i in range(hole[0] - 1, first - 1, -1):
        if tokens[i].text in ";(":
            first = i + 1
            break
    for i in range(hole[-1] + 1, last + 1):
        if tokens[i].text == ";" or (tokens[i].text == ")" and first > sentence.first and tokens[first - 1].text == "("):
            last = i - 1
            break
    return first, last


def so_frame(analysis: Analysis, sentence: Sentence, known: Cues) -> Stretch | None:
    """ ", so der Minister": the words, a noun phrase and no verb, behind or amid what is said."""
    tokens = analysis.tokens
    for i in range(sentence.first, sentence.last):
        if tokens[i].text.lower() not in known.words["so"] or i == sentence.first and i + 1 >= sentence.last:
            continue
        if i == sentence.first or tokens[i - 1].text not in _MARKS:
            continue
        begin, end = i + 1, i
        for j in range(begin, min(sentence.last, i + 30) + 1):
            if tokens[j].text in (".", "–", "—", ":", ";", "“", "„", ")", "?", "!") or (tokens[j].text == "," and j > begin):
                break
            if tokens[j].tag in ("VVFIN", "VAFIN", "VMFIN", "KOUS", "PRELS"):
                end = i
                break
            end = j
        if end <= i or tokens[begin].coarse not in ("DET", "NOUN", "PROPN", "ADJ", "PRON"):
            continue
        phrase, clause = _phrase_at(analysis, sentence, begin)
        if phrase is None or clause is None or not _person_like(analysis, phrase):
            continue
        hole = list(range(i, end + 1))
        around = [j for j in (i - 1, end + 1) if tokens[j].text in (",", "–", "—")] if end < sentence.last else [i - 1]
        close = sentence.last if end + 1 > sentence.last or tokens[end + 1].text != ":" else end
        content = spans_of(analysis, sentence.first, close, [*hole, *[j for j in around if tokens[j].text not in "“\"«"]])
        if not content:
            continue
        span = (phrase.start, phrase.end)
        return Stretch(
            "Indirect", content, Source(phrase, [span]), "so", sentence.i,
            cue=[(tokens[i].start, tokens[i].end)], frame=[(tokens[i].start, tokens[end].end)], clause=clause.i,
        )  # fmt: skip
    return None


def _person_like(analysis: Analysis, phrase: Phrase) -> bool:
    return analysis.tokens[phrase.head].coarse in ("NOUN", "PROPN", "PRON")


def _phrase_at(analysis: Analysis, sentence: Sentence, first: int) -> tuple[Phrase | None, Clause | None]:
    """The noun phrase that begins at token ``first``."""
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        for phrase in clause.phrases:
            if phrase.first == first and phrase.kind == "noun":
                return phrase, clause
    return None, None


def noun_frames(analysis: Analysis, sentence: Sentence, known: Cues, taken: set[int]) -> list[Stretch]:
    """ "die Forderung, die Truppen abzuziehen", "der Vorwurf, dass …"; ``taken``: clauses that a verb frame holds."""
    found: list[Stretch] = []
    tokens = analysis.tokens
    for number in sentence.clauses:
        child = analysis.clauses[number]
        if child.parent is None or number in taken or child.quoted:
            continue
        starter = (child.conjunction or "").lower()
        according = starter in known.words["according"]
        if child.relation == "relative" and not according:
            stretch = _relative_frame(analysis, sentence, child, known)
            if stretch is not None:
                found.append(stretch)
            continue
        if not according and child.relation not in ("complement", "infinitive", "question"):
            continue
        if starter in ("um", "ohne", "statt", "anstatt", "wie"):
            continue
        parent = analysis.clauses[child.parent]
        begin = child.tokens[0]
        at = _noun_before(analysis, parent, begin, known)
        if at is None and child.relation == "infinitive":  # "Aufrufe, in Syrien – wie dort – zu demonstrieren"
            begin = _comma_before(analysis, sentence, begin) + 1
            at = _noun_before(analysis, parent, begin, known) if begin > sentence.first else None
        if at is None and according:
            at = _any_before(parent, child.tokens[0])
        if at is None:
            continue
        phrase = at
        tokens_in = {i for c in descendants(analysis, [number]) for i in c.tokens}
        first = min(begin, *tokens_in) + (1 if according else 0)
        content = spans_of(analysis, first, max(tokens_in))
        if not content:
            continue
        speaker = tied(analysis, parent, phrase, known.of_speaker)
        if speaker is not None:
            source = Source(speaker, [(speaker.start, speaker.end)])
        elif according:
            word = tokens[child.tokens[0]]
            source = Source(phrase, [inner_span(analysis, phrase), (word.start, word.end)])
        elif phrase.determiner == "possessive" and parent.subject is not None:
            source = Source(parent.subject, [(phrase.start, phrase.end)])
        else:
            source = Source()
        found.append(
            Stretch(
                "Indirect", content, source, f"noun:{tokens[phrase.head].lemma}", sentence.i,
                cue=[(tokens[phrase.head].start, tokens[phrase.head].end)], frame=[(phrase.start, phrase.end)], clause=parent.i,
            )  # fmt: skip
        )
    return found


def _comma_before(analysis: Analysis, sentence: Sentence, at: int) -> int:
    """The nearest comma before token ``at`` in the sentence, else the token before the sentence."""
    return next((i for i in range(at - 1, sentence.first, -1) if analysis.tokens[i].text == ","), sentence.first - 1)


def _relative_frame(analysis: Analysis, sentence: Sentence, clause: Clause, known: Cues) -> Stretch | None:
    """ "Gerüchte, nach denen …": a relative clause that says what its antecedent says."""
    noun = clause.antecedent
    if noun is None or not is_noun_of(analysis.tokens[noun.head], known.source_nouns | known.content_nouns):
        return None
    phrase = next((p for p in clause.phrases if p.preposition in known.with_source_noun and p.first == clause.tokens[0]), None)
    if phrase is None or analysis.tokens[phrase.head].tag not in ("PRELS", "PRELAT", "PDS", "ART", "PWS", "PWAT"):
        return None
    content = spans_of(analysis, phrase.last + 1, max(i for c in descendants(analysis, [clause.i]) for i in c.tokens))
    if not content:
        return None
    speaker = tied(analysis, clause, noun, known.of_speaker) or noun
    spans = [(noun.start, noun.end), (analysis.tokens[phrase.last].start, analysis.tokens[phrase.last].end)]
    vague = speaker is noun and is_noun_of(analysis.tokens[noun.head], known.vague_nouns)
    return Stretch(
        "Indirect", content, Source(speaker, spans, vague=vague), "relative", sentence.i,
        cue=[(phrase.start, phrase.end)], frame=[(phrase.start, phrase.end)], clause=clause.i,
    )  # fmt: skip


def _any_before(clause: Clause, first: int) -> Phrase | None:
    """The noun phrase nearest before token ``first``."""
    before = [p for p in clause.phrases if p.last < first]
    return max(before, key=lambda p: p.last) if before else None


def _noun_before(analysis: Analysis, clause: Clause, first: int, known: Cues) -> Phrase | None:
    """The phrase of a content noun that ends (with its dependents) right before the subclause at token ``first``."""
    best: Phrase | None = None
    for phrase in clause.phrases:
        if phrase.last < first and phrase.last >= first - 3 - _attached_length(phrase):
            if is_noun_of(analysis.tokens[phrase.head], known.content_nouns):
                best = phrase
    return best


def _attached_length(phrase: Phrase) -> int:
    return sum(p.last - p.first + 2 for p in phrase.attached + phrase.appositions)

"""Frames without a verb: "nach Angaben von X", "laut X", "X zufolge", ", so X", "demnach"."""

from __future__ import annotations

from trucewatch.extraction.frames import frames
from trucewatch.extraction.speech_cues import Cues, is_noun_of
from trucewatch.extraction.speech_model import Source, Stretch, descendants, spans_of
from trucewatch.extraction.speech_postpositions import unparsed_phrases
from trucewatch.extraction.speech_sources import of_phrase
from trucewatch.extraction.speech_speaker import can_speak
from trucewatch.knowledge.register import register
from trucewatch.language.analysis import Analysis, Clause, Phrase, Sentence, Token

_MARKS = (",", "–", "—", "-", "“", '"', "«", "(")


def phrase_frames(analysis: Analysis, sentence: Sentence, known: Cues) -> list[Stretch]:
    """Stretches framed by a prepositional phrase of saying."""
    found: list[Stretch] = []
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.quoted:
            continue
        for phrase in [*clause.phrases, *unparsed_phrases(analysis, clause, known)]:
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
    if preposition in known.with_view:
        return is_noun_of(analysis.tokens[phrase.head], known.words["view"])
    return preposition in known.with_source_noun and is_noun_of(analysis.tokens[phrase.head], known.source_nouns)


def onward_frame(
    analysis: Analysis, sentence: Sentence, known: Cues, last: Source | None, spoken: bool = False
) -> Stretch | None:
    """ "Demnach starben …", "Die Brücke ist demnach zerstört": the words of the source before.

    ``spoken``: the sentence before told of saying; then "Danach ist …" means the same, in the past it says when.
    """
    at = _onward_word(analysis, sentence, known, spoken)
    if at is None:
        return None
    word = analysis.tokens[at]
    content = spans_of(analysis, sentence.first, sentence.last, [at])
    if not content:
        return None
    span = (word.start, word.end)
    return Stretch(
        "Indirect", content, Source(last.phrase if last else None, [span], last.via if last else None), "onward", sentence.i,
        cue=[span], frame=[span], inherited=True, clause=sentence.clauses[0] if sentence.clauses else None,
    )  # fmt: skip


def _onward_word(analysis: Analysis, sentence: Sentence, known: Cues, spoken: bool) -> int | None:
    first = analysis.tokens[sentence.first].text.lower()
    if first in known.words["onward"]:
        return sentence.first
    main = next((c for n in sentence.clauses if (c := analysis.clauses[n]).finite is not None and not c.quoted), None)
    if main is None or main.relation != "main":
        return None
    if first in known.words["onward_present"]:
        past = main.tense in ("past", "pluperfect") or main.tense == "perfect" and main.mood == "indicative"
        return sentence.first if spoken and not past else None
    inside = (i for i in main.tokens if analysis.tokens[i].text.lower() in known.words["onward"])
    return next(inside, None)


def _phrase_stretch(
    analysis: Analysis, sentence: Sentence, clause: Clause, phrase: Phrase, known: Cues
) -> Stretch | None:
    source = of_phrase(analysis, clause, phrase, known)
    end = max([phrase.end, *(b for _, b in source.spans)])
    hole = [i for i in range(phrase.first, len(analysis.tokens)) if analysis.tokens[i].start < end]
    hole = hole[:60]
    first, last = _scope(analysis, sentence, clause, hole)
    around = [
        j
        for j in (hole[0] - 1, hole[-1] + 1)
        if 0 <= j < len(analysis.tokens) and analysis.tokens[j].text in (",", "–", "—", "-", "(", ")")
    ]
    content = spans_of(analysis, first, last, [*hole, *around])
    if not content:
        return None
    preposition = (
        analysis.tokens[phrase.first] if analysis.tokens[phrase.first].coarse == "ADP" else analysis.tokens[phrase.last]
    )
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
    depth = 0  # a bracket that closes again before the phrase bounds nothing
    for i in range(hole[0] - 1, first - 1, -1):
        depth += tokens[i].text == ")"
        if tokens[i].text == ";" or tokens[i].text == "(" and depth == 0:
            first = i + 1
            break
        depth -= tokens[i].text == "("
    for i in range(hole[-1] + 1, last + 1):
        if tokens[i].text == ";" or (
            tokens[i].text == ")" and first > sentence.first and tokens[first - 1].text == "("
        ):
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
            if tokens[j].text in (".", "–", "—", ":", ";", "“", "„", ")", "?", "!") or (
                tokens[j].text == "," and j > begin
            ):
                break
            if tokens[j].tag in known.tags["opening"]:
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
        content = spans_of(
            analysis, sentence.first, close, [*hole, *[j for j in around if tokens[j].text not in '“"«']]
        )
        if not content:
            continue
        span = (phrase.start, phrase.end)
        return Stretch(
            "Indirect", content, Source(phrase, [span]), "so", sentence.i,
            cue=[(tokens[i].start, tokens[i].end)], frame=[(tokens[i].start, tokens[end].end)], clause=clause.i,
        )  # fmt: skip
    return None


def colon_frame(analysis: Analysis, sentence: Sentence, known: Cues) -> Stretch | None:
    """ "Kreml: Türkei hat Abkommen gebrochen": a speaker, a colon, and what is said."""
    tokens = analysis.tokens
    limit = min(sentence.last - 2, sentence.first + 6)
    colon = next((i for i in range(sentence.first + 1, limit + 1) if tokens[i].text == ":"), None)
    if colon is None or tokens[colon + 1].text in '„»"‚«' or tokens[colon].start != tokens[colon - 1].end:
        return None
    lead = range(sentence.first, colon)
    if any(tokens[i].coarse not in ("DET", "ADJ", "NOUN", "PROPN", "X") for i in lead):
        return None
    behind = tokens[colon + 1 : sentence.last + 1]
    if sentence.i > 0 and not any(t.coarse == "VERB" or t.tag in known.tags["finite"] for t in behind):
        return None  # a list; the report's own headline may go without a verb
    phrase, clause = _phrase_at(analysis, sentence, sentence.first)
    if phrase is None:
        head = colon - 1
        phrase = Phrase(
            "noun", sentence.first, head, tokens[sentence.first].start, tokens[head].end, head, tokens[head].lemma,
            core_first=sentence.first, core_last=head,
        )  # fmt: skip
    if phrase.last >= colon or not can_speak(analysis, phrase, known) or _only_topic(analysis, phrase, behind, known):
        return None
    content = spans_of(analysis, colon + 1, sentence.last)
    if not content:
        return None
    span = (tokens[sentence.first].start, tokens[colon - 1].end)
    return Stretch(
        "Indirect", content, Source(phrase, [span]), "colon", sentence.i, cue=[(tokens[colon].start, tokens[colon].end)],
        frame=[span], clause=None if clause is None else clause.i,
    )  # fmt: skip


def _only_topic(analysis: Analysis, phrase: Phrase, behind: list[Token], known: Cues) -> bool:
    """ "Mazedonien: Schwere Gefechte", "Rohingya-Flucht: Armee streitet Gewalt ab": what it is about, nobody who says it."""
    head = analysis.tokens[phrase.head]
    last = head.text.rpartition("-")[2] if "-" in head.text else ""
    if last and last.lower() in frames(analysis.language).nouns:
        return True
    state = register().word(head.text)
    says = any(t.coarse == "VERB" or t.tag in known.tags["finite"] for t in behind)
    return not says and phrase.first == phrase.last and state is not None and state.kind == "state"


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

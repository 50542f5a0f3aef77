"""Direct speech: words in quotation marks, whole sentences and parts of sentences, and who said them."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, flags_of, is_noun_of
from trucewatch.extraction.speech_frames import addressee_of
from trucewatch.extraction.speech_model import Source, Stretch, phrase_spans
from trucewatch.extraction.speech_phrases import so_frame
from trucewatch.extraction.speech_sources import inner_span, of_clause
from trucewatch.extraction.speech_speaker import can_speak
from trucewatch.language.analysis import Analysis, Clause, Quotation


def direct(
    analysis: Analysis,
    quotation: Quotation,
    known: Cues,
    here: list[Stretch],
    last: Source | None,
    topic: Source | None,
) -> Stretch | None:
    """The stretch of one quotation, or None where the marks set off a name, a title or a single word.

    ``here``: the stretches already found in its sentence; ``last``: the source before it; ``topic``: who acted in the
    sentence before where that held no speech.
    """
    tokens = analysis.tokens
    inner = [i for i in range(quotation.first, quotation.last + 1) if tokens[i].coarse != "PUNCT"]
    if not inner:
        return None
    whole = any(tokens[i].tag in known.tags["stating"] for i in inner) and len(inner) >= 3
    sentence = analysis.sentences[tokens[quotation.first].sentence]
    content = [(quotation.start, quotation.end)]
    beside = _beside(analysis, quotation, known) if whole else None
    if beside is None:
        covering = [s for s in here if any(a - 3 <= quotation.start and quotation.end <= b + 3 for a, b in s.content)]
        if covering and (whole or _worth(analysis, quotation, inner, frozenset({"label"}), Source(), known)):
            stretch = min(covering, key=Stretch.length)
            return Stretch(
                "Direct", content, stretch.source, "direct:inside", sentence.i, cue=stretch.cue, frame=stretch.frame,
                inherited=stretch.inherited, clause=stretch.clause,
            )  # fmt: skip
        if whole and (after := _so_behind(analysis, quotation, known)) is not None:
            return Stretch(
                "Direct",
                content,
                after.source,
                "direct:so",
                sentence.i,
                cue=after.cue,
                frame=after.frame,
                clause=after.clause,
            )
    frame = beside or _frame(analysis, quotation, known, whole)
    if frame is not None:
        clause, flags = frame
        source = of_clause(analysis, clause, known, flags)
        if not whole and not (source.spans and _worth(analysis, quotation, inner, flags, source, known)):
            return None
        inherited = not source.spans
        if inherited and last is not None:
            source = last
        addressee = addressee_of(clause, flags, known)
        return Stretch(
            "Direct", content, source, f"direct:{clause.predicate}", sentence.i,
            cue=[(tokens[i].start, tokens[i].end) for i in clause.predicate_tokens],
            frame=[(tokens[clause.tokens[0]].start, tokens[clause.tokens[-1]].end)],
            addressee=phrase_spans(addressee), addressee_phrase=addressee, inherited=inherited, clause=clause.i,
        )  # fmt: skip
    if whole and len(inner) >= 4:
        near = _named_before(analysis, quotation, known) or _around(analysis, quotation, known)
        source = near or topic or last or Source()
        return Stretch("Direct", content, source, "direct:bare", sentence.i, inherited=True)
    return None


def _beside(analysis: Analysis, quotation: Quotation, known: Cues) -> tuple[Clause, frozenset[str]] | None:
    """A speech clause that touches the quotation: verb-first right behind it ("“, sagte er"), or before its colon."""
    tokens = analysis.tokens
    closing = quotation.last + 1
    begin = closing + 2 if closing + 1 < len(tokens) and tokens[closing + 1].text == "," else closing + 1
    if begin < len(tokens):
        clause = analysis.clause_of(begin)
        if clause is not None and clause.finite == begin and not clause.quoted:
            flags = flags_of(analysis, clause, known)
            if "quote" in flags and clause.predicate_tokens and min(clause.predicate_tokens) >= closing:
                return clause, flags
    return None


def _so_behind(analysis: Analysis, quotation: Quotation, known: Cues) -> Stretch | None:
    """ "„… . …“, so der Minister": the frame in the quotation's last sentence."""
    closing = min(quotation.last + 1, len(analysis.tokens) - 1)
    number = analysis.tokens[closing].sentence
    if number == analysis.tokens[quotation.first].sentence:
        return None
    return so_frame(analysis, analysis.sentences[number], known)


def _worth(
    analysis: Analysis, quotation: Quotation, inner: list[int], flags: frozenset[str], source: Source, known: Cues
) -> bool:
    """Whether a part of a sentence in quotation marks is somebody's words rather than a name or a title."""
    tokens = analysis.tokens
    opening = quotation.first - 1
    before = tokens[opening - 1] if opening >= 1 else None
    if any(a <= quotation.start < b for a, b in source.spans):
        return False
    capital = all(
        tokens[i].text[0].isupper() or tokens[i].text[0].isdigit() or tokens[i].coarse in ("ADP", "CCONJ", "DET", "X")
        for i in inner
    )
    if all(tokens[i].coarse == "PROPN" for i in inner):
        return False
    if before is not None:
        if is_noun_of(before, known.titled):
            return False
        if capital and before.coarse in ("NOUN", "PROPN"):
            return False
        if (
            capital
            and len(inner) > 1
            and before.coarse in ("ADP", "DET")
            and before.text.lower() not in known.words["label_as"]
        ):
            if not any(tokens[i].coarse == "ADJ" and tokens[i].text[0].islower() for i in inner):
                return False
        if capital and before.text.lower() not in known.words["label_as"] and before.coarse != "DET":
            return False
        if len(inner) == 1 and before.tag in known.tags["fused"]:
            return False
    return "label" in flags or "quote" in flags or len(inner) >= 2


def _frame(analysis: Analysis, quotation: Quotation, known: Cues, whole: bool) -> tuple[Clause, frozenset[str]] | None:
    """The speech clause that the quotation belongs to: around it, right before it (colon) or right behind it (comma)."""
    tokens = analysis.tokens
    opening, closing = quotation.first - 1, quotation.last + 1
    numbers = dict.fromkeys([tokens[opening].sentence, tokens[min(closing, len(tokens) - 1)].sentence])
    colon = opening >= 1 and tokens[opening - 1].text == ":"
    best: tuple[int, Clause, frozenset[str]] | None = None
    later: tuple[Clause, frozenset[str]] | None = None
    for number in list(numbers):
        for at in analysis.sentences[number].clauses:
            clause = analysis.clauses[at]
            if clause.quoted and not _reaches_out(clause, opening, closing):
                continue
            flags = flags_of(analysis, clause, known)
            if not flags & {"quote", "label"}:
                continue
            if (
                "only_it" in flags
                and clause.subject is not None
                and tokens[clause.subject.head].text.lower() not in known.words["it"]
            ):
                continue
            predicate = clause.predicate_tokens or clause.tokens[:1]
            if any(opening < i < closing for i in predicate):
                continue
            if not whole and "label" not in flags and not _touches(analysis, clause, opening, closing):
                continue
            if colon and min(predicate) > opening:
                later = (clause, flags)
                continue
            distance = min(min(abs(i - opening), abs(i - closing)) for i in clause.tokens if not opening < i < closing)
            if best is None or distance < best[0]:
                best = (distance, clause, flags)
    if best is None:
        return later
    return best[1], best[2]


def _reaches_out(clause: Clause, opening: int, closing: int) -> bool:
    return any(i < opening or i > closing for i in clause.predicate_tokens)


def _touches(analysis: Analysis, clause: Clause, opening: int, closing: int) -> bool:
    tokens = analysis.tokens
    return (
        any(opening < i < closing for i in clause.tokens)
        or (opening >= 1 and tokens[opening - 1].text == ":")
        or (closing + 1 < len(tokens) and tokens[closing + 1].text == ",")
    )


def _named_before(analysis: Analysis, quotation: Quotation, known: Cues) -> Source | None:
    """ "Maas: „…“": the noun phrase before the colon; or the subject of a sentence that ends with a colon."""
    tokens = analysis.tokens
    opening = quotation.first - 1
    if opening < 1 or tokens[opening - 1].text != ":":
        return None
    home = analysis.sentences[tokens[opening - 1].sentence]
    for number in home.clauses:
        clause = analysis.clauses[number]
        if clause.quoted or clause.tokens[0] > opening:
            continue
        phrases = [p for p in clause.phrases if p.last < opening]
        able = [p for p in phrases if can_speak(analysis, p, known)]
        if clause.subject is not None and clause.finite is not None and clause.subject in able:
            return Source(clause.subject, phrase_spans(clause.subject))
        if clause.finite is None:
            able = able or [p for p in phrases if p.kind == "noun"]
        for phrase in able:
            return Source(phrase, [inner_span(analysis, phrase)])
    return None


def _around(analysis: Analysis, quotation: Quotation, known: Cues) -> Source | None:
    """ "Das Gericht kam zu dem Ergebnis, „dass …“": who acts in the clause before the marks, in the same sentence."""
    tokens = analysis.tokens
    sentence = analysis.sentences[tokens[quotation.first].sentence]
    for number in reversed(sentence.clauses):
        clause = analysis.clauses[number]
        if clause.quoted or clause.subject is None or clause.finite is None or clause.finite >= quotation.first:
            continue
        if can_speak(analysis, clause.subject, known) and clause.subject.last < quotation.first:
            return Source(clause.subject, [inner_span(analysis, clause.subject)])
    return None

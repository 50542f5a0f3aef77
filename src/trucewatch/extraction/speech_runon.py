"""Speech without a frame of its own: Konjunktiv running on, "sollen" after a source, and reported acts of speech."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, flags_of, is_noun_of
from trucewatch.extraction.speech_frames import addressee_of
from trucewatch.extraction.speech_model import Source, Stretch, descendants, phrase_spans, spans_of
from trucewatch.extraction.speech_sources import of_clause
from trucewatch.extraction.speech_speaker import can_speak
from trucewatch.language.analysis import Analysis, Clause, Sentence


def main_clause(analysis: Analysis, sentence: Sentence) -> Clause | None:
    """The sentence's first main clause with a finite verb."""
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.finite is not None and clause.parent is None:
            return clause
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.finite is not None and clause.relation in ("main", "coordinated"):
            return clause
    return None


def run_on(
    analysis: Analysis, sentence: Sentence, known: Cues, last: Source | None, topic: Source | None, running: bool,
    spoken: bool,
    reporting: bool,
) -> Stretch | None:  # fmt: skip
    """A sentence in Konjunktiv with no frame; ``running``: the sentence before was reported speech;
    ``spoken``: it told of saying at all.

    ``last``: the last source; ``topic``: who acted in the sentence before, the better guess where it held no speech.
    """
    clause = main_clause(analysis, sentence)
    if clause is None or clause.quoted or clause.finite is None:
        return None
    tokens = analysis.tokens
    verb = tokens[clause.finite].text.lower()
    if verb in known.words["wish"]:
        return None
    if clause.mood == "subjunctive2":
        # a plural replaces the ambiguous form of reported speech; a singular is a wish or a condition unless it runs on
        plural = tokens[clause.finite].number == "plural"
        if not (running and reporting) and not (spoken and plural and verb not in known.words["plain_subjunctive"]):
            return None
        # "sollten" is a condition only where it opens its clause: "die Straßen, die genutzt werden sollten, müssten …"
        words = {tokens[analysis.clauses[c].tokens[0]].text.lower() for c in sentence.clauses}
        if verb in known.words["plain_subjunctive"] and words & known.words["conditional"]:
            return None
    elif clause.mood != "subjunctive1":
        return None
    source = last if running or topic is None else topic
    content = [(sentence.start, sentence.end)]
    return Stretch(
        "IndirectFreeIndirect", content, source or Source(), "run-on", sentence.i, inherited=True, clause=clause.i
    )


def speaks(analysis: Analysis, sentence: Sentence, known: Cues) -> bool:
    """Whether the sentence tells of saying at all: a speech verb, or a noun of saying."""
    if any(flags_of(analysis, analysis.clauses[n], known) - {"weak"} for n in sentence.clauses):
        return True
    return any(is_noun_of(analysis.tokens[i], known.content_nouns) for i in range(sentence.first, sentence.last + 1))


def topic_of(analysis: Analysis, sentence: Sentence, known: Cues) -> Source | None:
    """Who acts in the sentence's main clause, if it is somebody that can speak."""
    clause = main_clause(analysis, sentence)
    if clause is None or clause.quoted:
        return None
    flags = flags_of(analysis, clause, known)
    if flags - {"weak"}:
        source = of_clause(analysis, clause, known, flags)
        return source if source.spans else None
    subject = clause.subject
    if subject is not None and not subject.pronoun and can_speak(analysis, subject, known):
        if not is_noun_of(analysis.tokens[subject.head], known.silent):
            return Source(subject, phrase_spans(subject))
    return None


def witnesses(analysis: Analysis, sentence: Sentence, known: Cues) -> bool:
    """Whether the sentence's main verb is one by which a source vouches for what it tells ("registrierten Explosionen")."""
    clause = main_clause(analysis, sentence)
    return clause is not None and bool(flags_of(analysis, clause, known) & {"witness"})


def subordinate_runs(analysis: Analysis, sentence: Sentence, known: Cues) -> list[Stretch]:
    """Subclauses in Konjunktiv I in a sentence of the report's own: "… ein Ventil, das den Piloten zur Rückkehr bewogen habe"."""
    found: list[Stretch] = []
    main = main_clause(analysis, sentence)
    if main is None or main.mood in ("subjunctive1", "subjunctive2"):
        return []
    done: set[int] = set()
    told = bool(flags_of(analysis, main, known) & {"act", "content", "label"})
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.quoted or number in done or clause.finite is None:
            continue
        if clause.mood != "subjunctive1" and not (told and clause.mood == "subjunctive2"):
            continue
        if clause.relation not in ("relative", "adverbial", "complement", "coordinated"):
            continue
        inside = descendants(analysis, [number])
        done |= {c.i for c in inside}
        indices = [i for c in inside for i in c.tokens]
        content = spans_of(analysis, min(indices), max(indices))
        if content:
            source = topic_of(analysis, sentence, known) or Source()
            found.append(Stretch("Indirect", content, source, "subordinate", sentence.i, inherited=True, clause=number))
    return found


def free_indirect(
    analysis: Analysis, sentence: Sentence, known: Cues, last: Source | None, near: bool, spoken: bool
) -> Stretch | None:
    """ "soll … getötet haben", "soll … abgezogen werden" right after a source.

    ``near``: the sentence before, in the same paragraph, held speech; ``spoken``: it told of saying at all.
    """
    clause = main_clause(analysis, sentence)
    if clause is None or clause.quoted or clause.finite is None or clause.modal not in known.words["hearsay_modals"]:
        return None
    past = analysis.tokens[clause.finite].tense == "past"
    if not (near and not past) and not (spoken and claim_form(analysis, clause, known)):
        return None
    content = [(sentence.start, sentence.end)]
    return Stretch("FreeIndirect", content, last or Source(), "shall", sentence.i, inherited=True, clause=clause.i)


def claimed_subclauses(
    analysis: Analysis, sentence: Sentence, known: Cues, last: Source | None, topic: Source | None
) -> list[Stretch]:
    """ "Der Mann, der den Anschlag geplant haben soll, …": a subclause that passes a claim on."""
    found: list[Stretch] = []
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.quoted or clause.relation not in ("relative", "adverbial") or not claim_form(analysis, clause, known):
            continue
        if clause.tense not in ("perfect", "pluperfect"):
            continue
        indices = [i for c in descendants(analysis, [number]) for i in c.tokens]
        content = spans_of(analysis, min(indices), max(indices))
        if content:
            found.append(
                Stretch(
                    "FreeIndirect",
                    content,
                    last or topic or Source(),
                    "shall-sub",
                    sentence.i,
                    inherited=True,
                    clause=number,
                )
            )
    return found


def claim_form(analysis: Analysis, clause: Clause, known: Cues) -> bool:
    """Whether a modal of hearsay passes on a claim ("soll geflohen sein") rather than a plan ("soll beginnen")."""
    if clause.modal not in known.words["hearsay_modals"]:
        return False
    finite = analysis.tokens[clause.finite] if clause.finite is not None else None
    if finite is not None and finite.lemma != clause.modal and clause.mood == "subjunctive2":
        return False  # "hätten abziehen sollen": what was due and did not come
    if clause.tense in ("perfect", "pluperfect"):
        return True
    if finite is not None and finite.tense == "past":
        return False
    if clause.voice == "passive" or clause.predicate not in known.words["standing"]:
        return False
    words = {analysis.tokens[i].lemma.lower() for i in clause.tokens}
    return not words & known.words["plan"]


def reported_acts(analysis: Analysis, sentence: Sentence, known: Cues, taken: set[int]) -> list[Stretch]:
    """Acts of speech told in sum ("forderte eine schnelle Entscheidung"): the clause itself is the stretch."""
    found: list[Stretch] = []
    tokens = analysis.tokens
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if number in taken or clause.quoted or clause.finite is None:
            continue
        if clause.relation not in ("main", "coordinated"):
            continue
        flags = flags_of(analysis, clause, known)
        if "act" not in flags or clause.negated:
            continue
        source = of_clause(analysis, clause, known, flags)
        if not source.spans or source.phrase is None:
            continue
        if clause.predicate in known.words["tolls"] and not can_speak(analysis, source.phrase, known):
            continue  # "Das Beben forderte viele Opfer"
        if (
            clause.reflexive
            and "label" in flags
            or clause.predicate in known.words["bare_acts"]
            and len(clause.phrases) < 2
        ):
            continue  # "bezeichnet sich als Partei"; "(die Agentur berichtete)"
        others = [
            k for k in sentence.clauses if k != number and analysis.clauses[k].relation in ("main", "coordinated")
        ]
        inside = {i for c in descendants(analysis, [number], others) for i in c.tokens}
        first, last = min(inside), max(inside)
        end = tokens[last].end
        if last + 1 <= sentence.last and tokens[last + 1].text in ".!?" and last + 1 == sentence.last:
            end = tokens[last + 1].end
        addressee = addressee_of(clause, flags, known)
        found.append(
            Stretch(
                "Reported",
                [(tokens[first].start, end)],
                source,
                f"act:{clause.predicate}",
                sentence.i,
                cue=[(tokens[i].start, tokens[i].end) for i in clause.predicate_tokens],
                addressee=phrase_spans(addressee),
                addressee_phrase=addressee,
                clause=clause.i,
            )
        )
    return found

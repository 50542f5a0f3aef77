"""Phrases of saying that the analysis left in pieces: "laut „Bote“", "… (VDR) zufolge", "ihrer Meinung nach"."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, is_noun_of
from trucewatch.language.analysis import Analysis, Clause, Phrase


def unparsed_phrases(analysis: Analysis, clause: Clause, known: Cues) -> list[Phrase]:
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
            if _whole(analysis, clause, i):
                continue
        first, last = (
            (i, _behind(analysis, clause, i))
            if word in known.before_source
            else (_ahead(analysis, clause, i, known), i)
        )
        if first >= last:
            continue
        nouns = [k for k in range(first, last + 1) if tokens[k].coarse in ("NOUN", "PROPN")]
        if not nouns:
            continue
        found.append(
            Phrase(
                "prepositional",
                first,
                last,
                tokens[first].start,
                tokens[last].end,
                nouns[0],
                tokens[nouns[0]].lemma,
                preposition=word,
                core_first=first,
                core_last=last,
            )
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
    possessive = tokens[first].tag in known.tags["possessive"]
    return Phrase(
        "prepositional",
        first,
        at,
        tokens[first].start,
        tokens[at].end,
        at - 1,
        tokens[at - 1].lemma,
        preposition=tokens[at].text.lower(),
        core_first=first,
        core_last=at - 1,
        determiner="possessive" if possessive else "none",
    )


def _whole(analysis: Analysis, clause: Clause, at: int) -> bool:
    """Whether the phrase that ends with a postposition begins where its noun group begins (no bracket cuts it)."""
    phrase = next((p for p in clause.phrases if p.last == at), None)
    if phrase is None or phrase.first == 0:
        return True
    tokens = analysis.tokens
    return tokens[phrase.first - 1].text not in '(“"«' and tokens[phrase.first].text not in "()"


def _behind(analysis: Analysis, clause: Clause, at: int) -> int:
    """The last token of the name behind "laut": to the closing quotation mark, or to the end of the capital words."""
    tokens = analysis.tokens
    k = at + 1
    if k < len(tokens) and tokens[k].text in '„»"‚«“':
        for j in range(k + 1, min(k + 12, len(tokens))):
            if tokens[j].text in '“«"‘»”':
                return j
    while k < len(tokens) and k - at <= 8 and tokens[k].coarse in ("DET", "ADJ", "NOUN", "PROPN", "X"):
        k += 1
    return k - 1


def _ahead(analysis: Analysis, clause: Clause, at: int, known: Cues) -> int:
    """The first token of the group before "zufolge"."""
    tokens = analysis.tokens
    k = at
    while k - 1 in range(max(0, at - 25), at) and k - 1 >= clause.tokens[0]:
        before = tokens[k - 1]
        if before.tag in known.tags["opening"] or before.text in ",:;" or before.coarse == "ADV":
            break
        if before.tag in known.tags["personal"]:
            break
        k -= 1
    return k

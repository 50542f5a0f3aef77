"""The way of a German text: pieces, sentences, tags, morphology, phrases, clauses."""

from __future__ import annotations

from trucewatch.language.analysis import Analysis, Sentence, Token
from trucewatch.language.german.gendered import masculine
from trucewatch.language.german.morphology import retag
from trucewatch.language.german.quotations import quotations
from trucewatch.language.german.sentences import sentences
from trucewatch.language.german.tagging import coarse, tag
from trucewatch.language.german.tokens import pieces


def analyse(text: str, published: str | None = None) -> Analysis:
    """The analysis of a German text; total: any string gives one, an empty string an empty one.

    ``published`` is an ISO date or date-time, or None; it is only carried along.

    >>> [c.predicate for c in analyse("Kiew wies das zurück.").clauses]
    ['zurückweisen']
    """
    found = pieces(text)
    tokens: list[Token] = []
    parts: list[Sentence] = []
    for number, stretch in enumerate(sentences(text, found)):
        words = found[stretch.first : stretch.last + 1]
        tagged = tag([w.text for w in words])
        for word, (lemma, label) in zip(words, tagged, strict=True):
            token = Token(len(tokens), word.start, word.end, word.text, lemma, label, coarse(label), number)
            if word.text != text[word.start : word.end]:
                _gendered(token, text[word.start : word.end])
            tokens.append(token)
        parts.append(
            Sentence(
                number, stretch.first, stretch.last, words[0].start, words[-1].end, stretch.paragraph, stretch.kind
            )
        )
    for part in parts:
        retag(tokens, part.first, part.last)
    quoted = quotations(tokens)
    analysis = Analysis(text, "de", published, tokens, parts, [], quoted)
    try:
        from trucewatch.language.german.clauses import build_clauses
    except ImportError:
        return analysis
    build_clauses(analysis)
    return analysis


def _gendered(token: Token, written: str) -> None:
    """ "Soldat*innen" is a noun with the lemma of "Soldaten"."""
    token.written, token.tag, token.coarse = written, "NN", "NOUN"
    if token.lemma.endswith("in") and token.text.endswith("nen"):
        token.lemma = masculine(token.lemma)

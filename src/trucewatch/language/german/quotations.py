"""Quotation marks paired: „…“ »…« «…» "…" ‚…‘ over one or several sentences."""

from __future__ import annotations

from trucewatch.language.analysis import Quotation, Token

_PAIRS = {"„": '“”"', "»": "«", "‚": "‘’", "›": "‹", "“": "”", "«": "»"}
_LONGEST = 4000
"""A quotation longer than this many code points is taken for a mark that was never closed."""


def quotations(tokens: list[Token]) -> list[Quotation]:
    """All outermost quotations in text order. An unclosed mark reaches to the end of its paragraph's last sentence."""
    found: list[Quotation] = []
    k = 0
    while k < len(tokens):
        token = tokens[k]
        closers = _PAIRS.get(token.text)
        if token.text == '"' or (token.text == "“" and closers and not any(t.text in "”" for t in tokens[k : k + 300])):
            closers = '"“”'
        if closers is None:
            k += 1
            continue
        close = None
        for j in range(k + 1, len(tokens)):
            if tokens[j].start - token.start > _LONGEST:
                break
            if tokens[j].text in closers:
                close = j
                break
            if tokens[j].text == token.text and token.text in "„»‚":
                break
        if close is None:
            k += 1
            continue
        found.append(Quotation(token.start, tokens[close].end, token.end, tokens[close].start, k + 1, close - 1, True))
        k = close + 1
    return found

"""What a description is called: its tight words, and its name in the nominative."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.extraction.actor_roles import Role, words
from trucewatch.knowledge.load import table
from trucewatch.knowledge.register import register, stem
from trucewatch.language.analysis import Phrase, Token


def described(
    tokens: Sequence[Token], head: Token, adjectives: Sequence[int], phrase: Phrase | None, role: Role, plural: bool
) -> tuple[int, str, bool]:
    """The tight words of a description: (first token, name in the nominative, does an adjective only tell its friends?)."""
    data = table("roles.de")["adjective"]
    kept: list[int] = []
    at = head.i - 1
    while at in adjectives and _kept(tokens[at], role):
        kept.insert(0, at)
        at -= 1
        if at > 0 and tokens[at].coarse == "CCONJ" and at - 1 in adjectives and _kept(tokens[at - 1], role):
            kept.insert(0, at)
            at -= 1
    gender = "plural" if plural else (phrase.gender if phrase is not None and phrase.gender else None)
    parts = []
    for i in kept:
        text = tokens[i].text
        if tokens[i].coarse == "ADJ" and gender in data["nominative"]:
            text = _nominative(text, data["endings"], data["nominative"][gender])
        parts.append(text if i > kept[0] or not adjectives else _lower_first(text, tokens, i))
    parts.append(_head_form(head, plural, role))
    stance = any(tokens[i].text.lower().startswith(tuple(data["stance"])) for i in kept)
    return (kept[0] if kept else head.i), " ".join(parts), stance


def traits(tokens: Sequence[Token], first: int, head: int) -> frozenset[str]:
    """Stems of the adjectives from ``first`` to before ``head``, save those of states."""
    known = register()
    adjectives = [t for t in tokens[first:head] if t.coarse == "ADJ" and known.adjective(t.text) is None]
    return frozenset(stem(t.text) for t in adjectives)


def state_adjective(state: str, gender: str | None) -> str | None:
    """The adjective of a state in the nominative ("israelische"); None where it has none or the gender is unknown."""
    endings, base = table("roles.de")["adjective"]["nominative"], register().states[state].adjective
    return base + endings[gender] if base and gender in endings else None


def _lower_first(text: str, tokens: Sequence[Token], i: int) -> str:
    """An adjective that only begins a sentence loses its capital."""
    first = i == 0 or tokens[i - 1].sentence != tokens[i].sentence
    return text[:1].lower() + text[1:] if first and not text.lower().endswith("er") else text


def _nominative(text: str, endings: Sequence[str], ending: str) -> str:
    if text[:1].isupper() and text.endswith("er"):
        return text
    for old in endings:
        if text.endswith(old) and len(text) > len(old) + 2:
            return text[: -len(old)] + ending
    return text


def _head_form(head: Token, plural: bool, role: Role) -> str:
    if head.written:
        return head.written
    if not role.rest and role.word.endswith("e") and role.word.lower().endswith(tuple(words("adjectival"))):
        if head.text.lower().startswith(role.word.lower()) and plural:
            return role.word
    if not plural:
        return head.lemma if head.lemma[:1].isupper() else head.text
    if head.text.endswith("ern") and head.text != head.lemma:
        return head.text[:-1]
    if head.text == head.lemma + "n" and head.lemma.endswith("el"):
        return head.lemma
    return head.text


def _kept(token: Token, role: Role) -> bool:
    if token.coarse != "ADJ":
        return False
    low = token.text.lower()
    known = register()
    if known.adjective(token.text) is not None:
        return True
    data = table("roles.de")["adjective"]
    base = next((low[: -len(e)] for e in data["endings"] if low.endswith(e)), low)
    if base in data["keep"] or base in data["peoples"] or base.startswith(tuple(data["stance"])):
        return True
    if base in words("loose") or base in data["doubt"] or base in data["former"]:
        return False
    return role.kind in ("civilians", "group", "person", "state", "organisation", "media") and token.text[:1].islower()

"""The words for agreements, findings and the state of a truce (labels_agreements)."""

from __future__ import annotations

from trucewatch.agreements.model import Agreement
from trucewatch.incident import Both
from trucewatch.knowledge.inflection import fill
from trucewatch.knowledge.load import table
from trucewatch.reporting.words import Language


def phrase(language: Language, group: str, name: str, /, **parts: object) -> str:
    """A word or sentence of ``labels_agreements``; an unknown one gives its own name.

    Where it has two forms, ``number`` chooses: the first for one, the second for any other.

    >>> phrase("en", "role", "addressee"), phrase("en", "finding", "findings", number=1)
    ('addressed, not a signatory', '1 finding')
    """
    found = table(f"labels_agreements.{language}").get(group, {}).get(name, name)
    if isinstance(found, list):
        found = found[0] if parts.get("number") == 1 else found[1]
    return fill(found, **parts) if parts else str(found)


def in_language(words: Both, language: Language) -> str:
    """What is said in both languages, in one of them."""
    return words.de if language == "de" else words.en


def region_name(agreement: Agreement, region: str, language: Language) -> str:
    """A row's region in a language: a zone by its name there, a province as the reports name it."""
    zone = next((z for z in agreement.zones if z.name.de == region), None)
    return in_language(zone.name, language) if zone is not None else region


def found_word(group: str, name: str, language: Language) -> str:
    """A word of ``findings.toml`` ("result", "missing")."""
    return str(table("findings")[group][name][language])

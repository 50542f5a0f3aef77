"""Names in a text: those of the register, and unknown ones that their surroundings show to be names of people or groups."""

from __future__ import annotations

from trucewatch.extraction.family_names import FamilyNames
from trucewatch.extraction.known_names import KnownNames
from trucewatch.extraction.name_hits import NameBoard, NameHit, place_tokens
from trucewatch.extraction.places import Places
from trucewatch.extraction.unknown_names import UnknownNames
from trucewatch.language.analysis import Analysis


class NameScan:
    """All names of one text, in text order, none overlapping another."""

    def __init__(self, analysis: Analysis, places: Places | None) -> None:
        board = NameBoard(analysis, place_tokens(places))
        KnownNames(board).find()
        UnknownNames(board).find()
        FamilyNames(board).find()
        self.hits: list[NameHit] = sorted(board.hits, key=lambda h: h.first)
        self.taken = board.taken
        self.covering: dict[int, NameHit] = {i: h for h in self.hits for i in range(h.first, h.last + 1)}
        """Token -> the name that it belongs to."""
        self.titles = {h.title for h in self.hits if h.title is not None}
        """Tokens of offices and nouns that stand before a name."""

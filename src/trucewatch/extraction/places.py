"""The places of a report: every mention, one place per referent, told from actors of its name (codebook 8)."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.extraction.named_after import Standing
from trucewatch.extraction.place_anaphora import anaphors
from trucewatch.extraction.place_bases import BaseFinder
from trucewatch.extraction.place_drafts import Drafter
from trucewatch.extraction.place_referents import Referent
from trucewatch.extraction.place_use import Uses
from trucewatch.language.analysis import Analysis, Phrase
from trucewatch.record import Place


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One mention: code points ``start`` to ``end`` (half-open), tokens ``first`` to ``last`` (inclusive).

    ``place`` indexes ``Places.all``. ``governor`` is the token of the noun that the mention hangs on ("Präsident" in
    "Präsident der Türkei"). ``bare``: a plain name with no place word around it.
    """

    start: int
    end: int
    first: int
    last: int
    place: int
    preposition: str | None = None
    governor: int | None = None
    locative: bool = False
    metonymic: bool = False
    dateline: bool = False
    anaphoric: bool = False
    bare: bool = False
    standing: Standing | None = None
    """What the place is to the act that it hangs on: "site" for where it was ("Anschläge von Paris")."""


@dataclass(slots=True)
class Places:
    """All places of a text and their mentions in text order."""

    all: list[Place] = field(default_factory=list)
    mentions: list[PlaceMention] = field(default_factory=list)
    names: frozenset[int] = frozenset()
    """Tokens of towns that are no places here: parts of an agreement's name ("Vereinbarung von Doha")."""

    def at(self, start: int, end: int) -> list[PlaceMention]:
        """The mentions that share a code point with ``[start, end)``."""
        return [m for m in self.mentions if m.start < end and start < m.end]

    def in_phrase(self, phrase: Phrase) -> list[PlaceMention]:
        """The mentions whose last token (the name) lies in the phrase."""
        return [m for m in self.mentions if phrase.first <= m.last <= phrase.last]

    def named_in(self, phrase: Phrase, analysis: Analysis) -> list[PlaceMention]:
        """The mentions in the phrase that are its own.

        In "ein in Kolumbien verschleppter Techniker", "die von Israel besetzten Golanhöhen" the first belongs to the
        attribute.
        """
        own = phrase.first + (phrase.kind == "prepositional")
        led = [i for i in range(own, phrase.head) if analysis.tokens[i].coarse == "ADP"]
        return [m for m in self.in_phrase(phrase) if m.last >= phrase.head or not any(i < m.first for i in led)]

    def site_at(self, token: int) -> bool:
        """Is the place whose name ends at ``token`` where an act was that is named after it?"""
        return any(m.last == token and m.standing == "site" for m in self.mentions)

    def locative(self, mention: PlaceMention) -> bool:
        """Does the mention say where something is, rather than name an actor?"""
        return mention.locative

    def place(self, mention: PlaceMention) -> Place:
        """The place that the mention refers to."""
        return self.all[mention.place]


def find_places(analysis: Analysis) -> Places:
    """All places of the text; ids are provisional ("p1" …, by first mention).

    >>> from trucewatch.language.german import analyse
    >>> [p.name for p in find_places(analyse("Bei Saraqib in Syrien schlugen Raketen ein.")).all]
    ['Saraqib', 'Syrien']
    """
    finder = BaseFinder(analysis)
    finder.find()
    judged = Drafter(finder).drafts()
    pairs = list(zip(judged, Uses(analysis, finder, judged).uses, strict=True))
    names = frozenset(i for d, u in pairs if u.standing == "name" for i in range(d.first, d.last + 1))
    drafts = [d for d, u in pairs if u.standing != "name"]
    uses = [u for _, u in pairs if u.standing != "name"]
    found = [
        (d.first, d.last, d.referent, PlaceMention(
            analysis.tokens[d.first].start, analysis.tokens[d.last].end, d.first, d.last, -1, u.preposition, u.governor,
            u.locative, u.metonymic, u.dateline, False, d.bare, u.standing,
        ))
        for d, u in zip(drafts, uses, strict=True)
    ]  # fmt: skip
    for anaphor in anaphors(analysis, finder, drafts, uses):
        first, last = anaphor.first, anaphor.last
        found.append((first, last, anaphor.referent, PlaceMention(
            analysis.tokens[first].start, analysis.tokens[last].end, first, last, -1, anaphor.preposition, None,
            anaphor.locative, False, False, True,
        )))  # fmt: skip
    found.sort(key=lambda f: (f[0], f[1]))
    places = _merged(found)
    places.names = names
    return places


def _merged(found: list[tuple[int, int, Referent, PlaceMention]]) -> Places:
    places = Places()
    index: dict[tuple[str, ...], int] = {}
    for _, _, referent, mention in found:
        number = index.get(referent.ident)
        if number is None:
            number = index[referent.ident] = len(places.all)
            places.all.append(
                Place(
                    id=f"p{number + 1}", name=referent.name, kind=referent.kind, country=referent.country,
                    geonames=referent.geonames, lat=referent.lat, lon=referent.lon, precision=referent.precision,
                )
            )  # fmt: skip
        places.all[number].mentions.append((mention.start, mention.end))
        places.mentions.append(_placed(mention, number))
    return places


def _placed(mention: PlaceMention, number: int) -> PlaceMention:
    return PlaceMention(
        mention.start, mention.end, mention.first, mention.last, number, mention.preposition, mention.governor,
        mention.locative, mention.metonymic, mention.dateline, mention.anaphoric, mention.bare,
        mention.standing,
    )  # fmt: skip

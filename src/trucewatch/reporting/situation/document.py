"""What a situation report consists of, whatever it is written as: sections, sentences, lists, tables, a map.

A line that tells of something reported is ``told`` and leads to its evidence; every other one speaks of the report itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "strong", "soft", "quote", "code"]


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a line; ``href`` leads within the report (``#anchor``) or to an address on the web."""

    text: str
    style: Style = "plain"
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to evidence: what it is called ("V3", "7"), the anchor it leads to, and what stands there."""

    label: str
    anchor: str
    title: str = ""
    at: str | None = None
    """Anchor of the very words, where the format can lead there."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, an entry of a list or a line of a cell; evidence stands after the words, or among them."""

    parts: tuple[Text | Ref, ...]
    evidence: tuple[Ref, ...] = ()
    told: bool = False
    anchor: str | None = None

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(part.text for part in self.parts if isinstance(part, Text))

    def refs(self) -> tuple[Ref, ...]:
        """Its evidence, in the sentence and after it."""
        return (*(part for part in self.parts if isinstance(part, Ref)), *self.evidence)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more sentences."""

    lines: tuple[Line, ...]
    kind: Literal["plain", "lead", "note", "none"] = "plain"
    """``note``: stands back; ``none``: says that there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    lines: tuple[Line, ...]
    kind: Literal["plain", "small", "numbered"] = "plain"


@dataclass(frozen=True, slots=True)
class Fields:
    """Names with their values, a value of one or more lines."""

    rows: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``share`` is its part of the width against the others'."""

    name: str
    share: float = 1.0
    number: bool = False


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``details`` are lines about the row that follow it over the whole width."""

    cells: tuple[Cell, ...]
    details: tuple[Line, ...] = ()
    told: bool = True
    """Rests on reports: a line of it, or of its details, leads to evidence."""
    anchor: str | None = None

    def lines(self) -> Iterator[Line]:
        """All lines of the row."""
        for cell in self.cells:
            yield from cell
        yield from self.details


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading of their own; without a title: all rows of a plain table."""

    rows: tuple[Row, ...]
    title: str | None = None
    anchor: str | None = None
    note: str | None = None
    """Stands beside the title where there are no rows."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, which every reader gets, and column heads."""

    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    shown: bool = False
    """Whether the caption is shown, or only spoken where a heading says the same."""

    def rows(self) -> Iterator[Row]:
        """The rows of all groups."""
        for group in self.groups:
            yield from group.rows


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, with what it shows in words."""

    svg: str
    words: str
    note: Line
    """How to read it."""
    absent: Line
    """Stands in the place of both where a format has no pictures."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; ``level`` 2 for the parts of the report, 3 and 4 within them."""

    title: str
    anchor: str
    level: int
    blocks: tuple[Block, ...] = ()
    short: str = ""
    """The title in lists of contents, where it is shorter."""


Block = Paragraph | Items | Fields | Table | Picture | Section


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report."""

    language: Literal["de", "en"]
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    """What stands under the title: period, agreements, reports."""
    lead: tuple[Line, ...]
    sections: tuple[Section, ...]
    made: str
    last_day: str
    """ISO day: the last of the period, the date of the document."""
    quotes: tuple[str, str]
    """The language's marks around a quotation."""
    quote_language: str
    contents: str
    """What the list of contents is called."""
    skip: str
    page: str
    """What stands at the foot of printed pages, with {page} and {pages}."""

    def blocks(self) -> Iterator[Block]:
        """All blocks, those within sections too."""
        for section in self.sections:
            yield from _within(section)


def _within(block: Block) -> Iterator[Block]:
    yield block
    if isinstance(block, Section):
        for part in block.blocks:
            yield from _within(part)


def lines_of(block: Block) -> Iterator[Line]:
    """The lines of one block, without those of blocks within it."""
    if isinstance(block, Paragraph | Items):
        yield from block.lines
    elif isinstance(block, Fields):
        for _, lines in block.rows:
            yield from lines
    elif isinstance(block, Table):
        for row in block.rows():
            yield from row.lines()
    elif isinstance(block, Picture):
        yield block.absent

"""The situation report as Markdown: CommonMark with tables (GFM), made to be read raw too.

Links are written short, ``[V3]``, and led to their anchors at the end. Whatever comes from a report is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from trucewatch.agreements.situation import Situation
from trucewatch.reporting.situation.content import document
from trucewatch.reporting.situation.document import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Group,
    Items,
    Line,
    Paragraph,
    Picture,
    Ref,
    Row,
    Section,
    Table,
    Text,
    lines_of,
)
from trucewatch.reporting.words import Language
from trucewatch.shown import shown

_SPECIAL = re.compile(r"[\\`*\[\]<>|~$#]|(?<!\w)_|_(?!\w)|&(?=#|\w+;)")
_START = re.compile(r"^(?:[-+](?=\s|$)|[-=](?=[-=\s]*$)|\d+(?=[.)](?:\s|$)))")
_WIDEST = 150
"""Characters of a table whose columns are padded to one width."""


def text(situation: Situation, language: Language = "de") -> str:
    """The Markdown of a situation report; the same situation gives the same text."""
    return text_of(document(situation, language))


def text_of(report: Document) -> str:
    """The Markdown of a ready document."""
    return _Writer(report).whole()


def escaped(words: str) -> str:
    r"""``words`` on one line, as words and nothing else.

    >>> print(escaped("a|b <script> [x](y) *z*"))
    a\|b \<script\> \[x\](y) \*z\*
    """
    return _SPECIAL.sub(lambda m: "\\" + m[0], shown(words))


def _opening(words: str) -> str:
    """A line whose first characters make no list and no heading."""
    return _START.sub(lambda m: m[0] + "\\" if m[0].isdigit() else "\\" + m[0], words)


class _Writer:
    """Writes one document."""

    def __init__(self, report: Document) -> None:
        self.report = report
        self.led: dict[str, str] = {}
        """Label → anchor of the links that are written short."""
        self.wanted = set(self._targets())

    def _targets(self) -> Iterator[str]:
        """All anchors that something leads to."""
        for block in self.report.blocks():
            for line in lines_of(block):
                yield from (ref.anchor for ref in line.refs())
                links = (p.href or "" for p in line.parts if isinstance(p, Text))
                yield from (href[1:] for href in links if href.startswith("#"))

    def whole(self) -> str:
        report = self.report
        parts = [f"# {escaped(report.title)}: {escaped(report.subtitle)}"]
        parts.append("\n".join(f"- **{escaped(name)}:** {escaped(value)}" for name, value in report.facts))
        parts.append("\n".join(self.line(x) for x in report.lead))
        parts.append(f"**{escaped(report.contents)}:** " + " · ".join(
            f"[{escaped(s.title)}](#{s.anchor})" for s in report.sections
        ))  # fmt: skip
        for section in report.sections:
            parts += self.block(section)
        parts += ["---", escaped(report.made)]
        parts.append("\n".join(f"[{label}]: #{anchor}" for label, anchor in self.led.items()))
        return "\n\n".join(p for p in parts if p) + "\n"

    # --- lines ---

    def line(self, line: Line) -> str:
        words = "".join(self._part(part) for part in line.parts)
        refs = " ".join(self._ref(ref) for ref in line.evidence)
        return " ".join(x for x in (words.strip(), refs) if x)

    def _part(self, part: Text | Ref) -> str:
        if isinstance(part, Ref):
            return f" {self._ref(part)}"
        lead, words, tail = _edges(part.text)
        words = escaped(words)
        if not words:
            return lead
        if part.style == "quote":
            words = f"{self.report.quotes[0]}{words}{self.report.quotes[1]}"
        elif part.style == "strong":
            words = f"**{words}**"
        elif part.style == "code" and "`" not in part.text:
            words = f"`{part.text}`"
        if part.href is not None:
            words = f"[{words}]({part.href if part.href.startswith('#') else f'<{part.href}>'})"
        return f"{lead}{words}{tail}"

    def _ref(self, ref: Ref) -> str:
        label = escaped(ref.label)
        if ref.label.startswith("+") or self.led.setdefault(label, ref.anchor) != ref.anchor:
            return f"[{label}](#{ref.anchor})"
        return f"[{label}]"

    def _anchor(self, name: str | None) -> str:
        return f'<a id="{name}"></a>' if name and name in self.wanted else ""

    # --- blocks ---

    def block(self, block: Block) -> list[str]:
        """A block as paragraphs."""
        if isinstance(block, Section):
            head = f"{'#' * block.level} {escaped(block.title)}"
            found = [f'<a id="{block.anchor}"></a>\n\n{head}']
            return found + [x for part in block.blocks for x in self.block(part)]
        if isinstance(block, Paragraph):
            return ["\n".join(_opening(self.line(x)) for x in block.lines)]
        if isinstance(block, Items):
            rows = enumerate(block.lines, 1)
            mark = block.kind == "numbered"
            return ["\n".join(f"{f'{n}.' if mark else '-'} {self._anchor(x.anchor)}{self.line(x)}" for n, x in rows)]
        if isinstance(block, Fields):
            return ["\n".join(self._field(name, lines) for name, lines in block.rows)]
        if isinstance(block, Picture):
            return [_opening(self.line(block.absent))]
        return list(self._table(block))

    def _field(self, name: str, lines: Sequence[Line]) -> str:
        head = f"- **{escaped(name)}:**"
        if len(lines) == 1:
            return f"{head} {self.line(lines[0])}"
        return "\n".join([head, *(f"  - {_opening(self.line(x))}" for x in lines)])

    # --- tables ---

    def _table(self, table: Table) -> Iterator[str]:
        if table.shown:
            yield f"**{escaped(table.caption)}**"
        for group in table.groups:
            yield from self._group(group, table.columns)

    def _group(self, group: Group, columns: Sequence[Column]) -> Iterator[str]:
        anchor = self._anchor(group.anchor)
        if group.title is not None:
            note = f" – {escaped(group.note)}" if group.note else ""
            yield f"{anchor}**{escaped(group.title)}**{note}"
        elif anchor:
            yield anchor
        if not group.rows:
            return
        rows = [[self._cell(cell, row, n) for n, cell in enumerate(row.cells)] for row in group.rows]
        yield "\n".join(_laid_out([escaped(c.name) for c in columns], rows, [c.number for c in columns]))
        details = [self._details(row) for row in group.rows if row.details]
        if details:
            yield "\n".join(details)

    def _cell(self, cell: Cell, row: Row, number: int) -> str:
        words = " · ".join(x for line in cell if (x := self.line(line)))
        return self._anchor(row.anchor) + words if number == 0 else words

    def _details(self, row: Row) -> str:
        """What follows a row, under the words of its first line."""
        first = next((x for cell in row.cells for x in cell if x.text), None)
        head = f"- **{escaped(first.text)}**" if first is not None else "-"
        return "\n".join([head, *(f"  - {_opening(self.line(x))}" for x in row.details)])


def _edges(words: str) -> tuple[str, str, str]:
    """White space before, words, white space after: marks of emphasis stand close to the words."""
    inner = words.strip()
    if not inner:
        return words and " ", "", ""
    return (" " if words[0].isspace() else ""), inner, (" " if words[-1].isspace() else "")


def _laid_out(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[bool]) -> list[str]:
    """A table; its columns are padded where it stays narrow enough to be read raw."""
    everything = [list(heads), *map(list, rows)]
    widths = [max(3, *(len(row[n]) for row in everything)) for n in range(len(heads))]
    if sum(widths) + 3 * len(widths) > _WIDEST:
        widths = [0] * len(widths)
    rule = [
        "-" * (max(w, 3) - 1) + ":" if number else "-" * max(w, 3) for w, number in zip(widths, numbers, strict=True)
    ]
    lines = []
    for row in (everything[0], rule, *everything[1:]):
        cells = (x.rjust(w) if number else x.ljust(w) for x, w, number in zip(row, widths, numbers, strict=True))
        lines.append(f"| {' | '.join(cells)} |")
    return lines

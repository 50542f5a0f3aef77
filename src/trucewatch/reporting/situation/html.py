"""The situation report as one self-contained page: no script, no network; links, tables and one drawing.

Everything that comes from a report or an agreement is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from trucewatch.agreements.situation import Situation
from trucewatch.reporting.article import text_of
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
)
from trucewatch.reporting.words import Language


@cache
def _style() -> str:
    return (Path(__file__).parent / "situation.css").read_text(encoding="utf-8")


def page(situation: Situation, language: Language = "de") -> str:
    """The page of a situation report; the same situation gives the same page."""
    return page_of(document(situation, language))


def page_of(report: Document) -> str:
    """The page of a ready document."""
    return _Writer(report).page()


class _Writer:
    """Writes one document."""

    def __init__(self, report: Document) -> None:
        self.report = report

    def page(self) -> str:
        report = self.report
        lead = "".join(f"<p>{self.line(x)}</p>" for x in report.lead)
        facts = "".join(f"<div><dt>{text_of(n)}</dt><dd>{text_of(v)}</dd></div>" for n, v in report.facts)
        names = "; ".join(f"{name} {value}" for name, value in report.facts)
        entries = "".join(
            f'<li><a href="#{text_of(s.anchor)}">{text_of(s.short or s.title)}</a></li>' for s in report.sections
        )
        body = "\n".join(self.block(s) for s in report.sections)
        return (
            f'<!doctype html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            '<meta name="color-scheme" content="light dark">\n'
            f'<meta name="description" content="{text_of(names)}">\n'
            f"<title>{text_of(report.title)}, {text_of(report.subtitle)} · trucewatch</title>\n"
            f'<style>\n{_style()}</style>\n</head>\n<body class="sr">\n'
            f'<a class="skip" href="#overview">{text_of(report.skip)}</a>\n'
            f'<header class="head"><p class="brand">trucewatch</p><h1>{text_of(report.title)} '
            f'<span class="sub">{text_of(report.subtitle)}</span></h1>\n<dl class="facts">{facts}</dl>\n'
            f'<div class="lead">{lead}</div></header>\n'
            f'<div class="sheet"><nav class="contents" aria-labelledby="contents"><h2 id="contents">'
            f"{text_of(report.contents)}</h2><ol>{entries}</ol></nav>\n<main>\n{body}\n</main></div>\n"
            f'<footer class="foot"><p>{text_of(report.made)}</p></footer>\n</body>\n</html>\n'
        )

    # --- lines ---

    def line(self, line: Line) -> str:
        """The words of a line, then its evidence."""
        words = "".join(self._part(part) for part in line.parts)
        return words + self._refs(line.evidence, bool(line.parts))

    def _part(self, part: Text | Ref) -> str:
        if isinstance(part, Ref):
            return "\u202f" + self._refs((part,), False)
        text = text_of(part.text)
        if part.style == "quote":
            before, after = (text_of(x) for x in self.report.quotes)
            text = f'<q lang="{self.report.quote_language}" dir="auto">{before}{text}{after}</q>'
        elif part.style == "strong":
            text = f"<strong>{text}</strong>"
        elif part.style == "code":
            text = f"<code>{text}</code>"
        elif part.style == "soft":
            text = f'<span class="soft">{text}</span>'
        if part.href is None:
            return text
        outward = "" if part.href.startswith("#") else ' rel="noopener noreferrer"'
        return f'<a href="{text_of(part.href)}"{outward}>{text}</a>'

    def _refs(self, refs: Sequence[Ref], spaced: bool) -> str:
        if not refs:
            return ""
        links = " ".join(self._ref(ref) for ref in refs)
        return f'{" " if spaced else ""}<span class="refs">{links}</span>'

    def _ref(self, ref: Ref) -> str:
        title = f' title="{text_of(ref.title)}"' if ref.title else ""
        return f'<a href="#{text_of(ref.at or ref.anchor)}"{title}>[{text_of(ref.label)}]</a>'

    # --- blocks ---

    def block(self, block: Block) -> str:
        """Any block."""
        if isinstance(block, Section):
            return self._section(block)
        if isinstance(block, Paragraph):
            words = " ".join(self.line(x) for x in block.lines)
            return f'<p class="{block.kind}">{words}</p>'
        if isinstance(block, Items):
            tag = "ol" if block.kind == "numbered" else "ul"
            rows = "".join(f"<li{_id(x.anchor)}>{self.line(x)}</li>" for x in block.lines)
            return f'<{tag} class="items {block.kind}">{rows}</{tag}>'
        if isinstance(block, Fields):
            rows = "".join(
                f"<div><dt>{text_of(name)}</dt>{''.join(f'<dd>{self.line(x)}</dd>' for x in lines)}</div>"
                for name, lines in block.rows
            )
            return f'<dl class="fields">{rows}</dl>'
        if isinstance(block, Picture):
            words = f'<span class="vh">{text_of(block.words)}</span> {self.line(block.note)}'
            return f'<figure class="map">{block.svg}<figcaption class="note">{words}</figcaption></figure>'
        return self._table(block)

    def _section(self, section: Section) -> str:
        name = text_of(section.anchor)
        body = "\n".join(self.block(x) for x in section.blocks)
        return (
            f'<section class="level{section.level}" id="{name}" aria-labelledby="{name}-h">'
            f'<h{section.level} id="{name}-h">{text_of(section.title)}</h{section.level}>\n{body}\n</section>'
        )

    def _table(self, table: Table) -> str:
        heads = "".join(f'<th scope="col"{_number(c)}>{text_of(c.name)}</th>' for c in table.columns)
        whole = sum(c.share for c in table.columns)
        widths = "".join(f'<col style="width:{100 * c.share / whole:.1f}%">' for c in table.columns)
        groups = "".join(self._group(g, table.columns) for g in table.groups)
        hidden = "" if table.shown else ' class="vh"'
        wide = " wide" if len(table.columns) > 5 else ""
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{text_of(table.caption)}">'
            f'<table class="c{len(table.columns)}{wide}"><caption><span{hidden}>{text_of(table.caption)}</span></caption>'
            f"<colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead>\n{groups}</table></div>"
        )

    def _group(self, group: Group, columns: Sequence[Column]) -> str:
        head = ""
        if group.title is not None:
            note = f' <span class="soft">{text_of(group.note)}</span>' if group.note else ""
            head = f'<tr class="group"><th scope="rowgroup" colspan="{len(columns)}">{text_of(group.title)}{note}</th></tr>\n'
        rows = "\n".join(self._row(r, columns) for r in group.rows)
        return f"<tbody{_id(group.anchor)}>{head}{rows}</tbody>\n"

    def _row(self, row: Row, columns: Sequence[Column]) -> str:
        cells = "".join(
            self._cell(cell, column, n == 0) for n, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
        )
        told = ' class="told"' if row.told else ""
        found = f"<tr{told}{_id(row.anchor)}>{cells}</tr>"
        if row.details:
            lines = "".join(f"<li>{self.line(x)}</li>" for x in row.details)
            found += f'\n<tr class="details"><td colspan="{len(columns)}"><ul>{lines}</ul></td></tr>'
        return found

    def _cell(self, cell: Cell, column: Column, first: bool) -> str:
        words = self._lines(cell)
        if first and words:
            return f'<th scope="row"{_number(column)}>{words}</th>'
        return f'<td{_number(column)} data-name="{text_of(column.name)}">{words}</td>'

    def _lines(self, lines: Iterable[Line]) -> str:
        found = [self.line(x) for x in lines]
        return found[0] if len(found) == 1 else "".join(f"<div>{x}</div>" for x in found)


def _id(anchor: str | None) -> str:
    return f' id="{text_of(anchor)}"' if anchor else ""


def _number(column: Column) -> str:
    return ' class="n"' if column.number else ""

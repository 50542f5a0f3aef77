"""The situation report as a PDF: laid out by typst from the same document, the same bytes every time.

The template (``report.typ``) gets the report as data, never as markup: words of reports cannot become commands. Fonts are
those inside the typst package alone. The file is tagged; where the fonts have every character, it is PDF/A-2a and PDF/UA-1.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

from trucewatch.agreements.situation import Situation
from trucewatch.reporting.situation import content
from trucewatch.reporting.situation.document import (
    Block,
    Document,
    Fields,
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
from trucewatch.shown import shown_lines

_FOLDER = Path(__file__).parent
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_LONG_WORD = re.compile(r"[^\s\u00ad-]{34,}")
_HIGHEST = 0.78
"""Height of a drawing against the width of the page."""
_FONTS = re.compile(r"font-family:[^;}]+")


@cache
def _template() -> bytes:
    return (_FOLDER / "report.typ").read_bytes()


def document(situation: Situation, language: Language = "de") -> bytes:
    """The PDF of a situation report; its date is the last day of the period."""
    return document_of(content.document(situation, language))


def document_of(report: Document) -> bytes:
    """The PDF of a ready document."""
    inputs = {"report": json.dumps(as_data(report), ensure_ascii=False)}
    date = dt.datetime.fromisoformat(report.last_day).replace(tzinfo=dt.UTC)
    try:
        return _compiled(inputs, date, _STANDARDS)
    except typst.TypstError:  # a character that no font here has: the archival standards forbid it
        return _compiled(inputs, date, [])


def _compiled(inputs: dict[str, str], date: dt.datetime, standards: list[typst.PDFStandard]) -> bytes:
    found: bytes = typst.compile(
        _template(), format="pdf", sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=standards,
        timestamp=int(date.timestamp()),
    )  # fmt: skip
    return found


def as_data(report: Document) -> dict[str, Any]:
    """A document as plain data for the template."""
    return {
        "language": report.language, "title": report.title, "subtitle": report.subtitle,
        "facts": [[name, _soft(value)] for name, value in report.facts], "lead": [_line(x) for x in report.lead],
        "sections": [_block(s) for s in report.sections], "made": report.made, "last_day": report.last_day,
        "quotes": list(report.quotes), "quote_language": report.quote_language, "contents": report.contents,
        "page": report.page,
    }  # fmt: skip


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Section):
        parts = [_block(x) for x in block.blocks]
        return {
            "kind": "section", "title": _soft(block.title), "anchor": block.anchor, "level": block.level, "blocks": parts,
        }  # fmt: skip
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "tone": block.kind, "lines": [_line(x) for x in block.lines]}
    if isinstance(block, Items):
        return {"kind": "items", "tone": block.kind, "lines": [_line(x) for x in block.lines]}
    if isinstance(block, Fields):
        return {"kind": "fields", "rows": [[name, [_line(x) for x in lines]] for name, lines in block.rows]}
    if isinstance(block, Picture):
        svg = _FONTS.sub('font-family: "Libertinus Serif"', block.svg)
        return {"kind": "picture", "svg": svg, "words": block.words, "note": _line(block.note), "width": _width(svg)}
    return _table(block)


def _width(svg: str) -> float:
    """Part of the page's width at which a drawing is not too high for a page with other things on it."""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if size is None or not float(size[2]):
        return 1.0
    return round(min(1.0, _HIGHEST * float(size[1]) / float(size[2])), 3)


def _table(table: Table) -> dict[str, Any]:
    columns = [{"name": _soft(c.name), "share": c.share, "number": c.number} for c in table.columns]
    groups = [
        {
            "title": g.title and _soft(g.title), "anchor": g.anchor, "note": g.note, "rows": [_row(r) for r in g.rows],
        }
        for g in table.groups
    ]  # fmt: skip
    return {"kind": "table", "caption": table.caption, "columns": columns, "groups": groups, "shown": table.shown}


def _row(row: Row) -> dict[str, Any]:
    return {
        "cells": [[_line(x) for x in cell] for cell in row.cells], "details": [_line(x) for x in row.details],
        "anchor": row.anchor,
    }  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    parts = [_ref(p) if isinstance(p, Ref) else _text(p) for p in line.parts]
    return {"parts": parts, "evidence": [_ref(r) for r in line.evidence], "anchor": line.anchor}


def _text(text: Text) -> dict[str, Any]:
    return {"text": _soft(shown_lines(text.text)), "style": text.style, "href": text.href}


def _ref(ref: Ref) -> dict[str, Any]:
    return {"label": ref.label, "anchor": ref.anchor, "at": ref.at}


def _soft(words: str) -> str:
    """Very long words (addresses, nonsense) with places where they may be broken."""
    return _LONG_WORD.sub(lambda m: "\u200b".join(re.findall(r"[^/._&=?]{1,12}[/._&=?]*|[/._&=?]+", m[0])), words)

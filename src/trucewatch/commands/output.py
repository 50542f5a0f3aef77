"""Where results go: standard output, one file written in one piece, or a folder with a file for each report."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from trucewatch.commands.work import Rendering, Result
from trucewatch.reporting.files import whole_text
from trucewatch.shown import shown, shown_json, shown_lines

if TYPE_CHECKING:
    from trucewatch.reporting.article import Article

ENDINGS = {"text": ".txt", "json": ".json", "jsonl": ".jsonl", "html": ".html"}


def complain(line: str) -> None:
    """One line on standard error that says what is wrong, whatever names and words stand in it."""
    print(f"trucewatch: {shown(line)}", file=sys.stderr)


def edge(form: str, output: str | None = None) -> Callable[[str], str]:
    """What a piece of output goes through on its way out: in no form does it steer a terminal.

    JSON spells out what would, pages and tables are made without; text keeps its own colours where they are shown.
    """
    if form in ("json", "jsonl", "geojson"):
        return shown_json
    colour = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return (lambda text: shown_lines(text, colour)) if form == "text" else str


def write_pieces(pieces: Iterable[str], output: str | None, form: str = "text") -> None:
    """Writes pieces of text to a file, whole or not at all, or to standard output as they come."""
    out = edge(form, output)
    if output is None:
        for piece in pieces:
            sys.stdout.write(out(piece))
        return
    with whole_text(Path(output)) as file:
        file.writelines(map(out, pieces))


class Nothing(Exception):
    """No report could be read: no file is written."""


def is_folder(output: str | None) -> bool:
    """Whether ``output`` names a folder: an existing one, or one that ends in a slash."""
    return output is not None and (output.endswith(("/", os.sep)) or Path(output).is_dir())


def write(results: Iterator[Result], rendering: Rendering, output: str | None, single: bool) -> None:
    """Writes all good results to ``output`` (None: standard output)."""
    if output is not None and is_folder(output):
        _folder(results, rendering, Path(output))
    elif output is not None:
        with contextlib.suppress(Nothing), whole_text(Path(output)) as file:
            if not _stream(results, rendering, file, single):
                raise Nothing
    else:
        _stream(results, rendering, sys.stdout, single)


def _stream(results: Iterator[Result], rendering: Rendering, file: TextIO, single: bool) -> bool:
    """Writes results one after the other as they come; returns whether there was any."""
    if rendering.form == "html":
        return _page(results, rendering, file)
    written = 0
    out = edge(rendering.form, None if rendering.colour else "")
    array = rendering.form == "json" and not single
    for result in results:
        if result.fault is not None:
            continue
        if array:
            file.write(("[\n" if not written else ",\n") + out(result.body.rstrip("\n")))
        else:
            gap = "\n" + "─" * min(rendering.width, 100) + "\n\n" if written and rendering.form == "text" else ""
            file.write(gap + out(result.body))
        written += 1
        if rendering.form != "json":
            file.flush()
    if array:
        file.write("\n]\n" if written else "[]\n")
    return written > 0


def _page(results: Iterator[Result], rendering: Rendering, file: TextIO) -> bool:
    from trucewatch.reporting import html

    articles = [result.article for result in results if result.article is not None]
    if articles:
        file.write(html.page_of(articles, rendering.language))
    return bool(articles)


def _folder(results: Iterator[Result], rendering: Rendering, folder: Path) -> None:
    from trucewatch.reporting import html

    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = {"index"} if rendering.form == "html" else set()
    links: list[tuple[str, Article]] = []
    for result in results:
        if result.fault is not None:
            continue
        name = _name(result.stem, taken)
        path = folder / (name + ENDINGS[rendering.form])
        with whole_text(path) as file:
            if result.article is not None:
                file.write(html.page_of([result.article], rendering.language))
                links.append((path.name, result.article))
            else:
                file.write(edge(rendering.form, path.name)(result.body))
    if links:
        with whole_text(folder / "index.html") as file:
            file.write(html.index_page(links, rendering.language))


def _name(stem: str, taken: set[str]) -> str:
    """A file name for a report: its own name without what file systems do not take, numbered where it repeats."""
    plain = re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:120] or "report"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.casefold())
    return name

"""Where results go: standard output, one file written in one piece, or a folder with a file for each report."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from trucewatch.commands.work import Rendering, Result
from trucewatch.reporting.files import whole_text

if TYPE_CHECKING:
    from trucewatch.reporting.article import Article

ENDINGS = {"text": ".txt", "json": ".json", "jsonl": ".jsonl", "html": ".html"}


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
    array = rendering.form == "json" and not single
    for result in results:
        if result.fault is not None:
            continue
        if array:
            file.write(("[\n" if not written else ",\n") + result.body.rstrip("\n"))
        else:
            gap = "\n" + "─" * min(rendering.width, 100) + "\n\n" if written and rendering.form == "text" else ""
            file.write(gap + result.body)
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
                file.write(result.body)
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

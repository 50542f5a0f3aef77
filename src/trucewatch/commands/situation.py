"""``trucewatch report``: the situation report of a period as HTML, Markdown or PDF."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from trucewatch.agreements import load
from trucewatch.agreements.gather import gather
from trucewatch.reporting.files import whole_bytes, whole_text
from trucewatch.reporting.words import Language
from trucewatch.store import Store, StoreError

_ENDINGS = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".pdf": "pdf"}


def report(
    database: str, agreements: Sequence[str], since: str, until: str, form: str | None, language: Language, output: str | None
) -> int:
    """Writes the report; returns the exit status."""
    form = form or _form_of(output)
    if form == "pdf" and output is None:
        raise StoreError("a PDF needs a file: -o report.pdf")
    chosen = load.chosen(agreements)
    with Store(database, make=False) as store:
        try:
            found = gather(store, chosen, since, until)
            touched = {s.agreement for s in found.states if s.entries or s.claimed}
            if not agreements and touched:  # none named: those that something was reported under
                found = gather(store, [a for a in chosen if a.id in touched], since, until)
        except ValueError as fault:
            raise StoreError(str(fault)) from None
    if form == "pdf":
        from trucewatch.reporting.situation.pdf import document

        assert output is not None
        with whole_bytes(Path(output)) as file:
            file.write(document(found, language))
        return 0
    if form == "md":
        from trucewatch.reporting.situation.markdown import text as rendered
    else:
        from trucewatch.reporting.situation.html import page as rendered
    words = rendered(found, language)
    if output is None:
        sys.stdout.write(words)
    else:
        with whole_text(Path(output)) as page:
            page.write(words)
    return 0


def _form_of(output: str | None) -> str:
    """The form that a file's ending asks for; a page where it asks for none."""
    ending = Path(output).suffix.lower() if output else ""
    if ending and ending not in _ENDINGS:
        raise StoreError(f"{output}: no report is written as {ending}: name a file in .html, .md or .pdf, or give --format")
    return _ENDINGS.get(ending, "html")

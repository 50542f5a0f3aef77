"""One self-contained page of one report or of many: the text with its marks, linked to lists beside it.

No script and no network: links and CSS alone. Everything that comes from a report is escaped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from trucewatch.record import Record
from trucewatch.reporting.article import Article, article, tally_of, text_of
from trucewatch.reporting.words import VOICE_SIGN, Language, Words, words

_LIT = 60
"""Reports on one page up to which pointing at an event lights up all its words (a CSS rule for each event)."""


@cache
def _style() -> str:
    return (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def page(records: Sequence[Record], language: Language = "de") -> str:
    """A page of ``records``; more than one get an index in front."""
    return page_of([article(record, f"r{n}-", language) for n, record in enumerate(records, 1)], language)


def page_of(articles: Sequence[Article], language: Language = "de") -> str:
    """The whole page around ready articles."""
    said = words(language)
    many = len(articles) != 1
    title = f"trucewatch: {len(articles)} {said.term('reports')}" if many else f"{articles[0].title} · trucewatch"
    rules = "".join(part.rules for part in articles) if len(articles) <= _LIT else ""
    body = "\n".join(part.body for part in articles)
    index = _index([(f"#{part.prefix}top", part) for part in articles], said) if many else ""
    skip = f'<a class="skip" href="#{articles[0].prefix}text">{text_of(said.term("skip"))}</a>' if articles else ""
    return _shell(title, rules, f"{skip}\n", f"{index}<main>\n{body}\n</main>\n", said)


def _shell(title: str, rules: str, before: str, body: str, said: Words) -> str:
    """The page around ``body``; ``before`` stands first of all."""
    return (
        f'<!doctype html>\n<html lang="{said.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text_of(title)}</title>\n<style>\n{_style()}{rules}</style>\n</head>\n"
        f'<body class="tw">\n{before}{_banner(said)}\n{body}<footer class="foot"><p>{text_of(said.term("made"))}'
        "</p></footer>\n</body>\n</html>\n"
    )


def index_page(links: Sequence[tuple[str, Article]], language: Language = "de") -> str:
    """A page that leads to pages of single reports: ``links`` are their file names and articles."""
    said = words(language)
    title = f"trucewatch: {len(links)} {said.term('reports')}"
    return _shell(title, "", "", f"<main>{_index(links, said)}</main>\n", said)


def fragment(record: Record, language: Language = "de") -> str:
    """A piece of HTML for notebooks: the same view, without the page around it."""
    # Several outputs stand on one notebook page: their ids are kept apart by the report's own digest.
    prefix = "n" + hashlib.sha256(record.report.id.encode()).hexdigest()[:8] + "-"
    part = article(record, prefix, language)
    return f'<div class="tw tw-notebook"><style>\n{_style()}{part.rules}</style>\n{part.body}\n</div>'


def _banner(said: Words) -> str:
    entries = "".join(
        f'<li><span class="sample {voice}"><span class="sign" aria-hidden="true">{sign}</span> '
        f"{text_of(said.of('voice', voice))}</span> "
        f'<span class="long">{text_of(said.of("voice_long", voice))}</span></li>'
        for voice, sign in VOICE_SIGN.items()
    )
    kinds = "".join(
        f'<li><span class="{kind}">{text_of(said.term(name))}</span></li>'
        for kind, name in (("actor", "actors"), ("place", "places"), ("time", "times"), ("speech", "speech"))
    )
    return (
        '<header class="banner"><p class="brand">trucewatch</p>'
        f'<section class="legend" aria-label="{text_of(said.term("legend"))}">'
        f'<ul class="voices">{entries}</ul><ul class="kinds">{kinds}</ul></section></header>'
    )


def _index(links: Sequence[tuple[str, Article]], said: Words) -> str:
    rows = "".join(
        f'<li><a href="{text_of(quote(target, safe="#/"))}">{text_of(part.title)}</a> '
        f'<span class="about">{text_of(part.about)}</span> '
        f'<span class="tally">{tally_of(part.counts, said)}</span></li>'
        for target, part in links
    )
    return f'<nav class="index" id="index" aria-label="{text_of(said.term("index"))}"><h1>{len(links)} ' + (
        f"{text_of(said.term('reports'))}</h1>\n<ol>{rows}</ol></nav>\n"
    )

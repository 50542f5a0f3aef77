"""The situation report: one document, three formats, every statement with its evidence."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from shelf import fill
from trucewatch.agreements.gather import gather
from trucewatch.agreements.load import load
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.situation import Situation, Source, situation
from trucewatch.incident import Both, Incident
from trucewatch.knowledge.load import table
from trucewatch.reporting.situation import html, markdown, pdf
from trucewatch.reporting.situation.content import document
from trucewatch.reporting.situation.document import Document, Items, Row, Section, Table, Text, lines_of
from trucewatch.reporting.situation.ground import web_address
from trucewatch.reporting.words import Language
from trucewatch.store import Store

LANGUAGES: tuple[Language, ...] = ("de", "en")
AGREEMENT = """
schema = "trucewatch/agreement/1"
id = "hill-truce"
form = "bilateral"
signed = 2021-01-10
area = ["donbas"]
title = { de = "Waffenruhe am Hügel", en = "Hill truce" }
note = { de = "Die Linie ist nicht veröffentlicht.", en = "The line is not published." }
references = [{ title = "Text", url = "https://example.org/text" }, { title = "Bad", url = "javascript:alert(1)" }]
[[windows]]
from = 2021-01-11
[[parties]]
id = "ukraine"
name = { de = "Ukraine", en = "Ukraine" }
states = ["UA"]
[[parties]]
id = "russia"
name = { de = "Russland", en = "Russia" }
states = ["RU"]
[[parties]]
id = "separatists"
name = { de = "Separatisten", en = "separatists" }
unnamed_in = ["UA"]
[[zones]]
id = "donbas"
name = { de = "Gebiet um Charkiw und Donezk", en = "Area around Kharkiv and Donetsk" }
accuracy_km = 4
polygons = [[[34.0, 47.0], [40.0, 47.0], [40.0, 51.0], [34.0, 51.0]]]
[[provisions]]
id = "cessation"
kind = "cessation"
title = { de = "Waffenruhe", en = "Ceasefire" }
text = { de = "Es wird nicht mehr geschossen.", en = "There is no more firing." }
source = "Art. 1"
binds = ["ukraine", "russia", "separatists"]
forbids = [{ type = "ASSAULT" }, { type = "ADVANCE" }, { type = "VIOLATE", modes = ["ceasefire"] }]
"""
REPORTS = [
    {"id": "b1", "published": "2021-03-02", "publisher": "Bote", "url": "https://example.org/b1?a=1&b=2", "text":
     "Kiew (dpa) - Bei einem Luftangriff auf Charkiw sind am Montag vier Menschen getötet worden. Das teilte das "
     "ukrainische Militär mit. Es machte die russische Armee dafür verantwortlich."},
    {"id": "b2", "published": "2021-03-02", "publisher": "Kurier", "text":
     "Moskau (AFP) - Das russische Verteidigungsministerium wies den Vorwurf zurück, Charkiw angegriffen zu haben. "
     "Bei dem Luftangriff auf Charkiw waren am Montag nach Angaben von Rettungskräften fünf Menschen getötet worden."},
    {"id": "b3", "published": "2021-03-03", "publisher": "Anzeiger", "text":
     "Donezk (Reuters) - Bei Beschuss in Donezk ist am Mittwoch ein Soldat verletzt worden, sagte ein Sprecher der "
     "Separatisten. Die Armee zählte am Dienstag 52 Verstöße der Separatisten gegen die Waffenruhe."},
    {"id": "b4", "published": "2021-03-04", "publisher": "Bote", "text":
     "Berlin (dpa) - Kremlchef Wladimir Putin und der ukrainische Präsident Wolodymyr Selenskyj haben am Donnerstag "
     "miteinander telefoniert. Das teilte der Kreml mit. Selenskyj forderte Russland auf, seine Truppen bis zum "
     "10. März abzuziehen."},
]  # fmt: skip
HOSTILE = (
    '<script>alert(1)</script> ]() [x](javascript:1) #import "a" $x$ *y* |z| `q` \\ & &amp;\n\n# no\r- {{7}} \u202e'
)


@pytest.fixture(scope="module")
def agreement(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    path = tmp_path_factory.mktemp("agreement") / "hill.toml"
    path.write_text(AGREEMENT, encoding="utf-8")
    return load(path)


@pytest.fixture(scope="module")
def found(agreement: Agreement, tmp_path_factory: pytest.TempPathFactory) -> Situation:
    with Store(str(tmp_path_factory.mktemp("store") / "s.db")) as store:
        fill(store, REPORTS)
        return gather(store, [agreement], "2021-03-01", "2021-03-08")


@pytest.fixture(scope="module")
def hostile(agreement: Agreement, found: Situation) -> Situation:
    """The same with hostile words wherever words of reports can come."""
    incidents = [_soiled(i) for i in found.incidents]
    findings = [f.model_copy(update={"by": [HOSTILE]}) for fs in found.findings.values() for f in fs]
    sources = {
        k: Source(k, HOSTILE, HOSTILE, s.published, HOSTILE, "javascript:alert(1)") for k, s in found.sources.items()
    }
    contacts = [c.model_copy(update={"topic": HOSTILE, "initiated_by": HOSTILE}) for c in found.contacts]
    made = situation(
        [agreement], found.since, found.until, incidents, findings, contacts=contacts, promises=found.promises,
        sources=sources, reports=4,
    )  # fmt: skip
    assert len(made.incidents) == len(found.incidents)
    return made


def _soiled(incident: Incident) -> Incident:
    members = [m.model_copy(update={"quote": HOSTILE, "speaker": HOSTILE, "name": HOSTILE}) for m in incident.members]
    places = [p.model_copy(update={"name": HOSTILE}) for p in incident.places]
    titled = {"title": Both(de=HOSTILE, en=HOSTILE), "why": Both(de=HOSTILE, en=HOSTILE)}
    return incident.model_copy(update={"members": members, "places": places, **titled})


@pytest.fixture(scope="module")
def many(agreement: Agreement, found: Situation) -> Situation:
    """Two hundred incidents over a week."""
    model = next(i for i in found.incidents if len(i.members) > 1)
    incidents, findings = [], []
    for n in range(200):
        day = f"2021-03-0{1 + n % 7}"
        assert model.time is not None
        moment = model.time.model_copy(update={"from_": f"{day}T0{n % 9}:00", "to": f"{day}T0{n % 9 + 1}:00"})
        name = f"i{n:010x}"
        incidents.append(model.model_copy(update={"id": name, "time": moment}))
        findings += [f.model_copy(update={"incident": name}) for f in found.findings[model.id]]
    return situation([agreement], found.since, found.until, incidents, findings, sources=found.sources, reports=4)


@pytest.fixture(scope="module")
def empty(agreement: Agreement) -> Situation:
    return situation([agreement], "2022-01-01", "2022-01-08", [], [])


_MADE: dict[tuple[int, str], Document] = {}


def made_of(found: Situation, language: Language = "de") -> Document:
    """The document of a fixture's situation, made once."""
    key = (id(found), language)
    if key not in _MADE:
        _MADE[key] = document(found, language)
    return _MADE[key]


class _Page(HTMLParser):
    """The ids, links, table rows and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.told: list[list[str]] = []
        self._row: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = dict(attrs)
        self.tags.append(tag)
        self.attributes += got
        if "id" in got:
            self.ids.append(got["id"] or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "tr" and got.get("class") != "details":
            self._row = [] if got.get("class") == "told" else None
            if self._row is not None:
                self.told.append(self._row)
        if tag == "a":
            self.links.append(got.get("href") or "")
            if self._row is not None:
                self._row.append(self.links[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_reported_leads_to_its_evidence(found: Situation, many: Situation, language: Language) -> None:
    for situation_ in (found, many):
        report = made_of(situation_, language)
        told = [x for b in report.blocks() for x in lines_of(b) if x.told]
        assert len(told) > 40
        assert [x.text for x in told if not x.refs()] == []
        assert [r for r in _rows(report) if r.told and not any(x.refs() for x in r.lines())] == []
        quotes = [
            x
            for r in _rows(report)
            for x in r.lines()
            if any(isinstance(p, Text) and p.style == "quote" for p in x.parts)
        ]
        assert quotes
    page = _Page(html.page_of(made_of(found, language)))
    assert page.told
    assert all(any(href.startswith("#") for href in row) for row in page.told if row != [])


def _rows(report: Document) -> Iterator[Row]:
    for block in report.blocks():
        if isinstance(block, Table):
            yield from block.rows()


def test_every_statement_of_the_overview_has_evidence_or_is_about_the_report(found: Situation) -> None:
    section = made_of(found).sections[0]
    lines = [x for b in section.blocks if isinstance(b, Items) for x in b.lines]
    bare = [x.text for x in lines if not x.refs()]
    quiet, little = "Längste Spanne ohne", table("truce_state")["words"]["little"]["de"]
    assert len(lines) > 4
    assert all(x.startswith(quiet) or little in x for x in bare), bare


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["found", "hostile", "empty", "many"])
def test_links_resolve(request: pytest.FixtureRequest, which: str, language: Language) -> None:
    made: Situation = request.getfixturevalue(which)
    page = _Page(html.page_of(made_of(made, language)))
    assert len(page.ids) == len(set(page.ids))
    within = {x[1:] for x in page.links if x.startswith("#")}
    assert within - set(page.ids) == set()
    assert all(x.startswith(("#", "https://")) for x in page.links)
    text = markdown.text_of(made_of(made, language))
    ids = re.findall(r'<a id="([^"]+)"></a>', text)
    targets = set(re.findall(r"\]\(#([^)]+)\)", text)) | set(re.findall(r"^\[[^\]]+\]: #(\S+)$", text, re.M))
    assert len(ids) == len(set(ids))
    assert targets and targets - set(ids) == set()


def test_page_is_self_contained_and_accessible(found: Situation) -> None:
    text = html.page_of(made_of(found))
    page = _Page(text)
    assert "default-src 'none'" in text and '<html lang="de">' in text
    assert not {"script", "img", "link", "iframe", "form"} & set(page.tags)
    assert not [a for a in page.attributes if a.startswith("on")]
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
    assert page.tags.count("table") == page.tags.count("caption") == page.tags.count("thead")
    assert {"main", "nav", "header", "footer"} <= set(page.tags)
    assert "@media print" in text and "prefers-color-scheme: dark" in text


def test_sections_in_their_order(found: Situation) -> None:
    titles = [s.title for s in made_of(found).sections]
    assert titles == [
        "Überblick", "Karte", "Gezählte Vorfälle", "Zeitleiste", "Vorfälle im Einzelnen", "Widerstreitende Angaben",
        "Behauptete Zahlen", "Kontakte, Zusagen, Anwesenheit", "Die Vereinbarungen", "Zum Verfahren", "Quellen",
    ]  # fmt: skip
    anchors = [b.anchor for b in made_of(found, "en").blocks() if isinstance(b, Section)]
    assert [f"i-{i.id}" for i in found.incidents if f"i-{i.id}" in anchors]


def test_who_denies_is_not_the_report_that_tells_it(found: Situation) -> None:
    section = next(s for s in made_of(found).sections if s.anchor == "contested")
    told = [x.text for b in _all(section) if isinstance(b, Table) for r in b.rows() for x in r.cells[1]]
    assert any("Verteidigungsministerium" in x for x in told)
    assert not any(x.startswith(("Kurier, eigenes Wort", "AFP, eigenes Wort")) for x in told)


def _all(section: Section) -> Iterator[object]:
    for block in section.blocks:
        yield block
        if isinstance(block, Section):
            yield from _all(block)


def test_claims_stay_claims(found: Situation) -> None:
    text = markdown.text_of(made_of(found))
    assert "laut " in text and "eigenes Wort" in text
    assert "52" in text and "Behauptete Zahlen" in text
    assert "Er ist kein Urteil" in text and "Keine Meldung heißt nicht, dass es ruhig war" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_formats_say_the_same(found: Situation, language: Language) -> None:
    report = made_of(found, language)
    page, text = html.page_of(report), markdown.text_of(report)
    for block in report.blocks():
        for line in lines_of(block):
            for part in line.parts:
                if isinstance(part, Text) and part.text.isalnum():
                    assert part.text in text and part.text in page


def test_escaping_in_html(hostile: Situation) -> None:
    for language in LANGUAGES:
        text = html.page_of(made_of(hostile, language))
        assert "<script" not in text and 'javascript:alert(1)"' not in text
        assert "&lt;script&gt;" in text and "\u202e" not in text


def test_escaping_in_markdown(hostile: Situation) -> None:
    text = markdown.text_of(made_of(hostile))
    assert not re.search(r"(?<!\\)<(?!a id=|/a>|https://)", text)
    assert "](javascript" not in text.replace("\\](", "") and "\u202e" not in text
    for row in (x for x in text.splitlines() if x.startswith("| ")):
        assert len(re.findall(r"(?<!\\)\|", row)) <= 10
    headings = [x for x in text.splitlines() if re.match("#+ ", x)]
    assert not [x for x in headings if x.startswith("# no")]
    assert not re.search(r"(?<!\\)`q(?<!\\)`", text) and r"\*y\*" in text and r"\$x\$" in text


def test_escaping_in_pdf(hostile: Situation) -> None:
    made = pdf.document_of(made_of(hostile))
    assert made.startswith(b"%PDF-") and len(made) > 50_000


def test_markdown_reads_as_words() -> None:
    assert markdown.escaped("a\n\n# b | c") == r"a \# b \| c"
    assert markdown.escaped("snake_case bleibt") == "snake_case bleibt"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf(found: Situation, language: Language) -> None:
    made = pdf.document_of(made_of(found, language))
    assert made.startswith(b"%PDF-1.7") and made == pdf.document(found, language)
    assert b"D:20210307000000" in made, "its date is the last day of the period"
    assert b"pdfaid" in made and b"pdfuaid" in made, "PDF/A and PDF/UA"
    assert b"Libertinus" in made and f"/Lang({language})".encode() in made.replace(b" ", b"")


def test_pdf_with_characters_that_no_font_has(agreement: Agreement, found: Situation) -> None:
    incidents = [
        i.model_copy(update={"members": [m.model_copy(update={"quote": "قال 停火 🙂"}) for m in i.members]})
        for i in found.incidents
    ]
    findings = [f for fs in found.findings.values() for f in fs]
    made = pdf.document(situation([agreement], found.since, found.until, incidents, findings))
    assert made.startswith(b"%PDF-") and b"pdfaid" not in made


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_situation_same_bytes(found: Situation, language: Language) -> None:
    assert html.page(found, language) == html.page(found, language)
    assert markdown.text(found, language) == markdown.text(found, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_situation(empty: Situation, language: Language) -> None:
    report = made_of(empty, language)
    for section in report.sections:
        assert section.blocks, section.title
        assert not [b for b in _all(section) if isinstance(b, Table)]
    text = markdown.text_of(report)
    assert ("kein Vorfall gemeldet" if language == "de" else "no incident") in text
    assert pdf.document_of(report).startswith(b"%PDF-")


def test_large_situation(many: Situation) -> None:
    started = time.perf_counter()
    text = html.page(many, "de")
    assert time.perf_counter() - started < 6
    assert text.count('class="level3" id="i-i') == 200
    assert "[+" in text, "long rows of links are counted"


def test_labels_are_the_same_in_both_languages() -> None:
    def keys(data: dict[str, object], before: str = "") -> Iterator[str]:
        for name, value in data.items():
            if isinstance(value, dict):
                yield from keys(value, f"{before}{name}.")
            else:
                slots = value if isinstance(value, str) else " ".join(map(str, value))  # type: ignore[call-overload]
                yield f"{before}{name} {sorted(set(re.findall('{([a-z]+)(?::[a-z]+)?}', slots)))}"

    assert sorted(keys(table("labels_situation.de"))) == sorted(keys(table("labels_situation.en")))


def test_web_addresses() -> None:
    assert web_address("https://example.org/a?b=1") == "https://example.org/a?b=1"
    assert web_address('https://example.org/"><x>') == "https://example.org/%22%3E%3Cx%3E"
    for bad in ("javascript:alert(1)", "data:text/html,x", "//x", "", None, "http://[x"):
        assert web_address(bad) is None


def test_markdown_lines_that_would_be_lists_or_rules() -> None:
    from trucewatch.reporting.situation.markdown import _opening

    assert [_opening(x) for x in ("- a", "1. a", "---", "02.03.2021 a", "-5 a")] == [
        r"\- a", r"1\. a", r"\---", "02.03.2021 a", "-5 a",
    ]  # fmt: skip

"""The reading room: any bytes become a report or an error of one line; positions stay; what a text says of itself."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest

import trucewatch
from trucewatch.reading import ReadingError, from_bytes, from_mapping, from_path, from_text
from trucewatch.reading.legible import LONGEST
from trucewatch.reading.metadata import iso_date

UMLAUTS = "Größere Verstöße gegen die Waffenruhe: „Überfälle“ bei Afrin – acht Tote."


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encodings_are_detected_and_stated(encoding: str, said: str) -> None:
    report = from_bytes(UMLAUTS.encode(encoding))
    assert report.text == UMLAUTS
    assert report.encoding == said


def test_latin_1_is_told_from_cp1252_only_where_it_shows() -> None:
    plain = "Größere Verstöße gegen die Waffenruhe"
    assert from_bytes(plain.encode("latin-1")).encoding == "latin-1"


def test_a_broken_place_does_not_turn_utf8_into_something_else() -> None:
    report = from_bytes("Waffenruhe hält für".encode() + b"\xff" + " längere Zeit".encode())
    assert report.encoding == "utf-8"
    assert "längere Zeit" in report.text
    assert report.notes


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"%PDF-1.7\n1 0 obj", "pdftotext"),
        (b"PK\x03\x04\x14\x00", "unpack"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"\x1f\x8b\x08\x00", "gunzip"),
        (b"\x7fELF\x02\x01", "program"),
        (bytes(range(256)) * 8, "plain text"),
        (b"\x01\x02\x03\x04" * 100, "plain text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line_that_says_what_to_do(data: bytes, hint: str) -> None:
    with pytest.raises(ReadingError) as fault:
        from_bytes(data)
    assert hint in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("data", [b"", b" ", b"\n\n\t", b"\xef\xbb\xbf", b"\0\0"])
def test_empty_is_an_empty_report_that_says_so(data: bytes) -> None:
    report = from_bytes(data)
    assert "the text is empty" in report.notes
    assert report.title is None and report.published is None


def test_nul_bytes_keep_their_place() -> None:
    report = from_text("Kiew\0meldet Ruhe")
    assert report.text == "Kiew\0meldet Ruhe"
    assert report.legible == "Kiew meldet Ruhe"
    assert any("NUL" in note for note in report.notes)


def test_markup_is_blanked_position_by_position() -> None:
    text = (
        "<html><head><title>x</title></head><p>Kiew (dpa) - Die <b>Waffenruhe</b> h&auml;lt&nbsp;nicht.</p>"
        "<!-- Angriff -->"
    )
    report = from_text(text)
    assert len(report.legible) == len(text)
    assert "Angriff" not in report.legible and "<" not in report.legible
    assert report.legible[text.index("Waffenruhe") :].startswith("Waffenruhe")
    assert report.agencies == ("dpa",)
    assert any("HTML" in note for note in report.notes)


def test_a_single_bracket_is_no_markup() -> None:
    text = "Es waren < 5 Tote, sagte er; > 3 Verletzte."
    assert from_text(text).legible == text


def test_right_to_left_text_and_its_marks_keep_their_places() -> None:
    text = "Der Sender \u202bالجزيرة\u202c meldete\u200b Angriffe."
    report = from_text(text)
    assert len(report.legible) == len(text)
    assert "الجزيرة" in report.legible and "\u202b" not in report.legible


def test_lone_surrogates_are_survived() -> None:
    report = from_text("Kiew \ud800 meldet")
    assert report.id.startswith("sha256:")
    assert "\ufffd" in report.legible


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000_000, "<script>" * 500_000, "<!--" * 500_000, "<a " * 500_000, "(" * 1_000_000, "Ab/ " * 500_000,
     " " * 2_000_000 + "x", "&amp;<p>" * 500_000, "„" * 500_000, "3. " * 500_000],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()
    report = from_text(text)
    assert time.perf_counter() - start < 2
    assert len(report.legible) <= LONGEST
    assert any("only the first" in note for note in report.notes)


def test_the_digest_is_that_of_the_bytes() -> None:
    data = UMLAUTS.encode("cp1252")
    assert from_bytes(data).id == from_bytes(data).id != from_text(UMLAUTS).id


# --- what a text says of itself ---


@pytest.mark.parametrize(
    ("text", "datelines", "agencies"),
    [
        ("Kiew (dpa) - Die Waffenruhe hält.", ["Kiew"], ["dpa"]),
        ("Istanbul/Damaskus (dpa) - Die Waffenruhe hält.", ["Istanbul", "Damaskus"], ["dpa"]),
        ("Tripolis (AFP) In Libyen wird wieder gekämpft.", ["Tripolis"], ["AFP"]),
        ("Tel Aviv (dpa/KNA) – Die Waffenruhe hält.", ["Tel Aviv"], ["dpa", "KNA"]),
        ("Moskau/Istanbul. Die Waffenruhe hält nicht, teilte der Kreml mit.", ["Moskau", "Istanbul"], []),
        ("Beirut – Die Hisbollah hat Israel angegriffen, wie es hieß.", ["Beirut"], []),
        ("New York/Genf (Reuters) - Die Waffenruhe hält.", ["New York", "Genf"], ["Reuters"]),
        ("Die Waffenruhe hält nicht.\n\nRND/cle/dpa", [], ["dpa"]),
        ("Die Waffenruhe hält nicht.\n\n(dpa/AFP)", [], ["dpa", "AFP"]),
        ("Die Waffenruhe hält nicht.\n\nQuelle: epd", [], ["epd"]),
        ("Update - Die Sache läuft nicht gut, wie es am Abend hieß.", [], []),
        ("Nein. Das haben sie nicht gesagt, meinte der Sprecher der Armee.", [], []),
        ("Die Partei (AP) und ihr Chef sind sich nicht einig.", [], []),
    ],
)
def test_datelines_and_agencies(text: str, datelines: list[str], agencies: list[str]) -> None:
    report = from_text(text)
    assert list(report.datelines) == datelines
    if "AP)" not in text:
        assert list(report.agencies) == agencies


def test_publisher_from_the_byline() -> None:
    assert from_text("Die Waffenruhe hält nicht.\n\nRND/cle/dpa").publisher == "RND"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Stand: 28.02.2020, 14:30 Uhr\n\nDie Waffenruhe hält.", "2020-02-28T14:30"),
        ("Berlin, 3. Februar 2020 (dpa) - Die Waffenruhe hält.", "2020-02-03"),
        ("Freitag, 28. Februar 2020\n\nDie Waffenruhe hält.", "2020-02-28"),
        ("2020-02-28 14:00\nDie Waffenruhe hält.", "2020-02-28T14:00"),
        ("Am 28. Februar 2020 begann die Waffenruhe.", None),
        ("28. Februar 2020 war der Tag, an dem die Waffenruhe begann.", None),
        ("31.02.2020\n\nDie Waffenruhe hält.", None),
    ],
)
def test_date_of_publication(text: str, published: str | None) -> None:
    assert from_text(text).published == published


def test_what_is_given_goes_before_what_the_text_says() -> None:
    report = from_text("Stand: 28.02.2020\n\nDie Waffenruhe hält.", published=dt.date(2021, 1, 2))
    assert report.published == "2021-01-02"


def test_title() -> None:
    body = "Kiew (dpa) - Die Waffenruhe hält, wie die Armee am Montag mitteilte."
    assert from_text(f"Waffenruhe hält vorerst\n\n{body}").title == "Waffenruhe hält vorerst"
    assert from_text(f"Waffenruhe hält vorerst\r\n\r\n{body}").title == "Waffenruhe hält vorerst"
    assert from_text(f"Die Waffenruhe hält.\n\n{body}").title is None
    assert from_text("Waffenruhe hält vorerst").title is None


@pytest.mark.parametrize("value", ["gestern", "32.13.2020", "2020-13-01", ""])
def test_a_date_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(ReadingError, match="YYYY-MM-DD"):
        iso_date(value)


# --- language ---


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "de"),
        ("Waffenruhe in Idlib gebrochen", "de"),
        ("Der Sender الجزيرة meldete am Freitag unter Berufung auf die Armee, die Waffenruhe sei gebrochen worden.", "de"),
        ("قال المتحدث باسم الجيش إن الهدنة صامدة", "und"),
        ("Le ministère a déclaré vendredi que le cessez-le-feu avait été violé par les rebelles dans le nord du pays, "
         "où deux villages ont été bombardés.", "und"),
        ("The ministry said on Friday that the ceasefire in the north was violated by the rebels, who had shelled two "
         "villages near the line of contact.", "en"),
    ],
)  # fmt: skip
def test_another_language_gives_an_honest_empty_record(text: str, language: str) -> None:
    record = trucewatch.read(text)
    assert record.report.language == language
    assert any("German" in note for note in record.report.notes) is (language != "de")
    if language != "de":
        assert record.events == []


# --- files ---


def test_metadata_beside_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Die Waffenruhe hält.", encoding="utf-8")
    (tmp_path / "a.meta.json").write_text('{"published": "2020-02-28", "publisher": "RND"}', encoding="utf-8")
    report = from_path(tmp_path / "a.txt")
    assert (report.published, report.publisher, report.name) == ("2020-02-28", "RND", "a")
    assert from_path(tmp_path / "a.txt", published="2020-03-01").published == "2020-03-01"


@pytest.mark.parametrize("faulty", ["{", "[]", '{"published": "bald"}', "\x00"])
def test_faulty_metadata_is_an_error_of_one_line(tmp_path: Path, faulty: str) -> None:
    (tmp_path / "a.txt").write_text("Die Waffenruhe hält.", encoding="utf-8")
    (tmp_path / "a.meta.json").write_text(faulty, encoding="utf-8")
    with pytest.raises(ReadingError) as fault:
        from_path(tmp_path / "a.txt")
    assert "\n" not in str(fault.value)


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(ReadingError):
            from_path(path)


def test_a_line_of_json() -> None:
    row = json.loads('{"id": "x1", "text": "Die Waffenruhe hält.", "published": "2020-02-28", "title": "T", "more": 1}')
    report = from_mapping(row)
    assert (report.name, report.published, report.title) == ("x1", "2020-02-28", "T")
    with pytest.raises(ReadingError, match='"text"'):
        from_mapping({"texts": "x"})

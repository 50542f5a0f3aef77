"""Places: the gazetteer index, names in German and English spellings, what is a place and what only looks like one."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from trucewatch.extraction.place_names import place_names
from trucewatch.extraction.places import PlaceMention, Places, find_places
from trucewatch.knowledge import gazetteer as index
from trucewatch.knowledge.place_spelling import key, sound, without_article
from trucewatch.language.german import analyse


def read(text: str) -> Places:
    return find_places(analyse(text))


def found(text: str) -> list[tuple[str, str]]:
    """(name, precision) of every place."""
    return [(p.name, p.precision) for p in read(text).all]


def mention(text: str, words: str) -> PlaceMention:
    """The mention that is written ``words``."""
    return next(m for m in read(text).mentions if text[m.start : m.end] == words)


# -- spelling -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Chan Scheichun", "Khan Shaykhun"), ("Sarakib", "Saraqib"), ("Edlib", "Idlib"), ("Adschdabija", "Ajdabiya"),
        ("Stepaniwka", "Stepanivka"), ("Gandscha", "Ganja"), ("Lyssytschansk", "Lysychansk"), ("Raschid", "Rashid"),
    ],
)  # fmt: skip
def test_transliterations_sound_alike(german: str, english: str) -> None:
    assert sound(german, "de") == sound(english, "en")


def test_keys_ignore_case_accents_marks_and_articles() -> None:
    assert key("Al-Fu'ah") == key("al Fuʿah".replace("ʿ", "'")) == "alfuah"
    assert key("Şırnak") == "sirnak"
    assert without_article("Ar-Rakka") == "rakka"
    assert without_article("Aleppo") is None


# -- the index ------------------------------------------------------------------------------------------------------


CITIES: list[dict[str, Any]] = [
    {"geonameid": 1, "name": "Testburg", "countrycode": "SY", "admin1code": "1", "latitude": 1.0, "longitude": 2.0,
     "population": 900, "alternatenames": ["Al-Testburg", "tstbrgh", "Тест"]},
    {"geonameid": 2, "name": "Testburg", "countrycode": "US", "admin1code": "2", "latitude": 3.0, "longitude": 4.0,
     "population": 1200, "alternatenames": []},
]  # fmt: skip


@pytest.fixture
def small_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setattr(index, "_cities", lambda: iter(CITIES))
    monkeypatch.setattr(index, "_folders", lambda: iter([tmp_path / "cache"]))
    yield tmp_path / "cache"


def test_index_is_built_once_and_read_again(small_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = index.gazetteer.__wrapped__()
    assert [s.country for s in built.settlements(["testburg"])["testburg"]] == ["US", "SY"]
    assert built.settlements(["altestburg", "tstbrgh"]) == {
        "altestburg": built.settlements(["altestburg"])["altestburg"],
        "tstbrgh": [],
    }
    assert len(list(small_index.iterdir())) == 1
    monkeypatch.setattr(index, "_cities", lambda: pytest.fail("built a second time"))
    assert index.gazetteer.__wrapped__().by_id(1) is not None


def test_damaged_index_is_made_anew(small_index: Path) -> None:
    index.gazetteer.__wrapped__()
    next(small_index.iterdir()).write_bytes(b"not a database")
    assert index.gazetteer.__wrapped__().settlements(["testburg"])["testburg"]


def test_index_stays_in_memory_where_nothing_can_be_written(
    small_index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(index, "_folders", lambda: iter([tmp_path / "file" / "below"]))
    assert index.gazetteer.__wrapped__().countries["SY"].name == "Syrien"


@pytest.mark.parametrize("planted", ["somebody's", "a link", "open to all"])
def test_an_index_that_others_may_have_made_is_not_read(
    planted: str, small_index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a temporary folder the first who comes makes the place where we look."""
    index.gazetteer.__wrapped__()  # an index of this very version, as somebody else would have planted it
    monkeypatch.setattr(index.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(index, "_cities", lambda: iter(CITIES[1:]))
    if planted == "somebody's":
        monkeypatch.setattr(index.os, "getuid", lambda: 4711, raising=False)
    elif planted == "a link":
        small_index.rename(tmp_path / "elsewhere")
        small_index.symlink_to(tmp_path / "elsewhere")
    else:
        small_index.chmod(0o777)
    assert index.gazetteer.__wrapped__().by_id(1) is None
    monkeypatch.undo()


def test_index_is_read_only(small_index: Path) -> None:
    built = index.gazetteer.__wrapped__()
    with pytest.raises(sqlite3.OperationalError):
        built._open().execute("DELETE FROM place")


def test_every_state_has_a_name_and_an_id() -> None:
    countries = place_names("de").countries
    assert len(countries) > 200
    assert countries["UA"].name == "Ukraine"
    assert countries["SY"].geonames == 163843


# -- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bei Gefechten in der Provinz Idlib starben vier Rebellen.", ("Idlib", "admin1")),
        ("Im Dorf Kafr Takla in Syrien fielen Schüsse.", ("Kafr Takla", "place")),
        ("Nahe der syrischen Kleinstadt Sarakeb explodierte eine Mine.", ("Sarakeb", "place")),
        ("Raketen trafen die ukrainische Hafenstadt Mariupol.", ("Mariupol", "place")),
        ("Im Nordwesten Syriens toben Kämpfe.", ("Nordwesten Syriens", "region")),
        ("In Nordsyrien toben Kämpfe.", ("Nordsyrien", "region")),
        ("In der Ostukraine toben Kämpfe.", ("Ostukraine", "region")),
        ("Im Gazastreifen wird wieder gekämpft.", ("Gazastreifen", "admin1")),
        ("Am Schwarzen Meer liegt ein Kriegsschiff.", ("Schwarzes Meer", "region")),
        ("Der Flughafen von Donezk ist umkämpft.", ("Flughafen von Donezk", "exact")),
        ("An der türkisch-syrischen Grenze warten Flüchtlinge.", ("türkisch-syrische Grenze", "line")),
        ("Die Grenze zu Ägypten ist wieder offen.", ("Grenze zu Ägypten", "line")),
        ("An der Kontaktlinie blieb es ruhig.", ("Kontaktlinie", "line")),
        ("Die Miliz griff Ziele auf pakistanischem Gebiet an.", ("Pakistan", "country")),
        ("Rund 30 Kilometer südlich von Aleppo stürzte eine Drohne ab.", ("südlich von Aleppo", "place")),
        ("Verwundete werden in türkischen Krankenhäusern behandelt.", ("Türkei", "country")),
        ("In der Demokratischen Republik Kongo wird gewählt.", ("Demokratische Republik Kongo", "country")),
        ("In der syrischen Hauptstadt fielen Schüsse.", ("Damaskus", "place")),
        ("Die Idlib-Provinz ist abgeriegelt.", ("Idlib", "admin1")),
        ("Am Bagdader Flughafen schlug eine Rakete ein.", ("Bagdader Flughafen", "exact")),
        ("In der Beiruter Innenstadt explodierte eine Bombe.", ("Beirut", "place")),
        ("In Westmossul im Irak wird gekämpft.", ("Westmossul", "place")),
        ("In Laschkar Gah in Afghanistan starben vier Menschen.", ("Laschkar Gah", "place")),
        ("In Thailands Süden wird geschossen.", ("Thailands Süden", "region")),
    ],
)  # fmt: skip
def test_finds(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


def test_lists_share_their_place_word() -> None:
    names = found("In den Provinzen Helmand, Kandahar und Ghazni griffen Taliban Posten an.")
    assert names == [("Helmand", "admin1"), ("Kandahar", "admin1"), ("Ghazni", "admin1")]


def test_country_context_decides_between_namesakes() -> None:
    syria = read("In Homs wurde gekämpft. Die syrische Armee rückt in Syrien vor.")
    assert (syria.all[0].name, syria.all[0].country) == ("Homs", "SY")
    lebanon = read("In Tripoli im Norden des Libanon brannten Reifen. Die libanesische Armee griff ein.")
    assert lebanon.all[0].country == "LB"


def test_one_place_per_referent() -> None:
    places = read(
        "In der Provinz Idlib starben Menschen. Die Region Idlib ist umkämpft. Auch in Idlib wird geschossen."
    )
    assert [p.name for p in places.all] == ["Idlib"]
    assert len(places.all[0].mentions) == 3
    assert places.all[0].geonames == 169387


def test_town_and_province_of_one_name_stay_apart() -> None:
    names = found("In der Stadt Saada im Jemen fielen Bomben. In der Provinz Saada wird gekämpft.")
    assert names.count(("Saada", "place")) == 1
    assert names.count(("Saada", "admin1")) == 1


def test_unknown_village_has_no_coordinates() -> None:
    place = read("In dem syrischen Dorf Kafr Abuschabil wurde eine Schule getroffen.").all[0]
    assert (place.name, place.lat, place.geonames, place.country) == ("Kafr Abuschabil", None, None, "SY")


# -- what is no place -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Essen und Trinken waren in der Halle knapp.",
        "Peter Essen und Maria Halle trafen Frau Bergen.",
        "Der Angriff in der Nacht kostete viele das Leben.",
        "Minister Sidon sprach mit General Tyros.",
        "Das Magazin Spiegel und die Zeitung Bild berichten darüber.",
        "Die SPD und die CDU streiten im März und im August.",
        "Menschen in Not geraten in Haft.",
        "Der Sturm im Osten war stark.",
        "Die Organisation für Sicherheit und Zusammenarbeit in Europa tagt.",
    ],
)
def test_common_nouns_persons_and_papers_are_no_places(text: str) -> None:
    assert found(text) == []


# -- use ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bei Kämpfen in Syrien starben Menschen.", "Syrien"),
        ("Die Miliz feuerte Raketen auf Israel.", "Israel"),
        ("In der Nähe von Bagdad explodierte eine Bombe.", "Bagdad"),
        ("Die Einnahme von Rakka steht bevor.", "Rakka"),
        ("Ein Mann griff die Botschaft an. Beim Angriff auf die Botschaft in Kabul starben drei.", "Kabul"),
        ("Luftangriffe gegen Bengasi dauern an.", "Bengasi"),
    ],
)
def test_locative(text: str, words: str) -> None:
    places = read(text)
    hit = next(m for m in places.mentions if text[m.start : m.end] == words)
    assert places.locative(hit)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Der Präsident der Türkei reiste ab.", "Türkei"),
        ("Die Truppen Syriens ziehen ab.", "Syriens"),
        ("Sanktionen gegen Syrien bleiben.", "Syrien"),
        ("Das Verteidigungsministerium in Moskau teilte das mit.", "Moskau"),
        ("Die Türkei unterstützt die Rebellen.", "Türkei"),
    ],
)
def test_not_locative(text: str, words: str) -> None:
    assert not mention(text, words).locative


def test_capital_that_speaks_is_metonymic() -> None:
    assert mention("Damaskus wies die Vorwürfe zurück.", "Damaskus").metonymic
    assert not mention("In Damaskus fielen Schüsse.", "Damaskus").metonymic


def test_dateline() -> None:
    places = read("Kiew/Moskau (dpa) - In Donezk in der Ukraine fielen Schüsse.")
    assert [m.dateline for m in places.mentions] == [True, True, False, False]


def test_there_and_the_town_take_up_the_last_place() -> None:
    places = read("Rebellen eroberten in Syrien die Stadt Afrin. Dort starben acht Menschen. In der Stadt brennt es.")
    anaphoric = [places.place(m).name for m in places.mentions if m.anaphoric]
    assert anaphoric == ["Afrin", "Afrin"]


def test_both_towns_take_up_a_list() -> None:
    places = read("In Homs und Hama in Syrien wurde gekämpft. Die Bewohner beider Städte fliehen.")
    assert [places.place(m).name for m in places.mentions if m.anaphoric] == ["Homs", "Hama"]


def test_state_before_its_province_is_no_place_of_the_event() -> None:
    text = "In Syriens Provinz Idlib fielen Schüsse."
    assert [m.locative for m in read(text).mentions] == [False, True]


def test_in_phrase_and_at() -> None:
    text = "Bei Gefechten in der Stadt Homs in Syrien starben zwei Kämpfer."
    places = read(text)
    start = text.index("Homs")
    assert [places.place(m).name for m in places.at(start, start + 4)] == ["Homs"]


# -- bounds ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "(", "/", "von von von", "-", "شرق حلب", "im", "Norden", "Grenze zu", "A" * 5000]
)
def test_odd_text(text: str) -> None:
    read(text)


def test_offsets_point_into_the_text() -> None:
    text = (
        "Kiew (dpa) – In der Ostukraine, 20 Kilometer nördlich von Donezk, wurde geschossen. Dort gilt eine Waffenruhe."
    )
    places = read(text)
    assert all(0 <= m.start < m.end <= len(text) for m in places.mentions)
    assert [(m.start, m.end) for m in places.mentions] == sorted(s for p in places.all for s in p.mentions)


def test_time_grows_with_the_text() -> None:
    text = (
        "In Homs und Hama in Syrien griffen Rebellen an der Grenze zu Syrien an. Dort, in der Stadt, starben Menschen. "
    )
    short, long_ = analyse(text * 20), analyse(text * 100)
    find_places(short)

    def seconds(analysis: Any) -> float:
        start = time.perf_counter()
        find_places(analysis)
        return time.perf_counter() - start

    assert min(seconds(long_) for _ in range(3)) < 12 * min(seconds(short) for _ in range(3))


def test_a_village_that_no_gazetteer_knows_behind_a_states_adjective() -> None:
    import trucewatch

    record = trucewatch.read(
        "Nach dem Angriff auf ein Wohnhaus im ostlibanesischen Maschghara stieg die Zahl der Toten auf elf. Im russischen "
        "Fernsehen hieß es nichts dazu.",
        published="2024-10-31",
    )
    assert [(p.name, p.country) for p in record.places] == [("Maschghara", "LB")]

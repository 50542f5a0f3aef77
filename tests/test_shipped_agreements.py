"""The agreement files that come with the program: they fit together, and their zones hold the towns that they must."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import shapely

import trucewatch
from trucewatch.agreements import load as loading
from trucewatch.agreements.load import check, load, shipped
from trucewatch.agreements.model import ANYONE, Agreement, Provision, faults
from trucewatch.agreements.zones import Area, area_of
from trucewatch.incident import Both, IncidentPlace
from trucewatch.knowledge.gazetteer import Settlement, gazetteer
from trucewatch.knowledge.place_spelling import key
from trucewatch.knowledge.register import register
from trucewatch.linking.knowledge import families, has_word, standing

FOLDER = Path(loading.__file__).parent / "shipped"
IDS = sorted(path.stem for path in FOLDER.glob("*.toml"))
LONGEST = 300
"""Code points: a paraphrase is short."""
CHAINS = [
    ("idlib-astana-2017", "idlib-sochi-2018"), ("idlib-sochi-2018", "idlib-moscow-2020"),
    ("minsk-2-2015", "minsk-measures-2020"), ("karabakh-2020-10-10", "karabakh-2020-11-09"),
    ("unscr-1701", "israel-lebanon-2024-11-27"),
]  # fmt: skip
STARTS = {
    "hodeidah-2018-12-13": ("2018-12-18T00:00", None), "idlib-astana-2017": ("2017-05-06T00:00", None),
    "idlib-moscow-2020": ("2020-03-06T00:01", None), "idlib-sochi-2018": ("2018-09-17", None),
    "israel-lebanon-2024-11-27": ("2024-11-27T04:00", None), "karabakh-2020-10-10": ("2020-10-10T12:00", "2020-11-10T01:00"),
    "karabakh-2020-11-09": ("2020-11-10T01:00", None), "libya-2020-10-23": ("2020-10-23", None),
    "minsk-2-2015": ("2015-02-15T00:00", "2022-02-24"), "minsk-measures-2020": ("2020-07-27T00:01", "2022-02-24"),
    "pretoria-2022-11-02": ("2022-11-03", None), "unscr-1701": ("2006-08-14T08:00", None),
}  # fmt: skip
"""First moment and end of each agreement; ``None``: open."""
DEADLINES = {
    ("idlib-sochi-2018", "heavy-weapons-out"): "2018-10-10", ("idlib-sochi-2018", "radical-groups-out"): "2018-10-15",
    ("idlib-moscow-2020", "joint-patrols"): "2020-03-15", ("karabakh-2020-11-09", "agdam-returned"): "2020-11-20",
    ("karabakh-2020-11-09", "kelbajar-returned"): "2020-11-25", ("karabakh-2020-11-09", "lachin-returned"): "2020-12-01",
    ("libya-2020-10-23", "foreign-fighters-out"): "2021-01-23", ("hodeidah-2018-12-13", "ports-redeployment"): "2019-01-01",
    ("hodeidah-2018-12-13", "city-redeployment"): "2019-01-08",
    ("israel-lebanon-2024-11-27", "israeli-withdrawal"): "2025-01-26T04:00",
    ("israel-lebanon-2024-11-27", "israeli-withdrawal-extended"): "2025-02-18",
    ("pretoria-2022-11-02", "disarmament"): "2022-12-03",
}  # fmt: skip
# Towns by GeoNames' main or other names, in their country; those with a dot in their name are places of the reader.
INSIDE = {
    ("idlib-astana-2017", "idlib", "SY"): [
        "Idlib", "Saraqib", "Arīḩā", "Ma‘arrat an Nu‘mān", "Jisr ash Shughūr", "Khan Shaykhun", "Binnish",
        "Kafr Nabl", "Kafr Zayta", "Salqin",
        "Harim", "Darkush", "Al Atarib", "Darat Izzah", "Abu ad Duhur", "Qal‘at al Maḑīq", "Zarbah",
    ],
    ("idlib-astana-2017", "north-homs", "SY"): ["Ar Rastan", "Talbisah", "Al Ghanţū"],
    ("idlib-astana-2017", "east-ghouta", "SY"): ["Duma", "Harasta", "Kafr Batna", "Nashabiyah"],
    ("idlib-astana-2017", "south", "SY"): ["Daraa", "Nawa", "Jasim", "Buşrá ash Shām"],
    ("idlib-sochi-2018", "idlib", "SY"): ["Idlib", "Saraqib"],
    ("idlib-sochi-2018", "demilitarised", "SY"): ["Khan Shaykhun", "Kafr Zayta", "Zarbah"],
    ("idlib-sochi-2018", "m4-m5", "SY"): ["Khan Shaykhun", "Saraqib", "Arīḩā", "Ma‘arrat an Nu‘mān"],
    ("idlib-moscow-2020", "corridor", "SY"): ["Arīḩā", "Saraqib", "Jisr ash Shughūr"],
    ("minsk-2-2015", "donbas", "UA"): [
        "Donetsk", "Luhansk", "Debaltseve", "Horlivka", "Shyrokyne", "Mariupol", "Slovyansk", "Kramatorsk", "Starobilsk",
        "Novoazovsk", "Stanytsya Luhanska",
    ],
    ("minsk-2-2015", "security-50", "UA"): [
        "Donetsk", "Debaltseve", "Horlivka", "Avdiyivka", "Shyrokyne", "Mar'yinka", "Popasna",
    ],
    ("minsk-2-2015", "security-140", "UA"): ["Kramatorsk", "Donetsk", "Mariupol"],
    ("minsk-measures-2020", "donbas", "UA"): ["Avdiyivka", "Zolote"],
    ("karabakh-2020-10-10", "parties-land", "AZ"): ["Shusha", "Ganja", "Barda"],
    ("karabakh-2020-10-10", "parties-land", "AM"): ["Vardenis", "Goris"],
    ("karabakh-2020-11-09", "conflict-zone", "AZ"): [
        "Stepanakert", "Shusha", "Lachin", "Agdam", "Kalbajar", "Fizuli", "Jabrayil", "Zangilan", "Qubadli",
    ],
    ("karabakh-2020-11-09", "agdam", "AZ"): ["Agdam"],
    ("karabakh-2020-11-09", "kelbajar", "AZ"): ["Kalbajar"],
    ("karabakh-2020-11-09", "lachin", "AZ"): ["Lachin"],
    ("karabakh-2020-11-09", "lachin-corridor", "AZ"): ["Lachin"],
    ("karabakh-2020-11-09", "peacekeepers", "AZ"): ["Stepanakert", "Askeran"],
    ("libya-2020-10-23", "libya", "LY"): ["Tripoli", "Sirte", "Benghazi", "Sabha"],
    ("hodeidah-2018-12-13", "governorate", "YE"): [
        "Hodeidah", "As Salif", "Zabid", "Al Khawkhah", "Bayt al Faqih", "Hays", "Ad Durayhimi", "Bajil",
    ],
    ("hodeidah-2018-12-13", "city", "YE"): ["Hodeidah"],
    ("hodeidah-2018-12-13", "port-salif", "YE"): ["As Salif"],
    ("hodeidah-2018-12-13", "taiz", "YE"): ["Taiz"],
    ("israel-lebanon-2024-11-27", "south-of-litani", "LB"): [
        "Tyre", "Bint Jbeil", "Naqoura", "Marjayoun", "Tebnine", "Qana", "Kfar Kila", "Srîfa",
    ],
    ("israel-lebanon-2024-11-27", "israel", "IL"): ["Qiryat Shemona", "Haifa"],
    ("unscr-1701", "lebanon", "LB"): ["Beirut", "Baalbek"],
    ("unscr-1701", "blue-line", "LB"): ["Bint Jbeil", "Kfar Kila", "Naqoura"],
    ("unscr-1701", "blue-line", "IL"): ["Metula"],
    ("pretoria-2022-11-02", "tigray", "ET"): ["Mekele", "Axum", "Adigrat", "Adwa", "Maychew", "Alamata"],
    ("pretoria-2022-11-02", "ethiopia", "ET"): ["Addis Ababa", "Gondar"],
}  # fmt: skip
OUTSIDE = {
    ("idlib-astana-2017", "idlib", "SY"): [
        "Damascus", "Palmyra", "Hama", "Homs", "Latakia", "Aleppo", "Afrin", "Tall Rif'at", "Muhradah", "Al Haffah",
    ],
    ("idlib-astana-2017", "north-homs", "SY"): ["Homs", "Hama"],
    ("idlib-astana-2017", "east-ghouta", "SY"): ["Damascus"],
    ("idlib-astana-2017", "south", "SY"): ["Suwayda", "Damascus"],
    ("idlib-sochi-2018", "demilitarised", "SY"): ["Idlib", "Harim", "Hama", "Aleppo", "Salqin"],
    ("idlib-moscow-2020", "corridor", "SY"): ["Idlib", "Ma‘arrat an Nu‘mān", "Latakia"],
    ("minsk-2-2015", "donbas", "UA"): ["Kharkiv", "Dnipro", "Izium", "Zaporizhzhya", "Berdyansk"],
    ("minsk-2-2015", "security-50", "UA"): ["Slovyansk", "Starobilsk", "Kramatorsk"],
    ("karabakh-2020-11-09", "conflict-zone", "AZ"): ["Baku", "Ganja", "Barda", "Terter", "Beylagan"],
    ("karabakh-2020-11-09", "conflict-zone", "AM"): ["Yerevan", "Goris", "Kapan", "Vardenis"],
    ("karabakh-2020-11-09", "peacekeepers", "AZ"): ["Shusha", "Agdam", "Lachin"],
    ("karabakh-2020-11-09", "lachin-corridor", "AZ"): ["Shusha", "Kalbajar"],
    ("hodeidah-2018-12-13", "governorate", "YE"): ["Mocha", "Taiz", "Sanaa", "Hajjah"],
    ("hodeidah-2018-12-13", "city", "YE"): ["As Salif", "Bajil"],
    ("israel-lebanon-2024-11-27", "south-of-litani", "LB"): ["Beirut", "Sidon", "Nabatieh", "Jezzine", "Baalbek"],
    ("israel-lebanon-2024-11-27", "south-of-litani", "IL"): ["Metula", "Nahariyya", "Qiryat Shemona", "Shelomi"],
    ("unscr-1701", "blue-line", "LB"): ["Sidon", "Beirut"],
    ("pretoria-2022-11-02", "tigray", "ET"): ["Gondar", "Lalibela", "Addis Ababa", "Weldiya", "Samara"],
}  # fmt: skip


def towns(table: dict[tuple[str, str, str], list[str]]) -> list[tuple[str, str, Settlement]]:
    return [(name, zone, _town(country, town)) for (name, zone, country), names in table.items() for town in names]


@cache
def _town(country: str, name: str) -> Settlement:
    found = [t for t in gazetteer().settlements([key(name)])[key(name)] if t.country == country]
    assert found, f"{name} ({country}) is not in the gazetteer"
    return min(found, key=lambda t: (t.grade, -t.population))


@cache
def _area(name: str, zone: str) -> Area:
    return area_of(shipped()[name], zone)


def _place(town: Settlement) -> IncidentPlace:
    return IncidentPlace(
        name=town.name, country=town.country, geonames=town.id, lat=town.lat, lon=town.lon, precision="place"
    )


def _label(value: object) -> str | None:
    return value.name if isinstance(value, Settlement) else None


def provisions() -> list[tuple[str, Provision]]:
    return [(name, provision) for name in IDS for provision in shipped()[name].provisions]


def test_all_twelve_are_there() -> None:
    assert sorted(STARTS) == IDS
    assert sorted(shipped()) == IDS


@pytest.mark.parametrize("name", IDS)
def test_file_is_right(name: str) -> None:
    path = FOLDER / f"{name}.toml"
    assert check(path) == []
    agreement = load(path)
    assert agreement.id == name
    assert list(faults(agreement)) == []
    assert Agreement.model_validate_json(agreement.model_dump_json()) == agreement


@pytest.mark.parametrize("name", IDS)
def test_every_zone_party_and_exception_is_used(name: str) -> None:
    agreement = shipped()[name]
    zones, parties, exceptions = set(agreement.area), set(), set()
    for provision in agreement.provisions:
        zones |= set(provision.where)
        parties |= {*provision.binds, *provision.acts_by, *provision.against} - {ANYONE}
        exceptions |= set(provision.exceptions)
    parties |= {p for e in agreement.exceptions for p in (*e.targets, *e.actors)}
    zones |= {z for zone in agreement.zones for z in (zone.within, *zone.minus) if z}
    spoken_of = {p.id for p in agreement.parties if p.role in ("mediator", "monitor", "listed", "protected")}
    assert {z.id for z in agreement.zones} <= zones
    assert {p.id for p in agreement.parties} <= parties | spoken_of
    assert {e.id for e in agreement.exceptions} <= exceptions


@pytest.mark.parametrize(("older", "newer"), CHAINS)
def test_links_lead_both_ways(older: str, newer: str) -> None:
    assert newer in shipped()[older].successors
    assert older in shipped()[newer].predecessors


@pytest.mark.parametrize("name", IDS)
def test_no_link_leads_nowhere(name: str) -> None:
    agreement = shipped()[name]
    links = [(other, name) for other in agreement.predecessors] + [(name, other) for other in agreement.successors]
    assert set(links) <= set(CHAINS)


@pytest.mark.parametrize("name", IDS)
def test_windows(name: str) -> None:
    windows = shipped()[name].windows
    assert (windows[0].from_, windows[-1].to) == STARTS[name]
    assert windows[0].kind == "initial"
    for before, after in pairwise(windows):
        assert after.kind == "extension"
        assert before.to == after.from_


def test_windows_of_astana() -> None:
    first, second = shipped()["idlib-astana-2017"].windows
    assert (first.from_, first.to, second.to) == ("2017-05-06T00:00", "2017-11-06T00:00", None)


@pytest.mark.parametrize(("where", "deadline"), DEADLINES.items(), ids=lambda v: v[1] if isinstance(v, tuple) else "")
def test_deadlines(where: tuple[str, str], deadline: str) -> None:
    assert shipped()[where[0]].provision(where[1]).deadline == deadline


@pytest.mark.parametrize(("name", "provision"), provisions(), ids=lambda v: v if isinstance(v, str) else v.id)
def test_provision_says_where_it_stands_in_both_languages(name: str, provision: Provision) -> None:
    assert provision.source
    for words in (provision.title, provision.text):
        _two_languages(words)
    assert len(provision.text.de) < LONGEST
    assert len(provision.text.en) < LONGEST


@pytest.mark.parametrize("name", IDS)
def test_words_are_there_in_both_languages(name: str) -> None:
    agreement = shipped()[name]
    assert agreement.note is not None
    for words in (agreement.title, agreement.note, *(e.text for e in agreement.exceptions)):
        _two_languages(words)
    for zone in agreement.zones:
        assert zone.name.de
        assert zone.name.en
        if zone.note is not None:
            _two_languages(zone.note)
    assert all(len(e.text.de) < LONGEST and len(e.text.en) < LONGEST for e in agreement.exceptions)


def _two_languages(words: Both) -> None:
    assert words.de.strip()
    assert words.en.strip()
    assert words.de != words.en


@pytest.mark.parametrize("name", IDS)
def test_parties_are_in_the_register(name: str) -> None:
    known = register()
    for party in shipped()[name].parties:
        for code in (*party.states, *party.unnamed_in):
            assert code in known.states, f"{party.id}: {code}"
        for group in party.groups:
            assert group in known.entities, f"{party.id}: {group}"
            assert known.entities[group].kind == "armed_group"
        for body in party.organisations:
            listed = body in known.entities or body in standing() or body in families()
            assert listed or has_word("de", "bodies", body), f"{party.id}: {body}"


@pytest.mark.parametrize("name", ["idlib-astana-2017", "idlib-sochi-2018", "idlib-moscow-2020"])
def test_syria_signed_none_of_the_idlib_texts(name: str) -> None:
    agreement = shipped()[name]
    for party in ("syria", "opposition"):
        assert agreement.party(party).role == "addressee"
        assert agreement.party(party).signed is None
    assert agreement.party("russia").signed == agreement.signed
    assert agreement.exceptions[0].targets
    listed = {g for p in agreement.exceptions[0].targets for g in agreement.party(p).groups}
    assert {"Haiat Tahrir al-Scham", "Al-Nusra-Front", "Islamischer Staat", "Al-Kaida"} <= listed


def test_minsk_names_no_duty_of_russia() -> None:
    agreement = shipped()["minsk-2-2015"]
    bound = [p for p in agreement.provisions if "russia" in p.binds]
    assert [p.kind for p in bound] == ["consultation"]
    assert agreement.party("russia").role == "mediator"
    assert agreement.party("formations").unnamed_certain


def test_who_is_meant_where_a_guarantor_answers_for_others() -> None:
    provision = shipped()["idlib-sochi-2018"].provision("no-attack-on-idlib")
    assert (provision.duty, provision.binds) == ("ensure", ["russia"])
    assert "syria" in provision.acts_by
    for name, one in provisions():
        if one.duty == "ensure":
            assert one.acts_by, f"{name}: {one.id} does not say whose acts it means"
        assert one.duty != "fulfil" or one.demands, f"{name}: {one.id}"


@pytest.mark.parametrize(("name", "zone", "town"), towns(INSIDE), ids=_label)
def test_town_lies_inside(name: str, zone: str, town: Settlement) -> None:
    area = _area(name, zone)
    assert shapely.contains_xy(area.degrees(), town.lon, town.lat)
    assert area.holds([_place(town)]).holds is not False


@pytest.mark.parametrize(("name", "zone", "town"), towns(OUTSIDE), ids=_label)
def test_town_lies_outside(name: str, zone: str, town: Settlement) -> None:
    area = _area(name, zone)
    assert not shapely.contains_xy(area.degrees(), town.lon, town.lat)
    assert area.holds([_place(town)]).holds is not True


@pytest.mark.parametrize(
    ("name", "zone", "country", "town"),
    [
        ("idlib-sochi-2018", "idlib", "SY", "Saraqib"), ("idlib-sochi-2018", "idlib", "SY", "Arīḩā"),
        ("idlib-moscow-2020", "idlib", "SY", "Kafr Nabl"), ("minsk-2-2015", "donbas", "UA", "Debaltseve"),
        ("minsk-2-2015", "donbas", "UA", "Avdiyivka"), ("minsk-2-2015", "security-50", "UA", "Avdiyivka"),
        ("karabakh-2020-11-09", "conflict-zone", "AZ", "Stepanakert"), ("karabakh-2020-11-09", "conflict-zone", "AZ", "Shusha"),
        ("israel-lebanon-2024-11-27", "south-of-litani", "LB", "Tebnine"), ("hodeidah-2018-12-13", "city", "YE", "Hodeidah"),
        ("pretoria-2022-11-02", "tigray", "ET", "Mekele"), ("pretoria-2022-11-02", "tigray", "ET", "Axum"),
    ],
)  # fmt: skip
def test_town_is_inside_for_certain(name: str, zone: str, country: str, town: str) -> None:
    assert _area(name, zone).holds([_place(_town(country, town))]).holds is True


@pytest.mark.parametrize(
    ("name", "zone", "country", "town"),
    [
        ("idlib-sochi-2018", "idlib", "SY", "Damascus"), ("idlib-sochi-2018", "idlib", "SY", "Palmyra"),
        ("idlib-sochi-2018", "idlib", "SY", "Afrin"), ("minsk-2-2015", "donbas", "UA", "Kharkiv"),
        ("minsk-2-2015", "donbas", "UA", "Dnipro"), ("minsk-2-2015", "donbas", "UA", "Odesa"),
        ("karabakh-2020-11-09", "conflict-zone", "AZ", "Baku"), ("karabakh-2020-11-09", "conflict-zone", "AM", "Yerevan"),
        ("israel-lebanon-2024-11-27", "south-of-litani", "LB", "Beirut"),
        ("israel-lebanon-2024-11-27", "south-of-litani", "LB", "Sidon"), ("hodeidah-2018-12-13", "governorate", "YE", "Sanaa"),
        ("pretoria-2022-11-02", "tigray", "ET", "Addis Ababa"),
    ],
)  # fmt: skip
def test_town_is_outside_for_certain(name: str, zone: str, country: str, town: str) -> None:
    assert _area(name, zone).holds([_place(_town(country, town))]).holds is False


@pytest.mark.parametrize(
    ("name", "zone", "words"),
    [
        ("idlib-astana-2017", "idlib", "In der syrischen Provinz Idlib starben bei einem Angriff drei Soldaten."),
        ("minsk-2-2015", "donbas", "Im Donbass in der Ukraine starben bei einem Angriff drei Soldaten."),
        ("minsk-2-2015", "donbas", "Im ukrainischen Gebiet Donezk starben bei einem Angriff drei Soldaten."),
        ("hodeidah-2018-12-13", "governorate", "In der jemenitischen Provinz Hodeida starben bei einem Angriff drei Soldaten."),
        ("pretoria-2022-11-02", "tigray", "In der äthiopischen Region Tigray starben bei einem Angriff drei Soldaten."),
        ("karabakh-2020-11-09", "conflict-zone", "In Berg-Karabach starben bei einem Angriff drei Soldaten."),
        ("karabakh-2020-10-10", "parties-land", "In Berg-Karabach starben bei einem Angriff drei Soldaten."),
        ("libya-2020-10-23", "libya", "In Libyen starben bei einem Angriff drei Soldaten."),
    ],
)  # fmt: skip
def test_areas_as_the_reader_names_them_are_inside(name: str, zone: str, words: str) -> None:
    place = next(
        p for p in trucewatch.read(words, published="2020-11-10").places if p.precision != "country" or zone == "libya"
    )
    told = IncidentPlace(**place.model_dump(exclude={"id", "mentions"}))
    assert _area(name, zone).holds([told]).holds is True


def test_the_demilitarised_zone_lies_within_the_area() -> None:
    agreement = shipped()["idlib-sochi-2018"]
    whole, zone = area_of(agreement, "idlib").degrees(), area_of(agreement, "demilitarised").degrees()
    assert whole.buffer(0.01).covers(zone)
    assert 0.15 < zone.area / whole.area < 0.7


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.geojson")), ids=lambda p: p.stem)
def test_every_shape_is_used_and_valid(path: Path) -> None:
    features = shapely.from_geojson(path.read_text(encoding="utf-8"))
    assert all(part.is_valid and not part.is_empty for part in shapely.get_parts(features))
    texts = [p.read_text(encoding="utf-8") for p in FOLDER.glob("*.toml")]
    used = {z.get("geojson", "") for t in texts for z in tomllib.loads(t).get("zones", [])}
    ids = [
        line.split('"id": "')[1].split('"')[0]
        for line in path.read_text(encoding="utf-8").splitlines()
        if '"id": "' in line
    ]
    assert ids
    assert {f"{path.name}#{i}" for i in ids} <= used


def test_enough_is_checked() -> None:
    assert len(towns(INSIDE)) + len(towns(OUTSIDE)) >= 60

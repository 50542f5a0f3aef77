"""Exports: what is written is what the incidents say, in every format, and nothing that they do not say."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.incident import (
    AppliedDecision,
    Both,
    Charge,
    Figure,
    Incident,
    IncidentLoss,
    IncidentPlace,
    IncidentTime,
    Member,
    Origins,
    Party,
    Responsibility,
    Withdrawn,
)
from trucewatch.knowledge.load import table
from trucewatch.record import MODES
from trucewatch.reporting.exports import FORMATS, ExportError, acled, docs, export, geopackage, ucdp
from trucewatch.reporting.exports.annotations import selectors
from trucewatch.reporting.exports.columns import ACLED, LAYER, UCDP
from trucewatch.reporting.exports.deaths import best, total
from trucewatch.reporting.exports.tables import cell, joined, text, write_csv
from trucewatch.reporting.exports.when import days
from trucewatch.reporting.files import whole_path, whole_text

TEXT_FORMATS = [name for name, form in FORMATS.items() if not form.needs_file]
DOCS = Path(__file__).parent.parent / "docs" / "exports.md"

SOLDIERS = Party(name="türkische Soldaten", kind="armed_forces", acts_for="Türkei", country="TR")
SYRIA = Party(name="syrische Armee", kind="armed_forces", entity="Q1", acts_for="Syrien", country="SY")
REBELS = Party(name="Rebellen", kind="armed_group")
PEOPLE = Party(name="Dorfbewohner", kind="civilians")


def member(**fields: Any) -> Member:
    given: dict[str, Any] = {
        "report": "sha256:" + "ab" * 32, "name": "wire-de-01", "event": "e1", "type": "ASSAULT", "trigger": (12, 18),
        "evidence": (10, 42), "quote": "Bei dem Angriff starben Soldaten.", "origin": "dpa", "voice": "reporter",
        "published": "2020-02-28", "publisher": "RND",
    }  # fmt: skip
    return Member(**(given | fields))


def incident(id: str = "i1", **fields: Any) -> Incident:
    given: dict[str, Any] = {
        "id": id, "type": "ASSAULT", "mode": "airstrike", "title": Both(de=f"Vorfall {id}", en=f"Incident {id}"),
        "members": [member()], "grade": "reported", "why": Both(de="eine Quelle", en="one source"),
        "origins": Origins(independent=1),
    }  # fmt: skip
    return Incident(**(given | fields))


def place(name: str = "Idlib", precision: str = "place", **fields: Any) -> IncidentPlace:
    return IncidentPlace(**({"name": name, "precision": precision, "country": "SY"} | fields))


def day(date: str, precision: str = "day", to: str | None = None) -> IncidentTime:
    after = to or (dt.date.fromisoformat(date) + dt.timedelta(days=1)).isoformat()
    return IncidentTime(from_=date, to=after, precision=precision)


def killed(low: int | None, high: int | None = None, **fields: Any) -> IncidentLoss:
    return IncidentLoss(harm="killed", low=low, high=high, **fields)


AIRSTRIKE = incident(
    "idlib",
    places=[place(precision="admin1", lat=35.93, lon=36.63, geonames=169387)],
    time=IncidentTime(from_="2020-02-27T18:00", to="2020-02-28T00:00", precision="part_of_day"),
    targets=[SOLDIERS],
    losses=[
        killed(33, 34, who="türkische Soldaten", kind="combatants", history=[
            Figure(low=9, high=9, source="Gouverneur", voice="attributed", report="sha256:1", event="e1", said="2020-02-28"),
        ]),
        IncidentLoss(harm="wounded", low=36, high=36),
    ],
    members=[member(), member(report="sha256:2", name="b", stance="denies_responsibility", voice="attributed",
                              speaker="Kreml", publisher="TASS, “Moskau”", quote="")],
    grade="corroborated",
    origins=Origins(independent=2, unreviewed=1, copies=6),
    responsibility=Responsibility(grade="contested", accused=["syrische Regierung"], by=["Türkei"], denied_by=["Kreml"]),
    decisions=[AppliedDecision(id=1, kind="correct", who="A", when="2020-03-01", field="time", value={"a": [1]})],
)  # fmt: skip
OPEN_END = incident(
    "open", mode="shelling", places=[place("Sanaa", country="YE", lat=15.35, lon=44.2)], time=day("2016-10-08"),
    actors=[Party(name="Koalition; Saudi-Arabien", kind="armed_forces", country="SA")], targets=[PEOPLE],
    losses=[killed(140, None, who="Trauergäste", kind="civilians"), killed(9, 9, who="Kinder", part_of_total=True)],
)  # fmt: skip
NO_PLACE = incident("noplace", mode=None, losses=[killed(None, 50)], grade="claimed", actors=[REBELS])
COUNTRY_ONLY = incident(
    "country", mode="drone", places=[place("Ukraine", "country", country="UA", lat=49.0, lon=32.0)],
    time=day("2022-03-01", "month", "2022-04-01"), losses=[killed(5, 5)],
)  # fmt: skip
BACKGROUND = incident(
    "background", type="ADVANCE", mode="seize", places=[place("Kundus", country="AF", lat=36.73, lon=68.87)],
    time=day("2015-01-01", "year", "2016-01-01"), actors=[Party(name="Taliban", kind="armed_group")], background=True,
)  # fmt: skip
CONTESTED = incident(
    "contested", mode="clash", grade="contested", actors=[SYRIA], targets=[REBELS], losses=[killed(4, 4)],
    places=[place("Saraqib", "place"), place("Idlib", "admin1", lat=35.9, lon=36.6)],
    time=day("2020-03-05", "vague", "2020-03-09"),
)  # fmt: skip
NASTY = incident(
    "nasty", mode="small_arms", title=Both(de='Er sagte: „Los!“, "jetzt"\r\n=1+1 🕊️', en="+SUM(A1)"),
    actors=[Party(name='=HYPERLINK("http://x"), "A"', kind="armed_group"), Party(name="@b; c", kind="armed_group")],
    targets=[PEOPLE], places=[place("-Ort, „Nord“", lat=0.0, lon=0.0, country="ML")], time=day("2021-12-31"),
    members=[member(quote='"Wir, die\nÜberlebenden“ 🕯️', report="sha256:ff", name="tab\tname", origin="AFP")],
    losses=[killed(3, 3, who="Dorfbewohner", kind="civilians")],
)  # fmt: skip
ANTIMERIDIAN = incident(
    "taveuni", mode="raid", places=[place("Taveuni", country="FJ", lat=-16.85, lon=180.03)],
    time=IncidentTime(from_="2006-12-05T09:41", to="2006-12-05T09:42", precision="minute"),
    actors=[Party(name="Armee", kind="armed_forces", country="FJ")],
    targets=[Party(name="Polizei", kind="armed_forces", country="FJ")],
    losses=[killed(2, 2, who="Polizei", kind="combatants"), killed(1, 1, kind="civilians")], grade="confirmed",
)  # fmt: skip
UNKNOWN_TIME = incident(
    "notime", type="HARM", mode="killed", losses=[killed(2, 2)],
    places=[place("Schwarzes Meer", "region", country=None, kind="sea")],
    time=IncidentTime(from_=None, to="2020-02-28", precision="vague"),
)  # fmt: skip
AID = incident("aid", type="AID", mode="food", places=[place("Gaza", country="PS", lat=31.5, lon=34.45)])
REJECTED = incident("rejected", state="rejected", losses=[killed(1, 1)])
NIGHT = incident(
    "night", mode="execution", time=IncidentTime(from_="2020-02-25T22:00", to="2020-02-26T06:00", precision="part_of_day"),
    actors=[REBELS], targets=[PEOPLE], losses=[killed(40, 40, approximate=True)], places=[place("Nanu", "admin2", country="SS")],
)  # fmt: skip
ALL = [
    AIRSTRIKE, OPEN_END, NO_PLACE, COUNTRY_ONLY, BACKGROUND, CONTESTED, NASTY, ANTIMERIDIAN, UNKNOWN_TIME, AID, REJECTED, NIGHT,
]  # fmt: skip


def written(form: str, incidents: list[Incident] = ALL, **wish: Any) -> str:
    file = io.StringIO()
    export(iter(incidents), form, file, **wish)
    return file.getvalue()


def rows(form: str, incidents: list[Incident] = ALL, **wish: Any) -> dict[str, dict[str, str]]:
    table = csv.DictReader(io.StringIO(written(form, incidents, **wish), newline=""))
    return {row["event_id_cnty" if form == "acled" else "id"]: row for row in table}


# --- ACLED ---------------------------------------------------------------------------------------------------------


def test_acled_says_what_is_known_and_leaves_open_what_is_not() -> None:
    row = rows("acled")["idlib"]
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2020-02-27", "2020", "1")
    assert row["event_type"] == "Explosions/Remote violence"
    assert row["sub_event_type"] == "Air/drone strike"
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("", "", "")
    assert row["accused"] == "syrische Regierung"  # an accusation is no actor
    assert (row["iso"], row["country"], row["region"]) == ("760", "Syria", "Middle East")
    assert (row["admin1"], row["location"], row["geo_precision"]) == ("Idlib", "Idlib", "3")
    assert (row["fatalities"], row["fatalities_low"], row["fatalities_high"]) == ("33", "33", "34")
    assert row["source"] == "RND; TASS, “Moskau”"
    assert row["source_scale"] == ""
    assert (row["grade"], row["responsibility_grade"], row["independent_origins"]) == ("corroborated", "contested", "2")
    assert row["members"] == "sha256:" + "ab" * 32 + "#e1; sha256:2#e1"


def test_acled_open_ends_and_subsets() -> None:
    table = rows("acled")
    assert (table["open"]["fatalities_low"], table["open"]["fatalities_high"]) == ("140", "")
    assert (table["noplace"]["fatalities"], table["noplace"]["fatalities_high"]) == ("", "50")
    assert table["open"]["losses"] == "mindestens 140 Tote (Trauergäste); darunter 9 Tote (Kinder)"


def test_acled_dates_by_precision() -> None:
    table = rows("acled")
    assert (table["country"]["event_date"], table["country"]["time_precision"]) == ("2022-03-16", "3")
    assert (table["background"]["event_date"], table["background"]["year"]) == ("", "2015")
    assert (table["contested"]["event_date"], table["contested"]["date_to"]) == ("", "2020-03-08")
    assert (table["night"]["event_date"], table["night"]["time_precision"]) == ("2020-02-25", "1")
    assert table["taveuni"]["time_precision"] == "1"


def test_acled_week_is_dated_to_its_middle() -> None:
    row = rows("acled", [incident(time=day("2020-02-24", "week", "2020-03-02"))])["i1"]
    assert (row["event_date"], row["time_precision"], row["date_to"]) == ("2020-02-27", "2", "2020-03-01")


def test_acled_country_alone_is_no_point() -> None:
    row = rows("acled")["country"]
    assert (row["latitude"], row["longitude"], row["geo_precision"], row["country"]) == ("", "", "", "Ukraine")


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"mode": "small_arms", "targets": [PEOPLE]}, ("Political violence", "Violence against civilians", "Attack")),
        ({"mode": "small_arms", "targets": [SOLDIERS]}, ("Political violence", "Battles", "Armed clash")),
        ({"mode": "small_arms", "targets": [SOLDIERS, PEOPLE]}, ("Political violence", "", "")),
        ({"mode": "execution", "targets": [SOLDIERS]}, ("Political violence", "", "")),
        ({"mode": None, "targets": [PEOPLE]}, ("Political violence", "", "")),
        ({"mode": "shootdown"}, ("Political violence", "", "")),
        ({"mode": "clash", "actors": [SYRIA], "targets": [REBELS]}, ("Political violence", "Battles", "Armed clash")),
        (
            {"mode": "clash", "actors": [SYRIA], "targets": [Party(name="Demonstranten", kind="group")]},
            ("Political violence", "", ""),
        ),
        (
            {"mode": "raid", "losses": [killed(1, 1, kind="civilians")]},
            ("Political violence", "Violence against civilians", "Attack"),
        ),
        (
            {"type": "ADVANCE", "mode": "seize", "actors": [SYRIA], "places": [place()]},
            ("Political violence", "Battles", "Government regains territory"),
        ),
        (
            {"type": "ADVANCE", "mode": "seize", "actors": [SOLDIERS], "places": [place()]},
            ("Political violence", "Battles", "Non-state actor overtakes territory"),
        ),
        ({"type": "ADVANCE", "mode": "seize", "actors": [SYRIA]}, ("Political violence", "Battles", "")),
        ({"type": "COERCE", "mode": "abduct", "targets": [SOLDIERS]}, ("Political violence", "", "")),
        (
            {"type": "COERCE", "mode": "abduct", "targets": [PEOPLE]},
            ("Political violence", "Violence against civilians", "Abduction/forced disappearance"),
        ),
        ({"type": "PROTEST", "mode": None}, ("Demonstrations", "", "")),
        ({"type": "COERCE", "mode": "jam"}, None),
        ({"type": "VIOLATE", "mode": "ceasefire"}, None),
        ({"type": "HARM", "mode": "killed"}, None),
        ({"type": "DAMAGE", "mode": "hospital"}, None),
        ({"type": "AID", "mode": "food"}, None),
    ],
)  # fmt: skip
def test_acled_types(given: dict[str, Any], kind: tuple[str, str, str] | None) -> None:
    assert acled.kind_of(incident(**given)) == kind


def test_acled_actors() -> None:
    table = rows("acled")
    assert (table["open"]["inter1"], table["open"]["inter2"]) == ("External/Other forces", "Civilians")
    assert table["open"]["interaction"] == "Civilians-External/Other forces"
    assert table["open"]["civilian_targeting"] == "Civilian targeting"
    assert table["taveuni"]["interaction"] == "State forces-State forces"
    assert table["contested"]["inter2"] == ""  # rebels or militia: the kind does not say
    assert table["contested"]["interaction"] == ""
    assert table["nasty"]["assoc_actor_1"] == "'@b, c"
    moved = incident(type="MOBILIZE", mode="deploy", actors=[SYRIA], places=[place()])
    assert rows("acled", [moved])["i1"]["interaction"] == "State forces only"


def test_left_out_is_counted() -> None:
    outcome = export(ALL, "acled", io.StringIO())
    assert (outcome.written, dict(outcome.left_out)) == (9, {"no_place_in_scheme": 2, "rejected": 1})
    outcome = export(ALL, "ucdp", io.StringIO())
    assert dict(outcome.left_out) == {"no_deaths": 1, "no_armed_force": 2, "rejected": 1}
    assert outcome.written == 8
    assert "keine Toten gemeldet (1)" in outcome.sentence("de")
    assert export(ALL, "jsonl", io.StringIO()).sentence("en") == "12 written"


def test_every_type_and_mode_of_the_mapping_is_in_the_codebook() -> None:
    for name, modes in table("exports")["acled"]["types"].items():
        assert set(modes) - {"*"} <= MODES[name]


def test_regions_hold_a_country_once() -> None:
    for scheme in ("acled", "ucdp"):
        codes = " ".join(table("exports")[scheme]["regions"].values()).split()
        assert len(codes) == len(set(codes))
        states = {code for code in table("states")["states"] if len(code) == 2}
        assert states <= set(codes)


# --- UCDP ----------------------------------------------------------------------------------------------------------


def test_ucdp_violence_sides_and_precision() -> None:
    table = rows("ucdp")
    row = table["open"]
    assert (row["type_of_violence"], row["side_b"]) == ("3", "Civilians")
    assert row["side_a"] == "Koalition, Saudi-Arabien"
    assert (row["where_prec"], row["date_prec"], row["date_start"], row["date_end"]) == (
        "1",
        "1",
        "2016-10-08",
        "2016-10-08",
    )
    assert (row["low"], row["best"], row["high"], row["best_rule"]) == ("140", "", "", "open")
    assert row["geom_wkt"] == "POINT (44.2 15.35)"
    assert (table["idlib"]["type_of_violence"], table["idlib"]["where_prec"]) == ("", "4")
    assert (table["country"]["where_prec"], table["country"]["date_prec"]) == ("6", "4")
    assert (table["night"]["date_prec"], table["night"]["where_prec"]) == ("2", "3")
    assert (table["contested"]["date_prec"], table["contested"]["where_prec"]) == ("5", "1")
    assert (table["noplace"]["date_prec"], table["noplace"]["where_prec"], table["noplace"]["date_start"]) == (
        "",
        "",
        "",
    )
    sea = place("Schwarzes Meer", "region", country=None, kind="sea")
    assert rows("ucdp", [incident(places=[sea], losses=[killed(1, 1)])])["i1"]["where_prec"] == "7"


def test_ucdp_best_only_where_justified() -> None:
    table = rows("ucdp")
    assert {id: row["best_rule"] for id, row in table.items()} == {
        "idlib": "range", "open": "open", "noplace": "claimed", "country": "agreed", "contested": "contested",
        "nasty": "agreed", "taveuni": "agreed", "night": "approximate",
    }  # fmt: skip
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best")
    assert [table["taveuni"][name] for name in parts] == ["0", "2", "1", "0", "3"]
    assert [table["country"][name] for name in parts] == ["0", "0", "0", "5", "5"]
    assert [table["idlib"][name] for name in parts] == [""] * 5


def test_ucdp_state_is_side_a() -> None:
    attacked = incident(actors=[REBELS], targets=[SYRIA], losses=[killed(2, 2, who="syrische Armee")])
    row = rows("ucdp", [attacked])["i1"]
    assert (row["type_of_violence"], row["side_a"], row["deaths_a"]) == ("1", "syrische Armee", "2")
    assert row["dyad_name"] == "syrische Armee - Rebellen"
    assert ucdp.type_of_violence(incident(actors=[REBELS], targets=[REBELS])) == 2
    assert ucdp.type_of_violence(incident(actors=[REBELS], targets=[REBELS, PEOPLE])) is None


def test_no_deaths_is_no_event_of_ucdp() -> None:
    assert ucdp.left_out(incident(), total([killed(0, 0)])) == "no_deaths"
    assert ucdp.left_out(incident(), total([killed(None, None)])) == "no_deaths"
    assert ucdp.left_out(incident(), total([killed(None, 3)])) is None
    assert ucdp.left_out(incident(), total([killed(0, None)])) is None


def test_deaths_in_general_beside_groups() -> None:
    deaths = total([killed(40, 40), killed(33, 33, who="Soldaten")])
    assert (deaths.low, deaths.high) == (40, 73)  # within or beside: both are possible
    parts_only = total([killed(9, 9, part_of_total=True), killed(4, 4, part_of_total=True)])
    assert (parts_only.low, parts_only.high) == (9, None)
    assert total([IncidentLoss(harm="wounded", low=1)]) is None


bound = st.none() | st.integers(0, 10_000)
losses = st.lists(
    st.builds(
        IncidentLoss,
        harm=st.sampled_from(["killed", "wounded"]),
        who=st.sampled_from([None, "Soldaten", "Polizei"]),
        kind=st.sampled_from([None, "civilians", "combatants"]),
        part_of_total=st.booleans(),
        approximate=st.booleans(),
        low=bound,
        high=bound,
    ),
    max_size=6,
)
grades = st.sampled_from(["contested", "confirmed", "corroborated", "reported", "claimed"])


@given(losses, grades)
def test_low_best_high_are_in_order_and_parts_add_up(losses: list[IncidentLoss], grade: Any) -> None:
    case = incident(losses=losses, grade=grade, actors=[Party(name="Soldaten", kind="armed_forces")])
    deaths = total(losses)
    figure, _ = best(case, deaths)
    if deaths is not None and deaths.low is not None and deaths.high is not None:
        assert deaths.low <= deaths.high
    if figure is not None:
        assert grade in ("confirmed", "corroborated", "reported")
        assert deaths.low <= figure <= deaths.high
        row = ucdp.row(case, deaths, "de")
        assert sum(row[f"deaths_{part}"] for part in ("a", "b", "civilians", "unknown")) == figure


# --- CSV -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["acled", "ucdp"])
def test_header_hxl_row_and_shape(form: str) -> None:
    columns = ACLED if form == "acled" else UCDP
    plain = list(csv.reader(io.StringIO(written(form), newline="")))
    tagged = list(csv.reader(io.StringIO(written(form, hxl=True), newline="")))
    assert plain[0] == [column.name for column in columns]
    assert tagged[1] == [column.hxl for column in columns]
    assert [tagged[0], *tagged[2:]] == plain
    assert {len(row) for row in plain} == {len(columns)}


@pytest.mark.parametrize("columns", [ACLED, UCDP, LAYER])
def test_hxl_tags_are_valid(columns: Any) -> None:
    core = "adm1 adm2 adm3 affected country crisis date description event geo group impact loc meta region status"
    assert all(re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", column.hxl) for column in columns)
    assert {re.split(r"[#+]", column.hxl)[1] for column in columns} <= set(core.split())
    for names in ([column.hxl for column in columns], [column.name for column in columns]):
        assert len(names) == len(set(names))
    assert all(column.meaning and column.origin for column in columns)


def test_formulas_are_neutralised() -> None:
    row = rows("acled")["nasty"]
    assert row["actor1"].startswith("'=HYPERLINK")
    assert row["location"] == "'-Ort, „Nord“"
    assert rows("acled", language="en")["nasty"]["notes"] == "'+SUM(A1)"
    assert row["notes"] == 'Er sagte: „Los!“, "jetzt"\n\'=1+1 🕊️'
    assert rows("acled")["taveuni"]["latitude"] == "-16.85"  # a number keeps its minus
    for form in ("acled", "ucdp"):
        columns = {column.name: column.kind for column in (ACLED if form == "acled" else UCDP)}
        for row in rows(form).values():
            bad = [name for name, value in row.items() if columns[name] == "text" and value[:1] in tuple("=+-@\t\r")]
            assert [name for name in bad if row[name]] == []


@given(st.text())
def test_no_text_is_a_formula(value: str) -> None:
    safe = text(value)
    assert not any(part.lstrip().startswith(("=", "+", "-", "@")) for part in re.split(r"[;\n\t]", safe))
    assert not safe.startswith(("\t", "\r", " "))
    assert text(safe) == safe
    assert not any(part.startswith(("=", "+", "-", "@")) for part in joined([value, value + "x"]).split("; "))


@given(st.lists(st.fixed_dictionaries({
    "notes": st.text(), "fatalities": st.none() | st.integers(), "latitude": st.none() | st.floats(-90, 90),
    "event_date": st.none() | st.dates(), "background": st.booleans(),
}), max_size=5))  # fmt: skip
@settings(max_examples=200)
def test_csv_round_trip(values: list[dict[str, Any]]) -> None:
    columns = [
        column for column in ACLED if column.name in ("notes", "fatalities", "latitude", "event_date", "background")
    ]
    file = io.StringIO(newline="")
    write_csv(file, columns, values, hxl=False)
    data = file.getvalue().encode("utf-8", "replace").decode()
    back = list(csv.DictReader(io.StringIO(data, newline="")))
    assert len(back) == len(values)
    for row, value in zip(back, values, strict=True):
        assert row["notes"] == text(value["notes"]).encode("utf-8", "replace").decode()
        assert row["fatalities"] == ("" if value["fatalities"] is None else str(value["fatalities"]))
        assert row["event_date"] == ("" if value["event_date"] is None else value["event_date"].isoformat())
        assert row["latitude"] == "" or float(row["latitude"]) == value["latitude"]
        assert row["background"] == cell(value["background"])


@given(st.text(), st.text(), st.text())
def test_any_names_leave_the_table_whole(first: str, second: str, quote: str) -> None:
    case = incident(
        actors=[Party(name=first, kind="armed_group"), Party(name=second, kind="armed_group")],
        members=[member(quote=quote, publisher=second)], losses=[killed(1, 1, who=first)],
    )  # fmt: skip
    for form in ("acled", "ucdp"):
        table = rows(form, [case, AIRSTRIKE])
        assert set(table) == {"i1", "idlib"}
        assert all(None not in row and None not in row.values() for row in table.values())
        assert table["i1"]["evidence"] == text(quote)


# --- JSON, maps, data sets -------------------------------------------------------------------------------------------


def test_jsonl_round_trip() -> None:
    assert [Incident.model_validate_json(line) for line in written("jsonl").splitlines()] == ALL


def test_geojson() -> None:
    shapely = pytest.importorskip("shapely")
    collection = json.loads(written("geojson"))
    features = {feature["id"]: feature for feature in collection["features"]}
    assert collection["type"] == "FeatureCollection"
    assert set(features) == {case.id for case in ALL} - {"rejected"}
    assert features["noplace"]["geometry"] is None
    assert features["notime"]["geometry"] is None
    idlib = features["idlib"]["properties"]
    assert list(idlib) == [column.name for column in LAYER]
    assert shapely.from_geojson(json.dumps(features["idlib"]["geometry"])) == shapely.Point(36.63, 35.93)
    assert idlib["point_is"] == "Mitte einer Fläche, nicht der Ort des Geschehens"
    assert (idlib["killed_low"], idlib["killed_high"], idlib["date_to"]) == (33, 34, "2020-02-27")
    assert features["open"]["properties"]["point_is"] == "der Ort selbst"
    assert features["open"]["properties"]["killed_high"] is None
    assert features["taveuni"]["geometry"]["coordinates"] == [-179.97, -16.85]
    # The town has no coordinates: the point is the province's and says so.
    contested = features["contested"]["properties"]
    assert (contested["place"], contested["point_place"], contested["point_precision"]) == (
        "Saraqib",
        "Idlib",
        "admin1",
    )
    assert features["nasty"]["properties"]["title"] == NASTY.title.de  # no spreadsheet: as it is
    english = json.loads(written("geojson", language="en"))["features"][0]["properties"]
    assert english["title"] == "Incident idlib"
    assert english["point_is"] == "middle of an area, not the place of the event"


def test_geojson_of_nothing() -> None:
    assert json.loads(written("geojson", [])) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize(("lat", "lon"), [(91.0, 0.0), (float("nan"), 1.0), (1.0, float("inf")), (None, 1.0)])
def test_impossible_coordinates_are_no_point(lat: float | None, lon: float) -> None:
    case = incident(places=[place(lat=lat, lon=lon)])
    assert json.loads(written("geojson", [case]))["features"][0]["geometry"] is None


def test_geojson_is_read_by_gdal(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = tmp_path / "incidents.geojson"
    export(ALL, "geojson", path)
    info = pyogrio.read_info(path)
    assert (info["features"], info["geometry_type"], info["crs"]) == (11, "Point", "EPSG:4326")


def test_geopackage_round_trip(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    shapely = pytest.importorskip("shapely")
    path = tmp_path / "vorfälle.gpkg"
    outcome = export(iter(ALL), "geopackage", path)
    assert (outcome.written, dict(outcome.left_out)) == (11, {"rejected": 1})
    assert [name for name, _ in pyogrio.list_layers(path)] == ["incidents"]
    info = pyogrio.read_info(path, layer="incidents")
    assert (info["crs"], info["geometry_type"], info["features"]) == ("EPSG:4326", "Point", 11)
    assert list(info["fields"]) == ["incident", *[column.name for column in LAYER[1:]]]
    meta, table = pyogrio.read_arrow(path)
    back = {row["incident"]: row for row in table.to_pylist()}
    expected = {feature["id"]: feature for feature in json.loads(written("geojson"))["features"]}
    for id, feature in expected.items():
        row = back[id]
        geometry = row[meta["geometry_name"] or "wkb_geometry"]
        if feature["geometry"] is None:
            assert geometry is None
        else:
            assert shapely.from_wkb(geometry) == shapely.Point(feature["geometry"]["coordinates"])
        for column in LAYER[1:]:
            value = row[column.name]
            assert (value.isoformat() if isinstance(value, dt.date) else value) == feature["properties"][column.name]
    assert list(tmp_path.iterdir()) == [path]


def test_geopackage_of_nothing_and_over_an_older_file(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = tmp_path / "incidents.gpkg"
    export(ALL, "geopackage", path)
    export([], "geopackage", path)
    assert pyogrio.read_info(path)["features"] == 0


def test_geopackage_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    monkeypatch.setattr(geopackage, "_BATCH", 3)
    export(iter(ALL), "geopackage", tmp_path / "incidents.gpkg")
    assert pyogrio.read_info(tmp_path / "incidents.gpkg")["features"] == 11


def test_parquet_round_trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("trucewatch.reporting.exports.parquet._BATCH", 5)
    path = tmp_path / "incidents.parquet"
    export(iter(ALL), "parquet", path)
    file = pq.ParquetFile(path)
    assert file.num_row_groups == 3
    table = file.read()
    assert "from: timestamp[" in str(table.schema.field("time").type)
    assert table.schema.metadata[b"trucewatch"] == b"trucewatch/incident/1"
    assert table.column_names == list(json.loads(AIRSTRIKE.to_json()))
    for row, case in zip(table.to_pylist(), ALL, strict=True):
        assert Incident.model_validate(_as_json(row)) == _as_dates(case)


def _as_json(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the Parquet file in the form of the incident schema."""
    for item in row["members"]:
        for name in ("trigger", "evidence"):
            item[name] = tuple(item[name].values())
        item["mentions"] = [tuple(span.values()) for span in item["mentions"]]
    for decision in row["decisions"]:
        for name in ("value", "computed"):
            decision[name] = json.loads(decision[name]) if decision[name] is not None else None
    for name in ("from", "to"):
        if row["time"] and row["time"][name]:
            row["time"][name] = row["time"][name].isoformat()
    return row


def _as_dates(case: Incident) -> Incident:
    """The incident with its bounds written as date-times, as timestamps come back."""
    if case.time is None:
        return case
    full = {name: dt.datetime.fromisoformat(value).isoformat() if value else None
            for name, value in (("from_", case.time.from_), ("to", case.time.to))}  # fmt: skip
    return case.model_copy(update={"time": case.time.model_copy(update=full)})


def test_parquet_names_are_those_of_the_incident_schema() -> None:
    pytest.importorskip("pyarrow")
    from trucewatch.reporting.exports.parquet import schema

    def names(node: Any) -> Any:
        if isinstance(node, list):
            return names(node[0]) if node else None
        return {key: names(value) for key, value in node.items()} if isinstance(node, dict) else None

    def fields(kind: Any) -> Any:
        if str(kind).startswith("list"):
            return fields(kind.value_type)
        return {field.name: fields(field.type) for field in kind} if str(kind).startswith("struct") else None

    arrow = {field.name: fields(field.type) for field in schema()}
    back = Withdrawn(by="Armee", report="r2", event="e1")
    whole = AIRSTRIKE.model_copy(
        update={"actors": [SYRIA], "members": [member(mentions=[(1, 2)], withdrawn=back)]}
    ).model_dump(mode="json", by_alias=True)  # fmt: skip
    whole["losses"][0]["history"][0]["withdrawn"] = back.model_dump(mode="json")
    whole["responsibility"]["charges"] = [Charge(party=SYRIA).model_dump(mode="json")]
    written = names(whole)
    written["responsibility"]["charges"]["evidence"] = {"report": None, "event": None}  # pairs there, structs here
    for member_fields in (arrow["members"], written["members"]):
        for name in ("trigger", "evidence", "mentions"):
            member_fields[name] = None  # spans are pairs there and structs here
    written["decisions"]["value"] = None  # free values are JSON text
    assert arrow == written


# --- Annotations ---------------------------------------------------------------------------------------------------


def test_annotations_point_at_the_words_and_name_their_origin() -> None:
    from trucewatch import __version__

    document = json.loads(written("annotations"))
    assert document["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    activity, *annotations = document["@graph"]
    assert activity["type"] == "prov:Activity"
    assert activity["prov:wasAssociatedWith"]["tw:version"] == __version__
    assert len(annotations) == sum(len(case.members) for case in ALL)
    assert len({annotation["id"] for annotation in annotations}) == len(annotations)
    first, denial = annotations[:2]
    assert first["target"]["source"] == "sha256:" + "ab" * 32
    position, quote = first["target"]["selector"]
    assert (position["type"], position["start"], position["end"]) == ("TextPositionSelector", 10, 42)
    assert quote == {"type": "TextQuoteSelector", "exact": "Bei dem Angriff starben Soldaten."}
    assert first["body"][0]["tw:incident"] == "idlib"
    assert (first["body"][0]["tw:type"], first["body"][0]["tw:grade"]) == ("ASSAULT", "corroborated")
    assert first["prov:wasDerivedFrom"]["id"] == first["target"]["source"]
    assert [agent["tw:name"] for agent in first["prov:wasAttributedTo"]] == ["dpa"]
    assert [agent["tw:name"] for agent in denial["prov:wasAttributedTo"]] == ["Kreml", "dpa"]
    assert denial["body"][1]["tw:stance"] == "denies_responsibility"
    assert len(denial["target"]["selector"]) == 1  # no words known, only their position
    assert first["prov:wasGeneratedBy"]["id"] == activity["id"]


def test_annotations_know_no_null_and_every_id_is_an_iri() -> None:
    def walk(node: Any) -> Iterator[Any]:
        yield node
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from walk(child)

    odd = incident("ä b:<>", members=[member(report="ohne Schema", speaker="Türkei: „Armee“ \ud800")])
    for node in walk(json.loads(written("annotations", [*ALL, odd]))):
        assert node is not None
        if isinstance(node, dict) and "id" in node:
            assert re.fullmatch(r"[a-z][a-z0-9]*:[A-Za-z0-9._~%:/-]+", node["id"])


def test_a_trigger_outside_the_evidence_refines_nothing() -> None:
    assert "refinedBy" not in selectors(member(trigger=(0, 3)))[0]


# --- All formats ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_the_same_incidents_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    export(iter(ALL), form, path)
    assert written(form) == written(form)
    assert path.read_bytes() == written(form).encode()
    assert b"\r" not in path.read_bytes()


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_incidents_are_taken_one_by_one(form: str) -> None:
    seen: list[int] = []
    file = io.StringIO()

    def source() -> Iterator[Incident]:
        for number in range(20):
            seen.append(len(file.getvalue()))
            yield incident(f"n{number}", losses=[killed(1, 1)])

    export(source(), form, file)
    assert seen[-1] > seen[0]


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_file_is_whole_or_not_there(form: str, tmp_path: Path) -> None:
    if FORMATS[form].needs_file:
        pytest.importorskip("pyogrio")

    def broken() -> Iterator[Incident]:
        yield AIRSTRIKE
        raise RuntimeError("store gone")

    path = tmp_path / ("out" + FORMATS[form].endings[0])
    with pytest.raises(RuntimeError, match="store gone"):
        export(broken(), form, path)
    assert list(tmp_path.iterdir()) == []
    path.write_text("before")
    with pytest.raises(RuntimeError):
        export(broken(), form, path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("form", "output", "hxl", "message"),
    [
        ("shapefile", io.StringIO(), False, "choose one of acled, ucdp"),
        ("parquet", io.StringIO(), False, r"parquet needs a file; name one, such as incidents\.parquet"),
        ("geopackage", io.StringIO(), False, r"incidents\.gpkg"),
        ("geojson", io.StringIO(), True, "choose acled or ucdp"),
        ("jsonl", Path("/nowhere/at/all.jsonl"), False, "cannot write .*: no such folder: make it first"),
        ("parquet", Path("/nowhere/at/all.parquet"), False, "cannot write"),
        ("jsonl", Path("/"), False, "no file; name a file"),
    ],
)
def test_errors_are_one_line_and_say_what_to_do(form: str, output: Any, hxl: bool, message: str) -> None:
    with pytest.raises(ExportError, match=message) as caught:
        export(ALL, form, output, hxl=hxl)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("form", "library"), [("parquet", "pyarrow"), ("geopackage", "pyogrio")])
def test_a_missing_library_is_named(form: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(ExportError, match=r"pip install 'trucewatch\[exports\]'"):
        export(ALL, form, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_files_keep_mode_and_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    with whole_text(link) as file:
        file.write("neu")
    assert link.is_symlink()
    assert real.read_text() == "neu"
    assert real.stat().st_mode & 0o777 == 0o640
    with whole_path(tmp_path / "x.gpkg") as path:
        assert path.suffix == ".gpkg"
        assert path.parent == tmp_path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_device_is_written_to_as_it_is() -> None:
    export(ALL, "jsonl", Path(os.devnull))
    assert not Path(os.devnull).is_file()


@given(st.none() | st.text(max_size=12), st.none() | st.datetimes().map(lambda d: d.isoformat()))
def test_any_bounds_give_days_in_order(first: str | None, after: str | None) -> None:
    span = days(IncidentTime(from_=first, to=after, precision="day"))
    assert span.first is None or span.last is None or span.first <= span.last
    both = days(IncidentTime(from_=after, to=after, precision="day"))
    assert both.count in (None, 1)


def test_docs_are_up_to_date(tmp_path: Path) -> None:
    docs.write(tmp_path / "exports.md")
    assert (tmp_path / "exports.md").read_text(encoding="utf-8") == docs.text()
    assert DOCS.read_text(encoding="utf-8") == docs.text(), "run: python -m trucewatch.reporting.exports.docs"

"""What the tests of several rooms share: the shipped examples, a record made by hand, and databases of both engines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import postgres
from trucewatch.reading import Report, from_path
from trucewatch.record import (
    Actor,
    Count,
    Event,
    Loss,
    Place,
    Record,
    ReportInfo,
    Span,
    Speech,
    TimeExpression,
    TimeSpan,
    Voice,
)

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


@pytest.fixture(scope="session")
def idlib() -> Report:
    """The first shipped example."""
    return from_path(ROOT / "examples" / "01-idlib-2020.txt")


def _record(report: Report) -> Record:
    """A record of the first example as a coder would write it (a part of it): every kind of field is used."""
    text = report.text

    def span(words: str, after: str = "") -> Span:
        start = text.index(words, text.index(after) if after else 0)
        return (start, start + len(words))

    reporter = Voice(kind="reporter")
    night = TimeSpan(
        from_="2020-02-27T18:00", to="2020-02-28T00:00", precision="part_of_day", expression=span("Donnerstagabend")
    )
    friday = TimeSpan(from_="2020-02-28", to="2020-02-29", precision="day", expression=span("Freitag"))
    record = Record(
        report=ReportInfo(
            id=report.id,
            language="de",
            title=report.title,
            published=report.published,
            publisher=report.publisher,
            agencies=list(report.agencies),
            datelines=list(report.datelines),
            characters=len(text),
            encoding=report.encoding,
        ),
        actors=[
            Actor(id="a1", name="Kreml", kind="government", mentions=[span("Kreml"), span("Kreml", "Wie der")]),
            Actor(id="a2", name="türkische Soldaten", kind="armed_forces", acts_for="a8",
                  mentions=[span("türkischer Soldaten"), span("türkische Soldaten", "33 t")]),
            Actor(id="a3", name="Wladimir Putin", kind="person", entity="Q7747", mentions=[span("Wladimir Putin")]),
            Actor(id="a4", name="Recep Tayyip Erdogan", kind="person", entity="Q39259",
                  mentions=[span("Erdogan"), span("Recep Tayyip Erdogan")]),
            Actor(id="a5", name="Sergej Lawrow", kind="person", entity="Q58217", mentions=[span("Sergej Lawrow")]),
            Actor(id="a6", name="syrische Armee", kind="armed_forces", mentions=[span("syrischen Armee")]),
            Actor(id="a7", name="Haiat Tahrir al-Scham", kind="armed_group", label_by="a9",
                  mentions=[span("Haiat Tahrir al-Scham")]),
            Actor(id="a8", name="Türkei", kind="state", entity="Q43", mentions=[span("Die Türkei")]),
            Actor(id="a9", name="Russland", kind="state", entity="Q159", mentions=[span("Russland hatte")]),
        ],
        places=[Place(id="p1", name="Idlib", kind="province", country="SY", geonames=169387, lat=35.93, lon=36.63,
                      precision="admin1", mentions=[span("Provinz Idlib"), span("Provinz Idlib", "Mindestens")])],
        events=[
            Event(id="e1", type="CONSULT", mode="phone", trigger=span("Gespräch"), actors=["a3", "a4"], time=friday,
                  voice=Voice(kind="attributed", speaker="a1", cue=span("meldet")),
                  mentions=[span("Gespräch"), span("telefoniert")], about=["e3"],
                  evidence=span("Kreml meldet Gespräch mit Erdogan nach Tod türkischer Soldaten"), rule="call"),
            Event(id="e2", type="STATE", mode="concern", trigger=span("Sorge"), actors=["a3", "a4"],
                  voice=Voice(kind="attributed", speaker="a1"), mentions=[span("Sorge")],
                  evidence=span("Wie der Kreml mitteilte, äußerten beide große Sorge über die Entwicklung"), rule="concern"),
            Event(id="e3", type="ASSAULT", mode="airstrike", trigger=span("Luftangriff"), targets=["a2"], places=["p1"],
                  time=night, losses=[
                      Loss(harm="killed", who="a2", low=33, expression=span("Mindestens 33 türkische Soldaten")),
                      Loss(harm="wounded", who="a2", low=36, high=36, expression=span("36 weitere"),
                           voice=Voice(kind="hearsay")),
                  ], voice=reporter, mentions=[span("Luftangriff")],
                  evidence=span("Mindestens 33 türkische Soldaten waren am Donnerstagabend bei einem Luftangriff in der "
                                "Provinz Idlib ums Leben gekommen, 36 weitere wurden verletzt."), rule="attack-noun",
                  why=["type: noun «Luftangriff»", "losses: counted group before «ums Leben gekommen»"]),
            Event(id="e4", type="ASSAULT", mode="shelling", trigger=span("beschoss"), actors=["a8"], targets=["a6"],
                  count=Count(low=4, high=4), voice=reporter, mentions=[span("beschoss")], polarity="negative",
                  evidence=span("Ankara gab der Regierung in Damaskus die Schuld und beschoss in der Nacht zum Freitag "
                                "Stellungen der syrischen Armee."), rule="shell"),
            Event(id="e5", type="PRESENCE", mode="unit", trigger=span("aufgehalten"), actors=["a2"],
                  voice=Voice(kind="hearsay", speaker="a9", via="a1"), mentions=[span("aufgehalten")],
                  evidence=span("Nach russischer Darstellung sollen sich die Getöteten unter Kämpfern der Miliz Haiat "
                                "Tahrir al-Scham (HTS) aufgehalten haben"), rule="stay"),
            Event(id="e6", type="SUPPORT", trigger=span("steht"), actors=["a8"], status="ongoing", background=True,
                  voice=reporter, mentions=[span("steht")],
                  evidence=span("Die Türkei steht in dem Bürgerkrieg auf der Seite islamistischer Aufständischer"),
                  rule="side-with"),
        ],
        speech=[
            Speech(kind="Indirect", content=[span("äußerten beide große Sorge über die Entwicklung in der Provinz Idlib")],
                   speaker=[span("der Kreml")], speaker_actor="a1", cue=[span("mitteilte")]),
            Speech(kind="Indirect", content=[span("Damaskus dürfe auf eigenem Boden gegen bewaffnete Gruppen kämpfen")],
                   speaker=[span("er.", "kämpfen, sagte ")], cue=[span("sagte", "kämpfen, ")]),
        ],
        times=[
            TimeExpression(expression=span("Freitag"), from_="2020-02-28", to="2020-02-29", precision="day", kind="date"),
            TimeExpression(expression=span("Donnerstagabend"), from_="2020-02-27T18:00", to="2020-02-28T00:00",
                           precision="part_of_day", kind="time"),
            TimeExpression(expression=span("vergangenen Wochen"), to="2020-02-28", precision="vague", kind="date"),
        ],
    )
    record._text = text
    return record


@pytest.fixture
def handmade(idlib: Report) -> Record:
    """A record made by hand of the first example."""
    return _record(idlib)


@pytest.fixture(scope="session")
def server() -> Iterator[sa.URL]:
    """A PostgreSQL server (tests/postgres.py). Without one its tests are skipped, in CI they fail."""
    started = postgres.server()
    try:
        address = started.__enter__()
    except postgres.NoServerError as fault:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI tests both engines: {fault}")
        pytest.skip(str(fault))
    yield address
    started.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of its own, one of each engine in turn."""
    if request.param == "sqlite":
        yield str(tmp_path / "trucewatch.db")
        return
    with postgres.fresh(request.getfixturevalue("server")) as address:
        yield address

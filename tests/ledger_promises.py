# ruff: noqa: E501  (one report a line)
"""Short reports of promises, demands and threats, and of what then happened, for the tests of the ledgers."""

from __future__ import annotations

from trucewatch import read
from trucewatch.incident import Incident
from trucewatch.linking.compose import compose
from trucewatch.linking.nodes import nodes
from trucewatch.linking.origins import Source

Reports = list[tuple[str, str]]


def incidents(reports: Reports) -> list[Incident]:
    """One incident for each event of these reports, given as (published, text); a denial joins the first."""
    found: list[Incident] = []
    for number, (published, text) in enumerate(reports, 101):
        record = read(text, published=published)
        told = nodes(record, text, number)
        source = Source(number, record.report.id, f"r{number}", published, None, tuple(record.report.agencies), False)
        found += [compose(f"i{number}{n.event}", [n], [source], []) for n in told]
    return found


# name, reports, what happened, what is expected of the first promise
PROMISES: list[tuple[str, Reports, Reports, dict[str, object]]] = [
    (
        "a demand with a deadline that is still to come",
        [("2024-11-01", "Die israelische Regierung forderte die Hisbollah auf, sich bis zum 15. November aus dem Süden des Libanon zurückzuziehen.")],
        [],
        {"kind": "demand", "state": "open", "deadline": "2024-11-16", "type": "RETREAT", "by": "israelische Regierung", "to": "Hisbollah"},
    ),
    (
        "the same deadline gone by",
        [("2024-11-01", "Die israelische Regierung forderte die Hisbollah auf, sich bis zum 15. November aus dem Süden des Libanon zurückzuziehen.")],
        [],
        {"kind": "demand", "state": "overdue", "deadline": "2024-11-16", "today": "2024-11-20"},
    ),
    (
        "the last day of the deadline is not over",
        [("2024-11-01", "Die israelische Regierung forderte die Hisbollah auf, sich bis zum 15. November aus dem Süden des Libanon zurückzuziehen.")],
        [],
        {"state": "open", "deadline": "2024-11-16", "today": "2024-11-15"},
    ),
    (
        "a demand repeated is one",
        [
            ("2024-11-01", "Die israelische Regierung forderte die Hisbollah auf, sich bis zum 15. November aus dem Süden des Libanon zurückzuziehen."),
            ("2024-11-04", "Israel hat die Hisbollah erneut aufgefordert, aus dem Süden des Libanon abzuziehen."),
        ],
        [],
        {"state": "open", "deadline": "2024-11-16", "lines": 2},
    ),
    (
        "an ultimatum with its content",
        [("2020-11-02", "Aserbaidschan hat Armenien ein Ultimatum gestellt: Bis Freitag müssten die Truppen aus Latschin abziehen.")],
        [],
        {"kind": "threat", "state": "open", "deadline": "2020-11-07", "type": "RETREAT", "by": "Aserbaidschan", "to": "Armenien"},
    ),
    (
        "an ultimatum that is met",
        [("2020-11-02", "Aserbaidschan hat Armenien ein Ultimatum gestellt: Bis Freitag müssten die Truppen aus Latschin abziehen.")],
        [("2020-11-05", "Eriwan (dpa) - Armenische Truppen haben sich am Donnerstag aus Latschin zurückgezogen, teilte das Verteidigungsministerium in Eriwan mit.")],
        {"state": "met", "deadline": "2020-11-07", "says": "Verteidigungsministerium"},
    ),
    (
        "met, but too late",
        [("2020-11-02", "Aserbaidschan hat Armenien ein Ultimatum gestellt: Bis Freitag müssten die Truppen aus Latschin abziehen.")],
        [("2020-11-10", "Eriwan (dpa) - Armenische Truppen haben sich am Montag aus Latschin zurückgezogen, teilte das Verteidigungsministerium in Eriwan mit.")],
        {"state": "met", "late": True},
    ),
    (
        "somebody else withdrew",
        [("2020-11-02", "Aserbaidschan hat Armenien ein Ultimatum gestellt: Bis Freitag müssten die Truppen aus Latschin abziehen.")],
        [("2020-11-05", "Moskau (dpa) - Russische Truppen haben sich am Donnerstag aus Latschin zurückgezogen.")],
        {"state": "overdue", "today": "2020-11-09"},
    ),
    (
        "a promise to free prisoners",
        [("2022-11-01", "Russland versprach, die ukrainischen Gefangenen bis zum 20. November freizulassen.")],
        [],
        {"kind": "promise", "state": "open", "deadline": "2022-11-21", "type": "RETREAT", "by": "Russland"},
    ),
    (
        "a promise kept, on its own word",
        [("2022-11-01", "Russland versprach, die ukrainischen Gefangenen bis zum 20. November freizulassen.")],
        [("2022-11-16", "Moskau (dpa) - Russland hat am Dienstag nach eigenen Angaben 50 ukrainische Gefangene freigelassen.")],
        {"state": "met", "deadline": "2022-11-21"},
    ),
    (
        "a promised withdrawal, the month over",
        [("2020-11-10", "Armenien sagte zu, seine Soldaten bis Ende November aus dem Bezirk Kelbadschar abzuziehen.")],
        [],
        {"kind": "promise", "state": "overdue", "deadline": "2020-12-01", "today": "2020-12-01", "by": "Armenien"},
    ),
    (
        "an announcement of one's own",
        [("2019-05-08", "Die Huthi-Rebellen kündigten an, den Hafen von Hodeida bis zum 14. Mai zu räumen.")],
        [],
        {"kind": "promise", "state": "open", "deadline": "2019-05-15", "by": "Huthi"},
    ),
    (
        "an ultimatum taken back",
        [
            ("2024-11-01", "Die israelische Regierung stellte der Hisbollah ein Ultimatum: Bis zum 15. November müssten die Kämpfer aus dem Süden des Libanon abziehen."),
            ("2024-11-05", "Die israelische Regierung hat ihr Ultimatum an die Hisbollah zurückgenommen."),
        ],
        [],
        {"kind": "threat", "state": "withdrawn", "lines": 2},
    ),
    (
        "a call for a truce",
        [("2023-04-20", "UN-Generalsekretär António Guterres hat die Kriegsparteien im Sudan zu einer Waffenruhe aufgerufen.")],
        [],
        {"kind": "demand", "state": "open", "deadline": None, "type": "AGREE", "by": "António Guterres"},
    ),
    (
        "an agreed withdrawal",
        [("2020-11-10", "Armenien und Aserbaidschan einigten sich auf einen Abzug der armenischen Truppen aus Agdam bis zum 20. November.")],
        [],
        {"kind": "promise", "state": "open", "deadline": "2020-11-21", "type": "RETREAT"},
    ),
    (
        "relief that is promised",
        [("2022-03-25", "Die äthiopische Regierung sagte zu, bis zum 1. April Hilfskonvois nach Tigray zu lassen.")],
        [],
        {"kind": "promise", "deadline": "2022-04-02", "state": "open"},
    ),
    (
        "a threat of force",
        [("2021-04-20", "Der türkische Präsident Recep Tayyip Erdogan drohte den syrischen Truppen mit einem Angriff, falls sie Idlib nicht bis zum 1. Mai verlassen.")],
        [],
        {"kind": "threat", "by": "Recep Tayyip Erdogan"},
    ),
]

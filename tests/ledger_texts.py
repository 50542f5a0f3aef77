# ruff: noqa: E501  (one report a line)
"""Short reports about several conflicts, for the tests of the ledgers: chains of what one contact became."""

from __future__ import annotations

from trucewatch import read
from trucewatch.agreements.ledger_entries import Entry, entries

UA = " In der Ostukraine beschossen Soldaten am Vortag mehrere Dörfer."
SY = " In der syrischen Provinz Idlib kamen bei Gefechten mehrere Soldaten ums Leben."
KA = " In Berg-Karabach hatten Soldaten beider Seiten zuvor Stellungen beschossen."
YE = " Im Jemen kämpfen Huthi-Rebellen seit Jahren gegen Truppen der Regierung."
SD = " Im Sudan halten die Kämpfe zwischen den Streitkräften und der Miliz an."
LB = " An der Grenze zum Libanon hatte die Armee Stellungen der Miliz beschossen."
ET = " In der Region Tigray gab es zuletzt wieder Gefechte."
KO = " Im Norden des Kosovo hatten Bewaffnete zuletzt Polizisten angegriffen."

Chain = tuple[str, list[tuple[str, str]], dict[str, object]]


def told(reports: list[tuple[str, str]]) -> list[Entry]:
    """The entries of reports given as (published, text), numbered in their order."""
    found: list[Entry] = []
    for number, (published, text) in enumerate(reports, 1):
        found += entries(read(text, published=published), text, f"r{number}", number)
    return found


CHAINS: list[Chain] = [
    (
        "proposed by one side",
        [("2021-11-05", "Kiew (dpa) - Der ukrainische Präsident Wolodymyr Selenskyj hat Kremlchef Wladimir Putin ein Treffen vorgeschlagen, teilte sein Büro am Freitag mit." + UA)],
        {"state": "proposed", "level": "heads", "keys": {"RU", "UA"}, "lines": 1},
    ),
    (
        "proposed, agreed without a date, then scheduled, then held",
        [
            ("2021-11-05", "Kiew (dpa) - Der ukrainische Präsident Wolodymyr Selenskyj hat Kremlchef Wladimir Putin ein Treffen vorgeschlagen, teilte sein Büro am Freitag mit." + UA),
            ("2021-11-09", "Moskau (dpa) - Putin und Selenskyj haben nach Angaben des Kremls ein Treffen vereinbart. Ein Termin wurde nicht genannt." + UA),
            ("2021-11-12", "Moskau (dpa) - Putin und Selenskyj wollen sich am 20. November in Istanbul treffen, teilte der Kreml mit." + UA),
            ("2021-11-21", "Istanbul (dpa) - Putin und Selenskyj haben sich am Samstag in Istanbul getroffen. Sie einigten sich auf eine Waffenruhe." + UA),
        ],
        {"state": "held", "level": "heads", "keys": {"RU", "UA"}, "lines": 4, "outcome": ["ceasefire"], "from": "2021-11-20", "place": "Istanbul"},
    ),
    (
        "put off without a date",
        [
            ("2021-11-12", "Moskau (dpa) - Putin und Selenskyj wollen sich am 20. November in Istanbul treffen, teilte der Kreml mit." + UA),
            ("2021-11-16", "Moskau (dpa) - Das Treffen von Putin und Selenskyj ist auf unbestimmte Zeit verschoben worden, teilte der Kreml am Dienstag mit." + UA),
        ],
        {"state": "postponed", "level": "heads", "lines": 2, "from": None, "place": "Istanbul"},
    ),
    (
        "called off",
        [
            ("2021-11-12", "Moskau (dpa) - Putin und Selenskyj wollen sich am 20. November in Istanbul treffen, teilte der Kreml mit." + UA),
            ("2021-11-16", "Moskau (dpa) - Putin hat das Treffen mit Selenskyj abgesagt, wie sein Sprecher sagte." + UA),
        ],
        {"state": "cancelled", "level": "heads", "lines": 2},
    ),
    (
        "scheduled, and nothing told of it after the day",
        [("2020-11-09", "Eriwan (AFP) - Die Außenminister Armeniens und Aserbaidschans vereinbarten ein Treffen am 12. November in Genf." + KA)],
        {"state": "overdue", "level": "ministers", "keys": {"AM", "AZ"}, "lines": 1, "today": "2020-11-14"},
    ),
    (
        "scheduled, the day not yet over",
        [("2020-11-09", "Eriwan (AFP) - Die Außenminister Armeniens und Aserbaidschans vereinbarten ein Treffen am 12. November in Genf." + KA)],
        {"state": "scheduled", "level": "ministers", "lines": 1, "today": "2020-11-12"},
    ),
    (
        "ministers who met as agreed",
        [
            ("2020-11-09", "Eriwan (AFP) - Die Außenminister Armeniens und Aserbaidschans vereinbarten ein Treffen am 12. November in Genf." + KA),
            ("2020-11-13", "Genf (dpa) - Die Außenminister von Armenien und Aserbaidschan sind am Donnerstag in Genf zusammengekommen. Sie einigten sich auf einen Gefangenenaustausch." + KA),
        ],
        {"state": "held", "level": "ministers", "keys": {"AM", "AZ"}, "lines": 2, "outcome": ["prisoner_exchange"], "from": "2020-11-12"},
    ),
    (
        "agreed without a date, and then silence",
        [
            ("2020-10-01", "Moskau (dpa) - Die Präsidenten Armeniens und Aserbaidschans haben nach russischen Angaben ein Treffen vereinbart." + KA),
            ("2020-10-20", "Baku (dpa) - Angela Merkel hat mit Putin telefoniert." + KA),
        ],
        {"state": "no_news", "level": "heads", "keys": {"AM", "AZ"}, "lines": 1},
    ),
    (
        "one call, told by both sides on one day",
        [
            ("2020-02-20", "Ankara (dpa) - Die Verteidigungsminister der Türkei und Russlands telefonierten am Donnerstag über die Lage in Idlib, wie das türkische Verteidigungsministerium mitteilte." + SY),
            ("2020-02-20T18:00", "Moskau (dpa) - Die Verteidigungsminister Russlands und der Türkei haben am Donnerstag telefoniert, teilte das russische Verteidigungsministerium mit." + SY),
        ],
        {"state": "held", "level": "ministers", "form": "phone", "keys": {"RU", "TR"}, "lines": 2, "topic": "die Lage in Idlib"},
    ),
    (
        "delegations that came together",
        [("2018-12-07", "Stockholm (dpa) - Delegationen der jemenitischen Regierung und der Huthi-Rebellen kamen am Donnerstag in Schweden zu Friedensgesprächen zusammen." + YE)],
        {"state": "held", "level": "envoys", "lines": 1, "from": "2018-12-06"},
    ),
    (
        "talks that go on",
        [("2023-05-06", "Dschidda (Reuters) - Die Gespräche zwischen der sudanesischen Armee und der RSF sollen am Montag fortgesetzt werden, sagte ein saudischer Diplomat." + SD)],
        {"state": "scheduled", "form": "talks", "lines": 1, "from": "2023-05-08"},
    ),
    (
        "talks that fell through",
        [
            ("2023-05-06", "Dschidda (Reuters) - Die Gespräche zwischen der sudanesischen Armee und der RSF sollen am Montag fortgesetzt werden, sagte ein saudischer Diplomat." + SD),
            ("2023-05-07", "Dschidda (Reuters) - Die Gespräche zwischen der sudanesischen Armee und der RSF sind geplatzt, teilte die Armee mit." + SD),
        ],
        {"state": "cancelled", "form": "talks", "lines": 2},
    ),
    (
        "Serbia and Kosovo, invited by the EU",
        [("2021-02-03", "Belgrad (dpa) - Serbien und Kosovo wollen sich am 10. Februar in Brüssel zu neuen Gesprächen treffen, teilte die EU mit." + KO)],
        {"state": "scheduled", "place": "Brüssel", "from": "2021-02-10", "today": "2021-02-05"},
    ),
    (
        "a president and a head of government",
        [
            ("2021-02-03", "Belgrad (dpa) - Der serbische Präsident Aleksandar Vucic und der kosovarische Regierungschef Albin Kurti sollen am 10. Februar in Brüssel zusammenkommen." + KO),
            ("2021-02-11", "Brüssel (AFP) - Vucic und Kurti haben sich am Mittwoch in Brüssel getroffen." + KO),
        ],
        {"state": "held", "level": "heads", "lines": 2, "from": "2021-02-10"},
    ),
    (
        "peace talks put off to a week, and the week goes by",
        [("2022-11-01", "Nairobi (AFP) - Die Friedensgespräche zwischen der äthiopischen Regierung und der TPLF sind auf nächste Woche vertagt worden." + ET)],
        {"state": "overdue", "form": "talks", "today": "2022-11-20"},
    ),
    (
        "peace talks put off to a week",
        [("2022-11-01", "Nairobi (AFP) - Die Friedensgespräche zwischen der äthiopischen Regierung und der TPLF sind auf nächste Woche vertagt worden." + ET)],
        {"state": "postponed", "form": "talks"},
    ),
    (
        "a call that is to come, and comes",
        [
            ("2021-02-03", "Moskau (dpa) - Erdogan und Putin wollen an diesem Freitag erneut miteinander telefonieren." + SY),
            ("2021-02-05T20:00", "Moskau (dpa) - Putin und Erdogan haben nach Angaben des Kremls am Freitag miteinander telefoniert." + SY),
        ],
        {"state": "held", "form": "phone", "level": "heads", "lines": 2, "from": "2021-02-05"},
    ),
    (
        "refused",
        [
            ("2021-11-05", "Kiew (dpa) - Der ukrainische Präsident Wolodymyr Selenskyj hat Kremlchef Wladimir Putin ein Treffen vorgeschlagen, teilte sein Büro am Freitag mit." + UA),
            ("2021-11-08", "Moskau (dpa) - Putin lehnte ein Treffen mit Selenskyj ab." + UA),
        ],
        {"state": "cancelled", "level": "heads", "lines": 2},
    ),
    (
        "a summit that is off",
        [
            ("2021-02-01", "Moskau (dpa) - Putin und Erdogan treffen sich am Donnerstag in Sotschi zu einem Gipfel." + SY),
            ("2021-02-03", "Moskau (dpa) - Der Gipfel von Putin und Erdogan fällt aus, wie der Kreml mitteilte." + SY),
        ],
        {"state": "cancelled", "form": "summit", "level": "heads"},
    ),
    (
        "a visit",
        [("2023-10-16", "Washington (AFP) - US-Präsident Joe Biden reist am Mittwoch zu einem Besuch nach Israel, teilte Außenminister Antony Blinken mit." + LB)],
        {"state": "scheduled", "form": "visit", "keys": {"US", "IL"}, "from": "2023-10-18", "today": "2023-10-17"},
    ),
    (
        "chiefs of staff",
        [("2020-03-10", "Ankara (dpa) - Die Generalstabschefs Russlands und der Türkei haben am Dienstag in Ankara über gemeinsame Patrouillen beraten." + SY)],
        {"state": "held", "level": "military", "keys": {"RU", "TR"}, "from": "2020-03-10"},
    ),
    (
        "an offer of talks",
        [("2020-10-12", "Eriwan (dpa) - Der armenische Regierungschef Nikol Paschinjan hat sich zu Gesprächen mit dem aserbaidschanischen Präsidenten Ilham Alijew bereit erklärt." + KA)],
        {"state": "proposed", "level": "heads", "keys": {"AM", "AZ"}},
    ),
    (
        "a call that one side tells of and the other denies",
        [
            ("2021-11-05", "Moskau (dpa) - Putin und Selenskyj haben nach Angaben des Kremls am Freitag telefoniert." + UA),
            ("2021-11-05T20:00", "Kiew (dpa) - Nach Angaben des ukrainischen Präsidialamts hat es am Freitag kein Telefonat von Selenskyj mit Putin gegeben." + UA),
        ],
        {"state": "held", "form": "phone", "level": "heads", "lines": 2},
    ),
    (
        "put off to another day, and held on it",
        [
            ("2020-11-09", "Eriwan (AFP) - Die Außenminister Armeniens und Aserbaidschans vereinbarten ein Treffen am 12. November in Genf." + KA),
            ("2020-11-11", "Genf (dpa) - Das Treffen der Außenminister Armeniens und Aserbaidschans ist auf den 20. November verschoben worden." + KA),
            ("2020-11-21", "Genf (dpa) - Die Außenminister Armeniens und Aserbaidschans haben sich am Freitag in Genf getroffen." + KA),
        ],
        {"state": "held", "level": "ministers", "lines": 3, "from": "2020-11-20"},
    ),
    (
        "called off before its weekday",
        [("2021-11-09", "Moskau (dpa) - Das für Mittwoch geplante Treffen von Putin und Selenskyj ist abgesagt worden." + UA)],
        {"state": "cancelled", "from": "2021-11-10", "keys": {"RU", "UA"}},
    ),
    (
        "a summit of four put off, and with it its date",
        [
            ("2020-07-01", "Berlin (dpa) - Bundeskanzlerin Angela Merkel, Frankreichs Präsident Emmanuel Macron, Kremlchef Wladimir Putin und der ukrainische Präsident Wolodymyr Selenskyj wollen am 10. Juli in Berlin zu einem Gipfel zusammenkommen." + UA),
            ("2020-07-08", "Berlin (Reuters) - Der für Freitag geplante Gipfel von Merkel, Macron, Putin und Selenskyj wird verschoben, sagte Regierungssprecher Steffen Seibert." + UA),
        ],
        {"state": "postponed", "form": "summit", "level": "heads", "keys": {"DE", "FR", "RU", "UA"}, "from": None},
    ),
    (
        "a host who invites two sides",
        [
            ("2020-10-05", "Moskau (dpa) - Putin hat die Außenminister von Armenien und Aserbaidschan zu Gesprächen nach Moskau eingeladen." + KA),
            ("2020-10-09", "Moskau (dpa) - Die Außenminister Armeniens und Aserbaidschans sind am Freitag in Moskau zu Gesprächen zusammengekommen." + KA),
        ],
        {"state": "held", "level": "ministers", "keys": {"RU", "AM", "AZ"}, "place": "Moskau", "from": "2020-10-09"},
    ),
    (
        "two who spoke with each other as announced",
        [
            ("2021-06-01", "Genf (dpa) - US-Präsident Joe Biden und der russische Präsident Wladimir Putin treffen sich am 16. Juni in Genf, teilte das Weiße Haus mit." + UA),
            ("2021-06-16", "Genf (dpa) - Biden und Putin haben am Mittwoch in Genf mehr als drei Stunden miteinander gesprochen." + UA),
        ],
        {"state": "held", "level": "heads", "keys": {"US", "RU"}, "lines": 2, "from": "2021-06-16"},
    ),
    (
        "talks that go on with a topic",
        [("2023-11-01", "Doha (dpa) - Die indirekten Verhandlungen zwischen Israel und der Hamas über eine Freilassung der Geiseln gehen am Donnerstag in Doha weiter." + LB)],
        {"state": "scheduled", "form": "talks", "topic": "eine Freilassung der Geiseln", "place": "Doha", "from": "2023-11-02"},
    ),
    (
        "a call that did not come about",
        [("2021-06-02", "Moskau (dpa) - Ein für Dienstag vorgesehenes Telefonat zwischen Selenskyj und Putin fand nicht statt, teilte der Kreml am Mittwoch mit." + UA)],
        {"state": "cancelled", "form": "phone", "level": "heads"},
    ),
]

ALL_REPORTS = list(dict.fromkeys(report for _, reports, _ in CHAINS for report in reports))

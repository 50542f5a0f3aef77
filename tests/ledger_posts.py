# ruff: noqa: E501  (one report a line)
"""Short reports of posts, units and patrols, for the tests of the ledger of presences."""

from __future__ import annotations

# name, reports, what is expected of the presence of this form
POSTS: list[tuple[str, list[tuple[str, str]], dict[str, object]]] = [
    (
        "posts that a state keeps in a province",
        [("2019-09-20", "Die Türkei unterhält in der syrischen Provinz Idlib zwölf Beobachtungsposten.")],
        {"form": "observation_post", "state": "present", "country": "TR", "place": "Idlib", "low": 12, "high": 12},
    ),
    (
        "a post that is surrounded, on the ministry's word",
        [("2019-12-23", "In der Provinz Idlib haben syrische Regierungstruppen einen türkischen Beobachtungsposten bei Sarakib umzingelt, teilte das Verteidigungsministerium in Ankara mit.")],
        {"form": "observation_post", "state": "surrounded", "country": "TR", "place": "Sarakib", "by": "SY", "voice": "attributed"},
    ),
    (
        "a post that comes under fire",
        [("2020-02-10", "Beim Beschuss eines türkischen Beobachtungspostens in der Stadt Taftanas sind am Montag fünf Soldaten getötet worden.")],
        {"form": "observation_post", "state": "attacked", "country": "TR", "place": "Taftanas", "voice": "reporter"},
    ),
    (
        "a post that is given up, on an observer's word",
        [("2020-10-20", "Die türkische Armee hat ihren Beobachtungsposten in Morek geräumt, berichtete die Syrische Beobachtungsstelle für Menschenrechte.")],
        {"form": "observation_post", "state": "abandoned", "country": "TR", "place": "Morek", "source": "Syrische Beobachtungsstelle für Menschenrechte"},
    ),
    (
        "surrounded, then given up",
        [
            ("2019-08-23", "Syrische Truppen haben den türkischen Beobachtungsposten in Morek eingekesselt."),
            ("2020-10-20", "Die türkische Armee hat ihren Beobachtungsposten in Morek geräumt."),
        ],
        {"form": "observation_post", "state": "abandoned", "country": "TR", "place": "Morek", "lines": 2},
    ),
    (
        "standing context does not undo a siege",
        [
            ("2019-08-23", "Syrische Truppen haben den türkischen Beobachtungsposten in Morek eingekesselt."),
            ("2019-09-02", "Die Türkei unterhält in Morek einen Beobachtungsposten."),
        ],
        {"form": "observation_post", "state": "surrounded", "country": "TR", "place": "Morek", "lines": 2},
    ),
    (
        "soldiers stationed",
        [("2021-05-12", "In Stepanakert sind russische Soldaten stationiert.")],
        {"form": "unit", "state": "present", "country": "RU", "place": "Stepanakert"},
    ),
    (
        "a checkpoint",
        [("2015-04-20", "An einem Kontrollposten der prorussischen Separatisten bei Donezk sind am Montag Beobachter der OSZE aufgehalten worden.")],
        {"form": "checkpoint", "state": "present", "place": "Donezk"},
    ),
    (
        "a checkpoint that is attacked",
        [("2015-02-17", "Rebellen haben am Dienstag einen ukrainischen Kontrollposten bei Debalzewe angegriffen, teilte die Armee mit.")],
        {"form": "checkpoint", "state": "attacked", "country": "UA", "place": "Debalzewe"},
    ),
    (
        "a patrol",
        [("2020-03-15", "Russische Soldaten patrouillierten am Sonntag auf der Schnellstraße M4 bei Aleppo in Syrien.")],
        {"form": "patrol", "state": "present", "country": "RU"},
    ),
    (
        "peacekeepers in a town",
        [("2023-06-02", "Soldaten der Nato-Truppe KFOR sind in der Stadt Zvecan im Norden des Kosovo stationiert.")],
        {"form": "unit", "state": "present", "place": "Zvecan"},
    ),
    (
        "peacekeepers' base under fire",
        [("2024-10-10", "Israelische Soldaten haben nach UN-Angaben einen Stützpunkt der UNIFIL in Nakura beschossen.")],
        {"form": "unit", "state": "attacked", "by": "IL", "place": "Nakura"},
    ),
]

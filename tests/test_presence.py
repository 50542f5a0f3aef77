"""Posts, units and patrols over many reports (ledgers, section 2)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_posts import POSTS
from ledger_texts import told
from trucewatch.agreements.presence import presences
from trucewatch.contact import Presence
from trucewatch.reporting.contact_text import ContactText


def found(presence: Presence) -> dict[str, Any]:
    """What the cases expect of a presence."""
    line = next(h for h in reversed(presence.history) if h.state == presence.state)
    return {
        "state": presence.state, "form": presence.form, "country": presence.whose.country, "low": presence.low,
        "high": presence.high, "place": presence.places[0].name if presence.places else None,
        "lines": len(presence.history), "by": line.by[0].country if line.by else None, "voice": line.voice,
        "source": line.source,
    }  # fmt: skip


@pytest.mark.parametrize(("name", "reports", "wanted"), POSTS, ids=[p[0] for p in POSTS])
def test_post(name: str, reports: list[tuple[str, str]], wanted: dict[str, Any]) -> None:
    (presence,) = presences(told(reports))
    assert {k: found(presence)[k] for k in wanted} == wanted


ENTRIES = told(list(dict.fromkeys(r for _, reports, _ in POSTS for r in reports)))


@settings(max_examples=25, deadline=None)
@given(st.permutations(ENTRIES))
def test_the_order_of_entries_does_not_matter(mixed: list[Any]) -> None:
    assert presences(mixed) == presences(ENTRIES)


def test_no_claim_becomes_the_reports_own_word() -> None:
    entries = {(e.sha, e.event): e for e in ENTRIES if e.kind == "presence"}
    for presence in presences(ENTRIES):
        for line in presence.history:
            entry = entries[line.report, line.event]
            assert (line.voice, line.source, line.quote) == (entry.voice, entry.word_of, entry.quote)


def test_a_post_that_fires_is_not_attacked() -> None:
    text = "Vom türkischen Beobachtungsposten in Morek aus wurden syrische Stellungen beschossen."
    assert all(p.state != "attacked" for p in presences(told([("2020-02-10", text)])))


@pytest.mark.parametrize("language", ["de", "en"])
def test_listing(language: Any) -> None:
    text = "".join(ContactText(language).presences(presences(told(POSTS[4][1])), history=True))
    assert "Morek" in text and ("aufgegeben" if language == "de" else "abandoned") in text

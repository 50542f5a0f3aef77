"""Frames of courts, custody, blame and decrees: every group does what its own examples say."""

from __future__ import annotations

from test_frames_data import groups, happenings

LAW = "frames.de.law"


def test_examples_that_must_match() -> None:
    missed = [
        (group["id"], sentence)
        for _, group in groups(LAW)
        for sentence in group["yes"]
        if group["type"] not in {h.type for h in happenings(sentence, gated=False)}
    ]
    assert missed == []


def test_examples_that_must_not_match() -> None:
    hit = [
        (group["id"], sentence)
        for kind, group in groups(LAW)
        for sentence in group["no"]
        if group["id"] in {h.frame.id for h in happenings(sentence, gated=True) if h.frame.noun == (kind == "noun")}
    ]
    assert hit == []

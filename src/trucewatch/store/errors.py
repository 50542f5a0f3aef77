"""What the store says when it cannot do what it was asked: one line, with what to do."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be opened, read or written; the message is one line and says what to do."""


class DecisionError(ValueError):
    """A decision that cannot be taken as it was put (unknown incident, field, member); one line."""

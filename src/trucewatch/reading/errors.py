"""What can go wrong before a text is there: one class, one line, with what to do."""

from __future__ import annotations


class ReadingError(ValueError):
    """The input is no text that can be read; the message is one line and says what to do."""


class NotUnderstood(ReadingError):
    """The input is whole, but in a form or language that is not read."""

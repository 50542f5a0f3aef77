"""What can go wrong when incidents are written out: one class, one line, with what to do."""

from __future__ import annotations

from collections.abc import Sequence


class ExportError(ValueError):
    """The export cannot be written; the message is one line and says what to do."""


def missing(form: str, libraries: Sequence[str]) -> ExportError:
    """The error for a format whose libraries are not installed.

    >>> print(missing("parquet", ["pyarrow"]))
    parquet needs pyarrow; install it with: pip install 'trucewatch[exports]'
    """
    names = " and ".join(libraries)
    it = "it" if len(libraries) == 1 else "them"
    return ExportError(f"{form} needs {names}; install {it} with: pip install 'trucewatch[exports]'")

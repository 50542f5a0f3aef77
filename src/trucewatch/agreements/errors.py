"""What can be wrong with agreements: one line that says where and what to do."""

from __future__ import annotations


class AgreementError(ValueError):
    """An agreement cannot be used; the message names file, line and key where it is a file's fault."""

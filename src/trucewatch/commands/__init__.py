"""What the command line does: inputs to jobs, jobs to results in the inputs' order, results to one output."""

from __future__ import annotations

from trucewatch.commands.run import ReadOptions, explain, form_of, read, schema

__all__ = ["ReadOptions", "explain", "form_of", "read", "schema"]

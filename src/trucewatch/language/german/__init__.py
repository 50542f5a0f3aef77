"""German: from a text to the language-neutral ``Analysis``."""

from trucewatch.language.german.analyse import analyse

__all__ = ["analyse"]

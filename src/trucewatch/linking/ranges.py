"""Loss ranges as values with an algebra: later figures of one side replace earlier ones, sides that differ widen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """How many: ``low`` to ``high``, both included; ``None`` where that end is not told."""

    low: int | None
    high: int | None
    approximate: bool = False

    def __or__(self, other: Range) -> Range:
        """What two sources say together: from the lowest to the highest; an open end stays open.

        >>> Range(20, None) | Range(21, 21)
        Range(low=20, high=None, approximate=False)
        """
        return Range(
            None if self.low is None or other.low is None else min(self.low, other.low),
            None if self.high is None or other.high is None else max(self.high, other.high),
            self.approximate or other.approximate,
        )

    def __add__(self, other: Range) -> Range:
        """One more died: both ends rise.

        >>> Range(33, 33) + Range(1, 1)
        Range(low=34, high=34, approximate=False)
        """
        return Range(
            (self.low or 0) + (other.low or 0) if self.low is not None or other.low is not None else None,
            self.high + other.high if self.high is not None and other.high is not None else None,
            self.approximate or other.approximate,
        )

    def replaced_by(self, later: Range) -> Range:
        """What one side says in the end: its later figure; a floor below an earlier floor does not lower it.

        >>> Range(20, None).replaced_by(Range(10, None)), Range(20, None).replaced_by(Range(12, 12))
        (Range(low=20, high=None, approximate=False), Range(low=12, high=12, approximate=False))
        """
        if later.high is None and later.low is not None and self.low is not None and self.low > later.low:
            return self
        return later

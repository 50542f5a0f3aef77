"""Room for words on a map: each takes the first place that is free; what finds none is left out."""

from __future__ import annotations

from collections.abc import Iterable

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
_WIDE, _NARROW = frozenset("MWmw@%ÄÖÜABCDGHKNOQRUVXYZ"), frozenset("iljtfrI.,;:'’‘ -()|")


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Rather more than the width in pixels of a text in a common sans-serif font of this size."""
    units = sum(0.78 if c in _WIDE else 0.38 if c in _NARROW else 0.61 for c in text)
    return units * size * (1.13 if bold else 1.0)


class Room:
    """The free room on a sheet."""

    def __init__(self, width: float, height: float) -> None:
        self._sheet = (width, height)
        self._taken: list[Rectangle] = []

    def take(self, rectangle: Rectangle) -> None:
        """Keeps this room for something drawn there anyway."""
        self._taken.append(rectangle)

    def free(self, rectangle: Rectangle) -> bool:
        """Whether it lies on the sheet and touches nothing."""
        left, top, right, bottom = rectangle
        if left < 3 or top < 3 or right > self._sheet[0] - 3 or bottom > self._sheet[1] - 3:
            return False
        return all(right < r[0] or left > r[2] or bottom < r[1] or top > r[3] for r in self._taken)

    def first(self, places: Iterable[Rectangle]) -> Rectangle | None:
        """The first of these places that is free, now taken."""
        for rectangle in places:
            if self.free(rectangle):
                self.take(rectangle)
                return rectangle
        return None


def beside(x: float, y: float, width: float, height: float, gap: float) -> Iterable[Rectangle]:
    """Places for a word beside a point: right, left, above, below, then askew."""
    for across, down in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)):
        left = x + gap if across > 0 else x - gap - width if across < 0 else x - width / 2
        middle = y + down * (gap * (0.75 if across else 1) + height / 2)
        yield (left, middle - height / 2, left + width, middle + height / 2)


def around(x: float, y: float, width: float, height: float, step: float = 15.0, rings: int = 7) -> Iterable[Rectangle]:
    """Places for a word over a point, then farther and farther from it."""
    for ring in range(rings + 1):
        reach = range(-ring, ring + 1)
        spots = sorted((abs(i) + abs(j), j, i) for i in reach for j in reach if max(abs(i), abs(j)) == ring)
        for _, j, i in spots:
            left, top = x + i * step * 1.6 - width / 2, y + j * step - height / 2
            yield (left, top, left + width, top + height)

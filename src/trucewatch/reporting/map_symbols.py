"""The signs of the grades as shapes, told apart without colour, alone or counted in a pill."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from trucewatch.incident import Grade
from trucewatch.reporting.map_frame import number
from trucewatch.reporting.map_labels import text_width
from trucewatch.reporting.view import clean

GRADES: tuple[Grade, ...] = ("confirmed", "corroborated", "reported", "claimed", "contested")
"""From the best supported on; contested ones last."""
PILL = 20.0
"""Height of a pill in pixels."""
_SIZE = 6.2
_PAD = 6.0

Link = tuple[str, str, Grade]
"""Id and title of an incident, and its grade."""


def sign(grade: Grade, x: float, y: float, size: float = _SIZE) -> str:
    """◆ confirmed, ● corroborated, ◐ reported, ○ claimed, ◇ contested (``incident_text.GRADE_SIGN``)."""
    at = f"{number(x)},{number(y)}"
    if grade in ("confirmed", "contested"):
        s = size * 1.2
        d = f"M{number(x)},{number(y - s)}l{number(s)},{number(s)} {number(-s)},{number(s)} {number(-s)},{number(-s)}Z"
        return f'<path class="{"full" if grade == "confirmed" else "hollow"}" d="{d}"/>'
    kind = "full" if grade == "corroborated" else "hollow"
    circle = f'<circle class="{kind}" cx="{at.split(",")[0]}" cy="{at.split(",")[1]}" r="{number(size)}"/>'
    if grade != "reported":
        return circle
    r = number(size)
    return f'{circle}<path class="half" d="M{number(x)},{number(y - size)}a{r},{r} 0 0 0 0,{number(2 * size)}Z"/>'


def counted(links: Sequence[Link]) -> list[tuple[Grade, list[Link]]]:
    """Incidents by grade, best supported first."""
    groups = [(grade, [link for link in links if link[2] == grade]) for grade in GRADES]
    return [(grade, group) for grade, group in groups if group]


def pill_width(links: Sequence[Link], name: str = "") -> float:
    """Pixels that a pill takes, with a name before the signs or without."""
    words = text_width(name, 11.5, bold=True) + _PAD if name else 0.0
    return words + _PAD + sum(_segment(len(group)) for _, group in counted(links))


def pill(
    links: Sequence[Link], x: float, y: float, href: Callable[[str], str], name: str = "", rough: bool = False
) -> str:
    """A pill around a point: each grade's sign with its number, and a link over it for every single incident."""
    width = pill_width(links, name)
    left, top = x - width / 2, y - PILL / 2
    box = (
        f'x="{number(left)}" y="{number(top)}" width="{number(width)}" height="{number(PILL)}" rx="{number(PILL / 2)}"'
    )
    drawn = [f'<rect class="pill{" rough" if rough else ""}" {box}/>']
    at, over = left + _PAD, []
    if name:
        room = text_width(name, 11.5, bold=True)
        middle = f'x="{number(at + room / 2)}" y="{number(y + 4)}" text-anchor="middle"'
        drawn.append(f'<text class="name" {middle}>{said(name)}</text>')
        at += room + _PAD
    for grade, group in counted(links):
        width = _segment(len(group))
        drawn.append(sign(grade, at + _SIZE + 1, y, _SIZE - 0.6))
        if len(group) > 1:
            drawn.append(
                f'<text class="count" x="{number(at + 2 * _SIZE + 4.5)}" y="{number(y + 4)}">{len(group)}</text>'
            )
        over += list(_slices(group, at, top, width, href))
        at += width
    return f'<g class="group">{"".join(drawn)}{"".join(over)}</g>'


def single(link: Link, x: float, y: float, href: Callable[[str], str]) -> str:
    """One incident: its sign, linked."""
    shown = f'<circle class="halo" cx="{number(x)}" cy="{number(y)}" r="9.5"/>{sign(link[2], x, y)}'
    return f'<a href="{href(link[0])}"><title>{said(link[1])}</title>{shown}</a>'


def said(text: str) -> str:
    """A text for XML: without control characters, and escaped."""
    return escape(clean(text))


def _segment(count: int) -> float:
    return 2 * _SIZE + 8 + (text_width(str(count), 11.5, bold=True) + 3 if count > 1 else 0)


def _slices(group: list[Link], left: float, top: float, width: float, href: Callable[[str], str]) -> Iterator[str]:
    """One invisible slice of the pill for each incident, so that every one can be reached and read out."""
    each = width / len(group)
    for place, (ident, title, _) in enumerate(group):
        box = f'x="{number(left + place * each)}" y="{number(top)}" width="{number(each)}" height="{number(PILL)}"'
        yield f'<a href="{href(ident)}"><title>{said(title)}</title><rect class="hit" {box}/></a>'

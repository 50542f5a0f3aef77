"""Below the map: what its signs mean. On it: how long a kilometre is."""

from __future__ import annotations

from trucewatch.incident import Grade
from trucewatch.reporting.map_frame import Frame, number
from trucewatch.reporting.map_labels import Rectangle, text_width
from trucewatch.reporting.map_symbols import GRADES, said, sign

_ROW, _GAP, _SAMPLE = 22.0, 13.0, 20.0


def legend(words: dict[str, str], grades: set[Grade], kinds: list[str], hatch: str, frame: Frame) -> tuple[str, float]:
    """The legend's drawing below the frame, and its height in pixels.

    ``grades`` that occur, ``kinds`` out of "rough", "approximate", "exact", "line"; ``hatch`` is a pattern's id.
    """
    x, y, drawn = 2.0, frame.height + 19.0, []
    samples = [(words[g], sign(g, 0, 0)) for g in GRADES if g in grades]
    samples += [(words[kind], _sample(kind, hatch)) for kind in kinds]
    for text, sample in samples:
        wide = _SAMPLE + 8 + text_width(text, 12.5)
        if x + wide > frame.width:
            x, y = 2.0, y + _ROW
        middle = f"translate({number(x + _SAMPLE / 2)} {number(y)})"
        drawn.append(f'<g transform="{middle}">{sample}</g>')
        drawn.append(f'<text x="{number(x + _SAMPLE + 5)}" y="{number(y + 4.5)}">{said(text)}</text>')
        x += wide + _GAP
    y += _ROW if samples else 0.0
    drawn.append(f'<text class="note" x="2" y="{number(y + 4)}">{said(words["note"])}</text>')
    return f'<g class="legend">{"".join(drawn)}</g>', y + 14 - frame.height


def _sample(kind: str, hatch: str) -> str:
    if kind == "line":
        return '<path class="front" d="M-10,0L10,0"/>'
    box = 'x="-10" y="-6" width="20" height="12"'
    if kind == "rough":
        return f'<rect class="unsure" fill="url(#{hatch})" {box}/>'
    return f'<rect class="zone{" about" if kind == "approximate" else ""}" {box}/>'


def scale_bar(frame: Frame) -> tuple[str, Rectangle]:
    """A bar of a round number of kilometres in the lower left corner, about a fifth of the map, and its room."""
    wanted = frame.km_per_pixel * frame.width / 5
    power = 10.0 ** (len(str(int(wanted))) - 1) if wanted >= 1 else 0.1
    km = max(step * power for step in (1, 2, 5) if step * power <= wanted) if wanted >= power else power
    long, x, y = km / frame.km_per_pixel, 14.0, frame.height - 14.0
    line = f"M{number(x)},{number(y - 6)}V{number(y)}H{number(x + long)}V{number(y - 6)}"
    text = f'<text x="{number(x + long / 2)}" y="{number(y - 5)}" text-anchor="middle">{km:g} km</text>'
    half = max(long / 2, 30.0)
    room = (x + long / 2 - half - 6, y - 24, x + long / 2 + half + 6, y + 6)
    return f'<g class="scale"><path class="halo" d="{line}"/><path d="{line}"/>{text}</g>', room

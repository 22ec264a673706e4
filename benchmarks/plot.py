"""Draw the growth curves as SVG: both axes logarithmic, the same figures the same bytes."""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 600, 56, 304
"""The lines between which the points are."""

MOST_X = 100_000
LEAST_X = 100

_LIGHT = {
    "paper": "#ffffff",
    "ink": "#24292f",
    "soft": "#57606a",
    "grid": "#d8dee4",
    "first": "#0969da",
    "second": "#bc4c00",
}
_DARK = {
    "paper": "#0d1117",
    "ink": "#e6edf3",
    "soft": "#9198a1",
    "grid": "#2f353d",
    "first": "#58a6ff",
    "second": "#f0883e",
}


class Curve:
    """A name and points: a number of commitments, and a ratio to F."""

    __slots__ = ("name", "points")

    def __init__(self, name: str, points: Sequence[tuple[int, float]]) -> None:
        self.name = name
        self.points = points


def rounded(ratio: float) -> str:
    """Two figures that count, and whole numbers as they are."""
    return f"{ratio:.{max(0, 1 - floor(log10(ratio)))}f}"


class _Scales:
    """The scales of the plot: a point's place in the drawing."""

    def __init__(self, curves: Sequence[Curve]) -> None:
        ratios = [ratio for curve in curves for _, ratio in curve.points]
        self.low = min(-1, floor(log10(min(ratios))))
        self.high = max(1, ceil(log10(max(ratios))))

    def x(self, size: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * log10(size / LEAST_X) / log10(MOST_X / LEAST_X), 1)

    def y(self, ratio: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (log10(ratio) - self.low) / (self.high - self.low), 1)


def _colours(named: dict[str, str]) -> str:
    return " ".join(
        f".{name} {{ fill: {colour} }} .{name}-line {{ stroke: {colour} }}" for name, colour in named.items()
    )


def _style() -> str:
    """Plain classes: not every program that draws SVG knows variables. A line under a text is cut out around it."""
    rules = (
        "text { font: 12px sans-serif; paint-order: stroke; stroke-width: 4px }",
        _colours(_LIGHT),
        f"@media (prefers-color-scheme: dark) {{ {_colours(_DARK)} }}",
    )
    return "  <style>\n" + "".join(f"    {rule}\n" for rule in rules) + "  </style>\n"


def drawing(lines: Sequence[Curve], beside: Curve) -> str:
    """The plot: lines, and points that are no line, all on one size if the history costs nothing."""
    scales = _Scales([*lines, beside])
    shown = "; ".join(
        f"{curve.name}: " + ", ".join(f"{rounded(ratio)} at {size:,}" for size, ratio in curve.points)
        for curve in [*lines, beside]
    )
    parts = [*_grid(scales)]
    for curve, kind in zip(lines, ("first", "second"), strict=True):
        parts += _line(scales, curve, kind)
    parts += _beside(scales, beside)
    body = "\n".join(f"  {part}" for part in parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-labelledby="title desc">\n'
        f'  <title id="title">Time against the number of commitments</title>\n'
        f'  <desc id="desc">Ratios to a bare start of Python. {escape(shown)}.</desc>\n'
        f"{_style()}{body}\n</svg>\n"
    )


def _text(x: float, y: float, text: str, *, fill: str = "soft", anchor: str = "middle") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{fill}" text-anchor="{anchor}">{escape(text)}</text>'


def _grid(scales: _Scales) -> Iterator[str]:
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8" class="paper"/>'
    yield _text(20, 28, "Time, as a ratio to a bare start of Python", fill="ink", anchor="start")
    for power in range(scales.low, scales.high + 1):
        y = scales.y(10.0**power)
        is_floor = power == 0
        stroke = ' class="soft-line" stroke-dasharray="2 4"' if is_floor else ' class="grid-line"'
        yield f'<path d="M{LEFT} {y:g}H{RIGHT}"{stroke}/>'
        yield _text(LEFT - 10, y + 4, f"{10.0**power:g}", anchor="end")
        if is_floor:
            yield _text(RIGHT, y - 6, "bare Python", anchor="end")
    for power in range(2, 6):
        yield _text(scales.x(10.0**power), BOTTOM + 20, f"{10**power:,}")
    yield _text((LEFT + RIGHT) / 2, BOTTOM + 42, "commitments in the store")


def _line(scales: _Scales, curve: Curve, kind: str) -> Iterator[str]:
    path = " ".join(f"{scales.x(size):g},{scales.y(ratio):g}" for size, ratio in curve.points)
    dashes = ' stroke-dasharray="6 4"' if kind == "second" else ""
    yield f'<polyline points="{path}" fill="none" class="{kind}-line" stroke-width="2"{dashes}/>'
    for at, (size, ratio) in enumerate(curve.points):
        x, y = scales.x(size), scales.y(ratio)
        yield f'<circle cx="{x:g}" cy="{y:g}" r="4" class="{kind}"/>'
        anchor = "start" if at == 0 else "end" if at == len(curve.points) - 1 else "middle"
        yield _text(x, y - 10, rounded(ratio), fill=kind, anchor=anchor)
    if kind == "first":
        # It climbs: what is left of its end is free.
        yield _text(x - 36, y - 10, curve.name, fill=kind, anchor="end")
    else:
        yield _text((scales.x(curve.points[0][0]) + x) / 2, y - 10, curve.name, fill=kind)


def _beside(scales: _Scales, curve: Curve) -> Iterator[str]:
    for at, (size, ratio) in enumerate(curve.points):
        place = f'cx="{scales.x(size):g}" cy="{scales.y(ratio):g}"'
        yield f'<circle {place} r="{4 + 2 * at}" fill="none" class="first-line"/>'
    size, ratio = curve.points[-1]
    x, y = scales.x(size), scales.y(ratio)
    yield f'<path d="M{x:g} {y - 11:g}V{y - 30:g}" class="first-line"/>'
    values = ", ".join(rounded(ratio) for _, ratio in curve.points)
    yield _text(x, y - 52, curve.name + ":", fill="first")
    yield _text(x, y - 36, values, fill="first")

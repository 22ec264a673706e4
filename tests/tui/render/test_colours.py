"""The colours are told from their ground and from each other, by the four kinds of eyes."""

from itertools import combinations

import pytest

from store.model.vocabulary_and_signs import Ground
from tui.app.theme import Paint
from tui.render.colours_of_meanings import COLOURS_OF_16, COLOURS_OF_256, MEANINGS
from tui.render.terminal_style import TerminalStyle

Colour = tuple[float, float, float]
"""Red, green and blue, linear, from 0 to 1."""

EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "red-blind": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "green-blind": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "blue-blind": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What eyes make of a linear colour: Machado, Oliveira, Fernandes (2009), severity 1."""

LEAST_CONTRAST = {
    (Ground.DARK, "black"): 5.5,
    (Ground.LIGHT, "white"): 4.4,
    (Ground.UNKNOWN, "black"): 3.9,
    (Ground.UNKNOWN, "white"): 3.3,
}
LEAST_DISTANCE = {Ground.DARK: (37, 29, 12, 14), Ground.LIGHT: (35, 23, 13, 16), Ground.UNKNOWN: (56, 29, 10, 14)}
"""CIE76, for each of `EYES`; 2.3 is a difference that is just noticed."""

XTERM_16 = {1: (205, 0, 0), 2: (0, 205, 0), 3: (205, 205, 0), 5: (205, 0, 205), 6: (0, 205, 205), 12: (92, 92, 255)}


def linear(red: float, green: float, blue: float) -> Colour:
    def one(value: float) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return one(red), one(green), one(blue)


def of_256(number: int) -> Colour:
    """A colour of the cube of the palette of 256."""
    assert 16 <= number < 232
    steps = (0, 95, 135, 175, 215, 255)
    place = number - 16
    return linear(steps[place // 36], steps[place // 6 % 6], steps[place % 6])


def contrast(colour: Colour, ground: str) -> float:
    """The contrast of WCAG 2."""
    luminance = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2] + 0.05
    return 1.05 / luminance if ground == "white" else luminance / 0.05


def lab(colour: Colour) -> Colour:
    red, green, blue = (min(1.0, max(0.0, value)) for value in colour)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: Colour, eye: str) -> Colour:
    rows = [sum(a * b for a, b in zip(row, colour, strict=True)) for row in EYES[eye]]
    return lab((rows[0], rows[1], rows[2]))


def distance(one: Colour, other: Colour, eye: str) -> float:
    pairs = zip(seen(one, eye), seen(other, eye), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize(("ground", "behind"), LEAST_CONTRAST)
def test_every_colour_is_read_on_its_ground(ground: str, behind: str) -> None:
    for name, number in COLOURS_OF_256[ground].items():
        assert contrast(of_256(number), behind) >= LEAST_CONTRAST[ground, behind] - 0.05, name


@pytest.mark.parametrize("ground", LEAST_DISTANCE)
def test_any_two_colours_are_told_apart_by_all_eyes(ground: str) -> None:
    colours = [of_256(number) for number in COLOURS_OF_256[ground].values()]
    for eye, least in zip(EYES, LEAST_DISTANCE[ground], strict=True):
        assert min(distance(*pair, eye) for pair in combinations(colours, 2)) >= least, eye


def test_of_16_colours_only_those_that_are_read_on_white_stand_where_the_ground_may_be_white() -> None:
    for ground in (Ground.LIGHT, Ground.UNKNOWN):
        for name, number in COLOURS_OF_16[ground].items():
            assert contrast(linear(*XTERM_16[number]), "white") >= 4.5, name
    for ground in (Ground.DARK, Ground.UNKNOWN):
        for name, number in COLOURS_OF_16[ground].items():
            assert contrast(linear(*XTERM_16[number]), "black") >= 3.5, name


@pytest.mark.parametrize("ground", COLOURS_OF_256)
def test_each_meaning_has_a_style_on_every_terminal(ground: str) -> None:
    assert set(COLOURS_OF_256[ground]) == set(MEANINGS)
    for colours in (0, 16, 256):
        paint = Paint(colours, ground)
        assert paint.style("overdue").bold
        assert all(paint.style(f"{name}-heading").bold for name in (*MEANINGS, "finished"))
        assert all(paint.style(name).bgcolor is None for name in MEANINGS)
        if not colours:
            assert all(paint.style(name).color is None for name in (*MEANINGS, "error"))


def test_the_shell_has_the_16_colours_of_its_ground() -> None:
    def shown(ground: str) -> list[str]:
        terminal = TerminalStyle(80, is_coloured=True, ground=ground)
        return [terminal.painted("x", name).partition("m")[0].removeprefix("\x1b[") for name in MEANINGS]

    assert shown(Ground.DARK) == ["1;31", "33", "36", "35", "32"]
    assert shown(Ground.UNKNOWN) == shown(Ground.LIGHT) == ["1;31", "1", "94", "35", "x"]
    assert TerminalStyle(80, ground=Ground.LIGHT).painted("x", "overdue") == "x"

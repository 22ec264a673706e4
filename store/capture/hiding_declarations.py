"""What the declarations of a rule hide (CSS 2.2 and its later modules): nothing is drawn, each value is judged by itself.

Values that decide whether words are seen, and that are not understood here, make the styles unclear: that is told.
"""

from __future__ import annotations

import ast
import math
import operator
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Declarations = Mapping[str, tuple[str, bool]]
    """Property -> its value, in small letters with single blanks, and whether it is important."""

HIDDEN, AWAY, INVISIBLE, COLOURLESS, SMALL, STRUCK = "hidden", "away", "invisible", "colourless", "small", "struck"
"""What a rule can say of an element: it is not there; nothing of it is on the page; its text is invisible, transparent
or too small, if what is in it does not say otherwise; its words are struck through."""

_TINY, _TINY_OF_ABOVE, _FAINT, _FAR = 1.0, 0.1, 0.1, 500.0
"""Points or pixels that nobody reads, parts of the size around it that are as small, the opacity that nobody sees,
pixels that lie off the page."""
_SCREEN = 1280
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "q": 0.94}
_PIXELS |= {"em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "lh": 20.0, "rlh": 20.0}
_PIXELS |= {f"{size}{unit}": pixels for size in ("", "s", "l", "d") for unit, pixels in (("vw", 12.8), ("vh", 8.0))}
_PIXELS |= {"%": 10.0, "vmin": 8.0, "vmax": 12.8, "vi": 12.8, "vb": 8.0}
_PLAIN = {"": 1.0, "%": 0.01}
_DEGREES = {"": 1.0, "deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_RELATIVE = frozenset({"em", "ex", "ch", "%", "lh"})

_AMOUNT = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(%|[a-z]*)")
_FUNCTION = re.compile(r"([a-z0-9-]+)\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)")
_MATHS: dict[str, Callable[..., float]] = {
    "calc": lambda value: value,
    "min": min,
    "max": max,
    "clamp": lambda least, value, most: max(least, min(value, most)),
}
_SIGNS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_LONGEST_SUM = 300

_CAN_HIDE = frozenset({"display", "visibility", "opacity", "font-size", "clip-path", "content-visibility", "transform"})
"""Properties that hide whatever stands beside them."""
_SHOWN_AS = re.compile(
    r"(?:block|inline|run-in|flow|flow-root|table|flex|grid|ruby|math|list-item|contents|inline-block|inline-table"
    r"|inline-flex|inline-grid|table-row-group|table-header-group|table-footer-group|table-row|table-cell|table-caption"
    r"|ruby-base|ruby-text|ruby-base-container|ruby-text-container|initial|unset|revert|revert-layer|-\w[\w-]*)"
)
_NOT_SHOWN_AS = frozenset({"none", "table-column", "table-column-group"})
_CLIPPING = re.compile(r"hidden|clip|auto|scroll")
_SIZES = tuple(f"{most}{size}" for most in ("", "max-") for size in ("height", "width", "block-size", "inline-size"))
_MOVES = ("text-indent", "margin-left", "margin-top", "margin-inline-start", "margin-block-start")
_PLACES = ("left", "top", "right", "bottom", "inset-inline-start", "inset-block-start", "inset-inline-end")
_RECTANGLE = re.compile(r"rect\(([^)]*)\)")
_FONT_SIZE = re.compile(r"(?:^|\s)" + _AMOUNT.pattern + r"\s*(?:/|\s|$)")


class NotUnderstood(Exception):
    """A value that may hide words, and that only a browser understands."""


def what_is_hidden(said: Declarations, far_variables: bool = False) -> tuple[dict[str, tuple[bool, bool]], bool]:
    """What declarations say of each of the ways to hide, and whether it is important; and whether that is unclear.

    `far_variables`: whether a variable of the page has a length that would move something off it.
    """
    found: dict[str, tuple[bool, bool]] = {}
    is_unclear = any("var(" in value and name in _CAN_HIDE for name, (value, _) in said.items())
    if far_variables:
        is_unclear = is_unclear or any("var(" in said[name][0] for name in (*_MOVES, *_PLACES, "inset") if name in said)
    values = {name: value for name, (value, _) in said.items() if "var(" not in value}
    for what, judge, names in _JUDGES:
        try:
            hides = judge(values)
        except NotUnderstood:
            is_unclear = True
            continue
        if hides is not None:
            found[what] = hides, any(said[name][1] for name in names or values if name in said)
    return found, is_unclear


def is_valid(name: str, value: str) -> bool:
    """Whether a browser takes this value of a property: one that it does not know counts as not written."""
    if "var(" in value:
        return True
    if name == "display":
        return value in _NOT_SHOWN_AS or all(map(_SHOWN_AS.fullmatch, value.split()))
    return name != "visibility" or value in ("visible", "hidden", "collapse")


def is_far(value: str) -> bool:
    """Whether there is a length in a value that lies off the page."""
    return any(float(number) * _PIXELS.get(unit, 1) <= -_FAR for number, unit in _AMOUNT.findall(value)[:20])


def _is_not_there(values: Mapping[str, str]) -> bool | None:
    return values["display"] in _NOT_SHOWN_AS if "display" in values else None


def _is_invisible(values: Mapping[str, str]) -> bool | None:
    return values["visibility"] != "visible" if "visibility" in values else None


def _is_struck(values: Mapping[str, str]) -> bool | None:
    line = values.get("text-decoration-line", values.get("text-decoration", ""))
    return "line-through" in line or None


def _is_colourless(values: Mapping[str, str]) -> bool | None:
    colour = values.get("-webkit-text-fill-color", values.get("color", ""))
    if colour == "transparent":
        return True
    if colour.startswith("#"):
        return re.fullmatch(r"#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)", colour) is not None
    if found := _FUNCTION.fullmatch(colour):
        alpha = found[2].partition("/")[2] or (found[2].split(",") if found[2].count(",") == 3 else [""])[-1]
        return bool(alpha.strip()) and _amount(alpha, _PLAIN) <= _FAINT
    return False if colour and colour not in ("inherit", "currentcolor") else None


def _is_small(values: Mapping[str, str]) -> bool | None:
    """Whether letters are too small to be read; None where nothing is said, or a part of a size that may be small."""
    size = values.get("font-size", "")
    if "(" in size:
        return _amount(size, {**_PIXELS, "%": 0.16}) <= _TINY or (
            None if any(map(size.__contains__, _RELATIVE)) else False
        )
    found = _AMOUNT.fullmatch(size) or _FONT_SIZE.search(values.get("font", "") if not size else "")
    if found is None:
        return False if re.match(r"(?:xx?-)?(?:small|large)|medium", size) else None
    number, unit = abs(float(found[1])), found[2]
    if unit in _RELATIVE:
        return True if number <= _TINY_OF_ABOVE * (100 if unit == "%" else 1) else None
    return number * (_PIXELS.get(unit, 1.0) if unit in ("rem", "in", "cm", "pc") else 1) <= _TINY


def _is_away(values: Mapping[str, str]) -> bool | None:
    """Whether a box is taken away, made of no size, or put off the page."""
    return any(judge(values) for judge in (_is_faint, _is_clipped, _is_moved_away, _is_transformed_away)) or None


def _is_faint(values: Mapping[str, str]) -> bool:
    if values.get("mso-hide") == "all" or values.get("content-visibility") == "hidden":
        return True
    if any(
        values.get(f"{prefix}mask{part}", "none") != "none" for prefix in ("", "-webkit-") for part in ("", "-image")
    ):
        raise NotUnderstood
    if "opacity" in values and _amount(values["opacity"], _PLAIN) <= _FAINT:
        return True
    if "letter-spacing" in values and _amount(values["letter-spacing"], _PIXELS, usual=0) <= -_PIXELS["em"] / 2:
        return True
    return any(
        name == "opacity" and _amount(inner or "1", _PLAIN) <= _FAINT
        for name, inner in _FUNCTION.findall(values.get("filter", ""))
    )


def _is_clipped(values: Mapping[str, str]) -> bool:
    is_contained = re.search(r"strict|content|paint", values.get("contain", "")) is not None
    overflow = (values[name] for name in values if name.startswith("overflow"))
    if is_contained or any(map(_CLIPPING.match, overflow)):
        sizes = (_amount(values[name], _PIXELS, usual=_FAR) for name in _SIZES if name in values)
        if any(size <= _TINY for size in sizes):
            return True
        if "text-overflow" in values or "line-clamp" in values or "-webkit-line-clamp" in values:
            raise NotUnderstood  # How much of the text is left.
        if "text-indent" in values and _amount(values["text-indent"], _PIXELS, usual=0) >= _FAR:
            return True
    rectangle = _RECTANGLE.match(values.get("clip", "")) if "position" in values else None
    if rectangle:
        sides = re.split(r"[\s,]+", rectangle[1].strip())
        if all(_amount(side, _PIXELS, usual=0) <= _TINY for side in sides):
            return True
    return _is_cut_out(values.get("clip-path", "none"))


def _is_cut_out(path: str) -> bool:
    """Whether nothing is left of a box that is cut out along a path."""
    found = _FUNCTION.match(path)
    if found is None:
        if path.startswith(("none", "initial", "unset", "revert", "border-box", "content-box", "padding-box")):
            return False
        raise NotUnderstood
    shape, inner = found[1], found[2].partition(" round ")[0]
    if shape == "inset":
        top, right, bottom, left = _four([_amount(each, _PIXELS) for each in inner.split()])
        return top + bottom >= 0.95 * _PIXELS["%"] * 100 or left + right >= 0.95 * _PIXELS["%"] * 100
    if shape in ("circle", "ellipse"):
        sizes = inner.partition("at ")[0].split()
        return any(size[0] in "0123456789." and _amount(size, _PIXELS) <= _TINY for size in sizes)
    if shape == "polygon":
        points = [[_amount(each, _PIXELS) for each in point.split()] for point in inner.split(",") if point[:1] != "e"]
        return any(max(axis) - min(axis) <= _TINY for axis in zip(*points, strict=False))
    raise NotUnderstood


def _is_moved_away(values: Mapping[str, str]) -> bool:
    moves = [_amount(values[name], _PIXELS, usual=0) for name in _MOVES if name in values]
    if values.get("position", "static") != "static":
        inset = _four([_amount(each, _PIXELS, usual=0) for each in _parts(values.get("inset", "auto"))])
        places = [_amount(values[name], _PIXELS, usual=0) for name in _PLACES if name in values]
        moves += [*inset, *places]
        if values["position"] == "fixed" and any(place >= _SCREEN for place in (*inset, *places)):
            return True
    if "translate" in values:
        moves += [_amount(each, _PIXELS, usual=0) for each in _parts(values["translate"])]
    return any(move <= -_FAR for move in moves)


def _is_transformed_away(values: Mapping[str, str]) -> bool:
    if "zoom" in values and _amount(values["zoom"], _PLAIN, usual=1) <= _TINY_OF_ABOVE:
        return True
    if any(abs(_amount(each, _PLAIN, usual=1)) <= _TINY_OF_ABOVE for each in _parts(values.get("scale", "none"))):
        return True
    functions = [(name, inner) for name, inner in _FUNCTION.findall(values.get("transform", ""))]
    axis, _, angle = values.get("rotate", "").partition(" ")
    if angle:
        functions.append((f"rotate{axis}", angle))
    return any(_turns_away(name, inner, values.get("backface-visibility", "")) for name, inner in functions)


def _turns_away(name: str, inner: str, backface: str) -> bool:
    """Whether a function of `transform` leaves nothing of a box, or puts it off the page."""
    parts = [part for part in re.split(r"\s*,\s*", inner) if part]
    if name.startswith("translate"):
        return any(_amount(part, _PIXELS) <= -_FAR for part in parts)
    if name.startswith("scale"):
        return any(abs(_amount(part, _PLAIN)) <= _TINY_OF_ABOVE for part in parts)
    if name in ("rotatex", "rotatey"):
        facing = math.cos(math.radians(_amount(inner, _DEGREES)))
        return abs(facing) <= _TINY_OF_ABOVE or (facing < 0 and backface == "hidden")
    if name == "matrix" and len(parts) == 6:
        a, b, c, d, right, down = (_amount(part, _PLAIN) for part in parts)
        return abs(a * d - b * c) <= _TINY_OF_ABOVE**2 or min(right, down) <= -_FAR
    if name in ("rotate", "rotatez", "skew", "skewx", "skewy", "perspective"):
        return False
    raise NotUnderstood


def _amount(value: str, units: Mapping[str, float], usual: float | None = None) -> float:
    """A number or length by the worth of its units; `usual` for a word such as `auto`. Raises: NotUnderstood."""
    value = value.strip()
    if found := _AMOUNT.fullmatch(value):
        if found[2] in units:
            return float(found[1]) * units[found[2]]
        raise NotUnderstood
    if usual is not None and value.replace("-", "").isalpha():
        return usual
    if usual is not None and "env(" in value:
        return usual  # The margin that a screen needs for its corners.
    if len(value) > _LONGEST_SUM or not _FUNCTION.fullmatch(value):
        raise NotUnderstood
    worth = _AMOUNT.sub(lambda amount: repr(float(amount[1]) * units.get(amount[2], math.nan)), value)
    try:
        return _sum(ast.parse(worth, mode="eval").body)
    except (SyntaxError, ValueError, TypeError, ZeroDivisionError, OverflowError, RecursionError):
        raise NotUnderstood from None


def _sum(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        return -_sum(node.operand) if isinstance(node.op, ast.USub) else _sum(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        return _SIGNS[type(node.op)](_sum(node.left), _sum(node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MATHS:
        return float(_MATHS[node.func.id](*map(_sum, node.args)))
    raise ValueError


def _parts(value: str) -> Iterator[str]:
    """What stands between the blanks of a value, those in parentheses apart."""
    return (found[0] for found in re.finditer(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", value))


def _four(sides: list[float]) -> tuple[float, float, float, float]:
    """Top, right, bottom and left of one to four values; nothing of none."""
    if not sides:
        return 0.0, 0.0, 0.0, 0.0
    right = sides[1] if len(sides) > 1 else sides[0]
    return sides[0], right, sides[2] if len(sides) > 2 else sides[0], sides[3] if len(sides) > 3 else right


_JUDGES: tuple[tuple[str, Callable[[Mapping[str, str]], bool | None], tuple[str, ...]], ...] = (
    (HIDDEN, _is_not_there, ("display",)),
    (AWAY, _is_away, ()),
    (INVISIBLE, _is_invisible, ("visibility",)),
    (COLOURLESS, _is_colourless, ("color", "-webkit-text-fill-color")),
    (SMALL, _is_small, ("font-size", "font")),
    (STRUCK, _is_struck, ("text-decoration", "text-decoration-line")),
)

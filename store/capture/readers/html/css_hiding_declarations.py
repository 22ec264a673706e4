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
UNFILLED, UNPAINTED, FAINTLY_PAINTED = "unfilled", "unpainted", "faintly painted"
"""What a rule can say of an element: it is not there; nothing of it is on the page; its text is invisible, transparent
or too small, if what is in it does not say otherwise; its words are struck through; its letters, or those that a drawing
has in it, are filled with nothing."""
OF_DRAWINGS = frozenset({UNPAINTED, FAINTLY_PAINTED})
"""What counts for the texts of a drawing alone."""
_AROUND = "around"
"""The answer of a judge where a value is that of the element around: `inherit`, `1em`."""

_TINY, _TINY_OF_ABOVE, _FAINT, _FAR, _BEYOND, _BLURRED = 1.0, 0.1, 0.1, 500.0, 2000.0, 1.5
"""Points or pixels that nobody reads, parts of the size around it that are as small, the opacity that nobody sees,
pixels that lie off the page, and off a usual box, and by which letters are blurred."""
_LEAST_AREA = 0.1
"""The part of a box within whose corners words are surely seen."""
_HUGE, _HUGE_LETTERS = 50.0, 2000.0
"""How many times as large, and of how many pixels, nothing is whole on a screen."""
_SCREEN = 1280
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "q": 0.94}
_PIXELS |= {"em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "lh": 20.0, "rlh": 20.0}
_PIXELS |= {f"{size}{unit}": pixels for size in ("", "s", "l", "d") for unit, pixels in (("vw", 12.8), ("vh", 8.0))}
_PIXELS |= {"%": 10.0, "vmin": 8.0, "vmax": 12.8, "vi": 12.8, "vb": 8.0}
_OF_OWN_SIZE = {**_PIXELS, "%": 5.0}
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
_MARGIN_OF_SCREEN = re.compile(r"env\(\s*safe-area-inset-(?:top|right|bottom|left)\s*(?:,\s*0(?:px)?\s*)?\)")
"""What a screen needs for its corners."""

_SUMS = frozenset(_MATHS)
_COLOURS = frozenset({"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"}) | _SUMS
_EFFECTS = frozenset(
    {"brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate", "invert", "opacity", "saturate"}
)
_NONE = frozenset[str]()
_UNDERSTOOD = {
    **dict.fromkeys(("all", "display", "visibility", "content-visibility", "position-visibility", "contain"), _NONE),
    **dict.fromkeys(("overflow", "overflow-x", "overflow-y", "overflow-block", "overflow-inline", "position"), _NONE),
    **dict.fromkeys(("color", "-webkit-text-fill-color", "fill"), _COLOURS),
    **dict.fromkeys(("text-decoration", "text-decoration-line"), _COLOURS),
    "fill-opacity": _SUMS,
    "clip": _SUMS | {"rect"},
    "filter": _COLOURS | _EFFECTS | {"sepia", "blur"},
}
"""Properties whose values can hide words, and the functions in them that are understood here."""
_CALLED = re.compile(r"([^\s(),/]*)\(")
_FROM_ANOTHER = re.compile(r"\(\s*from\b")
"""A colour that is made of another one, with what that one shows through."""

_SAME_AS = {
    f"{prefix}{name}": name
    for name in ("backface-visibility", "clip-path", "filter", "mask", "mask-image", "opacity", "transform")
    for prefix in ("-webkit-", "-moz-")
}
_SAME_AS |= {"-webkit-mask-box-image": "mask", "-webkit-mask-box-image-source": "mask"}
_SAME_AS |= {"-webkit-margin-start": "margin-inline-start", "-webkit-margin-before": "margin-block-start"}
_SAME_AS |= {
    f"-webkit-{most}logical-{side}": f"{most}{size}"
    for most in ("", "max-")
    for side, size in (("height", "block-size"), ("width", "inline-size"))
}
"""Older names of properties."""
_OLD_FILTER = re.compile(r"progid:|alpha\(|none,")
"""What only browsers of long ago take for a filter."""
_OF_ALL = frozenset({"initial", "inherit", "unset", "revert", "revert-layer"})
"""Values of every property."""
_SHOWN_AS = re.compile(
    r"block|inline|flow|flow-root|table|flex|grid|ruby|math|list-item|contents|inline-block|inline-table"
    r"|inline-flex|inline-grid|table-row-group|table-header-group|table-footer-group|table-row|table-cell|table-caption"
    r"|ruby-text|initial|inherit|unset|revert|revert-layer|-webkit-(?:inline-)?(?:box|flex)"
    r"|(?:block|inline) (?:flow|flow-root|table|flex|grid|ruby)|(?:flow|flow-root|table|flex|grid|ruby) (?:block|inline)"
)
_OF_SYSTEM = re.compile(
    r"accentcolor(?:text)?|activetext|button(?:border|face|text)|canvas(?:text)?|field(?:text)?|graytext"
    r"|highlight(?:text)?|linktext|mark(?:text)?|selecteditem(?:text)?|visitedtext|windowtext|window|infotext|menutext"
    r"|captiontext|currentcolor"
)
"""Colours that a browser has from the machine."""
_NOT_SHOWN_AS = frozenset({"none", "table-column", "table-column-group"})
_CLIPPING = re.compile(r"hidden|clip|auto|scroll")
_SIZES = tuple(f"{most}{size}" for most in ("", "max-") for size in ("height", "width", "block-size", "inline-size"))
_MOVES = ("text-indent", "margin-left", "margin-top", "margin-inline-start", "margin-block-start")
_PLACES = (
    "left",
    "top",
    "right",
    "bottom",
    "inset-inline-start",
    "inset-block-start",
    "inset-inline-end",
    "inset-block-end",
)
_ENDS = ("right", "bottom", "inset-inline-end", "inset-block-end")
_INSETS = ("inset", "inset-block", "inset-inline")
_RECTANGLE = re.compile(r"rect\(([^)]*)\)")
_SIZE_WORDS = re.compile(r"(?:xx?-)?(?:small|large)|xxx-large|medium")
_FAMILY = r"(?:\"[^\"]*\"|'[^']*'|(?:[a-z_\u0080-\U0010ffff]|-[a-z_-])[^\s,;()\"']*(?: [a-z_-][^\s,;()\"']*)*)"
_FONT = re.compile(
    r"(?:(?:normal|italic|oblique|small-caps|bold|bolder|lighter|\d{1,4}"
    r"|(?:ultra-|extra-|semi-)?(?:condensed|expanded)) )*"
    rf"({_AMOUNT.pattern}|{_SIZE_WORDS.pattern}|smaller|larger)(?: ?/ ?[-\w.+%]+)? {_FAMILY}(?: ?, ?{_FAMILY})*"
)
"""A whole font in one value: what a browser does not take says nothing of the size."""
_FONT_OF_SYSTEM = frozenset({"caption", "icon", "menu", "message-box", "small-caption", "status-bar"})


class NotUnderstood(Exception):
    """A value that may hide words, and that only a browser understands."""


def what_is_hidden(said: Declarations) -> tuple[dict[str, tuple[bool | None, bool]], bool]:
    """What declarations say of each of the ways to hide, and whether it is important; and whether that is unclear.

    True: they hide; False: they show; None: it is as the element around has it.
    What is said by a variable is passed over: it is to be judged with the values that the variable can have.
    """
    found: dict[str, tuple[bool | None, bool]] = {}
    is_unclear = False
    values: dict[str, str] = {}
    for name, (value, _) in said.items():
        if "var(" in value:
            continue
        if _is_understood(name, value):
            values[name] = value
        else:
            is_unclear = True
    reset = values.get("all", "")
    if reset == "revert-layer" or any(values[name] == "revert-layer" for name in JUDGED.intersection(values)):
        is_unclear = True  # It is what the layers before say, or what others say than those who wrote the page.
        values = {name: value for name, value in values.items() if value != "revert-layer"}
        reset = ""
    for what, judge, names in _JUDGES:
        try:
            hides = judge(values)
        except NotUnderstood:
            is_unclear = True
            continue
        important = any(said[name][1] for name in names or values if name in said)
        if reset in _OF_ALL and what in _INHERITED and not hides and (hides is None or next(iter(said)) != "all"):
            hides, important = (False if reset == "initial" else _AROUND), said["all"][1]
        if hides is not None:
            found[what] = (None if hides == _AROUND else bool(hides)), important
    return found, is_unclear


_SAYS = frozenset(
    {"font", "font-size", "font-size-adjust", "mso-hide", "content", "opacity", "letter-spacing", "clip-path"}
)
_SAYS |= {
    "mask",
    "mask-image",
    "offset",
    "offset-path",
    "-webkit-text-security",
    "margin",
    "margin-inline",
    "margin-block",
}
_SAYS |= {
    "translate",
    "scale",
    "zoom",
    "rotate",
    "transform",
    "text-indent",
    *_INSETS,
    *_MOVES,
    *_PLACES,
    *_ENDS,
    *_SIZES,
}
_SAYS |= {
    *("backface-visibility", "stroke", "container", "container-type", "aspect-ratio", "border-shape"),
    *("line-height", "column-height", "text-overflow", "line-clamp", "-webkit-line-clamp"),
}
JUDGED = _SAYS.union(_UNDERSTOOD)
"""Properties whose values can hide words."""
SHOWING = frozenset({"display", "visibility", "color", "-webkit-text-fill-color", "fill", "fill-opacity", "font-size"})
"""Those whose values can show what another one hides; a whole font (`font`) is judged by itself."""
_INHERITED = (INVISIBLE, COLOURLESS, UNFILLED, UNPAINTED, FAINTLY_PAINTED, SMALL)
_PAINTS = frozenset({"none", "context-fill", "context-stroke"})


def usual_name(name: str) -> str:
    """The name of a property, for one that it had before."""
    return _SAME_AS.get(name, name)


def is_valid(name: str, value: str) -> bool:
    """Whether a browser takes this value of a property: one that it does not know counts as not written.

    Of those that can show what another one hides (`SHOWING`) each value that is taken is known here.
    """
    if name == "filter":
        return not _OLD_FILTER.match(value)
    if "(" in value or name not in SHOWING or value in _OF_ALL:
        return True
    if name == "display":
        return value in _NOT_SHOWN_AS or _SHOWN_AS.fullmatch(value) is not None
    if name == "visibility":
        return value in ("visible", "hidden", "collapse")
    if name == "fill-opacity":
        return (found := _AMOUNT.fullmatch(value)) is not None and found[2] in _PLAIN
    if name == "font-size":
        if (found := _AMOUNT.fullmatch(value)) is None:
            return _SIZE_WORDS.fullmatch(value) is not None or value in ("smaller", "larger", "math")
        return not found[1].startswith("-") and (found[2] != "" or float(found[1]) <= _TINY)
    return _OF_SYSTEM.fullmatch(value) is not None or value in _PAINTS or _is_colour(value)


def _is_colour(value: str) -> bool:
    from tinycss2.color4 import parse_color

    return parse_color(value) is not None


def _is_understood(name: str, value: str) -> bool:
    """Whether no function in a value that can hide words is one that only a browser works out."""
    if "(" not in value or name not in _UNDERSTOOD:
        return True
    return _UNDERSTOOD[name].issuperset(_CALLED.findall(value)) and not _FROM_ANOTHER.search(value)


def _functions(value: str) -> list[tuple[str, str]]:
    """The functions of a value, each with what is in its parentheses. Raises: NotUnderstood, where more than that is in it."""
    if _FUNCTION.sub(" ", value).strip(" ,") and "(" in value:
        raise NotUnderstood
    return [(name, inner) for name, inner in _FUNCTION.findall(value)]


def _is_not_there(values: Mapping[str, str]) -> bool | None:
    return values["display"] in _NOT_SHOWN_AS if "display" in values else None


def _is_invisible(values: Mapping[str, str]) -> bool | str | None:
    value = values.get("visibility")
    return _inherited(value) or (None if value is None else value in ("hidden", "collapse"))


def _inherited(value: str | None) -> str | None:
    """The result of a value common to every property, for an inherited one; `initial` shows."""
    return _AROUND if value in _OF_ALL and value != "initial" else None


def _is_struck(values: Mapping[str, str]) -> bool | None:
    line = values.get("text-decoration-line", values.get("text-decoration", ""))
    return "line-through" in line or None


def _is_colourless(values: Mapping[str, str]) -> bool | str | None:
    return _shows_through(values.get("color", ""))


def _is_unfilled(values: Mapping[str, str]) -> bool | str | None:
    return _shows_through(values.get("-webkit-text-fill-color", ""))


def _is_unpainted(values: Mapping[str, str]) -> bool | str | None:
    paint = values.get("fill", "")
    hides = paint in _PAINTS or _shows_through(paint)
    if hides is True and values.get("stroke", "none") != "none":
        raise NotUnderstood  # Whether the outlines of the letters are drawn.
    return hides


def _is_faintly_painted(values: Mapping[str, str]) -> bool | str | None:
    opacity = values.get("fill-opacity")
    return _inherited(opacity) or (None if opacity is None else _amount(opacity, _PLAIN, usual=1) <= _FAINT)


def _shows_through(colour: str) -> bool | str | None:
    if colour == "transparent":
        return True
    if colour.startswith("#"):
        return re.fullmatch(r"#(?:[0-9a-f]{3}[01]|[0-9a-f]{6}(?:0[0-9a-f]|1[0-9]))", colour) is not None
    if found := _FUNCTION.fullmatch(colour):
        alpha = found[2].partition("/")[2] or (found[2].split(",") if found[2].count(",") == 3 else [""])[-1]
        if alpha.strip() and _amount(alpha, _PLAIN) <= _FAINT:
            return True
        if _is_colour(colour):
            return False
    if "(" in colour:
        raise NotUnderstood
    if colour == "currentcolor":
        return _AROUND
    return _inherited(colour) or (False if colour else None)


def _is_small(values: Mapping[str, str]) -> bool | str | None:
    """Whether letters are too small to be read; that of the elements around where it is a part of their size."""
    if not 0.3 <= _amount(values.get("font-size-adjust", "none").rpartition(" ")[2], _PLAIN, usual=1) <= 3:
        raise NotUnderstood
    if "(" in re.split(r"[/,\"]", values.get("font", ""))[0]:
        raise NotUnderstood
    size = values.get("font-size", "")
    font = values.get("font", "") if not size else ""
    if font in _FONT_OF_SYSTEM or (font in _OF_ALL):
        size = font if font in _OF_ALL else "medium"
    elif font:
        if (whole := _FONT.fullmatch(font)) is None:
            raise NotUnderstood
        size = whole[1]
    if "(" in size:
        return _amount(size, {**_PIXELS, "%": 0.16}) <= _TINY or (
            _AROUND if any(map(size.__contains__, _RELATIVE)) else False
        )
    if (found := _AMOUNT.fullmatch(size)) is None:
        return _AROUND if size in ("smaller", "larger", "math") else _inherited(size) or (False if size else None)
    number, unit = abs(float(found[1])), found[2]
    if unit not in _PIXELS or number * _PIXELS[unit] >= _HUGE_LETTERS or (font and number and not unit):
        raise NotUnderstood
    if unit in _RELATIVE:
        return True if number <= _TINY_OF_ABOVE * (100 if unit == "%" else 1) else _AROUND
    return number * (_PIXELS[unit] if unit in ("rem", "in", "cm", "pc") else 1) <= _TINY


def _is_away(values: Mapping[str, str]) -> bool | None:
    """Whether a box is removed, of no size, or off the page."""
    judges = (_is_replaced, _is_faint, _is_clipped, _is_moved_away, _is_transformed_away)
    return any(judge(values) for judge in judges) or None


def _is_replaced(values: Mapping[str, str]) -> bool:
    """Whether a picture replaces the content of an element."""
    content = values.get("content", "")
    if "(" not in content:
        return False
    if content.startswith("url("):
        return True
    raise NotUnderstood


def _is_faint(values: Mapping[str, str]) -> bool:
    if values.get("mso-hide") == "all" or values.get("content-visibility") == "hidden":
        return True
    if any(
        values.get(f"{prefix}mask{part}", "none") != "none" for prefix in ("", "-webkit-") for part in ("", "-image")
    ):
        raise NotUnderstood
    for name, shown in (("-webkit-text-security", "none"), ("position-visibility", "always"), ("offset-path", "none")):
        if values.get(name, shown) != shown:
            raise NotUnderstood
    if "offset" in values and values["offset"] not in ("none", "auto", "normal"):
        raise NotUnderstood
    if "opacity" in values and _amount(values["opacity"], _PLAIN) <= _FAINT:
        return True
    if "letter-spacing" in values and _amount(values["letter-spacing"], _PIXELS, usual=0) <= -_PIXELS["em"] / 2:
        return True
    effects = _functions(values.get("filter", ""))
    if any(name == "blur" and inner and _amount(inner, _PIXELS) > _BLURRED for name, inner in effects):
        raise NotUnderstood
    return any(name == "opacity" and _amount(inner or "1", _PLAIN) <= _FAINT for name, inner in effects)


def _is_clipped(values: Mapping[str, str]) -> bool:
    contain = values.get("contain", "")
    is_contained = re.search(r"strict|content|paint", contain) is not None
    overflow = (values[name] for name in values if name.startswith("overflow"))
    if is_contained or any(map(_CLIPPING.match, overflow)):
        sizes = (_amount(values[name], _PIXELS, usual=_FAR) for name in _SIZES if name in values)
        if any(size <= _TINY for size in sizes):
            return True
        if re.search(r"strict|size", f"{contain} {values.get('container-type', '')} {values.get('container', '')}"):
            raise NotUnderstood  # A box without a size of its own has none.
        if "aspect-ratio" in values or "border-shape" in values:
            raise NotUnderstood
        heights = (
            _amount(values[name], _PIXELS, usual=20) for name in ("line-height", "column-height") if name in values
        )
        if any(height <= _TINY_OF_ABOVE for height in heights):
            raise NotUnderstood
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
        if path in ("none", "initial", "unset", "revert", "border-box", "content-box", "padding-box"):
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
        return _is_without_area([point for point in inner.split(",") if point.strip() not in ("evenodd", "nonzero")])
    raise NotUnderstood


def _is_without_area(said: list[str]) -> bool:
    """Whether all corners lie on one line. Raises: NotUnderstood, where little is left between them."""
    points = [tuple(_amount(each, _PIXELS) for each in point.split()) for point in said]
    if any(len(point) != 2 for point in points):
        raise NotUnderstood
    (left, top), turned = points[0], [*points[1:], points[0]]
    right, bottom = max(points, key=lambda point: math.dist(point, points[0]))
    length = math.dist((left, top), (right, bottom))
    if length <= _TINY:
        return True
    if all(abs((right - left) * (y - top) - (bottom - top) * (x - left)) <= _TINY * length for x, y in points):
        return True
    area = abs(sum(x * b - a * y for (x, y), (a, b) in zip(points, turned, strict=True))) / 2
    wide, high = (max(axis) - min(axis) for axis in zip(*points, strict=True))
    if area <= _LEAST_AREA * wide * high or min(wide, high) <= _PIXELS["em"] / 2:
        raise NotUnderstood
    return False


def _is_moved_away(values: Mapping[str, str]) -> bool:
    moves = [_amount(values[name], _PIXELS, usual=0) for name in _MOVES if name in values]
    if values.get("position", "static") != "static":
        inset = [_amount(each, _PIXELS, usual=0) for name in _INSETS for each in _parts(values.get(name, ""))]
        places = [_amount(values[name], _PIXELS, usual=0) for name in _PLACES if name in values]
        moves += [*inset, *places]
        ends = (_amount(values[name], _PIXELS, usual=0) for name in _ENDS if name in values)
        if any(place >= _BEYOND for place in (*inset, *ends)):
            raise NotUnderstood  # Above, or on the other side of, a box whose size is not known.
        if values["position"] == "fixed" and any(place >= _SCREEN for place in (*inset, *places)):
            return True
    if "translate" in values:
        moves += [_amount(each, _OF_OWN_SIZE, usual=0) for each in _parts(values["translate"])]
        if len(list(_parts(values["translate"]))) == 3 and moves[-1]:
            raise NotUnderstood  # How far it is from who looks.
    if any(move <= -_FAR for move in moves):
        return True
    if any(
        _amount(each, _PIXELS, usual=0) <= -_FAR
        for name in ("margin", "margin-inline", "margin-block")
        for each in _parts(values.get(name, ""))
    ):
        raise NotUnderstood  # As much room within it brings it back.
    return False


def _is_transformed_away(values: Mapping[str, str]) -> bool:
    sizes = [abs(_amount(each, _PLAIN, usual=1)) for name in ("zoom", "scale") for each in _parts(values.get(name, ""))]
    if any(size <= _TINY_OF_ABOVE for size in sizes):
        return True
    if any(size >= _HUGE for size in sizes):
        raise NotUnderstood
    functions = _functions(values.get("transform", ""))
    axis, _, angle = values.get("rotate", "").partition(" ")
    if angle:
        functions.append((f"rotate{axis}", angle))
    return any(_turns_away(name, inner, values.get("backface-visibility", "")) for name, inner in functions)


def _turns_away(name: str, inner: str, backface: str) -> bool:
    """Whether a function of `transform` leaves nothing of a box, or puts it off the page."""
    parts = [part for part in re.split(r"\s*,\s*", inner) if part]
    if name.startswith("translate"):
        moves = [_amount(part, _OF_OWN_SIZE) for part in parts]
        if name in ("translatez", "translate3d") and moves and moves[-1]:
            raise NotUnderstood  # How far it is from who looks.
        return any(move <= -_FAR for move in moves)
    if name.startswith("scale"):
        sizes = [abs(_amount(part, _PLAIN)) for part in parts]
        if any(size >= _HUGE for size in sizes):
            raise NotUnderstood
        return any(size <= _TINY_OF_ABOVE for size in sizes)
    if name in ("rotatex", "rotatey"):
        facing = math.cos(math.radians(_amount(inner, _DEGREES)))
        return abs(facing) <= _TINY_OF_ABOVE or (facing < 0 and backface == "hidden")
    if name == "matrix" and len(parts) == 6:
        a, b, c, d, right, down = (_amount(part, _PLAIN) for part in parts)
        return abs(a * d - b * c) <= _TINY_OF_ABOVE**2 or min(right, down) <= -_FAR
    if name in ("skew", "skewx", "skewy"):
        return any(abs(math.cos(math.radians(_amount(part, _DEGREES)))) <= _TINY_OF_ABOVE for part in parts)
    if name in ("rotate", "rotatez", "perspective"):
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
    value = _MARGIN_OF_SCREEN.sub("0px", value)
    if value == "0px":
        return 0.0
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


_JUDGES: tuple[tuple[str, Callable[[Mapping[str, str]], bool | str | None], tuple[str, ...]], ...] = (
    (HIDDEN, _is_not_there, ("display",)),
    (AWAY, _is_away, ()),
    (INVISIBLE, _is_invisible, ("visibility",)),
    (COLOURLESS, _is_colourless, ("color",)),
    (UNFILLED, _is_unfilled, ("-webkit-text-fill-color",)),
    (UNPAINTED, _is_unpainted, ("fill",)),
    (FAINTLY_PAINTED, _is_faintly_painted, ("fill-opacity",)),
    (SMALL, _is_small, ("font-size", "font")),
    (STRUCK, _is_struck, ("text-decoration", "text-decoration-line")),
)

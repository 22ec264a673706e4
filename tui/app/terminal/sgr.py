"""SGR sequences: changes from one style to another in the fewest bytes. A style is a string of SGR parameters."""

from functools import lru_cache

_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""Attribute -> what ends it; bold and dim end together."""

_COLOUR, _GROUND = "39", "49"
"""The default colours, by the parameter that brings them back."""


@lru_cache(maxsize=512)
def _parsed(style: str) -> tuple[str, str, frozenset[str]] | None:
    """Parse a style: foreground, background, attributes; None if it has other parameters."""
    colour, ground = _COLOUR, _GROUND
    attributes: set[str] = set()
    words = iter(style.split(";") if style else ())
    for word in words:
        if word == "0":
            colour, ground, attributes = _COLOUR, _GROUND, set()
        elif word in ("38", "48"):
            kind = next(words, "")
            more = [next(words, "") for _ in range({"5": 1, "2": 3}.get(kind, 0))]
            if not more or "" in more:
                return None
            whole = ";".join([word, kind, *more])
            colour, ground = (whole, ground) if word == "38" else (colour, whole)
        elif word in _ENDS:
            attributes.add(word)
        elif len(word) == 2 and word[0] in "39":
            colour = word
        elif (len(word) == 2 and word[0] == "4") or word.startswith("10"):
            ground = word
        else:
            return None
    return colour, ground, frozenset(attributes)


@lru_cache(maxsize=512)
def plain(style: str) -> str:
    """Normalise a style; "" for the default one."""
    parsed = _parsed(style)
    if parsed is None:
        return style
    colours = [each for each in parsed[:2] if each not in (_COLOUR, _GROUND)]
    return ";".join([*sorted(parsed[2]), *colours])


@lru_cache(maxsize=4096)
def change(old: str, new: str) -> str:
    """The shortest sequence that changes the style `old` to `new` ("" is the default)."""
    if old == new:
        return ""
    if not new:
        return "\x1b[m"
    afresh = f"\x1b[;{new}m" if old else f"\x1b[{new}m"
    was, will = _parsed(old), _parsed(new)
    if was is None or will is None:
        return afresh
    ended = {_ENDS[each] for each in was[2] - will[2]}
    begun = {each for each in will[2] if each not in was[2] or _ENDS[each] in ended}
    words = (
        sorted(ended)
        + sorted(begun)
        + [is_now for is_now, before in zip(will[:2], was[:2], strict=True) if is_now != before]
    )
    onwards = f"\x1b[{';'.join(words)}m"
    return min(onwards, afresh, key=len)

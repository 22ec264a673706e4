"""Colours: style names of `tui.render.labels` -> Rich styles for 256, 16 or no colours (NO_COLOR), light or dark.

Colours help and never carry: each meaning has a word and a sign as well. They are the Okabe-Ito palette, which
colour-blind readers tell apart, in the nearest of 256 colours, whose codes are short on a slow line; a terminal of 16
colours gets the nearest of its own. The background and the plain foreground are the terminal's own, so that it is right
in a light terminal too.
"""

from rich.style import Style
from textual.theme import Theme

_MEANINGS = {
    # name: (of 256 colours, the same on a light background, of 16 colours, more)
    "overdue": ("color(166)", "color(130)", "red", "bold"),
    "today": ("color(172)", "color(136)", "yellow", ""),
    "week": ("color(74)", "color(25)", "cyan", ""),
    "no-date": ("color(175)", "color(132)", "magenta", ""),
    "unconfirmed": ("color(36)", "color(29)", "green", ""),
}
_WITHOUT_COLOUR = {
    "plain": "",
    "finished": "dim",
    "dim": "dim",
    "heading": "bold",
    "title": "bold underline",
    "underlined": "underline",
    "strong": "bold",
    "key": "bold",
    "cursor": "reverse",
    "error": "bold",
}


class Paint:
    """The styles of one terminal: style name -> `Style`; an unknown name is plain."""

    def __init__(self, colours: int, *, is_light: bool = False) -> None:
        """`colours`: how many the terminal has (0: none); `is_light`: whether its background is."""
        column = 2 if colours < 256 else int(is_light)
        self._styles = {name: Style.parse(words or "none") for name, words in _WITHOUT_COLOUR.items()}
        for name, meaning in _MEANINGS.items():
            words = f"{meaning[column] if colours else ''} {meaning[3]}".strip()
            self._styles[name] = Style.parse(words or "none")
            self._styles[f"{name}-heading"] = Style.parse(f"{words} bold")
        if colours:
            self._styles["error"] = self._styles["overdue"]
        self.plain = self._styles["plain"]
        self.cursor = self._styles["cursor"]

    def style(self, name: str) -> Style:
        """The style of this name."""
        return self._styles.get(name, self.plain)


def is_light(environment_value: str | None) -> bool:
    """Whether `$COLORFGBG` (`15;0`), which some terminals set, says that the background is light."""
    background = (environment_value or "").rpartition(";")[2]
    return background in ("7", "15")


THEME = Theme(
    name="followup",
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    ansi=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
    },
)
"""Textual's theme: the terminal's own colours everywhere; `Paint` gives the styles with a meaning."""

"""Colours: style names -> Rich styles for 256, 16 or no colours (NO_COLOR), by the ground.

The background and the plain foreground are the terminal's own, so that it is right in a light terminal too.
"""

from rich.style import Style
from textual.theme import Theme

from store.model.vocabulary_and_signs import Ground
from tui.render.colours_of_meanings import MEANINGS, colour_of, is_bold

_WITHOUT_COLOUR = {
    "plain": "",
    "finished": "dim",
    "finished-heading": "bold",
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

    def __init__(self, colours: int, ground: str = Ground.UNKNOWN) -> None:
        """`colours`: how many the terminal has (0: none); `ground`: one of `Ground`."""
        self.is_coloured = colours > 0
        self._styles = {name: Style.parse(words or "none") for name, words in _WITHOUT_COLOUR.items()}
        for name in MEANINGS:
            number, is_heavy = colour_of(name, colours, ground), is_bold(name, colours, ground)
            colour = None if number is None else f"color({number})"
            self._styles[name] = Style(color=colour, bold=is_heavy or None)
            self._styles[f"{name}-heading"] = Style(color=colour, bold=True)
        if colours:
            self._styles["error"] = self._styles["overdue-heading"]
        self.plain = self._styles["plain"]
        self.cursor = self._styles["cursor"]

    def style(self, name: str) -> Style:
        """The style of this name."""
        return self._styles.get(name, self.plain)


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

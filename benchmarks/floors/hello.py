"""The least that is a whole program of Textual: one text."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """Shows READY."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static("READY")


if __name__ == "__main__":
    Hello().run()

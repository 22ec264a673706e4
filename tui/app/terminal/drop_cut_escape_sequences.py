"""Drops the tail of an escape sequence that a slow line cut in two: its head came as a lone Esc.

How long an Esc waits for what belongs to it is `_ESCAPE_PATIENCE` of `driver`.
"""

from textual import events

_WITHIN = 1.0
"""Seconds after a lone Esc in which the rest of a sequence may arrive."""


class StrayKeys:
    """Recognises the tail of a sequence: `[` or `O` soon after a lone Esc, up to its final character."""

    def __init__(self) -> None:
        self._escape_at = -_WITHIN
        self._is_inside = False

    def drops(self, event: events.Event) -> bool:
        """Whether this event is to be dropped."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            return False
        if event.key == "escape":
            self._escape_at, self._is_inside = event.time, False
            return False
        is_soon = event.time - self._escape_at < _WITHIN
        character = event.character or ""
        if is_soon and self._is_inside:
            # Digits and semicolons are inside of a sequence; a letter or ~ ends it.
            self._is_inside = character.isdigit() or character == ";"
            if not self._is_inside:
                self._escape_at = -_WITHIN
            return True
        self._is_inside = is_soon and character in ("[", "O")
        if not self._is_inside:
            self._escape_at = -_WITHIN
        return self._is_inside

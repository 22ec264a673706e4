"""The life of a promise in one line: its states in order, the one it is in marked.

` - proposed ── [o agreed] ── ~ in progress ── = reported ── # confirmed`
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import STATES, State
from store.translation import tr
from tui.render.lateness_and_outcome_words import reason_text
from tui.render.segments import columns_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.model.record_types import Commitment, Event
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle

_STAGES = tuple(state for state in STATES if state != State.CLOSED)


def life_line(terminal: TerminalStyle, state: str | None = None, *, because: str = "", before: str = "") -> Segments:
    """Render the line; without a `state`, as on the start page, nothing in it is marked.

    A closed one ends behind the last state that it had, `before`, with the reason of closing. In a narrow terminal
    only the state that is marked has its word.
    """
    stages = list(_STAGES)
    if state == State.CLOSED:
        last = _STAGES.index(before) if before in _STAGES else 0
        stages = [*_STAGES[: last + 1], State.CLOSED]
    line = _line(terminal, stages, state, because, is_short=False)
    if columns_of(line) >= terminal.width:
        line = _line(terminal, stages, state, because, is_short=True)
    return line


def _line(terminal: TerminalStyle, stages: list[str], state: str | None, because: str, *, is_short: bool) -> Segments:
    line: Segments = [(" ", "plain")]
    for position, stage in enumerate(stages):
        entry = STATES[stage]
        if position:
            line.append((f" {terminal.rule * 2} ", "dim"))
        if stage == state:
            reason = f": {reason_text(because)}" if because and stage == State.CLOSED else ""
            line.append((f"[{entry.sign} {tr(entry.short)}{reason}]", "strong"))
        else:
            line.append((entry.sign if is_short else f"{entry.sign} {tr(entry.short)}", "dim"))
    return line


def life_line_of(commitment: Commitment, events: Iterable[Event], terminal: TerminalStyle) -> Segments:
    """The life line of a commitment; `events` are its own, the oldest first."""
    closed = commitment.get("closed")
    return life_line(
        terminal,
        commitment["state"],
        because=closed["because"] if closed else "",
        before=_state_before(events) if closed else "",
    )


def _state_before(events: Iterable[Event]) -> str:
    """The last state that the events name before the commitment was closed."""
    last = ""
    for event in events:
        old, new = event.get("fields", {}).get("state", (None, None))
        if new == State.CLOSED and old:
            last = str(old)
    return last

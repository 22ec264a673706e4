"""What to type to reopen a commitment, `reopen 6`, by its state; imported where that is refused."""

from __future__ import annotations

from store.errors import FollowUpError, UsageError
from store.model.vocabulary_and_signs import State, state_word
from store.translation import tr
from tui.cli.refused_lines.named_store_and_today import session_of, store_and_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.snapshot import Snapshot

REOPENED = "reopen.meant"
"""Code of the refusal of a line that takes a commitment up again: its number stands in its values."""

VERBS = ("reopen", "unclose", "resume", "restart", "unreport", "unmark", "undone", "unfinished", "undo-report")


def refusal_of_reopening(begin: str, number: str, sentence: str) -> UsageError:
    """The refusal without a readable store: right for any state."""
    return UsageError(f"{begin}: {sentence}", code=REOPENED, values={"begin": begin, "number": number})


def by_its_state(refused: UsageError, argv: Sequence[str], environment: Mapping[str, str]) -> UsageError:
    """The refusal with the line for the commitment's state; unchanged where it cannot be read."""
    from tui.cli.refused_lines.kept_options import with_options

    where, sentence = store_and_day(argv), refused.sentence
    number = int(str(refused.values["number"]))
    try:
        snapshot = session_of(where, environment).snapshot()
        if number in snapshot.commitments:
            sentence = f"{refused.values['begin']}: {_line_for(number, snapshot)}"
    except FollowUpError:
        pass  # The sentence of any state stands.
    return UsageError(with_options(sentence, where))


def _line_for(number: int, snapshot: Snapshot) -> str:
    state = snapshot.commitments[number]["state"]
    steps = [event["fields"]["state"] for event in snapshot.events_of(number) if "state" in event.get("fields", {})]
    if state == State.CLOSED:
        before = next((old for old, new in reversed(steps) if new == State.CLOSED and old), State.PROPOSED)
        return f"followup mark {number} {before}"
    if state in (State.REPORTED, State.CONFIRMED):
        undone = (State.PROPOSED, State.AGREED, State.IN_PROGRESS)
        before = next((old for old, _ in reversed(steps) if old in undone), State.PROPOSED)
        return tr(
            "{number} is {state}: followup mark {number} {before} --take-back takes that back, "
            "followup mark {number} returned --note TEXT sends it back",
            number=number,
            state=state_word(state),
            before=before,
        )
    return tr(
        "{number} is open ({state}), so there is nothing to take up again: followup show {number}",
        number=number,
        state=state_word(state),
    )

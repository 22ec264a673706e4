"""Acting on commitments: the keys of the list and of one commitment."""

from typing import TYPE_CHECKING

from store import operations
from store.model import State
from tui.app.screens.menu import Choice, Menu
from tui.app.writer import Change
from tui.labels import STATES, counted

if TYPE_CHECKING:
    from store.transaction import Transaction
    from tui.app.app import FollowUp

_AT_ONCE = {"p": State.PROPOSED, "a": State.AGREED, "i": State.IN_PROGRESS}


def state(app: "FollowUp") -> None:
    """The state menu."""
    numbers = app.place.numbers()
    title = f"State of #{numbers[0]}" if len(numbers) == 1 else f"State of {counted(len(numbers), 'commitment')}"
    now = {app.ledger.row(number).commitment["state"] for number in numbers}
    choices = [
        Choice(letter, f"{label.sign} {label.word}", now == {name})
        for letter, name in (*_AT_ONCE.items(), ("r", State.REPORTED), ("c", State.CONFIRMED))
        for label in [STATES[name]]
    ]
    choices += [Choice("b", "< sent back (returned)"), Choice("x", "x closed", now == {State.CLOSED})]
    looked_at = {number: app.ledger.row(number).commitment["revision"] for number in numbers}

    def chosen(letter: str | None) -> None:
        if letter in _AT_ONCE:
            target = _AT_ONCE[letter]

            def apply(tx: "Transaction") -> list[operations.Marked]:
                return [operations.mark(tx, number, target) for number in numbers]

            app.change(Change(apply, looked_at), lambda marked: f"#{numbers[0]} {STATES[target].word}")

    app.push_screen(Menu(title, choices), chosen)

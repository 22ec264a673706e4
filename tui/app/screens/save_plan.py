"""Saving what a form or a menu asks for: the conflict with others settled, the selection cleared, one line said."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from store.errors import Conflict, FollowUpError
from store.text import visible
from tui.app.forms.form import Plan
from tui.app.screens.base_screen import SnapshotScreen
from tui.app.sync.save_thread import PendingChange, Saved
from tui.app.sync.wait_until import until

if TYPE_CHECKING:
    from tui.app.app import FollowUp


class SaveOutcome(Enum):
    """What became of a plan: it is saved, the others' change stands, or it stands and mine is kept as a draft."""

    SAVED, THEIRS, KEPT = range(3)


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What became of a plan, to be told when the form is gone."""

    outcome: SaveOutcome
    plan: Plan
    value: Any
    text: str

    def tell(self, app: FollowUp) -> None:
        """Say it, and go on with what follows."""
        app.say(self.text)
        if self.outcome == SaveOutcome.SAVED:
            if self.plan.apply is not None:
                app.home_place.select(())
            if self.plan.then is not None:
                self.plan.then(app, self.value)


async def carry_out(
    app: FollowUp, plan: Plan, *, form: Screen[None] | None = None, is_typed: bool = False
) -> SaveResult:
    """Save what is planned; where others changed the same, ask.

    `form` is what the plan came from, `is_typed` whether there is a draft to come back to.
    Raises: FollowUpError when it is not saved.
    """
    while True:
        if plan.apply is None:
            assert plan.act is not None
            value = await asyncio.to_thread(plan.act)
            return SaveResult(SaveOutcome.SAVED, plan, value, plan.told(value))
        try:
            saved = await app.perform(PendingChange(plan.apply, plan.looked_at))
            return SaveResult(SaveOutcome.SAVED, plan, saved.value, _told(plan, saved, app.session.actor))
        except Conflict as conflict:
            if not conflict.clashes or not (plan.about or len(plan.looked_at) == 1):
                raise
            if not plan.about and _is_only_mine(app, plan):
                plan = replace(plan, looked_at=_newest(app, plan))
                continue
            await _until_in_front(app, form)
            settled = await _settled(app, plan, conflict, is_typed)
            if isinstance(settled, SaveResult):
                return settled
            plan = settled


async def _until_in_front(app: FollowUp, form: Screen[None] | None) -> None:
    """Wait until no other form or menu is in front: what is typed there must not choose between mine and theirs."""
    await until(lambda: isinstance(app.screen, SnapshotScreen) or app.screen is form)


async def _settled(app: FollowUp, plan: Plan, conflict: Conflict, is_typed: bool) -> Plan | SaveResult:
    """The plan that is left after the person chose between theirs and mine, or what became of it."""
    from tui.app.screens.conflict_screen import Clashing

    name = plan.about or f"#{next(iter(plan.looked_at))}"
    theirs = await app.push_screen_wait(Clashing(name, conflict.clashes))
    if theirs is None and is_typed:
        return SaveResult(SaveOutcome.KEPT, plan, None, f"{name}: theirs stands; what you typed is kept as a draft")
    left: Plan | None = plan if theirs is not None else None
    if theirs:
        left = plan.without(theirs) if plan.without is not None else None
    if left is None:
        return SaveResult(SaveOutcome.THEIRS, plan, None, f"{name}: theirs stands, nothing was changed")
    return replace(left, looked_at=_newest(app, left))


def _newest(app: FollowUp, plan: Plan) -> dict[int, int]:
    return {number: app.snapshot.row(number).commitment["revision"] for number in plan.looked_at}


def _is_only_mine(app: FollowUp, plan: Plan) -> bool:
    """Whether all that was changed since it was looked at was changed here, by keys pressed just before."""
    ((number, revision),) = plan.looked_at.items()
    later = [event for event in app.snapshot.events_of(number) if event.get("revision", 0) > revision]
    return bool(later) and all(event["change"] in app.own_changes for event in later)


def _told(plan: Plan, saved: Saved, me: str) -> str:
    """What was done, with what others had changed, and what is to be known besides."""
    parts = [plan.told(saved.value)]
    for clashes in saved.merged.values():
        who: dict[str, list[str]] = {}
        for clash in [clash for clash in clashes if clash.who != me]:
            who.setdefault(visible(clash.who), []).append(clash.field.replace("_", " "))
        parts += [f"merged with {name}'s change of {', '.join(fields)}" for name, fields in who.items()]
    return "; ".join([*parts, *map(visible, saved.warnings)])


def save_at_once(app: FollowUp, plan: Plan) -> None:
    """Save what is planned in the background, without a form."""

    async def saving() -> None:
        try:
            done = await carry_out(app, plan)
            done.tell(app)
        except FollowUpError as error:
            app.refuse(error)

    app.run_worker(saving(), exit_on_error=True)

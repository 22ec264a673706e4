"""Saves the plan of a form or a menu in the background, resolves a conflict with others, shows the message.

What is a conflict is told by `store.rules.which_edits_clash`; `store.operations.refuse_clashing_edits` merges the rest.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from store.errors import Conflict, FollowUpError
from store.sanitise_text import visible
from store.translation import ENGLISH, language, tr
from tui.app.forms.form import Plan
from tui.app.screens.base_screen import BaseScreen
from tui.app.screens.question_screen import QuestionScreen
from tui.app.sync.save_thread import PendingChange, Saved
from tui.app.sync.wait_until import wait_until
from tui.render.commitment_numbers import number_text
from tui.render.event_words import field_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.app import FollowUp


class SaveOutcome(Enum):
    """How saving ended: saved; their change stays; or it stays and mine is kept as a draft."""

    SAVED, THEIRS, KEPT = range(3)


@dataclass(frozen=True, slots=True)
class SaveResult:
    """The result of saving a plan: outcome, value of the change, message."""

    outcome: SaveOutcome
    plan: Plan
    value: Any
    text: str

    def finish(self, app: FollowUp) -> None:
        """Show the message, clear the selection, call what follows; once the form is closed."""
        app.say(self.text)
        if self.outcome == SaveOutcome.SAVED:
            if self.plan.apply is not None:
                app.list_screen.select(())
            if self.plan.then is not None:
                self.plan.then(app, self.value)


async def save_plan(
    app: FollowUp, plan: Plan, *, form: Screen[None] | None = None, is_typed: bool = False
) -> SaveResult:
    """Save a plan; on a conflict ask the person to choose, and save the rest.

    `form` is the screen that the plan came from, `is_typed` whether it has a draft.
    Raises: FollowUpError when it is not saved.
    """
    while True:
        if plan.apply is None:
            assert plan.act is not None
            try:
                value = await asyncio.to_thread(plan.act)
            except asyncio.CancelledError:
                if plan.task is not None:
                    plan.task.stop()
                raise
            return SaveResult(SaveOutcome.SAVED, plan, value, plan.message(value))
        try:
            saved = await app.save_change(PendingChange(plan.apply, plan.seen_revisions, plan.takes_back))
            return SaveResult(SaveOutcome.SAVED, plan, saved.value, _message(plan, saved, app.session.actor))
        except Conflict as conflict:
            if not conflict.clashes or not (plan.about or len(plan.seen_revisions) == 1):
                raise
            if not plan.about and _is_only_mine(app, plan):
                plan = replace(plan, seen_revisions=_newest(app, plan))
                continue
            await _until_in_front(app, form)
            resolved = await _resolve_conflict(app, plan, conflict, is_typed)
            if isinstance(resolved, SaveResult):
                return resolved
            plan = resolved


async def _until_in_front(app: FollowUp, form: Screen[None] | None) -> None:
    """Wait until no other form or menu is in front, whose keys would choose between mine and theirs."""
    await wait_until(lambda: isinstance(app.screen, BaseScreen) or app.screen is form)


async def _resolve_conflict(app: FollowUp, plan: Plan, conflict: Conflict, is_typed: bool) -> Plan | SaveResult:
    """Ask the person to resolve a conflict. Returns the rest of the plan, or the result."""
    from tui.app.screens.conflict_screen import ConflictScreen

    number = next(iter(plan.seen_revisions), 0)
    name = plan.about or number_text(number)
    theirs = await app.push_screen_wait(ConflictScreen(plan.about or number, conflict.clashes))
    if theirs is None and is_typed:
        return SaveResult(
            SaveOutcome.KEPT, plan, None, tr("{what}: theirs stands; what you typed is kept as a draft", what=name)
        )
    left: Plan | None = plan if theirs is not None else None
    if theirs:
        left = plan.without(theirs) if plan.without is not None else None
    if left is None:
        return SaveResult(SaveOutcome.THEIRS, plan, None, tr("{what}: theirs stands, nothing was changed", what=name))
    return replace(left, seen_revisions=_newest(app, left))


def _newest(app: FollowUp, plan: Plan) -> dict[int, int]:
    return {number: app.snapshot.row(number).commitment["revision"] for number in plan.seen_revisions}


def _is_only_mine(app: FollowUp, plan: Plan) -> bool:
    """Whether all changes since the person saw it were made in this app, by keys pressed just before."""
    ((number, revision),) = plan.seen_revisions.items()
    later = [event for event in app.snapshot.events_at_hand(number) if event.get("revision", 0) > revision]
    return bool(later) and all(event["change"] in app.own_changes for event in later)


def _message(plan: Plan, saved: Saved, me: str) -> str:
    """The message of a saved plan, with what was merged and the warnings."""
    parts = [plan.message(saved.value)]
    for clashes in saved.merged.values():
        who: dict[str, list[str]] = {}
        for clash in [clash for clash in clashes if clash.who != me]:
            who.setdefault(visible(clash.who), []).append(
                field_label(clash.field) if language() != ENGLISH else clash.field.replace("_", " ")
            )
        parts += [
            tr("merged with {who}'s change of {fields}", who=name, fields=", ".join(fields))
            for name, fields in who.items()
        ]
    return "; ".join([*parts, *map(visible, saved.warnings)])


def save_if_confirmed(app: FollowUp, question: str, plan: Plan, *, otherwise: str = "") -> None:
    """Ask a question; save the plan in the background after `y`, else show `otherwise`, if anything."""

    def answered(letter: str | None) -> None:
        if letter == "y":
            save_in_background(app, plan)
        elif otherwise:
            app.say(otherwise)

    app.ask(QuestionScreen(question), answered)


def save_in_background(app: FollowUp, plan: Plan, ended: Callable[[], None] = lambda: None) -> None:
    """Save a plan in the background, without a form; a refusal becomes the message. `ended` is called in any case."""

    async def saving() -> None:
        try:
            result = await save_plan(app, plan)
            result.finish(app)
        except FollowUpError as error:
            app.refuse(error)
        finally:
            app.background_saves -= 1
            ended()

    app.background_saves += 1
    app.run_worker(saving(), exit_on_error=True)

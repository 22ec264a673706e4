"""Messages about changes by others, about events, and about refusals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import takewhile
from typing import TYPE_CHECKING

from store.errors import FollowUpError, NotAtHand
from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import phrase, plural, tr, tr_in
from tui.render.day_words import day
from tui.render.shell_hints import SHELL_HINTS

if TYPE_CHECKING:
    from store.model.record_types import Event


IN_THE_SHELL = {**SHELL_HINTS, "store.missing": phrase(": put it back, or a copy with followup restore")}
"""Code of a refusal that nothing in the app can mend -> what can, as it is written behind the sentence."""


_NUMBER = re.compile(r"^(?=\d+(?:: | (?!are\b|of\b)))")
"""Where a sentence begins with the number of a commitment: `7: ...`, `7 was ...`, but not `3 are ...`, a count."""

_DAY = re.compile(r'"[^"]*"|«[^»]*»|\S*/\S*|\b(\d{4}-(?:0[1-9]|1[0-2])-\d\d)\b')
"""A day in a sentence; not one inside quotes, which somebody typed so, and none in a path."""


def changes_since(snapshot: Snapshot, revision: int, own_changes: frozenset[int]) -> str:
    """Describe the changes by others after `revision`: `#7 agreed -> reported done, by asel`; "" for none."""
    newer = takewhile(lambda event: event["change"] > revision, snapshot.events_newest_first())
    events = []
    with suppress(NotAtHand):  # A store that was read anew may have hundreds more.
        for event in newer:
            if event["change"] not in own_changes:
                events.append(event)
    if not events:
        return ""
    from tui.render.event_words import Subjects

    subjects = Subjects(snapshot.visits.values(), snapshot.parties.all())
    who = list(dict.fromkeys(visible(event["who"]) for event in events))
    first = events[-1] if len(events) == 1 else _main_event(events)
    message = f"{subjects.subject(first)} {describe_event(first)}"
    names = tr(" and ").join(who[:2])
    if len(who) > 2:
        names = tr("{names} and others", names=names)
    message = tr("{what}, by {who}", what=message, who=names)
    more = len(events) - 1
    return plural("{what}; and {n} more", "{what}; and {n} more", more, what=message) if more else message


def describe_event(event: Event) -> str:
    """Describe an event in one line; an undo by what it changed, since its change number says nothing to people."""
    from tui.render.event_words import action_headline, headline  # The first screen tells no event.

    if "undoes" not in event and "redoes" not in event:
        return headline(event)
    is_undo = "undoes" in event
    fields = event.get("fields", {})
    if created := fields.get("created"):
        return tr("was taken back") if created[1] is None else tr("was brought back")
    action = "mark" if "state" in fields else "due" if "due" in fields else ""
    if not action:
        return tr("a change was taken back") if is_undo else tr("a change was brought back")
    what = action_headline(action, fields)
    return tr("{what}, taken back", what=what) if is_undo else tr("{what}, brought back", what=what)


def refusal_sentence(error: FollowUpError) -> str:
    """The sentence of a refusal for the screen, with `#` before a commitment's number: `#7: its date was agreed`.

    Days in it are as people write them. Where only a command in the shell helps, that is named too.
    """
    said = _NUMBER.sub(tr_in("record", "#{n}", n=""), error.spoken)
    said = _DAY.sub(lambda found: day(found[1]) if found[1] else found[0], said)
    return said + tr(IN_THE_SHELL.get(error.code, ""))


def _main_event(events: Sequence[Event]) -> Event:
    return next((event for event in events if "id" in event), events[0])

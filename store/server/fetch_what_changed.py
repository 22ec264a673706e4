"""Fetches the revision that the app keeps: the first time all but its older history, then only what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.rules.history import REPLACING
from store.server import statements
from store.server.server_image import parse_changed, parse_rows, parse_table
from store.server.server_image_in_memory import KeptImage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.server.connection import Answer, Statement
    from store.server.server_image import Ask, ServerMeta

    BeginRead = Callable[[Sequence[Statement]], tuple[ServerMeta, list[Answer]]]
    """Runs statements in one transaction, after that of the meta row."""

_REWRITES = REPLACING | {"redact", "move"}
"""Actions behind which the records and the history are not those from before with what came since."""


def image_to_keep(after: object, begin_read: BeginRead, ask: Ask) -> KeptImage:
    """Read the current revision, but for its older history; of the same store at an earlier revision (`after`), only
    what changed since. What is not at hand it will `ask` for. Raises: StoreMissing, StoreUnusable.
    """
    if isinstance(after, KeptImage) and (image := _newer_image(after, begin_read, ask)) is not None:
        return image
    asked: list[Statement] = [(statements.TABLE[name], ()) for name in statements.RECORD_TABLES]
    meta, answers = begin_read([*asked, (statements.NEWEST_EVENTS, ()), (statements.COMMIT, ())])
    tables = {name: parse_table(answer.rows) for name, answer in zip(statements.RECORD_TABLES, answers, strict=False)}
    return KeptImage(ask, meta, tables, parse_rows(answers[3].rows)[::-1])


def _newer_image(old: KeptImage, begin_read: BeginRead, ask: Ask) -> KeptImage | None:
    """The current revision made of an older one; None when all must be read anew: another store, or rewritten."""
    since = old.meta["revision"]
    asked: list[Statement] = [(statements.CHANGED_SINCE[name], (since,)) for name in statements.RECORD_TABLES]
    meta, answers = begin_read([*asked, (statements.EVENTS_SINCE, (since,)), (statements.COMMIT, ())])
    events = parse_rows(answers[3].rows)
    if meta.stamp[0] != old.stamp[0] or meta.stamp[1] < since:
        return None
    if any(each["action"] in _REWRITES for each in events):
        return None
    tables, changed = {}, {}
    for name, answer in zip(statements.RECORD_TABLES, answers, strict=False):
        changed[name] = parse_changed(answer.rows)
        merged = {**old.table(name), **changed[name]}
        tables[name] = {number: record for number, record in sorted(merged.items()) if record is not None}
    image = KeptImage(ask, meta, tables, ())
    image.take_over(old, events, changed["commitments"].values())
    return image

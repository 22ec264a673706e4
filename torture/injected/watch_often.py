"""An app that looks ten times as often whether others changed the store, for forms that wait for each change."""

from __future__ import annotations


def watch_often() -> None:
    """Shorten the time between two looks."""
    from tui.app.sync import store_watcher

    store_watcher._POLL_SECONDS /= 10

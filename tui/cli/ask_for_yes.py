"""Asks for confirmation on the terminal before what cannot be undone."""

from __future__ import annotations

import sys

from store.errors import NotAllowed, UsageError
from store.sanitise_text import visible
from store.translation import tr
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.cli.arguments import Arguments


def ask_for_yes(arguments: Arguments) -> None:
    """Ask for confirmation on the terminal before `redact`. Raises: UsageError without a terminal; NotAllowed after a
    no.
    """
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError(tr("redact cannot be undone: without a terminal it needs --yes"))
    passage = arguments.get("passage") or ""
    if not passage.strip():
        raise UsageError(tr("say which passage: --passage TEXT"))
    say(
        tr(
            'take "{passage}" out of commitment {number}, its history and the automatic copies, for good? yes/no',
            passage=visible(passage),
            number=arguments.words[0],
        )
    )
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "д", "да"):
        raise NotAllowed(tr("nothing was redacted"))

"""Hands a text to a pager or a printer: other programs, run without a shell."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping

from store.errors import NotAllowed
from store.sanitise_text import visible
from store.translation import tr

_PAGERS = ("less -S", "more")
"""What is tried where PAGER names nothing."""

_MOST_SECONDS = 30
"""Seconds after which a printer that does not take the text is given up."""


def page_text(text: str, environment: Mapping[str, str]) -> str:
    """Show a text in the user's pager, until it ends. Returns what went wrong, or ""."""
    wanted = environment.get("PAGER", "").strip()
    for command in [wanted] if wanted else _PAGERS:
        try:
            arguments = shlex.split(command)
        except ValueError:
            return tr("PAGER is not a command: {command}", command=visible(command))
        try:
            subprocess.run(arguments, input=text.encode(), env=dict(environment), check=False)
        except OSError:
            continue
        return ""
    return tr("there is no pager {pager} on this machine", pager=visible(wanted) or "less")


def print_text(text: str, command: str = "lpr") -> str:
    """Send a text to the default printer. Returns the message. Raises: NotAllowed when it is not taken."""
    try:
        done = subprocess.run([command], input=text.encode(), capture_output=True, timeout=_MOST_SECONDS, check=False)
    except FileNotFoundError:
        raise NotAllowed(tr("there is no {command} on this machine: s writes a file", command=command)) from None
    except (OSError, subprocess.TimeoutExpired):
        raise NotAllowed(tr("{command} does not answer", command=command)) from None
    if done.returncode:
        trouble = visible(done.stderr.decode(errors="replace").strip().split("\n")[0])
        raise NotAllowed(tr("not printed: {why}", why=trouble or tr("{command} failed", command=command)))
    return tr("sent to {command}", command=command)

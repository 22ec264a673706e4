"""Hands a text to a pager or a printer: other programs, run without a shell."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping

from store.errors import NotAllowed
from store.text import visible

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
            return f"PAGER is not a command: {visible(command)}"
        try:
            subprocess.run(arguments, input=text.encode(), env=dict(environment), check=False)
        except OSError:
            continue
        return ""
    return f"there is no pager {visible(wanted) or 'less'} on this machine"


def print_text(text: str, command: str = "lpr") -> str:
    """Send a text to the default printer. Returns the message. Raises: NotAllowed when it is not taken."""
    try:
        done = subprocess.run([command], input=text.encode(), capture_output=True, timeout=_MOST_SECONDS, check=False)
    except FileNotFoundError:
        raise NotAllowed(f"there is no {command} on this machine: s writes a file") from None
    except (OSError, subprocess.TimeoutExpired):
        raise NotAllowed(f"{command} does not answer") from None
    if done.returncode:
        trouble = visible(done.stderr.decode(errors="replace").strip().split("\n")[0])
        raise NotAllowed(f"not printed: {trouble or f'{command} failed'}")
    return f"sent to {command}"

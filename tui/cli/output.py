"""The only writer of stdout: data, whole, and never a traceback for a reader that went away."""

import os
import sys


class AnswerLost(Exception):
    """The answer could not be written; the sentence says why. `is_saved`: what it tells of was done."""

    is_saved = False


def write_done(text: str) -> None:
    """Write what was done and is saved. Raises: AnswerLost that says so."""
    try:
        write(text)
    except AnswerLost as lost:
        lost.is_saved = True
        raise


def write(text: str) -> None:
    """Write text to stdout at once; characters that its encoding lacks are written out as escapes.

    A pipe that was closed ends quietly. Raises: AnswerLost.
    """
    stdout = sys.stdout
    if stdout is None:
        raise AnswerLost("stdout is closed")
    try:
        stdout.flush()
        view = memoryview(text.encode(stdout.encoding or "utf-8", "backslashreplace"))
        while view:
            view = view[os.write(stdout.fileno(), view) :]
    except BrokenPipeError:
        _point_nowhere()
    except OSError as error:
        _point_nowhere()
        raise AnswerLost(error.strerror or str(error)) from None


def _point_nowhere() -> None:
    """Let what Python flushes at its end go nowhere, instead of failing once more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError:
        return


def is_terminal() -> bool:
    """Whether a person reads stdout."""
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:
        return False

"""`python`: runs a script with the store open as `db`."""

from __future__ import annotations

import os
import sys

from store.errors import FollowUpError, UsageError, reason
from store.sanitise_text import visible, visible_lines
from store.translation import tr
from tui.cli.arguments import Arguments
from tui.cli.exit_codes import FAILED, INTERRUPTED, exit_code_of
from tui.cli.stdin import open_lines
from tui.cli.stdout import OutputFailed
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, NoReturn

    from tui.session import Session

_STDIN = "<stdin>"


def python(arguments: Arguments, session: Session) -> NoReturn:
    """`python`: run a script as `__main__`, with `db` and its own arguments, and exit as Python does after a script.

    A refusal that the script does not catch is printed as one sentence, with its exit code; any other exception is the
    script's own and printed with its traceback. What was saved before stays saved.
    Raises: SystemExit, StoreUnusable, UsageError.
    """
    path, *rest = arguments.words
    source = _source(path)
    session.snapshot()  # Raises StoreUnusable before the script begins.
    name, label = (_STDIN, "stdin") if path == "-" else (path, os.path.basename(path))
    code = 0
    try:
        _run(source, name, label, [path, *rest], session)
    except FollowUpError as error:
        code = exit_code_of(error)
        _flush()
        say(f"{name}{_line_in(error, name)}: {error}")
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError as error:
        # `| head` has read enough, and the script did not come to its end: that is no fault to show.
        code = FAILED if _is_stdout_closed() else _failed(error, name)
    except Exception as error:
        code = _failed(error, name)
    _flush()
    sys.exit(code)


def _source(path: str) -> bytes:
    """Read the script. Raises: UsageError."""
    try:
        file = open_lines(path)
        if file is None:
            raise UsageError(tr("stdin is closed: name a file, followup python FILE"))
        if path == "-":
            return file.read()
        with file:
            return file.read()
    except OSError as error:
        raise UsageError(tr("{path} cannot be read: {strerror}", path=visible(path), strerror=reason(error))) from None


def _run(source: bytes, name: str, label: str, argv: list[str], session: Session) -> None:
    """Execute the source as the module `__main__`, as `python FILE` does, with the store open."""
    import gc
    import linecache
    import warnings
    from types import ModuleType

    from store.tinydb_storage import StoreDB, StoreWarning

    usual = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if issubclass(category, StoreWarning):
            say(str(message))
        else:
            usual(message, category, *where, **more)

    warnings.showwarning = show
    gc.enable()  # `tui.__main__` disabled it for short commands; a script may run for days.
    main = ModuleType("__main__")
    main.__file__ = name
    sys.modules["__main__"] = main
    sys.argv = argv
    # Behind the folders of the interpreter: a module there never takes the place of one that the program loads later.
    sys.path += [] if name == _STDIN else [os.path.dirname(os.path.abspath(name))]
    sys.path += _pythonpath()
    if name == _STDIN:
        lines = source.decode("utf-8", "replace").splitlines(keepends=True)
        linecache.cache[name] = (len(source), None, lines, name)  # What a traceback shows of it.
    with StoreDB(session.database, label, session.me) as db:
        main.__dict__["db"] = db
        exec(compile(source, name, "exec", dont_inherit=True), main.__dict__)


def _pythonpath() -> list[str]:
    """The folders in PYTHONPATH, which the installed command removed for itself; an empty entry names none."""
    named = "" if sys.flags.ignore_environment else os.environ.get("PYTHONPATH", "")
    return [os.path.abspath(folder) for folder in named.split(os.pathsep) if folder]


def _line_in(error: BaseException, name: str) -> str:
    """The line of the script that raised an exception: `, line 12`, or an empty string."""
    line, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == name:
            line = step.tb_lineno
        step = step.tb_next
    return tr(", line {line}", line=line) if line else ""


def _failed(error: Exception, name: str) -> int:
    """Print the traceback of the script, without the frames of this program. Returns the exit code."""
    from traceback import format_exception

    _flush()
    own: TracebackType | None = error.__traceback__
    while own is not None and own.tb_frame.f_code.co_filename != name:
        own = own.tb_next
    text = "".join(format_exception(type(error), error, own))
    if sys.stderr is not None:
        print("\n".join(visible_lines(text.rstrip("\n"))), file=sys.stderr, flush=True)
    return FAILED


def _is_stdout_closed() -> bool:
    """Whether the reader of stdout closed it, and not a pipe of the script's own."""
    import select

    try:
        poll = select.poll()
        poll.register(sys.stdout.fileno(), 0)
        return any(seen & select.POLLERR for _, seen in poll.poll(0))
    except (OSError, ValueError, AttributeError):
        return False


def _flush() -> None:
    """Flush what the script printed. Raises: OutputFailed."""
    if sys.stdout is None or sys.stdout.closed:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError as error:
        raise OutputFailed(reason(error)) from None

"""Runs a command line: parses it, runs its command, turns every failure into one sentence and an exit code."""

from __future__ import annotations

import time

from store.errors import ChangedWhileRead, FollowUpError, StoreMissing, StoreUnusable, UsageError
from store.translation import tr
from tui.cli.arguments import is_check, language_typed, parse_command_line
from tui.cli.exit_codes import CHECK_UNKNOWN, DONE, FAILED, INTERRUPTED, exit_code_of, refusal_text
from tui.cli.stdout import OutputFailed, has_written, saved_prefix, write
from tui.interface_language import speak_as_asked
from tui.stderr import complete_lines, say, say_nothing_twice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from store.capture.readers.source_text import Texts
    from tui.cli.arguments import Arguments
    from tui.session import Session

    class AppLauncher(Protocol):
        """Opens the full-screen app, which the command line does not import."""

        def refusal(self, environment: Mapping[str, str]) -> str | None:
            """The reason why it cannot run in this terminal, and what to do instead; None if it can."""

        def open(self, session: Session, *, is_drawn_whole: bool = False, texts: Texts | None = None) -> int:
            """Run it, on `texts` to capture if there are any; returns the exit code. Raises: FollowUpError."""


def run(argv: Sequence[str], environment: Mapping[str, str], app: AppLauncher) -> int:
    """Run a command line; without a command open the app. Returns the exit code (`tui.cli.exit_codes`)."""
    if any(typed.startswith("--store") for typed in argv):
        complete_lines(lambda sentence: _of_named_store(sentence, argv))
    try:
        return _answered(argv, environment, app)
    except FollowUpError as error:
        if saved := saved_prefix(error):
            say(f"{saved}{refusal_text(error)}")
            return FAILED
        return _refused(error, argv)
    except OutputFailed as error:
        if is_check(argv):
            return CHECK_UNKNOWN
        say(saved_prefix(error) + tr("the answer could not be written: {error}", error=error))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except MemoryError as error:
        if saved := saved_prefix(error):
            say(saved + tr("the machine has not enough memory for the answer"))
            return FAILED
        return _refused(
            StoreUnusable(tr("the machine has not enough memory for this store; nothing was changed")), argv
        )
    except Exception as error:
        return _refused(FollowUpError(saved_prefix(error) + _reported(error, environment)), argv)


def _of_named_store(sentence: str, argv: Sequence[str]) -> str:
    """Add the store that was typed to the lines to type in a message."""
    from tui.cli.refused_lines.named_store_and_today import with_store

    return with_store(sentence, argv)


def _reported(error: Exception, environment: Mapping[str, str]) -> str:
    """Write a crash report. Returns the sentence that says where it is."""
    try:
        from tui.crash_report import write_crash_report

        return write_crash_report(error, environment)
    except Exception as trouble:
        # The disk that the program itself is on fails: nothing more can be imported.
        return tr(
            "followup cannot go on ({fault}), nor write a report ({trouble})",
            fault=type(error).__name__,
            trouble=type(trouble).__name__,
        )


def _refused(error: FollowUpError, argv: Sequence[str]) -> int:
    if is_check(argv):
        from tui.cli.commands.check import check_unknown

        return check_unknown(error)
    sentence = refusal_text(error)
    query = ""
    if (error.code or "").startswith("query."):
        from tui.cli.refused_lines.foreign_query_syntax import line_meant_in_query

        query = line_meant_in_query(argv)
    if query:
        from tui.cli.refused_lines.shared_sentences import as_a_whole

        sentence = as_a_whole(sentence, query)
    elif error.values.get("meant"):
        from tui.cli.refused_lines.corrected_names import with_corrected_line

        sentence = with_corrected_line(sentence, error, argv)
    say(sentence)
    return exit_code_of(error)


def _answered(argv: Sequence[str], environment: Mapping[str, str], app: AppLauncher) -> int:
    unknown_language = _speak(argv, environment)
    if "_ARGCOMPLETE" in environment:
        from tui.cli.completion import complete

        complete(environment)
    if "--version" in argv[:1] or list(argv[:2]) == ["--verbose", "--version"]:
        from tui.cli.version import version_text

        write(version_text(is_verbose="--verbose" in argv[:2]))
        return DONE
    if argv[:1] in (["visit"], ["party"]) and list(argv[1:]) in (["--help"], ["-h"]):
        argv = ["help", argv[0]]
    try:
        arguments = parse_command_line([_printable(typed) for typed in argv])
    except UsageError as refused:
        from tui.cli.refused_lines.suggestions_from_the_store import by_the_store

        raise by_the_store(refused, argv, environment) from None
    if arguments.has("help"):
        from tui.cli.help import help_text, help_width

        write(help_text(arguments.typed_as if argv and argv[0] not in ("--help", "-h") else None, help_width()))
        return DONE
    if unknown_language is not None:
        raise unknown_language
    from tui.session import Session

    if arguments.command.name == "app" or arguments.is_bare:
        refusal = app.refusal(environment)
        if refusal is None:
            session = Session(arguments.get("store"), arguments.get("today"), environment)
            return _opened(app, session, is_drawn_whole=arguments.has("whole"))
        if not arguments.is_bare:
            raise UsageError(refusal)
    session = Session(arguments.get("store"), arguments.get("today"), environment)
    try:
        if arguments.command.name == "capture" and app.refusal(environment) is None:
            from tui.cli.commands.capture import texts_for_screen

            if (texts := texts_for_screen(arguments, session)) is not None:
                return app.open(session, texts=texts)
        if arguments.command.is_changing:
            from tui.cli.run_change import run_change

            return run_change(arguments, session)
        return _run_read_only(arguments, session)
    except StoreMissing as missing:
        if is_check(argv) or saved_prefix(missing) or not session.is_own_default:
            raise
        from tui.cli.refused_lines.entry_lines import first_visit_makes_it

        raise first_visit_makes_it(missing, arguments, session.clock.today(None)) from None
    except (FollowUpError, OutputFailed, MemoryError):
        raise
    except Exception as error:
        if not saved_prefix(error):
            _refuse_invalid(session)
        raise
    finally:
        if session.is_store_open:
            for sentence in session.database.warnings():
                say(sentence)


def _speak(argv: Sequence[str], environment: Mapping[str, str]) -> UsageError | None:
    """Set the language of all output. Returns the refusal of an unknown one: help comes before it."""
    try:
        speak_as_asked(language_typed(argv), environment)
    except UsageError as refused:
        return refused
    return None


def _opened(app: AppLauncher, session: Session, *, is_drawn_whole: bool) -> int:
    """Run the app. Returns its exit code. Raises: FollowUpError, also where an invalid record ended it."""
    try:
        return app.open(session, is_drawn_whole=is_drawn_whole)
    except (FollowUpError, MemoryError):
        raise
    except Exception:
        _refuse_invalid(session)
        raise


def _refuse_invalid(session: Session) -> None:
    """Refuse a store with an invalid record, which would look like a crash. Raises: StoreUnusable."""
    from store.maintenance.fault_or_invalid_store import refuse_invalid

    refuse_invalid(session.database)


def _run_read_only(arguments: Arguments, session: Session) -> int:
    """Run a read-only command; again where the store changed over a lost connection before anything was printed."""
    assert arguments.command.run is not None, "the table gives each command a function, and the app is opened elsewhere"
    began = time.monotonic()
    while True:
        try:
            return arguments.command.run(arguments, session)
        except ChangedWhileRead:
            say_nothing_twice()
            from store.lock_timeout_and_refusal import seconds_to_wait

            if has_written() or time.monotonic() >= began + seconds_to_wait(session.database.lock_timeout):
                raise
            session.forget_snapshot()


def _printable(typed: str) -> str:
    """Escape the bytes of a word that are not UTF-8, which cannot be stored."""
    return typed.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

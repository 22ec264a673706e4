"""Runs a command that changes something: in one transaction, its result printed after the commit."""

from __future__ import annotations

from store.errors import FollowUpError, NotAllowed, UsageError, reason
from store.sanitise_text import visible
from store.translation import tr
from tui.cli.argument_values import commitment_numbers, day_option
from tui.cli.arguments import Arguments
from tui.cli.exit_codes import DONE, FAILED
from tui.cli.stdin import binary_stdin
from tui.cli.stdout import SAVED, json_text, write, write_json
from tui.interface_language import heed_store
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.database import Database
    from store.transaction import Transaction
    from tui.session import Session


_LONGEST_NUMBER = 10


class ChangeResult:
    """The result of a change: `lines` for stdout, `hints` for stderr, the `numbers` of its commitments.

    `entered` is what a person is told of something new, and not a batch or a script that reads JSON.
    """

    __slots__ = ("entered", "hints", "lines", "numbers")

    def __init__(
        self, lines: Sequence[str], numbers: Sequence[int] = (), hints: Sequence[str] = (), *, entered: str = ""
    ) -> None:
        self.entered = entered
        self.lines = list(lines)
        self.numbers = list(numbers)
        self.hints = list(hints)


def changed_or_same(name: str, is_changed: bool) -> str:
    """`7 changed`, or `7 is so already` when the values are the same."""
    return tr("{name} changed", name=name) if is_changed else tr("{name} is so already", name=name)


def run_change(arguments: Arguments, session: Session) -> int:
    """Run a command in a transaction of its own, commit, print its result. Returns the exit code.

    That of a redaction that did not reach a copy is not that of what is done.
    Raises: FollowUpError, and then nothing was changed; an error after the commit carries the note `SAVED`.
    """
    if arguments.command.name == "undo" and arguments.has("list"):
        from tui.cli.commands.undo_redact import list_undoable

        return list_undoable(arguments, session)
    _prepare(arguments, session)
    try:
        result, tx = saved_change(arguments, session.database)
    except UsageError as error:
        if arguments.unquoted_option is None:
            raise
        from tui.cli.hints_after_refusal import printed

        raise UsageError(
            tr(
                "{error}; put the text of {unquoted_option} in quotes",
                error=printed(error),
                unquoted_option=arguments.unquoted_option,
            )
        ) from None
    session.forget_snapshot()
    try:
        if arguments.has("json"):
            write_json(_as_json(arguments, result, session))
        else:
            write("".join(f"{visible(line)}\n" for line in result.lines))
    except Exception as error:
        error.add_note(SAVED)
        raise
    entered = [result.entered] if result.entered and not arguments.has("json") else []
    for sentence in (*entered, *tx.warnings, *result.hints):
        say(sentence)
    return FAILED if tx.is_left_in_copies else DONE


def saved_change(arguments: Arguments, database: Database) -> tuple[ChangeResult, Transaction]:
    """Run a command and commit it in a transaction of its own. Raises: FollowUpError."""
    is_undo = arguments.command.name in ("undo", "redo")
    about = numbers_in(arguments)
    return database.change(lambda tx: apply_change(arguments, tx), about=about, takes_back=is_undo)


def numbers_in(arguments: Arguments) -> list[int]:
    """The numbers of commitments named singly, as words or in an option."""
    others = [value for option in ("after", "like") for value in arguments.get_all(option) or ()]
    numbers = [word.removeprefix("#") for word in (*arguments.words, *others)]
    return [int(number) for number in numbers if number.isdecimal() and len(number) < _LONGEST_NUMBER]


def _as_json(arguments: Arguments, result: ChangeResult, session: Session) -> str:
    from store.formats.records_as_json import commitment_json

    snapshot = session.snapshot()
    if not result.numbers:
        document: object = {"answer": result.lines, "store_revision": snapshot.revision}
    else:
        views = [commitment_json(snapshot.row(number), snapshot) for number in result.numbers]
        document = views if len(result.numbers) > 1 or _prints_array(arguments) else views[0]
    return json_text(document) + "\n"


def _prints_array(arguments: Arguments) -> bool:
    """Whether --json prints an array: for a range or a series even when it holds a single commitment."""
    if arguments.has("every"):
        return True
    ids = [word for word in arguments.words if word.lstrip("#")[:1].isdigit()]
    return any(nargs == "+" and name == "ID" for name, nargs in arguments.command.words) and (
        len(ids) > 1 or any("-" in word for word in ids)
    )


def _prepare(arguments: Arguments, session: Session) -> None:
    """Prepare outside the lock: read stdin for `-`, ask for confirmation, make the first store.

    Raises: FollowUpError.
    """
    command = arguments.command.name
    if command in ("note", "reason") and arguments.words[1:] == ["-"]:
        try:
            raw = stdin.read() if (stdin := binary_stdin()) else b""
        except OSError as error:
            raise UsageError(tr("stdin cannot be read: {strerror}", strerror=reason(error))) from None
        arguments.words[1:] = [raw.decode("utf-8", "backslashreplace")]
    if command == "redact" and not arguments.has("yes"):
        from tui.cli.ask_for_yes import ask_for_yes

        ask_for_yes(arguments)
    if command == "visit add" and session.is_own_default and session.database.stamp() is None:
        from tempfile import TemporaryDirectory

        from store.maintenance.create_store import make_private

        # A dry run in a temporary store first: a visit that is refused makes no store.
        with TemporaryDirectory() as folder:
            dry_run = session.database.beside(f"{folder}/commitments.json")
            make_private(dry_run, {})
            with dry_run.dry_run() as tx:
                apply_change(arguments, tx)
                tx.validate()
        try:
            warnings = make_private(session.database, {})
            say(tr("made a store at {path}", path=session.path))
            for sentence in warnings:
                say(sentence)
        except NotAllowed:
            if session.database.stamp() is None:
                raise
            # Another process made the store meanwhile.


def apply_change(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """Run a command in an open transaction, with its --on and --expect-rev.

    Raises: FollowUpError; Conflict when the commitment is at another revision than --expect-rev.
    """
    heed_store(tx.settings)
    tx.set_day(day_option(arguments, "on", tx))
    tx.take_as_new(arguments.get_all("new-party") or ())
    result = _expected_change(arguments, tx)
    result.hints += _merges_of_slips(tx)
    for name in tx.unfitting_new_names:
        tx.warn(tr('--new-party "{name}" is no name of a party in this line, and was ignored', name=visible(name)))
    return result


def _merges_of_slips(tx: Transaction) -> list[str]:
    """What to type where a new party is a misspelled known one."""
    if not tx.resembling:
        return []
    from tui.cli.shell_quoting import quoted_for_shell

    return [
        tr(
            "if {name} was meant: followup party merge {new} {known}",
            name=visible(known),
            new=quoted_for_shell(new),
            known=quoted_for_shell(known),
        )
        for new, known in tx.resembling
    ]


def _expected_change(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """Run a command whose --expect-rev must be the revision. Raises: FollowUpError; Conflict when it is another."""
    handler = arguments.command.change
    assert handler is not None, "only a command that changes comes here"
    expected = arguments.number("expect-rev", 1)
    if expected is None:
        return handler(arguments, tx)
    numbers = (
        commitment_numbers(arguments, tx) if arguments.command.words[:1] in ((("ID", "1"),), (("ID", "+"),)) else []
    )
    if len(numbers) != 1:
        raise UsageError(tr("--expect-rev goes with one commitment"))
    from store.operations.refuse_clashing_edits import expect_revision  # Most changes give no revision.

    current = tx.revision_before(numbers[0])
    try:
        result = handler(arguments, tx)
    except FollowUpError:
        expect_revision(tx, numbers[0], expected, current)
        raise
    expect_revision(tx, numbers[0], expected, current)
    return result

"""Importing a list: a form asks for the file, a page shows what it would change, a key takes it in."""

from typing import TYPE_CHECKING

from store.errors import FollowUpError, NotAllowed
from tui.app.preview import Asked, Preview
from tui.app.screens.ask import Ask
from tui.app.screens.imports import ImportPage
from tui.app.screens.saving import save_at_once
from tui.app.sheets.sheet import Plan
from tui.import_lines import sum_of

if TYPE_CHECKING:
    from store.database import Database
    from store.imports.taking import Taken
    from store.transaction import Transaction
    from tui.app.app import FollowUp


def import_(app: "FollowUp") -> None:
    """Ask for the file."""
    from tui.app.acting.forms import show
    from tui.app.sheets.imports import importing

    database = app.session.database
    show(app, importing(app.ledger, lambda asked: _tried(database, asked), _show))


def _tried(database: "Database", asked: Asked) -> Preview:
    """Read a file and try it on the store as it is. Raises: FollowUpError with what is wrong with the file."""
    from store.imports.columns import match
    from store.imports.objects import WholeStore
    from store.imports.reading import How, read_file
    from store.imports.rows import understand_rows
    from store.imports.taking import take_in

    found = read_file(asked.path, How(encoding=asked.encoding))
    if isinstance(found, WholeStore):
        raise NotAllowed("this is a whole store: followup import, in the shell, brings it into an empty one")
    with database.trial() as tx:
        understood = understand_rows(match(found, asked.columns, asked.defaults), tx.today)
        return Preview(asked, understood, take_in(tx, understood, reason=asked.reason))


def _show(app: "FollowUp", preview: Preview) -> None:
    app.home()
    app.push_screen(ImportPage(preview))


def take(app: "FollowUp") -> None:
    """Take in what the page shows; ask first what is to become of bad rows."""
    if not isinstance(app.place, ImportPage):
        return
    preview = app.place.preview
    if preview.is_empty:
        raise NotAllowed("there is nothing to take in")
    if not preview.bad:
        _save(app, preview)
        return

    def answered(letter: str | None) -> None:
        if letter == "y":
            _save(app, preview)

    question = f"{preview.bad} cannot be taken: take the others, and write these to a file?  y yes  n no"
    app.ask(Ask(question), answered)


def _save(app: "FollowUp", preview: Preview) -> None:
    from store.imports.taking import take_in

    def apply(tx: "Transaction") -> "Taken":
        taken = take_in(tx, preview.understood, reason=preview.asked.reason)
        if len(taken.problems) > len(preview.taken.problems):
            raise NotAllowed("others changed the store meanwhile, and more rows are bad now: I shows it anew")
        return taken

    def told(taken: "Taken") -> str:
        return f"imported: {sum_of(taken, preview.understood)}; u takes all of it back"

    save_at_once(app, Plan(apply, told, then=lambda app, taken: _leave(app, preview, taken)))


def _leave(app: "FollowUp", preview: Preview, taken: "Taken") -> None:
    """Go back to the list; write the bad rows beside the file that they came from."""
    from store.imports.leftovers import bad_rows, bad_rows_beside

    app.home()
    if not taken.problems:
        return
    path = bad_rows_beside(preview.asked.path)
    try:
        app.session.write_file(path, bad_rows(taken, preview.understood), is_forced=False)
    except FollowUpError as error:
        raise NotAllowed(f"the rest is saved, but the bad rows were not written: {error.sentence}") from None
    app.say(f"{app.message[0]}; the bad rows are in {path}")

"""Papers for others: looked at, chosen, written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.forms.report_options import REPORT, SHEET, ReportChoice
from tui.app.screens.menu_screen import Choice, Menu
from tui.app.screens.report_screen import PaperPage

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def papers(app: FollowUp) -> None:
    """Ask which paper, and show it."""
    now = app.place.report_choice.kind if isinstance(app.place, PaperPage) else None
    choices = [
        Choice("s", "the meeting sheet: who owes what to whom", now == SHEET),
        Choice("r", "the donor's quarter: planned, done, on time or why not", now == REPORT),
    ]

    def chosen(letter: str | None) -> None:
        if letter is not None:
            _show(app, ReportChoice(SHEET if letter == "s" else REPORT))

    app.ask(Menu("Papers", choices), chosen)


def _show(app: FollowUp, report_choice: ReportChoice) -> None:
    report_choice.document(app.snapshot)  # What cannot be made is refused where the person is.
    app.say("")  # What was said of another paper is not true of this one.
    if isinstance(app.place, PaperPage):
        app.place.show_wanted(report_choice)
        return
    app.home()
    app.push_screen(PaperPage(report_choice))


def choose(app: FollowUp) -> None:
    """Choose for whom the paper is, of which time, in which language."""
    if isinstance(app.place, PaperPage):
        from tui.app.actions.open_form import show
        from tui.app.forms.report_form import choosing

        show(app, choosing(app.snapshot, app.place.report_choice, _show))


def save(app: FollowUp) -> None:
    """Write the paper to a file."""
    if isinstance(app.place, PaperPage):
        from tui.app.actions.open_form import show
        from tui.app.forms.report_form import saving

        show(app, saving(app.snapshot, app.place.report_choice, app.session.write_file))

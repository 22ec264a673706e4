"""Actions on reports (the meeting sheet, the donor's quarter): show, choose options, save to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.forms.report_options import REPORT, SHEET, ReportOptions
from tui.app.screens.menu_screen import MenuItem, MenuScreen
from tui.app.screens.report_screen import ReportScreen

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def papers(app: FollowUp) -> None:
    """Open the menu of reports, and show the chosen one."""
    now = app.base_screen.report_options.kind if isinstance(app.base_screen, ReportScreen) else None
    choices = [
        MenuItem("s", "the meeting sheet: who owes what to whom", now == SHEET),
        MenuItem("r", "the donor's quarter: planned, done, on time or why not", now == REPORT),
    ]

    def chosen(letter: str | None) -> None:
        if letter is not None:
            _show(app, ReportOptions(SHEET if letter == "s" else REPORT))

    app.ask(MenuScreen("Papers", choices), chosen)


def _show(app: FollowUp, report_options: ReportOptions) -> None:
    report_options.document(app.snapshot)  # A report that cannot be made is refused before the screen changes.
    app.say("")  # A message about another report.
    if isinstance(app.base_screen, ReportScreen):
        app.base_screen.show_report(report_options)
        return
    app.show_list()
    app.push_screen(ReportScreen(report_options))


def choose(app: FollowUp) -> None:
    """Open the form of the report's options: parties or donor, period, language."""
    if isinstance(app.base_screen, ReportScreen):
        from tui.app.actions.open_form import show
        from tui.app.forms.report_form import report_options_form

        show(app, report_options_form(app.snapshot, app.base_screen.report_options, _show))


def save(app: FollowUp) -> None:
    """Open the form that saves the report to a file."""
    if isinstance(app.base_screen, ReportScreen):
        from tui.app.actions.open_form import show
        from tui.app.forms.report_form import report_file_form

        show(app, report_file_form(app.snapshot, app.base_screen.report_options, app.session.write_file))

"""Actions on reports (the meeting sheet, the donor's quarter): show, choose options, save to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import NotAllowed
from store.query.parse_query import parse
from store.translation import language, tr, tr_in
from tui.app.forms.form import Plan
from tui.app.forms.report_options import REPORT, SHEET, ReportOptions
from tui.app.screens.menu_screen import MenuItem, MenuScreen
from tui.app.screens.report_screen import ReportScreen
from tui.app.screens.save_form_in_background import save_in_background
from tui.app.terminal.pager_and_printer import page_text, print_text
from tui.render.document_lines import document_text

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def reports(app: FollowUp) -> None:
    """Open the menu of reports, and show the chosen one."""
    now = app.base_screen.report_options.kind if isinstance(app.base_screen, ReportScreen) else None
    choices = [
        MenuItem("s", tr("the meeting sheet: who owes what to whom"), now == SHEET),
        MenuItem("r", tr("the donor's quarter: planned, done, on time or why not"), now == REPORT),
    ]

    def chosen(letter: str | None) -> None:
        if letter is not None:
            _show(app, ReportOptions(SHEET if letter == "s" else REPORT, language=language()))

    app.ask(MenuScreen(tr_in("title", "Papers"), choices), chosen)


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


def export(app: FollowUp) -> None:
    """Open the form that exports the list, or the selection, to a file. Raises: NotAllowed for nothing."""
    from tui.app.actions.open_form import show
    from tui.app.forms.export_form import export_form

    screen = app.list_screen
    numbers = [number for number in screen.rows.arrangement.numbers if number in screen.shown()]
    chosen = [number for number in numbers if number in screen.selected] or numbers
    if not chosen:
        raise NotAllowed(tr("there is nothing in the list to export: 1 shows all that is open"))
    state = screen.list_state
    words = f"{state.view.query} {state.filter_text}".strip()
    query = parse(words, today=app.snapshot.today, me=state.me)
    show(app, export_form(app.snapshot, chosen, query, app.session.write_file))


def print_(app: FollowUp) -> None:
    """Open the menu that hands the report to a pager or a printer."""
    if not isinstance(app.base_screen, ReportScreen):
        return
    report_options = app.base_screen.report_options
    text = document_text(report_options.document(app.snapshot))

    def chosen(letter: str | None) -> None:
        if letter == "p":
            _page(app, text)
        elif letter == "l":
            save_in_background(app, Plan(None, str, act=lambda: print_text(text)))

    choices = [MenuItem("p", tr("read it in a pager")), MenuItem("l", tr("print it: lpr"))]
    app.ask(MenuScreen(report_options.title_of_print, choices), chosen)


def _page(app: FollowUp, text: str) -> None:
    """Show a text in the pager, which has the terminal until it ends."""
    if not (app._driver and app._driver.can_suspend):
        raise NotAllowed(tr("no pager can have this terminal"))
    with app.suspend():
        trouble = page_text(text, app.session.environment)
    if trouble:
        raise NotAllowed(trouble)

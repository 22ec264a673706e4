"""The options of a report (meeting sheet or donor's quarter), and the document that they give. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from store.reports.document import Document
from store.reports.issuer_selection_and_marks import parse_mark
from store.rules.visit_slugs import slug_from
from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import tr
from tui.render.day_words import day_without_year, visit_days
from tui.render.party_words import short_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.reports.document import Block

SHEET, REPORT = "sheet", "report"

_MOST_IN_NAME = 3
"""The most parties that the name of a file names."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """The options of a report: the meeting sheet of `parties` (none: all) for the days `since` to `until`, or the
    report of the `quarter` (`2026-Q3`, None: the last that has ended) for a `donor`.

    Days are ISO; None is the default; that of `until` ends a period where not `is_until_a_day`. `mark` is printed on
    every page. `has_decisions`: a sheet has cells to fill in; `meeting`, `place` and `on` head it.
    `intro` is the file of the office's own words on a report, `introduction` what stood in it.
    """

    kind: str
    parties: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    quarter: str | None = None
    donor: str | None = None
    language: str = "en"
    is_internal: bool = False
    mark: str = ""
    has_decisions: bool = False
    meeting: str = ""
    place: str = ""
    on: str | None = None
    is_until_a_day: bool = True
    intro: str = ""
    introduction: tuple[Block, ...] = ()

    @property
    def name(self) -> str:
        """The report's name in a sentence."""
        return tr("the meeting sheet") if self.kind == SHEET else tr("the donor's quarter")

    @property
    def heading(self) -> str:
        """The title of the form of its options."""
        return tr("What the meeting sheet says") if self.kind == SHEET else tr("What the donor's quarter says")

    @property
    def title_of_file(self) -> str:
        """The title of the form that saves it."""
        is_sheet = self.kind == SHEET
        return tr("Write the meeting sheet to a file") if is_sheet else tr("Write the donor's quarter to a file")

    @property
    def title_of_print(self) -> str:
        """The title of the menu that hands it to a pager or a printer."""
        return tr("Print the meeting sheet") if self.kind == SHEET else tr("Print the donor's quarter")

    def file_name(self, snapshot: Snapshot) -> str:
        """The default name of its file, without the ending: `sheet-2026-11-25-mia-uz`, `report-2026-Q3`.

        Raises: UsageError for a period.
        """
        if self.kind == SHEET:
            names = [slug_from(snapshot.parties.shown(party)) for party in self.parties[:_MOST_IN_NAME]]
            return "-".join(["sheet", snapshot.today, *filter(None, names)])
        first, _ = self._period(snapshot.today)
        return f"report-{first[:4]}-Q{(int(first[5:7]) + 2) // 3}"

    def scope(self, snapshot: Snapshot) -> str:
        """Its parties and its period: `for MIA UZ, due until 27 Feb`. Raises: UsageError for a period."""
        today = snapshot.today
        if self.kind == SHEET:
            from store.reports.meeting_sheet import next_meeting

            who = ", ".join(visible(short_name(snapshot.parties, party)) for party in self.parties)
            until = day_without_year(self.until or next_meeting(max(today, self.on or today)), today)
            text = (
                tr("for {who}, due until {day}", who=who, day=until)
                if who
                else tr("for all that have something open, due until {day}", day=until)
            )
        else:
            first, last = self._period(today)
            days = visit_days(first, last)
            text = (
                tr("for {who}, {days}", who=visible(self.donor), days=days)
                if self.donor
                else tr("for all donors, {days}", days=days)
            )
        return tr("{scope}, with internal remarks", scope=text) if self.is_internal else text

    def _period(self, today: str) -> tuple[str, str]:
        from store.reports.report_period import parse_quarter

        return parse_quarter(self.quarter, today)

    def document(self, snapshot: Snapshot) -> Document:
        """Make the report. Raises: NotFound for a party or a donor, UsageError for a period."""
        if self.kind == SHEET:
            from store.reports.meeting_sheet import meeting_sheet

            return meeting_sheet(
                snapshot,
                self.parties,
                since=self.since,
                until=self.until,
                language=self.language,
                marks=parse_mark(self.mark),
                is_internal=self.is_internal,
                has_decisions=self.has_decisions,
                meeting=self.meeting,
                place=self.place,
                on=self.on,
                is_until_a_day=self.is_until_a_day,
            )
        from store.reports.donor_report import donor_report

        first, last = self._period(snapshot.today)
        return donor_report(
            snapshot,
            first=first,
            last=last,
            donor=self.donor,
            language=self.language,
            marks=parse_mark(self.mark),
            is_internal=self.is_internal,
            introduction=self.introduction,
        )

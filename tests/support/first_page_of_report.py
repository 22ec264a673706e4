"""The report whose first page is tested, and the headings on that page."""

from typing import Any

from store.reports.document import Document
from store.reports.donor_report import donor_report
from store.snapshot import Snapshot

FIRST, LAST = "2023-01-01", "2023-03-31"
PERIOD = "The period in figures"
ALL = "All commitments, on the day of this report"
REMARKS = "Remarks on the first page"


def report(snapshot: Snapshot, **more: Any) -> Document:
    return donor_report(snapshot, **{"first": FIRST, "last": LAST, **more})

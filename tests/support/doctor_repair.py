"""What doctor finds in a store, and its repair, as `doctor --repair` does it."""

from store.database import Database
from store.errors import FollowUpError
from store.maintenance.doctor import examine


def findings(database: Database) -> list[str]:
    """The sentences of all findings."""
    return [finding.sentence for finding in examine(database)]


def mend(database: Database) -> None:
    """Mend each finding; what cannot be mended is left."""
    for finding in examine(database):
        if finding.mend is not None:
            try:
                finding.mend()
            except (FollowUpError, OSError):
                continue

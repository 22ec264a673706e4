"""What became of the plan in a period: dates that were changed or corrected, and lines that were removed."""

from __future__ import annotations

from store.reports.document import Section, Table, TableColumn, TableRow, TextBlock
from store.rules.history import undone_changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from store.model.record_types import Commitment, DueChange, Event
    from store.query.parse_query import Query
    from store.reports.report_scope import Scope


def changes_of_date(scope: Scope) -> list[Section]:
    """Every change of an agreed date in the period, and, apart from them, every correction."""
    say = scope.words.say
    changes = _changes(scope, is_correction=False)
    mended = _changes(scope, is_correction=True)
    if not changes:
        parts = [Section(say("Changes of date"), [TextBlock(say("No agreed date was changed in the period."), "dim")])]
    else:
        parts = [Section(say("Changes of date"), [_table(scope, changes)])]
    if mended:
        parts.append(Section(say("Corrections of mistyped dates"), [_table(scope, mended)], level=2))
    return parts


def _changes(scope: Scope, *, is_correction: bool) -> list[tuple[Commitment, DueChange]]:
    found = [
        (commitment, change)
        for commitment in scope.commitments
        for change in commitment.get("due_changes", ())
        if change["correction"] == is_correction and scope.holds(change["on"])
    ]
    return sorted(found, key=lambda pair: (pair[1]["on"], pair[0]["id"]))


def _table(scope: Scope, changes: list[tuple[Commitment, DueChange]]) -> Table:
    say, telling = scope.words.say, scope.telling
    columns = [
        TableColumn(say("No."), 2),
        TableColumn(say("What was promised"), 9),
        TableColumn(say("Changed on"), 5),
        TableColumn(say("Old date"), 5),
        TableColumn(say("New date"), 5),
        TableColumn(say("What it is"), 6),
    ]
    entries = []
    for commitment, change in changes:
        cells = [
            f"#{commitment['id']}",
            commitment["title"],
            scope.words.day(change["on"]),
            telling.day(change.get("old")),
            telling.day(change.get("new")),
            _what_it_is(scope, change),
        ]
        reason, is_plain = change["reason"], change["correction"] and not {"asked_by", "agreed_by"} & change.keys()
        who = say(
            "asked by: {asked}; agreed by: {agreed}",
            asked=_who(scope, change.get("asked_by")),
            agreed=_who(scope, change.get("agreed_by")),
        )
        why = say("reason: {reason}", reason=reason)
        entries.append(TableRow(cells, remarks=[why] if is_plain else [why, who]))
    return Table(columns, entries)


def _who(scope: Scope, name: str | None) -> str:
    return scope.telling.party(name) if name is not None else scope.words.say("not recorded")


def _what_it_is(scope: Scope, change: DueChange) -> str:
    say = scope.words.say
    if change["correction"]:
        return say("correction")
    if change["extension"]:
        return say("extension") if "new" in change else say("date taken out")
    return say("set again") if "old" not in change else say("brought forward")


def removed_lines(scope: Scope, donor_slugs: set[str] | None, query: Query | None) -> Section:
    """The proposed lines that were removed in the period and stay so.

    `donor_slugs`: of these visits only; a line whose visit is gone as well is told of in a report on all visits.
    """
    say = scope.words.say
    heading = say("Lines removed as entered by mistake")
    entries = []
    for event, commitment in _removed(scope):
        is_known = commitment["visit"] in scope.snapshot.visits
        if donor_slugs is not None and not (is_known and commitment["visit"] in donor_slugs):
            continue
        if query is not None and not (is_known and query.matches(scope.snapshot.row_of(commitment), scope.snapshot)):
            continue
        entries.append(_entry(scope, event, commitment))
    if not entries:
        return Section(heading, [TextBlock(say("No line was removed in the period."), "dim")])
    columns = [
        TableColumn(say("No."), 2),
        TableColumn(say("What was written"), 18),
        TableColumn(say("Removed on"), 7),
    ]
    return Section(heading, [Table(columns, entries)])


def _entry(scope: Scope, event: Event, commitment: Commitment) -> TableRow:
    telling = scope.telling
    cells = [f"#{commitment['id']}", commitment["title"], scope.words.day(event["day"])]
    remarks = [telling.from_to(commitment)]
    if telling.is_internal:
        reason, who = event.get("reason", ""), event["who"]
        remarks.append(scope.words.say("removed by {who}: {reason}", who=who, reason=reason))
    return TableRow(cells, remarks=[*remarks, *telling.internal(commitment)])


def _removed(scope: Scope) -> Iterator[tuple[Event, Commitment]]:
    """The events that removed a line in the period and were not undone, with the line as it was then.

    A visit may have got another slug since: the line is given the one that it has now.
    """
    events = scope.snapshot.events()
    undone = undone_changes(events)
    slug_now = {visit["id"]: visit["slug"] for visit in scope.snapshot.visits.values()}
    visit_of: dict[object, int] = {}
    for event in events:
        fields = event.get("fields", {})
        if "visit" in event and "slug" in fields:
            old, new = fields["slug"]
            visit_of.pop(old, None)
            if new is not None:
                visit_of[new] = event["visit"]
        if event["action"] != "remove" or "id" not in event or event["change"] in undone:
            continue
        if scope.holds(event["day"]):
            line: Any = {"id": event["id"], **{name: pair[0] for name, pair in fields.items()}}
            number = visit_of.get(line["visit"])
            yield event, line | ({"visit": slug_now[number]} if number in slug_now else {})

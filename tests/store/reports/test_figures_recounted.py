"""Each figure of the first page of a report is that of an independent count from the records' JSON."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.file import strict_reader
from store.file.serialize_file import serialize
from store.formats.records_as_json import commitment_json
from store.model.format_version import FORMAT, TABLES, VERSION
from store.model.record_types import Meta
from store.model.vocabulary_and_signs import Because, State
from store.reports.document import Bars, Document, Table, TextBlock
from store.snapshot import Snapshot
from tests.support.document_parts import cells, figures, paragraphs, part
from tests.support.first_page_of_report import ALL, FIRST, LAST, PERIOD, REMARKS, report
from tests.support.fixed_day_and_user import TODAY
from tests.support.recount_report import recount
from tests.support.store_builders import INTERPOL, MIA, UNODC

_RATE = r"\d+ of \d+ \(\d+%\)|-"


def rate_of(cell: str) -> tuple[int, int]:
    """`2 of 6 (33%)` -> 2, 6; its share is that of the two."""
    if cell == "-":
        return 0, 0
    match = re.fullmatch(r"(\d+) of (\d+) \((\d+)%\)", cell)
    assert match, cell
    kept, total, share = map(int, match.groups())
    assert abs(share - 100 * kept / total) <= 1
    return kept, total


def printed(document: Document) -> dict[str, Any]:
    """The figures of the first page, as `recount` names them."""
    lines = []
    _, *periods = zip(*cells(part(document, PERIOD)), strict=True)
    for column in periods:
        counts = dict(zip(("due, original", "due, current", "done", "confirmed"), map(int, column[:4]), strict=True))
        rates = {
            "in time, original": rate_of(column[4]),
            "confirmed in time, original": rate_of(column[5])[0],
            "in time, current": rate_of(column[6]),
            "confirmed in time, current": rate_of(column[7])[0],
        }
        assert [rate_of(cell)[1] for cell in column[4::2]] == [rate_of(cell)[1] for cell in column[5::2]]
        lines.append({**counts, **rates})
    moved = [text for each in document.parts if each.heading == REMARKS for text in paragraphs(each)]
    explained = " ".join([*paragraphs(part(document, PERIOD)), *moved])
    pairs = []
    headings = [column.heading for column in table_of(document).columns[1:]]
    first = headings[0]
    for line, heading in zip(lines, headings, strict=True):
        left_out = re.search(
            rf"was due the rates leave out, [^.]*?: (?:[^.]*; )?(\d+) and (\d+) in {heading}"
            r"(?:, \d+ in all)? \((.*?)\)",
            explained,
        )
        pairs.append(left_out.group(1, 2) if left_out else ("0", "0"))
        line["left out"] = numbers_of(left_out, document, 3)
    extended = re.search(rf"only by an extension [^.]*?: \d+ in {re.escape(first)} \((.*?)\)", explained)
    unexplained = re.search(
        r"Of (\d+) not done in time in [^,]*, by either date, (\d+) (?:has|have) .*?: (.*?)\.", explained
    )
    reasons = (int(unexplained[1]), numbers_of(unexplained, document, 3)) if unexplained else (0, [])
    assert not unexplained or int(unexplained[2]) == len(reasons[1])
    about_misses = {"late without agreement": numbers_of(extended, document), "without reason": reasons}
    otherwise = re.search(
        rf"\d+ in {first} \(counted as not done, the rates would be ({_RATE}) and ({_RATE})\)",
        explained,
    )
    others = re.search(rf"by somebody who is no party to it: \d+ in {first} \((.*?)\)", explained)
    if_not_done = [rate_of(cell) for cell in otherwise.groups()] if otherwise else []
    for line, pair in zip(lines, pairs, strict=True):
        line |= dict(zip(("left out, original", "left out, current"), map(int, pair), strict=True))
    table = {row[0]: row[1:] for row in cells(part(document, "On-time rate"))}
    assert tuple(table.get("Due in the period", ["0", "0"])) == pairs[0]
    told: dict[str, int] = {}
    stand = part(document, ALL)
    for what, count in figures(stand).items():
        told[re.sub(r" \(\d+%\)", "", what)] = int(count)
    numbers = {"all": told.pop("in all", 0), "kept": 0, "kept late": 0, "in-work": 0, "late": 0}
    words = {"reported done, not yet confirmed": "reported", "proposed, not agreed": "proposed", "not met": "not-met"}
    for what, number in told.items():
        word, _, late = what.partition(", ")
        if word == "kept":
            numbers |= {"kept": number, "kept late": int(late.split()[0]) if late else 0}
        elif word == "under way":
            numbers |= {"in-work": number, "late": int(late.split()[0]) if late else 0}
        else:
            numbers[words.get(what, what)] = number
    for word in (*words.values(), "withdrawn"):
        numbers.setdefault(word, 0)
    bars = [sum(its) for block in stand.blocks if isinstance(block, Bars) for _, its in block.bars]
    assert bars == ([numbers["all"]] if numbers["all"] else [])
    told_numbers = " ".join([*paragraphs(stand), *moved])
    listed = {
        f"numbers, {word}": numbers_of(re.search(rf"{told} \(.*?\): (.*?)\.", told_numbers), document)
        for word, told in (("not-met", "Not met"), ("withdrawn", "Withdrawn"))
    }
    seats: dict[str, Any] = {"seats": [0, 0, 0], "seats only proposed": 0, "nominations": 0, "seats unknown": 0}
    seats |= {"seats closed": 0, "seats beside": [0, 0]}
    if any(each.heading == "Seats" for each in document.parts):
        (about,) = paragraphs(part(document, "Seats"))
        about, _, closed = about.partition("Of the seats wanted, ")
        found = list(map(int, re.findall(r"\d+", about)))
        proposed = re.search(r"\((\d+) of them only proposed\)", " ".join(figures(part(document, "Seats"))))
        seats = {
            "seats": list(map(int, figures(part(document, "Seats")).values())),
            "seats only proposed": int(proposed[1]) if proposed else 0,
            "seats closed": int(closed.split()[0]) if closed else 0,
            "nominations": found[0],
            "seats unknown": found[1] if len(found) > 1 else 0,
            "seats beside": found[2:4] or [0, 0],
        }
    return {
        "period": lines[0],
        "before": lines[1],
        "if not done": if_not_done,
        "by the word of others": numbers_of(others, document),
        **about_misses,
        **numbers,
        **listed,
        **seats,
    }


def table_of(document: Document) -> Table:
    """The table of the first page."""
    return next(block for block in part(document, PERIOD).blocks if isinstance(block, Table))


def numbers_of(told: re.Match[str] | None, document: Document, group: int = 1) -> list[int]:
    """The numbers of commitments in a sentence, or in the list of the annex that it names."""
    if told is None:
        return []
    text = told[group]
    if place := re.fullmatch(r"see annex, list (\d+)", text):
        blocks = part(document, "Annex: the numbers of commitments").blocks
        (text,) = [
            block.text for block in blocks if isinstance(block, TextBlock) and block.lead.startswith(f"{place[1]}.")
        ]
    runs = re.findall(r"#(\d+)(?:-#(\d+))?", text)
    return [number for first, last in runs for number in range(int(first), int(last or first) + 1)]


def as_json(snapshot: Snapshot) -> Any:
    return json.loads(json.dumps([commitment_json(row, snapshot) for row in snapshot.rows]))


PERIODS = [("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31"), ("2026-01-01", "2026-11-25")]


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_each_figure_is_that_of_a_count_from_the_json(synthetic: Snapshot, first: str, last: str) -> None:
    document = report(synthetic, first=first, last=last)
    assert printed(document) == recount(as_json(synthetic), first, last, "2026-11-25")


def day(offset: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(offset)).isoformat()


OFFSETS = st.integers(-200, 200)
STAMPS = {"created": "2022-12-09T09:00:00Z", "updated": "2022-12-10T09:00:00Z", "revision": 1}


@st.composite
def commitments(draw: st.DrawFn) -> dict[str, Any]:
    state = draw(st.sampled_from(State.ALL))
    dates = {name: draw(st.none() | OFFSETS.map(day)) for name in ("due", "original_due", "agreed_on")}
    record: dict[str, Any] = {name: value for name, value in dates.items() if value is not None}
    voice = {"said_by": [MIA], "recorded_by": "asel"}
    past = st.integers(-200, 0).map(day)
    if state == State.REPORTED or (state == State.CONFIRMED and draw(st.booleans())):
        record["reported"] = {**voice, "said_by": [draw(st.sampled_from((MIA, UNODC)))], "on": draw(past)}
    if state == State.CONFIRMED:
        record["confirmed"] = {**voice, "said_by": [draw(st.sampled_from((INTERPOL, UNODC)))], "on": draw(past)}
    if state == State.CLOSED:
        agreed = {"agreed_by": INTERPOL} if draw(st.booleans()) else {}
        record["closed"] = {"because": draw(st.sampled_from(Because.ALL)), "on": draw(past), **agreed}
    if draw(st.booleans()):
        record["seats"] = draw(st.sampled_from([{"wanted": 3}, {"nominated": 2}, {"wanted": 2, "nominated": 2}]))
    kind = draw(st.sampled_from(["other", "nominate-experts", "our own"]))
    return {
        "title": "x",
        "visit": "v",
        "kind": kind,
        "by": [MIA],
        "to": [INTERPOL],
        "owner": "o",
        "state": state,
        **record,
    }


def snapshot_of(some: list[dict[str, Any]]) -> Snapshot:
    visit = {"id": 1, "slug": "v", "title": "Visit", "start": "2022-12-06", "end": "2022-12-08", **STAMPS}
    parties = {place: {"id": place, "name": name, **STAMPS} for place, name in enumerate((MIA, INTERPOL, UNODC), 1)}
    records = {number: {"id": number, **each, **STAMPS} for number, each in enumerate(some, 1)}
    meta: Meta = {
        "format": FORMAT,
        "schema": VERSION,
        "revision": 1,
        "next": dict.fromkeys(TABLES, 100),
        "settings": {},
    }
    tables: Any = {"visits": {1: visit}, "parties": parties, "commitments": records, "events": {}}
    return Snapshot(strict_reader.read(serialize(meta, tables)), TODAY)


@given(st.lists(commitments(), max_size=12))
def test_whatever_the_records_hold_each_figure_is_that_of_a_count_from_the_json(some: list[dict[str, Any]]) -> None:
    snapshot = snapshot_of(some)
    assert printed(report(snapshot)) == recount(as_json(snapshot), FIRST, LAST, TODAY)

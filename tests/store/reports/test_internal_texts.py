"""What the papers print of a store: a marker stands in every text of every record, and is found or not."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from store import operations
from store.database import Database
from store.file.file_store import file_of
from store.formats.csv_export import export_csv
from store.formats.html_export import render_html
from store.formats.ics_export import export_ics
from store.formats.markdown_export import render_markdown
from store.formats.xlsx_export import export_xlsx
from store.query.parse_query import parse_words
from store.reports.digest import digest
from store.reports.document import Document
from store.reports.donor_report import donor_report
from store.reports.issuer_selection_and_marks import matching_rows
from store.reports.list_report import list_report
from store.reports.meeting_sheet import meeting_sheet
from store.rules.due_dates_and_extensions import DueDate
from tests.support.document_parts import texts
from tests.support.store_builders import do, make_empty, set_due

# Greek and digits: what is Latin in a Russian paper is then a word that was not translated.
PROMISER, RECEIVER, CHANNEL, HELPER = "Π1.", "Π2.", "Π3.", "Π4."
SHORT, RUSSIAN, ALIAS = "σ1.", "ρ1.", "α1."
WHO, OTHER, OWNER = "λ1", "λ2", "ω1."

HANDED_OVER = {
    *(PROMISER, SHORT, RECEIVER, CHANNEL, HELPER),
    *("τ1.", "τ2.", "τ3.", "τ4.", "τ5.", "η1."),
    *("κ1.", "κ3.", "κ4."),
    *("γ1.", "γ2.", "γ3.", "ε1.", "ε2.", "ε3."),
}
"""Parties, titles, visit, place, hosts, programme and donor; reasons of a changed date and of a miss; who asked,
agreed, and agreed to close."""

INTERNAL = {
    *(WHO, OTHER, OWNER, "μ1.", "μ2.", "β1.", "β2.", "β3.", "χ1.", "δ1.", "δ3.", "δ4."),
    "κ2.",
}
"""Logins, owner, notes, words of a date, quote, source, letter, evidence, the note of a return; the delegation of
a visit."""

NEVER = {ALIAS, "δ2."}
"""What finds a party but is not shown, and the evidence of a report that was sent back: it is history."""


def marked(path: str) -> Database:
    """1 confirmed late · 2 returned, with seats · 3 closed by agreement · 4 removed · 5 open."""
    database = make_empty(path, who=WHO)
    with database.transaction() as tx:
        operations.add_visit(
            tx, "τ5.", place="η1.", start="2022-12-06", slug="slug-1",
            hosts=["κ1."], delegation="κ2.", programme="κ3.", donor="κ4.",
        )  # fmt: skip

        def add(title: str, due: str | None, **more: Any) -> int:
            date = DueDate(due, "day", "β1.") if due else None
            roles: dict[str, Any] = {"by": [PROMISER], "to": [RECEIVER], "visit": "slug-1"}
            return operations.add(tx, title, **roles, date=date, **more)

        add("τ1.", "2023-01-31", state="agreed", kind="ζ1.", owner=OWNER)
        add("τ2.", "2023-02-20", state="agreed", quote="β2.", source="β3.", seats=3, via=CHANNEL, support=[HELPER])
        add("τ3.", "2023-02-10", state="agreed")
        add("τ4.", None)
        add("τ6.", None, state="agreed")
        operations.edit_party(tx, PROMISER, short=SHORT, ru=RUSSIAN, aliases=[ALIAS])
    set_due(database, 1, "2023-02-10", reason="γ1.", asked_by="ε1.", agreed_by="ε2.", on="2023-01-30")
    set_due(database, 2, "2023-03-20", reason="γ3.", asked_by="ε3.", on="2023-02-16")
    do(database, "set_seats", 2, nominated=3, letter="χ1.")
    for number in (1, 2):
        do(database, "mark", number, "done", evidence=f"δ{number}.", on="2023-02-15")
    do(Database(path, database.clock, OTHER, 10.0), "mark", 1, "confirmed", evidence="δ3.", on="2023-02-16")
    do(database, "mark", 2, "returned", note="δ4.")
    do(database, "set_miss_reason", 1, "γ2.")
    do(database, "chase", 2, again="2023-03-10", note="μ1.")
    do(database, "mark", 3, "closed", because="dropped", agreed_by="ε1.", note="μ2.")
    do(database, "remove", 4, "ν1.")
    return database


PAPERS: dict[str, Callable[..., Document]] = {
    "sheet": meeting_sheet,
    "quarter": lambda snapshot, **how: donor_report(
        snapshot, first="2023-01-01", last="2023-03-31", donor="κ4.", **how
    ),
    "listing": lambda snapshot, **how: list_report(snapshot, matching_rows(snapshot, how.get("query")), **how),
}


def all_markers(value: object) -> Iterator[str]:
    """Every marker in a record, wherever it stands: Greek and a number."""
    if isinstance(value, dict):
        for each in value.values():
            yield from all_markers(each)
    elif isinstance(value, list):
        for each in value:
            yield from all_markers(each)
    elif isinstance(value, str):
        yield from MARKER.findall(value)


MARKER = re.compile(r"[Α-ω]\d\.?")


def found(document: Document) -> set[str]:
    return set(MARKER.findall("\n".join(texts(document))))


@pytest.fixture
def store_with_markers(path: str) -> Database:
    return marked(path)


def test_every_text_of_the_store_has_a_marker(store_with_markers: Database) -> None:
    image = file_of(store_with_markers).image()
    records = [dict(r) for t in ("visits", "parties", "commitments", "events") for r in image.table(t).values()]
    plain = set(all_markers(records))
    known = HANDED_OVER | INTERNAL | NEVER | {RUSSIAN, "ν1.", "τ6.", "ζ1."}
    assert plain == known


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("is_internal", [False, True])
def test_the_sheet_prints_what_may_be_handed_over(
    store_with_markers: Database, language: str, is_internal: bool
) -> None:
    document = PAPERS["sheet"](store_with_markers.snapshot(), language=language, is_internal=is_internal)
    of_visit_and_removed = {"τ4.", "κ1.", "κ2.", "κ3.", "κ4."}
    of_finished = {"γ1.", "ε2."}
    printed = {*HANDED_OVER, "τ6."} | (INTERNAL if is_internal else set())
    expected = printed - of_visit_and_removed - of_finished
    assert found(document) == in_language(expected, language)
    assert (document.marks != []) == is_internal


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("is_internal", [False, True])
def test_the_report_prints_what_may_be_handed_over(
    store_with_markers: Database, language: str, is_internal: bool
) -> None:
    document = PAPERS["quarter"](store_with_markers.snapshot(), language=language, is_internal=is_internal)
    expected = {*HANDED_OVER, "τ6.", "ζ1."} - {PROMISER} | ({*INTERNAL, "ν1."} if is_internal else set())
    if language == "en":
        expected.add(PROMISER)  # Among the names that short ones stand for; in Russian it has one name.
    assert found(document) == in_language(expected, language)
    assert (document.marks != []) == is_internal


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("is_internal", [False, True])
def test_the_list_prints_what_may_be_handed_over(
    store_with_markers: Database, language: str, is_internal: bool
) -> None:
    document = PAPERS["listing"](store_with_markers.snapshot(), language=language, is_internal=is_internal)
    expected = {*HANDED_OVER, "τ6.", "ζ1."} - {PROMISER, "τ4."} | (INTERNAL if is_internal else set())
    assert found(document) == in_language(expected, language)
    assert (document.marks != []) == is_internal


@pytest.mark.parametrize("name", ["csv", "ics", "xlsx", "md", "html"])
@pytest.mark.parametrize("is_internal", [False, True])
def test_an_export_holds_what_may_be_handed_over(store_with_markers: Database, name: str, is_internal: bool) -> None:
    of_visits, of_removed = {"τ5.", "η1.", "κ1.", "κ2.", "κ3.", "κ4."}, {"τ4."}
    text = exported(store_with_markers, name, is_internal)
    # Lists tell of the visits and show short names, a workbook their titles and places; the others have full names.
    as_read = {"md": {PROMISER}, "html": {PROMISER}, "xlsx": {PROMISER, *of_visits} - {"τ5.", "η1."}}
    left_out = as_read.get(name, {SHORT, *of_visits})
    expected = {*HANDED_OVER, "τ6.", "ζ1."} | (INTERNAL if is_internal else set())
    assert set(MARKER.findall(text)) == expected - of_removed - left_out


def exported(database: Database, name: str, is_internal: bool) -> str:
    """All text of an export of everything."""
    snapshot = database.snapshot()
    if name == "csv":
        return export_csv(snapshot, snapshot.rows, is_internal=is_internal, is_raw=False).decode()
    if name == "ics":
        return export_ics(snapshot, snapshot.rows, is_internal=is_internal).decode().replace("\r\n ", "")
    if name == "xlsx":
        book = export_xlsx(snapshot, snapshot.rows, visits=["slug-1"], is_internal=is_internal)
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            return "\n".join(parts.read(part).decode() for part in parts.namelist())
    document = list_report(snapshot, snapshot.rows, is_internal=is_internal)
    return render_markdown(document).replace("\\", "") if name == "md" else render_html(document)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_a_paper_was_narrowed_by_is_internal(store_with_markers: Database, language: str) -> None:
    snapshot = store_with_markers.snapshot()
    query = parse_words([f"owner:{OWNER}"], today=snapshot.today, me=[])
    for name in ("sheet", "quarter", "listing"):
        assert OWNER not in found(PAPERS[name](snapshot, query=query, language=language))
    assert OWNER in "".join(PAPERS["listing"](snapshot, query=query, language=language, is_internal=True).about)


def in_language(expected: set[str], language: str) -> set[str]:
    """The markers as a language shows the parties: short and full name in English, the Russian one in Russian."""
    if language == "en":
        return expected
    return (expected - {PROMISER, SHORT}) | {RUSSIAN}


@pytest.mark.parametrize("name", list(PAPERS))
@pytest.mark.parametrize("is_internal", [False, True])
def test_no_english_word_is_left_in_russian(store_with_markers: Database, name: str, is_internal: bool) -> None:
    document = PAPERS[name](store_with_markers.snapshot(), language="ru", is_internal=is_internal)
    printed = [text for text in texts(document) if text not in document.marks]
    assert [text for text in printed if re.search("[A-HJ-UW-Za-z]", text)] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_digest_prints_only_what_may_be_handed_over(store_with_markers: Database, language: str) -> None:
    document = digest(store_with_markers.snapshot(), [OWNER, PROMISER, WHO], whose="me", language=language)
    assert document is not None
    assert found(document) <= in_language({*HANDED_OVER, "τ6."}, language)
    assert {"τ1.", "τ2."} <= found(document)

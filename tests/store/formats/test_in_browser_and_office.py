"""The papers in the programs that their readers have: Chromium at a desk, on a phone and on paper; LibreOffice."""

import html as escaping
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Protocol

import pytest

from store.file import strict_reader
from store.formats.docx_export import render_docx
from store.formats.html_export import render_html
from store.reports.document import Document, Section, Table, TableColumn, TableRow
from store.reports.donor_report import donor_report
from store.reports.language_of_papers import load_words
from store.reports.meeting_sheet import meeting_sheet
from store.reports.read_introduction import read_introduction
from store.snapshot import Snapshot
from tests.support import sample_documents
from tests.support.chromium import CHROMIUM, chromium, print_to_pdf
from tests.support.export_samples import demo
from tests.support.synthetic_stores import made


class Printing(Protocol):
    """Prints papers with a program. Returns the pages of each."""

    def __call__(self, folder: Path, *documents: Document) -> list[list[str]]: ...


LANGUAGES = ("en", "ru")

SOFFICE = shutil.which("soffice")
PDFTOTEXT = shutil.which("pdftotext")

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
needs_pdftotext = pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")


def pages_of(pdf: Path) -> list[str]:
    assert PDFTOTEXT is not None
    done = subprocess.run([PDFTOTEXT, "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def printed_by_chromium(folder: Path, *documents: Document) -> list[list[str]]:
    printed = []
    for document in documents:
        print_to_pdf(folder, render_html(document), folder / "paper.pdf")
        printed.append(pages_of(folder / "paper.pdf"))
    return printed


def printed_by_libreoffice(folder: Path, *documents: Document) -> list[list[str]]:
    """The pages of each, in one start, which costs more than a paper."""
    files = [folder / f"paper{number}.docx" for number in range(len(documents))]
    for file, document in zip(files, documents, strict=True):
        file.write_bytes(render_docx(document, sample_documents.DAY))
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    done = subprocess.run(
        [SOFFICE, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)],
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return [pages_of(file.with_suffix(".pdf")) for file in files]


def assert_two_pages_with_marks(pages: list[str]) -> None:
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert page.strip().splitlines()[0].strip() == "INTERNAL · for the delegation only"
        assert re.search(rf"^ *Meeting sheet +{number} ?/ ?2\s*\Z", page, re.MULTILINE)


def assert_head_and_marks_on_every_page(pages: list[str]) -> None:
    assert len(pages) > 2
    for page in pages:
        assert page.strip().startswith("INTERNAL")
        assert len(re.findall(r"^\s*No\.\s+What\s+State", page, re.MULTILINE)) == 1


@needs_chromium
@needs_pdftotext
def test_the_sheet_of_twenty_commitments_is_two_printed_pages(tmp_path: Path) -> None:
    (pages,) = printed_by_chromium(tmp_path, sample_documents.PAPERS["sheet-internal"]())
    assert_two_pages_with_marks(pages)


@needs_pdftotext
@pytest.mark.parametrize(
    "by",
    [
        pytest.param(printed_by_chromium, marks=needs_chromium),
        pytest.param(printed_by_libreoffice, marks=needs_soffice),
    ],
)
def test_the_sheet_of_the_demo_store_has_fewer_pages_than_parties(tmp_path: Path, by: Printing) -> None:
    tmp_path.chmod(0o700)
    snapshot = demo(tmp_path).snapshot()
    sheets = by(tmp_path, *(meeting_sheet(snapshot, language=language) for language in LANGUAGES))
    assert [pages for pages in sheets if len(pages) >= 5] == []


@needs_pdftotext
@pytest.mark.parametrize(
    "by",
    [
        pytest.param(printed_by_chromium, marks=needs_chromium),
        pytest.param(printed_by_libreoffice, marks=needs_soffice),
    ],
)
def test_the_first_page_of_a_report_holds_figures_seats_and_the_line_to_sign(tmp_path: Path, by: Printing) -> None:
    snapshot = Snapshot(strict_reader.read(made(1000, 6)), sample_documents.DAY)
    printed = by(tmp_path, *(_beginning_of_report(snapshot, language) for language in LANGUAGES))
    for language, (first, *others) in zip(LANGUAGES, printed, strict=True):
        heads = load_words(language).tr
        for heading in ("Summary", "The period in figures", "Seats", "Submitted by"):
            assert re.search(rf"^ *{heads(heading)}$", first, re.MULTILINE), language
        behind = heads(_BEHIND_THE_SUMMARY)
        having = [bool(re.search(rf"^ *{behind}$", page, re.MULTILINE)) for page in (first, *others)]
        assert having == [False, False, True], language


_BEHIND_THE_SUMMARY = "On-time rate"


def _beginning_of_report(snapshot: Snapshot, language: str) -> Document:
    """A report up to the first part behind its summary, which goes on to the second page."""
    told = read_introduction("\n\n".join(["The office held two courses and one meeting in the quarter. " * 3] * 8))
    whole = donor_report(
        snapshot, first="2026-07-01", last="2026-09-30", language=language, introduction=told, marks=["FOR THE DONOR"]
    )
    behind = load_words(language).tr(_BEHIND_THE_SUMMARY)
    parts = whole.parts[: [part.heading for part in whole.parts].index(behind) + 2]
    return Document(whole.title, whole.about, whole.facts, whole.marks, parts, language)


@needs_chromium
@needs_pdftotext
def test_a_long_table_has_its_head_and_its_marks_on_every_printed_page(tmp_path: Path) -> None:
    (pages,) = printed_by_chromium(tmp_path, sample_documents.long_table("INTERNAL"))
    assert_head_and_marks_on_every_page(pages)


@needs_soffice
@needs_pdftotext
def test_a_sheet_and_a_long_table_are_the_same_in_libreoffice(tmp_path: Path) -> None:
    papers = sample_documents.PAPERS["sheet-internal"](), sample_documents.long_table("INTERNAL")
    sheet, table = printed_by_libreoffice(tmp_path, *papers)
    assert_two_pages_with_marks(sheet)
    assert_head_and_marks_on_every_page(table)


@needs_pdftotext
@pytest.mark.parametrize(
    "by",
    [
        pytest.param(printed_by_chromium, marks=needs_chromium),
        pytest.param(printed_by_libreoffice, marks=needs_soffice),
    ],
)
def test_the_last_three_rows_of_a_table_stand_on_one_page(tmp_path: Path, by: Printing) -> None:
    columns = [TableColumn("No.", 3), TableColumn("What", 15), TableColumn("State", 6)]
    tables = []
    for count in range(50, 62):
        entries = [TableRow([f"#{number}", "A row", f"of {count}"]) for number in range(1, count + 1)]
        tables.append(Section(f"Table {count}", [Table(columns, entries)], begins_page=True))
    (pages,) = by(tmp_path, Document("Sheet", [], [], [], tables, "en"))
    for count in range(50, 62):
        rows = [len(re.findall(rf"of {count}\b", page)) for page in pages]
        parted = [of_page for of_page in rows if of_page]
        assert sum(parted) == count
        assert min(parted) >= 3, parted


@needs_chromium
def test_no_page_is_wider_than_its_screen_and_no_text_of_it_runs(tmp_path: Path) -> None:
    """Each paper in frames of a phone's and a desk's width; a script outside them measures, none inside may run."""
    papers = {name: make() for name, make in sample_documents.PAPERS.items()} | {"hostile": sample_documents.hostile()}
    frames = "".join(
        f'<iframe id="{name}-{width}" style="width:{width}px" srcdoc="{escaping.escape(render_html(paper))}"></iframe>'
        for name, paper in papers.items()
        for width in (360, 1280)
    )
    measure = """<pre></pre><script>
      window.ran = [];
      window.alert = text => window.ran.push(text);
      window.onload = () => {
        const results = [...document.querySelectorAll("iframe")].map(frame => {
          const page = frame.contentDocument.documentElement;
          const charts = [...page.querySelectorAll(".chart")].filter(chart => chart.getBoundingClientRect().width > 0);
          return [frame.id, page.scrollWidth, page.querySelectorAll(".chart").length, charts.length];
        });
        document.querySelector("pre").textContent = JSON.stringify([results, window.ran]);
      };
    </script>"""
    wrapper = tmp_path / "frames.html"
    wrapper.write_text(f"<!DOCTYPE html><meta charset=utf-8>{measure}{frames}", encoding="utf-8")
    dumped = chromium(tmp_path, "--dump-dom", wrapper.as_uri())
    found = re.search(r"<pre>(.+?)</pre>", dumped)
    assert found is not None, "the frames were not measured"
    measured, ran = json.loads(escaping.unescape(found[1]))
    assert ran == []
    assert len(measured) == 2 * len(papers)
    for frame, width, drawn, shown in measured:
        assert width <= int(frame.rsplit("-", 1)[1]), frame
        assert shown * 2 == drawn, "of each chart one drawing is shown"

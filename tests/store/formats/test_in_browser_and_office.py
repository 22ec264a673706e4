"""The papers in the programs that their readers have: Chromium at a desk, on a phone and on paper; LibreOffice."""

import html as escaping
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

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

Printing = Callable[[Path, Document], list[str]]

SOFFICE = shutil.which("soffice")
PDFTOTEXT = shutil.which("pdftotext")

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
needs_pdftotext = pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")


def pages_of(pdf: Path) -> list[str]:
    assert PDFTOTEXT is not None
    done = subprocess.run([PDFTOTEXT, "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def printed_by_chromium(folder: Path, document: Document) -> list[str]:
    print_to_pdf(folder, render_html(document), folder / "paper.pdf")
    return pages_of(folder / "paper.pdf")


def printed_by_libreoffice(folder: Path, document: Document) -> list[str]:
    file = folder / "paper.docx"
    file.write_bytes(render_docx(document, sample_documents.DAY))
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    done = subprocess.run(
        [SOFFICE, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(file)],
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return pages_of(folder / "paper.pdf")


def assert_two_pages_with_marks(pages: list[str]) -> None:
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert page.strip().splitlines()[0].strip() == "INTERNAL · for the delegation only"
        assert re.search(rf"^ *Meeting sheet +{number} ?/ ?2\s*\Z", page, re.MULTILINE)


@needs_chromium
@needs_pdftotext
def test_the_sheet_of_twenty_commitments_is_two_printed_pages(tmp_path: Path) -> None:
    assert_two_pages_with_marks(printed_by_chromium(tmp_path, sample_documents.PAPERS["sheet-internal"]()))


@needs_soffice
@needs_pdftotext
def test_the_sheet_of_twenty_commitments_is_two_pages_in_libreoffice(tmp_path: Path) -> None:
    assert_two_pages_with_marks(printed_by_libreoffice(tmp_path, sample_documents.PAPERS["sheet-internal"]()))


@needs_pdftotext
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "by",
    [
        pytest.param(printed_by_chromium, marks=needs_chromium),
        pytest.param(printed_by_libreoffice, marks=needs_soffice),
    ],
)
def test_the_sheet_of_the_demo_store_has_fewer_pages_than_parties(tmp_path: Path, by: Printing, language: str) -> None:
    tmp_path.chmod(0o700)
    assert len(by(tmp_path, meeting_sheet(demo(tmp_path).snapshot(), language=language))) < 5


@needs_pdftotext
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "by",
    [
        pytest.param(printed_by_chromium, marks=needs_chromium),
        pytest.param(printed_by_libreoffice, marks=needs_soffice),
    ],
)
def test_the_first_page_of_a_report_holds_figures_seats_and_the_line_to_sign(
    tmp_path: Path, by: Printing, language: str
) -> None:
    snapshot = Snapshot(strict_reader.read(made(1000, 6)), sample_documents.DAY)
    told = read_introduction("\n\n".join(["The office held two courses and one meeting in the quarter. " * 3] * 8))
    whole = donor_report(
        snapshot, first="2026-07-01", last="2026-09-30", language=language, introduction=told, marks=["FOR THE DONOR"]
    )
    heads = load_words(language).tr
    behind = heads("On-time rate")
    parts = whole.parts[: [part.heading for part in whole.parts].index(behind) + 2]
    first, *others = by(tmp_path, Document(whole.title, whole.about, whole.facts, whole.marks, parts, language))
    for heading in ("Summary", "The period in figures", "Seats", "Submitted by"):
        assert re.search(rf"^ *{heads(heading)}$", first, re.MULTILINE)
    assert [bool(re.search(rf"^ *{behind}$", page, re.MULTILINE)) for page in (first, *others)] == [False, False, True]


@needs_chromium
@needs_pdftotext
def test_a_long_table_has_its_head_and_its_marks_on_every_printed_page(tmp_path: Path) -> None:
    pages = printed_by_chromium(tmp_path, sample_documents.long_table("INTERNAL"))
    assert len(pages) > 2
    for page in pages:
        assert page.strip().startswith("INTERNAL")
        assert len(re.findall(r"^\s*No\.\s+What\s+State", page, re.MULTILINE)) == 1


@needs_soffice
@needs_pdftotext
def test_a_long_table_has_its_head_and_its_marks_on_every_page_in_libreoffice(tmp_path: Path) -> None:
    pages = printed_by_libreoffice(tmp_path, sample_documents.long_table("INTERNAL"))
    assert len(pages) > 2
    for page in pages:
        assert page.strip().startswith("INTERNAL")
        assert len(re.findall(r"^\s*No\.\s+What\s+State", page, re.MULTILINE)) == 1


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
    pages = by(tmp_path, Document("Sheet", [], [], [], tables, "en"))
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

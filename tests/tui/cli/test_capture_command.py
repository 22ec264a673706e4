"""`capture`: what it prints of a report, what it takes, what it refuses."""

import json
import mailbox
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from store.capture.proposals.propose_commitments import propose
from store.capture.proposals.remembered_refusals import Remembered
from store.capture.readers.read_mailbox import read_mailbox
from store.capture.readers.source_text import SourceText
from store.database import Database
from store.foreign_files.limits import Limits
from store.paths import drafts_folder
from tests.conftest import Run
from tests.store.capture.proposals.test_propose_commitments import LYON
from tests.support.check_answers_and_refusals import assert_refused, document, ids
from tests.support.plain_pdf import made_pdf
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP
from tests.support.store_builders import INTERPOL, MIA, UNODC, VISIT, add, record

pytestmark = pytest.mark.file_only("it reads a text: what it does with the store is what `add` does")

DATED = ("--dated", "2022-12-12")


@pytest.fixture
def report(tmp_path: Path, database: Database) -> Path:
    """The news of the Lyon visit, and a store with the visit and its parties."""
    add(database, "Join the network", by=[MIA], to=[INTERPOL])
    add(database, "Pay for the flights", by=[UNODC], to=[MIA])
    path = tmp_path / "news.txt"
    path.write_text(LYON, encoding="utf-8")
    return path


def test_a_dry_run_prints_the_proposals_and_stores_nothing(run: Run, report: Path) -> None:
    before = ids(run("list", "--ids"))
    printed = run("capture", str(report), "--visit", VISIT, "--dry-run")
    assert printed.code == 0
    assert "sure" in printed.out
    assert "Contribute to the TIP" in printed.out
    assert "its dateline" in printed.err
    assert ids(run("list", "--ids")) == before


def test_places_are_those_of_the_file(run: Run, report: Path) -> None:
    found = document(run("capture", str(report), "--visit", VISIT, "--json"))
    text = report.read_text(encoding="utf-8")
    for each in found:
        (place,) = each["places"]
        assert " ".join(text[place["start"] : place["end"]].split()) == each["quote"]
        assert each["state"] == "proposed"
        assert each["why"]


def test_taking_enters_commitments_that_are_known_afterwards(run: Run, report: Path) -> None:
    found = document(run("capture", str(report), "--visit", VISIT, "--json"))
    joins, nominates = found[0], found[1]
    taking = ("capture", str(report), "--visit", VISIT, *DATED, "--text-hash", joins["text_hash"])
    assert_refused(run(*taking, "--take", "1"), 2, "the text does not say to whom it was promised in 1: --to PARTY")
    taken = run(*taking, "--take", f"{joins['n']},{nominates['n']}", "--to", INTERPOL)
    assert (taken.code, taken.out.count("\n")) == (0, 2)
    number = int(taken.out.split()[0])
    entered = document(run("show", str(number), "--json"))
    assert entered["by"] == [MIA]
    assert entered["to"] == [INTERPOL]
    assert entered["state"] == "proposed"
    assert entered["quote"] == joins["quote"]
    assert entered["source"] == "news.txt, para 4"
    assert document(run("history", str(number), "--json"))[0]["captured"] == "news.txt"
    assert document(run("history", str(number), "--json"))[0]["day"] == "2022-12-12"
    assert "captured from" in run("history", str(number)).out
    again = document(run("capture", str(report), "--visit", VISIT, "--json"))
    assert [each["known"] for each in again[:2]] == [number, number + 1]
    assert_refused(run(*taking, "--take", "1", "--to", INTERPOL), 1, f"proposal 1 is commitment {number} already")


def test_another_text_is_a_conflict(run: Run, report: Path) -> None:
    found = document(run("capture", str(report), "--visit", VISIT, "--json"))
    report.write_text(LYON.replace("follow up", "follow on"), encoding="utf-8")
    taking = run("capture", str(report), "--visit", VISIT, *DATED, "--text-hash", found[0]["text_hash"], "--take", "1")
    assert_refused(taking, 6, "the text or the proposals of news.txt are not those with this --text-hash")


def test_proposals_that_were_not_seen_are_not_taken(run: Run, report: Path) -> None:
    found = document(run("capture", str(report), "--visit", VISIT, "--json"))
    assert run("party", "edit", MIA, "--name", "Ministry of Other Affairs").code == 0
    before = ids(run("list", "--ids"))
    taking = ("capture", str(report), "--visit", VISIT, *DATED, "--text-hash", found[0]["text_hash"])
    assert_refused(run(*taking, "--take", "1", "--to", INTERPOL), 6, "look at them anew")
    assert ids(run("list", "--ids")) == before


def test_a_person_in_the_name_of_a_file_does_not_enter_the_store(run: Run, report: Path) -> None:
    named = report.with_name("Петров_Иван Сергеевич minutes.txt")
    report.rename(named)
    found = document(run("capture", str(named), "--visit", VISIT, "--json"))
    assert found[0]["source"] == "[имя] minutes.txt, para 4"
    taking = ("capture", str(named), "--visit", VISIT, *DATED, "--text-hash", found[0]["text_hash"])
    taken = run(*taking, "--take", "1", "--to", INTERPOL)
    number = taken.out.split()[0]
    told = run("show", number, "--json").out + run("history", number, "--json").out
    assert "Петров" not in told
    assert "Сергеевич" not in told
    assert "[имя] minutes.txt" in told


def test_one_that_is_refused_takes_none(run: Run, report: Path) -> None:
    found = document(run("capture", str(report), "--visit", VISIT, "--json"))
    before = ids(run("list", "--ids"))
    taking = ("capture", str(report), "--visit", VISIT, *DATED, "--text-hash", found[0]["text_hash"])
    assert_refused(run(*taking, "--take", "1,99", "--to", INTERPOL), 2, "there is no proposal 99 in news.txt")
    assert ids(run("list", "--ids")) == before


def test_without_a_store_no_party_is_known(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(
        "# Note\n\nVienna, 2 March 2023\n\nUNODC will send the forms to IOM by 15 March.\n", encoding="utf-8"
    )
    (one,) = document(run("capture", str(path), "--json", env={"FOLLOWUP_STORE": "", "HOME": str(tmp_path)}))
    assert (one["by"], one["new"], one["due"]) == (["UNODC"], ["UNODC"], "2023-03-15")


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        (("https://example.org/news",), 2, "is an address: save the page, then capture the file"),
        (("missing.txt", "--dry-run"), 2, "missing.txt cannot be read"),
        (("news.txt",), 2, "capture prints with --dry-run or --json, and takes with --take"),
        (("news.txt", "--dry-run", "--visit", "nowhere"), 3, "no visit"),
        (("news.txt", "--take", "1"), 2, "--take goes with --text-hash"),
        (("news.txt", "--take", "x", "--text-hash", "0"), 2, "--take takes the numbers of proposals"),
        (("old.doc", "--dry-run"), 1, "save it as .docx"),
        (("noise.bin", "--dry-run"), 1, "is no text"),
        (("broken.docx", "--dry-run"), 1, "is damaged, or no Word document"),
        (("broken.pdf", "--dry-run"), 1, "is damaged, or no PDF"),
        (("empty.txt", "--dry-run"), 1, "is empty"),
        (("french.txt", "--dry-run"), 1, "is neither English nor Russian"),
    ],
)
def test_what_is_refused(run: Run, report: Path, line: tuple[str, ...], code: int, says: str) -> None:
    folder = report.parent
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nand no more")
    (folder / "empty.txt").write_bytes(b" \n")
    french = "Les deux parties sont convenues de poursuivre leur dialogue et de se retrouver dans un an. " * 8
    (folder / "french.txt").write_text(french, encoding="utf-8")
    more = () if "--dry-run" in line or "--take" in line or len(line) == 1 else ("--dry-run",)
    if line[0].startswith("https"):
        more = ("--dry-run",)
    refused = run("capture", *line, *more, cwd=folder)
    assert refused.code == code, refused
    assert says in refused.err
    assert "Traceback" not in refused.err


def _mail(subject: str, text: str, day: str = "Tue, 10 Sep 2024 09:00:00 +0000") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"], message["Date"] = subject, "a@example.org", "b@example.org", day
    message.set_content(text)
    return message


def test_a_mail_has_its_day_from_its_head(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(bytes(_mail("Next steps", "Dear all,\n\nUNODC will send the forms to IOM by 20 September.\n")))
    found = run("capture", str(path), "--json", env={"FOLLOWUP_STORE": "", "HOME": str(tmp_path)})
    assert [each["due"] for each in document(found)] == ["2024-09-20"]
    assert "is of 2024-09-10" in found.err


def test_mails_that_were_seen_are_not_shown_again(
    run: Run, report: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    box = mailbox.mbox(tmp_path / "box")
    box.add(_mail("One", "UNODC will send the forms to IOM by 20 September.\n"))
    box.add(_mail("Two", "Thank you for the cake.\n"))
    box.close()
    first = run("capture", "--mailbox", str(tmp_path / "box"), "--dry-run")
    assert first.code == 0, first
    assert "Send the forms" in first.out
    assert "no promise found in box, mail 2" in first.err
    second = run("capture", "--mailbox", str(tmp_path / "box"), "--dry-run")
    assert second.out == first.out, "a dry run keeps nothing"
    marks = [each.mark or "" for each in read_mailbox(str(tmp_path / "box"), Limits(), [], lambda _: None)]
    Remembered(drafts_folder(environment), environment["FOLLOWUP_STORE"]).see_mails(marks)
    seen = run("capture", "--mailbox", str(tmp_path / "box"), "--dry-run")
    assert (seen.code, seen.out) == (0, "")
    assert "2 mails of" in seen.err
    box = mailbox.mbox(tmp_path / "box")
    box.add(_mail("Three", "IOM will answer by 30 September.\n"))
    box.close()
    third = run("capture", "--mailbox", str(tmp_path / "box"), "--dry-run")
    assert "mail 3" in third.out
    assert "Answer" in third.out


def test_what_was_refused_before_is_counted(
    run: Run, report: Path, database: Database, environment: dict[str, str]
) -> None:
    shown = document(run("capture", str(report), "--visit", VISIT, "--json"))
    first = next(
        each for each in propose(SourceText("news.txt", LYON), database.snapshot().parties, None, "2022-12-12")
    )
    Remembered(drafts_folder(environment), environment["FOLLOWUP_STORE"]).refuse(VISIT, first.source_id)
    printed = run("capture", str(report), "--visit", VISIT, "--json")
    assert len(document(printed)) == len(shown) - 1
    assert "1 refused before: --all" in printed.err
    assert len(document(run("capture", str(report), "--json"))) == len(shown), "another visit, or none, is not that one"


def test_a_word_document_keeps_lists_and_tables(run: Run, report: Path, tmp_path: Path) -> None:
    import docx

    made = docx.Document()
    made.add_heading("Follow-up", 1)
    made.add_paragraph("The sides agreed that:")
    made.add_paragraph("UNODC would send the forms by 15 March 2023", style="List Bullet")
    table = made.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Action", "Responsible", "Deadline"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("Translate the manual", "INTERPOL", "30 April 2023"), strict=True):
        cell.text = text
    raw = BytesIO()
    made.save(raw)
    path = tmp_path / "report.docx"
    path.write_bytes(raw.getvalue())
    sends, translates = document(run("capture", str(path), "--visit", VISIT, "--dated", "2023-03-01", "--json"))
    assert (sends["by"], sends["title"], sends["due"]) == ([UNODC], "Send the forms", "2023-03-15")
    assert (translates["by"], translates["due"]) == ([INTERPOL], "2023-04-30")


def test_a_pdf_keeps_its_pages_without_heads_feet_and_hyphens(run: Run, report: Path, tmp_path: Path) -> None:
    head = "Mission report - restricted"
    pages = (
        (head, "UNODC agreed to cir-", "culate the draft programme", "by 15 March 2023. The donor", "Page 1 of 3"),
        (head, "was told. INTERPOL will send", "the list of experts.", "Page 2 of 3"),
        (head, "The sides met again.", "Page 3 of 3"),
    )
    path = tmp_path / "report.pdf"
    path.write_bytes(made_pdf(pages))
    circulates, sends = document(run("capture", str(path), "--visit", VISIT, "--dated", "2023-03-01", "--json"))
    assert circulates["quote"] == "UNODC agreed to circulate the draft programme by 15 March 2023."
    assert [place["page"] for place in circulates["places"] + sends["places"]] == [1, 2]
    assert sends["source"] == "report.pdf, p. 2, para 1"
    path.write_bytes(made_pdf(((), ())))
    refused = run("capture", str(path), "--dry-run")
    assert_refused(refused, 1, "report.pdf: pages 1-2 are pictures: run OCR first, for instance ocrmypdf FILE OUT")


def test_a_name_of_a_person_is_in_nothing_that_is_printed(run: Run, report: Path, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text(
        "Minutes, 2 March 2023\n\nPresent: Vera Exampleva (INTERPOL), Mr. Otto Muster\n\n"
        "INTERPOL will send the forms to Otto Muster by 15 March. Muster promised that Exampleva would get a copy.\n",
        encoding="utf-8",
    )
    printed = run("capture", str(path), "--visit", VISIT, "--dated", "2023-03-02", "--json", "--all")
    assert printed.code == 0
    assert json.loads(printed.out)[0]["quote"] == "INTERPOL will send the forms to [name] by 15 March."
    assert not {"Otto", "Muster", "Exampleva", "Vera"} & set(printed.out.replace('"', " ").replace(".", " ").split())


def test_record_is_unchanged_by_looking(run: Run, report: Path, database: Database) -> None:
    before = record(database, 1)
    assert run("capture", str(report), "--visit", VISIT, "--json", "--all").code == 0
    assert record(database, 1) == before


def test_a_long_text_says_how_far_it_is_and_ends_at_ctrl_c(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("UNODC will send the list to INTERPOL by 31 March.\n\n" * 60_000, encoding="utf-8")
    line = [FOLLOWUP, "capture", str(path), "--dated", "2023-03-01", "--dry-run"]
    with PtyScreen(line, {**environment, "LANG": "C.UTF-8"}, size=(120, 20)) as screen:
        screen.wait_for("of 60,000")
        screen.send("\x03")
        assert screen.wait_exit() == 130


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("end", ["md", "html"])
def test_a_list_of_the_program_is_read_back(
    database: Database, run: Run, tmp_path: Path, language: str, end: str
) -> None:
    number = add(database, "Translate the manual", by=[UNODC], to=[MIA])
    assert run("due", str(number), "2027-03-01").code == 0
    paper = tmp_path / f"list.{end}"
    run("export", f"id:{number}", "-o", str(paper), "--lang", language)
    (row,) = document(run("capture", str(paper), "--visit", VISIT, "--dated", "2023-03-01", "--json"))
    assert (row["by"], row["to"], row["due"]) == ([UNODC], [MIA], "2027-03-01")
    assert row["title"] == "Translate the manual"


def test_a_visit_without_its_delegation_is_told(database: Database, run: Run, tmp_path: Path) -> None:
    text = tmp_path / "note.txt"
    text.write_text("UNODC will pay for the flights by 1 May 2023.\n")
    line = ("capture", str(text), "--visit", VISIT, "--dated", "2023-03-01")
    assert f"followup visit edit {VISIT} --delegation" in run(*line, "--dry-run").err
    assert run(*line, "--json").err == ""
    assert run("visit", "edit", VISIT, "--delegation", MIA).code == 0
    assert run(*line, "--dry-run").err == ""

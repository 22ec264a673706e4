"""`followup digest`: what one person needs this morning, as text, HTML or a mail."""

import email
from email.policy import default
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, unchanged
from tests.support.fixed_day_and_user import ME
from tests.support.run_in_shell_or_terminal import on_terminal
from tests.support.store_builders import do

LATER = {"FOLLOWUP_TODAY": "2023-03-08"}


def test_it_is_mine_unless_it_is_for_another(database: Database, run: Run) -> None:
    run("config", "me", "asel")
    with unchanged(database.path):
        mine = run("digest", env=LATER)
        theirs = run("digest", "--for", "INTERPOL", env=LATER)
    assert (mine.code, mine.err) == (0, "")
    assert mine.out.startswith(" Digest for asel, 8 Mar 2023\n")
    assert "Promote cooperation" in mine.out
    assert theirs.out.startswith(" Digest for INTERPOL, 8 Mar 2023\n")
    run("config", "me", "UNODC")
    assert run("digest", env=LATER).out.count("#4") == 1


def test_what_is_reported_is_to_be_confirmed_though_it_is_to_be_chased(database: Database, run: Run) -> None:
    run("config", "me", "asel")
    do(database, "chase", 2, again="2023-03-01")
    do(database, "mark", 2, "reported")
    said = run("digest", env=LATER).out
    assert "1 to be confirmed" in said
    assert "TO CHASE" not in said
    confirm = said.partition("TO BE CONFIRMED")[2]
    assert "#2" in confirm
    assert "to chase" in confirm


def test_nothing_to_say_prints_nothing(database: Database, run: Run) -> None:
    run("config", "me", "asel")
    nothing = run("digest", "visit:lyon-2022", "finished", env=LATER)
    assert (nothing.code, nothing.out) == (0, "")
    assert_one_sentence(nothing.err, "nothing on 2023-03-08, which FOLLOWUP_TODAY sets, and not today")
    assert run("digest", "visit:lyon-2022", "finished", "--today", "2023-03-08") == (0, "", "")
    for format_ in ("text", "html", "mail"):
        nothing = run("digest", "--for", "nobody", "--format", format_, env=LATER)
        assert (nothing.code, nothing.out) == (0, "")
        assert_one_sentence(nothing.err, 'nothing here is owned, owed or awaited by "nobody"', "--for NAME")


def test_without_a_name_to_correct_it_is_silent_where_nobody_looks(
    database: Database, run: Run, environment: dict[str, str]
) -> None:
    """Cron mails whatever a command says: a digest of nobody's, without --for, says nothing."""
    assert run("digest", "--today", LATER["FOLLOWUP_TODAY"]) == (0, "", "")
    run("config", "me", "nobody", "no one")
    seen = on_terminal("digest", env={**environment, **LATER}, is_stderr=True)
    assert 'nothing here is owned, owed or awaited by "nobody' in seen.out


@pytest.mark.parametrize("nobody", ["", " "])
def test_an_empty_name_is_nobody(database: Database, run: Run, nobody: str) -> None:
    assert_refused(run("digest", "--for", nobody), 2, "--for is empty")


def test_a_query_narrows_it(database: Database, run: Run) -> None:
    run("config", "me", "asel")
    do(database, "mark", 2, "reported")
    narrowed = run("digest", "unconfirmed", env=LATER).out
    assert "#2" in narrowed
    assert "#4" not in narrowed
    assert_refused(run("digest", "owned:x"), 2, "owner")


def test_the_mail_reads_back_as_text_and_html(database: Database, run: Run) -> None:
    sent = run("digest", "--for", "Asel <INTERPOL@unodc.org>", "--lang", "ru", "--format", "mail", env=LATER)
    assert (sent.code, sent.err) == (0, "")
    message = email.message_from_string(sent.out, policy=default)
    assert not message.defects
    assert message["To"] == "Asel <INTERPOL@unodc.org>"
    assert message["From"] == ME
    assert message["Subject"] == "Сводка (Asel) на 8 марта 2023 г.: просрочено: 1"
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content() == run("digest", "--for", "Asel <INTERPOL@x.org>", "--lang", "ru", env=LATER).out
    assert '<html lang="ru">' in html.get_content()
    run("config", "me", "asel")
    assert email.message_from_string(run("digest", "--format", "mail", env=LATER).out, policy=default)["To"] == ME


@pytest.mark.parametrize("recipient", ["a\nBcc: b@c", "a@b, c@d", "асель"])
def test_a_mail_goes_to_one_address(database: Database, run: Run, recipient: str) -> None:
    assert_refused(run("digest", "--for", recipient, "--format", "mail"), 2, "no address of a mail")


def test_a_name_in_other_letters_needs_an_address(database: Database, run: Run) -> None:
    refused = run("digest", "--for", "Интерпол", "--format", "mail")
    assert_refused(refused, 2, "no address of a mail: write Интерпол <ADDRESS>")
    do(database, "edit", 4, owner="Интерпол")
    sent = run("digest", "--for", "Интерпол <focal@interpol.int>", "--format", "mail", env=LATER)
    assert email.message_from_string(sent.out, policy=default)["To"] == "Интерпол <focal@interpol.int>"


def test_text_of_others_is_text_in_html_and_mail(database: Database, run: Run) -> None:
    run("config", "me", "asel")
    do(database, "edit", 4, title="<img src=x onerror=alert(1)>\x1b[31m")
    html = run("digest", "--format", "html", env=LATER).out
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "\x1b" not in html + run("digest", env=LATER).out
    hostile = run("digest", "--for", "<script>alert(1)</script>", "--format", "html", env=LATER)
    assert (hostile.code, hostile.out) == (0, "")


def test_the_ending_of_the_file_is_the_format(database: Database, run: Run, tmp_path: Path) -> None:
    run("config", "me", "asel")
    for name, start in (("a.txt", b" Digest"), ("a.html", b"<!DOCTYPE"), ("a.eml", b"From: ")):
        assert run("digest", "-o", str(tmp_path / name), env=LATER).code == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert_refused(run("digest", "-o", str(tmp_path / "a.docx")), 2, "--format text, html or mail")
    assert run("digest", "finished", "-o", str(tmp_path / "b.txt"), env=LATER).code == 0
    assert not (tmp_path / "b.txt").exists()

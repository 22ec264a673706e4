"""`followup sheet` and `followup report` as real processes: whose, of which time, in which format, to which place."""

import shlex
import stat
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from store.database import Database
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_harmless, assert_one_sentence, assert_refused
from tests.support.run_command import FOLLOWUP, Result
from tests.support.run_in_shell_or_terminal import on_terminal, shell, without_colours
from tests.support.store_builders import INTERPOL, MIA, UNODC
from tests.tui.cli.conftest import RunOnDemo

# Whose, and of which time.


def test_the_sheet_of_all_and_of_some_by_any_name(on_demo: RunOnDemo) -> None:
    everybody = on_demo("sheet")
    assert (everybody.code, everybody.err) == (0, "")
    assert all(f"\n {name}\n" in everybody.out for name in (f"{MIA} (MIA UZ)", UNODC, INTERPOL, "IOM"))
    for words in (["MIA", "Uzbekistan"], ["MIA UZ"], ["МВД", "Узбекистана"]):
        alone = on_demo("sheet", *words).out
        assert f"\n {MIA} (MIA UZ)\n" in alone
        assert f"\n {UNODC}\n" not in alone
    two = on_demo("sheet", UNODC, INTERPOL).out
    assert two.index(f"\n {UNODC}\n") < two.index(f"\n {INTERPOL}\n")


def test_the_days_of_a_sheet_are_read_as_everywhere(on_demo: RunOnDemo) -> None:
    printed = on_demo("sheet", "--since", "1", "February", "2023", "--until", "end", "of", "April").out
    assert " Last meeting     1 Feb 2023\n" in printed
    assert " Next meeting by  30 Apr 2023\n" in printed
    assert " Next meeting  30 Apr 2023\n" in on_demo("sheet", "--until", "2023-04-30").out


def test_a_sheet_is_headed_by_its_meeting_in_every_format(on_demo: RunOnDemo) -> None:
    head = ("--meeting", "Quarterly\x1b[31m <meeting>", "--place", "Tashkent", "--on", "10 March 2023")
    printed = on_demo("sheet", *head).out
    assert_harmless(printed)
    assert " Meeting               Quarterly" in printed
    assert " Place of the meeting  Tashkent\n Day of the meeting    10 Mar 2023\n As recorded " in printed
    russian = [line.split(maxsplit=2) for line in on_demo("sheet", *head, "--lang", "ru").out.splitlines()]
    assert ["Дата", "проведения", "10 марта 2023 г."] in russian
    for format_, meeting in (("md", "- Place of the meeting: Tashkent"), ("html", "&lt;meeting&gt;")):
        assert meeting in on_demo("sheet", *head, "--format", format_).out
    only_day = on_demo("sheet", "--on", "2023-03-10").out
    assert "Day of the meeting" in only_day
    assert "Place of the meeting" not in only_day


def test_a_report_is_of_the_last_quarter_of_another_or_of_two_days(on_demo: RunOnDemo) -> None:
    assert "Q4 2022: 1 Oct 2022 - 31 Dec 2022\n" in on_demo("report").out
    for words in (["2023-Q1"], ["1st", "quarter", "of", "2023"]):
        assert "Q1 2023: 1 Jan 2023 - 31 Mar 2023, not over yet\n" in on_demo("report", "--quarter", *words).out
    printed = on_demo("report", "--from", "January 2023", "--to", "2023-02-15").out
    assert " Period       1 Jan 2023 - 15 Feb 2023\n" in printed


@pytest.mark.parametrize(
    ("quarter", "days"),
    [
        ("Q1", "1 Jan 2023 - 31 Mar 2023"),
        ("Q3", "1 Jul 2022 - 30 Sep 2022"),
        ("last quarter", "1 Oct 2022 - 31 Dec 2022"),
        ("прошлый квартал", "1 Oct 2022 - 31 Dec 2022"),
        ("this quarter", "1 Jan 2023 - 31 Mar 2023"),
    ],
)
def test_a_quarter_without_a_year_is_the_last_that_has_begun(on_demo: RunOnDemo, quarter: str, days: str) -> None:
    assert f": {days}" in on_demo("report", "--quarter", quarter).out


def test_a_text_ends_where_the_file_is_named(on_demo: RunOnDemo, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    for argv in (("report", "--donor", "INL"), ("sheet", "--only", "by:UNODC", "open")):
        done = on_demo(*argv, "-o", str(path), "--force")
        assert (done.code, done.out) == (0, "")
        assert path.read_text().startswith("# ")


def test_a_donor_and_a_query_narrow_it(on_demo: RunOnDemo) -> None:
    assert " Donor        INL\n" in on_demo("report", "--donor", "inl").out
    printed = on_demo("report", "--only", 'by:"MIA UZ" overdue').out
    shown = on_demo("list", 'by:"MIA UZ"', "overdue", "--all", "--ids").out.split()
    assert f" A selection  {len(shown)} of 20 commitments of the list\n" in printed
    assert "overdue" not in printed.split("A selection")[0]


@pytest.mark.parametrize(
    ("argv", "code", "fragment"),
    [
        (("sheet", "Intepol"), 3, 'no party "Intepol"; did you mean "INTERPOL"?'),
        (("sheet", "--since", "2023-03-02"), 1, "2023-03-02"),
        (("sheet", "--lang", "de"), 2, 'language "de", only in en, ru'),
        (("sheet", "--format", "pdf"), 2, '--format is one of text, md, html, docx, not "pdf"'),
        (("sheet", "--only", "owned:me"), 2, "owner"),
        (("report", "INL"), 2, "INL"),
        (("report", "--quarter", "March"), 2, '"March" is not a quarter: write it as 2023-Q1'),
        (("report", "--quarter", "2026-Q5"), 2, '"2026-Q5" is not a quarter: write it as 2023-Q1'),
        (("report", "--quarter", "2023-Q2"), 2, "still to come"),
        (("report", "--from", "2023-02-01", "--to", "2023-01-01"), 2, "cannot end"),
        (("report", "--from", "2023-02-01"), 2, "both days"),
        (("report", "--quarter", "2023-Q1", "--to", "2023-01-01"), 2, "do not go together"),
        (("report", "--donor", "XYZ"), 3, 'no visit was paid for by "XYZ": the donors are INL'),
        (("sheet", "-o", "a.pdf"), 2, '".pdf" may be anything: say which it is to be, --format text, md, html or docx'),
        (("sheet", "--mark", "R" * 101), 2, "the mark has 101 characters, and a page has room for 100"),
        (("report", "--mark", "R" * 101, "--format", "docx"), 2, "the mark has 101 characters"),
        (("sheet", "--force"), 2, "-o FILE"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(
    on_demo: RunOnDemo, argv: tuple[str, ...], code: int, fragment: str
) -> None:
    assert_refused(on_demo(*argv), code, fragment)


# In which format, to which place.


def test_on_a_terminal_it_is_painted_and_fits(on_demo: RunOnDemo, demo: str, environment: dict[str, str]) -> None:
    for columns in (80, 60):
        painted = on_terminal("sheet", env={**environment, "FOLLOWUP_STORE": demo}, columns=columns).out
        lines = without_colours(painted).splitlines()
        assert "\x1b[1m" in painted
        assert max(map(len, lines)) <= columns
        assert_harmless("\n".join(lines))


@pytest.mark.parametrize(
    ("name", "begin"),
    [("a.txt", b" Meeting"), ("a.md", b"# Meeting"), ("a.HTML", b"<!doctype"), ("a.docx", b"PK"), ("a", b" Meeting")],
)
def test_the_name_of_the_file_says_which_format(on_demo: RunOnDemo, tmp_path: Path, name: str, begin: bytes) -> None:
    path = tmp_path / name
    done = on_demo("sheet", "-o", str(path))
    assert (done.code, done.out, done.err) == (0, "", f"followup: wrote the meeting sheet to {path}\n")
    assert path.read_bytes()[: len(begin)].lower() == begin.lower()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_there_stays_unless_it_is_forced(on_demo: RunOnDemo, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine")
    assert_refused(on_demo("report", "-o", str(path)), 1, "a.txt", "--force")
    assert path.read_text() == "mine"
    assert on_demo("report", "-o", str(path), "--force").code == 0
    assert path.read_text().startswith(" Quarterly report")


def test_the_store_is_never_written_over(on_demo: RunOnDemo, demo: str) -> None:
    assert_refused(on_demo("sheet", "-o", demo, "--format", "text", "--force"), 1, "commitments.json")


def test_a_docx_goes_through_a_pipe_and_never_to_a_terminal(
    on_demo: RunOnDemo, demo: str, environment: dict[str, str]
) -> None:
    env = {**environment, "FOLLOWUP_STORE": demo}
    done = shell(f"{FOLLOWUP} sheet --format docx --lang ru | cat > $HOME/a.docx", env)
    assert (done.code, done.err) == (0, "")
    assert (
        Document(BytesIO((Path(env["HOME"]) / "a.docx").read_bytes())).paragraphs[0].text.replace("\xa0", " ")
        == "Справка о ходе выполнения обязательств сторон по состоянию на 1 марта 2023 г."
    )
    assert "-o FILE" in on_terminal("sheet", "--format", "docx", env=env).err


def test_marks_stand_on_it_and_internal_says_so(on_demo: RunOnDemo) -> None:
    usual, marked = on_demo("sheet", "--mark", "For the meeting").out, on_demo("sheet", "--internal").out
    assert usual.splitlines()[0].strip() == "For the meeting"
    assert all(page.splitlines()[0].strip() == "For the meeting" for page in usual.split("\f"))
    assert marked.splitlines()[0].strip() == "INTERNAL"
    assert "adviser" in marked
    assert "adviser" not in usual


# Text is text.


HOSTILE = ("=1+1", "<script>alert(1)</script>", "a\x1b[31mred", "one\ntwo", "`x` [y](javascript:z) | *b*", "\u202egnp")


@pytest.fixture
def hostile(database: object, run: Run) -> Run:
    for number, title in enumerate(HOSTILE, 1):
        by = f"Party {number} {title}"
        done = run("add", title, "--visit", "lyon-2022", "--by", by, "--new-party", by, "--to", UNODC)
        assert done.code == 0, done
    return run


@pytest.mark.parametrize("command", ["sheet", "report"])
@pytest.mark.parametrize("format_", ["text", "md", "html"])
def test_nothing_that_people_typed_acts(hostile: Run, command: str, format_: str) -> None:
    done: Result = hostile(command, "--format", format_)
    assert (done.code, done.err) == (0, "")
    assert_harmless(done.out)
    assert "<script>" not in done.out or format_ == "text"
    if format_ == "md":
        assert r"\[y\]" in done.out


def test_a_store_without_anything_has_papers(empty: object, run: Run) -> None:
    for command in ("sheet", "report"):
        done = run(command)
        assert (done.code, done.err) == (0, "")
        assert "Nothing" in done.out or "No " in done.out


def test_a_store_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    done = run("sheet", "--store", str(tmp_path / "none.json"))
    assert done.code == 4
    assert_one_sentence(done.err, "there is no store")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("report Lyon", "report --only visit:lyon-2022"),
        ("report inl", "report --donor INL"),
        ("report lyon-2022 --lang ru", "report --lang ru --only visit:lyon-2022"),
        ("report Q4 2022", 'report --quarter "Q4 2022"'),
        ("report PGO UZ", 'sheet "Prosecutor General\'s Office of Uzbekistan"'),
    ],
)
def test_what_a_report_of_a_name_means_is_proposed_by_what_the_store_knows(
    on_demo: RunOnDemo, typed: str, line: str
) -> None:
    refused = on_demo(*typed.split())
    assert (refused.code, refused.out) == (2, "")
    assert f": followup {line}" in refused.err
    assert on_demo(*shlex.split(line)).code == 0


def test_a_report_of_a_name_that_nothing_has_says_which_donors_there_are(on_demo: RunOnDemo) -> None:
    refused = on_demo("report", "Nobody")
    assert "no donor, visit or party is called so: followup report (--donor INL for a donor)" in refused.err


@pytest.mark.parametrize("typed", ["2022Q4", "2022-q4", "Q4 2022", "Q4/2022", "4Q2022", "4/2022", "2022/4", "q4-2022"])
def test_a_quarter_is_read_in_every_plain_way(database: Database, run: Run, typed: str) -> None:
    assert "Q4 2022: " in run("report", "--quarter", typed).out
    for unclear in ("4/22", "04/2022", "12/2022", "2022Q5"):
        assert_refused(run("report", "--quarter", unclear), 2, "is not a quarter")


def test_a_donor_that_no_visit_has_is_given_to_the_visit(
    database: Database, run: Run, environment: dict[str, str]
) -> None:
    refused = run("report", "--donor", "US State Department")
    assert_refused(refused, 3, 'followup visit edit lyon-2022 --donor "US State Department" says who paid')
    line = f"followup {refused.err.rpartition(': followup ')[2].partition(' says ')[0]}"
    assert shell(line, environment).code == 0
    assert run("report", "--donor", "US State Department").code == 0

"""The sheet and the report of the demo store as anybody gets them: golden files, and the same counts everywhere."""

import json
import subprocess
from pathlib import Path

import pytest

from store.database import Database
from store.model.vocabulary_and_signs import OPEN, Band, Outcome, State
from store.reports.donor_report import donor_report
from store.reports.meeting_sheet import meeting_sheet
from tests.support.app_driver import driven, story
from tests.support.document_parts import figures, part, whole
from tests.support.export_samples import DAY, demo
from tests.support.fixed_day_and_user import isolated
from tests.support.format_readers import member, squeezed
from tests.support.golden_files import assert_golden
from tests.support.run_command import FOLLOWUP

QUARTER = ("report", "--quarter", "2026-Q4")
PAPERS = {"meeting": ("sheet",), "donor": QUARTER, "one-party": ("sheet", "MIA UZ", "--internal", "--mark", "DRAFT")}


def printed(folder: Path, *argv: str) -> bytes:
    """What a command prints over the demo store."""
    path = folder / "demo.json"
    if not path.exists():
        demo(folder)
    home = folder / "home"
    home.mkdir(exist_ok=True)
    env = isolated(str(home), FOLLOWUP_STORE=str(path), FOLLOWUP_TODAY=DAY)
    done = subprocess.run([FOLLOWUP, *argv], env=env, stdin=subprocess.DEVNULL, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.mark.golden
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", list(PAPERS))
def test_a_paper_is_what_it_was(tmp_path: Path, name: str, language: str) -> None:
    tmp_path.chmod(0o700)
    for format_ in ("text", "md", "html"):
        out = printed(tmp_path, *PAPERS[name], "--lang", language, "--format", format_)
        assert_golden(__file__, f"demo-{name}-{language}.{format_}", out.decode())
    out = printed(tmp_path, *PAPERS[name], "--lang", language, "--format", "docx")
    text = member(out, "word/document.xml").replace("</w:p>", "</w:p>\n")
    assert_golden(__file__, f"demo-{name}-{language}.docx.xml", text)
    assert out == printed(tmp_path, *PAPERS[name], "--lang", language, "--format", "docx")


# The same counts wherever they stand.


@story
async def test_sheet_report_status_and_app_count_the_same(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    database = demo(tmp_path)
    status = json.loads(printed(tmp_path, "status", "--json"))
    snapshot = database.snapshot()
    in_sheet = figures(part(meeting_sheet(snapshot), "In all"))
    in_report = figures(
        part(donor_report(snapshot, first="2026-10-01", last="2026-12-31"), "Open on the day of this report")
    )
    ended = {"in all", "kept, 1 of them late", "not met"}
    assert {what: count for what, count in in_sheet.items() if what not in ended} == in_report
    words = {
        "overdue": "overdue",
        "due_today": "due on the day of issue",
        "week": "within 7 days",
        "month": "within 30 days",
        "later": "later",
        "no_date": "no date set",
        "unconfirmed": "to be confirmed",
        "open": "open, of these",
    }
    assert {name: int(in_sheet.get(word, 0)) for name, word in words.items()} == {name: status[name] for name in words}
    silent = f"{status['silent']} without news for {snapshot.silent_after} days or more"
    assert f"Of the open ones: {silent}" in whole(meeting_sheet(snapshot))
    assert int(in_sheet["kept, 1 of them late"]) + int(in_sheet["not met"]) == status["finished"]
    async with driven(database, day=DAY) as hand:
        top = " ".join(hand.lines[0].split())
        shown = {"overdue": "overdue", "due_today": "today", "week": "in 7 d", "no_date": "no date",
                 "unconfirmed": "to confirm", "silent": "silent"}  # fmt: skip
        assert all(f"{status[name]} {word}" in top for name, word in shown.items()), top
        assert f" · {status['open']} " in hand.lines[1]
        await hand.press("R", "s")
        page = " ".join(" ".join(hand.lines).split())
        assert all(f"{status[name]} {words[name]}" in page for name in words)
        assert silent in page
    listed = {entry["id"] for entry in json.loads(printed(tmp_path, "list", "--json"))}
    assert listed == {row.commitment["id"] for row in snapshot.rows if row.commitment["state"] in OPEN}


SHARES = {
    "en": (
        *("kept, not late", "kept late", "reported done, not yet confirmed"),
        *("under way, in time", "under way, no date set", "under way, overdue"),
        *("proposed, not agreed", "withdrawn", "not met"),
    ),
    "ru": (
        *("выполнено без опоздания", "выполнено с опозданием", "сообщено о выполнении, не подтверждено"),
        *(
            "в работе без нарушения срока",
            "в работе, срок не установлен",
            "в работе, просрочено",
            "предложено, не согласовано",
            "снято с исполнения",
            "не выполнено",
        ),
    ),
}
"""What the chart of the visits counts, in the order of its pieces."""


def shares(database: Database) -> dict[str, list[int]]:
    """Place and year of each visit -> what became of its promises, counted from the store, in the order of `SHARES`."""
    snapshot = database.snapshot()
    found = {}
    for visit in snapshot.visits.values():
        its = [row for row in snapshot.rows if row.commitment["visit"] == visit["slug"]]
        states = [row.commitment["state"] for row in its]
        in_work = [row for row in its if row.commitment["state"] in (State.AGREED, State.IN_PROGRESS)]
        late = [row for row in in_work if row.band == Band.OVERDUE]
        undated = [row for row in in_work if "due" not in row.commitment]
        kept_late = [
            row for row in its if row.commitment["state"] == State.CONFIRMED and row.outcome == Outcome.MET_LATE
        ]
        withdrawn = sum(row.outcome == Outcome.WITHDRAWN for row in its)
        found[f"{visit['place']}, {visit['start'][:4]}"] = [
            states.count(State.CONFIRMED) - len(kept_late),
            len(kept_late),
            states.count(State.REPORTED),
            len(in_work) - len(late) - len(undated),
            len(undated),
            len(late),
            states.count(State.PROPOSED),
            withdrawn,
            states.count(State.CLOSED) - withdrawn,
        ]
    return found


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_format_counts_what_became_of_each_visit_as_the_store_does(tmp_path: Path, language: str) -> None:
    tmp_path.chmod(0o700)
    counted = shares(demo(tmp_path))
    assert counted["Lyon, 2022"] == [0, 0, 0, 0, 2, 0, 3, 0, 0]
    out = {
        format_: printed(tmp_path, *QUARTER, "--lang", language, "--format", format_)
        for format_ in ("text", "md", "html", "docx")
    }
    html = out["html"].decode()
    read = {
        "text": out["text"].decode(),
        "md": out["md"].decode(),
        "html": html,
        "docx": member(out["docx"], "word/document.xml"),
    }
    for label, counts in counted.items():
        pair, whole = (
            ("{what}: {count}", "{label} — {counts}") if language == "ru" else ("{count} {what}", "{label}: {counts}")
        )
        pairs = zip(counts, SHARES[language], strict=True)
        summary = "; ".join(pair.format(count=count, what=what) for count, what in pairs if count)
        for format_, text in read.items():
            assert squeezed(whole.format(label=label, counts=summary)) in squeezed(text), format_
        assert html.count(f"<title>{label}: {' · '.join(map(str, counts))}</title>") == 2, "at a desk and on a phone"

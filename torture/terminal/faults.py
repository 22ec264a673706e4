"""Faults of the program itself, put into it: one sentence, a private report, and nothing of a record in either."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from torture.lab import Lab, Place
from torture.program import Program
from torture.proof import Proof
from torture.terminal.app import STATES, TYPED, Setting, Sitting, Trial, demo, tried

MARK = "zqmarkqz"
"""Stands in every text of the store."""

_TEXTS = frozenset((
    "title", "place", "hosts", "delegation", "programme", "donor", "name", "short", "ru", "aliases", "by", "to",
    "via", "support", "owner", "quote", "source", "note", "reason", "who", "said_by", "evidence", "recorded_by",
    "due_words", "words", "letter", "asked_by", "agreed_by", "miss_reason",
))  # fmt: skip

_FAULT = """
import json, os, sys
def secret():
    return open(os.environ["FOLLOWUP_STORE"], encoding="utf-8").read()
def fault(*_, **__):
    held = json.loads(secret())
    {how}
{where}
sys.argv = ["followup", *sys.argv[1:]]
"""

HOW = {
    "a plain one": "raise ValueError(held['commitments']['6']['title'])",
    "a key": "{}[held['commitments']['6']['title']]",
    "a text that is no number": "int(held['commitments']['6']['title'])",
    "a character": "(held['visits']['1']['title'] + '\\udc80').encode()",
    "one after another": """
    try:
        held[held["parties"]["1"]["name"]]
    except KeyError as error:
        error.add_note(secret())
        raise RuntimeError(secret()) from error""",
    "a group": "raise ExceptionGroup(secret(), [ValueError(secret())])",
    "an own class": "raise type('Fault', (Exception,), {'__str__': lambda self: secret()})()",
    "a file": "open('/none/' + held['commitments']['6']['title'])",
}
"""Name -> the way it goes wrong; each speaks of what a record holds."""


class Fault(NamedTuple):
    """`where` puts it in, `state` is where the app is, `keys` provoke it; a draft is kept when it `has_draft`."""

    where: str
    state: str
    keys: str
    has_draft: bool = False


FAULTS = {
    "a key's function": Fault("import tui.app.actions.navigation as it; it.help_ = fault", "the list", "?"),
    "a form that saves": Fault(
        "from tui.app.screens.form_screen import FormScreen; FormScreen._save = fault", "a form", "\x13", True),
    "the thread that saves": Fault(
        "from tui.app.sync.save_thread import Writer; Writer._save = fault", "a form", "\x13", True),
    "a line that is drawn": Fault(
        "from tui.app.widgets.text_lines import Page; Page.render_line = fault", "the list", "?"
    ),
    "what a key types": Fault(
        "from tui.app.widgets.form_field import Field; Field.say_live = fault", "the list", "dx"
    ),
    "a screen that opens": Fault(
        "from tui.app.screens.visits_screen import Visits; Visits.on_mount = fault", "the list", "v"),
    "the input": Fault("from tui.app.terminal.paste_filter import Pastes; Pastes.cleaned = fault", "the list", "j"),
    "the end": Fault("from tui.app.app import FollowUp; FollowUp.on_unmount = fault", "the list", "q"),
}  # fmt: skip
"""Where -> how it is put in."""

_IN_SHORT = (("a form that saves", "one after another"), ("a key's function", "a text that is no number"))


def marked() -> bytes:
    """The demo store with the mark in every text of every record and event."""
    document = json.loads(demo())
    names = {party["name"] for party in document["parties"].values()}

    def mark(value: Any, name: str) -> Any:
        if isinstance(value, Mapping):
            return {key: mark(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [mark(each, name) for each in value]
        return f"{value} {MARK}" if isinstance(value, str) and (name in _TEXTS or value in names) else value

    # The mark of a hand that edited the file: without it the sum would not match.
    return json.dumps({table: mark(records, "") for table, records in document.items()}).encode()


def program_with(program: Program, where: str, how: str) -> Program:
    """The program with a fault in it."""
    return program.after(_FAULT.format(where=where, how=HOW[how]))


def faults(lab: Lab) -> Iterator[Proof]:
    """Faults in the app, and in the command line."""
    proof = Proof("T1", "faults in the app, told in a sentence, the report private, the draft kept")
    hows = list(HOW)
    each = [(where, hows[(place + turn) % len(hows)]) for place, where in enumerate(FAULTS) for turn in range(3)]
    pairs = _IN_SHORT if lab.is_short else each
    store = marked()
    trials = {
        f"{where}, {how}": (
            _broken(FAULTS[where]),
            Setting(program=program_with(lab.program, FAULTS[where].where, how), is_ready=where != "the input"),
        )
        for where, how in pairs
    }
    yield tried(lab, proof, trials, store)
    yield _in_commands(lab, store)


def _broken(fault: Fault) -> Trial:
    def trial(seat: Sitting) -> None:
        typed = f"{TYPED} {MARK}"
        if fault.has_draft:
            seat.press("n", "Note on #6")
            seat.press(typed, typed)
        else:
            STATES[fault.state].reach(seat)
        seat.screen.send(fault.keys)
        seat.ended(1)
        seat.check_given_back()
        seat.check_store()
        seat.check_draft(typed if fault.has_draft else None)
        told = seat.screen.raw().rpartition(b"\x1b[?1049l")[2].decode()
        for finding in wrong_with(told, seat.place):
            seat.check(False, finding)

    return trial


def wrong_with(told: str, place: Place) -> Iterator[str]:
    """What is wrong with what was told of a fault, and with the report on it."""
    plain = re.sub(r"\x1b\[[\d;?<>]*[a-z]|\x1b\][^\x07]*\x07|\r", "", told.replace("\x1b\\", ""))
    if not re.fullmatch(r"followup: followup has a fault \(\w+ in [\w<>.]+, line \d+\); [^\n]*\n", plain):
        yield f"told of the fault: {plain[:300]!r}"
    if MARK in plain:
        yield "a record's text is told"
    reports = list((place.home / ".local/state/followup").glob("crash-*"))
    if len(reports) != 1:
        yield f"{len(reports)} reports"
        return
    text, status = reports[0].read_text(), reports[0].stat()
    if status.st_mode & 0o777 != 0o600 or reports[0].parent.stat().st_mode & 0o077:
        yield f"mode of the report: {status.st_mode & 0o777:o}"
    if MARK in text or TYPED in text:
        yield f"a record's text in the report: {text[max(0, text.find(MARK) - 200) :][:300]}"
    if "line " not in text:
        yield f"nothing in the report: {text[:300]}"


def _in_commands(lab: Lab, store: bytes) -> Proof:
    proof = Proof("T1", "faults in a command, told in a sentence, the report private")
    cases = (
        ("list", "import tui.cli.commands.show as it; it.list_ = fault"),
        ("note 6 x", "import store.operations as it; it.note = fault"),
    )
    hows = tuple(HOW)[4:5] if lab.is_short else tuple(HOW)
    for words, where in cases:
        for how in hows:
            with lab.place() as place:
                place.put(store)
                result = program_with(lab.program, where, how).run(*words.split(), env=place.env)
                proof.count("commands")
                proof.check((result.code, result.out) == (1, ""), f"{words}, {how}: {result}")
                for finding in wrong_with(result.err, place):
                    proof.check(False, f"{words}, {how}: {finding}")
                proof.check(place.store.read_bytes() == store, f"{words}, {how}: the store was changed")
    return proof

"""Faults injected into the program: one sentence, a private report, no text of a record in either."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tests.support.program_with_injections import Injection, Program
from torture.injected import program_faults as at
from torture.injected.program_faults import WAY, WAYS
from torture.proof import Proof
from torture.terminal.app_scenarios import STATES, TYPED, AppSession, Scenario, Setting, demo, run_scenarios
from torture.testbed import Sandbox, Testbed

MARK = "zqmarkqz"
"""Stands in every text of the store."""

_TEXTS = frozenset((
    "title", "place", "hosts", "delegation", "programme", "donor", "grant", "contact", "name", "short",
    "ru", "aliases", "by", "to",
    "via", "support", "owner", "quote", "source", "note", "reason", "who", "said_by", "evidence", "recorded_by",
    "due_words", "words", "letter", "asked_by", "agreed_by", "miss_reason",
))  # fmt: skip


class InjectedFault(NamedTuple):
    """`where` puts it in, `state` is where the app is, `keys` provoke it; a draft is kept when it `has_draft`."""

    where: Injection
    state: str
    keys: str
    has_draft: bool = False


FAULTS = {
    "a key's function": InjectedFault(at.in_function_of_a_key, "the list", "?"),
    "a form that saves": InjectedFault(at.in_saving_form, "a form", "\x13", True),
    "the thread that saves": InjectedFault(at.in_save_thread, "a form", "\x13", True),
    "a line that is drawn": InjectedFault(at.in_drawn_line, "the list", "?"),
    "what a key types": InjectedFault(at.in_typing, "the list", "dx"),
    "a screen that opens": InjectedFault(at.in_opening_screen, "the list", "v"),
    "the input": InjectedFault(at.in_input, "the list", "j"),
    "the end": InjectedFault(at.in_unmounting, "the list", "q"),
}
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


def program_with(program: Program, where: Injection, way: str) -> Program:
    """The program with a fault in it."""
    return program.after(where, **{WAY: way})


def faults(testbed: Testbed) -> Iterator[Proof]:
    """Faults in the app, and in the command line."""
    proof = Proof("T1", "faults in the app, reported in a sentence, the report private, the draft kept")
    hows = list(WAYS)
    each = [(where, hows[(number + turn) % len(hows)]) for number, where in enumerate(FAULTS) for turn in range(3)]
    pairs = _IN_SHORT if testbed.is_short else each
    store = marked()
    scenarios = {
        f"{where}, {how}": (
            _broken(FAULTS[where]),
            Setting(program=program_with(testbed.program, FAULTS[where].where, how), is_ready=where != "the input"),
        )
        for where, how in pairs
    }
    yield run_scenarios(testbed, proof, scenarios, store)
    yield _in_commands(testbed, store)


def _broken(fault: InjectedFault) -> Scenario:
    def scenario(session: AppSession) -> None:
        typed = f"{TYPED} {MARK}"
        if fault.has_draft:
            session.press("n", "Note on #6")
            session.press(typed, typed)
        else:
            STATES[fault.state].reach(session)
        session.screen.send(fault.keys)
        session.ended(1)
        session.check_given_back()
        session.check_store()
        session.check_draft(typed if fault.has_draft else None)
        output = session.screen.raw().rpartition(b"\x1b[?1049l")[2].decode()
        for finding in wrong_with(output, session.sandbox):
            session.check(False, finding)

    return scenario


def wrong_with(output: str, sandbox: Sandbox) -> Iterator[str]:
    """The findings about the sentence printed on a fault and about its crash report."""
    plain = re.sub(r"\x1b\[[\d;?<>]*[a-z]|\x1b\][^\x07]*\x07|\r", "", output.replace("\x1b\\", ""))
    if not re.fullmatch(r"followup: followup has a fault \(\w+ in [\w<>.]+, line \d+\); [^\n]*\n", plain):
        yield f"said of the fault: {plain[:300]!r}"
    if MARK in plain:
        yield "a record's text is shown"
    reports = list((sandbox.home / ".local/state/followup").glob("crash-*"))
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


def _in_commands(testbed: Testbed, store: bytes) -> Proof:
    proof = Proof("T1", "faults in a command, reported in a sentence, the report private")
    cases = (
        ("list", at.in_list_command),
        ("note 6 x", at.in_note_operation),
    )
    hows = tuple(WAYS)[4:5] if testbed.is_short else tuple(WAYS)
    for words, where in cases:
        for how in hows:
            with testbed.sandbox() as sandbox:
                sandbox.put(store)
                result = program_with(testbed.program, where, how).run(*words.split(), env=sandbox.env)
                proof.count("commands")
                proof.check((result.code, result.out) == (1, ""), f"{words}, {how}: {result}")
                for finding in wrong_with(result.err, sandbox):
                    proof.check(False, f"{words}, {how}: {finding}")
                proof.check(sandbox.store.read_bytes() == store, f"{words}, {how}: the store was changed")
    return proof

"""Hostile texts on every screen of the app: drawn, clicked, pasted, and changed by others."""

import json
import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from store.database import Database
from tests.support.hostile_texts import ESCAPES, MARKUPS, PAYLOADS, PWNED, shown
from tests.support.store_builders import do, open_store
from torture.hostile.hostile_commands import TEXTS
from torture.hostile.hostile_stores import as_json, document
from torture.hostile.watched_terminal import ESC, LARGE, USUAL, WatchedTerminal, opened
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

# Everywhere.


class _Step(NamedTuple):
    """Keys from the list on, what then stands there, the keys that lead back, whether clicks are tried there."""

    keys: str
    until: str
    back: str = ""
    is_clicked: bool = True


_FORM = _MENU = ESC
_STEPS = (
    _Step("\r", "PROMISE"),
    _Step("v", " Visits "),
    _Step("e", "Edit #", _FORM),
    _Step("s", "State of", _MENU),
    _Step("t", "by week"),
    _Step("P", " ON TIME"),
    _Step("6", " 6 Finished"),
    _Step("bp", "by party"),
    _Step("a", "A new commitment", _FORM),
    _Step("ve", "Edit the visit", _FORM),
    _Step("/owner:q", "filter: owner:q", ESC, is_clicked=False),
    _Step("w", "Why was", _FORM),
    _Step("d", "Due date of", _FORM),
    _Step("c", "Chased:", _FORM),
    _Step("n", "Note on", _FORM),
    _Step("S", "Seats of", _FORM),
    _Step("sr", "[ Save ]", _FORM),
    _Step("sc", "[ Save ]", _FORM),
    _Step("sb", "[ Save ]", _FORM),
    _Step("sx", "superseded by another", _MENU),
    _Step("sxs", "[ Save ]", _FORM),
    _Step("b", "Group", _MENU),
    _Step("bo", "by owner"),
    _Step("bk", "by kind"),
    _Step("bs", "by state"),
    _Step("bv", "by visit"),
    _Step("1bd", "1 Open"),
    _Step("p", "owes and is owed"),
    _Step("p\t\t", "owes and is owed"),
    _Step("1", " 1 Open"),
    _Step("2", " 2 Overdue"),
    _Step("3", " 3 To confirm"),
    _Step("4", " 4 Silent"),
    _Step("5", "Who are you?", _FORM),
    _Step("1*", "selected"),
    _Step("*s", "act on all of them?", "n"),
    _Step("?", " Help "),
    _Step(":", "a word of what", ESC, is_clicked=False),
    _Step(":[/]", "no command like that", ESC, is_clicked=False),
    _Step("u", "no change of yours"),
    _Step("tb", "by month"),
    _Step("v\r", "Visit "),
    _Step("va", "A new visit", _FORM),
)


def screens(testbed: Testbed) -> Proof:
    """S1, S2: every place, menu and form, with a click on each payload."""
    proof = Proof("S2", f"{len(PAYLOADS)} payloads on every screen of the app, each clicked")
    for name in ("screens", "clicks", "rows of the list", "payloads opened, copied, edited"):
        proof.count(name, 0)
    with testbed.sandbox() as sandbox:
        stubs = _stubs(sandbox)
        sandbox.put(as_json(document(TEXTS)))
        before = sandbox.store.read_bytes()
        try:
            with opened(sandbox, proof, LARGE) as person:
                for step in _STEPS[: testbed.amount(len(_STEPS), 4)]:
                    _walk(testbed, person, step)
                _rows(person, proof, sandbox)
                lost = [text for text in MARKUPS if text not in person.seen]
                proof.check(not lost, f"never seen as they were written: {lost[:3]} of {len(lost)}")
            with opened(sandbox, proof, USUAL) as person:
                for number in range(1, len(TEXTS) + 1, testbed.amount(2, len(TEXTS))):
                    _one(person, proof, number)
        except AssertionError as lost_way:
            proof.check(False, f"the app did not go on: {str(lost_way)[:1500]}")
        proof.check(sandbox.store.read_bytes() == before, "a look, or a click, changed the store")
        _check_nothing_run(proof, sandbox, stubs)
    return proof


def _walk(testbed: Testbed, person: WatchedTerminal, step: _Step) -> None:
    person.press(step.keys, step.until)
    if step.is_clicked:
        person.click(testbed.amount(40, 6))
    person.home(step.back, step.until if step.back else "")


def _rows(person: WatchedTerminal, proof: Proof, sandbox: Sandbox) -> None:
    """The list has a row for each commitment, in the order of the command line, each with the begin of its title."""
    person.press("1", " 1 Open")
    rows: dict[int, str] = {}
    for line in person.screen.lines():
        found = re.match(r"[> ].{14,24}#(\d+) ", line)
        if found:
            rows[int(found[1])] = line
    wanted = [int(line.split("\t")[0]) for line in sandbox.judged("list", "--tsv").out.splitlines()]
    proof.check(list(rows) == wanted, f"the list has the rows {list(rows)}, not {wanted}")
    for number, line in rows.items():
        title = shown(PAYLOADS[number - 1])
        proof.check(title is None or title[:16] in line, f"row {number} is {line[:80]!r}, not {title!r}")
    proof.count("rows of the list", len(rows))
    person.home()


def _one(person: WatchedTerminal, proof: Proof, number: int) -> None:
    """One commitment: found, opened, edited, copied; its title stands whole in its page."""
    person.press(f"/id:{number}\r", f"1 match: number {number}")
    if "Nothing like that" in person.screen.text():
        person.home()
        return
    person.press("\r", "PROMISE")
    title = shown(PAYLOADS[number - 1])
    proof.check(title is None or title in person.screen.text(), f"the page of {number} has not {title!r}")
    person.copied += 1
    person.press("y", "sent to the terminal's clipboard")
    person.press("e", f"Edit #{number} ")
    person.home(_FORM, f"Edit #{number} ")
    proof.count("payloads opened, copied, edited")


# Nothing is run.

_OPENERS = ("xdg-open", "open", "x-www-browser", "www-browser", "firefox", "gio", "wslview", "sensible-browser")


def _stubs(sandbox: Sandbox) -> str:
    """Install programs that would open a link, each of which writes to a log. Returns the log."""
    opened_log = sandbox.home / "opened"
    folder = sandbox.home / "stubs"
    folder.mkdir()
    for name in _OPENERS:
        (folder / name).write_text(f'#!/bin/sh\necho "$0 $*" >> {opened_log}\n')
        (folder / name).chmod(0o755)
    sandbox.env |= {
        "PATH": f"{folder}{os.pathsep}{sandbox.env['PATH']}",
        "BROWSER": str(folder / "open"),
        "DISPLAY": ":66",
    }
    return str(opened_log)


def _check_nothing_run(proof: Proof, sandbox: Sandbox, opened_log: str) -> None:
    if os.path.exists(opened_log):
        with open(opened_log) as file:
            proof.check(False, f"something was opened: {file.read()[:200]}")
    made = [str(path) for path in sandbox.folder.parent.rglob(PWNED)]
    crashes = [str(path) for path in sandbox.home.rglob("crash-*")]
    proof.check(not made, f"a text was run: {made}")
    proof.check(not crashes, f"the program failed: {crashes}")


# What comes from others, and what is pasted.


def talk(testbed: Testbed) -> Iterator[Proof]:
    """S1, S2: news of others and rows that leave, conflicts, pastes, drafts."""
    kinds = {
        _changes_of_others: "others with hostile names change what is on the screen",
        _conflicts: "somebody else was faster, with a hostile text",
        _pastes: "hostile pastes on the list, in a form, in the filter",
        _drafts: "drafts in which hostile text stands",
    }
    # In the short form the first: test_hostile_text.py and test_paste_filter.py draw the same in forms and questions.
    for try_it, about in list(kinds.items())[: testbed.amount(len(kinds), 1)]:
        proof = Proof("S2", about)
        with testbed.sandbox(program=testbed.watching) as sandbox:
            stubs = _stubs(sandbox)
            sandbox.put(as_json(document(TEXTS)))
            try:
                try_it(testbed, proof, sandbox)
            except AssertionError as lost_way:
                proof.check(False, f"the app did not go on: {str(lost_way)[:1500]}")
            _check_nothing_run(proof, sandbox, stubs)
        yield proof


_PASTE = "\x1b[200~{}\x1b[201~"


def _pasted(text: str) -> str:
    """A paste as a terminal sends it: what would end it is taken out by the terminal, and nothing else."""
    return _PASTE.format(text.replace("\x1b[201~", ""))


_KEYS_IN_PASTE = "q\nu\rsxd\x03*sp\x1b\x1bq\x04y\t\x9b201~u\n"


def _pastes(testbed: Testbed, proof: Proof, sandbox: Sandbox) -> None:
    """On the list a paste does nothing; in a field it is text."""
    before = sandbox.store.read_bytes()
    with opened(sandbox, proof, USUAL) as person:
        for text in [_KEYS_IN_PASTE, "".join(ESCAPES), *ESCAPES][: testbed.amount(30, 2)]:
            _paste(person, text)
            proof.count("pastes", 3)
    proof.check(sandbox.store.read_bytes() == before, "a paste changed the store")


_ANSWERS = ("\x1b[1;1R", "\x1b[?1;2c", "\x1b[24;80R\x1b[1;1R")
"""What a terminal says of where its cursor is, and of itself: the app takes it out of what comes."""


def answers_in_pastes(testbed: Testbed) -> Proof:
    """S2: what is left of a paste when the app has taken an answer of the terminal out of it is no end of it."""
    proof = Proof("S2", "a paste with answers of the terminal in it is text, and none of it a key")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        before = sandbox.store.read_bytes()
        with opened(sandbox, proof, USUAL) as person:
            for answer in _ANSWERS[: testbed.amount(len(_ANSWERS), 1)]:
                for at in (4, *range(1, testbed.amount(len(_END), 1))):
                    person.screen.send(f"\x1b[200~abc{_END[:at]}{answer}{_END[at:]}npwned by a paste\x13{_END}")
                    person.settle()
                    person.home()
                    proof.count("pastes")
        proof.check(sandbox.store.read_bytes() == before, "a paste changed the store")
    return proof


_END = "\x1b[201~"


def _paste(person: WatchedTerminal, text: str) -> None:
    person.screen.send(_pasted(text))
    person.home()
    person.check_screen("a paste on the list")
    person.press("a", "A new commitment")
    person.screen.send(f"{_pasted(text)}zz")
    person.settle()
    person.check_screen("a paste in a form")
    person.press(ESC, "Discard what you typed?")
    person.home("y", "A new commitment")
    person.press("/", "filter:")
    person.screen.send(f"{_pasted(text)}zz")
    person.settle()
    person.check_screen("a paste in the filter")
    person.home(ESC, "filter:")


def _as(sandbox: Sandbox, who: str) -> Database:
    return open_store(str(sandbox.store), who=who)


def _changes_of_others(testbed: Testbed, proof: Proof, sandbox: Sandbox) -> None:
    """Others with hostile names change what is on the screen."""
    with opened(sandbox, proof, USUAL) as person:
        first = len(ESCAPES)
        for number, text in list(enumerate(TEXTS, 1))[first % testbed.amount(4, first) :: testbed.amount(4, first)]:
            do(_as(sandbox, text), "note", number, f"{text}\n{text}")
            person.wait_for(f"#{number} note")
            do(_as(sandbox, text), "edit_visit", TEXTS[0], donor=f"{text} {number}")
            person.wait_for(f" visit {shown(PAYLOADS[0])} q0z ")
            person.check_screen("news")
            proof.count("changes of others", 2)
        for number in (18, 30)[: testbed.amount(2, 1)]:
            person.press(f"/id:{number}\r", f"1 match: number {number}")
            do(_as(sandbox, TEXTS[9]), "mark", number, "closed", because="dropped", agreed_by=TEXTS[3], note=TEXTS[11])
            person.wait_for("closed")
            person.check_screen("a row that left")
            proof.count("rows that left")
            person.home()


def _uncleaned(sandbox: Sandbox, number: int, text: str) -> None:
    """Put the reason that was just saved into the file as an editor would: the program itself keeps clean text."""
    tables = json.loads(sandbox.store.read_bytes())
    tables["commitments"][str(number)]["miss_reason"] = text
    event = tables["events"][max(tables["events"], key=int)]
    event.update(who=text, fields={"miss_reason": [event["fields"]["miss_reason"][0], text]})
    tables["_meta"]["1"].pop("crc32")
    tables["_meta"]["1"].pop("events_at")
    edited = sandbox.home / "edited"
    edited.write_text(json.dumps(tables))
    edited.chmod(0o600)
    edited.rename(sandbox.store)


def _conflicts(testbed: Testbed, proof: Proof, sandbox: Sandbox) -> None:
    """Somebody else was faster: the fields side by side."""
    with opened(sandbox, proof, USUAL) as person:
        for number, text in list(enumerate(TEXTS[1:], 1))[2 :: testbed.amount(4, 60)]:
            if "closed" in sandbox.judged("list", "--tsv", "--all", f"id:{number}").out:
                continue
            person.press(f"/id:{number}\r", f"1 match: number {number}")
            if "Nothing like that" in person.screen.text():
                person.home()
                continue
            person.press("w", "Why was")
            do(_as(sandbox, text), "set_miss_reason", number, f"{text} {text}")
            _uncleaned(sandbox, number, text)
            person.screen.send("mine\x13")
            person.wait_for("was changed meanwhile")
            person.check_screen("a conflict")
            person.press("m", "[mine]")
            person.press("\x13", f"#{number} reason kept")
            proof.count("conflicts")
            person.home()


def _drafts(testbed: Testbed, proof: Proof, sandbox: Sandbox) -> None:
    """Unfinished forms in which hostile text stands, of a store with a hostile path."""
    folder = sandbox.home / ".local/state/followup/drafts"
    folder.mkdir(parents=True, exist_ok=True)
    forms = ("note", "add", "edit", "edit-visit", "due", "why", "seats")
    for at, text in enumerate(TEXTS[: testbed.amount(60, 7)]):
        form = forms[at % len(forms)]
        values = dict.fromkeys(("text", "note", "title", "visit", "by", "reason", "place", "letter"), text)
        draft: dict[str, object] = {
            "store": os.path.realpath(sandbox.store),
            "form": form,
            "numbers": [at + 1],
            "visit": text,
            "at": f"{at:02}{text}",
        }
        draft |= {"looked_at": {str(at + 1): 2}, "values": values, "host": "elsewhere", "pid": 1}
        (folder / f"{at:016x}.json").write_text(json.dumps(draft))
    proof.count("drafts", len(list(folder.iterdir())))
    with opened(sandbox, proof, USUAL, until="Unfinished forms were kept") as person:
        for _ in range(testbed.amount(15, 1)):
            person.press("j", "x forget")
        person.press("\r", "ctrl+s save")
        person.screen.send(ESC)
        person.wait_for("Discard what you typed?")
        person.home("y")

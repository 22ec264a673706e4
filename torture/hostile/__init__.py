"""Typed text stays text: in every command, on every screen, in every shell's completion.

More than a hundred payloads (escape sequences of every kind, C0 and C1, bidi, invisible characters, towers of marks;
markup, format strings, shell code, options, formulas) and thousands of fuzzed titles are typed, pasted, and put into
every text of the file by hand. Commands answer into pipes and terminals, the app runs in a terminal that keeps what it
was sent, bash, zsh and fish complete. What may be sent, and how a text is to be shown, is written anew here, from the
tables of Unicode: nothing of the program's own sanitiser judges it. Links and actions are clicked, offered names are
entered with Tab, and nothing may run: no file is made, no opener called, the store stays as it was. Marks of every kind
leave INTERNAL on each sheet of a workbook; what is taken of a report is what was shown of it, and no name of a person.
What is hidden or struck through in a file promises nothing.

Shown to fail against `no-sanitiser` (an escape in the answer of every look), `raw-json` (DEL and bidi overrides in
`--json`), `unquoted-completion` (a party named `$(touch pwned)` runs when it is offered and taken), `markup-messages`
(a message with `[/]` in it ends the app), `no-last-guard` (what stands in a field of a form reaches the terminal raw),
`marks-as-codes` (a sheet has no mark), `proposals-unseen` (what others made of a promise is taken),
`unseen-words-read` (and what nobody sees is) and `names-in-names-of-files` (a name is in the store).
"""

import json
from collections.abc import Iterator

from torture.broken_builds import captured_texts
from torture.broken_builds import typed_text as broken
from torture.hostile.handed_over import captured, marked, unseen
from torture.hostile.hostile_commands import reads, typed
from torture.hostile.hostile_screens import screens, talk
from torture.hostile.hostile_stores import as_json, document
from torture.hostile.payloads import PAYLOADS, fuzzed, shown, strange
from torture.hostile.shell_completion import completion
from torture.injected import sanitise_texts
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed


def torture(testbed: Testbed) -> Iterator[Proof]:
    """S1 and S2, and of S3 what holds for the list; P1: marks; C1: what is captured."""
    yield _fuzz(testbed)
    yield from reads(testbed)
    yield completion(testbed)
    yield from talk(testbed)
    yield screens(testbed)
    yield typed(testbed)
    yield marked(testbed)
    yield captured(testbed)
    yield unseen(testbed)


# Fuzzed titles.


def _fuzz(testbed: Testbed) -> Proof:
    """Titles through the sanitiser, and as titles in a file through the list."""
    proof = Proof("S1", "fuzzed titles through the sanitiser, and through list")
    titles = [f"{fuzzed(testbed.chance)}." for _ in range(testbed.amount(20_000, 500))]
    for title, cleaned in zip(titles, _cleaned(testbed, titles), strict=True):
        for kept, (once, twice) in zip(("", "", "\n", "\n"), cleaned, strict=True):
            proof.check(once == twice, f"{title!r} is {once!r}, then {twice!r}")
            proof.check(not strange(once, kept), f"{title!r} is shown as {once!r}")
        wanted = shown(title)
        proof.check(wanted in (None, cleaned[0][0]), f"{title!r} is shown as {cleaned[0][0]!r}, not {wanted!r}")
        proof.count("titles")
    with testbed.sandbox() as sandbox:
        _listed(proof, sandbox, titles)
    return proof


def _cleaned(testbed: Testbed, titles: list[str]) -> list[list[tuple[str, str]]]:
    """What each function of the program under test makes of each title, once and twice."""
    done = testbed.program.instead(sanitise_texts.main).run(env={}, input=json.dumps(titles).encode())
    cleaned: list[list[tuple[str, str]]] = json.loads(done.out)
    return cleaned


def _listed(proof: Proof, sandbox: Sandbox, titles: list[str]) -> None:
    """A line for each title, and in JSON each as it stands in the file."""
    tables = document(PAYLOADS[:2])
    model = tables["commitments"][1]
    tables["commitments"] = {at: {**model, "id": at, "title": title} for at, title in enumerate(titles, 1)}
    sandbox.put(as_json(tables))
    lines = sandbox.run("list", "--tsv").out.split("\n")[:-1]
    proof.check(len(lines) == len(titles), f"list: {len(lines)} lines for {len(titles)} titles")
    found = strange("\n".join(lines), "\n\t")
    proof.check(not found, f"list: {found[:80]}")
    read = json.loads(sandbox.run("list", "--json").out)
    proof.check([each["title"] for each in read] == titles, "list --json: other titles than in the file")
    proof.count("lines of list", len(lines))


FAILS_AGAINST = {
    _fuzz: (broken.no_sanitiser,),
    reads: (broken.no_sanitiser, broken.raw_json),
    completion: (broken.unquoted_completion,),
    talk: (broken.markup_messages,),
    screens: (broken.no_last_guard,),
    marked: (broken.marks_as_codes,),
    unseen: (captured_texts.unseen_words_read,),
    captured: (captured_texts.proposals_unseen, captured_texts.names_in_names_of_files),
}

"""Text that people typed is text: in every command, on every screen, in every shell's completion.

More than a hundred payloads (escape sequences of every kind, C0 and C1, bidi, invisible characters, towers of marks;
markup, format strings, shell code, options, formulas) and thousands of fuzzed titles are typed, pasted, and put into
every text of the file by hand. Commands answer into pipes and terminals, the app runs in a terminal that keeps what it
was sent, bash, zsh and fish complete. What may be sent, and how a text is to be shown, is written anew here, from the
tables of Unicode: nothing of the program's own sanitiser judges it. Links and actions are clicked, offered names are
entered with Tab, and nothing may run: no file is made, no opener called, the store stays as it was.

Shown to fail against `no-sanitiser` (an escape in the answer of every look), `raw-json` (DEL and bidi overrides in
`--json`), `unquoted-completion` (a party named `$(touch pwned)` runs when it is offered and taken), `markup-messages`
(a message with `[/]` in it ends the app), `no-last-guard` (what stands in a field of a form reaches the terminal raw).
"""

import json
import subprocess
import sys
from collections.abc import Iterator

from torture.broken import Breakage
from torture.hostile.commands import looks, typed
from torture.hostile.screens import screens, talk
from torture.hostile.shells import completion
from torture.hostile.stores import as_json, document
from torture.hostile.texts import PAYLOADS, fuzzed, shown, strange
from torture.lab import Lab, Place
from torture.proof import Proof

RAW_JSON = Breakage(
    "raw-json",
    "JSON holds the characters that do not print as they are",
    ("tui/cli/output.py", 'return text if text.isprintable() else "".join(map(_escaped, text))', "return text"),
)
UNQUOTED_COMPLETION = Breakage(
    "unquoted-completion",
    "names are offered to the shell without quotes",
    (
        "tui/cli/completion.py",
        "super().quote_completions(completions, cword_prequote, last_wordbreak_pos)",
        "completions",
    ),
)
MARKUP_MESSAGES = Breakage(
    "markup-messages",
    "messages are toasts as well, in which markup is read",
    (
        "tui/app/app.py",
        "        self.message = (text, style)\n",
        "        self.message = (text, style)\n        self.notify(text)\n",
    ),
)
NO_LAST_GUARD = Breakage(
    "no-last-guard",
    "the fields of a form are drawn as they come, and one is filled with what stands in the file",
    (
        "tui/app/widgets/segment_strips.py",
        "    if all(segment.control is None",
        "    if True or all(segment.control is None",
    ),
    (
        "tui/app/forms/commitment_form.py",
        'texts = {name: visible(str(commitment.get(name, ""))) for name in',
        'texts = {name: str(commitment.get(name, "")) for name in',
    ),
)


def torture(lab: Lab) -> Iterator[Proof]:
    """S1 and S2, and of S3 what holds for the list."""
    yield _fuzz(lab)
    yield from looks(lab)
    yield completion(lab)
    yield from talk(lab)
    yield screens(lab)
    yield typed(lab)


# Fuzzed titles.

_CLEAN = """
import json, sys
from store.text import clean_line, clean_text, visible, visible_lines
texts = json.load(sys.stdin)
lines = lambda text: "\\n".join(visible_lines(text))
json.dump([[[each(text), each(each(text))] for each in (visible, clean_line, clean_text, lines)] for text in texts],
          sys.stdout)
"""


def _fuzz(lab: Lab) -> Proof:
    """Titles through the sanitiser, and as titles in a file through the list."""
    proof = Proof("S1", "fuzzed titles through the sanitiser, and through list")
    titles = [f"{fuzzed(lab.chance)}." for _ in range(lab.amount(20_000, 500))]
    for title, cleaned in zip(titles, _cleaned(lab, titles), strict=True):
        for kept, (once, twice) in zip(("", "", "\n", "\n"), cleaned, strict=True):
            proof.check(once == twice, f"{title!r} is {once!r}, then {twice!r}")
            proof.check(not strange(once, kept), f"{title!r} is shown as {once!r}")
        wanted = shown(title)
        proof.check(wanted in (None, cleaned[0][0]), f"{title!r} is shown as {cleaned[0][0]!r}, not {wanted!r}")
        proof.count("titles")
    with lab.place() as place:
        _listed(proof, place, titles)
    return proof


def _cleaned(lab: Lab, titles: list[str]) -> list[list[tuple[str, str]]]:
    """What each function of the program on trial makes of each title, once and twice."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _CLEAN], env=lab.program.variables, input=json.dumps(titles).encode(),
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    cleaned: list[list[tuple[str, str]]] = json.loads(done.stdout)
    return cleaned


def _listed(proof: Proof, place: Place, titles: list[str]) -> None:
    """A line for each title, and in JSON each as it stands in the file."""
    tables = document(PAYLOADS[:2])
    model = tables["commitments"][1]
    tables["commitments"] = {at: {**model, "id": at, "title": title} for at, title in enumerate(titles, 1)}
    place.put(as_json(tables))
    lines = place.run("list").out.split("\n")[:-1]
    proof.check(len(lines) == len(titles), f"list: {len(lines)} lines for {len(titles)} titles")
    found = strange("\n".join(lines), "\n\t")
    proof.check(not found, f"list: {found[:80]}")
    read = json.loads(place.run("list", "--json").out)
    proof.check([each["title"] for each in read] == titles, "list --json: other titles than in the file")
    proof.count("lines of list", len(lines))


CAUGHT = {
    _fuzz: ("no-sanitiser",),
    looks: ("no-sanitiser", RAW_JSON),
    completion: (UNQUOTED_COMPLETION,),
    talk: (MARKUP_MESSAGES,),
    screens: (NO_LAST_GUARD,),
}

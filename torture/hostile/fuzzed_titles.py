"""Thousands of fuzzed titles through the sanitiser, and through the list."""

import json

from tests.support.hostile_texts import PAYLOADS, fuzzed, shown, strange
from torture.hostile.hostile_stores import as_json, document
from torture.injected import sanitise_texts
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed


def fuzzed_titles(testbed: Testbed) -> Proof:
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

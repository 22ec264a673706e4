"""No green lie and no number without end: names that nobody has, thousands of digits, series, a store not there.

Names of the store are mistyped by one letter in each field of a query: a check of one is UNKNOWN, never OK, and a look
says so once; the names themselves, and their beginnings, are never unknown. Then each command that takes a number gets
some of up to a hundred thousand digits, and of other scripts: refused in one sentence that can be read, the store as it
was. Last a series without end, a text without end, headings without end, and a named store that is not there.

Shown to fail against `unknown-green` and `words-green` (the check is OK), `digits-believed` (the program ends with a
fault), `endless-messages` (it repeats all of them), `endless-series` and `endless-texts` (the store grows),
`endless-headings` (the answers on another list are lost).
"""

from collections.abc import Iterator

from tests.support.run_command import Result
from torture.broken_builds import unchecked_input as broken
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

NAMES = {
    "visit": ("lyon-2022", "Lyon", "Study"),
    "by": ("UNODC", "INTERPOL", "Uzbekistan"),
    "to": ("INTERPOL", "UNODC"),
    "via": ("Tashkent", "NCB"),
    "support": ("UNODC",),
    "party": ("INTERPOL", "UNODC", "Uzbekistan"),
    "owner": ("asel",),
    "kind": ("cooperate", "facilitate", "train"),
}
"""Field of a query -> words that the store of the tests knows there."""

WORDS = ("#99", "99", "zzyzx", "-zzyzx", "text:zzyzx", "overdue zzyzx", "|", "overdue |", "owner:boris")
"""Queries with words that no text has, a sign alone, and somebody whose commitments all went to another."""

NUMBERS = (
    *(
        "show N",
        "N",
        "mark N done",
        "mark 1-N done",
        "note N x",
        "undo N",
        "undo #N",
        "restore N",
        "chase 1 --again +Nd",
    ),
    *("edit 1 --after N", "edit 1 --owner x --expect-rev N", "seats 1 --wanted N", "due 1 in N weeks", "due 1 N-01-01"),
    *("check --within N", "check late:N", "check id:1-N", "list due:..Nd", "report --quarter QN", "--today N list"),
    *("export --format ics --alarm Nd", "config silent-after N --shared", "visit add x --place p --from N"),
)
"""Command lines in which `N` is a number."""

LENGTHS = (20, 400, 4300, 5000, 100_000)
"""Digits of the numbers: Python makes no number of more than 4,300."""

READABLE = 1000
"""Characters that a refusal may have."""


def torture(testbed: Testbed) -> Iterator[Proof]:
    """G1: what is green is true; G2: what is typed is bounded."""
    yield _names(testbed)
    yield _numbers(testbed)
    yield _sizes(testbed)
    yield _headings(testbed)


def _names(testbed: Testbed) -> Proof:
    proof = Proof("G1", "names that nobody has are no OK, and those that somebody has are not unknown")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        for field, names in NAMES.items():
            if testbed.is_caught(proof):
                break
            for name in names[: testbed.amount(len(names), 1)]:
                for beginning in (name, name[:3].lower()):
                    result = sandbox.run("check", f"{field}:{beginning}")
                    proof.count("known names")
                    proof.check(result.code < 3, f"check {field}:{beginning}: {result}")
                for _ in range(testbed.amount(8, 1)):
                    _mistyped(testbed, sandbox, proof, field, name)
        for owners in (("asel", "boris"), ("boris", "asel")):
            assert sandbox.judged("owner", "rename", *owners).code == 0
        for query in ("id:99", "id:50-60", "not:by:Xanadu", "by:UNODC or by:Xanadu", "party:me", "mine", *WORDS):
            result = sandbox.run("check", query, env={"FOLLOWUP_STORE": str(sandbox.store)})
            proof.count("unknown names")
            if query in ("party:me", "mine"):
                result = _as_nobody(sandbox, query)
            proof.check(result.code == 3, f"check {query} is green: {result}")
        missing = {"FOLLOWUP_STORE": f"{sandbox.store}.not-there"}
        result = sandbox.run("status", "--short", env=missing)
        proof.check(result.code == 4 and result.err, f"a named store that is not there: {result}")
    return proof


def _mistyped(testbed: Testbed, sandbox: Sandbox, proof: Proof, field: str, name: str) -> None:
    """A check and a look with another letter in a name."""
    at = testbed.chance.randrange(len(name))
    typed = f"{field}:{name[:at]}{testbed.chance.choice('xzqj')}{name[at + 1 :]}x"
    checked = sandbox.run("check", typed)
    proof.count("unknown names")
    is_so = checked.code == 3 and checked.out.startswith("FOLLOWUP UNKNOWN - there is no ")
    proof.check(is_so, f"check {typed} is green: {checked}")
    for line in (("list",), ("status", "--short"))[: testbed.amount(2, 1)]:
        result = sandbox.run(*line, typed)
        proof.check(result.code == 0 and result.err.count("there is no ") == 1, f"{line[0]} {typed}: {result}")


def _as_nobody(sandbox: Sandbox, query: str) -> Result:
    """A check of what is mine, for a name that nobody in the store has."""
    assert sandbox.judged("config", "me", "nobody at all").code == 0
    return sandbox.run("check", query)


def _numbers(testbed: Testbed) -> Proof:
    proof = Proof("G2", "numbers of any length and script are refused in a sentence, and change nothing")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        before = sandbox.contents()
        lengths = LENGTHS if not testbed.is_short else (4301,)
        typed = ["7" * length for length in lengths] + (
            ["²", "٣", "１２", "-1", "1e9", "0x10"] if not testbed.is_short else ["²"]
        )
        for line in NUMBERS[:: testbed.amount(1, 2)]:
            if testbed.is_caught(proof):
                break
            for number in typed:
                result = sandbox.run(*(word.replace("N", number) for word in line.split()))
                _refused(sandbox, proof, result, f"{line} with {len(number)} signs, {number[:4]}")
        proof.check(sandbox.contents() == before, "a refused number changed the store")
    return proof


def _refused(sandbox: Sandbox, proof: Proof, result: Result, what: str) -> None:
    proof.count("numbers")
    said = result.err + result.out
    proof.check(0 < result.code < 4 or "list" in what or "check" in what, f"{what}: taken: {result.code}")
    proof.check("has a fault" not in said and "Traceback" not in said, f"{what}: a fault: {said[:200]}")
    proof.check(len(said) < READABLE, f"{what}: {len(said):,} characters are printed")


def _sizes(testbed: Testbed) -> Proof:
    proof = Proof("G2", "a series and a text without end are refused, and the store does not grow")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        before = sandbox.contents()
        parties = ("--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL")
        for until in ("2100-12-31", "9999-01-01", "2034-01-31"):
            result = sandbox.run("add", "x", *parties, "--due", "2023-03-31", "--every", "month", "--until", until)
            proof.count("series")
            sandbox.check_answer(proof, result, f"a series until {until}")
            proof.check(result.code in (1, 2), f"a series until {until} is entered: {result.out[:80]!r}")
        for length in (100_001, 5_000_000)[: testbed.amount(2, 1)]:
            result = sandbox.run("note", "1", "-", input=b"a" * length)
            proof.count("texts")
            sandbox.check_answer(proof, result, f"a note of {length:,} characters")
            proof.check(result.code == 1, f"a note of {length:,} characters is kept: {result}")
        proof.check(sandbox.contents() == before, "the store grew")
    return proof


def _headings(testbed: Testbed) -> Proof:
    """Import a list whose headings have no end, with an answer, between two of an office whose answers are kept."""
    proof = Proof("G2", "headings without end push out no kept answers")
    with testbed.sandbox() as sandbox:
        sandbox.make()
        row = "{},UNODC,INTERPOL,03/04/2023"
        usual = f"Action,By,To,Due\n{row}\n"
        long = f"Action,By,To,Due,{'x' * 999_900}\n{row},\n"
        for name, text in (("plan", usual), ("long", long)):
            path = sandbox.home / f"{name}.csv"
            path.write_text(text.format(name))
            result = sandbox.run("import", str(path), "--visit", "lyon-2022", "--dates", "dmy")
            proof.count("lists")
            proof.check(result.code == 0, f"{name}: {result}"[:600])
        again = sandbox.home / "april.csv"
        again.write_text(usual.format("another"))
        result = sandbox.run("import", str(again), "--visit", "lyon-2022", "--dry-run")
        proof.check("whose answers are kept" in result.err, f"they are not known again: {result}")
    return proof


FAILS_AGAINST = {
    _headings: (broken.endless_headings,),
    _names: (broken.unknown_green, broken.words_green),
    _numbers: (broken.digits_believed, broken.endless_messages),
    _sizes: (broken.endless_series, broken.endless_texts),
}

"""Many writers at once, with readers beside them: what was acknowledged is in the history, once and in order."""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from store.file.quick_reader import StoreImage
from store.file.strict_reader import read_strictly
from torture.many_writers.store_readers import FileReader, Reader, StoreReading
from torture.many_writers.store_writers import (
    AppPerson,
    Done,
    LongBatch,
    ShellLoop,
    TinyDBScript,
    many_records,
    one_record,
)
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

COMPANY = 100
"""The most changes of a batch, and of the app, beside them."""

Line = Callable[[str, int], str]


def at_once(testbed: Testbed) -> Iterator[Proof]:
    """So many one-shot changes, with others and readers beside them, on one record and on many."""
    for about, line, has_app in (("one record", one_record, False), ("many records", many_records, True)):
        for writers, times in ((8, testbed.amount(50, 4)), (16, 25)):
            if not (testbed.is_short and writers == 16):
                yield _rounds(testbed, about, (writers, times), line, has_app=has_app)


def _rounds(testbed: Testbed, about: str, size: tuple[int, int], line: Line, *, has_app: bool) -> Proof:
    """Run rounds of `size`: the number of writers, and of changes of each."""
    proof = Proof("R3", f"{size[0]} x {size[1]} one-shot changes of {about}")
    rounds, longest = testbed.amount(5, 1), 0.0
    for name in ("rounds", "one-shot changes", "others beside them", "reads", "lost", "errors", "out of order"):
        proof.count(name, 0)
    for done in range(rounds):
        testbed.progress("rounds", done, rounds)
        with testbed.sandbox() as sandbox:
            sandbox.make()
            longest = max(longest, _round(proof, sandbox, size, line, has_app=has_app))
        proof.count("rounds")
        if proof.wrong:
            break
    proof.note(f"the longest change took {longest:.2f} s")
    return proof


def _round(proof: Proof, sandbox: Sandbox, size: tuple[int, int], line: Line, *, has_app: bool) -> float:
    """Let all writers change one store, and check the result. Returns the seconds of the longest change."""
    loops = []
    for writer in range(size[0]):
        name = f"w{writer}"
        lines = [line(f"{name}.{at}", writer * size[1] + at) for at in range(size[1])]
        loops.append(ShellLoop(sandbox, name, lines))
    company: list[LongBatch | TinyDBScript | AppPerson] = [
        *(LongBatch(sandbox, f"b{number}", COMPANY) for number in range(2)),
        TinyDBScript(sandbox, "t0", COMPANY),
    ]
    company += [AppPerson(sandbox, "a0", COMPANY)] if has_app else []
    readers = [Reader(sandbox), FileReader(sandbox)]
    for thread in (*readers, *company):
        thread.start()
    try:
        for loop in loops:
            loop.begin()
        one_shots = [loop.ended() for loop in loops]
    finally:
        for loop in loops:
            loop.kill()
        besides = [each.ended() for each in company]
        for reader in readers:
            reader.stop()
    for each in company:
        proof.check(not each.trouble, f"{each.trouble}")
    _check_reads(proof, readers)
    readings = [reading for reader in readers for reading in reader.readings]
    _judged(proof, sandbox, one_shots + besides, readings)
    proof.count("one-shot changes", sum(map(len, one_shots)))
    proof.count("others beside them", sum(map(len, besides)))
    return max(done.returned - done.called for writer in one_shots for done in writer)


def _check_reads(proof: Proof, readers: Sequence[Reader]) -> None:
    """Every read was whole and none went back."""
    proof.count("reads", sum(reader.reads for reader in readers))
    for reader in readers:
        for wrong in reader.wrong:
            proof.check(False, wrong)
        proof.check(reader.readings, "a reader saw nothing")


def _judged(proof: Proof, sandbox: Sandbox, writers: list[list[Done]], readings: list[StoreReading]) -> None:
    """Check that the acknowledgements of the writers agree with the history."""
    for done in (done for writer in writers for done in writer if done.code):
        proof.count("errors")
        proof.check(False, f"{done.tag}: exit {done.code}: {done.answer}")
    try:
        store = read_strictly(sandbox.store.read_bytes())
    except Exception as error:
        proof.check(False, f"the store cannot be read: {error}")
        return
    changes = _changes_by_tag(proof, store)
    for writer in writers:
        acknowledged = [done.tag for done in writer if not done.code]
        lost = [tag for tag in acknowledged if tag not in changes]
        proof.count("lost", len(lost))
        proof.check(not lost, f"acknowledged and lost: {lost[:5]}")
        own = [changes[tag] for tag in acknowledged if tag in changes]
        if not proof.check(own == sorted(own), f"the order of {acknowledged[:1]} is another: {own}"):
            proof.count("out of order")
    _without_gaps(proof, store)
    _unbroken(proof, store)
    spans = [_Span(changes[done.tag], 0, done) for writer in writers for done in writer if done.tag in changes]
    _in_order(proof, spans + [_Span(reading.revision, 1, reading) for reading in readings])
    sandbox.check_sound(proof, "in the end")


def _changes_by_tag(proof: Proof, store: StoreImage) -> dict[str, int]:
    """Tag -> the number of its change."""
    found: dict[str, int] = {}
    for event in store.table("events").values():
        tag = _tag(event)
        if tag is not None:
            is_twice = found.get(tag, event["change"]) != event["change"]
            proof.check(not is_twice, f"{tag} was done twice")
            found[tag] = event["change"]
    return found


def _tag(event: Any) -> str | None:
    """The tag of the change that an event belongs to; None for what was there before, and new parties."""
    fields = event.get("fields", {})
    seats = (fields.get("seats") or (None, None))[1] or {}
    values = [(fields.get(name) or (None, None))[1] for name in ("quote", "title", "miss_reason")]
    texts = [event.get("note"), event.get("reason"), seats.get("letter"), *values]
    return next((text for text in texts if text and text[0] in "wbta" and text[-1].isdigit()), None)


def _without_gaps(proof: Proof, store: StoreImage) -> None:
    """Changes, events, and the revisions of each record are numbered one after the other."""
    events = list(store.table("events").values())
    changes = sorted({event["change"] for event in events})
    proof.check(changes == list(range(2, store.meta["revision"] + 1)), "the numbers of the changes have a gap")
    seqs = [event["seq"] for event in events]
    proof.check(seqs == list(range(1, len(seqs) + 1)), "the numbers of the events have a gap")
    revisions: dict[tuple[str, int], set[int]] = {}
    for event in events:
        revisions.setdefault(_record_of(event), set()).add(event["revision"])
    for record, numbers in revisions.items():
        is_whole = sorted(numbers) == list(range(1, len(numbers) + 1))
        proof.check(is_whole, f"the revisions of {record} have a gap: {sorted(numbers)[-5:]}")


def _record_of(event: Any) -> tuple[str, int]:
    tables = {"id": "commitments", "visit": "visits", "party": "parties"}
    return next((table, event[key]) for key, table in tables.items() if key in event)


def _unbroken(proof: Proof, store: StoreImage) -> None:
    """Each event found what the events before it left, and the records are what the last ones left."""
    state: dict[tuple[str, int], dict[str, Any]] = {}
    for event in sorted(store.table("events").values(), key=itemgetter("seq")):
        record = state.setdefault(_record_of(event), {})
        for field, (old, new) in event.get("fields", {}).items():
            is_so = record.get(field) == old
            proof.check(is_so, f"change {event['change']} found {field} {old!r}, it was {record.get(field)!r}")
            record[field] = new
    for (table, number), fields in state.items():
        there = store.record(table, number) or {}
        for field, value in fields.items():
            is_so = there.get(field) == value
            proof.check(is_so, f"{field} of {number} is {there.get(field)!r}, the history says {value!r}")


class _Span(NamedTuple):
    """A change or a read: the revision made or seen, 0 or 1 for a read (it sorts after the change), and its times."""

    revision: int
    is_read: int
    of: Done | StoreReading


def _in_order(proof: Proof, spans: list[_Span]) -> None:
    """What was over before another was begun has the lower number: no later one returned before an earlier call."""
    latest: _Span | None = None
    for span in sorted(spans, key=lambda span: (span.revision, span.is_read, span.of.called)):
        if latest is not None and span.of.returned < latest.of.called:
            proof.count("out of order")
            proof.check(False, f"{span.of} was over before {latest.of} was begun, and comes after it")
        if latest is None or span.of.called > latest.of.called:
            latest = span

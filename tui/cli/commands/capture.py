"""`capture`: proposes the commitments that stand in a text; prints them, or takes those that a script names."""

from __future__ import annotations

import os

from store.errors import Conflict, NotAllowed, StoreMissing, UsageError
from store.text import visible
from tui.cli.arguments import refuse_together
from tui.cli.output import SAVED, json_lines, write, write_json
from tui.render.labels import counted
from tui.stderr import ProgressLine, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.capture.proposals import Proposal
    from store.capture.source_text import SourceText, Texts
    from store.model.record_types import Visit
    from store.rules.party_names import Directory
    from store.snapshot import Snapshot
    from store.transaction import Transaction
    from tui.cli.arguments import Arguments
    from tui.session import Session


def capture(arguments: Arguments, session: Session) -> int:
    """`capture`: print what a text promises, or take some of it. Returns the exit code. Raises: FollowUpError."""
    refuse_together(arguments, "dry-run", "json", "take")
    if not any(map(arguments.has, ("dry-run", "json", "take"))):
        raise UsageError("without a terminal, say what to do: --dry-run, --json or --take N with --text-hash H")
    paths, numbers = _words(arguments)
    snapshot = _snapshot(arguments, session)
    visit = snapshot.visit(arguments.get("visit") or "") if snapshot and arguments.has("visit") else None
    found: list[dict[str, object]] = []
    for path in paths:
        source = _read(path, arguments.get("format"), session)
        proposals, dated = proposals_of(source, arguments, session, snapshot, visit)
        if arguments.has("take"):
            return _take(arguments, session, source, proposals, numbers, visit, dated)
        shown = [each for each in proposals if _is_shown(each, arguments)]
        if arguments.has("json"):
            found += [each.as_json(source.hash) for each in shown]
        else:
            _print_table(shown, session, snapshot)
        if not shown:
            say(f"no promise found in {source.name} ({_size(source)})")
    if arguments.has("json"):
        write_json(json_lines(found))
    return 0


def texts_for_screen(arguments: Arguments, session: Session) -> Texts | None:
    """The texts that the screen is to show; None where something is to be printed. Raises: FollowUpError."""
    if any(map(arguments.has, ("dry-run", "json", "take"))):
        return None
    from store.capture.source_text import Texts

    paths, _ = _words(arguments)
    snapshot = session.snapshot() if arguments.has("visit") else None
    visit = snapshot.visit(arguments.get("visit") or "")["slug"] if snapshot else None
    dated = arguments.day("dated", snapshot.today if snapshot else session.clock.today(None))
    sources = tuple(_read(path, arguments.get("format"), session) for path in paths)
    return Texts(sources, visit, dated, arguments.get("lang"))


def _is_shown(proposal: Proposal, arguments: Arguments) -> bool:
    return arguments.has("all") or (proposal.band != "unlikely" and not proposal.is_refused)


def _words(arguments: Arguments) -> tuple[list[str], list[int]]:
    """The files, and the numbers of --take. Raises: UsageError."""
    numbers: list[int] = []
    words = list(arguments.words)
    if arguments.has("take"):
        typed = list(arguments.get_all("take") or ())
        while len(words) > 1 and words[-1].replace(",", "").isdecimal():
            typed.append(words.pop())
        for part in ",".join(typed).split(","):
            if not part.isdecimal() or len(part) > 6:
                raise UsageError(f'--take takes the numbers of proposals, as --take 1,4, not "{visible(part)}"')
            numbers.append(int(part))
        if not arguments.has("text-hash"):
            raise UsageError(
                "--take needs --text-hash H, which stands in each proposal of --json: so the text is the same"
            )
        if not arguments.has("visit"):
            raise UsageError("--take needs --visit SLUG: where were they promised?")
        if len(words) != 1:
            raise UsageError("--take goes with one file")
    for word in words:
        if word.startswith(("https://", "http://")):
            raise UsageError(f"{visible(word)} is an address: save the page, then capture the file")
    return words, numbers


def _snapshot(arguments: Arguments, session: Session) -> Snapshot | None:
    """The store, if there is one. Raises: StoreMissing where one is needed."""
    try:
        return session.snapshot()
    except StoreMissing:
        if arguments.has("take") or arguments.has("visit"):
            raise
        return None


def _read(path: str, kind: str | None, session: Session) -> SourceText:
    """Read a file, or stdin for `-`. Raises: FollowUpError."""
    from store.capture.reading import read_descriptor, read_path
    from store.foreign_files.limits import Limits

    limits = Limits(session.config.import_memory)
    with ProgressLine() as line:

        def watch(name: str, seconds: float) -> None:
            line.show(lambda: f"reading {name}, {seconds:.0f} s")

        if path != "-":
            source = read_path(path, kind, limits, watch)
        else:
            from tui.cli.stdin import stdin_for_another_process

            try:
                descriptor = stdin_for_another_process()
            except OSError as error:
                raise UsageError(f"stdin cannot be read: {error.strerror}") from None
            try:
                source = read_descriptor(descriptor, "stdin", kind or "txt", limits, watch)
            finally:
                os.close(descriptor)
    for warning in source.warnings:
        say(f"{source.name}: {warning}")
    return source


def proposals_of(
    source: SourceText, arguments: Arguments, session: Session, snapshot: Snapshot | None, visit: Visit | None
) -> tuple[list[Proposal], str]:
    """The proposals of a text, with what the store has of them, and its day. Raises: FollowUpError."""
    from store.capture.proposals import propose, with_marks
    from store.capture.remembered import Remembered
    from store.capture.text_day import day_of_text
    from store.paths import drafts_folder
    from store.rules.party_names import Directory

    today = snapshot.today if snapshot else session.clock.today(None)
    dated = arguments.day("dated", today)
    if dated is None:
        known = day_of_text(source, visit)
        if known is None:
            raise UsageError(f"{source.name} does not say of which day it is: --dated DATE, from which its dates count")
        dated, how = known
        say(f"{source.name} is of {dated}, as {how} says (--dated for another day)")
    parties: Directory = snapshot.parties if snapshot else Directory({})
    proposals = propose(source, parties, visit, dated, arguments.get("lang"))
    if snapshot:
        refused = Remembered(drafts_folder(session.environment)).refused
        proposals = with_marks(proposals, snapshot.commitments, visit, refused)
    return proposals, dated


def _print_table(proposals: Sequence[Proposal], session: Session, snapshot: Snapshot | None) -> None:
    from store.capture.proposals import by_rank

    for each in by_rank(proposals):
        shown = snapshot.parties.shown if snapshot else str
        parties = f"{', '.join(map(shown, each.by)) or '?'} -> {', '.join(map(shown, each.to)) or '?'}"
        mark = f" #{each.known}" if each.known else ""
        page = f"p. {each.places[0].page}" if each.places[0].page else f"para {each.places[0].paragraph}"
        write(
            visible(f"{each.n:3} {each.band:8} {page:8} {parties}  {each.title}  {each.due or 'no date'}{mark}") + "\n"
        )


def _size(source: SourceText) -> str:
    from store.capture.blocks import blocks_of

    paragraphs = counted(len(blocks_of(source.text)), "paragraph")
    return f"{counted(len(source.pages), 'page')}, {paragraphs}" if source.pages else paragraphs


def _take(
    arguments: Arguments, session: Session, source: SourceText, proposals: Sequence[Proposal], numbers: Sequence[int],
    visit: Visit | None, dated: str,
) -> int:  # fmt: skip
    """Take the proposals with these numbers in one transaction. Raises: FollowUpError; Conflict for another text."""
    from store.capture.take import take

    if arguments.get("text-hash") != source.hash:
        raise Conflict(f"{source.name} is another text than the one with this --text-hash: look at it anew, --json")
    assert visit is not None, "--take is refused without --visit"
    by_number = {each.n: each for each in proposals}
    for number in numbers:
        if number not in by_number:
            raise UsageError(f"there is no proposal {number} in {source.name}")
        each = by_number[number]
        if each.known:
            raise NotAllowed(f"proposal {number} is commitment {each.known} already")
    chosen = [by_number[number] for number in dict.fromkeys(numbers)]

    def work(tx: Transaction) -> list[int]:
        return [
            take(tx, each, visit=visit["slug"], dated=dated, by=each.by or arguments.get_all("by") or (),
                 to=each.to or arguments.get_all("to") or ())
            for each in chosen
        ]  # fmt: skip

    taken, tx = session.database.change(work)
    session.forget_snapshot()
    try:
        for number, each in zip(taken, chosen, strict=True):
            write(visible(f"{number} {each.title}") + "\n")
    except Exception as error:
        error.add_note(SAVED)
        raise
    for warning in tx.warnings:
        say(warning)
    return 0

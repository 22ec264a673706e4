"""`capture`: finds the commitments in a text and prints them, or enters those that a script names."""

from __future__ import annotations

import os
from functools import partial
from itertools import chain

from store.errors import Conflict, FollowUpError, NotAllowed, StoreMissing, UsageError
from store.rules.days import said_day
from store.sanitise_text import visible
from store.translation import in_english, phrase, plural, tr
from tui.cli.arguments import refuse_together
from tui.cli.hints_after_refusal import printed
from tui.cli.stdout import SAVED, json_lines, terminal_of, write, write_json
from tui.stderr import ProgressLine, say, with_progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from store.capture.proposals.propose_commitments import Proposal
    from store.capture.readers.source_text import SourceText, Texts
    from store.capture.text_structure.blocks import Block
    from store.model.record_types import Visit
    from store.snapshot import Snapshot
    from store.transaction import Transaction
    from tui.cli.arguments import Arguments
    from tui.session import Session

_DOES = ("dry-run", "json", "take")

_LACKING = {
    "by": phrase("the text does not say who promised in {proposals}: --by PARTY; nothing was taken"),
    "to": phrase("the text does not say to whom it was promised in {proposals}: --to PARTY; nothing was taken"),
}


def capture(arguments: Arguments, session: Session) -> int:
    """`capture`: print the proposals of texts, or enter some of them. Returns the exit code. Raises: FollowUpError."""
    refuse_together(arguments, *_DOES)
    if not any(map(arguments.has, _DOES)):
        raise UsageError(
            tr("capture prints with --dry-run or --json, and takes with --take N,... --text-hash H: say which")
        )
    from store.capture.proposals.propose_commitments import hash_of

    paths, numbers = _words(arguments)
    snapshot = _snapshot(arguments, session)
    visit = snapshot.visit(arguments.get("visit") or "") if snapshot and arguments.has("visit") else None
    found: list[dict[str, object]] = []
    for source in _sources(paths, arguments, session):
        proposals, dated = proposals_of(source, arguments, session, snapshot, visit)
        if arguments.has("take"):
            return _take(arguments, session, source, proposals, numbers, visit, dated)
        shown = [each for each in proposals if arguments.has("all") or each.is_offered]
        if arguments.has("json"):
            seen = hash_of(source, proposals)
            found += [in_english(partial(each.as_json, seen)) for each in shown]
        else:
            _print_table(source, shown, session, snapshot, is_alone=len(paths) == 1 and not arguments.has("mailbox"))
        hidden = 0 if arguments.has("all") else sum(each.is_above_line and each.is_refused for each in proposals)
        if not shown and not hidden:
            say(tr("no promise found in {name} ({size})", name=source.name, size=_size(source)))
        if hidden:
            say(tr("{count} refused before: --all", count=hidden))
    if arguments.has("json"):
        write_json(json_lines(found))
    return 0


def texts_for_screen(arguments: Arguments, session: Session) -> Texts | None:
    """The texts to show on the screen; None where something is to be printed. Raises: FollowUpError."""
    if any(map(arguments.has, _DOES)):
        return None
    from store.capture.readers.source_text import Texts

    paths, _ = _words(arguments)
    snapshot = session.snapshot() if arguments.has("visit") else None
    visit = snapshot.visit(arguments.get("visit") or "")["slug"] if snapshot else None
    dated = arguments.day("dated", snapshot.today if snapshot else session.clock.today(None))
    notices: list[str] = []
    sources = _sources(paths, arguments, session, notices.append)
    first = next(sources, None)  # What is no mailbox is refused before the screen opens.
    if first is None:
        for sentence in notices:
            say(sentence)
    return Texts(chain([first] if first else [], sources), visit, dated, arguments.get("lang"), notices)


def _words(arguments: Arguments) -> tuple[list[str], list[int]]:
    """The files, and the numbers of --take. Raises: UsageError."""
    words, numbers = list(arguments.words), []
    if arguments.has("take"):
        typed = list(arguments.get_all("take") or ())
        while len(words) > 1 and words[-1].replace(",", "").isdecimal():
            typed.append(words.pop())
        for part in ",".join(typed).split(","):
            if not (part.isascii() and part.isdecimal() and len(part) < 7):
                raise UsageError(
                    tr('--take takes the numbers of proposals, as --take 1,4, not "{part}"', part=visible(part))
                )
            numbers.append(int(part))
        if not arguments.has("text-hash"):
            raise UsageError(tr("--take goes with --text-hash H, which stands in each proposal of --json"))
        if not arguments.has("visit"):
            raise UsageError(tr("--take goes with --visit SLUG: where were they promised?"))
        if len(words) != 1:
            raise UsageError(tr("--take goes with one file"))
    if not words and not arguments.has("mailbox"):
        raise UsageError(tr("name the file to read: a report, minutes, a note, a mail"))
    if words and arguments.has("mailbox"):
        raise UsageError(tr("--mailbox stands alone: name no other file"))
    for word in words:
        if word.lower().startswith(("https://", "http://")):
            raise UsageError(tr("{word} is an address: save the page, then capture the file", word=visible(word)))
    return words, numbers


def _snapshot(arguments: Arguments, session: Session) -> Snapshot | None:
    """The store; None where there is none and the text is only read."""
    try:
        return session.snapshot()
    except StoreMissing:
        if arguments.has("take") or arguments.has("visit") or session.is_named_by_option:
            raise
        return None


def _sources(
    paths: Sequence[str], arguments: Arguments, session: Session, notify: Callable[[str], None] = say
) -> Iterator[SourceText]:
    """The texts, each read when it is needed; `notify` gets a sentence on each mail skipped.

    Raises: FollowUpError.
    """
    yield from [_read(path, arguments, session) for path in paths]
    if arguments.has("mailbox"):
        yield from _mails(arguments, session, notify)


def _read(path: str, arguments: Arguments, session: Session) -> SourceText:
    """Read a file, or stdin for `-`. Raises: FollowUpError."""
    from store.capture.readers.read_text_in_child import read_descriptor, read_path
    from store.foreign_files.limits import Limits

    kind, encoding = arguments.get("format"), arguments.get("encoding")
    limits = Limits(session.config.import_memory)
    with ProgressLine() as line:

        def watch(name: str, seconds: float) -> None:
            line.show(lambda: tr("reading {name}, {seconds:.0f} s", name=name, seconds=seconds))

        if path != "-":
            source = read_path(path, kind, limits, watch, encoding)
        else:
            from tui.cli.stdin import stdin_for_another_process

            try:
                descriptor = stdin_for_another_process()
            except OSError as error:
                raise UsageError(tr("stdin cannot be read: {error}", error=error.strerror)) from None
            try:
                source = read_descriptor(descriptor, "stdin", kind or "txt", limits, watch, encoding)
            finally:
                os.close(descriptor)
    for warning in source.warnings:
        say(f"{source.name}: {warning}")
    return source


def _mails(arguments: Arguments, session: Session, notify: Callable[[str], None]) -> Iterator[SourceText]:
    """The mails of a mailbox that the screen has not shown before. Raises: FollowUpError."""
    from store.capture.proposals.remembered_refusals import Remembered
    from store.capture.readers.read_mailbox import read_mailbox
    from store.capture.readers.text_refusals_and_warnings import other_language
    from store.capture.text_structure.detect_language import is_known_language
    from store.foreign_files.limits import Limits
    from store.paths import drafts_folder

    remembered = Remembered(drafts_folder(session.environment), session.path)
    seen = frozenset() if arguments.has("all") else remembered.seen_mails
    path = arguments.get("mailbox") or ""
    count = known = 0
    for mail in read_mailbox(path, Limits(session.config.import_memory), seen, notify):
        count += 1
        if mail.mark in seen:
            known += 1
            continue
        for warning in mail.warnings:
            notify(f"{mail.name}: {warning}")
        if arguments.has("lang") or is_known_language(mail.text):
            yield mail
        else:
            notify(printed(other_language(mail.name)))
    if known:
        notify(
            plural(
                "{n} mail of {path} was seen before: --all",
                "{n} mails of {path} were seen before: --all",
                known,
                path=visible(path),
            )
        )
    if not count:
        notify(tr("no mail in {path}", path=visible(path)))


def proposals_of(
    source: SourceText, arguments: Arguments, session: Session, snapshot: Snapshot | None, visit: Visit | None
) -> tuple[list[Proposal], str]:
    """The proposals of a text, matched to the store, and the day of the text. Raises: FollowUpError."""
    from store.capture.proposals.match_existing_commitments import ids_of, with_marks
    from store.capture.proposals.propose_commitments import propose
    from store.capture.proposals.remembered_refusals import Remembered
    from store.capture.readers.text_refusals_and_warnings import other_language
    from store.capture.text_structure.detect_language import is_known_language
    from store.paths import drafts_folder
    from store.rules.party_names import Directory

    if not arguments.has("lang") and not is_known_language(source.text):
        raise other_language(source.name)
    dated = _day_of(source, arguments, session, snapshot, visit)
    parties, lang = snapshot.parties if snapshot else Directory({}), arguments.get("lang")

    def watch(blocks: Sequence[Block]) -> Iterable[Block]:
        return with_progress(blocks, len(blocks))

    def read() -> list[Proposal]:
        return propose(source, parties, visit, dated, lang, watch=watch)

    # What programs read is no language.
    proposals = in_english(read) if arguments.has("json") else read()
    if arguments.has("dry-run") and visit and not visit.get("delegation") and any(map(_lacks_guest, proposals)):
        say(
            tr(
                '{visit} has no delegation, which says who "the delegation", "the Ministry" and the other side are: '
                "followup visit edit {visit} --delegation ...",
                visit=visit["slug"],
            )
        )
    if snapshot:
        remembered = Remembered(drafts_folder(session.environment), session.path)
        refused = remembered.refused_at(visit["slug"], ids_of(proposals)) if visit else ()
        proposals = with_marks(proposals, snapshot.commitments, visit, refused)
    return proposals, dated


def _lacks_guest(proposal: Proposal) -> bool:
    """Whether a proposal lacks a party that may be a guest, and the guests are unknown."""
    return proposal.is_offered and not (proposal.by and proposal.to) and not proposal.choices.guests


def _day_of(
    source: SourceText, arguments: Arguments, session: Session, snapshot: Snapshot | None, visit: Visit | None
) -> str:
    """The day of a text; how it is known goes to stderr. Raises: UsageError for an undated text."""
    dated = arguments.day("dated", snapshot.today if snapshot else session.clock.today(None))
    if dated is not None:
        return dated
    from store.capture.fields.date_of_text import day_of_text

    known = day_of_text(source, visit)
    if known is None:
        raise UsageError(
            tr("nothing in {name} says of which day it is: --dated DATE, from which its dates count", name=source.name)
        )
    dated, how = known
    say(tr("{name} is of {dated}: {how} (--dated for another day)", name=source.name, dated=said_day(dated), how=how))
    return dated


def _print_table(
    source: SourceText, proposals: Sequence[Proposal], session: Session, snapshot: Snapshot | None, *, is_alone: bool
) -> None:
    from store.capture.proposals.propose_commitments import by_rank
    from tui.render.capture_lines import proposal_lines
    from tui.render.party_words import short_name

    def shown(name: str) -> str:
        return short_name(snapshot.parties, name) if snapshot else name

    lines = proposal_lines(by_rank(proposals), shown, terminal_of(session))
    if lines and not is_alone:
        lines = [visible(source.name), *lines]
    write("".join(f"{line}\n" for line in lines))


def _size(source: SourceText) -> str:
    from store.capture.text_structure.blocks import blocks_of
    from store.capture.text_structure.sentences import sentences_of

    blocks = blocks_of(source.text)
    sentences = sum(len(list(sentences_of(block.words))) for block in blocks)
    pages = len(source.pages)
    first = plural("{n} page", "{n} pages", pages) if pages else plural("{n} paragraph", "{n} paragraphs", len(blocks))
    return f"{first}, {plural('{n} sentence', '{n} sentences', sentences)}"


def _take(
    arguments: Arguments,
    session: Session,
    source: SourceText,
    proposals: Sequence[Proposal],
    numbers: Sequence[int],
    visit: Visit | None,
    dated: str,
) -> int:
    """Enter the proposals with these numbers in one transaction. Raises: FollowUpError; Conflict for another text."""
    from store.capture.proposals.propose_commitments import hash_of
    from store.capture.proposals.take_proposal import take

    if arguments.get("text-hash") != hash_of(source, proposals):
        raise Conflict(
            tr(
                "the text or the proposals of {name} are not those with this --text-hash: "
                "look at them anew, with --json",
                name=source.name,
            )
        )
    assert visit is not None, "--take is refused without --visit"
    by_number = {each.n: each for each in proposals}
    chosen = []
    for number in dict.fromkeys(numbers):
        if number not in by_number:
            raise UsageError(tr("there is no proposal {number} in {name}", number=number, name=source.name))
        each = by_number[number]
        if each.known is not None:
            raise NotAllowed(
                tr(
                    "proposal {number} is commitment {known} already; nothing was taken",
                    number=number,
                    known=each.known,
                )
            )
        chosen.append(each)
    for field in ("by", "to"):
        lacking = [str(each.n) for each in chosen if not getattr(each, field)]
        if lacking and not arguments.has(field):
            raise UsageError(tr(_LACKING[field], proposals=", ".join(lacking)))

    def work(tx: Transaction) -> list[int]:
        return [_enter(tx, each, visit["slug"]) for each in chosen]

    def _enter(tx: Transaction, each: Proposal, slug: str) -> int:
        by, to = each.by or arguments.get_all("by") or (), each.to or arguments.get_all("to") or ()
        try:
            return take(tx, each, visit=slug, dated=dated, by=by, to=to)
        except FollowUpError as error:
            error.args = (tr("proposal {n}: {sentence}; nothing was taken", n=each.n, sentence=error.sentence),)
            error.sentence = str(error.args[0])
            raise

    taken, tx = session.database.change(work)
    session.forget_snapshot()
    try:
        write("".join(visible(f"{number} {each.title}") + "\n" for number, each in zip(taken, chosen, strict=True)))
    except Exception as error:
        error.add_note(SAVED)
        raise
    for warning in (*tx.warnings, *(f"{each.title}: {warning}" for each in chosen for warning in each.name_warnings)):
        say(visible(warning))
    return 0

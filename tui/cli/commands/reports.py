"""`sheet`, `report` and `digest`: write the meeting sheet, the donor report, and one person's tasks of today."""

from __future__ import annotations

from store.errors import NotFound, UsageError
from store.formats.document_export import choose_format, export_document
from store.reports.issuer_selection_and_marks import parse_mark
from store.rules.days import said_day
from store.sanitise_text import visible
from store.translation import language, plural, tr
from tui.cli.argument_values import understood_day
from tui.cli.arguments import refuse_together
from tui.cli.say_or_refuse_unknown_names import say_unknown_names
from tui.cli.stdout import is_terminal, refuse_output, terminal_of, write_lines, write_output
from tui.render.document_lines import document_lines, document_text, printed_lines, printed_text
from tui.session import TODAY_VARIABLE
from tui.stderr import is_watched, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.reports.document import Document
    from store.snapshot import Snapshot
    from tui.cli.arguments import Arguments
    from tui.session import Session


def sheet(arguments: Arguments, session: Session) -> int:
    """`sheet`: write the meeting sheet, what each party owes and is owed. Raises: FollowUpError."""
    from store.reports.meeting_sheet import meeting_sheet

    format_ = _format(arguments)
    snapshot, query = session.snapshot(), session.query_in(arguments.get("only"))
    snapshot.expect("commitments", "due", *(["notes"] if arguments.has("internal") else ()))
    document = meeting_sheet(
        snapshot,
        _parties(arguments, snapshot),
        since=_day(arguments, "since", snapshot.today),
        until=_day(arguments, "until", snapshot.today),
        query=query,
        language=arguments.get("lang") or language(),
        marks=parse_mark(arguments.get("mark")),
        is_internal=arguments.has("internal"),
        has_decisions=arguments.has("decisions"),
        meeting=arguments.get("meeting") or "",
        place=arguments.get("place") or "",
        on=_day(arguments, "on", snapshot.today),
        is_until_a_day=_names_a_day(arguments.get("until"), snapshot.today),
    )
    say_unknown_names(query, snapshot)
    return _write_document(arguments, session, document, format_, tr("the meeting sheet"))


def report(arguments: Arguments, session: Session) -> int:
    """`report`: write the donor report on a quarter or another period. Raises: FollowUpError."""
    from store.reports.donor_report import donor_report
    from store.reports.read_introduction import read_introduction_file

    refuse_together(arguments, "quarter", "from")
    refuse_together(arguments, "quarter", "to")
    format_ = _format(arguments)
    snapshot, query = session.snapshot(), session.query_in(arguments.get("only"))
    snapshot.expect("commitments", "events", *(["notes"] if arguments.has("internal") else ()))
    first, last = _period(arguments, snapshot)
    intro = arguments.get("intro")
    document = donor_report(
        snapshot,
        first=first,
        last=last,
        donor=arguments.get("donor"),
        query=query,
        language=arguments.get("lang") or language(),
        marks=parse_mark(arguments.get("mark")),
        is_internal=arguments.has("internal"),
        introduction=read_introduction_file(intro) if intro is not None else (),
    )
    say_unknown_names(query, snapshot)
    code = _write_document(arguments, session, document, format_, tr("the report"))
    is_seen = arguments.has("output") or is_terminal()
    if is_seen and not any(arguments.has(name) for name in ("quarter", "from")):
        say(
            tr(
                "it is on the last quarter that has ended, {first} to {last}: another period is "
                "--quarter QUARTER (as this quarter), or --from DATE --to DATE",
                first=said_day(first),
                last=said_day(last),
            )
        )
    return code


_DIGEST_FORMATS = {"txt": "text", "text": "text", "html": "html", "htm": "html", "eml": "mail"}
"""Extension of a file -> the format of the digest in it."""


def digest(arguments: Arguments, session: Session) -> int:
    """`digest`: write what one person needs this morning; nothing when there is nothing. Raises: FollowUpError."""
    from store.reports.digest import digest as build
    from store.reports.digest import is_in_store, names_of_person
    from store.users_and_groups import without_sudo

    format_ = choose_format(arguments.get("format"), arguments.get("output"), _DIGEST_FORMATS)
    refuse_output(arguments, is_binary=False)
    asked_for = arguments.get("for")
    if asked_for is not None and not asked_for.strip():
        raise UsageError(tr("--for is empty: name a person or a party"))
    snapshot, query = session.snapshot(), session.query(arguments.words)
    snapshot.expect("commitments", "events")
    login = without_sudo(session.actor)
    recipient = asked_for or login
    names = names_of_person(recipient) if asked_for else session.me
    if asked_for and not is_in_store(snapshot, names):
        names = [_party_meant(name, snapshot) for name in names]
    document = build(
        snapshot,
        names,
        whose=names[0] if asked_for or session.config.me else login,
        query=query,
        language=arguments.get("lang") or language(),
        marks=parse_mark(arguments.get("mark")),
    )
    say_unknown_names(query, snapshot)
    if format_ == "mail":
        from store.formats.mail_message import parse_address, render_mail

        # A wrong address is refused also on a morning with nothing to say.
        to, sender = parse_address(recipient), parse_address(login)
    if document is None:
        # Cron mails whatever is said: without a name to correct, it is said only to somebody who looks.
        if (asked_for or is_watched()) and snapshot.commitments and not is_in_store(snapshot, names):
            whose = [tr('"{name}"', name=visible(name)) for name in ([recipient] if asked_for else names)]
            say(
                plural(
                    "nothing here is owned, owed or awaited by {whose}: name another one with --for NAME",
                    "nothing here is owned, owed or awaited by {whose}: name another one with --for NAME",
                    len(whose),
                    whose=", ".join(whose),
                )
            )
        elif session.another_day() == TODAY_VARIABLE:
            say(
                tr(
                    "nothing on {day}, which {variable} sets, and not today",
                    day=said_day(snapshot.today),
                    variable=TODAY_VARIABLE,
                )
            )
        return 0
    if format_ != "mail":
        return _write_document(arguments, session, document, format_, tr("the digest"))
    data = render_mail(document, text=document_text(document), to=to, sender=sender, at=session.clock.now())
    return write_output(arguments, session, data, tr("the digest"))


def _party_meant(name: str, snapshot: Snapshot) -> str:
    """The full name of the party that begins with these words, and a message on it; any other name unchanged."""
    from store.rules.party_names import Match, match_name

    match = match_name(snapshot.parties, name)
    if match.kind != Match.FIRST_WORDS:
        return name
    say(tr('"{name}" is {party}', name=visible(name), party=visible(match.names[0])))
    return match.names[0]


def _format(arguments: Arguments) -> str:
    """The format of the document, by --format or the name of the file. Raises: UsageError."""
    name = choose_format(arguments.get("format"), arguments.get("output"))
    refuse_output(arguments, is_binary=name == "docx")
    return name


def _parties(arguments: Arguments, snapshot: Snapshot) -> list[str]:
    """The names of parties: the words, or all of them as one name if there is such a party.

    Raises: NotFound for a visit.
    """
    words = list(arguments.words)
    whole = " ".join(words)
    if len(words) > 1 and snapshot.parties.find(whole):
        return [whole]
    for word in words:
        visits = [slug for slug in snapshot.visits if word == slug or slug.startswith(f"{word.lower()}-")]
        if visits and snapshot.parties.find(word) is None:
            from tui.cli.shell_quoting import quoted_for_shell

            sentence = tr("{word} is a visit, and the words are parties", word=visible(word))
            raise NotFound(f"{sentence}: followup sheet --only visit:{quoted_for_shell(word)}")
    return words


def _period(arguments: Arguments, snapshot: Snapshot) -> tuple[str, str]:
    """The first and last ISO day of the report. Raises: UsageError, DateRefused."""
    first = arguments.get("from")
    if first is None and not arguments.has("to"):
        from store.reports.report_period import parse_quarter

        return parse_quarter(arguments.get("quarter"), snapshot.today)
    if first is None or not arguments.has("to"):
        raise UsageError(tr("a period needs both days: --from DATE --to DATE"))
    from store.rules.dates.parse_date import parse_date
    from store.rules.days import Direction

    begin = parse_date(first, snapshot.today, Direction.BACK)
    if begin.start is None:
        raise UsageError(tr("--from needs a day"))
    for sentence in understood_day(arguments, "from", begin.start, snapshot.today):
        say(sentence)
    return begin.start, _day(arguments, "to", snapshot.today, since=begin.start) or begin.start


def _names_a_day(typed: str | None, today: str) -> bool:
    from store.rules.dates.parse_date import is_a_day

    return is_a_day(typed, today)


def _day(arguments: Arguments, name: str, today: str, *, since: str | None = None) -> str | None:
    """The ISO day of an option, as `Arguments.day`; prints how words were understood."""
    day = arguments.day(name, today, since=since)
    for sentence in understood_day(arguments, name, day, today):
        say(sentence)
    return day


def _write_document(arguments: Arguments, session: Session, document: Document, format_: str, what: str) -> int:
    """Print a text on the terminal with its styles, or write the file. Returns the exit code."""
    if format_ == "text" and arguments.get("output") in (None, "-"):
        terminal = terminal_of(session)
        lines = document_lines(document, terminal) if is_terminal() else printed_lines(document, terminal)
        write_lines(map(terminal.painted_line, lines))
        return 0
    data = export_document(document, format_, session.snapshot().today, as_text=printed_text)
    return write_output(arguments, session, data, what)

"""The commands that change a store: each turns what was typed into a call of an operation and an answer."""

from store import operations
from store.errors import FollowUpError, NotAllowed, UsageError
from store.text import visible
from tui.cli.arguments import Arguments, whole_number
from tui.cli.diagnostics import say
from tui.cli.output import AnswerLost, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.database import Transaction
    from store.dates import Deadline
    from store.documents import Event
    from tui.cli.session import Session


class Answer:
    """What a change says: `lines` for stdout, `hints` for stderr, and the commitments that it is about."""

    __slots__ = ("hints", "lines", "numbers")

    def __init__(self, lines: "Sequence[str]", numbers: "Sequence[int]" = (), hints: "Sequence[str]" = ()) -> None:
        self.lines = list(lines)
        self.numbers = list(numbers)
        self.hints = list(hints)


def change(arguments: Arguments, session: "Session") -> int:
    """Do a changing command in a transaction of its own, then answer. Returns the exit code."""
    if arguments.command.name == "undo" and arguments.has("list"):
        return _list_undoable(session)
    prepare(arguments, session)
    with session.database.transaction() as tx:
        answer = apply(arguments, tx)
    session.forget_ledger()
    try:
        if arguments.has("json"):
            write(_as_json(arguments, answer, session))
        else:
            write("".join(f"{line}\n" for line in answer.lines))
    except AnswerLost as error:
        say(f"saved, but the answer could not be written: {error}")
        return 1
    for sentence in (*tx.warnings, *answer.hints):
        say(sentence)
    return 0


def _as_json(arguments: Arguments, answer: Answer, session: "Session") -> str:
    import json

    from store.views import commitment_view

    ledger = session.ledger()
    if not answer.numbers:
        document: object = {"answer": answer.lines, "store_revision": ledger.revision}
    else:
        views = [commitment_view(ledger.row(number), ledger) for number in answer.numbers]
        document = views if len(answer.numbers) > 1 or _may_be_many(arguments) else views[0]
    return json.dumps(document) + "\n"


def _may_be_many(arguments: Arguments) -> bool:
    """Whether several IDs were typed: a range that holds one commitment still answers with an array."""
    ids = [word for word in arguments.words if word.lstrip("#")[:1].isdigit()]
    return any(often == "+" and name == "ID" for name, often in arguments.command.words) and (
        len(ids) > 1 or any("-" in word for word in ids)
    )


def prepare(arguments: Arguments, session: "Session") -> None:
    """What must be asked or read before the store is locked: stdin for `-`, a yes, a store to be made."""
    import sys

    command = arguments.command.name
    if command in ("note", "reason") and arguments.words[1:] == ["-"]:
        raw = sys.stdin.buffer.read() if sys.stdin else b""
        arguments.words[1:] = [raw.decode("utf-8", "backslashreplace")]
    if command == "redact" and not arguments.has("yes"):
        _ask_for_yes(arguments)
    if command == "visit add" and session.is_own_default and session.database.stamp() is None:
        from store.upkeep import make_private

        make_private(session.database, {})
        say(f"made a store at {session.path}")


def _ask_for_yes(arguments: Arguments) -> None:
    import sys

    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError("redact cannot be undone: without a terminal it needs --yes")
    number, passage = arguments.words[0], visible(arguments.one("passage") or "")
    say(f'take "{passage}" out of commitment {number}, its history and the automatic copies, for good? yes/no')
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise NotAllowed("nothing was redacted")


def apply(arguments: Arguments, tx: "Transaction") -> Answer:
    """Do a changing command in a transaction. Raises: FollowUpError; Conflict when --expect-rev does not hold."""
    handler: Callable[[Arguments, Transaction], Answer] = globals()[arguments.command.place.partition(":")[2]]
    tx.set_day(_day_option(arguments, "on", tx.today))
    expected = arguments.number("expect-rev", 1)
    if expected is None:
        return handler(arguments, tx)
    numbers = _ids(arguments, tx) if arguments.command.words[:1] in ((("ID", "1"),), (("ID", "+"),)) else []
    if len(numbers) != 1:
        raise UsageError("--expect-rev goes with one commitment")
    current = tx.commitment(numbers[0])["revision"]
    try:
        answer = handler(arguments, tx)
    except FollowUpError:
        operations.expect_revision(tx, numbers[0], expected, current)
        raise
    operations.expect_revision(tx, numbers[0], expected, current)
    return answer


# What was typed, as values.


def _day(text: str, today: str) -> str:
    from store.dates import understand_day

    return understand_day(text, today)


def _day_option(arguments: Arguments, name: str, today: str) -> str | None:
    text = arguments.one(name)
    return None if text is None else _day(text, today)


def _id(word: str) -> int:
    return whole_number(word.removeprefix("#"), "ID", 1)


def _ids(arguments: Arguments, tx: "Transaction") -> list[int]:
    """The commitments named by IDs and ranges; the words after them are left out.

    Raises: NotFound for an ID that is not there, or a range in which none is.
    """
    from store.operations.adding import existing

    is_list = arguments.command.words[0] == ("ID", "+")
    rest = sum(often == "1" for _, often in arguments.command.words[1:])
    words = arguments.words[: len(arguments.words) - rest] if is_list else arguments.words[:1]
    numbers: list[int] = []
    for word in words:
        first, dash, last = word.removeprefix("#").partition("-")
        if dash and is_list:
            numbers += existing(tx, _id(first), _id(last))
        else:
            numbers.append(tx.commitment(_id(word))["id"])
    return list(dict.fromkeys(numbers))


def _rest(arguments: Arguments) -> str:
    return " ".join(arguments.words[1:])


def _date(deadline: "Deadline", words: str | None) -> operations.Date:
    return operations.Date(deadline.day, deadline.precision, words if words is not None else deadline.words)


def _date_hints(typed: str, deadline: "Deadline", today: str) -> list[str]:
    """What was understood, when it does not stand there letter by letter, and whether it is past."""
    from store.dates import in_words

    if deadline.day is None:
        return []
    hints = []
    if typed != deadline.day:
        hints.append(f'"{visible(typed)}" is understood as {in_words(deadline.day)} ({deadline.precision})')
    if deadline.day < today:
        hints.append(f"{deadline.day} is past: today is {today}")
    return hints


# Visits.


def visit_add(arguments: Arguments, tx: "Transaction") -> Answer:
    """`visit add`."""
    place, start = arguments.one("place"), _day_option(arguments, "from", tx.today)
    if place is None or start is None:
        raise UsageError("a visit needs --place PLACE and --from DATE")
    slug = operations.add_visit(
        tx,
        " ".join(arguments.words),
        place=place,
        start=start,
        end=_day_option(arguments, "to", tx.today),
        slug=arguments.one("slug"),
        hosts=arguments.many("host") or (),
        delegation=arguments.one("delegation"),
        programme=arguments.one("programme"),
        donor=arguments.one("donor"),
    )
    return Answer([slug])


def visit_edit(arguments: Arguments, tx: "Transaction") -> Answer:
    """`visit edit`."""
    texts = {name: arguments.one(name) for name in ("title", "place", "delegation", "programme", "donor")}
    others = [name for name in ("from", "to", "slug", "host") if arguments.has(name)]
    if not others and all(text is None for text in texts.values()):
        raise UsageError("say what to change: followup visit edit --help shows the fields")
    slug = arguments.words[0]
    is_changed = operations.edit_visit(
        tx,
        slug,
        start=_day_option(arguments, "from", tx.today),
        end=_day_option(arguments, "to", tx.today),
        new_slug=arguments.one("slug"),
        hosts=arguments.many("host"),
        **texts,
    )
    return Answer([f"{arguments.one('slug') or tx.visit(slug)['slug']} {_changed(is_changed)}"])


def _changed(is_changed: bool) -> str:
    return "changed" if is_changed else "is so already"


def visit_remove(arguments: Arguments, tx: "Transaction") -> Answer:
    """`visit remove`."""
    operations.remove_visit(tx, arguments.words[0])
    return Answer([f"{arguments.words[0]} removed"])


# Commitments.


def add(arguments: Arguments, tx: "Transaction") -> Answer:
    """`add`, one commitment or one for each period."""
    from store.dates import understand

    missing = [f"--{name}" for name in ("visit", "by", "to") if not arguments.has(name)]
    if missing:
        raise UsageError(f"a commitment needs {', '.join(missing)}: followup add --help shows how")
    typed, words = arguments.one("due"), arguments.one("words")
    deadline = understand(typed, tx.today) if typed is not None else None
    first = _date(deadline, words) if deadline else operations.Date(None, None, words)
    dates = [first]
    if arguments.has("every") or arguments.has("until"):
        every, until = arguments.one("every"), _day_option(arguments, "until", tx.today)
        if every is None or until is None or first.day is None:
            raise UsageError("--every needs the first date (--due DATE) and the last one (--until DATE)")
        dates = list(operations.periods(first, every, until))
    numbers = [
        operations.add(
            tx,
            " ".join(arguments.words),
            visit=arguments.one("visit") or "",
            by=arguments.many("by") or (),
            to=arguments.many("to") or (),
            via=arguments.one("via"),
            support=arguments.many("support") or (),
            kind=arguments.one("kind"),
            state=arguments.one("state") or "proposed",
            date=date,
            owner=arguments.one("owner"),
            quote=arguments.one("quote"),
            source=arguments.one("source"),
            seats=arguments.number("seats", 1),
            after=_optional_id(arguments, "after"),
        )
        for date in dates
    ]
    hints = _date_hints(typed, deadline, tx.today) if typed is not None and deadline else []
    return Answer([str(number) for number in numbers], numbers, hints)


def _optional_id(arguments: Arguments, name: str) -> int | None:
    word = arguments.one(name)
    return None if word is None else whole_number(word.removeprefix("#"), f"--{name}", 1)


_EDITED = ("title", "visit", "via", "kind", "owner", "quote", "source", "words")
_CLEARED = ("via", "support", "quote", "source", "words", "after")


def edit(arguments: Arguments, tx: "Transaction") -> Answer:
    """`edit`."""
    number = _id(arguments.words[0])
    given = [name for name in (*_EDITED, "by", "to", "support", "after") if arguments.has(name)]
    if not given:
        raise UsageError("say what to change: followup edit --help shows the fields")
    clear = [name for name in _CLEARED if arguments.many(name) == ["none"]]
    texts = {name: arguments.one(name) for name in _EDITED if name in given and name not in clear}
    lists = {name: arguments.many(name) for name in ("by", "to", "support") if name in given and name not in clear}
    after = None if "after" in clear else _optional_id(arguments, "after")
    is_changed = operations.edit(tx, number, **texts, **lists, after=after, clear=clear)  # type: ignore[arg-type]
    return Answer([f"{number} {_changed(is_changed)}"], [number])


def mark(arguments: Arguments, tx: "Transaction") -> Answer:
    """`mark`."""
    from store.text import did_you_mean

    state = arguments.words[-1].lower()
    if state not in operations.STATE_WORDS:
        known = list(operations.STATE_WORDS)
        raise UsageError(
            f'"{visible(state)}" is not a state{did_you_mean(state, known) or ": it is one of " + ", ".join(known)}'
        )
    on = _day_option(arguments, "on", tx.today)
    lines, hints = [], []
    numbers = _ids(arguments, tx)
    for number in numbers:
        tx.set_day(on)
        marked = operations.mark(
            tx,
            number,
            state,
            on=on,
            note=arguments.one("note"),
            said_by=arguments.many("said-by") or (),
            evidence=arguments.one("evidence"),
            because=arguments.one("because"),
            agreed_by=arguments.one("agreed-by"),
            by_id=_optional_id(arguments, "by-id"),
        )
        lines.append(_marked_line(number, marked, tx, arguments.has("note")))
        hints += _late_hint(number, marked, tx)
    return Answer(lines, numbers, hints)


def _marked_line(number: int, marked: operations.Marked, tx: "Transaction", has_note: bool) -> str:
    if marked.returned_by:
        names = ", ".join(visible(tx.parties.shown(name)) for name in marked.returned_by)
        return f"{number} {marked.before} -> {marked.after} (returned by {names})"
    if marked.before != marked.after:
        return f"{number} {marked.before} -> {marked.after}"
    if not marked.is_changed:
        return f"{number} is {marked.after} already"
    return f"{number} is {marked.after} already; {'the note is kept' if has_note else 'what was said of it is changed'}"


def _late_hint(number: int, marked: operations.Marked, tx: "Transaction") -> list[str]:
    from store.deadlines import days_between

    commitment = tx.commitment(number)
    reported, due = commitment.get("reported"), commitment.get("due")
    if marked.after != "reported" or not marked.is_changed or reported is None or due is None:
        return []
    if reported["on"] <= due or "miss_reason" in commitment:
        return []
    late = days_between(due, reported["on"])
    return [
        f"{number} was done {late} {'day' if late == 1 else 'days'} late: say why with followup reason {number} TEXT"
    ]


def due(arguments: Arguments, tx: "Transaction") -> Answer:
    """`due`."""
    from store.dates import understand

    number, typed = _id(arguments.words[0]), _rest(arguments)
    before = tx.commitment(number).get("due") or "none"
    deadline = understand(typed, tx.today)
    became = operations.set_due(
        tx,
        number,
        _date(deadline, arguments.one("words")),
        reason=arguments.one("reason"),
        asked_by=arguments.one("asked-by"),
        agreed_by=arguments.one("agreed-by"),
        is_correction=arguments.has("correct"),
    )
    after = deadline.day or "none"
    if became == "same":
        line = f"{number} is due {after} already" if deadline.day else f"{number} has no date already"
    elif became == "words":
        line = f"{number} is due {after} already; its words are changed"
    else:
        line = f"{number} due {before} -> {after}{_became(became, number, tx)}"
    return Answer([line], [number], _date_hints(typed, deadline, tx.today))


def _became(became: str, number: int, tx: "Transaction") -> str:
    if became == "extension":
        extensions = sum(change["extension"] for change in tx.commitment(number).get("due_changes", []))
        return f" (extension {extensions})"
    return f" ({became})" if became in ("earlier", "correction") else ""


def reason(arguments: Arguments, tx: "Transaction") -> Answer:
    """`reason`."""
    number = _id(arguments.words[0])
    is_changed = operations.set_miss_reason(tx, number, _rest(arguments))
    return Answer([f"{number} reason kept" if is_changed else f"{number} has that reason already"], [number])


def chase(arguments: Arguments, tx: "Transaction") -> Answer:
    """`chase`."""
    from store.dates import shift

    again = _day_option(arguments, "again", tx.today) or shift(tx.today, days=14)
    numbers = _ids(arguments, tx)
    for number in numbers:
        operations.chase(tx, number, again=again, note=arguments.one("note"))
    return Answer([f"{number} chased, look again on {again}" for number in numbers], numbers)


def note(arguments: Arguments, tx: "Transaction") -> Answer:
    """`note`."""
    number = _id(arguments.words[0])
    operations.note(tx, number, _rest(arguments))
    return Answer([f"{number} noted"], [number])


def seats(arguments: Arguments, tx: "Transaction") -> Answer:
    """`seats`."""
    names = ("wanted", "nominated", "acknowledged", "letter", "endorsed")
    if not any(arguments.has(name) for name in names):
        raise UsageError("say what to count: followup seats --help shows the options")
    number = _id(arguments.words[0])
    is_unknown = arguments.one("wanted") == "unknown"
    is_changed = operations.set_seats(
        tx,
        number,
        wanted=None if is_unknown else arguments.number("wanted"),
        is_wanted_unknown=is_unknown,
        nominated=arguments.number("nominated"),
        acknowledged=arguments.number("acknowledged"),
        letter=arguments.one("letter"),
        endorsed=_day_option(arguments, "endorsed", tx.today),
    )
    counted = tx.commitment(number).get("seats", {})
    line = (
        f"{number} seats: wanted {counted.get('wanted', 'unknown')}, nominated {counted.get('nominated', 0)}, "
        f"acknowledged {counted.get('acknowledged', 0)}"
    )
    return Answer([line if is_changed else f"{line} (already so)"], [number])


def remove(arguments: Arguments, tx: "Transaction") -> Answer:
    """`remove`."""
    number = _id(arguments.words[0])
    operations.remove(tx, number, arguments.one("reason"))
    return Answer([f"{number} removed"])


# Parties.


def party_edit(arguments: Arguments, tx: "Transaction") -> Answer:
    """`party edit`."""
    if not any(arguments.has(name) for name in ("name", "short", "ru", "alias")):
        raise UsageError("say what to change: followup party edit --help shows the fields")
    party = operations.edit_party(
        tx,
        arguments.words[0],
        new_name=arguments.one("name"),
        short=arguments.one("short"),
        ru=arguments.one("ru"),
        aliases=arguments.many("alias") or (),
    )
    return Answer([f"{visible(party['name'])} changed"])


def party_merge(arguments: Arguments, tx: "Transaction") -> Answer:
    """`party merge`."""
    old, new = arguments.words
    party = operations.merge_parties(tx, old, new)
    return Answer([f"{visible(old)} is now {visible(party['name'])}"])


# Back and forth.


def _list_undoable(session: "Session") -> int:
    from tui.cli.telling import told_change

    changes = list(operations.undoable(session.ledger(), session.actor))
    if not changes:
        say("there is no change of yours to take back")
    write("".join(f"{told_change(events)}\n" for events in changes))
    return 0


def undo(arguments: Arguments, tx: "Transaction") -> Answer:
    """`undo`."""
    change = whole_number(arguments.words[0], "CHANGE", 1) if arguments.words else None
    return _told("taken back", operations.undo(tx, change), tx)


def redo(arguments: Arguments, tx: "Transaction") -> Answer:
    """`redo`."""
    return _told("brought back", operations.redo(tx), tx)


def _told(what: str, events: "Sequence[Event]", tx: "Transaction") -> Answer:
    from tui.cli.telling import told_change

    numbers = dict.fromkeys(event["id"] for event in events if "id" in event)
    there = [number for number in numbers if tx.record("commitments", number) is not None]
    return Answer([f"{what}: {told_change(events)}"], there)


def redact(arguments: Arguments, tx: "Transaction") -> Answer:
    """`redact`."""
    passage = arguments.one("passage")
    if passage is None:
        raise UsageError("say which passage: --passage TEXT")
    number = _id(arguments.words[0])
    found = operations.redact(tx, number, passage)
    hint = "backups made by hand, and stores replaced by restore, still hold it"
    return Answer([f"{number} redacted in {found} {'record' if found == 1 else 'records'}"], [], [hint])

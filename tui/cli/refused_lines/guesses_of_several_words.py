"""What to type for guesses of several words: `set 6 due 1 May`, `rename UNODC "UN Office"`, `archive lyon-2022`.

Read only where a command line is refused. Each proposal is made of the words that were typed.
"""

from __future__ import annotations

from store.translation import tr, tr_in
from tui.cli.command_aliases import LIST_WORDS
from tui.cli.looks_like_a_date import is_date, length_of_date
from tui.cli.refused_lines.field_lines import line_of_field, lines_assigned
from tui.cli.shell_quoting import quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SMALL_WORDS = (
    "the",
    "of",
    "to",
    "for",
    "with",
    "into",
    "as",
    "=",
    "->",
    "commitment",
    "promise",
    "me",
    "number",
    "no",
)

PUT_AWAY = ("hide", "park", "pause", "hold", "wait", "snooze", "later", "suspend")
"""Words that put something out of sight until a day."""

LATE_WORDS = ("late", "overdue", "delayed", "delay", "missed", "miss", "slipped")
"""Words that say of a commitment that it is late, which is no state: its date says it."""


def why_late(number: str, behind: Sequence[str]) -> str:
    """What to type for a late commitment: why, and until when it is put off."""
    length = length_of_date(behind)
    words = behind[length:]
    text = (
        quoted_for_shell(" ".join(words[1:] if words and words[0].lower() == "because" else words))
        if words
        else tr_in("placeholder", "TEXT")
    )
    day = text_in_shell(" ".join(behind[:length])) or tr_in("placeholder", "DATE")
    return tr(
        "followup reason {number} {text} says why it is late, followup due {number} {day} --reason {text} puts it off",
        number=number,
        text=text,
        day=day,
    )


def line_meant(typed: Sequence[str]) -> str:
    """What to type for a guess of several words; empty for none."""
    word, found = typed[0].lower(), _GUESSES.get(typed[0].lower())
    is_read_whole = found in (_late, _chased, _asked, _dated, _moved, _progressed)
    rest = list(typed[1:]) if is_read_whole else _without_small_words(typed[1:])
    return found(word, rest) if found is not None and rest else ""


def _without_small_words(words: Sequence[str]) -> list[str]:
    """Drop `the`, `of`, `to` before the first three significant words: a text behind them stays whole."""
    kept: list[str] = []
    for word in words:
        if len(kept) > 2 or word.lower() not in _SMALL_WORDS:
            kept.append(word)
    return kept


def _number_first(rest: Sequence[str]) -> tuple[str, list[str]]:
    """Split the first number of a commitment off words; an empty one where there is none."""
    for at, word in enumerate(rest[:2]):
        if _is_id(word):
            return word.removeprefix("#"), [*rest[:at], *rest[at + 1 :]]
    return "", list(rest)


def _is_id(word: str) -> bool:
    return word.removeprefix("#").isdecimal()


def _field_changed(word: str, rest: Sequence[str]) -> str:
    """`set 6 due 1 May`, `change due 6 1 May`, `correct 6 1 May`."""
    number, others = _number_first(rest)
    if not number or not others:
        return ""
    if lines := lines_assigned(number, others):
        return lines
    is_correction = word in ("correct", "fix")
    line = line_of_field(number, others[0], others[1:], is_correction=is_correction)
    return line or (line_of_field(number, "due", others, is_correction=is_correction) if is_date(others) else "")


def _text_or_place(words: Sequence[str]) -> str:
    """Quote a text for a shell, TEXT in the place of an empty one."""
    return quoted_for_shell(" ".join(words)) if any(words) else tr_in("placeholder", "TEXT")


def _renamed(_: str, rest: Sequence[str]) -> str:
    first, text = quoted_for_shell(rest[0]), _text_or_place(rest[1:])
    if len(rest) < 2:
        return ""
    if rest[0].lower() in ("visit", "party") and len(rest) > 2:
        option = "--title" if rest[0].lower() == "visit" else "--name"
        name, text = quoted_for_shell(rest[1]), _text_or_place(rest[2:])
        return f"followup {rest[0].lower()} edit {name} {option} {text}"
    if _is_id(rest[0]):
        return f"followup edit {rest[0].removeprefix('#')} --title {text}"
    if is_slug_like(rest[0]):
        return tr("followup visit edit {first} --title {text} (--slug for its short name)", first=first, text=text)
    return f"followup party edit {first} --name {text}"


def is_slug_like(word: str) -> bool:
    """Whether a word looks like the short name of a visit, as lyon-2022."""
    return "-" in word and word[-1].isdigit() and not _is_id(word.replace("-", "")) and not is_date([word])


def _put_away(_: str, rest: Sequence[str]) -> str:
    number, others = _number_first(rest)
    if not number:
        return tr(
            "followup visit aside {slug} (--until DATE; visit back brings it back)", slug=quoted_for_shell(rest[-1])
        )
    others = [each for each in others if each.lower() not in ("until", "till")]
    is_length = bool(others) and others[0][:1].isdigit() and is_date([f"+{' '.join(others)}"])
    again = text_in_shell(" ".join(others))
    again = again if is_date(others) else f"+{again}" if is_length else "+2w"
    return tr(
        "followup chase {number} --again {again} (it comes up again then, and counts as chased; the due date stays)",
        number=number,
        again=again,
    )


def _archived(word: str, rest: Sequence[str]) -> str:
    return "" if _is_id(rest[0]) else _put_away(word, rest)


def _copied(_: str, rest: Sequence[str]) -> str:
    return (
        tr("followup add TITLE --like {number} (with its visit, parties, kind)", number=rest[0].removeprefix("#"))
        if _is_id(rest[0])
        else ""
    )


def _merged(_: str, rest: Sequence[str]) -> str:
    numbers = [each.removeprefix("#") for each in rest if _is_id(each)]
    if len(numbers) != 2:
        return ""
    old, new = numbers
    return tr(
        "followup close {old} --because superseded --by-id {new} (closes {old} in favour of {new})", old=old, new=new
    )


def _linked(_: str, rest: Sequence[str]) -> str:
    numbers = [each.removeprefix("#") for each in rest if _is_id(each)]
    return (
        tr(
            "followup edit {number} --after {first} ({number} then waits for {first})",
            number=numbers[0],
            first=numbers[1],
        )
        if len(numbers) == 2
        else ""
    )


def _seats_counted(_: str, rest: Sequence[str]) -> str:
    return f"followup seats {rest[0].removeprefix('#')} {counted}" if (counted := seats_said(rest)) else ""


def _progressed(_: str, rest: Sequence[str]) -> str:
    """`progress 1 "1 of 2"`, `progress 5 half of it is written`, `progress 5`."""
    number, others = _number_first(rest)
    if not number:
        return ""
    if not others:
        return tr(
            "followup start {number} says that it was begun, followup note {number} TEXT how far it is", number=number
        )
    counted = seats_said([number, *others])
    return (
        f"followup seats {number} {counted}" if counted else f"followup note {number} {text_in_shell(' '.join(others))}"
    )


def seats_said(words: Sequence[str]) -> str:
    """Parse words behind `seats` to options, as `2 3 officers by letter NV-123`; empty where they give no number."""
    words = [part for word in words for part in word.replace("/", " of ", word[:1].isdigit()).split()]
    numbers = [at for at, word in enumerate(words) if _is_id(word)]
    if numbers[:1] != [0] or len(numbers) < 2 or words[1].lower() == "of":
        return ""
    first, *others = numbers[1:]
    beside = {word.lower() for word in words[first - 1 : first + 2]}
    option = next((name for name in ("wanted", "acknowledged") if name in beside), "nominated")
    said, end = f"--{option} {words[first]}", first + 1
    if words[end : end + 1] and words[end].lower() in ("of", "from", "out") and others:
        # `1 of 2`: one was nominated of the two that are wanted.
        said, end = f"{said} --wanted {words[others[0]]}", others[0] + 1
    letter = next((words[at + 1 :] for at, word in enumerate(words) if word.lower() in ("letter", "ref", "ref.")), ())
    if not letter and end < len(words) and any(map(str.isdigit, words[-1])) and not _is_id(words[-1]):
        letter = words[-1:]
    return f"{said} --letter {quoted_for_shell(' '.join(letter))}" if letter else said


def _letter(_: str, rest: Sequence[str]) -> str:
    number, others = _number_first(rest)
    if not number or not others:
        return tr("followup find {text} looks for it", text=" ".join(map(quoted_for_shell, rest)))
    return f"followup seats {number} --letter {quoted_for_shell(' '.join(others))}"


def _late(_: str, rest: Sequence[str]) -> str:
    return why_late(rest[0].removeprefix("#"), rest[1:]) if _is_id(rest[0]) else ""


def _chased(_: str, rest: Sequence[str]) -> str:
    """`remind 5 on Monday`, `called 5 the assistant`."""
    number, others = _number_first([word for word in rest if word.lower() not in ("me", "about", "up")])
    if not number or not others:
        return ""
    option = "--again" if is_date(others) else "--note"
    text = (text_in_shell if option == "--again" else quoted_for_shell)(" ".join(others))
    return tr(
        "followup chase {number} {option} {text} (somebody was chased; followup list chase lists whom to chase)",
        number=number,
        option=option,
        text=text,
    )


def _asked(word: str, rest: Sequence[str]) -> str:
    """`what is late`, `who owes INTERPOL`, `what does MIA owe`."""
    names = [each for each in rest if each.isupper() and len(each) > 1]
    if {"owe", "owes", "promise", "promised", "promises"} & {each.lower() for each in rest}:
        field = "to" if word in ("who", "whom") else "by"
        return (
            f"followup list {field}:{quoted_for_shell(names[0])}"
            if names
            else tr("followup parties shows what each owes")
        )
    if numbers := [each.removeprefix("#") for each in rest if _is_id(each)]:
        return (
            tr("followup show {number} says where it stands, and whose turn it is", number=numbers[0])
            if len(numbers) == 1
            else ""
        )
    if word == "how" and rest[0].lower() == "many":
        return tr("followup status counts them")
    query = next((each.lower() for each in rest if each.lower() in LIST_WORDS), "")
    return f"followup {query}" if query else ""


def _named(option: str) -> Callable[[str, Sequence[str]], str]:
    def line(_: str, rest: Sequence[str]) -> str:
        if len(rest) < 2:
            return ""
        return f"followup party edit {quoted_for_shell(rest[0])} {option} {quoted_for_shell(' '.join(rest[1:]))}"

    return line


_OF_DATE = ("back", "deadline", "date", "due", "the", "of", "for", "to", "is", "until", "till", "=", "->", "forward")
"""Words about a date that change nothing."""


def _number_then(rest: Sequence[str]) -> tuple[str, list[str]]:
    """The number of a commitment and the rest, each without words that change nothing."""
    words = [word.rstrip(":,") for word in rest]
    while words and words[0].lower() in _OF_DATE:
        words = words[1:]
    number, others = _number_first(words)
    while others and others[0].lower() in _OF_DATE:
        others = others[1:]
    return number, others


def _moved(_: str, rest: Sequence[str]) -> str:
    """`push back 3 to 15 March`, `extend deadline 3 15 March`; empty for a span of time."""
    number, others = _number_then(rest)
    return line_of_field(number, "due", others) if number and others and is_date(others) else ""


def _dated(_: str, rest: Sequence[str]) -> str:
    """`deadline 5 2027-05-31`, `deadline of 3 is 15 March`."""
    number, others = _number_then(rest)
    if not number:
        return ""
    return f"followup due {number} {text_in_shell(' '.join(others)) or 'DATE'}"


def _sheet(_: str, rest: Sequence[str]) -> str:
    names = [word for word in rest if word.lower() not in ("sheet", "paper")]
    return f"followup sheet {' '.join(map(quoted_for_shell, names))}".rstrip()


def _donor(_: str, rest: Sequence[str]) -> str:
    if len(rest) > 1 and is_slug_like(rest[0]):
        return f"followup visit edit {quoted_for_shell(rest[0])} --donor {quoted_for_shell(' '.join(rest[1:]))}"
    return f"followup report --donor {quoted_for_shell(' '.join(rest))}"


def _undone(_: str, rest: Sequence[str]) -> str:
    """`not done 6`, `undone 6`."""
    number, others = _number_first(rest)
    if number and [each.lower() for each in others] in (["received"], ["arrived"], ["here"], ["accepted"]):
        return tr(
            "followup mark {number} returned --note TEXT sends back what was reported (TEXT: what is missing)",
            number=number,
        )
    if not number or [each.lower() for each in others] not in ([], ["done"], ["reported"], ["confirmed"]):
        return ""
    return tr(
        "followup undo takes back your last change; else followup mark {number} agreed --take-back", number=number
    )


_GUESSES: dict[str, Callable[[str, Sequence[str]], str]] = {
    **dict.fromkeys(("set", "change", "update", "modify", "correct", "amend", "fix", "make", "put"), _field_changed),
    **dict.fromkeys(("изменить", "исправить", "указать"), _field_changed),
    "rename": _renamed,
    **dict.fromkeys(PUT_AWAY, _put_away),
    "archive": _archived,
    **dict.fromkeys(("copy", "duplicate", "clone", "split", "repeat"), _copied),
    "merge": _merged,
    **dict.fromkeys(("link", "depend", "depends", "blocked", "block"), _linked),
    **dict.fromkeys(("remind", "nag", "ping", "nudge", "call", "called", "phone", "phoned", "mail", "email"), _chased),
    **dict.fromkeys(("what", "whats", "who", "whom", "which", "whose", "where", "when", "how", "is", "has"), _asked),
    **dict.fromkeys(("nominate", "nominated", "seat", "officers", "experts"), _seats_counted),
    "progress": _progressed,
    **dict.fromkeys(("letter", "ref", "reference"), _letter),
    **dict.fromkeys(("delayed", "missed", "miss", "slipped"), _late),
    **dict.fromkeys(("push", "extend", "shift", "bump", "reschedule"), _moved),
    **dict.fromkeys(("deadline", "due-date", "duedate", "until", "date"), _dated),
    "alias": _named("--alias"),
    "short": _named("--short"),
    **dict.fromkeys(("meeting", "brief", "briefing"), _sheet),
    "donor": _donor,
    **dict.fromkeys(("not", "undone", "unfinished"), _undone),
}
"""First word -> what it proposes for the words behind it."""

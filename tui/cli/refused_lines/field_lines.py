"""The line that sets a field of a commitment: for `set 6 due 1 May`, `6 due=1 May`, `agree 6 --deadline 1 May`."""

from __future__ import annotations

from store.translation import phrase, tr, tr_in
from tui.cli.command_table import COMMANDS
from tui.cli.looks_like_a_date import is_date
from tui.cli.refused_lines.state_words import closing_reason, is_state
from tui.cli.shell_quoting import quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_FIELD_WORDS = {
    **dict.fromkeys(("why", "because", "причина"), "reason"),
    **dict.fromkeys(("date", "deadline", "due-date", "duedate", "due-on", "due-by", "until", "when"), "due"),
    **dict.fromkeys(("срок", "дата"), "due"),
    **dict.fromkeys(("name", "text", "description", "summary", "название", "содержание"), "title"),
    **dict.fromkeys(("who", "responsible", "assignee", "assign", "assigned-to", "ответственный"), "owner"),
    **dict.fromkeys(("from", "promiser", "кто"), "by"),
    "кому": "to",
    **dict.fromkeys(("status", "mark", "состояние", "статус"), "state"),
    **dict.fromkeys(("project", "trip", "визит"), "visit"),
    **dict.fromkeys(("comment", "message", "remark", "примечание"), "note"),
}
"""Another word for a field -> the option or command of that field."""

_COUNTED = ("wanted", "nominated", "acknowledged", "letter", "endorsed")
"""Options of `seats`, each a field."""

WHY = phrase("--reason TEXT (why; a date that was never agreed needs no reason)")
"""What a change of a date needs, where the line does not say why."""


def is_due(field: str) -> bool:
    """Whether a word means the due date."""
    return _FIELD_WORDS.get(field, field) == "due"


def line_of_field(
    number: str, field: str, value: Sequence[str], *, is_correction: bool = False, is_agreed_next: bool = False
) -> str:
    """The line that sets a field to its value; empty for an unknown field.

    `is_correction`: of a date that was mistyped; `is_agreed_next`: the commitment is to be agreed by the next line.
    """
    field = _FIELD_WORDS.get(field.lower(), field.lower())
    text = text_in_shell(" ".join(value))
    if field == "due":
        why = f"--correct --reason {tr('mistyped')}" if is_correction else "" if is_agreed_next else tr(WHY)
        return f"followup due {number} {text or 'DATE'} {why}".rstrip()
    if field in _REMINDERS and is_date(value):
        return f"followup chase {number} --again {text}"
    if field == "state" and value:
        field, value = "-".join(value).lower().replace(" ", "-"), []
    if is_state(field) and (not value or is_date(value)):
        return f"followup mark {number} {field}{f' --on {text}' if value else ''}"
    if field in ("reason", "note", "chase", "seats"):
        return f"followup {field} {number} {text}".rstrip()
    name = "seats" if field in _COUNTED else "edit"
    option = next((option for option in COMMANDS[name].options if option.name == f"--{field}"), None)
    if option is None or field in _OF_EVERY_CHANGE:
        return ""
    said = quoted_for_shell(" ".join(value)) if value else tr_in("placeholder", option.metavar)
    return f"followup {name} {number} {option.name} {said}"


_REMINDERS = ("reminder", "remind", "reminder-on", "again")
"""Words for the day on which one looks again, which is no due date."""

_OF_EVERY_CHANGE = ("json", "on", "expect-rev", "new-party")
"""Options of `edit` that are no fields."""


def lines_assigned(number: str, words: Sequence[str]) -> str:
    """The lines for `due=1 May owner=asel`, joined; empty for words of any other kind."""
    fields: list[tuple[str, list[str]]] = []
    for word in words:
        name, is_given, value = _assigned(word)
        if is_given:
            fields.append((name, [value] if value else []))
        elif fields:
            fields[-1][1].append(word)
        else:
            return ""
    return lines_of_fields(number, fields)


def lines_of_fields(number: str, fields: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The lines that set several fields, joined by `&&`; empty where one is no field."""
    lines: list[str] = []
    for line in (line_of_field(number, name, value) for name, value in fields):
        same = next(
            (before for before in (f"followup {each} {number} --" for each in _OF_OPTIONS) if before in line), ""
        )
        at = next((at for at, each in enumerate(lines) if same and each.startswith(same)), None)
        if at is None:
            lines.append(line)
        else:
            lines[at] += f" --{line.removeprefix(same)}"
    # What a change of a date may need stands at the end.
    return " && ".join(sorted(lines, key=lambda line: line.endswith(tr(WHY)))) if all(lines) else ""


def lines_with_fields(line: str, words: Sequence[str], fields: Sequence[Sequence[str]], *, is_agreement: bool) -> str:
    """A line, and those for the fields that it set too: `agree 5 --due 1 May`; empty where one is no field.

    A date that is agreed with its commitment is set before, when it needs no reason. `words` are those of the line,
    which is empty where it does nothing without the fields.
    """
    numbers = [word.removeprefix("#") for word in words if word.removeprefix("#").isdecimal()]
    why = next((field[1] for field in fields if field[0] == "--because" and len(field) == 2), "")
    if numbers and closing_reason(why):
        # Why it ended is no reason for a miss of what is done: `done 5 --because declined`.
        return f"followup {' '.join(('close', *numbers, '--because', why.lower()))}"
    lines = [
        line_of_field(number, name.lstrip("-"), value, is_agreed_next=is_agreement)
        for number in numbers
        for name, *value in fields
    ]
    if not lines or not all(lines):
        return ""
    lines.sort(key=lambda each: each.endswith(tr(WHY)))
    return " && ".join(filter(None, [*lines, line] if is_agreement else [line, *lines]))


_OF_OPTIONS = ("edit", "seats")
"""Commands that set several fields at once."""


def _assigned(word: str) -> tuple[str, bool, str]:
    """Split `due=1 May` or `owner:asel` into name and value; whether the word is one of these."""
    at = next((at for at, character in enumerate(word) if not (character.isalpha() or character == "-")), 0)
    return word[:at], at > 0 and word[at] in "=:", word[at + 1 :]

"""Adds the typed options to proposed lines, so that a proposal loses nothing that its command takes.

Read only where a command line is refused.
"""

from __future__ import annotations

import re

from store.translation import tr, tr_in
from tui.cli.command_aliases import ALIASES
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.command_types import DATE
from tui.cli.refused_lines.field_lines import WHY
from tui.cli.shell_quoting import in_shell, quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_LINE = (
    r"(?P<example>(?:EXAMPLE)[:,]? )?followup (?P<name>(?:visit|party|owner) [a-z]+|[a-z-]+)"
    r"(?P<numbers>(?: (?:#?\d[\d,-]*|ID|SLUG)(?= |$|[,;]))*)"
    r"(?! (?:takes (?:only|no)|has no|needs|only) )"
    r"(?P<rest>(?:(?!followup ).)*)"
)
"""A proposed line: its command, the numbers behind it, and what follows up to the next one."""

_PLACEHOLDER = r"{name} (?:HELD_OPEN|N)\b(?:EXPLAINED)?"
"""An option whose value is held open, with what explains it."""


def with_options(sentence: str, values: Mapping[str, Sequence[str]], *, without: Sequence[str] = ()) -> str:
    """The refusal whose proposed lines have the typed options, each where its command takes it.

    What a line says itself stays as it is; a place that it holds open is filled. An example stays an example, and so
    do the lines of the commands in `without`.
    """
    if not values:
        return sentence
    pattern = _LINE.replace("EXAMPLE", re.escape(tr("as in")))
    for name in ("SLUG", "ID"):
        pattern = pattern.replace(name, tr_in("placeholder", name))
    return re.sub(pattern, lambda line: line[0] if line["name"] in without else _filled(line, values), sentence)


def _filled(line: re.Match[str], values: Mapping[str, Sequence[str]]) -> str:
    command = COMMANDS.get(line["name"]) or ALIASES.get(line["name"])
    if command is None or (
        line["example"] and f" {tr_in('placeholder', 'ID')}" not in line["numbers"] and not {"--store"} & values.keys()
    ):
        return line[0]
    # A line that enters something has all that was typed already, each under its own name.
    own = (
        ()
        if command.name in ("add", "visit add") and f" {tr_in('placeholder', 'TITLE')}" not in line["rest"]
        else command.options
    )
    accepted = {option.name: option for option in (*own, *GLOBAL_OPTIONS)}
    numbers, rest, added = line["numbers"].split(), line["rest"], ""
    if command.words[:1] != (("ID", "+"),):
        # What stands behind its one number is a text or a date.
        rest = "".join(f" {word}" for word in numbers[1:]) + rest
        del numbers[1:]
    for name, given in values.items():
        if name == "--help":
            continue
        if name not in accepted:
            # `get 3 -o json`, as in other programs.
            form = f"--{given[0]}" if name in ("--output", "--format") and given else ""
            added += f" {form}" if form in accepted and form not in rest else ""
            continue
        is_date = accepted[name].kind == DATE
        written = "".join(f" {name} {text_in_shell(each) if is_date else quoted_for_shell(each)}" for each in given)
        written = written or f" {name}"
        explained = re.escape(tr(WHY).removeprefix(f"--reason {tr_in('placeholder', 'TEXT')}"))
        held = "|".join(tr_in("placeholder", word) for word in ("TEXT", "DATE", "VALUE", "REF", "PARTY"))
        held_open = re.search(
            _PLACEHOLDER.format(name=name).replace("EXPLAINED", explained).replace("HELD_OPEN", held), rest
        )
        if held_open is not None:
            rest = f"{rest[: held_open.start()]}{written.strip()}{rest[held_open.end() :]}"
        elif not re.search(rf"(?<!\S){name}(?![\w-])", rest):
            added += written
    return f"{line['example'] or ''}followup {' '.join((line['name'], *numbers))}{added}{rest}"


def line_of(name: str, words: Sequence[str], values: Mapping[str, Sequence[str]]) -> str:
    """Format a command with words and typed options."""
    return with_options(f"followup {name} {in_shell(words)}".rstrip(), values)


def options_again(values: Mapping[str, Sequence[str]], known: Collection[str]) -> list[str]:
    """Format the typed options that are among `known`."""
    return [
        f"{name} {quoted_for_shell(value)}" if value else name
        for name, given in values.items()
        if name in known
        for value in given or ("",)
    ]

"""The help texts (`--help`, `help`), formatted by argparse from the command table."""

from __future__ import annotations

import argparse
import textwrap

from store.errors import UsageError
from store.sanitise_text import visible
from store.translation import language, phrase, phrase_in, tr, tr_in
from tui.cli.command_aliases import ALIASES, LIST_WORDS, STATE_VERBS, alias_of
from tui.cli.command_table import COMMAND_GROUPS, COMMANDS, GLOBAL_OPTIONS
from tui.cli.command_types import FLAG, OPTIONAL_WORD
from tui.cli.help_topics import TOPICS, topic_text
from tui.cli.shell_quoting import quoted_for_shell
from tui.cli.stdout import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tui.cli.arguments import Arguments
    from tui.cli.command_types import Command, Option
    from tui.session import Session

    Completer = Callable[..., list[str] | dict[str, str]]

PLACEHOLDERS = (
    phrase_in("placeholder", "ARGS"),
    phrase_in("placeholder", "CHANGE"),
    phrase_in("placeholder", "COMMAND"),
    phrase_in("placeholder", "D"),
    phrase_in("placeholder", "DATE"),
    phrase_in("placeholder", "DAYS"),
    phrase_in("placeholder", "DONOR"),
    phrase_in("placeholder", "E"),
    phrase_in("placeholder", "FIELD"),
    phrase_in("placeholder", "FIELD:WORD=VALUE"),
    phrase_in("placeholder", "FIELD=COLUMN"),
    phrase_in("placeholder", "FIELD=VALUE"),
    phrase_in("placeholder", "FILE"),
    phrase_in("placeholder", "G"),
    phrase_in("placeholder", "H"),
    phrase_in("placeholder", "ID"),
    phrase_in("placeholder", "KEY"),
    phrase_in("placeholder", "LANGUAGE"),
    phrase_in("placeholder", "LOG"),
    phrase_in("placeholder", "N"),
    phrase_in("placeholder", "DAY"),
    phrase_in("placeholder", "N,..."),
    phrase_in("placeholder", "NAME"),
    phrase_in("placeholder", "NEW"),
    phrase_in("placeholder", "NUMBERS"),
    phrase_in("placeholder", "OLD"),
    phrase_in("placeholder", "OPTIONS"),
    phrase_in("placeholder", "PARTY"),
    phrase_in("placeholder", "PATH"),
    phrase_in("placeholder", "PLACE"),
    phrase_in("placeholder", "QUARTER"),
    phrase_in("placeholder", "QUERY"),
    phrase_in("placeholder", "REF"),
    phrase_in("placeholder", "ROLE"),
    phrase_in("placeholder", "ROWS"),
    phrase_in("placeholder", "SHELL"),
    phrase_in("placeholder", "SLUG"),
    phrase_in("placeholder", "STATE"),
    phrase_in("placeholder", "TEXT"),
    phrase_in("placeholder", "TIME"),
    phrase_in("placeholder", "TITLE"),
    phrase_in("placeholder", "VALUE"),
    phrase_in("placeholder", "WORD"),
    phrase_in("placeholder", "WORDS"),
    phrase_in("placeholder", "YYYY-MM-DD"),
    phrase_in("placeholder", "Z"),
)
"""What stands for a word or value in the usage and beside an option."""

_NARGS = {"1": None, "?": "?", "+": "+", "*": "*"}
_PROMISE = phrase("Keeps the promises that institutions make to each other, until each is kept or honestly closed.")
_FOOTER = (
    phrase(
        "followup COMMAND --help shows the options of a command, with examples; followup help dates and followup help "
        "queries show how those are written. Options stand anywhere; DATE and TEXT may be several words (end of March, "
        "in 2 weeks, 31 марта)."
    ),
    phrase(
        "Exit codes: 0 done, 1 could not be done, 2 wrong usage, 3 no such record, 4 store unusable, "
        "5 busy, 6 conflict."
    ),
)
_WIDEST = 80
_NARROWEST = 40
"""Columns that help is wrapped for: as many as the terminal has, within these."""


def help_command(arguments: Arguments, session: Session) -> int:
    """`help`: print the help of a command, of a group of commands, or the list of all. Raises: UsageError."""
    name = " ".join(arguments.words)
    width = help_width()
    if (topic := name.lower()) in TOPICS:
        write(topic_text(topic, width))
        return 0
    command = COMMANDS.get(name) or alias_of(name)
    if name and command is None:
        group = [known for known in COMMANDS if known.startswith(f"{name} ")]
        if not group and (arguments.words[0] in COMMANDS or alias_of(arguments.words[0])):
            raise UsageError(
                tr(
                    '"{word}" is too much: followup help {name}',
                    word=visible(arguments.words[1]),
                    name=arguments.words[0],
                )
            )
        if not group:
            from tui.cli.refused_lines.unknown_command import unknown_command

            raise UsageError(unknown_command(arguments.words))
        write("\n".join(help_text(COMMANDS[known], width) for known in group))
        return 0
    write(help_text(command, width))
    return 0


def help_width() -> int:
    """The width of help in columns, from COLUMNS or the terminal."""
    import shutil

    return min(max(shutil.get_terminal_size((_WIDEST, 24)).columns, _NARROWEST), _WIDEST)


def help_text(command: Command | None, width: int) -> str:
    """The help of a command, wrapped to a width; without one the list of all commands."""
    return _help_of_all(width) if command is None else _help_of(command, width)


def _help_of_all(width: int) -> str:
    column = max(map(len, COMMANDS)) + 4
    lines = [
        *_wrapped(
            f"{_usage()}followup [--store {_said('PATH')}] [--today {_said('YYYY-MM-DD')}] {_said('COMMAND')} ...",
            width,
            "    ",
        ),
        "",
    ]
    lines += [*_wrapped(tr(_PROMISE), width), ""]
    for heading, commands in COMMAND_GROUPS.items():
        lines.append(f"{tr_in('commands', heading)}:")
        for command in commands:
            lines += _in_columns(f"  {command.name}", tr(command.help), column, width)
        lines.append("")
    lines.append(tr("Shorter, or as one guesses:"))
    for names, about in _shorter():
        lines += _in_columns(f"  {names}", about, column, width)
    lines.append("")
    for paragraph in _FOOTER:
        lines += [*_wrapped(tr(paragraph), width), ""]
    lines.append(tr("To begin:"))
    for line in _BEGIN:
        lines += _folded(tr(line), width)
    lines.append("")
    return "\n".join(lines[:-1]) + "\n"


_BEGIN = (
    *(COMMANDS[name].examples[0] for name in ("visit add", "add")),
    phrase("followup done 1 --on yesterday"),
    "followup now",
    "followup sheet -o sheet.docx",
)
"""What a first day begins with, which stands last, where a terminal shows it."""


def _shorter() -> list[tuple[str, str]]:
    """The aliases of commands, grouped by kind."""
    lists, number = " ".join(name for name in ALIASES if name in LIST_WORDS), tr_in("short placeholder", "ID")
    return [
        (_said("WORD"), tr("the list of that, where WORD is one of {lists}", lists=lists)),
        ("ls", "list"),
        (f"find {_said('WORDS')}", tr("list --all WORDS; so does search")),
        *((f"{name} {number}...", f"mark {number}... {state}") for name, (state, _, _) in STATE_VERBS.items()),
        (f"rm {number}", tr("remove ID; so does delete")),
        ("7", "show 7"),
    ]


def _wrapped(text: str, width: int, hang: str = "") -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=hang, break_on_hyphens=False, break_long_words=False)


def _in_columns(head: str, about: str, column: int, width: int) -> list[str]:
    """A name with its description hanging beside it, or below it where there is no room."""
    beside = width - column
    first, *rest = textwrap.wrap(about, beside, break_on_hyphens=False)
    lines = [f"{head:<{column}}{first}"] if len(head) < column else [head, f"{'':<{column}}{first}"]
    return lines + [f"{'':<{column}}{line}" for line in rest]


def _said(placeholder: str) -> str:
    return tr_in("placeholder", placeholder)


def _usage() -> str:
    """The prefix of a usage line."""
    return tr("usage:") + " "


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Prefixes the usage in the language of the program: argparse asks for the locale's."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _usage())


def _help_of(command: Command, width: int) -> str:
    said = tr(command.help)
    about = _wrapped(said[0].upper() + said[1:] + ".", width)
    usage = _wrapped(
        f"followup {command.name} {command.usage_with(_said)} [{_said('OPTIONS')}]".replace("  ", " "),
        width - len(_usage()),
        " " * 11,
    )
    examples = [line for example in command.examples for line in _folded(tr(example), width)]
    parser = argparse.ArgumentParser(
        prog=f"followup {command.name}",
        usage="\n".join(usage),
        description="\n".join(about),
        epilog="\n".join([tr("examples:"), *examples]),
        formatter_class=lambda prog: _Formatter(prog, width=width - 2),
        add_help=False,
    )
    parser._optionals.title = tr("options")
    add_arguments(parser, command, {})
    return parser.format_help()


def _folded(example: str, width: int) -> list[str]:
    """Fold an example into lines that can be typed, broken before options where possible."""
    lines, line = [], "  "
    for part in _parts(example, width):
        if len(line) + len(part) > width - 2 and line.strip():
            lines.append(line + "\\")
            line = "    "
        line += part + " "
    return [*lines, line.rstrip()]


def _parts(example: str, width: int) -> list[str]:
    """The options of an example with their values, one by one; single words where a part exceeds a line."""
    parts = example.replace(" --", "\n--").split("\n")
    return [word for part in parts for word in ([part] if len(part) < width - 8 else _words(part))]


def _words(part: str) -> list[str]:
    """Split a part of an example into words, quoted text being one."""
    words: list[str] = []
    for word in part.split(" "):
        is_inside = words and (words[-1].count('"') % 2 or words[-1].count("'") % 2)
        if is_inside:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def add_arguments(parser: argparse.ArgumentParser, command: Command, completers: dict[str, Completer]) -> None:
    """Add the words and options of a command to a parser. `completers`: name of a word or value -> completer."""
    for name, nargs in command.words:
        action: Any = parser.add_argument(name, nargs=_NARGS[nargs], metavar=name, help=argparse.SUPPRESS)
        completer = completers.get(f"{command.name} {name}", completers.get(name))
        if completer is not None:
            action.completer = completer
    for option in command.options:
        add_option(parser, option, completers)
    own = {option.name for option in command.options}
    for option in GLOBAL_OPTIONS:
        if option.name in own:
            continue  # The language of a paper.
        add_option(parser, option, completers, default=argparse.SUPPRESS)


def _about(option: Option) -> str:
    """The help of an option; in Russian with the Russian words that may be typed: `... (отказ - declined, ...)`."""
    text = tr(option.help)
    if language() != "ru":
        return text
    from store.rules.russian_twins_of_typed_words import first_twins, kind_twins

    if option.name == "--kind":
        return ", ".join(f"{quoted_for_shell(twin)} ({word})" for word, twin in kind_twins().items())
    twins = [f"{word} ({twin})" for word, twin in first_twins(option.choices).items() if twin not in text]
    return f"{text}: {', '.join(twins)}" if twins else text


def add_option(
    parser: argparse.ArgumentParser, option: Option, completers: dict[str, Completer], *, default: object = None
) -> None:
    """Add an option to a parser; `default` is argparse.SUPPRESS for a global one, to keep a value given before the
    command.
    """
    text = _about(option)
    if option.is_repeatable:
        text = tr("{about}, may be given several times", about=text)
    text = text.replace("%", "%%")
    if option.kind == FLAG:
        parser.add_argument(option.name, action="store_true", default=default, help=text)
        return
    action: Any = parser.add_argument(
        *filter(None, (option.short, option.name)),
        nargs="?" if option.kind == OPTIONAL_WORD else None,
        metavar="|".join(option.choices) or _said(option.metavar),
        choices=option.choices or None,
        action="append" if option.is_repeatable else "store",
        default=default,
        help=text,
    )
    if option.complete in completers:
        action.completer = completers[option.complete]

"""The help texts (`--help`, `help`), formatted by argparse from the command table."""

from __future__ import annotations

import argparse

from store.did_you_mean import did_you_mean
from store.errors import UsageError
from store.text import visible
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.command_types import FLAG, OPTIONAL_WORD
from tui.cli.output import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tui.cli.arguments import Arguments
    from tui.cli.command_types import Command, Option
    from tui.session import Session

    Completer = Callable[..., list[str] | dict[str, str]]

_NARGS = {"1": None, "?": "?", "+": "+", "*": "*"}
_DOTS = {"1": "", "?": "", "+": "...", "*": "..."}
_FOOTER = """\
followup COMMAND --help shows the options of a command, with examples.
Options stand anywhere; DATE and TEXT may be several words (end of March,
in 2 weeks, 31 марта). QUERY: words, by:INTERPOL, state:agreed, due:..2w,
overdue, silent, mine; `or` between two terms; -TERM for those without it.
Exit codes: 0 done, 1 could not be done, 2 wrong usage, 3 no such record,
4 store unusable, 5 busy, 6 conflict.
"""
_WIDTH = 78
"""Columns of help, which is read at 80."""


def help_command(arguments: Arguments, session: Session) -> int:
    """`help`: print the help of a command, of a group of commands, or the list of all. Raises: UsageError."""
    name = " ".join(arguments.words)
    if name and name not in COMMANDS:
        group = [known for known in COMMANDS if known.startswith(f"{name} ")]
        if not group:
            raise UsageError(f'there is no command "{visible(name)}"{did_you_mean(name, list(COMMANDS))}')
        write("\n".join(help_text(COMMANDS[known]) for known in group))
        return 0
    write(help_text(COMMANDS[name] if name else None))
    return 0


def help_text(command: Command | None) -> str:
    """The help of a command; without one the list of all commands."""
    if command is not None:
        return _parser_for(command).format_help()
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {each.help}\n" for name, each in COMMANDS.items()]
    usage = "usage: followup [--store PATH] [--today YYYY-MM-DD] COMMAND ...\n\n"
    promise = "Keeps the promises that institutions make to each other, until each is kept\nor honestly closed.\n\n"
    return usage + promise + "".join(lines) + "\n" + _FOOTER


def _parser_for(command: Command) -> argparse.ArgumentParser:
    words = "".join(
        f" {name}{_DOTS[nargs]}" if nargs in "1+" else f" [{name}{_DOTS[nargs]}]" for name, nargs in command.words
    )
    parser = argparse.ArgumentParser(
        prog=f"followup {command.name}",
        usage=f"followup {command.name}{words}{_required(command)} [OPTIONS]",
        description=command.help[0].upper() + command.help[1:] + ".",
        epilog="examples:\n" + "\n".join(map(_folded, command.examples)),
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, width=_WIDTH),
        add_help=False,
    )
    add_arguments(parser, command, {})
    return parser


def _required(command: Command) -> str:
    needed = [option for option in command.options if option.name in command.required]
    return "".join(f" {option.name} {option.metavar}" for option in needed)


def _folded(example: str) -> str:
    """Fold an example into lines that fit and can be typed."""
    lines, line = [], "  "
    for part in example.replace(" --", "\n--").split("\n"):
        if len(line) + len(part) > _WIDTH - 2:
            lines.append(line + "\\")
            line = "    "
        line += part + " "
    return "\n".join([*lines, line.rstrip()])


def add_arguments(parser: argparse.ArgumentParser, command: Command, completers: dict[str, Completer]) -> None:
    """Add the words and options of a command to a parser. `completers`: name of a word or value -> completer."""
    for name, nargs in command.words:
        action: Any = parser.add_argument(name, nargs=_NARGS[nargs], metavar=name, help=argparse.SUPPRESS)
        if name in completers:
            action.completer = completers[name]
    for option in command.options:
        add_option(parser, option, completers)
    for option in GLOBAL_OPTIONS:
        add_option(parser, option, completers, default=argparse.SUPPRESS)


def add_option(
    parser: argparse.ArgumentParser, option: Option, completers: dict[str, Completer], *, default: object = None
) -> None:
    """Add an option to a parser. `default` is argparse.SUPPRESS for a global one, or the default of the command's
    parser would overwrite the value given before the command.
    """
    text = option.help.replace("%", "%%")
    if option.kind == FLAG:
        parser.add_argument(option.name, action="store_true", default=default, help=text)
        return
    action: Any = parser.add_argument(
        *filter(None, (option.short, option.name)),
        nargs="?" if option.kind == OPTIONAL_WORD else None,
        metavar="|".join(option.choices) or option.metavar,
        choices=option.choices or None,
        action="append" if option.is_repeatable else "store",
        default=default,
        help=text + (", may be given several times" if option.is_repeatable else ""),
    )
    if option.complete in completers:
        action.completer = completers[option.complete]

"""Writes docs/followup.1, the manual page, from the table of commands and the tables of docs/reference.md.

Run by `make man`. The page is roff with the macros of man(7), ASCII throughout, so that every `man` reads it.
"""

from __future__ import annotations

import re
import tomllib

from tests.docs.pages import DOCS, rows, section, text_of, words
from tui.cli.command_table import CHANGE_OPTIONS, COMMANDS, GLOBAL_OPTIONS
from tui.cli.command_types import FLAG, Command, Option

MAN_PAGE = DOCS / "followup.1"
_OFTEN = {"1": "{}", "?": "[{}]", "+": "{}...", "*": "[{}...]"}
_ESCAPES = str.maketrans(
    {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}
)
_FILES = (
    ("~/.local/share/followup/commitments.json", "the store, unless another one is named"),
    ("~/.config/followup/config.toml", "your settings"),
    ("/etc/followup/config.toml", "the settings of the machine"),
    ("~/.local/state/followup/", "unfinished forms, and reports on faults of the program"),
)
_VARIABLES = (
    ("FOLLOWUP_STORE", "the store, where --store does not name one"),
    ("FOLLOWUP_TODAY", "the day that counts as today, as YYYY-MM-DD"),
    ("FOLLOWUP_LOCK_TIMEOUT", "seconds that a change waits for another one (10); 0 tries once"),
    ("NO_COLOR", "no colours, when set"),
)


def roff(text: str) -> str:
    """A text as roff reads it, in one line: no letter of it is a command, a quote or another dash."""
    text = re.sub(r"[\x00-\x1f\x7f]", " ", text).translate(_ESCAPES)
    text = re.sub(r"[^\x00-\x7f]", lambda letter: f"\\[u{ord(letter[0]):04X}]", text)
    return "\\&" + text if text.startswith(".") else text


def plain(cell: str) -> str:
    """The text of a Markdown cell, as roff, what is in backticks bold."""
    parts = re.split(r"`([^`]+)`", cell.replace("\\|", "|").replace("` `", "`, `"))
    return "".join(f"\\fB{roff(part)}\\fR" if place % 2 else roff(part) for place, part in enumerate(parts))


def _usage(command: Command) -> str:
    placeholders = "".join(f" \\fI{roff(_OFTEN[often].format(name))}\\fR" for name, often in command.words)
    required = [option for option in command.options if option.name in command.required]
    needed = "".join(f" {_option(option)}" for option in required)
    return f"\\fBfollowup {roff(command.name)}\\fR{placeholders}{needed}"


def _option(option: Option) -> str:
    names = ", ".join(f"\\fB{roff(name)}\\fR" for name in filter(None, (option.short, option.name)))
    return names if option.kind == FLAG else f"{names} \\fI{roff('|'.join(option.choices) or option.metavar)}\\fR"


def _entry(head: str, text: str) -> list[str]:
    return [".TP", head, text]


def _options(options: tuple[Option, ...]) -> list[str]:
    lines = []
    for option in options:
        lines += _entry(
            _option(option), roff(option.help + (", may be given several times" if option.is_repeatable else ""))
        )
    return lines


def _command(command: Command) -> list[str]:
    own = tuple(option for option in command.options if option not in CHANGE_OPTIONS or not command.is_changing)
    lines = [
        f".SS {roff(command.name)}",
        _usage(command),
        ".PP",
        roff(command.help[0].upper() + command.help[1:] + "."),
    ]
    lines += _options(own)
    lines += [".PP", "Examples:", ".PP", ".EX", *(f"    {roff(example)}" for example in command.examples), ".EE"]
    return lines


def _table(page_section: str) -> list[str]:
    lines = []
    for head, text, *_ in rows(section("docs/reference.md", page_section)):
        lines += _entry(plain(head), plain(text))
    return lines


def _refused() -> str:
    refused = section("docs/reference.md", "Dates").split("Refused, and never guessed:")[1]
    return ", ".join(f"\\fB{roff(phrase)}\\fR" for phrase in words(refused))


def man_page() -> str:
    """The whole page."""
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    lines = [
        '.\\" Written by make man from the table of commands: change that, not this file.',
        f'.TH FOLLOWUP 1 "" "followup {version}" "User Commands"',
        ".SH NAME",
        "followup \\- keeps the promises that institutions make to each other during a study visit",
        ".SH SYNOPSIS",
        "\\fBfollowup\\fR [\\fB\\-\\-store\\fR \\fIPATH\\fR] [\\fB\\-\\-today\\fR \\fIYYYY\\-MM\\-DD\\fR]"
        " [\\fICOMMAND\\fR ...]",
        ".SH DESCRIPTION",
        "Keeps track of who promised what to whom, until each promise is kept or honestly closed. Without a command"
        " it opens the full\\-screen app on a terminal, and is \\fBfollowup status\\fR elsewhere."
        " \\fBfollowup 7\\fR is \\fBfollowup show 7\\fR.",
        ".PP",
        "Options stand anywhere on the line. A DATE, TEXT or TITLE may be several words without quotes. An ID is a"
        " number as it is shown, several of them, or a range such as 3\\-7.",
        ".SH OPTIONS",
        "Every command takes:",
        *_options(GLOBAL_OPTIONS),
        *_entry(
            "\\fB\\-\\-version\\fR [\\fB\\-\\-verbose\\fR]",
            "print the version, without a command; verbose with Python, libraries and system, for a report",
        ),
        ".PP",
        "Every command that changes something also takes:",
        *_options(CHANGE_OPTIONS),
        ".SH COMMANDS",
    ]
    for command in COMMANDS.values():
        lines += _command(command)
    lines += [".SH OTHER WORDS FOR COMMANDS", *_table("Other words for commands")]
    lines += [".SH QUERIES", "Terms stand side by side and all must hold; \\fBor\\fR joins the two terms beside it;"]
    lines += ["\\fBnot:\\fR or \\fB\\-\\fR before a term turns it round.", *_table("Queries")]
    lines += [".SH DATES", "A deadline is a calendar day, the last one on which the promise is kept in time."]
    lines += [*_table("Dates"), ".PP", f"Refused, and never guessed: {_refused()}."]
    lines += [".SH EXIT STATUS", *_table("Exit codes")]
    lines += [".SH ENVIRONMENT"]
    for name, text in _VARIABLES:
        lines += _entry(f"\\fB{roff(name)}\\fR", roff(text))
    lines += [".SH FILES"]
    for name, text in _FILES:
        lines += _entry(f"\\fI{roff(name)}\\fR", roff(text))
    lines += [".SH SEE ALSO", "README.md and the pages of docs/ in the source of the program."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    MAN_PAGE.write_text(man_page(), encoding="ascii")


if __name__ == "__main__":
    main()

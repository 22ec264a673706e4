"""The parts of the pages that are written from the program: between `<!-- NAME -->` and `<!-- /NAME -->`."""

import re
import tempfile
import textwrap
from collections.abc import Callable
from functools import partial

from store.formats.records_as_json import commitment_json
from store.imports.headings.heading_synonyms import FIELDS
from store.model.vocabulary_and_signs import BANDS, STATES
from tests.support.store_builders import make_store
from tui.app.key_table import COMMANDS as APP_COMMANDS
from tui.cli.command_aliases import ALIASES, LIST_WORDS
from tui.cli.command_table import CHANGE_OPTIONS, COMMANDS
from tui.cli.command_types import FLAG, Command, Option


def row_of(command: Command) -> str:
    """The row of a command: how it is typed, what it does, its own options."""
    often = {"1": "{}", "?": "[{}]", "+": "{}...", "*": "[{}...]"}
    words = "".join(" " + often[count].format(name) for name, count in command.words)
    own = [option for option in command.options if option not in CHANGE_OPTIONS or not command.is_changing]
    options = " ".join(f"`{option_as_typed(option)}`" for option in own)
    return f"| `{command.name}{words}` | {command.help} | {options} |".replace("  ", " ")


def option_as_typed(option: Option) -> str:
    """`--note TEXT`, `--because declined|overtaken`, the bars written as a Markdown table takes them."""
    value = "" if option.kind == FLAG else " " + (r"\|".join(option.choices) or option.metavar)
    return f"{option.name}{value}{'...' if option.is_repeatable else ''}"


def table_of_commands() -> str:
    """The commands of the shell."""
    head = ["| command | what it does | its options |", "|---|---|---|"]
    return "\n".join(head + [row_of(command) for command in COMMANDS.values()])


def table_of_aliases() -> str:
    """The other words for commands; those that list a word of the query language together."""
    lists = " ".join(f"`{name}`" for name in ALIASES if name in LIST_WORDS)
    lines = ["| typed | is |", "|---|---|", f"| {lists} | the list of that: `overdue to:INTERPOL` |"]
    for alias in ALIASES.values():
        if alias.name not in LIST_WORDS:
            full = " ".join((alias.of.name, *alias.flags, *alias.leading, alias.usage, *alias.trailing))
            full = full.replace(" --because WORD closed", " closed --because WORD")
            lines.append(f"| `{alias.name} {alias.usage}` | `{full}` |")
    return "\n".join(lines)


def table_of_keys() -> str:
    """The keys of the app, by their purpose, and the places where not all of them work."""
    lines: list[str] = []
    for group in dict.fromkeys(command.group for command in APP_COMMANDS):
        lines += ["", f"| {group.lower()} | |", "|---|---|"] if lines else [f"| {group.lower()} | |", "|---|---|"]
        for command in APP_COMMANDS:
            if command.group == group:
                keys = " ".join(f"`{key}`" for key in command.shown.split(", "))
                lines.append(f"| {keys} | {command.help} |")
    return "\n".join(lines)


def table_of_signs() -> str:
    """The signs of bands and states."""
    bands = [f"| {f'`{label.sign}`' if label.sign else ''} | {label.text} |" for label in BANDS.values()]
    states = [f"| `{label.sign}` | `{label.letters}` | {label.text} |" for label in STATES.values()]
    between = ["", "Before its title stands its state:", ""]
    heads = ["| sign | when |", "|---|---|"], ["| sign | in a list | state |", "|---|---|---|"]
    return "\n".join([*heads[0], *bands, *between, *heads[1], *states])


def table_of_import_fields() -> str:
    """The fields that a column of a list can hold."""
    return "\n".join(["| field | holds |", "|---|---|", *(f"| `{name}` | {what} |" for name, what in FIELDS.items())])


def keys_of_a_commitment() -> str:
    """The keys of a commitment's JSON in their order, wrapped."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = make_store(f"{folder}/commitments.json").snapshot()
        keys = [f"`{key}`" for key in commitment_json(snapshot.row(1), snapshot)]
    return textwrap.fill(" ".join(keys), 118, break_on_hyphens=False)


GENERATED: dict[str, Callable[[], str]] = {
    "commands": table_of_commands,
    "other words": table_of_aliases,
    "app keys": table_of_keys,
    "signs": table_of_signs,
    "keys": keys_of_a_commitment,
    "import fields": table_of_import_fields,
}
"""Name of a part -> what writes it."""


def marked(name: str) -> re.Pattern[str]:
    """The part of a page with this name, its two marks included."""
    return re.compile(rf"(?s)(<!-- {name} -->\n).*?(<!-- /{name} -->)")


def with_generated(text: str) -> str:
    """The page with its generated parts as they are now."""
    for name, write in GENERATED.items():
        if marked(name).search(text):
            text = marked(name).sub(partial(_between_marks, write()), text)
    return text


def _between_marks(part: str, marks: re.Match[str]) -> str:
    return f"{marks[1]}{part}\n{marks[2]}"

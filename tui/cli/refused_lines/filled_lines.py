"""Lines to type, filled in with the typed words: numbers, dates, names, a state with what it needs."""

from __future__ import annotations

import re

from store.model.vocabulary_and_signs import RETURNED, State
from store.rules.transitions import step_of
from store.translation import phrase, tr, tr_in
from tui.cli.command_aliases import ALIASES, STATE_VERBS
from tui.cli.command_table import COMMANDS
from tui.cli.looks_like_a_date import length_of_date
from tui.cli.refused_lines.command_synonyms import (
    INSTEAD,
)
from tui.cli.refused_lines.field_lines import WHY
from tui.cli.refused_lines.guesses_of_several_words import is_slug_like, line_meant
from tui.cli.refused_lines.state_words import state_said
from tui.cli.refused_lines.words_without_their_option import why_closed, with_option
from tui.cli.shell_quoting import quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.command_types import Command


def is_number(word: str) -> bool:
    """Whether a word is the number of a commitment, or a range of them."""
    return word[:1] != "-" and word.removeprefix("#").replace("-", "", 1).isdecimal()


def again_in_shell(words: Sequence[str]) -> str:
    """Format single words for a shell; a number without its sign."""
    return " ".join(quoted_for_shell(word.removeprefix("#") if is_number(word) else word) for word in words)


def mark_line(numbers: Sequence[str], state: str, said: str = "") -> str:
    """The command that brings commitments into a state, with the option that it needs; `said`: its options."""
    needed = {State.CLOSED: why_closed(), RETURNED: f"--note {tr_in('placeholder', 'TEXT')}"}.get(
        step_of(state) or "", ""
    )
    is_said = not needed or needed.split()[0] in said.split()
    options = said if is_said else f"{said} {needed}".strip()
    return f"followup mark {again_in_shell(numbers) or 'ID'} {state} {options}".rstrip()


def state_line_behind(number: str, state: str, after: Sequence[str]) -> str:
    """The command for a state behind a number, the words after it as options."""
    options = {each.name for each in COMMANDS["mark"].options}
    return mark_line([number], state, with_option(after, options, step_of(state) or "") if after else "")


def as_command_line(sentence: str, behind: Sequence[str], bare: Sequence[str]) -> str:
    """The line of the command that a guessed word means, with the words behind it; empty where it means none.

    `complete 3 yesterday` is `done 3 --on yesterday`, `delay 3 --to Friday` is `due 3 Friday`, `get visits` is
    `visits`. `bare` is what stood behind without options.
    """
    name = sentence.removeprefix("followup ").partition(" ")[0]
    command, words = COMMANDS.get(name) or ALIASES.get(name), list(behind)
    if name == "show" and bare and not is_number(bare[0]):
        return line_that_shows(COMMANDS["show"], bare)
    if command is None or "{id}" not in sentence or name == "undo" or not words or not is_number(words[0]):
        return ""
    if line := state_line(bare):
        return line
    is_plain = not sentence.startswith(f"followup {name} {{id}} --")
    end = next((at for at, word in enumerate(bare) if not is_number(word)), len(bare))
    from tui.cli.arguments import is_option_of_any

    # The options of any command are added to each line.
    is_known = all(is_option_of_any(word.partition("=")[0]) for word in words if word.startswith("-"))
    if is_plain and name in STATE_VERBS and end < len(bare) and is_known:
        options = {option.name for option in command.options}
        return f"followup {name} {again_in_shell(bare[:end])} {with_option(bare[end:], options, STATE_VERBS[name][0])}"
    if any(word.startswith("--") for word in words):
        from tui.cli.refused_lines.option_synonyms import read_as_meant

        reading = read_as_meant(command, words)
        if reading.renamed and len(reading.argv) > 1 and not reading.unlike:
            return f"followup {name} {' '.join(map(quoted_for_shell, reading.argv))}"
    return ""


def state_line(rest: Sequence[str]) -> str:
    """The line for `update 3 in progress`; empty without a state behind the number."""
    words = rest[2:] if [word.lower() for word in rest[1:2]] == ["to"] else rest[1:]
    state, length = state_said(words)
    if not rest or not rest[0].removeprefix("#").isdecimal() or not state or length < len(words):
        return ""
    return mark_line([rest[0].removeprefix("#")], state)


def filled_in(sentence: str, rest: Sequence[str]) -> str:
    """The line with what stood behind the guessed word: the number, the date, the text, the two names."""
    numbers = next((at for at, word in enumerate(rest) if not is_number(word)), len(rest))
    has_number = numbers > 0
    number, after = (
        (again_in_shell(rest[:numbers]), rest[numbers:]) if has_number else (tr_in("placeholder", "ID"), rest)
    )
    while after and after[0].lower() in BETWEEN:
        after = after[1:]
    names = [word for word in rest if word.lower() not in BETWEEN]
    length = length_of_date(after)
    behind = text_in_shell(" ".join(after[length:]).removeprefix("because "))
    return tr(
        sentence,
        id=number,
        of=f" {rest[0].removeprefix('#')}" if has_number else "",
        date=text_in_shell(" ".join(after[:length])) or tr_in("placeholder", "DATE"),
        reason=f" --reason {behind}" if length and behind else f" {tr(WHY)}",
        text=quoted_for_shell(" ".join(after[length:])) if after[length:] else tr_in("placeholder", "TEXT"),
        who=quoted_for_shell(" ".join(after)) if after else tr_in("placeholder", "NAME"),
        party=quoted_for_shell(" ".join(after)) if after and not has_number else tr_in("placeholder", "PARTY"),
        slug=quoted_for_shell(rest[0]) if rest else tr_in("placeholder", "SLUG"),
        names=" ".join(map(quoted_for_shell, names))
        if len(names) == 2 and not has_number
        else f"{tr_in('placeholder', 'OLD')} {tr_in('placeholder', 'NEW')}",
    )


def example_line(command: Command, number: str = "") -> str:
    """The first example of a command, with no visit or commitment but that whose `number` was typed.

    The visits and numbers of the examples are others in every store: as they stand they would change one of these.
    """
    slug = tr_in("placeholder", "SLUG")
    example = tr(command.examples[0]).replace("--visit lyon", f"--visit {slug}")
    if command.words[:1] in ((("ID", "1"),), (("ID", "+"),)):
        return re.sub(
            rf"^(followup {command.name})(?: \d[\d-]*)+", rf"\1 {number or tr_in('placeholder', 'ID')}", example
        )
    if command.words[:1] != (("SLUG", "1"),):
        return example
    return example.replace(" lyon", f" {slug}").replace(" tashkent-q1", f" {slug}")


BETWEEN = ("to", "into", "until", "till", "with", "and", "for", "by", "=", "->")
"""Words between the parts of a sentence that stand for nothing."""


REMOVES = ("remove", "rm", "delete")
"""The commands that take a commitment out, which needs a reason."""


OF_PARTY = {
    "confirm": phrase("followup unconfirmed to:{name} lists what waits for its confirmation"),
    "done": phrase("followup list by:{name} lists what it owes"),
    "chase": phrase("followup list chase party:{name} lists what to chase there, followup list party:{name} all of it"),
    "show": phrase("followup list party:{name} lists what it owes and is owed"),
    "history": phrase("followup list --all party:{name} lists what it owes and is owed"),
}
"""Command that takes a number -> what to look at for the name of a party in its place."""


def line_that_shows(command: Command, words: Sequence[str]) -> str:
    """What shows a party, a visit or a list named in the place of a number; empty for any other word."""
    first, rest = words[0].lower(), " ".join(words[1:])
    if first in ("party", "visit") and rest and command.name in ("show", "history"):
        if first == "visit":
            return tr("followup list --all visit:{slug} lists what it left", slug=quoted_for_shell(rest))
        return tr(OF_PARTY["history"], name=quoted_for_shell(rest))
    if first in ("all", "everything", "everybody") and command.name == "show":
        return tr("followup list --all lists all")
    if command.name == "show" and first == "me" and rest:
        return line_meant(words[1:])
    if command.name == "show" and not rest:
        if first in ("me", "my", "mine"):
            return tr("followup mine lists what I owe, am owed and chase")
        if first in COMMANDS and not COMMANDS[first].is_changing:
            return f"followup {first}"
        if first in INSTEAD:
            return filled_in(INSTEAD[first], [])
    if is_slug_like(first) and command.name == "history":
        return tr("followup list --all visit:{words} lists what that visit left", words=quoted_for_shell(words[0]))
    name = " ".join(words)
    if command.name in OF_PARTY and words[0].isupper() and len(words[0]) > 1:
        return tr(OF_PARTY[command.name], name=quoted_for_shell(name))
    return ""

"""What to type for an option that a command does not have."""

from __future__ import annotations

from store.query.meaning_of_fields_and_words import FIELDS, WORDS
from store.translation import tr, tr_in
from tui.cli.command_aliases import ALIASES, LIST_WORDS, STATE_VERBS
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.looks_like_a_date import is_date
from tui.cli.refused_lines.command_synonyms import (
    OPTION_ELSEWHERE,
)
from tui.cli.refused_lines.field_lines import is_due
from tui.cli.refused_lines.filled_lines import is_number
from tui.cli.refused_lines.kept_options import options_again
from tui.cli.refused_lines.shared_sentences import has_no_option, shows_what_there_is
from tui.cli.refused_lines.state_words import is_state
from tui.cli.shell_quoting import in_shell, quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.command_types import Command


def unknown_option(
    name: str,
    command: Command | None,
    known: Sequence[str],
    following: Sequence[str],
    number: str = "",
    line: Sequence[str] = (),
) -> str:
    """The refusal of an option that a command does not have, with what to type.

    `following` are the words after it, `number` is that of the commitment before it, `line` all behind the command.
    """
    where = f"followup {command.name}" if command else "followup"
    begin = has_no_option(command.name if command else "", name)
    bare = name.lstrip("-").lower()
    if elsewhere := OPTION_ELSEWHERE.get((command.name if command else "status", name)):
        value = text_in_shell(" ".join(following))
        filled = tr(elsewhere).replace("ID", number or "ID")
        if following and is_date(following):
            filled = filled.replace(f" {tr_in('placeholder', 'DATE')}", f" {value}")
        held = (f" {tr_in('placeholder', 'TEXT')}", f" {tr_in('placeholder', 'REF')}", " N ")
        for held_open in held if following else ():
            quoted = quoted_for_shell(" ".join(following))
            filled = filled.replace(held_open, f" {quoted}{' ' if held_open[-1] == ' ' else ''}")
        writes = f"{where} -o "
        if command and writes in filled and (typed := _typed_but(name, command, line)):
            filled = filled.replace(writes, f"{where} {typed} -o ")
        if command is None:
            return tr("followup has no option {name}: {line}", name=name, line=filled)
        return tr("followup {command} has no option {name}: {line}", command=command.name, name=name, line=filled)
    if command is None and bare in ("v", "version"):
        return tr("{begin}: followup --version tells the version", begin=begin)
    if command is None and (bare in WORDS or bare in LIST_WORDS):
        word = bare if bare in WORDS else "overdue"
        return tr("{begin}; a word of a query has no dashes: followup list {word}", begin=begin, word=word)
    if command is None and bare in FIELDS:
        value = (
            quoted_for_shell(following[0])
            if following and not following[0].startswith("-")
            else tr_in("placeholder", "VALUE")
        )
        return tr("{begin}; a query has colons: followup list {bare}:{value}", begin=begin, bare=bare, value=value)
    if command is None and (bare in COMMANDS or bare in ALIASES):
        return tr("{begin}; a command has no dashes: followup {bare}", begin=begin, bare=bare)
    if command and is_state(bare) and (command.name == "mark" or command.name in STATE_VERBS):
        return tr("{begin}; a state has no dashes: followup mark ID {bare}", begin=begin, bare=bare)
    from tui.cli.refused_lines.option_synonyms import same_option

    if command and command.name == "edit" and any(name == each.name for each in COMMANDS["visit edit"].options):
        return tr(
            "{begin}: a visit has it, followup visit edit {visit}",
            begin=begin,
            visit=_edit_of_visit(line, name, following),
        )
    is_due_of_edit = command is not None and command.name == "edit" and is_due(bare)
    if not is_due_of_edit and (meant := same_option(name, known)):
        return tr('{begin}; did you mean "{meant}"?', begin=begin, meant=meant)
    return f"{begin}{shows_what_there_is(command.name if command else '')}"


def _typed_but(name: str, command: Command, line: Sequence[str]) -> str:
    """The words and options behind a command, without this option."""
    from tui.cli.arguments import options_apart

    words, values = options_apart([each for each in line if each != name])
    known = {each.name for each in (*command.options, *GLOBAL_OPTIONS)} - {"--output"}
    return " ".join((in_shell(words), *options_again(values, known))).strip()


def _edit_of_visit(line: Sequence[str], name: str, following: Sequence[str]) -> str:
    """The visit of `edit visit lyon-2026 --donor INL` with the typed options of a visit."""
    from tui.cli.arguments import options_apart

    words, values = options_apart(line)
    words = words[1:] if words[:1] == ["visit"] else words
    slug = quoted_for_shell(" ".join(words)) if words and not is_number(words[0]) else tr_in("placeholder", "SLUG")
    given = values if name in values else {name: [" ".join(following) or tr_in("placeholder", "TEXT")]}
    known = {each.name for each in (*COMMANDS["visit edit"].options, *GLOBAL_OPTIONS)}
    return " ".join((slug, *options_again(given, known)))


def option_in_query(typed: str, command: Command) -> str:
    """The refusal of `-v` or `-json` among query terms, where a dash and a longer word is a negation."""
    options = [option.name for option in (*command.options, *GLOBAL_OPTIONS)]
    begin = has_no_option(command.name, typed)
    if f"-{typed}" in options:
        return tr("{begin}: write -{typed}", begin=begin, typed=typed)
    close = [option for option in options if option[2] == typed[1].lower()]
    meant = tr("; did you mean {names}?", names=tr(" or ").join(close)) if close else shows_what_there_is(command.name)
    return tr(
        "{begin}{meant} (not:{typed} finds what is without it)",
        begin=begin,
        meant=meant,
        typed=quoted_for_shell(typed[1:]),
    )

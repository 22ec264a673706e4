"""Parses a command line into its command, words and options; `argument_values` converts them.

Options stand anywhere; a text or a date may be several unquoted words; `-term` negates a term of a query. argparse
cannot do that, so the table of commands is parsed here; argparse formats the help of the same table.
"""

from __future__ import annotations

from store.errors import FollowUpError, UsageError
from store.rules.days import Direction
from store.sanitise_text import visible
from store.translation import ENGLISH, language, tr, tr_in
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.command_types import DATE, FLAG, OPTIONAL_WORD, TEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import NoReturn

    from tui.cli.command_types import Command, Option


def _by_name(options: Iterable[Option]) -> dict[str, Option]:
    """Map each long and short name of an option to the option."""
    found = {option.name: option for option in options}
    return found | {option.short: option for option in found.values() if option.short}


_GLOBAL_BY_NAME = _by_name(GLOBAL_OPTIONS)


def _options_of_any() -> dict[str, Option]:
    """The options of all commands together, for a line with an unknown command."""
    return _by_name(option for command in COMMANDS.values() for option in command.options) | _GLOBAL_BY_NAME


def is_option_of_any(name: str) -> bool:
    """Whether some command has this option."""
    return name in _options_of_any()


class Arguments:
    """A parsed command line: positional `words`, and `values`: option -> its values (flag: none)."""

    __slots__ = ("command", "is_bare", "typed_as", "unquoted_option", "values", "words")

    def __init__(self, command: Command, words: list[str], values: dict[str, list[str]]) -> None:
        self.command = command
        self.typed_as = command
        """The command as it was typed, which may be another word for `command`: `done` for `mark`."""
        self.words = words
        self.values = values
        self.is_bare = False
        """Whether neither a command was typed nor an option other than --store and --today."""
        self.unquoted_option: str | None = None
        """A text option that got a single word because the command still missed its own words, if there is one."""

    def has(self, name: str) -> bool:
        """Whether the option `--name` was given."""
        return f"--{name}" in self.values

    def get(self, name: str) -> str | None:
        """The value of an option that takes one; the last one given wins."""
        values = self.values.get(f"--{name}")
        return values[-1] if values else None

    def get_all(self, name: str) -> list[str] | None:
        """The values of a repeatable option; None when it was not given."""
        return self.values.get(f"--{name}")

    def number(self, name: str, least: int = 0) -> int | None:
        """The value of an option as a whole number. Raises: UsageError."""
        text = self.get(name)
        return None if text is None else whole_number(text, f"--{name}", least)

    def day(self, name: str, today: str, *, since: str | None = None) -> str | None:
        """The ISO day that an option gives in any way of writing a date, or None.

        It looks in the direction of the option: NEAREST for the first one from the ISO day `since` on, if it is given.
        Raises: DateRefused; NotAllowed for a day to come where the option looks back.
        """
        text = self.get(name)
        if text is None:
            return None
        from store.rules.dates.parse_date import parse_day

        option = next(option for option in self.command.options if option.name == f"--{name}")
        try:
            return parse_day(text, today, option.direction, since=since)
        except FollowUpError as error:
            error.field = name
            if option.direction != Direction.FORWARD:
                raise
            from tui.cli.refused_lines.misplaced_dates import counted_from_today
            from tui.cli.shell_quoting import quoted_for_shell

            before = " ".join(("followup", self.typed_as.name, *map(quoted_for_shell, self.words), f"--{name}"))
            if not (meant := counted_from_today(text, before)):
                raise
            raise UsageError(f"{error.sentence}: {meant}", field=name) from None


def refuse_together(arguments: Arguments, *names: str) -> None:
    """Refuse options that exclude each other. Raises: UsageError."""
    given = [f"--{name}" for name in names if arguments.has(name)]
    if len(given) > 1:
        raise UsageError(tr("{options} do not go together: choose one", options=tr(" and ").join(given)))


def takes_out(values: Sequence[str] | None) -> bool:
    """Whether the values of an option clear the field: `none`, or its Russian twin."""
    if values is None or len(values) != 1:
        return False
    from store.words_for_none import says_none

    return says_none(values[0])


def whole_number(text: str, what: str, least: int = 0) -> int:
    """Parse a whole number of at least `least`; `what` names it in the refusal. Raises: UsageError."""
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text) >= least):
        raise UsageError(
            tr('{what} takes a whole number from {least} up, not "{text}"', what=what, least=least, text=visible(text))
        )
    return int(text)


def parse_command_line(argv: Sequence[str]) -> Arguments:
    """Parse a command line, the program's name left out. Raises: UsageError."""
    values, first = _leading_options(argv)
    try:
        command, position = _find_command(argv, first)
    except UsageError as refused:
        if refused.values:
            raise
        from tui.cli.refused_lines.kept_options import with_options

        raise UsageError(with_options(refused.sentence, {**options_apart(argv[first:])[1], **values})) from None
    try:
        return _parse_command(argv, values, first, command, position)
    except UsageError as refused:
        if position == len(argv):
            raise
        return _parse_as_meant(refused, argv, values, first, command, position)


def _parse_as_meant(
    refused: UsageError, argv: Sequence[str], values: dict[str, list[str]], first: int, command: Command, position: int
) -> Arguments:
    """Parse a refused line with synonyms of its options, where these are plain. Raises: UsageError with the line."""
    from tui.cli.refused_lines.option_synonyms import read_as_meant, refusal_as_meant, said_of

    behind, sentence = list(argv[position:]), refused.sentence
    reading = read_as_meant(command, behind)
    if reading.renamed and reading.is_plain:
        try:
            return _parse_command([*argv[:position], *reading.argv], values, first, command, position)
        except UsageError as refused_as_read:
            refused, behind, sentence = refused_as_read, reading.argv, refused_as_read.sentence
    elif reading.renamed:
        is_whole = _is_understood(command, reading.argv)
        sentence = refusal_as_meant(command, reading, values, is_whole=is_whole and command.name not in ENTERS)
    if command.name in ENTERS and refused.values.get("option") != "--every":
        from tui.cli.refused_lines.entry_lines import refusal_of_line

        raise refusal_of_line(command, behind, sentence) from None
    from tui.cli.refused_lines.shared_sentences import shows_what_there_is

    shows = shows_what_there_is(command.name)
    if not reading.renamed and sentence.endswith(shows) and _is_understood(command, reading.argv):
        from tui.cli.refused_lines.filled_lines import REMOVES
        from tui.cli.refused_lines.kept_options import line_of

        without = line_of(command.name, reading.argv, values)
        if command.name in REMOVES and "--reason" not in without.split():
            without += f" --reason {tr_in('placeholder', 'TEXT')}"
        from tui.cli.refused_lines.field_lines import lines_with_fields

        is_agreement = command.name == "agree" or reading.argv[-1:] == ["agreed"]
        does_nothing = command.name in ("edit", "seats") and not any(typed[:1] == "-" for typed in reading.argv)
        line = "" if does_nothing else without
        lines = lines_with_fields(line, reading.argv, reading.unlike, is_agreement=is_agreement)
        if lines:
            sentence = f"{sentence.removesuffix(shows)}: {lines}"
        else:
            sentence = tr(
                "{begin}, and nothing like it; without {options}: {line}",
                begin=sentence.removesuffix(shows),
                options=said_of(reading.unlike),
                line=without,
            )
    raise (refused if sentence == refused.sentence else UsageError(sentence)) from None


ENTERS = ("add", "visit add")
"""The commands that enter something new, which many a line is meant for: their refusals say the whole line."""


def _parse_command(
    argv: Sequence[str], values: dict[str, list[str]], first: int, command: Command, position: int
) -> Arguments:
    """Parse the words after a command; `values` are those of the options before it, up to `first`."""
    known = {option.name for option in (*GLOBAL_OPTIONS, *command.options)}
    for name, given in values.items():
        if name not in known:
            _refuse_unknown_option(name, None if first == len(argv) else command, sorted(known), *given)
    arguments = _parse(command, argv[position:])
    arguments.is_bare = first == len(argv) and not values.keys() - {"--store", "--today", "--lang"}
    for name, given in values.items():
        arguments.values[name] = given + arguments.values.get(name, [])
    _refuse_repeated(command, arguments.values)
    if command.words[-1:] == (("STATE", "1"),) and arguments.words and not arguments.words[-1].isascii():
        from store.rules.russian_twins_of_typed_words import with_step_whole

        arguments.words = with_step_whole(arguments.words)
    numbers = len(words_for_numbers(command, arguments.words))
    arguments.words[:numbers] = [word.replace("№", "#", 1) for word in arguments.words[:numbers]]
    if "--help" not in arguments.values:
        try:
            _check_words(command, arguments.words)
        except UsageError as refused:
            if command.name in ENTERS:
                raise
            from tui.cli.refused_lines.kept_options import with_options

            refused.sentence = with_options(refused.sentence, arguments.values)
            raise
        if command.name in ENTERS:
            _check_required(arguments)
        if command.is_changing:
            _refuse_held_open(arguments)
        command.resolve(arguments)
    return arguments


def _refuse_repeated(command: Command, values: dict[str, list[str]]) -> None:
    """Refuse a text given twice, of which one would be lost; other options take the last. Raises: UsageError."""
    for option in command.options:
        if option.kind == TEXT and not option.is_repeatable and len(values.get(option.name, [])) > 1:
            once = tr("{name} was given more than once, and only one would be kept: give it once", name=option.name)
            if option.name == "--delegation":
                from tui.cli.shell_quoting import quoted_for_shell

                once += tr(
                    " with all names, --delegation {names}", names=quoted_for_shell(", ".join(values[option.name]))
                )
            raise UsageError(once)
    if "" in values.get("--store", []):
        raise UsageError(tr("--store is empty: name the store's file"))


_HELD_OPEN = ("TEXT", "PARTY", "PLACE", "REF", "NAME", "SLUG", "KIND")
"""What stands in a line to type for a value of the user's own, and is no value."""


def _refuse_held_open(arguments: Arguments) -> None:
    """Refuse a proposed line typed with its placeholder, as `--reason TEXT`.

    Raises: UsageError.
    """
    for option in arguments.command.options:
        for value in arguments.values.get(option.name, ()):
            words = (option.metavar, option.name[2:].upper())
            if value in _held_open(words):
                raise UsageError(
                    tr("{name} {value}: write your own words in the place of {value}", name=option.name, value=value)
                )
    command = arguments.command
    last = " ".join(arguments.words[command.min_words - 1 :])
    if command.has_text and last in _said_both(command.words[-1][0]):
        raise UsageError(tr("write your own words in the place of {value}", value=last))


def _held_open(words: Sequence[str]) -> set[str]:
    return {said for word in words if word in _HELD_OPEN for said in _said_both(word)}


def _said_both(word: str) -> tuple[str, str]:
    return word, tr_in("placeholder", word)


def _check_required(arguments: Arguments) -> None:
    """Refuse a new visit or commitment without the options that it needs. Raises: UsageError."""
    by_like = arguments.has("like")
    missing = [
        name
        for name in arguments.command.required
        if name not in arguments.values and not (by_like and name != "--from")
    ]
    if missing:
        *others, last = missing
        raise UsageError(
            tr("{others} and {last} are missing", others=", ".join(others), last=last)
            if others
            else tr("{last} is missing", last=last)
        )


def is_check(argv: Sequence[str]) -> bool:
    """Whether a command line asks for `check`, even if it is wrong in everything else."""
    try:
        _, position = _leading_options(argv)
    except UsageError:
        return False
    return list(argv[position : position + 1]) == ["check"]


def language_typed(argv: Sequence[str]) -> str | None:
    """The value of --lang, known before the line is parsed; None where it is missing, or the language of a paper."""
    value = None
    for place, typed in enumerate(argv):
        if typed == "--lang":
            value = next(iter(argv[place + 1 : place + 2]), None)
        elif typed.startswith("--lang="):
            value = typed.removeprefix("--lang=")
    if value is None:
        return None
    try:
        _, position = _leading_options(argv)
        command, _ = _find_command(argv, position)
    except UsageError:
        return value
    return None if any(option.name == "--lang" for option in command.options) else value


def _leading_options(argv: Sequence[str]) -> tuple[dict[str, list[str]], int]:
    """Parse the options before the command. Returns their values and the position of the command."""
    values: dict[str, list[str]] = {}
    position = 0
    while position < len(argv) and argv[position].startswith("-"):
        # Whose option it is shows only later; a text before the command is one word.
        option, value, position = _parse_option(_options_of_any(), argv, position, None, 1)
        values.setdefault(option.name, []).extend([] if value is None else [value])
    return values, position


_GROUP_OF = {"visits": "visit", "parties": "party"}
"""Command that shows all -> the first word of those that change one."""


def _find_command(argv: Sequence[str], position: int) -> tuple[Command, int]:
    """Find the command named at a position. Returns it and the position after it. Raises: UsageError."""
    if position == len(argv):
        return COMMANDS["status"], position
    first = argv[position]
    second = argv[position + 1] if position + 1 < len(argv) else ""
    pair = f"{first} {second}"
    group = _GROUP_OF.get(first)
    if group is not None and f"{group} {second}" in COMMANDS:
        from tui.cli.refused_lines.unknown_command import verb_of_plural

        if group == "visit" and second == "add":
            from tui.cli.refused_lines.entry_lines import refusal_of_entry

            raise refusal_of_entry(tr("followup visits only shows them"), "visit add", argv[position + 2 :])
        raise UsageError(verb_of_plural(group, second, argv[position + 2 :]))
    if pair in COMMANDS:
        return COMMANDS[pair], position + 2
    if first in COMMANDS:
        return COMMANDS[first], position + 1
    if first.lstrip("#№").isdecimal():
        return COMMANDS["show"], position
    from tui.cli.command_aliases import alias_of

    if alias := alias_of(first):
        return alias, position + 1
    from tui.cli.refused_lines.entry_lines import entry_meant, refusal_of_entry
    from tui.cli.refused_lines.shared_sentences import no_command

    meant = entry_meant(argv[position:])
    if meant is not None:
        raise refusal_of_entry(no_command(first), *meant)
    from tui.cli.refused_lines.reopen_by_its_state import VERBS, refusal_of_reopening
    from tui.cli.refused_lines.unknown_command import unknown_command

    sentence = unknown_command(argv[position:])
    number = second.removeprefix("#")
    if first.lower() in VERBS and number.isdecimal() and len(number) < 16:
        begin, _, rest = sentence.partition(": ")
        raise refusal_of_reopening(begin, number, rest)
    raise UsageError(sentence)


def _parse(command: Command, argv: Sequence[str]) -> Arguments:
    options = _GLOBAL_BY_NAME | _by_name(command.options)
    words: list[str] = []
    values: dict[str, list[str]] = {}
    position = 0
    last_word = 0
    unquoted_option: str | None = None
    after_dashes = len(argv) - 1 - list(argv).index("--") if "--" in argv else 0
    while position < len(argv):
        typed = argv[position]
        if typed == "--":
            words += argv[position + 1 :]
            break
        if command.takes_rest and words:
            words += argv[position:]
            break
        if typed == "-h":
            typed = "--help"
        is_option = typed.startswith("--") or typed in options
        if not is_option and (not _looks_like_option(typed) or command.takes_query):
            if last_word < position and len(words) > command.min_words - 1 and command.has_text:
                from tui.cli.refused_lines.wrong_words import word_apart

                raise UsageError(word_apart(command, options, argv, position))
            if command.takes_query and _looks_like_option(typed):
                _refuse_option_in_query(typed, command)
            words.append(typed)
            position += 1
            last_word = position
            continue
        missing = command.min_words - len(words) - after_dashes
        option, value, position = _parse_option(options, argv, position, command, missing)
        values.setdefault(option.name, []).extend([] if value is None else [value])
        if option.kind == TEXT and missing > 0 and value and " " not in value:
            unquoted_option = option.name
    arguments = Arguments(command, words, values)
    arguments.unquoted_option = unquoted_option
    return arguments


def options_apart(argv: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Split a line with an unknown command into words and known options; unknown ones are dropped."""
    words: list[str] = []
    values: dict[str, list[str]] = {}
    position = 0
    known = _options_of_any()
    while position < len(argv):
        name, equals, value = argv[position].partition("=")
        position += 1
        option = known.get(name)
        if option is None:
            words += [argv[position - 1]] if not name.startswith("--") else [value] if equals else []
            continue
        given = values.setdefault(option.name, [])
        if option.kind == FLAG:
            continue
        end = position if equals else position + _value_length(known, option, argv[position:], 0)
        given.append(value if equals else " ".join(argv[position:end]))
        position = end
    return words, {name: given for name, given in values.items() if given != [""]}


def _refuse_option_in_query(typed: str, command: Command) -> None:
    """Refuse `-v` and `-json` among query terms, where a dash negates. Raises: UsageError."""
    if len(typed) == 2 or f"-{typed}" in _by_name((*command.options, *GLOBAL_OPTIONS)):
        from tui.cli.refused_lines.unknown_option import option_in_query

        raise UsageError(option_in_query(typed, command))


def _looks_like_option(typed: str) -> bool:
    return len(typed) > 1 and typed[0] == "-" and not typed[1].isdigit()


def _parse_option(
    options: dict[str, Option], argv: Sequence[str], position: int, command: Command | None, missing: int
) -> tuple[Option, str | None, int]:
    """Parse the option at a position. Returns the option, its value and the position after it. Raises: UsageError."""
    name, equals, value = argv[position].partition("=")
    if name == "-h":
        name = "--help"
    option = options.get(name)
    if option is None:
        end = position + 1
        while end < len(argv) and not argv[end].startswith("-"):
            end += 1
        number = argv[0].removeprefix("#") if argv[0].removeprefix("#").isdecimal() else ""
        if command is not None and command.name in ("show", "move") and number:
            # `3 done --on yesterday`: another command was meant.
            from tui.cli.refused_lines.kept_options import with_options

            words, values = options_apart(argv)
            try:
                _check_words(command, words)
            except UsageError as refused:
                raise UsageError(with_options(refused.sentence, values)) from None
        following = [value] if equals else argv[position + 1 : end]
        _refuse_unknown_option(name, command, list(options), *following, number=number, line=argv)
    if option.kind == FLAG:
        if equals:
            raise UsageError(tr("{name} takes no value", name=name))
        return option, None, position + 1
    if equals:
        end = position + 1
    else:
        end = position + 1 + _value_length(options, option, argv[position + 1 :], missing)
        value = " ".join(argv[position + 1 : end])
    if end == position + 1 and not equals:
        if option.kind == OPTIONAL_WORD:
            return option, None, end
        first, *others = choices_like("", option.choices) or (tr_in("placeholder", option.metavar),)
        more = tr(" (or {others})", others=", ".join(others)) if others else ""
        raise UsageError(tr("{name} needs a value: {name} {first}{more}", name=name, first=first, more=more))
    if option.choices and value is not None:
        value = choice_meant(value, option.choices)
    if option.choices and value not in option.choices:
        from store.nearest_word import did_you_mean

        known = choices_like(value, option.choices)
        raise UsageError(
            tr(
                '{name} is one of {choices}, not "{value}"{near}',
                name=name,
                choices=", ".join(known),
                value=visible(value),
                near=did_you_mean(value, (*known, *option.choices)),
            ),
            values={"option": name},
        )
    return option, value, end


def choice_meant(value: str, choices: tuple[str, ...]) -> str:
    """The choice that a Russian word stands for; any other word as it is."""
    if value.isascii():
        return value
    from store.rules.russian_twins_of_typed_words import word_among

    return word_among(value, choices) or value


def choices_like(value: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """The choices to list for an invalid value; in Russian, or for Cyrillic letters, those with a Russian twin."""
    if value.isascii() and language() == ENGLISH:
        return choices
    from store.rules.russian_twins_of_typed_words import first_twins

    return tuple(first_twins(choices).values()) or choices


def _refuse_unknown_option(
    name: str,
    command: Command | None,
    known: list[str],
    *following: str,
    number: str = "",
    line: Sequence[str] = (),
) -> NoReturn:
    """Refuse an option that a command does not have. Raises: UsageError."""
    from tui.cli.refused_lines.unknown_option import unknown_option

    raise UsageError(unknown_option(name, command, known, following, number, line))


def _is_understood(command: Command, argv: Sequence[str]) -> bool:
    """Whether the words after a command can be parsed."""
    try:
        _parse_command(argv, {}, len(argv), command, 0)
    except UsageError:
        return False
    return True


def _value_length(options: dict[str, Option], option: Option, following: Sequence[str], missing: int) -> int:
    """Count the words after an option that are its value; `missing` words of the command still follow.

    A date takes the longest run of words that can be parsed. A quoted text is one word; an unquoted one runs to the
    next option, but is a single word while words are missing. An optional word is taken only when none is missing.
    """
    run = 0
    while run < len(following) and not following[run].startswith("--") and following[run] not in options:
        run += 1
    if run == 0 or (option.kind == OPTIONAL_WORD and missing > 0):
        return 0
    if option.kind == DATE:
        return _date_length(following[:run], option.direction)
    if option.kind != TEXT or missing > 0 or " " in following[0]:
        return 1
    return run


def _date_length(words: Sequence[str], direction: str) -> int:
    """Count the leading words that parse as a date; all of them when none do."""
    from store.rules.dates.date_refusals import DateRefused
    from store.rules.dates.parse_date import parse_date

    for length in range(min(len(words), 8), 0, -1):
        try:
            # Which day it is does not decide whether words are a date; one that may lie on any side serves.
            parse_date(" ".join(words[:length]), "2024-02-15", direction)
        except DateRefused:
            continue
        return length
    return len(words)


def words_for_numbers(command: Command, words: list[str]) -> list[str]:
    """The words in the place of numbers of commitments."""
    if not command.words or command.words[0][0] != "ID":
        return []
    after = sum(nargs == "1" for _, nargs in command.words[1:])
    return words[: max(len(words) - after, 1)] if command.words[0][1] == "+" else words[:1]


def _check_words(command: Command, words: list[str]) -> None:
    """Refuse too few or too many words, and a word in place of a number. Raises: UsageError."""
    for place, word in enumerate(words_for_numbers(command, words)):
        is_several = ("," in word or " " in word) and (command.words[0][1] == "+" or command.name == "show")
        if is_several or not word.removeprefix("#")[:1].isdigit():
            from tui.cli.refused_lines.not_a_number import not_a_number

            raise UsageError(not_a_number(command, words, place))
    most = command.max_words
    if command.name == "report" and words:
        from tui.cli.refused_lines.report_with_words import refusal_of_words

        raise refusal_of_words(words)
    if command.name == "sheet" and len(words) > 1:
        from tui.cli.refused_lines.wrong_words import sheet_meant

        if line := sheet_meant(words):
            raise UsageError(tr("the words behind sheet are parties: {line}", line=line))
    if len(words) < command.min_words or (most is not None and len(words) > most):
        from tui.cli.refused_lines.wrong_words import wrong_words

        raise UsageError(wrong_words(command, words))

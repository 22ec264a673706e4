"""What was probably meant by a command line that is refused; read only then.

A proposal does what was asked for. A word that may mean a look never gets a command that changes something.
"""

from __future__ import annotations

import re

from store.did_you_mean import nearest
from store.errors import UsageError
from store.model.vocabulary import CLOSING_REASONS, RETURNED, STATE_WORDS, Because, State
from store.query.fields import FIELDS, WORDS
from store.query.words_as_fields import FIELD_WORDS, with_fields
from store.rules.days import Direction
from store.text import fold, visible
from tui.cli.command_aliases import ALIASES, LIST_WORDS, STATE_VERBS
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.command_types import WORD
from tui.cli.refused_lines.field_lines import is_due, line_of_field, lines_assigned
from tui.cli.refused_lines.guessed_lines import LATE_WORDS, PUT_AWAY, is_slug_like, line_meant, seats_said, why_late
from tui.cli.refused_lines.guessed_words import (
    GROUPS,
    INSTEAD,
    MEANT,
    NO_PARTY_ADD,
    OPTION_ELSEWHERE,
    SAME_VERB,
    SEEN_WITH,
)
from tui.cli.typed_words import (
    first_and_last_day,
    in_shell,
    is_date,
    is_exact_day,
    length_of_date,
    quoted_for_shell,
    text_in_shell,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tui.cli.arguments import Arguments
    from tui.cli.command_types import Command, Option


def unknown_command(typed: Sequence[str]) -> str:
    """The refusal of a word that is no command, with what to type; `typed` begins with that word."""
    first, rest = typed[0], typed[1:]
    word = first.lower()
    if len(typed) > 1 and "-".join(typed[:2]).lower() in INSTEAD:
        # `send back 7`: a guess of two words.
        first, word, rest = " ".join(typed[:2]), "-".join(typed[:2]).lower(), typed[2:]
    begin = f'there is no command "{visible(first)}"'
    if word != first and (word in COMMANDS or word in ALIASES):
        return f"{begin}: write it small, followup {word}"
    if word in GROUPS:
        return _verb_of_group(word, rest)
    from tui.cli.refused_lines.entry_lines import COMMITMENT_NOUNS, is_party_meant

    if word in COMMITMENT_NOUNS and rest and (line := _without_noun(rest)):
        return f"{begin}: {line}"
    if word in ("trip", "mission", "meeting", "workshop") and _is_visit_typed(typed):
        from tui.cli.refused_lines.entry_lines import entry_line

        return f"{begin}: {entry_line('visit add', typed)}"
    if is_party_meant(typed):
        return f"{begin}: {NO_PARTY_ADD}"
    from tui.cli.arguments import options_apart

    bare = [typed[0], *options_apart(typed[1:])[0]]
    if word in _ENDINGS and (line := _ended(word, rest)):
        return f"{begin}: {line}"
    if bare[1:] and (line := line_meant([*bare, *_until_when(word, rest)])):
        return f"{begin}: {line}"
    if rest and (group := next((group for group in GROUPS if word in _with_one_slip(group)), None)):
        # `vist add`: a slip in the first word of two.
        if f"{group} {rest[0]}" in COMMANDS:
            return f"{begin}: followup {group} {' '.join(map(quoted_for_shell, rest))}"
        return f"{begin}; {_verb_of_group(group, rest)}"
    behind = rest
    typed, rest = bare, options_apart(rest)[0]
    if word in STATE_WORDS and rest and all(map(_is_number, rest)):
        return f"{begin}: {_marked([number.removeprefix('#') for number in rest], STATE_WORDS[word])}"
    if word in FIELD_WORDS and word != "owner" and (terms := with_fields(typed)):
        return f"{begin}: followup list {in_shell(terms)} lists what matches"
    if len(rest) == 1 and is_slug_like(rest[0]) and (line := _of_visit(word, quoted_for_shell(rest[0]))):
        return f"{begin}: {line}"
    if rest and INSTEAD.get(word, "").startswith("followup list chase") and rest[0].isupper() and len(rest[0]) > 1:
        return f"{begin}: {_OF_PARTY['chase'].format(name=quoted_for_shell(' '.join(rest)))}"
    if word in _HISTORY_WORDS and (line := history_since(rest)):
        return f"{begin}: {line}"
    if word in INSTEAD:
        return f"{begin}: {_as_command(INSTEAD[word], behind, rest) or _filled(INSTEAD[word], rest)}"
    if word.partition(":")[0] in FIELDS and ":" in word:
        return f"{begin}: followup list {in_shell(typed)} lists what matches"
    if due_then := _due_then(typed):
        return f"{begin}: {due_then}"
    if near := _nearest_command(word):
        return f'{begin}; did you mean "{near}"?'
    close = nearest(word, list(INSTEAD), 0.85)
    if close is not None:
        return f"{begin}: {_filled(INSTEAD[close], rest)}"
    if is_slug_like(word):
        return f"{begin}: followup visits {quoted_for_shell(first)} shows that visit and what it left"
    if first.isupper() and len(first) > 1 and first.isalpha():
        return f"{begin}: followup list party:{visible(first)} lists what it owes and is owed"
    find = f"followup find {visible(first)} looks for it, " if word.isalpha() else ""
    return f"{begin}: {find}followup help lists the commands"


_HISTORY_WORDS = [
    word for sentence, words in MEANT.items() if "followup history{of}" in sentence for word in words.split()
]


def history_since(words: Sequence[str]) -> str:
    """The line for `history today`, `changes since Monday`, `history 3 last week`; empty for anything else."""
    numbers = [word.removeprefix("#") for word in words[:1] if _is_number(word) and len(words) > 1]
    day = words[len(numbers) :]
    day = day[1:] if day and day[0].lower() in ("since", "from", "of", "on", "after") else day
    is_day = bool(day) and is_date(day, Direction.BACK)
    return f"followup history {' '.join((*numbers, '--since'))} {text_in_shell(' '.join(day))}" if is_day else ""


def _of_visit(word: str, slug: str) -> str:
    """The line for `project lyon-2026`, `cancel lyon-2026`: a word for a commitment before the name of a visit."""
    sentence = INSTEAD.get(word, "")
    if sentence == INSTEAD["project"] or sentence == INSTEAD["view"]:
        return f"followup visits {slug} shows that visit and what it left"
    if word in _ENDINGS or sentence == INSTEAD["destroy"]:
        return f"followup visit aside {slug} sets it aside, followup visit remove {slug} takes out an empty one"
    return ""


def _without_noun(rest: Sequence[str]) -> str:
    """The line for `task 5 done`, `issue list`: what stands behind the noun is a line, or answered with one."""
    from tui.cli.arguments import parse_command_line

    try:
        parse_command_line(rest)
    except UsageError as refused:
        line = refused.sentence.rpartition(": ")[2]
        if rest[0].lower() in INSTEAD and refused.sentence.startswith("there is no command"):
            return refused.sentence.partition(": ")[2]
        return line if rest[0].removeprefix("#").isdecimal() and line.startswith("followup ") else ""
    why = f" {_WHY_CLOSED}" if rest[0] == "close" and "--because" not in rest else ""
    return f"followup {' '.join(map(quoted_for_shell, rest))}{why}"


def _until_when(word: str, behind: Sequence[str]) -> Sequence[str]:
    """The date behind `snooze 3 --until Friday`, which stands in no option of the command that is meant."""
    from tui.cli.arguments import options_apart

    if word not in PUT_AWAY:
        return ()
    _, values = options_apart(behind)
    return next((values[name] for name in ("--until", "--to", "--again", "--due") if name in values), ())


_ENDINGS = {
    **dict.fromkeys(("cancel", "drop", "abandon", "dismiss", "archive"), Because.DROPPED),
    **dict.fromkeys(("decline", "declined", "reject", "rejected"), Because.DECLINED),
}
"""Words of other programs for ending something -> why it is closed."""


def _ended(word: str, behind: Sequence[str]) -> str:
    """The line for `cancel 6 --reason "not needed"`, `drop 6 7 because not needed`; empty where no number is said."""
    from tui.cli.refused_lines.other_options import read_as_meant

    argv = read_as_meant(ALIASES["close"], behind).argv
    end = next((at for at, typed in enumerate(argv) if not _is_number(typed)), len(argv))
    numbers, rest = argv[:end], argv[end:]
    start = next((at for at, typed in enumerate(rest) if typed.startswith("--")), len(rest))
    words, options = rest[:start], rest[start:]
    if not numbers:
        return ""
    said = _closing_option(words).removesuffix(_WHY_CLOSED).strip() if words else ""
    said = " ".join((said, *map(quoted_for_shell, options))).strip()
    why = _ENDINGS[word]
    others = ", ".join(each for each in CLOSING_REASONS if each != why)
    line = f"followup close {' '.join(number.removeprefix('#') for number in numbers)}"
    if "--because" in said.split():
        return f"{line} {said}"
    removes = f"followup remove {numbers[0].removeprefix('#')} --reason TEXT takes one out that was entered by mistake"
    return f"{line} --because {why}{f' {said}' if said else ''} (or {others}){f', {removes}' if not rest else ''}"


def _is_number(word: str) -> bool:
    """Whether a word is the number of a commitment, or a range of them."""
    return word[:1] != "-" and word.removeprefix("#").replace("-", "", 1).isdecimal()


def _each(words: Sequence[str]) -> str:
    """Words of which each stands alone, as they are typed in a shell; a number without its sign."""
    return " ".join(quoted_for_shell(word.removeprefix("#") if _is_number(word) else word) for word in words)


def _marked(numbers: Sequence[str], state: str, said: str = "") -> str:
    """The command that brings commitments into a state, with the option that this state needs; `said`: its options."""
    needed = {State.CLOSED: _WHY_CLOSED, RETURNED: "--note TEXT"}.get(STATE_WORDS[state], "")
    is_said = not needed or needed.split()[0] in said.split()
    options = said if is_said else f"{said} {needed}".strip()
    return f"followup mark {_each(numbers) or 'ID'} {state} {options}".rstrip()


def _state_said_behind(number: str, state: str, after: Sequence[str]) -> str:
    """The command for a state behind a number, with the options that the words after it are."""
    options = {each.name for each in COMMANDS["mark"].options}
    return _marked([number], state, _option_for(after, options, STATE_WORDS[state]) if after else "")


def _due_then(typed: Sequence[str]) -> str:
    """What to type for a date that stands alone; empty for anything else."""
    if is_date(typed, Direction.FORWARD):
        return f"followup list due:{quoted_for_shell(' '.join(typed))} lists what is due then"
    if is_date(typed):
        return (
            "followup overdue lists what is late, followup list due:2023-03-31 what was due on that day, "
            "followup history shows what happened"
        )
    return ""


def _as_command(sentence: str, behind: Sequence[str], bare: Sequence[str]) -> str:
    """The line of the command that a guessed word is for, made of all that stood behind it; empty where it is none.

    `complete 3 yesterday` is `done 3 --on yesterday`, `delay 3 --to Friday` is `due 3 Friday`, `get visits` is
    `visits`. `bare` is what stood behind without options.
    """
    name = sentence.removeprefix("followup ").partition(" ")[0]
    command, words = COMMANDS.get(name) or ALIASES.get(name), list(behind)
    if name == "show" and bare and not _is_number(bare[0]):
        return _look_at(COMMANDS["show"], bare)
    if command is None or "{id}" not in sentence or name == "undo" or not words or not _is_number(words[0]):
        return ""
    if line := _state_meant(bare):
        return line
    is_plain = not sentence.startswith(f"followup {name} {{id}} --")
    end = next((at for at, word in enumerate(bare) if not _is_number(word)), len(bare))
    from tui.cli.arguments import is_option_of_any

    # The options of any command are added to each line.
    is_known = all(is_option_of_any(word.partition("=")[0]) for word in words if word.startswith("-"))
    if is_plain and name in STATE_VERBS and end < len(bare) and is_known:
        options = {option.name for option in command.options}
        return f"followup {name} {_each(bare[:end])} {_option_for(bare[end:], options, STATE_VERBS[name][0])}"
    if any(word.startswith("--") for word in words):
        from tui.cli.refused_lines.other_options import read_as_meant

        reading = read_as_meant(command, words)
        if reading.renamed and len(reading.argv) > 1 and not reading.unlike:
            return f"followup {name} {' '.join(map(quoted_for_shell, reading.argv))}"
    return ""


def _state_meant(rest: Sequence[str]) -> str:
    """What to type for `update 3 in progress`; empty where behind the number stands no state."""
    state = "-".join(rest[1:]).lower().replace(" ", "-").removeprefix("to-")
    if not rest or not rest[0].removeprefix("#").isdecimal() or state not in STATE_WORDS:
        return ""
    return _marked([rest[0].removeprefix("#")], state)


def _filled(sentence: str, rest: Sequence[str]) -> str:
    """What to type, with what stood behind the guessed word: the number, the date, the text, the two names."""
    numbers = next((at for at, word in enumerate(rest) if not _is_number(word)), len(rest))
    has_number = numbers > 0
    number, after = (_each(rest[:numbers]), rest[numbers:]) if has_number else ("ID", rest)
    while after and after[0].lower() in _BETWEEN:
        after = after[1:]
    names = [word for word in rest if word.lower() not in _BETWEEN]
    length = length_of_date(after)
    behind = text_in_shell(" ".join(after[length:]).removeprefix("because "))
    return sentence.format(
        id=number,
        of=f" {rest[0].removeprefix('#')}" if has_number else "",
        date=text_in_shell(" ".join(after[:length])) or "DATE",
        reason=f" --reason {behind}"
        if length and behind
        else " --reason TEXT (why; a date that was never agreed needs no reason)",
        text=quoted_for_shell(" ".join(after[length:])) if after[length:] else "TEXT",
        who=quoted_for_shell(" ".join(after)) if after else "NAME",
        party=quoted_for_shell(" ".join(after)) if after and not has_number else "PARTY",
        slug=quoted_for_shell(rest[0]) if rest else "SLUG",
        names=" ".join(map(quoted_for_shell, names)) if len(names) == 2 and not has_number else "OLD NEW",
    )


def _example(command: Command, number: str = "ID") -> str:
    """The first example of a command, of no visit and no commitment but that whose `number` was typed.

    The visits and numbers of the examples are others in every store: as they stand they would change one of these.
    """
    example = command.examples[0].replace("--visit lyon", "--visit SLUG")
    if command.words[:1] in ((("ID", "1"),), (("ID", "+"),)):
        return re.sub(rf"^(followup {command.name})(?: \d[\d-]*)+", rf"\1 {number}", example)
    if command.words[:1] != (("SLUG", "1"),):
        return example
    return example.replace(" lyon", " SLUG").replace(" tashkent-q1", " SLUG")


_BETWEEN = ("to", "into", "until", "till", "with", "and", "for", "by", "=", "->")
"""Words between the parts of a sentence that stand for nothing."""


def _nearest_command(word: str) -> str | None:
    """The command that a word is a slip of. One that changes something is as near as one slip of the finger."""
    known = {**COMMANDS, **ALIASES}
    changes = [name for name, command in known.items() if command.is_changing or name in _WRITES]
    looks = [name for name in known if name not in changes]
    near = nearest(word, looks, 0.7)
    slips = [name for name in changes if fold(word) in _with_one_slip(name)]
    if near is not None and word not in _with_one_slip(near) and slips:
        return slips[0]
    return near or (slips[0] if slips else None)


REMOVES = ("remove", "rm", "delete")
"""The commands that take a commitment out, which needs a reason."""

_WRITES = ("batch", "python", "import", "init", "restore")
"""Commands that change something without a transaction of their own."""


def _with_one_slip(word: str) -> set[str]:
    """What a slip of the finger makes of a word: two letters exchanged, one left out, doubled, or the key beside it."""
    found = set()
    for at in range(len(word)):
        before, after = word[:at], word[at + 1 :]
        found.add(before + after)
        found.add(before + word[at] + word[at] + after)
        if after:
            found.add(before + after[0] + word[at] + after[1:])
        found.update(before + letter + after for letter in _KEYS_BESIDE.get(word[at], ""))
    return found - {word}


_ROWS_OF_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS_BESIDE = {
    letter: "".join(row[max(at - 1, 0) : at] + row[at + 1 : at + 2])
    for row in _ROWS_OF_KEYS
    for at, letter in enumerate(row)
}


def _verb_of_group(group: str, rest: Sequence[str]) -> str:
    verbs = [name.split()[1] for name in COMMANDS if name.startswith(f"{group} ")]
    needs = f"followup {group} needs one of: {', '.join(verbs)}"
    if not rest:
        return f"{needs}; {GROUPS[group]}"
    typed, behind = rest[0].lower(), rest[1:]
    if typed in ("show", *SAME_VERB["show"]) and behind:
        from tui.cli.arguments import options_apart

        name = quoted_for_shell(" ".join(options_apart(behind)[0]))
        look = f"followup visits {name} shows it and what it left"
        if group == "party":
            look = f"followup list party:{name} lists what it owes and is owed"
        return f'{needs}, not "{visible(rest[0])}": {look}'
    if group == "visit" and typed in ("list", "show", *SAME_VERB["list"], *SAME_VERB["show"]):
        return f'{needs}, not "{visible(rest[0])}": {GROUPS[group]}'
    same = [verb for verb in verbs if typed in SAME_VERB.get(verb, ())]
    if group == "visit" and is_slug_like(typed) and behind and all(each.startswith("--") for each in behind[::2]):
        return f'there is no command "visit {visible(rest[0])}": followup visit edit {_each(rest)}'
    if group == "visit":
        from tui.cli.refused_lines.entry_lines import entry_line, with_left_out

        is_new = typed in ("add", *SAME_VERB["add"])
        if is_new or (not same and _is_visit_typed(rest)):
            begin = f'there is no command "visit {visible(rest[0])}"' if is_new else "a visit is entered with visit add"
            entered = behind if is_new else rest
            return f"{with_left_out(begin, 'visit add', entered)}: {entry_line('visit add', entered)}"
    for verb in same or [verb for verb in verbs if nearest(typed, [verb], 0.75)]:
        command = COMMANDS[f"{group} {verb}"]
        return f'{needs}, not "{visible(rest[0])}": {_whole_line(command, behind) or _example(command)}'
    if group == "party" and typed in ("add", *SAME_VERB["add"]):
        return f"{needs}: {NO_PARTY_ADD}"
    if group == "visit" and typed.isalpha():
        look = f"followup visits {visible(rest[0])} shows it and what it left"
        return f'{needs}, not "{visible(rest[0])}": {look}; a new one: {entry_line("visit add", rest)}'
    name = quoted_for_shell(rest[0])
    if group == "visit":
        return f'{needs}, not "{visible(rest[0])}": followup visits {name} shows it and what it left'
    names = [word for word in (rest[0], *rest[1:]) if word.lower() not in (*_BETWEEN, "same", "equals", "is")]
    if len(names) == 2:
        merge = f"followup party merge {quoted_for_shell(names[0])} {quoted_for_shell(names[1])}"
        return f'{needs}, not "{visible(rest[0])}": {merge} makes two entries of one institution one'
    return f'{needs}, not "{visible(rest[0])}": followup list party:{name} lists what it owes and is owed'


def _is_visit_typed(words: Sequence[str]) -> bool:
    """Whether words are a new visit, as `"Study visit" Lyon 16-20 Nov`: a title in quotes, days at the end, options."""
    has_days = any(first_and_last_day(" ".join(words[at:])) or is_exact_day(words[at:]) for at in range(1, len(words)))
    from tui.cli.arguments import is_option_of_any

    own = {option.name for option in COMMANDS["visit add"].options} - {
        option.name for option in COMMANDS["note"].options
    }
    options = [word.partition("=")[0] for word in words if word.startswith("--")]
    has_own = any(name in own or not is_option_of_any(name) for name in options)
    return has_days or (" " in words[0] and len(words) > 1) or has_own


def _whole_line(command: Command, words: Sequence[str]) -> str:
    """The command with what was typed behind another word for it; empty where that would be refused."""
    from tui.cli.arguments import options_apart

    names, values = options_apart(words)
    is_named = len(names) > 2 and any(each.name == f"--{names[1].lower()}" for each in command.options)
    if command.name in ("visit edit", "party edit") and is_named:
        # `visit set lyon-2026 donor INL`
        value = quoted_for_shell(" ".join(names[2:]))
        return f"followup {command.name} {quoted_for_shell(names[0])} --{names[1].lower()} {value}"
    if command.name in ("visit edit", "party edit") and len(names) > 1:
        words = names
        option = "--name" if command.name == "party edit" else "--title"
        words, names = [words[0], option, " ".join(words[1:])], names[:1]
        return f"followup {command.name} {' '.join(map(quoted_for_shell, words))}"
    has_options = bool(values)
    is_too_many = command.max_words is not None and len(names) > command.max_words and not has_options
    if not names or command.required or len(names) < command.min_words or is_too_many:
        return ""
    if command.name in ("visit edit", "party edit") and not has_options:
        return ""
    return f"followup {command.name} {' '.join(map(quoted_for_shell, words))}"


def verb_of_plural(group: str, verb: str, words: Sequence[str]) -> str:
    """The refusal of `parties merge A B`: the plural shows them, the singular changes one."""
    plural, command = {"visit": "visits", "party": "parties"}[group], COMMANDS[f"{group} {verb}"]
    return f"followup {plural} only shows them: {_whole_line(command, words) or _example(command)}"


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
    begin = f'{where} has no option "{visible(name)}"'
    bare = name.lstrip("-").lower()
    if elsewhere := OPTION_ELSEWHERE.get((command.name if command else "status", name)):
        value = text_in_shell(" ".join(following))
        filled = elsewhere.replace("ID", number or "ID")
        filled = filled.replace(" DATE", f" {value}" if following and is_date(following) else " DATE")
        for held_open in (" TEXT", " REF", " N ") if following else ():
            quoted = quoted_for_shell(" ".join(following))
            filled = filled.replace(held_open, f" {quoted}{' ' if held_open[-1] == ' ' else ''}")
        writes = f"{where} -o "
        if command and writes in filled and (typed := _typed_but(name, command, line)):
            filled = filled.replace(writes, f"{where} {typed} -o ")
        return f"{where} has no option {name}: {filled}"
    if command is None and bare in ("v", "version"):
        return f"{begin}: followup --version tells the version"
    if command is None and (bare in WORDS or bare in LIST_WORDS):
        word = bare if bare in WORDS else "overdue"
        return f"{begin}; a word of a query has no dashes: followup list {word}"
    if command is None and bare in FIELDS:
        value = quoted_for_shell(following[0]) if following and not following[0].startswith("-") else "VALUE"
        return f"{begin}; a query has colons: followup list {bare}:{value}"
    if command is None and (bare in COMMANDS or bare in ALIASES):
        return f"{begin}; a command has no dashes: followup {bare}"
    if command and bare in STATE_WORDS and (command.name == "mark" or command.name in STATE_VERBS):
        return f"{begin}; a state has no dashes: followup mark ID {bare}"
    from tui.cli.refused_lines.other_options import same_option

    if command and command.name == "edit" and any(name == each.name for each in COMMANDS["visit edit"].options):
        return f"{begin}: a visit has it, followup visit edit {_edit_of_visit(line, name, following)}"
    is_due_of_edit = command is not None and command.name == "edit" and is_due(bare)
    if not is_due_of_edit and (meant := same_option(name, known)):
        return f'{begin}; did you mean "{meant}"?'
    return f"{begin}: {where} --help shows what there is"


def _typed_but(name: str, command: Command, line: Sequence[str]) -> str:
    """What was typed behind a command but for this option: its words and the options that it has."""
    from tui.cli.arguments import options_apart

    words, values = options_apart([each for each in line if each != name])
    known = {each.name for each in (*command.options, *GLOBAL_OPTIONS)} - {"--output"}
    return " ".join((in_shell(words), *_options_again(values, known))).strip()


def _edit_of_visit(line: Sequence[str], name: str, following: Sequence[str]) -> str:
    """The visit of `edit visit lyon-2026 --donor INL` with the options of a visit that were typed."""
    from tui.cli.arguments import options_apart

    words, values = options_apart(line)
    words = words[1:] if words[:1] == ["visit"] else words
    slug = quoted_for_shell(" ".join(words)) if words and not _is_number(words[0]) else "SLUG"
    given = values if name in values else {name: [" ".join(following) or "TEXT"]}
    known = {each.name for each in (*COMMANDS["visit edit"].options, *GLOBAL_OPTIONS)}
    return " ".join((slug, *_options_again(given, known)))


def _options_again(values: Mapping[str, Sequence[str]], known: Collection[str]) -> list[str]:
    """The options among `known` as they are typed again."""
    return [
        f"{name} {quoted_for_shell(value)}" if value else name
        for name, given in values.items()
        if name in known
        for value in given or ("",)
    ]


def sheet_meant(words: Sequence[str]) -> str:
    """The line for `sheet for MIA in Russian`; empty where all words may be parties."""
    language = _LANGUAGES.get(words[-1].lower()) if len(words) > 2 and words[-2].lower() == "in" else None
    parties = words[:-2] if language else words
    parties = parties[1:] if parties[0].lower() in ("for", "of", "with", "to") and parties[1:] else parties
    if len(parties) == len(words):
        return ""
    return f"followup sheet {in_shell(parties)}{f' --lang {language}' if language else ''}"


_LANGUAGES = {"russian": "ru", "english": "en"}


def option_in_query(typed: str, command: Command) -> str:
    """The refusal of `-v` or `-json` among the terms of a query, where a dash and a longer word is a negation."""
    options = [option.name for option in (*command.options, *GLOBAL_OPTIONS)]
    begin = f'followup {command.name} has no option "{visible(typed)}"'
    if f"-{typed}" in options:
        return f"{begin}: write -{typed}"
    close = [option for option in options if option[2] == typed[1].lower()]
    meant = (
        f"; did you mean {' or '.join(close)}?" if close else f": followup {command.name} --help shows what there is"
    )
    return f"{begin}{meant} (not:{quoted_for_shell(typed[1:])} finds what is without it)"


def word_apart(command: Command, options: Mapping[str, Option], argv: Sequence[str], position: int) -> str:
    """The refusal of a word that stands apart from a title or text, as that of a name of two words without quotes."""
    begin = f'"{visible(argv[position])}" stands apart from the {command.words[-1][0]}'
    if command.name in ("add", "visit add"):
        # Its whole line follows.
        return begin
    option = options.get(argv[position - 2]) if position > 1 else None
    if option is None or option.kind != WORD or option.choices:
        return f"{begin}: put a name or a text with blanks in quotes"
    end = position
    while end < len(argv) and not argv[end].startswith("-"):
        end += 1
    name = quoted_for_shell(" ".join(argv[position - 1 : end]))
    return f"{begin}: a name with blanks stands in quotes, {argv[position - 2]} {name}"


def wrong_words(command: Command, words: Sequence[str]) -> str:
    """The refusal of too few or too many words, with an example of the whole line."""
    number = _each(words[:1]) if words and _is_number(words[0]) else "ID"
    if len(words) < command.min_words:
        missing = [name for name, nargs in command.words if nargs in "1+"][len(words)]
        look = f"; {SEEN_WITH[command.name]}" if not words and command.name in SEEN_WITH else ""
        if command.name == "party merge" and words:
            merge = f"followup party merge {quoted_for_shell(words[0])} NEW"
            return f"followup party merge needs NEW, the name that stays: {merge} (followup parties shows them)"
        states = f" ({', '.join(STATE_WORDS)})" if missing == "STATE" else ""
        return f"followup {command.name} needs {missing}{states}, as in: {_example(command, number)}{look}"
    most = command.max_words or 0
    typed, extra = _each(words[:most]), words[most]
    rest = text_in_shell(" ".join(words[most + 1 :]))
    option = next((known for known in command.options if known.name == f"--{extra.lower()}"), None)
    if option is not None:
        value = rest or option.metavar
        return f'"{extra}" is an option: followup {command.name} {typed} {option.name} {value}'.rstrip()
    names = " ".join(name + ("..." if nargs in "+*" else "") for name, nargs in command.words)
    takes = f"only {names}" if names else "no words"
    begin = f'followup {command.name} takes {takes}; "{visible(extra)}" is too much'
    takes_name = command.words and command.words[0][0] in ("SLUG", "NAME", "OLD")
    usual = "put a name or a text with blanks in quotes" if takes_name else ""
    return f"{begin}: {next(_in_place_of(command, words), usual or f'as in {_example(command, number)}')}"


def _in_place_of(command: Command, words: Sequence[str]) -> Iterator[str]:
    """What may have been meant by words that are too many."""
    most = command.max_words or 0
    number, extra = _each(words[:1]), words[most].lower()
    rest, after = (text_in_shell(" ".join(words[at:])) for at in (most, most + 1))
    if command.words[:1] == (("ID", "1"),) or command.words[:1] == (("ID", "?"),):
        command_named = COMMANDS.get(extra) or ALIASES.get(extra)
        if command_named is not None and command_named.words[:1] in ((("ID", "1"),), (("ID", "+"),)):
            said = after or (_WHY_CLOSED if extra == "close" else "")
            if extra == "seats":
                said = seats_said([number, *words[most + 1 :]]) or after
            if extra in STATE_VERBS and after:
                said = _option_for(
                    words[most + 1 :], {each.name for each in command_named.options}, STATE_VERBS[extra][0]
                )
            yield f"followup {extra} {number} {said}".rstrip()
        if extra in STATE_WORDS:
            yield _state_said_behind(number, extra, words[most + 1 :])
        elif (state := "-".join(words[most : most + 2]).lower()) in STATE_WORDS:
            yield _state_said_behind(number, state, words[most + 2 :])
        if command.name in ("show", "edit", "seats") and (lines := lines_assigned(number, words[most:])):
            yield lines
        if command.name == "show" and extra in ("is", "was", "has", "to", "as") and after:
            yield from _in_place_of(command, [*words[:most], *words[most + 1 :]])
        if command.name == "show" and extra in LATE_WORDS:
            yield why_late(number, words[most + 1 :])
        if command.name == "seats" and (said := seats_said(words)):
            is_one = len(words) == most + 1 and extra.isdecimal()
            more = f" (or --wanted {extra}, --acknowledged {extra})" if is_one else ""
            yield f"followup seats {number} {said}{more}"
        if command.name == "seats" and extra == "of" and len(words) == most + 2:
            yield f"followup seats ID --nominated {number} --wanted {after}"
        if command.name == "show" and (line := _verb_behind(words[most:], number)):
            yield line
        if command.name == "show" and {"officers", "seats", "nominated", "experts"} & {word.lower() for word in words}:
            yield from (f"followup seats {number} {said}" for said in [seats_said(words)] if said)
        if command.name == "show" and all(word.isdecimal() for word in words):
            yield f"followup list --all id:{','.join(words)}"
        if command.name == "edit" and not extra.isdecimal():
            yield f"followup edit {number} --title {text_in_shell(' '.join(words[most:]))}, or another of its options"
    if command.words[:1] == (("SLUG", "1"),):
        others = words[most:]
        each = ", ".join(f"followup {command.name} {quoted_for_shell(word)}" for word in words)
        if all("-" in word and word[-1].isdigit() for word in others):
            yield f"one command for each visit: {each}"
        if len(others) == 1 and any(option.name == "--reason" for option in command.options):
            yield f"followup {command.name} {number} --reason {rest} (for another visit, {each.rpartition(', ')[2]})"
    if any(option.name == "--reason" for option in command.options):
        if all(map(_is_number, words)):
            ends = " --reason TEXT" if "--reason" in command.required or command.name in REMOVES else ""
            each = ", ".join(f"followup {command.name} {_each([word])}{ends}" for word in words)
            yield f"one command for each: {each}"
        yield f"followup {command.name} {_each(words[:most])} --reason {rest}"
    if command.name == "history" and (line := history_since(words)):
        yield line
    if command.name == "move" and number.removeprefix("#").isdecimal():
        yield _state_meant(words) or _filled(INSTEAD["reschedule"], words)
    if command.name == "party merge" and words[1].lower() in _BETWEEN and len(words) == 3:
        yield f"followup party merge {quoted_for_shell(words[0])} {quoted_for_shell(words[2])}"
    if command.name == "undo" and words[0].lower() in ("last", "the", "my", "all", "done", "it"):
        yield "followup undo takes back your last change, followup undo --list shows which can be"
    if command.name == "parties":
        yield f"followup list party:{quoted_for_shell(words[most])} lists what it owes and is owed"


def _verb_behind(words: Sequence[str], number: str) -> str:
    """What to type for `5 remind in a week`, where a word that people guess stands behind the number."""
    if line := line_meant([words[0], number, *words[1:]]) or line_of_field(number, words[0], words[1:]):
        return line
    sentence = INSTEAD.get(words[0].lower(), "")
    behind = [number, *words[1:]]
    return (_as_command(sentence, behind, behind) or _filled(sentence, behind)) if "{id}" in sentence else ""


def not_a_number(command: Command, words: Sequence[str], place: int) -> str:
    """The refusal of a word that stands where the number of a commitment must, with what to type."""
    word = words[place]
    begin = f'ID takes a whole number from 1 up, not "{visible(word)}"'
    if command.name == "history" and (line := history_since(words)):
        return f"{begin}: {line}"
    rest = in_shell(words[place:])
    options = {option.name for option in command.options}
    if line := _several_numbers(command, words):
        return f"{begin}: {line}"
    if line := _date_first(command, words):
        return f"{begin}: {line}"
    if command.name == "mark" and word.lower() in STATE_WORDS:
        state, after = word.lower(), words[place + 1 :]
        if place == 0:
            return f"{begin}; the state stands last: {_marked(after, state)}"
        if all(map(_is_number, after)) and not is_date(after):
            return f"{begin}; the state stands last: {_marked([*words[:place], *after], state)}"
        return f"{begin}: {_marked(words[:place], state, _option_for(after, options, STATE_WORDS[state]))}"
    joined = "-".join(words[place : place + 2]).lower()
    if command.name == "mark" and place > 0 and joined != word.lower() and joined in STATE_WORDS:
        after = words[place + 2 :]
        said = _option_for(after, options, STATE_WORDS[joined]) if after else ""
        return f"{begin}: {_marked(words[:place], joined, said)}"
    if command.name == "mark" and word.lower() in ("as", "to", "is") and len(words) > place + 1:
        return not_a_number(command, [*words[:place], *words[place + 1 :]], place)
    if place > 0:
        # `3 30 March 2023`: the 30 is the day, not another number.
        start = next((at for at in range(1, place) if is_date(words[at:])), place)
        before = _each(words[:start])
        state = STATE_VERBS[command.name][0] if command.name in STATE_VERBS else ""
        return f"{begin}: followup {command.name} {before} {_option_for(words[start:], options, state)}"
    if word.lower() in ("list", *SAME_VERB["list"]) and len(words) == 1 and command.name in SEEN_WITH:
        return f"{begin}: {SEEN_WITH[command.name]}"
    if command.name == "due" and [each.lower() for each in words] == ["this", "week"]:
        return f"{begin}: {SEEN_WITH['due']}"
    if command.name == "due" and word.lower() not in WORDS and (due_then := _due_then(words)):
        return f"{begin}: {due_then}"
    if command.name in ("edit", *REMOVES) and word.lower() in ("visit", "party") and len(words) > 1:
        verb = "edit" if command.name == "edit" else "remove"
        return f"{begin}: followup {word.lower()} {verb} {quoted_for_shell(' '.join(words[1:]))}"
    if command.name in ("edit", *REMOVES) and "-" in word:
        verb = "edit" if command.name == "edit" else "remove"
        return f"{begin}: for a visit, followup visit {verb} {quoted_for_shell(word)}"
    if command.name in REMOVES and word.lower() in ("last", "latest"):
        return f"{begin}: followup undo takes back your last change"
    if command.name in REMOVES:
        name = quoted_for_shell(" ".join(words[place:]))
        return f"{begin}: for a party, followup party remove {name}; followup find {rest} looks for the number"
    if word.lower() in WORDS:
        return f"{begin}: followup list {rest} lists those"
    if look := _look_at(command, words):
        return f"{begin}: {look}"
    if command.name == "show" and "-" in word and word[-1].isdigit() and len(words) == 1:
        return f"{begin}: followup visits {rest} shows that visit and what it left"
    is_text = all(each.replace(" ", "").isalnum() for each in words)
    find = f"followup find {' '.join(words)} looks for it" if is_text else "followup list shows them"
    return f"{begin}: {find}" + (f", followup visits {rest} among the visits" if command.name == "show" else "")


def _several_numbers(command: Command, words: Sequence[str]) -> str:
    """The line for `done 3,4`, `mark 3 and 4 done`, `show 3,4`; empty for anything else."""
    parts = [part for word in words for part in (word.replace(",", " ").split() if word[:1].isdigit() else [word])]
    parts = [part for part in parts if part.lower() not in ("and", "&", ",")]
    end = next((at for at, part in enumerate(parts) if not _is_number(part)), len(parts))
    state = [part.lower() for part in parts[end:]]
    if end < 2 or parts == list(words) or (state and (command.name != "mark" or state[0] not in STATE_WORDS)):
        return ""
    if command.name == "show":
        return f"followup list --all id:{','.join(number.removeprefix('#') for number in parts)}"
    if command.words[0][1] != "+" or len(state) > 1:
        return ""
    return f"followup {command.name} {_each([*parts[:end], *state])}"


def _date_first(command: Command, words: Sequence[str]) -> str:
    """The line for `done yesterday 2`, `mark done 2 yesterday`, `mark yesterday 2 done`; empty for anything else."""
    verb = STATE_VERBS.get(command.name)
    if (verb is None and command.name != "mark") or (verb is not None and verb[0] == State.CLOSED):
        return ""
    rest = list(words)
    at = next((at for at, word in enumerate(rest) if verb is None and word.lower() in STATE_WORDS), None)
    state = [rest.pop(at).lower()] if at is not None else []
    day, numbers = _day_and_numbers(rest)
    if not day or (verb is None and not state):
        return ""
    day = day[1:] if day[0].lower() in ("on", "at") else day
    return f"followup {command.name} {' '.join((_each(numbers), *state))} --on {text_in_shell(' '.join(day))}"


def _day_and_numbers(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The date before or behind numbers of commitments, and these; both empty for anything else.

    `15 Dec 2023` is a date, and neither 15 nor 2023 the number of a commitment.
    """
    if is_date(words):
        return (words, ["ID"]) if _is_number(words[0]) else ((), ())
    ends = range(1, len(words))
    before = [(words[:at], words[at:]) for at in reversed(ends)]
    behind = [(words[at:], words[:at]) for at in ends]
    for day, numbers in before + behind:
        if all(map(_is_number, numbers)) and is_date(day):
            return day, numbers
    return (), ()


_OF_PARTY = {
    "confirm": "followup unconfirmed to:{name} lists what waits for its confirmation",
    "done": "followup list by:{name} lists what it owes",
    "chase": "followup list chase party:{name} lists what to chase there, followup list party:{name} all of it",
    "show": "followup list party:{name} lists what it owes and is owed",
    "history": "followup list --all party:{name} lists what it owes and is owed",
}
"""Command that takes a number -> what to look at for the name of a party in its place."""


def _look_at(command: Command, words: Sequence[str]) -> str:
    """What to look at for a word in the place of a number: a party, a visit, another look; empty for any other."""
    first, rest = words[0].lower(), " ".join(words[1:])
    if first in ("party", "visit") and rest and command.name in ("show", "history"):
        left = "what it left" if first == "visit" else "what it owes and is owed"
        return f"followup list --all {first}:{quoted_for_shell(rest)} lists {left}"
    if first in ("all", "everything", "everybody") and command.name == "show":
        return "followup list --all lists all"
    if command.name == "show" and first == "me" and rest:
        return line_meant(words[1:])
    if command.name == "show" and not rest:
        if first in ("me", "my", "mine"):
            return "followup mine lists what I owe, am owed and chase"
        if first in COMMANDS and not COMMANDS[first].is_changing:
            return f"followup {first}"
        if first in INSTEAD:
            return _filled(INSTEAD[first], [])
    if is_slug_like(first) and command.name == "history":
        return f"followup list --all visit:{quoted_for_shell(words[0])} lists what that visit left"
    name = " ".join(words)
    if command.name in _OF_PARTY and words[0].isupper() and len(words[0]) > 1:
        return _OF_PARTY[command.name].format(name=quoted_for_shell(name))
    return ""


def not_a_query(arguments: Arguments) -> str:
    """What to type where the words of a query that finds nothing were none: `list visits`, `late 6 he is away`."""
    words, typed_as = arguments.words, arguments.typed_as.name
    if typed_as in ("late", "overdue") and len(words) > 2 and _is_number(words[1]):
        return f"nothing late has these words: {why_late(visible(words[1].removeprefix('#')), words[2:])}"
    if typed_as == "later" and words[1:] and _is_number(words[1]):
        return f"nothing later has these words: {line_meant(words)}"
    from tui.cli.refused_lines.query_meant import looks_for_what

    if typed_as in ("list", "ls", "find", "search") and (query := looks_for_what(words)):
        return f"nothing has these words: followup list {query}"
    if typed_as in LIST_WORDS and len(words) == 2 and _is_number(words[1]):
        return f"nothing {typed_as} has these words: followup show {words[1].removeprefix('#')} says where it stands"
    word = words[0].lower() if len(words) == 1 and typed_as in ("list", "ls", "find", "search") else ""
    if word in COMMANDS and not COMMANDS[word].is_changing and word != "list":
        return f'nothing has the word "{word}", and {typed_as} is for commitments: followup {word}'
    if word in ("letter", "letters", "reference", "ref", "source", "evidence", "quote"):
        return f'nothing has the word "{word}": what stands in one is found, as in followup find 12/44'
    return f'nothing has the word "{word}": {_filled(INSTEAD[word], [])}' if word in INSTEAD else ""


def counted_from_today(typed: str, before: str) -> str:
    """What to type for `2w` or `2 weeks`, behind the command line before it; empty for any other date."""
    return f"{before} {text_in_shell(f'+{typed}')}" if typed[:1].isdigit() and is_date([f"+{typed}"]) else ""


def date_without_number(words: Sequence[str]) -> str:
    """What to type for `due 20 Dec`, which begins with no commitment; empty for anything but a date."""
    day = " ".join(words)
    if not is_date(words):
        return ""
    lists = f"followup list due:{quoted_for_shell(day)} lists what is due then"
    return f"followup due ID {text_in_shell(day)} sets a date, {lists}"


def date_and_reason(number: int, words: Sequence[str]) -> str:
    """What to type for a date with its reason behind it, as `Friday because he is away`; empty for anything else."""
    if words and words[0].lower() in ("to", "->", "=") and is_date(words[1:], Direction.FORWARD):
        return f"followup due {number} {text_in_shell(' '.join(words[1:]))}"
    length = length_of_date(words)
    if not 0 < length < len(words) or any(map(_is_number, words[length:])) or is_date(words[length:]):
        return ""
    day, text = (" ".join(part) for part in (words[:length], words[length:]))
    return f"followup due {number} {text_in_shell(day)} --reason {text_in_shell(text)}"


def _option_for(words: Sequence[str], options: Collection[str], state: str = "") -> str:
    """Words with the option before them that they may have been meant for: a day, why it is closed, else a note.

    `state` is the one that the command gives, if it gives one.
    """
    if state == State.CLOSED:
        return _closing_option(words)
    if "--again" in options and len(words) == 2 and words[0].lower() == "next" and is_date(words[1:]):
        # The coming one: `next Monday` has two readings.
        return f"--again {text_in_shell(words[1])}"
    if len(words) > 1 and words[0].lower() in _FROM_ON and is_date(words[1:]):
        words = words[1:]
    for at in range(1, len(words)):
        # A day behind or before a name or a note: `by letter on 20 Nov`, `yesterday by INTERPOL`.
        day, others = (words[at:], words[:at]) if is_date(words[at:]) else (words[:at], words[at:])
        if is_date(day) and not is_date(words) and not any(is_date(words[:more]) for more in range(at + 1, len(words))):
            option = "--again" if "--again" in options and is_date(day, Direction.FORWARD) else "--on"
            day = day[1:] if day[0].lower() in ("on", "at") else day
            others = others[:-1] if others[-1].lower() in _FROM_ON and len(others) > 1 else others
            return f"{option} {text_in_shell(' '.join(day))} {_option_for(others, options, state)}"
    day = words[1:] if words[0].lower() in _FROM_ON and len(words) > 1 else words
    text_of_day = text_in_shell(" ".join(day))
    if is_date(day, Direction.FORWARD) and "--again" in options:
        return f"--again {text_of_day}"
    if is_date(day):
        return f"--on {text_of_day}"
    speaker = _speaker(words) if "--said-by" in options and state in (State.REPORTED, State.CONFIRMED) else ""
    note = text_in_shell(" ".join(words))
    return f"--said-by {quoted_for_shell(speaker)} (or, as a note, --note {note})" if speaker else f"--note {note}"


_FROM_ON = ("on", "at", "since", "from")
"""Words before the day on which something was done."""

_WHY_CLOSED = f"--because {Because.DROPPED} (or {', '.join(why for why in CLOSING_REASONS if why != Because.DROPPED)})"
"""What `closed` needs, where the words do not say why."""


def _closing_option(words: Sequence[str]) -> str:
    """Words behind `closed` with their options: why it was closed, on which day, a note."""
    behind = words[1:] if words[0].lower() == "because" else words
    if not behind:
        return _WHY_CLOSED
    text = text_in_shell(" ".join(behind))
    if behind[0].lower() in CLOSING_REASONS:
        return f"--because {behind[0].lower()}" + (
            f" --note {text_in_shell(' '.join(behind[1:]))}" if behind[1:] else ""
        )
    option = f"--on {text}" if is_date(behind) else f"--note {text}"
    said = next((word.lower() for word in behind if word.lower() in CLOSING_REASONS), None)
    return f"{option} --because {said}" if said else f"{option} {_WHY_CLOSED}"


_BY_MEANS = "a an the letter letters mail email e-mail phone telephone post fax hand call courier note message"
"""Words behind `by` that say how, not who."""


def _speaker(words: Sequence[str]) -> str:
    """The party that words may name as who said it: `INTERPOL`, `by MIA`; empty for anything else."""
    if words[0].lower() == "by":
        return " ".join(words[1:]) if len(words) > 1 and words[1].lower() not in _BY_MEANS.split() else ""
    is_short_name = len(words[0]) > 1 and words[0].isupper()
    return " ".join(words) if is_short_name and len(words) < 4 else ""

"""What to type for a word that is no command: `vist add`, `task 5 done`, `Friday`, `INTERPOL`.

A word that may mean a look never gets a command that changes something."""

from __future__ import annotations

from store.errors import UsageError
from store.fold_case_and_accents import fold
from store.model.vocabulary_and_signs import STATE_WORDS, Because
from store.nearest_word import nearest
from store.query.meaning_of_fields_and_words import FIELDS
from store.query.russian_keywords import RUSSIAN_WORDS
from store.query.tokenize_quotes_and_minus import field_of
from store.query.words_as_fields import FIELD_WORDS, with_fields
from store.sanitise_text import visible
from store.translation import tr
from tui.cli.command_aliases import ALIASES, LIST_WORDS
from tui.cli.command_table import COMMANDS
from tui.cli.looks_like_a_date import first_and_last_day, is_exact_day
from tui.cli.refused_lines.command_synonyms import (
    GROUPS,
    INSTEAD,
    MEANT,
    NO_PARTY_ADD,
    SAME_VERB,
)
from tui.cli.refused_lines.filled_lines import (
    BETWEEN,
    OF_PARTY,
    again_in_shell,
    as_command_line,
    example_line,
    filled_in,
    is_number,
    mark_line,
)
from tui.cli.refused_lines.guesses_of_several_words import PUT_AWAY, is_slug_like, line_meant
from tui.cli.refused_lines.misplaced_dates import history_since, what_is_due_then
from tui.cli.refused_lines.shared_sentences import is_no_command, no_command
from tui.cli.refused_lines.state_words import closing_reason, reasons_to_type, state_said
from tui.cli.refused_lines.words_without_their_option import closing_options, why_closed
from tui.cli.shell_quoting import in_shell, quoted_for_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.command_types import Command


def unknown_command(typed: Sequence[str]) -> str:
    """The refusal of a word that is no command, with what to type; `typed` begins with that word."""
    first, rest = typed[0], typed[1:]
    word = first.lower()
    if len(typed) > 1 and "-".join(typed[:2]).lower() in INSTEAD:
        # `send back 7`: a guess of two words.
        first, word, rest = " ".join(typed[:2]), "-".join(typed[:2]).lower(), typed[2:]
    begin = no_command(first)
    if word != first and (word in COMMANDS or word in ALIASES):
        return tr("{begin}: write it small, followup {word}", begin=begin, word=word)
    if word in GROUPS:
        return _verb_of_group(word, rest)
    from tui.cli.refused_lines.entry_lines import COMMITMENT_NOUNS, is_party_meant

    if word in COMMITMENT_NOUNS and rest and (line := _without_noun(rest)):
        return f"{begin}: {line}"
    if word in ("trip", "mission", "meeting", "workshop") and _is_visit_typed(typed):
        from tui.cli.refused_lines.entry_lines import entry_line

        return f"{begin}: {entry_line('visit add', typed)}"
    if is_party_meant(typed):
        return f"{begin}: {tr(NO_PARTY_ADD)}"
    from tui.cli.arguments import options_apart

    bare = [typed[0], *options_apart(typed[1:])[0]]
    if (word in _ENDINGS or closing_reason(word)) and (line := _ended(word, rest)):
        return f"{begin}: {line}"
    if bare[1:] and (line := line_meant([*bare, *_until_when(word, rest)])):
        return f"{begin}: {line}"
    if rest and (group := next((group for group in GROUPS if word in _with_one_slip(group)), None)):
        # `vist add`: a slip in the first word of two.
        if f"{group} {rest[0]}" in COMMANDS:
            return f"{begin}: followup {group} {' '.join(map(quoted_for_shell, rest))}"
        return f"{begin}; {_verb_of_group(group, rest)}"
    return _by_its_meaning(begin, first, word, bare, rest)


def _by_its_meaning(begin: str, first: str, word: str, typed: Sequence[str], behind: Sequence[str]) -> str:
    """The refusal by what the word may mean; `typed` are the words without options, `behind` is all after the first."""
    from tui.cli.arguments import options_apart

    rest = options_apart(behind)[0]
    state, length = state_said(typed)
    if state and typed[length:] and all(map(is_number, typed[length:])):
        state = STATE_WORDS.get(state, state)
        return f"{begin}: {mark_line([number.removeprefix('#') for number in typed[length:]], state)}"
    if word in FIELD_WORDS and word != "owner" and (terms := with_fields(typed)):
        return tr("{begin}: followup list {query} lists what matches", begin=begin, query=in_shell(terms))
    if len(rest) == 1 and is_slug_like(rest[0]) and (line := _of_visit(word, quoted_for_shell(rest[0]))):
        return f"{begin}: {line}"
    if rest and INSTEAD.get(word, "").startswith("followup list chase") and rest[0].isupper() and len(rest[0]) > 1:
        return f"{begin}: {tr(OF_PARTY['chase'], name=quoted_for_shell(' '.join(rest)))}"
    if word in _HISTORY_WORDS and (line := history_since(rest)):
        return f"{begin}: {line}"
    if word in INSTEAD:
        return f"{begin}: {as_command_line(INSTEAD[word], behind, rest) or filled_in(INSTEAD[word], rest)}"
    if field_of(word.partition(":")[0]) in FIELDS and ":" in word:
        return tr("{begin}: followup list {query} lists what matches", begin=begin, query=in_shell(typed))
    if due_then := what_is_due_then(typed):
        return f"{begin}: {due_then}"
    if near := _nearest_command(word):
        return tr('{begin}; did you mean "{near}"?', begin=begin, near=near)
    close = nearest(word, list(INSTEAD), 0.85)
    if close is not None:
        return f"{begin}: {filled_in(INSTEAD[close], rest)}"
    if is_slug_like(word):
        return tr(
            "{begin}: followup visits {first} shows that visit and what it left",
            begin=begin,
            first=quoted_for_shell(first),
        )
    if first.isupper() and len(first) > 1 and first.isalpha():
        return tr(
            "{begin}: followup list party:{first} lists what it owes and is owed", begin=begin, first=visible(first)
        )
    find = tr("followup find {first} looks for it, ", first=visible(first)) if word.isalpha() else ""
    return tr("{begin}: {find}followup help lists the commands", begin=begin, find=find)


_HISTORY_WORDS = [
    word for sentence, words in MEANT.items() if "followup history{of}" in sentence for word in words.split()
]


def _of_visit(word: str, slug: str) -> str:
    """The line for `project lyon-2026`, `cancel lyon-2026`: a word for a commitment before the name of a visit."""
    sentence = INSTEAD.get(word, "")
    if sentence == INSTEAD["project"] or sentence == INSTEAD["view"]:
        return tr("followup visits {slug} shows that visit and what it left", slug=slug)
    if word in _ENDINGS or sentence == INSTEAD["destroy"]:
        return tr(
            "followup visit aside {slug} sets it aside, followup visit remove {slug} takes out an empty one", slug=slug
        )
    return ""


def _without_noun(rest: Sequence[str]) -> str:
    """The line for `task 5 done`, `issue list`: without the noun, as the rest is a line or has a hint."""
    from tui.cli.arguments import parse_command_line

    try:
        parse_command_line(rest)
    except UsageError as refused:
        line = refused.sentence.rpartition(": ")[2]
        if rest[0].lower() in INSTEAD and is_no_command(refused.sentence):
            return refused.sentence.partition(": ")[2]
        return line if rest[0].removeprefix("#").isdecimal() and line.startswith("followup ") else ""
    why = f" {why_closed()}" if rest[0] == "close" and "--because" not in rest else ""
    return f"followup {' '.join(map(quoted_for_shell, rest))}{why}"


def _until_when(word: str, behind: Sequence[str]) -> Sequence[str]:
    """The date behind `snooze 3 --until Friday`, where the command meant has no such option."""
    from tui.cli.arguments import options_apart

    if word not in PUT_AWAY:
        return ()
    _, values = options_apart(behind)
    return next((values[name] for name in ("--until", "--to", "--again", "--due") if name in values), ())


_ENDINGS = {
    **dict.fromkeys(("cancel", "drop", "abandon", "dismiss", "archive", "снять", "прекратить"), Because.DROPPED),
    **dict.fromkeys(("decline", "declined", "reject", "rejected", "отклонить"), Because.DECLINED),
}
"""Words of other programs for ending something -> why it is closed."""


def _ended(word: str, behind: Sequence[str]) -> str:
    """The line for `cancel 6 --reason "not needed"`, `drop 6 7 because not needed`; empty without a number."""
    from tui.cli.refused_lines.option_synonyms import read_as_meant

    argv = read_as_meant(ALIASES["close"], behind).argv
    end = next((at for at, typed in enumerate(argv) if not is_number(typed)), len(argv))
    numbers, rest = argv[:end], argv[end:]
    start = next((at for at, typed in enumerate(rest) if typed.startswith("--")), len(rest))
    words, options = rest[:start], rest[start:]
    if not numbers:
        return ""
    said = closing_options(words).removesuffix(why_closed()).strip() if words else ""
    said = " ".join((said, *map(quoted_for_shell, options))).strip()
    why, others = reasons_to_type(_ENDINGS.get(word) or closing_reason(word) or Because.DROPPED)
    line = f"followup close {' '.join(number.removeprefix('#') for number in numbers)}"
    if "--because" in said.split():
        return f"{line} {said}"
    removes = tr(
        "followup remove {number} --reason TEXT takes one out that was entered by mistake",
        number=numbers[0].removeprefix("#"),
    )
    return tr(
        "{line} --because {why}{said} (or {others}){removes}",
        line=line,
        why=why,
        said=f" {said}" if said else "",
        others=", ".join(others),
        removes=f", {removes}" if not rest else "",
    )


def _nearest_command(word: str) -> str | None:
    """The command nearest to a misspelled word; one that changes something only within one slip."""
    if not word.isascii():
        return nearest(word, [russian for russian, english in RUSSIAN_WORDS.items() if english in LIST_WORDS], 0.7)
    known = {**COMMANDS, **ALIASES}
    changes = [name for name, command in known.items() if command.is_changing or name in _WRITES]
    reading_commands = [name for name in known if name not in changes]
    near = nearest(word, reading_commands, 0.7)
    slips = [name for name in changes if fold(word) in _with_one_slip(name)]
    if near is not None and word not in _with_one_slip(near) and slips:
        return slips[0]
    return near or (slips[0] if slips else None)


_WRITES = ("batch", "python", "import", "init", "restore")
"""Commands that change something without a transaction of their own."""


def _with_one_slip(word: str) -> set[str]:
    """Each misspelling of a word by one slip: letters exchanged, left out, doubled, or the key beside."""
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
    needs = tr("followup {group} needs one of: {verbs}", group=group, verbs=", ".join(verbs))
    if not rest:
        return f"{needs}; {tr(GROUPS[group])}"
    typed, behind = rest[0].lower(), rest[1:]
    if typed in ("show", *SAME_VERB["show"]) and behind:
        from tui.cli.arguments import options_apart

        name = quoted_for_shell(" ".join(options_apart(behind)[0]))
        shows = tr("followup visits {name} shows it and what it left", name=name)
        if group == "party":
            shows = tr("followup list party:{name} lists what it owes and is owed", name=name)
        return tr('{needs}, not "{rest}": {look}', needs=needs, rest=visible(rest[0]), look=shows)
    if group == "visit" and typed in ("list", "show", *SAME_VERB["list"], *SAME_VERB["show"]):
        return tr('{needs}, not "{rest}": {look}', needs=needs, rest=visible(rest[0]), look=tr(GROUPS[group]))
    same = [verb for verb in verbs if typed in SAME_VERB.get(verb, ())]
    if group == "visit" and is_slug_like(typed) and behind and all(each.startswith("--") for each in behind[::2]):
        return f"{no_command(f'visit {rest[0]}')}: followup visit edit {again_in_shell(rest)}"
    if group == "visit":
        from tui.cli.refused_lines.entry_lines import entry_line, with_left_out

        is_new = typed in ("add", *SAME_VERB["add"])
        if is_new or (not same and _is_visit_typed(rest)):
            begin = no_command(f"visit {rest[0]}") if is_new else tr("a visit is entered with visit add")
            entered = behind if is_new else rest
            return f"{with_left_out(begin, 'visit add', entered)}: {entry_line('visit add', entered)}"
    for verb in same or [verb for verb in verbs if nearest(typed, [verb], 0.75)]:
        command = COMMANDS[f"{group} {verb}"]
        return tr(
            '{needs}, not "{rest}": {look}',
            needs=needs,
            rest=visible(rest[0]),
            look=_whole_line(command, behind) or example_line(command),
        )
    return _other_word_of_visit(needs, rest) if group == "visit" else _other_word_of_party(needs, rest)


def _other_word_of_visit(needs: str, rest: Sequence[str]) -> str:
    """What to type for `visit lyon`: a word that is no verb, which may be a visit or its place."""
    name, shown = quoted_for_shell(rest[0]), visible(rest[0])
    if not rest[0].isalpha():
        return tr(
            '{needs}, not "{rest}": followup visits {name} shows it and what it left',
            needs=needs,
            rest=shown,
            name=name,
        )
    from tui.cli.refused_lines.entry_lines import entry_line

    return tr(
        '{needs}, not "{rest}": {look}; a new one: {line}',
        needs=needs,
        rest=shown,
        look=tr("followup visits {rest} shows it and what it left", rest=shown),
        line=entry_line("visit add", rest),
    )


def _other_word_of_party(needs: str, rest: Sequence[str]) -> str:
    """What to type for `party add UNODC`, `party INL and UNODC`, `party INL`."""
    if rest[0].lower() in ("add", *SAME_VERB["add"]):
        return f"{needs}: {tr(NO_PARTY_ADD)}"
    names = [word for word in rest if word.lower() not in (*BETWEEN, "same", "equals", "is")]
    if len(names) == 2:
        merge = f"followup party merge {quoted_for_shell(names[0])} {quoted_for_shell(names[1])}"
        return tr(
            '{needs}, not "{rest}": {merge} makes two entries of one institution one',
            needs=needs,
            rest=visible(rest[0]),
            merge=merge,
        )
    return tr(
        '{needs}, not "{rest}": followup list party:{name} lists what it owes and is owed',
        needs=needs,
        rest=visible(rest[0]),
        name=quoted_for_shell(rest[0]),
    )


def _is_visit_typed(words: Sequence[str]) -> bool:
    """Whether words are a new visit, as `"Study visit" Lyon 16-20 Nov`: a quoted title, days at the end, options."""
    has_days = any(first_and_last_day(" ".join(words[at:])) or is_exact_day(words[at:]) for at in range(1, len(words)))
    from tui.cli.arguments import is_option_of_any

    own = {option.name for option in COMMANDS["visit add"].options} - {
        option.name for option in COMMANDS["note"].options
    }
    options = [word.partition("=")[0] for word in words if word.startswith("--")]
    has_own = any(name in own or not is_option_of_any(name) for name in options)
    return has_days or (" " in words[0] and len(words) > 1) or has_own


def _whole_line(command: Command, words: Sequence[str]) -> str:
    """The command with the words behind an alias; empty where that would be refused."""
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
    return tr(
        "followup {plural} only shows them: {line}",
        plural=plural,
        line=_whole_line(command, words) or example_line(command),
    )

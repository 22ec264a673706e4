"""What to type for a word in place of the number of a commitment: `done yesterday 2`, `show INTERPOL`."""

from __future__ import annotations

from store.model.vocabulary_and_signs import State
from store.query.meaning_of_fields_and_words import WORDS
from store.rules.transitions import step_of
from store.sanitise_text import visible
from store.translation import tr
from tui.cli.command_aliases import STATE_VERBS
from tui.cli.looks_like_a_date import is_date
from tui.cli.refused_lines.command_synonyms import (
    SAME_VERB,
    SEEN_WITH,
)
from tui.cli.refused_lines.filled_lines import REMOVES, again_in_shell, is_number, line_that_shows, mark_line
from tui.cli.refused_lines.misplaced_dates import history_since, what_is_due_then
from tui.cli.refused_lines.state_words import is_state, state_said
from tui.cli.refused_lines.words_without_their_option import with_option
from tui.cli.shell_quoting import in_shell, quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.command_types import Command


def not_a_number(command: Command, words: Sequence[str], place: int) -> str:
    """The refusal of a word in place of the number of a commitment, with what to type."""
    word = words[place]
    begin = tr('ID takes a whole number from 1 up, not "{word}"', word=visible(word))
    if command.name == "history" and (line := history_since(words)):
        return f"{begin}: {line}"
    rest = in_shell(words[place:])
    options = {option.name for option in command.options}
    if line := _several_numbers(command, words):
        return f"{begin}: {line}"
    if line := _date_first(command, words):
        return f"{begin}: {line}"
    state, length = state_said(words[place:]) if command.name == "mark" else ("", 0)
    if state:
        after = words[place + length :]
        if place == 0 or ((after or length == 1) and all(map(is_number, after)) and not is_date(after)):
            return tr(
                "{begin}; the state stands last: {line}", begin=begin, line=mark_line([*words[:place], *after], state)
            )
        said = with_option(after, options, step_of(state) or "") if after else ""
        return f"{begin}: {mark_line(words[:place], state, said)}"
    if command.name == "mark" and word.lower() in ("as", "to", "is") and len(words) > place + 1:
        return not_a_number(command, [*words[:place], *words[place + 1 :]], place)
    if place > 0:
        # `3 30 March 2023`: the 30 is the day, not another number.
        start = next((at for at in range(1, place) if is_date(words[at:])), place)
        before = again_in_shell(words[:start])
        state = STATE_VERBS[command.name][0] if command.name in STATE_VERBS else ""
        return f"{begin}: followup {command.name} {before} {with_option(words[start:], options, state)}"
    if word.lower() in ("list", *SAME_VERB["list"]) and len(words) == 1 and command.name in SEEN_WITH:
        return f"{begin}: {tr(SEEN_WITH[command.name])}"
    if command.name == "due" and [each.lower() for each in words] == ["this", "week"]:
        return f"{begin}: {tr(SEEN_WITH['due'])}"
    if command.name == "due" and word.lower() not in WORDS and (due_then := what_is_due_then(words)):
        return f"{begin}: {due_then}"
    if command.name in ("edit", *REMOVES) and word.lower() in ("visit", "party") and len(words) > 1:
        verb = "edit" if command.name == "edit" else "remove"
        return f"{begin}: followup {word.lower()} {verb} {quoted_for_shell(' '.join(words[1:]))}"
    if command.name in ("edit", *REMOVES) and "-" in word:
        verb = "edit" if command.name == "edit" else "remove"
        return tr(
            "{begin}: for a visit, followup visit {verb} {word}", begin=begin, verb=verb, word=quoted_for_shell(word)
        )
    if command.name in REMOVES and word.lower() in ("last", "latest"):
        return tr("{begin}: followup undo takes back your last change", begin=begin)
    if command.name in REMOVES:
        name = quoted_for_shell(" ".join(words[place:]))
        return tr(
            "{begin}: for a party, followup party remove {name}; followup find {rest} looks for the number",
            begin=begin,
            name=name,
            rest=rest,
        )
    if word.lower() in WORDS:
        return tr("{begin}: followup list {rest} lists those", begin=begin, rest=rest)
    if shows := line_that_shows(command, words):
        return f"{begin}: {shows}"
    if command.name == "show" and "-" in word and word[-1].isdigit() and len(words) == 1:
        return tr("{begin}: followup visits {rest} shows that visit and what it left", begin=begin, rest=rest)
    is_text = all(each.replace(" ", "").isalnum() for each in words)
    find = tr("followup find {text} looks for it", text=" ".join(words)) if is_text else tr("followup list shows them")
    return f"{begin}: {find}" + (
        tr(", followup visits {rest} among the visits", rest=rest) if command.name == "show" else ""
    )


def _several_numbers(command: Command, words: Sequence[str]) -> str:
    """The line for `done 3,4`, `mark 3 and 4 done`, `show 3,4`; empty for anything else."""
    parts = [part for word in words for part in (word.replace(",", " ").split() if word[:1].isdigit() else [word])]
    parts = [part for part in parts if part.lower() not in ("and", "&", ",")]
    end = next((at for at, part in enumerate(parts) if not is_number(part)), len(parts))
    state = [part.lower() for part in parts[end:]]
    if end < 2 or parts == list(words) or (state and (command.name != "mark" or not is_state(state[0]))):
        return ""
    if command.name == "show":
        return f"followup list --all id:{','.join(number.removeprefix('#') for number in parts)}"
    if command.words[0][1] != "+" or len(state) > 1:
        return ""
    return f"followup {command.name} {again_in_shell([*parts[:end], *state])}"


def _date_first(command: Command, words: Sequence[str]) -> str:
    """The line for `done yesterday 2`, `mark done 2 yesterday`, `mark yesterday 2 done`; empty for anything else."""
    verb = STATE_VERBS.get(command.name)
    if (verb is None and command.name != "mark") or (verb is not None and verb[0] == State.CLOSED):
        return ""
    rest = list(words)
    at = next((at for at, word in enumerate(rest) if verb is None and is_state(word)), None)
    state = [rest.pop(at).lower()] if at is not None else []
    day, numbers = _day_and_numbers(rest)
    if not day or (verb is None and not state):
        return ""
    day = day[1:] if day[0].lower() in ("on", "at") else day
    return f"followup {command.name} {' '.join((again_in_shell(numbers), *state))} --on {text_in_shell(' '.join(day))}"


def _day_and_numbers(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """A date before or behind numbers of commitments, and these; both empty for anything else.

    `15 Dec 2023` is a date, and neither 15 nor 2023 the number of a commitment.
    """
    if is_date(words):
        return (words, ["ID"]) if is_number(words[0]) else ((), ())
    ends = range(1, len(words))
    before = [(words[:at], words[at:]) for at in reversed(ends)]
    behind = [(words[at:], words[:at]) for at in ends]
    for day, numbers in before + behind:
        if all(map(is_number, numbers)) and is_date(day):
            return day, numbers
    return (), ()

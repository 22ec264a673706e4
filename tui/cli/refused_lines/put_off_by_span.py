"""What to type to put a date off by a span, `delay 3 "3 weeks"`: counted from the date in force, not from today.

Read only where a command line is refused, or where a span moved an agreed date to an earlier day.
"""

from __future__ import annotations

from store.rules.days import Direction, said_day
from store.rules.needs_reason import is_due_change_to_explain
from store.sanitise_text import visible
from store.translation import tr, tr_in
from tui.cli.looks_like_a_date import is_date
from tui.cli.refused_lines.shared_sentences import is_no_command
from tui.cli.shell_quoting import quoted_for_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.model.record_types import Commitment
    from store.snapshot import Snapshot

_VERBS = (
    *("delay", "postpone", "extend", "prolong", "defer", "reschedule", "push", "shift", "bump", "move", "slip"),
    *("due", "deadline", "date", "extension", "due-date", "add"),
)
"""Words that put something off, where a span of time stands behind them."""

_BEFORE = ("by", "for", "another", "back", "out", "due", "date", "deadline", "+")
_BEHIND = ("later", "more", "longer", "extra", "further")
_OPTIONS = ("--by", "--for", "--due", "--again", "--to", "--until")
"""Options, of whatever command, in which the span may stand."""

_MOST_WORDS = 4


class PutOff:
    """A commitment to put off: its number, the span as typed and as a date of `+2w` or `in two weeks`."""

    __slots__ = ("number", "reason", "said", "span", "used")

    def __init__(self, number: int, said: str, span: str, reason: Sequence[str], used: str) -> None:
        self.number = number
        self.said = said
        self.span = span
        self.reason = " ".join(reason)
        self.used = used
        """The option in which the span stood, if it did."""


def put_off_meant(argv: Sequence[str]) -> PutOff | None:
    """Parse a line that puts a commitment off by a span; None for any other line."""
    from tui.cli.arguments import options_apart

    words, values = options_apart(argv)
    numbers = [at for at, word in enumerate(words[:3]) if _is_number(word)]
    verbs = [at for at, word in enumerate(words[:3]) if word.lower() in _VERBS]
    if not numbers or not verbs or (words[0].lower() == "add" and numbers[0] != 1):
        return None
    number = words[numbers[0]].removeprefix("#")
    behind = words[numbers[0] + 1 :] if verbs[0] < numbers[0] else words[verbs[-1] + 1 :]
    places = [("", behind)] if behind else [(name, values[name][-1].split()) for name in _OPTIONS if name in values]
    for used, place in places:
        length, said, span = _span(place)
        if length:
            reason = place[length + 1 :] if place[length : length + 1] == ["because"] else place[length:]
            return PutOff(int(number), said, span, reason, used)
    return None


def _is_number(word: str) -> bool:
    digits = word.removeprefix("#")
    return digits.isascii() and digits.isdecimal() and len(digits) < 16


def _span(words: Sequence[str]) -> tuple[int, str, str]:
    """The number of words, from the first, that are a span; the span as typed, and as a date from a day."""
    parts = [part for word in words for part in word.split()]
    is_whole = len(parts) == len(words)
    for length in range(min(len(parts), _MOST_WORDS + 2), 0, -1):
        said = [part.lower() for part in parts[:length]]
        while said and said[0] in _BEFORE:
            said = ["a", *said[1:]] if said[0] == "another" and len(said) == 2 else said[1:]
        said = [part for part in said if part not in _BEHIND]
        text = " ".join(said).removeprefix("+").strip()
        if not text or len(said) > _MOST_WORDS or is_date([text], Direction.FORWARD):
            continue  # A date of its own, which counts from nothing.
        span = next((each for each in (f"+{text}", f"in {text}") if is_date([each], Direction.FORWARD)), "")
        if span and (is_whole or length == len(parts)):
            return (length if is_whole else len(words)), text, span
    return 0, "", ""


def line_put_off(meant: PutOff, commitment: Commitment, today: str) -> str:
    """The line with the day that the span leads to, and the day it counts from."""
    from store.rules.dates.parse_date import parse_day

    due = commitment.get("due")
    day = parse_day(meant.span, due or today, Direction.FORWARD)
    given = f" --reason {quoted_for_shell(meant.reason)}" if meant.reason else ""
    reason = given or (f" --reason {tr_in('placeholder', 'TEXT')}" if is_due_change_to_explain(commitment, day) else "")
    counted = (
        tr("{said} after {due}, its date", said=meant.said, due=said_day(due))
        if due
        else tr("{said} from today, as it has no date", said=meant.said)
    )
    return f"followup due {meant.number} {said_day(day)}{reason} ({visible(counted)})"


def refusal_of_span(meant: PutOff, sentence: str, values: Mapping[str, Sequence[str]], snapshot: Snapshot) -> str:
    """The refusal of a line that puts off a known commitment; of any other one unchanged."""
    from tui.cli.refused_lines.kept_options import with_options

    commitment = snapshot.commitments.get(meant.number)
    if commitment is None:
        return sentence
    is_guess = is_no_command(sentence)
    begin = sentence.partition(": ")[0] if is_guess else tr('"{said}" is a span of time', said=visible(meant.said))
    kept = {name: given for name, given in values.items() if name != meant.used}
    return with_options(f"{begin}: {line_put_off(meant, commitment, snapshot.today)}", kept)


def span_from(typed: str, before: str) -> tuple[str, str] | None:
    """The span of time as typed, and the ISO day it leads to from another one; None for any other date."""
    from store.rules.dates.parse_date import parse_day

    length, said, span = _span(typed.split())
    if not length or length != len(typed.split()):
        return None
    return said, parse_day(span, before, Direction.FORWARD)

"""What to type for `report Lyon`, by what the store has of that name; imported where it is refused."""

from __future__ import annotations

from store.errors import FollowUpError, UsageError
from store.fold_case_and_accents import fold
from store.rules.days import Direction
from store.sanitise_text import visible
from store.translation import tr
from tui.cli.looks_like_a_date import is_date
from tui.cli.refused_lines.named_store_and_today import session_of, store_and_day
from tui.cli.shell_quoting import quoted_for_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.snapshot import Snapshot

REPORT_MEANT = "report.meant"
"""Code of the refusal of a report with words: these stand in its values."""


def refusal_of_words(words: Sequence[str]) -> UsageError:
    """The refusal without a readable store."""
    text = " ".join(words)
    begin = tr('followup report takes no words; "{text}" is too much', text=visible(text))
    is_period = is_date(words, Direction.BACK)
    option = "--quarter" if is_period else "--donor"
    sentence = f"{begin}: followup report {option} {quoted_for_shell(text)}"
    return UsageError(sentence, code=REPORT_MEANT, values={"begin": begin, "text": "" if is_period else text})


def by_what_is_known(refused: UsageError, argv: Sequence[str], environment: Mapping[str, str]) -> UsageError:
    """The refusal with the line for a donor, a visit or a party; unchanged where the store cannot be read."""
    from tui.cli.arguments import options_apart
    from tui.cli.refused_lines.kept_options import with_options

    sentence, text = refused.sentence, str(refused.values["text"])
    try:
        snapshot = session_of(store_and_day(argv), environment).snapshot()
        if text:
            sentence = f"{refused.values['begin']}: {_line_for(text, snapshot)}"
    except FollowUpError:
        pass  # The sentence without the store stands.
    return UsageError(with_options(sentence, options_apart(argv)[1]))


def _line_for(text: str, snapshot: Snapshot) -> str:
    from store.rules.visit_slugs import slug_of_part

    donors = sorted({visit["donor"] for visit in snapshot.visits.values() if "donor" in visit})
    if (donor := next((donor for donor in donors if fold(donor) == fold(text)), None)) is not None:
        return f"followup report --donor {quoted_for_shell(donor)}"
    number = text.removeprefix("#")
    if number.isdecimal() and len(number) < 16 and int(number) in snapshot.commitments:
        return tr(
            "followup mark {number} reported says that it was done, followup show {number} shows it", number=number
        )
    if (slug := slug_of_part(snapshot.visits, text)) is not None:
        return f"followup report --only visit:{slug}"
    if (party := snapshot.parties.find(text)) is not None:
        return tr("followup sheet {name} is the paper for a party", name=quoted_for_shell(party["name"]))
    known = tr(" (--donor {donor} for a donor)", donor=quoted_for_shell(donors[0])) if donors else ""
    return tr("no donor, visit or party is called so: followup report{known}", known=known)

"""Refuses a store file that is damaged, naming its newest good copy; or one with a record that is not valid.

What is wrong with it is told by `store.file.strict_reader`.
"""

from __future__ import annotations

from store.errors import StoreDamaged, StoreUnusable
from store.rules.days import said_day
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.file.automatic_copies import Copies


def refusal_of_damaged(path: str, what: str, copies: Copies) -> StoreDamaged:
    """The refusal of a damaged store, with its newest valid copy."""
    sentence = tr("{path} is damaged: {what}; it was left as it is.", path=path, what=what)
    good = copies.newest_good()
    if good is None:
        advice = tr("There is no good automatic copy of it: bring back a backup")
        return StoreDamaged(f"{sentence} {advice}", code="store.damaged-without-copy", values={"what": what})
    return StoreDamaged(
        tr(
            "{sentence} The newest good copy is revision {revision} of {day}",
            sentence=sentence,
            revision=good.revision,
            day=said_day(good.day),
        ),
        code="store.damaged",
    )


def refusal_of_invalid_record(path: str, damage: StoreDamaged) -> StoreUnusable:
    """The refusal of a store whose damage a quick read does not notice."""
    sentence = tr(
        "{path} holds a record that is not valid, though its sum is right: {sentence}",
        path=path,
        sentence=damage.sentence,
    )
    return StoreUnusable(sentence, code="store.record-invalid")

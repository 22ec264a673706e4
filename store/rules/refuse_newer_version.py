"""What a newer version of the program wrote is refused: a newer format, and words that this version does not know.

The words would be counted wrongly. Their refusal applies to files with a matching checksum, which followup wrote. In
any other file an unknown word is damage (`store.rules.valid_record`). A kind is free text and never refused.
"""

from __future__ import annotations

from store.errors import StoreNewer
from store.model.format_version import FORMAT, VERSION
from store.model.vocabulary_and_signs import ACTIONS, CLOSING_REASONS, PRECISIONS, STATES, Precision
from store.sanitise_text import visible
from store.translation import tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from store.model.record_types import Commitment, Event

STORED_WORDS: dict[str, Mapping[str, object]] = {
    "state": STATES,
    "because": CLOSING_REASONS,
    "due_precision": PRECISIONS,
}
"""Field of a commitment, `because` being one of `closed` -> the table of its words."""

_MOST = 60
"""The length to which an unknown word is cut in a refusal."""


def _newer(record: str, what: str, word: str) -> StoreNewer:
    return StoreNewer(
        tr(
            '{record} has the {what} "{word}", which this followup does not know: a newer one wrote '
            "it; update followup",
            record=record,
            what=what,
            word=visible(word[:_MOST]),
        )
    )


def refuse_newer(meta: object) -> None:
    """Refuse the `_meta` of a newer version, whose records may look damaged to this one. Raises: StoreNewer."""
    version = meta.get("schema") if isinstance(meta, dict) and meta.get("format") == FORMAT else None
    if type(version) is int and version > VERSION:
        raise StoreNewer(
            tr(
                "it was written by a newer followup (format {version}, this one knows {known}): update followup",
                version=version,
                known=VERSION,
            )
        )


def refuse_unknown_words(commitment: Commitment) -> None:
    """Refuse an unknown state, reason for closing or precision; a head of HEADS will do.

    Raises: StoreNewer with the number and the word.
    """
    state = commitment["state"]
    if state not in STATES:
        raise _newer(tr("commitment {id}", id=commitment["id"]), tr_in("field", "state"), state)
    because = commitment["closed"]["because"] if "closed" in commitment else None
    if because is not None and because not in CLOSING_REASONS:
        raise _newer(tr("commitment {id}", id=commitment["id"]), tr("reason for closing"), because)
    precision = commitment.get("due_precision", Precision.DAY)
    if precision not in PRECISIONS:
        raise _newer(tr("commitment {id}", id=commitment["id"]), tr("precision of a date"), precision)


def has_unknown_words(texts: Iterable[tuple[str, str]]) -> bool:
    """Whether one of these pairs (field of STORED_WORDS, text) has an unknown word."""
    return any(text not in STORED_WORDS[field] for field, text in texts)


def known_events(events: Iterable[Event]) -> Iterator[Event]:
    """The events, until one of an unknown kind. Raises: StoreNewer at that one."""
    for event in events:
        if event["action"] not in ACTIONS:
            raise _newer(tr("event {seq}", seq=event["seq"]), tr_in("field", "kind"), event["action"])
        yield event

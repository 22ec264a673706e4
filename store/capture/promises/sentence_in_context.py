"""A sentence of a captured text with what the text around it says."""

from __future__ import annotations

from typing import NamedTuple

from store.capture.person_names.mask_person_names import MASK, RUSSIAN_MASK
from store.capture.promises import weighted_promise_phrases_en, weighted_promise_phrases_ru

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from store.capture.parties.find_party_names import KnownNames, Mention
    from store.capture.promises.list_lead_ins import LeadIn
    from store.capture.text_structure.blocks import Block


class Sentence(NamedTuple):
    """A sentence with its context.

    `last` are the parties that were the subject of the sentence before, `before` those that it named where these are
    two or more; `is_announcement` says that the text announces an event instead of reporting on one. `author` is the
    party that wrote the text, where it says so: its `we`; `persons` are the places of persons, with the party of each.
    """

    block: Block
    words: str
    mentions: Sequence[Mention]
    names: KnownNames
    last: Sequence[str]
    before: Sequence[str]
    is_russian: bool
    is_first: bool
    is_announcement: bool
    author: Sequence[str] = ()
    persons: Sequence[tuple[int, str]] = ()
    is_said_before: bool = True
    """Whether what is quoted is an older mail, and no part of a report."""
    lead_in: LeadIn | None = None
    """Who takes on the items of the list in which it stands."""
    history_until: str = ""
    """The ISO day before which what was promised is history: the text tells of a later time."""
    dated: str = ""
    """The ISO day of the text."""

    @property
    def rules(self) -> ModuleType:
        """The rules of its language."""
        return weighted_promise_phrases_ru if self.is_russian else weighted_promise_phrases_en

    @property
    def mask(self) -> str:
        """The mask for the name of a person in the fields of a proposal."""
        return RUSSIAN_MASK if self.is_russian else MASK

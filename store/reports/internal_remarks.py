"""What an internal document adds under a commitment: owner, quote, source, letter, evidence, notes, chases.

Nothing of it may stand in a document that is handed over.
"""

from __future__ import annotations

from store.rules.due_dates_and_extensions import is_agreed_date
from store.translation import phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment
    from store.reports.commitment_text import CommitmentText


def internal_remarks(texts: CommitmentText, commitment: Commitment) -> list[str]:
    """Owner, words of the date, quote, source, letter, evidence, notes; empty unless the document is internal."""
    if not texts.is_internal:
        return []
    tr = texts.words.tr
    remarks = [tr("owner: {owner}", owner=commitment["owner"])]
    if words := commitment.get("due_words"):
        remarks.append(
            tr("words of the date: {text}", text=words)
            if is_agreed_date(commitment)
            else texts.words.tr_in("not agreed", "words of the date: {text}", text=words)
        )
    for text, value in (
        (phrase("quote: {text}"), commitment.get("quote")),
        (phrase("source: {text}"), commitment.get("source")),
        (phrase("letter: {text}"), commitment.get("seats", {}).get("letter")),
        (phrase("evidence of the report: {text}"), commitment.get("reported", {}).get("evidence")),
        (phrase("evidence of the confirmation: {text}"), commitment.get("confirmed", {}).get("evidence")),
        (phrase("returned because: {text}"), commitment.get("returned", {}).get("note")),
    ):
        if value:
            remarks.append(tr(text, text=_in_one_line(value)))
    shown: set[object] = {commitment.get("returned", {}).get("note")}
    for note in texts.snapshot.notes(commitment["id"]):
        if note["note"] not in shown:
            day, who = texts.words.written_day(note["day"]), note["who"]
            remarks.append(tr("note of {day} by {who}: {text}", day=day, who=who, text=_in_one_line(note["note"])))
    return remarks


def _in_one_line(text: str) -> str:
    """A text of several lines as a remark has it."""
    return "; ".join(filter(None, map(str.strip, text.split("\n"))))


def chases(texts: CommitmentText, commitment: Commitment) -> list[str]:
    """How often it was chased, and when it is to be chased again; empty unless the document is internal."""
    if not texts.is_internal:
        return []
    remarks, words, count = [], texts.words, commitment.get("chased", 0)
    if count and "last_chased" in commitment:
        last = words.written_day(commitment["last_chased"])
        remarks.append(
            words.plural("chased {n} time, last on {day}", "chased {n} times, last on {day}", count, day=last)
        )
    if "chase_on" in commitment:
        remarks.append(words.tr("to be chased on {day}", day=words.written_day(commitment["chase_on"])))
    return remarks

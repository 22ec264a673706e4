"""A promise in the row of a table of actions: its doer, its receivers, its state."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import ClauseSubject, How, Sort, is_agent, role_of
from store.capture.person_names.mask_person_names import HIDDEN
from store.capture.promises.phrase_rule import FIRM
from store.capture.promises.scored_sentence import ScoredSentence
from store.capture.text_structure.table_and_list_headings import DONE, columns_of
from store.rules.institution_words import is_region
from store.rules.person_or_institution import looks_like_an_institution, may_be_a_person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.promises.sentence_in_context import Sentence
    from store.capture.text_structure.blocks import Block


def score_table_row(sentence: Sentence) -> ScoredSentence | None:
    """A row of a table of actions; None for a row of any other table."""
    block, words = sentence.block, sentence.words
    columns = columns_of(block.heads)
    if not columns or len(block.cells) <= columns["action"]:
        return None
    start, end = block.cells[columns["action"]]
    if end - start < 4:
        return None

    def cell(role: str) -> tuple[int, int] | None:
        index = columns.get(role)
        return block.cells[index] if index is not None and index < len(block.cells) else None

    by_cell = cell("by")
    if _goes_on(block):
        return None
    score, why = 3.4, ["a row of actions"]
    if any((its := cell(role)) and DONE.match(words[slice(*its)].strip()) for role in ("status", "due")):
        score, why = 0.5, [*why, "done already"]
    subject = _doer_in_cell(sentence, by_cell) if by_cell else ClauseSubject("", Sort.EMPTY)
    return ScoredSentence(score, FIRM, start, start, (start, end), subject, tuple(why), False, cell("due"), cell("to"))


def _goes_on(block: Block) -> bool:
    """Whether a row only goes on with the one above: its table numbers the rows, and this one has one cell, no number."""
    filled = [place for place, (start, end) in enumerate(block.cells) if block.words[start:end].strip(" -–—")]
    return len(filled) == 1 and filled[0] > 0 and bool(_NUMBER_HEAD.fullmatch(block.heads[0].strip()))


_NUMBER_HEAD = lazy(r"(?:No\.?|Nr\.?|#|N°|№(?: ?п/?п)?|п/п)", re.IGNORECASE)


def receivers_in_cell(sentence: Sentence, cell: tuple[int, int]) -> tuple[str, ...]:
    """The receivers in a cell of a row: its parties, and certain institutions."""
    start, end = cell
    found: list[str] = []
    at = start
    for part in _names_in_cell(sentence.words[start:end], sentence):
        at = sentence.words.index(part, at)
        name = _ASIDE_IN_CELL.sub("", part).strip(" .,;:–—-")
        known = [each.party for each in sentence.mentions if at <= each.start < at + len(part)]
        at += len(part)
        noun = re.sub(r"^the ", "", name, flags=re.IGNORECASE)
        role = role_of(noun, sentence.names) if not known and is_agent(noun) else []
        if known or role:
            found += known or role
        elif (
            name[:1].isupper()
            and looks_like_an_institution(name)
            and not is_region(name)
            and HIDDEN not in name
            and not _ALL.fullmatch(name)
        ):
            found.append(sentence.names.meant_by_words(name) or name)
    return tuple(dict.fromkeys(found))


_ALL = lazy(r"(?:both|all|each|every|все|обе|кажд\w+)\b[^,;]*|стороны", re.IGNORECASE)

_BOTH_SIDES = lazy(r"both|all|all parties|both sides|all sides|стороны|все|все стороны|обе стороны", re.IGNORECASE)

_ASIDE_IN_CELL = lazy(r"\s*\([^()]*\)")

_BETWEEN_NAMES = lazy(r"\s*[;,/+\n]\s*")

_AND_NAMES = lazy(r" (?:and (?:the )?(?=[A-Z])|и (?=[А-ЯЁA-Z]))")

_SURNAME = lazy(r"[А-ЯЁ][а-яё\-]+(?:[оеё]ва?|ина?|ск(?:ий|ая)|енко|дзе|швили|[ую]к)")


def _names_in_cell(text: str, sentence: Sentence) -> list[str]:
    """The names that a cell lists; `and` separates them where each is one of an institution by itself."""
    found: list[str] = []
    for part in _BETWEEN_NAMES.split(text):
        both = _AND_NAMES.split(part)
        is_list = len(both) > 1 and all(
            sentence.names.parties_in(each) or (looks_like_an_institution(each) and not is_region(each))
            for each in both
        )
        found += both if is_list else [part]
    return found


def _doer_in_cell(sentence: Sentence, cell: tuple[int, int]) -> ClauseSubject:
    """The promisers in a cell of a row: known parties, and institutions as they are written."""
    start, end = cell
    text = sentence.words[start:end].strip()
    if not text.strip(" -–—?"):
        return ClauseSubject("", Sort.EMPTY)
    inside = [each for each in sentence.mentions if start <= each.start < end]
    if not inside and _BOTH_SIDES.fullmatch(text):
        its = tuple(sentence.names.meant_by(text))
        return ClauseSubject(text, Sort.PARTY if its else Sort.BOTH, its, How.VISIT if its else How.NONE)
    found: list[str] = []
    new: list[str] = []
    at = start
    for part in _names_in_cell(sentence.words[start:end], sentence):
        at = sentence.words.index(part, at)
        known = [each.party for each in inside if at <= each.start < at + len(part)]
        name = _ASIDE_IN_CELL.sub("", part).strip(" .,;:–—-")
        at += len(part)
        if known:
            found += known
        elif len(text) == len(part) and (
            its_role := role_of(re.sub(r"^(?:the )", "", name, flags=re.IGNORECASE), sentence.names)
        ):
            return ClauseSubject(text, Sort.PARTY, tuple(its_role), How.VISIT)
        elif may_be_a_person(name) or _SURNAME.fullmatch(name):
            continue  # It may be an officer: which institution?
        elif meant := sentence.names.meant_by_words(name):
            found.append(meant)
        elif _INNER_UNIT.match(name):
            theirs = {party for place, party in sentence.persons if at - len(part) <= place < at}
            if len(theirs) == 1:
                return ClauseSubject(text, Sort.PARTY, tuple(theirs), How.LIST)
            if not _OWN_UNIT.match(name):
                found.append(name)
                new.append(name)
        elif name and HIDDEN not in name and not _ALL.fullmatch(name):
            found.append(name)
            new.append(name)
    if not found:
        is_person = HIDDEN in text or may_be_a_person(text) or bool(_SURNAME.fullmatch(text))
        return ClauseSubject(text, Sort.PERSON if is_person else Sort.INSTITUTION)
    parties = tuple(dict.fromkeys(found))
    return ClauseSubject(text, Sort.INSTITUTION if new else Sort.PARTY, parties, How.NAMED, tuple(dict.fromkeys(new)))


_INNER_UNIT = lazy(r"(?:отдел|сектор|секция|управление|департамент|бухгалтерия|канцелярия)(?![а-яё])", re.IGNORECASE)
"""Which may be a part of another institution: of the party of the person who stands beside it."""

_OWN_UNIT = lazy(r"(?:отдел|сектор|секция|бухгалтерия|канцелярия)(?![а-яё])", re.IGNORECASE)
"""What is always a part of one, and no party itself: of which one, the text may not say."""

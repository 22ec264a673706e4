"""Promises that a text tells of as done, as not kept, or as made at a former visit."""

from __future__ import annotations

import re

from store.capture.fields.deadline_of_promise import due_of
from store.capture.lazy_pattern import has_cyrillic, lazy
from store.capture.promises.sentences_about_the_past import begins_in_former_time
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.promises.scored_sentence import ScoredSentence
    from store.capture.promises.sentence_in_context import Sentence

NOT_KEPT = lazy(
    r"(?:,|;|\()\s*(?:однако|но|чего|что)(?![а-яё])[^.;]{0,30}?(?:(?:сделано|выполнено|исполнено|реализовано) не было|не (?:было )?(?:сделано|выполнено|исполнено|произошло|случилось|состоялось|реализовано)|не удалось)"
    r"|(?:,|;) ?(?:but|however|which|yet),? (?:this|that|it|nothing of it)?,? ?(?:was|has|did|had|were|have|is) (?:not|never|yet to)(?: yet)? (?:been )?(?:be )?(?:done|happen(?:ed)?|kept|carried out|materiali[sz]ed?|implemented|fulfilled|take place|honou?red)\b",
    re.IGNORECASE,
)
"""Behind what was promised: it has not been done, and the time for it has passed."""

_AT_FORMER_VISIT = lazy(
    r"\b(?:previous|last|earlier|first) (?:mission|visit|meeting|trip)\b[^;]*,? when\b[^;]*\bhad \w*$"
    r"|\b(?:предыдущ|прошл|прежн)\w+ (?:визит|командировк|мисси|поездк|встреч)[^;]*\b(?:тогда|где|когда|на котор\w+|в ходе котор\w+|во время котор\w+)\b[^;,]*$",
    re.IGNORECASE,
)
"""Before a cue: it was promised at a visit before this one."""

_REPORTED_DONE = lazy(
    r"(?:;|,? and|, but)\s+(?:(?:the |its |this |that )?(?P<what>\w+) )(?:was|were|has been|have been) (?:since |then |already |meanwhile )?(?:completed|done|sent|delivered|finished|finali[sz]ed|received|provided|submitted|adopted|signed|approved)\b"
    r"|,? (?:and|which) (?:it |they |he |she |has |have )?(?:since |duly |then )?(?:did|done) so\b"
    r"|, which (?:was|were|has been|have been|has since been) (?:since |then |already |meanwhile )?(?:completed|done|sent|delivered|finished|submitted)\b(?! by\b)"
    r"|(?:;|, и|, а|, но)\s+(?P<ru>[а-яё]+) (?:уже )?(?:был[аио]? )?(?:пересмотрен|утвержд[её]н|направлен|выполнен|завершен|завершён|представлен|передан|подписан|получен|отправлен|принят|проведен|проведён)[аоы]?\b"
    r"|, котор[а-яё]+ (?:уже )?(?:был[аио]? )?(?:выполнен|направлен|отправлен|передан|завершен|завершён|проведен|проведён)[аоы]?\b",
    re.IGNORECASE,
)
"""Behind what was promised: it has been done since."""

RULES_SAID_IN_THE_PAST = frozenset(
    "agreed to|committed to|undertook to|decided to|offered to|said it would|promised something|would"
    "|обязался|взял на себя|вызвался|договорились|согласен|решили|предложил помощь".split("|")
)
"""The rules whose promise may be kept by now: what somebody will do is not."""

_OF_THE_PAST = (" had ", " was ", " were ", " been ", " did so")
"""One of these stands in every English sentence whose promise is told as done."""

PRONOUNS_OF_THINGS = frozenset(
    ("it", "they", "these", "this", "that", "both", "он", "она", "оно", "они", "это", "все", "всё")
)

_LEAST_IN_COMMON = 4


def is_done_already(words: str, start: int, end: int, act: tuple[int, int]) -> bool:
    """Whether a promise is done: it was made at a former visit, or the sentence says that it was done since."""
    if not has_cyrillic(words) and not any(each in words for each in _OF_THE_PAST):
        return False
    if _AT_FORMER_VISIT.search(words[:start]):
        return True
    for match in _REPORTED_DONE.finditer(words, end):
        what = fold(match["what"] or match["ru"] or "")
        if not what or what in PRONOUNS_OF_THINGS:
            return True
        stem = what[: max(_LEAST_IN_COMMON, len(what) - 2)]
        if len(what) >= _LEAST_IN_COMMON and stem in fold(words[act[0] : match.start()]):
            return True
    return False


def is_history(sentence: Sentence, promise: ScoredSentence) -> bool:
    """Whether a sentence tells of a time before that of the text, and names no day that is to come."""
    words, is_russian = sentence.words, sentence.is_russian
    if not begins_in_former_time(words, sentence.history_until, is_russian=is_russian):
        return False
    return due_of(words, promise.end, sentence.dated, is_russian=is_russian).day is None

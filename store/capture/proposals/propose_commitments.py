"""Proposes the commitments of a text: pure, from the text, the parties and the visit to an ordered list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from store.capture.fields.date_of_text import day_sent
from store.capture.fields.deadline_of_promise import deadline_alone, due_of, is_span
from store.capture.fields.kind_of_promise import kind_of
from store.capture.fields.receivers_of_promise import TOGETHER_WITH, receivers_of
from store.capture.fields.seats_of_promise import seats_of
from store.capture.fields.title_of_promise import base_of, is_made, title_of
from store.capture.lazy_pattern import lazy
from store.capture.parties.author_of_text import author_of, begins_as_mail, ends_letter, sender_in, writer_of
from store.capture.parties.find_party_names import KnownNames, Mention, nobody
from store.capture.parties.find_who_promises import (
    How,
    Sort,
    is_called,
    is_incomplete,
    parties_mentioned,
    stands_before,
    stem_of,
    things_in,
)
from store.capture.parties.noun_coreference import called_in
from store.capture.parties.participants_and_their_parties import learn_parties
from store.capture.person_names.mask_person_names import HIDDEN, MASK, Persons, lists_persons, masked, possible_names
from store.capture.promises.conditions_of_promise import condition_in
from store.capture.promises.confidence_bands import LEAST, Confidence, band_of
from store.capture.promises.list_lead_ins import LeadIn, lead_in_of
from store.capture.promises.promise_of_second_party import done_by_same
from store.capture.promises.score_sentence_as_promise import score_sentence
from store.capture.promises.scored_sentence import UNNAMED, unscored_sentence
from store.capture.promises.sentence_in_context import Sentence
from store.capture.promises.sentences_about_the_past import end_of_history
from store.capture.promises.unknown_institutions_in_sentence import institutions_in
from store.capture.proposals.suggest_parties import PartyChoices
from store.capture.readers.source_text import Place, SourceText
from store.capture.text_structure.blocks import BlockKind, blocks_of
from store.capture.text_structure.detect_language import is_russian
from store.capture.text_structure.sentences import LONGEST, sentences_of
from store.fold_case_and_accents import fold
from store.model.vocabulary_and_signs import Kind, State
from store.rules.party_names import Directory
from store.sanitise_text import clean_line
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from store.capture.fields.deadline_of_promise import PromiseDeadline
    from store.capture.parties.find_who_promises import ClauseSubject
    from store.capture.promises.scored_sentence import ScoredSentence
    from store.capture.text_structure.blocks import Block
    from store.model.record_types import Visit

LONGEST_QUOTE = 600


class Proposal(NamedTuple):
    """A proposed commitment. `n` counts from 1 in the order of the text; `score` orders within a band.

    `known` is the number of the commitment that is this very promise already, `like` that of one near to it.
    `new` are the names in `by` and `to` that no party of the store has. Everything is masked but the places.
    """

    n: int
    band: str
    score: float
    strength: str
    title: str
    by: tuple[str, ...]
    by_how: str
    by_words: str
    to: tuple[str, ...]
    suggest_to: tuple[str, ...]
    new: tuple[str, ...]
    kind: str
    seats: int | None
    due: str | None
    due_precision: str | None
    due_words: str | None
    quote: str
    places: tuple[Place, ...]
    source: str
    source_id: str
    why: tuple[str, ...]
    warnings: tuple[str, ...]
    possible_names: tuple[str, ...] = ()
    """What in the quote or the title may still be the name of a person."""
    cue: str = ""
    """The words of the text that the first rule knew for a promise; empty where its place made it one."""
    choices: PartyChoices = PartyChoices()
    """Which parties a person may choose for it with one key."""
    person: str = ""
    """A sum by which the person who promised it is known again in this text, where no party is known for that one."""
    known: int | None = None
    like: int | None = None
    is_refused: bool = False

    @property
    def is_above_line(self) -> bool:
        """Whether it is proposed at all, and not only one of all the sentences."""
        return self.band != Confidence.UNLIKELY

    @property
    def is_offered(self) -> bool:
        """Whether it is shown by default: it scores above the line, and was not refused before."""
        return self.is_above_line and not self.is_refused

    @property
    def name_warnings(self) -> list[str]:
        """What may be the name of a person, in a sentence: nobody masks it where there is no screen."""
        return [tr("a person? {name}", name=name) for name in self.possible_names]

    @property
    def file(self) -> str:
        """The name of the file as it may be stored."""
        return self.source.removesuffix(f", {self.places[0].words}")

    @property
    def source_in_words(self) -> str:
        """The source stored with the commitment: the place in the language of the program."""
        return f"{self.file}, {self.places[0].in_words}"

    def as_json(self, text_hash: str) -> dict[str, Any]:
        """The proposal as JSON."""
        return {
            "n": self.n,
            "band": self.band,
            "strength": self.strength,
            "title": self.title,
            "by": list(self.by),
            "by_how": self.by_how,
            "to": list(self.to),
            "suggest_to": list(self.suggest_to),
            "new": list(self.new),
            "kind": self.kind,
            "seats": self.seats,
            "due": self.due,
            "due_precision": self.due_precision,
            "due_words": self.due_words,
            "state": State.PROPOSED,
            "quote": self.quote,
            "places": [place.as_json() for place in self.places],
            "source": self.source,
            "known": self.known,
            "like": self.like,
            "refused": self.is_refused,
            "why": list(self.why),
            "warnings": [*self.warnings, *self.name_warnings],
            "text_hash": text_hash,
        }


def source_id_of(quote: str, by: Sequence[str] = ()) -> str:
    """What a promise is recognised by, whatever its title became: the hash of its folded quote.

    `by` is told from around the quote, and is given where its own words do not say it (`UNODC will: - send the list`):
    the same words below another name are another promise. Where the quote names the party, it alone is hashed, so that
    the promise is known again once its party has another name. Both are as read: what a person corrects changes neither.
    """
    folded = "\n".join(" ".join(fold(each).split()) for each in (quote, *sorted(by)))
    return "capture:" + sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def propose(
    source: SourceText,
    parties: Directory,
    visit: Visit | None,
    dated: str,
    lang: str | None = None,
    *,
    is_every_sentence: bool = False,
    watch: Callable[[Sequence[Block]], Iterable[Block]] = iter,
) -> list[Proposal]:
    """The proposals of a text, in its order, those below the line (`Confidence.UNLIKELY`) too.

    `dated` is the ISO day of the text, `lang` en or ru, None to tell it paragraph by paragraph. `is_every_sentence`:
    sentences without a promise are among them, as unlikely ones, for a person to take what was missed. `watch` passes the
    blocks through, and tells how far the work is.
    """
    blocks = blocks_of(source.text, source.pages)
    return each_once(
        promises_in(source, blocks, parties, visit, dated, lang, is_every_sentence=is_every_sentence, watch=watch)
    )


def load_patterns() -> None:
    """Compile the patterns that nearly every text needs: done while a file is read, nobody waits for it."""
    propose(SourceText("", "The Office will send the list by 1 May."), Directory({}), None, "2000-01-01")


def promises_in(
    source: SourceText,
    blocks: Sequence[Block],
    parties: Directory,
    visit: Visit | None,
    dated: str,
    lang: str | None,
    *,
    is_every_sentence: bool = False,
    watch: Callable[[Sequence[Block]], Iterable[Block]] = iter,
) -> Iterator[Proposal]:
    """The promises in the blocks of a text in order, repeated ones too: `each_once` merges them.

    Names of persons are looked for in the whole text before the first one is given: what is masked stays as it is.
    """
    names = KnownNames(parties, visit)
    for block in blocks:
        names.things |= things_in(block.words)
    learn_parties(blocks, names)
    persons = Persons(blocks, names)
    name = persons.masked_name(source.name)
    is_announcement = announces_event(blocks)
    history_until = end_of_history(visit, dated)
    author = author_of(source, names)
    writer, names.author_words = writer_of(source, names)
    author = author or writer
    is_mail = begins_as_mail(source)
    sender: tuple[str, ...] | None = None
    sent: str | None = None
    is_quoted = False
    above: list[str] = []
    """The parties that the block above names."""
    before: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    for block in watch(blocks):
        said_by = sender_in(block.words, names, persons)
        if said_by is not None and not is_mail:
            sender, sent = said_by, None
        elif sender is not None and (day := day_sent(block.words)):
            sent = day
        elif (
            block.kind == BlockKind.HEADING
            or ends_letter(block.words)
            or (is_quoted and block.kind != BlockKind.QUOTED)
        ):
            sender = sent = None
        is_quoted = block.kind == BlockKind.QUOTED
        if block.kind == BlockKind.HEADING:
            names.called = {}
            names.elsewhere, above = above, []  # `The Ministry` below it is none that the section before names.
            names.under = tuple(each.party for each in names.parties_in(block.words))
        if block.kind in (BlockKind.HEADING, BlockKind.MAIL_HEAD) or lists_persons(block.words):
            continue
        names.author = author if sender is None else sender
        names.speaks_for_party = sender is not None or bool(writer)
        names.reader = author if sender is not None else ()
        is_in_report = is_quoted and sender is not None
        is_ru = lang == "ru" if lang else is_russian(block.words)
        is_whole = block.kind == BlockKind.ROW and len(block.words) <= LONGEST
        spans = [(0, len(block.words))] if is_whole else sentences_of(block.words)
        hidden = persons.hidden(block.words)
        of_block = names.parties_in(block.words)
        names.mentioned += dict.fromkeys(each.party for each in of_block if each.party not in names.mentioned)
        people = persons.parties_of(block.words)
        starts = [each.start for each in of_block]
        lead_in = _lead_in(block, names, persons, before, last) if is_ru and block.kind == BlockKind.ITEM else None
        in_block: list[str] = []
        speakers: set[str] = set()
        previous: Sentence | None = None
        todo: deque[tuple[int, int, bool, ClauseSubject | None, Deadline]] = deque(
            (*span, index == 0, None, deadline) for index, (span, deadline) in enumerate(_with_deadlines(hidden, spans))
        )
        while todo:
            # `first`: who promises in the clause before, in one sentence.
            start, end, is_first, first, deadline = todo.popleft()
            words = hidden[start:end]
            mentions = [
                Mention(each.start - start, each.end - start, each.party)
                for each in of_block[bisect_left(starts, start) : bisect_left(starts, end)]
                if each.end <= end
            ]
            if block.kind == BlockKind.ITEM and is_first and first is None and len(names.of_visit) > 1:
                before = ()  # The sentence before is another item: `the sides` are those of the visit.
            at_persons = tuple((at - start, party) for at, party in people if start <= at < end)
            names.speaks = next(iter(speakers)) if len(speakers) == 1 else ""
            its_persons = dict(at_persons)
            speakers |= {its_persons.get(each.start(), "") for each in _HIDDEN.finditer(words)}
            names.near = [
                *above,
                *(each.party for each in mentions),
                *in_block,
                *(party for _, party in at_persons),
            ]
            sentence = Sentence(
                block,
                words,
                mentions,
                names,
                last,
                before,
                is_ru,
                is_first,
                is_announcement,
                names.author,
                at_persons,
                is_mail or not is_in_report,
                lead_in,
                history_until,
                dated,
            )
            names.subject_before = partial(_mentioned_before, previous, names)
            names.is_behind_another = partial(_is_behind_another, previous)
            scored = score_sentence(sentence)
            if scored is not None and first is not None and is_ru:
                scored = done_by_same(scored, words, first)
            if scored is not None and scored.following:
                todo.appendleft((start + scored.following, end, True, scored.subject, deadline))
            mentioned = tuple(dict.fromkeys(each.party for each in mentions))
            before = mentioned if first is None else before
            shown = scored or (unscored_sentence(words) if is_every_sentence else None)
            if shown is not None:
                whole = (start, max(end, deadline[0]))
                yield _proposal(source, name, sentence, whole, shown, dated, hidden[slice(*whole)], deadline[1], sent)
            if scored is not None and scored.subject.by and scored.subject.sort != Sort.RELATIVE:
                last = scored.subject.by
            elif mentions:
                last = (mentions[0].party,)
            if scored is None or not scored.following:
                previous = sentence
                names.called |= {} if is_ru else dict(called_in(words, mentions))
                in_block += [*(each.party for each in mentions), *(party for _, party in at_persons)]
        names.elsewhere, above = (), in_block


def _lead_in(
    block: Block, names: KnownNames, persons: Persons, before: Sequence[str], last: Sequence[str]
) -> LeadIn | None:
    """The promiser of an item, by the line above its list; of a person, the party represented."""
    line = block.lead or (block.section if ":" not in block.section else "")
    found = lead_in_of(persons.hidden(line), names, before, last) if line else None
    if found is None or found.subject.sort != Sort.PERSON or found.subject.by:
        return found if found and (block.lead or not found.is_bare) else None
    theirs = {party for _, party in persons.parties_of(line)}
    by = tuple(theirs) if len(theirs) == 1 else ()
    return found._replace(subject=found.subject._replace(by=by, how=How.LIST if by else How.NONE))


def _mentioned_before(sentence: Sentence | None, names: KnownNames, *, is_several: bool = False) -> tuple[str, ...]:
    """The party mentioned in the sentence before, and no person."""
    if sentence is None or (HIDDEN in sentence.words and not is_several):
        return ()
    names.subject_before = nobody  # `They` in it points further back than is looked.
    return parties_mentioned(sentence.words, names, sentence.mentions, is_several=is_several)


def _is_behind_another(sentence: Sentence | None, party: str) -> bool:
    """Whether a party follows a person, or another institution, in a sentence: `The Centre can brief the Service.`"""
    at = next((each.start for each in sentence.mentions if each.party == party), 0) if sentence else 0
    return sentence is not None and at > 0 and stands_before(sentence.words[:at])


Deadline = tuple[int, str | None]
"""Where the sentence behind ends that is the deadline of this one, and the words of its date; (0, None) without one."""


def _with_deadlines(words: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Deadline]]:
    """The spans of sentences, each with a deadline sentence after it: `… . Срок – до 1 мая.`"""
    held: tuple[int, int] | None = None
    for start, end in spans:
        date = deadline_alone(words[start:end])
        if held and date:
            yield held, (end, date)
            held = None
            continue
        if held:
            yield held, (0, None)
        held = (start, end)
    if held:
        yield held, (0, None)


_HIDDEN = lazy(f"{HIDDEN}+")

_MET = lazy(
    r"\b(?:met|held|visited|took place|discussed|agreed|reviewed|hosted|reaffirmed|concluded|welcomed|noted|convened|signed|launched|was held|were held|committed|decided|explained|recalled|informed)\b"
    r"|\b(?:состоял\w+|провел\w+|посетил\w*|обсудил\w*|встретил\w+|договорил\w+|решил\w*|сообщил\w*)\b",
    re.IGNORECASE,
)


def announces_event(blocks: Sequence[Block]) -> bool:
    """Whether a text announces an event: nobody has met yet, and all is to come."""
    words = " ".join(block.words for block in blocks if block.kind == BlockKind.PARAGRAPH)
    return (
        len(words) > 400 and not _MET.search(words) and len(re.findall(r"\bwill\b|\bбудут\b|\bсостоится\b", words)) >= 3
    )


def _proposal(
    source: SourceText,
    name: str,
    sentence: Sentence,
    span: tuple[int, int],
    scored: ScoredSentence,
    dated: str,
    whole: str,
    date: str | None,
    sent: str | None,
) -> Proposal:
    """The proposal of a scored sentence; `name` is that of the file, without names of persons.

    `whole` are the words with the sentence behind it that is its deadline, `date` the words of that one; `sent` is the
    ISO day of the mail that the text quotes here.
    """
    words, subject, block, names = sentence.words, scored.subject, sentence.block, sentence.names
    quote = _quote(whole, sentence.mask)
    due = _due(sentence, scored, date, sent or dated)
    if sent and due.words and is_span(due.words):
        due = _due(sentence, scored, date, dated)  # Spans are shown with the day of the text, from which they count.
    to = receivers_of(sentence, scored)
    if len(subject.by) < 2:
        to = tuple(each for each in to if each not in subject.by)
    suggest = tuple(names.other_side(subject.by)) if not to else ()
    if not scored.why and not subject.by and not suggest:
        previous = parties_mentioned(words, names, sentence.mentions, is_several=False)
        subject = subject._replace(by=previous, how=How.NAMED if previous else How.NONE)
    title = _title(sentence, scored, due.span, to) or title_of(masked(words, sentence.mask), is_whole=True)
    if " " not in title and scored.why:
        title = _title(sentence, scored, None, ()) or title  # `Answer` alone says nothing: `Answer within two weeks`.
    act = words[slice(*scored.act)]
    if sentence.is_russian:
        act = words[scored.start : scored.act[1]] or words
    elif scored.is_passive or scored.subject.sort == Sort.EVENT:
        act = title
    elif (verb := act.partition(" "))[0].endswith("ing"):
        act = f"{base_of(verb[0])} {verb[2]}"
    is_event = subject.sort == Sort.EVENT
    kind = Kind.OTHER if is_event else kind_of(act, is_russian=sentence.is_russian)
    warnings = []
    if subject.sort == Sort.PERSON and not subject.by:
        warnings.append(tr(_WHICH_OF_PERSON))
    elif is_incomplete(subject, names):
        warnings.append(tr(_WHICH_ELSE))
    for each in sentence.mentions:
        if each.party in (*subject.by, *to) and not names.countries_of(each.party):
            country = names.country_beside(words, each)
            if country and f"of {country.title()}" not in each.party and names.directory.find(each.party):
                said = names.country_words(words, each)
                warnings.append(tr("the text says {country}: is that {party}?", country=said, party=each.party))
    if due.other:
        warnings.append(tr("another date in it: {date}", date=due.other))
    first, last = block.place(*span)
    place = Place(first, last, source.page_at(first), block.number)
    new = tuple(
        clean_line(name)
        for name in dict.fromkeys((*subject.new, *subject.by, *to, *suggest))
        if name in subject.new or names.directory.find(name) is None
    )
    by = tuple(clean_line(name) if name in subject.new else name for name in subject.by)
    band, is_unnamed = band_of(scored.score), UNNAMED in scored.why
    return Proposal(
        n=0,
        band=Confidence.LIKELY if is_unnamed and band == Confidence.SURE else band,
        score=round(scored.score, 2),
        strength=scored.strength,
        title=title,
        by=by,
        by_how=subject.how if subject.by else How.NONE,
        by_words=""
        if subject.sort in (Sort.THING, Sort.EVENT) and not subject.by
        else masked(subject.words, sentence.mask),
        to=to,
        suggest_to=suggest,
        cue=masked(words[scored.start : scored.end].strip(), sentence.mask),
        choices=_choices(sentence, names, subject, scored),
        person=_person(sentence, span[0], subject),
        new=new,
        kind=kind,
        seats=seats_of(words, kind),
        due=due.day,
        due_precision=due.precision,
        due_words=masked(due.words, sentence.mask) if due.words else None,
        quote=quote,
        places=(place,),
        source=f"{name}, {place.words}",
        source_id=source_id_of(
            _quote(words, MASK), by if subject.how in (How.LIST, How.BEFORE, How.AUTHOR) else ()
        ),  # One mask in all languages: what was taken before a language had its own is known again.
        why=scored.why,
        warnings=tuple(warnings),
        possible_names=() if scored.score < LEAST else tuple(possible_names(f"{quote}\n{title}", names.directory)),
    )


_WHICH_OF_PERSON = phrase("a person promised this: which institution?")
_WHICH_ELSE = phrase("another one promises it too: which institution?")


def _choices(sentence: Sentence, names: KnownNames, subject: ClauseSubject, scored: ScoredSentence) -> PartyChoices:
    """The parties to choose from: those in the sentence, in its heading, before it in its block."""
    is_answer = bool(names.reader) and set(names.reader).isdisjoint(subject.by)
    here = (*(each.party for each in sentence.mentions), *(party for _, party in sentence.persons))
    heading = names.under if len(set(names.under)) == 1 else ()
    around = (*heading, *reversed(names.near), *names.under, *reversed(names.elsewhere))
    # The row above is of another promise.
    near = dict.fromkeys(here if sentence.block.kind == BlockKind.ROW else (*here, *around))
    asked = tuple(names.reader if is_answer else names.author)
    meant: tuple[str, ...] = ()
    if not subject.by:
        stems = [stem_of(fold(word)) for word in subject.words.split() if len(word) >= _LEAST_NOUN]
        called = (each for each in (*names.under, *near, *names.of_visit) if each not in asked)
        fitting = (each for each in called if any(is_called(each, stem, names) for stem in stems))
        # What nobody is said to do among the next steps, those who write them do.
        own = asked if sentence.block.kind == BlockKind.ITEM else ()
        unknown = institutions_in(sentence, None if scored.is_passive or not scored.why else scored.start)
        meant = (*fitting, *own, *names.under, *unknown)
    words = sentence.words
    addressed = (each.party for each in sentence.mentions if words[: each.start].endswith((" to ", " to the ")))
    return PartyChoices(
        tuple(names.hosts),
        tuple(names.guests),
        asked,
        tuple(near),
        meant,
        tuple(here),
        tuple(addressed),
        names.mentioned,
    )


_LEAST_NOUN = 5
"""Letters of a word of a subject by which it is told whom it may mean."""


def _person(sentence: Sentence, start: int, subject: ClauseSubject) -> str:
    """A hash of the last name of the promising person; empty where a party is known, or without a name."""
    if subject.by or HIDDEN not in subject.words:
        return ""
    at = sentence.words.find(subject.words)
    name = _HIDDEN.search(sentence.words, max(at, 0))
    if name is None:
        return ""
    surname = sentence.block.words[start + name.start() : start + name.end()].split()[-1]
    return sha256(fold(surname).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _quote(words: str, mask: str) -> str:
    """The words of a sentence as they are kept."""
    quote = clean_line(masked(words, mask))
    return quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1].rstrip() + "…"


def _due(sentence: Sentence, scored: ScoredSentence, date: str | None, dated: str) -> PromiseDeadline:
    """The deadline of a sentence, or `date`, the words of the sentence behind it."""
    words = sentence.words
    ruler = scored.subject.ruler
    if scored.subject.words and ruler.endswith(_COORDINATED):
        words = " " * len(ruler) + words[len(ruler) :]  # The dates of the clause before are not its own.
    due = due_of(
        words[: scored.act[1]] if not scored.due and scored.act[1] > scored.end else words,
        scored.end,
        dated,
        is_russian=sentence.is_russian,
        cell=scored.due,
        without=condition_in(words),
    )
    if not due.words and scored.act[1] < len(words) and not scored.due and not scored.following:
        # Behind who does it: `(УНП ООН, до 11 декабря)`.
        due = due_of(words, scored.act[1], dated, is_russian=sentence.is_russian, without=condition_in(words))
        due = due if due.span and due.span[0] >= scored.act[1] else due_of("", 0, dated, is_russian=False)
    is_below_doer = sentence.lead_in is not None or scored.why[:1] == ("below a line that agrees",)
    if not due.words and not date and sentence.is_first and is_below_doer:
        limit = _LIMIT_OF_LIST.search(sentence.block.lead)
        of_list = due_of(limit[0], 0, dated, is_russian=sentence.is_russian) if limit else due
        due = of_list._replace(span=None) if of_list.day else due
    if date and not due.words:
        return due_of(date, 0, dated, is_russian=sentence.is_russian, cell=(0, len(date)))._replace(span=None)
    return due


_LIMIT_OF_LIST = lazy(
    r"\b(?:не позднее|не позже|в срок до|до|к|no later than|not later than|by|before) \d[^:;]*", re.IGNORECASE
)
"""In the line above a list: the day by which all of it is to be done."""
_COORDINATED = (" and ", " but ", " while ", " whereas ", " и ", " а ", " но ")
"""At the end of a clause behind which another one begins, with its own subject."""


def _title(sentence: Sentence, scored: ScoredSentence, due: tuple[int, int] | None, to: Sequence[str]) -> str:
    """The words of the promise as an order, without names of persons, date and receiver."""
    words = sentence.words
    start, end = scored.act
    gone: list[tuple[int, int]] = []
    if due and due[0] >= start:
        gone.append(due)
    for each in sentence.mentions:
        if (
            each.party in to
            and each.start >= start
            and (lead := re.search(r"(?:\bto(?: the)?|\bwith(?: the)?) $", words[start : each.start]))
        ):
            gone.append((start + lead.start(), each.end))
    if sentence.is_russian:
        for each in sentence.mentions:
            if (
                each.start > start
                and (lead := TOGETHER_WITH.search(words, start, each.start))
                and not words[start : lead.start()].strip()
            ):
                gone.append((lead.start(), each.end))
    agents = [each for each in sentence.mentions if each.party in scored.subject.by and each.start >= start]
    if scored.is_passive and not agents and scored.subject.by and scored.subject.words:
        doer = re.compile(rf"(?<!\w){re.escape(scored.subject.words)}(?!\w)").search(words, start, end)
        if doer:
            at = doer.start()
            lead = re.search(r" by (?:the )?$", words[start:at])
            gone.append((start + lead.start() if lead else at, at + len(scored.subject.words)))
    if scored.is_passive and agents and (by := re.search(r" by (?:the )?$", words[start : agents[-1].start])):
        gone.append((start + by.start(), agents[-1].end))
    elif scored.is_passive and agents and sentence.is_russian:
        gone.append((agents[0].start, agents[-1].end))
    text, last = words[start:end], end
    for one, other in sorted(gone, reverse=True):
        if start <= one and other <= last:
            text, last = text[: one - start] + text[other - start :], one
    if scored.front:
        first, behind_it = scored.front
        front = words[first:behind_it]
        if due and first <= due[0] and due[1] <= behind_it:
            front = words[first : due[0]] + words[due[1] : behind_it]
        front = front.strip(" ,")
        behind = text[scored.end - start :].removeprefix(scored.subject.words)
        begun = front[:1].lower() if front[1:2].islower() else front[:1]
        text = f"{words[scored.start : scored.end].strip()} {begun}{front[1:]} {behind.lstrip()}"
    if scored.verb:
        text = f"{scored.verb} {text.strip()}"
    rest = ""
    if scored.is_passive or scored.subject.sort == Sort.EVENT:
        rest = masked(_patient(words, scored), sentence.mask)
        if due and due[1] <= scored.start:
            rest = re.sub(rf"(?:^| ){re.escape(words[slice(*due)])}(?= |$)", "", rest).strip()
        rest = _BY_US.sub("", rest)
        if scored.subject.how == How.NAMED:
            rest = rest.removeprefix(scored.subject.words)
        if scored.is_passive and sentence.is_russian:
            cue = words[scored.start : scored.end].strip()
            rest = rest.strip() if rest.strip().endswith(cue) else f"{rest.strip()} {cue}"
    title = title_of(
        masked(text, sentence.mask),
        rest=rest,
        is_passive=scored.is_passive,
        is_event=scored.subject.sort == Sort.EVENT,
        is_russian=sentence.is_russian,
        is_whole=not scored.why,
    )
    if sentence.is_russian and not rest and words[start - 3 : start].strip() in ("о", "об") and not is_made(title):
        return title_of(
            masked(words[scored.start : start] + text, sentence.mask), is_russian=True
        )  # The sentence's own verb.
    return title


_BY_US = lazy(r"^(?:нами|с нашей стороны)(?:[ ,]+|$)", re.IGNORECASE)


def _patient(words: str, scored: ScoredSentence) -> str:
    """What is done to: the words before the cue."""
    if scored.subject.sort in (Sort.THING, Sort.EVENT):
        return "it" if HIDDEN in scored.subject.words else scored.subject.words
    ruler = len(scored.subject.ruler) if len(scored.subject.ruler) < scored.start else 0
    front = _MODAL.sub("", words[ruler : scored.end]).strip(" ,")
    return re.split(r"(?:, |; |: |\b(?:that|что) )", front)[-1]


_MODAL = lazy(r"\b(?:will|would|should|shall|is to|are to|to|буд(?:ет|ут))\b(?: \w+ly| also| then)*(?: be)?\s*$")


_LEAST_WORDS, _SAME = 4, 0.75
"""Words of a title, and the share of words in common, from which two promises of one party are one told twice."""


_COMPARED = 100
"""The first promises of a party, with which later ones are compared, and the places of one: a summary stands first."""


def each_once(found: Iterable[Proposal]) -> list[Proposal]:
    """Each promise once, with its number and all its places: in the same words, or in a summary in nearly the same."""
    kept: dict[str, Proposal] = {}
    titles: dict[tuple[str, ...], list[tuple[frozenset[str], str]]] = {}
    for each in found:
        its = frozenset(word for word in re.findall(r"[^\W_]{3,}", fold(each.title)))
        key = each.source_id
        if key not in kept and each.by and each.band != Confidence.UNLIKELY and len(its) >= _LEAST_WORDS:
            key = next(
                (
                    other
                    for words, other in titles.get(each.by, ())[:_COMPARED]
                    if _is_repeated(each, its, kept[other], words)
                ),
                key,
            )
        same = kept.get(key)
        if same is None:
            kept[key] = each
            titles.setdefault(each.by, []).append((its, key))
            continue
        dated = same if same.due or not each.due else each
        kept[key] = same._replace(
            band=min(same.band, each.band, key=Confidence.ORDER.index),
            score=max(same.score, each.score),
            places=(*same.places, *each.places)[:_COMPARED],
            due=dated.due,
            due_precision=dated.due_precision,
            due_words=dated.due_words,
        )
    return [each._replace(n=number) for number, each in enumerate(kept.values(), 1)]


def _is_repeated(one: Proposal, words: frozenset[str], other: Proposal, its: frozenset[str]) -> bool:
    if one.by != other.by or other.band == Confidence.UNLIKELY or (one.due and other.due and one.due != other.due):
        return False
    return len(words & its) >= _SAME * len(words | its)


def hash_of(source: SourceText, proposals: Iterable[Proposal]) -> str:
    """What tells a text and the proposals from it, as they were shown, from what they are with other parties or hosts.

    What the store has of them is not in it: it changes with each that is taken.
    """
    digest = sha256(source.hash.encode())
    for each in proposals:
        previous = (
            each.n,
            each.title,
            each.by,
            each.to,
            each.suggest_to,
            each.kind,
            each.seats,
            each.due,
            each.due_precision,
        )
        digest.update(repr((previous, each.due_words, each.quote, each.source)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def with_parties(
    proposal: Proposal, *, by: Sequence[str] | None = None, to: Sequence[str] = (), new: Sequence[str] = ()
) -> Proposal:
    """The proposal with the parties chosen by a person, those in `new` not yet in the store.

    With another `by` it is open again to whom, and nobody is asked who promised.
    """
    if by is None or tuple(by) == proposal.by:
        return proposal._replace(to=tuple(to), suggest_to=(), new=tuple(dict.fromkeys((*proposal.new, *new))))
    asked = {tr(_WHICH_OF_PERSON), tr(_WHICH_ELSE)}
    return proposal._replace(
        by=tuple(by),
        by_words="",
        to=tuple(to),
        suggest_to=(),
        new=tuple(dict.fromkeys((*(name for name in proposal.new if name not in proposal.by), *new))),
        warnings=tuple(each for each in proposal.warnings if each not in asked),
    )


def by_rank(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals in the order to decide them: by band, in each in the order of the text."""
    return sorted(proposals, key=lambda each: (Confidence.ORDER.index(each.band), each.places[0].start))

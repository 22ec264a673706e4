"""The whole line that enters a visit or a commitment, built from what was typed; read where that is refused.

What was typed is put where it can be recognised; each missing piece is an example, with which the line works.
"""

from __future__ import annotations

from store.errors import FollowUpError, StoreMissing, UsageError
from store.query.words_as_fields import FIELD_WORDS
from store.rules.days import Direction
from store.rules.visit_slugs import slug_from
from store.sanitise_text import visible
from store.translation import phrase, tr, tr_in
from tui.cli.command_aliases import ALIASES
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.command_types import DATE, FLAG, TEXT
from tui.cli.hints_after_refusal import TO_SHARE
from tui.cli.looks_like_a_date import first_and_last_day, is_date, is_exact_day, length_of_date
from tui.cli.refused_lines.command_synonyms import NO_PARTY_ADD
from tui.cli.refused_lines.named_store_and_today import session_of, store_and_day
from tui.cli.refused_lines.shared_sentences import as_a_whole, shows_what_there_is
from tui.cli.shell_quoting import quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.model.record_types import Visit
    from store.rules.party_names import Directory
    from store.snapshot import Snapshot
    from tui.cli.arguments import Arguments
    from tui.cli.command_types import Command, Option

    Values = dict[str, list[str]]

ENTRY_MEANT = "entry.meant"
"""Code of the refusal of a line that enters a visit or a commitment: what was meant stands in its values."""

_RUSSIAN_VERBS = ("добавить", "внести", "создать", "новый", "новое", "новая")
ENTRY_VERBS = ("new", "create", "enter", "insert", "register", "record", *_RUSSIAN_VERBS)
"""Words, no commands, that ask to enter something."""

_FIRST_VISIT = phrase('followup visit add "Study visit to Lyon" --place Lyon --from today')
"""A line that enters a visit on any day."""

_NO_VISIT = phrase("it is promised at a visit, and there is none yet")

_OTHER_DAYS = phrase("--from takes 17 Nov, last Monday or 2026-11-17 too")

_VISIT_NOUNS = ("visit", "visits", "trip", "mission", "meeting", "workshop", "визит", "поездку", "совещание")
COMMITMENT_NOUNS = (
    *("commitment", "promise", "task", "todo", "item", "action", "entry", "followup", "follow-up", "issue", "ticket"),
    *("commit", "обязательство"),
)
PARTY_NOUNS = ("party", "institution", "partner", "organisation", "organization", "contact", "сторону")
FILLERS = ("a", "an", "the", "new", "another", "новый", "новое", "новую")
_PARTY = "PARTY"
"""In the place of a party that was not said: nobody is to promise what another one did."""

_PLACE_WORDS = ("in", "to", "at", "@", "в", "во")

_UNDECLINED = ("алматы", "баку", "душанбе", "карши", "навои", "сочи", "тбилиси", "хельсинки")
"""Towns that Russian declines in no case, though they end as one that is declined."""


def entry_meant(typed: Sequence[str]) -> tuple[str, list[str]] | None:
    """Which of the two commands that enter something words ask for, and the rest of them; None for others.

    `new visit Lyon` is `visit add` and Lyon, `create Send the list` is `add`.
    """
    first, rest = typed[0].lower(), list(typed[1:])
    is_to_enter = bool(rest) and rest[0].lower() in ("add", *ENTRY_VERBS)
    is_titled = bool(rest) and (" " in rest[0].strip() or first in COMMITMENT_NOUNS[:3])
    own = COMMANDS.get(rest[0].lower()) or ALIASES.get(rest[0].lower()) if rest else None
    if first in COMMITMENT_NOUNS and own is not None and len(rest) == 1:
        return None  # `task list`
    if first in COMMITMENT_NOUNS and (is_to_enter or (is_titled and not rest[0].removeprefix("#").isdecimal())):
        # `task add Send the list`, `todo "Send the list"`, `promise Send the list`.
        return "add", rest[1:] if is_to_enter else rest
    if first not in ("add", *ENTRY_VERBS):
        return None
    while rest and rest[0].lower() in FILLERS:
        rest = rest[1:]
    noun = rest[0].lower() if rest else ""
    if noun in PARTY_NOUNS:
        return None
    is_study_visit = [word.lower() for word in rest[:2]] == ["study", "visit"]
    if noun in _VISIT_NOUNS or is_study_visit:
        # `Visit to Lyon` and `Study visit` are titles.
        is_title = is_study_visit or (len(rest) > 1 and rest[1].lower() in _PLACE_WORDS)
        return "visit add", rest if is_title else rest[1:]
    if first == "add" and noun not in COMMITMENT_NOUNS:
        return None
    return "add", rest[1:] if noun in COMMITMENT_NOUNS else rest


def is_party_meant(typed: Sequence[str]) -> bool:
    """Whether words ask to enter a party, as `new party IOM`."""
    nouns = [word.lower() for word in typed[1:] if word.lower() not in FILLERS]
    return typed[0].lower() in ENTRY_VERBS and nouns[:1] != [] and nouns[0] in PARTY_NOUNS


def refusal_of_entry(begin: str, command: str, typed: Sequence[str]) -> UsageError:
    """The refusal of a line that enters something; `typed`: the words after the command, whatever its name.

    A commitment's visit and parties are examples, of the store's own as soon as `of_this_store` has read it.
    """
    values = {"begin": begin, "command": command, "typed": list(typed)}
    sentence = _whole(with_left_out(begin, command, typed), entry_line(command, typed))
    return UsageError(sentence, code=ENTRY_MEANT, values=values)


def _whole(begin: str, line: str) -> str:
    """The refusal with the line to type."""
    if begin.endswith("?") or ": " in begin:
        return as_a_whole(begin, line)
    return f"{begin}: {line}"


def refusal_of_line(command: Command, typed: Sequence[str], why: str) -> UsageError:
    """The refusal of `add` or `visit add`, with the line that was meant: maybe of the other one."""
    if command.name == "add" and typed and not {"--visit", "--by", "--to"} & {word.partition("=")[0] for word in typed}:
        first, rest = typed[0].lower(), " ".join(map(quoted_for_shell, typed[1:]))
        meant = entry_meant(["add", *typed])
        if meant is not None and meant[0] == "visit add":
            return refusal_of_entry(tr("a visit is entered with visit add"), *meant)
        if meant is None and first in (*PARTY_NOUNS, *FILLERS) and entry_meant(["new", *typed]) is None:
            return UsageError(tr("{reason}, as in: {line}", reason=tr(NO_PARTY_ADD), line=tr(command.examples[0])))
        own = COMMANDS.get(first)
        if own is not None and len(typed) > 2 and typed[1].lower() in _PLACE_WORDS and typed[2].isdecimal():
            # `add note to 3 they called`
            typed = [typed[0], *typed[2:]]
            rest = " ".join(map(quoted_for_shell, typed[1:]))
        if first in ("date", "deadline") and typed[1:2] and typed[1].removeprefix("#").isdecimal():
            return UsageError(tr("followup due {rest} is a command of its own", rest=rest))
        is_of_number = own is not None and own.words[:1] in ((("ID", "1"),), (("ID", "+"),))
        if own is not None and is_of_number and (not rest or typed[1].removeprefix("#").isdecimal()):
            return UsageError(
                tr("followup {first} {rest} is a command of its own", first=first, rest=rest or own.usage)
            )
        typed = meant[1] if meant is not None else typed
    # The whole line takes the place of the example.
    return refusal_of_entry(why.partition(tr(", as in: "))[0], command.name, typed)


def of_this_store(refused: UsageError, argv: Sequence[str], environment: Mapping[str, str]) -> UsageError:
    """The refusal with a visit and parties of the store filled in, or how the store is made."""
    if refused.code != ENTRY_MEANT:
        return refused
    where = store_and_day(argv)
    _, command, typed = _meant(refused)
    said = store_and_day(typed)
    if left := [part for name, given in where.items() if name not in said for part in (name, *given)]:
        refused = refusal_of_entry(str(refused.values["begin"]), command, [*typed, *left])
    try:
        session = session_of(where, environment)
        snapshot = session.snapshot()
    except StoreMissing as missing:
        return _without_store(refused, missing, session.clock.today(None), is_made_by_visit=session.is_own_default)
    except FollowUpError:
        return refused
    return _with_store(refused, snapshot)


def _with_store(refused: UsageError, snapshot: Snapshot) -> UsageError:
    begin, command, typed = _meant(refused)
    if command != "add":
        words, values = _read(COMMANDS[command], typed)
        hosts = _each_party(values, snapshot)
        return refused if hosts == values else UsageError(_whole(begin, _visit_line(words, hosts)))
    if not snapshot.visits:
        return UsageError(f"{begin}; {tr(_NO_VISIT)}: {_visit_then(typed, snapshot.today)}")
    words, values = _read(COMMANDS["add"], typed)
    words, slug = _visit_apart(words, snapshot.visits) if "--like" not in values else (words, "")
    if slug:
        values.setdefault("--visit", [slug])
    values = _with_known_visit(values, snapshot)
    newest = max(snapshot.visits.values(), key=lambda visit: (visit["start"], visit["id"]))
    values = _each_party(values, snapshot)
    line = _and_then(_commitment_line(words, values, newest["slug"], snapshot.parties), typed)
    return UsageError(
        _whole(begin, line if typed else tr("{line}; a visit: {first_visit}", line=line, first_visit=tr(_FIRST_VISIT)))
    )


def _each_party(values: Values, snapshot: Snapshot) -> Values:
    """Split joined parties: `--by UNODC --by INTERPOL` for `--by "UNODC and INTERPOL"`."""
    from store.rules.party_names import Match, match_name

    found = dict(values)
    new = values.get("--new-party", ())
    for option in ("--by", "--to", "--host", "--support"):
        for name in values.get(option, ()):
            match = match_name(snapshot.parties, name)
            if match.kind == Match.JOINED and name not in new:
                at = found[option].index(name)
                found[option] = [*found[option][:at], *match.names, *found[option][at + 1 :]]
    return found


def _with_known_visit(values: Values, snapshot: Snapshot) -> Values:
    """Replace a visit by the slug that was meant: the only one with that part, else the nearest."""
    from store.errors import NotFound
    from store.rules.visit_slugs import known_visit

    for typed in values.get("--visit", ()):
        try:
            slug = known_visit(snapshot.visits, typed)["slug"]
        except NotFound as unknown:
            meant = unknown.values["meant"]
            slug = meant[0] if isinstance(meant, list) and meant else typed
        values = {**values, "--visit": [slug]}
    return values


def _visit_apart(words: list[str], visits: Mapping[str, Visit]) -> tuple[list[str], str]:
    """Words without those that name a visit, and its slug: `lyon-2026 Send the list`, `Send the list at Lyon`.

    The beginning of a slug names it where it fits no other and stands alone, in small letters: `Lyon` is of the title.
    """
    from store.rules.visit_slugs import slug_of_part

    slugs = list(visits)
    for at in range(len(words) - 1, 0, -1):
        if words[at].lower() in _AT_VISIT and (slug := slug_of_part(visits, " ".join(words[at + 1 :]))):
            return words[:at], slug
    texts = [part for word in words for part in word.split()]
    for at in (0, -1) if len(texts) > 1 else ():
        typed = texts[at].strip(":,")
        found = [slug for slug in slugs if slug == typed]
        is_alone = typed in (words[at].strip(":,"),) and len(typed) >= _LEAST_OF_SLUG and typed.islower()
        before = texts[at - 1].lower() if at else ""
        if not found and is_alone and before not in ("@", "of", "for", "with", "by"):
            found = [slug for slug in slugs if slug.startswith(typed)]
            if len(found) == 1 and before in _PLACE_WORDS and len(words) > 2:  # `Send it to lyon`
                return list(words[:-2]), found[0]
        if len(found) == 1:
            rest = words[at].removeprefix(texts[0]).lstrip() if at == 0 else words[at].removesuffix(texts[-1]).rstrip()
            others = words[1:] if at == 0 else words[:-1]
            kept = [rest] if rest else []
            return [*kept, *others] if at == 0 else [*others, *kept], found[0]
    return words, ""


_LEAST_OF_SLUG = 3

_AT_VISIT = ("at", "@", "during", "visit", "trip")
"""Words before the place, title or slug of a visit."""


def _and_then(line: str, typed: Sequence[str]) -> str:
    """The line, and those that follow once the commitment exists: `--done yesterday`, `--letter NV-1`.

    Which number it gets is not known before, as others enter some meanwhile: the shell keeps the one that is printed.
    """
    from tui.cli.arguments import options_apart
    from tui.cli.refused_lines.kept_options import line_of

    _, values = options_apart(typed)
    where = store_and_day(typed)
    then = []
    if (done := _said_of_done(typed)) is not None:
        said: Values = {name: values[name] for name in ("--on", "--evidence", "--said-by") if name in values}
        if is_date(done, Direction.BACK):
            said.setdefault("--on", [" ".join(done)])
        elif done:
            said["--note"] = [" ".join(done)]
        then.append(line_of("done", [tr_in("placeholder", "ID")], {**said, **where}))
    seats: Values = {name: values[name] for name in ("--nominated", "--acknowledged", "--letter") if name in values}
    if seats:
        then.append(line_of("seats", [tr_in("placeholder", "ID")], {**seats, **where}))
    if values.get("--note"):
        then.append(line_of("note", [tr_in("placeholder", "ID"), *values["--note"]], where))
    if not then:
        return line
    return " && ".join((f"id=$({line})", *(each.replace(" ID", " $id", 1) for each in then)))


_DONE = ("--done", "--reported", "--completed", "--finished")

_SAID_AFTERWARDS = (*_DONE, "--evidence", "--said-by", "--nominated", "--acknowledged", "--letter")
"""Options, none of `add`, that the lines behind it say."""


def _said_of_done(typed: Sequence[str]) -> list[str] | None:
    """The day on which a line says a new commitment was done; None where it does not."""
    for at, word in enumerate(typed):
        name, equals, value = word.partition("=")
        end = at + 1
        while end < len(typed) and not equals and not typed[end].startswith("--"):
            end += 1
        behind = [value] if equals else list(typed[at + 1 : end])
        if name.lower() in _DONE:
            return behind[: length_of_date(behind)] or behind
        if name.lower() in ("--state", "--status") and behind and behind[0].lower() in ("done", "reported"):
            return behind[1 : 1 + length_of_date(behind[1:])]
    return None


def _left_out(command: str, typed: Sequence[str]) -> list[list[str]]:
    """The options that the line to type has no place for, with their values."""
    from tui.cli.refused_lines.option_synonyms import read_as_meant

    words, _ = _read(COMMANDS[command], typed)
    said = (*_SAID_AFTERWARDS, "--note") if command == "add" else ()
    unlike = read_as_meant(COMMANDS[command], typed).unlike
    return [run for run in unlike if run[0].lower() not in said and not (run[1:] and words[-len(run) + 1 :] == run[1:])]


def with_left_out(begin: str, command: str, typed: Sequence[str]) -> str:
    """The reason of a refusal, with the options that the line to type leaves out."""
    from tui.cli.refused_lines.option_synonyms import said_of

    left = _left_out(command, typed)
    if not left:
        return begin
    shows = shows_what_there_is(command)
    if "followup" in begin.partition(": ")[2] and shows not in begin:
        # Which command has it is said already.
        left = left[1:]
    begin = begin.removesuffix(shows)
    return tr("{begin}; left out: {left}", begin=begin, left=said_of(left)) if left else begin


def _without_store(refused: UsageError, missing: StoreMissing, today: str, *, is_made_by_visit: bool) -> UsageError:
    begin, command, typed = _meant(refused)
    init = f"followup init {quoted_for_shell(str(missing.values['path']))}"
    # The first visit makes a store of one's own.
    shared = (
        tr(" (a store for several people is made before, by {init} {to_share})", init=init, to_share=tr(TO_SHARE))
        if is_made_by_visit
        else ""
    )
    sentence = (
        f"{begin}; {tr(_NO_VISIT)}{shared}: {_visit_then(typed, today)}" if command == "add" else refused.sentence
    )
    return UsageError(
        sentence if is_made_by_visit else tr("{sentence}; before that, {init}", sentence=sentence, init=init)
    )


def first_visit_makes_it(missing: StoreMissing, arguments: Arguments, today: str) -> StoreMissing:
    """The refusal where the user's own default store is missing, which a first visit creates."""
    first = tr("enter the first visit, which makes it: {first_visit}", first_visit=tr(_FIRST_VISIT))
    if arguments.command.name == "add":
        options = [part for name, given in arguments.values.items() for each in given for part in (name, each)]
        first = tr(
            "begin with the visit, which makes it: {line}", line=_visit_then([*arguments.words, *options], today)
        )
    return StoreMissing(missing.sentence, values={**missing.values, "first_visit": first})


def _meant(refused: UsageError) -> tuple[str, str, list[str]]:
    """Parse a refusal into reason, command and words."""
    typed = refused.values["typed"]
    assert isinstance(typed, list), "refusal_of_entry keeps a list"
    command = str(refused.values["command"])
    return with_left_out(str(refused.values["begin"]), command, typed), command, typed


def entry_line(command: str, typed: Sequence[str]) -> str:
    """The whole line, from `followup` on, built without the store."""
    words, values = _read(COMMANDS[command], typed)
    if command == "visit add":
        return _visit_line(words, values)
    return _and_then(_commitment_line(words, values, tr_in("placeholder", "SLUG")), typed)


def _visit_then(typed: Sequence[str], today: str) -> str:
    """What to type for a commitment where there is no visit: the visit, then the commitment."""
    words, values = _read(COMMANDS["add"], typed)
    slug = values.get("--visit", [""])[-1]
    values.pop("--like", None)
    options: Values = {
        "--slug": [slug] if slug else [],
        **{name: values.get(name, []) for name in ("--store", "--today")},
    }
    visit = f"{tr(_FIRST_VISIT)}{_options(options)}"
    slug = f"{slug_from(tr('Lyon'))}-{today[:4]}"  # As that visit gets it.
    return f"{visit} && {_and_then(_commitment_line(words, values, slug), typed)}"


# Reading what was typed, whatever its options are called.


def _read(command: Command, typed: Sequence[str]) -> tuple[list[str], Values]:
    """Parse typed words into words and options; unrecognisable options are left out."""
    from tui.cli.arguments import choice_meant, choices_like
    from tui.cli.refused_lines.option_synonyms import read_as_meant

    reading = read_as_meant(command, typed)
    options = {option.name: option for option in (*command.options, *GLOBAL_OPTIONS)}
    words: list[str] = []
    values: Values = {}
    argv, position = reading.argv, 0
    while position < len(argv):
        name, equals, value = argv[position].partition("=")
        position += 1
        if name == "--on" and command.name == "visit add" and "--from" not in typed:
            name = "--from"
        option = options.get(name)
        if option is None:
            words.append(argv[position - 1])
            continue
        start = position
        while position < len(argv) and not (argv[position].startswith("-") and not argv[position][1:2].isdigit()):
            position += 1
        run = ([value] if equals else []) + list(argv[start:position])
        if option.kind == FLAG or not run:
            words += run
            continue
        if option.choices and choice_meant(run[0], option.choices) not in option.choices:
            if option.name == "--every":
                # Without a period the line would enter one commitment that is due on the last day of the series.
                values[option.name] = [choices_like(run[0], option.choices)[0]]
            words += run[1:]
            continue
        # Where no title is said before or behind, the last option has it behind its value.
        if option.name == "--slug" and words and " " not in run[0]:
            values.setdefault(option.name, []).append("-".join(run))
            continue
        length = _value_length(option, run, is_whole=bool(words) or position < len(argv))
        values.setdefault(option.name, []).append(" ".join(run[:length]))
        words += run[length:]
    for name, *run in reading.unlike if not words else ():
        if command.name == "add" and name.lower() in (*_SAID_AFTERWARDS, "--note"):
            continue
        # What an option is about that nothing is like is no part of the title, where there is one.
        words += run
    if _said_of_done(typed) is not None:
        # The day is the one on which it was done.
        values.pop("--on", None)
    return words, values


def _value_length(option: Option, run: Sequence[str], *, is_whole: bool) -> int:
    """The number of words after an option that are its value."""
    if option.kind == DATE:
        spans = range(min(len(run), 8), 0, -1)
        both = next((length for length in spans if first_and_last_day(" ".join(run[:length]))), 0)
        return both or length_of_date(run) or len(run)
    is_one = " " in run[0] or option.choices or option.name in ("--slug", "--visit", "--seats", "--after", "--like")
    return 1 if is_one or not (is_whole or (option.kind == TEXT and len(run) == 1)) else len(run)


def _options(values: Values) -> str:
    """Format options as typed, those with several values repeated."""
    return "".join(f" {name} {_as_value(name, each)}" for name, all_given in values.items() for each in all_given)


def _as_value(name: str, value: str) -> str:
    """Format a value of an option; a date stands without quotes."""
    is_plain = name in ("--from", "--to", "--due", "--until", "--on") and is_date([value])
    return text_in_shell(value) if is_plain else quoted_for_shell(value)


def _as_title(words: Sequence[str]) -> str:
    """Format a title: in quotes where it had them, or where a shell needs them."""
    text = " ".join(words)
    if any(" " in word for word in words):
        return quoted_for_shell(text)
    title = quoted_for_shell(text)
    return visible(text) if title == f'"{text}"' and text.replace(" ", "").isalnum() else title


# A visit.


def _visit_line(words: Sequence[str], values: Values) -> str:
    values = dict(values)
    named, days = _without_days(words)
    is_said = days is not None or values.get("--from") == ["today"]
    _set_days(values, days)
    title, place = _title_and_place(named)
    if "--delegation" in values:
        values["--delegation"] = [", ".join(values["--delegation"])]
    is_like = "--like" in values and "--place" not in values
    example = tr_in("placeholder", "PLACE") if title else tr("Lyon")
    given = values.pop("--place", [place or example])[-1]
    is_example = values["--from"] == ["today"] and not is_said
    if is_example:
        values["--from"] = [tr_in("typed", "today")]
    line = f"followup visit add {_as_title([title or tr('Study visit to {given}', given=given)])}"
    line += "" if is_like else f" --place {quoted_for_shell(given)}"
    first: Values = {name: values.pop(name) for name in ("--from", "--to") if name in values}
    return f"{line}{_options({**first, **values})}" + (f" ({tr(_OTHER_DAYS)})" if is_example else "")


def _set_days(values: Values, days: tuple[str, str] | None) -> None:
    """Set --from and --to: from both in one, from the title, else an example."""
    start, end = values.pop("--from", [""])[-1], values.pop("--to", [""])[-1]
    both = first_and_last_day(start) or (first_and_last_day(f"{start} to {end}") if start and end else None) or days
    if both is not None:
        start, end = both
    values["--from"] = [start if is_exact_day([start]) else "today"]
    if end and is_exact_day([end]) and values["--from"] == [start]:
        values["--to"] = [end]


def _without_days(words: Sequence[str]) -> tuple[list[str], tuple[str, str] | None]:
    """Split the days off the end of words: the first and the last day, the last empty for a single day."""
    words = [part for word in words for part in ([word] if " " in word else word.replace(",", " , ").split())]
    for start in range(len(words)):
        typed = " ".join(words[start:]).replace(" ,", ",").strip(", ")
        before = list(words[:start])
        if before and before[-1].lower() in ("from", "on", "during", "of", ","):
            before = before[:-1]
        if days := first_and_last_day(typed):
            return before, days
        day = typed.removeprefix("from ").removeprefix("on ")
        if is_exact_day([day]):
            return before, (day, "")
        if len(words) - start > 1 and is_date([typed]):
            # A week or a month is no day, and no part of the title.
            return before, None
    if len(words) == 1 and " " in words[0]:
        # Everything in one pair of quotes: "Study visit to Lyon, 16-20 November".
        inner, days = _without_days(words[0].split())
        return ([" ".join(inner).replace(" ,", ",")], days) if days else (words, None)
    return words, None


def _title_and_place(words: Sequence[str]) -> tuple[str, str]:
    """The title of a visit and its place, each empty where there is none."""
    quoted = [word for word in words if " " in word]
    if len(words) > 1 and len(quoted) == 1 and words[0] == quoted[0]:
        place = [word for word in words[1:] if word != ","]
        return words[0], " ".join(place[1:] if place and place[0].lower() in _PLACE_WORDS else place)
    text = " ".join(words).replace(" ,", ",").strip(", ")
    if "," in text:
        title, _, behind = text.partition(",")
        return title.strip(), behind.strip(", ")
    parts = text.split()
    at = max((at for at, word in enumerate(parts) if word.lower() in _PLACE_WORDS), default=0)
    if 0 < at < len(parts) - 1:
        return text, " ".join(parts[at + 1 :]) if all(map(_may_be_nominative, parts[at + 1 :])) else ""
    if len(parts) > 1 and parts[-1][:1].isupper() and not parts[-1].isupper() and _may_be_nominative(parts[-1]):
        return text, parts[-1]
    is_town = len(parts) == 1 and text.istitle() and text.lower() not in _EVENTS
    return text, text if is_town else ""


def _may_be_nominative(word: str) -> bool:
    """Whether a word of a title is a place in the nominative: not the Russian `Вену`, `Вене`, `Афинах`."""
    last = word.lower()[-1:]
    is_declined = last in "аеёиуыэюя" or word.lower().endswith(("ах", "ях", "их", "ых", "ом", "ем", "ой", "ей"))
    return not is_declined or word.lower() in _UNDECLINED


_EVENTS = (
    *_VISIT_NOUNS,
    *("seminar", "training", "course", "conference", "consultation", "test", "demo"),
    *("семинар", "обучение", "курсы", "конференция", "консультация", "встреча", "поездка", "тест", "проба"),
)
"""Titles of one word that say what a visit is, and not where."""


# A commitment.


def _commitment_line(words: Sequence[str], values: Values, visit: str, parties: Directory | None = None) -> str:
    """The line; the title may name the known `parties`, as who promises and to whom."""
    values = dict(values)
    if "--every" not in values and "--due" not in values and "--until" in values:
        values["--due"] = values.pop("--until")
    open_fields = [name for name in ("by", "to", "visit", "due") if f"--{name}" not in values]
    if len(words) == 3 and " " in words[1] and {"by", "to"} <= {*open_fields} and words[0].isupper():
        # `UNODC "Send the list" INTERPOL`
        title, said = [words[1]], {"by": words[0], "to": words[2]}
    elif len(words) == 3 and " " in words[0] and {"by", "to"} <= {*open_fields} and words[1].lower() not in FIELD_WORDS:
        # `"Send the list" UNODC INTERPOL`: who, and to whom.
        title, said = [words[0]], {"by": words[1], "to": words[2]}
    else:
        title, said = _split_title(words, open_fields)
    given = {**values, **{f"--{name}": [each] for name, each in said.items()}}
    if parties is not None and not {"--by", "--to"} <= {*given}:
        given = {**_parties_in(" ".join(title), parties), **given}
    line: Values = {}
    party = tr_in("placeholder", _PARTY)
    for name, example in (("--visit", visit), ("--by", party), ("--to", party)) if "--like" not in given else ():
        line[name] = given.pop(name, [example])
    return f"followup add {_as_title(title if any(title) else [tr('Send the list')])}{_options({**line, **given})}"


_PROMISES = ("to", "will", "shall", "promises", "promised", "agrees", "agreed", "undertakes", "offers", "is", "are")
"""Words behind the party that a title begins with."""


def _parties_in(title: str, parties: Directory) -> Values:
    """The known parties of `INTERPOL to share its catalogue with MIA UZ`: who promises it, and to whom."""
    words = title.split()
    found: Values = {}
    for end in range(len(words) - 1, 0, -1):
        if words[end].lower() in _PROMISES and (by := parties.find(" ".join(words[:end]))):
            found["--by"] = [by["name"]]
            break
    for at in range(len(words) - 1, 1, -1):
        if words[at - 1].lower() not in ("with", "to", "for"):
            continue
        ends = range(len(words), at, -1)
        to = next((to for end in ends if (to := parties.find(" ".join(words[at:end]).strip(".,;:")))), None)
        if to is not None and [to["name"]] != found.get("--by"):
            found["--to"] = [to["name"]]
            break
    return found


def _split_title(words: Sequence[str], names: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Split `to INTERPOL`, `by MIA` and `by 15 December` off the end of a title: option -> value."""
    marks = {word: field for word, field in FIELD_WORDS.items() if field in names}
    marks |= {"due": "due", "until": "due", "at": "visit"} if "due" in names else {}
    said: dict[str, str] = {}
    end = len(words)
    for at in range(len(words) - 2, 0, -1):
        field = marks.get(words[at].lower())
        value = words[at + 1 : end]
        if field is None or not value:
            continue
        if "due" in names and field in ("by", "due") and is_date(value):
            field = "due"
        elif field == "due" or not _may_be_name(value, is_visit=field == "visit"):
            continue
        if field in said:
            break
        said[field] = " ".join(value)
        end = at
    return list(words[:end]), said


def _may_be_name(words: Sequence[str], *, is_visit: bool) -> bool:
    """Whether words may name a party or a visit: `to INTERPOL`, and not `to facilitate assistance`."""
    if is_visit:
        return len(words) == 1 and words[0][-1:].isdigit()
    return len(words) == 1 or words[0][:1].isupper() or (words[0] in FILLERS and words[1][:1].isupper())

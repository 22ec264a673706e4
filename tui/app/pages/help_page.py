"""The lines of the help: keys and signs of one screen on a page, then forms, finding, every key and every sign. Pure.

What stands on the first page is written here, since a table of commands is too long for it; a key is left out on a
screen where it does nothing. The whole list below it is made from the key table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from store.model.vocabulary_and_signs import BANDS, STATES, Band
from store.translation import ENGLISH, language, phrase, phrase_in, tr, tr_in
from tui.app.key_table import ACT, COMMANDS, MOVE, OTHER, SHOW, command_of, key_shown, keys_of
from tui.render.commitment_numbers import number_sign
from tui.render.commitment_table import TO_CHASE
from tui.render.segments import Segments, columns_of, merged
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import wrapped

_KEY = 13
"""Columns of a key in the list of every key."""

_SHORT_KEY = 8
"""Columns of a key on the first page."""

_ROOMY_HALF = 46
"""Columns of a half from which its keys have more room."""

_TWO_COLUMNS = 76
_SECOND = 39
"""The column in which the second half begins, while the page is narrow."""

_WIDE = 150

_ALL_IN_TWO_COLUMNS = 120
"""Columns from which what follows the first page stands in two halves as well."""

_AIRY = 31
"""Lines of the page from which a blank one stands before each heading."""

_SIGN_NAMES = 8

_SHORT_WORDS = {Band.WEEK: phrase_in("sign", "in 7 days"), Band.MONTH: phrase_in("sign", "in 30 days")}
_OTHER_SHORT_WORDS = (
    *(phrase_in("sign", "overdue"), phrase_in("sign", "today"), phrase_in("sign", "no date")),
    phrase_in("sign", "to confirm"),
)
"""What the signs of bands mean, where there is little room."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """Keys, each as displayed, and what they do; shown where one of them works."""

    keys: dict[str, str]
    text: str


def _keys(shown: str, text: str, **named: str) -> _Keys:
    """Keys displayed as they are typed, except the `named` ones."""
    return _Keys({named.get(key, key): key for key in shown.split()}, text)


_OPEN = _keys("Enter", phrase("open it"), Enter="enter")
_RECORD = (
    _OPEN,
    _keys("s", phrase("state: agreed, reported ...")),
    _keys("d", phrase("due date, with its reason")),
    _keys("c", phrase("chased; when to look again")),
    _keys("n", phrase("note what was said")),
    _keys("e w", phrase("edit; why it was missed")),
    _keys("S + -", phrase("seats of a nomination")),
    _keys("X", phrase("remove what was a mistake")),
    _keys("y", phrase("its line to the clipboard")),
    _keys("a", phrase("a new commitment")),
)
_SHOWN = (
    _keys("0 1 2 3", phrase("now, open, overdue, to confirm")),
    _keys("4 5 6", phrase("silent, mine, finished")),
    _keys("7 8 9", phrase("views of your own")),
    _keys("/", phrase("find: to:interpol overdue")),
    _keys("b", phrase("group")),
    _keys("o z", phrase("sort; whole titles")),
    _keys("p", phrase("all of one party, Tab the next")),
    _keys("v i t", phrase("visits, parties, calendar")),
    _keys("P R", phrase("progress; papers to hand over")),
    _keys("I C E", phrase("list in; report in; export")),
    _keys(":", phrase("all else, found by its words")),
)
_SAFE = (
    _keys("u U", phrase("take back, bring back")),
    _keys("Esc q", phrase("back; quit, all is saved"), Esc="escape"),
)
_MOVE = (
    _keys("j k g G", phrase("or arrows, PgDn, Home, End")),
    _keys("space *", phrase("select one, all; then s c n")),
)
_SCROLL = (_keys("j k g G", phrase("or arrows, PgDn, Home, End")),)

_ON_RECORD = phrase("ON THE ONE UNDER THE CURSOR")
_Groups = tuple[tuple[str, tuple[_Keys, ...]], ...]
_Block = tuple[str, list[_Keys]]
_PAGES: dict[str, tuple[str, _Groups, _Groups]] = {
    "list": (
        phrase("keys of the list"),
        ((_ON_RECORD, _RECORD), (phrase("MOVE"), _MOVE)),
        ((phrase("WHAT IS SHOWN"), _SHOWN), (phrase("SAFE"), _SAFE)),
    ),
    "commitment": (
        phrase("keys of a commitment"),
        ((phrase("ON THIS COMMITMENT"), _RECORD), (phrase("MOVE"), _SCROLL)),
        ((phrase("WHAT IS SHOWN"), _SHOWN), (phrase("SAFE"), _SAFE)),
    ),
    "visits": (
        phrase("keys of the visits"),
        (
            (
                phrase("ON THE VISIT UNDER THE CURSOR"),
                (
                    _keys("Enter", phrase("its commitments"), Enter="enter"),
                    _keys("e", phrase("edit it")),
                    _keys("A", phrase("set it aside, bring it back")),
                    _keys("L", phrase("a new one like it")),
                    _keys("X", phrase("remove what was a mistake")),
                    _keys("a", phrase("a new visit")),
                ),
            ),
            (phrase("MOVE"), _SCROLL),
        ),
        ((phrase("WHAT IS SHOWN"), _SHOWN), (phrase("SAFE"), _SAFE)),
    ),
    "parties": (
        phrase("keys of the parties"),
        (
            (
                phrase("ON THE PARTY UNDER THE CURSOR"),
                (
                    _keys("Enter", phrase("all it owes and is owed"), Enter="enter"),
                    _keys("e", phrase("its names: rename, add")),
                    _keys("m", phrase("merge it into another")),
                    _keys("X", phrase("remove it, if unused")),
                ),
            ),
            (phrase("MOVE"), _SCROLL),
        ),
        ((phrase("WHAT IS SHOWN"), _SHOWN), (phrase("SAFE"), _SAFE)),
    ),
    "capture": (
        phrase("keys of a captured text"),
        (
            (
                phrase("ON THE PROMISE UNDER THE CURSOR"),
                (
                    _keys("a Enter", phrase("take it as it stands"), Enter="enter"),
                    _keys("e", phrase("change it, then take it")),
                    _keys("b t", phrase("who promised; to whom: again, the next")),
                    _keys("d", phrase("its date")),
                    _keys("x", phrase("refuse it")),
                    _keys("space", phrase("later: go to the next")),
                    _keys("m", phrase("note it on the one it is like")),
                    _keys("+", phrase("take the sentence once more")),
                    _keys("N", phrase("mask a person's name")),
                    _keys("u", phrase("take back what was decided")),
                ),
            ),
            (phrase("MOVE"), _SCROLL),
        ),
        (
            (
                phrase("WHAT IS SHOWN"),
                (
                    _keys(".", phrase("sentences that were left out")),
                    _keys("o", phrase("the surest first, or the text's order")),
                    _keys("v", phrase("on a narrow screen: the text")),
                    _keys("ctrl+d", phrase("the text further down")),
                    _keys(":", phrase("all else, found by its words")),
                ),
            ),
            (phrase("SAFE"), (_keys("Esc q", phrase("back; what was taken is saved"), Esc="escape"),)),
        ),
    ),
    "timeline": (
        phrase("keys of the calendar"),
        (
            (_ON_RECORD, _RECORD),
            (phrase("MOVE"), (*_SCROLL, _Keys({"left": "<-", "right": "->"}, phrase("along a line")))),
        ),
        (
            (
                phrase("WHAT IS SHOWN"),
                (_keys("b", phrase("weeks, months, quarters")), *(it for it in _SHOWN if it.text != "group")),
            ),
            (phrase("SAFE"), _SAFE),
        ),
    ),
}
"""Screen -> what it is called, the groups of the left half of its page and of the right one."""

_OTHER_TITLES = {
    "progress": phrase("keys of progress"),
    "paper": phrase("keys of a paper"),
    "import": phrase("keys of an import"),
    "help": phrase("keys of the help"),
}

_FORMS = (
    ("Enter", phrase("the next field; from the last one, Save")),
    ("Tab, S-Tab", phrase("the next field, the one before")),
    ("ctrl+s, F2", phrase("save, from any field")),
    ("Esc", phrase("close; asks first when something was typed")),
)
_FINDING = (
    (phrase("to:interpol"), phrase("to whom; by: who promised, party: either, via: support: owner: visit: kind:")),
    (phrase("due:..2w"), phrase("due within two weeks; due:2023-03, due:none, late:10.., silent:30..")),
    (
        phrase("state:agreed"),
        phrase("the state; outcome:met, and the words overdue, today, no-date, silent, chase, mine"),
    ),
    (phrase("-owner:me"), phrase("not; a or b: one of two; all other terms must hold together")),
    (phrase("any word"), phrase("in number, title, parties, words, notes")),
)
_FIRST = phrase("Words are typed after / as behind `status` and `list` in the shell:")


def forms_heading() -> Segments:
    """The heading of the part after the first page."""
    return _heading(tr("IN A FORM"))


def help_title(screen: str) -> str:
    """The subject of the first page: `keys of the list`."""
    return tr(_PAGES[screen][0] if screen in _PAGES else _OTHER_TITLES[screen])


def help_lines(screen: str, width: int, terminal: TerminalStyle, height: int = 0) -> list[Segments]:
    """The help for a person on this screen, wrapped to this width.

    What follows the first part, from `forms_heading` on, begins below `height` lines where the foot of such a page
    would tear it.
    """
    lines = [*_first_page(screen, width, is_airy=height >= _AIRY), [], *_signs(screen, width, terminal), []]
    is_wide = width >= _ALL_IN_TWO_COLUMNS
    second = _second(width)
    blocks = _every_block(min(second - 2, width - second) if is_wide else width)
    if len(lines) < height < len(lines) + len(blocks[0]):
        lines += [[]] * (height - len(lines))
    if not is_wide:
        return [*lines, *blocks[0], *(line for block in blocks[1:] for line in ([], *block))]
    # The halves are as long as each other, as near as whole groups can be.
    total, left, right = sum(map(len, blocks)), list(blocks[0]), list[Segments]()
    for block in blocks[1:]:
        half = left if not right and 2 * len(left) + len(block) <= total else right
        half += [[], *block] if half else block
    return [*lines, *_halved(left, right, second)]


def _every_block(width: int) -> list[list[Segments]]:
    """The parts below the first page, each with its heading."""
    forms: list[Segments] = [forms_heading()]
    for key, text in _FORMS:
        forms += _pair(key, tr(text), width)
    finding = [_heading(tr("Finding")), *([(f" {line}", "plain")] for line in wrapped(tr(_FIRST), width - 2))]
    for key, text in _FINDING:
        finding += _pair(tr(key), tr(text), width)
    blocks = [forms, finding]
    for group in (ACT, SHOW, MOVE, OTHER):
        pairs = [_pair(key_shown(command.shown), command.help, width) for command in COMMANDS if command.group == group]
        blocks.append([_heading(tr(group)), *(line for pair in pairs for line in pair)])
    bands: list[Segments] = [
        [(f" {band.sign or ' ':<{_KEY}} ", band.style), (tr(band.text), band.style)] for band in BANDS.values()
    ]
    states: list[Segments] = [
        [(f" {state.sign:<{_KEY}} ", "key"), (f"{tr(state.letters)}  {tr(state.text)}", "plain")]
        for state in STATES.values()
    ]
    blocks.append([_heading(tr("When: the sign and the colour of a line")), *bands])
    blocks.append([_heading(tr("State: the sign before the title")), *states])
    return blocks


def _halved(left: Sequence[Segments], right: Sequence[Segments], second: int) -> list[Segments]:
    """Two halves beside each other; the lines of the second one begin at the second column of its own."""
    nothing: Segments = []
    return [
        merged([*one, (" " * (second - 1 - columns_of(one)), "plain"), *other])
        for one, other in zip_longest(left, right, fillvalue=nothing)
    ]


# The first page


def _first_page(screen: str, width: int, *, is_airy: bool) -> list[Segments]:
    """The keys of a screen by their purpose, in two halves where there is room; `is_airy`: blank lines between them."""
    left, right = (list(_blocks(groups, screen)) for groups in _halves(screen))
    if width < _TWO_COLUMNS:
        return [line for block in _ordered(left, right) for line in _block(*block, width)]
    second = _second(width)
    halves = []
    for half, room in ((left, second - 1), (right, width - second + 1)):
        lines: list[Segments] = []
        for block in half:
            lines += [[]] if lines and is_airy else []
            lines += _block(*block, room)
        halves.append(lines)
    return _halved(halves[0], halves[1], second)


def _second(width: int) -> int:
    """The column in which the second half begins."""
    return max(_SECOND, min(width // 2, 60 if width < _WIDE else 80))


def _ordered(left: Sequence[_Block], right: Sequence[_Block]) -> Iterator[_Block]:
    """Stack the groups: actions and display first, then moving and safety."""
    for pair in zip_longest(left, right):
        yield from (group for group in pair if group is not None)


def _halves(screen: str) -> tuple[_Groups, _Groups]:
    if screen in _PAGES:
        return _PAGES[screen][1:]
    own = tuple(
        _Keys({command.keys[0]: command.shown}, command.help.partition(": ")[2] or command.help)
        for command in COMMANDS
        if command.screens == (screen,)
    )
    return (
        ((phrase("HERE"), own), (phrase("MOVE"), _SCROLL)),
        ((phrase("WHAT IS SHOWN"), _SHOWN), (phrase("SAFE"), _SAFE)),
    )


def _blocks(groups: _Groups, screen: str) -> Iterator[_Block]:
    """The groups with the keys that work on this screen."""
    bound = keys_of(screen)
    for heading, entries in groups:
        found = []
        for entry in entries:
            keys = {key: shown for key, shown in entry.keys.items() if key in bound or command_of(screen, key, key)}
            if keys:
                found.append(_Keys(keys, _text_of(entry, keys)))
        if found:
            yield tr(heading), found


def _text_of(entry: _Keys, keys: dict[str, str]) -> str:
    """The text of an entry's keys; of a text in parts, those of the keys present."""
    text = tr(entry.text)
    for between in ("; ", ", "):
        parts = text.split(between)
        if len(parts) == len(entry.keys):
            return between.join(part for key, part in zip(entry.keys, parts, strict=True) if key in keys)
    return text


def _block(heading: str, entries: Sequence[_Keys], width: int) -> list[Segments]:
    lines: list[Segments] = [[(f" {heading}", "heading")]]
    for entry in entries:
        shown = " ".join(map(key_shown, entry.keys.values()))
        room = _SHORT_KEY if width < _ROOMY_HALF else _SHORT_KEY + 2
        first, *rest = wrapped(entry.text, max(10, width - room - 2))
        lines.append([(f" {shown:<{room - 1}} ", "key"), (first, "plain")])
        lines += [[(" " * (room + 1) + line, "plain")] for line in rest]
    return lines


def _signs(screen: str, width: int, terminal: TerminalStyle) -> list[Segments]:
    """The signs of a screen in their colours: bands, states, and what else stands in a line."""
    bands = [
        (entry.sign, tr_in("sign", _SHORT_WORDS.get(entry.word, entry.short)), entry.style)
        for entry in BANDS.values()
        if entry.sign
    ]
    states = [(entry.sign, tr(entry.short), "plain") for entry in STATES.values()]
    if language() != ENGLISH and _SIGN_NAMES + sum(len(sign) + len(text) + 3 for sign, text, _ in states) > width:
        states = [(entry.sign, tr(entry.letters), "plain") for entry in STATES.values()]
    others = [(TO_CHASE, tr("chase today"), "plain"), ("+", tr("date was put off"), "plain")]
    cursor = (">", tr("cursor"), "plain")
    rows = [bands, states, [*others, ("*", tr("selected"), "plain"), cursor]]
    if screen == "parties":
        rows = [[band for band in bands if band[0] in (BANDS[Band.OVERDUE].sign, BANDS[Band.UNCONFIRMED].sign)]]
    elif screen in ("visits", "progress"):
        shown = (BANDS[Band.OVERDUE].sign, BANDS[Band.NO_DATE].sign, BANDS[Band.UNCONFIRMED].sign)
        bars = [(terminal.done, tr_in("sign", "done"), "plain"), (terminal.left, tr_in("sign", "open"), "plain")]
        rows = [[band for band in bands if band[0] in shown], bars]
    elif screen == "capture":
        rows = [[("o", tr("taken"), "plain"), ("x", tr("refused"), "plain"), ("=", tr("merged"), "plain"), cursor]]
    elif screen == "timeline":
        rows[2] = [(f"({number_sign()}n)", tr("finished"), "plain"), cursor]
    elif screen not in _PAGES:
        return []
    lines: list[Segments] = []
    for row in rows:
        line: Segments = [(f" {tr('SIGNS')}".ljust(_SIGN_NAMES) if not lines else " " * _SIGN_NAMES, "heading")]
        for sign, text, style in row:
            if columns_of(line) + len(sign) + 1 + len(text) > width and len(line) > 1:
                lines.append(merged(line))
                line = [(" " * _SIGN_NAMES, "plain")]
            line += [(sign, "key" if style == "plain" else style), (f" {text}  ", style)]
        lines.append(merged(line))
    return lines


# Every key


def _heading(text: str) -> Segments:
    return [(f" {text.upper()}", "heading")]


def _pair(key: str, text: str, width: int) -> list[Segments]:
    first, *rest = wrapped(text, max(10, width - _KEY - 3))
    lines: list[Segments] = [[(f" {key:<{_KEY}} ", "key"), (first, "plain")]]
    return lines + [[(" " * (_KEY + 2) + line, "plain")] for line in rest]

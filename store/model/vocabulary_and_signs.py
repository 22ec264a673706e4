"""The vocabulary: the closed sets of words of a store, with the properties of each word.

A word is defined once, here: its constant, and its entry with sign, key, English text, iCalendar status and so on.
Menus, forms, drafts, lists, papers, formats, imports, queries and help read the tables (`STATES`, `BANDS`, ...), whose
order is the order in which people are shown the words.

English texts that papers print are marked with `phrase`: that is their only source. Their Russian stands once too, in
the gettext catalogue of `store/locale`, beside the sentences that it is declined to fit, so that a further
language is one more catalogue and no change of code. `import_words` are no translations: they are what other people's
lists write, in any language.

Words are plain texts and entries plain classes: `enum`, `dataclasses` and `typing` each take a third of a bare
interpreter's start or more, which the quick check has not got.
"""

from __future__ import annotations

from store.translation import phrase, phrase_in, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final


class Ground:
    """The backgrounds of a terminal; `SETTINGS` are those that a user can set."""

    DARK = "dark"
    LIGHT = "light"
    UNKNOWN = "unknown"

    SETTINGS = (DARK, LIGHT)


# The words.


class State:
    """The states of a commitment; stored."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in-progress"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    ALL: tuple[str, ...]


RETURNED = "returned"
"""The step by which the receiver returns what was reported: not a state, but a way back to in-progress."""


class Band:
    """The bands: how urgent a commitment is today; computed, most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    LATER = "later"
    NO_DATE = "no-date"
    UNCONFIRMED = "unconfirmed"
    FINISHED = "finished"
    ALL: tuple[str, ...]


class Outcome:
    """The outcomes, computed: how a promise ended, or would end if its report is confirmed."""

    MET = "met"
    MET_EXTENDED = "met-extended"
    MET_LATE = "met-late"
    MET_UNDATED = "met-undated"
    WITHDRAWN = "withdrawn"
    NOT_MET = "not-met"
    UNMET = (WITHDRAWN, NOT_MET)
    """Those of what was closed."""
    ALL: tuple[str, ...]


class Standing:
    """The standing of a promise in the words of a report, computed: five outcomes, and a wish, which is none."""

    KEPT = "kept"
    REPORTED = "reported"
    IN_WORK = "in-work"
    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    NOT_MET = "not-met"
    ALL: tuple[str, ...]


class Because:
    """The reasons for closing a commitment unfulfilled; stored."""

    DECLINED = "declined"
    OVERTAKEN = "overtaken"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"
    ALL: tuple[str, ...]


class Kind:
    """The known kinds of promise; a record may have any other text."""

    NOMINATE_EXPERTS = "nominate-experts"
    JOIN_ANALYSIS_FILE = "join-analysis-file"
    SHARE_DATA = "share-data"
    FACILITATE = "facilitate"
    TRAIN = "train"
    COOPERATE = "cooperate"
    LEGAL = "legal"
    OTHER = "other"
    ALL: tuple[str, ...]


class Precision:
    """The precisions of a deadline, whose day is always the last of its period; stored."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"
    ALL: tuple[str, ...]


class Verdict:
    """The verdicts of the on-time rate: on time, missed, or the reason why a promise is left out; computed."""

    ON_TIME = "on-time"
    MISSED = "missed"
    NEVER_AGREED = "never-agreed"
    NO_DATE = "no-date"
    NOT_YET_DUE = "not-yet-due"
    SUPERSEDED = "superseded"
    OVERTAKEN = "overtaken"
    DROPPED = "dropped-by-agreement"
    OUTSIDE = "outside-the-period"
    LEFT_OUT = (NEVER_AGREED, NO_DATE, NOT_YET_DUE, SUPERSEDED, OVERTAKEN, DROPPED, OUTSIDE)
    DUE_BUT_LEFT_OUT = (SUPERSEDED, OVERTAKEN, DROPPED, NOT_YET_DUE)
    ALL: tuple[str, ...]


# The entries.


class Entry:
    """A word and its English `text`. The fields of an entry are set once: the type checker refuses another value."""

    __slots__ = ("text", "word")

    word: Final[str]
    text: Final[str]

    def __init__(self, word: str, text: str) -> None:
        self.word = word
        self.text = text


class Step(Entry):
    """A way to mark a commitment, as the menu of states offers it: to a state, or as returned.

    `key` is its letter in that menu, `menu` its text there, `short` its text in a row of all of them. `asks` names the
    parameters of `operations.mark` that its form asks for, in order; none: it is marked at once; `because`: the menu of
    CLOSING_REASONS comes first. `draft` is what its form is called while it is unfinished, before `#7`.
    """

    __slots__ = ("asks", "draft", "key", "menu", "short", "sign")

    sign: Final[str]
    key: Final[str]
    short: Final[str]
    menu: Final[str]
    asks: Final[tuple[str, ...]]
    draft: Final[str]

    def __init__(
        self,
        word: str,
        text: str,
        *,
        sign: str,
        key: str,
        short: str = "",
        menu: str = "",
        asks: tuple[str, ...] = (),
        draft: str = "",
    ) -> None:
        super().__init__(word, text)
        self.sign = sign
        self.key = key
        self.short = short or text
        self.menu = menu or text
        self.asks = asks
        self.draft = draft


class StateEntry(Step):
    """A state: what a list, a calendar and an import have for it, beside what its step has.

    `letters` are its four letters in a list. `band` is the band of every commitment in it; None: still to be done, the
    due date decides. `ics_status` and `ics_percent` are STATUS and PERCENT-COMPLETE of RFC 5545 (None: nobody counts
    it). `aliases` are other words for it in commands and queries, `import_words` those of other people's lists, without
    capitals, a `|` between two.
    """

    __slots__ = ("aliases", "band", "ics_percent", "ics_status", "import_words", "letters")

    letters: Final[str]
    band: Final[str | None]
    ics_status: Final[str]
    ics_percent: Final[int | None]
    aliases: Final[tuple[str, ...]]
    import_words: Final[str]

    def __init__(
        self,
        word: str,
        text: str,
        *,
        sign: str,
        letters: str,
        key: str,
        band: str | None,
        ics_status: str,
        import_words: str,
        ics_percent: int | None = None,
        aliases: tuple[str, ...] = (),
        short: str = "",
        asks: tuple[str, ...] = (),
        draft: str = "",
    ) -> None:
        super().__init__(word, text, sign=sign, key=key, short=short, asks=asks, draft=draft)
        self.letters = letters
        self.band = band
        self.ics_status = ics_status
        self.ics_percent = ics_percent
        self.aliases = aliases
        self.import_words = import_words


class BandEntry(Entry):
    """A band: `text` goes with a count, `short` stands in a line of counts, `query` in a query that is put in words;
    `count` is its name in a tally, `style` the name of its style on screens and papers."""

    __slots__ = ("count", "query", "short", "sign", "style")

    sign: Final[str]
    style: Final[str]
    count: Final[str]
    short: Final[str]
    query: Final[str]

    def __init__(
        self, word: str, text: str, *, sign: str, style: str, query: str, count: str = "", short: str = ""
    ) -> None:
        super().__init__(word, text)
        self.sign = sign
        self.style = style
        self.count = count or word
        self.short = short or text
        self.query = query


class VerdictEntry(Entry):
    """A verdict: `short` follows a count on the screen."""

    __slots__ = ("short",)

    short: Final[str]

    def __init__(self, word: str, text: str, *, short: str = "") -> None:
        super().__init__(word, text)
        self.short = short or text


class ClosingReason(Entry):
    """Why a commitment is closed: its `key` and `menu` text in the menu of reasons, what its form `asks` for (as of a
    Step), the `import_words` of other people's lists (as of a StateEntry)."""

    __slots__ = ("asks", "import_words", "key", "menu")

    key: Final[str]
    menu: Final[str]
    asks: Final[tuple[str, ...]]
    import_words: Final[str]

    def __init__(self, word: str, text: str, *, key: str, menu: str, asks: tuple[str, ...], import_words: str) -> None:
        super().__init__(word, text)
        self.key = key
        self.menu = menu
        self.asks = asks
        self.import_words = import_words


# The tables.

_VOICE = ("said_by", "on", "evidence", "note")
_CLOSING = ("on", "agreed_by", "note")

STEPS: dict[str, Step] = {
    step.word: step
    for step in (
        StateEntry(
            State.PROPOSED,
            phrase("proposed"),
            sign="-",
            letters=phrase("prop"),
            key="p",
            band=None,
            ics_status="NEEDS-ACTION",
            ics_percent=0,
            import_words="proposed|suggested|idea|предложено|предложение|намерение|предлагается|propose|propuesto",
        ),
        StateEntry(
            State.AGREED,
            phrase("agreed"),
            sign="o",
            letters=phrase("agrd"),
            key="a",
            band=None,
            ics_status="NEEDS-ACTION",
            ics_percent=0,
            import_words="agreed|accepted|approved|согласовано|согласован|согласована|принято|утверждено|convenu"
            "|accepte|acordado|convenido|aceptado",
        ),
        StateEntry(
            State.IN_PROGRESS,
            phrase("in progress"),
            sign="~",
            letters=phrase("prog"),
            key="i",
            band=None,
            ics_status="IN-PROCESS",
            import_words="in progress|ongoing|on going|started|under way|underway|in process|in work|partly done"
            "|partially done|partially completed|partially implemented|being implemented|в работе|в процессе"
            "|выполняется|исполняется|начато|на исполнении|в процессе исполнения|в процессе выполнения"
            "|частично выполнено|частично исполнено|ведется работа|идет работа|doing|en cours|en curso|en proceso"
            "|en ejecucion",
        ),
        StateEntry(
            State.REPORTED,
            phrase("reported done"),
            short=phrase("reported"),
            sign="=",
            letters=phrase("rept"),
            key="r",
            asks=_VOICE,
            draft=phrase("report on"),
            band=Band.UNCONFIRMED,
            ics_status="IN-PROCESS",
            aliases=("done",),
            import_words="done|reported|completed|complete|finished|implemented|fulfilled|executed|achieved|delivered"
            "|reported done|выполнено|исполнено|сделано|завершено|реализовано|готово|выполнен|выполнена|исполнен"
            "|исполнена|завершен|завершена|termine|terminee|acheve|achevee|realise|realisee|fait|cumplido|cumplida"
            "|сообщено о выполнении|completado|finalizado|hecho|terminado|realizado",
        ),
        StateEntry(
            State.CONFIRMED,
            phrase("confirmed"),
            sign="#",
            letters=phrase("conf"),
            key="c",
            asks=_VOICE,
            draft=phrase("confirmation of"),
            band=Band.FINISHED,
            ics_status="COMPLETED",
            ics_percent=100,
            import_words="confirmed|verified|done and confirmed|подтверждено|подтвержден|подтверждена|confirme"
            "|confirmado",
        ),
        Step(
            RETURNED,
            phrase("sent back"),
            menu=phrase("sent back (returned)"),
            sign="<",
            key="b",
            asks=("said_by", "on", "note"),
            draft=phrase("form to send back"),
        ),
        StateEntry(
            State.CLOSED,
            phrase("closed"),
            sign="x",
            letters=phrase("clsd"),
            key="x",
            asks=("because",),
            band=Band.FINISHED,
            ics_status="CANCELLED",
            import_words="closed|закрыто|закрыт|закрыта|cancelled|canceled|withdrawn|terminated|discontinued|void|voided|annulled"
            "|not planned|отменено|отменен|отменена|аннулировано|аннулирован|аннулирована|отозвано|отозван|снято|снят"
            "|снято с контроля|annule|annulee|cloture|cloturee|ferme|fermee|cancelado|cancelada|anulado|anulada|cerrado"
            "|cerrada",
        ),
    )
}
"""Every way to mark a commitment, in the order of the menu of states."""

STATES: dict[str, StateEntry] = {word: step for word, step in STEPS.items() if isinstance(step, StateEntry)}
"""The states in the order of a promise's life."""

BANDS: dict[str, BandEntry] = {
    band.word: band
    for band in (
        BandEntry(Band.OVERDUE, phrase("overdue"), sign="!!", style="overdue", query=phrase("overdue")),
        BandEntry(Band.TODAY, phrase("today"), sign="!", style="today", count="due_today", query=phrase("due today")),
        BandEntry(Band.WEEK, phrase("within 7 days"), sign=".", style="week", query=phrase("due in 1-7 days")),
        BandEntry(Band.MONTH, phrase("within 30 days"), sign=",", style="plain", query=phrase("due in 8-30 days")),
        BandEntry(Band.LATER, phrase("later"), sign="", style="plain", query=phrase("due later than 30 days")),
        BandEntry(
            Band.NO_DATE,
            phrase("no date set"),
            short=phrase("no date"),
            sign="?",
            style="no-date",
            count="no_date",
            query=phrase("without a date"),
        ),
        BandEntry(
            Band.UNCONFIRMED,
            phrase("to be confirmed"),
            short=phrase("to confirm"),
            sign="=",
            style="unconfirmed",
            query=phrase("to be confirmed"),
        ),
        BandEntry(Band.FINISHED, phrase("finished"), sign="", style="finished", query=phrase("finished")),
    )
}

WITH_A_COUNT = (
    *(phrase_in("count", "overdue"), phrase_in("count", "today"), phrase_in("count", "within 7 days")),
    *(phrase_in("count", "within 30 days"), phrase_in("count", "later"), phrase_in("count", "no date set")),
    *(phrase_in("count", "no date"), phrase_in("count", "to be confirmed"), phrase_in("count", "to confirm")),
    *(phrase_in("count", "finished"), phrase_in("count", "silent"), phrase_in("count", "open")),
)
"""Texts of bands, and of what is counted across them, behind their count."""

OUTCOMES: dict[str, Entry] = {
    outcome.word: outcome
    for outcome in (
        Entry(Outcome.MET, phrase("met")),
        Entry(Outcome.MET_EXTENDED, phrase("met after an extension")),
        Entry(Outcome.MET_LATE, phrase("met late")),
        Entry(Outcome.MET_UNDATED, phrase("met without an agreed date")),
        Entry(Outcome.WITHDRAWN, phrase("withdrawn")),
        Entry(Outcome.NOT_MET, phrase("not met")),
    )
}

STANDINGS: dict[str, Entry] = {
    standing.word: standing
    for standing in (
        Entry(Standing.KEPT, phrase("kept")),
        Entry(Standing.REPORTED, phrase("reported done, not yet confirmed")),
        Entry(Standing.IN_WORK, phrase("under way")),
        Entry(Standing.PROPOSED, phrase("proposed, not agreed")),
        Entry(Standing.WITHDRAWN, phrase("withdrawn")),
        Entry(Standing.NOT_MET, phrase("not met")),
    )
}

CLOSING_REASONS: dict[str, ClosingReason] = {
    reason.word: reason
    for reason in (
        ClosingReason(
            Because.DECLINED,
            phrase("declined"),
            key="d",
            menu=phrase("declined: it was said that it will not be done"),
            asks=_CLOSING,
            import_words="declined|refused|rejected|отказано|отклонено|отказ|refuse|refusee|rejete|rejetee|rechazado"
            "|rechazada",
        ),
        ClosingReason(
            Because.OVERTAKEN,
            phrase("overtaken"),
            key="o",
            menu=phrase("overtaken by events"),
            asks=_CLOSING,
            import_words="overtaken|overtaken by events|no longer relevant|not relevant|obsolete|неактуально"
            "|не актуально|утратило актуальность|obsoleto|obsoleta|sans objet|sin objeto",
        ),
        ClosingReason(
            Because.SUPERSEDED,
            phrase("superseded"),
            key="s",
            menu=phrase("superseded by another commitment"),
            asks=("on", "by_id", "agreed_by", "note"),
            import_words="superseded|replaced|заменено|заменен|заменено другим обязательством|remplace|remplacee"
            "|reemplazado|reemplazada",
        ),
        ClosingReason(
            Because.DROPPED,
            phrase("dropped"),
            key="p",
            menu=phrase("dropped, by agreement"),
            asks=_CLOSING,
            import_words="dropped|dropped by agreement|abandoned|прекращено|прекращено по согласию сторон"
            "|снято по согласованию|abandonne|abandonnee|abandonado|abandonada",
        ),
    )
}

KINDS: dict[str, Entry] = {
    kind.word: kind
    for kind in (
        Entry(Kind.NOMINATE_EXPERTS, phrase("nominate experts")),
        Entry(Kind.JOIN_ANALYSIS_FILE, phrase("join an analysis file")),
        Entry(Kind.SHARE_DATA, phrase("share data")),
        Entry(Kind.FACILITATE, phrase("facilitate")),
        Entry(Kind.TRAIN, phrase("train")),
        Entry(Kind.COOPERATE, phrase("cooperate")),
        Entry(Kind.LEGAL, phrase("legal")),
        Entry(Kind.OTHER, phrase("other")),
    )
}
"""The known kinds; one of people's own is shown as they wrote it."""

PRECISIONS: dict[str, Entry] = {
    precision.word: precision
    for precision in (
        Entry(Precision.DAY, ""),
        Entry(Precision.WEEK, phrase("agreed to the week")),
        Entry(Precision.MONTH, phrase("agreed to the month")),
        Entry(Precision.QUARTER, phrase("agreed to the quarter")),
        Entry(Precision.HALF, phrase("agreed to the half year")),
        Entry(Precision.SEASON, phrase("agreed to the season")),
        Entry(Precision.YEAR, phrase("agreed to the year")),
    )
}
"""The precisions of a date; of a date that was agreed to the day, papers say nothing."""

PRECISIONS_IN_A_SENTENCE = (
    *(phrase_in("precision", "day"), phrase_in("precision", "week"), phrase_in("precision", "month")),
    *(phrase_in("precision", "quarter"), phrase_in("precision", "half"), phrase_in("precision", "season")),
    *(phrase_in("precision", "year"),),
)

VERDICTS: dict[str, VerdictEntry] = {
    verdict.word: verdict
    for verdict in (
        VerdictEntry(Verdict.ON_TIME, phrase("kept in time")),
        VerdictEntry(Verdict.MISSED, phrase("missed")),
        VerdictEntry(Verdict.NEVER_AGREED, phrase("never agreed, proposed or withdrawn"), short=phrase("never agreed")),
        VerdictEntry(Verdict.NO_DATE, phrase("without a date")),
        VerdictEntry(Verdict.NOT_YET_DUE, phrase("not yet due")),
        VerdictEntry(Verdict.SUPERSEDED, phrase("superseded")),
        VerdictEntry(Verdict.OVERTAKEN, phrase("overtaken by events"), short=phrase("overtaken")),
        VerdictEntry(Verdict.DROPPED, phrase("dropped by agreement")),
        VerdictEntry(Verdict.OUTSIDE, phrase("its date is outside the period"), short=phrase("outside the period")),
    )
}

ACTIONS: dict[str, str] = {
    "add": phrase_in("action", "entered"),
    "edit": phrase_in("action", "edited"),
    "mark": phrase_in("action", "step changed"),
    "returned": phrase_in("action", "sent back"),
    "due": phrase_in("action", "due"),
    "correct": phrase_in("action", "correct"),
    "words": phrase_in("action", "deadline put in other words"),
    "chase": phrase_in("action", "chase"),
    "note": phrase_in("action", "noted"),
    "reason": phrase_in("action", "why it was missed"),
    "seats": phrase_in("action", "seats counted"),
    "remove": phrase_in("action", "removed"),
    "aside": phrase_in("action", "set aside"),
    "back": phrase_in("action", "back among the others"),
    "merge": phrase_in("action", "merged"),
    "redact": phrase_in("action", "a passage was redacted"),
    "config": phrase_in("action", "settings changed"),
    "undo": phrase_in("action", "undo"),
    "redo": phrase_in("action", "redo"),
    "import": phrase_in("action", "a whole store was brought in"),
    "move": phrase_in("action", "the store was moved"),
    "restore": phrase_in("action", "restore"),
    "repair": phrase_in("action", "repair"),
}
"""Kind of event -> its text where its fields give no better one."""

State.ALL = tuple(STATES)
Band.ALL = tuple(BANDS)
Outcome.ALL = tuple(OUTCOMES)
Standing.ALL = tuple(STANDINGS)
Because.ALL = tuple(CLOSING_REASONS)
Kind.ALL = tuple(KINDS)
Precision.ALL = tuple(PRECISIONS)
Verdict.ALL = tuple(VERDICTS)

# What the tables add up to.

FIRST_STATES = (State.PROPOSED, State.AGREED)
"""The states in which a commitment can be entered."""

UNDONE = frozenset(state for state, entry in STATES.items() if entry.band is None)
"""The states in which the thing promised is still to be done."""

OPEN = frozenset(state for state, entry in STATES.items() if entry.band != Band.FINISHED)
"""The states of a promise that is neither kept nor closed."""

STATES_IN_A_SENTENCE = (
    *(phrase_in("state", "proposed"), phrase_in("state", "agreed"), phrase_in("state", "in-progress")),
    *(phrase_in("state", "reported"), phrase_in("state", "confirmed"), phrase_in("state", "closed")),
)


def state_word(state: str) -> str:
    """A state as it is typed; in other languages in words: `#3 is in-progress`."""
    return tr_in("state", state)


STATE_ALIASES = {alias: state for state, entry in STATES.items() for alias in entry.aliases}
"""Another word for a state -> the state."""

STATE_WORDS = {**{state: state for state in STATES}, **STATE_ALIASES, RETURNED: RETURNED}
"""Word that people write for a step -> the step."""

NOTHING_PROMISED = phrase("no promise recorded")
"""The text that stands in the place of the counts of a visit, or of a store, without commitments."""

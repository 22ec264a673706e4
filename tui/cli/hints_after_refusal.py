"""What to type in the shell, for each refusal, finding and notice of the store, whose sentences name no option."""

from __future__ import annotations

from store.model.vocabulary_and_signs import UNDONE
from store.server_name import is_server_name
from store.translation import phrase, tr, tr_in
from tui.cli.shell_quoting import quoted_for_shell
from tui.render.shell_hints import SHELL_HINTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.errors import FollowUpError
    from store.imports.grid.grid import Notice, Problem
    from store.imports.questions.question_choices import Choice
    from store.maintenance.finding import Finding

    Hint = str | Callable[[Mapping[str, object]], str]


def _unless_near(hint: str) -> Hint:
    """A hint shown only where no similar name was found."""
    return lambda values: "" if values["near"] else tr(hint)


TO_SHARE = phrase("--shared --group GROUP")
"""What makes a store one of a group, behind `followup init PATH`."""


def _missing_store(values: Mapping[str, object]) -> str:
    source, first_visit = values.get("source"), values.get("first_visit")
    end = (
        tr(" (the path comes from {source})", source=source)
        if source
        else tr(", or {first_visit}", first_visit=first_visit)
        if first_visit
        else ""
    )
    init = f"followup init {quoted_for_shell(str(values['path']))}"
    if first_visit:
        return tr(
            ": make one with {init} (for several people: {to_share}){end}", init=init, to_share=tr(TO_SHARE), end=end
        )
    if is_server_name(str(values["path"])):
        return tr(
            ": make one with {init} (for several people: --group ROLE), or bring a file there with followup move{end}",
            init=init,
            end=end,
        )
    return tr(
        ": make one with {init} (for several people: {to_share}), or bring a lost one back with "
        "followup restore, from a backup with followup restore FILE{end}",
        init=init,
        to_share=tr(TO_SHARE),
        end=end,
    )


def _no_driver(values: Mapping[str, object]) -> str:
    source = values.get("source")
    return tr(" (the name comes from {source})", source=source) if source else ""


def _grant_to_ask_for(values: Mapping[str, object]) -> str:
    return tr("; ask its owner for: {grant}", grant=values["grant"]) if values.get("grant") else ""


def _moved_store(values: Mapping[str, object]) -> str:
    to = str(values["to"])
    place = to if is_server_name(to) else to.rpartition(" on ")[0]  # Behind the path of a file stands its machine.
    return tr(": followup config store {place}", place=quoted_for_shell(place or to))


def _no_title(values: Mapping[str, object]) -> str:
    return tr(": name it with --map title=COLUMN") + (
        tr(", or the sheet with --sheet NAME") if values["has_sheets"] else ""
    )


def _matrix(values: Mapping[str, object]) -> str:
    if not values["is_of_marks"]:
        return tr(" (--map none={columns} leaves these columns out)", columns=values["columns"])
    return tr(
        " (--map by={columns} takes the institutions over the marks as who promised it, --map none={columns} leaves "
        "these columns out)",
        columns=values["columns"],
    )


def _no_column(values: Mapping[str, object]) -> str:
    field = str(values["field"])
    for_all = {
        "visit": tr("--visit SLUG, --new-visit SLUG"),
        "by": tr("--default by=PARTY"),
        "to": tr("--default to=PARTY"),
    }
    typed = _field_typed(field)
    options = for_all.get(field, f"--default {typed}={tr_in('placeholder', 'VALUE')}")
    titles = tr(", or --map {field}=parts for the titles of the parts", field=typed) if values.get("titles") else ""
    return tr(": --map {field}=COLUMN, or {options} for all", field=typed, options=options) + titles


def _field_typed(field: str) -> str:
    from store.imports.headings.russian_field_names import field_typed  # `status` loads this module and no list

    return field_typed(field)


def _done_without_day(values: Mapping[str, object]) -> str:
    return tr(", or one for all with --default {day_field}=DATE", day_field=_field_typed(str(values["day_field"])))


def _columns_alike(values: Mapping[str, object]) -> str:
    hint = tr(": say which with --map {mapping}", mapping=values["mapping"])
    return hint + (tr(", or both with --map {of_both}", of_both=values["of_both"]) if values["of_both"] else "")


def _visit_incomplete(values: Mapping[str, object]) -> str:
    missing = values["missing"]
    assert isinstance(missing, list), "the refusal lists what is missing"
    return tr(": add {missing}", missing=", ".join(f"--{each}" for each in missing))


def _like_unknown(values: Mapping[str, object]) -> str:
    return tr("; known ones: {known}", known=values["known"]) if values["known"] else ""


def _day_to_come(values: Mapping[str, object]) -> str:
    says = {
        "on": tr("the day it happened"),
        "endorsed": tr("the day it was endorsed"),
        "since": tr("the day to begin from"),
    }
    field = str(values["field"])
    return tr(" (--{field} is {says})", field=field, says=says[field]) if field in says else ""


def _reason_needed(values: Mapping[str, object]) -> str:
    other = "" if values["is_correction"] else tr(" (or --correct with a reason, if it was mistyped)")
    return tr(": add --reason TEXT{other}", other=other)


def _new_party(values: Mapping[str, object]) -> str:
    """The option that enters a party, its name quoted for the shell."""
    quoted = quoted_for_shell(str(values["name"]))
    return f"--new-party {quoted}" if quoted[:1] in ("'", '"') else f'--new-party "{quoted}"'


def _unknown_party(values: Mapping[str, object]) -> str:
    if values["field"] != "said_by":
        return "" if values["near"] else tr("; followup party list shows them")
    new = _new_party(values)
    return (
        tr(" ({new} if not)", new=new)
        if values["near"]
        else tr(": followup party list shows them, {new} enters a new one", new=new)
    )


def _donor_unknown(values: Mapping[str, object]) -> str:
    if values["donors"]:
        return ""
    name = quoted_for_shell(str(values["donor"]))
    slug = values["slug"] or tr_in("placeholder", "SLUG")
    return tr(": followup visit edit {slug} --donor {name} says who paid for it", slug=slug, name=name)


def _report_of_donor(values: Mapping[str, object]) -> str:
    name = quoted_for_shell(str(values["donor"] or "NAME"))
    return tr(": followup report --donor {name} reports on what it paid for", name=name)


def _unknown_in_query(values: Mapping[str, object]) -> str:
    if values["near"] or not values["known"]:
        return ""
    known = {"known": values["known"]}
    lists = {
        "party": tr("; followup party list shows them"),
        "visit": tr("; followup visits lists them"),
        "owner": tr("; known owners: {known}", **known),
        "kind": tr("; known kinds: {known}", **known),
    }
    return lists[str(values["what"])]


def _of_agreed(values: Mapping[str, object]) -> str:
    """How to end an agreed commitment; empty for one done or closed."""
    if values["state"] not in UNDONE:
        return ""
    return tr("; followup mark {number} closed --because dropped closes it", number=values["number"])


def _of_another(values: Mapping[str, object]) -> str:
    own, other = (quoted_for_shell(str(values[name])) for name in ("own", "other"))
    # Who was to be called as another is that one; who was to have its name as an alias takes it in.
    old, new = (other, own) if values["field"] == "aliases" else (own, other)
    return tr(": merge the two with followup party merge {old} {new}", old=old, new=new)


def _near(values: Mapping[str, object]) -> str:
    return tr(" ({new} if not)", new=_new_party(values))


def _joined(values: Mapping[str, object]) -> str:
    option = OPTION_OF.get(str(values["field"]), f"--{values['field']}")
    once = tr(": name one") if option in _TAKE_ONE else tr(": give {option} once for each", option=option)
    return tr("{once}, or say {new} if it is one party", once=once, new=_new_party(values))


def _format_unclear(values: Mapping[str, object]) -> str:
    formats = tr(", --format {formats}", formats=values["formats"])
    name, _, extension = str(values["path"]).rpartition(".")
    if extension.lower() != "pdf":
        return formats
    return tr("{formats}; there is no PDF: write {name}.html and print it", formats=formats, name=name)


def _shared_or_private(values: Mapping[str, object]) -> str:
    folder, store = str(values["folder"]), str(values["store"])
    return tr(
        ": say which it is to be\n  shared:   {folder}\n  private:  chmod 600 {store}",
        folder=to_share(folder, store),
        store=quoted_for_shell(store),
    )


def _shared_or_of_one(values: Mapping[str, object]) -> str:
    folder, store = str(values["folder"]), str(values["store"])
    return tr(
        ": say whose it is to be\n  shared:   {share}\n  private:  chown -R {other}: {folder}",
        share=to_share(folder, store),
        other=values["other"],
        folder=quoted_for_shell(folder),
    )


def _to_be_shared(values: Mapping[str, object]) -> str:
    return tr("; if they are to share it: {share}", share=to_share(str(values["folder"]), str(values["store"])))


def _owner_outside_group(values: Mapping[str, object]) -> str:
    return tr(
        ": root makes {who} a member, who logs in again, or gives the group of the owner back\n"
        "  member:   usermod -aG {group} {who}\n  back:     chown -R {who}: {folder}",
        who=values["who"],
        group=values["group"],
        folder=quoted_for_shell(str(values["folder"])),
    )


def _open_store(values: Mapping[str, object]) -> str:
    store = quoted_for_shell(str(values["store"]))
    typed = f"chgrp {values['group']} {store} && chmod 660 {store}"
    return tr(
        ": no copy shows that it is what the group shared; look at it, and open it yourself: {typed}", typed=typed
    )


def _copies_to_move(values: Mapping[str, object]) -> str:
    folder = quoted_for_shell(str(values["folder"]))
    return tr(
        ": followup restore brings back the newest of them; for a new store move them away first: "
        "mv {folder} {folder}-old",
        folder=folder,
    )


def _own_copy(values: Mapping[str, object]) -> str:
    path = str(values["path"])
    name = f"~/{quoted_for_shell(path.rpartition('/')[2])}"
    typed = f"cp {quoted_for_shell(path)} {name} && chmod 600 {name} && followup restore {name}"
    return tr(": look at it, and restore a copy of your own: {typed}", typed=typed)


def to_share(folder: str, store: str) -> str:
    """What an administrator types to share a store with a group, and the folder for it."""
    folder, store = quoted_for_shell(folder), quoted_for_shell(store)
    modes = f"chmod 2770 {folder} && chmod 660 {store}"
    group = tr_in("placeholder", "GROUP")
    return f"chgrp -R {group} {folder} && {modes} && followup doctor --repair --store {store}"


def _event_to_take_out(values: Mapping[str, object]) -> str:
    return tr(
        "; the owner of the store takes it out by SQL: DELETE FROM followup.events WHERE seq = {seq}",
        seq=values["seq"],
    )


OPTION_OF = {"hosts": "--host", "said_by": "--said-by", "asked_by": "--asked-by", "agreed_by": "--agreed-by"}
"""Parameter of an operation -> its option, where that has another name."""

_TAKE_ONE = ("--via", "--asked-by", "--agreed-by")
"""Options that take one party."""

_NO_NUMBERS = phrase(" (--map source-id=none leaves the numbers of the list out)")

HINTS: dict[str, Hint] = {
    # The store and its copies.
    "server.no-driver": _no_driver,
    "server.no-password": phrase(": put it into ~/.pgpass, mode 600, as HOST:PORT:DATABASE:ROLE:PASSWORD"),
    "server.signer-unknown": phrase(": put ?sslrootcert=FILE (or =system) behind its name"),
    "server.certificate-refused": phrase(": the file that ?sslrootcert=FILE names has to hold who signed it"),
    "server.takes-no-changes": phrase(": name the server that leads, or all of them as //HOST,HOST/DATABASE"),
    "server.number-taken": phrase(": the owner of the store can run followup doctor --repair"),
    "server.row-invalid": phrase("; the owner of the store can run followup doctor --repair"),
    "server.not-permitted": _grant_to_ask_for,
    "store.missing": _missing_store,
    "store.lost": phrase(": followup restore brings back the newest of them, followup restore --list shows them"),
    "init.copies-there": _copies_to_move,
    **SHELL_HINTS,
    "store.moved": _moved_store,
    "store.save-unknown": ": followup history",
    "doctor.no-audit-log": phrase("; start journald or rsyslog, or take audit out of /etc/followup/config.toml"),
    "doctor.certificate-not-checked": phrase(": ?sslmode=verify-full behind its name checks it"),
    "doctor.not-encrypted": phrase(": ?sslmode=verify-full behind its name encrypts it"),
    "doctor.counter-too-high": phrase("; one of followup restore --list counts on as before"),
    "doctor.record-left-out": phrase("; one of followup restore --list may hold it"),
    "doctor.revision-raised": phrase("; one of followup restore --list may hold them"),
    "doctor.events-left-out": phrase("; one of followup restore --list may hold them"),
    "doctor.record-altered": phrase("; set it right by a change, or bring back one of followup restore --list"),
    "doctor.event-row-invalid": _event_to_take_out,
    "doctor.shared-or-private": _shared_or_private,
    "doctor.shared-or-of-one": _shared_or_of_one,
    "doctor.to-be-shared": _to_be_shared,
    "doctor.owner-outside-group": _owner_outside_group,
    "doctor.store-shut-out": _open_store,
    "lock.not-permitted": phrase(": its owner or the administrator can run followup doctor --repair"),
    "history.no-lines": phrase("; --moved-from PATH says where the store lay before"),
    "restore.store-is-healthy": phrase(", one of followup restore --list"),
    "restore.backup-of-outsider": _own_copy,
    "restore.no-such-revision": phrase(": followup restore --list shows them"),
    "restore.no-such-copy": phrase(": followup restore --list shows them"),
    "config.key-of-store": ": followup config {key} VALUE --shared",
    # Files that are written.
    "output.there-already": phrase(": --force writes over it"),
    "output.format-unclear": _format_unclear,
    # Records.
    "by.empty": phrase(": --by PARTY"),
    "commitment.none-in-range": phrase(": followup list --all shows them"),
    "commitment.removed": phrase(": followup history {number} shows it"),
    "commitment.unknown": phrase(": followup list --all shows them"),
    "date.to-come": _day_to_come,
    "day.to-come": _day_to_come,
    "due.nothing-to-correct": phrase(": set its first one without --correct"),
    "due.reason-needed": _reason_needed,
    "owner.unknown": _unknown_in_query,
    "party.name-of-another": _of_another,
    "party.none": phrase(": leave the option out, or name one"),
    "party.is-named": phrase(": followup party merge OLD NEW"),
    "party.joined": _joined,
    "party.near": _near,
    "party.several-fit": lambda values: tr(": write it out, or say {new} if it is another one", new=_new_party(values)),
    "party.taken-for-another": lambda values: tr(" ({new} if it is meant)", new=_new_party(values)),
    "party.unknown": _unknown_party,
    "query.me-unknown": _unless_near(phrase(": followup config me NAME says who you are")),
    "query.text-unknown": phrase(": followup list --all shows them"),
    "query.field-of-visits": _report_of_donor,
    "query.name-unknown": _unknown_in_query,
    "redact.passage-empty": phrase(": --passage TEXT"),
    "redact.passage-in-a-name": phrase(", and see the limits in docs/sharing-on-a-server.md"),
    "remove.reason-needed": phrase(": followup remove {number} --reason TEXT"),
    "remove.was-agreed": _of_agreed,
    "revision.not-the-expected": phrase(". Look at it (followup show {number}), then say --expect-rev {current}"),
    "series.too-long": phrase(": is the year of --until right? --yes enters them all"),
    "state.because-needed": phrase(": followup close {number} --because dropped (or declined, overtaken, superseded)"),
    "state.nobody-to-confirm": phrase(": name who did with --said-by PARTY"),
    "state.nothing-to-return": phrase(
        ": followup done {number} says first that it was done, followup note {number} TEXT puts down a note"
    ),
    "state.voice-lost": phrase(": add --take-back if that is meant"),
    "state.note-needed": phrase(": followup mark {number} returned --note TEXT"),
    "to.empty": phrase(": --to PARTY"),
    "undo.change-unknown": phrase(": followup undo --list shows yours"),
    "undo.changed-since": phrase("; followup history shows it"),
    "undo.redaction-stays": phrase(": followup undo {before} takes back the one before"),
    "visit.there-already": phrase(": followup visits {slug} shows it; --slug {free} says that another one is meant"),
    "visit.slug-taken": phrase(": give another --slug"),
    "visit.unknown": _unless_near(phrase("; followup visits lists them")),
    # Reports.
    "report.donor-unknown": _donor_unknown,
    "report.quarter-not-understood": phrase(", or give the first and the last day"),
    "report.ends-before-it-begins": phrase(": give the earlier day first"),
    "report.period-to-come": phrase(": give one that has begun"),
    "report.mark-too-long": phrase(": give a shorter one"),
    "report.last-meeting-to-come": phrase(": give a day up to today"),
    "report.next-meeting-past": phrase(": give today or a later day"),
    # Imports.
    "import.bad-rows-not-written": phrase("; name another file with --skip-bad FILE"),
    "import.cell-behind": phrase(
        " (--map note={as_note} takes it as a note, --map none={column} leaves the column out)"
    ),
    "import.column-unheaded": phrase(
        " (--map note={as_note} takes them as notes, --map none={column} leaves the column out)"
    ),
    "import.columns-alike": _columns_alike,
    "import.columns-left-out": phrase(" (--map FIELD=COLUMN takes one, --map note=COLUMN,COLUMN several)"),
    "import.matrix": _matrix,
    "import.done-without-day": _done_without_day,
    "capture.other-language": phrase("; --lang en or --lang ru insists"),
    "import.events-left-out": phrase(" (--events reads the events)"),
    "import.encodings-alike": phrase(", with --encoding"),
    "import.no-column": _no_column,
    "import.like-unknown": _like_unknown,
    "import.kept": phrase(" (--like {name} reads it as that)"),
    "import.visit-incomplete": _visit_incomplete,
    "import.no-encoding": phrase(", or name it with --encoding"),
    "import.no-title": _no_title,
    "import.number-twice": _NO_NUMBERS,
    "import.no-workbook": phrase("; save it as XLSX or CSV, and import that"),
    "import.not-in-encoding": phrase("; name another one with --encoding, as {likely}"),
    "import.other-sheets": phrase(" (--sheet NAME takes another one)"),
    "import.store-not-empty": phrase(
        ": make another with followup init OTHER.json, then followup --store OTHER.json import FILE"
    ),
}
"""Code -> what stands behind the sentence: a template of the refusal's values, or a function of them."""

REWORDED = {
    "due.correction-to-none": "{number}: --correct {rule}",
    "import.answer-not-understood": "--{field} {rule}",
    "import.answered-too-often": phrase("--{name} was given more often than there are new visits"),
    "import.answered-twice": phrase("--{field} {name} was given twice: give it once"),
    "import.default-no-value": "--{option} {field}: {why}",
    "import.delimiter-unknown": "--delimiter {rule}",
    "import.of-another-format": "--{field} {rule}",
    "series.begins-too-late": phrase("the first date {first} is later than --until {until}"),
    "state.by-id-misplaced": phrase("{number}: --by-id names what superseded it, and goes with --because superseded"),
    "state.closing-misplaced": phrase("{number}: --because, --agreed-by and --by-id go with closed, not with {step}"),
    "state.evidence-misplaced": "{number}: --evidence {rule}",
    "state.seats-missing": phrase(
        "{missing}: say in --note why it is done all the same, or count them with followup seats {number} --nominated N"
    ),
    "state.voice-misplaced": "{number}: --said-by {rule}",
}
"""Code -> what is printed in the place of the sentence, where an option stands in the midst of it."""

IN_ROWS = {
    "reason": phrase(": in a column reason, or with --reason TEXT for all"),
    "visit": phrase("; enter it first with followup visit add, or here with --new-visit SLUG --place P --from DATE"),
    "take_back": phrase("; where that is meant, say so first with followup mark ID STATE --take-back"),
    "id": phrase(": is it the list's own number? Then say --map source-id=COLUMN"),
    "source-id": _NO_NUMBERS,
}
"""Field of a row of an import -> what can be done when that is refused; other hints speak of a single command."""

_NEW_NAMES = {
    "import.several-parties": phrase(", --new-parties for all such names"),
    "party.joined": phrase("; --new-parties takes it as it is"),
    "party.near": phrase(", --new-parties for all such names"),
    "party.several-fit": phrase(", --new-parties for all such names"),
}
"""Code -> what can also be typed when the name of a party in a row is refused."""

NOTHING_TO_TYPE = frozenset(
    (
        "after.waits-for-itself",
        "alarm.not-understood",
        "aside.until-over",
        "backup.disk-not-trusted",
        "backup.there-already",
        "chase.is-finished",
        "config.audit-unknown",
        "config.ground-unknown",
        "config.key-of-machine",
        "config.key-unknown",
        "config.lang-unknown",
        "config.machines-link",
        "config.machines-of-others",
        "config.machines-unreadable",
        "config.me-not-names",
        "config.memory-out-of-range",
        "config.not-a-file",
        "config.not-toml",
        "config.of-another-user",
        "config.open-to-others",
        "config.store-not-path",
        "config.view-not-name",
        "config.view-not-name-and-query",
        "date.not-understood",
        "date.off-the-calendar",
        "copy.closed",
        "copy.of-another-store",
        "doctor.no-earlier-state",
        "doctor.not-what-was-shared",
        "doctor.replaced-meanwhile",
        "doctor.store-closed",
        "export.marks-too-long",
        "field.cannot-be-cleared",
        "file.unreadable",
        "file.unwritable",
        "foreign.broke-off",
        "foreign.no-answer",
        "foreign.not-started",
        "foreign.stopped",
        "foreign.time",
        "foreign.too-large",
        "capture.binary",
        "capture.damaged",
        "capture.empty",
        "capture.no-mailbox",
        "capture.old-format",
        "capture.password",
        "capture.pictures",
        "capture.tangled",
        "capture.taken-already",
        "capture.too-long",
        "history.store-invalid",
        "import.changed-since-export",
        "import.date-in-other-order",
        "import.date-unknown",
        "import.dates-alike",
        "import.dates-beside",
        "import.day-beside-name",
        "import.dates-mixed",
        "import.dates-unknown",
        "import.line-not-understood",
        "import.quote-not-closed",
        "import.person",
        "import.reason-unknown",
        "import.names-nothing",
        "import.share-unknown",
        "import.word-unknown",
        "import.closed-is-unclear",
        "import.done-and-not",
        "import.done-of-several",
        "import.done-has-closing-day",
        "import.two-days",
        "import.labelled-name",
        "import.letters-of-two-alphabets",
        "import.no-name",
        "import.no-one-party",
        "import.person-beside",
        "import.column-unknown",
        "import.date-taken-back",
        "import.encoding-unknown",
        "import.field-missing",
        "import.field-unknown",
        "import.file-empty",
        "import.file-too-large",
        "import.heading-twice",
        "import.form",
        "import.json-broken",
        "import.json-no-list",
        "import.json-no-value",
        "import.json-too-deep",
        "import.event-asked",
        "import.events-not-understood",
        "import.no-such-event",
        "import.no-number",
        "import.struck-through",
        "import.list-unknown",
        "import.no-list",
        "import.no-to-dos",
        "import.not-a-file",
        "import.not-closed-has-day",
        "import.number-matches-several",
        "import.number-moved",
        "import.number-of-another-list",
        "import.months-in-titles",
        "import.months-over-columns",
        "import.months-over-marks",
        "import.other-headings",
        "import.period-unknown",
        "import.title-names-party",
        "import.text-alone",
        "import.title-of-part",
        "import.row-contradicts",
        "import.row-matches-several",
        "import.row-not-readable",
        "import.several-parties",
        "import.state-before-title",
        "import.states-in-titles",
        "import.states-unknown",
        "import.sheet-all-hidden",
        "import.sheet-empty",
        "import.sheet-too-wide",
        "import.sheet-unknown",
        "import.store-damaged",
        "import.too-many-parties",
        "import.undone-has-day",
        "import.undone-has-reason",
        "import.would-rename",
        "init.beside-a-stranger",
        "init.folder-of-another",
        "init.folder-not-empty",
        "init.folder-not-made",
        "init.folder-not-shared",
        "init.foreign-schema",
        "init.group-unknown",
        "init.server-store-there",
        "init.there-already",
        "kind.empty",
        "language.unknown",
        "library.missing",
        "lock-timeout.not-seconds",
        "lock.folder-not-writable",
        "lock.no-way-to-store",
        "lock.not-a-file",
        "lock.of-a-stranger",
        "lock.not-lockable",
        "lock.unusable",
        "mail.no-address",
        "miss-reason.empty",
        "note.empty",
        "output.belongs-to-store",
        "output.is-a-folder",
        "output.no-folder",
        "output.not-in-a-folder",
        "output.not-permitted",
        "output.not-written",
        "output.pipe-of-others",
        "output.replaced-meanwhile",
        "output.write-failed",
        "owner.empty",
        "party.merged-with-itself",
        "party.name-empty",
        "party.would-be-both-voices",
        "query.colon-before-comparison",
        "query.field-otherwise",
        "query.lone-or",
        "query.no-day",
        "query.no-range",
        "query.no-value",
        "query.nothing-denied",
        "query.nothing-to-look-for",
        "query.owner-gone",
        "query.range-ends-before-it-begins",
        "query.range-without-days",
        "query.takes-days",
        "query.takes-numbers",
        "query.word-has-no-value",
        "query.word-unknown",
        "redact.passage-unknown",
        "report.intro-no-text",
        "report.intro-too-long",
        "remove.is-named",
        "report.language-unknown",
        "restore.backup-unusable",
        "restore.copy-unusable",
        "move.differs",
        "move.file-there",
        "move.same-kind",
        "move.target-not-empty",
        "restore.no-copies-on-server",
        "restore.no-such-backup",
        "restore.no-good-copy",
        "restore.not-a-file",
        "revision.fields-clash",
        "revision.history-incomplete",
        "revision.to-come",
        "script.alias-stays",
        "script.commitment-stays",
        "script.field-by-operation",
        "script.field-needed",
        "script.field-of-store",
        "script.field-unknown",
        "script.find-in-transaction",
        "script.meta-read-only",
        "script.new-commitment-needs",
        "script.new-visit-needs",
        "script.not-a-number",
        "script.not-a-table",
        "script.number-chosen",
        "script.operation-unknown",
        "script.parameter-unknown",
        "script.parameters-unfit",
        "script.party-by-itself",
        "script.record-changed-meanwhile",
        "script.store-changed-meanwhile",
        "script.table-left-out",
        "script.table-read-only",
        "script.table-unknown",
        "script.today-not-a-day",
        "script.value-invalid",
        "script.value-unfit",
        "script.whole-change-in-transaction",
        "seats.more-acknowledged",
        "seats.negative",
        "server.changed-while-read",
        "server.connection-lost",
        "server.damaged-meta",
        "server.disk-full",
        "server.foreign-schema",
        "server.lost-before-it-confirmed",
        "server.password-in-name",
        "server.refused",
        "server.store-is-coming",
        "server.takes-no-connection",
        "server.unreachable",
        "setting.days-out-of-range",
        "setting.language-unknown",
        "setting.timezone-unknown",
        "state.not-of-a-new-one",
        "state.superseded-by-itself",
        "state.unknown",
        "state.voice-barred",
        "store.busy",
        "store.changed-meanwhile",
        "store.damaged-without-copy",
        "store.invalid",
        "store.newer",
        "store.not-a-file",
        "store.not-saved",
        "store.reads-back-otherwise",
        "store.there-already",
        "store.first-line-too-long",
        "store.too-large",
        "store.would-be-too-large",
        "store.torn",
        "store.try-again",
        "store.unusable",
        "title.empty",
        "undo.change-does-not-stand",
        "text.too-long",
        "undo.change-of-another",
        "undo.nothing-to-redo",
        "undo.nothing-to-undo",
        "undo.would-break",
        "view.name-taken",
        "view.unknown",
        "visit.ends-before-it-begins",
        "visit.not-empty",
        "visit.slug-not-understood",
        "visit.title-or-place-empty",
    )
)
"""The codes of refusals that need no hint: their sentence says what to do, or there is nothing to type.

The program does not read it: the tests hold HINTS, REWORDED and this set against all codes, so that a new refusal gets
its hint or stands here.
"""


def printed(refusal: FollowUpError | Notice | Finding) -> str:
    """Render a refusal, a notice or a finding as its sentence and what to type."""
    code, values = refusal.code, _values_of(refusal)
    if code in REWORDED:
        return tr(REWORDED[code]).format_map(values)
    return refusal.sentence + _hint(code, values)


def hint_in_rows(problem: Problem) -> str:
    """What to type to import a row; empty where the row itself must be mended."""
    if problem.code == "import.event-asked":
        return tr(" (--events {number} takes it, --events 1,3 those, --events all)", number=problem.values["number"])
    from store.imports.answers.parse_answers import LEAVE_OUT
    from store.imports.grid.describe_bad_rows import rows_typed
    from store.imports.questions.question_choices import (  # `status` loads this module and no list
        MAY_BE_NO_ROW,
        choices_of,
    )

    if problem.code == "import.no-number":
        typed = f"{_field_typed(problem.field or '')}:{problem.values['word']}={tr_in('placeholder', 'NUMBER')}"
        return tr(" (--value {typed}, or =none)", typed=quoted_for_shell(typed))
    if problem.code in ("import.date-unknown", "import.date-in-other-order"):
        return _date_typed(problem)
    if problem.code == "import.field-missing":
        rows = rows_typed(problem.rows)
        if problem.field == "title":
            return tr(" (--leave-out {rows} if they are no rows)", rows=rows)
        default = f"--default {_field_typed(problem.field or '')}={tr_in('placeholder', 'PARTY')}"
        said = "--visit SLUG" if problem.field == "visit" else default
        return tr(" ({said} in all such rows, --leave-out {rows} if they are no rows)", said=said, rows=rows)
    if problem.code in _ALL_SAID:
        return _hint(problem.code, _values_of(problem))
    if choices := [each for each in choices_of(problem) if each.kind != LEAVE_OUT or problem.code not in MAY_BE_NO_ROW]:
        named = ""
        if problem.code == "day.to-come":
            value = f"{_field_typed(problem.field or '')}:{problem.values['word']}={tr_in('placeholder', 'DATE')}"
            named = f"--value {quoted_for_shell(value)}, "
        if problem.code in _NAMED_BY_VALUE:
            field = _field_typed(problem.field or "")
            value = f"{field}:{problem.values['name']}={tr_in('placeholder', 'PARTY')}"
            named = f"--value {quoted_for_shell(value)}, "
        no_row = f", --leave-out {rows_typed(problem.rows)}" if problem.code in MAY_BE_NO_ROW else ""
        return f" ({named}{_typed_choices(choices)}{tr(_NEW_NAMES.get(problem.code, ''))}{no_row})"
    if problem.code in _NEW_NAMES:
        return tr(_NEW_NAMES[problem.code])
    hint = tr(IN_ROWS.get(problem.field or "", ""))
    if problem.field in ("visit", "state"):
        return _hint(problem.code, _values_of(problem)) + hint
    return hint


_NAMED_BY_VALUE = ("import.no-name", "import.no-one-party")
"""Codes of problems of names for which people say whose name is meant."""

_ALL_SAID = (
    *("import.no-column", "import.cell-behind", "import.column-unheaded", "import.matrix"),
    "import.number-twice",
)
"""Codes of problems of rows whose hints say all that can be typed."""


def _date_typed(problem: Problem) -> str:
    """What to type for an unreadable date: the date for all such cells, or that none is agreed."""
    field = _field_typed(problem.field or "")
    typed = f"{field}:{problem.values['word']}={tr_in('placeholder', 'DATE')}"
    if (order := problem.values.get("order")) is not None:
        return tr(
            " (--dates {order} reads all of them, --value {typed}, or =none)",
            order=order,
            typed=quoted_for_shell(typed),
        )
    return tr(" (--value {typed}, or =none)", typed=quoted_for_shell(typed))


def _typed_choices(choices: Sequence[Choice]) -> str:
    """The typed form of the answers to a problem; where many answer one question, one and the alternatives."""
    if len(choices) <= _MOST_CHOICES:
        return ", ".join(f"--{each.kind} {quoted_for_shell(each.shown())}" for each in choices)
    first = choices[0]
    before = first.shown().rpartition("=")[0]
    from store.imports.states.state_meant_by_word import word_typed_for

    *words, last = [word_typed_for(each.typed.rpartition("=")[2]) for each in choices]
    word = tr_in("placeholder", "WORD")
    option = f"--{first.kind} {quoted_for_shell(f'{before}={word}')}"
    return tr("{option}, where WORD is {words} or {last}", option=option, words=", ".join(words), last=last)


_MOST_CHOICES = 4


def _values_of(refusal: FollowUpError | Notice | Finding | Problem) -> Mapping[str, object]:
    return {"field": getattr(refusal, "field", None), **getattr(refusal, "values", {})}


def _hint(code: str, values: Mapping[str, object]) -> str:
    hint = HINTS.get(code, "")
    return tr(hint).format_map(values) if isinstance(hint, str) else hint(values)

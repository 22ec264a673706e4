"""Tables of words that people guess for commands and options, also from other programs: what to type.

Read only where a command line is refused. A word that may mean a look gets a command that looks.
"""

from __future__ import annotations

from store.translation import phrase

_EDIT = phrase("followup edit {id} --title TEXT (or --owner, --by, --to ...) changes a commitment")
_DUE = "followup due {id} {date}{reason}"
_CHASE = phrase(
    "followup list chase lists whom to chase, "
    "followup chase {id} says that somebody was (--note {text}, --again {date})"
)
_CONFIG = phrase("followup config shows the settings, followup config KEY VALUE sets one")
NO_PARTY_ADD = phrase("a party is there as soon as a commitment or a visit names it")
_NOTHING_ERASED = phrase(
    "followup remove {id} --reason TEXT takes one out that was entered by mistake, followup undo the last change"
)
_FROM_A_LIST = phrase("followup import FILE --dry-run shows what a list of another program would bring")
_REPORTS = phrase("followup sheet writes the sheet of a meeting, followup report the one for a donor")

MEANT = {
    phrase("followup now lists what to act on this morning"): (
        "todo to-do tasks task urgent next pending agenda inbox morning dashboard act action actions attention "
        "daily day standup ready backlog дела задачи повестка утро"
    ),
    phrase("followup list due:tomorrow lists what is due then"): "tomorrow",
    phrase(
        "followup week lists what is due within 7 days"
    ): "dues sprint upcoming soon deadlines deadline calendar schedule",
    phrase("followup no-date lists what has no date"): "undated nodate dateless without-date no-deadline",
    phrase("followup list chase lists whom to chase"): "tochase to-chase chases chasing",
    phrase("followup unconfirmed lists what is to be confirmed"): "to-confirm toconfirm to-be-confirmed unacknowledged",
    phrase("followup show {id} shows everything about one"): (
        "view see look info detail details get cat inspect describe read notes checkout ball turn whose "
        "where waiting-for показать посмотреть подробно сведения"
    ),
    phrase("followup history{of} shows what happened, followup digest what changed since the last working day"): (
        "log logs diff events changes activity audit journal blame recent news since what-changed whats-new "
        "история журнал изменения новости"
    ),
    phrase("followup overdue lists what is late, followup list extended what was put off"): "delayed delays slipped",
    phrase("followup now lists what to act on, followup status counts what there is"): "what whats brief report-today",
    phrase("the most urgent stand first in every list; followup due {id} {date} changes the date that decides it"): (
        "priority prio important star flag pin rank"
    ),
    phrase("followup list kind:nominate lists those of a kind, followup edit {id} --kind KIND says another"): (
        "kind kinds category categories type types"
    ),
    phrase("followup list owner:{who} lists what somebody chases"): "user users owners chased-by",
    phrase("followup config lang ru makes all of it Russian, followup sheet --lang ru a paper alone"): (
        "lang language russian translate translation язык русский"
    ),
    phrase(
        "followup config ground dark (or light) says what the terminal draws on"
    ): "color colour colors theme dark light",
    phrase(
        "followup export -o commitments.ics --alarm 7d writes the dates for a calendar that rings"
    ): "alarm alarms notify",
    phrase("followup list overdue or today or week lists the most urgent, followup status the first ten"): "top first",
    _CHASE: (
        "chased nag nudged remind reminder reminders ping nudge call called phone phoned email emailed mail contact "
        "follow follow-up escalate напомнить напоминание"
    ),
    phrase("followup chase {id} --again {date} brings it up again then, and counts as chased; the due date stays"): (
        "snooze wait"
    ),
    _DUE: "postpone delay extend reschedule date defer prolong extension продлить перенести срок",
    _EDIT: "update change modify correct amend rename-title изменить исправить",
    phrase("followup edit {id} --owner {who} says who chases it"): "assign reassign delegate назначить поручить",
    phrase(
        "followup edit {id} --owner {who} says who chases it, followup owner rename OLD NEW renames one"
    ): "owner handover",
    phrase("followup edit {id} --kind KIND says of which kind it is, followup note {id} {text} puts down a note"): (
        "tag tags label labels"
    ),
    phrase(
        "followup done {id} --evidence {text} names the paper that shows it, followup note {id} {text} puts down a "
        "note; no file is kept"
    ): "attach attachment attachments evidence",
    phrase(
        "followup list by:{party} lists what it owes, followup list to:{party} what it is owed, followup parties shows "
        "how much"
    ): "owes owe owing debts",
    phrase(
        "followup list to:{party} lists what it is owed, followup list by:{party} what it owes, followup parties shows "
        "how much"
    ): "owed",
    phrase("followup list party:{party} lists what it owes and is owed, followup parties lists them all"): "who whom",
    phrase(
        "followup edit {id} --title TEXT renames a commitment, followup party edit NAME --name TEXT a party, "
        "followup visit edit SLUG --title TEXT a visit"
    ): "rename",
    phrase("followup list --sort due (or id, title, by, to, updated, silent) puts them into another order"): (
        "sort order orderby"
    ),
    phrase("followup list QUERY lists what matches, as by:MIA overdue"): "filter grep query where select",
    phrase("followup find {text} finds words in any commitment"): "найти искать поиск",
    phrase(
        "followup sheet writes the sheet of a meeting, followup report the one for a donor; -o FILE.docx or -o "
        "FILE.html is for the printer"
    ): "print pdf paper papers word docx handout печать распечатать документ документы",
    _REPORTS: "briefing minutes meeting quarterly quarter reports sheets справка отчёт отчет совещание",
    phrase("followup export -o commitments.xlsx writes them for other programs"): (
        "excel xlsx spreadsheet table dump экспорт выгрузка выгрузить экспортировать"
    ),
    phrase("followup export -o commitments.csv writes a file, followup export --format csv prints it"): "csv",
    phrase("followup export -o commitments.ics writes the dates for a calendar"): "ics ical календарь",
    _FROM_A_LIST: "upload load apply ingest импорт импортировать загрузить загрузка",
    phrase("each change is saved at once; followup backup writes a copy"): "save commit write copy сохранить копия",
    phrase("followup party merge {names} makes two entries of one institution one"): "merge join dedupe",
    phrase(
        "followup close {id} --because dropped ends one that will not be kept (or declined, overtaken, superseded), "
        "followup remove {id} --reason TEXT takes one out that was entered by mistake"
    ): (
        "cancel drop abandon decline declined reject rejected dismiss archive закрыть отклонить снять прекратить "
        "отказ отказано отклонено неактуально заменено прекращено снято отменено отозвано"
    ),
    phrase(
        "followup close {id} --because dropped ends one that will not be kept, followup mark {id} agreed says that it "
        "was not begun after all"
    ): "stop stopped halt",
    phrase("followup done {id} says that it was done, followup unconfirmed lists what waits to be confirmed"): (
        "complete completed finish fulfil fulfill fulfilled deliver delivered report-done resolve resolved tick "
        "готово выполнено исполнено сделано завершить"
    ),
    phrase(
        "followup list outcome:met,met-extended,met-late,met-undated lists what was kept, followup done {id} says that "
        "one was done"
    ): "kept met",
    phrase("followup list outcome:not-met lists what was not met, followup overdue what is late"): (
        "broken missed unmet unkept failed"
    ),
    phrase(
        "followup list state:confirmed lists what was confirmed, followup confirm {id} says that one was received"
    ): ("confirmed received подтверждено получено"),
    phrase("followup list state:proposed lists what was proposed"): "proposed предложено",
    phrase("followup unconfirmed lists what was reported and is to be confirmed"): "reported сообщено",
    phrase(
        "followup mark {id} STATE changes the state (proposed, agreed, in-progress, reported, confirmed, closed), "
        "followup list state:agreed lists what has one"
    ): "state states transition отметить отметка",
    phrase(
        "followup undo takes back your last change; else followup mark {id} agreed --take-back takes a report back (or "
        "proposed, in-progress)"
    ): "unreport unmark undo-report take-back takeback withdraw",
    phrase("followup visit back {slug} brings back a visit that was set aside"): "unaside",
    phrase(
        "followup confirm {id} says that it was received"
    ): "receive acknowledge approve approved verify подтвердить",
    phrase(
        "followup list state:agreed lists what was agreed, followup agree {id} says that one was"
    ): "agreed accepted согласовано принято",
    phrase("followup agree {id} says that it was agreed"): "accept согласовать",
    phrase(
        "followup list state:in-progress lists what was begun, followup start {id} says that one was"
    ): "in-progress begun started в-работе начато",
    phrase(
        "followup history shows what was sent back, followup mark {id} returned --note {text} sends a reported one back"
    ): ("return returned sendback send-back sent-back unconfirm вернуть возвратить возвращено возвращено-на-доработку"),
    phrase(
        "followup undo takes back your last change; else followup mark {id} proposed takes it up again (or agreed, "
        "in-progress: the state that followup history {id} shows)"
    ): "reopen unclose resume restart",
    phrase("followup note {id} {text} puts down a note"): "comment remark annotate noted примечание заметка",
    phrase(
        "followup reason {id} {text} says why it was missed, followup show {id} shows it"
    ): "why reasons excuse explain причина",
    phrase("followup seats {id} --nominated N counts them, followup list kind:nominate lists the nominations"): (
        "nominate nomination nominations nominee nominees seat"
    ),
    phrase("followup status shows the counts and the most urgent ones"): (
        "count counts stats statistics summary overview progress сводка состояние статистика статус"
    ),
    phrase("followup parties lists them"): (
        "people partner partners institution institutions organisations organizations contacts "
        "стороны учреждения ведомства партнёры партнеры"
    ),
    phrase(
        "followup visits lists them"
    ): "project projects trips trip missions mission meetings events-list визиты поездки миссии",
    phrase(
        "followup list --all lists all"
    ): "all everything commitments commitment promises promise список все всё обязательства",
    _CONFIG: "settings setting preferences options configure set whoami me настройки настройка",
    phrase("followup --version"): "version",
    phrase(
        "there is nothing to leave: each command is done when it has answered"
    ): "quit exit q bye logout выход выйти",
    phrase("followup alone, on a terminal, opens the app"): "gui tui ui run interactive screen menu board kanban",
    phrase(
        "followup help lists the commands, followup COMMAND --help shows one"
    ): "man manual docs tutorial usage commands ? помощь команды",
    _NOTHING_ERASED: "clear reset wipe purge erase destroy del trash forget discard удалить исключить",
    phrase("followup undo takes back the last change, followup undo --list shows which can be"): (
        "back revert rollback oops unremove undelete undone undo-last undo-all delete-last remove-last отмена отменить"
    ),
    phrase("a store is shared by its file, followup init --shared --group G makes one; nothing needs to be sent"): (
        "sync push pull share login send publish"
    ),
    phrase("followup doctor checks the store"): "health validate diagnose fsck repair проверить проверка",
    phrase("followup demo makes a store to try things out"): "test try sample example playground",
    phrase("followup init makes a store"): "setup install initialise initialize begin",
    phrase("followup restore --list shows the copies there are"): "recover copies backups восстановить копии",
}
"""What to type -> the words, no commands, that ask for it."""

INSTEAD = {word: sentence for sentence, words in MEANT.items() for word in words.split()}

PHRASES = {
    **dict.fromkeys(("late", "delayed", "past due"), "overdue"),
    **dict.fromkeys(("no date", "without date", "without a date", "no deadline", "no due date", "undated"), "no-date"),
    **dict.fromkeys(("to be confirmed", "to confirm", "not confirmed", "waiting for confirmation"), "unconfirmed"),
    **dict.fromkeys(("due soon", "soon", "due this week", "this week", "next week", "due week", "upcoming"), "week"),
    **dict.fromkeys(("due today", "due now"), "today"),
    **dict.fromkeys(("to chase", "to be chased", "needs chasing", "@"), "chase"),
    **dict.fromkeys(("my", "my own", "for me", "assigned to me"), "mine"),
    **dict.fromkeys(("not done", "undone", "pending", "not finished", "still open", "all open"), "open"),
    **dict.fromkeys(("put off", "postponed", "extensions"), "extended"),
    **dict.fromkeys(("set aside", "on hold", "parked"), "aside"),
    **dict.fromkeys(("no answer", "no news", "not heard of"), "silent"),
    **dict.fromkeys(("morning", "this morning", "todo", "to do", "next", "urgent", "agenda"), "now"),
    **dict.fromkeys(("просроченные", "просрочен", "просрочены", "с просрочкой", "срок истек"), "просрочено"),
    **dict.fromkeys(("без сроков", "без дат", "нет срока", "нет даты", "срок не указан", "бессрочно"), "без-срока"),
    **dict.fromkeys(("подтвердить", "к подтверждению", "ждет подтверждения"), "на-подтверждении"),
    **dict.fromkeys(("ожидает подтверждения", "не подтверждено", "неподтвержденные"), "на-подтверждении"),
    **dict.fromkeys(("на этой неделе", "эта неделя", "на неделю", "неделю", "скоро", "ближайшие"), "неделя"),
    **dict.fromkeys(("срок сегодня", "на сегодня"), "сегодня"),
    **dict.fromkeys(("на этот месяц", "в этом месяце", "этот месяц"), "месяц"),
    **dict.fromkeys(("напоминание", "напоминания", "к напоминанию", "кому напомнить"), "напомнить"),
    **dict.fromkeys(("мой", "моя", "для меня", "поручено мне"), "мои"),
    **dict.fromkeys(("не выполнено", "не исполнено", "невыполненные", "незавершенные", "открытые"), "открыто"),
    **dict.fromkeys(("завершенные", "выполненные", "исполненные"), "завершено"),
    **dict.fromkeys(("закрытые", "снятые"), "закрыто"),
    **dict.fromkeys(("продлен", "продлен срок", "срок продлен", "продленные", "перенесено", "перенесен"), "продлено"),
    **dict.fromkeys(("отложенные", "отложен"), "отложено"),
    **dict.fromkeys(("нет сведений", "нет ответа", "сведений нет", "молчат"), "без-сведений"),
    **dict.fromkeys(("на утро", "утро", "срочно", "срочные", "дела", "на сейчас"), "сейчас"),
}
"""Words behind `list`, in small letters and with е for ё -> the word of the query language that they mean."""

SEEN_WITH = {
    "due": phrase("followup week lists what is due within 7 days"),
    "chase": phrase("followup list chase lists whom to chase"),
    "note": phrase("followup show ID shows the notes"),
    "done": phrase("followup unconfirmed lists what was done and is to be confirmed"),
    "confirm": phrase("followup unconfirmed lists what is to be confirmed"),
    "close": phrase("followup closed lists what was closed"),
    "agree": phrase("followup list state:agreed lists what was agreed"),
    "start": phrase("followup list state:in-progress lists what was begun; followup alone opens the app"),
    "show": phrase("followup list shows their numbers"),
}
"""Changing command -> what to type where, alone, it may have been meant as a look."""

GROUPS = {
    "visit": phrase("followup visits lists the visits"),
    "party": phrase("followup parties lists the parties; a party is there as soon as a commitment or a visit names it"),
}
SAME_VERB = {
    "add": ("new", "create", "enter", "insert", "добавить", "внести", "создать"),
    "edit": ("change", "update", "modify", "rename", "set", "move", "изменить", "исправить", "переименовать"),
    "remove": ("delete", "rm", "del", "удалить"),
    "list": ("ls", "all", "список"),
    "merge": ("join", "объединить"),
    "show": ("view", "info", "details", "cat", "get", "показать"),
    "aside": ("set-aside", "hide", "park", "pause", "suspend", "postpone", "snooze", "отложить"),
    "back": (
        *("unaside", "un-aside", "unhide", "restore", "return", "resume", "reopen", "bring-back"),
        *("вернуть", "возобновить"),
    ),
}
"""Verb of a group -> other words for it."""

OPTION_ELSEWHERE = {
    ("add", "--reason"): phrase("a new promise needs none, followup reason ID TEXT says afterwards why one is late"),
    ("add", "--letter"): phrase("followup seats ID --letter REF puts it down afterwards"),
    ("add", "--nominated"): phrase("followup seats ID --nominated N counts them afterwards"),
    ("add", "--done"): phrase("followup done ID --on DATE says that afterwards"),
    ("add", "--note"): phrase("followup note ID TEXT puts one down afterwards"),
    ("sheet", "--pdf"): phrase("there is no PDF, followup sheet -o sheet.html writes a page to print"),
    ("sheet", "--word"): phrase("followup sheet -o sheet.docx writes one"),
    ("sheet", "--docx"): phrase("followup sheet -o sheet.docx writes one"),
    ("report", "--pdf"): phrase("there is no PDF, followup report -o report.html writes a page to print"),
    ("export", "--csv"): phrase("followup export -o FILE.csv writes one"),
    ("export", "--xlsx"): phrase("followup export -o FILE.xlsx writes one"),
    ("export", "--excel"): phrase("followup export -o FILE.xlsx writes one"),
    ("export", "--pdf"): phrase("there is no PDF, followup export -o FILE.html writes a page to print"),
    ("status", "--whole"): phrase("the app has it, followup app --whole"),
    ("list", "--table"): phrase("the table is what it prints, into a pipe too"),
    ("list", "--csv"): phrase("followup export -o FILE.csv writes one, --tsv prints lines for scripts"),
    ("add", "--no-date"): phrase("without --due it has no date"),
    ("add", "--undated"): phrase("without --due it has none"),
    ("party edit", "--delete"): phrase("followup party remove NAME takes out one that nothing names"),
    ("party edit", "--remove"): phrase("followup party remove NAME takes it out where nothing names it"),
    **dict.fromkeys(
        (("undo", name) for name in ("--last", "--latest", "--all", "-n")),
        phrase("followup undo takes back your last change, followup undo --list shows which can be"),
    ),
    ("visit edit", "--delete"): phrase("followup visit remove SLUG takes out an empty one"),
}
"""(Command, option of another command) -> which command has it."""

SAME_OPTION = {
    "--due": ("--date", "--deadline", "--when", "--by-date"),
    "--from": ("--start", "--begin"),
    "--on": ("--date", "--day", "--when"),
    "--to": ("--end", "--until", "--for"),
    "--note": ("--comment", "--message", "-m", "--text", "--remark", "-n"),
    "--reason": ("--why", "--because", "--note", "--comment", "--message", "-m"),
    "--owner": ("--assign", "--assignee", "--who", "--responsible"),
    "--by": ("--party", "--promised-by", "--from"),
    "--evidence": ("--proof", "--link"),
    "--state": ("--mark",),
    "--place": ("--location", "--city", "--where", "--country"),
    "--host": ("--institution", "--with", "--receiver"),
    "--delegation": (
        *("--party", "--parties", "--participant", "--participants", "--member", "--members", "--people"),
        *("--attendees", "--guests", "--visitors", "--who"),
    ),
    "--slug": ("--id", "--short"),
    "--output": ("--out", "--file"),
    "--title": ("--text", "--name", "--what", "--description", "--subject", "--promise", "-t"),
    "--all": ("--finished", "--everything"),
    "--tsv": ("--plain", "--format"),
    "--json": ("--format",),
    "--again": ("--next", "--in"),
    "--yes": ("--force", "-y", "-f"),
}
"""Option -> other words for it, in any command whose own words (`option_synonyms`) say nothing else."""

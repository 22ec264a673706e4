"""What people type before they have read anything: it works, or the answer says exactly what to type.

Nothing is ever changed by a guess, and a word that may mean a look is never answered with a command that changes.
"""

import re
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from tests.support.check_answers_and_refusals import assert_harmless, assert_refused
from tests.tui.cli.conftest import RunOnDemo
from tui.cli.arguments import parse_command_line
from tui.cli.command_aliases import ALIASES
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.refused_lines.command_synonyms import INSTEAD
from tui.cli.refused_lines.unknown_command import unknown_command

WORKS = """\
overdue
late
now
today
week
silent
unconfirmed
mine
no-date
ls
ls overdue
find letter
search officers
list interpol
list visit:lyon
list overdue or silent
list --overdue
list --late
list --to INTERPOL
list --by 'MIA Uzbekistan'
visits lyon
parties
history
history 3
7
#7
help
help overdue
help mark
help dates
help queries
-h
--version
status
open
finished
find ncb tashkent
export
check to:INTERPOL --within 60
"""
"""Looks that work as typed."""

SAYS = (
    ("mark 3 in progress", "followup mark 3 in-progress"),
    ("mark 3 in progress since Monday", "followup mark 3 in-progress --on Monday"),
    ("visit lyon-2026 --donor INL", "followup visit edit lyon-2026 --donor INL"),
    ("visit set lyon-2026 donor INL", "followup visit edit lyon-2026 --donor INL"),
    ("donor lyon-2026 INL", "followup visit edit lyon-2026 --donor INL"),
    ("edit lyon-2026 --donor INL", "followup visit edit lyon-2026 --donor INL"),
    ("edit visit lyon-2026 --place Lyon --donor INL", "followup visit edit lyon-2026 --place Lyon --donor INL"),
    ("edit 3 --donor INL", "followup visit edit SLUG --donor INL"),
    ("sheet INTERPOL --lang ru --docx", "followup sheet INTERPOL --lang ru -o sheet.docx"),
    ("sheet --docx", "followup sheet -o sheet.docx"),
    ("export overdue --csv", "followup export overdue -o FILE.csv"),
    ("sheet for MIA in Russian", "followup sheet MIA --lang ru"),
    ("sheet MIA in Russian", "followup sheet MIA --lang ru"),
    ("3 as in progress since monday", "followup mark 3 in-progress --on monday"),
    ("3 as in-progress since monday", "followup mark 3 in-progress --on monday"),
    ("return 5 'figures missing'", 'followup mark 5 returned --note "figures missing"'),
    ("5 not received", "followup mark 5 returned --note TEXT"),
    ("push back 3 to 15 March", "followup due 3 15 March --reason TEXT"),
    ("extend deadline 3 15 March", "followup due 3 15 March --reason TEXT"),
    ("deadline of 3 is 15 March", "followup due 3 15 March"),
    ("how many are late", "followup status"),
    ("when is 3 due", "followup show 3"),
    ("is 3 done", "followup show 3"),
    ("officers 1 2", "followup seats 1 --nominated 2"),
    ("1 2 officers nominated", "followup seats 1 --nominated 2"),
    ("board", "followup alone, on a terminal, opens the app"),
    ("escalate 3", "followup list chase lists whom to chase, followup chase 3"),
    ("done 3,4", "followup done 3 4"),
    ("done 3 and 4", "followup done 3 4"),
    ("chase '3, 4'", "followup chase 3 4"),
    ("mark 3,4 and 5 done", "followup mark 3 4 5 done"),
    ("show 3,4", "followup list --all id:3,4"),
    ("diff 3", "followup history 3"),
    ("logs 3 --tail 5", "followup history 3 shows"),
    ("checkout 3", "followup show 3"),
    ("get commitments", "followup list --all"),
    ("get visits -o json", "followup visits --json"),
    ("describe visit lyon-2026", "followup list --all visit:lyon-2026"),
    ("apply -f list.csv", "followup import FILE --dry-run"),
    ("project lyon-2026", "followup visits lyon-2026"),
    ("cancel lyon-2026", "followup visit aside lyon-2026 sets it aside, followup visit remove lyon-2026"),
    ("issue view 3", "followup show 3"),
    ("issue close 3 --comment 'not needed'", 'followup close 3 --comment "not needed" --because dropped'),
    ("show me what is late", "followup late"),
    ("what did INTERPOL promise", "followup list by:INTERPOL"),
    ("who promised what", "followup parties"),
    ("remind INTERPOL", "followup list chase party:INTERPOL"),
    ("3 is done", "followup done 3"),
    ("add note to 3 'they called'", 'followup note 3 "they called"'),
    ("set reminder 3 friday", "followup chase 3 --again friday"),
    ("who 4", "followup show 4 says where it stands, and whose turn it is"),
    ("ball 4", "followup show 4"),
    ("whose turn is 4", "followup show 4"),
    ("history today", "followup history --since today"),
    ("history 3 last week", "followup history 3 --since last week"),
    ("changes today", "followup history --since today"),
    ("task list", "followup list"),
    ("issue 5 close", "followup close 5 --because dropped"),
    ("ticket close 5", "followup close 5 --because dropped"),
    ("stop 5", "followup close 5 --because dropped ends one that will not be kept, followup mark 5 agreed says"),
    ("5 stop", "followup close 5 --because dropped ends one that will not be kept, followup mark 5 agreed says"),
    (
        "close 5 --reason 'no longer needed' --agreed-by both",
        'as a whole: followup close 5 --note "no longer needed" --agreed-by both --because dropped',
    ),
    ("add", "followup add needs TITLE, as in: followup add Nominate officers to the HTEG --visit SLUG"),
    ("new", 'followup add "Send the list" --visit SLUG'),
    ("create Send the list", "followup add Send the list --visit SLUG"),
    ("visit", "remove; followup visits lists the visits"),
    ("visits add", 'followup visit add "Study visit to Lyon" --place Lyon --from'),
    ("visit new Lyon", "followup visit add Lyon --place Lyon --from today"),
    ("visit delete lyon-2022", "followup visit remove lyon-2022"),
    ("done yesterday 2", "followup done 2 --on yesterday"),
    ("done 24 Nov 2", "followup done 2 --on 24 Nov"),
    ("done 24 Nov 2023 2", "followup done 2 --on 24 Nov 2023"),
    ("done 15 Dec 2023", "followup done ID --on 15 Dec 2023"),
    ("mark done 2 yesterday", "followup mark 2 done --on yesterday"),
    ("mark yesterday 2 done", "followup mark 2 done --on yesterday"),
    ("done 2 on yesterday", "followup done 2 --on yesterday"),
    ("complete 2 yesterday", "followup done 2 --on yesterday"),
    ("2 done yesterday", "followup done 2 --on yesterday"),
    ("seats 1 '1 of 2' --letter X", "followup seats 1 --letter X --nominated 1 --wanted 2"),
    ("seats 1 1/2", "followup seats 1 --nominated 1 --wanted 2"),
    ("seats 1 1 of 2 NV-123", "followup seats 1 --nominated 1 --wanted 2 --letter NV-123"),
    ("seats 1 of 2", "followup seats ID --nominated 1 --wanted 2"),
    ("delay 2 --to '15 Dec' --reason ill", 'followup due 2 "15 Dec" --reason ill'),
    ("unmark 2 done", "followup undo takes back your last change"),
    ("party A = B", "followup party merge A B"),
    ("forget 3", "followup remove 3 --reason TEXT"),
    ("drop 3", "followup remove 3 --reason TEXT takes one out that was entered by mistake"),
    ("cancel 3 --reason 'not needed'", 'followup close 3 --because dropped --note "not needed" (or declined'),
    ("reject 3 because too late", "followup close 3 --because declined --note too late (or overtaken"),
    ("snooze 3 in a week", "followup chase 3 --again in a week (it comes up again then"),
    ("snooze 3 2 weeks", "followup chase 3 --again +2 weeks"),
    ("snooze 3 --until Friday", "followup chase 3 --again Friday"),
    ("get 3 -o json", "followup show 3 --json"),
    ("get visits", "followup visits"),
    ("delete 3 --force", "without --force: followup delete 3 --reason TEXT"),
    ("visit create X --place Lyon --start today --budget 5", "left out: --budget 5: followup visit add X --place Lyon"),
    ("list --project lyon-2026 --sort-by due", "followup list visit:lyon-2026 --sort due"),
    ("1 seats 1 letter NV-1", "followup seats 1 --nominated 1 --letter NV-1"),
    ("party merge 'Min. of Interior'", 'followup party merge "Min. of Interior" NEW (followup parties shows them)'),
    ("task 3 done", "followup done 3"),
    ("daily", "followup now lists what to act on"),
    ("to-chase", "followup list chase lists whom to chase"),
    ("edit 2 --date 15 Dec", "followup due 2 15 Dec"),
    ("edit 2 --note 'he called'", "followup note 2 he called"),
    ("list --limit 3 --sort due", "without --limit 3: followup list --sort due"),
    ("brief INTERPOL", "followup sheet INTERPOL"),
    ("visit create X --in Lyon --on 16 Nov", "followup visit add X --place Lyon --from 16 Nov"),
    ("add 'Send it' visit:lyon by:A to:B", 'followup add "Send it" --visit lyon --by A --to B'),
    ("add -v lyon -b A -t B 'Send it'", 'followup add "Send it" --visit lyon --by A --to B'),
    ("visit lyon", "followup visits lyon shows it and what it left"),
    ("visit add", "followup visit add needs TITLE, as in: followup visit add Study visit to Lyon --place Lyon --from"),
    ("new party IOM", "a party is there as soon as a commitment or a visit names it"),
    ("create a party", "a party is there as soon as a commitment or a visit names it"),
    ("party add MIA", "a party is there as soon as a commitment or a visit names it"),
    ("party", "needs one of: edit, merge, remove, list; followup parties lists the parties"),
    ("parties merge A B", "followup party merge A B"),
    ("parties interpol", "followup list party:interpol"),
    ("show", "followup show needs ID, as in: followup show ID; followup list shows their numbers"),
    ("show lyon", "followup find lyon looks for it, followup visits lyon among the visits"),
    ("done", "followup done needs ID, as in: followup done ID"),
    ("done 3 yesterday", "followup done 3 --on yesterday"),
    ("done 3 30 March 2023", "followup done 3 --on 30 March 2023"),
    ("done 3 by letter", "followup done 3 --note by letter"),
    ("close 5 dropped", "followup close 5 --because dropped"),
    ("3 done", "followup done 3"),
    ("3 due tomorrow", "followup due 3 tomorrow"),
    ("mark done 3", "the state stands last: followup mark 3 done"),
    ("mark 3", "followup mark needs STATE (proposed, agreed, in-progress, reported"),
    ("mark 3 done yesterday", "followup mark 3 done --on yesterday"),
    ("complete 3", "followup done 3 says that it was done"),
    (
        "due",
        "followup due needs ID, as in: followup due ID end of March; followup week lists what is due within 7 days",
    ),
    ("due today", "followup list today lists those"),
    ("done --on yesterday", "followup done needs ID, as in: followup done ID --on yesterday"),
    ("due 4", "followup due needs DATE, as in: followup due 4 end of March"),
    ("due 3", "followup due needs DATE, as in: followup due 3 end of March"),
    ("postpone 3 to Friday", "followup due 3 Friday --reason TEXT (why;"),
    ("edit 3 due tomorrow", "followup due 3 tomorrow"),
    ("fulfil 1 2 3", "followup done 1 2 3 says that it was done"),
    ("agree 3 --due '15 January'", "followup due 3 15 January && followup agree 3"),
    (
        "mark 3 agreed --due Friday --owner asel",
        "followup due 3 Friday && followup edit 3 --owner asel && followup mark 3 agreed",
    ),
    ("edit 3 --owner asel --due Friday", "followup edit 3 --owner asel && followup due 3 Friday --reason TEXT (why;"),
    ("done 3 --title X", "followup done 3 && followup edit 3 --title X"),
    ("sheet for INTERPOL --lang ru", "the words behind sheet are parties: followup sheet --lang ru INTERPOL"),
    ("log -5", "followup history shows what happened"),
    ("todo 'Send the list'", 'followup add "Send the list" --visit SLUG'),
    ("issue create 'Send the list'", 'followup add "Send the list" --visit SLUG'),
    ("commit 'Send it' by MIA to UNODC", 'followup add "Send it" --visit SLUG --by MIA --to UNODC'),
    ("add -t 'Send the list' -v lyon-2026 --by MIA", 'followup add "Send the list" --visit lyon-2026 --by MIA'),
    ("done 'Send the list'", "followup find Send the list looks for it"),
    ("undo --last", "followup undo has no option --last: followup undo takes back your last change"),
    ("list --filter overdue", "as a whole: followup list overdue"),
    ("list --query 'by UNODC'", "as a whole: followup list by:UNODC"),
    ("chase 6 --in 2 weeks", 'as a whole: followup chase 6 --again "+2 weeks"'),
    ("chase 6 --in a month", 'as a whole: followup chase 6 --again "in a month"'),
    ("seats 1 --add 2", "as a whole: followup seats 1 --nominated +2"),
    ("export --to results", "as a whole: followup export --output results.csv"),
    ("rename 6 ''", "followup edit 6 --title TEXT"),
    ("edit 3 owner asel", "followup edit 3 --owner asel"),
    ("edit 3 --due tomorrow", "followup due 3 tomorrow --reason TEXT (why;"),
    ("done 3 by UNODC yesterday", "followup done 3 --on yesterday --said-by UNODC"),
    ("done 3 yesterday by UNODC", "followup done 3 --on yesterday --said-by UNODC"),
    ("mark 3 as done", "followup mark 3 done"),
    ("mark 3 done by letter on 20 Nov", "followup mark 3 done --on 20 Nov --note by letter"),
    ("chase 6 next Monday", "followup chase 6 --again Monday"),
    ("promise Send list", "followup add Send list --visit SLUG"),
    ("add X --letter NV-1 --visit lyon --by A --to B", "followup add X --visit lyon --by A --to B"),
    ("add X --state done --visit lyon --by A --to B", "followup add X --visit lyon --by A --to B"),
    ("sheet --pdf", "followup sheet -o sheet.html"),
    ("edit 3 Send two lists", "followup edit 3 --title Send two lists"),
    ("edit 3 4", "as in followup edit 3 --owner asel"),
    ("show 3 4", "followup list --all id:3,4"),
    (
        "add Send it --by MIA Uzbekistan --to INTERPOL",
        'followup add Send it --visit SLUG --by "MIA Uzbekistan" --to INTERPOL',
    ),
    ("merge 'Ministry of Interior' into MIA", 'followup party merge "Ministry of Interior" MIA makes'),
    ("party merge 'Ministry of Interior' into MIA", 'followup party merge "Ministry of Interior" MIA'),
    ("rm lyon-2022", "followup visit remove lyon-2022"),
    ("remind 5 next week", "followup chase 5 --again next week (somebody was chased;"),
    ("seats 2 3 by letter NV-123", "followup seats 2 --nominated 3 --letter NV-123"),
    ("seats 2 3 wanted", "followup seats 2 --wanted 3"),
    ("what is late", "followup late"),
    ("who owes", "followup parties"),
    ("who owes INTERPOL", "followup list to:INTERPOL"),
    ("what does MIA owe", "followup list by:MIA"),
    ("delayed 3 until 15 Dec because he is ill", 'followup due 3 until 15 Dec --reason "he is ill" puts it off'),
    ("seats 1 2 by letter", "followup seats 1 --nominated 2"),
    ("delete", "followup delete needs ID, as in: followup delete ID --reason entered twice"),
    ("delete 3 entered twice", "followup delete 3 --reason entered twice"),
    ("remind 3", "followup list chase lists whom to chase, followup chase 3 says that"),
    ("chase", "followup list chase lists whom to chase"),
    ("chase 6 in 2 weeks", "followup chase 6 --again in 2 weeks"),
    ("chase 6 called the minister", "followup chase 6 --note called the minister"),
    ("chase interpol", "followup find interpol looks for it"),
    ("chase 6 --due +1w", 'did you mean "--again"'),
    ("note 3", "followup note needs TEXT, as in: followup note 3 the letter is with the minister"),
    ("seats 3 nominated 2", "followup seats 3 --nominated 2"),
    ("todo", "followup now lists what to act on this morning"),
    ("tomorrow", "followup list due:tomorrow"),
    ("assign 3 asel", "followup edit 3 --owner asel"),
    ("sort due", "followup list --sort due"),
    ("print", "followup sheet writes the sheet of a meeting"),
    ("rename", "followup edit ID --title TEXT renames a commitment, followup party edit NAME --name TEXT a party"),
    ("merge MIA X", "followup party merge MIA X"),
    ("excel", "followup export -o commitments.xlsx"),
    ("calendar", "followup week lists what is due within 7 days"),
    ("settings", "followup config shows the settings"),
    ("version", "followup --version"),
    ("-V", "followup --version"),
    ("oops", "followup undo takes back the last change"),
    ("interpol", "followup find interpol looks for it"),
    ("to:INTERPOL overdue", "followup list to:INTERPOL overdue lists what matches"),
    ("List", "write it small, followup list"),
    ("--overdue", "followup list overdue"),
    ("--list", "a command has no dashes: followup list"),
    ("list --csv", "followup export -o FILE.csv writes one, --tsv"),
    ("list -v", 'followup list has no option "-v"'),
    ("list -a", "did you mean --all?"),
    ("list -json", "write --json"),
    ("overdu", 'did you mean "overdue"?'),
    ("confrm 3", 'did you mean "confirm"?'),
    ("lst", 'did you mean "list"?'),
    ("makr 3 done", 'did you mean "mark"?'),
    ("delay 5 '11 December' 'room not available'", "followup due 5 11 December --reason room not available"),
    ("delay 5", "followup due 5 DATE --reason TEXT (why;"),
    ("reopen 2", "followup undo takes back your last change; else followup mark 2 proposed takes it up again"),
    ("confirm 4 INTERPOL", "followup confirm 4 --said-by INTERPOL (or, as a note, --note INTERPOL)"),
    ("done 5 by MIA", "followup done 5 --said-by MIA (or, as a note, --note by MIA)"),
    ("done 5 by phone", "followup done 5 --note by phone"),
    ("owes INTERPOL", "followup list by:INTERPOL lists what it owes"),
    ("owed", "followup list to:PARTY lists what it is owed"),
    ("called 5", "followup chase 5 says that somebody was"),
    ("called 5 the assistant", '--note "the assistant"'),
    ("act", "followup now"),
    ("tag 3 urgent", "followup edit 3 --kind KIND"),
    ("december", "followup list due:december"),
    ("next month", "followup now"),
    ("end of march", 'followup list due:"end of march"'),
    ("confirmed", "followup list state:confirmed"),
    ("kept", "followup list outcome:met,"),
    ("broken", "followup list outcome:not-met"),
    ("csv", "followup export --format csv"),
    ("finish 3", "followup done 3"),
    ("attach 1 letter.pdf", "followup done 1 --evidence letter.pdf"),
    ("update 3 'in progress'", "followup mark 3 in-progress"),
    ("change 3 to done", "followup mark 3 done"),
    ("update 3", "followup edit 3 --title TEXT"),
    ("who INTERPOL", "followup list party:INTERPOL"),
    ("who", "followup parties lists them all"),
    ("comment 5 no answer yet", 'followup note 5 "no answer yet" puts down a note'),
    ("show lyon-2026", "followup visits lyon-2026 shows that visit and what it left"),
    ("remove UNICEF", "followup party remove UNICEF"),
    ("delete visit vienna-2026", "followup visit remove vienna-2026"),
    ("delete party Foo Ministry", 'followup party remove "Foo Ministry"'),
    ("party edit UNICEF --delete", "followup party remove NAME"),
    ("add X --no-date", "without --due it has no date"),
    ("chase 1 --by phone", 'followup chase 1 --note "by phone"'),
    ("delayed", "followup overdue lists what is late, followup list extended what was put off"),
    ("delayed 6 minister away", 'followup due 6 DATE --reason "minister away" puts it off'),
    ("6 overdue", "followup reason 6 TEXT says why it is late"),
    ("extend 6 by 2 weeks", "followup due 6 DATE --reason TEXT"),
    ("nag 6", "followup list chase lists whom to chase, followup chase 6 says"),
    ("log", "followup history shows what happened"),
    ("log 6", "followup history 6 shows what happened"),
    ("confirm UNODC", "followup unconfirmed to:UNODC lists what waits for its confirmation"),
    ("done UNODC", "followup list by:UNODC"),
    ("chase UNODC", "followup list chase party:UNODC"),
    ("show UNODC", "followup list party:UNODC"),
    ("show everything", "followup list --all"),
    ("show me", "followup mine"),
    ("history UNODC", "followup list --all party:UNODC"),
    ("history lyon-2022", "followup list --all visit:lyon-2022"),
    ("delete last", "followup undo takes back your last change"),
    ("undo done 3", "followup undo takes back your last change, followup undo --list"),
    ("kind", "followup list kind:nominate"),
    ("lang ru", "followup sheet --lang ru"),
    ("dark", "followup config ground dark"),
    ("priority 6 high", "followup due 6 DATE"),
    ("users", "followup list owner:NAME"),
    ("wait 6", "followup chase 6 --again +2w"),
    ("not done 6", "else followup mark 6 agreed --take-back"),
    ("mark done", "followup mark ID done"),
    ("recent", "followup history shows what happened, followup digest"),
    ("sheet --to file.docx", "followup sheet --output file.docx"),
)
"""What is typed, and a part of the answer."""

TYPED_THEN = (
    ("mark 6 7 done 9", "mark 6 7 9 done"),
    ("mark 11 agreed 12", "mark 11 12 agreed"),
    ("mark 7 closed because overtaken", "mark 7 closed --because overtaken"),
    ("set 6 due 1 May", "due 6 1 May --reason TEXT"),
    ("change due 6 1 May", "due 6 1 May --reason TEXT"),
    ("change the date of 6 to 1 May", "due 6 1 May --reason TEXT"),
    ("set 6 owner asel", "edit 6 --owner asel"),
    ("set 6 owner=asel", "edit 6 --owner asel"),
    ("set 6 owner=asel kind=other", "edit 6 --owner asel --kind other"),
    ("seats 1 nominated=2 letter=NV-77", "seats 1 --nominated 2 --letter NV-77"),
    ("move 5 done", "mark 5 done"),
    ("transition 5 done", "mark 5 done"),
    ("set 6 due=2027-01-15", "due 6 2027-01-15 --reason TEXT"),
    ("6 due=2027-01-15", "due 6 2027-01-15 --reason TEXT"),
    ("6 owner:asel", "edit 6 --owner asel"),
    ("edit 6 due=1 May", "due 6 1 May --reason TEXT"),
    ("edit 6 owner=asel", "edit 6 --owner asel"),
    ("6 deadline 15 January", "due 6 15 January"),
    ("5 remind in a week", "chase 5 --again in a week"),
    ("5 assign asel", "edit 5 --owner asel"),
    ("5 comment he is away", "note 5 he is away"),
    ("progress 1 '1 of 2'", "seats 1 --nominated 1 --wanted 2"),
    ("progress 5 half of it is written", "note 5 half of it is written"),
    ("fulfil 5 6 yesterday", "done 5 6 --on yesterday"),
    ("set owner of 6 to asel", "edit 6 --owner asel"),
    ("set 6 state in progress", "mark 6 in-progress"),
    ("correct 6 1 May", "due 6 1 May --correct --reason mistyped"),
    ("update 6 title Send two lists", 'edit 6 --title "Send two lists"'),
    ("set 6 note hello", "note 6 hello"),
    ("rename 6 Send two lists", 'edit 6 --title "Send two lists"'),
    ("rename UNODC 'UN Office'", 'party edit UNODC --name "UN Office"'),
    ("rename lyon-2022 to Big visit", 'visit edit lyon-2022 --title "Big visit"'),
    ("rename visit lyon-2022 Big visit", 'visit edit lyon-2022 --title "Big visit"'),
    ("archive lyon-2022", "visit aside lyon-2022"),
    ("merge 5 6", "close 5 --because superseded --by-id 6"),
    ("link 6 5", "edit 6 --after 5"),
    ("copy 6", "add TITLE --like 6"),
    ("nominate 3 2 officers", "seats 3 --nominated 2"),
    ("seats 3 2", "seats 3 --nominated 2"),
    ("letter 3 NV-123", "seats 3 --letter NV-123"),
    ("alias UNODC ONUDC", "party edit UNODC --alias ONUDC"),
    ("meeting INTERPOL", "sheet INTERPOL"),
    ("export --xlsx plan.xlsx", "export --output plan.xlsx"),
    ("report --html r.html --donor INL", "report --output r.html --donor INL"),
    ("donor INL", "report --donor INL"),
    ("report INL", "report --donor INL"),
    ("lyon-2022", "visits lyon-2022"),
    ("INTERPOL", "list party:INTERPOL"),
    ("show visits", "visits"),
    ("show visit lyon", "list --all visit:lyon"),
    ("show party UNODC", "list --all party:UNODC"),
    ("see 6", "show 6"),
    ("visit unaside lyon-2022", "visit back lyon-2022"),
    ("unaside lyon-2022", "visit back lyon-2022"),
    ("close 7 because declined", "close 7 --because declined"),
    ("close 7 because they declined", "close 7 --note they declined --because declined"),
    ("close 7 yesterday", "close 7 --on yesterday --because dropped"),
    ("party rename MIA Foo", "party edit MIA --name Foo"),
    ("visit rename lyon-2022 Big visit", 'visit edit lyon-2022 --title "Big visit"'),
    ("visit list", "visits"),
    ("visit ls", "visits"),
    ("visit show lyon-2022", "visits lyon-2022"),
    ("party show MIA", "list party:MIA"),
    ("party ls", "party list"),
    ("state 7 done", "mark 7 done"),
    ("agreed 7 8", "mark 7 8 agreed"),
    ("reported 7", "mark 7 reported"),
    ("reported", "unconfirmed"),
    ("proposed", "list state:proposed"),
    ("sent back", "history"),
    ("due this week", "week"),
    ("due this month", 'list due:"this month"'),
    ("yesterday", "overdue"),
    ("chase list", "list chase"),
    ("done ls", "unconfirmed"),
    ("by mia", "list by:mia"),
    ("to INTERPOL", "list to:INTERPOL"),
    ("by 'MIA Uzbekistan' overdue", 'list by:"MIA Uzbekistan" overdue'),
    ('by Prosecutor "General\'s" to UNODC', 'list by:Prosecutor "General\'s" to:UNODC'),
    ("by 'a; rm x' to $HOME", "list by:\"a; rm x\" to:'$HOME'"),
)
"""What is typed, and the first line that is proposed: it is understood as it stands."""

BOTH_PROPOSED = (
    (
        "visit aside lyon-2022 vienna-2026",
        "one command for each visit: followup visit aside lyon-2022, followup visit aside vienna-2026",
    ),
    (
        "visit back lyon-2022 vienna-2026",
        "one command for each visit: followup visit back lyon-2022, followup visit back vienna-2026",
    ),
    ("visit aside lyon-2022 2023-06-30", "followup visit aside lyon-2022 --until 2023-06-30"),
    ("visit aside lyon-2022 until end of June", "followup visit aside lyon-2022 --until end of June"),
    ("visit aside lyon-2022 до конца июня", "followup visit aside lyon-2022 --until конца июня"),
    ("visit aside lyon-2022 new minister", "followup visit aside lyon-2022 --reason new minister"),
    ("remove 3 4", "one command for each: followup remove 3 --reason TEXT, followup remove 4 --reason TEXT"),
    ("mark closed 7", "followup mark 7 closed --because dropped (or declined, overtaken, superseded)"),
    *(
        (f"{word} 11", "followup undo takes back your last change; else followup mark 11 agreed --take-back")
        for word in ("unreport", "take-back", "take back", "unmark")
    ),
    ("send back 7", "followup mark 7 returned --note TEXT"),
)
"""What is typed, and how the answer ends or goes on, where more than one line is proposed."""


@pytest.mark.parametrize(("typed", "proposed"), TYPED_THEN)
def test_what_is_proposed_works_as_it_stands(typed: str, proposed: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_command_line(shlex.split(typed))
    _, _, answer = refused.value.sentence.partition(": followup ")
    answer = answer or refused.value.sentence.rpartition("; followup ")[2]
    assert re.split(r"[,;]? \(| (?:lists?|shows?|brings|counts) ", answer)[0] == proposed
    parse_command_line(_with_own_words(proposed))


def _with_own_words(line: str) -> list[str]:
    """The words of a proposed line, with words in the places that it holds open."""
    return shlex.split(re.sub(r"\b(TEXT|TITLE)\b", "Words", line))


_EXTRA = (
    *(("--on", "yesterday"), ("--note", "by 'hand'"), ("--again", "+2w"), ("--letter", "NV-77/2026")),
    *(("--evidence", "the protocol"), ("--reason", "the minister's away"), ("--json",), ("--store", "/tmp/x y.json")),
)
"""Options, one of which or another a proposed command takes."""


@pytest.mark.parametrize(("typed", "proposed"), TYPED_THEN)
def test_what_is_proposed_keeps_the_options_that_were_typed(typed: str, proposed: str) -> None:
    meant = parse_command_line(_with_own_words(proposed))
    known = {option.name for option in (*meant.typed_as.options, *GLOBAL_OPTIONS)}
    for option in _EXTRA:
        if option[0] not in known or meant.has(option[0].removeprefix("--")):
            continue
        if (typed, option[0]) == ("meeting INTERPOL", "--on"):
            continue  # A meeting with a day is one to enter.
        with pytest.raises(UsageError) as refused:
            parse_command_line([*shlex.split(typed), *option])
        lines = re.split(r"followup ", refused.value.sentence)[1:]
        said = next(line for line in lines if re.match(rf"{proposed.split()[0]}(?! (takes|needs|only|has no) )", line))
        line = re.split(r"[,;]? \((?!why)|(?<!party) (?:lists?|shows?|brings|counts) ", said)[0].rstrip(" ;,")
        kept = parse_command_line(_with_own_words(line))
        assert kept.get_all(option[0].removeprefix("--")) == list(option[1:]), line
        assert kept.words == meant.words, line


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (
            "chase 4 'phoned, they discuss it' --again +2w",
            "followup chase 4 --again +2w --note phoned, they discuss it",
        ),
        ("seats 1 1 --letter NV-77/2026", "followup seats 1 --letter NV-77/2026 --nominated 1 (or --wanted 1"),
        ("done 3 yesterday --evidence 'NV 3'", 'followup done 3 --evidence "NV 3" --on yesterday'),
        ("postpone 3 to Friday --reason 'he is away'", 'followup due 3 Friday --reason "he is away"'),
        ("complete 3 --evidence letter --on yesterday", "followup done 3 --evidence letter --on yesterday says"),
        ("3 done --on yesterday", "followup done 3 --on yesterday"),
        ("deadline 5 2027-05-31", "followup due 5 2027-05-31"),
        ("deadline 5 end of May --reason away", "followup due 5 --reason away end of May"),
        ('chase 1 "the minister\'s off"', 'followup chase 1 --note "the minister\'s off"'),
        ("--store x.json done 3 yesterday", "followup done 3 --store x.json --on yesterday"),
        ("move 3 to Friday --reason ill", "followup due 3 Friday --reason ill"),
    ],
)
def test_a_proposed_line_loses_no_option(typed: str, line: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_command_line(shlex.split(typed))
    assert line in refused.value.sentence


def test_the_word_before_a_day_is_no_note() -> None:
    for typed in ("mark 3 in-progress since monday", "mark 3 in-progress by letter since monday"):
        with pytest.raises(UsageError) as refused:
            parse_command_line(shlex.split(typed))
        assert "--on monday" in refused.value.sentence
        assert "since" not in refused.value.sentence


@pytest.mark.parametrize(("typed", "answer"), BOTH_PROPOSED)
def test_of_two_readings_none_is_chosen(typed: str, answer: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_command_line(shlex.split(typed))
    assert answer in refused.value.sentence


@pytest.mark.parametrize("typed", WORKS.splitlines())
def test_a_first_guess_works(on_demo: RunOnDemo, typed: str) -> None:
    shown = on_demo(*shlex.split(typed, comments=False))
    assert shown.code == (2 if typed.startswith("check") else 0)
    is_of_another_day = typed.startswith("check") and shown.err.startswith("followup: checked on ")
    assert shown.err == "" or is_of_another_day, "an empty list is no refusal, and nobody is told without a terminal"


@pytest.mark.parametrize(("typed", "answer"), SAYS)
def test_a_first_guess_is_answered_with_what_to_type(typed: str, answer: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_command_line(shlex.split(typed))
    assert answer in refused.value.sentence
    assert "\n" not in refused.value.sentence


def test_most_of_what_is_typed_first_is_here() -> None:
    assert len(WORKS.splitlines()) + len(SAYS) > 80


_READING_COMMANDS = """\
overdeu lates nowz tody weeks silence unconfirmd min nodate undated upcoming dues chased confirms closes reported
confirmed agreed started notes reasons seat marks viewed owed owing pending
"""


@pytest.mark.parametrize("word", _READING_COMMANDS.split())
def test_a_word_that_may_mean_a_look_gets_no_command_that_changes_alone(word: str) -> None:
    answer = unknown_command([word]) if word not in ALIASES else ""
    found = re.search(r'did you mean "([^"]+)"', answer)
    changing = [name for name in (*COMMANDS, *ALIASES) if {**COMMANDS, **ALIASES}[name].is_changing]
    assert not found or found[1] not in changing


def test_what_only_the_store_can_tell_is_answered_too(on_demo: RunOnDemo) -> None:
    reason = on_demo("due", "3", "15", "April", "because", "the", "minister", "is", "away")
    assert_refused(reason, 2, "followup due 3 15 April --reason because the minister is away")
    assert_refused(on_demo("mark", "3", "complete"), 2, 'did you mean "reported"?')
    assert_refused(on_demo("edit", "3"), 2, "followup edit 3 --owner asel", "followup due 3 DATE")
    assert_refused(on_demo("seats", "3"), 2, "followup seats 3 --wanted 3 --nominated 2")
    assert_refused(on_demo("list", "overdue:3"), 2, '"overdue" is a word of its own')
    assert_refused(on_demo("list", "ovredue:3"), 2, '"overdue" is a word of its own')


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("list agreed", "followup list state:agreed finds "),
        ("list Done", "followup list state:Done finds 1"),
        ("list proposed", "followup list state:proposed finds "),
        ("list confirmed", "followup list state:confirmed finds "),
        ("list overdue confirmed", "followup list overdue state:confirmed finds none"),
        ("list nowhere confirmed", "followup list nowhere state:confirmed finds none"),
        ("list --all visit 'lyon 2022'", 'followup list --all visit:"lyon 2022" finds '),
        ("list +overdue", "nothing has these words: followup list overdue"),
        ("list due.before:eow project=lyon", 'followup list due:"..end of the week" visit:lyon'),
        ("list 'assignee = me AND state != closed'", "nothing has these words: followup list owner:me not:closed"),
        ("waiting 4", "nothing waiting has these words: followup show 4 says where it stands"),
        ("list visits", 'nothing has the word "visits", and list is for commitments: followup visits'),
        ("ls people", "followup parties lists them"),
        ("late 1 minister away", 'nothing late has these words: followup reason 1 "minister away" says why it is late'),
        ("aside lyon-2022", "nothing is set aside: followup visit aside lyon-2022 sets that visit aside"),
    ],
)
def test_a_list_of_nothing_says_what_to_type_into_a_pipe_too(on_demo: RunOnDemo, typed: str, meant: str) -> None:
    shown = on_demo(*shlex.split(typed))
    assert (shown.code, shown.out) == (0, "")
    assert meant in shown.err


@pytest.mark.parametrize(
    ("typed", "code", "line"),
    [
        ("list assignee = me", 2, "list owner:me"),
        ("list +OVERDUE project:lyon", 2, "list overdue visit:lyon"),
        ("list is:open", 2, "list open"),
        ("list 'due:<2w' 'late:>=10'", 2, 'list "due<2w" "late>=10"'),
        ("list due.after:2022-12-01 and @INTERPOL sort:due", 2, "list due:2022-12-01.. party:INTERPOL --sort due"),
        ("list status:pending sort:due+", 2, "list open --sort due"),
        ("report 5", 2, "mark 5 reported"),
        ("export all.xlsx", 2, "export -o all.xlsx"),
        ("list donor:INL", 2, "report --donor INL reports on what it paid for"),
    ],
)
def test_the_line_for_a_query_or_a_file_is_the_last_word(on_demo: RunOnDemo, typed: str, code: int, line: str) -> None:
    refused = on_demo(*shlex.split(typed))
    assert_refused(refused, code)
    assert refused.err.rpartition(": followup ")[2].partition(" says ")[0].strip() == line
    if line.startswith("list"):
        assert on_demo(*shlex.split(line)).code == 0


_PIECES = st.sampled_from(
    [
        *(word for name in (*COMMANDS, *ALIASES) for word in name.split()),
        *(f"--{name}" for name in ("note", "by", "to", "due", "visit", "all", "on", "nonsense", "overdue", "")),
        *("3", "#4", "5-7", "3,4", "0", "-", "-v", "--", "=", "", " ", "by", "to", "into", "because", "MIA Uzbekistan"),
        *("yesterday", "31", "March", "2023", "done", "dropped", "by:MIA", "-overdue", "not:", '"', "\x1b[31m", "{id}"),
    ]
)


@given(st.lists(_PIECES | st.text(max_size=8), max_size=6))
def test_whatever_is_typed_is_understood_or_refused_in_one_line(typed: list[str]) -> None:
    try:
        arguments = parse_command_line(typed)
    except UsageError as refused:
        sentence = refused.sentence
    else:
        sentence = f"{arguments.command.name} is understood"
    assert_harmless(sentence)
    assert sentence.strip()
    assert not set(sentence) & {"\n", "\t"}


def test_what_to_type_is_made_of_commands_and_options_that_are_there() -> None:
    """Whatever a guess is answered with can be typed."""
    known = {**COMMANDS, **ALIASES}
    for sentence in {*INSTEAD.values()}:
        typed = re.findall(r"followup ((?:(?:visit|party|owner) )?[a-z-]+)", sentence)
        assert typed or "nothing to leave" in sentence
        for name in typed:
            assert name in known or name in ("alone", "--version"), sentence
        for option in re.findall(r"--[a-z-]+", sentence):
            everywhere = {each.name for command in known.values() for each in command.options} | {"--version", "--help"}
            assert option in everywhere, sentence
    assert not set(INSTEAD) & {name.split()[0] for name in known if name.split()[0] not in ("visit", "party", "owner")}


HOSTILE = ("x;x", "x$(x)x", "x`x`x", "x|x", "x>x", "x&x", "x'x", 'x"x', "x\nx", "x\\x", "x x'; x", "$(X)", "x$(X)-1")
"""Words that a shell reads as something else where they stand bare, or in double quotes."""

WITH_HOSTILE = """\
W
W-1
W 3
3 W
3 note W
3 done W
3 owner W
3 late W
3 --done W
seats 2 of W
seats 2 3 by letter W
show W
show party W
show visit W
show 3 late W
history W
remove 3 W
remove W
remove 3 4 W
remove visit W
remove last W
done W 3
done 3 W
done 3 by W
done 3 yesterday W
done 3 W yesterday
done MIA W
mark done W
mark 3 done W
mark 3 W
mark 3 closed W
mark W done 3
mark 3 as W
close 3 W
close 3 declined W
confirm W
chase W
chase 3 W
chase 3 Monday W
due W
due late W
note W
reason W
edit W
edit 3 W
edit 3 --due W
edit 3 --note W
edit 3 --letter W
edit 3 --owner A W --by B
set 6 due W
set 6 note W
set 6 W
set 6 owner W
rename 3 W
rename W X
rename visit lyon-2022 W
snooze 3 W
snooze W
snooze 3 --until W
letter W
letter 3 W
remind 5 W
remind 5 Monday W
who owes W
extend 6 W
deadline 5 W
delayed 5 Monday W
meeting W
donor W
alias W X
seat 3 1 ref W
visit W
visit W lyon-2022
visit show W
visit edit W X
visit rename lyon-2022 W
visit aside lyon-2022 W
visit aside W X
visit aside lyon-2022 tashkent-2022 W
visit remove lyon-2022 W
party W
party show W
party W X
party merge W
party merge W to X
party merge A --with W
party rename W X
parties A W
report W
undo W
undo last W
list -W
list -v W
complete 3 W
complete 3 yesterday W
delay 3 --to W
delay 3 Friday W
cancel 6 W
cancel 6 --reason W
sheet --for W
sheet --with W
add W
add Send --by W
add visit W
add due 3 W
add note 3 W
add Send it --done W
add Send it --letter W --note W
new W
new visit W
visit add W
visit add X --place W
visit add X --by W --city W
note 3 --sort W
--by W
--overdue W
"""
"""Lines that are refused with each of the hostile words in the place of W, or taken as they stand."""


def _read_by_a_shell(line: str) -> tuple[str, str, str]:
    """What of a line stands bare, what stands in double quotes, and the quote that is not ended."""
    bare = double = quote = ""
    for at, character in enumerate(line):
        if quote:
            if character == quote:
                quote = ""
            double += character if quote == '"' else ""
        elif character in "'\"" and line[at - 1 : at] != "\\":
            quote = character
            bare, double = f"{bare} ", f"{double} "
        else:
            bare += character
    return bare, double, quote


@pytest.mark.parametrize("template", WITH_HOSTILE.splitlines(), ids=lambda value: value)
def test_no_word_that_a_shell_would_read_stands_bare_in_a_proposed_line(template: str) -> None:
    for word in HOSTILE:
        try:
            parse_command_line([part.replace("W", word) for part in template.split()])
        except UsageError as refused:
            sentence = refused.sentence
        else:
            continue
        assert_harmless(sentence)
        for line in re.split(r"(?=\bfollowup )", sentence)[1:]:
            if re.match(r"followup (visit |party )?[a-z-]+ (takes|has|needs|only)\b|followup has ", line):
                # What was typed, as it was typed.
                continue
            bare, double, quote = _read_by_a_shell(line)
            assert not quote, sentence
            assert not re.search(r"x[;`|>&\\]x|\$\((?!$)", bare), sentence
            assert not set(double) & set("$`\\"), sentence

"""Words for a state, a reason or a query in the wrong place: English and Russian are answered with the same line."""

import shlex

import pytest

from tests.tui.cli.conftest import RunOnDemo

PAIRS = [
    # Behind `list`.
    ("list agreed", "state:agreed finds 8", "list согласовано", "состояние:согласовано — найдено: 8"),
    ("list in progress", "state:in-progress finds 3", "list в работе", "состояние:в-работе — найдено: 3"),
    ("list in-progress", "state:in-progress finds 3", "list в-работе", "состояние:в-работе — найдено: 3"),
    ("list state agreed", "state:agreed finds 8", "list состояние согласовано", "состояние:согласовано — найдено: 8"),
    ("list not agreed", "not:state:agreed finds 7", "list не согласовано", "не:состояние:согласовано — найдено: 7"),
    (
        "list done to:INTERPOL",
        "list state:done to:INTERPOL finds 1",
        "list выполнено кому:интерпол",
        "list состояние:выполнено кому:интерпол — найдено: 1",
    ),
    ("list to be confirmed", "list unconfirmed finds 1", "list на подтверждении", "list на-подтверждении — найдено: 1"),
    ("list not confirmed", "list unconfirmed finds 1", "list не подтверждено", "list на-подтверждении — найдено: 1"),
    ("list no date", "list no-date finds 6", "list без срока", "list без-срока — найдено: 6"),
    ("list no date mia", "list no-date mia finds 4", "list без срока мвд", "list без-срока мвд — найдено: 4"),
    ("list this week", "list week finds 1", "list на этой неделе", "list неделя — найдено: 1"),
    ("list put off", "list extended finds 1", "list срок продлён", "list продлено — найдено: 1"),
    ("list cooperate", "list kind:cooperate finds 2", "list сотрудничество", "list вид:сотрудничество — найдено: 2"),
    # In the place of a command.
    ("proposed", "list state:proposed lists", "предложено", "list состояние:предложено — "),
    ("agreed", "list state:agreed lists", "согласовано", "list состояние:согласовано — "),
    ("reported", "followup unconfirmed lists", "сообщено", "followup unconfirmed — "),
    ("confirmed", "list state:confirmed lists", "подтверждено", "list состояние:подтверждено — "),
    ("in progress", "list state:in-progress lists", "в работе", "list состояние:в-работе — "),
    ("returned", "followup history shows what was sent back", "возвращено", "followup history — что возвращено"),
    ("declined", "followup close ID --because", "отказ", "followup close НОМЕР --because"),
    ("agreed 5", "followup mark 5 agreed", "согласовано 5", "followup mark 5 согласовано"),
    ("in progress 5 6", "followup mark 5 6 in-progress", "в работе 5 6", "followup mark 5 6 в-работе"),
    ("returned 5", "mark 5 returned --note TEXT", "возвращено 5", "mark 5 возвращено --note ТЕКСТ"),
    ("declined 5", "close 5 --because declined (or", "отказ 5", "close 5 --because отказ (или"),
    ("dropped 5", "close 5 --because dropped (or", "прекращено 5", "close 5 --because прекращено (или"),
    # Behind a number.
    ("5 agreed", "followup mark 5 agreed", "5 согласовано", "followup mark 5 согласовано"),
    ("5 in progress", "followup mark 5 in-progress", "5 в работе", "followup mark 5 в-работе"),
    ("5 declined", "followup close 5 --because declined", "5 отказ", "followup close 5 --because отказ"),
    (
        "5 closed",
        "mark 5 closed --because dropped (or declined, overtaken, superseded)",
        "5 закрыто",
        "mark 5 закрыто --because прекращено (или отказ, неактуально, заменено)",
    ),
    ("update 5 in progress", "mark 5 in-progress", "изменить 5 в работе", "mark 5 в-работе"),
    ("set 5 state agreed", "mark 5 agreed", "изменить 5 состояние согласовано", "mark 5 согласовано"),
    # Behind another command.
    ("close 5 declined", "close 5 --because declined", "close 5 отказ", "close 5 --because отказ"),
    (
        "close 5 declined no money",
        "close 5 --because declined --note no money",
        "close 5 отказ нет денег",
        "close 5 --because отказ --note нет денег",
    ),
    ("mark 5 declined", "mark 5 closed --because declined", "mark 5 отказ", "mark 5 закрыто --because отказ"),
    (
        "mark done 6",
        "; the state stands last: followup mark 6 done",
        "mark сообщено 6",
        "; состояние указывается последним: followup mark 6 сообщено",
    ),
    ("mark in progress 5", "mark 5 in-progress", "mark в работе 5", "mark 5 в-работе"),
    ("mark 6 done yesterday", "mark 6 done --on yesterday", "mark 6 выполнено вчера", "mark 6 выполнено --on вчера"),
    ("mark yesterday 6 done", "mark 6 done --on yesterday", "mark вчера 6 выполнено", "mark 6 выполнено --on вчера"),
    ("mark 6,7 done", "followup mark 6 7 done", "mark 6,7 выполнено", "followup mark 6 7 выполнено"),
    (
        "edit 5 --state agreed",
        ": followup mark 5 agreed",
        "edit 5 --state согласовано",
        ": followup mark 5 согласовано",
    ),
    (
        "edit 5 --state in-progress",
        ": followup mark 5 in-pro",
        'edit 5 --state "в работе"',
        ": followup mark 5 в-работе",
    ),
    ("close 5 --because", "--because declined (or", "close 5 --because", "--because отказ (или неактуально, заменено"),
]


@pytest.mark.parametrize(("english", "line", "russian", "in_russian"), PAIRS)
def test_a_word_out_of_its_place_is_answered_with_the_same_line(
    on_demo: RunOnDemo, english: str, line: str, russian: str, in_russian: str
) -> None:
    assert line in on_demo(*shlex.split(english)).err
    assert in_russian in on_demo(*shlex.split(russian), env={"FOLLOWUP_LANG": "ru"}).err

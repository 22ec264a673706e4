"""What a list says of the end of a promise, and of its days: never more than it says, and told where it says less."""

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import events, record

HEADINGS = ["Action", "By", "To", "Due", "Status", "Completed on"]
IN_RUSSIAN = ["Мероприятие", "Ответственный", "Кому", "Срок", "Статус", "Фактическая дата"]


@pytest.mark.parametrize("word", ["Cancelled", "Canceled", "Withdrawn", "Void", "Closed", "NOT_PLANNED", "Отменено",
                                  "Аннулировано", "Снято с контроля", "Annulé", "Cancelado"])  # fmt: skip
def test_what_is_closed_is_asked_how_it_ended_in_each_language(lyon: Database, take: Importing, word: str) -> None:
    rows = [HEADINGS, *([title, "UNODC", "INL", "", word, ""] for title in ("One", "Two"))]
    with unchanged(lyon.path):
        refused = take(rows)
    assert f'rows 2 and 3, column E "Status": "{word}" says that it is closed, and not how it ended' in refused.err
    assert f"--value state:{word}=WORD" in refused.err.replace("'", "").replace('"', "")
    assert take(rows, "--value", f"state:{word}=overtaken").code == 0
    assert [record(lyon, number)["closed"]["because"] for number in (1, 2)] == ["overtaken", "overtaken"]


@pytest.mark.parametrize(("headings", "word"), [(HEADINGS, "dropped"), (IN_RUSSIAN, "Прекращено")])
def test_what_is_closed_was_not_done_on_its_day(
    lyon: Database, take: Importing, headings: list[str], word: str
) -> None:
    result = take([headings, ["Send it", "UNODC", "INL", "2023-12-15", word, "2023-02-06"]])
    assert result.code == 0
    assert "so this is the day on which it was closed, and not one on which it was done" in result.err
    assert "closed (dropped) 6 Feb 2023" in result.out
    assert record(lyon, 1)["closed"] == {"because": "dropped", "on": "2023-02-06"}
    assert "reported" not in record(lyon, 1)


@pytest.mark.parametrize("word", ["completed", "Выполнено"])
def test_the_day_of_closing_of_what_is_done_is_asked_about(lyon: Database, take: Importing, word: str) -> None:
    rows = [["Task", "By", "To", "Status", "Closed Date"], ["Send it", "UNODC", "INL", word, "2023-02-06"]]
    rows.append(["Stop it", "UNODC", "INL", "declined", "2023-02-07"])
    with unchanged(lyon.path):
        refused = take(rows)
    assert 'row 2, column E "Closed Date": it is done, and this is the day on which it was closed' in refused.err
    assert "(--map reported-on=E, --map closed-on=none)" in refused.err
    assert take(rows, "--map", "reported-on=E").code == 0
    assert record(lyon, 1)["reported"]["on"] == "2023-02-06"
    assert record(lyon, 2)["closed"]["on"] == "2023-02-07"


@pytest.mark.parametrize("word", ["Done?", "Выполнено?"])
def test_a_question_is_no_state(lyon: Database, take: Importing, word: str) -> None:
    with unchanged(lyon.path):
        refused = take([HEADINGS, ["Send it", "UNODC", "INL", "", word, "2023-02-06"]])
    assert f'"{word}" is no state that is known' in refused.err


def test_days_of_the_import_are_told(lyon: Database, take: Importing) -> None:
    states = ("agreed", "in progress", "declined", "proposed")
    rows = [HEADINGS[:5]]
    rows += [[state, "UNODC", "INL", "2023-03-31", state] for state in states]
    told = take(rows).err
    assert "2 new commitments count as agreed on 2023-03-01, the day of the import" in told
    assert "1 new commitment counts as closed on 2023-03-01, the day of the import" in told
    said = [[*HEADINGS[:5], "Agreed on", "Closed on"]]
    said += [["Two", "UNODC", "INL", "2023-03-31", "agreed", "2023-01-10", ""]]
    said += [["Three", "UNODC", "INL", "2023-03-31", "declined", "2023-01-10", "2023-01-11"]]
    assert "the day of the import" not in take(said).err


def test_what_a_list_lost_is_told_by_number(lyon: Database, take: Importing) -> None:
    rows = [["No", *HEADINGS[:5]]]
    rows += [[str(number), f"Send {number}", "UNODC", "INL", "2023-03-31", "agreed"] for number in (1, 2, 3)]
    assert take(rows).code == 0
    other = [["Task", "By", "To"], ["Of another list", "UNODC", "INL"]]
    assert "not in it any more" not in take(other, name="other.csv").err
    again = [rows[0], rows[1], ["9", "Nominate", "UNODC", "INL", "", ""]]
    result = take(again, name="list-2.csv")
    assert "#2, #3 came from this list and are not in it any more: nothing was changed there" in result.err
    assert len(events(lyon, 2)) == 1
    assert "not in it any more" not in take([*rows, again[2]]).err


def test_the_day_stands_behind_the_word_in_figures_or_in_words(lyon: Database, take: Importing) -> None:
    rows = ["Done 12 Jan 2023", "done on 13 January 2023", "исполнено 14.01.2023", "Réalisé le 15 janvier 2023"]
    lines = [f"Send paper {number},UNODC,INL,{word}" for number, word in enumerate(rows)]
    assert take("\n".join(["title,by,to,status", *lines])).code == 0
    found = lyon.snapshot().commitments.values()
    assert [each["reported"]["on"] for each in found] == [f"2023-01-{day}" for day in (12, 13, 14, 15)]


def test_an_answer_on_a_column_that_is_another_field_is_told_to_do_nothing(lyon: Database, take: Importing) -> None:
    text = "title,by,to,status\nSend it,UNODC,INL,all fine"
    result = take(text, "--map", "note=status", "--value", "state:all fine=reported")
    assert result.code == 0
    assert 'answered, and in no cell: state "all fine"' in result.err
    assert "as answered" not in result.err


def test_the_words_of_a_first_deadline_are_kept_with_the_day_that_was_answered(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Original deadline", "State"], ["Hold it", "UNODC", "INL", "mid-May 2027", "agreed"]]
    result = take(rows, "--value", "original-due:mid-May 2027=2027-05-15")
    assert result.code == 0, result.err
    assert (record(lyon, 1)["due"], record(lyon, 1)["due_words"]) == ("2027-05-15", "mid-May 2027")

"""Sample lists to import: an awkward spreadsheet of 90 actions, in several programs' formats."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

HEADINGS = (
    " № п/п",
    "Мероприятие ",
    "Ответственный",
    "Кому",
    "Срок  исполнения",
    "Статус",
    "Дата выполнения",
    "Примечание",
)
TITLE = "Перечень договорённостей по итогам ознакомительного визита"
PROMISERS = ("МВД Узбекистана", "INTERPOL", "UNODC; INTERPOL", "НЦБ Ташкент", "Генеральная прокуратура")
RECIPIENTS = ("INTERPOL", "МВД Узбекистана", "МВД Узбекистана", "INTERPOL", "UNODC")
DEEDS = ("Назначить сотрудников", "Направить список", "Провести обучение", "Обменяться сведениями", "Передать «досье»")
FIRST_DUE = date(2023, 1, 10)
ACTIONS = 90
PARTS = {1: "I. Экспертные группы", 31: "II. Обмен сведениями", 61: "III. Обучение"}
"""Number of an action -> the line that stands before it."""


def due_of(number: int) -> date:
    """When the action with this number is due."""
    return FIRST_DUE + timedelta(days=7 * number)


def state_of(number: int) -> str:
    """What the list says of its progress."""
    return ("выполнено", "в работе", "не начато", "", " В РАБОТЕ ")[number % 5]


def written_date(number: int) -> str:
    """The date in one of three styles, as three clerks write it."""
    day = due_of(number)
    months = (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    )
    styles = (f"{day:%d.%m.%Y}", f" {day.day} {months[day.month - 1]} {day.year} г.", day.isoformat())
    return styles[number % 3]


def title_of(number: int) -> str:
    """What the action is called, with the blanks that stand in the file."""
    return f" {DEEDS[number % 5]}  №{number}: {'=HYPERLINK' if number == 7 else 'участие в работе сетей'} "


def done_of(number: int) -> str:
    """The day on which it was done, where it was."""
    return "15.02.2023" if state_of(number) == "выполнено" else ""


def action(number: int, *, is_workbook: bool = False) -> list[Any]:
    """The cells of one action."""
    due: Any = due_of(number) if is_workbook and number % 3 else written_date(number)
    note = "срок\nсогласован" if number % 30 == 0 else "-" if number % 4 else ""
    return [
        number if is_workbook else str(number),
        title_of(number),
        PROMISERS[number % 5],
        RECIPIENTS[number % 5],
        due,
        state_of(number),
        done_of(number),
        note,
    ]


def lines(*, is_workbook: bool = False) -> list[list[Any]]:
    """The whole sheet: titles, a blank line, headings, parts with their headings, a total."""
    width = len(HEADINGS)
    found: list[list[Any]] = [[TITLE], ["Лион, 6-8 декабря 2022 г."], [""] * width, list(HEADINGS)]
    for number in range(1, ACTIONS + 1):
        if number in PARTS:
            found.append([PARTS[number]])
        found.append(action(number, is_workbook=is_workbook))
    found += [[""] * width, ["Итого:", str(ACTIONS)]]
    return [line + [""] * (width - len(line)) for line in found]


def as_csv(rows: Sequence[Sequence[Any]], *, delimiter: str = ",", line_end: str = "\r\n") -> str:
    """Rows as a spreadsheet program writes them."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def as_xlsx(rows: Sequence[Sequence[Any]], *, sheets: Sequence[str] = ("План",), merged: Sequence[str] = ()) -> bytes:
    """Rows as the first sheet of a workbook, dates as real dates; `merged` are ranges merged into their first cell."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = sheets[0]
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if cell != "":
                place = sheet.cell(number, column)
                place.value = cell
                if isinstance(cell, str) and cell.startswith("="):
                    place.data_type = "s"
    for name in sheets[1:]:
        book.create_sheet(name)
    for span in merged:
        sheet.merge_cells(span)
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()

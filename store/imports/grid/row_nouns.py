"""What the rows of a list are called: rows of a sheet, items of a document, to-dos and events of a calendar."""

from __future__ import annotations

from store.translation import phrase, phrase_in, plural, tr, tr_in

_WORDS = {
    "row": phrase_in("list", "row"),
    "item": phrase_in("list", "item"),
    "to-do": phrase_in("list", "to-do"),
    "event": phrase_in("list", "event"),
}
_ONE = {
    "row": phrase("row {rows}"),
    "item": phrase("item {rows}"),
    "to-do": phrase("to-do {rows}"),
    "event": phrase("event {rows}"),
}
_SEVERAL = {
    "row": phrase("rows {rows}"),
    "item": phrase("items {rows}"),
    "to-do": phrase("to-dos {rows}"),
    "event": phrase("events {rows}"),
}
_NONE_IMPORTABLE = {
    "row": phrase("no row could be taken"),
    "item": phrase("no item could be taken"),
    "to-do": phrase("no to-do could be taken"),
    "event": phrase("no event could be taken"),
}
_NONE_THERE = {
    "row": phrase("there is no row in it"),
    "item": phrase("there is no item in it"),
    "to-do": phrase("there is no to-do in it"),
    "event": phrase("there is no event in it"),
}


def row_word(noun: str) -> str:
    """The word for one of the rows, over their column."""
    return tr_in("list", _WORDS[noun])


def row_named(noun: str, row: int | str) -> str:
    """One row by its number: `row 7`."""
    return tr(_ONE[noun], rows=row)


def rows_named(noun: str, rows: str) -> str:
    """Rows by their numbers, in words: `row 7`, `rows 2-21 and 23`."""
    return tr((_ONE if rows.isdigit() else _SEVERAL)[noun], rows=rows)


def rows_counted(noun: str, count: int) -> str:
    """So many rows: `1 row`, `90 rows`."""
    if noun == "item":
        return plural("{n} item", "{n} items", count)
    if noun == "to-do":
        return plural("{n} to-do", "{n} to-dos", count)
    if noun == "event":
        return plural("{n} event", "{n} events", count)
    return plural("{n} row", "{n} rows", count)


def bad_rows_counted(noun: str, count: int) -> str:
    """So many rows that cannot be taken: `1 bad row`."""
    if noun == "item":
        return plural("{n} bad item", "{n} bad items", count)
    if noun == "to-do":
        return plural("{n} bad to-do", "{n} bad to-dos", count)
    if noun == "event":
        return plural("{n} bad event", "{n} bad events", count)
    return plural("{n} bad row", "{n} bad rows", count)


def empty_rows_left_out(noun: str, count: int) -> str:
    """The sentence on rows with nothing in them."""
    if noun == "item":
        return plural("{n} empty item was left out", "{n} empty items were left out", count)
    if noun == "to-do":
        return plural("{n} empty to-do was left out", "{n} empty to-dos were left out", count)
    if noun == "event":
        return plural("{n} empty event was left out", "{n} empty events were left out", count)
    return plural("{n} empty row was left out", "{n} empty rows were left out", count)


def none_importable(noun: str) -> str:
    """That all rows are bad."""
    return tr(_NONE_IMPORTABLE[noun])


def none_there(noun: str) -> str:
    """That a list has no row."""
    return tr(_NONE_THERE[noun])

"""Lines below the headings that are no rows of the list: titles of sections, totals, numbers of columns, signatures."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import cell_text
from store.sanitise_text import clean_line, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import GridRow

FEW = 3
"""With so many mapped columns, a line with a single cell is a heading between the rows."""

_TOTALS = ("subtotal", "sub-total", "grand total", "total general", "total", "итого", "всего", "summe")
"""How the text of a total begins, folded; the longer beginnings first."""

_SIGNATURES = frozenset(
    (
        *("approved by", "approved", "prepared by", "compiled by", "drafted by", "reviewed by", "checked by"),
        *("signed by", "signed", "signature", "signatures", "date", "date of signature", "done at", "secretary"),
        *("chair", "chairman", "chairperson", "rapporteur"),
        *("утверждаю", "утвердил", "утверждено", "согласовано", "согласовал", "составил", "составила", "подготовил"),
        *("подготовила", "проверил", "исполнитель", "подпись", "подписи", "дата", "председатель", "секретарь"),
        *("председательствующий", "м.п", "руководитель", "директор", "начальник", "министр", "заместитель министра"),
        *("approuve par", "etabli par", "prepare par", "redige par", "vise par", "fait a", "president", "secretaire"),
        *("aprobado por", "elaborado por", "preparado por", "revisado por", "firma", "fecha", "presidente"),
        *("secretario", "secretaria", "visto bueno"),
    )
)
"""What stands before the name of who signs a list, or before the day, folded."""

_PLACES = ("by", "to", "due", "original-due")
"""Fields that a promise has, and no total and no signature."""


def begins_as_no_row(title: str) -> bool:
    """Whether a title may be none: a number of a column, or a total."""
    return len(title) <= FEW or (title[:1] in _INITIALS and title.lower().startswith(_TOTALS))


_INITIALS = frozenset(letter for word in _TOTALS for letter in (word[0], word[0].upper()))


def why_no_row(line: GridRow, columns: ColumnMapping) -> str | None:
    """Why a line that is not empty is no row: it is a total, numbers the columns, is signed; None if it is a row."""
    if columns.grid.headings is not None:
        return None
    filled = [column for column, cell in enumerate(line.cells) if not is_empty(cell)]
    texts = [clean_line(cell_text(line.cells[column])) for column in filled]
    if _numbers_columns(texts):
        return tr("it numbers the columns")
    title = columns.fields.get("title")
    if title in filled[1:2] and texts[0].isdigit():
        filled, texts = filled[1:], texts[1:]  # The number of the rows stands before their total.
    parties = [columns.fields.get(field, -1) for field in ("id", "source-id", "title", "by", "to")]
    if title is not None and set(filled).isdisjoint(parties) and not any(map(str.isalpha, "".join(texts))):
        return tr("only figures stand in it")
    if not isinstance(line.cells[filled[0]], str):
        return None
    places = {columns.fields[field] for field in _PLACES if field in columns.fields} - {filled[0], title}
    if any(
        column in places and any(map(str.isalpha, text)) for column, text in zip(filled[1:], texts[1:], strict=True)
    ):
        return None
    if is_total(texts[0]):
        return tr('it is a total ("{text}")', text=visible(texts[0])[:40])
    label, colon, _ = texts[0].partition(":")
    if fold(label).strip(" ._/") in _SIGNATURES and (colon or filled[0] != title):
        return tr('it is a line of signatures ("{text}")', text=visible(texts[0])[:40])
    return None


def title_of_part(line: GridRow, columns: ColumnMapping) -> str | None:
    """The title between the rows that is all that stands in a line; None for another line."""
    filled = [column for column, cell in enumerate(line.cells) if not is_empty(cell)]
    text = line.cells[filled[0]]
    title = None if "visit" in columns.of_parts else columns.fields.get("title")
    is_alone = len(filled) == 1 and filled[0] not in (title, columns.fields.get("id"))
    is_title = is_alone and len(columns.fields) >= FEW and columns.grid.headings is None and not is_total(str(text))
    return text if is_title and isinstance(text, str) else None


_NOTES = frozenset(
    (
        *("note", "notes", "nb", "n.b", "remark", "remarks", "source", "sources", "legend", "key", "colour code"),
        *("color code", "abbreviations", "footnote", "footnotes", "примечание", "примечания", "прим", "источник"),
        *("источники", "легенда", "обозначения", "условные обозначения", "сокращения", "remarque", "remarques"),
        *("legende", "abreviations", "code couleur", "code des couleurs", "nota", "notas", "fuente", "fuentes"),
        *("leyenda", "abreviaturas", "codigo de colores", "quelle", "quellen", "hinweis", "anmerkung"),
    )
)
"""What a note on a list begins with, before a colon, folded."""


def is_a_note(text: str) -> bool:
    """Whether a text is a note on the list: `Note: dates to be confirmed`, `* subject to funds`, `Source : minutes`."""
    label, colon, _ = fold(clean_line(text)).partition(":")
    return text.lstrip().startswith(("*", "(*")) or (bool(colon) and label.strip(" .") in _NOTES)


def alone_as_title(line: GridRow, columns: ColumnMapping) -> str | None:
    """The text in the place of a title that is all that stands in a line, besides its number; None for another line."""
    title = columns.fields.get("title")
    if title is None or columns.grid.headings is not None or len(columns.fields) < FEW:
        return None
    filled = {column for column, cell in enumerate(line.cells) if not is_empty(cell)}
    text = line.cells[title] if title in filled and filled <= {title, columns.fields.get("source-id")} else None
    return text if isinstance(text, str) else None


def title_above(columns: ColumnMapping) -> str | None:
    """The title of the first part, which stands alone in a line above the headings; None where none does."""
    first = columns.lines[0].number if columns.lines else 0
    headings = [cell for cell in columns.headings if cell.strip()]
    found = None
    for line in columns.grid.lines:
        filled = [clean_line(cell_text(cell)) for cell in line.cells if not is_empty(cell)]
        if line.number >= first or len(filled) > 1 or filled[:1] == headings[:1]:
            break
        found = filled[0] if filled else found
    return found


def without_number(title: str) -> str:
    """The title of a part without its number and without a colon behind it: `A. UNODC:` is `UNODC`."""
    plain = clean_line(title)
    first, blank, rest = plain.partition(" ")
    number = first.rstrip(".)")
    is_number = number != first and (len(number) == 1 or not number.strip("IVXLC") or not number.strip("0123456789."))
    return (rest if blank and number and is_number else plain).strip(" :")


def title_of_section(place: int, lines: Sequence[GridRow], columns: ColumnMapping) -> str | None:
    """The title of a part that has a number, as `I Training` over 1.1 and 1.2; None for another line.

    It has nothing but its number and its title, and what follows is numbered below it and has more.
    """
    at, title = columns.fields.get("source-id"), columns.fields.get("title")
    if at is None or title is None or columns.grid.headings is not None:
        return None
    number = _number_alone(lines[place], at, title)
    if not number:
        return None
    below = [line for line in lines[place + 1 : place + 1 + _SAMPLE_SIZE] if not is_blank(line)]
    for line in below[:FEW]:
        if _number_alone(line, at, title):
            continue
        of_row = cell_text(line.cells[at]).strip() if at < len(line.cells) else ""
        arabic = str(_ROMAN[number]) if number in _ROMAN else number
        is_below = of_row.startswith((f"{number}.", f"{arabic}.")) and of_row.strip(". ") not in (number, arabic)
        if is_below or (number.isalpha() and len(number) <= FEW and of_row[:1].isdigit()):
            return f"{number} {clean_line(cell_text(lines[place].cells[title]))}"
        return None
    return None


_SAMPLE_SIZE = 8
"""Lines behind the title of a part in which its rows begin."""

_ROMAN = {
    text: number
    for number, text in enumerate(
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"], 1
    )
}


def _number_alone(line: GridRow, at: int, title: int) -> str:
    """The number of a line that has only a number and a title; empty for another line."""
    if [column for column, cell in enumerate(line.cells) if not is_empty(cell)] != sorted((at, title)):
        return ""
    return cell_text(line.cells[at]).strip(" .)")


def is_blank(line: GridRow) -> bool:
    """Whether all cells of a line are empty."""
    return all(map(is_empty, line.cells))


def is_line_of_total(line: GridRow) -> bool:
    """Whether the first text of a line is that of a total."""
    return is_total(next((cell_text(cell) for cell in line.cells if not is_empty(cell)), ""))


def is_total(text: str) -> bool:
    """Whether a text is that of a total: `Total`, `Итого: 4 мероприятия`, `Subtotal of part B`."""
    plain = fold(clean_line(text))
    word = next((each for each in _TOTALS if plain.startswith(each)), None)
    if word is None:
        return False
    rest = plain[len(word) :].removeprefix("s")
    if word in _SURELY_TOTALS:
        return not rest[:1].isalpha()
    rest = rest.strip().removeprefix("пунктов").strip()
    if not rest or rest[0] in _BEFORE_A_SUM or rest[0].isdigit():
        return True
    counted, colon, number = rest.partition(":")
    return bool(colon) and number.strip().isdigit() and len(counted.split()) < FEW  # `Total actions: 4`


_SURELY_TOTALS = frozenset(("subtotal", "sub-total", "grand total", "total general", "итого"))
_BEFORE_A_SUM = ":=\u2013\u2014-("


def _numbers_columns(texts: Sequence[str]) -> bool:
    """Whether the texts of a line count its columns: `1 2 3`, `(1) (2) (3)`, `A B 1 2`."""
    if len(texts) < FEW or len(texts[0]) > FEW:
        return False
    plain = [text.strip("().[]").casefold() for text in texts]
    lettered = next((place for place, text in enumerate(plain) if text.isdigit()), len(plain))
    letters = "".join(plain[:lettered])
    is_lettered = lettered < FEW and ("ab".startswith(letters) or "абв".startswith(letters))
    return is_lettered and plain[lettered:] == [str(number) for number in range(1, len(plain) - lettered + 1)]

"""Tables of Word documents: a merged cell leaves the cells behind it in their columns."""

from io import BytesIO

import docx

from store.capture.read_docx import read_docx


def test_a_merged_cell_keeps_its_columns() -> None:
    document = docx.Document()
    table = document.add_table(2, 4)
    for cell, text in zip(table.rows[0].cells, ("Action", "By", "To", "Deadline"), strict=True):
        cell.text = text
    row = table.rows[1].cells
    row[0].text, row[3].text = "Send the list", "5 May 2023"
    row[1].merge(row[2]).text = "UNODC"
    file = BytesIO()
    document.save(file)
    assert "| Send the list | UNODC |  | 5 May 2023 |" in read_docx(file.getvalue(), "a.docx")

"""Word documents: what somebody sees of them is read, what nobody sees is left out and told."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import RGBColor

from store.capture.readers.docx.read_docx import read_docx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CHANGE = 'w:id="1" w:author="x" w:date="2026-11-11T00:00:00Z"'
TRACKED = "tracked changes: read as if all were accepted"


def run(text: str, mark: str = "") -> str:
    return f'<w:r><w:rPr>{mark}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(content: str) -> str:
    return f"<w:ins {_CHANGE}>{content}</w:ins>"


def deleted(text: str, tag: str = "del") -> str:
    return f'<w:{tag} {_CHANGE}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:{tag}>'


def paragraph(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def read(*blocks: str) -> tuple[str, list[str]]:
    document = docx.Document()
    body = document.element.body
    for block in blocks:
        body.insert(len(body) - 1, parse_xml(block.replace(">", f" {_W}>", 1)))
    file = BytesIO()
    document.save(file)
    text, head = read_docx(file.getvalue(), "a.docx")
    return text, head["warnings"]


def test_a_merged_cell_keeps_its_columns_and_stands_in_each_of_its_rows() -> None:
    document = docx.Document()
    table = document.add_table(3, 4)
    for cell, text in zip(table.rows[0].cells, ("Action", "By", "To", "Deadline"), strict=True):
        cell.text = text
    row = table.rows[1].cells
    row[0].text, row[3].text = "Send the list", "5 May 2023"
    row[1].merge(row[2]).text = "UNODC"
    table.rows[2].cells[0].text = "Send the draft"
    table.rows[1].cells[3].merge(table.rows[2].cells[3])
    file = BytesIO()
    document.save(file)
    text, head = read_docx(file.getvalue(), "a.docx")
    assert "| Send the list | UNODC |  | 5 May 2023 |" in text
    assert "| Send the draft |  |  | 5 May 2023 |" in text
    assert head["warnings"] == []


@pytest.mark.parametrize(
    ("block", "text", "warnings"),
    [
        (paragraph(run("UNODC will ") + inserted(run("not ")) + run("deliver.")), "UNODC will not deliver.", [TRACKED]),
        (paragraph(run("by ") + deleted("10") + inserted(run("20")) + run(" December.")), "by 20 December.", [TRACKED]),
        (paragraph(inserted(run("UNODC will send it."))), "UNODC will send it.", [TRACKED]),
        (paragraph(deleted("UNODC will send it.")), "", [TRACKED]),
        (paragraph(f"<w:moveFrom {_CHANGE}>{run('UNODC will send it.')}</w:moveFrom>"), "", [TRACKED]),
        (paragraph(f"<w:moveTo {_CHANGE}>{run('UNODC will send it.')}</w:moveTo>"), "UNODC will send it.", [TRACKED]),
        (f"<w:sdt><w:sdtContent>{paragraph(run('It will.'))}</w:sdtContent></w:sdt>", "It will.", []),
        (paragraph(f"<w:sdt><w:sdtContent>{run('It')}</w:sdtContent></w:sdt>{run(' will.')}"), "It will.", []),
        (paragraph(f'<w:smartTag w:uri="u" w:element="e">{run("MIA")}</w:smartTag>{run(" will.")}'), "MIA will.", []),
        (paragraph(run("a") + "<w:r><w:tab/></w:r>" + run("b")), "a\tb", []),
        (paragraph(run("Seen. ") + run("Unseen.", "<w:vanish/>")), "Seen.", ["1 passage is hidden, and left out"]),
        (paragraph(run("Seen.", '<w:vanish w:val="0"/>')), "Seen.", []),
        (paragraph(run("It will.", "<w:strike/>")), "", ["1 passage is struck through, and left out"]),
        (paragraph(run("It will.", "<w:dstrike/>")), "", ["1 passage is struck through, and left out"]),
        (
            f"<w:tbl><w:tblPr/><w:tblGrid/>"
            f"<w:tr><w:trPr><w:del {_CHANGE}/></w:trPr><w:tc>{paragraph(run('a'))}</w:tc></w:tr>"
            f"<w:tr><w:sdt><w:sdtContent><w:tc>{paragraph(run('b') + inserted(run('c')))}</w:tc></w:sdtContent></w:sdt>"
            f"</w:tr></w:tbl>",
            "| bc |",
            [TRACKED],
        ),
        (
            paragraph(
                run("Beside.")
                + f"<w:r><w:pict><w:txbxContent>{paragraph(run('In a box.'))}</w:txbxContent></w:pict></w:r>"
            ),
            "Beside.\n\nIn a box.",
            [],
        ),
    ],
)
def test_what_somebody_sees_is_read_and_the_rest_is_told(block: str, text: str, warnings: list[str]) -> None:
    assert read(block) == (f"{text}\n\n" if text else "", warnings)


_LETTERS = "".join(f'<w:r><w:sym w:font="Calibri" w:char="F0{ord(each):X}"/></w:r>' for each in "not ")
_PICTURE = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
_PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"
_EQUATION = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>not </m:t></m:r></m:oMath>'
)
_HIDDEN = ["1 passage is hidden, and left out"]


def alternatives(prefix: str, namespace: str) -> str:
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice xmlns:{prefix}="{namespace}" Requires="{prefix}"><w:t>Chosen.</w:t></mc:Choice>'
        "<mc:Fallback><w:t>Fallen back.</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )


@pytest.mark.parametrize(
    ("content", "text", "warnings"),
    [
        (run("It will ") + _LETTERS + run("come."), "It will not come.", []),
        (run("It will ") + _EQUATION + run("come."), "It will not come.", []),
        (_PICTURE + run("It."), "It.", ["1 sign of a font of pictures is not read"]),
        (
            run("Seen.") + _PROMPT.format(run=run("It will.")),
            "Seen.",
            ["1 field is not filled in, and its prompt left out"],
        ),
        (alternatives("z", "urn:of-nobody"), "Fallen back.", []),
        (alternatives("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"), "Chosen.", []),
        (run("It will.", '<w:sz w:val="1"/>'), "", _HIDDEN),
        (run("It will.", '<w:w w:val="1"/>'), "", _HIDDEN),
        ('<w:pPr><w:spacing w:line="1" w:lineRule="exact"/></w:pPr>' + run("It will."), "", _HIDDEN),
        ('<w:pPr><w:spacing w:line="1" w:lineRule="auto"/></w:pPr>' + run("It will."), "It will.", []),
    ],
)
def test_a_paragraph_is_read_as_word_shows_it(content: str, text: str, warnings: list[str]) -> None:
    assert read(paragraph(content)) == (f"{text}\n\n" if text else "", warnings)


def test_a_cell_that_was_deleted_is_not_read() -> None:
    deleted = f"<w:tc><w:tcPr><w:cellDel {_CHANGE}/></w:tcPr>{paragraph(run('It will.'))}</w:tc>"
    row = f"<w:tr>{deleted}<w:tc>{paragraph(run('Seen.'))}</w:tc></w:tr>"
    text, warnings = read(f"<w:tbl><w:tblPr/><w:tblGrid/>{row}</w:tbl>")
    assert (text.strip(), warnings) == ("| Seen. |", [TRACKED])


def read_document(document: Any) -> tuple[str, list[str]]:
    file = BytesIO()
    document.save(file)
    text, head = read_docx(file.getvalue(), "a.docx")
    return text, head["warnings"]


@pytest.mark.parametrize("where", ["default style", "defaults", "style of the table"])
def test_what_styles_that_nobody_names_hide_is_hidden(where: str) -> None:
    document = docx.Document()
    table = document.add_table(1, 1)
    table.style = "Table Grid"
    paragraph = table.cell(0, 0).paragraphs[0]
    paragraph.add_run("It will.")
    if where == "default style":
        document.styles["Normal"].font.hidden = True
    elif where == "defaults":
        (properties,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
        properties.append(parse_xml(f"<w:vanish {_W}/>"))
    else:
        document.styles["Table Grid"].element.append(parse_xml(f"<w:rPr {_W}><w:vanish/></w:rPr>"))
    text, warnings = read_document(document)
    assert ("will" in text, warnings) == (False, _HIDDEN)


def test_two_styles_that_strike_through_take_each_other_back() -> None:
    document = docx.Document()
    for name, kind in (("Of paragraphs", 1), ("Of runs", 2)):
        document.styles.add_style(name, kind).font.strike = True
    twice = document.add_paragraph("Seen.", style="Of paragraphs")
    twice.runs[0].style = "Of runs"
    document.add_paragraph("It will.", style="Of paragraphs")
    assert read_document(document) == ("Seen.\n\n", ["1 passage is struck through, and left out"])


def test_what_a_style_hides_is_hidden() -> None:
    document = docx.Document()
    hidden = document.styles.add_style("Unseen", 1)
    hidden.font.hidden = True
    document.styles.add_style("Also unseen", 1).base_style = hidden
    document.add_paragraph("UNODC will send it.", style="Also unseen")
    document.add_paragraph("UNODC will come.")
    file = BytesIO()
    document.save(file)
    text, head = read_docx(file.getvalue(), "a.docx")
    assert (text, head["warnings"]) == ("UNODC will come.\n\n", ["1 passage is hidden, and left out"])


_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_FORMULA = "<m:r><m:t>It.</m:t></m:r>"
_STRUCK = ["1 passage is struck through, and left out"]


def field(*parts: str) -> str:
    """A field of runs between which `begin`, `separate` and `end` stand."""
    marks = ("begin", "separate", "end")
    return "".join(f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' if each in marks else each for each in parts)


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def box(content: str, mark: str = "", *, around: str = "<w:pict>{}</w:pict>") -> str:
    drawing = around.format(f"<w:txbxContent>{paragraph(run(content))}</w:txbxContent>")
    return f"<w:r><w:rPr>{mark}</w:rPr>{drawing}</w:r>"


@pytest.mark.parametrize(
    ("blocks", "text", "warnings"),
    [
        (
            [
                paragraph(f"<w:pPr><w:rPr><w:del {_CHANGE}/></w:rPr></w:pPr>{run('It is not true that ')}"),
                paragraph(run("it will.")),
            ],
            "It is not true that it will.",
            [TRACKED],
        ),
        ([paragraph(run("It.", f"<w:rPrChange {_CHANGE}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"))], "It.", [TRACKED]),
        ([paragraph(run("Seen.") + box("It will.", "<w:vanish/>"))], "Seen.", _HIDDEN),
        (
            [paragraph(run("Seen.") + box("It will.", around='<w:pict style="visibility:hidden">{}</w:pict>'))],
            "Seen.",
            _HIDDEN,
        ),
        (
            [
                paragraph(
                    run("Seen.") + box("It.", around=f'<wp:anchor {_WP}><wp:docPr id="1" hidden="1"/>{{}}</wp:anchor>')
                )
            ],
            "Seen.",
            _HIDDEN,
        ),
        ([paragraph(field("begin", run("It will."), "end") + run("Seen."))], "Seen.", _HIDDEN),
        ([paragraph(field("begin", code("QUOTE"), run("It."), "separate", run("Seen."), "end"))], "Seen.", _HIDDEN),
        ([paragraph(field("begin", code(" SET x "), "separate", run("It."), "end") + run("Seen."))], "Seen.", _HIDDEN),
        ([paragraph(field("begin", code("PAGE"), "separate", run("Seen."), "end"))], "Seen.", []),
        ([paragraph(field("begin") + run("Seen."))], "Seen.", []),
        ([paragraph(f'<w:fldSimple w:instr=" SET x ">{run("It.")}</w:fldSimple>{run("Seen.")}')], "Seen.", _HIDDEN),
        (
            [
                f'<mc:AlternateContent {_MC}><mc:Choice xmlns:z="urn:z" Requires="z">{paragraph(run("It."))}'
                f"</mc:Choice><mc:Fallback>{paragraph(run('Seen.'))}</mc:Fallback></mc:AlternateContent>"
            ],
            "Seen.",
            [],
        ),
        (
            [paragraph(run("Seen.") + f'<z:a xmlns:z="urn:z" {_MC} mc:Ignorable="z">{run("It.")}</z:a>')],
            "Seen.",
            _HIDDEN,
        ),
        (
            [
                paragraph(
                    f'<m:oMath {_M}><m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e>{_FORMULA}</m:e></m:phant>'
                    f"</m:oMath>{run('Seen.')}"
                )
            ],
            "Seen.",
            _HIDDEN,
        ),
        (
            [
                paragraph(
                    f"<m:oMath {_M}><m:borderBox><m:borderBoxPr><m:strikeH/></m:borderBoxPr><m:e>{_FORMULA}</m:e>"
                    f"</m:borderBox></m:oMath>{run('Seen.')}"
                )
            ],
            "Seen.",
            _STRUCK,
        ),
        (
            [
                paragraph(f'<w:pPr><w:framePr w:h="1" w:hRule="exact" w:w="1"/></w:pPr>{run("It.")}'),
                paragraph(run("Seen.")),
            ],
            "Seen.",
            _HIDDEN,
        ),
        (
            [
                f'<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>'
                f"<w:tc>{paragraph(run('It.'))}</w:tc></w:tr><w:tr><w:tc>{paragraph(run('Seen.'))}</w:tc></w:tr></w:tbl>"
            ],
            "| Seen. |",
            _HIDDEN,
        ),
        (
            [paragraph(run("Seen.")), "<w:altChunk></w:altChunk>"],
            "Seen.",
            ["1 part of the file is in another format, and not read"],
        ),
    ],
)
def test_what_word_never_shows_is_left_out_and_told(blocks: list[str], text: str, warnings: list[str]) -> None:
    assert read(*blocks) == (f"{text}\n\n", warnings)


def test_a_style_of_a_table_that_hides_some_cells_is_told() -> None:
    document = docx.Document()
    style = document.styles.add_style("Hiding", WD_STYLE_TYPE.TABLE)
    style.element.append(parse_xml(f'<w:tblStylePr {_W} w:type="lastRow"><w:rPr><w:vanish/></w:rPr></w:tblStylePr>'))
    document.add_table(1, 1, style="Hiding").rows[0].cells[0].text = "Seen."
    told = "the style of a table hides some of its cells: what it does not show may be read"
    assert read_document(document) == ("| Seen. |\n\n", [told])


_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'


def _paint(alpha: str, name: str = "textFill") -> str:
    colour = f'<w14:srgbClr w14:val="000000"><w14:alpha w14:val="{alpha}"/></w14:srgbClr>'
    return f"<w14:{name} {_W14}><w14:solidFill>{colour}</w14:solidFill></w14:{name}>"


@pytest.mark.parametrize(
    "mark",
    [
        f"<w14:textFill {_W14}><w14:noFill/></w14:textFill>",
        _paint("100000"),
        _paint("100000") + _paint("100000", "textOutline"),
        '<w:sz w:val="0.5pt"/>',
        '<w:sz w:val="0.3mm"/>',
        '<w:cs/><w:szCs w:val="1"/>',
        '<w:rtl/><w:sz w:val="24"/><w:szCs w:val="1"/>',
        '<w:fitText w:val="1"/>',
        '<w:fitText w:val="1pt"/>',
        '<w:spacing w:val="-400"/>',
    ],
)
def test_a_run_that_word_shows_to_nobody_is_left_out_and_told(mark: str) -> None:
    assert read(paragraph(run("UNODC will.", mark) + run("Seen."))) == ("Seen.\n\n", _HIDDEN)


@pytest.mark.parametrize(
    "mark",
    [
        _paint("50000"),
        _paint("100000") + _paint("0", "textOutline"),
        '<w:sz w:val="11pt"/>',
        '<w:sz w:val="22"/><w:szCs w:val="1"/>',
        '<w:fitText w:val="1200"/>',
        '<w:spacing w:val="-10"/>',
        '<w:rFonts w:ascii="Wingdings" w:asciiTheme="minorHAnsi" w:hAnsi="Arial"/>',
        '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol"/>',
    ],
)
def test_a_run_that_is_seen_stays(mark: str) -> None:
    assert read(paragraph(run("Seen.", mark))) == ("Seen.\n\n", [])


_WHITE, _BLUE = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="1F4E79"/>'


def _in_cell(text: str, properties: str = "", table: str = "") -> str:
    cell = f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"
    return f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>"


@pytest.mark.parametrize(
    "block",
    [
        paragraph(run("UNODC will.", _WHITE)),
        paragraph(run("UNODC will.", '<w:color w:val="fdfefd"/>')),
        paragraph(run("UNODC will.", '<w:color w:val="1F4E79"/>' + _BLUE)),
        paragraph(run("UNODC will.", '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>')),
        paragraph(f"<w:pPr>{_BLUE}</w:pPr>" + run("UNODC will.", '<w:color w:val="1F4E79"/>')),
        paragraph(run("UNODC will.", _paint("0").replace("000000", "FFFFFF"))),
        _in_cell(run("UNODC will.", _WHITE)),
        _in_cell(run("UNODC will.", '<w:color w:val="1F4E79"/>'), _BLUE),
        _in_cell(run("UNODC will.", '<w:color w:val="1F4E79"/>'), table=_BLUE),
        _in_cell(run("UNODC will.", _WHITE), '<w:shd w:val="clear" w:fill="auto"/>'),
    ],
)  # fmt: skip
def test_letters_in_the_colour_of_what_is_behind_them_are_left_out_and_told(block: str) -> None:
    text, warnings = read(block, paragraph(run("Seen.")))
    assert (text.removeprefix("|  |\n\n"), warnings) == ("Seen.\n\n", _HIDDEN)


@pytest.mark.parametrize(
    "block",
    [
        paragraph(run("Seen.", _WHITE + _BLUE)),
        paragraph(run("Seen.", _WHITE + '<w:highlight w:val="black"/>')),
        paragraph(f"<w:pPr>{_BLUE}</w:pPr>" + run("Seen.", _WHITE)),
        paragraph(run("Seen.", '<w:color w:val="auto"/>')),
        paragraph(run("Seen.", '<w:color w:val="C0C0C0"/>')),
        paragraph(run("Seen.", _WHITE + '<w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>')),
        _in_cell(run("Seen.", _WHITE), _BLUE),
        _in_cell(run("Seen.", _WHITE), table=_BLUE),
        _in_cell(run("Seen.", _WHITE), table='<w:tblStyle w:val="LightList-Accent1"/>'),
    ],
)
def test_white_letters_on_a_dark_ground_are_read(block: str) -> None:
    text, warnings = read(block)
    assert ("Seen." in text, warnings) == (True, [])


def test_letters_in_the_colour_of_the_page_or_by_their_style_are_left_out_and_told() -> None:
    document = docx.Document()
    document.element.insert(0, parse_xml(f'<w:background {_W} w:color="336699"/>'))
    style = document.styles.add_style("Ours", WD_STYLE_TYPE.PARAGRAPH)
    style.font.color.rgb = RGBColor(0x33, 0x66, 0x99)
    document.add_paragraph("UNODC will.", style="Ours")
    document.add_paragraph("Seen.")
    file = BytesIO()
    document.save(file)
    text, head = read_docx(file.getvalue(), "a.docx")
    assert (text.strip(), head["warnings"]) == ("Seen.", _HIDDEN)


def test_letters_in_a_font_of_pictures_are_no_words() -> None:
    told = ["1 sign of a font of pictures is not read"]
    for mark in ('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>', '<w:rFonts w:ascii="Wingdings 2"/>'):
        assert read(paragraph(run("UNODC will.", mark) + run("Seen."))) == ("Seen.\n\n", told)


def test_lines_and_rows_without_height_are_hidden_in_any_measure() -> None:
    flat = f'<w:pPr><w:spacing w:line="1pt" w:lineRule="exact"/></w:pPr>{run("UNODC will.")}'
    assert read(paragraph(flat), paragraph(run("Seen."))) == ("Seen.\n\n", _HIDDEN)
    row = f'<w:trPr><w:trHeight w:val="0.2mm" w:hRule="exact"/></w:trPr><w:tc>{paragraph(run("UNODC will."))}</w:tc>'
    seen = f"<w:tr><w:tc>{paragraph(run('Seen.'))}</w:tc></w:tr>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{row}</w:tr>{seen}</w:tbl>"
    assert read(table) == ("| Seen. |\n\n", _HIDDEN)


def test_what_stands_below_a_heading_that_is_folded_in_is_told() -> None:
    folded = f"<w:pPr><w15:collapsed {_W15}/></w:pPr>{run('Annex')}"
    told = ["1 heading is folded in: what stands below it is read"]
    assert read(paragraph(folded), paragraph(run("Seen."))) == ("Annex\n\nSeen.\n\n", told)


def test_words_in_a_cell_that_another_one_covers_are_told() -> None:
    rows = "".join(
        f"<w:tr><w:tc><w:tcPr><w:vMerge{merge}/></w:tcPr>{paragraph(run(text))}</w:tc></w:tr>"
        for merge, text in ((' w:val="restart"', "Seen."), ("", "UNODC will."))
    )
    text, told = read(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
    assert (text, told) == ("| Seen. |\n| Seen. |\n\n", _HIDDEN)

"""Write a document as DOCX, for Word and LibreOffice: A4, marks and page numbers on every page, headings and tables.

python-docx makes the file, its styles, header and footer; the body is written beside it, a piece at a time. The same
document and day give the same bytes.
"""

from __future__ import annotations

from store.errors import not_built_in
from store.formats.docx_page_and_styles import MARGINS, PAGE, element, rule, set_styles
from store.formats.docx_paragraphs_and_tables import WIDTH, body_of
from store.sanitise_text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.text.paragraph import Paragraph

    from store.reports.document import Document

_LEFT_OVER = ("/stylesWithEffects", "/thumbnail", "/extended-properties", "/customXml")
"""Parts of the library's template to drop: a thumbnail of an empty page, the name of another program."""


def render_docx(document: Document, day: str) -> bytes:
    """Render a document as the bytes of a DOCX file. `day`: the ISO day of creation in its properties.

    Raises: NotAllowed where the library is missing.
    """
    try:
        import docx as library
    except ModuleNotFoundError as error:
        raise not_built_in("DOCX", error) from None
    file = library.Document()
    _set_properties(file, document, day)
    set_styles(file, document.language)
    _set_page(file, document)
    return _written(file, document, day)


def _run(paragraph: Paragraph, shown: str, *, is_bold: bool = False) -> None:
    run = paragraph.add_run(shown)
    if is_bold:
        run.bold = True


def _set_page(file: File, document: Document) -> None:
    """Set A4, the marks in the header, the running title and `page / pages` in the footer."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Mm, Twips

    section = file.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Mm(MARGINS[side]))
    section.header_distance, section.footer_distance = Mm(MARGINS["header"]), Mm(MARGINS["footer"])
    if document.marks:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(head, " · ".join(map(visible, document.marks)), is_bold=True)
        rule(head, "bottom")
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Twips(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.paragraph_format.right_indent = Mm(0)
    _run(foot, visible(document.running_title) + "\t")
    _field(foot, "PAGE")
    _run(foot, " / ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that the reader's program fills in."""
    from docx.text.run import Run

    field = element(paragraph._p, "w:fldSimple", instr=instruction)
    Run(element(field, "w:r"), paragraph).text = "1"


def _set_properties(file: File, document: Document, day: str) -> None:
    """Set the properties of the file, with no person and no program in them."""
    from datetime import datetime

    properties = file.core_properties
    properties.title, properties.language = visible(document.title)[:255], document.language
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = datetime.fromisoformat(day)
    for rels in (file.part.rels, file.part.package.rels):
        for name, rel in list(rels.items()):
            if rel.reltype.endswith(_LEFT_OVER):
                del rels[name]


_BODY = "word/document.xml"
_PIECES = 500
"""So many pieces of the body are compressed at once."""


def _written(file: File, document: Document, day: str) -> bytes:
    """The file's bytes with this body, and the day instead of the present time as the date of every ZIP member."""
    from io import BytesIO
    from itertools import islice
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    empty, whole = BytesIO(), BytesIO()
    file.save(empty)
    first = max(day, "1980-01-01")  # the first day that a ZIP file can tell
    stamp = (int(first[:4]), int(first[5:7]), int(first[8:]), 0, 0, 0)
    with ZipFile(empty) as source, ZipFile(whole, "w") as target:
        for name in source.namelist():
            member = ZipInfo(name, stamp)
            member.compress_type, member.create_system = ZIP_DEFLATED, 0
            content = source.read(name)
            if name != _BODY:
                target.writestr(member, content)
                continue
            before, begin, after = content.partition(b"<w:body>")
            pieces = body_of(document)
            with target.open(member, "w") as written:
                written.write(before + begin)
                while some := "".join(islice(pieces, _PIECES)):
                    written.write(some.encode())
                written.write(after)
    return whole.getvalue()

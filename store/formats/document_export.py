"""Write a document as a file: choose one of the formats for people by name or by extension, and render it."""

from __future__ import annotations

from os.path import splitext

from store.errors import UsageError
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.reports.document import Document

FORMATS = ("text", "md", "html", "docx")
"""The formats of the meeting sheet and the donor's report."""

FORMAT_BY_EXTENSION = {
    "txt": "text",
    "text": "text",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "htm": "html",
    "docx": "docx",
}
"""Extension of a file -> its format."""


def choose_format(
    name: str | None, path: str | None, by_extension: Mapping[str, str] = FORMAT_BY_EXTENSION, default: str = "text"
) -> str:
    """The format by its name, else by the extension of the path, else `default`.

    Raises: UsageError for an extension that is not in `by_extension`.
    """
    if name is not None or path is None:
        return name or default
    extension = splitext(path)[1][1:].lower()
    if extension and extension not in by_extension:
        *formats, last = dict.fromkeys(by_extension.values())
        sentence = tr(
            'a file that ends with ".{extension}" may be anything: say which it is to be', extension=visible(extension)
        )
        known = tr("{formats} or {last}", formats=", ".join(formats), last=last)
        raise UsageError(sentence, code="output.format-unclear", field="file", values={"formats": known, "path": path})
    return by_extension.get(extension, default)


def export_document(document: Document, format_: str, day: str, *, as_text: Callable[[Document], str]) -> bytes:
    """Render a document in one of `FORMATS`; `day` is its ISO day of creation.

    `as_text` renders plain text: its lines are those of a terminal, which this package does not know.
    """
    if format_ == "text":
        return as_text(document).encode()
    if format_ == "docx":
        from store.formats.docx_export import render_docx

        return render_docx(document, day)
    if format_ == "html":
        from store.formats.html_export import render_html

        return render_html(document).encode()
    from store.formats.markdown_export import render_markdown

    return render_markdown(document).encode()

"""Write a document as one HTML file: no script, no external resource, for a desktop, a phone and A4 paper.

The template is `document.html.jinja`. Every text in it is made visible and escaped by the environment and not by the
template, so none can be forgotten.
"""

from __future__ import annotations

from store.formats.keep_on_one_line import NO_BREAK_BEHIND, unbroken
from store.formats.russian_hyphenation import SOFT_HYPHEN
from store.sanitise_text import visible, visible_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.reports.document import Document, Table

TEMPLATE = "document.html.jinja"
"""Beside this module."""


def render_html(document: Document) -> str:
    """Render a document as HTML text that ends with a line break."""
    import os

    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from store.formats import svg_charts
    from store.formats.page_column_widths import column_widths
    from store.reports.document import is_kept_whole, is_only_a_head, leads_to_a_table

    environment = Environment(
        loader=FileSystemLoader(os.path.dirname(__file__)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["lines"] = visible_lines
    environment.filters["css"] = _css_string
    environment.filters["parted"] = _parted
    environment.tests["of"] = _is_of
    return environment.get_template(TEMPLATE).render(
        document=document,
        only_a_head=is_only_a_head,
        kept_whole=is_kept_whole,
        leads_to_a_table=leads_to_a_table,
        column_widths=column_widths,
        bars=lambda chart, name: [Markup(svg) for svg in svg_charts.bars(chart, name)],
        timeline=lambda chart, name: [Markup(svg) for svg in svg_charts.timeline(chart, name)],
    )


def _shown(value: object) -> object:
    """Make the texts of the template visible, a number in one line with its sign or unit; charts are markup already."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    shown = unbroken(visible(value))
    return _named(shown) if NO_BREAK_BEHIND in shown else shown


def _parted(text: str, width: float, table: Table, is_heading: bool = False) -> str:
    """A text as markup, made visible, whose words are parted where they are wider than this part of the table."""
    from store.formats.page_column_widths import parted

    return _named(unbroken(parted(visible(text), width, table, is_heading=is_heading)))


def _named(shown: str) -> str:
    """A text as markup, in which the characters that nobody sees have a name: in no file of ours is one of them."""
    from markupsafe import Markup, escape

    names = escape(shown).replace(NO_BREAK_BEHIND, Markup("&NoBreak;")).replace(SOFT_HYPHEN, Markup("&shy;"))
    return Markup(names)


def _is_of(block: object, kind: str) -> bool:
    return type(block).__name__ == kind


def _css_string(text: str) -> str:
    """Escape a text for a CSS string: all but letters and digits as code points (CSS Syntax 3, 4.3.7).

    Blanks too: one after a code point would end it.
    """
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in visible(text))

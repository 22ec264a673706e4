"""A document as one HTML file: no script, nothing from elsewhere, for a desk, a phone and A4 paper.

What it looks like stands in `document.html.jinja`. Every text that the template prints is made visible and escaped, by
the environment and not by the template, so none can be forgotten.
"""

from __future__ import annotations

from store.text import visible, visible_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.reports.document import Document

TEMPLATE = "document.html.jinja"
"""Beside this module."""
_RUNNING_TITLE = 90
"""Characters of the title that the foot of a page has room for."""


def render_html(document: Document) -> str:
    """The whole paper as an HTML text that ends with a line end."""
    import os

    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from store.formats import svg_charts

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
    environment.tests["of"] = _is_of
    return environment.get_template(TEMPLATE).render(
        document=document,
        running_title=_cut(document.title),
        bars=lambda chart, name: [Markup(svg) for svg in svg_charts.bars(chart, name)],
        timeline=lambda chart, name: [Markup(svg) for svg in svg_charts.timeline(chart, name)],
    )


def _shown(value: object) -> object:
    """What the template prints of a value: a text made visible; a chart is markup already."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _is_of(block: object, kind: str) -> bool:
    return type(block).__name__ == kind


def _cut(title: str) -> str:
    return title if len(title) <= _RUNNING_TITLE else title[:_RUNNING_TITLE].rstrip() + "…"


def _css_string(text: str) -> str:
    """The inside of a CSS string: letters and digits as they are, the rest as numbers (CSS Syntax 3, 4.3.7).

    A blank as well, since one after a number belongs to the number.
    """
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in visible(text))

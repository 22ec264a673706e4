"""Drawings and formulas in a page: words that no browser draws are left out, and what is doubtful is told."""

import pytest

from store.capture.readers.html.read_html import text_of_html

_HIDDEN = ["1 passage is hidden, and left out"]
_UNCLEAR = ["not all styles of the page were looked through: words that it does not show may be read"]


@pytest.mark.parametrize(
    "page",
    [
        "<text>Seen.</text>",
        "<g><a><text>Seen.</text></a></g>",
        "<text><tspan><a>Seen.</a></tspan></text>",
        '<text fill="#333" fill-opacity="0.9" transform="translate(4 5) scale(2)">Seen.</text>',
        "<g fill=none><text fill=black>Seen.</text></g>",
        "<switch><text>Seen.</text></switch>",
        "<foreignObject width=90 height=20><p>Seen.</p></foreignObject>",
        '<text textLength="90">Seen.</text>',
    ],
)
def test_texts_of_drawings_are_read(page: str) -> None:
    assert text_of_html(f"<svg>{page}</svg>") == ("Seen.\n", [])


@pytest.mark.parametrize(
    "page",
    [
        "UNODC will.",
        "<g>UNODC will.</g>",
        "<tspan>UNODC will.</tspan>",
        "<other><text>UNODC will.</text></other>",
        "<rect><text>UNODC will.</text></rect>",
        "<image><text>UNODC will.</text></image>",
        "<text><g>UNODC will.</g></text>",
        "<text><text>UNODC will.</text></text>",
        "<switch><g></g><text>UNODC will.</text></switch>",
        "<text fill=none>UNODC will.</text>",
        '<g fill="rgb(0 0 0 / 0)"><text>UNODC will.</text></g>',
        "<g fill-opacity=0><text fill=black>UNODC will.</text></g>",
        '<text style="fill:none">UNODC will.</text>',
        '<text transform="scale(1 0)">UNODC will.</text>',
        '<text transform="translate(-9999 0)">UNODC will.</text>',
        "<g color=transparent><text fill=currentColor>UNODC will.</text></g>",
        '<svg style="width:0"><text>UNODC will.</text></svg>',
    ],
)
def test_what_a_drawing_does_not_draw_nobody_promised(page: str) -> None:
    assert text_of_html(f"<p>Seen.</p><svg>{page}</svg>") == ("Seen.\n", _HIDDEN)


@pytest.mark.parametrize(
    "page",
    [
        '<text requiredExtensions="http://example.org/">Seen.</text>',
        '<text systemLanguage="xx">Seen.</text>',
        '<switch><text systemLanguage="xx"></text><text>Seen.</text></switch>',
        "<foreignObject><p>Seen.</p></foreignObject>",
        '<text fill="url(#a)">Seen.</text>',
        "<text fill=none stroke=black>Seen.</text>",
        '<text filter="url(#a)">Seen.</text>',
        '<text clip-path="url(#a)">Seen.</text>',
        '<text>Seen.<set attributeName="display" to="none" /></text>',
        "<text><textPath>Seen.</textPath></text>",
        '<text textLength="0.1">Seen.</text>',
        "<text><param>Seen.</param></text>",
    ],
)
def test_what_is_doubtful_in_a_drawing_is_told(page: str) -> None:
    text, told = text_of_html(f"<svg>{page}</svg>")
    assert (text.strip(), told) == ("Seen.", _UNCLEAR)


@pytest.mark.parametrize(
    "page",
    [
        "UNODC will.",
        "<mrow>UNODC will.</mrow>",
        "<other>UNODC will.</other>",
        "<maction><mspace></mspace><mtext>UNODC will.</mtext></maction>",
        "<semantics><mspace></mspace><mtext>UNODC will.</mtext></semantics>",
        "<mtext mathsize=0>UNODC will.</mtext>",
        "<mtext mathcolor=transparent>UNODC will.</mtext>",
    ],
)
def test_what_a_formula_does_not_show_nobody_promised(page: str) -> None:
    assert text_of_html(f"<p>Seen.</p><math>{page}</math>") == ("Seen.\n", _HIDDEN)


def test_the_texts_of_a_formula_are_read() -> None:
    text, told = text_of_html("<p>Seen.</p><math><mrow><mi>x</mi><mo>=</mo><mn>2</mn></mrow></math>")
    assert (text, told) == ("Seen.\n\nx=2\n", [])

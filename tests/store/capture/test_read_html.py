"""Pages: what their own styles hide or strike through is left out and told."""

import pytest

from store.capture.read_html import text_of_html


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ('<p style="display: none">UNODC will.</p>', "1 passage is hidden, and left out"),
        ('<p style="DISPLAY:NONE !important">UNODC will.</p>', "1 passage is hidden, and left out"),
        ("<div hidden><p>UNODC will.</p></div>", "1 passage is hidden, and left out"),
        ('<p style="visibility:hidden">UNODC will.</p>', "1 passage is hidden, and left out"),
        ('<p style="font-size:0">UNODC will.</p>', "1 passage is hidden, and left out"),
        ('<span style="mso-hide:all">UNODC will.</span>', "1 passage is hidden, and left out"),
        (
            "<style>.x, #y {color:red; display:none}</style><p class=x>a</p><p id=y>b</p>",
            "2 passages are hidden, and left out",
        ),
        ("<s>UNODC will.</s><del>UNODC will.</del>", "2 passages are struck through, and left out"),
        ('<p style="text-decoration: line-through">UNODC will.</p>', "1 passage is struck through, and left out"),
    ],
)
def test_what_nobody_sees_is_left_out_and_told(page: str, told: str) -> None:
    assert text_of_html(f"<body>{page}<p>Seen.</p></body>") == ("Seen.\n", [told])


@pytest.mark.parametrize(
    "page",
    [
        '<p style="display:block;font-size:0.9em;opacity:0.5">Seen.</p>',
        '<p hidden> </p><p style="font-size:10pt">Seen.</p>',
    ],
)
def test_what_is_seen_stays(page: str) -> None:
    assert text_of_html(page) == ("Seen.\n", [])

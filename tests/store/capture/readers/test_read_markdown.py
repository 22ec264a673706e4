"""Markdown is read as it stands, without what nobody sees once it is shown."""

import pytest

from store.capture.readers.read_markdown import read_markdown

_HIDDEN = ["1 passage is hidden, and left out"]
_STRUCK = ["1 passage is struck through, and left out"]


@pytest.mark.parametrize(
    ("text", "read", "told"),
    [
        ("Seen. <!-- UNODC will. --> Seen.", "Seen. Seen.", _HIDDEN),
        ("Seen. <!-- UNODC will.", "Seen.", _HIDDEN),
        ("Seen. ~~UNODC will.~~", "Seen.", _STRUCK),
        ("Seen. ~~UNODC\nwill.~~", "Seen.", _STRUCK),
        ("Seen. <del>UNODC will.</del>", "Seen.", _STRUCK),
        ("Seen. <span hidden>UNODC will.</span>", "Seen.", _HIDDEN),
        ("Seen. <p style='display:none'>UNODC will.</p>", "Seen.", _HIDDEN),
        ("<b style='color:red'>UNODC</b> will.", "UNODC will.", []),
        ("- a ~ b ~~ c\n- 1 < 2, d --> e", "- a ~ b ~~ c - 1 < 2, d --> e", []),
    ],
)
def test_what_nobody_sees_is_left_out_and_told(text: str, read: str, told: list[str]) -> None:
    found, head = read_markdown(text.encode(), "a.md")
    assert (" ".join(found.split()), head["warnings"]) == (read, told)


def test_what_is_plain_stays_as_it_stands() -> None:
    text = "# A head\n\n- **UNODC** will `do ~x~` it\n\n| a | b |\n"
    assert read_markdown(text.encode(), "a.md") == (text, {"warnings": []})


@pytest.mark.parametrize("tag", ['<p title=">" hidden>', '<p title="<" hidden>', "<p ' hidden>", "<x-y hidden>"])
def test_a_tag_ends_where_a_browser_ends_it(tag: str) -> None:
    name = tag[1:].partition(" ")[0]
    text, _ = read_markdown(f"Seen. {tag}UNODC will.</{name}>\n".encode(), "a.md")
    assert text.strip() == "Seen."


@pytest.mark.parametrize("piece", ["<p style>a ", "<del>a ", "<p ", "<p hidden", "<p hidden>a</p ", "<p <i> "])
def test_tags_that_end_nowhere_take_no_more_work_than_their_length(piece: str) -> None:
    text, head = read_markdown((piece * 50_000).encode(), "a.md")
    assert (text.count("a"), head["warnings"]) == (piece.count("a") * 50_000, [])

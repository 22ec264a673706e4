"""Blocks and sentences: lists with their lead-in, tables with their heads, wraps, quoted mails; and their places."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from store.capture.proposals.propose_commitments import propose
from store.capture.readers.source_text import SourceText
from store.capture.text_structure.blocks import NO_WORD, Block, BlockKind, blocks_of
from store.capture.text_structure.sentences import LONGEST, sentences_of
from tests.store.capture.proposals.test_propose_commitments import PARTIES, VISIT

_PIECES = st.sampled_from(
    [
        "UNODC will send the list by 5 May 2023.", "The sides agreed that:", "\n", "\n\n", "- ", "1. ", "# Follow-up",
        " | ", "\t", "agree-\nment", "**INTERPOL** agreed to", " share", "\u00ad", "\u202e", "Mr. Otto Muster",
        "РЕШИЛИ:", "МВД направит письмо.", "> quoted", "-----Original Message-----", "Present: A. Muster", "--",
        "---", "[TIP]", "\x1b[31m", "  ", "a" * 90, "😀", "End.The",
    ]
)  # fmt: skip
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=30).map("".join)


def _blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.words) for block in blocks_of(text)]


def _squashed(text: str) -> str:
    return "".join(text.split())


@given(_TEXTS)
def test_each_letter_of_a_block_stands_where_the_block_says(text: str) -> None:
    for block in blocks_of(text):
        assert len(block.at) == len(block.words)
        for letter, place in zip(block.words, block.at, strict=True):
            assert letter in (text[place], " ", "|", NO_WORD)


@given(_TEXTS)
def test_every_proposal_points_at_its_words(text: str) -> None:
    found = propose(SourceText("text", text), PARTIES, VISIT, "2023-03-01", is_every_sentence=True)
    for each in found:
        for place in each.places:
            assert 0 <= place.start < place.end <= len(text)
            assert place.paragraph >= 1
    assert [each.n for each in found] == list(range(1, len(found) + 1))


@given(_TEXTS)
def test_sentences_are_apart_and_lose_no_word(text: str) -> None:
    for block in blocks_of(text):
        spans = list(sentences_of(block.words))
        assert all(0 <= start < end <= len(block.words) and end - start <= LONGEST for start, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert _squashed("".join(block.words[slice(*span)] for span in spans)) == _squashed(block.words)


def test_an_item_knows_the_line_before_its_list() -> None:
    blocks = blocks_of("The Board agreed:\n- to meet in May\n- to send\n  the list\n\nThe end came.\n")
    assert [(each.kind, each.words, each.lead) for each in blocks] == [
        (BlockKind.PARAGRAPH, "The Board agreed:", ""),
        (BlockKind.ITEM, "to meet in May", "The Board agreed:"),
        (BlockKind.ITEM, "to send the list", "The Board agreed:"),
        (BlockKind.PARAGRAPH, "The end came.", ""),
    ]


def test_a_row_knows_its_heads() -> None:
    heads, row = blocks_of("| Action | Responsible | Deadline |\n|---|---|---|\n| Send it | UNODC | May 2023 |\n")
    assert heads.kind == BlockKind.HEADING
    assert (row.kind, row.heads) == (BlockKind.ROW, ["Action", "Responsible", "Deadline"])
    assert [_cell(row, at) for at in range(3)] == ["Send it", "UNODC", "May 2023"]


def _cell(block: Block, at: int) -> str:
    return block.words[slice(*block.cells[at])]


def test_wraps_hyphens_and_emphasis_are_gone() -> None:
    assert _blocks("The **Ministry** agreed to cir-\nculate the\nlist.\n") == [
        (BlockKind.PARAGRAPH, "The Ministry agreed to circulate the list.")
    ]


def test_what_a_mail_quotes_is_told_apart() -> None:
    kinds = [
        kind for kind, _ in _blocks("IOM will pay.\n\n> I will come.\n\n-----Original Message-----\nWe will come.\n")
    ]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.QUOTED, BlockKind.QUOTED]


def test_abbreviations_end_no_sentence() -> None:
    words = "Mr. Smith of the U.S. Embassy paid $3.5 million. МВД, т.е. ведомство в г. Ташкент, ответит.The end came."
    assert [words[slice(*span)] for span in sentences_of(words)] == [
        "Mr. Smith of the U.S. Embassy paid $3.5 million.",
        "МВД, т.е. ведомство в г. Ташкент, ответит.",
        "The end came.",
    ]


def test_front_matter_without_an_end_is_read_in_one_go() -> None:
    fields = "".join(f" a{number}: b\n" for number in range(60))
    assert blocks_of(f"---\ntitle: News\n{fields}")
    assert _blocks(f"---\ntitle: News\n{fields}---\nUNODC met.\n") == [(BlockKind.PARAGRAPH, "UNODC met.")]

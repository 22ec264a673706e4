"""What people type is text: on every place, in every menu and every message, whatever is in it."""

import json
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from textual.strip import Strip

from store.database import Database
from store.query.views import OPEN
from tests.support.app_driver import Hand, driven, story
from tests.support.fixed_day_and_user import BORIS
from tests.support.store_builders import INTERPOL, MIA, UNODC, add, beside, do, make_empty, open_store, raw, record
from tui.app.filter_completion import completed
from tui.app.forms.form import Answers, FormContext, Subject
from tui.app.forms.visit_form import edit_visit
from tui.app.widgets.form_inputs import LineInput, TextInput
from tui.app.widgets.segment_strips import harmless

MARKUP = "[TIP] [/] [b]x[/b] [@click=app.quit]q[/] [link=https://x.example]l[/link] [$primary] [/link] \\[b]"
SEQUENCES = "\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b]52;c;aGFja2Vk\x07\x9b2J\x1b]8;;http://x\x1b\\l\x1b]8;;\x1b\\"
INVISIBLE = "\u202eright to left\u2066 \u200b\u2028\ufeff zero\x00nul\x7fdel\r\nnext\tline\x08"
WIDE = "国際捜査研修所の連絡担当者 Генеральная прокуратура 👩‍👩‍👧‍👦🇺🇿 é" + "e" + "\u0301" * 30
LONG = "very long " * 20 + "x" * 200
TEXTS = {"markup": MARKUP, "sequences": SEQUENCES, "invisible": INVISIBLE, "wide": WIDE, "long": LONG}

WAYS: tuple[tuple[str, ...], ...] = (
    (), ("j",), ("enter",), ("enter", "G"), ("v",), ("t",), ("P",), ("P", "G"), ("?",), ("s",), ("b",), (":",),
    ("b", "v"), ("b", "p"), ("b", "o"), ("b", "k"), ("b", "s"), ("p",), ("6",), ("6", "enter"), ("5",), ("3",),
    ("*",), ("y",), ("/",), ("n",), ("e",), ("d",), ("c",), ("w",), ("a",), ("v", "a"), ("v", "e"), ("s", "r"),
    ("s", "i"), ("u",), ("U",), ("v", "enter"),
)  # fmt: skip
"""Keys that lead to each place, menu, form and message."""


def made(path: str, text: str) -> Database:
    """A store into which this text was typed wherever there is a field for it."""
    database = make_empty(path, who=text)
    do(database, "add_visit", text, place=text, start="2022-12-06", end="2022-12-08", hosts=[text],
       delegation=text, programme=text, donor=text, slug="visit")  # fmt: skip
    fields: dict[str, Any] = {"visit": "visit", "owner": text, "kind": text, "quote": text, "source": text}
    add(database, text, by=[text], to=[INTERPOL], due="2023-02-15", state="agreed", **fields)
    add(database, text, by=[MIA], to=[text, UNODC], state="agreed", **fields)
    add(database, text, by=[text], to=[UNODC], state="proposed", via=MIA, **fields)
    do(database, "note", 1, text)
    do(database, "mark", 2, "reported", evidence=text)
    return database


def written_by_hand(path: str, text: str, demo: bytes) -> Database:
    """A store in whose file this text was put with an editor, in the place of every other text that allows it."""
    document = json.loads(demo)
    for commitment in document["commitments"].values():
        commitment["title"] = commitment["owner"] = commitment["quote"] = text
    for visit in document["visits"].values():
        visit["title"] = visit["place"] = visit["delegation"] = text
    for party in document["parties"].values():
        party["short"] = f"{text}{party['id']}"
    for event in document["events"].values():
        event["who"] = text
        if "note" in event:
            event["note"] = text
    document["_meta"]["1"].pop("crc32", None)
    document["_meta"]["1"].pop("events_at", None)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    return open_store(path)


def assert_harmless(hand: Hand, width: int, about: object) -> None:
    """Nothing on the screen is more than text in its place."""
    assert hand.is_alive, about
    update: Any = hand.app.screen._compositor.render_update(full=True, screen_stack=hand.app._background_screens)
    for strips in update.strips:
        line = ""
        for strip in strips:
            for segment in strip:
                assert segment.control is None, about
                assert not segment.style or not segment.style.link, about
                assert not segment.style or "@click" not in segment.style.meta, about
                line += segment.text
        assert all(character.isprintable() or character in "\u200c\u200d" for character in line), (about, line)
        assert cell_len(line) <= width, (about, line)
    for sent in hand.written:
        # The clipboard, and the shape of the mouse pointer, which is Textual's own.
        assert sent.startswith("\x1b]52;c;") or sent == "\x1b]22;default\x07", (about, sent)
    assert all(text.isprintable() or "\u200d" in text for text in hand.clipboard), about


@pytest.mark.parametrize(
    ("size", "name"),
    # Small screens cut more: the longest text, and the widest characters.
    [*(((160, 45), name) for name in TEXTS), ((60, 16), "wide"), ((60, 16), "long")],
)
@story
async def test_what_was_typed_is_text_everywhere(path: str, size: tuple[int, int], name: str) -> None:
    database = made(path, TEXTS[name])
    before = raw(database)
    async with driven(database, size=size, me=[TEXTS[name]], who=TEXTS[name]) as hand:
        for way in WAYS if size[0] > 60 else WAYS[::3]:
            with open(path, "wb") as file:
                file.write(before)
            await hand.press(*way)
            assert_harmless(hand, size[0], way)
            await go_home(hand)


async def go_home(hand: Hand) -> None:
    for _ in range(5):
        if hand.in_front == "ListScreen" and hand.app.focused is hand.list.rows:
            break
        await hand.press("escape")
        if hand.in_front == "QuestionScreen":
            await hand.press("y")
    assert hand.in_front == "ListScreen"
    hand.list.select(())
    hand.list.change_list_state(view=OPEN, filter_text="", grouping="deadline", lens=None)
    await hand.press("g")


@pytest.mark.parametrize("name", TEXTS)
@story
async def test_what_was_put_into_the_file_by_hand_is_text_or_refused(path: str, demo_bytes: bytes, name: str) -> None:
    database = written_by_hand(path, TEXTS[name], demo_bytes)
    async with driven(database, me=["UNODC"], every=0.01) as hand:
        for way in WAYS[:24:2]:
            await hand.press(*way)
            assert_harmless(hand, 80, way)
            await go_home(hand)
        await hand.point_at(6)
        do(beside(database, who=BORIS), "mark", 6, "confirmed")
        await hand.until(lambda: hand.list.rows.stale_row)
        assert_harmless(hand, 80, "a row that left")


@story
async def test_markup_is_shown_as_it_was_typed(path: str) -> None:
    text = "[TIP] [/] [b]x[/b] [@click=app.quit]q[/]"
    database = made(path, text)
    async with driven(database, size=(240, 40)) as hand:
        assert sum(text in line for line in hand.lines[2:8]) >= 3, hand.screen
        await hand.press("enter")
        assert hand.screen.count(text) > 5
        await hand.pilot.click("#page", offset=(35, 0))
        await hand.settle()
        assert hand.is_alive


@pytest.mark.parametrize("name", TEXTS)
@story
async def test_news_of_others_and_rows_that_left_are_text(path: str, name: str) -> None:
    text = TEXTS[name]
    database = made(path, text)
    async with driven(database, every=0.005) as hand:
        await hand.point_at(1)
        do(beside(database, who=text), "note", 3, text)
        await hand.until(lambda: "#3" in hand.message)
        assert_harmless(hand, 80, "news")
        do(beside(database, who=text), "mark", 1, "closed", because="declined", note=text)
        await hand.until(lambda: hand.list.rows.stale_row)
        assert_harmless(hand, 80, "gone")
        await hand.press("s")
        assert_harmless(hand, 80, "why not")
        do(beside(database, who=BORIS), "edit_visit", "visit", title=f"{text} 2")
        await hand.until(lambda: "boris" in hand.message)
        assert_harmless(hand, 80, "visit")


@pytest.mark.parametrize(
    "text", [MARKUP, "[/", '"[b]', "to:[/]", "国際", "\u202e", "(", "-", "or or", "owner:" + "x" * 120]
)
@story
async def test_what_is_typed_into_the_filter_is_text(demo_store: Database, text: str) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        await hand.type(text)
        assert_harmless(hand, 80, "typed")
        await hand.press("tab", "enter")
        assert_harmless(hand, 80, "kept")
        await hand.press("j", "k", "t", "escape", "P", "escape")
        assert_harmless(hand, 80, "places")


# What an editor or another program put into fields that the program itself would have cleaned.

HOSTILE = "\x1b]52;c;AAA\x07\u202e\u200bz"
SLUG, OWNER, KIND, PARTY = f"slug{HOSTILE}", f"zed{HOSTILE}", f"kind{HOSTILE}", f"party{HOSTILE}"


@pytest.fixture
def by_hand(database: Database) -> Database:
    """The store, its visit, an owner, a kind and a party renamed with an editor."""
    document = json.loads(raw(database))
    document["visits"]["1"].update(slug=SLUG, place=f"place{HOSTILE}", hosts=[PARTY])
    for commitment in document["commitments"].values():
        commitment.update(visit=SLUG, owner=OWNER, kind=KIND, via=PARTY, quote=f"quote{HOSTILE}\rline")
    document["commitments"]["2"]["miss_reason"] = f"why{HOSTILE}"
    document["parties"]["1"]["short"] = PARTY
    document["_meta"]["1"].pop("crc32")
    document["_meta"]["1"].pop("events_at", None)
    with open(database.path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    return open_store(database.path)


@pytest.mark.parametrize(
    "typed", ["owner:ze", "visit:sl", "by:par", "to:par", "via:par", "support:par", "party:par", "kind:ki", 'owner:"ze']
)
@story
async def test_completions_of_a_filter_are_text(by_hand: Database, typed: str) -> None:
    found = completed(typed, by_hand.snapshot())
    assert found is None or found.isprintable()
    assert found is not None or typed.startswith("kind")
    async with driven(by_hand, size=(100, 24)) as hand:
        await hand.press("/", *typed)
        assert_harmless(hand, 100, typed)
        if found:
            assert f"({found[len(typed) :]})" in hand.screen
        await hand.press("tab")
        assert_harmless(hand, 100, typed)


@pytest.mark.parametrize(
    ("keys", "begin"), [(("a", "tab", "tab", "tab"), "slug"), (("a", "tab", "tab"), "party"),
                        (("e",) + ("tab",) * 5, "kind"),
                        (("e",) + ("tab",) * 6, "zed")],
)  # fmt: skip
@story
async def test_known_names_under_a_field_are_text(by_hand: Database, keys: tuple[str, ...], begin: str) -> None:
    async with driven(by_hand) as hand:
        await hand.press(*keys, "ctrl+u", *begin[:3])
        await hand.until(lambda: any(entry.startswith(f"{begin}\\x1b]52") for entry in hand.entries))
        assert_harmless(hand, 80, keys)
        await hand.press("enter")
        assert_harmless(hand, 80, keys)
        assert any(f"{begin}\\x1b]52" in field.value for field in hand.app.screen.query(LineInput))


@pytest.mark.parametrize("keys", [("e",), ("a",), ("v", "a"), ("v", "e"), ("w",), ("d",), ("s", "r"), ("c",)])
@story
async def test_values_in_forms_are_text(by_hand: Database, keys: tuple[str, ...]) -> None:
    async with driven(by_hand) as hand:
        await hand.press(*keys)
        assert_harmless(hand, 80, keys)
        for field in hand.app.screen.query(LineInput):
            assert field.value.isprintable(), field.value
        for text in hand.app.screen.query(TextInput):
            assert all(line.isprintable() for line in text.text.split("\n")), text.text


@story
async def test_what_was_only_made_visible_is_not_sent(by_hand: Database) -> None:
    before = by_hand.snapshot().row(2).commitment
    async with driven(by_hand) as hand:
        await hand.point_at(2)
        await hand.press("e", "ctrl+s")
        assert hand.message == "#2: nothing was changed"
        await hand.press("e", "end", *" now", "ctrl+s")
        assert hand.message == "#2 changed: title"
        await hand.press("w", "ctrl+s")
        assert hand.message == "#2 has that reason already"
        await hand.press("v", "e", "end", *" two", "ctrl+s")
        await hand.until(lambda: "changed" in hand.message and "visit" in hand.message)
    after = record(by_hand, 2)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed - {"revision", "updated"} == {"title"}
    visit = by_hand.snapshot().visits[SLUG]
    assert (visit["title"], visit["place"], visit["hosts"]) == ("Study visit two", f"place{HOSTILE}", [PARTY])


@story
async def test_a_commitment_is_added_to_a_visit_with_such_a_name(by_hand: Database) -> None:
    async with driven(by_hand) as hand:
        await hand.press("a", *"New", "tab", *"UNODC", "tab", *"INTERPOL", "ctrl+s")
        await hand.until(lambda: hand.message.startswith("#5 added"))
    assert record(by_hand, 5)["visit"] == SLUG


def test_the_form_of_a_visit_has_nothing_but_text_in_it(by_hand: Database) -> None:
    snapshot = by_hand.snapshot()
    sheet = edit_visit(FormContext(snapshot, OWNER), Subject(visit=SLUG))
    assert all(question.value.isprintable() for question in sheet.questions)
    assert Answers(sheet.questions, {}).changed == {}


@pytest.mark.parametrize("text", TEXTS.values())
def test_the_last_guard_leaves_only_text_of_the_same_width(text: str) -> None:
    segments = [Segment("ok "), Segment(text), Segment("\x1b[2J", None, [(ControlType.CLEAR,)]), Segment(text)]
    strip = harmless(Strip(segments).adjust_cell_length(70))
    assert strip.cell_length == 70 == cell_len(strip.text)
    assert all(segment.control is None for segment in strip)
    assert all(character.isprintable() or character in "\u200c\u200d" for character in strip.text)


def test_the_last_guard_leaves_harmless_strips_alone() -> None:
    strip = Strip([Segment("words"), Segment(" Слова")])
    assert harmless(strip) is strip


@story
async def test_whatever_stands_in_a_field_is_drawn_as_text(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a")
        for field in hand.app.screen.query(LineInput):
            field.value = HOSTILE
        for text in hand.app.screen.query(TextInput):
            text.load_text(HOSTILE)
        await hand.settle()
        assert_harmless(hand, 80, "fields")
        assert "\\x1b]52;c;AAA" in hand.screen

"""The catalogues: whole, compiled as they stand, with the places and forms of the texts, read as gettext reads them."""

import gettext
import io
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import store
import tui
from store.sanitise_text import visible_lines
from store.translation import plural, speak, tr, tr_in
from store.translation_catalogue_and_plurals import languages, load_catalogue
from tests.support.message_extractor import KEYWORDS

FOLDERS = [Path(package.__file__ or "").parent for package in (store, tui)]
PATTERNS_OF_DAYS = {
    "{day} {month}": {"day", "month", "number"},
    "{month} {year}": {"month", "number", "year"},
    "{first}-{last} {month}": {"first", "last", "month", "number"},
    "{day} {month} {year}": {"day", "month", "number", "year"},
    "{first}-{last} {month} {year}": {"first", "last", "month", "number", "year"},
}
"""The texts in which a language chooses among the fields that it is given."""

EXTRACTED = [("**.py", "tests.support.message_extractor:extract")]

OTHERS = [language for language in languages() if language != "en"]

pytestmark = pytest.mark.parametrize("language", OTHERS)


def folder(language: str) -> Path:
    return FOLDERS[0] / "locale" / language / "LC_MESSAGES"


def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO((folder(language) / "followup.po").read_bytes()), locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def key(message: Message) -> tuple[object, object]:
    return message.context, message.id


def forms_of(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A message of a catalogue as the forms of its plural, or as one."""
    return [text] if isinstance(text, str) else list(text or ())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_compiled_catalogue_says_what_the_text_says(language: str) -> None:
    """By its messages: the header of a compiled catalogue tells the version of the Babel that wrote it."""
    fresh = io.BytesIO()
    write_mo(fresh, catalogue(language))
    fresh.seek(0)
    with (folder(language) / "followup.mo").open("rb") as file:
        kept = read_mo(file)
    told, written = ([(*key(each), each.string) for each in one if each.id] for one in (kept, read_mo(fresh)))
    assert told == written, "run: make catalogue"
    assert kept.plural_forms == catalogue(language).plural_forms, "run: make catalogue"


def test_every_text_of_the_code_is_translated_and_no_other(language: str) -> None:
    found = (each for place in FOLDERS for each in extract_from_dir(place, EXTRACTED, keywords=KEYWORDS))
    of_code = dict.fromkeys((context, message) for _, _, message, _, context in found)
    # In the order of the code as well: else the next change of words would bring along what it is not about.
    assert list(map(key, messages(language))) == list(of_code), "run: make catalogue"
    assert not catalogue(language).obsolete
    count = catalogue(language).num_plurals
    for message in messages(language):
        forms = forms_of(message.string)
        assert len(forms) == (count if message.pluralizable else 1), f"a form is missing: {message.id}"
        assert all(forms), f"not translated: {message.id}"
        assert not message.fuzzy, message.id


def test_translations_have_the_places_of_the_text(language: str) -> None:
    for message in messages(language):
        ids = forms_of(message.id)
        for form in forms_of(message.string):
            if ids[0] in PATTERNS_OF_DAYS:
                assert fields(form) <= PATTERNS_OF_DAYS[ids[0]]
            else:
                assert fields(form) == fields(ids[-1]), message.id


def test_a_translation_shows_on_a_line_as_it_stands(language: str) -> None:
    """A blank that does not break, say, would be printed as its escape: papers put theirs in themselves."""
    forms = [form for message in messages(language) for form in forms_of(message.string)]
    assert [form for form in forms if visible_lines(form) != form.split("\n")] == []


def test_it_is_read_as_the_standard_library_reads_it(language: str) -> None:
    ours = load_catalogue(language)
    assert ours is not None
    with (folder(language) / "followup.mo").open("rb") as file:
        theirs = gettext.GNUTranslations(file)
    for message in messages(language):
        text = message.id
        if isinstance(text, str):
            told = theirs.pgettext(message.context, text) if message.context else theirs.gettext(text)
            assert ours.text(text, message.context or "") == told
        else:
            one, many = text
            for number in (0, 1, 2, 5, 11, 21, 22, 112):
                assert ours.plural(one, many, number) == theirs.ngettext(one, many, number)


def test_what_is_not_translated_stays_english(language: str) -> None:
    speak(load_catalogue(language))
    try:
        assert tr("no such {thing}", thing="text") == "no such text"
        assert tr_in("nowhere", "today") == "today"
        assert (tr(""), tr_in("when", "")) == ("", "")
        assert [plural("{n} thing", "{n} things", number) for number in (1, 2, 5)] == [
            "1 thing",
            "2 things",
            "5 things",
        ]
    finally:
        speak(None)


def test_a_label_leaves_a_blank_before_its_field(language: str) -> None:
    from tui.app.widgets.form_field import LABEL_WIDTH
    from tui.render.widths import width_of

    labels = [form for each in messages(language) if each.context == "label" for form in forms_of(each.string)]
    assert labels
    assert [label for label in labels if width_of(label) + 2 > LABEL_WIDTH] == []

"""The languages of the papers: the catalogues are whole, compiled as they stand, and right in Russian."""

import io
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import store.formats
import store.model
import store.reports
from store.errors import UsageError
from store.reports.wording import languages, load_words

REPORTS = Path(store.reports.__file__).parent
KEYWORDS = {"say": None, "phrase": None, "plural": (1, 2), "CommitmentColumn": (2,)}
PATTERNS_OF_DAYS = {
    "{day} {month} {year}": {"day", "month", "number", "year"},
    "{first}-{last} {month} {year}": {"first", "last", "month", "number", "year"},
}
"""The texts in which a language chooses among the fields that `Words` gives them."""

OTHERS = [language for language in languages() if language != "en"]


def folder(language: str) -> Path:
    return REPORTS / "locale" / language / "LC_MESSAGES"


def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO((folder(language) / "followup.po").read_bytes()), locale=language)


def messages_of_the_code() -> set[object]:
    folders = (REPORTS, Path(store.model.__file__).parent, Path(store.formats.__file__).parent)
    found = (each for folder in folders for each in extract_from_dir(folder, keywords=KEYWORDS))
    return {message for _, _, message, _, _ in found}


def messages_of(compiled: Catalog) -> list[tuple[object, object]]:
    return [(message.id, message.string) for message in compiled if message.id]


def forms_of(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A message of a catalogue as the forms of its plural, or as one."""
    return [text] if isinstance(text, str) else list(text or ())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_russian_is_there() -> None:
    assert languages()[0] == "en"
    assert "ru" in languages()


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_says_what_the_text_says(language: str) -> None:
    """By its messages: the header of a compiled catalogue tells the version of the Babel that wrote it."""
    fresh = io.BytesIO()
    write_mo(fresh, catalogue(language))
    fresh.seek(0)
    with (folder(language) / "followup.mo").open("rb") as file:
        kept = read_mo(file)
    assert messages_of(kept) == messages_of(read_mo(fresh)), "run: make catalogue"
    assert kept.plural_forms == catalogue(language).plural_forms, "run: make catalogue"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_code_is_translated_and_no_other(language: str) -> None:
    messages = [message for message in catalogue(language) if message.id]
    assert {message.id for message in messages} == messages_of_the_code(), "run: make catalogue"
    for message in messages:
        forms = forms_of(message.string)
        assert forms, f"not translated: {message.id}"
        assert all(forms), f"not translated: {message.id}"
        assert not message.fuzzy


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_places_of_the_text(language: str) -> None:
    for message in catalogue(language):
        ids = forms_of(message.id)
        for form in forms_of(message.string):
            if ids[0] in PATTERNS_OF_DAYS:
                assert fields(form) <= PATTERNS_OF_DAYS[ids[0]]
            else:
                assert fields(form) == fields(ids[-1]), message.id


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "без новостей 1 день"),
        (2, "без новостей 2 дня"),
        (5, "без новостей 5 дней"),
        (11, "без новостей 11 дней"),
        (21, "без новостей 21 день"),
        (22, "без новостей 22 дня"),
        (112, "без новостей 112 дней"),
    ],
)
def test_russian_plurals(number: int, expected: str) -> None:
    assert load_words("ru").plural("silent for {n} day", "silent for {n} days", number) == expected


def test_english_plurals() -> None:
    words = load_words("en")
    phrases = [words.plural("silent for {n} day", "silent for {n} days", number) for number in (1, 2, 21)]
    assert phrases == ["silent for 1 day", "silent for 2 days", "silent for 21 days"]


def test_days_of_both_languages() -> None:
    english, russian = load_words("en"), load_words("ru")
    assert (english.day("2023-01-06"), russian.day("2023-01-06")) == ("6 Jan 2023", "06.01.2023")
    assert english.period("2022-12-06", "2022-12-08") == "6-8 Dec 2022"
    assert russian.period("2022-12-06", "2022-12-08") == "06–08.12.2022"
    assert english.period("2022-11-30", "2022-12-02") == "30 Nov 2022 - 2 Dec 2022"
    assert russian.period("2022-11-30", "2022-12-02") == "30.11.2022 – 02.12.2022"
    assert english.period("2022-12-06", "2022-12-06") == "6 Dec 2022"
    assert [russian.month(f"2023-{number:02}-01") for number in (1, 5, 12)] == ["янв", "май", "дек"]


@pytest.mark.parametrize("typed", ["fr", "", "RU", "../ru", "ru/LC_MESSAGES", "en\x1b"])
def test_an_unknown_language_is_refused_with_those_there_are(typed: str) -> None:
    with pytest.raises(UsageError) as refused:
        load_words(typed)
    assert refused.value.field == "language"
    assert all(language in str(refused.value) for language in languages())
    assert str(refused.value).isprintable()


def test_what_people_typed_is_no_pattern() -> None:
    assert load_words("en").say("reason: {reason}", reason="{0} {reason} %s") == "reason: {0} {reason} %s"

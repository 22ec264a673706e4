"""A refused line is answered in Russian with the lines to type of English, and no word of English around them."""

import re
import shlex
from collections.abc import Iterable

import pytest

from store.errors import UsageError
from store.model.vocabulary_and_signs import CLOSING_REASONS, OUTCOMES, STATE_WORDS
from store.query.meaning_of_fields_and_words import FIELDS, WORDS
from store.translation import speak, tr
from store.translation_catalogue_and_plurals import load_catalogue
from tests.tui.cli.conftest import RunOnDemo
from tests.tui.cli.test_first_guesses import _READING_COMMANDS, BOTH_PROPOSED, SAYS, TYPED_THEN, WITH_HOSTILE
from tui.cli.arguments import parse_command_line
from tui.cli.command_aliases import ALIASES
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.refused_lines.command_synonyms import GROUPS, INSTEAD, OPTION_ELSEWHERE, SEEN_WITH

_STORE = ("--store", "other.json", "--today", "2024-01-01")

LINES = [
    *(shlex.split(typed) for typed, _ in (*SAYS, *TYPED_THEN, *BOTH_PROPOSED)),
    *([*shlex.split(typed), *_STORE] for typed, _ in SAYS),
    *([word] for word in _READING_COMMANDS.split()),
    *(template.split() for template in WITH_HOSTILE.splitlines()),
]


def _answers(typed: list[str]) -> tuple[str, str]:
    """What a line is refused with, in English and in Russian; empty where it is understood."""
    said = []
    for catalogue in (None, load_catalogue("ru")):
        speak(catalogue)
        try:
            parse_command_line(typed)
        except UsageError as refused:
            said.append(refused.sentence)
        else:
            said.append("")
        finally:
            speak(None)
    return said[0], said[1]


_SUBJECT = (
    r"followup (?:(?:visit|party) )?[a-z]+ (?:takes (?:only|no)|has no|needs|only)\b|followup has no|followup alone"
)
"""Beginnings of English sentences that are about a command, and no line to type."""


def _lines_in(answer: str) -> tuple[list[str], list[str]]:
    """The commands and the options of the lines to type, in any order."""
    lines = re.sub(_SUBJECT, "", answer)
    commands = re.findall(r"followup ((?:(?:visit|party|owner) (?=[a-z]))?(?:[a-z-]+|COMMAND))", lines)
    return sorted(commands), sorted(re.findall(r"(?<![\w-])--[a-z-]+", answer))


_KNOWN = {**COMMANDS, **ALIASES}
_EXAMPLES = " ".join(example for command in _KNOWN.values() for example in command.examples)
_OF_LINES = {
    *(word for name in _KNOWN for word in name.split()),
    *(option.name.lstrip("-") for command in _KNOWN.values() for option in (*command.options, *GLOBAL_OPTIONS)),
    *(choice for command in _KNOWN.values() for option in command.options for choice in option.choices),
    *re.findall(r"[A-Za-z]+", _EXAMPLES),
    *(*FIELDS, *WORDS, *STATE_WORDS, *CLOSING_REASONS, *OUTCOMES, "or"),
    *("lyon", "vienna", "tashkent", "mistyped", "not", "updated", "ground", "light", "version"),
}
"""Words of a line to type: commands, options, choices, words of queries and settings, and the words of the examples."""


def _words_of_english(answer: str, typed: list[str]) -> list[str]:
    """Words in Latin letters that belong to no line to type and were not typed."""
    of_typed = re.findall(r"[A-Za-z]+", " ".join(typed))
    words = re.findall(r"[A-Za-z](?:[A-Za-z-]*[A-Za-z])", answer)
    return [
        word
        for word in words
        if not word.isupper() and not {word, word.lower()} & _OF_LINES and not set(word.split("-")) <= {*of_typed}
    ]


@pytest.mark.parametrize("typed", LINES, ids=" ".join)
def test_a_refusal_proposes_the_lines_of_english_and_says_the_rest_in_russian(typed: list[str]) -> None:
    english, russian = _answers(typed)
    assert _lines_in(russian) == _lines_in(english)
    assert _words_of_english(russian, typed) == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("complete 3", "команды «complete» нет: followup done 3 — отметить выполнение"),
        (
            "3 postpone friday",
            "в команде show лишнее слово «postpone»; она принимает только НОМЕР: followup due 3 friday",
        ),
        ("postpone 3 to Friday", "--reason ТЕКСТ (причина; для несогласованного срока она не нужна)"),
        ("postpone 3 to Friday --reason 'he is away'", 'followup due 3 Friday --reason "he is away"'),
        (
            "close 5 --reason ill",
            "имелось в виду «--note»? Строка целиком: followup close 5 --note ill --because dropped",
        ),
        ("delete 3 --force", "у команды delete нет параметра «--force»; без --force: "),
        ("lst", "команды «lst» нет; возможно, имелось в виду «list»?"),
        ("party удалить 'ГКНБ КР'", 'followup party remove "ГКНБ КР"'),
        ("visit удалить lyon-2026", "followup visit remove lyon-2026"),
        ("owner --help", "followup edit НОМЕР --owner ИМЯ"),
        ("owner --help", "followup owner rename ПРЕЖНЕЕ НОВОЕ"),
        ("done 10 --because отказ", "followup close 10 --because отказ"),
        ("add Справка --by ГКНБ КР --to Интерпол", "слово «КР» не вошло в НАЗВАНИЕ: followup add Справка"),
        ("add", "команде add требуется НАЗВАНИЕ, например: followup add Выдвинуть сотрудников"),
    ],
)
def test_what_is_typed_and_how_russian_answers(typed: str, answer: str) -> None:
    assert answer in _answers(shlex.split(typed))[1]


RUSSIAN = {"FOLLOWUP_LANG": "ru"}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("reopen 2", "2 не завершено (состояние «предложено»), возобновление не требуется: followup show 2"),
        ("delay 2 '3 weeks'", "команды «delay» нет: followup due 2 "),
        ("report Nowhere", "донора, визита или стороны с таким названием нет: followup report"),
        ("party add INTERPOL", "сторона «INTERPOL» уже есть: followup list сторона:INTERPOL — её обязательства"),
        (
            "new visit Lyon",
            "команды «new» нет: followup visit add Lyon --place Lyon --from сегодня (для --from допускается",
        ),
        ("config view xyz", "списка «xyz» нет; есть списки: Сейчас, "),
        (
            "mark 11 agreed",
            "11: сообщено о выполнении; при переходе в состояние «согласовано» эти сведения будут сняты",
        ),
        ("edit 2 --by нет", "«нет» — не сторона"),
        ("init postgresql://localhost:1/x", "недоступен: в соединении отказано"),
        ("done 1-", "для НОМЕР нужно целое число не меньше 1; указано «1-»"),
        (
            "due 10 10 декабря в 15:00 --reason совещание",
            '--reason совещание 10 декабря --words "10 декабря в 15:00"',
        ),
        ("due 10 10 декабря 18:00", 'followup due 10 10 декабря --words "10 декабря 18:00"'),
        (
            "visit add 'Визит в Ош' --place Ош --from 01.12.2026 --slug мой визит",
            'followup visit add "Визит в Ош" --place Ош --from 01.12.2026 --slug мой-визит',
        ),
        (
            "add Отчёт --visit tashkent-2026 --by МВД --to Интерпол --due 1.1.2027 --every месяц --until 31.12.2040",
            "с 01.01.2027 по 31.12.2040, периодичность — раз в месяц: будет внесено 168 обязательств; верно ли",
        ),
        (
            "add Отчёт --visit tashkent-2026 --by МВД --to Интерпол --due 1.1.2027 --every месяц --until 1.1.2020",
            "первая дата 01.01.2027 позже, чем --until 01.01.2020",
        ),
        ("--lang fr status", "языка «fr» нет, есть: en, ru, auto"),
        ("найти письмо 14/391", 'команды «найти» нет: followup find "письмо 14/391" — поиск по словам'),
        ("статус", "followup status — сводка"),
        ("list agreed", "поиск по словам результатов не дал; followup list state:agreed — найдено: "),
    ],
)
def test_what_the_store_tells_is_said_in_russian(on_demo: RunOnDemo, typed: str, answer: str) -> None:
    assert answer in on_demo(*shlex.split(typed), env=RUSSIAN).err


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("список", "followup list --all"),
        ("помощь", "followup help"),
        ("выполнено 3 вчера", "followup done 3 --on вчера"),
        ("3 выполнено", "followup mark 3 выполнено"),
        ("продлить 3 до пятницы", "followup due 3 до пятницы --reason TEXT"),
        ("удалить 3", "followup remove 3 --reason TEXT"),
        (
            "добавить визит в Лион с 17 по 19 ноября",
            'followup visit add "визит в Лион" --place Лион --from 17 ноября --to 19 ноября',
        ),
        ("новое обязательство Направить список", "followup add Направить список --visit SLUG"),
    ],
)
def test_the_first_guess_of_who_writes_russian_is_answered_in_either_language(typed: str, line: str) -> None:
    in_russian = line.replace("SLUG", "ВИЗИТ").replace("TEXT", "ТЕКСТ").replace("ID", "НОМЕР")
    english, russian = _answers(shlex.split(typed))
    assert line in english
    assert in_russian in russian


def test_every_sentence_of_the_tables_is_translated() -> None:
    """The tables of synonyms are words that people type, so no check of literals looks at them."""
    tables: tuple[Iterable[str], ...] = (
        INSTEAD.values(),
        SEEN_WITH.values(),
        GROUPS.values(),
        OPTION_ELSEWHERE.values(),
    )
    speak(load_catalogue("ru"))
    try:
        same = {sentence for table in tables for sentence in table if tr(sentence) == sentence}
    finally:
        speak(None)
    assert same == {"followup --version", "followup due {id} {date}{reason}"}

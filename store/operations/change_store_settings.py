"""Change the settings of a store, which are shared by all its users."""

from __future__ import annotations

from store.errors import UsageError
from store.sanitise_text import clean_line
from store.translation import tr
from store.words_for_none import says_none

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.transaction import Transaction


def validate_timezone(name: str) -> str:
    """Validate the name of a time zone. Returns it. Raises: UsageError for one that this machine does not know."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        sentence = tr('"{name}" is not a time zone this machine knows: write it as Asia/Tashkent', name=name)
        raise UsageError(sentence, code="setting.timezone-unknown", field="timezone") from None
    return name


def validate_language(name: str) -> str:
    """Validate the name of a language. Returns it. Raises: UsageError for an unknown one."""
    from store.translation_catalogue_and_plurals import AUTO, languages

    known = (*languages(), AUTO)
    if name not in known:
        sentence = tr('"{name}" is not a language of the program: it has {known}', name=name, known=", ".join(known))
        raise UsageError(sentence, code="setting.language-unknown", field="lang")
    return name


def parse_days(text: str) -> int:
    """Parse a number of days from 1 to 3650. Raises: UsageError."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= 3650):
        sentence = tr('"{text}" is not a number of days from 1 to 3650', text=text)
        raise UsageError(sentence, code="setting.days-out-of-range", field="silent_after")
    return int(text)


def change_settings(
    tx: Transaction,
    *,
    timezone: str | None = None,
    lang: str | None = None,
    silent_after: str | None = None,
    office: str | None = None,
    programme: str | None = None,
    grant: str | None = None,
    contact: str | None = None,
) -> bool:
    """Set the time zone, the language, the days after which a commitment is silent, or a text of a report.

    `none` removes it. Returns whether anything changed. Raises: UsageError.
    """
    changes: dict[str, object] = {}
    if timezone is not None:
        changes["timezone"] = None if timezone == "machine" or says_none(timezone) else validate_timezone(timezone)
    if lang is not None:
        changes["lang"] = None if says_none(lang) else validate_language(lang)
    if silent_after is not None:
        changes["silent_after"] = None if says_none(silent_after) else parse_days(silent_after)
    texts = {"office": office, "programme": programme, "grant": grant, "contact": contact}
    changes |= {name: _line(text) for name, text in texts.items() if text is not None}
    return tx.write_settings(changes)


def _line(text: str) -> str | None:
    line = clean_line(text)
    return None if not line or says_none(line) else line

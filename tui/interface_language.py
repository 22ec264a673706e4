"""The language in which the program speaks: `--lang`, `FOLLOWUP_LANG`, the setting `lang`, else English.

The setting is looked for in the user's own file, the machine's, and the store, in this order. `auto` is the language of
the locale, where there is a translation. Without any of these the program is English, whatever the locale: scripts and
documents that show what it prints stay right.
"""

from __future__ import annotations

import os
import sys

from store.errors import FollowUpError, UsageError
from store.translation import ENGLISH, speak, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VARIABLE = "FOLLOWUP_LANG"
"""The variable that sets the language."""

_is_chosen = False


def speak_as_asked(option: str | None, environment: Mapping[str, str]) -> None:
    """Set the language of this run; `option` is the value of --lang. Raises: UsageError for an unknown one."""
    global _is_chosen
    speak(None)
    typed = option if option is not None else environment.get(VARIABLE) or None
    asked = typed if typed is not None else _setting(environment)
    _is_chosen = asked is not None
    if asked is not None and asked != ENGLISH:
        _speak(asked, environment, is_refused=typed is not None)


def heed_store(settings: Mapping[str, object], environment: Mapping[str, str] = os.environ) -> None:
    """Use the language that a store sets for all users, unless a nearer setting does."""
    asked = settings.get("lang")
    if not _is_chosen and isinstance(asked, str) and asked != ENGLISH:
        _speak(asked, environment, is_refused=False)


def _speak(asked: str, environment: Mapping[str, str], *, is_refused: bool) -> None:
    """Load and set a language; an unknown one is refused, or stays English. Raises: UsageError."""
    from store.translation_catalogue_and_plurals import AUTO, languages, load_catalogue

    known = languages()
    if asked == AUTO:
        asked = _language_of_locale(environment)
        is_refused = False
    if asked in known:
        speak(load_catalogue(asked))
        _refuse_escapes(asked)
    elif is_refused:
        from store.nearest_word import did_you_mean
        from store.sanitise_text import visible

        _speak_otherwise(environment, known)
        sentence = tr(
            'there is no language "{name}", only {languages}', name=visible(asked), languages=", ".join((*known, AUTO))
        )
        sentence += did_you_mean(asked, known)
        raise UsageError(sentence, code="language.unknown")


def _speak_otherwise(environment: Mapping[str, str], known: Iterable[str]) -> None:
    """Use the configured language for the refusal of an unknown --lang."""
    from store.translation_catalogue_and_plurals import load_catalogue

    nearest = environment.get(VARIABLE) or _setting(environment) or ""
    if nearest in known:
        speak(load_catalogue(nearest))


def _refuse_escapes(asked: str) -> None:
    """Fall back to English where the terminal's encoding lacks the letters of the language, with a message."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if encoding.lower().startswith("utf"):
        return
    from store.model.months_and_weekdays import WEEKDAY_NAMES

    try:
        tr(WEEKDAY_NAMES[0]).encode(encoding)
    except UnicodeEncodeError:
        from tui.stderr import say

        speak(None)
        say(
            tr(
                "this terminal takes {encoding}, which has no letters for the language {language}: English is spoken",
                encoding=encoding,
                language=asked,
            )
        )
    except LookupError:
        return


def _language_of_locale(environment: Mapping[str, str]) -> str:
    """`ru` for the locale `ru_RU.UTF-8`, by the variables that POSIX names for messages."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in names if name), "").partition(".")[0].partition("_")[0]


def _setting(environment: Mapping[str, str]) -> str | None:
    """The setting of the user or the machine, None where there is none."""
    from store.paths import SYSTEM_CONFIG, user_config

    # Every command asks, and to load what reads settings takes a third of a bare start.
    if not any(_mentions(path) for path in (user_config(environment), SYSTEM_CONFIG)):
        return None
    from store.config import load

    try:
        return load(environment).lang
    except FollowUpError:
        return None  # Whoever needs a setting refuses the file.


_MOST_OF_SETTINGS = 1 << 16
"""Bytes of a file of settings that are looked through: a larger one is read by what reads settings, with its limits."""


def _mentions(path: str) -> bool:
    """Whether a file of settings may contain this one."""
    try:
        # Not blocking, or a pipe of this name would be waited for; never to the end of a device, which has none.
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            begin = os.read(file, _MOST_OF_SETTINGS)
        finally:
            os.close(file)
    except OSError:
        return False
    return b"lang" in begin or len(begin) == _MOST_OF_SETTINGS

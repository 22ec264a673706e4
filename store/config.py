"""The settings of a person and of a machine: which store, and who `me` is.

Read from the user's own file and from /etc, never from the current or the store's folder, and nothing in them is
ever run. What holds for everybody who opens a store (`silent-after`, `timezone`) stands in the store itself.
"""

import os

from store.errors import StoreUnusable, UsageError
from store.paths import SYSTEM_CONFIG, user_config
from store.text import did_you_mean, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = {
    "store": "the path of the store that is opened when none is named",
    "me": "the names, parties or owners, that are mine: what `me` and `mine` mean in a query",
}
"""Key of a config file -> what it is for."""

SHARED_KEYS = {
    "silent-after": "days without news after which a commitment is silent",
    "timezone": "the time zone whose calendar day is today",
}
"""Key of the settings in a store -> what it is for."""


class Config:
    """The settings of both files, the user's own before the machine's."""

    def __init__(self, values: "Mapping[str, object]", sources: "Mapping[str, str]") -> None:
        self._values = values
        self._sources = sources

    @property
    def store(self) -> str | None:
        """The path of the store, as written."""
        value = self._values.get("store")
        return value if isinstance(value, str) else None

    @property
    def me(self) -> list[str]:
        """The names that are mine; empty when none are set."""
        value = self._values.get("me", [])
        return [str(name) for name in value] if isinstance(value, list) else []

    def source_of(self, key: str) -> str | None:
        """The file that a setting came from; None when it is not set."""
        return self._sources.get(key)


def load(environment: "Mapping[str, str]", system_path: str = SYSTEM_CONFIG) -> Config:
    """The settings in force. Raises: UsageError for a file that is not understood, StoreUnusable for one that
    cannot be read."""
    values: dict[str, object] = {}
    sources: dict[str, str] = {}
    for path in (system_path, user_config(environment)):
        for key, value in _read(path).items():
            values[key], sources[key] = value, path
    return Config(values, sources)


def _read(path: str) -> "dict[str, object]":
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be read: {error.strerror}") from None
    import tomllib

    try:
        values = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}") from None
    for key, value in values.items():
        check(key, value, path)
    return values


def check(key: str, value: object, path: str) -> None:
    """Raises: UsageError for a key that is not known, or a value of the wrong kind."""
    if key in SHARED_KEYS:
        raise UsageError(f"{path}: {key} is set in the store, for all: followup config {key} VALUE --shared")
    if key not in KEYS:
        hint = did_you_mean(key, list(KEYS)) or f"; the keys are {', '.join(KEYS)}"
        raise UsageError(f'{path}: unknown key "{visible(key)}"{hint}')
    if key == "store" and not (isinstance(value, str) and value[:1] in ("/", "~") and value.isprintable()):
        raise UsageError(f"{path}: store is a path in quotes, whole from / or ~")
    if key == "me" and not (isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value)):
        raise UsageError(f'{path}: me is a list of names, as ["asel", "UNODC"]')


def save(environment: "Mapping[str, str]", key: str, value: "str | list[str] | None") -> str:
    """Set a key in the user's own file, or take it out (None), leaving all else in it as it is.

    Returns the file's path. Raises: UsageError, StoreUnusable.
    """
    import tomlkit

    path = user_config(environment)
    _read(path)
    if value is not None:
        check(key, value, path)
    try:
        with open(path, encoding="utf-8") as file:
            document = tomlkit.parse(file.read())
    except FileNotFoundError:
        document = tomlkit.document()
    if value is None:
        document.pop(key, None)
    else:
        document[key] = value
    _replace(path, tomlkit.dumps(document))
    return path


def _replace(path: str, text: str) -> None:
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, os.path.realpath(path))
    except OSError as error:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise StoreUnusable(f"{path} cannot be written: {error.strerror}") from None

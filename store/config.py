"""Reads and writes the configuration of a user and of the machine: the store, who `me` is, and more.

They are read from the user's own folder and from /etc, never from the current folder or the store's, and nothing in
them is executed. The settings shared by all users of a store (`silent-after`, `timezone`) are in the store itself;
`store.operations.change_settings` checks those. The variables `FOLLOWUP_STORE`, `FOLLOWUP_TODAY` and others are read by
`tui.session`.
"""

from __future__ import annotations

import errno
import os
import stat

from store import paths
from store.errors import FollowUpError, StoreUnusable, UsageError, unreadable, unwritable
from store.foreign_files.limits import LEAST_MEMORY, MEMORY, MOST_MEMORY
from store.model.vocabulary_and_signs import Ground
from store.nearest_word import did_you_mean
from store.open_folder import open_own_folder, resolved
from store.paths import user_config
from store.sanitise_text import visible
from store.server_name import is_server_name, refuse_password
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = {
    "store": phrase("the path of the store that is opened when none is named"),
    "me": phrase("the names, parties or owners, that are mine: what `me` and `mine` mean in a query"),
    "view": phrase("the view that the app opens on, by its name"),
    "lang": phrase("the language in which the program speaks: en, ru, or auto for the locale's"),
    "ground": phrase("the ground of my terminal, dark or light: which colours are used"),
    "import-memory": phrase("the megabytes of memory that reading a list of another program may take"),
    **dict.fromkeys(("view-7", "view-8", "view-9"), phrase("a view of my own on this digit: its name and its query")),
}
"""Key of a configuration file -> its meaning."""

LONGEST_VIEW_NAME = 24
"""Characters that the name of a view may have: it stands beside the others in a line."""

MACHINE_KEYS = {"audit": phrase("where each change leaves a line that members cannot rewrite")}
"""Key of the machine's configuration file alone -> its meaning."""

AUDITS = ("syslog",)
"""The values of `audit`: the system's log."""

SHARED_KEYS = {
    "silent-after": phrase("days without news after which a commitment is silent"),
    "timezone": phrase("the time zone whose calendar day is today"),
    "lang": phrase("the language of those who set none for themselves"),
    "office": phrase("the office that reports, as it stands on its report"),
    "programme": phrase("the programme of visits that have none of their own"),
    "grant": phrase("the number of the grant, as it stands on a report"),
    "contact": phrase("whom a reader of a report may ask"),
}
"""Key of the settings in a store -> its meaning; `lang` can be set in the files as well, which come before it."""


class Config:
    """The settings of both files; the user's override the machine's."""

    def __init__(self, values: Mapping[str, object], sources: Mapping[str, str]) -> None:
        self._values = values
        self._sources = sources

    @property
    def store(self) -> str | None:
        """The path of the store, as written."""
        value = self._values.get("store")
        return value if isinstance(value, str) else None

    @property
    def me(self) -> list[str]:
        """The names for `me`; empty when unset."""
        value = self._values.get("me", [])
        return [str(name) for name in value] if isinstance(value, list) else []

    @property
    def audit(self) -> str | None:
        """Where each change leaves a line that the members cannot rewrite; None: nowhere."""
        value = self._values.get("audit")
        return value if isinstance(value, str) else None

    @property
    def view(self) -> str | None:
        """The name of the view that the app opens on, as written; None when unset."""
        value = self._values.get("view")
        return value if isinstance(value, str) else None

    @property
    def lang(self) -> str | None:
        """The language in which the program speaks, or `auto`; None when unset."""
        value = self._values.get("lang")
        return value if isinstance(value, str) else None

    @property
    def ground(self) -> str | None:
        """Whether the ground of the terminal is dark or light; None when unset."""
        value = self._values.get("ground")
        return value if isinstance(value, str) else None

    @property
    def import_memory(self) -> int:
        """The megabytes of memory that reading a file of others may take."""
        value = self._values.get("import-memory")
        return value if isinstance(value, int) else MEMORY

    @property
    def saved_views(self) -> dict[str, tuple[str, str]]:
        """The views of one's own: digit -> name and query."""
        texts = {
            key[-1]: text for key in KEYS if key[:-1] == "view-" and isinstance(text := self._values.get(key), str)
        }
        return {digit: name_and_query(text) for digit, text in texts.items()}

    def source_of(self, key: str) -> str | None:
        """The path of the file that set a key; None when it is unset."""
        return self._sources.get(key)


def load(environment: Mapping[str, str], system_path: str | None = None) -> Config:
    """Read both configuration files; `system_path` is that of the machine's.

    Raises: UsageError for an invalid file; StoreUnusable for one that cannot be read, that others can write, or that is
    another's: the machine's has to be root's.
    """
    values: dict[str, object] = {}
    sources: dict[str, str] = {}
    for path, is_own in ((system_path or paths.SYSTEM_CONFIG, False), (user_config(environment), True)):
        for key, value in _read(path, is_own=is_own).items():
            values[key], sources[key] = value, path
    return Config(values, sources)


def is_audited() -> bool:
    """Whether the machine's settings ask for the audit trail. Raises: UsageError, StoreUnusable, as `load`."""
    raw = _bytes_of(paths.SYSTEM_CONFIG, is_own=False)
    # Every change asks, and to parse TOML costs more than half of a bare start.
    return b"audit" in raw and "audit" in _parse(raw, paths.SYSTEM_CONFIG, is_own=False)


def _read(path: str, *, is_own: bool) -> dict[str, object]:
    return _parse(_bytes_of(path, is_own=is_own), path, is_own=is_own)


def _bytes_of(path: str, *, is_own: bool) -> bytes:
    """The bytes of a configuration file; none where there is no file. Raises: StoreUnusable."""
    try:
        # Not blocking, or a pipe of this name would be waited for.
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
        with open(_open_own(path, flags) if is_own else _open_machines(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                sentence = tr("{path} is not a file that can hold settings: remove it, or put it right", path=path)
                raise StoreUnusable(sentence, code="config.not-a-file")
            if is_own:
                _refuse_of_others(path, file.fileno())
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise unreadable(path, error) from None


def _open_own(path: str, flags: int) -> int:
    """Open the user's file, in a folder that nobody else can write: there another could be put in its place.

    Raises: StoreUnusable, OSError.
    """
    folder, name = os.path.split(path)
    within = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        descriptor = os.open(name, flags, dir_fd=within)
        try:
            _refuse_of_others(folder, within)
        except StoreUnusable:
            os.close(descriptor)
            raise
        return descriptor
    finally:
        os.close(within)


def _open_machines(path: str, flags: int) -> int:
    """Open the machine's file: neither it nor its folder is a link, both are root's, and nobody else can write them.

    Who could write the folder could put another file of root in its place. Raises: StoreUnusable, OSError.
    """
    folder, name = os.path.split(path)
    try:
        within = os.open(folder, getattr(os, "O_PATH", 0) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        if os.path.islink(folder):
            raise _is_link(folder) from None
        raise
    try:
        descriptor = os.open(name, flags | os.O_NOFOLLOW, dir_fd=within)
        try:
            _refuse_unless_roots(folder, os.fstat(within), f"chown root {folder}; chmod 755 {folder}")
            _refuse_unless_roots(path, os.fstat(descriptor), f"chown root {path}; chmod 644 {path}")
        except StoreUnusable:
            os.close(descriptor)
            raise
        return descriptor
    except PermissionError:
        sentence = tr(
            "{path} cannot be read by you, and without the machine's settings nothing is done: root "
            "runs chmod 755 {folder}; chmod 644 {path}",
            path=path,
            folder=folder,
        )
        raise StoreUnusable(sentence, code="config.machines-unreadable") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _is_link(path) from None
        raise
    finally:
        os.close(within)


def _is_link(path: str) -> StoreUnusable:
    sentence = tr(
        "{path} is a link, so the machine's settings were not read: root puts there what it leads to", path=path
    )
    return StoreUnusable(sentence, code="config.machines-link")


def _refuse_unless_roots(path: str, status: os.stat_result, mend: str) -> None:
    """Refuse a file that root does not own, or others can write. Raises: StoreUnusable."""
    if status.st_uid != paths.SYSTEM_OWNER or status.st_mode & 0o022:
        if status.st_uid != paths.SYSTEM_OWNER:
            sentence = tr("{path} is not root's, so the machine's settings were not read: "
                          "root looks what is in it, then runs {mend}", path=path, mend=mend)  # fmt: skip
        else:
            sentence = tr("{path} can be written by others, so the machine's settings were not read: "
                          "root looks what is in it, then runs {mend}", path=path, mend=mend)  # fmt: skip
        raise StoreUnusable(sentence, code="config.machines-of-others")


def _parse(raw: bytes, path: str, *, is_own: bool) -> dict[str, object]:
    """The settings in the bytes of a configuration file. Raises: UsageError."""
    if not raw:
        return {}
    import tomllib

    try:
        values = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _not_toml(path, error) from None
    except (ValueError, RecursionError):
        raise _not_toml(path, tr("a number in it is too long, or it is nested too deeply")) from None
    for key, value in values.items():
        check(key, value, path, is_own=is_own)
    return values


def _not_toml(path: str, why: Exception | str) -> UsageError:
    return UsageError(tr("{path} is not valid TOML: {why}", path=path, why=why), code="config.not-toml")


def _refuse_of_others(path: str, opened: int) -> None:
    """Refuse an open file or folder that others can write, as ssh does with its own. Raises: StoreUnusable."""
    status = os.fstat(opened)
    if status.st_uid not in (0, os.geteuid()):
        sentence = tr("{path} belongs to another user, so it was not read: make it your own, or remove it", path=path)
        raise StoreUnusable(sentence, code="config.of-another-user")
    if status.st_mode & 0o002 or (status.st_mode & 0o020 and not _is_for_user_alone(opened, status.st_gid)):
        sentence = tr("{path} can be written by others, so it was not read: run chmod go-w {path}", path=path)
        raise StoreUnusable(sentence, code="config.open-to-others")


def _is_for_user_alone(opened: int, group: int) -> bool:
    """Whether the group that may write is the user's own, as is usual where the umask is 002, and no ACL names others.

    An ACL that lets anybody write shows in the mode as the right of the group.
    """
    from store.users_and_groups import is_group_of_one

    return "system.posix_acl_access" not in os.listxattr(opened) and is_group_of_one(group, os.geteuid())


def check(key: str, value: object, path: str, *, is_own: bool = True) -> None:
    """Validate a setting of the file at `path`, the user's own or the machine's.

    Raises: UsageError for an unknown key or a value of the wrong type.
    """
    if key in MACHINE_KEYS:
        if is_own:
            raise UsageError(tr("{path}: {key} is set for the whole machine, by its administrator", path=path, key=key),
                             code="config.key-of-machine", values={"key": key})  # fmt: skip
        if value not in AUDITS:
            raise UsageError(
                tr("{path}: {key} is {values}", path=path, key=key, values=", ".join(AUDITS)),
                code="config.audit-unknown",
            )
        return
    if key in SHARED_KEYS and key not in KEYS:
        raise UsageError(
            tr("{path}: {key} is set in the store, for all", path=path, key=key),
            code="config.key-of-store",
            values={"key": key},
        )
    if key not in KEYS:
        known = did_you_mean(key, list(KEYS)) or tr("; the keys are {keys}", keys=", ".join(KEYS))
        raise UsageError(
            tr('{path}: unknown key "{key}"{known}', path=path, key=visible(key), known=known),
            code="config.key-unknown",
        )
    if key == "store":
        is_name = isinstance(value, str) and (value[:1] in ("/", "~") or is_server_name(value)) and value.isprintable()
        if not is_name:
            sentence = tr(
                "{path}: store is a path in quotes, whole from / or ~, or the name of a store on a server", path=path
            )
            raise UsageError(sentence, code="config.store-not-path")
        refuse_password(str(value))
    if key == "me" and not (isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value)):
        raise UsageError(
            tr('{path}: me is a list of names, as ["asel", "UNODC"]', path=path), code="config.me-not-names"
        )
    if key == "view" and not (isinstance(value, str) and value.strip() and value.isprintable()):
        raise UsageError(
            tr('{path}: view is the name of a view in quotes, as "Overdue"', path=path), code="config.view-not-name"
        )
    if key == "lang":
        _check_language(value, path)
    if key == "ground" and value not in Ground.SETTINGS:
        raise UsageError(tr("{path}: ground is dark or light", path=path), code="config.ground-unknown")
    if key == "import-memory" and not (type(value) is int and LEAST_MEMORY <= value <= MOST_MEMORY):
        sentence = tr(
            "{path}: import-memory is a whole number of megabytes, from {least} to {most}",
            path=path,
            least=LEAST_MEMORY,
            most=MOST_MEMORY,
        )
        raise UsageError(sentence, code="config.memory-out-of-range")
    if key[:-1] == "view-" and not (isinstance(value, str) and all(name_and_query(value))):
        sentence = tr(
            '{path}: {key} is a name and a query, NAME: QUERY, as "INTERPOL late: overdue to:INTERPOL"',
            path=path,
            key=key,
        )
        raise UsageError(sentence, code="config.view-not-name-and-query")


def _check_language(value: object, path: str) -> None:
    """Refuse an unknown language. Raises: UsageError."""
    from store.translation_catalogue_and_plurals import AUTO, languages

    known = (*languages(), AUTO)
    if value not in known:
        raise UsageError(
            tr("{path}: lang is one of {known}", path=path, known=", ".join(known)), code="config.lang-unknown"
        )


def name_and_query(text: str) -> tuple[str, str]:
    """Split `NAME: QUERY`, what a view of one's own is; one of the two is empty where the text is no such thing."""
    name, _, query = text.partition(": ")
    name, query = " ".join(name.split()), query.strip()
    return (name if name.isprintable() and len(name) <= LONGEST_VIEW_NAME else "", query if query.isprintable() else "")


def save(environment: Mapping[str, str], key: str, value: str | int | list[str] | None) -> str:
    """Set a key in the user's own file, or remove it (None), keeping the rest of the file.

    Returns the path of the file. Raises: UsageError; StoreUnusable for a file that is not read, FollowUpError for one
    that cannot be written.
    """
    import tomlkit

    path = user_config(environment)
    _read(path, is_own=True)
    if value is not None:
        check(key, value, path)
    try:
        with open(path, encoding="utf-8") as file:
            document = tomlkit.parse(file.read())
    except (FileNotFoundError, NotADirectoryError):
        document = tomlkit.document()
    if value is None:
        document.pop(key, None)
    else:
        document[key] = value
    # A link that another may have planted, as in a home that is not one's own, is not followed.
    target = resolved(path)
    try:
        with open_own_folder(os.path.dirname(target)) as folder:
            name = os.path.basename(target)
            if stat.S_ISLNK(folder.mode_of(name)):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            folder.replace_file(name, tomlkit.dumps(document).encode())
    except OSError as error:
        raise unwritable(path, error, FollowUpError) from None
    return path

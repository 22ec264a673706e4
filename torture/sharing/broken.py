"""Builds that let others in, or believe what they are told: each is to be caught by the part `sharing`."""

from torture.broken import Breakage

_OPENED = "temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK"

OPEN_TEMPORARY = Breakage(
    "open-temporary",
    "a new file is open to all who may open a usual one, until its mode is set",
    ("store/file/file_store.py", f"os.open({_OPENED}, 0o600)", f"os.open({_OPENED}, 0o644)"),
)
UMASKED_FOLDERS = Breakage(
    "umasked-folders",
    "folders above the one that is wanted are made as the umask has it",
    (
        "store/file/permissions.py",
        "    if os.path.isdir(path):\n        return\n",
        "    os.makedirs(path, mode, exist_ok=True)\n",
    ),
)
ACL_LOST = Breakage(
    "acl-lost",
    "the ACL of a store is not taken along",
    ("store/file/permissions.py", "        _take_acl(descriptor, like)\n", "        pass\n"),
)
PLAIN_TEMPORARY = Breakage(
    "plain-temporary",
    "a temporary file has a name that can be guessed, and is opened through a link",
    (
        "store/file/file_store.py",
        'f".{self.name}.{os.getpid()}.{os.urandom(6).hex()}.tmp"',
        'f".{self.name}.{os.getpid()}.tmp"',
    ),
    ("store/file/file_store.py", _OPENED, "temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC"),
)
SIGNED_THROUGH = Breakage(
    "signed-through",
    "the holder's name is written into whatever stands in the place of the lock",
    ("store/file/lock.py", "    return os.fstat(descriptor).st_nlink > 1\n", "    return False\n"),
)
CHMOD_THROUGH = Breakage(
    "chmod-through",
    "the mode of a copy is changed through a link in its place",
    ("store/file/automatic_copies.py", "stat.S_ISREG(mode_at(path := ", "os.path.isfile((path := "),
    ("store/file/automatic_copies.py", "narrow(copy.path, mode)", "os.chmod(copy.path, mode)"),
)
SHUT_IN_PLACE = Breakage(
    "shut-in-place",
    "where the folder may not be written in, the store is written over where it stands",
    (
        "store/file/file_store.py",
        "        temporary = self._written(write, self.path)\n",
        """\
        try:
            temporary = self._written(write, self.path)
        except StoreUnusable:
            descriptor = os.open(self.path, os.O_WRONLY)
            write(lambda piece, at: _put(descriptor, piece, at))
            return
""",
    ),
)
USER_BELIEVED = Breakage(
    "user-believed",
    "who somebody is stands in $USER",
    ("tui/session.py", "name = pwd.getpwuid(os.getuid()).pw_name", 'name = environment["USER"]'),
)
SETTINGS_FROM_HERE = Breakage(
    "settings-from-here",
    "settings are read from the current folder too",
    ("store/config.py", "((system_path, False),", '(("config.toml", False), (system_path, False),'),
)
MODULES_FROM_HERE = Breakage(
    "modules-from-here",
    "modules are imported from the current folder first",
    ("tui/__main__.py", "import sys\n\n", 'import sys\n\nsys.path.insert(0, "")\n\n'),
)

"""In a folder that others may write in, nothing is done by a path: a link may stand in it by then.

Every call of the modules that work there is by a name in an open folder (`dir_fd`) or by a descriptor.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MODULES = sorted(
    [
        *(ROOT / "store" / "file").glob("*.py"),
        *(ROOT / "store" / "maintenance").glob("*.py"),
        *(ROOT / "store" / name for name in ("open_folder.py", "output_file.py", "database.py", "transaction.py")),
    ]
)

OF_ONES_OWN = [
    ROOT / name
    for name in (
        "store/config.py",
        "store/imports/answers/kept_answers.py",
        "store/capture/proposals/remembered_refusals.py",
        "tui/app/sync/drafts.py",
        "tui/crash_report.py",
    )
]
"""Modules that write files of the user's own: root may work with the home of somebody else, who can put links there."""

LOOKING = frozenset(["access", "getxattr", "listdir", "listxattr", "lstat", "open", "readlink", "scandir", "stat"])
"""Functions of `os` that change nothing, but `open` when it is asked to."""

BY_PATH = frozenset(
    [
        "access",
        "chmod",
        "chown",
        "getxattr",
        "lchown",
        "link",
        "listdir",
        "listxattr",
        "lstat",
        "makedirs",
        "mkdir",
        "mkfifo",
        "mknod",
        "open",
        "readlink",
        "remove",
        "removedirs",
        "removexattr",
        "rename",
        "renames",
        "replace",
        "rmdir",
        "scandir",
        "setxattr",
        "stat",
        "statvfs",
        "symlink",
        "truncate",
        "unlink",
        "utime",
        "walk",
    ]
)
"""Functions of `os` that take a path."""

IN_A_FOLDER = ({"dir_fd"}, {"src_dir_fd", "dst_dir_fd"})

ON_PATHS = frozenset(
    [
        "exists",
        "getatime",
        "getctime",
        "getmtime",
        "getsize",
        "isdir",
        "isfile",
        "islink",
        "ismount",
        "lexists",
        "realpath",
        "samefile",
    ]
)
"""Functions of `os.path` that look at files."""

BY_DESCRIPTOR = {"descriptor", "folder.descriptor", "like"}
"""Arguments that are descriptors, of functions that take one in the place of a path."""

ALLOWED = {
    ("open_folder.py", "os.open(path, _FOLDER)"): "the folder itself; whether a link led there is asked of the kernel",
    ("open_folder.py", "os.open('/', _FOLDER)"): "the root, from where one folder after the other is opened",
    ("open_folder.py", "os.readlink(f'/proc/self/fd/{descriptor}')"): "the kernel's own files",
    ("open_folder.py", "os.open(path, os.O_RDONLY | _FILE)"): "asked of what was opened whether it is the user's own",
    ("name_lock_holder.py", "open('/proc/locks', encoding='ascii', errors='replace')"): "the kernel's own files",
    ("name_lock_holder.py", "open(f'/proc/self/fdinfo/{descriptor}', encoding='ascii')"): "the kernel's own files",
    (
        "name_lock_holder.py",
        "open('/proc/self/mountinfo', encoding='utf-8', errors='surrogateescape')",
    ): "the kernel's own files",
    ("name_lock_holder.py", "open(f'/proc/{process}/comm', 'rb')"): "the kernel's own files",
    (
        "name_lock_holder.py",
        "open(f'/proc/{process}/status', encoding='ascii', errors='replace')",
    ): "the kernel's own files",
    ("name_lock_holder.py", "os.stat(f'{folder}/{name}')"): "the kernel's own files",
    ("name_lock_holder.py", "os.listdir(folder)"): "the kernel's own files",
    ("lock.py", "open('/proc/self/comm', 'r+b', buffering=0)"): "the kernel's own files",
    (
        "doctor_checks_files_and_modes.py",
        "open(_MOUNTS, encoding='utf-8', errors='surrogateescape')",
    ): "the kernel's own files",
}


def calls_by_path(module: ast.Module) -> Iterator[str]:
    """The calls that look at, open or change a file by a path."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        called, first = ast.unparse(node.func), ast.unparse(node.args[0]) if node.args else ""
        given = {keyword.arg for keyword in node.keywords}
        owner, _, name = called.rpartition(".")
        if owner == "os" and name in BY_PATH:
            is_by_path = first not in BY_DESCRIPTOR and not any(needed <= given for needed in IN_A_FOLDER)
        elif called == "open":
            is_by_path = first != "descriptor" and not first.startswith("folder.open_file(")
        else:
            is_by_path = (owner == "os.path" and name in ON_PATHS) or called.startswith(("Path", "shutil.", "pathlib."))
        if is_by_path:
            yield ast.unparse(node)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_file_is_reached_by_a_path(path: Path) -> None:
    found = [call for call in calls_by_path(ast.parse(path.read_text())) if (path.name, call) not in ALLOWED]
    assert found == []


@pytest.mark.parametrize("path", OF_ONES_OWN, ids=lambda path: path.name)
def test_no_file_of_ones_own_is_changed_by_a_path(path: Path) -> None:
    text = path.read_text()
    found = [call for call in calls_by_path(ast.parse(text)) if call.startswith(("os.", "open("))]
    changing = [call for call in found if call.partition("(")[0].removeprefix("os.") in BY_PATH - LOOKING]
    changing += [call for call in found if "O_CREAT" in call or "'w" in call]
    assert (changing, "write_new(path" in text) == ([], False)


def test_what_is_allowed_is_still_there() -> None:
    found = {(path.name, call) for path in MODULES for call in calls_by_path(ast.parse(path.read_text()))}
    assert set(ALLOWED) <= found


@pytest.mark.parametrize(
    "line",
    [
        "os.stat(path)",
        "os.chmod(self.path, 0o600)",
        "os.rename(one, other, src_dir_fd=folder)",
        "os.path.exists(path)",
        "open(path)",
        "Path(path).read_text()",
        "os.open(name, flags)",
    ],
)
def test_a_call_by_a_path_is_found(line: str) -> None:
    assert list(calls_by_path(ast.parse(line)))

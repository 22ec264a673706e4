"""Builds of the program that are broken on purpose: a proof that does not fail against them proves nothing."""

import compileall
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("store", "tui")


class Breakage:
    """One way to break the program: in the file `where`, `sound` is replaced by `broken`."""

    def __init__(self, name: str, about: str, *changes: tuple[str, str, str]) -> None:
        """`changes` are (where, sound, broken); each `sound` stands in its file exactly once."""
        self.name = name
        self.about = about
        self.changes = changes

    def apply(self, root: Path) -> None:
        """Break the copy of the program in a folder. Raises: ValueError when the program has moved on."""
        for where, sound, broken in self.changes:
            file = root / where
            text = file.read_text()
            if text.count(sound) != 1:
                raise ValueError(f"{self.name}: {where} has {text.count(sound)} times, not once: {sound!r}")
            file.write_text(text.replace(sound, broken))


def copied(folder: Path, breakage: Breakage) -> Path:
    """A copy of the program in a folder, broken. Returns the folder to import it from."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    breakage.apply(folder)
    compileall.compile_dir(folder, quiet=2)
    return folder


_STORAGE = "store/file/file_store.py"

NO_LOCK = Breakage(
    "no-lock",
    "the lock is opened and signed, and not taken",
    ("store/file/lock.py", "fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass"),
    # The check that would notice the other writer is a second lock, and goes with the first.
    (_STORAGE, "if _stamp(os.stat(self.path)) != seen:", "if False:"),
)
NO_FSYNC = Breakage(
    "no-fsync",
    "the new file is renamed before it is on the disk",
    (
        _STORAGE,
        "            os.fsync(descriptor)\n            os.close(descriptor)\n        except",
        "            os.close(descriptor)\n        except",
    ),
)
NO_FOLDER_FSYNC = Breakage(
    "no-folder-fsync",
    "the folder with the new name is not synced",
    (_STORAGE, "trouble = sync_folder(self.folder)", "trouble = None"),
)
IN_PLACE = Breakage(
    "in-place",
    "the store is written over where it stands, as plain TinyDB does, in two pieces",
    (
        _STORAGE,
        "            os.rename(temporary, self.path)\n",
        """\
            with open(temporary, "rb") as new, open(self.path, "r+b", buffering=0) as old:
                text = new.read()
                old.write(text[: len(text) // 2])
                os.fsync(old.fileno())
                old.write(text[len(text) // 2 :])
                os.fsync(old.fileno())
                old.truncate()
            os.unlink(temporary)
""",
    ),
    # What is beside the point, and would take its time.
    NO_FSYNC.changes[0],
    # A copy that is a second name of the store would be written over with it.
    ("store/file/automatic_copies.py", "os.link(path, target)", "pass"),
)
EARLY_ANSWER = Breakage(
    "early-answer",
    "a change is acknowledged before the new file has its name",
    (
        "tui/cli/commands/batch.py",
        "answer = apply(_understood(line), tx)\n        except",
        """\
answer = apply(_understood(line), tx)
                if not _acknowledge(f"ok {number} {tx.revision} {'; '.join(answer.lines)}"):
                    return first_failure
            continue
        except""",
    ),
)
NO_SANITISER = Breakage(
    "no-sanitiser",
    "text goes to the terminal as it was typed",
    (
        "store/text.py",
        "        shown = (character.isprintable() and character not in _UNSEEN) or character in kept\n",
        "        shown = True\n",
    ),
    (
        "store/text.py",
        '    text = text.replace("\\r\\n", "\\n").replace("\\n", "⏎").replace("\\t", " ")\n',
        "    return text\n",
    ),
)

BREAKAGES = {each.name: each for each in (NO_LOCK, NO_FSYNC, NO_FOLDER_FSYNC, IN_PLACE, EARLY_ANSWER, NO_SANITISER)}
"""Name -> breakage: those that the parts share. A part can have more of its own."""

"""README, CHANGELOG and the rest say what the program does.

README's `console` blocks are run in order on a terminal of 80 columns, in a home of their own, and what they print is
compared with what README shows: `$ ` is the reader's shell, `2$ ` a second one. The table of commands and the keys of
the JSON are compared with the program's own. `python -m tests.test_docs` writes all of it into README anew.
"""

import fcntl
import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import tempfile
import termios
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest

from store import errors
from store.formats.json_export import commitment_view
from tests.support.store_builders import make_store
from torture.broken_builds import REGISTERED
from torture.parts import NAMES
from tui.app.key_table import COMMANDS as APP_COMMANDS
from tui.cli.command_table import COMMANDS, EVERY_CHANGE, GLOBAL
from tui.cli.command_types import FLAG, Command, Option
from tui.session import user_name

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PROMPT = re.compile(r"(2?)\$ (.*)")
DEMO = "<!-- run in the demo store of "
"""Stands before a block that shows the demo store; the day of that store follows."""

TABLE = re.compile(r"(?s)(<!-- commands -->\n).*(\n<!-- /commands -->)")
APP_KEYS = re.compile(r"(?s)(<!-- app keys -->\n).*(\n<!-- /app keys -->)")
KEYS = re.compile(r"(?s)(<!-- keys -->\n).*(\n<!-- /keys -->)")


class Step(NamedTuple):
    """One command of README: the block it stands in, the shell it is typed into, what README shows after it."""

    block: int
    shell: str
    command: str
    shown: str


class Block(NamedTuple):
    """A `console` block: the lines of README inside its fences, and the day of the demo store, if it is run there."""

    start: int
    end: int
    demo_day: str


def blocks_of(lines: list[str]) -> list[Block]:
    found = []
    for start, line in enumerate(lines):
        if line == "```console":
            before = lines[start - 1]
            day = before[len(DEMO) :][:10] if before.startswith(DEMO) else ""
            found.append(Block(start + 1, lines.index("```", start), day))
    return found


def steps_of(lines: list[str], place: int, block: Block) -> list[Step]:
    steps: list[Step] = []
    inside = iter(lines[block.start : block.end])
    for line in inside:
        prompt = PROMPT.fullmatch(line)
        if prompt:
            typed = [prompt[2]]
            while typed[-1].endswith("\\"):
                typed.append(next(inside))
            steps.append(Step(place, prompt[1], "\n".join(typed), ""))
        else:
            steps[-1] = steps[-1]._replace(shown=steps[-1].shown + line + "\n")
    return steps


class Terminal:
    """Shells that share a home, each remembering its exported variables from one command to the next."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "adviser"
        self.home.mkdir()
        self._folder = folder
        self._codes: dict[str, int] = {}

    def run(self, shell: str, command: str) -> str:
        """What a command prints, stdout and stderr together, as a person sees it."""
        state = self._folder / f"shell{shell}"
        state.touch()
        script = (
            f"cd; . {shlex.quote(str(state))}; (exit {self._codes.get(shell, 0)})\n"
            f"{command}\n__code=$?; export -p > {shlex.quote(str(state))}; exit $__code"
        )
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        raw = termios.tcgetattr(theirs)
        raw[1] &= ~termios.OPOST
        termios.tcsetattr(theirs, termios.TCSANOW, raw)
        argv = ["bash", "--noprofile", "--norc", "-c", script]
        with subprocess.Popen(
            argv, env=self._environment(), stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
        ) as it:
            os.close(theirs)
            printed = b""
            while part := _read(ours):
                printed += part
        os.close(ours)
        self._codes[shell] = it.returncode
        return self._as_adviser(printed.decode())

    def _environment(self) -> dict[str, str]:
        path = os.pathsep.join((os.path.dirname(sys.executable), os.defpath))
        return {"HOME": str(self.home), "PATH": path, "LANG": "C.UTF-8", "TZ": "UTC", "TERM": "xterm", "NO_COLOR": "1"}

    def _as_adviser(self, printed: str) -> str:
        """README is told by a person who logs in as adviser; what stands in columns beside the name stays there."""
        own = user_name({})
        printed = printed.replace(str(self.home), "/home/adviser")

        def named(found: re.Match[str]) -> str:
            return "adviser".ljust(len(found[0])) if found[1] else "adviser"

        return re.sub(rf"\b{re.escape(own)}\b( {{9,}}(?=\|))?", named, printed)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""  # What Linux says when the last writer of a terminal is gone.


def timeless(text: str) -> str:
    """The text without what the clock put into it, which no FOLLOWUP_TODAY holds still."""
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "INSTANT", text)
    text = re.sub(r"(\.copies/\d{10})\.\d{4}-\d\d-\d\d\.json", r"\1.DAY.json", text)
    text = re.sub(r"(?m)^( *\d+  )\d{4}-\d\d-\d\d \d\d:\d\d  ", r"\1DAY, TIME        ", text)
    return re.sub(r"\.replaced-\d{8}T\d{6}Z", ".replaced-INSTANT", text)


def played(lines: list[str], folder: Path) -> list[tuple[Step, str]]:
    """Every command of README in order, each with what it prints."""
    terminal = Terminal(folder)
    done = []
    for place, block in enumerate(blocks_of(lines)):
        shell = ""
        if block.demo_day:
            shell = f"-demo-{block.demo_day}"
            path = folder / "demo" / block.demo_day / "commitments.json"
            terminal.run(shell, f"export FOLLOWUP_TODAY={block.demo_day} FOLLOWUP_STORE={path}; followup demo {path}")
        for step in steps_of(lines, place, block):
            done.append((step, terminal.run(shell or step.shell, step.command)))
    return done


def row_of(command: Command) -> str:
    """The row of a command in README's table: how it is typed, what it does, its own options."""
    often = {"1": "{}", "?": "[{}]", "+": "{}...", "*": "[{}...]"}
    words = "".join(" " + often[count].format(name) for name, count in command.words)
    own = [option for option in command.options if option not in EVERY_CHANGE or not command.is_changing]
    options = " ".join(f"`{option_as_typed(option)}`" for option in own)
    return f"| `{command.name}{words}` | {command.help} | {options} |".replace("  ", " ")


def option_as_typed(option: Option) -> str:
    """`--note TEXT`, `--because declined|overtaken`, the bars written as a Markdown table takes them."""
    value = "" if option.kind == FLAG else " " + (r"\|".join(option.choices) or option.metavar)
    return f"{option.name}{value}{'...' if option.many else ''}"


def table_of_commands() -> str:
    head = ["| command | what it does | its options |", "|---|---|---|"]
    return "\n".join(head + [row_of(command) for command in COMMANDS.values()])


def table_of_keys() -> str:
    """The keys of the app, by their purpose, and the places where not all of them work."""
    lines = []
    for group in dict.fromkeys(command.group for command in APP_COMMANDS):
        lines += ["", f"| {group.lower()} | |", "|---|---|"] if lines else [f"| {group.lower()} | |", "|---|---|"]
        for command in APP_COMMANDS:
            if command.group == group:
                keys = " ".join(f"`{key}`" for key in command.shown.split(", "))
                lines.append(f"| {keys} | {command.help} |")
    return "\n".join(lines)


def keys_of_a_commitment(folder: Path) -> str:
    """The keys of a commitment's JSON in their order, wrapped."""
    snapshot = make_store(str(folder / "commitments.json")).snapshot()
    keys = (f"`{key}`" for key in commitment_view(snapshot.row(1), snapshot))
    return textwrap.fill(" ".join(keys), 118, break_on_hyphens=False)


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_the_tour_prints_what_readme_shows(readme: str, tmp_path: Path) -> None:
    done = played(readme.splitlines(), tmp_path)
    assert len(done) > 30
    typed_in_second_shell = [step for step, _ in done if step.shell == "2"]
    assert typed_in_second_shell
    for step, printed in done:
        assert timeless(printed) == timeless(step.shown), f"{step.command}: python -m tests.test_docs shows it anew"


def test_every_command_and_option_stands_in_readme(readme: str) -> None:
    found = TABLE.search(readme)
    assert found
    assert found[0] == f"{found[1]}{table_of_commands()}{found[2]}", "python -m tests.test_docs writes the table anew"
    everywhere = readme.replace(found[0], "")
    for option in (*GLOBAL, *EVERY_CHANGE):
        assert f"`{option_as_typed(option)}`" in everywhere


def test_every_key_of_the_app_stands_in_readme(readme: str) -> None:
    found = APP_KEYS.search(readme)
    assert found
    assert found[0] == f"{found[1]}{table_of_keys()}{found[2]}", "python -m tests.test_docs writes the table anew"


def test_every_exit_code_stands_in_readme(readme: str) -> None:
    from tui.cli.main import INTERRUPTED

    section = readme.split("## Exit codes")[1].split("\n## ")[0]
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.FollowUpError)} | {0, INTERRUPTED}
    assert {int(code) for code in re.findall(r"(?m)^\| (\d+) \|", section)} == codes


def test_every_key_of_a_commitment_stands_in_readme(readme: str, tmp_path: Path) -> None:
    found = KEYS.search(readme)
    assert found
    assert found[0] == f"{found[1]}{keys_of_a_commitment(tmp_path)}{found[2]}", "python -m tests.test_docs writes them"


def test_every_word_and_field_of_a_query_stands_in_readme(readme: str) -> None:
    from store.query.parse_query import FIELDS, WORDS

    section = readme.split("## Queries")[1].split("\n## ")[0]
    for name in (*WORDS, *(f"{field}:" for field in FIELDS)):
        assert re.search(rf"`{re.escape(name)}", section), name


def test_every_setting_stands_in_readme(readme: str) -> None:
    from store.config import KEYS, SHARED_KEYS

    section = readme.split("## Settings")[1].split("\n## ")[0]
    for key in (*KEYS, *SHARED_KEYS, "FOLLOWUP_STORE", "FOLLOWUP_TODAY", "FOLLOWUP_LOCK_TIMEOUT"):
        assert f"`{key}" in section, key


def test_dates_of_readme_are_taken_and_refused_as_it_says(readme: str) -> None:
    from store.rules.dates.parse import DateRefused, understand

    section = readme.split("## Dates")[1].split("\n## ")[0]
    taken, refused = section.split("Refused")
    for phrase in re.findall(r"`([^`]+)`", taken):
        understand(phrase, "2023-01-16")
    for phrase in re.findall(r"`([^`]+)`", refused):
        with pytest.raises(DateRefused):
            understand(phrase, "2023-01-16")


def test_what_readme_shows_fits_a_terminal(readme: str) -> None:
    lines = readme.splitlines()
    for step in (step for place, block in enumerate(blocks_of(lines)) for step in steps_of(lines, place, block)):
        assert max(map(len, step.command.splitlines())) <= 78


def test_changelog_has_a_place_for_what_comes() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n")
    assert "\n## [Unreleased]\n" in text
    assert set(re.findall(r"(?m)^### (.+)$", text)) <= {
        "Added",
        "Changed",
        "Deprecated",
        "Removed",
        "Fixed",
        "Security",
    }


def test_architecture_names_every_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for folder in ("store", "store/*", "tui", "tui/cli", "tui/app", "tui/app/*"):
        for module in ROOT.glob(f"{folder}/*.py"):
            if module.name != "__init__.py":
                assert re.search(rf"\b{re.escape(module.stem)}\b", text), f"{folder}/{module.name}"


def test_security_says_which_part_tries_what() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    told = re.findall(r"(?m)\| ((?:`\w+` ?)+)\|$", text)
    assert {name for cell in told for name in re.findall(r"`(\w+)`", cell)} == set(NAMES)
    assert set(re.findall(r"--against ([\w-]+)", text)) <= REGISTERED.keys()


def files_of_the_project() -> list[Path]:
    """What belongs to the project, not what tools put beside it, as the `.git` of a worktree, which names a path."""
    folders = [ROOT / name for name in (".ci", "benchmarks", "store", "tests", "torture", "tui")]
    inside = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    return [path for path in (*ROOT.iterdir(), *inside) if path.is_file() and path.name != ".git"]


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    paths = re.compile("/wo" + r"rk\b|/ro" + "ot/")
    for path in files_of_the_project():
        found = paths.search(path.read_text(encoding="utf-8", errors="replace"))
        assert not found, f"{path.relative_to(ROOT)}: {found[0] if found else ''}"


def write_anew() -> None:
    """Put into README what its commands print now, and the table of commands as it is now."""
    text = TABLE.sub(lambda found: found[1] + table_of_commands() + found[2], README.read_text(encoding="utf-8"))
    text = APP_KEYS.sub(lambda found: found[1] + table_of_keys() + found[2], text)
    with tempfile.TemporaryDirectory() as folder:
        keys = keys_of_a_commitment(Path(folder))
        lines = KEYS.sub(lambda found: found[1] + keys + found[2], text).splitlines()
        done = played(lines, Path(folder))
    for place, block in reversed(list(enumerate(blocks_of(lines)))):
        inside: list[str] = []
        for step, printed in done:
            if step.block == place:
                is_same = timeless(printed) == timeless(step.shown)
                inside += f"{step.shell}$ {step.command}".splitlines()
                inside += (step.shown if is_same else printed).splitlines()
        lines[block.start : block.end] = inside
    README.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_anew()

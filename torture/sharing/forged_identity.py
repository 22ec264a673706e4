"""Forged names, settings, modules and editors in the environment or a folder have no effect."""

import os
import signal
from pathlib import Path

from tests.support.enter_user_namespace import INSIDE, NO_NAMESPACE, enter_namespace
from tests.support.machine_settings import VARIABLE, of_another_machine
from tests.support.run_command import Result
from torture.proof import Proof
from torture.sharing.account_matrix import refused
from torture.sharing.accounts import Account, Server
from torture.testbed import Testbed

FORGED = dict.fromkeys(("USER", "LOGNAME", "USERNAME", "LNAME"), "director")

MODULES = (
    "store", "tui", "json", "sitecustomize", "usercustomize", "os", "pwd", "re", "time", "zlib", "encodings",
    "struct", "textual", "rich", "argcomplete", "argparse", "tomllib", "tomlkit", "datetime", "zoneinfo",
    "gettext", "asyncio",
)  # fmt: skip
"""Modules that the program or its interpreter imports, and that a folder may hold others of."""

LOADED_BY_PYTHON = ("sitecustomize", "usercustomize", "encodings")
"""Those that Python imports by PYTHONPATH before it begins with any program."""

CURRENT_FOLDER = (":", ".", "nothing-here:", ".:/usr/share")
"""Values of PYTHONPATH in which the current folder stands: an empty entry is one too."""


def identity(testbed: Testbed, server: Server) -> Proof:
    """S4: names, settings, modules and programs that the surroundings offer."""
    proof = Proof("S4", "names, settings, modules and editors that the surroundings offer are not taken")
    for offered in (_names, _namespaces, _settings_of_folders, _settings_of_others, _settings_of_the_machine):
        offered(server, proof)
        if proof.wrong and testbed.is_short:
            return proof
    _modules(testbed, server, proof)
    if server.alone:
        proof.leave_out(f"sudo, and another's settings: {server.alone}")
    return proof


def _names(server: Server, proof: Proof) -> None:
    """Forged names, a forged home, and what sudo says."""
    person = server.first
    store = server.store(person)
    home = server.folder(person, 0o700) / "director"
    forged = {**FORGED, "HOME": str(home), "SUDO_USER": "director", "SUDO_UID": "0"}
    asked = f"{person.name} (SUDO_USER=director, unverified)" if person.uid == 0 else person.name
    for env, wanted in ((FORGED, person.name), (forged, asked)):
        result = person.run(store, "note", "2", "x", env=env)
        who = server.last_who(store)
        proof.count("forged surroundings")
        proof.check(result.code == 0 and who == wanted, f"with {env} the history says {who}: {result}")
    if server.me.uid != 0:
        return
    result = server.me.run(store, "note", "2", "x", env={"SUDO_USER": "di\x1b[2Jrector"})
    who = server.last_who(store)
    is_so = who.startswith(f"{server.me.name} (SUDO_USER=") and who.endswith(", unverified)") and "\x1b" not in who
    proof.check(result.code == 0 and is_so, f"under sudo the history says {who!r}: {result}")


def _namespaces(server: Server, proof: Proof) -> None:
    """In a namespace of his own a member has the number of a colleague, or of root: neither name is signed.

    Nor is it where the folder is his, and he shuts everybody out for as long as he is in it.
    """
    if server.alone:
        return
    colleague, member, _ = server.accounts
    store = server.store(server.me)
    assert colleague.run(store, "note", "2", "hers").code == 0
    program = member.after(enter_namespace)
    for number in (colleague.uid, 0):
        env = {**member.env(store), INSIDE: str(number)}
        undone = program.run("undo", env=env, cwd=str(member.home))
        if undone.code == NO_NAMESPACE:
            proof.leave_out("namespaces: this system lets nobody make one")
            return
        proof.check(undone.code == 1 and "no change of yours" in undone.err, f"a member as {number} undid: {undone}")
        os.chown(store, member.uid, -1)  # Who is root there gives a file to its owner, who has to be there.
        noted = program.run("note", "2", "x", env=env, cwd=str(member.home))
        who = server.last_who(store)
        proof.count("namespaces")
        is_so = noted.code == 0 and who == f"uid {member.uid} (user namespace, unverified)"
        proof.check(is_so, f"a member as {number} signed as {who}: {noted}")
        store = server.store(member)
        assert colleague.run(store, "note", "2", "hers").code == 0
        os.chown(store, member.uid, -1)  # His was the last change.
        for path, mode in ((store.parent, 0o2700), (store, 0o600)):
            path.chmod(mode)
        env = {**member.env(store), INSIDE: str(number)}
        undone = program.run("undo", env=env, cwd=str(member.home))
        noted = program.run("note", "2", "x", env=env, cwd=str(member.home))
        who = server.last_who(store)
        proof.count("namespaces")
        proof.check(undone.code == 1, f"a member as {number}, alone for a while, undid: {undone}")
        is_so = noted.code == 0 and who == f"uid {member.uid} (user namespace, unverified)"
        proof.check(is_so, f"a member as {number}, alone for a while, signed as {who}: {noted}")
        store = server.store(server.me)
        assert colleague.run(store, "note", "2", "hers").code == 0


def _settings_of_folders(server: Server, proof: Proof) -> None:
    """Settings in the current folder, in the store's, or by a variable that names a folder from here."""
    person = server.first
    store = server.store(person)
    other = server.store(person)
    names = ("config.toml", "followup.toml", ".followup.toml", "followup/config.toml", ".config/followup/config.toml")
    for name in names:
        path = store.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'store = "{other}"\nme = ["director"]\n')
    surroundings: list[dict[str, str]] = [{}, *({"XDG_CONFIG_HOME": value} for value in (".", "", ".config"))]
    surroundings += [{"HOME": value} for value in (".", "")]
    for env in surroundings:
        result = person.run(store, "config", "me", env=env, cwd=str(store.parent))
        proof.count("folders with settings")
        is_so = "director" not in result.out and (result.out.strip() == person.name or "HOME" in env)
        proof.check(is_so, f"settings of the current folder are taken with {env}: {result}")
    result = person.run(store, "config", "store", env={"FOLLOWUP_STORE": ""}, cwd=str(store.parent))
    is_so = result.code == 0 and str(other) not in result.out
    proof.check(is_so, f"a store is taken from the current folder: {result}")


def _settings_of_others(server: Server, proof: Proof) -> None:
    """A file that is another's, or that others can write, is refused as ssh refuses its own."""
    person = server.first
    store = server.store(person)
    for what, mode, is_anothers in (("writable by all", 0o646, False), ("another's", 0o644, True)):
        home = server.folder(person, 0o700)
        path = home / "followup" / "config.toml"
        path.parent.mkdir()
        path.write_text(f'store = "{store}"\nme = ["director"]\n')
        path.parent.chmod(0o755)
        path.chmod(mode)
        if is_anothers:
            if server.alone:
                return
            os.chown(path, server.accounts[1].uid, -1)
        else:
            os.chown(path, person.uid, person.gid)
        for line in (("list",), ("config", "me", "asel")):
            result = person.run(store, *line, env={"XDG_CONFIG_HOME": str(home), "FOLLOWUP_STORE": ""})
            refused(proof, server, result, f"{line[0]} with settings that are {what}", str(path))


_ROOTS, _FIRST = "root", "a member"
_MACHINES = (
    # What it is, who owns the folder and its mode, who owns the file and its mode, and what is said.
    ("as they should be", _ROOTS, 0o755, _ROOTS, 0o644, ""),
    ("writable by all", _ROOTS, 0o755, _ROOTS, 0o666, "can be written by others"),
    ("writable by the group", _ROOTS, 0o755, _ROOTS, 0o664, "can be written by others"),
    ("a member's", _ROOTS, 0o755, _FIRST, 0o644, "is not root's"),
    ("in a folder that all can write", _ROOTS, 0o1777, _ROOTS, 0o644, "can be written by others"),
    ("in a folder of a member", _FIRST, 0o755, _ROOTS, 0o644, "is not root's"),
    ("readable by root alone", _ROOTS, 0o755, _ROOTS, 0o600, "cannot be read by you"),
    ("in a folder for root alone", _ROOTS, 0o700, _ROOTS, 0o644, "cannot be read by you"),
)


def _settings_of_the_machine(server: Server, proof: Proof) -> None:
    """The machine's file is obeyed when it is root's and nobody else could have written it, and no link leads there."""
    if server.alone:
        return
    person, member = server.accounts[0], server.accounts[1]
    store = server.store(person)
    program = person.after(of_another_machine)
    uids = {_ROOTS: 0, _FIRST: member.uid}

    def run(path: Path, *line: str) -> Result:
        env = {**person.env(store), "FOLLOWUP_STORE": "", VARIABLE: str(path)}
        return program.run(*line, env=env, cwd=str(person.home))

    for what, folders, folder_mode, files, mode, said in _MACHINES:
        path = _machines_file(server, store)
        os.chown(path, uids[files], uids[files])
        path.chmod(mode)
        os.chown(path.parent, uids[folders], uids[folders])
        path.parent.chmod(folder_mode)
        for line in (("list", "--ids"), ("note", "2", "x"), ("config", "me")):
            result = run(path, *line)
            proof.count("settings of the machine")
            if said:
                refused(proof, server, result, f"{line[0]} with the machine's settings {what}", str(path.parent), said)
            else:
                proof.check(result.code == 0, f"{line[0]} with the machine's settings {what}: {result}")
    for what in ("file", "folder"):
        path = _machines_file(server, store)
        linked = path if what == "file" else path.parent
        linked.rename(f"{linked}.elsewhere")
        linked.symlink_to(f"{linked}.elsewhere")
        proof.count("settings of the machine")
        refused(proof, server, run(path, "list"), f"a link in the place of the machine's {what}", "is a link")


def _machines_file(server: Server, store: Path) -> Path:
    path = server.folder(server.me, 0o755) / "followup" / "config.toml"
    path.parent.mkdir()
    path.parent.chmod(0o755)
    path.write_text(f'store = "{store}"\nme = ["director"]\n')
    path.chmod(0o644)
    return path


def _modules(testbed: Testbed, server: Server, proof: Proof) -> None:
    """Modules of a hostile folder, and editors that are commands: neither is run, whatever is started there."""
    person = server.first
    store = server.store(person)
    mark = store.parent / "mark"
    for name in MODULES:
        (store.parent / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write({name + ' '!r})\n")
    ran = f"touch {mark};true"
    env = dict.fromkeys(("EDITOR", "VISUAL", "PAGER", "BROWSER", "SHELL", "LESSOPEN"), ran)
    env |= {"PYTHONSTARTUP": str(store.parent / "json.py")}
    lines = ("note 2 x", "status", "config me asel", "--version", "help", "completion bash", "show 2", "doctor")
    for line in lines[: testbed.amount(len(lines), 3)]:
        result = person.run(store, *line.split(), env=env, cwd=str(store.parent))
        proof.count("starts in a hostile folder")
        proof.check(result.code == 0, f"{line} in a hostile folder: {result}")
    if not testbed.is_short and not mark.exists():
        _app_there(person, store, env, proof)
    ran_there = mark.read_text() if mark.exists() else None
    proof.check(ran_there is None, f"of the current folder was run: {ran_there or 'an editor'}")
    for name in LOADED_BY_PYTHON:
        (store.parent / f"{name}.py").unlink()
    for value in CURRENT_FOLDER[: testbed.amount(len(CURRENT_FOLDER), 2)]:
        for line in lines[: testbed.amount(len(lines), 2)]:
            result = person.run(store, *line.split(), env={"PYTHONPATH": value}, cwd=str(store.parent))
            proof.count("starts with PYTHONPATH in a hostile folder")
            proof.check(result.code == 0, f"{line} in a hostile folder with PYTHONPATH={value}: {result}")
    ran_there = mark.read_text() if mark.exists() else None
    proof.check(ran_there is None, f"by PYTHONPATH, of the current folder was run: {ran_there}")


def _app_there(person: Account, store: Path, env: dict[str, str], proof: Proof) -> None:
    there = person.program.under("sh", "-c", 'cd "$0" && exec "$@"', str(store.parent))
    with there.in_terminal(env={**person.env(store), **env}) as screen:
        screen.wait_for("q quit")
        screen.send("n")
        screen.wait_for("ctrl+s")
        screen.signal(signal.SIGTERM)
        screen.wait_exit()
    proof.count("starts in a hostile folder")

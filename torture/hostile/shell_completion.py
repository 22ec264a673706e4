"""Shell completion with hostile names: what bash, zsh and fish get, draw, insert and would run."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from functools import partial

from tests.support.hostile_texts import ESCAPES, MARKUPS, PAYLOADS, PWNED, shown, strange
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import PATIENCE
from torture.hostile.hostile_stores import as_json, as_laid_out, document
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

_BASH = """
source <(followup completion bash)
spec=$(complete -p followup); spec=${spec##*-F }; function=${spec%% *}
compopt() { :; }
offer() {
    COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMP_KEY=9
    read -ra COMP_WORDS <<< "$1"
    [[ $1 == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    $function followup "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
}
"""
_ASKED = (
    "add T --by ",
    "show ",
    "list ",
    "visit edit ",
    "party merge ",
    "add T --visit=",
    "add T --by '",
    'add T --by "',
)
_PLAIN = "plain name"


def completion(testbed: Testbed) -> Proof:
    """S1, S2: each shell that is here; the others are left out."""
    shells = [name for name in ("bash", "zsh", "fish") if shutil.which(name)]
    proof = Proof("S2", f"completion of {len(PAYLOADS)} hostile names in {', '.join(shells) or 'no shell'}")
    with testbed.sandbox() as sandbox:
        _put_command(sandbox)
        names = [*PAYLOADS, _PLAIN]
        for layout in (as_json, as_laid_out)[: testbed.amount(2, 1)]:
            sandbox.put(layout(document(names)))
            for name in shells:
                _offered(testbed, proof, sandbox, name)
        if "bash" in shells:
            _typed_again(proof, sandbox, names)
        for name in shells[: testbed.amount(2, 0)]:
            _complete_as_a_person(testbed, proof, sandbox, name)
        proof.check(not list(sandbox.folder.parent.rglob(PWNED)), f"a name was run: it made {PWNED}")
    missing = {"bash", "zsh", "fish"} - set(shells)
    if missing:
        proof.leave_out(f"{', '.join(sorted(missing))} not installed")
    return proof


def _put_command(sandbox: Sandbox) -> None:
    """A command `followup` in a folder of its own that starts the program under test."""
    command = sandbox.home / "bin" / "followup"
    command.parent.mkdir()
    variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in sandbox.program.variables.items())
    command.write_text(f'#!/bin/sh\n{variables} exec {shlex.join(sandbox.program.argv)} "$@"\n')
    command.chmod(0o755)
    sandbox.env["PATH"] = f"{command.parent}{os.pathsep}{sandbox.env['PATH']}"


def _run(sandbox: Sandbox, shell: str, script: str) -> str:
    """What a script writes in a shell, in the home; talk is not heard."""
    flags = {"bash": ["--noprofile", "--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [shell, *flags, "-c", script], env=sandbox.env, cwd=sandbox.home, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=PATIENCE,
    )  # fmt: skip
    return (done.stdout + done.stderr).decode(errors="surrogateescape")


def _offered(testbed: Testbed, proof: Proof, sandbox: Sandbox, name: str) -> None:
    """What a shell is given to show: one line each, nothing in it that moves or hides anything."""
    asked = _ASKED[: testbed.amount(len(_ASKED), 3)]
    for line in (f"followup {each}" for each in asked):
        match name:
            case "bash":
                script = f"{_BASH}offer {shlex.quote(line)}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
            case "zsh":
                variables = (
                    f"_ARGCOMPLETE=1 _ARGCOMPLETE_SHELL=zsh _ARGCOMPLETE_SUPPRESS_SPACE=1 COMP_POINT={len(line)}"
                )
                script = f"IFS=$'\\n'; COMP_LINE={shlex.quote(line)} {variables} followup 8>&1 9>/dev/null 1>/dev/null"
            case _:
                script = f"followup completion fish | source; complete -C {shlex.quote(line)}"
        out = _run(sandbox, name, script)
        found = strange(out, "\n\t\v")
        proof.check(not found, f"{name} is offered {found[:80]} for {line!r}")
        proof.check(
            out.count("\v" if name == "zsh" else "\n") > len(PAYLOADS) // 2,
            f"{name} is offered little for {line!r}: {out[:80]!r}",
        )
        proof.count("times asked")


def _typed_again(proof: Proof, sandbox: Sandbox, names: Sequence[str]) -> None:
    """Each name as bash puts it on the line is one word, and that word is the name."""
    script = 'offer "followup add T --by "; for each in "${COMPREPLY[@]}"; do '
    script += 'eval "set -- $each"; printf \'%s\\n\' "$#:$1"; done'
    words = _run(sandbox, "bash", f"{_BASH}{script}").splitlines()
    wanted = {f"1:{name}" for name in map(shown, names) if name is not None}
    lost = sorted(wanted - set(words))
    proof.check(not lost, f"bash: other words than the names: {lost[:3]} of {len(lost)}")
    proof.count("names put on the line", len(words))


# In front of a person.

_KEYS = "followup add T --visit plain\\ name --to plain\\ name --by "


def _complete_as_a_person(testbed: Testbed, proof: Proof, sandbox: Sandbox, shell: str) -> None:
    """A person presses Tab for a list, then for each name, and Enter: it is entered as it is."""
    chosen = [text for text in MARKUPS if PWNED in text or text[0] in "[!$*-'"]
    chosen = chosen[: testbed.amount(len(chosen), 3)]
    names = {f"n{number}x {text}": text for number, text in enumerate(chosen)}
    sandbox.put(as_json(document([*names, *ESCAPES, _PLAIN])))
    before = len(sandbox.seen("list", "--all"))
    with PtyScreen([shell, *_INTERACTIVE[shell]], {**sandbox.env, "PS1": "> "}, (200, 60)) as screen:
        screen.wait_for(">")
        screen.send(f"cd ~; {_LOADED[shell]}; echo lo''aded\r")
        screen.wait_for("loaded")
        for number, name in enumerate(names, before + 1):
            key = name.split()[0]
            screen.send(f"{_KEYS}{key}\t")
            screen.wait_for(partial(_is_offered, screen, key))
            screen.send("\r")
            screen.wait_for(partial(_is_answered, screen, number))
            got = sandbox.seen("show", str(number))["by"]
            proof.check(got == [name], f"{shell}: {name!r} was entered as {got}")
            proof.count("names entered with Tab")
        screen.send(f"{_KEYS}\t\t")
        screen.wait_for("plain")
        raw = screen.raw().decode(errors="surrogateescape")
    for text in ESCAPES:
        if ("66" in text or "owned" in text or "\x1b" not in text) and strange(text) and len(text) > 2:
            proof.check(text not in raw, f"{shell} drew {text!r}")


def _is_offered(screen: PtyScreen, typed: str) -> bool:
    """Whether something stands behind what was typed."""
    return bool(screen.text().rpartition(typed)[2].strip())


def _is_answered(screen: PtyScreen, number: int) -> bool:
    """Whether the number of the new commitment stands there."""
    return str(number) in screen.lines()


_INTERACTIVE = {"bash": ["--noprofile", "--norc", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}
_LOADED = {
    "bash": 'eval "$(followup completion bash)"',
    "zsh": 'autoload -Uz compinit; compinit -u -D; eval "$(followup completion zsh)"',
    "fish": "followup completion fish | source",
}

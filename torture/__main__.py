"""`python -m torture [--short] [--against BUILD] [--seed N] [--server URL] [PART...]`: torture the program, report it.

The exit status is 0 when every goal held, 1 when one did not, 2 for wrong usage. What this machine or this user
cannot try is reported as left out. `--against` tries a build that is broken on purpose, so that one can see the parts
fail.
"""

import argparse
import signal
import sys
import time
from pathlib import Path

from tests.support.program_with_injections import Program, is_root
from tests.support.run_command import FOLLOWUP
from torture.broken_builds import REGISTERED, BrokenBuild
from torture.parts import Part, all_parts
from torture.proof import Proof
from torture.testbed import Testbed


def main() -> int:
    """Run the parts that were named, or all."""
    parts = all_parts()
    options = _options(parts, REGISTERED)
    chosen = [parts[name] for name in options.parts or parts]
    program = Program()
    if options.against:
        build = REGISTERED[options.against]
        program = program.after(build)
        print(f"against {build.name}: {build.about}. It is to fail.")
    print(f"as {'root' if is_root() else 'an ordinary user: what needs root is left out'}; seed {options.seed}")
    begun = time.monotonic()
    proofs = []
    for part in chosen:
        testbed = Testbed(
            program, is_short=options.short, seed=options.seed, is_talking=_is_seen(), server=options.server
        )
        proofs += _run_part(part, testbed)
    return _summed_up(proofs, time.monotonic() - begun)


def _options(parts: dict[str, Part], builds: dict[str, BrokenBuild]) -> argparse.Namespace:
    listed = "\n".join(f"  {part.name:31} {part.about}" for part in parts.values())
    broken = "\n".join(f"  {each.name:20} {each.about}" for each in builds.values())
    parser = argparse.ArgumentParser(
        prog="torture",
        description="Try to lose something, or to get something in.",
        epilog=f"parts:\n{listed}\n\nbroken builds:\n{broken}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", metavar="PART", nargs="*", help="a part of those below (default: all)")
    parser.add_argument("--short", action="store_true", help="the short form, as in make test")
    parser.add_argument("--against", metavar="BUILD", help="try a build that is broken on purpose")
    parser.add_argument("--seed", type=int, default=7, help="of the random numbers (default: 7)")
    parser.add_argument("--server", metavar="URL", help="for the part server: one that you have, instead of our own")
    options = parser.parse_args()
    for part in options.parts:
        if part not in parts:
            parser.error(f"there is no part {part}: it is one of {', '.join(parts)}")
    if options.against is not None and options.against not in builds:
        parser.error(f"there is no broken build {options.against}: it is one of {', '.join(builds)}")
    if not Path(FOLLOWUP).exists():
        parser.error(f"there is no {FOLLOWUP}: make torture installs it")
    return options


def _is_seen() -> bool:
    return sys.stderr.isatty()


def _run_part(part: Part, testbed: Testbed) -> list[Proof]:
    """Run a part, and print each of its proofs as it is finished."""
    print(f"{part.name}: {part.about}", flush=True)
    proofs = []
    begun = time.monotonic()
    for proof in part.torture(testbed):
        testbed.rest()
        first, *others = proof.lines()
        print(f"  {first}  ({time.monotonic() - begun:.0f} s)")
        for line in others:
            print(f"  {line}")
        sys.stdout.flush()
        proofs.append(proof)
        begun = time.monotonic()
    return proofs


def _summed_up(proofs: list[Proof], seconds: float) -> int:
    wrong = [proof for proof in proofs if proof.verdict == "WRONG"]
    left_out = [proof for proof in proofs if proof.left_out]
    held = sum(proof.has_held for proof in proofs)
    print(f"{held} held, {len(wrong)} did not, {len(left_out)} left out in whole or in part; {seconds / 60:.1f} min")
    return 1 if wrong else 0


if __name__ == "__main__":
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        # Under nohup this goes on, but the programs under test are to be ended by it.
        signal.signal(signal.SIGHUP, lambda *_: None)
    # So that whatever was made is cleaned up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

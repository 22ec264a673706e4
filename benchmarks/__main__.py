"""`python -m benchmarks [--rounds N] [--plot FILE] [NAME...]`: run the benchmarks and say whether the goals are met.

The exit status is 1 when a goal is missed, 2 for a name that is not known. Goals are ratios, bytes and memory. One in
milliseconds, which say more of the machine than of the program, is printed and does not count.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import (
    bench_app,
    bench_capture,
    bench_changes,
    bench_commands,
    bench_growth,
    bench_imports,
    bench_peers,
    bench_reports,
    bench_server,
    bench_ssh,
)
from benchmarks.bench_commands import FOLLOWUP, Workshop
from benchmarks.compare_with_goals import Measurement
from benchmarks.goals import ROUNDS
from benchmarks.timing import CommandFailed

BENCHMARKS = {
    **bench_commands.BENCHMARKS,
    **bench_reports.BENCHMARKS,
    **bench_growth.BENCHMARKS,
    **bench_changes.BENCHMARKS,
    **bench_imports.BENCHMARKS,
    **bench_capture.BENCHMARKS,
    **bench_app.BENCHMARKS,
    **bench_ssh.BENCHMARKS,
    **bench_server.BENCHMARKS,
    **bench_peers.BENCHMARKS,
}
"""Name -> benchmark, in the order in which they are run."""

_HEAD = f"{'':28} {'ms':>8} {'ratio':>7}  {'p10-p90':^13} {'IQR':^13}  goal"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmarks that were named, or all."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="How quick the program is, as ratios to floors.")
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"one of {', '.join(BENCHMARKS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"measured runs of each command (default: {ROUNDS})")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw growth and app-growth, which are run for it")
    options = parser.parse_args(argv)
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}: it is one of {', '.join(BENCHMARKS)}")
    if options.rounds < 1:
        parser.error("--rounds is at least 1")
    if not Path(FOLLOWUP).exists():
        parser.error(f"there is no {FOLLOWUP}: make bench installs it")
    names = options.names or list(BENCHMARKS)
    if options.plot:
        names += [name for name in bench_growth.FOR_PLOT if name not in names]
    try:
        missed = _run(names, options.rounds, options.plot)
    except CommandFailed as failure:
        print(f"stopped, because a command failed: {failure}", file=sys.stderr)
        return 1
    print(f"missed: {'; '.join(missed)}" if missed else "every goal is met")
    return 1 if missed else 0


def _run(names: list[str], rounds: int, plot: Path | None) -> list[str]:
    """Run benchmarks, print their rows as they come, draw the plot. Returns what missed its goal."""
    missed = []
    with tempfile.TemporaryDirectory(prefix="followup-bench-") as folder:
        workshop = Workshop(Path(folder), rounds)
        print(_HEAD)
        for name in names:
            benchmark = BENCHMARKS[name]
            print(f"{name}: {(benchmark.__doc__ or '').strip()}")
            for row in benchmark(workshop):
                print(_line(row), flush=True)
                if row.fails_the_run:
                    missed.append(f"{name} {row.name}")
        if plot:
            bench_growth.drawn(workshop, plot)
    return missed


def _line(row: Measurement) -> str:
    return f"  {row.name:26} {row.figures:46} {row.goal:>10}  {row.verdict}".rstrip()


if __name__ == "__main__":
    sys.exit(main())

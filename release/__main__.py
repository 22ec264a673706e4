"""`python -m release [FOLDER]`: build wheel, sdist, zipapp, SBOM and their sums from the commit that is checked out.

The same commit gives the same bytes, on whatever day and in whatever folder: times are that of the commit, names are
sorted, modes are fixed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from release.zipapp import libraries, write_zipapp

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Build the release. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="release", description="Build the release of the commit that is checked out.")
    parser.add_argument("folder", nargs="?", default="dist", type=Path, help="where the files are put (default: dist)")
    parser.add_argument("--dirty", action="store_true", help="pass over changes that are not committed")
    options = parser.parse_args()
    changed = _git("status", "--porcelain").strip()
    if changed and not options.dirty:
        print(f"not committed, so no part of a release:\n{changed}", file=sys.stderr)
        return 1
    os.umask(0o022)
    options.folder.mkdir(parents=True, exist_ok=True)
    if any(options.folder.iterdir()):
        print(f"{options.folder} is not empty: remove what is in it", file=sys.stderr)
        return 1
    for path in build(options.folder):
        print(path)
    return 0


def build(folder: Path) -> list[Path]:
    """Build every file of the release into an empty folder. Returns their paths."""
    epoch = _git("log", "-1", "--format=%ct").strip()
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, "PYTHONWARNINGS": "ignore"}
    folder = folder.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        # What is committed, and nothing that lies beside it.
        source = Path(temporary)
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as committed:
            committed.extractall(source, filter="data")
        _run(["hatchling", "build", "--directory", str(folder)], source, environment)
        lock = source / "requirements.lock"
        lock.write_text(_of_run_time(lock.read_text(encoding="ascii")), encoding="ascii")
        [wheel] = folder.glob("*.whl")
        name = wheel.name.partition("-py3")[0]
        write_zipapp(folder / f"{name}.pyz", wheel, source, int(epoch))
        shutil.copyfile(lock, folder / f"{name}-requirements.lock")
        sbom = ["cyclonedx_py", "requirements", "requirements.lock", "--pyproject", "pyproject.toml"]
        sbom += ["--output-reproducible", "--output-file", str(folder / f"{name}.cdx.json")]
        _run(sbom, source, environment)
    files = sorted(folder.iterdir())
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (folder / "SHA256SUMS").write_text(sums, encoding="ascii")
    return [*files, folder / "SHA256SUMS"]


def _of_run_time(lock: str) -> str:
    """A lock file without the libraries that build the wheel: nothing runs them where it is installed."""
    needed = libraries("followup")
    head, *pinned = re.split(r"(?m)^(?=[\w.-]+==)", lock)
    return head + "".join(each for each in pinned if each.partition("==")[0] in needed)


def _run(module: list[str], source: Path, environment: dict[str, str]) -> None:
    """Run a module of this environment in a folder."""
    subprocess.run([sys.executable, "-P", "-m", *module], cwd=source, env=environment, check=True, stdout=sys.stderr)


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())

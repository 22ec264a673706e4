"""Writes the zipapp: one file that runs on a bare Python, with all libraries that are pure Python.

The libraries are those of this environment, where `pip` put them by the hashes of the lock file; a file that is not
what its package's RECORD says is refused. What was compiled for one Python is left out.
"""

from __future__ import annotations

import base64
import hashlib
import re
import time
import zipfile
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

COMPILED = frozenset({"lxml", "python-calamine", "python-docx"})
"""Libraries that are nothing without what was compiled: DOCX is not written and XLSX not read by the zipapp."""

PYTHONS = ("3.11", "3.12", "3.13", "3.14")

_NOT_INSIDE = re.compile(
    r"(^|/)(__pycache__|\.\.)(/|$)|\.(so|pyd|c|pyc|pth)$|dist-info/(WHEEL|RECORD|INSTALLER|REQUESTED|direct_url\.json)$"
)
"""What belongs to one Python (as the tags in WHEEL do), one installation, or to no module."""

_LOCKED = re.compile(r"(?m)^([\w.-]+)==([^\s;]+)")
"""Name and version of a library in a lock file."""

_SHEBANG = b"#!/usr/bin/env -S python3 -I\n"


def write_zipapp(path: Path, wheel: Path, source: Path, epoch: int) -> None:
    """Write the zipapp of a wheel and its libraries; `source` is the project, `epoch` the time of its files.

    The files are a zip of their own within it: reading the names of two thousand takes a start longer than Python does.
    Raises: ValueError for a library that is not of the version in the lock file, or not what was installed.
    """
    files = dict(_files_of_wheel(wheel))
    locked = dict(_LOCKED.findall((source / "requirements.lock").read_text(encoding="utf-8")))
    for name, library in libraries("followup", without=COMPILED).items():
        if library.version != locked.get(name):
            raise ValueError(
                f"{name} {library.version} is installed, and {locked.get(name)} stands in requirements.lock"
            )
        files.update(_files_of(library))
    packed = _zip(files, epoch)
    start = {
        "__main__.py": (source / "release" / "zipapp_main.py").read_bytes(),
        "launcher.py": (source / "tui" / "launcher.py").read_bytes(),
        "files.zip": packed,
        "files.sha256": hashlib.sha256(packed).hexdigest().encode(),
    }
    path.write_bytes(_SHEBANG + _zip(start, epoch))
    path.chmod(0o755)


def _zip(files: Mapping[str, bytes], epoch: int) -> bytes:
    """The bytes of a zip that has these files."""
    written = BytesIO()
    year, month, day, hour, minute, second, *_ = time.gmtime(epoch)
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".zip") else zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data, compresslevel=9)
    return written.getvalue()


def _files_of_wheel(wheel: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if ".data/" not in name and not _NOT_INSIDE.search(name):
                yield name, archive.read(name)


def libraries(name: str, without: Collection[str] = ()) -> dict[str, Distribution]:
    """Everything that a distribution needs at run time on any Linux, by its names, in their order.

    Those `without` which it has to do are left out, with what they alone need.
    """
    found: dict[str, Distribution] = {}
    wanted: list[tuple[str, str]] = [(name, "")]
    for of, extra in wanted:  # Grows while it is gone through.
        for text in distribution(of).requires or ():
            needed = Requirement(text)
            key = canonicalize_name(needed.name)
            if key in without or not _is_needed(needed, extra):
                continue
            found[key] = distribution(key)
            wanted += [each for each in ((key, one) for one in ("", *sorted(needed.extras))) if each not in wanted]
    return dict(sorted(found.items()))


def _is_needed(needed: Requirement, extra: str) -> bool:
    """Whether a requirement holds on Linux with an extra, for some Python from 3.11 on."""
    if needed.marker is None:
        return not extra
    linux = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "extra": extra}
    pythons = ({"python_version": each, "python_full_version": f"{each}.0"} for each in PYTHONS)
    return any(needed.marker.evaluate({**linux, **python}) for python in pythons)


def _files_of(library: Distribution) -> Iterator[tuple[str, bytes]]:
    """The files of an installed distribution. Raises: ValueError for one that is not as its RECORD says."""
    name = library.metadata["Name"]
    if library.files is None:
        raise PackageNotFoundError(f"{name} has no RECORD")
    for file in library.files:
        inside = str(PurePosixPath(file))
        if _NOT_INSIDE.search(inside):
            continue
        data = Path(str(file.locate())).read_bytes()
        if file.hash is None or _record_hash(file.hash.mode, data) != file.hash.value:
            raise ValueError(f"{inside} of {name} is not what was installed")
        yield inside, data


def _record_hash(mode: str, data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.new(mode, data).digest()).rstrip(b"=").decode()

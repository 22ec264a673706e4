"""Certificates for servers of the tests, made by openssl: one that signs, good ones, and one that has expired."""

from __future__ import annotations

import subprocess
from pathlib import Path


class Signer:
    """A certificate authority of the tests' own; its certificate is `root`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.root = folder / "root.crt"
        self._key = folder / "root.key"
        self._openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"),
            *("-subj", "/CN=signer of the tests", "-keyout", str(self._key), "-out", str(self.root)),
        )

    def signed(self, name: str, *, is_expired: bool = False) -> tuple[str, str]:
        """A certificate for a server of this name, and its key."""
        key, request, made = (self._folder / f"{name}.{kind}" for kind in ("key", "csr", "crt"))
        names = self._folder / "names"
        names.write_text(f"subjectAltName = DNS:{name}\n")
        self._openssl(
            *("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}"),
            *("-keyout", str(key), "-out", str(request)),
        )
        self._openssl(
            *("x509", "-req", "-in", str(request), "-CA", str(self.root), "-CAkey", str(self._key), "-CAcreateserial"),
            *("-extfile", str(names), "-days", "-1" if is_expired else "30", "-out", str(made)),
        )
        return made.read_text(), key.read_text()

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=self._folder)

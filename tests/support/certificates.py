"""Certificates for servers of the tests, made by openssl: one that signs, good ones, and one that has expired."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SETTINGS = """\
[ca]
default_ca = signer
[signer]
new_certs_dir = {folder}
database = {folder}/made
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = DNS:{name}
"""


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
        settings = self._folder / "settings"
        settings.write_text(_SETTINGS.format(folder=self._folder, name=name))
        (self._folder / "made").write_text("")
        first, last = ("20010101000000Z", "20020101000000Z") if is_expired else ("20010101000000Z", "20991231000000Z")
        self._openssl(
            *("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}"),
            *("-keyout", str(key), "-out", str(request)),
        )
        self._openssl(
            *("ca", "-batch", "-config", str(settings), "-in", str(request), "-out", str(made), "-notext"),
            *("-cert", str(self.root), "-keyfile", str(self._key), "-startdate", first, "-enddate", last),
        )
        return made.read_text(), key.read_text()

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=self._folder)

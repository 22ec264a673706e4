"""The way to another machine: encrypted, to a server whose certificate is checked; each refusal is one sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from store.server_name import printable_name
from tests.conftest import Run
from tests.support.certificates import Signer
from tests.support.postgres_server import PostgresServer, running_server, short_folder

ADDRESS = "127.0.0.2"
"""Not among the names of this machine: a server there is on another one, as the program sees it."""

PASSWORD = "of the tests"


class Distant(NamedTuple):
    """A server with TLS on another machine's address."""

    server: PostgresServer
    signer: Signer
    folder: Path

    def use(self, name: str, *, is_expired: bool = False) -> None:
        """Show a certificate of this name from now on."""
        certificate, key = self.signer.signed(name, is_expired=is_expired)
        self.server.put("server.crt", certificate)
        self.server.put("server.key", key)
        self.server.restart()

    def url(self, name: str = "db.example.org", **options: str) -> str:
        given = {"hostaddr": ADDRESS, "sslrootcert": str(self.signer.root), **options}
        said = "&".join(f"{name}={value}" for name, value in given.items() if value)
        return f"postgresql://postgres@{name}:{self.server.port}/postgres?{said}"


@pytest.fixture(scope="module")
def distant() -> Iterator[Distant]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    with running_server() as server, short_folder() as folder:
        signer = Signer(folder)
        certificate, key = signer.signed("db.example.org")
        server.put("server.crt", certificate)
        server.put("server.key", key)
        server.sql(f"ALTER ROLE postgres PASSWORD '{PASSWORD}'")
        rules = "hostssl all all 127.0.0.0/8 scram-sha-256\nhostnossl postgres all 127.0.0.0/8 scram-sha-256"
        server.listen(rules, "ssl=on", f"listen_addresses={ADDRESS},127.0.0.1", address=ADDRESS)
        yield Distant(server, signer, folder)


Refusal = Callable[..., str]


@pytest.fixture
def refusal(run: Run, distant: Distant) -> Iterator[Refusal]:
    """What a look is refused with: one sentence, exit code 4."""

    def asked(name: str = "db.example.org", password: str = PASSWORD, **options: str) -> str:
        done = run("list", env={"FOLLOWUP_STORE": distant.url(name, **options), "PGPASSWORD": password})
        assert (done.code, done.out, done.err.count("\n")) == (4, "", 1), done
        start = f"followup: {printable_name(distant.url(name, **options))} cannot be "
        assert done.err.startswith(start), done.err
        return done.err.removeprefix(start).rstrip()

    yield asked
    distant.use("db.example.org")


def test_a_server_whose_certificate_is_good_is_used(run: Run, distant: Distant) -> None:
    env = {"FOLLOWUP_STORE": distant.url(), "PGPASSWORD": PASSWORD}
    made = run("init", distant.url(), env=env)
    assert made.code == 0, made.err
    assert run("list", env=env).code == 0


def test_without_a_signer_the_refusal_names_the_option(refusal: Refusal) -> None:
    assert refusal(sslrootcert="") == (
        "trusted: nothing here says who signs the certificates of servers: "
        "put ?sslrootcert=FILE (or =system) behind its name"
    )


def test_an_expired_certificate_is_refused(refusal: Refusal, distant: Distant) -> None:
    distant.use("db.example.org", is_expired=True)
    assert refusal().startswith("trusted: its certificate has expired, or none that is trusted signed it")


def test_a_certificate_that_another_signed_is_refused(refusal: Refusal, distant: Distant, tmp_path: Path) -> None:
    other = Signer(tmp_path)
    assert refusal(sslrootcert=str(other.root)).startswith("trusted: its certificate has expired, or none")


def test_a_certificate_of_another_name_is_refused(refusal: Refusal) -> None:
    said = refusal("other.example.org")
    assert said.endswith('server certificate for "db.example.org" does not match host name "other.example.org"')


def test_a_wrong_password_is_refused(refusal: Refusal) -> None:
    assert refusal(password="another").endswith('password authentication failed for user "postgres"')


def test_without_a_password_the_refusal_says_where_it_is_put(run: Run, distant: Distant) -> None:
    refused = run("list", env={"FOLLOWUP_STORE": distant.url()})
    assert refused.code == 4
    assert refused.err.endswith(
        "asks for a password, and none is known here: put it into ~/.pgpass, mode 600, as "
        "HOST:PORT:DATABASE:ROLE:PASSWORD\n"
    )


def test_this_machine_is_asked_without_encryption_first_and_a_refusal_is_said_once(
    run: Run, distant: Distant, refusal: Refusal
) -> None:
    env = {
        "FOLLOWUP_STORE": distant.url("localhost", hostaddr="", sslrootcert="", dbname="template1"),
        "PGPASSWORD": PASSWORD,
    }
    assert run("list", env=env).err.startswith("followup: there is no store at"), "this server insists on encryption"
    said = refusal("localhost", password="another", hostaddr="", sslrootcert="")
    assert said == 'reached: password authentication failed for user "postgres"'


def test_whoever_says_so_goes_without_the_check(run: Run, distant: Distant) -> None:
    missing = run(
        "list",
        env={
            "FOLLOWUP_STORE": distant.url(sslrootcert="", sslmode="require", dbname="template1"),
            "PGPASSWORD": PASSWORD,
        },
    )
    assert missing.err.startswith("followup: there is no store at"), missing


@pytest.mark.parametrize(
    ("sslmode", "said"),
    [
        ("", []),
        (
            "require",
            [
                "server: its certificate is not checked: whoever takes its place on the way is not found out: "
                "?sslmode=verify-full behind its name checks it"
            ],
        ),
        (
            "disable",
            [
                "server: the way to db.example.org is not encrypted: whoever is on it can read, and change what is "
                "sent: ?sslmode=verify-full behind its name encrypts it"
            ],
        ),
    ],
)
def test_the_doctor_tells_how_it_is_connected(run: Run, distant: Distant, sslmode: str, said: list[str]) -> None:
    run("init", distant.url(), env={"PGPASSWORD": PASSWORD})
    done = run("doctor", env={"FOLLOWUP_STORE": distant.url(sslmode=sslmode), "PGPASSWORD": PASSWORD})
    assert done.code == 0, done
    engine, *rest = done.out.splitlines()[1:-1]
    assert engine.endswith(" at db.example.org" + ("" if sslmode == "disable" else ", encrypted"))
    assert rest == said

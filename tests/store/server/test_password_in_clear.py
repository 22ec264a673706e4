"""The password goes in clear to this machine alone, by whatever name, variable or service a server is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.server.connection import _parameters
from tests.conftest import Run
from tests.support.password_listener import listener, ways_there

SOCKET = "/var/run/postgresql"


def test_no_way_to_another_machine_sends_it(run: Run, tmp_path: Path) -> None:
    with listener() as server:
        for name, surroundings in ways_there(server.port, tmp_path):
            assert run("status", "--store", name, env={**surroundings, "PGPASSWORD": "secret-4711"}).code == 4
            assert b"secret-4711" not in server.heard, (name, surroundings)


@pytest.mark.parametrize("options", ["", "?sslmode=", "?sslmode=disable"])
def test_whoever_listens_on_this_machine_gets_none(run: Run, options: str) -> None:
    with listener("127.0.0.1") as server:
        name = f"postgresql://asel@localhost:{server.port}/followup{options}"
        assert run("status", "--store", name, env={"PGPASSWORD": "secret-4711"}).code == 4
        assert server.met
        assert b"secret-4711" not in server.heard


def test_it_may_be_asked_for_in_clear_where_that_is_said() -> None:
    assert _parameters("postgresql://localhost/followup?require_auth=password")["require_auth"] == "password"
    assert "require_auth" not in _parameters("postgresql://db.example.org/followup")


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "services.conf"
    file.write_text(
        "[far]\nhost=db.example.org\n[none]\nhost=db.example.org\nsslmode=disable\n"
        f"[slow]\nhost={SOCKET}\nconnect_timeout=33\ntarget_session_attrs=primary\n[near]\nhost={SOCKET}\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(file))


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize(
    ("name", "variables", "sslmode"),
    [
        ("postgresql:///followup", {}, "allow"),
        ("postgresql:///followup", {"PGHOST": SOCKET}, "allow"),
        ("postgresql:///followup", {"PGHOST": "db.example.org"}, "verify-full"),
        ("postgresql:///followup", {"PGSERVICE": "far"}, "verify-full"),
        ("postgresql:///followup", {"PGSERVICE": "none"}, "disable"),
        ("postgresql:///followup", {"PGSERVICE": "near"}, "allow"),
        ("postgresql:///followup", {"PGSERVICE": "near", "PGHOSTADDR": "192.0.2.1"}, "verify-full"),
        ("postgresql://localhost/followup", {}, "allow"),
        ("postgresql://localhost/followup", {"PGHOSTADDR": "127.0.0.1"}, "allow"),
        ("postgresql://localhost/followup", {"PGHOSTADDR": "192.0.2.1"}, "verify-full"),
        ("postgresql://localhost,db.example.org/followup", {}, "verify-full"),
        ("postgresql://db.example.org/followup?hostaddr=127.0.0.1", {}, "allow"),
        ("postgresql://db.example.org/followup?sslmode=prefer", {}, "prefer"),
        ("postgresql://db.example.org/followup", {"PGSSLMODE": "prefer"}, "prefer"),
        ("postgresql://localhost/followup?sslrootcert=/ca.crt", {}, "prefer"),
        ("postgresql://db.example.org/followup?sslmode=", {}, "verify-full"),
        ("service=far", {}, "verify-full"),
        ("service=none", {}, "disable"),
    ],
)
def test_the_certificate_is_checked_unless_somebody_says_otherwise_or_it_is_this_machine(
    monkeypatch: pytest.MonkeyPatch, name: str, variables: dict[str, str], sslmode: str
) -> None:
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    assert _parameters(name)["sslmode"] == sslmode


@pytest.mark.usefixtures("services")
def test_what_a_service_says_is_not_overridden() -> None:
    slow, near = _parameters("service=slow"), _parameters("service=near")
    assert (slow["connect_timeout"], slow["target_session_attrs"]) == ("33", "primary")
    assert (near["connect_timeout"], near["target_session_attrs"]) == (5, "read-write")

"""The pages for administrators are carried out: as root, under umask 077, without network, with two accounts.

It happens in namespaces of its own, on layers over the folders of the system: nothing of it stays.
"""

import os
import re
import shlex
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, text_of
from tests.test_release import build

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
FOLDERS = ("etc", "opt", "usr/local", "var")
"""What is changed by installing, below the root; /srv and /home are empty ones."""

HERE_IS_NETWORK = "<!-- here there is network -->"

_LAYERS = """
set -e
umask 022
mount --make-rprivate /
mount -t tmpfs layers {layers}
for folder in {folders}; do
  mkdir -p {layers}/$folder/upper {layers}/$folder/aside
  mount -t overlay layer -o lowerdir=/$folder,upperdir={layers}/$folder/upper,workdir={layers}/$folder/aside /$folder
done
for folder in /srv /home; do mount -t tmpfs -o mode=755 empty $folder; done
"""

_NAMES_ARE_FREE = """
for name in asel boris nagios; do if getent passwd $name; then userdel --force $name; fi; done
for name in asel boris nagios followup donors; do if getent group $name; then groupdel --force $name; fi; done
"""
"""On a machine that has accounts of these names already: in the layer over /etc they are gone."""

_LOOKING = """
umask 077
runuser -u asel -- followup visit add "Visit to Lyon" --place Lyon --from 2022-12-06
runuser -u asel -- followup add Send the list --visit lyon-2022 --by UNODC --to INTERPOL
runuser -u boris -- followup note 1 called
runuser -u boris -- followup history 1 --json | grep -q '"who": *"boris"'
test "$(runuser -u nobody -- followup list 2>&1)" = \
  "followup: /srv/followup/commitments.json cannot be read: Permission denied"
test -z "$(find /opt/followup ! -perm -o=r ! -type l -print -quit)"
"""
"""What two accounts do with it, and a third one cannot."""

_READ_BY_A_GROUP = """
usermod -aG donors boris
store=/srv/asel/commitments.json
runuser -u asel -- followup visit add V --place Lyon --from 2022-12-06 --store $store
runuser -u asel -- followup visit edit lyon-2022 --place Paris --store $store
runuser -u boris -- followup visits lyon-2022 --store $store | grep -q Paris
refused runuser -u boris -- followup visit edit lyon-2022 --place Rome --store $store
test "$(followup doctor --store $store)" = "$store: no findings"
gpasswd -d asel donors
followup doctor --store $store | grep -q 'its owner asel is not in that: each change of asel is refused'
refused runuser -u asel -- followup visit edit lyon-2022 --place Rome --store $store
rm -r /srv/asel
groupdel donors
"""
"""One writes and a group reads, and what is told when who writes is not in it."""

_FAILS = """
mkdir ../without
cp followup-0.2.0-* ../without
cd ../without
mkdir wheelhouse
if (
{upgrade}
)
then exit 1
fi
test "$(readlink /opt/followup/current)" = 0.1.0
followup --version
rm -r /opt/followup/0.2.0
"""
"""An upgrade for which the libraries are not there."""

_SECURED = """
sed -n 's/.*`\\(sed -i [^`]*\\)`.*/\\1/p' {security} > line
test "$(wc -l < line)" = 1
sh line
sh line
rm line
head -n 1 /opt/followup/current/bin/followup | grep -q 'bin/python3 -I$'
runuser -u nobody -- followup --version
"""
"""The line of SECURITY that makes Python ignore its variables, twice."""

_MOVE_GIVEN_UP = """
refused runuser -u asel -- followup note 1 meanwhile
mv /srv/followup.moving /srv/followup
runuser -u asel -- followup note 1 afterwards --store /srv/elsewhere/followup/commitments.json
runuser -u boris -- followup history 1 --store /srv/elsewhere/followup/commitments.json | grep -q afterwards
rm -r /srv/elsewhere
"""

_COPIED_PLAINLY = """
cp -r /srv/followup /srv/plain
followup doctor --store /srv/plain/commitments.json > plain || test $? = 1
grep -q 'belongs to root alone, and has changes of .*asel.*, who cannot open it' plain
LINE=$(sed -n 's/^  shared:   //p' plain | sed 's/GROUP/followup/')
PATH=$PATH sh -c "$LINE"
runuser -u boris -- followup note 1 plain --store /srv/plain/commitments.json
rm -r /srv/plain plain
"""
"""With `cp -r`, which makes all of it root's, and what doctor then says to type."""

_CALLED_BY_FISH = """
mkdir -p /home/boris/.config/fish/completions
followup completion fish > /home/boris/.config/fish/completions/followup.fish
test "$(
{calls}
)" = /home/boris/.config/fish/completions/followup.fish
rm /home/boris/.config/fish/completions/followup.fish
"""

_LOST = """
rm -r /srv/followup
"""

_NIGHTS = """
folder=/var/backups/followup
touch -d "61 days ago" $folder/commitments.backup-*.json
touch -d "61 days ago" $folder/commitments.backup-000000.json
test -z "$({cron} 2>&1)"
test "$(ls $folder | wc -l)" = 1
runuser -u asel -- followup note 1 "the last one"
test -z "$({cron} 2>&1)"
test "$(ls $folder | wc -l)" = 2
mount --bind $folder $folder
mount --bind /srv /srv && mount -o remount,ro,bind /srv
test -z "$({cron} 2>&1)"
test "$(ls $folder | wc -l)" = 2
umount /srv $folder
"""
"""A night without a change, one after a change, and one that may write nowhere else."""

_SHARED_AGAIN = """
runuser -u boris -- followup note 1 "back again"
runuser -u asel -- followup note 1 "by another"
test "$(runuser -u nagios -- followup check)" = \
  "FOLLOWUP UNKNOWN - /srv/followup/commitments.json cannot be read: Permission denied"
"""

_BLAMED_FOR_NOTHING = """
runuser -u nagios -- followup doctor | grep -q '^not looked at: the copies'
! runuser -u nagios -- followup note 1 mine
"""

_NAMED = "find /opt /usr/local /etc /srv/followup /home -name '*followup*' -print | sort"

_THERE_BEFORE = f"""
{_NAMED} > ../before
"""
"""What has the name before anything is installed belongs to others on this machine."""

_NOTHING_IS_LEFT = f"""
test -z "$({_NAMED} | comm -13 ../before -)"
! getent group followup
"""


def blocks(page: str) -> list[str]:
    """The commands of a page, by the blocks that they stand in; those that need network begin with a comment."""
    found = re.findall(rf"(?ms)^({HERE_IS_NETWORK}\n)?```sh\n(.*?)^```$", text_of(page))
    return [f"# network\n{text}" if network else text for network, text in found]


def units() -> dict[str, str]:
    """Name -> text of the units of systemd that the pages show."""
    pages = "".join(map(text_of, ("docs/installing.md", "docs/sharing-on-a-server.md")))
    return dict(re.findall(r"(?s)`/etc/systemd/system/([\w.-]+)`.*?```ini\n(.*?)```", pages))


def lines_of_cron(page: str) -> list[str]:
    """The commands of the lines for /etc/cron.d that a page shows."""
    return re.findall(r"(?m)^[\d*/,-]+(?: +[\d*/,-]+){4}  root  (.*)$", text_of(page))


def _why_not() -> str | None:
    """Why this machine cannot try it; None if it can."""
    if os.geteuid() != 0:
        return "this needs root"
    if not (ROOT / ".git").exists():
        return "a release is built from a commit"
    wanted = "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))"
    if subprocess.run(["/usr/bin/python3", "-I", "-c", wanted], capture_output=True).returncode:
        return "the system has no Python from 3.11 on that can make environments"
    if not all(shutil.which(each, path=PATH) for each in ("unshare", "runuser", "useradd", "sha256sum", "setfacl")):
        return "the system has not all tools"
    return None


@pytest.fixture
def layers(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "layers"
    folder.mkdir()
    script = _LAYERS.format(layers=folder, folders=" ".join(FOLDERS))
    tried = subprocess.run(["unshare", "--mount", "--net", "sh", "-c", script], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"this machine has no namespaces or layers: {tried.stderr.strip()}")
    yield script
    folder.rmdir()


@pytest.mark.release
@pytest.mark.skipif(_why_not() is not None, reason=_why_not() or "")
def test_a_newcomer_installs_shares_upgrades_and_removes_by_the_pages_alone(tmp_path: Path, layers: str) -> None:
    build(tmp_path / "release")
    is_there = Path("/opt/followup/current").exists()
    installing = blocks("docs/installing.md")
    sums, fetch, fetch_for_another, install, settings, upgrade, back, remove_old, move, *installing = installing
    keep, bring_back, calls, *remove = installing
    make_store, one_writes, admit_monitoring, audit = blocks("docs/sharing-on-a-server.md")
    _pretend_a_newer_one(tmp_path / "release")
    [cron] = lines_of_cron("docs/installing.md")
    assert fetch.startswith("# network")
    fetched = _bash(tmp_path, fetch, fetch_for_another)
    if fetched.returncode and re.search(r"(?i)connection|resolution|network|timed out", fetched.stderr):
        pytest.skip("the package index cannot be reached")
    assert fetched.returncode == 0, fetched.stderr[-3000:]
    accounts = "useradd --create-home asel\nuseradd --create-home boris\nuseradd --system nagios"
    members = "usermod -aG followup boris"
    steps = [
        _NAMES_ARE_FREE, _THERE_BEFORE, sums, accounts, install, settings, make_store, members, _LOOKING,
        one_writes, _READ_BY_A_GROUP,
        admit_monitoring, _BLAMED_FOR_NOTHING, _FAILS.format(upgrade=upgrade),
        upgrade, _SECURED.format(security=ROOT / "SECURITY.md"),
        _LOOKING.replace("visit add", "visit edit lyon-2022 --place Lyon #"), back, remove_old, move,
        _MOVE_GIVEN_UP, _COPIED_PLAINLY,
        keep, _NIGHTS.format(cron=f"env -i PATH=/usr/bin:/bin sh -c {shlex.quote(cron)}"), _LOST, bring_back,
        "followup history 1 | grep -q 'the last one'", _SHARED_AGAIN, audit,
        "runuser -u boris -- followup note 1 audited 2>&1 | grep -q 'audit trail has no line'",
        "followup doctor | grep -q 'changes leave no line'",
        settings, audit, "test $(wc -l < /etc/followup/config.toml) = 2",
        _CALLED_BY_FISH.format(calls=calls), calls, *remove, _NOTHING_IS_LEFT,
    ]  # fmt: skip
    done = _bash(
        tmp_path,
        layers,
        *(f'(set -ex; umask 077; refused() {{ ! "$@"; }}\n{step}\n)' for step in steps),
        in_namespaces=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert Path("/opt/followup/current").exists() == is_there


def _pretend_a_newer_one(release: Path) -> None:
    """Put a wheel and a lock file of 0.2.0 beside those of 0.1.0, which are these but for the number."""
    [lock] = release.glob("*.lock")
    shutil.copyfile(lock, release / lock.name.replace("0.1.0", "0.2.0"))
    [wheel] = release.glob("*.whl")
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(release / wheel.name.replace("0.1.0", "0.2.0"), "w") as new:
        for each in old.infolist():
            data = old.read(each)
            if ".dist-info/" in each.filename:
                data = data.replace(b"Version: 0.1.0", b"Version: 0.2.0").replace(b"followup-0.1.0", b"followup-0.2.0")
            each.filename = each.filename.replace("followup-0.1.0", "followup-0.2.0")
            new.writestr(each, data)


def _bash(folder: Path, *steps: str, in_namespaces: bool = False) -> subprocess.CompletedProcess[str]:
    """Run steps one after the other in the folder of the release, as a new login of root would."""
    argv = ["bash", "-e", "-c", "\n".join(steps)]
    home = folder / "root"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        ["unshare", "--mount", "--net", *argv] if in_namespaces else argv,
        cwd=folder / "release",
        env={"PATH": PATH, "HOME": str(home), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        umask=0o077,
    )


def test_the_units_of_systemd_are_ones(tmp_path: Path) -> None:
    found = units()
    names = ("check.service", "check.timer", "digest.service", "backup.service", "backup.timer")
    assert set(found) == {f"followup-{name}" for name in names}
    checker = shutil.which("systemd-analyze")
    if checker is None:
        pytest.skip("systemd is not installed")
    for name, text in found.items():
        # The program need not be installed on the machine of the tests, nor the account be there.
        text = text.replace("/usr/local/bin/followup", "/bin/true").replace("User=asel", "User=root")
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in found]
    done = subprocess.run([checker, "verify", "--man=no", *paths], capture_output=True, text=True)
    told = [line for line in done.stderr.splitlines() if "followup-" in line]
    assert (done.returncode, told) == (0, []), done.stderr

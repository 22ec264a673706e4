"""Settings are never written through a link that another may have planted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.config import save
from store.errors import FollowUpError
from store.paths import user_config

needs_root = pytest.mark.skipif(os.getuid() != 0, reason="gives files to another account")
MALLORY = 12345


@needs_root
@pytest.mark.parametrize("link", [".config", ".config/followup", ".config/followup/config.toml"])
def test_a_link_in_a_home_that_is_anothers_is_not_followed(tmp_path: Path, link: str) -> None:
    home, secret = tmp_path / "mallory", tmp_path / "secret"
    victim = secret / {".config": "followup/config.toml"}.get(link, "config.toml")
    victim.parent.mkdir(parents=True)
    victim.write_text('lang = "x"\n')
    victim.chmod(0o644)
    planted = home / link
    planted.parent.mkdir(parents=True)
    planted.symlink_to(victim if link.endswith(".toml") else secret)
    for path in (home, *home.rglob("*")):
        os.chown(path, MALLORY, MALLORY, follow_symlinks=False)
    environment = {"HOME": str(home)}
    assert Path(user_config(environment)).exists()
    with pytest.raises(FollowUpError):
        save(environment, "me", ["x"])
    assert victim.read_text() == 'lang = "x"\n'
    assert victim.stat().st_mode & 0o777 == 0o644
    assert os.listdir(secret) == ["followup" if link == ".config" else "config.toml"]


def test_a_link_of_ones_own_is_followed(tmp_path: Path) -> None:
    dotfiles = tmp_path / "dotfiles"
    dotfiles.mkdir(mode=0o700)
    (tmp_path / ".config").mkdir(mode=0o700)
    (tmp_path / ".config" / "followup").symlink_to(dotfiles)
    tmp_path.chmod(0o700)
    save({"HOME": str(tmp_path)}, "me", ["asel"])
    assert 'me = ["asel"]' in (dotfiles / "config.toml").read_text()

"""Chromium without a window, which prints pages and measures them."""

import shutil
import subprocess
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def chromium(folder: Path, *argv: str) -> str:
    """Run Chromium, its profile in a folder. Returns what it prints."""
    quiet = (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
        *("--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder / 'profile'}"),
    )
    assert CHROMIUM is not None
    done = subprocess.run([CHROMIUM, *quiet, *argv], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def print_to_pdf(folder: Path, html: str, pdf: Path) -> None:
    """Print a page on A4, without the head and foot that a browser adds."""
    page = folder / "paper.html"
    page.write_text(html, encoding="utf-8")
    chromium(folder, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())

"""Copies of the project's own packs, to be spoiled."""

import shutil
from datetime import date
from pathlib import Path

from tongban.engine.packs import Checked, check

PACKS = Path(__file__).resolve().parents[5] / "packs"
SLUGS = sorted(folder.name for folder in (PACKS / "items").iterdir())
JOINTS = sorted(folder.name for folder in (PACKS / "joint").iterdir())
TODAY = date(2026, 11, 20)


def copy_to(folder: Path) -> Path:
    """A whole packs folder of one's own."""
    return Path(shutil.copytree(PACKS, folder / "packs", ignore=shutil.ignore_patterns("calendar")))


def checked(*paths: Path, installed: Path = PACKS) -> Checked:
    """The check of these paths today."""
    return check(paths, installed=installed, on=TODAY)

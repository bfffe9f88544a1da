"""`tongban exercise-data`: have the learners of an exercise, and say who may sign in."""

import argparse
import secrets
from pathlib import Path
from typing import Any

from tongban.cli.installation import data_folder, wake_installation


def add_to(subparsers: Any) -> None:
    """Register `exercise-data`."""
    parser = subparsers.add_parser(
        "exercise-data",
        description="Have the offices and learners of an exercise, and say who may sign in. A second call "
        "changes nothing; refused on the database of a real installation.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Have them."""
    wake_installation()
    from django.conf import settings

    from tongban.cli.failure import Failure
    from tongban.kernel.clock import now

    if "tongban.learning.apps.ExerciseConfig" not in settings.INSTALLED_APPS:
        raise Failure("this is no exercise: run `tongban exercise`")
    from tongban.learning import api as learning

    learning.refuse_real()
    password = _password(data_folder() / "exercise-password")
    names = learning.open_offices(password, at=now())
    print(f"练习账号（经办人），一人用一个，互不影响；密码都是 {password}\n\n  {names[0]} … {names[-1]}")
    print(f"  {learning.TRAINER}  带教人，看学员做得怎么样\n")


def _password(file: Path) -> str:
    """One password for all learners, made at the first start and kept in the data folder."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9))
    return file.read_text()

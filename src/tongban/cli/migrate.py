"""`tongban migrate`: the tables of this version, no more and no less."""

import argparse
from typing import Any

from tongban.cli.failure import Failure
from tongban.cli.installation import wake_django, wake_installation


def add_to(subparsers: Any) -> None:
    """Register `migrate [--check]`."""
    parser = subparsers.add_parser("migrate", description="Bring the database to this version.")
    parser.add_argument(
        "--check",
        action="store_true",
        help="only say whether models changed without a migration; needs no database",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Migrate, or fail when a migration is missing; refused beside a key ring that is not the database's."""
    if args.check:
        wake_django()
        _fail_on_missing()
        return
    wake_installation()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    # Django's command takes a second more even where there is nothing to do, and every start comes by here.
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    from tongban.ledger import api as ledger

    ledger.remember_ring()


def _fail_on_missing() -> None:
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("tongban.")}
    loader = MigrationLoader(None, ignore_no_migrations=True)
    if forks := loader.detect_conflicts():
        raise Failure(f"migrations fork in {', '.join(sorted(forks))}: merge them into one line")
    # Django's own names of columns are compared untranslated, as they stand in a migration.
    with translation.override(None):
        changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
            graph=loader.graph, trim_to_apps=ours, convert_apps=ours
        )
    missing = [
        f"{app} ({', '.join(operation.describe() for operation in migration.operations)})"
        for app, migrations in changes.items()
        for migration in migrations
    ]
    if missing:
        raise Failure(f"models changed without a migration: {'; '.join(missing)}")

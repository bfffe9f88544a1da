"""The ledger as an application of Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tongban.ledger"
    verbose_name = "公开账本"

"""The kernel as an application of Django: its templates, static files and tags."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Page components everyone shares."""

    name = "tongban.kernel"
    verbose_name = "内核"

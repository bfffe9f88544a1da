"""Django's registration of the context."""

from django.apps import AppConfig


class CountersConfig(AppConfig):
    """An officer at a window receives who stands there."""

    name = "tongban.counters"
    label = "counters"
    verbose_name = "窗口"

"""Django's registration of the context."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    """People leave a number and are called back."""

    name = "tongban.hotline"
    label = "hotline"
    verbose_name = "请给我回电"

"""Django's registration of the context."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages to people."""

    name = "tongban.notices"
    label = "notices"
    verbose_name = "通知和公告"

"""The desk as an application of Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages of officers that join contexts."""

    name = "tongban.desk"
    verbose_name = "工作台"

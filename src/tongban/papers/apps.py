"""Papers as an application of Django."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Uploads and documents."""

    name = "tongban.papers"
    verbose_name = "文件"

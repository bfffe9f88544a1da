"""Django's registration of the context."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The government's own shape."""

    name = "tongban.directory"
    verbose_name = "机构与人员"

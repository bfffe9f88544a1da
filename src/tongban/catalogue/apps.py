"""Django's registration of the context."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Service items."""

    name = "tongban.catalogue"
    label = "catalogue"
    verbose_name = "事项目录"

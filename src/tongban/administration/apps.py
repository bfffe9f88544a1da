"""Django's registration of the context."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Changes to the city's own arrangement."""

    name = "tongban.administration"
    label = "administration"
    verbose_name = "管理"

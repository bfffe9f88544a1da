"""Django's registration of the context."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """People, enterprises and sign-in."""

    name = "tongban.identity"
    verbose_name = "身份"

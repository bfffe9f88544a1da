"""The portal as an application of Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages of residents that join contexts."""

    name = "tongban.portal"
    verbose_name = "门户"

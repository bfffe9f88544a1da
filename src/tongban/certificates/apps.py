"""Django's registration of the context."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Electronic certificates."""

    name = "tongban.certificates"
    label = "certificates"
    verbose_name = "电子证照"

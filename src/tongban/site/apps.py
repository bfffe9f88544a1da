"""The site as an application of Django: it joins the contexts when the process begins."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings, addresses, wiring."""

    name = "tongban.site"
    verbose_name = "站点"

    def ready(self) -> None:
        """Begin to log, and connect the contexts."""
        from tongban.site import logs, wiring

        logs.configure()
        wiring.connect()

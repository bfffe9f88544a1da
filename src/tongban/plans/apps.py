"""Django's registration of the context."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Implementation plans and their measures."""

    name = "tongban.plans"
    label = "plans"
    verbose_name = "任务台账"

"""Django's registration of the context."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Asking other departments for facts."""

    name = "tongban.exchange"
    label = "exchange"
    verbose_name = "数据查询"

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("Exchange of machines")

    def ready(self) -> None:
        import_module("exchange.receivers")
        import_module("exchange.mails").register()  # its models are there only now
        import_module("exchange.duties").register()
        import_module("exchange.warning_mails").register()  # its models are there only now

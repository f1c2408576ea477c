from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Sealed audit trail")

    def ready(self) -> None:
        import_module("audit.mails").register()  # its models are there only now

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CapabilityConfig(AppConfig):
    name = "capability"
    verbose_name = _("Capability")

    def ready(self) -> None:
        import_module("capability.mails").register()  # its models are there only now
        import_module("capability.feeds").register()
        import_module("capability.facts_read").register()
        import_module("capability.duties").register()

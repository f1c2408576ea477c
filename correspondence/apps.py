from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondenceConfig(AppConfig):
    name = "correspondence"
    verbose_name = _("Correspondence with states")

    def ready(self) -> None:
        import_module("correspondence.rules")
        import_module("correspondence.mails").register()  # its models are there only now
        import_module("correspondence.duties").register()

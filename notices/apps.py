from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        import_module("notices.digests").register()  # its models are there only now
        import_module("notices.security").register()
        import_module("notices.duties_of_mail").register()

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MinistryDeskConfig(AppConfig):
    name = "ministry_desk"
    verbose_name = _("Ministry desk")

    def ready(self) -> None:
        import_module("ministry_desk.mails").register()  # its models are there only now
        import_module("ministry_desk.duties").register()

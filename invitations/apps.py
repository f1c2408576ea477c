from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitationsConfig(AppConfig):
    name = "invitations"
    verbose_name = _("Invitations")

    def ready(self) -> None:
        import_module("invitations.mails").register()  # its models are there only now
        import_module("invitations.duties").register()

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common.sealing import also_reseal


class CsirtNetworkConfig(AppConfig):
    name = "csirt_network"
    verbose_name = _("Network of CSIRTs")

    def ready(self) -> None:
        import_module("csirt_network.receivers")
        import_module("csirt_network.mails").register()  # its models are there only now
        import_module("csirt_network.reading_mails").register()
        import_module("csirt_network.asking_mails").register()
        import_module("csirt_network.ending_keys").register()
        import_module("csirt_network.admission.rules")
        import_module("csirt_network.admission.mails").register()
        import_module("csirt_network.matched_mails").register()
        also_reseal(import_module("csirt_network.actions.webhooks").reseal_secrets)
        import_module("csirt_network.alert_duties").register()
        import_module("csirt_network.team_duties").register()
        import_module("csirt_network.admission.duties").register()

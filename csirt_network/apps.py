from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CsirtNetworkConfig(AppConfig):
    name = "csirt_network"
    verbose_name = _("Network of CSIRTs")

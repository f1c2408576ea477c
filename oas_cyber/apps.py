from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from oas_cyber.formats.ordinals import learn


class AdministrationConfig(AdminConfig):
    """Django's admin with our own site, behind the same door as everything else."""

    default_site = "oas_cyber.administration.Administration"


class HouseConfig(AppConfig):
    """The top floor, where the commands live that need the whole house."""

    name = "oas_cyber"

    def ready(self) -> None:
        learn()

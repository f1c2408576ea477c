from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register

from oas_cyber.formats.ordinals import learn


class AdministrationConfig(AdminConfig):
    """Django's admin with our own site, behind the same door as everything else."""

    default_site = "oas_cyber.administration.Administration"


class HouseConfig(AppConfig):
    """The top floor, where the commands live that need the whole house."""

    name = "oas_cyber"

    def ready(self) -> None:
        from oas_cyber.security_txt import check_security_txt

        register(check_security_txt, Tags.security, deploy=True)
        learn()

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's admin with our own site, behind the same door as everything else."""

    default_site = "oas_cyber.administration.Administration"

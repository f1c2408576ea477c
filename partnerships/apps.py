from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = _("Partnerships")

    def ready(self) -> None:
        import_module("partnerships.facts_read").register()  # its models are there only now
        import_module("partnerships.agreement_mails").register()
        import_module("partnerships.agreement_reach")
        import_module("partnerships.named")
        import_module("partnerships.activity_agreements")
        import_module("partnerships.promise_mails").register()
        import_module("partnerships.promises_of")  # its blocks on the page of an agreement
        import_module("partnerships.operation_mails").register()
        import_module("partnerships.operation_block")
        import_module("partnerships.duties").register()

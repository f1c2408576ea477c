from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionPlanConfig(AppConfig):
    name = "action_plan"
    verbose_name = _("Action plan")

    def ready(self) -> None:
        import_module("action_plan.presentations")  # its models are there only now
        import_module("action_plan.summaries")
        import_module("action_plan.receivers")
        import_module("action_plan.request_mails").register()
        import_module("action_plan.training_mails").register()
        import_module("action_plan.plan_mails").register()
        import_module("action_plan.mails").register()
        import_module("action_plan.exercise_mails").register()
        import_module("action_plan.duties").register()
        import_module("action_plan.exercise_duties").register()

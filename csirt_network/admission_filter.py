"""How the list of applications is narrowed, on the page, in downloads and by the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from capability.api.filters import StateFilter
from csirt_network.admission.steps import Stand
from csirt_network.models import Application

OPEN = ("open", _("Under way"))


class ApplicationFilter(FilterSet):
    state = StateFilter(label=_("Member state"), empty_label=_("All"), help_text="")
    stands = ChoiceFilter(
        label=_("Where it stands"), choices=[OPEN, *Stand.choices], empty_label=_("All"), method="standing"
    )

    class Meta:
        model = Application
        fields = ("state", "stands")

    def standing(self, applications: Any, _name: str, value: str) -> Any:
        return applications.open() if value == OPEN[0] else applications.filter(stands=value)

from typing import ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User

CONTINENTS = ("America/", "Atlantic/", "Europe/", "Pacific/")


def time_zones() -> list[tuple[str, str]]:
    zones = sorted(zone for zone in available_timezones() if zone.startswith(CONTINENTS) or zone == "UTC")
    return [(zone, zone.replace("_", " ")) for zone in zones]


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)

    class Meta:
        model = User
        fields = ("name", "language", "time_zone")
        labels: ClassVar = {"name": _("Name"), "language": _("Language")}

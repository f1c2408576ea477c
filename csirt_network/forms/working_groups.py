from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.moments import MomentField
from common.tlp import READERS, Tlp
from common.translated import SUFFIXES
from csirt_network.forms.groups import TeamsField
from csirt_network.forms.library import suffix_of
from csirt_network.models import Meeting, Paper, Team, WorkingGroup
from csirt_network.models.library import LANGUAGES
from documents.forms import EvidenceField

DAY = {"type": "date"}


class WorkingGroupForm(forms.ModelForm):
    teams = TeamsField(label=gettext_lazy("Teams that take part"), queryset=Team.objects.none(), required=False)

    class Meta:
        model = WorkingGroup
        fields = (
            *(f"{part}_{suffix}" for suffix in SUFFIXES for part in ("name", "mandate")),
            "chair_team",
            "is_open",
            "starts_on",
            "ends_on",
        )
        widgets = {
            **{f"mandate_{suffix}": forms.Textarea({"rows": 4}) for suffix in SUFFIXES},
            "starts_on": forms.DateInput(DAY, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(DAY, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network: Any = Team.objects.visible_to(user).connected().select_related("state").order_by("name", "pk")
        teams: Any = self.fields["teams"]
        chair: Any = self.fields["chair_team"]
        teams.queryset = chair.queryset = network

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked = {"name": _("Give it a name in one language at least."), "mandate": _("Say its mandate.")}
        for part, fault in asked.items():
            if not any(cleaned.get(f"{part}_{suffix}") for suffix in SUFFIXES):
                self.add_error(f"{part}_en", fault)
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Choose a later one."))
        return cleaned

    def words(self) -> list[tuple[Any, Any, Any, bool]]:
        """(language, name, mandate, whether there is something in it), for the page."""
        rows = []
        for code, language in LANGUAGES:
            name, mandate = self[f"name_{suffix_of(code)}"], self[f"mandate_{suffix_of(code)}"]
            rows.append((language, name, mandate, bool(name.value() or mandate.value())))
        return rows


class MeetingForm(forms.ModelForm):
    """Times are those of whoever enters them: the portal knows the person's zone."""

    class Meta:
        model = Meeting
        fields = ("title", "starts_at", "ends_at", "place", "link", "agenda")
        field_classes = {"starts_at": MomentField, "ends_at": MomentField}
        widgets = {"agenda": forms.Textarea({"rows": 6})}

    link = forms.URLField(
        label=gettext_lazy("Link to take part online"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://www.example.org/room.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_at"), cleaned.get("ends_at")
        if first and last and last <= first:
            self.add_error("ends_at", _("The meeting ends before it begins. Choose a later time."))
        if not cleaned.get("place") and not cleaned.get("link") and not self.has_error("link"):
            raise ValidationError(_("Say where the meeting is: a place, or a link to take part online."))
        return cleaned


class PaperForm(forms.ModelForm):
    tlp = forms.ChoiceField(
        label=gettext_lazy("TLP label"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a label: nothing is published without one.")},
    )
    file = EvidenceField(label=gettext_lazy("File"))

    class Meta:
        model = Paper
        fields = ("title", "meeting", "tlp")

    def __init__(self, *args: Any, group: WorkingGroup, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting: Any = self.fields["meeting"]
        meeting.queryset = Meeting.objects.visible_to(user).filter(group=group)
        meeting.empty_label = _("It is no minutes")
        tlp: Any = self.fields["tlp"]
        tlp.choices = [
            (label.value, _("%(label)s: %(readers)s") % {"label": label.label, "readers": READERS[label]})
            for label in Tlp
            if label != Tlp.RED
        ]

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from action_plan.models import Activity, Audience, Mission, MissionMember
from common.scope import reach_of
from common.translated import SUFFIXES
from member_states.models import MemberState

DAY = {"type": "date"}
OFFICERS = ("officer", "manager")
MOST_MEMBERS = 30


def day_input() -> forms.DateInput:
    return forms.DateInput(DAY, format="%Y-%m-%d")


def taken(form: forms.BaseForm, name: str, value: Any) -> None:
    """What the hidden field says from now on, whatever was posted: the words typed stay beside it."""
    data: Any = form.data
    form.data = {**dict(data.items()), form.add_prefix(name): str(value)}


class MissionForm(forms.ModelForm):
    """What the mission is about. `edited` says what the writer had before the eyes."""

    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Mission
        fields: tuple[str, ...] = ("requested_on", "request", "terms", "agenda")
        widgets = {
            "requested_on": day_input(),
            "request": forms.Textarea({"rows": 4}),
            "terms": forms.Textarea({"rows": 8}),
            "agenda": forms.Textarea({"rows": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["edited"] = self.instance.edited


class NewMissionForm(MissionForm):
    """With what the activity says of it."""

    is_shared = forms.BooleanField(
        label=gettext_lazy("The state reads of this mission from now on"), required=False, initial=True
    )

    class Meta(MissionForm.Meta):
        fields = ("state", *MissionForm.Meta.fields)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_states = reach_of(user).states
        state: Any = self.fields["state"]
        state.queryset = MemberState.objects.visible_to(user).in_order()
        del self.fields["edited"]

    def clean_state(self) -> MemberState:
        state: MemberState = self.cleaned_data["state"]
        if state.pk in self.own_states:
            raise ValidationError(_("You speak for this state yourself. Ask a colleague to plan its mission."))
        return state


class MissionActivityForm(forms.ModelForm):
    class Meta:
        model = Activity
        fields = (*(f"title_{suffix}" for suffix in SUFFIXES), "starts_on", "ends_on", "place", "is_online", "officer")
        widgets = {"starts_on": day_input(), "ends_on": day_input()}

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data, instance=Activity(status=Activity.Status.PLANNED))
        officer: Any = self.fields["officer"]
        officer.queryset = User.objects.with_staff_role(*OFFICERS).order_by("name", "pk")
        officer.empty_label = _("I am")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"title_{suffix}") for suffix in SUFFIXES):
            self.add_error("title_en", _("Give it a title in one language at least."))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and not first:
            self.add_error("starts_on", _("Say the first day too."))
        elif first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Choose a later one."))
        return cleaned

    def activity(self, *, is_shared: bool) -> Activity:
        made: Activity = self.save(commit=False)
        made.audience = Audience.PARTICIPANTS if is_shared else Audience.STAFF
        return made


class MemberForm(forms.ModelForm):
    """An empty name takes the person out."""

    class Meta:
        model = MissionMember
        fields = ("name", "role", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("name") and (cleaned.get("role") or cleaned.get("organisation")):
            self.add_error("name", _("Say who it is, or empty the whole row."))
        return cleaned


TeamFormSet = forms.formset_factory(MemberForm, extra=3, max_num=MOST_MEMBERS, validate_max=True)


class FindingsForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Findings"),
        max_length=30000,
        widget=forms.Textarea({"rows": 18}),
        help_text=gettext_lazy("What the team saw and concludes. Recommendations are written one by one."),
    )
    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError(_("Write what was found."))
        return text

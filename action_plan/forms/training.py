from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.models import ActivityState, Course, CourseSession, Evaluation, Mark, Nomination
from common.moments import MomentField
from member_states.models import MemberState

CHOOSE = gettext_lazy("Choose one")


class CourseForm(forms.ModelForm):
    class Meta:
        model = Course
        fields = ("seats", "nominations_close_on", "language", "level", "aims", "prerequisites", "needed")
        widgets = {
            "nominations_close_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "aims": forms.Textarea({"rows": 6}),
            "prerequisites": forms.Textarea({"rows": 4}),
        }


class SessionForm(forms.ModelForm):
    """Times are those of whoever enters them: the portal knows the person's zone."""

    class Meta:
        model = CourseSession
        fields = ("title", "starts_at", "ends_at", "trainer", "place", "link")
        field_classes = {"starts_at": MomentField, "ends_at": MomentField}

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
            self.add_error("ends_at", _("The session ends before it begins. Choose a later time."))
        return cleaned


class PersonForm(forms.ModelForm):
    """Who is nominated. The name stands on the certificate as it is written here."""

    class Meta:
        model = Nomination
        fields = ("name", "email", "institution", "sector", "gender", "language", "why")
        widgets = {
            "email": forms.EmailInput({"autocomplete": "off"}),
            "name": forms.TextInput({"autocomplete": "off"}),
            "why": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "email": gettext_lazy("The programme writes to it. Your state and the programme see it."),
            "language": gettext_lazy("The mails and the certificate are written in it."),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("sector", "language"):
            field: Any = self.fields[name]
            field.choices = [("", CHOOSE), *[choice for choice in field.choices if choice[0]]]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class NominationForm(PersonForm):
    """For one of the own states that take part; with one alone there is nothing to choose."""

    state = forms.ModelChoiceField(
        label=gettext_lazy("State"), queryset=MemberState.objects.none(), empty_label=CHOOSE, required=False
    )
    field_order = ("state", "name", "email")

    def __init__(self, *args: Any, course: Course, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.course, self.by = course, by
        taking_part = ActivityState.objects.visible_to(by).filter(activity=course.activity_id)
        own = MemberState.objects.visible_to(by).spoken_for_by(by)
        self.states = list(own.filter(pk__in=taking_part.values("state")))
        field: Any = self.fields["state"]
        field.queryset = own.filter(pk__in=[state.pk for state in self.states])
        if len(self.states) < 2:
            del self.fields["state"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.chosen = cleaned.get("state") or (self.states[0] if len(self.states) == 1 else None)
        if not self.states:
            raise ValidationError(_("Your state does not take part in this course. Ask the programme to invite it."))
        if self.chosen is None and "state" not in self.errors:
            self.add_error("state", _("Choose the state that nominates."))
        return cleaned


class DecisionForm(forms.Form):
    """One line of the table; `was` is the status that the page showed."""

    status = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.Select({"class": "select"}))
    because = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, required=False, widget=forms.TextInput({"class": "input"})
    )
    was = forms.CharField(widget=forms.HiddenInput, max_length=12)

    def __init__(self, data: Any = None, *, nomination: Nomination) -> None:
        self.nomination = nomination
        initial = {"status": nomination.status, "because": nomination.because, "was": nomination.status}
        super().__init__(data, prefix=str(nomination.pk), initial=initial)
        status: Any = self.fields["status"]
        chosen = ("selected", "waiting", "not selected")
        undecided = [("nominated", _("Not decided"))] if nomination.status == "nominated" else []
        status.choices = undecided + [one for one in Nomination.Status.choices if one[0] in chosen]


class RevokeForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why it is revoked"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The programme and the state read this; verification only says that it was revoked."),
        error_messages={"required": gettext_lazy("Say why the certificate is revoked.")},
    )


class EvaluationForm(forms.ModelForm):
    class Meta:
        model = Evaluation
        fields = ("content", "trainers", "organisation", "use", "comment")
        widgets = {
            **dict.fromkeys(("content", "trainers", "organisation", "use"), forms.RadioSelect),
            "comment": forms.Textarea({"rows": 5}),
        }
        help_texts = {"comment": gettext_lazy("Name nobody: the programme reads the answers without names.")}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("content", "trainers", "organisation", "use"):
            field: Any = self.fields[name]
            field.choices = Mark.choices
            field.error_messages["required"] = _("Choose one of the five.")

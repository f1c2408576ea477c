"""What is asked for, and what is answered."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from action_plan.models import Activity, ActivityState, AskedSupport, PlanLine
from action_plan.models.requests import NEED_LENGTH
from common.days import today
from common.mandate import Point
from member_states.models import MemberState

REASON_LENGTH = 2000


class AskForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    state = forms.ModelChoiceField(
        label=_("For which state"),
        queryset=MemberState.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": _("You do not speak for this state. Choose one of yours.")},
    )
    point = forms.TypedChoiceField(
        label=_("For which point of the action plan"),
        choices=Point.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the point that your request belongs to.")},
    )
    need = forms.CharField(
        label=_("What do you need?"),
        help_text=_(
            "Say for whom, how much of it, and what it should change. The programme and your colleagues read it."
        ),
        max_length=NEED_LENGTH,
        widget=forms.Textarea({"rows": 6}),
        error_messages={
            "required": _("Say what you need."),
            "max_length": _("Use 1,000 characters or fewer."),
        },
    )
    wanted_by = forms.DateField(
        label=_("Needed by"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["state"]
        own.queryset = MemberState.objects.spoken_for_by(by).in_order()
        own.initial = own.queryset.first()

    def clean_wanted_by(self) -> Any:
        day = self.cleaned_data["wanted_by"]
        if day and day < today():
            raise forms.ValidationError(_("This day has passed. Choose a day that is still to come."))
        return day

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}


class ActivityChoice(forms.ModelChoiceField):
    def label_from_instance(self, activity: Any) -> str:
        return f"{activity.title} ({activity.get_status_display()})"


class LineChoice(forms.ModelChoiceField):
    def label_from_instance(self, line: Any) -> str:
        return f"{line.plan.starts_on:%Y-%m} – {line.plan.ends_on:%Y-%m}: {line.what[:120] or line}"


class PlanForm(forms.Form):
    line = LineChoice(label=_("Line of the country plan"), queryset=PlanLine.objects.none(), required=False)
    activity = ActivityChoice(label=_("Activity of the state"), queryset=Activity.objects.none(), required=False)
    reason = forms.CharField(
        label=_("What the state should know"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": _("Use 2,000 characters or fewer.")},
    )

    def __init__(self, *args: Any, request: AskedSupport, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line: Any = self.fields["line"]
        lines = PlanLine.objects.visible_to(by).filter(state=request.state_id, point=request.point)
        line.queryset = lines.filter(not_needed_because="").exclude(plan__status="closed").select_related("plan")
        line.empty_label = _("No line of the plan")
        activity: Any = self.fields["activity"]
        taking_part = ActivityState.objects.filter(activity=OuterRef("pk"), state=request.state_id)
        found = Activity.objects.visible_to(by).filter(Exists(taking_part)).exclude(status="cancelled")
        activity.queryset = found.order_by("-starts_on", "-pk")
        activity.empty_label = _("No activity")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("line") and not cleaned.get("activity"):
            self.add_error("line", _("Choose the line of the plan or the activity that answers the request."))
        return cleaned


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The liaisons of the state read it."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "required": _("Write why: the state reads it."),
            "max_length": _("Use 2,000 characters or fewer."),
        },
    )


class MetForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What came of it")

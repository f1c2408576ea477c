"""What is entered about an activity."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.time_zones import time_zones
from action_plan.models import POINT_OF, Activity
from action_plan.querysets.activities import LONGEST_DAYS
from common.scope import reach_of
from common.translated import SUFFIX_OF_LANGUAGE, SUFFIXES
from member_states.models import MemberState

DAY, HOUR = {"type": "date"}, {"type": "time"}


class ActivityForm(forms.ModelForm):
    """Who reads of it and its status are no matter of this form: they have pages of their own."""

    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone of the place"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    states = forms.ModelMultipleChoiceField(
        label=gettext_lazy("States that take part"),
        queryset=MemberState.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Activity
        fields = (
            "kind",
            "point",
            *(f"title_{suffix}" for suffix in SUFFIXES),
            "starts_on",
            "ends_on",
            "precision",
            "starts_at",
            "ends_at",
            "time_zone",
            "place",
            "host_state",
            "is_online",
            "languages",
            "host",
            "organisers",
            "partners",
            "officer",
            "about",
            "outcome",
        )
        widgets = {
            "starts_on": forms.DateInput(DAY, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(DAY, format="%Y-%m-%d"),
            "starts_at": forms.TimeInput(HOUR, format="%H:%M"),
            "ends_at": forms.TimeInput(HOUR, format="%H:%M"),
            "about": forms.Textarea({"rows": 6}),
            "outcome": forms.Textarea({"rows": 6}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_states = reach_of(user).states
        fields: Any = self.fields
        states = MemberState.objects.visible_to(user).in_order()
        fields["states"].queryset = fields["host_state"].queryset = states
        fields["officer"].queryset = officers(user, self.instance)
        fields["officer"].label_from_instance = lambda person: person.name
        fields["point"].empty_label = _("As the kind says")
        fields["time_zone"].choices = lambda: [("", _("No hours stated")), *time_zones()]  # few are ever asked for
        if self.instance.pk:
            self.initial["edited"] = self.instance.edited
        else:
            del fields["edited"]
            self.initial.setdefault("officer", user.pk)
            self.initial.setdefault("time_zone", "")

    def clean_states(self) -> Any:
        states = self.cleaned_data["states"]
        if own := [str(state) for state in states if state.pk in self.own_states]:
            said = {"states": ", ".join(own)}
            raise forms.ValidationError(
                _("You speak for %(states)s yourself. Ask a colleague to enter what it takes part in.") % said
            )
        return states

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"title_{suffix}") or self.has_error(f"title_{suffix}") for suffix in SUFFIXES):
            self.add_error("title_en", _("Give it a title in one language at least."))
        if not cleaned.get("point") and not self.has_error("point"):
            cleaned["point"] = POINT_OF.get(cleaned.get("kind", ""))
        self._check_days(cleaned)
        self._check_hours(cleaned)
        return cleaned

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and not first and not self.has_error("starts_on"):
            self.add_error("starts_on", _("There is a last day: enter the first one too."))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Choose a later one."))
        if first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("ends_on", _("That is longer than three years. Make an activity of each part."))
        if not first and self.instance.status not in ("idea", "cancelled") and not self.has_error("starts_on"):
            self.add_error("starts_on", _("It is planned already, so it needs a first day."))

    def _check_hours(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("starts_at"), cleaned.get("ends_at")
        if not first and not last:
            return
        if last and not first and not self.has_error("starts_at"):
            self.add_error("starts_at", _("There is an hour when it ends: enter when it begins too."))
        if cleaned.get("precision") != Activity.Precision.DAY or not cleaned.get("starts_on"):
            self.add_error(
                "starts_at", _("Hours need a first day, exact to the day. Enter it, or leave the hours out.")
            )
        if not cleaned.get("time_zone"):
            self.add_error("time_zone", _("Say in which time zone these hours are."))
        is_one_day = cleaned.get("ends_on") in (None, cleaned.get("starts_on"))
        if first and last and is_one_day and last <= first:
            self.add_error("ends_at", _("It ends before it begins. Choose a later hour."))

    def titles(self) -> list[tuple[Any, Any, bool]]:
        """(language, field, whether it is open at first), for the page."""
        rows = []
        for code, name in settings.LANGUAGES:
            field = self[f"title_{SUFFIX_OF_LANGUAGE[code.split('-')[0]]}"]
            rows.append((name, field, bool(field.value() or field.errors)))
        return rows


def officers(user: Any, activity: Activity) -> QuerySet[User]:
    """Who may be responsible: managers and officers, and whoever is responsible already."""
    people = User.objects.visible_to(user)
    able = people.with_staff_role("manager", "officer").values("pk")
    return people.filter(Q(pk__in=able) | Q(pk=activity.officer_id)).order_by("name", "pk")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )


class OutcomeForm(forms.ModelForm):
    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Activity
        fields = ("outcome",)
        widgets = {"outcome": forms.Textarea({"rows": 8})}
        labels = {"outcome": gettext_lazy("What came of it?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = True
        self.fields["outcome"].error_messages["required"] = _("Write what came of it, in a sentence or two.")
        self.initial["edited"] = self.instance.edited

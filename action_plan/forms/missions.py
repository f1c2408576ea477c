from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from action_plan.lives import Asked
from action_plan.models import Activity, AskedSupport, Audience, Expert, Mission, MissionMember
from action_plan.querysets.requests import LAPSED
from common.scope import reach_of
from common.translated import SUFFIXES
from member_states.models import MemberState

DAY = {"type": "date"}
OFFICERS = ("officer", "manager")
ANSWERED = (Asked.TRIAGED, Asked.PLANNED)  # a mission may answer it
MOST_MEMBERS = 30
MOST_REQUESTS = 30  # the newest; a mission that answers an older one is planned from the request's own page


def day_input() -> forms.DateInput:
    return forms.DateInput(DAY, format="%Y-%m-%d")


def taken(form: forms.BaseForm, name: str, value: Any) -> None:
    """What the hidden field says from now on, whatever was posted: the words typed stay beside it."""
    data: Any = form.data
    form.data = {**dict(data.items()), form.add_prefix(name): str(value)}


class RequestField(forms.ModelChoiceField):
    """Requests for support that the programme has taken over or planned."""

    def __init__(self, **more: Any) -> None:
        unknown = {"invalid_choice": gettext_lazy("This request is not open to be answered. Choose another one.")}
        super().__init__(queryset=AskedSupport.objects.none(), required=False, error_messages=unknown, **more)

    def offer(
        self, user: Any, *, kept: int | None = None, state: int | None = None, asked_for: int | None = None
    ) -> None:
        """The newest of `state`, or of all, and `asked_for`; `kept` is the one chosen before, wherever it stands."""
        asked = AskedSupport.objects.visible_to(user)
        of = asked.filter(state=state) if state else asked
        waiting = of.filter(Q(status__in=ANSWERED) & ~LAPSED).order_by("-asked_at", "-pk").values("pk")
        either = asked.filter(
            Q(pk=kept) | Q(pk__in=waiting[:MOST_REQUESTS]) | Q(pk__in=waiting.filter(pk__in=[asked_for]))
        )
        self.queryset = either.select_related("state").order_by("-asked_at", "-pk")

    def label_from_instance(self, asked: Any) -> str:
        return f"{asked.state}, {asked.point}. {asked.get_point_display()}: {Truncator(asked.need).chars(80)}"


class MissionForm(forms.ModelForm):
    """What the mission is about. `edited` says what the writer had before the eyes."""

    answers = RequestField(
        label=gettext_lazy("Request for support that it answers"), empty_label=gettext_lazy("None of the list")
    )
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Mission
        fields: tuple[str, ...] = ("answers", "requested_on", "request", "terms", "agenda")
        widgets = {
            "requested_on": day_input(),
            "request": forms.Textarea({"rows": 4}),
            "terms": forms.Textarea({"rows": 8}),
            "agenda": forms.Textarea({"rows": 8}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["edited"] = self.instance.edited
        answers: Any = self.fields["answers"]
        mission = self.instance
        answers.offer(user, kept=mission.answers_id, state=mission.state_id, asked_for=self.initial.get("answers"))


class NewMissionForm(MissionForm):
    """With what the activity says of it."""

    is_shared = forms.BooleanField(
        label=gettext_lazy("The state reads of this mission from now on"), required=False, initial=True
    )

    class Meta(MissionForm.Meta):
        fields = ("state", *MissionForm.Meta.fields)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.own_states = reach_of(user).states
        state: Any = self.fields["state"]
        state.queryset = MemberState.objects.visible_to(user).in_order()
        del self.fields["edited"]

    def clean_state(self) -> MemberState:
        state: MemberState = self.cleaned_data["state"]
        if state.pk in self.own_states:
            raise ValidationError(_("You speak for this state yourself. Ask a colleague to plan its mission."))
        return state

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked, state = cleaned.get("answers"), cleaned.get("state")
        if asked and state and asked.state_id != state.pk:
            self.add_error("answers", _("This request is of another state. Choose one of the state that is helped."))
        return cleaned


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


Choice = tuple[int | str, Any]


def roster_of(user: Any, mission: Mission) -> list[Choice]:
    """Who may be chosen: confirmed and free on its days, and who is in the team already. One query."""
    activity = mission.activity
    free = Expert.objects.confirmed().available(activity.starts_on, activity.ends_on)
    there = MissionMember.objects.visible_to(user).filter(mission=mission)
    asked = Q(pk__in=free.order_by().values("pk")) | Q(pk__in=there.values("expert"))
    experts = Expert.objects.visible_to(user).filter(asked).select_related("country").order_by("name", "pk")
    return [("", _("Nobody of the roster")), *((expert.pk, _described(expert)) for expert in experts)]


def _described(expert: Expert) -> str:
    """By what one tells two people apart, and what decides whether to send one."""
    known = [str(expert.country or expert.elsewhere), *expert.language_names]
    return f"{expert} ({', '.join(filter(None, known))})"


class MemberForm(forms.ModelForm):
    """Of the roster, or by name. Who is neither goes out."""

    expert_id = forms.TypedChoiceField(
        label=gettext_lazy("Of the roster"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("This expert is not on the roster, or not free on these days. Choose again.")
        },
    )

    class Meta:
        model = MissionMember
        fields = ("name", "role", "organisation")
        labels = {"name": gettext_lazy("Or by name")}

    field_order = ("expert_id", "name", "role", "organisation")

    def __init__(self, *args: Any, roster: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        expert: Any = self.fields["expert_id"]
        expert.choices = roster

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = [column for column in ("name", "role", "organisation") if cleaned.get(column)]
        if cleaned.get("expert_id") and {"name", "organisation"} & set(given):
            self.add_error("name", _("Somebody of the roster needs no name and no organisation here. Empty both."))
        elif given and "name" not in given and "expert_id" in cleaned and not cleaned["expert_id"]:
            self.add_error("name", _("Say who it is, or empty the whole row."))
        return cleaned

    @property
    def is_somebody(self) -> bool:
        return bool(self.cleaned_data.get("expert_id") or self.cleaned_data.get("name"))


class BaseTeam(forms.BaseFormSet):
    def clean(self) -> None:
        chosen = [expert for form in self.forms if (expert := form.cleaned_data.get("expert_id"))]
        if len(chosen) > len(set(chosen)):
            raise ValidationError(_("You have chosen somebody of the roster twice. Empty one of the rows."))


TeamFormSet = forms.formset_factory(MemberForm, BaseTeam, extra=3, max_num=MOST_MEMBERS, validate_max=True)


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

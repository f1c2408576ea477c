from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.days import today
from common.scope import reach_of
from csirt_network.admission.steps import CHECKS, WAYS, Step, Verdict
from csirt_network.models import Application, ClosedDay, Team
from documents.forms import EvidenceField
from member_states.models import MemberState

CHOOSE = gettext_lazy("Choose one")
ANSWERS = {
    (Step.CONTACT_POINT, Verdict.YES): gettext_lazy("We approve the application"),
    (Step.CONTACT_POINT, Verdict.NO): gettext_lazy("We do not approve it"),
    (Step.CONSENT, Verdict.YES): gettext_lazy("We consent"),
    (Step.CONSENT, Verdict.NO): gettext_lazy("We do not consent"),
    (Step.DOCUMENTS, Verdict.YES): gettext_lazy("The documents are in order"),
    (Step.DOCUMENTS, Verdict.MORE): gettext_lazy("Ask the applicant for more"),
    (Step.DECISION, Verdict.YES): gettext_lazy("Admit the team"),
    (Step.DECISION, Verdict.NO): gettext_lazy("Decline the application"),
}


class DayField(forms.DateField):
    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class OpenForm(forms.ModelForm):
    """Which team applies, and who heads it. Liaisons open applications of their own states."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=gettext_lazy("A team that is not listed"),
        help_text=gettext_lazy("Teams that are known and not in the network yet."),
    )

    class Meta:
        model = Application
        fields = ("state", "team", "name", "short_name", "kind", "host", "head_name", "head_email", "language")
        field_classes = {"language": forms.ChoiceField}
        widgets = {"head_email": forms.EmailInput({"autocomplete": "off"})}

    field_order = ("key", "state", "team")

    def __init__(self, *args: Any, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        reach = reach_of(by)
        states = MemberState.objects.visible_to(by).in_order()
        fields["state"].queryset = states if reach.staff else states.filter(pk__in=reach.states)
        fields["state"].empty_label = CHOOSE
        teams: Any = Team.objects.visible_to(by).filter(state__in=fields["state"].queryset).with_standing()
        fields["team"].queryset = teams.filter(is_connected=False).select_related("state").order_by("state", "name")
        fields["team"].label_from_instance = lambda team: f"{team.state}: {team.name}"
        fields["language"].choices = settings.LANGUAGES

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        team, state = given.get("team"), given.get("state")
        if team and state and team.state_id != state.pk:
            self.add_error("team", _("This team is of another state."))
        if not team and "team" in given and not given.get("name"):
            self.add_error("name", _("Choose a team from the list, or write the name of the one that is not listed."))
        return given

    def _post_clean(self) -> None:
        """The row is made by the action, which answers in words where the database says no."""

    def given(self) -> dict[str, Any]:
        """Of a team that is listed, the list says the rest."""
        given = dict(self.cleaned_data)
        return given | {"name": "", "short_name": "", "host": ""} if given["team"] else given


class FillForm(forms.ModelForm):
    """What the applicant writes. Once somebody has approved it, team and kind stay as they were."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    file = EvidenceField(
        label=gettext_lazy("Founding document"),
        required=False,
        help_text=gettext_lazy("The law, decree, resolution or order that founds the team. A newer file is added."),
    )
    is_right = forms.BooleanField(
        label=gettext_lazy("What stands here is right, and the head of the team applies with it"), required=False
    )

    class Meta:
        model = Application
        fields = ("name", "short_name", "kind", "host", "head_name", "constituency", "language")
        widgets = {"constituency": _words(5)}
        help_texts = {
            "constituency": gettext_lazy("Whom the team serves: bodies, sectors, networks and domains."),
        }

    def __init__(self, *args: Any, application: Application, **more: Any) -> None:
        super().__init__(*args, **{**more, "instance": application})
        self.fields["constituency"].required = False
        if application.team or application.sent_at:
            for name in ("name", "short_name", "kind", "host"):
                del self.fields[name]

    def _post_clean(self) -> None:
        """As in OpenForm."""

    def given(self) -> dict[str, Any]:
        beside = ("version", "file", "is_right")
        return {name: value for name, value in self.cleaned_data.items() if name not in beside}


class SignForm(forms.Form):
    """One step. Where the programme records what somebody else has signed, it says who, and on which day."""

    verdict = forms.ChoiceField(label=gettext_lazy("Answer"), widget=forms.RadioSelect)
    checked = forms.MultipleChoiceField(
        label=gettext_lazy("Found in order"),
        choices=list(CHECKS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    signatory = forms.CharField(
        label=gettext_lazy("Who signed the letter"), max_length=200, help_text=gettext_lazy("Name and office.")
    )
    signed_on = DayField(label=gettext_lazy("Date of the letter"))
    statement = forms.CharField(
        label=gettext_lazy("Statement"),
        required=False,
        max_length=2000,
        widget=_words(4),
        help_text=gettext_lazy("All sides of the application read it. A refusal needs its reason."),
    )

    def __init__(self, *args: Any, step: Step, on_paper: bool = False, may_say_yes: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        self.step = step
        verdicts = [verdict for verdict in WAYS[step].leads if may_say_yes or verdict != Verdict.YES]
        fields["verdict"].choices = [(verdict.value, ANSWERS[step, verdict]) for verdict in verdicts]
        if step is not Step.DOCUMENTS:
            del fields["checked"]
        if not on_paper:
            del fields["signatory"], fields["signed_on"]

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if day > today():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        verdict = given.get("verdict")
        if verdict and Verdict(verdict) in WAYS[self.step].reasons and not given.get("statement"):
            self.add_error("statement", _("Write why: the reason is kept and shown."))
        if self.step is Step.DOCUMENTS and verdict == Verdict.YES and len(given.get("checked", ())) < len(CHECKS):
            self.add_error("checked", _("Tick every line, or ask the applicant for more."))
        return given


class WithdrawForm(forms.Form):
    statement = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=_words(3))


class MeetingForm(forms.Form):
    on = DayField(label=gettext_lazy("Day of the meeting"))
    statement = forms.CharField(label=gettext_lazy("Remarks"), required=False, max_length=2000, widget=_words(3))

    @property
    def was_held(self) -> bool:
        return self.data.get("do") == "held"

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if self.was_held and day > today():
            raise ValidationError(_("This day is still to come."))
        if not self.was_held and day < today():
            raise ValidationError(_("This day is over. Choose a later one."))
        return day


class ClosedDayForm(forms.ModelForm):
    day = DayField(label=gettext_lazy("Day"))

    class Meta:
        model = ClosedDay
        fields = ("day", "name")

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if abs((day - today()).days) > 800:
            raise ValidationError(_("Choose a day of this year or the next."))
        return day

"""What is entered about an exercise: by its director, by the teams that answer, by those who watch."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from action_plan.forms.missions import OFFICERS
from action_plan.models import AfterAction, Exercise, ExerciseTeam, Expectation, HotWash, Inject, Score
from common.moments import MomentField
from csirt_network.models import Team, TeamMember


class ExerciseForm(forms.ModelForm):
    """`edited` says what the writer had before the eyes. Times are those of whoever enters them."""

    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Exercise
        fields = ("name", "planned_at", "minutes", "speed", "director", "tlp", "scenario", "objectives")
        field_classes = {"planned_at": MomentField}
        widgets = {
            "scenario": forms.Textarea({"rows": 8}),
            "objectives": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "name": gettext_lazy("The same in every language. Teams know the exercise by it."),
            "speed": gettext_lazy("1: real time. 60: a minute of the exercise takes a second, for rehearsals."),
            "scenario": gettext_lazy("The teams read it from the moment the exercise is ready."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        director: Any = self.fields["director"]
        director.queryset = User.objects.with_staff_role(*OFFICERS).order_by("name", "pk")
        director.initial = user.pk
        self.initial["edited"] = self.instance.edited


class TeamsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, team: Any) -> str:
        return _("%(team)s (%(state)s)") % {"team": team, "state": team.state}


class PeopleForm(forms.Form):
    """Who plays and who watches."""

    teams = TeamsField(
        label=gettext_lazy("Teams that play"),
        queryset=Team.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Teams of the network. Their members take part, and their states in the activity."),
    )
    observers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Observers"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("They read everything and score. Nobody of a team that plays can be one."),
    )

    def __init__(self, *args: Any, exercise: Exercise, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        here = Q(exercises__exercise=exercise)
        teams = Team.objects.visible_to(user).with_standing().filter(Q(is_connected=True) | here).distinct()
        fields["teams"].queryset = teams.select_related("state").order_by("state__slug", "name", "pk")
        staff = User.objects.with_staff_role(*OFFICERS, "observer").values("pk")
        members = TeamMember.objects.visible_to(user).current().values("person")
        people = User.objects.filter(Q(pk__in=staff) | Q(pk__in=members), is_active=True)
        fields["observers"].queryset = people.order_by("name", "pk")


class PlayersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, player: Any) -> str:
        return str(player.team)


class InjectForm(forms.ModelForm):
    only = PlayersField(
        label=gettext_lazy("For these teams only"),
        queryset=ExerciseTeam.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Choose none, and it is for all."),
    )
    expected = forms.CharField(
        max_length=4000,
        label=gettext_lazy("Response that is expected"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("For observers. The teams read it with the report."),
    )

    class Meta:
        model = Inject
        fields = ("number", "kind", "title", "text", "due_minute", "allowed")
        widgets = {"text": forms.Textarea({"rows": 6})}
        help_texts = {"due_minute": gettext_lazy("Of the exercise’s clock. Left empty, you release it by hand.")}

    def __init__(self, *args: Any, exercise: Exercise, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        players = ExerciseTeam.objects.visible_to(user).filter(exercise=exercise).select_related("team")
        fields["only"].queryset = players.order_by("team__name", "pk")
        if self.instance.pk:
            self.initial["only"] = self.instance.only
            said = Expectation.objects.visible_to(user).filter(inject=self.instance).first()
            self.initial["expected"] = said.text if said else ""

    def inject(self, exercise: Exercise) -> Inject:
        made: Inject = self.save(commit=False)
        made.exercise = exercise
        made.only = sorted(player.pk for player in self.cleaned_data["only"])
        return made


class ResponseForm(forms.Form):
    """`key` is made with the form: sent twice, it is one response."""

    text = forms.CharField(
        label=gettext_lazy("Your response"),
        max_length=10000,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("What your team does, decides or asks. It cannot be changed; send another one to add."),
        error_messages={"required": gettext_lazy("Write what your team does.")},
    )
    player = forms.ModelChoiceField(
        label=gettext_lazy("For which of your teams"), queryset=ExerciseTeam.objects.none(), empty_label=None
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, players: list[ExerciseTeam], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        player: Any = self.fields["player"]
        player.queryset = ExerciseTeam.objects.filter(pk__in=[one.pk for one in players])
        player.initial = players[0].pk if players else None
        if len(players) < 2:
            player.widget = player.hidden_widget()


class ScoreForm(forms.Form):
    """Of one team; without a level nothing is kept."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("Score"),
        choices=[("", gettext_lazy("Not scored")), *Score.Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("note") and cleaned.get("level") is None and not self.has_error("level"):
            self.add_error("level", _("Give a score with the note, or take the note out."))
        return cleaned


class HotWashForm(forms.ModelForm):
    class Meta:
        model = HotWash
        fields = ("went_well", "to_improve")
        widgets = {"went_well": forms.Textarea({"rows": 5}), "to_improve": forms.Textarea({"rows": 5})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("went_well") or cleaned.get("to_improve")) and not self.errors:
            self.add_error("went_well", _("Write what went well or what to improve."))
        return cleaned


class ReportForm(forms.ModelForm):
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = AfterAction
        fields = ("summary", "went_well", "to_improve")
        widgets = {name: forms.Textarea({"rows": 6}) for name in ("summary", "went_well", "to_improve")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["edited"] = self.instance.edited

"""What a note is composed from, how its text is amended, and what became of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from action_plan.models import ActivityState, Course, PlanVersion
from action_plan.states import Proposal
from capability.models import Round, Update
from common.days import today
from correspondence.clock import working_days_until
from correspondence.deadlines import deadlines, last_day
from correspondence.models import Note, PointOfContact
from correspondence.models.notes import TEXT_LENGTH, words_of
from correspondence.purposes import KINDS, Kind, Outcome, Purpose, Way
from correspondence.standing import states_without
from csirt_network.admission.steps import Stand
from csirt_network.models import Application, Team
from csirt_network.working_days import working_days_between
from member_states.models import MemberState

# Of a team that is a member already another note tells: that of its membership.
DECIDED = (Stand.MEETING, Stand.DECLINED)
MOST_DAYS = 120
OWN_LANGUAGE = ("", _("The language of each state"))


def a_day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ReplyDays(forms.IntegerField):
    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Working days for the reply"),
            help_text=_("By the calendar of the state, from the date of the note. 0 asks for no reply."),
            min_value=0,
            max_value=MOST_DAYS,
            **more,
        )


class RecordField(forms.ModelChoiceField):
    def label_from_instance(self, record: Any) -> str:
        return words_of(record)


def too_late(days: int | None, record: Any, states: Iterable[MemberState], by: Any) -> str:
    """What to say where the reply would be asked for after the last day that the note names; else nothing."""
    named = deadlines(record, states, by)
    if not days or not named:
        return ""
    left = {state: max(most, 1) for state, most in working_days_until(named).items()}
    first = min(left, key=lambda state: left[state])
    if days <= left[first]:
        return ""
    said = ngettext(
        "%(state)s would be asked to reply after %(day)s, the last day that its note names. "
        "Choose at most %(n)d working day.",
        "%(state)s would be asked to reply after %(day)s, the last day that its note names. "
        "Choose at most %(n)d working days.",
        left[first],
    )
    return said % {"state": first, "day": date_format(named[first]), "n": left[first]}


class ComposeForm(forms.Form):
    """`record` is asked for where the purpose has one, `states` where it does not say the state."""

    record = RecordField(
        label=_("About"),
        queryset=Round.objects.none(),
        error_messages={"required": _("Choose what the note is about."), "invalid_choice": _("Choose one of these.")},
    )
    states = forms.ModelMultipleChoiceField(
        label=_("To the Permanent Missions of"),
        queryset=MemberState.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One note for each state."),
        error_messages={"required": _("Choose at least one state.")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=[OWN_LANGUAGE, *settings.LANGUAGES], required=False)
    reply_days = ReplyDays()

    def __init__(self, *args: Any, purpose: Purpose, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.purpose, self.by = purpose, by
        kind, fields = KINDS[purpose], self.fields
        own = MemberState.objects.own(by).values("pk")  # nobody writes to the own state
        if kind.record:
            record: Any = fields["record"]
            record.queryset = RECORDS[kind.record](by)
            if not kind.to_many:
                record.queryset = record.queryset.exclude(state__in=own)
        else:
            del fields["record"]
        if kind.to_many:
            states: Any = fields["states"]
            states.queryset = MemberState.objects.visible_to(by).exclude(pk__in=own).in_order()
            if purpose in SUGGESTED:
                states.initial = SUGGESTED[purpose](by).exclude(pk__in=own)
            if purpose == Purpose.ROUND:
                self._begin_with_a_round()
        else:
            del fields["states"]
        fields["reply_days"].initial = self._days_to_begin_with(kind)

    def _days_to_begin_with(self, kind: Kind) -> int:
        """As many as there are until the last day that the note names; of those ticked the first."""
        given = self.initial.get("record")
        if kind.record not in ("round", "course") or not given:
            return kind.reply_days
        known: Any = self.fields["record"]
        begun = next((one for one in known.queryset if str(one.pk) == str(getattr(given, "pk", given))), None)
        day = last_day(begun)
        chosen = {str(pk) for pk in self.initial.get("states") or self.fields["states"].initial or []}
        may_tick: Any = self.fields["states"]
        ticked = [state for state in may_tick.queryset if str(state.pk) in chosen]
        days = list(working_days_until(deadlines(begun, ticked, self.by)).values())
        if day and not days:
            days = [working_days_between(today(), day, "")]
        return max(1, min([kind.reply_days, *days]))

    def _begin_with_a_round(self) -> None:
        """The one that the address names, else the newest that is open; and whom it invited that has not sent."""
        rounds = {str(one.pk): one for one in _rounds(self.by)}
        begun = rounds.get(str(self.initial.get("record"))) or next(iter(rounds.values()), None)
        waited_for = Update.objects.visible_to(self.by).filter(round=begun).missing()
        self.initial["record"] = begun
        self.fields["states"].initial = list(waited_for.values_list("state", flat=True))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.purpose == Purpose.ROUND and given.get("record") and given.get("states"):
            self._refuse_those_not_invited(given["record"], given["states"])
        if self.purpose == Purpose.NOMINATIONS and given.get("record") and given.get("states"):
            self._refuse_those_who_do_not_take_part(given["record"], given["states"])
        record, states = given.get("record"), given.get("states")
        if states and (said := too_late(given.get("reply_days"), record, states, self.by)):
            self.add_error("reply_days", said)
        return given

    def _refuse_those_not_invited(self, round: Round, states: Any) -> None:
        """They have no update in it, so they could not answer the note."""
        invited = set(Update.objects.visible_to(self.by).filter(round=round).values_list("state", flat=True))
        others = [str(state) for state in states if state.pk not in invited]
        if others:
            said = ngettext(
                "%(states)s is not invited to this round. Leave it out, or choose another round.",
                "These states are not invited to this round: %(states)s. Leave them out, or choose another round.",
                len(others),
            )
            self.add_error("states", said % {"states": ", ".join(others)})

    def _refuse_those_who_do_not_take_part(self, course: Course, states: Any) -> None:
        """Nobody could be nominated for them."""
        rows = ActivityState.objects.visible_to(self.by).filter(activity=course.activity_id)
        taking_part = set(rows.values_list("state", flat=True))
        others = [str(state) for state in states if state.pk not in taking_part]
        if others:
            said = ngettext(
                "%(states)s does not take part in this course. Leave it out, or name it in the activity first.",
                "These states do not take part in this course: %(states)s. Leave them out, or name them in the "
                "activity first.",
                len(others),
            )
            self.add_error("states", said % {"states": ", ".join(others)})

    @property
    def record_chosen(self) -> Any:
        return self.cleaned_data.get("record")

    @property
    def states_chosen(self) -> list[MemberState]:
        chosen = self.cleaned_data.get("states")
        return list(chosen) if chosen is not None else [self.record_chosen.state]


def _rounds(by: Any) -> Any:
    return Round.objects.visible_to(by).open()


def _courses(by: Any) -> Any:
    return Course.objects.visible_to(by).is_open().select_related("activity")


def _versions(by: Any) -> Any:
    """The newest of each plan that waits for its state."""
    seen = PlanVersion.objects.visible_to(by)
    newer = Exists(seen.filter(plan=OuterRef("plan"), number__gt=OuterRef("number")))
    waiting = seen.filter(~newer, plan__proposal=Proposal.OFFERED)
    return waiting.select_related("plan__state", "state").order_by("plan", "pk")


def _applications(by: Any) -> Any:
    decided = Application.objects.visible_to(by).filter(stands__in=DECIDED)
    return decided.select_related("team", "state").order_by("-stood_since")


def _teams(by: Any) -> Any:
    known = Team.objects.visible_to(by).filter(memberships__isnull=False).distinct()
    return known.select_related("state").order_by("name", "pk")


def _contacts(by: Any) -> Any:
    return PointOfContact.objects.visible_to(by).current().select_related("state").order_by("name", "pk")


RECORDS = {
    "round": _rounds,
    "course": _courses,
    "version": _versions,
    "application": _applications,
    "team": _teams,
    "contact": _contacts,
}


def _participating(by: Any) -> Any:
    return MemberState.objects.visible_to(by).participating()


def _outside_network(by: Any) -> Any:
    return _participating(by).exclude(pk__in=Team.objects.visible_to(by).connected().values("state"))


# Whom such a note goes to as a rule, beside the invitation to a round; anybody ticks as they like.
SUGGESTED = {
    Purpose.JOIN: _outside_network,
    Purpose.CONTACT_POINTS: states_without,
}


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("Text of the note"),
        help_text=_("An empty line begins a paragraph. Opening, reply and closing stand around it in every note."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 18}),
        error_messages={"required": _("A note needs a text. Write it, or discard the draft.")},
    )
    reply_days = ReplyDays()
    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, note: Note, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.note, self.by = note, by

    def clean_reply_days(self) -> int:
        days: int = self.cleaned_data["reply_days"]
        if said := too_late(days, self.note.record, [self.note.state], self.by):
            raise forms.ValidationError(said)
        return days


class IssueForm(forms.Form):
    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class IssueSeveralForm(forms.Form):
    """`notes` are those on the page, as `pk-edited`: who issues what has changed meanwhile is told."""

    notes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one draft."),
            "invalid_choice": _("One of them was changed or issued meanwhile. Look at the list again."),
        },
    )

    def __init__(self, *args: Any, drafts: list[Note], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["notes"]
        self.drafts = {f"{note.pk}-{note.edited}": note for note in drafts}
        field.choices = [(stamp, str(note)) for stamp, note in self.drafts.items()]

    @property
    def chosen(self) -> list[Note]:
        return [self.drafts[stamp] for stamp in self.cleaned_data["notes"]]


class OfNoteForm(forms.Form):
    """Days of what became of a note: neither before its date nor still to come."""

    day: str

    def __init__(self, *args: Any, note: Note, **more: Any) -> None:
        super().__init__(*args, **more)
        self.note = note

    def _day(self, name: str) -> Any:
        day = self.cleaned_data[name]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        if self.note.issued_on and day < self.note.issued_on:
            raise forms.ValidationError(_("This is before the date of the note."))
        return day


class HandOverForm(OfNoteForm):
    on = forms.DateField(label=_("Handed over on"), widget=a_day())
    way = forms.ChoiceField(label=_("How"), choices=Way.choices, widget=forms.RadioSelect)

    def clean_on(self) -> Any:
        return self._day("on")


class ReplyForm(OfNoteForm):
    on = forms.DateField(label=_("Date of the reply"), widget=a_day())
    outcome = forms.ChoiceField(label=_("What the state answers"), choices=Outcome.choices, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Number of the state’s note"), max_length=80, required=False, help_text=_("As it stands on the reply.")
    )
    said = forms.CharField(
        label=_("What it says, in a few words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The liaisons of the state read it."),
    )
    clock_runs = forms.BooleanField(
        label=_("This only says that it arrived: the clock runs on"),
        required=False,
        help_text=_("The note waits for its reply, and what you write here is kept with it until then."),
    )
    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not self.note.reply_due_on:
            del self.fields["clock_runs"]

    def clean_on(self) -> Any:
        return self._day("on")

    def clean_clock_runs(self) -> bool:
        runs: bool = self.cleaned_data["clock_runs"]
        if runs and self.cleaned_data.get("outcome", Outcome.NOTED) != Outcome.NOTED:
            raise forms.ValidationError(
                _(
                    "What only says that it arrived answers nothing: choose “Taken note of, or answered otherwise”, or "
                    "leave the box empty."
                )
            )
        return runs


class CancelForm(forms.Form):
    why = forms.CharField(
        label=_("Why it is cancelled"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The number stays with it. The liaisons of the state read the reason."),
        error_messages={"required": _("Say why it is cancelled.")},
    )

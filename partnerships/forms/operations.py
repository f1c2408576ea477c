"""What is entered about a joint operation, and who takes part."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.choices import offer, offer_or_ask
from common.tlp import ORDER, READERS, Tlp
from common.translated import SUFFIX_OF_LANGUAGE, SUFFIXES
from csirt_network.models import TeamMember
from member_states.models import Liaison, MemberState
from partnerships.models import Agreement, Operation, Partner, PartnerContact

TEXTS = [f"{name}_{suffix}" for name in ("title", "about") for suffix in SUFFIXES]
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
PROGRAMME, NETWORK = "programme", "network"


def labels(lowest: str = Tlp.CLEAR) -> list[tuple[str, str]]:
    """From `lowest` upwards, each with who reads it."""
    return [(label.value, f"{label.label}: {readers_of(label)}") for label in Tlp if ORDER[label] >= ORDER[lowest]]


def readers_of(label: str) -> str:
    own = {
        Tlp.AMBER: _("The partners and states that take part, and the programme’s staff"),
        Tlp.STRICT: _("The same, and nobody passes it on outside their own organisation"),
        Tlp.RED: _("Of them, the persons named"),
    }
    return str(own.get(Tlp(label), READERS[label]))


class OperationForm(forms.ModelForm):
    partners = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Partners that take part"),
        queryset=Partner.objects.none(),
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
        model = Operation
        fields = ("line", *TEXTS, "agreement", "lead", "is_led_by_oas", "officer", "starts_on", "ends_on")
        widgets = {
            "starts_on": DAY,
            "ends_on": DAY,
            "line": forms.RadioSelect,
            **{f"about_{suffix}": forms.Textarea({"rows": 4}) for suffix in SUFFIXES},
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["line"].choices = Operation._meta.get_field("line").choices
        fields["line"].required = fields["officer"].required = True
        fields["officer"].queryset = _officers(user, self.instance)
        offer_or_ask(self, "agreement", Agreement.objects.visible_to(user).order_by("name_en", "pk"))
        offer_or_ask(self, "partners", Partner.objects.visible_to(user).in_order())
        offer_or_ask(self, "lead", Partner.objects.visible_to(user).in_order())
        offer(fields["states"], MemberState.objects.visible_to(user).in_order())
        self.initial["edited"] = self.instance.edited

    def titles(self) -> list[tuple[Any, Any, Any, bool]]:
        """(language, title, text, whether it is open at first), for the page."""
        rows = []
        for code, name in settings.LANGUAGES:
            suffix = SUFFIX_OF_LANGUAGE[code.split("-")[0]]
            title, about = self[f"title_{suffix}"], self[f"about_{suffix}"]
            rows.append((name, title, about, bool(title.value() or about.value() or title.errors or about.errors)))
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"title_{suffix}") for suffix in SUFFIXES) and "title_en" not in self.errors:
            self.add_error("title_en", _("Give it a title, in one language at least."))
        if cleaned.get("lead") and cleaned.get("is_led_by_oas"):
            self.add_error("lead", _("Either a partner leads it or the OAS does. Choose one."))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Choose a later one."))
        return cleaned


class NewOperationForm(OperationForm):
    tlp = forms.ChoiceField(label="TLP", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tlp: Any = self.fields["tlp"]
        tlp.choices = labels()


class ChangedOperationForm(OperationForm):
    reason = forms.CharField(
        label=gettext_lazy("Why somebody is let in or taken out"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


def _officers(user: Any, operation: Operation) -> Any:
    people = User.objects.visible_to(user)
    able = people.with_staff_role("manager", "officer").values("pk")
    return people.filter(Q(pk__in=able) | Q(pk__in=[operation.officer_id])).order_by("name", "pk")


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )


class LabelForm(WhyForm):
    tlp = forms.ChoiceField(label=gettext_lazy("New label"), widget=forms.RadioSelect)
    field_order = ("tlp", "reason")

    def __init__(self, *args: Any, operation: Operation, may_lower: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tlp: Any = self.fields["tlp"]
        tlp.choices = [row for row in labels(Tlp.CLEAR if may_lower else operation.tlp) if row[0] != operation.tlp]


class NameForm(forms.Form):
    """Somebody of whom the portal knows for whom they take part: cleaned into `person`, and for whom."""

    whom = forms.ChoiceField(label=gettext_lazy("Person"), widget=forms.Select({"class": "select"}))
    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, operation: Operation, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, dict[str, Any]] = {}
        groups: dict[str, list[tuple[str, str]]] = {}
        for group, person, whom_for in _of(operation, user):
            self.people[str(person.pk)] = {"person": person, **whom_for}
            groups.setdefault(group, []).append((str(person.pk), person.name))
        whom: Any = self.fields["whom"]
        whom.choices = [("", _("Choose a person")), *groups.items()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if whom := cleaned.pop("whom", ""):
            cleaned |= self.people[whom]
        return cleaned


def _of(operation: Operation, user: Any) -> list[tuple[str, Any, dict[str, int]]]:
    """Who may be named, with for whom, and is not yet: of the partners, the states, their teams, and the programme."""
    contacts = PartnerContact.objects.visible_to(user).current().filter(partner__in=operation.partner_ids)
    liaisons = Liaison.objects.visible_to(user).current().filter(state__in=operation.state_ids)
    members = TeamMember.objects.current().filter(team__state__in=operation.state_ids)
    partners = {p.pk: p for p in Partner.objects.visible_to(user).filter(pk__in=operation.partner_ids)}
    staff = User.objects.visible_to(user).with_staff_role("manager", "officer", "observer")
    found: list[tuple[str, Any, dict[str, int]]] = [
        (str(partners[row.partner_id]), row.person, {"partner": row.partner_id})
        for row in contacts.select_related("person")
        if row.partner_id in partners
    ]
    found += [
        (str(row.state), row.person, {"state": row.state_id}) for row in liaisons.select_related("person", "state")
    ]
    found += [
        (_("CSIRTs"), row.person, {"state": row.team.state_id, "team": row.team_id})
        for row in members.select_related("person", "team")
    ]
    found += [(_("The programme’s staff"), person, {}) for person in staff]
    once = {person.pk: (group, person, whom) for group, person, whom in reversed(found)}
    rows = [row for row in once.values() if row[1].pk not in operation.person_ids]
    return sorted(rows, key=lambda row: (row[0], row[1].name, row[1].pk))

"""What is entered about an agreement: its terms, its parties in any number, and what it serves."""

from collections.abc import Iterator
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from action_plan.models import Activity, Instrument
from common.choices import NameField, listed, typed_names
from common.mandate import Objective, Point
from common.translated import SUFFIX_OF_LANGUAGE, SUFFIXES
from partnerships.actions.agreements import Side
from partnerships.models import Agreement, Partner, Party
from partnerships.terms import TERMS

DAY = {"type": "date"}
OAS = "oas"
MOST_LINES = 60  # parties of one agreement
SPARE_LINES = 2


def four(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{suffix}" for suffix in SUFFIXES)


class AddressField(forms.CharField):
    """Names a row by the address of its page, or by the last part of it."""

    def __init__(self, *, missing: Any, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=300, help_text=gettext_lazy("Paste the address of its page."), **kwargs
        )
        self.missing, self.rows = missing, None

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value)).replace("\0", "").strip()
        slug = typed.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
        rows: Any = self.rows
        found = rows.filter(slug=slug).first() if typed else None
        if typed and found is None:
            raise ValidationError(str(self.missing))
        return found


class TermsForm(forms.ModelForm):
    """What an amendment may change, and what is asked of it wherever it is entered."""

    objectives = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Objectives it serves"),
        choices=Objective.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    points = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Points of the action plan"),
        choices=Point.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = TERMS
        widgets: dict[str, Any] = {
            "starts_on": forms.DateInput(DAY, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(DAY, format="%Y-%m-%d"),
            "concluded_on": forms.DateInput(DAY, format="%Y-%m-%d"),
            "end": forms.RadioSelect,
            **{name: forms.Textarea({"rows": 5}) for name in four("aims")},
            **{name: forms.Textarea({"rows": 3}) for name in four("note")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["edited"] = self.instance.edited
        else:
            del self.fields["edited"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last, end = cleaned.get("starts_on"), cleaned.get("ends_on"), cleaned.get("end")
        if end == Agreement.End.STATED and not last and not self.has_error("ends_on"):
            self.add_error("ends_on", _("Enter the last day, or choose that none is stated."))
        if end in (Agreement.End.OPEN, Agreement.End.NOT_STATED) and last:
            self.add_error("end", _("There is a last day: choose “On a day”, or take the day away."))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Choose a later one."))
        return cleaned

    def in_languages(self, prefix: str) -> list[tuple[Any, Any, bool]]:
        """(language, field, whether it is open at first), for the page."""
        rows = []
        for code, name in settings.LANGUAGES:
            field = self[f"{prefix}_{SUFFIX_OF_LANGUAGE[code.split('-')[0]]}"]
            rows.append((name, field, code == "en" or bool(field.value() or field.errors)))
        return rows

    @property
    def names(self) -> list[tuple[Any, Any, bool]]:
        return self.in_languages("name")

    @property
    def aims(self) -> list[tuple[Any, Any, bool]]:
        return self.in_languages("aims")

    def summary(self) -> list[dict[str, Any]]:
        errors = [{"id": "", "text": text} for text in self.non_field_errors()]
        for name, texts in self.errors.items():
            if name != "__all__":
                errors += [{"id": self[name].auto_id, "text": text} for text in texts]
        return errors


class AgreementForm(TermsForm):
    """Who reads it and where it stands are no matter of this form: they have pages of their own."""

    instruments = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Instruments that it implements"),
        queryset=Instrument.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    event = AddressField(
        label=gettext_lazy("Activity at which it was signed or announced"),
        missing=gettext_lazy("There is no such activity. Copy the address from its page."),
    )

    class Meta(TermsForm.Meta):
        fields = (
            "kind",
            *TERMS,
            "concluded_on",
            "precision",
            "place",
            "event",
            "owner",
            "reference",
            "source",
            *four("note"),
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["instruments"].queryset = Instrument.objects.visible_to(user)
        fields["event"].rows = Activity.objects.visible_to(user)
        fields["owner"].queryset = owners(user, self.instance)
        fields["owner"].label_from_instance = lambda person: person.name
        if self.instance.pk:
            event = Activity.objects.visible_to(user).filter(pk=self.instance.event_id).first()
            self.initial["event"] = event.get_absolute_url() if event else ""
            self.initial["instruments"] = list(self.instance.implements.values_list("instrument", flat=True))
        else:
            self.initial.setdefault("owner", user.pk)

    @property
    def notes(self) -> list[tuple[Any, Any, bool]]:
        return self.in_languages("note")


def owners(user: Any, agreement: Agreement) -> QuerySet[User]:
    """Who may be responsible: managers and officers, and whoever is responsible already."""
    people = User.objects.visible_to(user)
    able = people.with_staff_role("manager", "officer").values("pk")
    return people.filter(Q(pk__in=able) | Q(pk=agreement.owner_id)).order_by("name", "pk")


class PartyNameField(NameField):
    """A partner, or the OAS, by name; cleaned into the key that a list to choose from would have given."""

    def clean(self, value: Any) -> str:
        typed = str(value or "").strip().casefold()
        if typed in {OAS, _("OAS").casefold()}:
            return OAS
        found = super().clean(value)
        return str(found.pk) if found else ""


class PartyForm(forms.Form):
    """One line of the parties: chosen among `choices`, or typed where there are too many."""

    partner = forms.ChoiceField(label=gettext_lazy("Party"), required=False, widget=forms.Select({"class": "select"}))
    as_stated = forms.CharField(
        label=gettext_lazy("As the text names it"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "input"}),
    )

    def __init__(self, *args: Any, rows: Any, choices: list[tuple[Any, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner: Any = self.fields["partner"]
        if choices is None:
            self.fields["partner"] = PartyNameField(rows, is_many=False, label=partner.label, required=False)
        else:
            partner.choices = [("", "–"), (OAS, _("OAS")), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("as_stated") and not cleaned.get("partner") and not self.has_error("partner"):
            self.add_error("partner", _("Choose the party that is named so."))
        return cleaned


class BaseParties(forms.BaseFormSet):
    def clean(self) -> None:
        """One line at least, and one for each party."""
        if any(self.errors):
            return
        seen: set[str] = set()
        for form in self.forms:
            partner = form.cleaned_data.get("partner", "")
            if partner and partner in seen:
                form.add_error("partner", _("This party has a line already."))
            seen.add(partner)
        if not seen - {""}:
            raise ValidationError(_("Choose one party at least."))


PartyFormSet: Any = forms.formset_factory(
    PartyForm, formset=BaseParties, extra=SPARE_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES
)


class Parties:
    """The lines of the form, as typed, and with more of them when they are asked for."""

    def __init__(self, lines: Any, *, is_asked: bool) -> None:
        self.lines, self.is_asked = lines, is_asked

    @classmethod
    def of(cls, agreement: Agreement | None, *, user: Any, posted: Any) -> Self:
        partners = Partner.objects.visible_to(user).in_order()
        choices = listed(partners)
        known: dict[str, Any] = {"prefix": "party", "form_kwargs": {"rows": partners, "choices": choices}}
        if posted is None:
            initial = _initial(agreement, partners, is_typed=choices is None)
            return cls(PartyFormSet(initial=initial, **known), is_asked=False)
        data, more = posted.copy(), "more" in posted
        total = data.get("party-TOTAL_FORMS", "")
        if more and total.isdecimal() and len(total) < 4:
            data["party-TOTAL_FORMS"] = str(int(total) + SPARE_LINES)
        return cls(PartyFormSet(data, **known), is_asked=not more)

    def is_valid(self) -> bool:
        return bool(self.lines.is_valid())

    @property
    def sides(self) -> list[Side]:
        rows = [form.cleaned_data for form in self.lines.forms if form.cleaned_data.get("partner")]
        return [Side(None if row["partner"] == OAS else int(row["partner"]), row["as_stated"]) for row in rows]

    def summary(self) -> list[dict[str, Any]]:
        return list(self._errors()) if self.is_asked else []

    def _errors(self) -> Iterator[dict[str, Any]]:
        for text in self.lines.non_form_errors():
            yield {"id": "id_party-0-partner", "text": text}
        for number, form in enumerate(self.lines.forms, 1):
            for name, texts in form.errors.items():
                for text in texts:
                    words = _("Party %(number)d: %(error)s") % {"number": number, "error": text}
                    yield {"id": form[name].auto_id, "text": words}


def _initial(agreement: Agreement | None, partners: Any, *, is_typed: bool) -> list[dict[str, Any]]:
    rows = list(Party.objects.filter(agreement=agreement).order_by("position", "pk")) if agreement else [Party()]
    names = typed_names(partners, [row.partner_id for row in rows]) if is_typed else {}
    oas = _("OAS") if is_typed else OAS
    return [{"partner": names.get(row.partner_id, row.partner_id) or oas, "as_stated": row.as_stated} for row in rows]

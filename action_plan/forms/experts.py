from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.factors import name_of, rated_factors
from action_plan.forms.missions import day_input
from action_plan.models import Expert, ExpertSkill
from member_states.models import MemberState

SKILL = "skill_"


class ExpertForm(forms.ModelForm):
    """With a choice for each factor; an empty one means no skill in it."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Works in"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose one language at least.")},
    )
    countries = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Has worked in"),
        queryset=MemberState.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Expert
        fields = (
            "name",
            "email",
            "language",
            "country",
            "elsewhere",
            "languages",
            "available_from",
            "available_until",
            "biography",
        )
        widgets = {
            "available_from": day_input(),
            "available_until": day_input(),
            "biography": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: Any = self.fields
        states = MemberState.objects.visible_to(user).in_order()
        fields["country"].queryset = fields["countries"].queryset = states
        for name, words in (("name", _("Say the person’s name.")), ("email", _("Give an address to write to."))):
            fields[name].required = True
            fields[name].error_messages["required"] = words
        known = self._known(user)
        for factor in rated_factors(user):
            levels = [("", _("None")), *ExpertSkill.Level.choices]
            fields[f"{SKILL}{factor.pk}"] = forms.ChoiceField(
                label=name_of(factor), choices=levels, required=False, initial=known.get(factor.pk, "")
            )

    def _known(self, user: Any) -> dict[int, int]:
        if not self.instance.pk:
            return {}
        held = self.instance.countries.visible_to(user).values_list("country", flat=True)
        self.initial["countries"] = list(held)
        return dict(self.instance.skills.visible_to(user).values_list("factor", "level"))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        others = Expert.objects.visible_to(self.user).standing().exclude(pk=self.instance.pk)
        if others.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody with this address is on the roster already."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("available_from"), cleaned.get("available_until")
        if first and last and last < first:
            self.add_error("available_until", _("The last day comes before the first. Choose a later one."))
        return cleaned

    @property
    def skills(self) -> dict[int, int]:
        given = ((name, value) for name, value in self.cleaned_data.items() if name.startswith(SKILL) and value)
        return {int(name.removeprefix(SKILL)): int(value) for name, value in given}

    def of_person(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith(SKILL)]

    def of_factors(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(SKILL)]

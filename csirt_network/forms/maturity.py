"""What a team says on the parameters of one quadrant, what a reviewing team says to them, and profiles."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from csirt_network.models import ParameterLevel, PeerRemark, Sim3Profile, Team
from csirt_network.sim3 import PARAMETERS, Parameter, Quadrant, level_choices, parameters_of

NOT_ASSESSED = gettext_lazy("Not assessed")
TEXT_LENGTH = 2000


def levels_to_choose() -> list[tuple[str, Any]]:
    return [("", NOT_ASSESSED), *((str(level), f"{level} · {words}") for level, words in level_choices())]


def targets_to_choose() -> list[tuple[str, Any]]:
    return [("", gettext_lazy("No level needed")), *((str(level), str(level)) for level, _words in level_choices())]


def text(label: Any, rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": rows}))


class OnParameterForm(forms.Form):
    """Named by the parameter's code, so that a quadrant is one form: O-1-level, O-1-note."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("Level"), choices=levels_to_choose, required=False, coerce=int, empty_value=None
    )

    def __init__(self, data: Any, *, parameter: Parameter, said: Any = None) -> None:
        self.parameter = parameter
        names = self.base_fields.keys()
        initial = {name: getattr(said, name) for name in names} if said else {}
        super().__init__(data, prefix=parameter.code, initial=initial)


class LevelForm(OnParameterForm):
    evidence = text(gettext_lazy("What proves it"))
    link = forms.URLField(
        label=gettext_lazy("Link to the proof"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://www.example.org/mandate.")},
    )
    note = text(gettext_lazy("Note"))

    def row(self) -> ParameterLevel:
        return ParameterLevel(code=self.parameter.code, **self.cleaned_data)


class RemarkForm(OnParameterForm):
    remark = text(gettext_lazy("Remark"))

    def row(self) -> PeerRemark:
        return PeerRemark(code=self.parameter.code, **self.cleaned_data)


F = TypeVar("F", bound=OnParameterForm)


class QuadrantForms:
    """One form for each parameter of a quadrant; good when all are."""

    def __init__(self, kind: type[F], data: Any, quadrant: Quadrant, said: Iterable[Any]) -> None:
        known = {row.code: row for row in said}
        self.data = data
        self.forms = [kind(data, parameter=one, said=known.get(one.code)) for one in parameters_of(quadrant)]

    def __iter__(self) -> Any:
        return iter(self.forms)

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])

    def rows(self) -> list[Any]:
        return [form.row() for form in self.forms]  # type: ignore[attr-defined]

    @property
    def errors(self) -> list[dict[str, str]]:
        """For the summary at the top of the page."""
        words = _("%(code)s, %(field)s: %(error)s")
        return [
            {
                "id": form[name].auto_id,
                "text": words % {"code": form.parameter.code, "field": form[name].label, "error": error},
            }
            for form in self.forms
            for name, errors in form.errors.items()
            for error in errors
        ]


class ReviewForm(forms.Form):
    reviewer = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        label=gettext_lazy("Team"),
        empty_label=gettext_lazy("Choose a team"),
        error_messages={"required": gettext_lazy("Choose the team that you ask.")},
    )
    message = forms.CharField(
        label=gettext_lazy("Message to the team"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any, *, user: Any, team: Team) -> None:
        super().__init__(data)
        others = Team.objects.visible_to(user).connected().exclude(pk=team.pk)
        self.fields["reviewer"].queryset = others.order_by("name")  # type: ignore[attr-defined]


class ProfileForm(forms.ModelForm):
    """The names and the source; for each parameter the least level, or none."""

    class Meta:
        model = Sim3Profile
        fields = ("name_en", "name_es", "name_fr", "name_pt_br", "source", "is_offered")
        widgets = {"source": forms.Textarea({"rows": 2})}

    def __init__(self, data: Any = None, *, instance: Sim3Profile | None = None, held: Mapping[str, int]) -> None:
        super().__init__(data, instance=instance)
        for code in PARAMETERS:
            self.fields[code] = forms.TypedChoiceField(
                label=code,
                choices=targets_to_choose,
                required=False,
                coerce=int,
                empty_value=None,
                initial=held.get(code, ""),
            )

    def quadrants(self) -> list[tuple[Quadrant, list[tuple[Parameter, forms.BoundField]]]]:
        return [(quadrant, [(one, self[one.code]) for one in parameters_of(quadrant)]) for quadrant in Quadrant]

    def levels(self) -> dict[str, int]:
        """Once it is valid."""
        return {code: self.cleaned_data[code] for code in PARAMETERS if self.cleaned_data[code] is not None}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(code) for code in PARAMETERS):
            self.add_error(None, _("Give at least one parameter a level from 1 to 4."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        raise TypeError("Profiles are saved by csirt_network.actions.maturity.")

    def profile(self) -> Sim3Profile:
        """With its slug, which it keeps; made of its English name."""
        found: Sim3Profile = self.instance
        found.slug = found.slug or free_slug(found.name_en)
        return found


def free_slug(name: str) -> str:
    stem = slugify(name)[:50] or "profile"
    taken = {*Sim3Profile.objects.filter(slug__startswith=stem).values_list("slug", flat=True), "new"}
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if slug not in taken)

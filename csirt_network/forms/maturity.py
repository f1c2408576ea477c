"""What a team says on the parameters of one quadrant, what a reviewing team says to them, and profiles."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from csirt_network.models import ParameterLevel, PeerRemark, ProofFile, Sim3Profile, Team
from csirt_network.sim3 import PARAMETERS, Parameter, Quadrant, level_choices, parameters_of
from documents.forms import EvidenceField

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

    said: tuple[str, ...] = ("level",)  # what is kept in the row

    def __init__(self, data: Any, files: Any = None, *, parameter: Parameter, said: Any = None) -> None:
        self.parameter = parameter
        initial = {name: getattr(said, name) for name in self.said} if said else {}
        super().__init__(data, files, prefix=parameter.code, initial=initial)

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.said}


class LevelForm(OnParameterForm):
    evidence = text(gettext_lazy("What proves it"))
    link = forms.URLField(
        label=gettext_lazy("Link to the proof"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://www.example.org/mandate.")},
    )
    file = EvidenceField(label=gettext_lazy("File that proves it"), required=False)
    without_file = forms.BooleanField(label=gettext_lazy("Take the file away"), required=False)
    note = text(gettext_lazy("Note"))
    said = ("level", "evidence", "link", "note")
    proof: ProofFile | None = None  # what is kept now

    def row(self) -> ParameterLevel:
        return ParameterLevel(code=self.parameter.code, **self.given())


class RemarkForm(OnParameterForm):
    remark = text(gettext_lazy("Remark"))
    said = ("level", "remark")

    def row(self) -> PeerRemark:
        return PeerRemark(code=self.parameter.code, **self.given())


F = TypeVar("F", bound=OnParameterForm)


class QuadrantForms:
    """One form for each parameter of a quadrant; good when all are."""

    def __init__(self, kind: type[F], data: Any, quadrant: Quadrant, said: Iterable[Any], files: Any = None) -> None:
        known = {row.code: row for row in said}
        self.data = data
        self.forms = [kind(data, files, parameter=one, said=known.get(one.code)) for one in parameters_of(quadrant)]

    def __iter__(self) -> Any:
        return iter(self.forms)

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])

    def rows(self) -> list[Any]:
        return [form.row() for form in self.forms]  # type: ignore[attr-defined]

    def show_proofs(self, proofs: Iterable[ProofFile]) -> None:
        known = {proof.code: proof for proof in proofs}
        for form in self.forms:
            form.proof = known.get(form.parameter.code)  # type: ignore[attr-defined]

    def uploads(self) -> dict[str, Any]:
        return {form.parameter.code: form.cleaned_data["file"] for form in self.forms if form.cleaned_data["file"]}

    def taken_away(self) -> set[str]:
        return {form.parameter.code for form in self.forms if form.cleaned_data["without_file"]}

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

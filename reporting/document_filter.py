"""What the documents of a state may be narrowed to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from capability.models import Round
from capability.questions import Section
from reporting.dashboards.documents import Narrowed

KINDS = (("", _("Everything")), ("file", _("Files")), ("link", _("Links")), ("source", _("Sources of facts")))


class DocumentFilter(forms.Form):
    """An unknown choice narrows nothing and is explained at its field."""

    q = forms.CharField(
        label=_("Name"), required=False, max_length=100, widget=forms.TextInput({"type": "search", "class": "input"})
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=KINDS, widget=forms.Select(attrs={"class": "select"})
    )
    section = forms.ChoiceField(label=_("Section"), required=False, widget=forms.Select(attrs={"class": "select"}))
    round = forms.ChoiceField(label=_("Round"), required=False, widget=forms.Select(attrs={"class": "select"}))

    def __init__(
        self, data: QueryDict, *, sections: Iterable[Section], rounds: Iterable[Round], sees_inside: bool
    ) -> None:
        super().__init__(data)
        if not sees_inside:  # sources are all there is to narrow
            for name in ("kind", "section", "round"):
                del self.fields[name]
            return
        named = [("", _("All sections")), *((section.slug, section.title) for section in sections)]
        called = [("", _("All rounds")), *((round.slug, str(round)) for round in rounds)]
        chosen: Any = {"section": named, "round": called}
        for name, choices in chosen.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def asked(self) -> Narrowed:
        self.full_clean()
        given = {name: str(value).replace("\0", "") for name, value in self.cleaned_data.items()}
        return Narrowed(given.get("kind", ""), given.get("section", ""), given.get("round", ""), given.get("q", ""))

    @property
    def is_narrowed(self) -> bool:
        return self.asked != Narrowed()

    def words_with(self, **more: Any) -> str:
        """The query of this page, for a link that goes on from it."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in self.data.items() if name in self.fields and value})
        query.update({name: str(value) for name, value in more.items()})
        return query.urlencode()

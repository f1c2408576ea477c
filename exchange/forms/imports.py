"""A file to import, where it goes, and the label of what says none."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.tlp import Tlp, is_stricter
from csirt_network.forms.channels import OfTeamForm
from csirt_network.models import SharingGroup
from exchange.bulk.upload import ACCEPT, content_of
from exchange.models import Collection

OWN, COMMUNITY, GROUP = "team", "community", "group-"
NO_LABEL = ("", gettext_lazy("Not chosen: it waits under TLP:AMBER+STRICT for your team alone"))


class ImportForm(OfTeamForm):
    """`team` is asked for where somebody is of several."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy(
            "A table (CSV), a bundle of STIX 2.1 or an event of MISP (JSON); at most 5 MB and 5,000 rows."
        ),
    )
    target = forms.ChoiceField(label=gettext_lazy("Where it goes"), widget=forms.RadioSelect)
    label = forms.ChoiceField(
        label=gettext_lazy("Label of what says none"),
        choices=[NO_LABEL, *(choice for choice in Tlp.choices if choice[0] != Tlp.RED)],
        required=False,
        help_text=gettext_lazy("A label that stands in the file always counts."),
    )
    field_order = ("team", "file", "target", "label")

    def __init__(self, *args: Any, groups: list[SharingGroup], **more: Any) -> None:
        super().__init__(*args, **more)
        target: Any = self.fields["target"]
        target.choices = [
            (OWN, _("Our team alone (TLP:AMBER+STRICT)")),
            *((f"{GROUP}{group.pk}", _("The group %(name)s (TLP:AMBER)") % {"name": group}) for group in groups),
            (COMMUNITY, _("The community of the network (TLP:GREEN)")),
        ]

    def clean_file(self) -> bytes:
        return content_of(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("label") and given.get("target") and is_stricter(given["label"], than=self.widest):
            sentence = _("%(label)s does not go there: what is there is read by more people than it allows.")
            self.add_error("label", ValidationError(sentence % {"label": Tlp(given["label"]).label}))
        return given

    @property
    def widest(self) -> Tlp:
        """The strictest label that the collection takes."""
        kinds = {OWN: Collection.Kind.TEAM, COMMUNITY: Collection.Kind.COMMUNITY}
        return Collection.LABELS[kinds.get(self.cleaned_data["target"], Collection.Kind.GROUP)]

    def collection_of(self, user: Any) -> Collection | None:
        """None when there is none, or none any more."""
        target, own = self.cleaned_data["target"], self.chosen_team
        found = Collection.objects.visible_to(user)
        if target == OWN:
            return found.filter(kind=Collection.Kind.TEAM, team=own).first()
        if target == COMMUNITY:
            return found.filter(kind=Collection.Kind.COMMUNITY).first()
        return found.filter(kind=Collection.Kind.GROUP, group=target.removeprefix(GROUP)).first()

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.tlp import READERS, Tlp, is_stricter
from common.translated import SUFFIX_OF_LANGUAGE, SUFFIXES
from csirt_network.actions.library import Contents
from csirt_network.forms.recipients import RecipientsField, value_of
from csirt_network.models import LibraryItem, Recipient, Team
from csirt_network.models.library import LANGUAGES, Topic, coded_parameters
from csirt_network.rsit import class_choices
from csirt_network.sim3 import level_choices
from documents.forms import EvidenceField

PROGRAMME = "programme"
LABELS = [label for label in Tlp if label != Tlp.RED]  # what only named persons may keep is no matter for a library
TITLE, SUMMARY = "title", "summary"


def boxes(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class ItemForm(forms.ModelForm):
    """What an item is: its words in the languages there are, and by what it is found."""

    origin = forms.ChoiceField(label=gettext_lazy("From"))
    topics = boxes(gettext_lazy("Topics"), Topic.choices)
    rsit = boxes(gettext_lazy("Incident classes it helps with"), class_choices)
    sim3 = boxes(gettext_lazy("SIM3 parameters it helps with"), coded_parameters)
    sim3_level = forms.TypedChoiceField(
        label=gettext_lazy("SIM3 level it helps to reach"), required=False, coerce=int, empty_value=None
    )
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = LibraryItem
        fields = (
            "kind",
            *(f"{part}_{suffix}" for suffix in SUFFIXES for part in (TITLE, SUMMARY)),
            "topics",
            "rsit",
            "sim3",
            "sim3_level",
            "point",
        )
        widgets = {f"{SUMMARY}_{suffix}": forms.Textarea({"rows": 4}) for suffix in SUFFIXES}

    def __init__(self, *args: Any, origins: list[Team | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        levels = [(str(level), f"{level}: {words}") for level, words in level_choices() if level]
        fields["sim3_level"].choices = [("", _("No level in particular")), *levels]
        self.origins = {str(team.pk) if team else PROGRAMME: team for team in origins}
        if self.instance.pk or len(origins) < 2:
            del fields["origin"]
        else:
            fields["origin"].choices = [(key, str(team or _("The programme"))) for key, team in self.origins.items()]
        if self.instance.pk:
            self.initial["edited"] = self.instance.edited
        else:
            del fields["edited"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"{TITLE}_{suffix}") for suffix in SUFFIXES):
            self.add_error(f"{TITLE}_en", _("Give it a title in one language at least."))
        for suffix in SUFFIXES:
            if cleaned.get(f"{SUMMARY}_{suffix}") and not cleaned.get(f"{TITLE}_{suffix}"):
                self.add_error(f"{TITLE}_{suffix}", _("There is a summary in this language: give it a title too."))
        return cleaned

    @property
    def comes_from(self) -> Team | None:
        """Once the form is valid."""
        chosen = self.cleaned_data.get("origin") or next(iter(self.origins))
        return self.origins[chosen]

    def words(self) -> list[tuple[Any, Any, Any, bool]]:
        """(language, title, summary, whether there is something in it), for the page."""
        rows = []
        for code, name in LANGUAGES:
            title, summary = self[f"{TITLE}_{suffix_of(code)}"], self[f"{SUMMARY}_{suffix_of(code)}"]
            rows.append((name, title, summary, bool(title.value() or summary.value() or title.errors)))
        return rows


def suffix_of(language: str) -> str:
    return SUFFIX_OF_LANGUAGE[language.split("-")[0]]


class VersionForm(forms.Form):
    """A version: under which label, for whom, and the file or the link of each language."""

    tlp = forms.ChoiceField(
        label=gettext_lazy("TLP label"),
        choices=[(label.value, f"{label.label}") for label in LABELS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a label: nothing is published without one.")},
    )
    lowered_because = forms.CharField(label=gettext_lazy("Why the label is lower now"), max_length=300, required=False)
    recipients = RecipientsField()
    changes = forms.CharField(
        label=gettext_lazy("What changed"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    left_out = boxes(gettext_lazy("Leave out of this version"), LANGUAGES)

    def __init__(self, data: Any = None, files: Any = None, *, item: LibraryItem, user: Any) -> None:
        self.item = item
        is_out = item.published_at is not None
        super().__init__(data, files, initial=self._before(item, user) if is_out else {})
        recipients: Any = self.fields["recipients"]
        recipients.offer(user)
        tlp: Any = self.fields["tlp"]
        tlp.choices = [(label.value, _("%(label)s: %(readers)s") % told_of(label)) for label in LABELS]
        for code, _name in LANGUAGES:
            self.fields[f"file_{code}"] = EvidenceField(label=_("File"), required=False)
            self.fields[f"link_{code}"] = forms.URLField(
                label=_("Or a link"),
                required=False,
                max_length=400,
                assume_scheme="https",
                error_messages={"invalid": _("Enter a whole address, such as https://www.example.org/report.")},
            )
        self._only_what_fits(is_out)

    def _before(self, item: LibraryItem, user: Any) -> dict[str, Any]:
        chosen = Recipient.objects.visible_to(user).filter(audience=item.audience_id)
        return {"tlp": item.tlp, "recipients": [value_of(recipient) for recipient in chosen]}

    def _only_what_fits(self, is_out: bool) -> None:
        left_out: Any = self.fields["left_out"]
        left_out.choices = [(code, name) for code, name in LANGUAGES if code in self.item.languages]
        for name, fits in (
            ("changes", is_out),
            ("left_out", len(self.item.languages) > 1),
            ("lowered_because", is_out and self.item.tlp != Tlp.CLEAR),
        ):
            if not fits:
                del self.fields[name]

    def languages(self) -> Iterator[tuple[Any, Any, Any, bool]]:
        """(language, field of its file, field of its link, whether it has one from the version before)."""
        for code, name in LANGUAGES:
            yield name, self[f"file_{code}"], self[f"link_{code}"], code in self.item.languages

    def contents(self) -> Contents:
        given = self.cleaned_data
        codes = [code for code, _name in LANGUAGES]
        return Contents(
            uploads={code: given[f"file_{code}"] for code in codes if given.get(f"file_{code}")},
            links={code: given[f"link_{code}"] for code in codes if given.get(f"link_{code}")},
            left_out=given.get("left_out", ()),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        tlp = cleaned.get("tlp", "")
        if tlp in (Tlp.AMBER, Tlp.STRICT) and not cleaned.get("recipients"):
            self.add_error("recipients", _("Choose who it is for: under this label nobody else reads it."))
        self._check_label(tlp, cleaned)
        self._check_contents(cleaned)
        return cleaned

    def _check_label(self, tlp: str, cleaned: dict[str, Any]) -> None:
        is_lower = bool(tlp and self.item.published_at and is_stricter(self.item.tlp, than=tlp))
        if is_lower and not cleaned.get("lowered_because", "").strip():
            was = {"label": Tlp(self.item.tlp).label}
            self.add_error("lowered_because", _("It was %(label)s until now. Say why more may read it.") % was)

    def _check_contents(self, cleaned: dict[str, Any]) -> None:
        for code, _name in LANGUAGES:
            if cleaned.get(f"file_{code}") and cleaned.get(f"link_{code}"):
                self.add_error(f"link_{code}", _("Give a file or a link in this language, not both."))
        is_wrong = any(self.has_error(name) for name in self.fields if name.startswith(("file_", "link_")))
        kept = set(self.item.languages) - set(cleaned.get("left_out", ()))
        found = self.contents()
        if not is_wrong and not (found.uploads or found.links or kept):
            raise ValidationError(_("Add a file or a link in one language at least."))


def told_of(label: Tlp) -> dict[str, Any]:
    return {"label": label.label, "readers": READERS[label]}


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why is it withdrawn?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Give a reason. Everybody who may read the item sees it.")},
    )

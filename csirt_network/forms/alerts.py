from datetime import UTC
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.moments import MomentField
from common.tlp import ORDER, READERS, Pap, Tlp
from common.translated import SUFFIXES, suffix
from csirt_network import cves, pasted, rsit
from csirt_network.actions.writing import Seen, Written
from csirt_network.forms.addressing import RecipientFields, chosen_before
from csirt_network.makers import origin_of
from csirt_network.models import Alert, AlertFile, Indicator, Team
from csirt_network.obstacles import disagreements, quoted_by
from documents.forms import EvidenceField

COLUMNS = ("tlp", "pap", "kind", "language", "rsit", "products", "answer_by", "is_exercise")
TEXTS = tuple(f"{name}_{end}" for end in SUFFIXES for name in ("title", "happening", "to_do"))
QUOTABLE = 100
LONG = 8000


class UtcField(MomentField):
    """A moment in UTC, whatever zone its reader lives in: teams of five time zones speak of the same one."""

    def to_python(self, value: Any) -> Any:
        with timezone.override(UTC):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(UTC):
            return super().prepare_value(value)


def labels() -> list[tuple[str, str]]:
    """With what each means; none is chosen beforehand."""
    return [(label.value, f"{label.label}: {READERS[label]}") for label in Tlp]


def incident_types() -> list[tuple[Any, Any]]:
    """A class by itself, or one of its types."""
    whole = _("%(name)s, any type")
    return [
        (name, [(code, whole % {"name": name}), *((kind.code, kind.name) for kind in _types_beside(code))])
        for code, name in rsit.class_choices()
    ]


def _types_beside(code: str) -> list[rsit.IncidentType]:
    return [kind for kind in rsit.types_of(code) if kind.code != code]


class AlertForm(RecipientFields):
    """A draft. The label comes first and has no default; all that is written is kept, whole or not."""

    tlp = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=labels,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a label: nothing is written without one.")},
    )
    pap = forms.ChoiceField(label=gettext_lazy("What may be done with it"), choices=Pap.choices, initial=Pap.AMBER)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Alert.Kind.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=settings.LANGUAGES)
    rsit = forms.MultipleChoiceField(
        label=gettext_lazy("Incident types"),
        choices=incident_types,
        required=False,
        help_text=gettext_lazy("At least the class. By the Reference Security Incident Taxonomy."),
        widget=forms.SelectMultiple({"size": 8}),
    )
    cves = forms.CharField(
        label=gettext_lazy("CVE identifiers"),
        required=False,
        max_length=cves.MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("One after another, such as CVE-2024-3400."),
    )
    products = forms.CharField(
        label=gettext_lazy("Affected products"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    indicators = forms.CharField(
        label=gettext_lazy("Indicators"),
        required=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line, defanged or not. After a bar, when it was first seen, and after another a note:"
            " bad[.]example | 2026-11-17 | asks for the password twice"
        ),
    )
    file = EvidenceField(label=gettext_lazy("Add a file"), required=False)
    file_tlp = forms.ChoiceField(
        label=gettext_lazy("The label that the file itself bears"),
        required=False,
        choices=[("", gettext_lazy("None: that of the alert")), *Tlp.choices],
    )
    taken_away = forms.MultipleChoiceField(
        label=gettext_lazy("Files to take away"), required=False, widget=forms.CheckboxSelectMultiple
    )
    quotes = forms.MultipleChoiceField(
        label=gettext_lazy("Alerts it quotes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Its own label may then not be lower than theirs, and it may go only to those who have them."
        ),
    )
    answer_by = UtcField(
        label=gettext_lazy("Answer due, in UTC"),
        required=False,
        help_text=gettext_lazy("With a time, each team is asked for an answer and reminded of it."),
    )
    is_exercise = forms.BooleanField(label=gettext_lazy("This is an exercise"), required=False)

    def __init__(self, *args: Any, user: Any, alert: Alert | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {**_initial(user, alert), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.user, self.alert = user, alert
        self.offer_recipients(user)
        self.attached = list(AlertFile.objects.visible_to(user).standing().filter(alert=alert)) if alert else []
        self.fields["taken_away"].choices = [(str(file.pk), file.name) for file in self.attached]  # type: ignore[attr-defined]
        self.quotable = {str(other.pk): other for other in _quotable(user, alert)}
        quotes = [(pk, f"{other} ({other.get_tlp_display()})") for pk, other in self.quotable.items()]
        self.fields["quotes"].choices = quotes  # type: ignore[attr-defined]
        self._offer_texts()

    def _offer_texts(self) -> None:
        for name in TEXTS:
            column: Any = Alert._meta.get_field(name)
            widget = forms.TextInput() if name.startswith("title") else forms.Textarea({"rows": 6})
            self.fields[name] = forms.CharField(
                label=capfirst(column.verbose_name), max_length=column.max_length, required=False, widget=widget
            )
            self.initial.setdefault(name, getattr(self.alert, name) if self.alert else "")

    def tabs(self) -> list[dict[str, Any]]:
        """The fields of each language; open is the one it is written in, and what has a fault."""
        written_in = suffix(str(self["language"].value() or ""))
        found = []
        for code, name in settings.LANGUAGES:
            fields = [self[f"{part}_{suffix(code)}"] for part in ("title", "happening", "to_do")]
            is_open = suffix(code) == written_in or any(field.errors for field in fields)
            is_filled = any(field.value() for field in fields)
            found.append({"name": name, "code": code, "fields": fields, "is_open": is_open, "is_filled": is_filled})
        return found

    def clean_cves(self) -> list[str]:
        text = self.cleaned_data["cves"]
        found = cves.parse(text) if text.strip() else cves.Cves(())
        if found.problems:
            raise ValidationError(list(found.problems))
        return list(found.ids)

    def clean_indicators(self) -> list[Seen]:
        return pasted.read(self.cleaned_data["indicators"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        title = f"title_{suffix(given.get('language', ''))}"
        if "language" in given and not given.get(title) and title not in self.errors:
            self.add_error(title, _("Give it a title in the language it is written in."))
        if given.get("file_tlp") and given.get("tlp") and ORDER[given["file_tlp"]] > ORDER[given["tlp"]]:
            problem = _("The file bears a stricter label than the alert. Labels only rise: raise that of the alert.")
            self.add_error("file_tlp", problem)
        return given

    def warnings(self) -> list[str]:
        """Where label and receivers disagree: said at once, and in the way of publishing."""
        if not self.is_bound or "tlp" not in self.cleaned_data:
            return []
        return list(disagreements(self.cleaned_data["tlp"], self.cleaned_data["pap"], self.recipients()))

    def written(self) -> Written:
        given = self.cleaned_data
        return Written(
            columns={name: given[name] for name in (*COLUMNS, *TEXTS, "cves")},
            recipients=self.recipients(),
            indicators=given["indicators"],
            quotes=[self.quotable[pk] for pk in given["quotes"]],
            uploads=[given["file"]] if given["file"] else [],
            upload_tlp=given["file_tlp"],
            taken_away=[int(pk) for pk in given["taken_away"]],
        )


class NewAlertForm(AlertForm):
    """Who belongs to several teams, or to a team and the programme, says for whom it is written."""

    origin = forms.ChoiceField(label=gettext_lazy("From"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.own_teams: dict[str, Team] = {str(team.pk): team for team in Team.objects.own(user)}
        choices = [(pk, str(team)) for pk, team in self.own_teams.items()]
        if user.has_perm("csirt_network.write_for_programme"):
            choices = [("programme", _("The programme")), *choices]
        self.fields["origin"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            del self.fields["origin"]
        self.only = choices[0][0] if choices else ""

    def origin_team(self) -> Team | None:
        return self.own_teams.get(self.cleaned_data.get("origin", self.only))


class VersionForm(AlertForm):
    """Of what is out: the label is changed on a page of its own."""

    what_changed = forms.CharField(
        label=gettext_lazy("What has changed"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Whoever reads it is told that there is a new version, and finds this on its page."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["tlp"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["tlp"] = self.alert.tlp if self.alert else ""
        return super().clean()


def _initial(user: Any, alert: Alert | None) -> dict[str, Any]:
    if alert is None:
        return {"language": user.language}
    found = origin_of(alert, user)
    rows = Indicator.objects.visible_to(user).standing().filter(alert=alert)
    return {
        **{name: getattr(alert, name) for name in COLUMNS},
        **(chosen_before(found.recipients.all()) if found else {}),
        "cves": " ".join(alert.cves),
        "indicators": pasted.written(rows),
        "quotes": [str(pk) for pk in quoted_by(alert, user).values_list("pk", flat=True)],
    }


def _quotable(user: Any, alert: Alert | None) -> list[Alert]:
    """The newest, and those it quotes already."""
    out = Alert.objects.visible_to(user).out()
    newest = list((out.exclude(pk=alert.pk) if alert else out)[:QUOTABLE])
    quoted = list(quoted_by(alert, user)) if alert else []
    return [*newest, *(other for other in quoted if other not in newest)]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}), strip=True
    )


class ClosingForm(forms.Form):
    closing = forms.CharField(
        label=gettext_lazy("How it ended"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("A sentence for all who read the alert."),
    )


class LabelForm(forms.Form):
    """Another label. Down only with a reason."""

    tlp = forms.ChoiceField(label=gettext_lazy("New label"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Needed for a lower label."),
    )

    def __init__(self, *args: Any, alert: Alert, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alert = alert
        self.fields["tlp"].choices = [pair for pair in labels() if pair[0] != alert.tlp]  # type: ignore[attr-defined]

    @property
    def is_lower(self) -> bool:
        return ORDER[self.cleaned_data["tlp"]] < ORDER[self.alert.tlp]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("tlp") and self.is_lower and not given.get("reason"):
            self.add_error("reason", _("Write why the label may be lower."))
        return given

"""What may be asked for: the same criteria for subscriptions and webhooks."""

from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.tlp import ORDER, Tlp
from csirt_network.indicators import Kind, recognise
from csirt_network.models import Alert, Mailbox, Subscription
from csirt_network.rsit import TYPES, class_choices, type_choices
from csirt_network.sectors import Sector
from member_states.models import MemberState

MOST_LINES, SHORTEST_WORD, LONGEST_WORD = 30, 3, 60
WATCHED = (Kind.IPV4, Kind.IPV4_NETWORK, Kind.IPV6, Kind.IPV6_NETWORK, Kind.DOMAIN, Kind.ASN)
WIDEST = {4: 8, 6: 16}
CRITERIA = ("kinds", "incidents", "types", "countries", "sectors", "networks", "words", "least", "most")
ME = "me"


def choices_of_labels(most: str = Tlp.RED) -> list[tuple[str, Any]]:
    return [(label.value, label.label) for label in Tlp if ORDER[label] <= ORDER[most]]


class LinesField(forms.CharField):
    """One value a line; lines that are the same count once."""

    widget = forms.Textarea

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=4000, **more)
        self.widget.attrs["rows"] = 3

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Write at most %(count)d lines.") % {"count": MOST_LINES})
        return list(dict.fromkeys(self.of_line(line) for line in lines))

    def of_line(self, line: str) -> str:
        return line


class NetworksField(LinesField):
    def of_line(self, line: str) -> str:
        found = recognise(line)
        if found.kind not in WATCHED:
            problem = _("“%(text)s” is no network, domain or number of an autonomous system.")
            raise ValidationError(problem % {"text": line[:60]})
        if found.kind in (Kind.IPV4_NETWORK, Kind.IPV6_NETWORK):
            network = ip_network(found.value)
            if network.prefixlen < WIDEST[network.version]:
                problem = _("“%(text)s” is too wide: nearly everything would match.")
                raise ValidationError(problem % {"text": line[:60]})
        return found.value


class WordsField(LinesField):
    def of_line(self, line: str) -> str:
        if not SHORTEST_WORD <= len(line) <= LONGEST_WORD or not line.isprintable():
            problem = _("Write words of %(least)d to %(most)d characters; “%(text)s” is none.")
            known = {"least": SHORTEST_WORD, "most": LONGEST_WORD, "text": line[:60]}
            raise ValidationError(problem % known)
        return line


def many(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget, **more)


class RuleForm(forms.Form):
    """Nothing chosen narrows nothing."""

    most_label: str = Tlp.RED

    kinds = many(gettext_lazy("Kind"), Alert.Kind.choices)
    incidents = many(gettext_lazy("Class of incident"), class_choices)
    types = many(gettext_lazy("Type of incident"), type_choices)
    countries = many(gettext_lazy("From a team of"), ())
    sectors = many(gettext_lazy("From a team that serves"), Sector.choices)
    networks = NetworksField(
        label=gettext_lazy("Networks and domains of yours"),
        help_text=gettext_lazy(
            "One a line, such as 198.51.100.0/24, AS64500 or example.org. An alert matches when one of its indicators"
            " touches one of them."
        ),
    )
    words = WordsField(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("One a line. Case and accents do not count; one of them is enough."),
    )
    least = forms.ChoiceField(label=gettext_lazy("Label, at least"), choices=Tlp.choices, initial=Tlp.CLEAR)
    most = forms.ChoiceField(label=gettext_lazy("Label, at most"), choices=Tlp.choices, initial=Tlp.RED)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        countries: Any = self.fields["countries"]
        countries.choices = [(state.alpha2, state.name) for state in MemberState.objects.in_order()]
        for name in ("least", "most"):
            field: Any = self.fields[name]
            field.choices = choices_of_labels(self.most_label)
        self.fields["most"].initial = self.most_label

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "least" in given and "most" in given and ORDER[given["least"]] > ORDER[given["most"]]:
            self.add_error("most", _("The label at most cannot be wider than the label at least."))
        return given

    @property
    def columns(self) -> dict[str, Any]:
        """Of an AlertRule."""
        given = self.cleaned_data
        plain = ("kinds", "countries", "sectors", "networks", "words", "least", "most")
        return {name: given[name] for name in plain} | {"incidents": [*given["incidents"], *given["types"]]}

    @property
    def opened(self) -> set[str]:
        """The parts of the form that are not folded: those that say something."""
        return {name for name in CRITERIA if self[name].value() or self[name].errors}


def initial_of(rule: Any) -> dict[str, Any]:
    """A rule as the form shows it."""
    found = {name: getattr(rule, name) for name in ("kinds", "countries", "sectors", "least", "most")}
    types = [code for code in rule.incidents if code in TYPES]
    classes = [code for code in rule.incidents if code not in TYPES]
    lines = {name: "\n".join(getattr(rule, name)) for name in ("networks", "words")}
    return {**found, **lines, "types": types, "incidents": classes}


class SubscriptionForm(RuleForm):
    """`mailboxes`: those a subscription may be for, besides the person."""

    for_whom = forms.ChoiceField(label=gettext_lazy("Who gets it"), widget=forms.RadioSelect)
    pace = forms.ChoiceField(
        label=gettext_lazy("How soon"),
        choices=Subscription._meta.get_field("pace").choices,  # type: ignore[arg-type]
        widget=forms.RadioSelect,
        initial="at once",
    )
    field_order = ("for_whom", *CRITERIA, "pace")

    def __init__(self, *args: Any, mailboxes: Iterable[Mailbox] = (), is_new: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.mailboxes = {str(mailbox.pk): mailbox for mailbox in mailboxes}
        if not is_new or not self.mailboxes:
            del self.fields["for_whom"]
            return
        field: Any = self.fields["for_whom"]
        field.choices = [(ME, _("Me")), *((pk, box.address) for pk, box in self.mailboxes.items())]
        field.initial = ME

    @property
    def mailbox(self) -> Mailbox | None:
        return self.mailboxes.get(self.cleaned_data.get("for_whom", ME))

    @property
    def columns(self) -> dict[str, Any]:
        return super().columns | {"pace": self.cleaned_data["pace"]}

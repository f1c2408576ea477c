"""From what is known of the network's month to what its bulletin says, in one language."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from common.tlp import SHARING, Tlp, strictest
from csirt_network.models import Alert, LibraryItem
from csirt_network.rsit import CLASSES, FOR_TESTS, TYPES
from reporting.bulletin.facts import NetworkFacts
from reporting.bulletin.report import AlertLine, Bulletin, ClassLine, ItemLine, JoinLine


def worded(facts: NetworkFacts, language: str) -> Bulletin:
    with translation.override(language):
        return _worded(facts, language)


def _worded(facts: NetworkFacts, language: str) -> Bulletin:
    label = strictest([Tlp.GREEN, *(held.tlp for held in (*facts.alerts, *facts.items))])
    return Bulletin(
        language=language,
        month=month_name(facts),
        label=str(label.label),
        audience=str(SHARING[label]),
        made_on=timezone.localdate(facts.as_of),
        lead=_lead(facts),
        alerts=tuple(_alert(alert) for alert in facts.alerts),
        answers=_answers(facts),
        classes=_classes(facts),
        items=tuple(_item(item) for item in facts.items),
        joined=tuple(JoinLine(str(m.team.name), str(m.team.state), m.starts_on) for m in facts.joined),
        notes=(
            gettext("It holds what was published under TLP:CLEAR and TLP:GREEN. Exercises are left out."),
            gettext("An alert of several classes counts once in each."),
            gettext("How soon teams answer is said from five teams up."),
        ),
        source=gettext("Source: the hemispheric network of CSIRTs, as of %(when)s.")
        % {"when": date_format(timezone.localtime(facts.as_of), "DATETIME_FORMAT")},
        is_sample=settings.TRIAL,
    )


def month_name(facts: NetworkFacts) -> str:
    return date_format(facts.month.first, "F Y")


def _lead(facts: NetworkFacts) -> str:
    alerts = ngettext("%(n)s alert was published.", "%(n)s alerts were published.", len(facts.alerts))
    joined = ngettext("%(n)s team joined the network.", "%(n)s teams joined the network.", len(facts.joined))
    teams = ngettext("It has %(n)s team today.", "It has %(n)s teams today.", facts.teams)
    counts = (len(facts.alerts), len(facts.joined), facts.teams)
    return " ".join(words % {"n": n} for words, n in zip((alerts, joined, teams), counts, strict=True))


def _alert(alert: Alert) -> AlertLine:
    return AlertLine(
        code=alert.code,
        label=str(Tlp(alert.tlp).label),
        kind=str(alert.get_kind_display()),
        title=alert.title_in_any,
        whence=_whence(alert),
        classes=", ".join(CLASSES[code].name for code in _classes_of(alert)),
        published_on=timezone.localdate(alert.published_at),
    )


def _answers(facts: NetworkFacts) -> str:
    if facts.answers is None:
        return gettext("Fewer than five teams have answered: no figure is given.")
    return facts.answers.sentence


def _item(item: LibraryItem) -> ItemLine:
    return ItemLine(
        label=str(Tlp(item.tlp).label),
        kind=str(item.get_kind_display()),
        title=item.heading,
        whence=str(item.from_team or gettext("The programme")),
        version=gettext("New") if item.latest == 1 else gettext("Version %(n)s") % {"n": item.latest},
        published_on=timezone.localdate(item.updated_at),
    )


def _whence(alert: Alert) -> str:
    """As readers are told: what the programme passes on without its source comes from the programme."""
    if alert.from_team is None:
        return gettext("The programme")
    return gettext("%(team)s, %(state)s") % {"team": alert.from_team, "state": alert.from_team.state}


def _classes(facts: NetworkFacts) -> tuple[ClassLine, ...]:
    """In the order of the taxonomy; those that did not occur are left out."""
    every = [code for alert in facts.alerts for code in _classes_of(alert)]
    return tuple(ClassLine(one.name, every.count(code)) for code, one in CLASSES.items() if code in every)


def _classes_of(alert: Alert) -> list[str]:
    found = {TYPES[code].class_code if code in TYPES else code for code in alert.rsit}
    return [code for code in CLASSES if code in found and code != FOR_TESTS]

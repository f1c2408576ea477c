"""The mails of the network. Above TLP:GREEN they name the label and the page, and say nothing of what is on it."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from common.scope import reach_of
from common.tlp import Pap, Tlp
from common.translated import suffix
from csirt_network.models.alerts import Alert
from csirt_network.models.directory import HOLDS_FOR, TeamProfile
from csirt_network.querysets.labelled import sent_to
from notices import kinds
from notices.kinds import Matter, mail_kind

OPEN = (Tlp.CLEAR, Tlp.GREEN)


def readers(person: Any) -> bool:
    return reach_of(person).community or kinds.staff(person)


ALERTS = Matter("alerts", _("An alert for you, or news of one"), readers)


def in_utc(moment: datetime) -> str:
    return f"{date_format(moment.astimezone(UTC), 'DATETIME_FORMAT')} UTC"


class Told:
    """An alert as a mail may speak of it."""

    def __init__(self, alert: Alert) -> None:
        self.alert, self.code, self.label = alert, alert.code, alert.get_tlp_display()
        self.is_exercise, self.version = alert.is_exercise, alert.version
        self.answer_by = in_utc(alert.answer_by) if alert.answer_by else ""
        self.is_open = alert.tlp in OPEN
        self.title = alert.title_in_any if self.is_open else ""
        happening = alert.happening or getattr(alert, f"happening_{suffix(alert.language)}")
        self.summary = happening if self.is_open else ""
        self.closing = alert.closing if self.is_open else ""

    def get_absolute_url(self) -> str:
        return self.alert.get_absolute_url()


class Matched(Told):
    """An alert that was asked for: what is not to leave a network is told without text here as well."""

    def __init__(self, alert: Alert) -> None:
        super().__init__(alert)
        if alert.pap == Pap.RED:
            self.is_open, self.title, self.summary, self.closing = False, "", "", ""


def alert_for(person: Any, pk: int) -> Told | None:
    """None for who was not sent it, or may not read it any more."""
    reach = reach_of(person)
    given = Q(with_programme=True) if reach.staff else Q(pk__in=())
    found = Alert.objects.visible_to(person).out().filter(given | sent_to(reach), pk=pk).first()
    return Told(found) if found else None


def offered_for(person: Any, pk: int) -> Alert | None:
    if not person.has_perm("csirt_network.publish_alert", found := _draft(person, pk)):
        return None
    return found if found and found.is_offered else None


def given_back_for(person: Any, pk: int) -> Alert | None:
    found = _draft(person, pk)
    return found if found and found.given_back else None


def _draft(person: Any, pk: int) -> Alert | None:
    return Alert.objects.kept_by(person).drafts().filter(pk=pk).first()


def draft_page(alert: Alert) -> str:
    return reverse("alert-preview", args=[alert.pk])


def register() -> None:
    """What asks for something, or changes how it must be handled, always comes."""
    mail_kind("entry to confirm", find=entry_to_confirm, template="emails/entry_to_confirm", link=page_of_entry)
    mail_kind("alert", find=alert_for, template="emails/alert", matter=ALERTS)
    mail_kind("alert to answer", find=alert_for, template="emails/alert")
    mail_kind("alert updated", find=alert_for, template="emails/alert_updated", matter=ALERTS)
    mail_kind("alert labelled", find=alert_for, template="emails/alert_labelled")
    mail_kind("alert closed", find=alert_for, template="emails/alert_closed", matter=ALERTS)
    mail_kind("alert offered", find=offered_for, template="emails/alert_offered", link=draft_page)
    mail_kind("alert given back", find=given_back_for, template="emails/alert_given_back", link=draft_page)


def entry_to_confirm(person: Any, pk: int) -> TeamProfile | None:
    """While it is still to be confirmed, and by this person."""
    mine = TeamProfile.objects.visible_to(person).filter(pk=pk, team__in=reach_of(person).teams)
    stale = mine.with_stands_since().filter(Q(stands_since__lt=timezone.now() - HOLDS_FOR))
    return stale.select_related("team__state").first()


def page_of_entry(profile: TeamProfile) -> str:
    return reverse("team-detail", args=[profile.team.slug])

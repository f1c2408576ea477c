"""What waits about alerts: answers, second pairs of eyes, drafts, corrections, labels, help (notices/duties.py)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.rules import is_officer
from common.days import day_of
from common.scope import reach_of
from common.tlp import Tlp
from csirt_network.actions.answering import HELP_ASKED
from csirt_network.actions.publishing import SECOND_ASKED
from csirt_network.actions.talking import CORRECTION_PROPOSED
from csirt_network.asking_mails import preview_of
from csirt_network.models import Acknowledgement, Alert, Correction, Countersign, Lowering
from csirt_network.querysets.asked import DUE_FIRST
from csirt_network.querysets.labelled import of_teams
from csirt_network.reminders import ANSWER_DUE
from csirt_network.rules.people import represented_by
from notices.duties import MOST, Duty, duty_kind
from notices.models import Mail

NOTHING = Q(pk__in=())


def register() -> None:
    duty_kind(
        "alert to answer",
        heading=gettext_lazy("Alerts that ask for an answer"),
        verb=pgettext_lazy("to do", "Answer"),
        find=to_answer,
        page="alert-list",
        mails=("alert to answer", ANSWER_DUE),
    )
    duty_kind(
        "alert to countersign",
        heading=gettext_lazy("Drafts that need a second pair of eyes"),
        verb=pgettext_lazy("to do", "Countersign"),
        find=to_countersign,
        mails=(SECOND_ASKED,),
    )
    duty_kind(
        "alert offered",
        heading=gettext_lazy("Drafts that teams handed to the programme"),
        verb=pgettext_lazy("to do", "Publish or give back"),
        find=offered,
        page="alert-drafts",
        mails=("alert offered",),
    )
    duty_kind(
        "alert given back",
        heading=gettext_lazy("Drafts that the programme gave back"),
        verb=pgettext_lazy("to do", "Look again"),
        find=given_back,
        mails=("alert given back",),
    )
    duty_kind(
        "correction",
        heading=gettext_lazy("Corrections that readers propose"),
        verb=pgettext_lazy("to do", "Decide"),
        find=corrections,
        mails=(CORRECTION_PROPOSED,),
    )
    duty_kind(
        "label to lower",
        heading=gettext_lazy("Labels that are to be lowered"),
        verb=pgettext_lazy("to do", "Agree or not"),
        find=lowerings,
    )
    duty_kind(
        "help asked",
        heading=gettext_lazy("Teams that ask for help with an alert"),
        verb=pgettext_lazy("to do", "Help"),
        find=help_asked,
        mails=(HELP_ASKED,),
    )


def to_answer(person: Any) -> Iterable[Duty]:
    if not reach_of(person).person:
        return []
    asked: Any = Alert.objects.visible_to(person).waiting_for(person).order_by(*DUE_FIRST)
    return [_of_alert(alert, alert.get_absolute_url(), due_on=day_of(alert.answer_by)) for alert in asked[: MOST + 1]]


def to_countersign(person: Any) -> Iterable[Duty]:
    """What this person was asked about, as it stands, and nobody else has countersigned meanwhile."""
    if not _is_maker(person):
        return []
    asked = {
        (mail.object_id, mail.threshold): mail
        for mail in Mail.objects.visible_to(person).filter(person=person, kind=SECOND_ASKED)
    }
    drafts = Alert.objects.kept_by(person).drafts().filter(_may_change(person), pk__in={pk for pk, _text in asked})
    found = drafts.exclude(author=person).exclude(edited_by=person).exclude(Exists(_seconds()))
    waiting = [alert for alert in found.order_by("pk") if (alert.pk, f"e{alert.edited}") in asked]
    since = {pk: day_of(mail.queued_at) for (pk, _text), mail in asked.items()}
    return [_of_alert(alert, preview_of(alert), since=since[alert.pk]) for alert in waiting[: MOST + 1]]


def _seconds() -> Any:
    """By somebody who neither wrote nor last edited it, for the text as it stands."""
    given = Countersign.objects.filter(alert=OuterRef("pk"), edited=OuterRef("edited"), lowering=None)
    return given.exclude(by=OuterRef("author")).exclude(by__isnull=False, by=OuterRef("edited_by"))


def offered(person: Any) -> Iterable[Duty]:
    if not is_officer(person):
        return []
    drafts = Alert.objects.kept_by(person).drafts().filter(_staff_hold(person), handed_over_at__isnull=False)
    found: Any = drafts.order_by("handed_over_at")[: MOST + 1]
    return [_of_alert(alert, preview_of(alert), since=day_of(alert.handed_over_at)) for alert in found]


def given_back(person: Any) -> Iterable[Duty]:
    """Until it is handed over again or published; any member of the team may change it."""
    teams = reach_of(person).teams
    if not teams:
        return []
    drafts = Alert.objects.kept_by(person).drafts().exclude(given_back="").filter(from_team__in=teams)
    return [_of_alert(alert, preview_of(alert), note=alert.given_back) for alert in drafts.order_by("pk")[: MOST + 1]]


def corrections(person: Any) -> Iterable[Duty]:
    """Decided by whoever holds the alert: `csirt_network.decide_correction`."""
    if not _is_maker(person):
        return []
    held = Alert.objects.visible_to(person).filter(_holds(person))
    waiting = list(Correction.objects.visible_to(person).waiting().filter(alert__in=held.values("pk"))[: MOST + 1])
    alerts = Alert.objects.visible_to(person).in_bulk({one.alert_id for one in waiting})
    return [_correction(one, alerts[one.alert_id]) for one in waiting if one.alert_id in alerts]


def _correction(one: Correction, alert: Alert) -> Duty:
    return _of_alert(alert, f"{alert.get_absolute_url()}corrections/{one.pk}/", since=day_of(one.at))


def lowerings(person: Any) -> Iterable[Duty]:
    """A second person of the originator, of those who see the page of labels (`csirt_network.label_alert`)."""
    if not _is_maker(person):
        return []
    asked = Lowering.objects.visible_to(person).filter(change=F("alert__relabelled") + 1).exclude(by=person)
    waiting = list(asked.select_related("by").order_by("at")[: MOST + 1])
    mine = Alert.objects.visible_to(person).filter(_acts_for_origin(person)).exclude(author=person)
    alerts = mine.in_bulk({one.alert_id for one in waiting})
    return [_lowering(one, alerts[one.alert_id]) for one in waiting if one.alert_id in alerts]


def _lowering(one: Lowering, alert: Alert) -> Duty:
    note = _("%(name)s asks to lower it to %(label)s.") % {"name": one.by.name, "label": Tlp(one.after).label}
    return _of_alert(alert, f"{alert.get_absolute_url()}label/", since=day_of(one.at), note=note)


def help_asked(person: Any) -> Iterable[Duty]:
    """While the alert is open and the answer stands: the programme's where it was given the alert, else its team's."""
    if not _is_maker(person):
        return []
    of_team = Q(with_programme=False, audience__in=of_teams(reach_of(person).teams))
    given = Q(with_programme=True) if is_officer(person) else NOTHING
    mine = Alert.objects.kept_by(person).open().filter(of_team | given).filter(~Q(tlp=Tlp.RED) | Q(author=person))
    answers = Acknowledgement.objects.visible_to(person).standing().filter(answer=Acknowledgement.Answer.HELP)
    asked = list(
        answers.filter(alert__in=mine.values("pk")).select_related("team", "person").order_by("at")[: MOST + 1]
    )
    alerts = mine.in_bulk({one.alert_id for one in asked})
    return [_help(one, alerts[one.alert_id]) for one in asked if one.alert_id in alerts]


def _help(one: Acknowledgement, alert: Alert) -> Duty:
    note = _("%(name)s asks for help.") % {"name": one.team or one.person}
    return _of_alert(alert, f"{alert.get_absolute_url()}answers/", since=day_of(one.at), note=note)


def _of_alert(alert: Alert, link: str, **facts: Any) -> Duty:
    return Duty(str(alert) or _("Alert without a title"), link, tlp=alert.tlp, **facts)


def _is_maker(person: Any) -> bool:
    return bool(reach_of(person).teams) or is_officer(person)


def _may_change(person: Any) -> Q:
    """A draft of an own team; of the programme, by its officers."""
    of_team = Q(from_team__isnull=False, audience__in=of_teams(reach_of(person).teams))
    return of_team | _staff_hold(person)


def _holds(person: Any) -> Q:
    """Representatives of the team that it is told to come from; else officers."""
    if not reach_of(person).teams:
        return _staff_hold(person)
    acting = of_teams([team.pk for team in represented_by(person)])
    return Q(from_team__isnull=False, audience__in=acting) | _staff_hold(person)


def _acts_for_origin(person: Any) -> Q:
    """Whoever it comes from, told or not: representatives of the team, officers for the programme's own."""
    of_programme = Q(audience__origin=None) if is_officer(person) else NOTHING
    if not reach_of(person).teams:
        return of_programme
    return Q(audience__in=of_teams([team.pk for team in represented_by(person)])) | of_programme


def _staff_hold(person: Any) -> Q:
    return Q(with_programme=True, from_team=None) if is_officer(person) else NOTHING

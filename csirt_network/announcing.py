"""When an alert went out: who asked for its like, each asked in their own scope, and told once.

Whoever may not read the alert matches nothing. What is written here are rows that say whom to tell; each is asked
again, in the reader's scope, when its mail or its delivery leaves.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils import timezone

from common.scope import PROGRAMME, reach_of, scope
from common.tlp import ORDER
from csirt_network.matching import facts_of, matches
from csirt_network.models.alerts import Alert
from csirt_network.models.teams import Team
from csirt_network.team_reader import TeamReader
from notices.bell import sweep_soon
from notices.gathering import moments
from notices.outbox import post
from notices.paces import Pace, soonest
from notices.work import finish

if TYPE_CHECKING:
    from csirt_network.models.subscriptions import AlertRule, Announcement, Mailbox, MailboxLetter, Subscription

KIND = "alert matched"


def walk(announcement: "Announcement") -> None:
    """Safe to be done twice: whoever is told already is not told again."""
    token, people, teams = announcement.attempts, _people(), _teams()
    for done, person in enumerate(people, 1):
        _tell_person(announcement, person)
        announcement.step(done, len(people) + len(teams))
    for done, team in enumerate(teams, len(people) + 1):
        _tell_team(announcement, team)
        announcement.step(done, len(people) + len(teams))
    finish(announcement, token)
    sweep_soon()


def alert_of(announcement: "Announcement", reader: Any) -> Alert | None:
    """As `reader` may read it; None as well when a newer version is out, which has an announcement of its own."""
    alerts = Alert.objects.visible_to(reader).out().select_related("from_team__state")
    return alerts.filter(pk=announcement.alert_id, version=announcement.version).first()


def those_that_match(rules: Iterable[Any], alert: Alert, reader: Any) -> list[Any]:
    """Of the rules; in the scope of `reader`."""
    rules = [rule for rule in rules if ORDER[rule.least] <= ORDER[alert.tlp] <= ORDER[rule.most]]
    facts = facts_of([alert], reader)[alert.pk] if rules else None
    return [rule for rule in rules if facts and matches(rule, facts)]


def of_person(announcement: "Announcement", person: Any) -> "list[Subscription]":
    """The own subscriptions that match; in the person's scope. Nobody is told of what they wrote."""
    alert = alert_of(announcement, person)
    if alert is None or alert.is_exercise or alert.author_id == person.pk:
        return []
    return those_that_match(_model("Subscription").objects.visible_to(person).filter(mailbox=None), alert, person)


def of_mailbox(announcement: "Announcement", mailbox: "Mailbox", reader: TeamReader) -> "list[Subscription]":
    """In the scope of the team."""
    alert = alert_of(announcement, reader)
    if alert is None or alert.is_exercise:
        return []
    return those_that_match(_model("Subscription").objects.visible_to(reader).filter(mailbox=mailbox), alert, reader)


def _people() -> list[Any]:
    with scope(PROGRAMME):
        own = _model("Subscription").objects.filter(mailbox=None)
        return list(get_user_model().objects.filter(is_active=True, pk__in=own.values("person")).order_by("pk"))


def _teams() -> list[Team]:
    with scope(PROGRAMME):
        listening = [_model("Mailbox").objects.confirmed(), _model("Webhook").objects.running()]
        pks = {pk for rows in listening for pk in rows.values_list("team", flat=True)}
        return list(Team.objects.filter(pk__in=pks).order_by("pk"))


def _tell_person(announcement: "Announcement", person: Any) -> None:
    with scope(reach_of(person), page="subscriptions"):
        found = of_person(announcement, person)
    if found:
        with scope(PROGRAMME, page="subscriptions"):
            post(kind=KIND, object_id=announcement.pk, people=[person])


def _tell_team(announcement: "Announcement", team: Team) -> None:
    reader = TeamReader(team.pk)
    with scope(reader.reach, page="subscriptions"):
        boxes = _model("Mailbox").objects.visible_to(reader).confirmed()
        found = [(box, matched) for box in boxes if (matched := of_mailbox(announcement, box, reader))]
        hooks = _hooks_that_match(announcement, reader)
    with scope(PROGRAMME, page="subscriptions"):
        for box, matched in found:
            _hang(announcement, box, soonest(subscription.pace for subscription in matched), team)
        delivery = _model("WebhookDelivery")
        event = f"alert-{announcement.alert_id}-v{announcement.version}"
        delivery.objects.bulk_create(
            [delivery(webhook=hook, event=event, announcement=announcement) for hook in hooks], ignore_conflicts=True
        )


def _hooks_that_match(announcement: "Announcement", reader: TeamReader) -> "list[AlertRule]":
    alert = feedable(announcement, reader)
    running = _model("Webhook").objects.visible_to(reader).running()
    return those_that_match(running, alert, reader) if alert else []


def feedable(announcement: "Announcement", reader: TeamReader) -> Alert | None:
    """What may go to a program of a team by itself."""
    alert = alert_of(announcement, reader)
    return alert if alert and Alert.objects.visible_to(reader).by_feed().filter(pk=alert.pk).exists() else None


def _hang(announcement: "Announcement", box: "Mailbox", pace: str, team: Team) -> None:
    """On a letter of its own, or on the next of the mailbox's mornings; once."""
    match = _model("MailboxMatch")
    if match.objects.filter(mailbox=box, announcement=announcement).exists():
        return
    letter = _letter(announcement, box, pace, team)
    match.objects.bulk_create([match(mailbox=box, announcement=announcement, letter=letter)], ignore_conflicts=True)


def _letter(announcement: "Announcement", box: "Mailbox", pace: str, team: Team) -> "MailboxLetter":
    """Locked while it is still to be sent, as the digests of people are (notices/gathering.py)."""
    letter = _model("MailboxLetter")
    if pace == Pace.AT_ONCE:
        days = iter([(f"alert-{announcement.pk}", timezone.now())])
    else:
        days = ((f"{pace}-{moment:%Y-%m-%d}", moment) for moment in moments(pace, ZoneInfo(team.time_zone or "UTC")))
    for key, moment in days:
        letter.objects.bulk_create([letter(mailbox=box, key=key, not_before=moment)], ignore_conflicts=True)
        found = letter.objects.select_for_update(no_key=True).get(mailbox=box, key=key)
        if found.status == letter.Status.QUEUED or pace == Pace.AT_ONCE:
            return found
    raise AssertionError("There is always another day.")


def _model(name: str) -> Any:
    return apps.get_model("csirt_network", name)

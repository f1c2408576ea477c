"""More of what hangs on things that the API shows: files, people, money, comments, calls."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from action_plan.models import ActivityCost, ActivityFile, Campaign, Output, Reach
from common.days import today
from common.scope import reach_of, scope
from csirt_network.actions.talking import comment
from csirt_network.models import ClosedDay, Drill, DrillCall, Team
from partnerships.models import Agreement, AgreementFile, AgreementLink, Appearance, Instalment, NamedPerson
from tests.factories.promises import make_allocation


def of_activities(world: Any, number: int) -> None:
    officer, campaign = world.people["officer"], Campaign.objects.latest("pk")
    activity = campaign.activity
    Output.objects.create(activity=activity, what=f"A draft {number}", link="https://www.example.org")
    ActivityFile.objects.create(activity=activity, name=f"{number}.pdf", added_by=officer)
    ActivityCost.objects.create(activity=activity, amount=100, paid_by="Canada")
    _named(number, activity=world.activities["public"])
    days = {"starts_on": today(), "ends_on": today()}
    Reach.objects.create(campaign=campaign, channel="web", number=number, unit="views", method="counted", **days)


def of_agreements(world: Any, number: int, made: Agreement) -> None:
    held, officer = world.partnerships["agreements"]["public"], world.people["officer"]
    AgreementFile.objects.create(agreement=made, name=f"{number}.pdf", added_by=officer)
    AgreementLink.objects.create(agreement=made, other=held, why_en="The programme follows it.")
    _named(number, agreement=made)
    given = world.promises["contribution"]["public"]
    Instalment.objects.create(contribution=given, partner_id=given.partner_id, amount=1, note=f"Part {number}")
    make_allocation(given, 1, activity=world.activities["public"], note=f"Part {number}")


def _named(number: int, **where: Any) -> None:
    person = NamedPerson.objects.get_or_create(name=f"Ana Example {number}")[0]
    Appearance.objects.create(person=person, part="signed", organisation="A ministry", title_en="Minister", **where)


def of_alerts(world: Any, number: int, team: Team) -> None:
    alert, by = world.alerts["constituents"], world.people["team"]
    with scope(reach_of(by)):
        comment(alert=alert, team=team, text=f"Seen here, too, {number}", key=uuid4(), by=by)


def of_calls(world: Any, number: int, team: Team) -> None:
    """A contact test that the team answered, and one more team that was called in that of the world."""
    officer, now = world.people["officer"], timezone.now()
    drill = Drill.objects.create(title=f"Test {number}", started_by=officer, ends_at=now + timedelta(hours=5))
    answered = {"status": "done", "called_at": now, "answered_at": now, "how": "portal", "answered_by": officer}
    DrillCall.objects.create(drill=drill, team=team, state=team.state, **answered)
    other = Team.objects.get(slug=f"team-{number}")
    DrillCall.objects.create(drill=world.drill, team=other, state=other.state, **answered)
    ClosedDay.objects.create(state=team.state, day=today() + timedelta(days=number), name="A day of mourning")

"""Whom a finished run is announced to. Whether each may still read it is asked again when the mail is sent."""

from typing import TYPE_CHECKING, Any

from accounts.models import StaffRole, User
from csirt_network.models import Team, TeamMember
from member_states.models import Liaison

if TYPE_CHECKING:
    from reporting.models import Run, Schedule


def readers_of(run: "Run") -> list[Any]:
    """Of a scheduled run the schedule's readers; of one made by hand whoever asked for it."""
    if run.schedule is None:
        return [run.asked_by] if run.asked_by else []
    people = list(staff_of(run.schedule))
    if run.schedule.to_liaisons and run.state_id:
        speaking = Liaison.objects.current().filter(state=run.state_id)
        people += User.objects.filter(pk__in=speaking.values("person"))
    if run.schedule.to_representatives:
        people += User.objects.filter(pk__in=representatives().values("person"))
    return list({person.pk: person for person in people}.values())


def representatives() -> Any:
    """Of the teams that are members of the network today."""
    teams = Team.objects.connected().values("pk")
    return TeamMember.objects.current().filter(team__in=teams, kind=TeamMember.Kind.REPRESENTATIVE)


def staff_of(schedule: "Schedule") -> Any:
    """The recipients of a schedule who are still the programme's staff."""
    staff = User.objects.get_queryset().with_staff_role(*StaffRole.PROGRAMME)
    return schedule.recipients.filter(pk__in=staff.values("pk")).order_by("name", "pk")

"""How fresh the entries of the directory are, and the programme's list of those that somebody should look after."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from csirt_network.models import DrillCall, SecurityTxt, Team, TeamKey, TeamMember, TeamProfile
from csirt_network.models.directory import HOLDS_FOR
from csirt_network.openpgp import State
from csirt_network.security_txt import Finding

AGAIN_AFTER = timedelta(days=30)  # a reminder when a confirmation has run out, and one more each time


@dataclass(frozen=True)
class Freshness:
    """What is known of one team's entry, as `freshness_of` gathered it."""

    team: Any
    confirmed_at: datetime | None
    keys: list[TeamKey]
    security_txt: SecurityTxt | None
    last_call: DrillCall | None
    answered_at: datetime | None
    problems: list[str] = field(default_factory=list)

    @property
    def is_stale(self) -> bool:
        return self.confirmed_at is None or self.confirmed_at < timezone.now() - HOLDS_FOR

    @property
    def findings(self) -> list[Finding]:
        return [Finding(**row) for row in self.security_txt.findings] if self.security_txt else []


def freshness_of(user: Any, teams: Any) -> list[Freshness]:
    """A fixed number of queries for however many teams; what `user` may not know is not there."""
    found = list(teams.prefetch_related(Prefetch("teamkeys", TeamKey.objects.visible_to(user), to_attr="fresh_keys")))
    profiles = {one.team_id: one for one in TeamProfile.objects.visible_to(user).filter(team__in=found)}
    files = {one.team_id: one for one in SecurityTxt.objects.visible_to(user).filter(team__in=found)}
    calls = DrillCall.objects.visible_to(user).filter(team__in=found).select_related("drill")
    last = {one.team_id: one for one in calls.order_by("drill__started_at", "pk")}
    answered: dict[int, datetime] = {}
    for call in calls.filter(answered_at__isnull=False).order_by("answered_at"):
        answered[call.team_id] = call.answered_at  # type: ignore[assignment]
    return [_with_problems(team, profiles, files, last.get(team.pk), answered.get(team.pk)) for team in found]


def work_list(user: Any) -> list[Freshness]:
    """Teams of the network whose entry wants looking after; those that waited longest first."""
    teams = Team.objects.visible_to(user).with_activity().filter(Q(is_connected=True)).select_related("state")
    listed = [fresh for fresh in freshness_of(user, teams) if fresh.problems]
    return sorted(listed, key=lambda fresh: (fresh.confirmed_at is not None, fresh.confirmed_at, fresh.team.name))


def unconfirmed(moment: datetime) -> Iterator[tuple[Any, int, str]]:
    """(team, its profile, threshold) of the entries whose confirmation has run out: each threshold comes once.

    A team that never wrote anything has 90 days from its first day in the network.
    """
    profiles: Any = TeamProfile.objects.filter(team__in=Team.objects.connected().values("pk"))
    for profile in profiles.with_stands_since().filter(stands_since__lt=moment - HOLDS_FOR).select_related("team"):
        times = (moment - profile.stands_since - HOLDS_FOR) // AGAIN_AFTER
        yield profile.team, profile.pk, f"{profile.stands_since:%y%m%d} {times}"


def begin_entries() -> None:
    """An entry of each team of the network, so that it can be confirmed, and its team reminded of it."""
    without = Team.objects.connected().filter(profile=None)
    made = [TeamProfile(team=team, state_id=team.state_id) for team in without]
    TeamProfile.objects.bulk_create(made, ignore_conflicts=True)


def representatives_of(team: Any) -> Any:
    held = TeamMember.objects.current().filter(team=team, kind=TeamMember.Kind.REPRESENTATIVE)
    return [member.person for member in held.select_related("person")]


def _with_problems(team: Any, profiles: Any, files: Any, last: Any, answered_at: Any) -> Freshness:
    profile = profiles.get(team.pk)
    confirmed_at = profile.confirmed_at if profile else None
    fresh = Freshness(team, confirmed_at, team.fresh_keys, files.get(team.pk), last, answered_at)
    fresh.problems.extend(_problems(fresh))
    return fresh


def _problems(fresh: Freshness) -> Iterator[str]:
    if not fresh.team.is_on_call:
        yield _("It names no contact that answers day and night.")
    if fresh.confirmed_at is None:
        yield _("The entry was never confirmed.")
    elif fresh.is_stale:
        yield _("The entry was last confirmed on %(day)s.") % {"day": date_format(fresh.confirmed_at.date())}
    yield from _of_keys(fresh)
    if fresh.security_txt and fresh.security_txt.is_found and not fresh.security_txt.is_valid:
        yield _("The security.txt of its website is not valid.")
    if fresh.last_call and not fresh.last_call.answered_at and not fresh.last_call.drill.is_open:
        yield _("It did not answer the last contact test.")


def _of_keys(fresh: Freshness) -> Iterator[str]:
    states = [key.standing for key in fresh.keys]
    if states and not any(state in (State.CURRENT, State.ENDS_SOON) for state in states):
        yield _("None of its keys holds any more.")
    elif State.ENDS_SOON in states and State.CURRENT not in states:
        yield _("Its key ends within 30 days.")

"""Who is asked for an answer to an alert, and how many have given it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from common.scope import Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import Acknowledgement, Alert, Audience, Reader, Team


@dataclass(frozen=True)
class Side:
    """On whose behalf somebody answers: of a team, or (no team) in person."""

    team: Team | None

    @property
    def value(self) -> str:
        return str(self.team.pk) if self.team else "me"


@dataclass(frozen=True)
class Totals:
    """How many were asked and have answered; never who."""

    asked: int
    by_answer: dict[str, int]

    @property
    def answered(self) -> int:
        return sum(self.by_answer.values())

    @property
    def silent(self) -> int:
        return max(self.asked - self.answered, 0)

    @property
    def rows(self) -> list[tuple[str, int]]:
        return [(str(answer.label), self.by_answer.get(answer.value, 0)) for answer in Acknowledgement.Answer]


def sides_of(alert: Alert, user: Any) -> list[Side]:
    """Those that `user` may answer for: the teams asked, or the person, as in `AlertQuerySet.asking`."""
    reach = reach_of(user)
    if not reach.person or not alert.published_at:
        return []
    rows = list(Reader.objects.visible_to(user).filter(audience=alert.audience_id).select_related("team"))
    teams = [row.team for row in rows if row.team and row.team.pk in reach.teams]
    if teams and alert.tlp != Tlp.RED:
        return [] if is_from_own_team(alert, user) else [Side(team) for team in teams]
    is_named = any(row.person_id == reach.person for row in rows)
    return [Side(None)] if is_named and alert.author_id != reach.person else []


def is_from_own_team(alert: Alert, user: Any) -> bool:
    """Also when readers are not told whom it comes from."""
    reach = reach_of(user)
    if not reach.teams:
        return False
    return Audience.objects.filter(pk=alert.audience_id, origin__in=reach.teams).exists()


def may_see_who_answered(alert: Alert, user: Any) -> bool:
    """The origin of the alert, and the programme when it was given the alert; under TLP:RED its author."""
    if alert.tlp == Tlp.RED:
        return alert.author_id == user.pk
    return (reach_of(user).staff and alert.with_programme) or is_from_own_team(alert, user)


def scope_of_origin(alert: Alert) -> Reach:
    """In which all that readers answered can be counted, also by a reader who may see no name: whom it comes from."""
    if alert.from_team_id is None:
        return Reach(staff=True, person=alert.author_id)
    return Reach(teams=(alert.from_team_id,), person=alert.author_id)


def totals_of(alert: Alert) -> Totals:
    """Teams that were asked, or under TLP:RED persons. Counts alone leave the scope they are counted in."""
    with scope(scope_of_origin(alert)):
        readers = Reader.objects.filter(audience=alert.audience_id)
        people = readers.filter(person__isnull=False).exclude(person=alert.author_id)
        teams = readers.filter(team__isnull=False)
        teams = teams.exclude(team=Audience.objects.values_list("origin", flat=True).get(pk=alert.audience_id))
        asked = (people if alert.tlp == Tlp.RED else teams).count()
        standing = Acknowledgement.objects.standing().filter(alert=alert, team__isnull=alert.tlp == Tlp.RED)
        return Totals(asked, dict(Counter(standing.values_list("answer", flat=True))))

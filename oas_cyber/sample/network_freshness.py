"""Entries confirmed lately or long ago, and one contact test that most teams of the trial have answered."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from csirt_network.models import Drill, DrillCall, TeamProfile
from oas_cyber.sample.network_directory import Teams

DAYS_AGO = (3, 12, 20, 34, 41, 55, 62, 77, 95, 130)  # since the entry was confirmed, team by team
MINUTES = (4, 9, 12, 18, 25, 31, 47, 75, 140, 380, None)  # to the answer; None: no answer came


def make_freshness(cast: Any, teams: Teams) -> None:
    now = timezone.now()
    for number, team in enumerate(teams.members.values()):
        people = teams.people.get(team.slug)
        facts = {
            "confirmed_at": now - timedelta(days=DAYS_AGO[number % len(DAYS_AGO)]),
            "confirmed_by": people[0] if people else None,
        }
        TeamProfile.objects.update_or_create(team=team, defaults=facts, create_defaults=facts | {"state": team.state})
    _call(cast, teams, now - timedelta(days=17))


def _call(cast: Any, teams: Teams, began: Any) -> None:
    facts = {"title": "Contact test of the season", "message": "Good morning. Please answer."}
    drill = Drill.objects.create(
        started_by=cast.officer(0), started_at=began, ends_at=began + timedelta(hours=24), **facts
    )
    for number, team in enumerate(teams.members.values()):
        minutes = MINUTES[number % len(MINUTES)]
        answered = {"answered_at": began + timedelta(minutes=minutes), "how": "link"} if minutes else {}
        of_team = {"team": team, "state": team.state, "language": "en", "address": "csirt@example.org"}
        DrillCall.objects.create(drill=drill, status="done", called_at=began, finished_at=began, **of_team, **answered)

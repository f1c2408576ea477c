"""Whoever reads as a team, without being anybody of it: its functional mailboxes, its webhooks, its programs."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from common.days import today
from common.scope import NOTHING, Reach
from csirt_network.models.teams import NetworkMembership

A_TEAM = -1  # stands for the team in the question as it is kept


class TeamReader(AnonymousUser):
    """Reaches what was sent to the team up to TLP:AMBER+STRICT, while it is a member of the network; never TLP:RED."""

    def __init__(self, team: int) -> None:
        super().__init__()
        self.reach = reach_of_team(team)


def reach_of_team(team: int) -> Reach:
    """As of one of its members, without the person (oas_cyber/reach.py)."""
    sql, given = _question(timezone.now().date(), today())
    with connection.cursor() as cursor:
        cursor.execute(sql, [team if one == A_TEAM else one for one in given])
        mine = cursor.fetchall()
    if not mine:
        return NOTHING
    patrons = {patron for patron, is_there in mine if is_there}
    return Reach(teams=(team,), patrons=tuple(sorted(patrons)), community=True)


@lru_cache(maxsize=2)
def _question(day: date, last_day: date) -> tuple[str, tuple[Any, ...]]:
    """Of which member teams it is a constituent. As SQL, for the two days that `held_now` asks for: every request of
    a program asks it, and making it costs more than that."""
    current: Any = NetworkMembership.objects.current()
    is_there = Exists(current.filter(team=OuterRef("constituent_of")))
    mine = current.filter(team=A_TEAM).order_by().values_list("constituent_of", is_there)
    sql, given = mine.query.sql_with_params()
    return sql, tuple(given)

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from common.days import today
from common.scope import reach_of
from csirt_network.models import NetworkMembership, Team, TeamMember
from csirt_network.querysets.subscriptions import is_portal

if TYPE_CHECKING:
    from exchange.models import MachineToken


KEY = "\0"  # stands for the key in the question as it is kept; no key holds it
# In the order of the columns, as `from_db` takes them.
OF_TOKEN = (
    "id", "team_id", "key", "digest", "scopes", "networks", "made_by_id", "expires_at", "last_used_at", "revoked_at",
)  # fmt: skip
OF_TEAM = ("id", "state_id", "slug", "name", "short_name")


class MachineTokenQuerySet(models.QuerySet["MachineToken"]):
    def visible_to(self, user: Any) -> "MachineTokenQuerySet":
        reach = reach_of(user)
        return self if is_portal(reach) else self.filter(team__in=reach.teams)

    def with_standing(self) -> "MachineTokenQuerySet":
        """Adds what a token rests on: whether its maker still acts for the team, and the team is of the network."""
        acting = TeamMember.objects.current().filter(kind=TeamMember.Kind.REPRESENTATIVE, team=OuterRef("team"))
        return self.annotate(
            is_represented=Exists(acting.filter(person=OuterRef("made_by"))),
            is_connected=Exists(NetworkMembership.objects.current().filter(team=OuterRef("team"))),
        )

    def resting(self) -> "MachineTokenQuerySet":
        """Those whose maker acts for a team of the network."""
        return self.with_standing().filter(Q(is_represented=True) & Q(is_connected=True))

    def usable(self) -> "MachineTokenQuerySet":
        return self.resting().filter(revoked_at=None, expires_at__gt=timezone.now())

    def note_use(self, token: "MachineToken", *, address: str) -> None:
        """To the minute: a program that asks often does not write each time."""
        now = timezone.now()
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(minutes=1))
        self.filter(stale, pk=token.pk).update(last_used_at=now, last_used_from=address)


def usable_of(key: str) -> "MachineToken | None":
    """With its team. Every request of a program asks it, and making the SQL costs more than asking: it is kept."""
    sql, given = _question(timezone.now().date(), today())
    with connection.cursor() as cursor:
        cursor.execute(sql, [key if one == KEY else one for one in given])
        row = cursor.fetchone()
    if row is None:
        return None
    model: Any = apps.get_model("exchange", "MachineToken")
    token = model.from_db(connection.alias, OF_TOKEN, row[: len(OF_TOKEN)])
    token.team = Team.from_db(connection.alias, OF_TEAM, row[len(OF_TOKEN) :])
    return token if token.revoked_at is None and token.expires_at > timezone.now() else None


@lru_cache(maxsize=2)
def _question(day: date, last_day: date) -> tuple[str, tuple[Any, ...]]:
    """As SQL, for the two days that `held_now` asks for."""
    model: Any = apps.get_model("exchange", "MachineToken")
    columns = [*OF_TOKEN, *(f"team__{name}" for name in OF_TEAM)]
    asked = model.objects.resting().filter(key=KEY).order_by().values_list(*columns)
    sql, given = asked.query.sql_with_params()
    return sql, tuple(given)

"""Looking for what touches claims of teams: each team in its own reach, told once, killed in between or not.

Nothing of an item that a team may not read reaches it, for its claims are matched with what it may read alone. What is
found is written, and the mails asked for, in one transaction for each team: a look that is begun again finds what is
there already. TLP:RED and exercises are never passed on by program; nobody is told of what they wrote themselves.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from csirt_network.models.alerts import Alert
from csirt_network.models.writing import Indicator
from csirt_network.querysets.labelled import of_teams
from csirt_network.team_reader import TeamReader
from exchange.telling import tell
from exchange.touching import Touch, touches
from notices.bell import sweep_soon
from notices.work import finish, step

if TYPE_CHECKING:
    from exchange.models import WarningLook

DAYS = timedelta(days=90)
BATCH = 20_000  # objects of a collection that are looked at in one go
Find = Callable[[int, TeamReader], list[Touch]]


def walk(look: "WarningLook") -> None:
    """Safe to be done twice: what is found already is not told again."""
    token = look.attempts
    if look.collection_id:
        _walk_collection(look)
    else:
        _walk_teams(look, _finder(look))
    finish(look, token)
    sweep_soon()


def _finder(look: "WarningLook") -> Find:
    if look.alert_id:
        return lambda team, reader: _in_alerts(team, reader, pk=look.alert_id)
    since = timezone.now() - DAYS
    return lambda team, reader: [
        *_in_alerts(team, reader, claim=look.claim_id, published_at__gte=since),
        *_in_objects(team, reader, claim=look.claim_id, date_added__gte=since),
    ]


def _walk_collection(look: "WarningLook") -> None:
    """From where the last look ended, a batch at a time; how far it is is kept after each."""
    for since, up_to in _batches(look.collection_id):
        window = {"collection": look.collection_id, "date_added__gt": since, "date_added__lte": up_to}

        def find(team: int, reader: TeamReader, window: dict[str, Any] = window) -> list[Touch]:
            return _in_objects(team, reader, **window)

        _walk_teams(look, find)
        with scope(PROGRAMME, page="early warning"):
            type(look).objects.filter(pk=look.pk).update(up_to=up_to)
            older = type(look).objects.filter(collection=look.collection_id, status="done", up_to__lte=up_to)
            older.exclude(pk=look.pk).delete()


def _batches(collection: Any) -> Iterator[tuple[Any, Any]]:
    """What comes in after the first is there for the next look."""
    looks, objects = _model("WarningLook").objects, _model("StixObject").objects
    with scope(PROGRAMME):
        since = looks.reached(collection) or timezone.now() - DAYS
        held = objects.filter(collection=collection).order_by("date_added")
        last = held.values_list("date_added", flat=True).last()
    while last is not None and since < last:
        with scope(PROGRAMME):
            ahead = held.filter(date_added__gt=since).values_list("date_added", flat=True)
            up_to = next(iter(ahead[BATCH - 1 : BATCH]), last)
        yield since, up_to
        since = up_to


def _walk_teams(look: "WarningLook", find: Find) -> None:
    teams = _teams(look)
    for done, team in enumerate(teams, 1):
        reader = TeamReader(team.pk)
        with scope(reader.reach, read_only=True, page="early warning"):
            found = find(team.pk, reader)
        if found:
            tell(team, found)
        step(look, done, len(teams))


def _teams(look: "WarningLook") -> list[Any]:
    """Those with something approved; of a look for one claim, its team."""
    with scope(PROGRAMME):
        claims = _model("AssetClaim").objects.approved()
        claims = claims.filter(pk=look.claim_id) if look.claim_id else claims
        return list(_model("Team", "csirt_network").objects.filter(pk__in=claims.values("team")).order_by("pk"))


def _in_alerts(team: int, reader: TeamReader, *, claim: int | None = None, **which: Any) -> list[Touch]:
    """In the scope of the team."""
    alerts = watched_alerts(reader).filter(**which).exclude(audience__in=of_teams([team]))
    return touches(team, Indicator.objects.visible_to(reader).standing().filter(alert__in=alerts), "alert", claim)


def _in_objects(team: int, reader: TeamReader, *, claim: int | None = None, **which: Any) -> list[Touch]:
    """In the scope of the team. Objects that the portal made of an alert are that alert, looked at there."""
    objects: Any = _model("StixObject").objects.visible_to(reader).newest().filter(alert=None, **which)
    held = _model("Observable").objects.visible_to(reader).filter(object__in=objects.exclude(from_team=team))
    return touches(team, held, "object", claim)


def watched_alerts(reader: TeamReader) -> QuerySet[Alert]:
    return Alert.objects.visible_to(reader).out().filter(is_exercise=False).exclude(tlp=Tlp.RED)


def _model(name: str, app: str = "exchange") -> Any:
    return apps.get_model(app, name)

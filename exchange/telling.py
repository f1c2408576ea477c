"""What was found is written and the mails asked for in one transaction, so that each is told once.

Told are the representatives of the team and those of its people whose address stands in its entry as on call or as the
deputy; where there are none, everybody of the team. The back-up is the team whose constituent it is, or else the
national team of its state; of each item only if that team may itself read it.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower

from common.scope import PROGRAMME, scope
from csirt_network.contact_roles import ContactRole
from csirt_network.models.alerts import Alert
from csirt_network.models.directory import Contact
from csirt_network.models.teams import NetworkMembership, Team, TeamMember
from csirt_network.team_reader import TeamReader
from exchange.touching import Touch
from notices.outbox import post

KIND = "early warning"
LOCK = 7_204_113  # with the team: what is found for it is written one look at a time
ON_DUTY = (ContactRole.DUTY, ContactRole.DEPUTY)


def tell(team: Team, found: Iterable[Touch]) -> None:
    with scope(PROGRAMME, page="early warning"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, team.pk])
        rows = _new(team, _named(found))
        if not rows:
            return
        backup = backup_of(team)
        if backup:
            _note_backup(rows, backup)
        head = _write(rows)
        informed = backup if any(row.backup_id for row in rows) else None
        post(kind=KIND, object_id=head.pk, people=told_of(team, informed))


def backup_of(team: Team) -> Team | None:
    """A member of the network today."""
    network = NetworkMembership.objects.current()
    patrons = network.filter(team=team, constituent_of__isnull=False).values("constituent_of")
    connected = Team.objects.filter(pk__in=network.values("team")).exclude(pk=team.pk).order_by("pk")
    national = connected.filter(state=team.state_id, kind=Team.Kind.NATIONAL)
    return connected.filter(pk__in=patrons).first() or national.first()


def told_of(team: Team, backup: Team | None) -> Any:
    """Of the back-up its representatives."""
    members = TeamMember.objects.current()
    represents, own = Q(kind=TeamMember.Kind.REPRESENTATIVE), members.filter(team=team)
    duty = Contact.objects.filter(team=team, role__in=ON_DUTY).exclude(email="").values(address=Lower("email"))
    on_duty = Q(address__in=duty)
    chosen = own.annotate(address=Lower("person__email")).filter(represents | on_duty)
    of_backup = members.filter(represents, team=backup)
    pks = {*(chosen if chosen.exists() else own).values_list("person", flat=True)}
    return get_user_model().objects.filter(pk__in=pks | {*of_backup.values_list("person", flat=True)}, is_active=True)


def _named(found: Iterable[Touch]) -> list[tuple[str, Touch]]:
    """With the name of the item, which is the same in all its versions and in every collection."""
    found = list(found)
    objects = _model("StixObject").objects.filter(pk__in={one.item for one in found if one.of == "object"})
    names = dict(objects.values_list("pk", "stix_id"))
    return [(f"alert-{one.item}" if one.of == "alert" else names[one.item], one) for one in found]


def _new(team: Team, found: list[tuple[str, Touch]]) -> list[Any]:
    """What is not written yet, of claims that still hold."""
    warning = _model("EarlyWarning")
    claims = set(_model("AssetClaim").objects.approved().filter(team=team).values_list("pk", flat=True))
    new = {(one.claim, item, one.kind, one.value): one for item, one in found if one.claim in claims}
    known = warning.objects.filter(team=team, item__in={item for _claim, item, _kind, _value in new})
    for key in known.values_list("claim", "item", "kind", "value"):
        new.pop(key, None)
    return [
        warning(claim_id=claim, team=team, item=item, kind=kind, value=value, **{f"{one.of}_id": one.item})
        for (claim, item, kind, value), one in sorted(new.items(), key=lambda pair: pair[0])
    ]


def _note_backup(rows: list[Any], backup: Team) -> None:
    """Where it may read the item; asked in its own scope."""
    reader = TeamReader(backup.pk)
    with scope(reader.reach, read_only=True):
        alerts = Alert.objects.visible_to(reader).filter(pk__in={row.alert_id for row in rows if row.alert_id})
        objects = _model("StixObject").objects.visible_to(reader)
        objects = objects.filter(pk__in={row.object_id for row in rows if row.object_id})
        readable = {("alert", pk) for pk in alerts.values_list("pk", flat=True)}
        readable |= {("object", pk) for pk in objects.values_list("pk", flat=True)}
    for row in rows:
        if {("alert", row.alert_id), ("object", row.object_id)} & readable:
            row.backup = backup


def _write(rows: list[Any]) -> Any:
    """The first stands for all in the mail."""
    head, *others = rows
    head.save(force_insert=True)
    for row in others:
        row.told_with = head
    type(head).objects.bulk_create(others, batch_size=2000)
    return head


def _model(name: str) -> Any:
    return apps.get_model("exchange", name)

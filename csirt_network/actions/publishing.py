"""Alerts go out: numbered, to an audience that is fixed from then on, with a mail to each reader."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.scope import Reach, scope
from csirt_network.actions.announcing import announce
from csirt_network.actions.audiences import Readers, readers_of, settle
from csirt_network.actions.writing import Written, audience_of, lock, put
from csirt_network.models import Alert, AlertFile, AlertVersion, Countersign, Indicator, Serial, TeamMember
from csirt_network.obstacles import obstacles
from csirt_network.signals import alert_changed
from csirt_network.usual import wider_than_usual
from notices.outbox import post
from review.actions import Refused

STAFF = ("officer", "manager")
SECOND_ASKED = "second asked"
COPIED = ("kind", "pap", "language", "rsit", "cves", "products", "answer_by", "is_exercise")
TEXTS = [f"{name}_{suffix}" for name in ("title", "happening", "to_do") for suffix in ("en", "es", "fr", "pt_br")]


@transaction.atomic
def ask_for_second(*, alert: Alert, by: Any) -> int:
    """Tells who may countersign it, once for the text as it stands, and how many people that are.

    Raises Refused when it waits for nobody.
    """
    held = lock(alert)
    if held.is_out or not waits_for_second(held):
        raise Refused(_("Nobody needs to countersign it."))
    people = list(seconds_of(held))
    post(kind=SECOND_ASKED, object_id=held.pk, people=people, threshold=f"e{held.edited}")
    return len(people)


def waits_for_second(alert: Alert) -> bool:
    """Its audience is wider than usual, and nobody but its makers has agreed to that as it stands."""
    audience = audience_of(alert)
    found = readers_of(list(audience.recipients.all()), tlp=alert.tlp, author=alert.author)
    return bool(wider_than_usual(origin=audience.origin, tlp=alert.tlp, readers=found)) and not has_second(alert)


def seconds_of(alert: Alert) -> Any:
    """Who may countersign it: of the team it is of, else of the programme; neither who wrote it nor who changed it."""
    if alert.from_team_id:
        members = TeamMember.objects.current().filter(team=alert.from_team_id)
        people = User.objects.filter(pk__in=members.values("person"), is_active=True)
    else:
        people = User.objects.with_staff_role(*STAFF)
    return people.exclude(pk__in=[pk for pk in (alert.author_id, alert.edited_by_id) if pk]).order_by("pk")


@transaction.atomic
def countersign(*, alert: Alert, by: Any) -> Countersign:
    """A second pair of eyes: for the text and the audience as they stand."""
    held = lock(alert)
    if held.is_out or by.pk in (held.author_id, held.edited_by_id):
        raise Refused(_("Somebody else must look at it: whoever wrote it cannot."))
    return Countersign.objects.get_or_create(alert=held, edited=held.edited, lowering=None, by=by)[0]


@transaction.atomic
def publish(*, alert: Alert, edited: int, by: Any) -> Alert:
    """Raises Changed when it is not what was previewed, Refused when something is in its way."""
    held = lock(alert, edited)
    if held.is_out:
        raise Refused(_("It is out already."))
    audience = audience_of(held)
    chosen = list(audience.recipients.all())
    _refuse_obstacles(held, chosen)
    if waits_for_second(held):
        raise Refused(_("It goes further than usual: a second person must countersign it first."))
    _go_out(held, settle(audience, tlp=held.tlp, author=held.author), by)
    return held


def has_second(alert: Alert) -> bool:
    """Somebody who neither wrote nor last edited it has countersigned it as it stands."""
    makers = (alert.author_id, alert.edited_by_id)
    found = Countersign.objects.filter(alert=alert, edited=alert.edited, lowering=None)
    return found.exclude(by__in=[pk for pk in makers if pk]).exists()


def _refuse_obstacles(alert: Alert, chosen: list[Any], *, to_programme: bool = False) -> None:
    if reasons := obstacles(alert, chosen, to_programme=to_programme):
        raise Refused(" ".join(reasons))


def _go_out(held: Alert, found: Readers, by: Any) -> None:
    now = timezone.now()
    change(
        held,
        year=now.year,
        number=next_number(now.year),
        version=1,
        published_at=now,
        with_programme=held.with_programme or found.with_programme,
    )
    keep_version(held, by=by)
    tell(held, found, kind="alert to answer" if held.answer_by else "alert", by=by)


def change(alert: Alert, **columns: Any) -> None:
    Alert.objects.filter(pk=alert.pk).update(**columns)
    for name, value in columns.items():
        setattr(alert, name, value)


def next_number(year: int) -> int:
    """Without gaps or doubles: the row is held until the alert is out, or nothing has happened."""
    Serial.objects.bulk_create([Serial(year=year)], ignore_conflicts=True)
    Serial.objects.filter(year=year).update(last=F("last") + 1)
    return Serial.objects.get(year=year).last


def keep_version(alert: Alert, *, by: Any, what_changed: str = "") -> AlertVersion:
    """As it is out from now on, which subscriptions and webhooks hear of."""
    announce(alert)
    is_hidden = alert.from_team_id is None and audience_of(alert).origin_id is not None
    return AlertVersion.objects.create(
        alert=alert,
        number=alert.version,
        tlp=alert.tlp,
        audience_id=alert.audience_id,
        snapshot=snapshot_of(alert),
        what_changed=what_changed,
        by=None if is_hidden else by,
        at=timezone.now(),
    )


def snapshot_of(alert: Alert) -> dict[str, Any]:
    """All that its readers are shown, and nothing that tells whom it comes from."""
    indicators = Indicator.objects.standing().filter(alert=alert).values("kind", "value", "first_seen", "note")
    files = AlertFile.objects.standing().filter(alert=alert).values("name", "sha256", "tlp")
    return {name: getattr(alert, name) for name in (*COPIED, *TEXTS)} | {
        "indicators": list(indicators),
        "files": list(files),
    }


def tell(alert: Alert, found: Readers, *, kind: str, by: Any, threshold: str = "") -> None:
    """Each person once; whom it still concerns is asked again when the mail leaves."""
    post(kind=kind, object_id=alert.pk, people=people_of(found).exclude(pk=by.pk), threshold=threshold)


def people_of(found: Readers) -> Any:
    members = TeamMember.objects.current().filter(team__in=found.teams).values("person")
    staff = User.objects.with_staff_role(*STAFF).values("pk") if found.with_programme else ()
    concerned = Q(pk__in=found.people) | Q(pk__in=members) | Q(pk__in=staff)
    return User.objects.filter(concerned, is_active=True)


def readers_today(alert: Alert) -> Readers:
    """Those it was sent to, as it was settled: who has a mail coming when something changes."""
    readers = audience_of(alert).readers.values_list("team", "person")
    teams = frozenset(team for team, _person in readers if team)
    return Readers(teams, frozenset(person for _team, person in readers if person), alert.with_programme)


@transaction.atomic
def revise(*, alert: Alert, written: Written, edited: int, what_changed: str, by: Any) -> Alert:
    """A new version of what is out, under the same label; whoever reads it is told what has changed.

    It may go to more, but no further than usual: what is to go further is a new alert that quotes this one.
    """
    held = lock(alert, edited)
    if not held.is_out or held.closed_at:
        raise Refused(_("Only what is out and not closed has a new version."))
    before = held.audience_id
    more = {"version": held.version + 1, "tlp": held.tlp}
    put(held, written, by, **more)
    audience = audience_of(held)
    chosen = list(audience.recipients.all())
    _refuse_obstacles(held, chosen)
    found = readers_of(chosen, tlp=held.tlp, author=held.author)
    if held.audience_id != before:
        _refuse_wider(held, before, found, audience.origin)
        settle(audience, tlp=held.tlp, author=held.author)
        change(held, with_programme=held.with_programme or found.with_programme)
    keep_version(held, by=by, what_changed=what_changed)
    tell(held, found, kind="alert updated", by=by, threshold=f"v{held.version}")
    return held


def _refuse_wider(held: Alert, before: int, found: Readers, origin: Any) -> None:
    had = set(type(held.audience).objects.get(pk=before).readers.values_list("team", flat=True))
    if found.teams - had and wider_than_usual(origin=origin, tlp=held.tlp, readers=found):
        raise Refused(
            _("So many were not meant to read it. Write a new alert that quotes this one: a second person looks at it.")
        )


@transaction.atomic
def close(*, alert: Alert, closing: str, by: Any) -> Alert:
    """It stays readable; a sentence says how it ended."""
    held = lock(alert)
    if not held.is_out or held.closed_at:
        raise Refused(_("Only what is out can be closed, and once."))
    change(held, closed_at=timezone.now(), closing=closing)
    alert_changed.send(sender=Alert, alert=held)
    tell(held, readers_today(held), kind="alert closed", by=by)
    return held


@transaction.atomic
def hand_over(*, alert: Alert, by: Any) -> Alert:
    """To the programme, to be published with the source hidden: readers are told of the programme alone."""
    held = lock(alert)
    if held.is_out or held.handed_over_at or audience_of(held).origin_id is None:
        raise Refused(_("Only a draft of a team can be handed over, and once."))
    if held.tlp == "RED":
        raise Refused(_("Under TLP:RED it is for the persons it names alone: the programme cannot publish it."))
    _refuse_obstacles(held, list(audience_of(held).recipients.all()), to_programme=True)
    change(held, handed_over_at=timezone.now(), with_programme=True, from_team=None, given_back="")
    staff = User.objects.with_staff_role(*STAFF)
    time = f"{held.edited}-{held.handed_over_at:%H%M%S%f}"
    post(kind="alert offered", object_id=held.pk, people=staff, threshold=time)
    return held


@transaction.atomic
def give_back(*, alert: Alert, reason: str, by: Any) -> Alert:
    """The draft is its team's alone again. Done in the team's scope: what it becomes is nothing the staff may hold."""
    held = lock(alert)
    origin = audience_of(held).origin
    if not held.is_offered or origin is None:
        raise Refused(_("It is not with the programme."))
    with scope(Reach(teams=(origin.pk,), person=by.pk)):
        change(held, handed_over_at=None, with_programme=False, from_team=origin, given_back=reason)
        members = TeamMember.objects.current().filter(team=origin)
        people = User.objects.filter(is_active=True).filter(pk__in=members.values("person"))
        post(kind="alert given back", object_id=held.pk, people=people, threshold=f"{timezone.now():%y%m%d%H%M%S}")
    return held

"""An application from its opening to the membership: the only file that changes where one stands."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.days import today
from common.scope import Reach, scope
from csirt_network.admission import movers
from csirt_network.admission.steps import OVER, TO_FILL, WAYS, Stand, Step, Verdict, next_stand
from csirt_network.models import Application, ApplicationDocument, Approval, NetworkMembership, Team, TeamMember
from documents.actions import keep_file
from documents.models import File
from member_states.models import MemberState
from notices.outbox import post
from review.actions import Refused

CHANGED = gettext_lazy("This application was changed meanwhile. Compare what you typed with what stands there now.")


@transaction.atomic
def open_application(*, key: uuid.UUID, state: MemberState, by: Any, team: Team | None, **facts: Any) -> Application:
    """The same key opens one application, however often. Raises Refused when the team has one under way already."""
    if known := Application.objects.visible_to(by).filter(key=key).first():
        return known
    if team and Team.objects.connected().filter(pk=team.pk).exists():
        raise Refused(_("This team is a member of the network already."))
    facts["head_email"] = facts["head_email"].lower()
    try:
        with transaction.atomic():
            application = Application.objects.create(key=key, state=state, team=team, opened_by=by, **facts)
    except IntegrityError as error:
        raise Refused(_("This team has an application under way already. Go on with that one.")) from error
    _tell_movers(application, but=by)
    return application


@transaction.atomic
def fill(*, application: Application, version: int, by: Any, **facts: Any) -> None:
    """Keeps what was typed, sent or not. Raises Refused when it was changed meanwhile, or is not to be filled in."""
    held = _hold(application, by)
    if held.stands not in TO_FILL:
        raise Refused(str(WAYS[Step.SENT].refusal))
    if held.version != version:
        raise Refused(str(CHANGED))
    Application.objects.filter(pk=held.pk).update(version=F("version") + 1, **facts)


@transaction.atomic
def attach(*, application: Application, upload: Any, by: Any) -> ApplicationDocument:
    """Keeps the founding document as a file of the state. Raises documents.refusal.Refused, a sentence for the sender.

    Files are the state's to write, and the head of the team has no reach of the state: only for the file itself the
    scope is the state's.
    """
    held = _hold(application, by)
    if held.stands not in TO_FILL:
        raise Refused(str(WAYS[Step.SENT].refusal))
    with scope(Reach(states=(held.state_id,), person=by.pk)):
        file = keep_file(upload=upload, state=held.state, by=by)
        File.objects.filter(pk=file.pk).update(is_sent=True)  # it is for the programme from the beginning
    return ApplicationDocument.objects.create(
        application=held, state=held.state, file=file, name=file.name, size=file.size, by=by
    )


def file_of(document: ApplicationDocument) -> File:
    """For whoever may see `document`: as with keeping it, only for this one file the scope is the state's."""
    with scope(Reach(states=(document.state_id,)), read_only=True):
        return File.objects.get(pk=document.file_id)


@transaction.atomic
def sign(
    *,
    application: Application,
    step: Step,
    verdict: Verdict,
    by: Any,
    statement: str = "",
    signatory: str = "",
    signed_on: date | None = None,
    checked: Iterable[str] = (),
) -> Approval:
    """Takes a step and records it. Two at once: one is signed, the other is refused. Who may: admission/rules.py."""
    held, way = _hold(application, by), WAYS[step]
    if held.stands not in way.start:
        raise Refused(str(way.refusal))
    _refuse(held, step, verdict, statement)
    turn = 1 + Approval.objects.filter(application=held, step=step).count()
    approval = Approval.objects.create(
        application=held,
        state=held.state,
        step=step,
        turn=turn,
        verdict=verdict,
        statement=statement,
        signatory=signatory,
        signed_on=signed_on,
        checked=list(checked),
        by=by,
    )
    _stand(held, next_stand(step, verdict, before=Stand(held.stands), is_national=held.is_national))
    _tell(held, step, by)
    application.stands = held.stands
    return approval


@transaction.atomic
def plan_meeting(*, application: Application, on: date, by: Any) -> None:
    held = _hold(application, by)
    if held.stands != Stand.MEETING:
        raise Refused(str(WAYS[Step.MEETING].refusal))
    Application.objects.filter(pk=held.pk).update(meeting_on=on)
    _post("admission meeting", held, movers.sides_of(held), threshold=str(on))


@transaction.atomic
def hold_meeting(*, application: Application, on: date, by: Any, statement: str = "") -> NetworkMembership:
    """The meeting was held: the team is a member, and the head, who has an account, represents it."""
    sign(application=application, step=Step.MEETING, verdict=Verdict.YES, by=by, statement=statement, signed_on=on)
    held = _hold(application, by)
    team = held.team or _list_team(held)
    patron = held.consent_of if held.consent_of and not held.is_national else None
    Application.objects.filter(pk=held.pk).update(team=team)
    membership = NetworkMembership.objects.create(team=team, state=held.state, constituent_of=patron, starts_on=today())
    if head := User.objects.filter(is_active=True, email=held.head_email).first():
        _make_representative(team, head)
    return membership


# What stands behind them ------------------------------------------------------------------------------------------


def _hold(application: Application, by: Any) -> Application:
    found = Application.objects.visible_to(by).select_for_update(of=("self",)).select_related("state", "team")
    return found.get(pk=application.pk)


def _refuse(held: Application, step: Step, verdict: Verdict, statement: str) -> None:
    if verdict not in WAYS[step].leads:
        raise Refused(_("This step knows no such answer."))
    if verdict in WAYS[step].reasons and not statement.strip():
        raise Refused(_("Write why: the reason is kept and shown."))
    if step is Step.SENT and not (held.constituency and ApplicationDocument.objects.filter(application=held).exists()):
        raise Refused(_("Say whom the team serves and add its founding document before you send the application."))
    if step is Step.DECISION and verdict is Verdict.YES and was_refused(held):
        raise Refused(_("The national contact point or the national CSIRT said no, so the team cannot be admitted."))


def was_refused(application: Application) -> bool:
    return Approval.objects.filter(
        application=application, step__in=(Step.CONTACT_POINT, Step.CONSENT), verdict=Verdict.NO
    ).exists()


def _stand(held: Application, stands: Stand) -> None:
    held.stands, held.stood_since = stands, timezone.now()
    if stands is Stand.CONTACT_POINT:
        held.sent_at = held.stood_since
    if stands is Stand.CONSENT:
        held.consent_of = Team.objects.connected().filter(state=held.state, kind=Team.Kind.NATIONAL).first()
    held.version += 1
    held.save(update_fields=["stands", "stood_since", "sent_at", "consent_of", "version"])


def _list_team(held: Application) -> Team:
    wanted = slugify(f"{held.short_name or held.name} {held.state.alpha2}")[:50]
    slug = wanted if not Team.objects.filter(slug=wanted).exists() else f"{wanted}-{held.pk}"
    facts = {"name": held.name, "short_name": held.short_name, "kind": held.kind, "host": held.host}
    return Team.objects.create(state=held.state, slug=slug, **facts)


def _make_representative(team: Team, head: User) -> None:
    facts: dict[str, Any] = {"team": team, "person": head, "kind": TeamMember.Kind.REPRESENTATIVE}
    if not TeamMember.objects.current().filter(**facts).exists():
        TeamMember.objects.create(starts_on=timezone.now().date(), **facts)


def _tell(held: Application, step: Step, by: Any) -> None:
    """Who applies hears that it arrived and how it ended; whoever has the next move, that it is theirs."""
    if held.stands == Stand.CONTACT_POINT:
        _post("admission received", held, movers.sides_of(held))
    elif step is Step.DECISION:
        _post("admission decided", held, movers.sides_of(held))
    elif held.stands == Stand.MEMBER:
        _post("admission member", held, movers.sides_of(held))
    if held.stands not in OVER:
        _tell_movers(held, but=by)


def _tell_movers(held: Application, *, but: Any) -> None:
    people = [person for person in movers.movers_of(held) if person.pk != but.pk]
    _post("admission move", held, people, threshold=f"{held.stands} {held.version}")


def _post(kind: str, held: Application, people: Iterable[Any], threshold: str = "") -> None:
    post(kind=kind, object_id=held.pk, people=people, threshold=threshold)

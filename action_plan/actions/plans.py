"""The life of country plans: written and offered by the programme, signed by the state. Only here one moves."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from action_plan.models import CountryPlan, LineNeed, PlanLine, PlanMove, PlanVersion
from action_plan.states import WAYS, Proposal, Verb
from action_plan.text import Kind, LineText, Need, PlanText, as_json, of_version, written
from capability.models import SupportRequest
from common.mandate import Point
from common.scope import PROGRAMME, scope
from member_states.models import Liaison, MemberState
from notices.outbox import post
from review.actions import Refused

COLUMN = {
    Kind.FACTOR: "factor_id",
    Kind.THREAT: "threat_id",
    Kind.REQUEST: "request_id",
    Kind.ASKED: "asked_id",
}


class Changed(Exception):
    """Somebody else saved meanwhile; nothing was saved."""


@transaction.atomic
def begin_plan(*, state: MemberState, starts_on: date, ends_on: date, owner: Any, by: Any) -> CountryPlan:
    """With a line for each of the seven points. Raises Refused when a plan of the state covers some of the period."""
    MemberState.objects.select_for_update(no_key=True).get(pk=state.pk)
    if CountryPlan.objects.filter(state=state, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused(_("There is a plan of this state for a part of that period already. Choose another period."))
    plan = CountryPlan.objects.create(state=state, starts_on=starts_on, ends_on=ends_on, owner=owner)
    PlanLine.objects.bulk_create(PlanLine(plan=plan, state=state, point=point) for point in Point)
    _note(plan, Verb.DRAFT, by=by, before=plan.status)
    return plan


@transaction.atomic
def save_line(
    *, line: PlanLine, said: dict[str, Any], needs: Collection[Need], kept: Collection[str], edited: int, by: Any
) -> None:
    """Needs that are `kept`, by key, stay with the value they had when they were chosen; `needs` are added to them.

    Raises Changed when the page was made of an older state, and Refused when the plan is not being written.
    """
    _lock_to_write(line.plan_id)
    held = PlanLine.objects.filter(pk=line.pk, edited=edited)
    if not held.update(**said, edited=edited + 1):
        raise Changed
    for need in LineNeed.objects.filter(line=line):
        if _key(need) not in kept:
            need.delete()
    _add_needs(line, needs)


@transaction.atomic
def save_period(*, plan: CountryPlan, starts_on: date, ends_on: date, owner: Any, edited: int, by: Any) -> None:
    """Raises Changed and Refused as `save_line` does."""
    _lock_to_write(plan.pk)
    others = CountryPlan.objects.filter(state=plan.state_id, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if others.exclude(pk=plan.pk).exists():
        raise Refused(_("There is a plan of this state for a part of that period already. Choose another period."))
    held = CountryPlan.objects.filter(pk=plan.pk, edited=edited)
    if not held.update(starts_on=starts_on, ends_on=ends_on, owner=owner, edited=edited + 1):
        raise Changed


@transaction.atomic
def offer(*, plan: CountryPlan, message: str, by: Any) -> PlanVersion:
    """Makes the numbered text that the state may sign. Raises Refused when a point says nothing yet."""
    held = _lock(plan, Verb.OFFER)
    text = written(held)
    if silent := [line.label for line in text.lines if line.is_empty]:
        said = {"points": "; ".join(silent)}
        raise Refused(_("Say what will be done, or why it is not needed, for each point. Missing: %(points)s.") % said)
    number = held.versions.aggregate(last=Max("number"))["last"] or 0
    words = {"text": as_json(text, owner=held.owner_id), "message": message.strip(), "offered_by": by}
    version = PlanVersion.objects.create(plan=held, state_id=held.state_id, number=number + 1, **words)
    if held.first_offered_at is None:
        CountryPlan.objects.filter(pk=held.pk).update(first_offered_at=timezone.now())
    _move(held, Verb.OFFER, by=by, reason=message, version=version)
    post(kind="plan offered", object_id=version.pk, people=_leads(held))
    return version


@transaction.atomic
def answer(*, plan: CountryPlan, version: PlanVersion, verb: Verb, by: Any, reason: str = "") -> None:
    """The lead liaison agrees, which is a signature, or sends the plan back.

    Signed is the version that was read: raises Refused when another one waits by now, or none, and for whoever offered.
    """
    if version.offered_by_id == by.pk:
        raise Refused(_("Nobody answers for the state what they offered. Ask another lead liaison."))
    with scope(PROGRAMME):
        held = _lock(plan, verb)
        is_newest = _is_newest(held, version)
    if not is_newest:
        raise Refused(_("The programme has offered a newer version meanwhile. Read that one before you sign."))
    _move(held, verb, by=by, reason=reason, version=version)
    post(kind="plan answered", object_id=version.pk, people=[held.owner])


@transaction.atomic
def agree_on_paper(*, plan: CountryPlan, version: PlanVersion, paper: str, on: date, by: Any) -> None:
    """The state agreed in its reply, of that day, to the note verbale `paper`; somebody of the programme records it.

    It signs as the lead liaison would, who is told. Raises Refused when another version waits by now, or none.
    """
    held = _lock(plan, Verb.AGREE)
    if not _is_newest(held, version):
        raise Refused(_("The plan was offered anew since this note was written. Ask the state about the new version."))
    _move(held, Verb.AGREE, by=by, reason="", version=version, paper=paper, paper_on=on)
    told = [person for person in (held.owner, *_leads(held)) if person.pk != by.pk]
    post(kind="plan answered", object_id=version.pk, people=told)


@transaction.atomic
def take_step(*, plan: CountryPlan, verb: Verb, by: Any, reason: str = "") -> None:
    """What the programme does besides offering: take back, amend, drop an amendment, put into effect, close."""
    held = _lock(plan, verb)
    if verb == Verb.DROP:
        _restore(held)
    version = held.versions.order_by("-number").first() if verb == Verb.TAKE_BACK else None
    _move(held, verb, by=by, reason=reason, version=version)


def version_in_force(plan: CountryPlan) -> PlanVersion | None:
    """In the reader's scope, who reads it whenever the plan was offered to them."""
    signed = plan.moves.filter(verb=Verb.AGREE).order_by("-pk").select_related("version").first()
    return signed.version if signed else None


def _is_newest(held: CountryPlan, version: PlanVersion) -> bool:
    return not held.versions.filter(number__gt=version.number).exists()


def _lock(plan: CountryPlan, verb: Verb) -> CountryPlan:
    held = CountryPlan.objects.select_related("owner", "state").select_for_update(of=("self",)).get(pk=plan.pk)
    way = WAYS[verb]
    if not way.may_start(held.status, held.proposal):
        raise Refused(str(way.refusal))
    return held


def _lock_to_write(plan: int) -> None:
    held = CountryPlan.objects.select_for_update().get(pk=plan)
    if held.proposal != Proposal.DRAFT:
        raise Refused(_("This plan is not being written now. Take it back or begin an amendment first."))


def _move(held: CountryPlan, verb: Verb, *, by: Any, reason: str, version: PlanVersion | None, **paper: Any) -> None:
    """The step is written in the reach of whoever takes it, so a signature is the signer's own; the plan follows."""
    way, before = WAYS[verb], held.status
    if way.needs_reason and not reason.strip():
        raise Refused(_("Write why: the reason is kept and shown."))
    held.status = way.status_after(before)
    _note(held, verb, by=by, before=before, reason=reason.strip(), version=version, **paper)
    columns = {"status": held.status, "proposal": way.then, "is_open": way.is_open}
    with scope(PROGRAMME):
        CountryPlan.objects.filter(pk=held.pk).update(**columns)


def _note(
    plan: CountryPlan,
    verb: Verb,
    *,
    by: Any,
    before: str,
    reason: str = "",
    version: PlanVersion | None = None,
    **paper: Any,
) -> None:
    statuses = {"status_before": before, "status_after": plan.status}
    said = {"by": by, "name": by.name, "reason": reason, "version": version}
    PlanMove.objects.create(plan=plan, state_id=plan.state_id, verb=verb, **statuses, **said, **paper)


def _restore(plan: CountryPlan) -> None:
    """The lines say again what was signed, and who is responsible is who was."""
    version = version_in_force(plan)
    if version is None:
        raise Refused(_("This plan was never signed, so there is nothing to go back to."))
    text: PlanText = of_version(version)
    owner = version.text.get("owner", plan.owner_id)
    CountryPlan.objects.filter(pk=plan.pk).update(starts_on=text.starts_on, ends_on=text.ends_on, owner=owner)
    lines = {line.point: line for line in PlanLine.objects.filter(plan=plan)}
    LineNeed.objects.filter(line__plan=plan).delete()
    for said in text.lines:
        _rewrite(lines[said.point], said)


def _rewrite(line: PlanLine, said: LineText) -> None:
    for name in ("what", "target_stage", "target_on", "not_needed_because"):
        setattr(line, name, getattr(said, name))
    line.edited += 1
    line.save()
    _add_needs(line, said.needs)


def _add_needs(line: PlanLine, needs: Collection[Need]) -> None:
    """A request that is gone since is named by its words alone."""
    asked = [need.id for need in needs if need.kind == Kind.REQUEST]
    there = set(SupportRequest.objects.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    LineNeed.objects.bulk_create(
        (
            LineNeed(
                line=line,
                state_id=line.state_id,
                is_open=line.is_open,
                kind=need.kind,
                **{COLUMN[Kind(need.kind)]: need.id if need.kind != Kind.REQUEST or need.id in there else None},
                **{name: getattr(need, name) for name in ("stage", "before", "is_crossed", "level", "trend", "words")},
                update_id=need.update_id,
            )
            for need in needs
        ),
        ignore_conflicts=True,
    )


def _key(need: LineNeed) -> str:
    return f"{need.kind}-{need.about}"


def _leads(plan: CountryPlan) -> list[Any]:
    leads = Liaison.objects.current().filter(state=plan.state_id, kind="lead").select_related("person")
    return [liaison.person for liaison in leads]

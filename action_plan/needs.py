"""What a state said in accepted data, or asked since, offered as the need that a line of its plan answers.

Nothing is typed again.
"""

from functools import cached_property
from typing import Any

from action_plan.lives import OPEN, Asked
from action_plan.models import AskedSupport
from action_plan.text import Kind, Need
from capability.maturity import Stages, factor_stages
from capability.models import Answer, Edition, Factor, SupportRequest, ThreatLevel, Update
from member_states.models import MemberState

LOW = 2  # formative and below
GRAVE = (ThreatLevel.Level.MEDIUM, ThreatLevel.Level.HIGH)
GRAVITY = {level: number for number, level in enumerate(("", "unassessed", "none", "low", "medium", "high"))}


class Present:
    """What holds of `state` today, as far as `user` reads it. Eight queries, however much there is."""

    def __init__(self, user: Any, state: MemberState) -> None:
        self.user, self.state = user, state

    @cached_property
    def factors(self) -> dict[int, Need]:
        """By id; each factor whose stage is known."""
        edition = Edition.objects.visible_to(self.user).filter(is_rated_by_states=True).order_by("-year").first()
        if edition is None:
            return {}
        answers = Answer.objects.visible_to(self.user).filter(state=self.state)
        now = factor_stages(answers.current(), edition.year).get(self.state.pk, {})
        last = self._before(edition)
        said = dict(answers.current().filter(indicator__isnull=False).values_list("indicator__factor", "update"))
        factors = Factor.objects.visible_to(self.user).filter(pk__in=now).select_related("dimension")
        ordered = sorted(factors, key=lambda factor: (factor.dimension.position, factor.position))
        return {factor.pk: _standing(factor, now, last, said.get(factor.pk)) for factor in ordered}

    def _before(self, edition: Edition) -> Stages:
        """The stages of the update before the last one accepted in this edition; none when it was the first."""
        accepted = Update.objects.visible_to(self.user).accepted().filter(state=self.state, edition=edition)
        earlier = accepted.order_by("-accepted_at").values_list("pk", flat=True)[1:2]
        answers = Answer.objects.visible_to(self.user).filter(
            state=self.state, update__in=list(earlier), is_accepted=True
        )
        return factor_stages(answers, edition.year).get(self.state.pk, {})

    @cached_property
    def threats(self) -> dict[int, Need]:
        """By the class's id; what the state itself said, and said that it had looked."""
        rows = ThreatLevel.objects.visible_to(self.user).current().filter(state=self.state, update__isnull=False)
        ordered = rows.select_related("threat").order_by("threat__position")
        return {
            row.threat_id: Need(
                Kind.THREAT,
                row.threat_id,
                level=row.level,
                trend=row.trend,
                update_id=row.update_id,
                name=row.threat.name,
            )
            for row in ordered
        }

    @cached_property
    def requests(self) -> dict[int, Need]:
        rows = SupportRequest.objects.visible_to(self.user).current().filter(state=self.state).order_by("point", "pk")
        return {
            row.pk: Need(Kind.REQUEST, row.pk, words=row.need, update_id=row.update_id, name=row.need, point=row.point)
            for row in rows
        }

    @cached_property
    def asked(self) -> dict[int, Need]:
        """What the state asked for outside an update and the programme has not declined."""
        return {
            row.pk: Need(Kind.ASKED, row.pk, words=row.need, name=row.need, point=row.point) for row in self._asked_rows
        }

    @property
    def waiting(self) -> list[Need]:
        """Of these, what nobody has answered yet."""
        return [self.asked[row.pk] for row in self._asked_rows if row.status in OPEN]

    @cached_property
    def _asked_rows(self) -> list[AskedSupport]:
        rows = AskedSupport.objects.visible_to(self.user).filter(state=self.state, update=None)
        return list(rows.exclude(status__in=(Asked.WITHDRAWN, Asked.DECLINED)).order_by("point", "pk"))

    @property
    def offered(self) -> list[Need]:
        """Requests; threats medium, high or rising, the gravest first; factors low or falling, the lowest first."""
        threats = [need for need in self.threats.values() if is_grave(need)]
        factors = [need for need in self.factors.values() if is_weak(need)]
        return [
            *self.requests.values(),
            *self.waiting,
            *sorted(threats, key=lambda need: -GRAVITY[need.level]),
            *sorted(factors, key=lambda need: need.stage or 0),
        ]

    def now(self, need: Need) -> Need | None:
        """The same thing as it stands today; None when it is not said any more."""
        found = {
            Kind.FACTOR: self.factors,
            Kind.THREAT: self.threats,
            Kind.REQUEST: self.requests,
            Kind.ASKED: self.asked,
        }[Kind(need.kind)]
        if need.kind == Kind.REQUEST:  # asked for again in the same words it is the same need
            same = (row for row in found.values() if row.words == need.words)
            return found.get(need.id) or next(same, None)
        return found.get(need.id)


def is_grave(need: Need) -> bool:
    return need.level in GRAVE or (need.trend == "rising" and need.level not in ("", "unassessed"))


def is_weak(need: Need) -> bool:
    return need.stage is not None and (need.stage <= LOW or need.before is not None)


def _standing(factor: Factor, now: Stages, last: Stages, update: int | None) -> Need:
    """`before` is told of a factor that fell within one edition."""
    here, there = now[factor.pk], last.get(factor.pk)
    fell = there is not None and not there.is_crossed and not here.is_crossed and there.stage > here.stage
    return Need(
        Kind.FACTOR,
        factor.pk,
        stage=here.stage,
        before=there.stage if fell and there else None,
        is_crossed=here.is_crossed,
        update_id=update,
        name=factor.name,
    )

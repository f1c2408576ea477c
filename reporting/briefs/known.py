"""What is known of one state, read in the state's own reach: a brief holds nothing its readers may not see."""

from dataclasses import dataclass

from django.db.models import Q

from capability.maturity import Stages, factor_stages
from capability.models import Answer, CsirtStatus, StrategyStatus, SupportRequest, ThreatLevel, Update
from common.scope import Reach, scope
from member_states.models import MemberState
from reporting.briefs.frame import Frame
from reporting.briefs.support import Support, support_of


@dataclass(frozen=True)
class StateReader:
    """Whoever may read all that the state may: its liaisons; staff see as much and more."""

    reach: Reach
    is_authenticated: bool = True
    is_programme_staff: bool = False


@dataclass(frozen=True)
class Known:
    """`updates`: the last accepted and the one before. `before`: stages of the accepted update before, or crossed."""

    state: MemberState
    updates: list[Update]
    now: Stages
    before: Stages
    csirt: CsirtStatus | None
    strategy: StrategyStatus | None
    threats: list[ThreatLevel]
    requests: list[SupportRequest]
    support: Support
    audiences: frozenset[str]


def known_of(state: MemberState, frame: Frame) -> Known:
    """The same number of queries, whatever there is to read."""
    reach = Reach(states=(state.pk,))
    with scope(reach, read_only=True):
        return _known_of(state, frame, StateReader(reach))


def _known_of(state: MemberState, frame: Frame, reader: StateReader) -> Known:
    answers = Answer.objects.visible_to(reader).filter(state=state, is_accepted=True)
    rated = Q(indicator__factor__dimension__edition=frame.edition)
    replaced = answers.filter(rated, is_current=False).order_by("indicator_id", "-update__accepted_at", "-pk")
    earlier = answers.filter(
        Q(pk__in=replaced.distinct("indicator_id").values("pk")) | Q(~rated, is_current=True, indicator__isnull=False)
    )
    csirts = CsirtStatus.objects.visible_to(reader).current().filter(state=state, is_national=True)
    strategies = StrategyStatus.objects.visible_to(reader).current().filter(state=state)
    threats = ThreatLevel.objects.visible_to(reader).current().filter(state=state).select_related("threat")
    requests = SupportRequest.objects.visible_to(reader).current().filter(state=state)
    updates = Update.objects.visible_to(reader).in_rounds().accepted().filter(state=state, edition=frame.edition)
    csirt = csirts.select_related("source").first()
    strategy = strategies.select_related("source").first()
    pictures = list(threats.order_by("threat__position"))
    needs = list(requests.order_by("point"))
    now = factor_stages(answers.filter(is_current=True), frame.edition.year).get(state.pk, {})
    support = support_of(reader, state, now)
    facts = [fact for fact in (csirt, strategy, *pictures, *needs) if fact is not None]
    return Known(
        state=state,
        updates=list(updates.select_related("round").order_by("-accepted_at")[:2]),
        now=now,
        before=factor_stages(earlier, frame.edition.year).get(state.pk, {}),
        csirt=csirt,
        strategy=strategy,
        threats=pictures,
        requests=needs,
        support=support,
        audiences=frozenset(answers.order_by().values_list("audience", flat=True).distinct())
        | {fact.audience for fact in facts}
        | support.audiences,
    )

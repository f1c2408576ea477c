"""Who sees what a state had accepted: the state's own choice."""

from typing import Any

from django.db import transaction

from capability.models import (
    Answer,
    CsirtStatus,
    SharingChange,
    StrategyConsultation,
    StrategyStatus,
    StrategyStep,
    StrategyVersion,
    SupportRequest,
    ThreatLevel,
    Update,
)
from common.scope import Reach, scope
from member_states.models import MemberState

FACTS = (
    CsirtStatus,
    StrategyStatus,
    StrategyStep,
    StrategyVersion,
    StrategyConsultation,
    ThreatLevel,
    SupportRequest,
)


@transaction.atomic
def set_sharing(*, state: MemberState, sharing: str, by: Any) -> None:
    """Sets it for what was accepted already and for what will be; the published baseline stays public.

    The caller has asked for `member_states.set_sharing`. The wall lets the programme alone write facts and
    accepted answers, so this one change is made in its scope, with the liaison's name in the audit trail; it touches
    the audience of this state's rows and nothing else. Choosing what holds already is no change.
    """
    with scope(Reach(staff=True, person=by.pk)):
        before = MemberState.objects.select_for_update(no_key=True).get(pk=state.pk).sharing
        MemberState.objects.filter(pk=state.pk).update(sharing=sharing)
        in_rounds = {"state_id": state.pk, "update__round__isnull": False}
        Answer.objects.filter(is_accepted=True, **in_rounds).update(audience=sharing)
        for fact in FACTS:
            fact._default_manager.filter(**in_rounds).update(audience=sharing)
        Update.objects.accepted().in_rounds().filter(state_id=state.pk).update(audience=sharing)
        if before != sharing:
            SharingChange.objects.create(state_id=state.pk, before=before, after=sharing, by=by)
    state.sharing = sharing

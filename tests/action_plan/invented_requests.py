"""Requests for support in the invented worlds: each state has one that was taken over."""

from typing import Any

from action_plan.models import AskedSupport, AskedSupportMove

MODELS = {AskedSupport, AskedSupportMove}


def populate(pairs: list[Any], by: Any) -> None:
    asked = AskedSupport.objects.bulk_create(AskedSupport(state=state, point=2, need="x") for state, _ in pairs)
    moved = {"status_before": "sent", "status_after": "triaged", "by": by}
    AskedSupportMove.objects.bulk_create(AskedSupportMove(subject=one, state=one.state, **moved) for one in asked)

"""What hangs on an agreement, in the invented worlds: one of each."""

from typing import Any

from accounts.models import User
from action_plan.models import ActivityState
from partnerships.models import Agreement, AgreementActivity, AgreementFile, AgreementMove, Amendment

MODELS = {AgreementActivity, AgreementFile, AgreementMove, Amendment}


def populate(agreement: Agreement, state: Any) -> None:
    """Under it is what the state takes part in."""
    by = User.objects.order_by("pk").first()
    AgreementMove.objects.create(agreement=agreement, before="draft", after="concluded", by=by)
    terms = {"name_en": "x"}
    Amendment.objects.create(
        agreement=agreement, number=1, agreed_on="2024-01-01", what="x", earlier=terms, later=terms, by=by
    )
    AgreementFile.objects.create(agreement=agreement, name="x", content="x", added_by=by)
    AgreementActivity.objects.bulk_create(
        AgreementActivity(agreement=agreement, activity_id=pk)
        for pk in ActivityState.objects.filter(state=state).values_list("activity", flat=True)
    )

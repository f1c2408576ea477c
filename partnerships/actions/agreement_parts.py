"""What hangs on an agreement: its documents, its activities, and the agreements beside it. By the programme's staff."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from action_plan.models import Activity
from csirt_network.actions.files import keep
from partnerships.models import Agreement, AgreementActivity, AgreementFile, AgreementLink
from review.actions import Refused


@transaction.atomic
def link(
    *, agreement: Agreement, activity: Activity | None, other: Agreement | None, why: Mapping[str, str], by: Any
) -> None:
    """Twice is once; what is said of another agreement the last time holds."""
    if activity:
        AgreementActivity.objects.get_or_create(agreement=agreement, activity=activity)
    if other:
        AgreementLink.objects.update_or_create(agreement=agreement, other=other, defaults=dict(why))


@transaction.atomic
def unlink(*, agreement: Agreement, activity: int | None, other: int | None, by: Any) -> None:
    """In both directions, as the page shows it; what was never linked stays so."""
    if activity:
        AgreementActivity.objects.filter(agreement=agreement, activity=activity).delete()
    if other:
        AgreementLink.objects.filter(agreement=agreement, other=other).delete()
        AgreementLink.objects.filter(agreement=other, other=agreement).delete()


@transaction.atomic
def add_file(*, agreement: Agreement, title: str, upload: Any, by: Any) -> AgreementFile:
    """Or documents' Refused, for a file that cannot be kept."""
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    most = AgreementFile.MOST
    if AgreementFile.objects.filter(agreement=agreement).count() >= most:
        raise Refused(_("There are %(count)d already, which is the most. Take one away first.") % {"count": most})
    return keep(AgreementFile(agreement=agreement, title=title, added_by=by), upload=upload)


@transaction.atomic
def take_away(*, file: AgreementFile, by: Any) -> None:
    """The row, which the audit trail keeps; its content goes when ``check_files --remove`` next runs."""
    AgreementFile.objects.filter(pk=file.pk).delete()

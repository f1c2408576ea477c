"""What whoever brought a large table is told: that a worker is done with it. Texts: templates/emails."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from imports.models import TableRun
from notices.kinds import Matter, mail_kind, staff

OVER = "table is over"
TABLES = Matter("tables", _("A large table was looked at or imported"), staff)


def register() -> None:
    mail_kind(OVER, find=find, template="emails/table_over", matter=TABLES)


def find(person: Any, pk: int) -> TableRun | None:
    return TableRun.objects.visible_to(person).select_related("sheet").filter(pk=pk, sheet__by=person).first()

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from accounts.models import AuditEntry
from audit.models import Seal
from audit.verifying import findings


class Command(BaseCommand):
    help = "Finds any edit, deletion, swap or cut in the audit trail. Run it as the owner of the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", action="append", default=[], metavar="NUMBER:DIGEST", help="one from log or mail")

    def handle(self, *, head: list[str], **options: Any) -> None:
        _refuse_to_guess()
        _refuse_odd(head)
        found = list(findings(head))
        for one in found:
            self.stderr.write(str(one))
        if found:
            raise CommandError(f"{len(found)} findings: the audit trail is not as it was written.")
        last = Seal.objects.order_by("-pk").first()
        self.stdout.write(
            f"{AuditEntry.objects.count()} entries, each as it was written. The head is {last or 'none yet'}."
        )


def _refuse_to_guess() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [AuditEntry._meta.db_table])
        if cursor.fetchone() == (True,):
            raise CommandError("Rows are hidden from this role: set DATABASE_URL to the address of the owner.")


def _refuse_odd(heads: list[str]) -> None:
    for head in heads:
        if not head.partition(":")[0].isdecimal():
            raise CommandError(f"{head!r} is no head: it reads NUMBER:DIGEST, as it stands in the log and in the mail.")

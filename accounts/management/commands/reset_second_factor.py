from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.resetting import reset_second_factor
from common.scope import PROGRAMME, scope


class Command(BaseCommand):
    help = "Takes away a lost second factor, when nobody above the person can. It is audited and told by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="How you made sure that it is this person.")

    def handle(self, *args: Any, email: str, reason: str, **options: Any) -> None:
        person = User.objects.filter(email=email.lower()).first()
        if person is None:
            raise CommandError("Nobody has this e-mail address.")
        if not reason.strip():
            raise CommandError("Say how you made sure that it is this person.")
        with scope(PROGRAMME, page="manage.py reset_second_factor"):
            reset_second_factor(person=person, by=None, reason=reason.strip()[:300])
        self.stdout.write(f"The second factor of {person.name} is reset.")

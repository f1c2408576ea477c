from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.sessions import end_sessions_of


class Command(BaseCommand):
    help = "Signs one person out everywhere, or everybody. Whoever may come in signs in anew; access tokens stay."

    def add_arguments(self, parser: CommandParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--of", metavar="EMAIL")
        whose.add_argument("--everybody", action="store_true")

    def handle(self, *args: Any, of: str | None, everybody: bool, **options: Any) -> None:
        people = User.objects.all() if everybody else User.objects.filter(email=str(of).lower())
        if not everybody and not people:
            raise CommandError("Nobody has this e-mail address.")
        self.stdout.write(f"Sessions ended: {end_sessions_of(people)}.")

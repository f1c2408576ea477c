from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, scope
from invitations.actions.inviting import invite
from invitations.letters import path_with_secret
from invitations.models import Invitation
from review.actions import Refused

FIRST_ROLES = ("manager", "administrator")


class Command(BaseCommand):
    help = "Invites the first manager (or administrator) and prints the link, which serves once and for 72 hours."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", choices=FIRST_ROLES, default="manager")
        parser.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES], default="en")

    def handle(self, *args: Any, email: str, name: str, role: str, language: str, **options: Any) -> None:
        if User.objects.with_staff_role(role).exists():
            raise CommandError(f"There is an active {role} already, who can bring other people in.")
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is no e-mail address.") from error
        link = self.invited(email=email, name=name, role=role, language=language)
        self.stdout.write(f"{name} comes in here, once and within 72 hours:")
        self.stdout.write(settings.SITE_URL + link)

    def invited(self, **asked: Any) -> str:
        """As any other, but that the operator hands the link over instead of a mail; the link before it is dead."""
        with scope(PROGRAMME, page="manage.py invite"):
            before = Invitation.objects.pending().filter(email=asked["email"].lower(), role=asked["role"])
            before.update(revoked_at=timezone.now())
            try:
                return path_with_secret(invite(state=None, by=None, **asked))
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal

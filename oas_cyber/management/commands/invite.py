from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaffRole, User

FIRST_ROLES = ("manager", "administrator")


class Command(BaseCommand):
    help = "Opens an account for the first manager (or administrator) and prints a link to set a password, once."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", choices=FIRST_ROLES, default="manager")
        parser.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES], default="en")

    def handle(self, *args: Any, email: str, name: str, role: str, language: str, **options: Any) -> None:
        if User.objects.with_staff_role(role).exists():
            raise CommandError(f"There is an active {role} already, who can bring other people in.")
        person = self.invited(email, name, role, language)
        self.stdout.write(f"{person.name} sets a password here, once:")
        self.stdout.write(settings.SITE_URL + link_to_set_password(person))

    @transaction.atomic
    def invited(self, email: str, name: str, role: str, language: str) -> User:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is no e-mail address.") from error
        person = User.objects.filter(email=email.lower()).first() or User.objects.create_user(
            email, name, language=language
        )
        StaffRole.objects.create(person=person, role=role, starts_on=timezone.localdate())
        return person


def link_to_set_password(person: User) -> str:
    """The page of a forgotten password: its link holds until the password is set."""
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})

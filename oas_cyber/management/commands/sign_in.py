import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from accounts.models import SignInLink, User
from common.scope import PROGRAMME, scope
from csirt_network.models import TeamMember
from member_states.models import Liaison
from partnerships.models import PartnerContact

ROLES = {"manager": "manager", "officer": "officer", "observer": "observer", "admin": "administrator"}
TEAMS = {"representative": "representative", "team": "representative", "analyst": "analyst"}


class Command(BaseCommand):
    help = "Prints a one-time link that signs in as somebody of the sample."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=[*ROLES, "liaison", *TEAMS, "partner"])
        parser.add_argument(
            "state", nargs="?", default="chile", help="The state of the liaison or team, as jamaica; or the partner."
        )

    def handle(self, *args: Any, role: str, state: str, **options: Any) -> None:
        if not settings.TRIAL:
            raise CommandError("One-time links belong to the trial. Real people sign in with their password.")
        person = person_of(role, state)
        token = secrets.token_urlsafe(32)
        SignInLink.objects.create(person=person, digest=hashlib.sha256(token.encode()).hexdigest())
        self.stdout.write(f"{person.name} ({person.email}), once and within 30 minutes:")
        self.stdout.write(settings.SITE_URL + reverse("sign-in-link", args=[token]))


def person_of(role: str, state: str) -> User:
    if role == "partner":
        return contact_of(state)
    if role in TEAMS:
        return member_of(state, TEAMS[role])
    return lead_of(state) if role == "liaison" else holder_of(ROLES[role])


def member_of(place: str, kind: str) -> User:
    """Of the national team of a state, or of the team with this address."""
    members = TeamMember.objects.current().filter(kind=kind).select_related("person").order_by("pk")
    member = members.filter(team__slug__in=(place, f"{place}-national")).first()
    if member is None:
        raise CommandError(f"No {kind} of “{place}”. Name a state or a team by its address, such as chile or jamaica.")
    return member.person


def contact_of(slug: str) -> User:
    """Of the partner with this address; of any, where no partner is named so."""
    contacts = PartnerContact.objects.current().select_related("person").order_by("pk")
    with scope(PROGRAMME, read_only=True):
        contact = contacts.filter(partner__slug=slug).first() or contacts.first()
    if contact is None:
        raise CommandError("No partner has a contact. Load the sample first: python manage.py load_sample")
    return contact.person


def holder_of(role: str) -> User:
    person = User.objects.with_staff_role(role).order_by("pk").first()
    if person is None:
        raise CommandError("Nobody holds this role. Load the sample first: python manage.py load_sample")
    return person


def lead_of(slug: str) -> User:
    leads = Liaison.objects.current().filter(state__slug=slug, kind=Liaison.Kind.LEAD).select_related("person")
    lead = leads.order_by("pk").first()
    if lead is None:
        raise CommandError(f"No lead liaison of “{slug}”. Name a state by its address, such as chile or jamaica.")
    return lead.person

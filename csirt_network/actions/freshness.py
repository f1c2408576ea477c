"""Keeping entries fresh: confirming them, testing whether teams answer, and asking for their security.txt."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import digest_of
from common.fetching import Fetcher
from common.scope import PROGRAMME, Reach, scope
from csirt_network import security_txt
from csirt_network.contact_roles import ContactRole
from csirt_network.models import Contact, Drill, DrillCall, SecurityTxt, Team, TeamMember, TeamProfile
from notices.bell import ring_soon
from review.actions import Refused

PAGE = "contact test"  # what the audit trail names: the path holds the secret
ONCE_A_WEEK = timedelta(days=7)
AT_ONCE = 20  # websites asked in one go


@transaction.atomic
def confirm(*, team: Team, by: Any) -> TeamProfile:
    """That all of the entry is still true, whether or not anything was changed today."""
    facts = {"confirmed_at": timezone.now(), "confirmed_by": by}
    profile, _made = TeamProfile.objects.update_or_create(
        team=team, defaults=facts, create_defaults=facts | {"state_id": team.state_id}
    )
    return profile


@transaction.atomic
def start_drill(*, title: str, message: str, hours: int, teams: Any, by: Any) -> Drill:
    """Calls each of `teams` once, at the mailbox that its entry names."""
    chosen = list(teams)
    if not chosen:
        raise Refused(_("No team of the network was chosen, so nobody would be called."))
    ends_at = timezone.now() + timedelta(hours=hours)
    drill = Drill.objects.create(title=title, message=message, started_by=by, ends_at=ends_at)
    calls = [
        DrillCall(drill=drill, team=team, state_id=team.state_id, address=_address(team), language=_language(team))
        for team in chosen
    ]
    for call in DrillCall.objects.bulk_create(calls):
        ring_soon(call)
    return drill


def _address(team: Team) -> str:
    """Of the mailbox that the whole team reads; else of whoever is on call."""
    held = {contact.role: contact.email for contact in Contact.objects.filter(team=team).exclude(email="")}
    return next((held[role] for role in (ContactRole.MAILBOX, ContactRole.DUTY, ContactRole.HEAD) if role in held), "")


def _language(team: Team) -> str:
    spoken = (
        TeamMember.objects.current().filter(team=team).order_by("kind", "pk").values_list("person__language", flat=True)
    )
    return next((code for code in (*reversed(spoken), *team.languages) if code in dict(settings.LANGUAGES)), "en")


def call_of(secret: str) -> DrillCall | None:
    with scope(PROGRAMME, page=PAGE):
        found = DrillCall.objects.of_token(digest_of(secret))
        return found.select_related("drill", "team").first()


def answer(*, call: DrillCall, how: str, by: Any = None, at: datetime | None = None, note: str = "") -> bool:
    """Once: the first answer counts. False when there was one, or the test is over.

    Whoever answers may not write what the portal keeps of it, so the programme does, under that person's name.
    """
    with scope(Reach(staff=True, person=by.pk if by else None), page=PAGE):
        held = DrillCall.objects.select_for_update(of=("self",)).select_related("drill").get(pk=call.pk)
        if held.answered_at or not (held.drill.is_open or how == DrillCall.How.PHONE):
            return False
        facts = {"answered_at": at or timezone.now(), "how": how, "answered_by": by, "note": note}
        DrillCall.objects.filter(pk=call.pk).update(**facts)
        return True


# security.txt ---------------------------------------------------------------------------------------------------------


def check_security_txt(fetcher: Fetcher | None = None) -> int:
    """Asks the websites whose turn it is, each once a week; answers how many. Fetched outside of any transaction."""
    if not settings.LINK_CHECKER:
        return 0
    with scope(PROGRAMME, page="worker"):
        due = list(_due())
    for team in due:
        host = urlsplit(team.website).hostname or ""
        found = security_txt.ask(host, fetcher)
        with scope(PROGRAMME, page="worker"):
            _keep(team, host, found)
    return len(due)


def _due() -> Any:
    fresh = SecurityTxt.objects.filter(asked_at__gt=timezone.now() - ONCE_A_WEEK).values("team")
    return Team.objects.connected().exclude(website="").exclude(pk__in=fresh).order_by("pk")[:AT_ONCE]


def _keep(team: Team, host: str, found: security_txt.SecurityTxt) -> None:
    facts = {
        "host": host,
        "asked_at": timezone.now(),
        "is_found": found.is_found,
        "is_valid": found.is_valid,
        "expires": found.expires,
        "findings": [finding.as_row() for finding in found.findings],
    }
    SecurityTxt.objects.update_or_create(team=team, defaults=facts, create_defaults=facts | {"state_id": team.state_id})

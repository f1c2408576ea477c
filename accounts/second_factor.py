"""What the person of this session has proven besides the password, what is still lacking, and how fresh it is.

allauth keeps a list of proofs in the session, bound to the person; this is the one place that reads it.
"""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from accounts.models import StaffRole, User

APP, PASSKEY, RECOVERY, LINK = "totp", "webauthn", "recovery", "link"
FACTORS = (APP, PASSKEY)
PASSKEY_ROLES = frozenset({"manager", "administrator"})
FRESH_SECONDS = 15 * 60


def note(request: HttpRequest, person: Any, kind: str) -> None:
    """`kind` was proven just now."""
    record_authentication(request, person, "mfa", type=kind)


def note_password(request: HttpRequest, person: Any) -> None:
    """A password was set or shown just now: enough to set up the first second factor, and for nothing else."""
    record_authentication(request, person, "password")


def proven(request: HttpRequest) -> frozenset[str]:
    return frozenset(proof["type"] for proof in _proofs(request) if proof["method"] == "mfa")


def suffices(request: HttpRequest) -> bool:
    """May this session go in? A link of the trial is both factors, in the trial only."""
    kinds = proven(request)
    if settings.TRIAL and LINK in kinds:
        return True
    person: Any = request.user
    asks_for_passkey = bool(person.staff_roles & PASSKEY_ROLES)
    return PASSKEY in kinds if asks_for_passkey else bool(kinds & {APP, PASSKEY, RECOVERY})


def needs_passkey(person: Any) -> bool:
    """Managers and administrators: what they hold is worth an attack that asks for the code as well.

    Asked of the database, since a session that lacks its second factor has no roles.
    """
    return StaffRole.objects.current().filter(person=person, role__in=PASSKEY_ROLES).exists()


def factors_of(person: Any) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=person, type__in=FACTORS).order_by("created_at"))


def has_factor(person: Any, *kinds: str) -> bool:
    return Authenticator.objects.filter(user=person, type__in=kinds or FACTORS).exists()


def with_factors(people: QuerySet[User]) -> QuerySet[User]:
    """Each with `has_factor`."""
    return people.annotate(has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)))


def may_go_without(factor: Authenticator) -> bool:
    """The last second factor stays, and the last passkey of whoever needs one."""
    others = Authenticator.objects.filter(user=factor.user, type__in=FACTORS).exclude(pk=factor.pk)
    return others.filter(type=PASSKEY).exists() if needs_passkey(factor.user) else others.exists()


def is_fresh(request: HttpRequest) -> bool:
    """Proven within the last quarter of an hour: with the second factor, by whoever has one."""
    proofs = _proofs(request)
    if settings.TRIAL and any(proof.get("type") == LINK for proof in proofs):
        return True
    if has_factor(request.user):
        proofs = [proof for proof in proofs if proof["method"] == "mfa"]
    return any(time.time() - proof["at"] < FRESH_SECONDS for proof in proofs)


def _proofs(request: HttpRequest) -> list[dict[str, Any]]:
    person: Any = request.user
    return get_authentication_records(request, person)

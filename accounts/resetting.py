"""Taking away a second factor that its person has lost. After it, the password alone leads to setting up a new one."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import sessions, signals
from accounts.actions import revoke_all
from accounts.models import FactorReset, RecoveryCode, User


@transaction.atomic
def reset_second_factor(*, person: Any, by: Any, reason: str) -> None:
    """Ends what the old one opened: sessions, tokens, recovery codes. The person is told by mail.

    `by` is None for the operator of the server (manage.py reset_second_factor).
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    FactorReset.objects.bulk_create([FactorReset(person=person, by=by, reason=reason)])
    Authenticator.objects.filter(user=person).delete()
    RecoveryCode.objects.filter(person=person).delete()
    sessions.end_sessions(person)
    revoke_all(person=person)
    signals.factor_reset.send(sender=User, person=person)

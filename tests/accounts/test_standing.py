"""Nobody acts upon the account of an equal or of somebody above: each role, each role, each act (abuse case 15)."""

from itertools import product
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from accounts.actions import make_token, token_of
from accounts.models import AuditEntry, FactorReset
from accounts.recovery import make_codes, use_code
from accounts.standing import outranks
from common.scope import PROGRAMME, scope
from notices.models import Mail
from notices.sending import write
from tests.factories.accounts import make_person, make_staff
from tests.signing_in import sign_in_from_inside

RANKS = {"administrator": 3, "manager": 2, "officer": 1, "observer": 1, "": 0}
ACTS = ("accounts.reset_second_factor",)
REASON = "Known to me, asked by video call."


def holder(role: str, name: str) -> Any:
    return make_staff(name, role) if role else make_person(name)


@pytest.mark.parametrize(("above", "below"), list(product(RANKS, RANKS)))
def test_only_upon_those_below(db: None, above: str, below: str) -> None:
    actor, person = holder(above, "One Person"), holder(below, "Another Person")
    may = RANKS[above] > RANKS[below] and above in ("administrator", "manager")

    assert outranks(actor, person) is (RANKS[above] > RANKS[below])
    assert not outranks(actor, actor)
    assert {act: actor.has_perm(act, person) for act in ACTS} == dict.fromkeys(ACTS, may)


def test_without_a_person_the_answer_is_no(admin: Any) -> None:
    assert not admin.has_perm("accounts.reset_second_factor")


@pytest.fixture
def locked_out(officer: Any) -> Any:
    Authenticator.objects.create(user=officer, type="totp", data={"secret": "sealed"})
    return officer


def reset(client: Client, person: Any, reason: str = REASON) -> Any:
    return client.post(reverse("second-factor-reset", args=[person.pk]), {"reason": reason})


def test_a_reset_takes_everything_the_old_one_opened(client: Client, manager: Any, locked_out: Any) -> None:
    theirs = sign_in_from_inside(Client(), locked_out)
    codes, secret = make_codes(person=locked_out), make_token(name="x", scopes=["read"], days=30, by=locked_out)[1]
    sign_in_from_inside(client, manager)

    assert reset(client, locked_out).status_code == 302

    assert not Authenticator.objects.filter(user=locked_out).exists()
    assert theirs.get("/profile/").status_code == 302
    assert (use_code(person=locked_out, code=codes[0]), token_of(secret)) == (False, None)


def test_it_is_written_down_and_the_person_is_told(client: Client, manager: Any, locked_out: Any) -> None:
    sign_in_from_inside(client, manager)
    reset(client, locked_out)

    made = FactorReset.objects.get()
    assert (made.person, made.by, made.reason) == (locked_out, manager, REASON)
    with scope(PROGRAMME):
        verbs = AuditEntry.objects.filter(model__in=("mfa.authenticator", "accounts.factorreset"), by_id=manager.pk)
        assert sorted(verbs.values_list("verb", flat=True)) == ["D", "I"]
        kinds = {mail.kind: mail for mail in Mail.objects.filter(person=locked_out)}
    message = write(kinds["second factor reset"])
    assert message is not None
    assert "Your second factor was reset" in message.subject


def test_it_needs_a_reason(client: Client, manager: Any, locked_out: Any) -> None:
    sign_in_from_inside(client, manager)

    assert reset(client, locked_out, reason=" ").status_code == 422
    assert Authenticator.objects.exists()


def test_an_equal_is_refused(client: Client, manager: Any) -> None:
    other = make_staff("Other Manager", "manager")
    Authenticator.objects.create(user=other, type="totp", data={"secret": "sealed"})
    sign_in_from_inside(client, manager)

    assert reset(client, other).status_code == 403
    assert Authenticator.objects.exists()


def test_the_list_finds_people_by_part_of_a_name(client: Client, manager: Any, locked_out: Any, observer: Any) -> None:
    sign_in_from_inside(client, manager)

    page = client.get(reverse("people"), {"q": "EJEMP"}).content.decode()

    assert "Ana Ejemplo" in page
    assert "Olive Watcher" not in page


def test_the_operator_can_as_a_last_resort(admin: Any) -> None:
    Authenticator.objects.create(user=admin, type="totp", data={"secret": "sealed"})
    with pytest.raises(CommandError, match="Nobody has this"):
        call_command("reset_second_factor", "nobody@example.org", reason=REASON)

    call_command("reset_second_factor", admin.email, reason=REASON, verbosity=0)

    assert not Authenticator.objects.exists()
    assert FactorReset.objects.get().by is None

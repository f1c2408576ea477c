"""Nobody gets in with a password alone: the second factor, from the first sign-in on."""

import json
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, RecoveryCode
from accounts.recovery import make_codes
from common.scope import PROGRAMME, scope
from common.sealing import unseal
from tests.factories.accounts import make_staff
from tests.passkeys import Passkey
from tests.signing_in import code_of, sign_in_from_inside

PASSWORD = "seven grey herons at noon"
OVERVIEW = "/profile/second-factor/"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Made and asked for in every test here, while what is tested comes after the password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person(db: None) -> Any:
    return make_staff("Ana Ejemplo", "officer", password=PASSWORD)


@pytest.fixture
def chief(db: None) -> Any:
    return make_staff("Marta Gestora", "manager", password=PASSWORD)


def give_password(client: Client, person: Any, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def give_code(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def set_up_app(client: Client, person: Any) -> str:
    """As the person does it after the first sign-in; the secret of the app."""
    give_password(client, person)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302
    return str(secret)


def signed_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


# The first time


def test_the_first_sign_in_leads_to_setting_one_up(client: Client, person: Any) -> None:
    give_password(client, person)

    for path in ("/profile/", "/", "/region/", "/updates/", "/administration/", "/profile/tokens/", "/password/"):
        response = client.get(path)
        assert (path, response.status_code, response.get("Location")) == (path, 302, OVERVIEW)
    for path in (OVERVIEW, "/help/", "/help/sign-in/"):
        assert client.get(path).status_code == 200
    assert 'href="/help/sign-in/"' in client.get(OVERVIEW).content.decode()
    assert client.post("/language/", {"language": "es", "next": "/help/"}).status_code == 302
    assert client.post("/sign-out/").status_code == 302


def test_an_open_tab_is_led_there_too(client: Client, person: Any) -> None:
    give_password(client, person)

    assert client.get("/profile/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == OVERVIEW


def test_the_session_reaches_nothing_before(client: Client, person: Any) -> None:
    """Were a page forgotten by the gate, the wall would show it empty."""
    give_password(client, person)

    request = client.get(OVERVIEW).wsgi_request

    assert (request.user.reach.staff, request.user.reach.states, request.user.staff_roles) == (False, (), frozenset())


def test_an_app_opens_the_door(client: Client, person: Any) -> None:
    set_up_app(client, person)

    assert signed_in(client)


def test_a_wrong_code_adds_nothing(client: Client, person: Any) -> None:
    give_password(client, person)
    client.get(reverse("mfa_activate_totp"))

    refused = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "This does not fit" in refused.content.decode()
    assert not Authenticator.objects.exists()


# Every time after


def test_the_password_alone_gets_nowhere_after(person: Any) -> None:
    set_up_app(Client(), person)
    client = Client()

    step = give_password(client, person)

    assert step["Location"] == reverse("mfa_authenticate")
    assert client.get("/profile/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_password_and_code_get_in_and_the_session_has_a_new_id(person: Any) -> None:
    secret = set_up_app(Client(), person)
    client = Client()
    give_password(client, person)
    before = client.session.session_key

    assert give_code(client, code_of(secret, steps=1)).status_code == 302
    assert signed_in(client)
    assert client.session.session_key != before


def test_a_code_serves_once(person: Any, monkeypatch: Any) -> None:
    """As long as it is good, which is longer than allauth remembers."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", lambda *_: True)
    secret = set_up_app(Client(), person)
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, person)
        give_code(client, code_of(secret, steps=1))

    assert (signed_in(first), signed_in(second)) == (True, False)


def test_guessing_codes_ends_at_the_sixth(person: Any) -> None:
    """Fifty guesses: the right one is refused as well by then."""
    secret = set_up_app(Client(), person)
    client = Client()
    give_password(client, person)
    answers = [give_code(client, f"{n:06}").content.decode() for n in range(50)]

    assert "This does not fit" in answers[4]
    assert all("Too many attempts" in answer for answer in answers[5:])
    give_code(client, code_of(secret, steps=1))
    assert not signed_in(client)


# Managers and administrators


def test_a_manager_needs_a_passkey(client: Client, chief: Any) -> None:
    set_up_app(client, chief)

    assert client.get("/profile/")["Location"] == OVERVIEW
    assert "Managers and administrators sign in with a passkey" in client.get(OVERVIEW).content.decode()


def test_with_a_passkey_the_code_of_an_app_is_not_taken_from_a_manager(chief: Any) -> None:
    secret = set_up_app(Client(), chief)
    Authenticator.objects.create(user=chief, type="webauthn", data={"name": "Key", "credential": {}})
    codes = make_codes(person=chief)
    # The page of the second step asks the passkey for its public key, which this one does not have.
    client = Client(raise_request_exception=False)
    give_password(client, chief)

    give_code(client, code_of(secret, steps=1))
    assert not signed_in(client)
    give_code(client, codes[0])
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("factor", "is_open"), [("totp", False), ("recovery", False), ("webauthn", True), ("link", False)]
)
def test_what_opens_to_a_manager(client: Client, chief: Any, settings: Any, factor: str, is_open: bool) -> None:
    settings.TRIAL = False
    sign_in_from_inside(client, chief, factor=factor)

    assert signed_in(client) is is_open


def test_a_link_of_the_trial_is_both_factors_in_the_trial(client: Client, chief: Any, settings: Any) -> None:
    settings.TRIAL = True
    sign_in_from_inside(client, chief, factor="link")

    assert signed_in(client)


def test_proof_belongs_to_the_person_who_gave_it(client: Client, person: Any, chief: Any) -> None:
    sign_in_from_inside(client, person)
    session = client.session
    session["account_authentication_methods_user"] = str(chief.pk)
    session.save()

    assert client.get("/profile/")["Location"] == OVERVIEW


# Recovery codes


def test_a_recovery_code_lets_in_once(person: Any) -> None:
    set_up_app(Client(), person)
    codes = make_codes(person=person)
    first, again = Client(), Client()
    for client in (first, again):
        give_password(client, person)
        give_code(client, codes[0].upper().replace("-", " "))

    assert (signed_in(first), signed_in(again)) == (True, False)
    assert len(codes) == RecoveryCode.HOW_MANY == len(set(codes))


def test_recovery_codes_are_shown_once_and_kept_as_hashes(client: Client, person: Any) -> None:
    set_up_app(client, person)

    page = client.post(reverse("recovery-codes"))
    shown = page.context["codes"]

    assert all(code in page.content.decode() for code in shown)
    assert "no-store" in page["Cache-Control"]
    assert not any(code in client.get(reverse("recovery-codes")).content.decode() for code in shown)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM accounts_recoverycode t")
        kept = cursor.fetchone()[0]
    assert not any(code in kept or code.replace("-", "") in kept for code in shown)


# At rest


def test_the_secret_of_an_app_is_sealed_also_while_it_waits(client: Client, person: Any) -> None:
    give_password(client, person)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    assert secret not in str(dict(client.session.items()))

    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    factor = Authenticator.objects.get()
    assert secret not in str(factor.data)
    assert unseal(factor.data["secret"]) == secret


def test_the_trail_names_the_change_and_no_secret(client: Client, person: Any) -> None:
    set_up_app(client, person)

    with scope(PROGRAMME):
        entry = AuditEntry.objects.get(model="mfa.authenticator")

    assert (entry.verb, entry.by_id, entry.after["type"]) == ("I", person.pk, "totp")
    assert "data" not in entry.after


# Removing


def test_the_last_one_stays(client: Client, person: Any) -> None:
    set_up_app(client, person)

    refused = client.post(reverse("mfa_deactivate_totp"), {"go": "yes"})

    assert refused.status_code == 409
    assert Authenticator.objects.count() == 1


def test_another_persons_passkey_is_not_there(client: Client, person: Any, chief: Any) -> None:
    key = Authenticator.objects.create(user=chief, type="webauthn", data={"name": "Key", "credential": {}})
    sign_in_from_inside(client, person)

    assert client.post(reverse("passkey-remove", args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize("credential", ["", "{", "[]", "{}", '{"id": 1}', '{"id": "x", "rawId": "%%", "response": {}}'])
@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
def test_a_broken_passkey_gets_a_sentence(client: Client, person: Any, name: str, credential: str) -> None:
    sign_in_from_inside(client, person)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    client.get(reverse(name))

    assert client.post(reverse(name), {"credential": credential, "name": "x"}).status_code in (200, 302)


# Passkeys, from the first byte to the last


def add_passkey(client: Client, key: Passkey, name: str = "Office laptop") -> Any:
    options = client.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"]
    data = {"name": name, "credential": json.dumps(key.create(options))}
    return client.post(reverse("mfa_add_webauthn"), data)


def use_passkey(client: Client, key: Passkey, name: str = "mfa_authenticate") -> Any:
    options = client.get(reverse(name)).context["js_data"]["request_options"]
    return client.post(reverse(name), {"credential": json.dumps(key.get(options))})


def test_a_passkey_opens_the_door_to_a_manager(chief: Any) -> None:
    key, client = Passkey(), Client()
    give_password(client, chief)

    assert add_passkey(client, key)["Location"] == OVERVIEW
    assert signed_in(client)


def test_a_passkey_signs_in(chief: Any) -> None:
    key, client = Passkey(), Client()
    give_password(client, chief)
    add_passkey(client, key)
    again = Client()
    give_password(again, chief)

    assert "Use a passkey" in again.get(reverse("mfa_authenticate")).content.decode()
    use_passkey(again, key)
    assert signed_in(again)


def test_another_passkey_does_not(chief: Any) -> None:
    client = Client()
    give_password(client, chief)
    add_passkey(client, Passkey())
    again = Client()
    give_password(again, chief)

    assert "This does not fit" in use_passkey(again, Passkey()).content.decode()
    assert not signed_in(again)


def test_an_old_answer_of_the_passkey_serves_no_more(chief: Any) -> None:
    key, client, again = Passkey(), Client(), Client()
    give_password(client, chief)
    add_passkey(client, key)
    give_password(again, chief)
    options = again.get(reverse("mfa_authenticate")).context["js_data"]["request_options"]
    answer = {"credential": json.dumps(key.get(options))}
    again.get(reverse("mfa_authenticate"))

    again.post(reverse("mfa_authenticate"), answer)

    assert not signed_in(again)


def test_of_two_passkeys_one_can_go_and_ends_the_other_sessions(chief: Any) -> None:
    key, client, elsewhere = Passkey(), Client(), Client()
    give_password(client, chief)
    add_passkey(client, key)
    add_passkey(client, Passkey(), "Phone")
    give_password(elsewhere, chief)
    use_passkey(elsewhere, key)
    assert signed_in(elsewhere)
    phone = Authenticator.objects.get(data__name="Phone")

    assert client.post(reverse("passkey-remove", args=[phone.pk])).status_code == 302

    assert (signed_in(client), signed_in(elsewhere)) == (True, False)


# Proving it again before what is sensitive


def age(client: Client, seconds: int) -> None:
    session = client.session
    proofs = session["account_authentication_methods"]
    session["account_authentication_methods"] = [proof | {"at": time.time() - seconds} for proof in proofs]
    session.save()


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_activate_totp", "recovery-codes", "token-list"])
def test_after_a_quarter_of_an_hour_it_is_asked_for_again(client: Client, chief: Any, name: str) -> None:
    key = Passkey()
    give_password(client, chief)
    add_passkey(client, key)
    assert client.post(reverse(name)).status_code != 302 or name == "recovery-codes"
    age(client, 15 * 60 + 1)

    asked = client.post(reverse(name))

    assert asked["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))
    use_passkey(client, key, "mfa_reauthenticate_webauthn")
    assert client.post(reverse(name)).status_code in (200, 422)


def test_the_password_does_not_prove_it_again_for_whoever_has_a_second_factor(client: Client, person: Any) -> None:
    set_up_app(client, person)

    assert client.get(reverse("account_reauthenticate"))["Location"] == reverse("mfa_reauthenticate")
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302

"""Who gets in: a token that holds, with the scope, for what its person may do today."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.actions import TooMany, digest_of, make_token
from accounts.models import ApiToken, AuditEntry, User
from common.days import today
from common.scope import PROGRAMME, scope
from member_states.models import Liaison
from tests.factories.capability import make_submitted

LISTS = ("states/", "indicators/", "rounds/", "updates/", "answers/", "facts/csirts/", "facts/threats/")


@pytest.mark.parametrize("path", LISTS)
def test_nobody_reads_without_a_token(client, db, path):
    answer = client.get(f"/api/v1/{path}")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="api"')
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_made_up_token_is_refused(stranger, db):
    answer = stranger.get("states/")

    assert answer.status_code == 401
    assert "invalid_token" in answer["WWW-Authenticate"]


def test_an_expired_a_revoked_and_a_closed_account_end_at_once(program_of, lead_chl, lead_jam, sign_in):
    assert program_of(lead_chl, expired=True).get("states/").status_code == 401
    program = program_of(lead_chl)
    assert program.get("states/").status_code == 200

    sign_in(lead_chl).post(f"/profile/tokens/{program.token.pk}/revoke/")
    assert program.get("states/").status_code == 401

    other = program_of(lead_jam)
    User.objects.filter(pk=lead_jam.pk).update(is_active=False)
    assert other.get("states/").status_code == 401


def test_a_membership_that_ends_takes_the_reach_along(program_of, update_chl, lead_chl):
    make_submitted(update_chl, by=lead_chl)
    program = program_of(lead_chl)
    assert program.get("updates/chile/2026-2/").status_code == 200

    Liaison.objects.filter(person=lead_chl).update(ends_on=today() - timedelta(days=1))

    assert program.get("updates/chile/2026-2/").status_code == 404
    assert program.get("updates/").json()["results"] == []


def test_a_token_opens_no_page_and_no_session(program_of, lead_chl, settings):
    program = program_of(lead_chl, "read", "submit")
    headers = {"Authorization": f"Bearer {program.secret}"}

    for page in ("/home/", "/profile/", "/profile/tokens/", "/states/chile/sharing/"):
        assert program.client.get(page, headers=headers)["Location"].startswith("/sign-in/")
    answer = program.get("states/")

    assert program.client.get("/api/v1/", headers=headers).status_code == 403
    assert settings.SESSION_COOKIE_NAME not in program.client.cookies
    assert answer["Cache-Control"] == "no-store, private"


def test_a_session_opens_no_door_of_the_api(lead_chl, update_chl, sign_in):
    client = sign_in(lead_chl)

    for path in LISTS:
        assert client.get(f"/api/v1/{path}").status_code == 401
    sent = client.post("/api/v1/updates/chile/2026-2/submit/", {"answers": []}, content_type="application/json")
    assert sent.status_code == 401


def test_beside_a_session_the_token_alone_counts(program_of, manager, lead_jam, update_chl, update_jam, sign_in):
    client, program = sign_in(manager), program_of(lead_jam)

    seen = client.get("/api/v1/updates/", headers={"Authorization": f"Bearer {program.secret}"}).json()["results"]
    refused = client.get("/api/v1/updates/", headers={"Authorization": "Bearer oas_made-up"})

    assert [row["state"] for row in seen] == ["jamaica"]
    assert refused.status_code == 401


def test_scopes_do_not_stand_in_for_one_another(program_of, lead_chl, update_chl):
    reads, sends = program_of(lead_chl, "read"), program_of(lead_chl, "submit")

    assert reads.post("updates/chile/2026-2/submit/", {"answers": []}).status_code == 403
    assert sends.get("states/").status_code == 403


def test_the_use_of_a_token_is_noted_and_is_no_change_in_the_trail(program_of, lead_chl):
    program = program_of(lead_chl)
    before = AuditEntry.objects.count()

    program.get("states/")

    assert ApiToken.objects.get().last_used_at is not None
    with scope(PROGRAMME):
        entries = AuditEntry.objects.filter(model="accounts.apitoken")
        assert [entry.verb for entry in entries] == ["I"]
        assert "digest" not in entries[0].after
        assert entries[0].after["prefix"] == program.secret[:10]
    assert before == AuditEntry.objects.count()


def test_only_the_hash_is_kept(program_of, lead_chl):
    program = program_of(lead_chl)

    assert ApiToken.objects.get().digest == digest_of(program.secret)
    assert program.secret not in str(ApiToken.objects.values().get())


def test_ten_tokens_are_enough(lead_chl):
    for number in range(ApiToken.MOST):
        make_token(name=str(number), scopes=["read"], days=30, by=lead_chl)

    with pytest.raises(TooMany, match="Revoke one first"):
        make_token(name="One more", scopes=["read"], days=30, by=lead_chl)


def test_whoever_asks_too_often_waits(program_of, lead_chl, settings):
    settings.API_LIMITS = settings.API_LIMITS | {"read-token": (2, 3600)}
    program, other = program_of(lead_chl), program_of(lead_chl)

    codes = [program.get("states/").status_code for _ in range(3)]
    last = program.get("states/")

    assert codes == [200, 200, 429]
    assert int(last["Retry-After"]) > 0
    assert other.get("states/").status_code == 200


def test_while_the_cache_is_away_reading_goes_on_and_sending_waits(program_of, lead_chl, update_chl, settings):
    program = program_of(lead_chl, "read", "submit")
    away = {"LOCATION": "unix:///nowhere/valkey.sock"}
    settings.CACHES = {"default": settings.CACHES["default"] | away}

    assert program.get("states/").status_code == 200
    sent = program.post("updates/chile/2026-2/submit/", {"answers": []})
    assert sent.status_code == 503
    assert sent.json()["detail"].endswith(".")


# The page -------------------------------------------------------------------------------------------------------------


def test_a_token_is_made_on_the_page_and_shown_once(lead_chl, sign_in):
    client = sign_in(lead_chl)

    page = client.post("/profile/tokens/", {"name": "Dashboard", "scopes": ["read", "submit"], "days": "90"})
    token = ApiToken.objects.get()
    secret = page.content.decode().split('code--secret">')[1].split("<")[0]

    assert (token.person, token.scopes) == (lead_chl, ["read", "submit"])
    assert digest_of(secret) == token.digest
    assert secret not in client.get("/profile/tokens/").content.decode()
    assert Client().get("/api/v1/states/", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "", "scopes": ["read"], "days": "90"},
        {"name": "A", "scopes": [], "days": "90"},
        {"name": "A", "scopes": ["everything"], "days": "90"},
        {"name": "A", "scopes": ["read"], "days": "9999"},
    ],
)
def test_bad_input_is_explained(lead_chl, sign_in, typed):
    page = sign_in(lead_chl).post("/profile/tokens/", typed)

    assert page.status_code == 422
    assert "field--error" in page.content.decode()
    assert not ApiToken.objects.exists()


def test_sending_is_offered_to_liaisons_only(officer, sign_in):
    page = sign_in(officer).post("/profile/tokens/", {"name": "A", "scopes": ["submit"], "days": "90"})

    assert page.status_code == 422


def test_nobody_sees_or_revokes_the_token_of_another(program_of, lead_chl, deputy_chl, admin, sign_in):
    program = program_of(lead_chl)

    for person in (deputy_chl, admin):
        client = sign_in(person)
        assert program.token.prefix not in client.get("/profile/tokens/").content.decode()
        assert client.post(f"/profile/tokens/{program.token.pk}/revoke/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None

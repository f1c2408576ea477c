"""Keys change without anybody losing the second factor."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from common.sealing import seal, unseal
from oas_cyber.settings import sealing_key

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_a_new_key_in_front_seals_and_the_old_one_still_opens(settings: Any) -> None:
    settings.FIELD_KEYS = [OLD]
    before = seal("secret")
    settings.FIELD_KEYS = [NEW, OLD]

    assert unseal(before) == "secret"
    after = seal("secret")
    settings.FIELD_KEYS = [NEW]
    assert unseal(after) == "secret"
    with pytest.raises(InvalidToken):
        unseal(before)


def test_reseal_lets_the_old_key_go(settings: Any, officer: Any, capsys: Any) -> None:
    settings.FIELD_KEYS = [OLD]
    app = Authenticator.objects.create(user=officer, type="totp", data={"secret": seal("secret")})
    settings.FIELD_KEYS = [NEW, OLD]

    call_command("reseal")

    settings.FIELD_KEYS = [NEW]
    app.refresh_from_db()
    assert unseal(app.data["secret"]) == "secret"
    assert "1 sealed anew" in capsys.readouterr().out


@pytest.mark.parametrize("key", ["", "short", "x" * 44, "not base64 at all!!"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OAS_FIELD_KEYS"):
        sealing_key(key)

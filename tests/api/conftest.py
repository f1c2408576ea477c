"""Programs that ask in the name of somebody of the cast."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import ApiToken

API = "/api/v1/"


class Program:
    """Sends a token with each request, and no cookie."""

    def __init__(self, token: ApiToken | None, secret: str) -> None:
        self.token, self.secret = token, secret
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path: str, **headers: Any) -> Any:
        return self.client.get(API + path, headers=self._headers(headers))

    def post(self, path: str, body: Any, **headers: Any) -> Any:
        return self.client.post(API + path, body, content_type="application/json", headers=self._headers(headers))

    def _headers(self, more: dict[str, Any]) -> dict[str, Any]:
        return {"Authorization": f"Bearer {self.secret}", **{name.replace("_", "-"): v for name, v in more.items()}}


@pytest.fixture
def program_of() -> Callable[..., Program]:
    def _program_of(person: Any, *scopes: str, expired: bool = False) -> Program:
        token, secret = make_token(name="A program", scopes=list(scopes or ("read",)), days=30, by=person)
        if expired:
            ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        return Program(token, secret)

    return _program_of


@pytest.fixture
def stranger() -> Program:
    return Program(None, "oas_made-up")

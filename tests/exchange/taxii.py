"""A program of a team that speaks TAXII, as tests use it."""

import base64
import json
from typing import Any

from django.test import Client

from tests.factories.exchange import make_machine_token

TAXII = "application/taxii+json;version=2.1"
ROOT = "/taxii2/network/"


class Program:
    """Signs in with Basic, as MISP and taxii2-client do."""

    def __init__(self, person: Any, team: Any, *, scopes: Any = ("read", "push")) -> None:
        token, secret = make_machine_token(person, team, scopes=scopes)
        self.user, self.password = token.key, secret
        basic = base64.b64encode(f"{token.key}:{secret}".encode()).decode()
        self.client, self.headers = Client(), {"Authorization": f"Basic {basic}", "Accept": TAXII}

    def get(self, path: str, query: Any = None, **headers: str) -> Any:
        return self.client.get(path, query, headers=self.headers | headers)

    def post(self, path: str, body: Any, *, content_type: str = TAXII, **headers: str) -> Any:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(path, text, content_type=content_type, headers=self.headers | headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.client.delete(path, headers=self.headers | headers)

    def push(self, collection: Any, *values: dict[str, Any]) -> dict[str, Any]:
        answer = self.post(of(collection, "objects/"), {"objects": list(values)})
        assert answer.status_code == 202, answer.content
        return answer.json()


def of(collection: Any, rest: str = "") -> str:
    return f"{ROOT}collections/{collection.uuid}/{rest}"

"""Files as teams import them, and how they are sent."""

import json
import re
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common.scope import PROGRAMME, scope
from exchange.models import Import
from tests.signing_in import sign_in_from_inside

NEW = "/exchange/imports/new/"
AT = "2026-03-01T12:00:00.000Z"


def client_of(person: Any) -> Client:
    client = Client()
    sign_in_from_inside(client, person)
    return client


def sent(client: Client, content: Any, *, name: str = "list.csv", target: str = "team", label: str = "AMBER") -> Any:
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(NEW, {"file": SimpleUploadedFile(name, content), "target": target, "label": label})


def looked_at(client: Client, content: Any, **more: Any) -> Import:
    """The dry run of a file that can be read."""
    response = sent(client, content, **more)
    assert response.status_code == 302, sentences(response)
    return found(response["Location"])


def found(address: str) -> Import:
    with scope(PROGRAMME):
        return Import.objects.get(pk=re.findall(r"\d+", address)[0])


def sentences(response: Any) -> list[str]:
    errors = re.findall(r'class="field__error"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]*>", "", error).strip() for error in errors]


def confirm(client: Client, importing: Import, fingerprint: str | None = None) -> Any:
    sealed = importing.fingerprint if fingerprint is None else fingerprint
    return client.post(f"{importing.get_absolute_url()}import/", {"fingerprint": sealed})


def results(importing: Import) -> list[str]:
    return [row["result"] for row in importing.rows]


def indicator(value: str = "198.51.100.7", *, marking: str = "", **facts: Any) -> dict[str, Any]:
    """As a tool of a team writes it."""
    made = {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--{uuid.uuid4()}",
        "created": AT,
        "modified": AT,
        "pattern": f"[ipv4-addr:value = '{value}']",
        "pattern_type": "stix",
        "valid_from": AT,
    }
    return made | ({"object_marking_refs": [marking]} if marking else {}) | facts


def bundle(*objects: Any) -> dict[str, Any]:
    return {"type": "bundle", "id": f"bundle--{uuid.uuid4()}", "objects": list(objects)}


def attribute(kind: str, value: Any, **facts: Any) -> dict[str, Any]:
    return {"uuid": str(uuid.uuid4()), "type": kind, "value": value, "to_ids": True, "timestamp": "1772366400"} | facts


def event(*attributes: Any, tags: Any = (), **facts: Any) -> dict[str, Any]:
    said = {"uuid": str(uuid.uuid4()), "info": "Phishing", "date": "2026-03-01", "Attribute": list(attributes)}
    return {"Event": said | {"Tag": [{"name": tag} for tag in tags]} | facts}

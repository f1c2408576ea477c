"""What teams of the trial brought into the collections: a table, an event of MISP, a few objects of STIX that belong
together, and a file that was looked at and not imported yet."""

import json
from typing import Any

from accounts.models import User
from common.scope import reach_of, scope
from common.tlp import Tlp
from csirt_network.models import Team
from exchange.actions.collections import keep_collections
from exchange.actions.importing import confirm, look
from exchange.models import Collection, Import
from exchange.stix.labels import MARKINGS
from oas_cyber.sample.network_directory import Teams

TABLE = """value;kind;first_seen;note;label
hxxps://banco[.]example/ingreso;url;2026-11;Copies the page of a bank;GREEN
banco-ingreso[.]example;;2026-11-03;;GREEN
198.51.100.23;;2026-11-03;Sends the messages;GREEN
facturas.example;;;;AMBER
not an indicator;;;;GREEN
"""
LATER = "value,first_seen,note\n203.0.113.77,2026-11-20,Asks for passwords\n203.0.113.78,2026-11-20,\nlogin.example,,\n"
EVENT = {
    "Event": {
        "uuid": "5f1f3c1e-6a57-4c8e-9d2e-2f5f0b6c7a10",
        "info": "Loader with a false invoice",
        "date": "2026-11-10",
        "Tag": [{"name": "tlp:green"}],
        "Attribute": [
            {"type": "filename|sha256", "value": f"factura.exe|{'4e' * 32}", "to_ids": True, "comment": "Loader"},
            {"type": "domain", "value": "cdn-update.example", "to_ids": True},
            {"type": "ip-dst", "value": "203.0.113.40", "to_ids": False},
        ],
    }
}
AT = "2026-11-12T15:00:00.000Z"
LOADER = "11111111-1111-4111-8111-1111111111aa"


def make_objects(teams: Teams) -> None:
    """Where the teams of the published data are there."""
    keep_collections()
    slugs = [slug for slug in teams.people if teams.people[slug]]
    chile = "chile-national"
    if chile not in slugs or len(slugs) == 1:
        return
    other = next(slug for slug in slugs if slug != chile)
    _bring(teams.members[chile], teams.people[chile][0], TABLE, "phishing.csv", "community")
    _bring(teams.members[other], teams.people[other][0], json.dumps(EVENT), "event.json", "community")
    _bring(teams.members[chile], teams.people[chile][0], json.dumps(_bundle()), "loader.json", "team")
    _look(teams.members[chile], teams.people[chile][0], LATER, "later.csv", "community", "GREEN")


def _bring(team: Team, person: User, text: str, name: str, target: str) -> None:
    importing = _look(team, person, text, name, target, "")
    with scope(reach_of(person)):
        confirm(importing=importing, fingerprint=importing.fingerprint, by=person)


def _look(team: Team, person: User, text: str, name: str, target: str, label: str) -> Import:
    with scope(reach_of(person)):
        of = {"kind": target} | ({"team": team} if target == "team" else {})
        into = Collection.objects.get(**of)
        return look(content=text.encode(), name=name, team=team, target=into, label=label, by=person)


def _bundle() -> dict[str, Any]:
    malware = _object("malware", name="FacturaLoader", is_family=False, malware_types=["downloader"])
    pattern = f"[file:hashes.'SHA-256' = '{'4e' * 32}']"
    seen = {"pattern": pattern, "pattern_type": "stix", "valid_from": AT}
    indicator = _object("indicator", name="factura.exe", indicator_types=["malicious-activity"], **seen)
    between = {"relationship_type": "indicates", "source_ref": indicator["id"], "target_ref": malware["id"]}
    note = _object("note", content="Comes as an attachment of an invoice.", object_refs=[malware["id"]])
    objects = [malware, indicator, _object("relationship", **between), note]
    return {"type": "bundle", "id": f"bundle--{LOADER}", "objects": objects}


def _object(kind: str, **facts: Any) -> dict[str, Any]:
    made = {"type": kind, "spec_version": "2.1", "id": f"{kind}--{LOADER}", "created": AT, "modified": AT}
    return made | {"object_marking_refs": [MARKINGS[Tlp.STRICT]]} | facts

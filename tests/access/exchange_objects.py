"""Objects in collections, one for each kind of reader, and a file that Chile's team looked at, canaries in all."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import Team
from exchange.actions.adding import Given, Made, add, keep
from exchange.actions.collections import keep_collections
from exchange.actions.importing import look
from exchange.models import Collection, StixObject
from exchange.stix.labels import MARKINGS
from tests.access.canaries import CHILE, canary

KINDS = ("object", "import")
AT = "2026-03-01T12:00:00.000Z"


def make_objects(world: Any) -> dict[str, Any]:
    keep_collections()
    team, chile = world.people["team"], Team.objects.get(slug="csirt-chile")
    with scope(reach_of(team)):
        community, own = (
            Collection.objects.get(**of) for of in ({"kind": "community"}, {"kind": "team", "team": chile})
        )
        made = {
            "community": _brought(community, chile, team, _note(1, "COMMUNITY", "GREEN")),
            "team": _brought(own, chile, team, _note(2, "TEAM", "AMBER+STRICT")),
            "import": look(
                content=f"value,note\nfile: {canary(CHILE, 'TEAM', 'file')},{canary(CHILE, 'TEAM', 'note')}\n".encode(),
                name=f"{canary(CHILE, 'TEAM', 'file-name')}csv",
                team=chile,
                target=own,
                label="AMBER",
                by=team,
            ),
        }
    with scope(PROGRAMME):
        public = Collection.objects.get(kind="public")
        [made["public"]] = keep(collection=public, objects=[Made(_note(3, "PUBLIC", "CLEAR"))])
    return made


def _note(number: int, kind: str, label: str) -> dict[str, Any]:
    texts = {part: canary(CHILE, kind, f"object-{part}") for part in ("abstract", "content")}
    stix_id = f"00000000-0000-4000-8000-{number:012}"
    return {
        "type": "note",
        "spec_version": "2.1",
        "id": f"note--{stix_id}",
        "created": AT,
        "modified": AT,
        "name": canary(CHILE, kind, "object-name"),
        "object_refs": [f"indicator--{stix_id}"],
        "object_marking_refs": [MARKINGS[label]],
        **texts,
    }


def _brought(collection: Collection, team: Team, by: Any, value: dict[str, Any]) -> StixObject:
    add(collection=collection, team=team, objects=[Given(json.dumps(value), value)], by=by)
    return StixObject.objects.get(collection=collection, stix_id=value["id"])


def object_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    return {"pk": world.objects[which or kind].pk}


def confirmation(world: Any) -> dict[str, Any]:
    return {"fingerprint": world.objects["import"].fingerprint}


def a_list(_: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("list.csv", b"value\n198.51.100.7\n"), "target": "team", "label": "AMBER"}


BODIES = {
    "exchange/imports/new/": a_list,
    "exchange/imports/<int:pk>/import/": confirmation,
    "exchange/objects/<int:pk>/revoke/": lambda _: {},
    "exchange/objects/<int:pk>/delete/": lambda _: {},
}

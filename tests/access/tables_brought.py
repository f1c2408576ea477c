"""A table of partners that an officer looked at, with canaries in all that is kept of it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from common.scope import reach_of, scope
from imports.actions import look
from imports.kinds.partners import Partners
from tests.access.canaries import CHILE, canary

KINDS = ("sheet", "table")


def make_table(world: Any) -> Any:
    by = world.people["officer"]
    name, note = (canary(CHILE, "DESK", f"table-{part}") for part in ("name", "note"))
    content = f"name_en,kind,source_note\n{name},private,{note}\n".encode()
    file = f"{canary(CHILE, 'DESK', 'table-file')}csv"
    with scope(reach_of(by)):
        return look(content=content, name=file, kind=Partners(by), of="", by=by)


def table_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    return {"code": which} if kind == "table" else {"pk": world.table.pk}


def a_table(_: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("table.csv", b"name_en,kind\nA partner of a table,private\n")}


BODIES = {
    "imports/new/<slug:code>/": a_table,
    "imports/<int:pk>/import/": lambda world: {"fingerprint": world.table.fingerprint},
}

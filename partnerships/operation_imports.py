"""Joint operations that sources name as examples (reference/operations.csv): ended, and for everybody to read."""

from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from documents.imports import sources
from documents.loading import Change, load, rows_of
from partnerships.imports import FOLDER
from partnerships.models import Agreement, Operation


def load_operations() -> dict[str, Change]:
    """All of it or nothing, as the programme's own work."""
    with scope(PROGRAMME, page="load_reference"):
        return {"joint operations": load_examples()}


def load_examples() -> Change:
    known, agreements = sources(), {one.slug: one for one in Agreement.objects.all()}
    common = {"is_historic": True, "tlp": Tlp.CLEAR.value, "status": Operation.Status.ENDED.value}
    rows = [
        (
            row["slug"],
            row | common | {"source": known[row["source"]], "agreement": agreements.get(row["agreement"])},
        )
        for row in rows_of(FOLDER / "operations.csv")
    ]
    return load(Operation.objects.all(), rows, found_by=("slug",))

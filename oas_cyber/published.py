"""All that others have published, in the order in which the rows need each other."""

from action_plan.imports import load_action_plan
from action_plan.mandate_imports import load_mandate
from capability.imports import load_reference
from csirt_network.imports import load_network
from documents.loading import Change
from partnerships.imports import load_partnerships
from partnerships.operation_imports import load_operations


def load_published() -> dict[str, Change]:
    of_others = load_reference() | load_network()
    return of_others | load_action_plan() | load_mandate() | load_partnerships() | load_operations()

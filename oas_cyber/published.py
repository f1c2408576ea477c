"""All that others have published, in the order in which the rows need each other."""

from action_plan.imports import load_action_plan
from action_plan.mandate_imports import load_mandate
from capability.imports import load_reference
from csirt_network.imports import load_network
from documents.loading import Change
from partnerships.imports import load_partnerships


def load_published() -> dict[str, Change]:
    return load_reference() | load_network() | load_action_plan() | load_mandate() | load_partnerships()

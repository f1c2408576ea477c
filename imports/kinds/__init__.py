"""The tables that may be brought in: a class for each, above the pages whose forms and actions it uses."""

from imports.kinds.activities import Activities
from imports.kinds.base import Kind
from imports.kinds.contacts import ContactPoints
from imports.kinds.figures import Figures
from imports.kinds.focal import FocalPoints
from imports.kinds.participants import Participants
from imports.kinds.partners import Partners
from imports.kinds.teams import Teams

ALL = (Partners, Activities, Figures, Participants, Teams, FocalPoints, ContactPoints)
KINDS: dict[str, type[Kind]] = {kind.code: kind for kind in ALL}

__all__ = ["KINDS", "Kind"]

"""The tables that may be brought in: a class for each, above the pages whose forms and actions it uses."""

from imports.kinds.activities import Activities
from imports.kinds.base import Kind
from imports.kinds.focal import FocalPoints
from imports.kinds.participants import Participants
from imports.kinds.partners import Partners
from imports.kinds.teams import Teams

KINDS: dict[str, type[Kind]] = {kind.code: kind for kind in (Partners, Activities, Participants, Teams, FocalPoints)}

__all__ = ["KINDS", "Kind"]

"""Whoever may edit things by hand may bring them in as a table (imports/kinds). Among staff alone."""

from typing import Any

import rules

from common.scope import reach_of
from imports.kinds import KINDS


@rules.predicate
def may_some(user: Any) -> bool:
    return reach_of(user).staff and any(kind.may(user) for kind in KINDS.values())


@rules.predicate
def may_this(user: Any, kind: Any) -> bool:
    return kind is not None and reach_of(user).staff and kind.may(user)


rules.add_perm("imports.view_imports", may_some)
rules.add_perm("imports.import_table", may_this)

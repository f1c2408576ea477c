"""Who reads an operation and what hangs on it, as SQL for the database (decision 0030).

The same stands apart, for the portal, in `partnerships/querysets/operations.py`. Tests compare the two.
"""


def takes_part(row: str = "", states: str = "states") -> str:
    """Of a partner or a state that takes part; or, of a team of the network of CSIRTs, named for it."""
    return (
        f"({row}partner_ids && ({{partners}}) OR {row}lead_id = ANY ({{partners}}) OR {row}state_ids && ({{{states}}})"
        f" OR {_named_for(row, 'team')})"
    )


def is_named(row: str = "") -> str:
    """For a partner, a state or a team that the person is still of."""
    return "(" + " OR ".join(_named_for(row, whom) for whom in ("partner", "state", "team")) + ")"


def is_named_staff(row: str = "") -> str:
    return f"({is_named(row)} OR 'programme:' || {{person}} = ANY ({row}named_for))"


def _named_for(row: str, whom: str) -> str:
    """Asked once per statement: the words are made of the legs alone."""
    words = f"ARRAY(SELECT '{whom}:' || k || ':' || {{person}} FROM unnest({{{whom}s}}) k)"  # noqa: S608 - of this file
    return f"{row}named_for && {words}"


def _of_operation(also: str) -> str:
    return f"EXISTS (SELECT 1 FROM partnerships_operation o WHERE o.id = operation_id{also})"  # noqa: S608 - words of this file


READ = f"tlp = 'CLEAR' OR (tlp = 'GREEN' AND {{community}}) OR ({takes_part()} AND (tlp <> 'RED' OR {is_named()}))"
# TLP:RED binds the programme's staff too; below it they are of the organisation that runs the portal's operations.
STAFF_READ = f"tlp <> 'RED' OR {is_named_staff()}"

SEES = _of_operation("")
INSIDE = _of_operation(f" AND {takes_part('o.')}")
# What is added has a label of its own, which may be stricter than the operation's.
NAMES_ME = _of_operation(f" AND {is_named('o.')}")
NAMES_ME_STAFF = _of_operation(f" AND {is_named_staff('o.')}")
READ_PART = f"{INSIDE} AND (tlp <> 'RED' OR {NAMES_ME})"
STAFF_READ_PART = f"{SEES} AND (tlp <> 'RED' OR {NAMES_ME_STAFF})"
BY_ME = "by_id = {person}"
# A contact point of a state reads and adds nothing.
WRITES = _of_operation(f" AND {takes_part('o.', states='spoken_for')}")

OF_EXHIBIT = "EXISTS (SELECT 1 FROM partnerships_exhibit e WHERE e.id = exhibit_id)"
WRITES_EXHIBIT = OF_EXHIBIT.replace("WHERE", "JOIN partnerships_operation o ON o.id = e.operation_id WHERE").replace(
    "= exhibit_id", f"= exhibit_id AND {takes_part('o.', states='spoken_for')}"
)
SEES_ALERT = "EXISTS (SELECT 1 FROM csirt_network_alert a WHERE a.id = alert_id)"
# Who was taken out reads that, and nothing else; of what was RED only the person who was named.
CONCERNS_ME = (
    "person_id = {person}"
    " OR (person_id IS NULL AND tlp <> 'RED' AND (partner_id = ANY ({partners}) OR state_id = ANY ({states})))"
)

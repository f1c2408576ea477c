"""Who reads an operation and what hangs on it, as SQL for the database (decision 0030).

The same stands apart, for the portal, in `partnerships/querysets/operations.py`. Tests compare the two.
"""


def takes_part(row: str = "") -> str:
    """Of a partner or a state that takes part; or, of the network of CSIRTs, named."""
    return (
        f"({row}partner_ids && ({{partners}}) OR {row}lead_id = ANY ({{partners}}) OR {row}state_ids && ({{states}})"
        f" OR ({{community}} AND {is_named(row)}))"
    )


def is_named(row: str = "") -> str:
    return f"{{person}} = ANY ({row}person_ids)"


def _of_operation(also: str) -> str:
    return f"EXISTS (SELECT 1 FROM partnerships_operation o WHERE o.id = operation_id{also})"  # noqa: S608 - words of this file


READ = f"tlp = 'CLEAR' OR (tlp = 'GREEN' AND {{community}}) OR ({takes_part()} AND (tlp <> 'RED' OR {is_named()}))"
# TLP:RED binds the programme's staff too; below it they are of the organisation that runs the portal's operations.
STAFF_READ = f"tlp <> 'RED' OR {is_named()}"

SEES = _of_operation("")
INSIDE = _of_operation(f" AND {takes_part('o.')}")
# What is added has a label of its own, which may be stricter than the operation's.
NAMES_ME = _of_operation(f" AND {is_named('o.')}")
LABEL_LETS = f"(tlp <> 'RED' OR {NAMES_ME})"
READ_PART, STAFF_READ_PART = f"{INSIDE} AND {LABEL_LETS}", f"{SEES} AND {LABEL_LETS}"
BY_ME = "by_id = {person}"

OF_EXHIBIT = "EXISTS (SELECT 1 FROM partnerships_exhibit e WHERE e.id = exhibit_id)"
SEES_ALERT = "EXISTS (SELECT 1 FROM csirt_network_alert a WHERE a.id = alert_id)"
# Who was taken out reads that, and nothing else; of what was RED only the person who was named.
CONCERNS_ME = (
    "person_id = {person}"
    " OR (person_id IS NULL AND tlp <> 'RED' AND (partner_id = ANY ({partners}) OR state_id = ANY ({states})))"
)

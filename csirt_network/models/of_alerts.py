"""The walls of what hangs on an alert. The inner SELECT stands behind the alert's own wall, so nobody reads further."""

READABLE = "alert_id IN (SELECT a.id FROM csirt_network_alert a)"
OUT = "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.published_at IS NOT NULL)"
OURS = "(team_id = ANY ({teams}) OR person_id = {person})"  # of a team, or of a person whom TLP:RED names
# The origin of an alert keeps it in its audience, also where readers are not told whom it comes from.
OF_US = "a.audience_id IN (SELECT own.id FROM csirt_network_audience own WHERE own.origin_id = ANY ({teams}))"
WRITE_OURS = f"{OUT} AND {OURS}"
# Discussion of what everybody reads stays in the network.
AMONG_US = "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.tlp <> 'CLEAR' OR {community})"
COMES_FROM_US = "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.from_team_id = ANY ({teams}))"
COMES_FROM_PROGRAMME = (
    "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.with_programme AND a.from_team_id IS NULL)"
)
OWN_TEAM = "team_id = ANY ({teams})"
BY_ME = f"{OUT} AND by_id = {{person}}"


def seen_where(which: str) -> str:
    """One look at the alert, by its key: lists of thousands of alerts are not made for the answers to a few.

    `which` names columns of the alert by `a.`; it has none of the names that the rows themselves have.
    """
    return f"EXISTS (SELECT FROM csirt_network_alert a WHERE a.id = alert_id AND ({which}))"


READ_OURS = seen_where(f"{OURS} OR {OF_US}")
STAFF_READ_OURS = seen_where(f"{OURS} OR {OF_US} OR a.with_programme")
READ_OF_TEAM = seen_where(f"{OWN_TEAM} OR {OF_US}")
STAFF_READ_OF_TEAM = seen_where(f"{OWN_TEAM} OR {OF_US} OR a.with_programme")

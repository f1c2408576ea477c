"""The walls of what hangs on an alert. The inner SELECT stands behind the alert's own wall, so nobody reads further."""

READABLE = "alert_id IN (SELECT a.id FROM csirt_network_alert a)"
OUT = "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.published_at IS NOT NULL)"
# The origin of an alert keeps it in its audience, also where readers are not told whom it comes from.
FROM_US = """alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.audience_id IN (
    SELECT own.id FROM csirt_network_audience own WHERE own.origin_id = ANY ({teams})))"""
GIVEN = "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.with_programme)"
OURS = "(team_id = ANY ({teams}) OR person_id = {person})"  # of a team, or of a person whom TLP:RED names
READ_OURS = f"({READABLE} AND {OURS}) OR {FROM_US}"
WRITE_OURS = f"{OUT} AND {OURS}"
STAFF_READ_OURS = f"{READ_OURS} OR {GIVEN}"
# Discussion of what everybody reads stays in the network.
AMONG_US = "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.tlp <> 'CLEAR' OR {community})"
COMES_FROM_US = "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.from_team_id = ANY ({teams}))"
COMES_FROM_PROGRAMME = (
    "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE a.with_programme AND a.from_team_id IS NULL)"
)
OWN_TEAM = "team_id = ANY ({teams})"
BY_ME = f"{OUT} AND by_id = {{person}}"

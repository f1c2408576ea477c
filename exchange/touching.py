"""Which values touch what a team claims: one question to the database, in the scope of that team.

A value touches a network when it is an address or a network that has something in common with it, or names such a
server; a domain when it is that name or one below it, or its server, or the domain of its e-mail address; an autonomous
system when it is that system.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from csirt_network.indicators import Kind
from csirt_network.matching import WATCHED

# Names are compared by equality with each of their endings, so that many claims cost no more than one.
QUESTION = f"""
WITH claims AS MATERIALIZED (
    SELECT id, kind, value, CASE WHEN kind IN ('{Kind.IPV4_NETWORK}', '{Kind.IPV6_NETWORK}') THEN value::inet END AS net
      FROM exchange_assetclaim
     WHERE status = 'approved' AND team_id = %s AND (id = %s OR %s IS NULL)
), seen AS MATERIALIZED (
    SELECT item, given.kind, given.value, host, network_of(given.kind, given.value, host) AS net
      FROM ({{values}}) AS given (item, kind, value), server_of(given.kind, given.value) AS host
), endings AS (
    SELECT item, kind, value, array_to_string(labels[at:], '.') AS ending
      FROM seen, string_to_array(host, '.') AS labels, generate_subscripts(labels, 1) AS at
     WHERE net IS NULL AND EXISTS (SELECT 1 FROM claims WHERE claims.kind = '{Kind.DOMAIN}')
)
SELECT claims.id, seen.item, seen.kind, seen.value FROM claims JOIN seen ON seen.net && claims.net
UNION ALL
SELECT claims.id, endings.item, endings.kind, endings.value
  FROM claims JOIN endings ON endings.ending = claims.value WHERE claims.kind = '{Kind.DOMAIN}'
UNION ALL
SELECT claims.id, seen.item, seen.kind, seen.value
  FROM claims JOIN seen ON seen.value = claims.value WHERE claims.kind = '{Kind.ASN}' AND seen.kind = '{Kind.ASN}'
"""  # noqa: S608 - the kinds are our own words


@dataclass(frozen=True)
class Touch:
    """`of` says what holds the value, "alert" or "object", and `item` is its primary key."""

    of: str
    claim: int
    item: int
    kind: str
    value: str


def touches(team: int, held: QuerySet[Any], of: str, claim: int | None = None) -> list[Touch]:
    """Of `held`, indicators or observables that the team may read, those that touch its claims, or the one given.

    `of`: the column that names their alert or object.
    """
    values = held.filter(kind__in=WATCHED).order_by().values_list(of, "kind", "value")
    try:
        sql, given = values.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(QUESTION.format(values=sql), [team, claim, claim, *given])
        return [Touch(of, *row) for row in cursor.fetchall()]

"""The index is asked: by word, audience and kind, the newest first, and no further than a constant.

So what a word costs its reader does not grow with what others hold of it, nor with how much there is (decision 0044).
The statement is asked in the reader's scope: the wall stands behind each row of it.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from member_states.models import MemberState
from search.querysets import shelves_of

Forms = list[frozenset[str]]
UP_TO = 100  # found at a time
MOST = 1000  # looked at of each word, where all of several must be there

# Of each kind the newest rows of each word, as far back as MOST; then those of the rarest word that hold the others.
# Of two with as many, the rarer is the one that reaches further back.
NEWEST = """
WITH asked (number, form) AS MATERIALIZED (SELECT * FROM unnest(%(numbers)s::int[], %(forms)s::text[])),
newest AS MATERIALIZED (
  SELECT kind, number, one.object_id, one.audience
    FROM unnest(%(kinds)s::text[]) AS k (kind)
   CROSS JOIN generate_series(1, %(words)s) AS n (number)
   CROSS JOIN LATERAL (
     SELECT DISTINCT object_id, audience FROM (
       SELECT w.object_id, shelf.audience
         FROM asked CROSS JOIN unnest(%(whole)s::text[]) AS shelf (audience)
        CROSS JOIN LATERAL (
          SELECT object_id FROM search_word
           WHERE word = asked.form AND audience = shelf.audience AND kind = k.kind AND object_id < %(before)s
           ORDER BY object_id DESC LIMIT %(most)s) AS w
        WHERE asked.number = n.number
       UNION ALL
       SELECT w.object_id, shelf.audience
         FROM asked CROSS JOIN unnest(%(states)s::bigint[], %(audiences)s::text[]) AS shelf (state_id, audience)
        CROSS JOIN LATERAL (
          SELECT object_id FROM search_word
           WHERE word = asked.form AND state_id = shelf.state_id AND audience = shelf.audience AND kind = k.kind
             AND object_id < %(before)s
           ORDER BY object_id DESC LIMIT %(most)s) AS w
        WHERE asked.number = n.number) AS each_form
     ORDER BY object_id DESC LIMIT %(most)s) AS one),
rarest AS (
  SELECT DISTINCT ON (kind) kind, number, held, oldest FROM (
    SELECT kind, number, count(*) AS held, min(object_id) AS oldest, count(*) OVER (PARTITION BY kind) AS words
      FROM newest GROUP BY kind, number) AS counted
   WHERE words = %(words)s ORDER BY kind, held, oldest)
SELECT kind, CASE WHEN held = %(most)s THEN oldest END, ARRAY(
    SELECT object_id FROM (
      SELECT kind, object_id, audience FROM newest
       WHERE newest.kind = rarest.kind AND newest.number = rarest.number
       ORDER BY object_id DESC OFFSET 0) AS of_rarest
     WHERE %(words)s = 1 OR %(words)s = (
       SELECT count(DISTINCT asked.number) FROM asked CROSS JOIN LATERAL (
         SELECT FROM search_word
          WHERE word = asked.form AND audience = of_rarest.audience AND kind = of_rarest.kind
            AND object_id = of_rarest.object_id LIMIT 1) AS held)
     LIMIT %(up_to)s)
  FROM rarest
"""


class Looked(NamedTuple):
    """The newest that hold every word, and the record from which there may be more, if there may."""

    ids: list[int]
    further: int | None


def look(
    user: Any, forms: Forms, kinds: Iterable[str], state: MemberState | None, before: int | None
) -> dict[str, Looked]:
    """By kind."""
    whole, of_states = shelves_of(user, state.pk if state else None)
    numbered = [(number, form) for number, one in enumerate(forms, 1) for form in sorted(one)]
    given: dict[str, Any] = {
        "numbers": [number for number, _form in numbered],
        "forms": [form for _number, form in numbered],
        "kinds": list(kinds),
        "words": len(forms),
        "whole": whole,
        "states": [own for own, _audience in of_states],
        "audiences": [audience for _own, audience in of_states],
        "before": 2**63 - 1 if before is None else before,
        "most": MOST if len(forms) > 1 else UP_TO,
        "up_to": UP_TO,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, given)
        return {code: Looked(ids, ids[-1] if len(ids) == UP_TO else oldest) for code, oldest, ids in cursor}

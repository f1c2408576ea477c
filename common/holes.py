"""Every way around the wall that this database leaves open. Empty, or the portal refuses to serve.

Asked when a web or worker process starts, by the health page and by the tests. Not a system check: ``migrate`` runs
those as the owner, before the tables stand.
"""

from django.apps import apps
from django.db import connection
from django.db.models import Model

from common.walls import RowWall

HOLES = """
SELECT format('the role %s bypasses row security', rolname) FROM pg_roles
 WHERE rolname IN (session_user, current_user) AND (rolsuper OR rolbypassrls)
UNION ALL
SELECT format('the role %s owns the table %s', session_user, relname) FROM pg_class
 WHERE relrowsecurity AND pg_get_userbyid(relowner) IN (session_user, current_user)
UNION ALL
SELECT format('the role %s inherits oas_all: it must be NOINHERIT', session_user)
 WHERE pg_has_role(session_user, 'oas_all', 'USAGE')
UNION ALL
SELECT format('the view %s runs with the rights of its owner', relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
 WHERE relkind IN ('v', 'm') AND nspname = 'public'
   AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false)
UNION ALL
SELECT format('the function %s runs with the rights of its owner', proname)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
 WHERE prosecdef AND nspname = 'public'
"""

WALLED = """
SELECT relname FROM pg_class c
 WHERE relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid)
   AND oid = to_regclass(quote_ident(relname))
"""


def walled_models() -> list[type[Model]]:
    return [m for m in apps.get_models() if any(isinstance(c, RowWall) for c in m._meta.constraints)]


def holes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(HOLES)
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute(WALLED)
        walled = {row[0] for row in cursor.fetchall()}
    declared = [model._meta for model in walled_models()]
    missing = [meta.label for meta in declared if meta.db_table not in walled]
    return [*found, *(f"{label} declares a wall that the database does not have" for label in missing)]

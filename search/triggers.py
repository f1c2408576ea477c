"""What the database itself notes down when something changes that can be found, raw SQL included."""

from django.db.migrations import RunSQL

MARK_STALE = """
CREATE FUNCTION mark_stale() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    changed jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
    INSERT INTO search_stale (kind, key, object_id)
    VALUES (TG_ARGV[0], TG_ARGV[1], (changed ->> TG_ARGV[2])::bigint);
    RETURN NULL;
END $$;
"""


def watching(kind: str, table: str, *, key: str = "pk", column: str = "id", only: tuple[str, ...] = ()) -> RunSQL:
    """A change of a row of `table` makes those things of `kind` stale whose `key` is the row's `column`.

    With `only`, an update of other columns changes nothing that could be found.
    """
    name = f"stale_{kind}_{table}"
    of = f" OF {', '.join(only)}" if only else ""
    return RunSQL(
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE{of} OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION mark_stale('{kind}', '{key}', '{column}')",
        f"DROP TRIGGER {name} ON {table}",
    )

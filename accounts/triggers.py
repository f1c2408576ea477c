"""The two database functions behind ``Audited`` and ``Locked`` (common/walls.py).

They name where their tables are: a temporary table of the same name would be found first, and written in their place.
"""

# No secret and no hash of one enters the trail, and the use of a token is no change of it. A table of somebody else's
# names further columns to leave out as the fourth argument. The third says whether entries are private: yes, no, or the
# column that says so.
# Runs with the rights of whoever makes the change: no SECURITY DEFINER, so the wall stands for the trail as well.
AUDIT_ROW = """
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    left_out text[] := '{password,digest,last_used_at}';
    left_out_here text[] := left_out || string_to_array(coalesce(TG_ARGV[3], ''), ',');
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) - left_out_here END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) - left_out_here END;
    any_row jsonb := coalesce(new_row, old_row);
BEGIN
    IF old_row IS NOT DISTINCT FROM new_row THEN
        RETURN NULL;
    END IF;
    INSERT INTO accounts_auditentry (at, by_id, page, verb, model, object_id, state_id, before, after, is_private)
    VALUES (clock_timestamp(),
            nullif(current_setting('app.person', true), '')::bigint,
            left(coalesce(current_setting('app.page', true), ''), 250),
            left(TG_OP, 1), TG_ARGV[0], (any_row ->> 'id')::bigint,
            CASE WHEN TG_ARGV[1] = '' THEN NULL ELSE (any_row ->> TG_ARGV[1])::bigint END,
            old_row, new_row, TG_ARGV[2] = 'yes' OR coalesce((any_row ->> TG_ARGV[2])::boolean, false));
    RETURN NULL;
END $$;
"""

# The second factors are allauth's table: what is in `data` is its secret.
AUDIT_FACTORS = """
CREATE TRIGGER authenticator_audited AFTER INSERT OR UPDATE OR DELETE ON mfa_authenticator
FOR EACH ROW EXECUTE FUNCTION audit_row('mfa.authenticator', '', 'no', 'data');
"""

REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND to_jsonb(OLD) - string_to_array(TG_ARGV[0], ',') = to_jsonb(NEW) - string_to_array(TG_ARGV[0], ',') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

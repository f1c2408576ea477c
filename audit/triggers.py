"""The fingerprint of an audit entry, and the trigger that keeps it.

Every column that is hashed is named: a column added later does not change the fingerprints of old entries. The instant
is hashed as a number, so that no setting of time zone or date style has a say.
"""

FINGERPRINT_OF = """
CREATE FUNCTION fingerprint_of(entry accounts_auditentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        entry.id, extract(epoch FROM entry.at), entry.by_id, entry.page, entry.verb, entry.model, entry.object_id,
        entry.state_id, entry.before, entry.after, entry.is_private)::text, 'UTF8')), 'hex')
$$;
"""

KEEPING = """
CREATE FUNCTION keep_fingerprint() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_fingerprint (entry_id, digest) VALUES (NEW.id, fingerprint_of(NEW));
    RETURN NULL;
END $$;
"""
KEEP_FINGERPRINT = f"""
{KEEPING}
CREATE TRIGGER keep_fingerprint AFTER INSERT ON accounts_auditentry FOR EACH ROW EXECUTE FUNCTION keep_fingerprint();
"""

FINGERPRINTS_SO_FAR = """
INSERT INTO audit_fingerprint (entry_id, digest) SELECT entry.id, fingerprint_of(entry) FROM accounts_auditentry entry;
"""

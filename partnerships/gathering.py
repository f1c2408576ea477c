"""The keys of its parties stand in the agreement's own row: its wall reads them there, and no policy asks another."""

KEEP_PARTIES = """
CREATE FUNCTION keep_parties() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE partnerships_agreement a
     SET party_ids = coalesce(
           (SELECT array_agg(p.partner_id ORDER BY p.partner_id)
              FROM partnerships_party p WHERE p.agreement_id = a.id AND p.partner_id IS NOT NULL), '{}')
   WHERE a.id IN (CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.agreement_id END,
                  CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.agreement_id END);
  RETURN NULL;
END $$;
CREATE TRIGGER keep_parties AFTER INSERT OR UPDATE OR DELETE ON partnerships_party
  FOR EACH ROW EXECUTE FUNCTION keep_parties();
"""
FORGET_PARTIES = "DROP TRIGGER keep_parties ON partnerships_party; DROP FUNCTION keep_parties()"

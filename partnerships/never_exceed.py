"""What PostgreSQL itself refuses: allocations that together exceed their contribution, and an amount cut below them.

Both triggers take the contribution's row first, so that two allocations at once wait for each other. The amount is the
bound whether it is exact, "over" or "about": what was not promised for sure is not given away. Without an amount
nothing can be allocated.
"""

KEEP_WITHIN = """
CREATE FUNCTION keep_allocations_within() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE held numeric; taken numeric;
BEGIN
  SELECT c.amount INTO held FROM partnerships_contribution c WHERE c.id = NEW.contribution_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(a.amount), 0) INTO taken FROM partnerships_allocation a
   WHERE a.contribution_id = NEW.contribution_id AND a.id <> NEW.id;
  IF held IS NULL OR taken + NEW.amount > held THEN
    RAISE EXCEPTION 'allocations exceed the contribution' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_allocations_within BEFORE INSERT OR UPDATE OF amount, contribution_id ON partnerships_allocation
  FOR EACH ROW EXECUTE FUNCTION keep_allocations_within();
CREATE FUNCTION keep_contribution_above() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(NEW.amount, 0) <
     (SELECT coalesce(sum(a.amount), 0) FROM partnerships_allocation a WHERE a.contribution_id = NEW.id) THEN
    RAISE EXCEPTION 'allocations exceed the contribution' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_contribution_above BEFORE UPDATE OF amount ON partnerships_contribution
  FOR EACH ROW EXECUTE FUNCTION keep_contribution_above();
"""
LET_EXCEED = """
DROP TRIGGER keep_allocations_within ON partnerships_allocation; DROP FUNCTION keep_allocations_within();
DROP TRIGGER keep_contribution_above ON partnerships_contribution; DROP FUNCTION keep_contribution_above();
"""

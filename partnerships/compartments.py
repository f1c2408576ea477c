"""The keys of who takes part stand in the operation's own row: its wall reads them there, and no policy asks another.

And the label of an operation falls only where somebody has written down why (decision 0030).
"""

from typing import Any

from common.walls import Trigger

KEEP_COMPARTMENT = """
CREATE FUNCTION keep_compartment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  column_of text := TG_ARGV[0];
  found bigint[];
  changed bigint;
BEGIN
  FOREACH changed IN ARRAY ARRAY[CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.operation_id END,
                                 CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.operation_id END] LOOP
    CONTINUE WHEN changed IS NULL;
    EXECUTE format('SELECT coalesce(array_agg(%I ORDER BY %I), ''{}'') FROM %I WHERE operation_id = $1',
                   column_of, column_of, TG_TABLE_NAME) INTO found USING changed;
    EXECUTE format('UPDATE partnerships_operation SET %I = $1 WHERE id = $2', column_of || 's')
      USING found, changed;
  END LOOP;
  RETURN NULL;
END $$;
"""
FORGET_COMPARTMENT = "DROP FUNCTION keep_compartment()"

# Beside the persons themselves stands for whom each is named, so that nobody reads on in another role than that one.
KEEP_NAMED = """
CREATE FUNCTION keep_named() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  changed bigint;
BEGIN
  FOREACH changed IN ARRAY ARRAY[CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.operation_id END,
                                 CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.operation_id END] LOOP
    CONTINUE WHEN changed IS NULL;
    UPDATE partnerships_operation o
       SET (person_ids, named_for) = (
             SELECT coalesce(array_agg(p.person_id ORDER BY p.person_id), '{}'),
                    coalesce(array_agg(CASE WHEN p.team_id IS NOT NULL THEN 'team:' || p.team_id
                                            WHEN p.partner_id IS NOT NULL THEN 'partner:' || p.partner_id
                                            WHEN p.state_id IS NOT NULL THEN 'state:' || p.state_id
                                            ELSE 'programme' END || ':' || p.person_id ORDER BY p.person_id), '{}')
               FROM partnerships_operationperson p WHERE p.operation_id = changed)
     WHERE o.id = changed;
  END LOOP;
  RETURN NULL;
END $$;
"""
FORGET_NAMED = "DROP FUNCTION keep_named()"

KEEP_OPERATION_LABEL = """
CREATE FUNCTION keep_operation_label() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  labels text[] := '{CLEAR,GREEN,AMBER,AMBER+STRICT,RED}';
BEGIN
  IF NEW.tlp = OLD.tlp AND NEW.relabelled = OLD.relabelled THEN
    RETURN NEW;
  END IF;
  IF NEW.tlp = OLD.tlp OR NEW.relabelled <> OLD.relabelled + 1 THEN
    RAISE EXCEPTION 'each change of a label is counted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF array_position(labels, NEW.tlp::text) < array_position(labels, OLD.tlp::text) AND NOT EXISTS (
    SELECT FROM partnerships_operationmove m
     WHERE m.operation_id = OLD.id AND m.relabelled = NEW.relabelled
       AND m.before = OLD.tlp AND m.after = NEW.tlp AND m.reason <> ''
  ) THEN
    RAISE EXCEPTION 'labels only rise' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
FORGET_OPERATION_LABEL = "DROP FUNCTION keep_operation_label()"


class KeepsCompartment(Trigger):
    """On a table of those who take part; `column` is the one whose values the operation keeps in its own row."""

    when = "AFTER INSERT OR UPDATE OR DELETE"

    def call(self, model: Any) -> str:
        return f"keep_compartment('{self.given['column']}')"

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return "partnerships.compartments.KeepsCompartment", (), {"name": self.name, **self.given}


class KeepsNamed(Trigger):
    """On the table of the persons named: who, and for whom (`named_for`: "partner:5:77", "programme:77")."""

    when, function = "AFTER INSERT OR UPDATE OR DELETE", "keep_named"

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return "partnerships.compartments.KeepsNamed", (), {"name": self.name, **self.given}


class OperationLabelKept(Trigger):
    when, function = "BEFORE UPDATE", "keep_operation_label"

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return "partnerships.compartments.OperationLabelKept", (), {"name": self.name, **self.given}

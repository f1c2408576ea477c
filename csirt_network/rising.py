"""Labels only rise: what the database itself refuses, whatever the code above forgets.

The trigger lets the label of something published fall only where its originator has written a `Lowering` for this very
change, with a reason, and, where it falls to GREEN or CLEAR, where a second person has countersigned it. It also keeps
where an item comes from and that it is out.
"""

from typing import Any

from common.walls import Trigger

KEEP_LABEL = """
CREATE FUNCTION keep_alert_label() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    labels text[] := '{CLEAR,GREEN,AMBER,AMBER+STRICT,RED}';
    asked record;
BEGIN
    IF NEW.audience_id <> OLD.audience_id
       AND (SELECT origin_id FROM csirt_network_audience WHERE id = NEW.audience_id)
           IS DISTINCT FROM (SELECT origin_id FROM csirt_network_audience WHERE id = OLD.audience_id) THEN
        RAISE EXCEPTION 'an alert stays with its origin' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.published_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.published_at IS DISTINCT FROM OLD.published_at OR NEW.year <> OLD.year OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'what is out stays out' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.tlp = OLD.tlp AND NEW.relabelled = OLD.relabelled THEN
        RETURN NEW;
    END IF;
    IF NEW.tlp = OLD.tlp OR NEW.relabelled <> OLD.relabelled + 1 THEN
        RAISE EXCEPTION 'each change of a label is counted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF array_position(labels, NEW.tlp::text) > array_position(labels, OLD.tlp::text) THEN
        RETURN NEW;
    END IF;
    SELECT l.id, l.by_id INTO asked FROM csirt_network_lowering l
     WHERE l.alert_id = OLD.id AND l.change = NEW.relabelled AND l.before = OLD.tlp AND l.after = NEW.tlp;
    IF asked.id IS NULL THEN
        RAISE EXCEPTION 'labels only rise' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.tlp IN ('CLEAR', 'GREEN') AND NOT EXISTS (
        SELECT FROM csirt_network_countersign c WHERE c.lowering_id = asked.id AND c.by_id <> asked.by_id
    ) THEN
        RAISE EXCEPTION 'a second person must agree' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
FORGET_LABEL = "DROP FUNCTION keep_alert_label()"


class LabelKept(Trigger):
    """The trigger on the table of alerts; the function comes with the migration before it."""

    when, function = "BEFORE UPDATE", "keep_alert_label"

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return "csirt_network.rising.LabelKept", (), {"name": self.name, **self.given}


KEEP_LIBRARY_LABEL = """
CREATE FUNCTION keep_library_label() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    labels text[] := '{CLEAR,GREEN,AMBER,AMBER+STRICT,RED}';
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.published_at IS DISTINCT FROM OLD.published_at OR NEW.from_team_id IS DISTINCT FROM OLD.from_team_id THEN
        RAISE EXCEPTION 'what is out stays out, and where it comes from'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF array_position(labels, NEW.tlp::text) < array_position(labels, OLD.tlp::text) AND NOT EXISTS (
        SELECT FROM csirt_network_libraryversion v
         WHERE v.item_id = OLD.id AND v.number = NEW.latest AND NEW.latest > OLD.latest
           AND v.tlp = NEW.tlp AND v.lowered_because <> ''
    ) THEN
        RAISE EXCEPTION 'labels only rise' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
FORGET_LIBRARY_LABEL = "DROP FUNCTION keep_library_label()"


class LibraryLabelKept(Trigger):
    """The same for the library, whose label falls only with a version that says why."""

    when, function = "BEFORE UPDATE", "keep_library_label"

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return "csirt_network.rising.LibraryLabelKept", (), {"name": self.name, **self.given}

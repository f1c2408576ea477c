"""The second wall, declared like any constraint: what PostgreSQL itself refuses, whatever the code above forgets.

``makemigrations`` and ``migrate`` handle these classes unpatched, because ``BaseConstraint`` is the autodetector's own
extension point. Row security is ENABLEd and never FORCEd: migrations, foreign keys and backups run as the owner, who
must see every row (a forced owner adds a violated foreign key without an error). The portal never runs as the owner.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model
from django.db.models.constraints import BaseConstraint

# Scalar subselects are evaluated once per statement and stay usable as index conditions. A setting that was
# never set reads NULL, one that was set in an earlier transaction reads '': both mean nothing.
LEGS = {
    name: f"(SELECT string_to_array(nullif(current_setting('app.{name}', true), ''), ','))::bigint[]"
    for name in ("states", "spoken_for", "teams", "patrons", "partners")
} | {name: f"(SELECT nullif(current_setting('app.{name}', true), '')::bigint)" for name in ("person", "guest")}
LEGS["community"] = "(SELECT coalesce(current_setting('app.community', true) = 'yes', false))"

OWN_STATE = "state_id = ANY ({states})"
SPOKEN_FOR = "state_id = ANY ({spoken_for})"  # a contact point reads the own state's rows, and writes none
OTHER_STATES = "coalesce(state_id <> ALL ({states}), true)"  # of staff who are liaisons too: not the own state's
SHARED = "audience = 'public' OR (audience = 'states' AND cardinality({states}) > 0)"
OWN_STATE_OR_SHARED = f"{OWN_STATE} OR {SHARED}"
ONLY_ME = "person_id = {person}"
NOBODY = "false"
EVERYBODY = "true"


class SqlConstraint(BaseConstraint):
    """A constraint that is made by SQL of its own after the table stands."""

    arguments: tuple[str, ...] = ()

    def __init__(self, *, name: str, **arguments: Any) -> None:
        super().__init__(name=name)
        self.given = arguments

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        raise TypeError(f"{type(self).__name__} must say how it is created")

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        raise TypeError(f"{type(self).__name__} must say how it is removed")

    def constraint_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> None:
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database speaks for itself."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return f"common.walls.{type(self).__name__}", (), {"name": self.name, **self.given}


class RowWall(SqlConstraint):
    """Who may read and write the rows of a table: people through their legs, staff through the role ``oas_all``.

    ``read``/``write`` are SQL conditions over the row and the legs ``{states} {spoken_for} {teams} {patrons}
    {community} {partners} {person} {guest}``;
    ``staff_read``/``staff_write`` hold for programme staff. ``becomes`` replaces ``write`` for the row as written.
    """

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return "; ".join(
            [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
            + [f"CREATE POLICY {name} ON {table} {rule}" for name, rule in self._policies(schema_editor.quote_name)]
        )

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return "; ".join(
            [f"DROP POLICY {name} ON {table}" for name, _ in self._policies(schema_editor.quote_name)]
            + [f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
        )

    def _policies(self, quote: Callable[[str], str]) -> list[tuple[str, str]]:
        return [
            (quote(f"{self.name}_{role}_{command}".lower()), f"FOR {command} TO {role} {condition}")
            for role, read, write, becomes in self._conditions()
            for command, condition in (
                ("SELECT", f"USING ({read})"),
                ("INSERT", f"WITH CHECK ({becomes})"),
                ("UPDATE", f"USING ({write}) WITH CHECK ({becomes})"),
                ("DELETE", f"USING ({write})"),
            )
        ]

    def _conditions(self) -> list[tuple[str, str, str, str]]:
        read = self.given.get("read", OWN_STATE)
        write = self.given.get("write", OWN_STATE)
        staff_read = self.given.get("staff_read", EVERYBODY)
        staff_write = self.given.get("staff_write", EVERYBODY)
        people = ("oas_app", read, write, self.given.get("becomes", write))
        staff = ("oas_all", staff_read, staff_write, self.given.get("staff_becomes", staff_write))
        return [(role, *(rule.format(**LEGS) for rule in rules)) for role, *rules in (people, staff)]


class SameState(SqlConstraint):
    """A composite foreign key: the child carries its parent's state, or what else `column` names.

    With `follows` the column of the child changes with the parent's.

    Foreign keys are checked outside row security, so without this a row could hang under another state's parent.
    """

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote, link = schema_editor.quote_name, model._meta.get_field(self.given["parent"])
        parent = link.related_model._meta.db_table  # type: ignore[union-attr]
        column = self.given.get("column", "state_id")
        index = quote(f"{parent}_id_{column.removesuffix('_id')}")
        return (
            f"CREATE UNIQUE INDEX IF NOT EXISTS {index} ON {quote(parent)} (id, {column}); "
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
            f"FOREIGN KEY ({quote(link.column)}, {column}) REFERENCES {quote(parent)} (id, {column}) "  # type: ignore[union-attr,arg-type]
            f"{'ON UPDATE CASCADE ' if self.given.get('follows') else ''}DEFERRABLE INITIALLY IMMEDIATE"
        )

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"


class SqlCheck(SqlConstraint):
    """A CHECK over one row that the ORM cannot say (arrays, for one)."""

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        table, name, check = quote(model._meta.db_table), quote(self.name), self.given["check"]
        return f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({check})"

    remove_sql = SameState.remove_sql


class Trigger(SqlConstraint):
    """A row trigger that calls a function of the database."""

    when, function = "", ""

    def call(self, model: type[Model]) -> str:
        return f"{self.function}()"

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        return (
            f"CREATE TRIGGER {quote(self.name)} {self.when} ON {quote(model._meta.db_table)} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.call(model)}"
        )

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        return f"DROP TRIGGER {quote(self.name)} ON {quote(model._meta.db_table)}"


class Audited(Trigger):
    """Every change of the table is written to the audit trail, raw SQL included.

    ``private=True`` keeps the entries from staff, as the rows themselves are (drafts belong to the state); a word
    names the column that says so of each row.
    ``state`` names the column that holds the state; an empty name means the table has none. ``without`` names columns
    that the entries leave out, separated by commas: secrets.
    """

    when = "AFTER INSERT OR UPDATE OR DELETE"

    def call(self, model: type[Model]) -> str:
        given = self.given.get("private", False)
        private = given if isinstance(given, str) else "yes" if given else "no"
        left_out = f", '{self.given['without']}'" if "without" in self.given else ""
        return f"audit_row('{model._meta.label_lower}', '{self.given.get('state', 'state_id')}', '{private}'{left_out})"


class Locked(Trigger):
    """Rows are written once: no delete, and no update but of the columns named in ``but``.

    With ``once``, a condition over OLD, rows may be changed until it holds of them.
    """

    when = "BEFORE UPDATE OR DELETE"

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        made = super().create_sql(model, schema_editor)
        once = self.given.get("once")
        return made.replace(" EXECUTE FUNCTION ", f" WHEN ({once}) EXECUTE FUNCTION ") if once else made

    def call(self, model: type[Model]) -> str:
        return f"refuse_change('{','.join(self.given.get('but', ()))}')"

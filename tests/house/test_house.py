"""The four ideas the house stands on, asked of the code itself, so that a new table or page cannot forget them.

Every read begins with ``visible_to``; every row of a state stands behind a wall; a status changes in one file; and
whatever reaches a page comes through the template engine.
"""

import ast
import inspect
import re

import pytest
from celery import current_app
from django.apps import apps
from django.db.models import ForeignKey
from django.urls import get_resolver

from common.walls import RowWall, SameState
from tests.house.sources import APPS, python_files, templates, texts

MODELS = [model for model in apps.get_models() if model._meta.app_label in APPS]
SHAPE = re.compile(r"\b(?:int|str|bool|None)\b")

# Rows of a state that everybody may read: they need no wall.
PUBLIC_BY_NATURE = {
    "member_states.Participation": "how a state takes part in the organisation is published",
    "member_states.Liaison": "who speaks for a state is asked by every scope; visible_to keeps the names",
    "capability.ExternalIndex": "published by others",
    "capability.Law": "published by others",
    "documents.Reading": "what public sources say",
}
# Foreign keys between walled tables that no composite key holds together.
NOT_TIED = {
    "invitations.Invitation.team": "an invitation to a team has no state of its own",
    "invitations.Invitation.partner": "an invitation to a partner has no state of its own",
    "reporting.Run.schedule": "a schedule belongs to the programme and has no state",
    "csirt_network.PeerReview.reviewer": "a team of any state may be asked for a review",
    "partnerships.OperationPerson.partner": "whom somebody is named for: a partner or a state, never both",
    "partnerships.CompartmentChange.partner": "who was let in: a partner or a state, never both",
    "partnerships.Allocation.partner": "who gives may be another state’s government; the contribution ties the partner",
}


def declared(model, kind):
    return [constraint for constraint in model._meta.constraints if isinstance(constraint, kind)]


def column_of_state(model):
    return any(field.attname == "state_id" for field in model._meta.fields)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_to_whom_it_is_visible(model):
    assert hasattr(model.objects, "visible_to"), f"{model._meta.label} has no visible_to: say who may see its rows"


@pytest.mark.parametrize("model", [m for m in MODELS if column_of_state(m)], ids=lambda model: model._meta.label)
def test_what_belongs_to_a_state_stands_behind_a_wall(model):
    assert declared(model, RowWall) or model._meta.label in PUBLIC_BY_NATURE


def links_between_walls():
    for model in MODELS:
        for field in model._meta.fields:
            is_link = isinstance(field, ForeignKey) and column_of_state(model)
            if is_link and column_of_state(field.related_model) and declared(field.related_model, RowWall):
                yield f"{model._meta.label}.{field.name}", model, field


@pytest.mark.parametrize(("name", "model", "field"), list(links_between_walls()), ids=lambda value: str(value))
def test_a_child_carries_the_state_of_its_parent(name, model, field):
    """A foreign key is checked outside the wall: without this a row could hang under another state's."""
    tied = {constraint.given["parent"] for constraint in declared(model, SameState)}

    assert field.name in tied or name in NOT_TIED


def test_the_exceptions_are_still_needed():
    labels = {model._meta.label for model in MODELS if column_of_state(model) and not declared(model, RowWall)}

    assert set(PUBLIC_BY_NATURE) == labels


# How the code is written ------------------------------------------------------------------------------------------


def found(check):
    return [f"{path}:{node.lineno} {what}" for path, tree in python_files() for node, what in check(path, tree)]


def imports_inside_functions(path, tree):
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            yield from ((node, name) for name in names if name.split(".")[0] in APPS)


# Where an import at the top would come before the apps are loaded.
IMPORTS_LATE = ("oas_cyber/celery.py", "/apps.py")


def test_nothing_of_ours_is_imported_inside_a_function():
    assert not [line for line in found(imports_inside_functions) if not line.split(":")[0].endswith(IMPORTS_LATE)]


# A plan that a state signs has a life of its own (action_plan/states.py), whose first word is "draft" too.
STATUS_IS_MOVED_IN = ("review/actions.py", "action_plan/actions/plans.py", "oas_cyber/sample/", "capability/imports/")
STATUSES = {"draft", "submitted", "returned", "accepted"}


def statuses_set(path, tree):
    """`.status = …` and `.update(status=…)`; a fact's own status (a CSIRT's) and a job's are other words."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if assigns(node) else []
        yield from ((node, "sets a status") for t in targets if isinstance(t, ast.Attribute) and t.attr == "status")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            values = [keyword.value for keyword in node.keywords if keyword.arg == "status"]
            yield from ((node, "writes a status") for value in values if names_a_status(value))


WRITES = {"update", "create", "bulk_create", "get_or_create", "update_or_create"}


def assigns(node):
    return isinstance(node, ast.AugAssign | ast.AnnAssign)


def names_a_status(value):
    words = {node.value for node in ast.walk(value) if isinstance(node, ast.Constant)}
    words |= {node.attr.lower() for node in ast.walk(value) if isinstance(node, ast.Attribute)}
    return bool(words & STATUSES)


def test_a_status_changes_in_one_file():
    elsewhere = [line for line in found(statuses_set) if not line.startswith(STATUS_IS_MOVED_IN)]
    # It tells the object in hand what the locked row says; nothing is written.
    assert [line for line in elsewhere if not line.startswith("capability/actions/saving.py")] == []


def bare_reads(path, tree):
    """`Model.objects.all()`, `.get()` and the like in a view: not what this reader may see."""
    if "/views" not in path and "/api" not in path:
        return
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_call and node.func.attr in READS and ast.unparse(node.func.value).endswith(MANAGERS):
            yield node, ast.unparse(node)


READS = {"all", "get", "filter", "exclude", "first", "last", "values", "values_list", "in_bulk", "order_by", "count"}
MANAGERS = (".objects", "._base_manager", "._default_manager")
# A link that signs in is found before anybody is signed in; its digest is the secret.
READS_WITHOUT_A_READER = ("accounts/views/sign_in.py",)


def test_no_view_reads_without_asking_who_reads():
    assert not [line for line in found(bare_reads) if not line.startswith(READS_WITHOUT_A_READER)]


def raw_sql(path, tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("raw", "extra"):
            yield node, ast.unparse(node.func)


def test_no_query_is_written_by_hand():
    assert not found(raw_sql)


def test_tasks_are_rung_with_labels_and_ids_alone():
    """What a message says can be forged or lost: it names a row, and the row says what to do."""
    current_app.loader.import_default_modules()
    ours = [task for name, task in current_app.tasks.items() if name.split(".")[0] in APPS]

    assert ours
    for task in ours:
        for parameter in inspect.signature(task.run).parameters.values():
            assert SHAPE.fullmatch(getattr(parameter.annotation, "__name__", str(parameter.annotation))), task.name


# What reaches a page ----------------------------------------------------------------------------------------------

ATTRIBUTES = re.compile(r"<[a-z][^>]*\s(style|on[a-z]+)\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE)
STYLE = re.compile(r"<style\b", re.IGNORECASE)


def pages():
    """Mails are left out: their readers take no stylesheet from a server."""
    return [(path, text) for path, text in templates() if "emails/" not in path and path.endswith(".html")]


@pytest.mark.parametrize("forbidden", [ATTRIBUTES, SCRIPT, STYLE], ids=["attributes", "script", "style"])
def test_pages_hold_no_style_and_no_script_of_their_own(forbidden):
    assert not [f"{path}: {hit[0]}" for path, text in pages() for hit in forbidden.finditer(text)]


ROUTE = re.compile(r"{%\s*url\s+['\"]([\w:.-]+)['\"]")


def test_every_link_of_a_template_leads_somewhere():
    known = names_of(get_resolver())

    assert not [f"{path}: {name}" for path, text in templates() for name in ROUTE.findall(text) if name not in known]


def names_of(resolver, prefix=""):
    names = {f"{prefix}{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    for namespace, (_pattern, inner) in resolver.namespace_dict.items():
        names |= names_of(inner, f"{prefix}{namespace}:")
    return names


# What is put on a page is escaped by the template engine; these hand on what it, or an XML library, has made.
TRUSTED_HTML = {
    "common/templatetags/components.py",
    "common/templatetags/lucide.py",
    "public_site/templatetags/public_site.py",
}
UNESCAPED = re.compile(r"mark_safe\(|SafeString\([^)]|\|\s*safe\b|autoescape off|safeseq|html_safe")


def test_nothing_is_marked_as_safe():
    ours = [(path, text) for path, text in texts() if path.split("/")[0] in (*APPS, "templates")]
    trusting = {path for path, text in ours if path.endswith((".py", ".html")) and UNESCAPED.search(text)}

    assert trusting == TRUSTED_HTML


def test_forms_and_serialisers_name_their_fields():
    """What a model gets later is taken by nobody who did not say so."""
    said = [
        (f"{path}:{line.lineno}", getattr(target, "id", ""), getattr(line.value, "value", None))
        for path, tree in python_files()
        for meta in ast.walk(tree)
        if isinstance(meta, ast.ClassDef) and meta.name == "Meta"
        for line in meta.body
        if isinstance(line, ast.Assign)
        for target in line.targets
    ]

    assert len([where for where, name, _value in said if name == "fields"]) > 50
    assert [where for where, name, value in said if name == "exclude" or (name, value) == ("fields", "__all__")] == []

"""No word of a visitor becomes part of a query's shape: neither a name of a column, nor a lookup, nor an order."""

import ast

import pytest
from django.apps import apps
from django.urls import get_resolver

from common.api.lists import CURSOR, ORDERING
from tests.access.routes import _views
from tests.house.sources import APPS, python_files

QUERIES = {
    "aggregate", "alias", "annotate", "create", "defer", "distinct", "exclude", "filter", "get", "get_or_create",
    "only", "order_by", "update", "update_or_create", "values", "values_list", "Q", "F", "RawSQL",
}  # fmt: skip
FROM_OUTSIDE = {"GET", "POST", "COOKIES", "META", "headers", "query_params", "data", "body", "cleaned_data"}


def from_outside(node):
    return [n for n in ast.walk(node) if isinstance(n, ast.Attribute) and n.attr in FROM_OUTSIDE]


def shaped(tree):
    """Calls that make a query, with a keyword, a name or an order that comes from the request."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name not in QUERIES:
            continue
        for keyword in call.keywords:
            if keyword.arg is None and from_outside(keyword.value):
                yield call
        is_order = name in ("order_by", "values", "values_list", "only", "defer", "distinct", "F", "RawSQL")
        if is_order and any(from_outside(argument) for argument in call.args):
            yield call


@pytest.mark.parametrize(
    ("code", "faults"),
    [
        ("rows.filter(**request.GET.dict())", 1),
        ("rows.filter(**form.cleaned_data)", 1),
        ("rows.order_by(request.GET['o'])", 1),
        ("rows.filter(state__slug=request.GET['state'])", 0),
        ("Q(**{name: 1 for name in request.POST})", 1),
        ("request.GET.get('q')", 0),
    ],
)
def test_this_test_finds_what_it_looks_for(code, faults):
    assert len(list(shaped(ast.parse(code)))) == faults


def test_no_word_of_a_visitor_shapes_a_query():
    assert not [f"{path}:{node.lineno} {ast.unparse(node)}" for path, tree in python_files() for node in shaped(tree)]


# Filters of the API -----------------------------------------------------------------------------------------------


def viewsets():
    for route, view in _views(get_resolver().url_patterns):
        found = getattr(view, "cls", None)
        if route.startswith("api/") and hasattr(found, "_known_words"):
            yield pytest.param(found, id=f"{route} {found.__name__}")


def paths(model, depth=3, prefix=""):
    """Every column that can be reached from a table in three steps, backwards too."""
    for field in model._meta.get_fields():
        name = field.name if not field.auto_created or field.concrete else field.get_accessor_name() or field.name
        yield f"{prefix}{name}"
        if field.is_relation and field.related_model and depth > 1:
            yield from paths(field.related_model, depth - 1, f"{prefix}{name}__")


@pytest.mark.parametrize("viewset", list(viewsets()))
def test_a_filter_has_a_name_of_its_own_and_no_path(viewset):
    """What is not among the known words is refused with 400, so it is enough that no path is among them."""
    view = viewset()
    known = view._known_words() - {CURSOR, ORDERING}
    through = {path for path in paths(view.model) if "__" in path}

    assert not known & through
    assert not [name for name in known if "__" in name]
    assert not [name for name in view.ordering_fields if "__" in name]
    columns = {field.name for field in view.model._meta.get_fields()}
    secret = {"password", "digest", "authors", "saved_by", "submitted_by", "person", "is_released"}
    assert not known & columns & secret


def test_there_are_many_paths_to_refuse():
    answer = next(model for model in apps.get_models() if model._meta.label == "capability.Answer")

    assert answer._meta.app_label in APPS
    assert len(set(paths(answer))) > 300

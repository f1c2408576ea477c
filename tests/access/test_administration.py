"""The administration, page by page, as matrix.txt declares it: every list, form, history and search of every table."""

import re
from fnmatch import fnmatch

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from capability.models import CsirtStatus, Dimension, Law, Round
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from tests.access.forms import Form
from tests.access.routes import ADMINISTRATION, administration
from tests.access.tables import ROLES, rows
from tests.access.visits import visit

pytestmark = pytest.mark.django_db
DECLARED = [row for row in rows("matrix.txt") if row.first.startswith(ADMINISTRATION)]
MOST = 3  # records of one table that an administrator opens; the others are sent away from the first
TABLE = re.compile(r"administration/(\w+)/(\w+)/")


def wanted(route, method):
    return [row for row in DECLARED if row.second == method and fnmatch(route, row.first)][-1].wanted()


def visits(table, method):
    """(route, role, code): who is served at each page, and of the others, who all meet the same door, each at some."""
    found = [(route, wanted(route, method)) for route in routes_of(table)]
    turns = min(4, len(found))
    for number, (route, cells) in enumerate(found):
        in_turn = ROLES[number % turns :: turns]
        yield route, [(role, code) for role, code in cells.items() if code == "." or role in in_turn]


def tables():
    return sorted({found[0] for route in administration() if (found := TABLE.match(route))})


def routes_of(table):
    return [route for route in administration() if route.startswith(table)]


def others():
    return [route for route in administration() if not TABLE.match(route) and "autocomplete" not in route]


def objects_of(table):
    """Records of every kind: what an administrator may see and what not."""
    app, model = TABLE.match(table).groups()
    manager = ContentType.objects.get_by_natural_key(app, model).model_class()._base_manager
    with scope(PROGRAMME):
        pks = list(manager.order_by("pk").values_list("pk", flat=True))
    step = max(1, len(pks) // MOST)
    return [quote(pk) for pk in pks[::step][:MOST]] or ["1"]


def urls_of(world, route):
    if "<path:object_id>" not in route:
        return ["/" + route]
    return ["/" + route.replace("<path:object_id>", str(pk)) for pk in objects_of(route)]


def faults_of(where, role, seen, code):
    found = [] if seen.code == code else [f"{role} {where}: {seen.code} instead of {code} {seen.error}"]
    found += [f"{role} {where}: heard {sorted(seen.leaked)}"] if seen.leaked else []
    return found


@pytest.mark.parametrize("table", tables())
def test_reading(world, table):
    faults = []
    for route, asked in visits(table, "GET"):
        urls = urls_of(world, route)
        for role, code in asked:
            for url in urls if code == "." else urls[:1]:
                seen = visit(world, role, "GET", url)
                faults += faults_of(url, role, seen, code)
                faults += [f"{role} {url}: reading changed {sorted(seen.changed)}"] if seen.changed else []

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("table", tables())
def test_acting(world, table):
    """Each form is sent back as it stands, which an administrator may do; from others it changes nothing."""
    faults = []
    for route, asked in visits(table, "POST"):
        url = urls_of(world, route)[0]
        page = visit(world, "admin", "GET", url)
        form = Form(page.body.decode()).values
        for role, code in asked:
            seen = visit(world, role, "POST", url, form, compares_what_is_done=role != "admin")
            faults += faults_of(url, role, seen, code)
            if seen.changed and (role != "admin" or code != "."):
                faults.append(f"{role} {url}: refused, and yet it changed {sorted(seen.changed)}")

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("route", others())
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pages_of_no_table(world, route, method):
    faults = []
    for role, code in wanted(route, method).items():
        seen = visit(world, role, method, url_of_no_table(route), {} if method == "POST" else None)
        faults += faults_of(route, role, seen, code)
        faults += [f"{role}: it changed {sorted(seen.changed)}"] if seen.changed and code != "." else []

    assert not faults, "\n".join(faults)


def url_of_no_table(route):
    kind = ContentType.objects.get_for_model(MemberState)
    route = route.replace("<path:content_type_id>", str(kind.pk))
    route = route.replace("<path:object_id>", str(MemberState.objects.order_by("pk")[0].pk))
    return "/" + route.replace("<app_label>", "capability").replace("<url>", "nowhere")


def searches():
    """Every field with a search box: (app, table, field)."""
    for desk in admin.site._registry.values():
        for part in (desk, *(inline(desk.model, admin.site) for inline in desk.inlines)):
            for name in part.get_autocomplete_fields(None):
                yield part.opts.app_label, part.opts.model_name, name


@pytest.mark.parametrize(("app", "table", "name"), sorted(set(searches())))
def test_searching(world, app, table, name):
    asked = f"?app_label={app}&model_name={table}&field_name={name}&term="
    faults = []
    for role, code in wanted("administration/autocomplete/", "GET").items():
        for term in ("", "CANARY"):
            seen = visit(world, role, "GET", f"/administration/autocomplete/{asked}{term}")
            faults += faults_of(f"{table}.{name}", role, seen, code)
            faults += [f"{role}: reading changed {sorted(seen.changed)}"] if seen.changed else []

    assert not faults, "\n".join(faults)


def test_the_administrator_really_changes_something(world):
    """What is sent back is a whole form: with another name in it, that name is saved."""
    person = world.people["ended"]
    url = f"/administration/accounts/user/{person.pk}/change/"
    form = Form(visit(world, "admin", "GET", url).body.decode()).values | {"name": ["Another name"]}

    seen = visit(world, "admin", "POST", url, form, look=lambda: User.objects.get(pk=person.pk).name)

    assert seen.looked == "Another name"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everybody_comes_to_every_table(method):
    missed = {
        table: set(ROLES) - {role for _, asked in visits(table, method) for role, _ in asked} for table in tables()
    }

    assert not {table: roles for table, roles in missed.items() if roles}


def test_no_table_but_ours_and_none_of_answers():
    labels = {model._meta.label for model in admin.site._registry}

    assert not {label for label in labels if label.split(".")[0] in ("auth", "account", "sessions")}
    assert not labels & {f"capability.{name}" for name in ("Update", "Answer", "DraftAnswer", "Submission", "Evidence")}
    assert labels >= {model._meta.label for model in (User, MemberState, Round, Dimension, Law, CsirtStatus)}

"""Joint operations of the world: one under each label. The partner of the cast and Chile are in those between AMBER and
RED; in RED only the officer and the contact are named; `other` is the other partner's, with Jamaica."""

from typing import Any

from common.scope import PROGRAMME, Reach, scope
from common.tlp import Tlp
from csirt_network.models import Alert
from member_states.models import MemberState
from partnerships.actions.operation_parts import keep_action, keep_figure, link_alert
from partnerships.models import Operation, OperationAction, OperationFigure
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.library import a_file
from tests.factories.operations import HASH, make_entry, make_exhibit, make_operation

KINDS = ("operation", "exhibit", "op-person", "op-alert", "op-act", "op-figure")


def make_operations(world: Any) -> dict[str, Operation]:
    own, other = world.partnerships["partners"]["own"], world.partnerships["partners"]["other"]
    chile, jamaica = (MemberState.objects.get(slug=slug) for slug in ("chile", "jamaica"))
    with_chile: dict[str, Any] = {"partners": [own], "states": [chile]}
    contact, watcher = world.people["partner"], world.people["observer"]
    return {
        "clear": _operation(world, CHILE, "PUBLIC", Tlp.CLEAR),
        "green": _operation(world, CHILE, "COMMUNITY", Tlp.GREEN),
        "amber": _operation(world, CHILE, "COMPARTMENT", Tlp.AMBER, named=[watcher], **with_chile),
        "red": _operation(world, CHILE, "SECRET", Tlp.RED, named=[contact], **with_chile),
        "other": _operation(world, JAMAICA, "COMPARTMENT", Tlp.STRICT, partners=[other], states=[jamaica]),
    }


def _operation(world: Any, code: str, kind: str, tlp: str, **facts: Any) -> Operation:
    """What hangs on it is for those inside: of one that others read too, it is the staff's."""
    officer, inside = world.people["officer"], kind if facts else "DESK"
    texts = {name: canary(code, kind, f"operation-{name}") for name in ("title_en", "title_es", "about_en", "about_fr")}
    operation = make_operation(officer, tlp=tlp, **texts, **facts)

    def sing(field: str) -> str:
        return canary(code, inside, f"operation-{field}")

    make_entry(operation, officer, sing("log"))
    make_exhibit(operation, officer, sing("exhibit"), upload=a_file(f"{sing('file')}pdf"))
    asked = {name: sing(name) for name in ("what", "legal_basis", "jurisdiction")}
    with scope(Reach(staff=True, person=officer.pk)):
        keep_action(
            operation=operation, action=OperationAction(kind="domain", asked_on="2026-01-05", **asked), by=officer
        )
        said = canary(code, kind, "operation-said")
        figure = OperationFigure(kind="arrests", number=2, counted_on="2026-01-05", said_by=said)
        keep_figure(operation=operation, figure=figure, by=officer)
        link_alert(operation=operation, alert=world.alerts["community"], by=officer)
    return operation


def operation_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    """The parts of the path for `operation:amber`, `exhibit:amber`, `op-person:amber` and so on."""
    operation = world.operations[which]
    found: dict[str, Any] = {"slug": operation.slug, "verb": "begin"}
    with scope(Reach(staff=True, person=world.people["officer"].pk)):
        if kind == "exhibit":
            found["token"] = operation.exhibits.get().token
        elif kind == "op-person":
            found["pk"] = operation.people.exclude(person=operation.officer_id).get().pk
        elif kind != "operation":
            of = {"op-alert": operation.alerts, "op-act": operation.actions, "op-figure": operation.figures}
            found["pk"] = of[kind].get().pk
    return found


# What the matrix sends ------------------------------------------------------------------------------------------------


def _new(world: Any) -> dict[str, Any]:
    return {"line": "analysis", "tlp": "AMBER", "title_en": "A new one", "officer": world.people["officer"].pk}


def _changed(world: Any) -> dict[str, Any]:
    officer, chile = world.people["officer"].pk, MemberState.objects.get(slug="chile").pk
    partner = world.partnerships["partners"]["own"].pk
    kept = {"partners": [partner], "states": [chile], "is_led_by_oas": "on", "edited": "0"}
    return {"line": "analysis", "title_en": "Another title", "officer": officer, **kept}


def _alert(_: Any) -> dict[str, Any]:
    with scope(PROGRAMME):
        return {"alert": Alert.objects.out().get(tlp=Tlp.CLEAR).pk}


def _action(_: Any) -> dict[str, Any]:
    asked = {"legal_basis": "A court order", "jurisdiction": "Chile", "asked_on": "2026-01-05"}
    return {"kind": "domain", "what": "updates.example", **asked}


def _figure(_: Any) -> dict[str, Any]:
    counted = {"exactness": "exact", "number": "3", "counted_on": "2026-01-05"}
    return {"kind": "arrests", "said_by": "A ministry", **counted}


ONE = "operations/<slug:slug>/"
HANDED = {"from_whom": "A bank", "to_whom": "A court", "handed_at": "2026-01-05T10:00", "why": "For the trial"}
BODIES: dict[str, Any] = {
    "operations/new/": _new,
    f"{ONE}edit/": _changed,
    f"{ONE}move/<slug:verb>/": lambda _: {"reason": ""},
    f"{ONE}label/": lambda _: {"tlp": "AMBER+STRICT"},
    f"{ONE}people/": lambda world: {"whom": world.people["manager"].pk, "reason": "She works on it"},
    f"{ONE}people/<int:pk>/remove/": lambda _: {"reason": "It is over for her"},
    f"{ONE}log/": lambda _: {"happened_at": "2026-01-05T10:00", "text": "It began", "tlp": "AMBER+STRICT"},
    f"{ONE}evidence/": lambda _: {
        "title": "A disk",
        "taken_on": "2026-01-05",
        "sha256": HASH,
        "held_by": "A laboratory",
        "tlp": "AMBER+STRICT",
    },
    f"{ONE}evidence/<uuid:token>/custody/": lambda _: HANDED,
    f"{ONE}alerts/": _alert,
    f"{ONE}alerts/<int:pk>/remove/": lambda _: {},
    f"{ONE}actions/": _action,
    f"{ONE}actions/<int:pk>/": _action,
    f"{ONE}figures/": _figure,
    f"{ONE}figures/<int:pk>/remove/": lambda _: {},
}
OPERATION = {f"{name}_{end}" for name in ("title", "about") for end in ("en", "es", "fr", "pt_br")}
OPERATION |= {"agreement", "lead", "is_led_by_oas", "partners", "states", "starts_on", "ends_on"}
DAYS = {"ordered_on", "done_on", "refused_on"}
ALSO_OFFERED = {
    "operations/new/": OPERATION,
    f"{ONE}edit/": OPERATION | {"reason"},
    f"{ONE}label/": {"reason"},
    f"{ONE}log/": {"key"},
    f"{ONE}evidence/": {"about", "from_whom", "file", "key"},
    f"{ONE}evidence/<uuid:token>/custody/": {"key"},
    f"{ONE}actions/": DAYS,
    f"{ONE}actions/<int:pk>/": DAYS,
}

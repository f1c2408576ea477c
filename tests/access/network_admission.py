"""Applications to the network at each point of their life, of one state; and a day on which it is closed."""

from typing import Any

from accounts.models import User
from common.scope import PROGRAMME, scope
from csirt_network.models import Application, ClosedDay, Team
from tests.factories.accounts import make_person
from tests.factories.admission import make_application

SIGNS = "Carla Contacto"
ASKED = ("consent", "documents", "returned", "decision", "meeting")  # of the national CSIRT


def make_applications(state: Any) -> dict[str, Application]:
    with scope(PROGRAMME):
        national = Team.objects.filter(state=state.state, kind="national").first()
        state.closed_day = ClosedDay.objects.create(state=state.state, day="2026-12-24", name="Closed early")
    by = User.objects.filter(name=SIGNS).first() or make_person(SIGNS)  # who signs is named to every side
    found = {stands: _application(state, by, stands) for stands in ("draft", "contact point")}
    return found | {stands: _application(state, by, stands, consent_of=national) for stands in ASKED}


def _application(state: Any, by: User, stands: str, **facts: Any) -> Application:
    """Of a draft the national CSIRT hears nothing; of the others it will, at the latest when its consent is asked."""
    kind = "SENT" if stands == "draft" else "APPLIED"
    fields = ("host", "head_name", "constituency", "short_name")
    words = {field: state.sing(kind, field)[:40] for field in fields}
    name = f"{state.sing(kind, 'name')} {stands}"
    return make_application(state.state, by, stands=stands, said=state.sing(kind, "said"), name=name, **words | facts)


def arguments_of(state: dict[str, Any], kind: str, which: str) -> dict[str, Any]:
    """The parts of the path: `application:contact-point`, `closed-day`."""
    if kind == "closed-day":
        return {"pk": state["state"].closed_day.pk}
    application = state["applications"][which.replace("-", " ")]
    with scope(PROGRAMME):
        document = application.documents.get().pk
    return {"pk": application.pk, "document": document, "step": which, "letter": "receipt"}

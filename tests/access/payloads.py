"""One valid body for every route that takes one, so that "refused" never hides a check that is missing."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from capability.audiences import fingerprint, sights_after
from capability.workbook.filled import Filled
from common.days import today
from common.scope import reach_of, scope
from csirt_network.admission.steps import CHECKS
from csirt_network.models import Team
from member_states.models import MemberState
from notices.kinds import matters
from tests.access import (
    network_directory,
    network_freshness,
    partner_agreements,
    plan_mandate,
    plan_plans,
    plan_requests,
    plan_training,
)
from tests.access.cast import PASSWORD
from tests.access.correspondence import BODIES as OF_CORRESPONDENCE
from tests.access.exchange_claims import BODIES as OF_CLAIMS
from tests.access.exchange_objects import BODIES as OF_OBJECTS
from tests.access.network_writing import alert, alert_version
from tests.access.partner_contacts import BODIES as OF_PARTNERS
from tests.access.partner_operations import BODIES as OF_OPERATIONS
from tests.access.partner_promises import BODIES as OF_PROMISES
from tests.access.plan_exercises import BODIES as OF_EXERCISES
from tests.access.plan_experts import BODIES as OF_EXPERTS
from tests.access.plan_missions import BODIES as OF_MISSIONS
from tests.access.tables_brought import BODIES as OF_TABLES
from tests.access.world import World
from tests.documents import corpus
from tests.factories.library import a_file

UPDATE = "states/<slug:state>/updates/<slug:round>"
QUESTION = f"{UPDATE}/<slug:section>/<str:question>"
MATURITY = "csirts/<slug:slug>/maturity/"
NEW_PASSWORD = "quite another long phrase"


def activity(_: World) -> dict[str, Any]:
    return {"kind": "course", "title_en": "A new course", "starts_on": "2026-12-07", "precision": "day"}


def participants(_: World) -> dict[str, Any]:
    counted = {"form-0-sector": "private", "form-0-women": "4", "form-0-men": "3"}
    return {"edited": "0", "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", **counted}


def answer(_: World) -> dict[str, Any]:
    return {"do": "leave", "D1-1-revision": "1", "D1-1-stage": "2", "D1-1-text": "New words of a liaison"}


def proof(_: World) -> dict[str, Any]:
    return {"D1-1-link": "https://www.example.org/new-proof"}


def decision(_: World) -> dict[str, Any]:
    return {"verdict": "return", "comment": "Please say since when.", "version": "1"}


def form(world: World) -> dict[str, Any]:
    """What the dry run of a filled-in form leaves in the page, sealed for Chile's draft."""
    filled = Filled(fields={"D1.1": {"stage": "2", "text": "New words from a form"}}, revisions={"D1.1": 1})
    return {"filled": filled.seal(world.update("draft"))}


def nothing_but_the_button(_: World) -> dict[str, Any]:
    return {"key": str(uuid.uuid4())}


def newer(_: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("newer.pdf", corpus.pdf(), "application/pdf")}


def token(_: World) -> dict[str, Any]:
    return {"name": "A program", "scopes": ["read"], "days": "30"}


def review_request(_: World) -> dict[str, Any]:
    return {"reviewer": Team.objects.get(slug="csirt-banks").pk, "message": "Please have a look."}


def mail_choice(_: World) -> dict[str, Any]:
    return dict.fromkeys(matters(), "daily")


def sharing(world: World) -> dict[str, Any]:
    """Confirmed as it was seen."""
    chile, lead = MemberState.objects.get(slug="chile"), world.people["own"]
    with scope(reach_of(lead)):
        return {"sharing": "states", "seen": fingerprint("states", sights_after(chile, "states", lead))}


def round(world: World, year: int = 2028) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "step": "confirm",
        "year": str(year),
        "number": "1",
        "edition": str(world.edition.pk),
        "period_from": str(today - timedelta(days=30)),
        "period_to": str(today),
        "due_on": str(today + timedelta(days=30)),
        "states": [str(pk) for pk in MemberState.objects.values_list("pk", flat=True)],
    }


def extension(_: World) -> dict[str, Any]:
    return {"due_on": str(timezone.localdate() + timedelta(days=40)), "reason": "A new minister takes office."}


def order(world: World) -> dict[str, Any]:
    return {"states": [str(pk) for pk in world.state_ids], "languages": ["en", "es"]}


def schedule(world: World) -> dict[str, Any]:
    timing = {"every": "month", "day": "3", "at": "07:30", "time_zone": "America/New_York"}
    readers = {"to_liaisons": "on", "recipients": [str(world.people["officer"].pk)]}
    return order(world) | timing | readers | {"step": "save"}


def somebody(_: World) -> dict[str, Any]:
    return {"email": "nadia@example.org", "name": "Nadia Nueva", "language": "es"}


def question(_: World) -> dict[str, Any]:
    colleague = {"name": "Elena Colega", "ministry": "Justice", "email": "elena@example.org", "language": "es"}
    return colleague | {"questions": ["D1.1"], "message": "Please", "until": str(timezone.localdate())}


def group(_: World) -> dict[str, Any]:
    return {"name": "Another name", "teams": [str(Team.objects.get(slug="csirt-chile").pk)]}


def sighting(_: World) -> dict[str, Any]:
    return {"kind": "seen", "count": "2", "seen_on": "2026-11-01", **nothing_but_the_button(_)}


def application(_: World) -> dict[str, Any]:
    chile = {"state": MemberState.objects.get(slug="chile").pk, "team": "", "kind": "sector", "language": "es"}
    names = {"name": "CSIRT of the ports", "short_name": "", "host": "", "head_name": "Nadia Nueva"}
    return {"key": str(uuid.uuid4()), "head_email": "nadia@example.org", **chile, **names}


def filled(_: World) -> dict[str, Any]:
    words = {"head_name": "Nadia Nueva", "constituency": "The ports", "language": "es"}
    return {"version": "0", "name": "A team", "kind": "sector", "is_right": "on", "do": "send", **words}


def step(_: World) -> dict[str, Any]:
    """Of each step, on paper or not."""
    paper = {"signatory": "The ambassador", "signed_on": "2026-01-15"}
    return {"verdict": "yes", "statement": "Fine.", "checked": list(CHECKS), **paper}


def working_group(_: World) -> dict[str, Any]:
    return {"name_en": "Another name", "mandate_en": "Another mandate", "starts_on": "2026-01-01"}


def meeting(_: World) -> dict[str, Any]:
    times = {"starts_at": "2027-03-01T14:00", "ends_at": "2027-03-01T15:00"}
    return {"title": "Another meeting", "place": "Santiago", **times}


RULE = {
    "kinds": ["warning"],
    "incidents": ["fraud"],
    "types": ["phishing"],
    "countries": ["CL"],
    "sectors": ["finance"],
    "networks": "198.51.100.0/24",
    "words": "refund",
    "least": "CLEAR",
    "most": "AMBER",
}


PAYLOADS: dict[str, Callable[[World], dict[str, Any]]] = {
    **network_directory.PAYLOADS,
    **network_freshness.PAYLOADS,
    **plan_requests.PAYLOADS,
    **plan_training.PAYLOADS,
    **plan_mandate.PAYLOADS,
    **plan_plans.PAYLOADS,
    **partner_agreements.PAYLOADS,
    "files/<uuid:token>/withdraw/": lambda _: {"reason": "It names people."},
    "files/<uuid:token>/replace/": newer,
    "campaigns/<slug:slug>/edit/": lambda _: {"message": "Another sentence", "edited": "0"},
    "campaigns/<slug:slug>/materials/new/": lambda _: {"kind": "poster", "title_en": "A new poster"},
    "campaigns/<slug:slug>/reach/new/": lambda _: {
        "channel": "web",
        "number": "12",
        "unit": "visits",
        "method": "counted",
        "starts_on": "2026-11-01",
        "ends_on": "2026-11-02",
    },
    "campaigns/<slug:slug>/reach/<int:pk>/remove/": lambda _: {},
    "materials/<int:pk>/publish/": lambda _: {},
    "materials/<int:pk>/withdraw/": lambda _: {},
    "materials/<int:pk>/edit/": lambda _: {"kind": "leaflet", "title_en": "Another title", "edited": "0"},
    "library/new/": lambda _: {"kind": "guide", "title_en": "A new guide"},
    "library/<int:pk>/edit/": lambda _: {"kind": "policy", "title_en": "Another title", "edited": "0"},
    "library/<int:pk>/version/": lambda _: {
        "tlp": "AMBER+STRICT",
        "recipients": ["network"],
        "link_en": "https://www.example.org/second",
    },
    "library/<int:pk>/withdraw/": lambda _: {"because": "It is out of date."},
    "sharing-groups/new/": group,
    "sharing-groups/<slug:slug>/edit/": group,
    "sharing-groups/<slug:slug>/end/": nothing_but_the_button,
    "alerts/<int:pk>/acknowledge/": lambda _: {"answer": "not-affected", "note": "We looked."},
    "alerts/<int:pk>/sightings/": sighting,
    "alerts/<int:pk>/comments/": lambda _: {"text": "We saw it too.", **nothing_but_the_button(_)},
    "alerts/<int:pk>/comments/<int:number>/withdraw/": nothing_but_the_button,
    "alerts/<int:pk>/corrections/propose/": lambda _: {"after": "New", "reason": "x", **nothing_but_the_button(_)},
    "alerts/<int:pk>/corrections/<int:number>/": lambda _: {"verdict": "refuse", "answer": "It is as we say."},
    "working-groups/new/": working_group,
    "working-groups/<slug:slug>/edit/": working_group,
    "working-groups/<slug:slug>/join/": nothing_but_the_button,
    "working-groups/<slug:slug>/leave/": nothing_but_the_button,
    "working-groups/<slug:slug>/meetings/new/": meeting,
    "working-groups/<slug:slug>/meetings/<int:pk>/edit/": meeting,
    "working-groups/<slug:slug>/votes/new/": lambda _: {"title": "A", "text": "B", "last_day": f"{today()}"},
    "working-groups/<slug:slug>/votes/<int:pk>/vote/": lambda _: {"choice": "no"},
    "working-groups/<slug:slug>/votes/<int:pk>/close/": nothing_but_the_button,
    "working-groups/<slug:slug>/papers/new/": lambda _: {"title": "Rules", "tlp": "GREEN", "file": a_file()},
    "alerts/subscriptions/new/": lambda _: {**RULE, "for_whom": "me", "pace": "daily", "step": "save"},
    "alerts/subscriptions/<int:pk>/": lambda _: {**RULE, "pace": "daily", "step": "save"},
    "alerts/subscriptions/<int:pk>/end/": nothing_but_the_button,
    "alerts/mailboxes/new/": lambda _: {"address": "another@example.org", "language": "es"},
    "alerts/mailboxes/<int:pk>/again/": nothing_but_the_button,
    "alerts/mailboxes/<int:pk>/end/": nothing_but_the_button,
    "mailbox/link/<str:token>/": nothing_but_the_button,
    "mailbox/unsubscribe/<str:token>/": lambda _: {"List-Unsubscribe": "One-Click"},
    "alerts/webhooks/new/": lambda _: {**RULE, "name": "Tickets", "url": "https://www.example.org/hook"},
    "alerts/webhooks/<int:pk>/test/": nothing_but_the_button,
    "alerts/webhooks/<int:pk>/resume/": nothing_but_the_button,
    "alerts/webhooks/<int:pk>/end/": nothing_but_the_button,
    "taxii2/network/collections/<str:collection>/objects/": lambda _: {"objects": "[]"},
    "taxii2/<path:rest>": nothing_but_the_button,
    "alerts/feeds/": lambda _: {"name": "A reader", "reads_as": "me"},
    "alerts/feeds/<int:pk>/revoke/": nothing_but_the_button,
    "exchange/tokens/new/": lambda _: {"name": "MISP", "scopes": ["read"], "days": "30"},
    "exchange/tokens/<int:pk>/revoke/": nothing_but_the_button,
    "language/": lambda _: {"language": "es", "next": "/help/"},
    "profile/": lambda _: {"name": "A new name", "language": "fr", "time_zone": "America/Santiago"},
    "profile/shortcuts/": lambda _: {"shortcuts": "off", "next": "/help/"},
    "tour/": lambda _: {"do": "done:help"},
    "profile/mail/": mail_choice,
    "profile/mail/works/": nothing_but_the_button,
    "mail/undelivered/<int:pk>/again/": nothing_but_the_button,
    "mail/addresses/<int:pk>/mark/": lambda _: {"reason": "The mailbox does not exist."},
    "mail/addresses/<int:pk>/works/": nothing_but_the_button,
    "unsubscribe/<str:token>/": lambda _: {"List-Unsubscribe": "One-Click"},
    "people/invite/": lambda _: {"role": "deputy", "state": MemberState.objects.get(slug="chile").pk, **somebody(_)},
    "people/<int:pk>/close/": lambda _: {"go": "yes"},
    "people/<int:pk>/open/": lambda _: {"go": "yes"},
    "people/invitations/<int:pk>/again/": lambda _: {"go": "yes"},
    "people/invitations/<int:pk>/take-back/": lambda _: {"go": "yes"},
    "people/roles/<int:pk>/end/": lambda _: {"reason": "Went to another house."},
    "people/roles/<int:pk>/change/": lambda _: {"role": "observer", "reason": "Went to another desk."},
    "people/liaisons/<int:pk>/end/": lambda _: {"reason": "Went to another ministry."},
    "people/members/<int:pk>/end/": lambda _: {"reason": "Went to another team."},
    "csirts/<slug:slug>/people/invite/": lambda _: {"role": "analyst", **somebody(_)},
    "states/<slug:slug>/people/invite/": somebody,
    "network/closed-days/<slug:state>/": lambda _: {"day": str(timezone.localdate()), "name": "Census"},
    "network/closed-days/<slug:state>/<int:pk>/remove/": nothing_but_the_button,
    "network/applications/open/": application,
    "network/applications/<int:pk>/fill/": filled,
    "network/applications/<int:pk>/write/": nothing_but_the_button,
    "network/applications/<int:pk>/sign/<slug:step>/": step,
    "network/applications/<int:pk>/withdraw/": lambda _: {"statement": "Not this year."},
    "network/applications/<int:pk>/meeting/": lambda _: {"on": str(today()), "do": "held"},
    "invitation/link/<str:token>/": lambda _: {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "people/<int:pk>/second-factor/": lambda _: {"reason": "Known to me, asked by video call."},
    "profile/second-factor/app/": lambda _: {"code": "123456"},
    "profile/second-factor/app/remove/": lambda _: {"go": "yes"},
    "profile/second-factor/codes/": lambda _: {"go": "yes"},
    "profile/second-factor/passkey/": lambda _: {"name": "A key", "credential": "{}"},
    "profile/second-factor/passkey/<int:pk>/remove/": lambda _: {"go": "yes"},
    "profile/sessions/end-others/": nothing_but_the_button,
    "profile/sessions/<int:pk>/end/": nothing_but_the_button,
    "profile/tokens/": token,
    "profile/tokens/<int:pk>/revoke/": nothing_but_the_button,
    "api/v1/alerts/<int:pk>/acknowledge/": lambda _: {"answer": "checking"},
    "api/v1/alerts/<int:pk>/sightings/": sighting,
    "api/v1/updates/<slug:state>/<slug:round>/submit/": nothing_but_the_button,
    "sign-in/": lambda world: {"login": world.people["officer"].email, "password": PASSWORD},
    "sign-in/second-factor/": lambda _: {"code": "123456"},
    "confirm/code/": lambda _: {"code": "123456"},
    "confirm/passkey/": lambda _: {"credential": "{}"},
    "confirm/password/": lambda _: {"password": PASSWORD},
    "sign-in/closed/": lambda _: {
        "email": "stranger@example.org",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    },
    "sign-in/link/<str:token>/": lambda _: {"go": "yes"},
    "sign-out/": lambda _: {"go": "yes"},
    "password/": lambda _: {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "password/first/": lambda _: {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "password/forgotten/": lambda world: {"email": world.people["officer"].email},
    "password/new/<uidb36>-<key>/": lambda _: {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "reports/make/": order,
    "reports/<int:pk>/retry/": nothing_but_the_button,
    "reports/schedules/new/": schedule,
    "reports/schedules/<int:pk>/": schedule,
    "reports/schedules/<int:pk>/pause/": lambda _: {"do": "pause"},
    "rounds/new/": round,
    "rounds/<slug:round>/open/": lambda world: round(world, 2027),
    "rounds/<slug:round>/close/": nothing_but_the_button,
    "rounds/<slug:round>/remind/": lambda _: {"to": "not-sent"},
    "states/<slug:state>/sharing/": sharing,
    f"{UPDATE}/extend/": extension,
    f"{UPDATE}/take-back/": nothing_but_the_button,
    f"{UPDATE}/colleagues/ask/": question,
    f"{UPDATE}/colleagues/<int:pk>/again/": lambda _: {"message": "Once more", "until": str(timezone.localdate())},
    f"{UPDATE}/colleagues/<int:pk>/revoke/": nothing_but_the_button,
    f"{UPDATE}/colleagues/<int:pk>/<str:question>/": lambda _: {"do": "take", "revision": "1"},
    "colleague/link/<str:token>/": nothing_but_the_button,
    "colleague/<int:pk>/": lambda _: {"do": "save", "D1-1-stage": "2", "D1-1-text": "Words of a guest"},
    f"{UPDATE}/<slug:section>/": answer,
    f"{QUESTION}/save/": answer,
    f"{QUESTION}/evidence/": proof,
    f"{UPDATE}/form/": form,
    f"{UPDATE}/send/": nothing_but_the_button,
    f"{UPDATE}/review/unchanged/": nothing_but_the_button,
    f"{UPDATE}/review/return/": nothing_but_the_button,
    f"{UPDATE}/review/accept/": nothing_but_the_button,
    f"{UPDATE}/review/<int:number>/<str:question>/": decision,
    f"{UPDATE}/review/<int:number>/<str:question>/opinion/": lambda world: {"person": world.people["officer"].pk},
    f"{UPDATE}/review/opinions/<int:pk>/": lambda _: {"text": "I think so."},
    f"{UPDATE}/review/notes/": lambda _: {"question": "D1.1", "text": "A note."},
    f"{UPDATE}/review/assign/": lambda world: {"person": world.people["manager"].pk},
    f"{UPDATE}/review/withdraw/": lambda _: {"reason": "It was accepted too early."},
    f"{MATURITY}start/": nothing_but_the_button,
    f"{MATURITY}<int:version>/<slug:quadrant>/": lambda _: {"edited": "0", "H-1-level": "2", "H-1-note": "A note"},
    f"{MATURITY}<int:version>/send/": nothing_but_the_button,
    f"{MATURITY}<int:version>/ask/": lambda _: {
        "reviewer": Team.objects.get(slug="csirt-banks").pk,
        "message": "Hello",
    },
    "network/reviews/<int:pk>/": lambda _: {"O-1-level": "1", "O-1-remark": "A remark"},
    "network/reviews/<int:pk>/answer/": lambda _: {"answer": "yes"},
    "network/reviews/<int:pk>/close/": nothing_but_the_button,
    "network/maturity/profiles/new/": lambda _: {"name_en": "Another", "source": "A study", "O-1": "3"},
    "network/maturity/profiles/<slug:slug>/": lambda _: {"name_en": "Basic", "source": "A study", "O-2": "2"},
    "activities/new/": activity,
    "activities/feeds/": lambda _: {"name": "My phone", "shows": "everything"},
    "activities/feeds/<int:pk>/revoke/": nothing_but_the_button,
    "activities/<slug:slug>/participants/": participants,
    "activities/<slug:slug>/check-list/": lambda _: {"new": "Invitations sent"},
    "activities/<slug:slug>/outputs/": lambda _: {"what": "A draft strategy", "link": "https://www.example.org/draft"},
    "activities/<slug:slug>/outputs/<int:pk>/remove/": nothing_but_the_button,
    "activities/<slug:slug>/files/": lambda _: {"title": "Agenda", "file": a_file("agenda.pdf")},
    "activities/<slug:slug>/files/<uuid:token>/remove/": nothing_but_the_button,
    "activities/<slug:slug>/cost/": lambda _: {"amount": "1200", "currency": "USD"},
    "activities/<slug:slug>/edit/": lambda _: activity(_) | {"edited": "0"},
    "activities/<slug:slug>/move/<slug:verb>/": lambda _: {"reason": "It is too early."},
    "activities/<slug:slug>/audience/": lambda _: {"audience": "public", "confirmed": "public", "edited": "0"},
    "activities/<slug:slug>/outcome/": lambda _: {"outcome": "Forty people certified.", "edited": "0"},
    "alerts/new/": alert,
    "alerts/<int:pk>/edit/": alert,
    "alerts/<int:pk>/ask/": nothing_but_the_button,
    "alerts/<int:pk>/countersign/": lambda _: {"edited": "0"},
    "alerts/<int:pk>/publish/": lambda _: {"edited": "0"},
    "alerts/<int:pk>/hand-over/": nothing_but_the_button,
    "alerts/<int:pk>/give-back/": lambda _: {"reason": "Say which product."},
    "alerts/<int:pk>/version/": alert_version,
    "alerts/<int:pk>/label/": lambda _: {"tlp": "AMBER+STRICT"},
    "alerts/<int:pk>/label/agree/": nothing_but_the_button,
    "alerts/<int:pk>/close/": lambda _: {"closing": "The pages are gone."},
    **OF_MISSIONS,
    **OF_PROMISES,
    **OF_CLAIMS,
    **OF_CORRESPONDENCE,
    **OF_OPERATIONS,
    **OF_EXPERTS,
    **OF_OBJECTS,
    **OF_TABLES,
    **OF_PARTNERS,
    **OF_EXERCISES,
}

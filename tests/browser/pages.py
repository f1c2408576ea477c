"""Every page that people see, and who looks at it; what stands in braces says the sample (sample.py)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """`who` is the name of somebody of the sample; nobody when empty."""

    who: str
    path: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.who or 'anybody'} {self.path}"


def places(who: str, *paths: str) -> list[Place]:
    return [Place(who, path) for path in paths]


MANAGER, OFFICER, OBSERVER, ADMIN = "Marta Modelo", "Ana Ejemplo", "Olivia Specimen", "Ada Placeholder"
PUBLIC = places(
    "",
    "/",
    "/states/",
    "/states/chile/",
    "/states/chile/maturity/",
    "/states/chile/compare/",
    "/states/chile/strategy/",
    "/states/chile/threats/",
    "/states/chile/needs/",
    "/states/nicaragua/",
    "/states/suriname/documents/",
    "/csirts/",
    "/csirts/chile-national/",
    "/sources/",
    "/library/?sim3=P-9",
    "/materials/",
    "/materials/1/",
    "/campaigns/sample-campaign-small-shops/",
    "/search/?q=chile",
    "/help/",
    "/help/answer-an-update/",
    "/help/who-sees-what/",
    "/help/who-may-do-what/",
    "/unsubscribe/{stop}/",
    "/sign-in/",
    "/sign-in/closed/",
    "/invitation/link/{invited}/",
    "/password/forgotten/",
    "/password/forgotten/sent/",
    "/password/new/done/",
)
# These have a twin above or below: one language is enough for them.
MUCH_ALIKE = (
    "/states/nicaragua/",
    "/updates/?status=in-progress",
    "/updates/?status=accepted",
    "/states/colombia/updates/{now}/review/",
    "/reports/{queued}/",
    "/reports/schedules/",
    "/sources/",
    "/help/",
)
STAFF = [
    *places(
        MANAGER,
        "/region/?open=caribbean",
        "/region/?edition=2016&map=maturity",
        "/rounds/",
        "/rounds/new/",
        "/rounds/{now}/",
        "/rounds/{last}/",
        "/rounds/{now}/close/",
        "/people/",
        "/people/invite/",
        "/people/{person}/",
        "/people/{person}/close/",
    ),
    *places(
        OFFICER,
        *MUCH_ALIKE,
        "/states/",
        "/states/chile/",
        "/states/chile/maturity/",
        "/states/chile/compare/?with=jamaica",
        "/states/chile/sharing/",
        "/states/chile/updates/",
        "/states/chile/documents/",
        "/links/",
        "/states/chile/csirt/",
        "/states/chile/strategy/",
        "/states/chile/threats/",
        "/states/chile/requests/",
        "/requests/",
        "/requests/{request}/",
        "/requests/{request}/plan/",
        "/requests/{request}/decline/",
        "/states/chile/needs/",
        "/updates/",
        "/states/jamaica/updates/{now}/review/",
        "/states/chile/updates/{now}/review/",
        "/states/chile/updates/{now}/",
        "/states/chile/updates/{last}/submissions/1/",
        "/states/chile/updates/{last}/history/",
        "/reports/",
        "/reports/make/",
        "/reports/make/?kind=round-progress",
        "/reports/archive/",
        "/reports/{progress}/",
        "/reports/{made}/",
        "/reports/{failed}/",
        "/reports/schedules/new/",
        "/reports/schedules/new/?kind=round-progress",
        "/reports/schedules/{schedule}/",
        "/network/",
        "/network/applications/",
        "/network/applications/{applying}/",
        "/csirts/",
        "/csirts/chile-national/edit/",
        "/csirts/chile-national/edit/2/",
        "/csirts/chile-national/contacts/new/",
        "/csirts/chile-national/keys/new/",
        "/csirts/chile-national/memberships/first/",
        "/csirts/chile-national/history/",
        "/csirts/chile-national/history/2/",
        "/csirts/chile-national/people/",
        "/reports/schedules/new/?kind=network-bulletin",
        "/network/maturity/",
        "/network/maturity/profiles/new/",
        "/network/figures/",
        "/campaigns/sample-campaign-small-shops/edit/",
        "/campaigns/sample-campaign-small-shops/materials/new/",
        "/campaigns/sample-campaign-small-shops/reach/new/",
        "/materials/1/edit/",
        "/library/new/",
        "/library/{item}/",
        "/library/{item}/version/",
        "/library/{item}/withdraw/",
        "/sharing-groups/",
        "/sharing-groups/new/",
        "/working-groups/",
        "/working-groups/new/",
        "/working-groups/malware-in-banks/",
        "/working-groups/malware-in-banks/meetings/new/",
        "/working-groups/malware-in-banks/papers/new/",
        "/working-groups/malware-in-banks/votes/new/",
        "/working-groups/malware-in-banks/votes/{vote}/",
        "/working-groups/malware-in-banks/votes/{result}/",
        "/mail/",
        "/mail/{letter}/",
        "/profile/",
        "/profile/mail/",
        "/profile/tokens/",
        "/profile/second-factor/",
        "/profile/second-factor/app/",
        "/profile/second-factor/passkey/",
        "/profile/sessions/",
        "/password/",
        "/sign-out/",
    ),
    *places(OBSERVER, "/states/jamaica/updates/{now}/review/"),
    *places(
        "Rosa Representante",
        "/csirts/chile-national/maturity/?profile=sample-profile",
        "/csirts/chile-national/maturity/1/",
        "/csirts/chile-national/maturity/1/ask/",
        "/network/maturity/profiles/sample-profile/",
    ),
]
LIAISON = [  # each state at another point of its update: begun, sent, returned, accepted; nothing accepted before
    *places(
        "haiti",
        "/network/applications/open/",
        "/network/applications/{returned}/fill/",
        "/network/closed-days/haiti/",
    ),
    *places(
        "chile",
        "/home/",
        "/requests/new/",
        "/states/chile/updates/{now}/",
        "/states/chile/updates/{now}/csirt/",
        "/states/chile/updates/{now}/strategy/",
        "/states/chile/updates/{now}/threats/",
        "/states/chile/updates/{now}/policy-and-strategy/?open=D1.2",
        "/states/chile/updates/{now}/standards-and-technologies/",
        "/states/chile/updates/{now}/requests/",
        "/states/chile/updates/{now}/form/",
        "/states/chile/updates/{now}/colleagues/",
        "/states/chile/updates/{now}/colleagues/ask/?question=D1.2",
        "/states/chile/updates/{now}/check/",
        "/states/chile/updates/{last}/",
        "/states/chile/sharing/",
        "/states/chile/people/",
        "/states/chile/people/invite/",
        "/states/chile/compare/?with=jamaica&with=brazil",
        "/states/chile/",
        "/states/jamaica/",
        "/profile/",
    ),
    *places("jamaica", "/home/", "/states/jamaica/updates/{now}/", "/states/jamaica/updates/{now}/sent/"),
    *places("haiti", "/home/", "/states/haiti/updates/{now}/", "/states/haiti/updates/{now}/check/"),
    *places("uruguay", "/home/", "/states/uruguay/updates/{now}/", "/reports/", "/reports/{shared}/"),
    *places("bolivia", "/home/", "/states/bolivia/updates/{now}/policy-and-strategy/"),
]
NETWORK = [
    *places(
        "Rosa Representante",
        "/alerts/drafts/",
        "/alerts/new/",
        "/alerts/subscriptions/",
        "/alerts/subscriptions/new/",
        "/alerts/mailboxes/new/",
        "/alerts/webhooks/",
        "/alerts/webhooks/new/",
        "/alerts/webhooks/{webhook}/",
        "/alerts/feeds/",
    ),
    *places("", "/mailbox/link/{mailbox}/", "/mailbox/unsubscribe/{unsubscribe}/"),
]
ADMINISTRATION = places(
    ADMIN,
    "/administration/",
    "/administration/accounts/user/",
    "/administration/accounts/user/{person}/change/",
    "/administration/accounts/user/{person}/history/",
)
REFUSED = [Place("chile", "/region/", 403)]
WITHOUT_ADDRESS = ("404.html", "403_csrf.html", "400.html", "500.html", "503.html")
PLACES = [*PUBLIC, *STAFF, *LIAISON, *NETWORK, *ADMINISTRATION, *REFUSED]
TWINS = {OFFICER: MUCH_ALIKE}
ONE_OF_EACH = [p for p in PLACES if p.who not in (ADMIN, OBSERVER) and p.path not in TWINS.get(p.who, ())]

"""The tasks that have a page of help, and the pages whose "Help" link leads to each (by the names of routes).

A page on which staff do one thing and others another stands with both, and leads each reader to their own.
The text of a task is templates/help/tasks/<slug>.html.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Task:
    slug: str
    title: str | Promise
    pages: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"help/tasks/{self.slug}.html"


@dataclass(frozen=True)
class Group:
    """Tasks of those who do them; what only staff do is listed to staff alone."""

    slug: str
    title: str | Promise
    tasks: tuple[Task, ...]
    only_staff: bool = False


APPLICATION = (
    "network", "network-join", "application-list", "application-open", "application-detail", "application-fill",
    "closed-days",
)  # fmt: skip
SUBSCRIPTIONS = (
    "subscription-list", "subscription-new", "subscription-edit", "mailbox-new", "mailbox-confirm", "mailbox-stop",
    "webhook-list", "webhook-new", "webhook-detail", "feed-list",
)  # fmt: skip
ALERTS = ("alert-list", "alert-detail", "alert-answers", "alert-correct", "alert-correction", "alert-related")
ENTRY = (
    "team-list", "team-detail", "team-edit", "team-chapter", "team-reachability", "team-contact", "team-contact-new",
    "team-key-new", "team-affiliation", "team-history", "team-version", "team-people", "invite-to-team",
)  # fmt: skip
WORKING_GROUPS = (
    "working-group-list", "working-group", "working-group-new", "working-group-edit", "working-group-meeting-new",
    "working-group-meeting-edit", "working-group-paper-new", "proposal", "proposal-new",
)  # fmt: skip
ADVICE = ("recommendation-list", "recommendation-detail")
LIAISONS = Group(
    "liaisons",
    _("For liaisons"),
    (
        Task(
            "answer-an-update", _("Answer an update on a phone"), ("update-current", "update-detail", "update-section")
        ),
        Task("fill-in-the-form", _("Fill in the Excel form without a connection"), ("update-form",)),
        Task(
            "send-and-take-back",
            _("Send an update, and take it back"),
            ("update-check", "update-receipt", "update-take-back"),
        ),
        Task("answer-a-return", _("Answer what came back"), ("home",)),
        Task(
            "ask-a-colleague",
            _("Ask a colleague in a ministry"),
            ("enquiry-list", "enquiry-new", "enquiry-detail"),
        ),
        Task("invite-a-colleague", _("Invite a colleague"), ("colleagues", "invite-colleague")),
        Task("share", _("Choose who sees your answers"), ("state-sharing",)),
        Task(
            "compare",
            _("Compare with earlier years and with the region"),
            ("state-compare", "state-maturity", "state-updates"),
        ),
        Task(
            "ask-for-support",
            _("Ask the programme for support"),
            ("state-requests", "state-needs", "request-list", "request-new", "request-detail"),
        ),
        Task(
            "answer-the-plan",
            _("Answer the country plan"),
            ("plan-own", "plan", "plan-detail", "plan-version", "plan-sign", "plan-agree", "plan-send-back"),
        ),
        Task(
            "nominate",
            _("Nominate people for a course"),
            ("course-list", "course-detail", "course-nominate", "course-nomination"),
        ),
        Task(
            "report-on-a-recommendation",
            _("Report on a recommendation"),
            ("mission-list", "mission-detail", *ADVICE, "recommendation-report"),
        ),
        Task(
            "follow-a-deployment",
            _("Follow how a CSIRT is set up"),
            ("deployment-list", "deployment-detail", "deployment-start", "deployment-team", "deployment-milestone"),
        ),
        Task("apply-to-the-network", _("Apply to the network"), APPLICATION),
        Task("use-a-token", _("Let a program work for you"), ("token-list", "token-revoke", "api")),
    ),
)
TEAMS = Group(
    "teams",
    _("For teams of the network"),
    (
        Task("answer-an-alert", _("Answer an alert"), ALERTS),
        Task("write-an-alert", _("Write an alert"), ("alert-drafts", "alert-new", "alert-edit", "alert-preview")),
        Task("tlp", _("What the TLP labels mean"), ("alert-label",)),
        Task("choose-your-alerts", _("Choose which alerts you are told of"), SUBSCRIPTIONS),
        Task(
            "write-to-a-group",
            _("Write to a sharing group"),
            ("group-list", "group-detail", "group-new", "group-edit"),
        ),
        Task(
            "keep-the-entry-fresh",
            _("Keep the entry of your team fresh"),
            ENTRY,
        ),
        Task(
            "assess-your-team",
            _("Assess your team by SIM3"),
            (
                "maturity",
                "team-maturity",
                "assessment-detail",
                "assessment-fill",
                "review-ask",
                "peer-review",
                "sim3-profile",
                "sim3-profile-new",
            ),
        ),
        Task(
            "take-part-in-a-group",
            _("Take part in a working group, and vote"),
            WORKING_GROUPS,
        ),
        Task("connect-your-tools", _("Connect your tools"), ("exchange", "machine-token-list", "machine-token-new")),
        Task(
            "import-indicators",
            _("Import a list of indicators"),
            ("import-list", "import-new", "import-detail", "object-list", "object-detail"),
        ),
        Task(
            "early-warning",
            _("Be warned of what touches your networks"),
            ("claim-list", "claim-new", "claim-detail", "claim-decide", "warning-list", "warning-detail"),
        ),
        Task(
            "play-an-exercise",
            _("Play an exercise"),
            (
                "exercise-list",
                "exercise-detail",
                "exercise-live",
                "exercise-inject",
                "exercise-hot-wash",
                "exercise-report",
            ),
        ),
    ),
)
PARTNERS = Group(
    "partners",
    _("For partners"),
    (
        Task(
            "report-a-delivery",
            _("Report what was delivered"),
            (
                "partnership",
                "commitment-list",
                "commitment-detail",
                "contribution-list",
                "contribution-detail",
                "delivery-new",
                "delivery-edit",
                "delivery-detail",
            ),
        ),
    ),
)
ANSWERS = ("request-plan", "request-decline", "request-met")
AGREEMENTS = (
    "agreement-list", "agreement-new", "agreement-detail", "agreement-edit", "agreement-amend", "partner-list",
    "partner-new", "partner-detail", "partner-edit", "agreement-amendment", "agreement-move", "agreement-renew",
    "agreement-audience", "agreement-link", "agreement-file-add", "commitment-new", "commitment-edit", "delivery-list",
    "contribution-list", "contribution-new", "contribution-detail", "contribution-edit", "instalment-new",
    "instalment-edit", "allocation-new", "allocation-edit", "rate-list",
)  # fmt: skip
ACTIVITIES = (
    "activity-list", "activity-calendar", "activity-new", "activity-detail", "activity-edit", "activity-move",
    "activity-audience", "activity-participants", "activity-outcome", "activity-output", "activity-cost",
    "activity-file-add", "instrument-link", "campaign-detail", "campaign-edit", "reach-new", "material-list",
    "material-new", "material-detail", "material-edit",
)  # fmt: skip
COURSES = (
    "course-list", "course-detail", "course-edit", "course-session-new", "course-session-edit",
    "course-selection", "course-attendance", "course-attendance-session", "course-evaluations", "course-certificates",
    "course-certificate-revoke",
)  # fmt: skip
MISSIONS = (
    "mission-list", "mission-new", "mission-detail", "mission-edit", "mission-team", "mission-findings", *ADVICE,
    "recommendation-new", "recommendation-edit",
)  # fmt: skip
EXERCISES = (
    "exercise-list", "exercise-new", "exercise-detail", "exercise-edit", "exercise-people", "exercise-inject-new",
    "exercise-inject-edit", "exercise-inject-scores", "exercise-recommend", "exercise-report", "exercise-report-edit",
)  # fmt: skip
EXPERTISE = (
    "expertise-list", "expertise-new", "expertise-detail", "expertise-evaluate", "expert-list", "expert-new",
    "expert-detail", "expert-edit",
)  # fmt: skip
NOTES = (
    "note-list", "note-purposes", "note-new", "note-drafts", "note-detail", "note-edit", "note-hand-over",
    "note-cancel",
)  # fmt: skip
OPERATIONS = (
    "operation-list", "operation-new", "operation-detail", "operation-edit", "operation-move", "operation-label",
    "operation-name", "operation-unname", "operation-log", "operation-exhibit-new", "operation-custody",
    "operation-alert-add", "operation-action-new", "operation-action-edit", "operation-figure-new",
)  # fmt: skip
PLANS = (
    "plan-list", "plan", "plan-new", "plan-detail", "plan-period", "plan-line", "plan-offer", "plan-version",
    "plan-take-back", "plan-start", "plan-amend", "plan-drop", "plan-close",
)  # fmt: skip
STAFF = Group(
    "staff",
    _("For the programme’s staff"),
    (
        Task("open-a-round", _("Open a round"), ("round-list", "round-new", "round-open", "round-close")),
        Task("review", _("Review an update by keyboard"), ("update-inbox", "update-review")),
        Task("second-opinion", _("Ask for a second opinion"), ("opinion-ask", "opinion-give")),
        Task("give-more-time", _("Give a state more time"), ("update-extend",)),
        Task("remind", _("Remind states of what is due"), ("round-detail", "round-remind", "round-timeliness")),
        Task("withdraw-an-acceptance", _("Withdraw an acceptance"), ("acceptance-withdraw", "submission-detail")),
        Task(
            "schedule-a-report",
            _("Schedule a report"),
            ("run-list", "run-make", "run-detail", "run-archive", "schedule-list", "schedule-new", "schedule-detail"),
        ),
        Task("find-documents", _("Find documents"), ("state-documents", "link-list")),
        Task("invite-somebody", _("Invite somebody"), ("invite", "people", "invitation-again")),
        Task(
            "end-a-membership",
            _("End a membership"),
            (
                "person",
                "role-end",
                "role-change",
                "liaison-end",
                "member-end",
                "contact-end",
                "account-close",
                "second-factor-reset",
            ),
        ),
        Task("publish-for-a-team", _("Publish an alert for a team"), ("alert-version", "alert-close")),
        Task("admit-a-team", _("Admit a team to the network"), ("application-list", "application-detail")),
        Task(
            "look-after-entries",
            _("Look after the entries of teams"),
            ("freshness", "drill-new", "drill-detail", "drill-phone"),
        ),
        Task(
            "run-an-exercise",
            _("Run an exercise"),
            EXERCISES,
        ),
        Task("keep-agreements", _("Keep agreements"), AGREEMENTS),
        Task("answer-a-request", _("Answer a request for support"), ("request-list", "request-detail", *ANSWERS)),
        Task(
            "write-a-plan",
            _("Write a country plan"),
            PLANS,
        ),
        Task("plan-an-activity", _("Plan an activity"), ACTIVITIES),
        Task("run-a-course", _("Run a course"), COURSES),
        Task("run-a-mission", _("Run a mission, and follow its recommendations"), MISSIONS),
        Task(
            "place-an-expert",
            _("Find an expert for a state"),
            EXPERTISE,
        ),
        Task(
            "run-an-operation",
            _("Keep a joint operation"),
            OPERATIONS,
        ),
        Task(
            "write-to-a-mission",
            _("Write to a Permanent Mission"),
            NOTES,
        ),
        Task(
            "match-a-reply",
            _("Match a reply"),
            (
                "note-scans",
                "note-scan-match",
                "note-scan-aside",
                "note-reply",
                "note-reply-correct",
                "note-sign-plan",
                "note-nominate",
            ),
        ),
        Task(
            "keep-points-of-contact",
            _("Keep the points of contact"),
            ("point-list", "contact-points", "point-new", "point-edit", "point-confirm", "point-end"),
        ),
        Task("region-at-a-glance", _("Make the region at a glance"), ("region-moves",)),
        Task("bring-in-a-table", _("Bring in a table"), ("sheets", "sheet-new", "sheet-detail")),
        Task("undelivered-mail", _("Look after mail that did not arrive"), ("mail-undelivered", "address-mark")),
        Task("administer", _("Keep people and reference data"), ("admin:index",)),
    ),
    only_staff=True,
)
SIGN_IN = (
    "account_login", "account_logout", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_set_password",
    "account_change_password", "account_reauthenticate", "account_signup", "sign-in-link", "invitation",
    "mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "mfa_deactivate_totp", "passkey-remove", "recovery-codes",
    "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "session-list",
)  # fmt: skip
EVERYBODY = Group(
    "everybody",
    _("For everybody"),
    (
        Task("sign-in", _("Sign in"), SIGN_IN),
        Task("language-and-time-zone", _("Choose your language and time zone"), ("profile",)),
        Task("choose-your-mail", _("Choose your mail"), ("mail-preferences", "mail-stop")),
        Task("my-turn", _("See what waits for you"), ("my-turn",)),
        Task(
            "use-the-library",
            _("Use the library"),
            (
                "library",
                "library-item",
                "library-new",
                "library-edit",
                "library-version",
                "library-withdraw",
                "material-list",
                "material-detail",
            ),
        ),
        Task(
            "find-a-state",
            _("Find a state, an update or a document"),
            ("search", "state-list", "source-list", "instrument-list", "instrument-detail"),
        ),
        Task(
            "stages",
            _("What the stages and figures mean"),
            ("region", "state-detail", "state-csirt", "state-threats", "state-strategy", "front"),
        ),
        Task("why-a-figure-changed", _("Find out why a figure changed"), ("state-over-time", "region-over-time")),
        Task("who-sees-what", _("Who sees what, and who may do what"), ("update-history",)),
    ),
)
GROUPS = (LIAISONS, TEAMS, PARTNERS, STAFF, EVERYBODY)
TASKS = {task.slug: task for group in GROUPS for task in group.tasks}
OF_STAFF = {page: task for task in STAFF.tasks for page in task.pages}
OF_PAGE = {page: task for group in GROUPS if not group.only_staff for task in group.tasks for page in task.pages}

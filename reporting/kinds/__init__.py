"""The kinds of report. A further one is a module here, a line below and a choice of ``reporting.models.Kind``."""

from reporting.kinds.activities_calendar import ACTIVITIES_CALENDAR
from reporting.kinds.agreement_report import AGREEMENT_REPORT
from reporting.kinds.country_brief import COUNTRY_BRIEF
from reporting.kinds.kind import ReadyMade, ReportKind, Subject
from reporting.kinds.network_bulletin import NETWORK_BULLETIN
from reporting.kinds.region_at_a_glance import REGION_AT_A_GLANCE
from reporting.kinds.round_progress import ROUND_PROGRESS

EVERY = (
    COUNTRY_BRIEF, ROUND_PROGRESS, NETWORK_BULLETIN, ACTIVITIES_CALENDAR, AGREEMENT_REPORT, REGION_AT_A_GLANCE,
)  # fmt: skip
KINDS: dict[str, ReportKind] = {kind.code: kind for kind in EVERY}
BY_SLUG: dict[str, ReportKind] = {kind.slug: kind for kind in KINDS.values()}
READY_MADE: dict[str, tuple[ReportKind, ReadyMade]] = {
    offer.key: (kind, offer) for kind in KINDS.values() for offer in kind.ready_made
}

__all__ = ["BY_SLUG", "KINDS", "READY_MADE", "ReadyMade", "ReportKind", "Subject"]

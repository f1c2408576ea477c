"""The fixed words of a progress report, for every format, in the active language."""

from django.utils.translation import gettext


def words() -> dict[str, str]:
    return {
        "brand": gettext("OAS Cyber"),
        "report": gettext("Progress of a round"),
        "programme": gettext("Cyber Security Program, CICTE"),
        "sample": gettext("Sample figures"),
        "sub_region": gettext("Sub-region"),
        "by_region": gettext("By sub-region"),
        "invited": gettext("Invited"),
        "sent": gettext("Sent"),
        "share": gettext("Sent, in percent"),
        "on_time": gettext("On time"),
        "late": gettext("Late"),
        "missing": gettext("Missing"),
        "not_due": gettext("Not due yet"),
        "accepted": gettext("Accepted"),
        "in_review": gettext("In review"),
        "returned": gettext("Returned"),
        "in_progress": gettext("In progress"),
        "not_started": gettext("Not started"),
        "waits": gettext("What waits for whom"),
        "for_programme": gettext("For the programme’s review"),
        "for_states": gettext("For the states"),
        "nothing_waits": gettext("Nothing waits."),
        "extensions": gettext("More time given"),
        "no_extensions": gettext("No state has been given more time."),
        "changes": gettext("What has changed"),
        "states": gettext("State by state"),
        "state": gettext("Member state"),
        "status": gettext("Status"),
        "in_time": gettext("In time"),
        "due": gettext("Due"),
        "waits_for": gettext("Waits for"),
        "days": gettext("Days"),
        "reminded": gettext("Last reminder"),
        "answered": gettext("Answered"),
    }

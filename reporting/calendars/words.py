"""The fixed words of a calendar, for every format, in the active language."""

from django.utils.translation import gettext


def words() -> dict[str, str]:
    return {
        "brand": gettext("OAS Cyber"),
        "report": gettext("Activities calendar"),
        "programme": gettext("Cyber Security Program, CICTE"),
        "sample": gettext("Sample figures"),
        "when": gettext("When"),
        "activity": gettext("Activity"),
        "where": gettext("Where, and for whom"),
        "status": gettext("Status"),
        "month": gettext("Month"),
        "first_day": gettext("First day"),
        "last_day": gettext("Last day"),
        "hours": gettext("Hours"),
        "kind": gettext("Kind"),
        "point": gettext("Point"),
        "title": gettext("Title"),
        "place": gettext("Place"),
        "online": gettext("Online"),
        "states": gettext("States"),
        "reference": gettext("Reference"),
        "link": gettext("Link"),
        "sources": gettext("Sources"),
        "none": gettext("No activity is known in these months."),
    }

"""The fixed words of a brief, for every format, in the active language. The PDF's template holds none of its own."""

from django.utils.translation import gettext


def words() -> dict[str, str]:
    return {
        "brand": gettext("OAS Cyber"),
        "brief": gettext("Country brief"),
        "programme": gettext("Cyber Security Program, CICTE"),
        "sample": gettext("Sample figures"),
        "objectives": gettext("The first two objectives"),
        "dimensions": gettext("Maturity by dimension"),
        "dimension": gettext("Dimension"),
        "average": gettext("Average, scale 1 to 5"),
        "now": gettext("Now"),
        "before": gettext("Before"),
        "region": gettext("Region"),
        "up": gettext("What moved up"),
        "down": gettext("What moved down"),
        "threats": gettext("Threat picture"),
        "threat": gettext("Threat"),
        "level": gettext("Level"),
        "trend": gettext("Trend"),
        "no_threats": gettext("No threat picture has been reported yet."),
        "requests": gettext("Requests for support"),
        "no_requests": gettext("No support has been asked for."),
        "factors": gettext("Every factor"),
        "factor": gettext("Factor"),
        "stage": gettext("Stage"),
        "sources": gettext("Sources"),
        "withheld": gettext("Withheld"),
        "no_data": gettext("No data"),
    }

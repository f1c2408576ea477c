"""The fixed words of the report, for every format, in the active language."""

from django.utils.translation import gettext


def words() -> dict[str, str]:
    return {
        "brand": gettext("OAS Cyber"),
        "report": gettext("Region at a glance"),
        "programme": gettext("Cyber Security Program, CICTE"),
        "for_whom": gettext("For the Permanent Council of the Organization of American States"),
        "quarter": gettext("Quarter"),
        "made_on": gettext("Made on"),
        "in_short": gettext("In short"),
        "contents": gettext("Contents"),
        "sample": gettext("Sample figures"),
        "withheld": gettext("Withheld"),
        "factor": gettext("Factor"),
        "cautions": gettext("Sources and cautions"),
        "sources": gettext("Sources"),
    }

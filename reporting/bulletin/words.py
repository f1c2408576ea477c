"""The fixed words of a bulletin, for every format, in the active language."""

from django.utils.translation import gettext


def words() -> dict[str, str]:
    return {
        "brand": gettext("OAS Cyber"),
        "report": gettext("Network bulletin"),
        "programme": gettext("Cyber Security Program, CICTE"),
        "sample": gettext("Sample figures"),
        "alerts": gettext("Alerts"),
        "no_alerts": gettext("No alert was published under TLP:CLEAR or TLP:GREEN."),
        "code": gettext("Number"),
        "label": gettext("Label"),
        "kind": gettext("Kind"),
        "title": gettext("Title"),
        "whence": gettext("From"),
        "published": gettext("Published on"),
        "classes": gettext("By incident class (RSIT)"),
        "class": gettext("Class"),
        "number": gettext("Alerts"),
        "answers": gettext("How soon teams answer"),
        "items": gettext("New in the library"),
        "no_items": gettext("Nothing new came into the library."),
        "version": gettext("Version"),
        "joined": gettext("New in the network"),
        "nobody_joined": gettext("No team joined."),
        "team": gettext("Team"),
        "state": gettext("Member state"),
        "since": gettext("Since"),
    }

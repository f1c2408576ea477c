"""The programme's five objectives and seven points, in their fixed order (the programme's "About us" page)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Objective(IntegerChoices):
    CSIRTS = 1, _("CSIRTs established in all member states")
    STRATEGIES = 2, _("National cyber security strategies adopted")
    NETWORK = 3, _("A hemispheric network of CSIRTs that exchanges information and best practices")
    DIALOGUE = 4, _("Civil society, public sector, private sector and end users included in the dialogue")
    TIES = 5, _("Ties with other organisations, in the region and beyond")


class Point(IntegerChoices):
    STRATEGY = 1, _("National cyber security strategy development")
    TRAINING = 2, _("Cyber security training")
    CSIRT = 3, _("CSIRT development and hemispheric network")
    EXERCISES = 4, _("Crisis management exercises")
    AWARENESS = 5, _("Awareness raising")
    MISSIONS = 6, _("Technical assistance missions")
    EXPERTISE = 7, _("Access to cyber security expertise")


class Sector(TextChoices):
    """Who is to be included in the dialogue: the four of objective 4, and academia."""

    PUBLIC = "public", _("Public sector")
    PRIVATE = "private", _("Private sector")
    CIVIL_SOCIETY = "civil society", _("Civil society")
    END_USERS = "end users", _("End users")
    ACADEMIA = "academia", _("Academia")

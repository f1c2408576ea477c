"""What every item under a TLP label has in common: the label, its audience, and the wall that reads them.

The same policy stands twice, apart: here as SQL for the database, in `csirt_network/querysets/labelled.py` for the
portal. Tests compare the two, and every channel with them.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tlp import UNLABELLED, Pap, Tlp
from csirt_network.models.audiences import OWN_AUDIENCE, Audience

READ_BY = "audience_id IN (SELECT sent.audience_id FROM csirt_network_reader sent WHERE sent.{})"
NAMED = READ_BY.format("person_id = {person}")
IS_OUT = "published_at IS NOT NULL"
IS_MINE = f"{OWN_AUDIENCE} AND (tlp <> 'RED' OR author_id = {{person}})"
LABEL_LETS_READ = f"""(
    tlp = 'CLEAR'
    OR (tlp = 'GREEN' AND {{community}})
    OR (tlp IN ('GREEN', 'AMBER', 'AMBER+STRICT') AND {READ_BY.format("team_id = ANY ({teams})")})
    OR (tlp IN ('GREEN', 'AMBER') AND {READ_BY.format("team_id = ANY ({patrons})")})
    OR {NAMED})"""
READ = f"({IS_OUT} AND {LABEL_LETS_READ}) OR ({IS_MINE})"
WRITE = f"({IS_MINE}) AND (published_at IS NULL OR from_team_id = ANY ({{teams}}))"
# TLP binds the programme's staff too: they read what is for the community, and what was given to the programme.
STAFF_READ = f"""{READ} OR ({IS_OUT} AND tlp = 'GREEN')
    OR (with_programme AND (tlp <> 'RED' OR author_id = {{person}}))"""
STAFF_WRITE = f"with_programme AND (tlp <> 'RED' OR author_id = {{person}} OR {NAMED})"


class Labelled(models.Model):
    """An item under a label. It is out once `published_at` is set; before, only its author's team works on it.

    `with_programme`: the programme wrote it, or it was given to the programme to read or to publish.
    `from_team` is whom readers are told it comes from: empty when the programme publishes it with the source hidden,
    which `audience.origin` then keeps for the origin and the programme. What is out is changed by whom it comes from.
    """

    tlp = models.CharField("TLP", max_length=12, choices=Tlp.choices, default=UNLABELLED)
    pap = models.CharField("PAP", max_length=6, choices=Pap.choices, default=Pap.AMBER)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+", verbose_name=_("audience"))
    from_team = models.ForeignKey(
        "csirt_network.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from")
    )
    with_programme = models.BooleanField(_("given to the programme"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    class Meta:
        abstract = True

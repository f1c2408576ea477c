"""When an audience is wider than usual, so that a second person must look (docs/decisions/0023)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.tlp import Tlp
from csirt_network.actions.audiences import Readers
from csirt_network.models import Reader, Team

MANY_TEAMS = 10
WITHIN = timedelta(days=90)


def wider_than_usual(*, origin: Team | None, tlp: str, readers: Readers) -> list[str]:
    """The reasons why it is, as sentences; none when it is not.

    What nobody but the persons named may read, nobody else can look at: TLP:RED is never held up.
    """
    return [] if tlp == Tlp.RED else list(_reasons(origin, tlp, readers))


def _reasons(origin: Team | None, tlp: str, readers: Readers) -> Iterator[str]:
    count, most = len(readers.teams), _most_of_late(origin)
    if tlp == Tlp.CLEAR:
        yield _("Under TLP:CLEAR everybody can read it.")
    if tlp == Tlp.GREEN:
        yield _("Under TLP:GREEN the whole community of the network can read it.")
    if count > MANY_TEAMS:
        text = ngettext("It goes to %(count)d team.", "It goes to %(count)d teams.", count)
        yield text % {"count": count}
    elif most and count > most:
        text = ngettext(
            "It goes to more teams than anything sent from there in the last 90 days: %(most)d team at most.",
            "It goes to more teams than anything sent from there in the last 90 days: %(most)d teams at most.",
            most,
        )
        yield text % {"most": most}
    if origin and _leaves_sub_region(origin, readers):
        yield _("It goes beyond the sub-region of the team it comes from.")


def _most_of_late(origin: Team | None) -> int:
    """How many teams the widest audience of the last 90 days had; 0 when there was none."""
    sent = Reader.objects.filter(
        audience__origin=origin, audience__settled_at__gte=timezone.now() - WITHIN, team__isnull=False
    )
    counts = sent.order_by().values("audience").annotate(teams=Count("team")).values_list("teams", flat=True)
    return max(counts, default=0)


def _leaves_sub_region(origin: Team, readers: Readers) -> bool:
    others = Team.objects.filter(pk__in=readers.teams).exclude(state__sub_region=origin.state.sub_region)
    return others.exists()

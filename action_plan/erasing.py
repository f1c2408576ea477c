"""What people are remembered by goes when nobody needs it any more (docs/decisions/0029); their rows stay, and add up.

The row itself is the order to erase: what is due is found anew each time, and `erased_at` or `left_at` says it is done.
"""

from django.utils import timezone

from action_plan.actions.experts import leave
from action_plan.models import Expert, Nomination
from common.days import today
from common.scope import PROGRAMME, scope

PERSONAL = ("name", "email", "institution", "why", "because")


def erase_nominees() -> int:
    """Answers how many there were. State, sector and gender stay: the figures of the activity are counted from them."""
    nothing = dict.fromkeys(PERSONAL, "")
    with scope(PROGRAMME, page="worker"):
        due = Nomination.objects.kept().past_keeping(today())
        return Nomination.objects.filter(pk__in=due.values("pk")).update(**nothing, erased_at=timezone.now())


def erase_experts() -> int:
    """Those who never said that they wish to be on the roster, as if they had left it."""
    with scope(PROGRAMME, page="worker"):
        silent = list(Expert.objects.never_answered(today()))
    for expert in silent:
        leave(expert=expert)
    return len(silent)

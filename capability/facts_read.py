"""The facts of a state that sources are read for, and where this app names links."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from capability.models import CsirtStatus, Evidence, StrategyStatus
from documents import links, readings
from member_states.models import MemberState


def register() -> None:
    readings.name_fact("membership.count", _("How many independent states there are in the Americas"))
    readings.name_fact("membership.withdrawal", _("Whether the state left the organisation"))
    readings.name_fact("csirt.status", _("Whether there is a national CSIRT"))
    readings.name_fact("csirt.established", _("When the national CSIRT was established"))
    readings.name_fact("strategy.in-force", _("Whether a national strategy is adopted"))
    readings.name_fact("strategy.adopted", _("When the national strategy was adopted"))
    readings.name_fact("index.gci-2024", _("Score of the Global Cybersecurity Index 2024"))
    readings.name_states(names_of_states)
    links.also(sent_links)
    links.also(links_of_facts)


def names_of_states(pks: set[int]) -> dict[int, str]:
    return {pk: state.name for pk, state in MemberState.objects.in_bulk(pks).items()}


def sent_links() -> links.Named:
    """Private to the state. Drafts are nobody's business."""
    return Evidence.objects.exclude(link="").values_list("link", "state_id").distinct()


def links_of_facts() -> links.Named:
    for model, link in ((CsirtStatus, "website"), (StrategyStatus, "link")):
        known = model.objects.filter(is_current=True).exclude(**{link: ""})
        for url, state, audience in known.values_list(F(link), "state_id", "audience"):
            yield url, None if audience == "public" else state

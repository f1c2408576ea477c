"""The sentences of a brief. Each stands alone and names no state, so that it reads well in every language."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from capability.models import CsirtStatus, StrategyStatus
from capability.models.facts import Fact
from capability.regional import STRATEGY_UNDER_WAY, Figures
from reporting.briefs.dates import partial_date
from reporting.briefs.known import Known

Csirt, Step = CsirtStatus.Status, StrategyStatus.Step


def lead_of(known: Known, moved_up: int, rated: int) -> str:
    return " ".join((csirt_sentence(known.csirt), strategy_sentence(known.strategy), _movement(known, moved_up, rated)))


def csirt_sentence(csirt: CsirtStatus | None) -> str:
    sentences = {
        Csirt.OPERATIONAL: gettext("The national CSIRT is operational."),
        Csirt.SETTING_UP: gettext("A national CSIRT is being set up."),
        Csirt.PLANNED: gettext("A national CSIRT is planned."),
        Csirt.NONE: gettext("There is no national CSIRT yet."),
        Csirt.UNKNOWN: gettext("Whether there is a national CSIRT is not known."),
    }
    return sentences[Csirt(csirt.status) if csirt else Csirt.UNKNOWN]


def strategy_sentence(strategy: StrategyStatus | None) -> str:
    if strategy is None or (strategy.step == Step.UNKNOWN and not strategy.in_force):
        return gettext("Whether there is a national cyber security strategy is not known.")
    if strategy.in_force:
        return gettext("A national cyber security strategy is adopted and in force.")
    if strategy.step in STRATEGY_UNDER_WAY:
        return gettext("A national cyber security strategy is in preparation.")
    if strategy.step == Step.NONE:
        return gettext("There is no national cyber security strategy yet.")
    return gettext("A national cyber security strategy was adopted; it is not known to be in force.")


def _movement(known: Known, moved_up: int, rated: int) -> str:
    if not known.updates:
        if known.now:
            return gettext("No update has been accepted yet: the stages are read from the levels published in 2016.")
        return gettext("No update has been accepted yet, and no levels were published in 2016.")
    if len(known.updates) == 1:
        return gettext("The last accepted update is the first of its edition; the levels of 2016 stand beside it.")
    if not moved_up:
        return gettext("No factor moved up in the last accepted update.")
    words = ngettext(
        "%(n)s of %(of)s factors moved up in the last accepted update.",
        "%(n)s of %(of)s factors moved up in the last accepted update.",
        moved_up,
    )
    return words % {"n": moved_up, "of": rated}


def situation(known: Known, made_on: str) -> str:
    if not known.updates:
        return gettext("Situation on %(date)s. No update has been accepted yet.") % {"date": made_on}
    accepted = localtime(known.updates[0].accepted_at)
    words = {"date": made_on, "update": known.updates[0].round, "accepted": date_format(accepted)}
    return gettext("Situation on %(date)s. %(update)s, accepted on %(accepted)s.") % words


def standing(fact: Fact | None) -> str:
    if fact is None:
        return ""
    if fact.is_confirmed:
        return gettext("Confirmed by the state, %(date)s") % {"date": partial_date(fact.as_of)}
    if not fact.as_of:
        return gettext("Reported by a source, not yet confirmed by the state")
    words = gettext("Reported as of %(date)s, not yet confirmed by the state")
    return words % {"date": partial_date(fact.as_of)}


def csirt_detail(csirt: CsirtStatus | None) -> str:
    if csirt is None:
        return ""
    name = csirt.short_name or csirt.name
    if name and csirt.host:
        return gettext("%(team)s, hosted by %(host)s") % {"team": name, "host": csirt.host}
    return name or csirt.host


def strategy_detail(strategy: StrategyStatus | None) -> str:
    if strategy is None or not strategy.title:
        return ""
    if strategy.adopted:
        words = {"title": strategy.title, "date": partial_date(strategy.adopted)}
        on_a_day = strategy.adopted.count("-") == 2
        adopted = gettext("%(title)s, adopted on %(date)s") if on_a_day else gettext("%(title)s, adopted in %(date)s")
        return adopted % words
    return strategy.title


def strategy_status(strategy: StrategyStatus | None) -> str:
    if strategy is None:
        return str(Step.UNKNOWN.label)
    return gettext("Adopted and in force") if strategy.in_force else strategy.get_step_display()


def crossed_note(edition: int) -> str:
    words = gettext("* Read from the levels published in 2016, through the crosswalk to the edition of %(year)s.")
    return words % {"year": edition}


def arithmetic_note() -> str:
    return gettext(
        "A factor’s stage is the lower median of what is rated in it; a dimension’s figure is the mean of its factors."
    )


def region_note(region: Figures) -> str:
    words = ngettext(
        "Region: median, and mean for dimensions, of %(n)s state, over rounds that are closed; "
        "%(crossed)s by the levels of 2016 alone. Figures of fewer than five states are withheld.",
        "Region: median, and mean for dimensions, of %(n)s states, over rounds that are closed; "
        "%(crossed)s by the levels of 2016 alone. Figures of fewer than five states are withheld.",
        region.states,
    )
    return words % {"n": region.states, "crossed": region.crossed}

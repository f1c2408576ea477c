"""From what is known of the region to what its report says, in one language."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from reporting.briefs.label import LABELS
from reporting.glance import region, support
from reporting.glance.facts import RegionFacts
from reporting.glance.maturity import maturity
from reporting.glance.moved import moved
from reporting.glance.report import RegionReport

LABEL = LABELS["states"]


def worded(facts: RegionFacts, language: str) -> RegionReport:
    with translation.override(language):
        return _worded(facts, language)


def _worded(facts: RegionFacts, language: str) -> RegionReport:
    when = date_format(timezone.localtime(facts.as_of), "DATETIME_FORMAT")
    zone = timezone.get_current_timezone_name().replace("_", " ")
    return RegionReport(
        language=language,
        quarter=facts.quarter.in_words,
        label=LABEL,
        audience=gettext("For the member states. Share it with peers and partners, never in public."),
        held=gettext(
            "It is made for the Permanent Council and holds only what every member state may read of the others: what "
            "states share with all, figures of at least five states, and what is published. Nothing that a state "
            "shares with the programme alone is in it."
        ),
        made_on=timezone.localdate(facts.as_of),
        situation=gettext("As of %(moment)s (%(zone)s).") % {"moment": when, "zone": zone},
        lead=_lead(facts),
        sections=(
            moved(facts),
            region.five_objectives(facts),
            *region.maps(facts),
            support.seven_points(facts),
            support.people(facts),
            maturity(facts),
            support.activities(facts),
            support.agreements(facts),
            region.network(facts),
        ),
        notes=_notes(facts),
        sources=_sources(facts),
        source=gettext("Source: the programme’s portal, as of %(when)s.") % {"when": when},
        is_sample=settings.TRIAL,
    )


def _lead(facts: RegionFacts) -> str:
    done, quarter = facts.work.done, {"quarter": facts.quarter.in_words}
    activities = ngettext(
        "In the quarter %(quarter)s, %(n)s activity was done.",
        "In the quarter %(quarter)s, %(n)s activities were done.",
        done.number,
    )
    states = ngettext("They reached %(n)s member state.", "They reached %(n)s member states.", len(done.states))
    people = ngettext("%(n)s person took part.", "%(n)s people took part.", done.participants)
    teams = ngettext(
        "Today %(n)s of %(of)s member states has a team in the hemispheric network.",
        "Today %(n)s of %(of)s member states have a team in the hemispheric network.",
        facts.connected.states,
    )
    counts = (
        (activities, done.number), (states, len(done.states)), (people, done.participants),
        (teams, facts.connected.states),
    )  # fmt: skip
    said = counts if done.number else (counts[0], counts[3])
    return " ".join(words % {"n": n, "of": len(facts.states), **quarter} for words, n in said)


def _notes(facts: RegionFacts) -> tuple[str, ...]:
    notes = [
        gettext("A figure of fewer than five states, or of fewer than five alerts or teams, is withheld."),
        gettext(
            "CSIRT, strategy and maturity count published facts and updates of rounds that are over; what a round "
            "that is still open brought in comes with the report after it."
        ),
        gettext(
            "The maps and the table of states show state by state what each shares with all others. The figures "
            "count states that do not share as well, so that the two may differ."
        ),
        gettext("A median is the lower middle of the states. Sub-regions have medians alone."),
        gettext("An activity counts in the quarter of its last day. Somebody who took part in two counts twice."),
        gettext("What moved after an activity has not moved because of it: order is not cause."),
        gettext("Alerts are those under TLP:CLEAR, which everybody may read. Exercises are left out."),
        gettext("Different currencies are not added to one another."),
    ]
    if crossed := facts.maturity.region.crossed:
        words = ngettext(
            "%(n)s state of %(of)s is counted by its levels of 2016 alone.",
            "%(n)s states of %(of)s are counted by their levels of 2016 alone.",
            crossed,
        )
        notes.append(words % {"n": crossed, "of": facts.maturity.region.states})
    if facts.work.is_cut:
        notes.append(gettext("Only the first activities are named; all are in the portal."))
    return tuple(notes)


def _sources(facts: RegionFacts) -> tuple[str, ...]:
    """The publications that facts were taken from, each once, with the caution that goes with it."""
    edition = facts.maturity.edition
    things = (*facts.work.activities, *facts.work.after, *facts.money.agreements, *facts.money.contributions)
    every = [edition.source if edition else None, *facts.cited, *(one.source for one in things)]
    known = {one.pk: one for one in every if one}
    return tuple(
        " ".join(filter(None, (", ".join(filter(None, (one.title, one.publisher, one.dated))) + ".", one.caution)))
        for one in known.values()
    )

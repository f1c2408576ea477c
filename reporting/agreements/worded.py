"""From what is known of an agreement to what its report says, in one language."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from partnerships.forms.promise_fields import name_of
from partnerships.money import money, stated
from reporting.agreements.facts import AgreementFacts
from reporting.agreements.report import AgreementReport
from reporting.agreements.tables import tables_of
from reporting.briefs.label import LABELS


def worded(facts: AgreementFacts, language: str) -> AgreementReport:
    with translation.override(language):
        return _worded(facts, language)


def _worded(facts: AgreementFacts, language: str) -> AgreementReport:
    agreement = facts.agreement
    when = date_format(timezone.localtime(facts.as_of), "DATETIME_FORMAT")
    return AgreementReport(
        language=language,
        agreement=agreement.name,
        situation=gettext("As of %(when)s") % {"when": when},
        parties=", ".join(name_of(party) for party in facts.parties),
        label=LABELS["programme"],
        audience=gettext(
            "For the programme’s staff. It holds what only they and the giver of a contribution may know."
        ),
        made_on=timezone.localdate(facts.as_of),
        lead=_lead(facts),
        tables=tables_of(facts),
        notes=_notes(facts),
        sources=_sources(facts),
        source=gettext("Source: the programme’s record of the agreement, as of %(when)s.") % {"when": when},
        is_sample=settings.TRIAL,
    )


def _lead(facts: AgreementFacts) -> str:
    kept = sum(1 for one in facts.commitments if one.status == "delivered")
    promised = ngettext(
        "%(kept)s of %(n)s commitment is delivered.",
        "%(kept)s of %(n)s commitments are delivered.",
        len(facts.commitments),
    ) % {"kept": kept, "n": len(facts.commitments)}
    given = "; ".join(stated(one) for one in facts.contributions) or gettext("None stated")
    reached = gettext(
        "%(n)s people of %(states)s member states took part: %(women)s women, %(men)s men, %(other)s other, "
        "%(not_stated)s not stated."
    ) % {"n": facts.reached.total["total"], "states": facts.reached.number_of_states, **facts.reached.total}
    return " ".join((promised, gettext("Contributions: %(given)s.") % {"given": given}, reached))


def _notes(facts: AgreementFacts) -> tuple[str, ...]:
    notes = [
        gettext("Different currencies are not added to one another."),
        gettext("Who took part in two activities is counted twice. An activity that serves two objectives is in both."),
    ]
    for rate in facts.rates:
        words = {"rate": str(rate), "day": date_format(rate.on), "from": rate.taken_from}
        notes.append(gettext("Exchange rate entered by the programme: %(rate)s, of %(day)s (%(from)s).") % words)
    for given in facts.contributions:
        newest = {rate.quote: rate for rate in facts.rates if rate.base == given.currency}
        for rate in newest.values() if given.amount is not None else ():
            worth = money(given.amount * rate.rate, rate.quote)
            words = {"given": stated(given), "worth": worth, "day": date_format(rate.on)}
            notes.append(gettext("%(given)s is about %(worth)s at the rate of %(day)s.") % words)
    return tuple(notes)


def _sources(facts: AgreementFacts) -> tuple[str, ...]:
    every = [facts.agreement.source, *(one.source for one in (*facts.contributions, *facts.commitments))]
    known = {one.pk: one for one in every if one}
    return tuple(", ".join(filter(None, (one.title, one.publisher, one.dated))) for one in known.values())

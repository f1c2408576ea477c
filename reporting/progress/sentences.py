"""The sentences of a progress report."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.days import day_of
from reporting.progress.facts import RoundFacts
from reporting.progress.report import RegionLine, StateLine

STATUS: dict[str, str | Promise] = {
    "not_started": _("Not started"),
    "draft": _("In progress"),
    "submitted": _("In review"),
    "returned": _("Returned"),
    "accepted": _("Accepted"),
}


def lead(facts: RoundFacts, total: RegionLine) -> str:
    words = ngettext(
        "%(sent)s of %(all)s invited states has sent its update (%(share)s).",
        "%(sent)s of %(all)s invited states have sent their update (%(share)s).",
        total.sent,
    )
    sent = words % {"sent": total.sent, "all": total.invited, "share": percent(total.share)}
    return " ".join((sent, *_late(total), *_to_review(total), deadline(facts)))


def _late(total: RegionLine) -> list[str]:
    late = ngettext("%(n)s sent it late.", "%(n)s sent it late.", total.late) % {"n": total.late}
    words = ngettext("%(n)s is past its due date.", "%(n)s are past their due date.", total.missing)
    return [late] * bool(total.late) + [words % {"n": total.missing}] * bool(total.missing)


def _to_review(total: RegionLine) -> list[str]:
    words = ngettext("%(n)s waits for review.", "%(n)s wait for review.", total.in_review)
    return [words % {"n": total.in_review}] * bool(total.in_review)


def deadline(facts: RoundFacts) -> str:
    due_on, days = facts.round.due_on, (facts.round.due_on - day_of(facts.as_of)).days
    if facts.round.closed_at and facts.round.closed_at <= facts.as_of:
        closed_on = date_format(timezone.localtime(facts.round.closed_at))
        return gettext("The round was closed on %(date)s.") % {"date": closed_on}
    if days < 0:
        words = ngettext(
            "The due date, %(date)s, passed %(n)s day ago.", "The due date, %(date)s, passed %(n)s days ago.", -days
        )
    else:
        words = ngettext(
            "%(n)s day is left until the due date, %(date)s.", "%(n)s days are left until the due date, %(date)s.", days
        )
    return words % {"date": date_format(due_on), "n": abs(days)}


def situation(facts: RoundFacts) -> str:
    words = gettext("Period %(first)s to %(last)s · due on %(due)s · as of %(moment)s (%(zone)s)")
    return words % {
        "first": date_format(facts.round.period_from),
        "last": date_format(facts.round.period_to),
        "due": date_format(facts.round.due_on),
        "moment": moment(facts),
        "zone": timezone.get_current_timezone_name().replace("_", " "),
    }


def moment(facts: RoundFacts) -> str:
    return date_format(timezone.localtime(facts.as_of), "DATETIME_FORMAT")


def percent(share: float) -> str:
    return gettext("%(n)s%%") % {"n": number_format(round(share * 100))}


def extension(name: str, until: date) -> str:
    return gettext("%(state)s, until %(date)s") % {"state": name, "date": date_format(until)}


def waits(line: StateLine) -> str:
    words = ngettext("%(state)s · %(status)s · %(n)s day", "%(state)s · %(status)s · %(n)s days", line.days or 0)
    return words % {"state": line.name, "status": line.status, "n": line.days or 0}


def since(facts: RoundFacts) -> str:
    if facts.last_at is None:
        return gettext("This is the first progress report of the round.")
    when = date_format(timezone.localtime(facts.last_at), "DATETIME_FORMAT")
    return gettext("Since the last report, as of %(when)s.") % {"when": when}


def change(before: str, now: str) -> str:
    """Of a draft it is not known how far it was then: only that it was not sent."""
    was = gettext("Not sent") if before == "draft" else str(STATUS[before])
    return gettext("%(before)s → %(now)s") % {"before": was, "now": str(STATUS[now])}


def unchanged(facts: RoundFacts) -> str:
    """Beside the first report there is nothing to compare with, and nothing to say."""
    return gettext("Nothing has been sent, returned or accepted since.") if facts.last_at else ""


def notes(is_extended: bool) -> tuple[str, ...]:
    starred = (gettext("* More time was given."),) if is_extended else ()
    return (
        *starred,
        gettext("On time: first sent by the due date, more time included; the day ends in the westernmost state."),
        gettext("Answered: questions with a complete answer. Of drafts only their number is known, not what they say."),
        gettext(
            "Days of waiting count from when the update was last saved, sent or returned; if nobody has begun it, "
            "from when the round was opened."
        ),
    )


def source(facts: RoundFacts) -> str:
    return gettext("Source: the updates of the round in this portal, as of %(moment)s.") % {"moment": moment(facts)}

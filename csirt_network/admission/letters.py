"""The letters of an admission as PDF, in four languages: made when they are read, the same bytes each time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.days import day_of
from common.paper.typeset import language_of, typeset
from csirt_network.admission.steps import WORKING_DAYS, Step, Verdict
from csirt_network.models import Application, Approval

TEMPLATE = Path(__file__).with_name("letter.typ")
LANGUAGES = dict(settings.LANGUAGES)
LABEL = "TLP:AMBER+STRICT"  # for the sides of the application alone


@dataclass(frozen=True)
class Letter:
    """`after` is the step that calls for it, with its verdict; `body` its addressee and its paragraphs."""

    name: str
    title: str | Promise
    after: tuple[Step, Verdict]
    body: Callable[[Application, Approval], tuple[list[str], list[str]]]

    def call(self, application: Application) -> Approval | None:
        """The first step that called for it; None while there is nothing to write. Asks only what ``whole()`` read."""
        for approval in application.approvals.all():
            if (approval.step, approval.verdict) == self.after:
                return approval
        return None


def letters_of(application: Application) -> list[Letter]:
    """Those there are by now."""
    return [letter for letter in LETTERS.values() if letter.call(application) and _is_asked(letter, application)]


def letter_of(application: Application, name: str) -> Letter | None:
    return next((letter for letter in letters_of(application) if letter.name == name), None)


def pdf(letter: Letter, application: Application, language: str) -> bytes:
    call = letter.call(application)
    if call is None:
        raise ValueError(f"There is no letter {letter.name!r} yet.")
    with translation.override(language):
        return typeset(TEMPLATE, _told(letter, application, call, language), day_of(call.at))


def _is_asked(letter: Letter, application: Application) -> bool:
    """Of a national team nobody's consent is asked."""
    return letter.name != "consent-request" or not application.is_national


def _told(letter: Letter, application: Application, call: Approval, language: str) -> dict[str, Any]:
    addressee, paragraphs = letter.body(application, call)
    title, dated = str(letter.title), date_format(day_of(call.at))
    return {
        **language_of(language),
        "label": LABEL,
        "title": title,
        "dated": dated,
        "page": gettext("Page %(n)s of %(of)s"),
        "is_sample": settings.TRIAL,
        "addressee": addressee,
        "paragraphs": paragraphs,
        "facts": _facts(application, call),
        "words": {
            "brand": gettext("OAS Cyber"),
            "programme": gettext("Cyber Security Program, CICTE"),
            "sample": gettext("Sample figures"),
            "kind": gettext("Hemispheric network of CSIRTs"),
            "facts": gettext("The application"),
            "closing": gettext("Sincerely,"),
        },
    }


def _facts(application: Application, call: Approval) -> list[tuple[str, str]]:
    """What was known when the letter fell due; later steps are not in it."""
    known = [
        (gettext("Member state"), str(application.state)),
        (gettext("Team"), application.team_name),
        (gettext("Kind"), str(application.team_kind_words)),
        (gettext("Host organisation"), application.team_host or "–"),
        (gettext("Head of the team"), application.head_name),
    ]
    steps = [one for one in application.approvals.all() if (one.at, one.pk) <= (call.at, call.pk)]
    return known + [(str(one.get_step_display()), _signed(one)) for one in steps]


def _signed(approval: Approval) -> str:
    about = {"name": approval.signatory or approval.by.name, "date": _day(approval.signed_on or day_of(approval.at))}
    if approval.verdict == Verdict.YES:
        return gettext("%(date)s, %(name)s") % about
    return gettext("%(date)s, %(name)s (%(verdict)s)") % {**about, "verdict": approval.get_verdict_display()}


def _day(day: date) -> str:
    return date_format(day)


# The letters -------------------------------------------------------------------------------------------------------


def _about(application: Application) -> dict[str, Any]:
    return {"team": application.team_name, "state": str(application.state), "days": WORKING_DAYS}


def _receipt(application: Application, call: Approval) -> tuple[list[str], list[str]]:
    about = _about(application) | {"date": _day(day_of(call.at))}
    text = [
        gettext("We have received the application of %(team)s to the hemispheric network of CSIRTs, sent on %(date)s.")
        % about,
        gettext(
            "The national contact point of %(state)s is asked for its approval through the permanent mission. A "
            "team that is not the national one also needs the consent of the national CSIRT. Then we check the "
            "documents."
        )
        % about,
        gettext(
            "You will have our answer within %(days)s working days by the calendar of %(state)s. The days do not "
            "count while we wait for something that we asked you for."
        )
        % about,
    ]
    return _to_head(application), text


def _contact_point(application: Application, call: Approval) -> tuple[list[str], list[str]]:
    about = _about(application) | {"head": application.head_name}
    text = [
        gettext(
            "%(team)s of %(state)s asks to become a member of the hemispheric network of CSIRTs. The application "
            "was sent by, or on behalf of, its head, %(head)s."
        )
        % about,
        gettext(
            "By the procedure of the network, the national contact point approves the application through the "
            "permanent mission of %(state)s to the OAS. We ask you for this approval, or for the reasons against "
            "it."
        )
        % about,
        gettext(
            "Answer in the portal, or by a signed letter through the permanent mission. The applicant is to be "
            "answered within %(days)s working days."
        )
        % about,
    ]
    return [gettext("To the national contact point of %(state)s for CICTE") % about, str(application.state)], text


def _consent(application: Application, call: Approval) -> tuple[list[str], list[str]]:
    national = application.consent_of
    about = _about(application) | {"kind": str(application.team_kind_words)}
    text = [
        gettext(
            "%(team)s of %(state)s asks to become a member of the hemispheric network of CSIRTs. It is not the "
            "national team of its country (kind: %(kind)s), so its membership needs the consent of the national "
            "CSIRT."
        )
        % about,
        gettext(
            "With your consent it joins as your constituent: what you receive under TLP:AMBER may reach it too. "
            "Say in the portal, or by a signed letter, whether you consent."
        ),
    ]
    to = national.name if national else gettext("To the national CSIRT of %(state)s") % about
    return [to, str(application.state)], text


def _admission(application: Application, call: Approval) -> tuple[list[str], list[str]]:
    about = _about(application)
    text = [
        gettext(
            "We are pleased to tell you that %(team)s of %(state)s is admitted to the hemispheric network of CSIRTs."
        )
        % about,
        gettext(
            "The membership begins with an introductory meeting: we present the network and its rules for "
            "sharing, and you present your team. We will agree on a day with you."
        ),
    ]
    return _to_head(application), [*text, *_said(call)]


def _decline(application: Application, call: Approval) -> tuple[list[str], list[str]]:
    about = _about(application)
    text = [
        gettext(
            "We have considered the application of %(team)s of %(state)s to the hemispheric network of CSIRTs. It"
            " cannot be admitted now."
        )
        % about,
        *_said(call),
        gettext("You may apply again when this has changed. We will gladly help you with it."),
    ]
    return _to_head(application), text


def _to_head(application: Application) -> list[str]:
    return [application.head_name, application.team_name, str(application.state)]


def _said(call: Approval) -> list[str]:
    """Somebody's own words stand by themselves."""
    return [call.statement] if call.statement else []


LETTERS = {
    letter.name: letter
    for letter in (
        Letter("receipt", _("Receipt of the application"), (Step.SENT, Verdict.YES), _receipt),
        Letter("approval-request", _("Request for approval"), (Step.SENT, Verdict.YES), _contact_point),
        Letter("consent-request", _("Request for consent"), (Step.CONTACT_POINT, Verdict.YES), _consent),
        Letter("admission", _("Admission to the network"), (Step.DECISION, Verdict.YES), _admission),
        Letter("decline", _("The application is declined"), (Step.DECISION, Verdict.NO), _decline),
    )
}

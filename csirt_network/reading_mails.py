"""What the mails about answers, comments and corrections are of, asked in the reach of whoever gets them.

A mail says which alert, under which label, and where it is read. What it says goes along only up to TLP:GREEN.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.scope import reach_of
from common.tlp import Tlp, is_stricter
from csirt_network.actions.answering import HELP_ASKED
from csirt_network.actions.talking import COMMENTED, CORRECTION_DECIDED, CORRECTION_PROPOSED
from csirt_network.models import Acknowledgement, Alert, Comment, Correction
from csirt_network.reminders import ANSWER_DUE
from notices.kinds import Matter, mail_kind


def network(person: Any) -> bool:
    return reach_of(person).community or reach_of(person).staff


DISCUSSION = Matter("alert discussion", _("Somebody commented on an alert you wrote or commented on"), network)
CORRECTIONS = Matter("alert corrections", _("A correction you proposed was accepted or refused"), network)


def register() -> None:
    mail_kind(ANSWER_DUE, find=alert_to_answer, template="emails/alert_answer_due")
    mail_kind(HELP_ASKED, find=help_asked, template="emails/alert_help_asked", link=answers_of)
    mail_kind(COMMENTED, find=said, template="emails/alert_commented", link=comment_in_it, matter=DISCUSSION)
    mail_kind(CORRECTION_PROPOSED, find=correction, template="emails/alert_correction", link=page_of_correction)
    mail_kind(
        CORRECTION_DECIDED,
        find=decided,
        template="emails/alert_correction_decided",
        link=page_of_correction,
        matter=CORRECTIONS,
    )


def alert_to_answer(person: Any, object_id: int) -> Alert | None:
    """While it waits for an answer of the person's team, or of the person."""
    return Alert.objects.visible_to(person).waiting_for(person).filter(pk=object_id).first()


def _of_alerts(model: Any, person: Any) -> Any:
    return model.objects.visible_to(person).select_related("team", "by")


def help_asked(person: Any, object_id: int) -> Acknowledgement | None:
    """While the answer stands."""
    found: Any = _of_alerts(Acknowledgement, person).standing().filter(pk=object_id).first()
    return _with_alert(found, person)


def said(person: Any, object_id: int) -> Comment | None:
    found = _with_alert(_of_alerts(Comment, person).filter(pk=object_id, withdrawn_at=None).first(), person)
    if found:
        found.may_be_mailed = not is_stricter(found.alert.tlp, Tlp.GREEN)
    return found


def correction(person: Any, object_id: int) -> Correction | None:
    """While nobody has decided it, for whoever may."""
    found = _with_alert(_of_alerts(Correction, person).waiting().filter(pk=object_id).first(), person)
    return found if found and person.has_perm("csirt_network.decide_correction", found.alert) else None


def decided(person: Any, object_id: int) -> Correction | None:
    return _with_alert(
        _of_alerts(Correction, person).filter(pk=object_id, by=person, decided_at__isnull=False).first(), person
    )


def _with_alert(found: Any, person: Any) -> Any:
    """The alert is read by itself: a join would hide what the wall hides."""
    if found:
        found.alert = Alert.objects.visible_to(person).filter(pk=found.alert_id).first()
    return found if found and found.alert else None


def answers_of(answer: Acknowledgement) -> str:
    return f"{answer.alert.get_absolute_url()}answers/"


def comment_in_it(comment: Comment) -> str:
    return f"{comment.alert.get_absolute_url()}#comment-{comment.pk}"


def page_of_correction(one: Correction) -> str:
    return f"{one.alert.get_absolute_url()}corrections/{one.pk}/"

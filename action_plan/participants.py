"""What somebody without an account may learn: by the link of a letter, or by the number of a certificate.

The one place that enters the programme's scope for them. A link opens what concerns its reader alone; a number opens
what stands on the certificate, and whether it holds.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.actions import digest_of
from action_plan.models import Certificate, CourseLetter, CourseSession, Nomination
from common.days import day_of
from common.scope import PROGRAMME, scope

NUMBER = re.compile(r"[0-9A-HJKMNP-TV-Z]{20}")


@dataclass(frozen=True)
class Participant:
    letter: CourseLetter
    nomination: Nomination
    sessions: list[CourseSession]
    certificate: Certificate | None


@dataclass(frozen=True)
class Verified:
    """What verification says of a certificate: never why it was revoked, nor by what number it was replaced."""

    number: str
    name: str
    title: str
    starts_on: date
    ends_on: date
    issued_on: date
    revoked_on: date | None
    was_replaced: bool


def participant_of(token: str) -> Participant | None:
    """None when the link never was, is over or was closed: they look alike."""
    with scope(PROGRAMME):
        letter = _letter(token)
        if letter is None:
            return None
        who = letter.nomination
        sessions = list(CourseSession.objects.filter(course=who.course_id)) if who.status == "selected" else []
        certificate = Certificate.objects.filter(nomination=who).order_by("-pk").first()
        return Participant(letter, who, sessions, certificate)


def letter_to_answer(token: str) -> CourseLetter | None:
    """The letter that asks for an evaluation, answered or not; asked in the programme's scope."""
    letter = _letter(token)
    return letter if letter and letter.about == CourseLetter.About.EVALUATION else None


def _letter(token: str) -> CourseLetter | None:
    letters: Any = CourseLetter.objects.of_token(digest_of(token))
    return letters.select_related("nomination__course__activity", "nomination__state").first()


def verified(number: str) -> Verified | None:
    """The certificate of that number, with or without dashes and in small letters; None for whatever is none."""
    plain = re.sub(r"[\s-]", "", number[:60]).upper()
    if not NUMBER.fullmatch(plain):
        plain = "?"  # asked all the same, so that malformed and absent take as long
    with scope(PROGRAMME):
        found = Certificate.objects.filter(number=plain).select_related("replaced_by").first()
    if found is None:
        return None
    return Verified(
        number=found.spelled,
        name=found.name,
        title=found.title,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        issued_on=found.issued_on,
        revoked_on=day_of(found.revoked_at) if found.revoked_at else None,
        was_replaced=hasattr(found, "replaced_by"),
    )

"""Mail about the own account: duties that nobody can switch off, one kind each, written by one template."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import signals
from notices.kinds import mail_kind
from notices.outbox import post

Words = str | Promise
OVERVIEW: Words = _("See how you sign in")


@dataclass(frozen=True)
class Word:
    """What the mail says; `link` is asked when it is sent."""

    heading: Words
    text: Words
    button: Words
    link: Callable[[Any], str]


def to_new_password(person: Any) -> str:
    """Made when the mail is written, so that it is in no table."""
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])


def to_overview(_person: Any) -> str:
    return reverse("mfa_index")


def to_sessions(_person: Any) -> str:
    return reverse("session-list")


def to_sign_in(_person: Any) -> str:
    return reverse("account_login")


WORDS: dict[str, tuple[Signal, Word]] = {
    "password forgotten": (
        signals.password_reset_asked,
        Word(
            _("Set a new password"),
            _(
                "Somebody asked for a new password of your account. If it was you, use the link below: it serves once. "
                "You will still need your second factor. If it was not you, do nothing."
            ),
            _("Set a new password"),
            to_new_password,
        ),
    ),
    "password set": (
        signals.password_set,
        Word(
            _("Your password was changed"),
            _(
                "All your other sessions have ended and your access tokens are revoked. "
                "If it was not you, tell your programme officer at once."
            ),
            OVERVIEW,
            to_overview,
        ),
    ),
    "signed in elsewhere": (
        signals.signed_in_elsewhere,
        Word(
            _("Somebody signed in to your account from a new device"),
            _("If it was you, there is nothing to do. If not, end that session and change your password."),
            _("See where you are signed in"),
            to_sessions,
        ),
    ),
    "second factor added": (
        signals.factor_added,
        Word(
            _("A second factor was added to your account"),
            _("If it was not you, remove it, change your password and tell your programme officer."),
            OVERVIEW,
            to_overview,
        ),
    ),
    "second factor removed": (
        signals.factor_removed,
        Word(
            _("A second factor was removed from your account"),
            _("If it was not you, change your password and tell your programme officer."),
            OVERVIEW,
            to_overview,
        ),
    ),
    "second factor reset": (
        signals.factor_reset,
        Word(
            _("Your second factor was reset"),
            _(
                "The programme took away your second factor, ended your sessions and revoked your access tokens. "
                "At your next sign-in you set up a new one. "
                "If you did not ask for it, tell your programme officer at once."
            ),
            _("Sign in"),
            to_sign_in,
        ),
    ),
    "address changed": (
        signals.address_changed,
        Word(
            _("Your account has another e-mail address"),
            _(
                "An administrator changed the address of your account, and your sessions and access tokens ended. "
                "Mails of the portal no longer come here. "
                "If you did not ask for it, tell your programme officer at once."
            ),
            _("Sign in"),
            to_sign_in,
        ),
    ),
}


@dataclass(frozen=True)
class Letter:
    word: Word
    person: Any

    def get_absolute_url(self) -> str:
        return self.word.link(self.person)


def register() -> None:
    for kind, (signal, word) in WORDS.items():
        mail_kind(kind, find=_to_its_person(word), template="emails/account")
        signal.connect(_poster_of(kind), weak=False, dispatch_uid=kind)


def _to_its_person(word: Word) -> Callable[[Any, int], Letter | None]:
    return lambda person, object_id: Letter(word, person) if person.pk == object_id else None


def _poster_of(kind: str) -> Callable[..., None]:
    def post_it(*, person: Any, before: str = "", **_more: Any) -> None:
        moment = timezone.now().strftime("%Y%m%d%H%M%S%f")[:20]  # each time is told
        post(kind=kind, object_id=person.pk, people=[person], threshold=moment, address=before)

    return post_it

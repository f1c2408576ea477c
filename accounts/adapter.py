"""Where the portal wants something else than allauth does."""

from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import signals
from accounts.second_factor import is_fresh, may_go_without
from common.sealing import seal, unseal

TOO_MANY = _("Too many attempts. Wait a few minutes and try again.")


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Nobody opens an account: people are invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **more: Any
    ) -> None:
        """Only what the portal says itself; allauth's own remarks ("Successfully signed in as …") are left out."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind proxies the address that the outermost of ours saw; what visitors claim beyond it is not believed.

        One of IPv4 that came dressed as IPv6 (RFC 4291, 2.5.5.2) is told as what it is: all those are in one /64.
        """
        found = ip_address(get_client_ip(request) or "0.0.0.0")  # noqa: S104 - nobody's, for a unix socket
        return str(getattr(found, "ipv4_mapped", None) or found)

    # Guessing passwords

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Counted per account *and* address: a stranger's guesses do not lock the person out."""
        return f"{credentials.get('email', '').lower()} {ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Known and unknown accounts alike."""
        email = credentials.get("email", "").lower()
        everywhere = ratelimit.consume(request, app="allauth.account", action="login_account", key=email)
        address = ratelimit.consume(request, app="allauth.account", action="login_address")
        if not everywhere or not address:
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    # Proving it again

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        return not is_fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The password is asked for only until there is a second factor; a passkey is asked for first."""
        methods = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        return sorted(factors, key=lambda method: "webauthn" not in method["id"]) or methods

    # Mail goes through the outbox, as all mail does

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        signals.password_reset_asked.send(sender=type(user), person=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """None of allauth's own."""


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This does not fit. Try again."),
        "cannot_delete_authenticator": _("This is your last one. Add another first, then remove this one."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_go_without(authenticator)

    def _get_site_name(self) -> str:
        return "OAS Cyber"

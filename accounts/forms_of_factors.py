"""The forms of the second factor: allauth's, with our recovery codes, and nothing a browser can break."""

import struct
from typing import Any

from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from accounts.recovery import use_code
from accounts.second_factor import APP, PASSKEY, RECOVERY, has_factor, needs_passkey, note
from common.sealing import seal, unseal

SECRET = "second-factor.secret"  # noqa: S105 - the name under which a session keeps it, sealed
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)


def code_field(label: Any, hint: Any = "") -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=60, help_text=hint, widget=forms.TextInput(attrs=attrs))


class CodeForm(forms.Form):
    """A code of the app, or a recovery code. Who must use a passkey and has one cannot use the app instead."""

    code = code_field(_("Code"), _("The six digits that your app shows, or one of your recovery codes."))

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user

    def clean_code(self) -> str:
        clear_count = check_rate_limit(self.user)
        code = self.cleaned_data["code"]
        self.kind, self.app = self._kind_of(code)
        if not self.kind:
            raise get_adapter().validation_error("incorrect_code")
        clear_count()
        return code

    def _kind_of(self, code: str) -> tuple[str, Authenticator | None]:
        app = Authenticator.objects.filter(user=self.user, type=APP).first()
        is_allowed = not (needs_passkey(self.user) and has_factor(self.user, PASSKEY))
        if app and is_allowed and app.wrap().validate_code(code) and self._is_first_use(code):
            return APP, app
        if use_code(person=self.user, code=code):
            return RECOVERY, None
        signals.authentication_failed.send(
            sender=Authenticator, request=context.request, user=self.user, authenticator=app, reauthentication=False
        )
        return "", None

    def _is_first_use(self, code: str) -> bool:
        """A code is good for a minute and a half, since clocks differ; allauth remembers it for half a minute."""
        seconds = (2 * settings.MFA_TOTP_TOLERANCE + 2) * 30
        return cache.add(f"code-used-{self.user.pk}-{''.join(filter(str.isalnum, code))}", 1, seconds)

    def save(self) -> None:
        if self.app:
            post_authentication(context.request, self.app)
        else:
            note(context.request, self.user, RECOVERY)


class AddAppForm(ActivateTOTPForm):
    """The secret waits in the session until the first code proves that the app has it: sealed there too."""

    code = code_field(_("The six digits that the app shows now"))

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        forms.Form.__init__(self, *args, **more)
        self.user = user
        session = context.request.session
        if not (self.is_bound and SECRET in session):
            session[SECRET] = seal(totp.generate_totp_secret())
        self.secret = unseal(session[SECRET])


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("To tell it from others, such as “Office laptop”."),
    )

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _Whole:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyForm(_Whole, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(_Whole, ReauthenticateWebAuthnForm):
    pass

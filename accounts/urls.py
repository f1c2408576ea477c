"""Signing in and out, and the own profile. Only the pages of allauth that the portal uses."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts.views import people, profile, second_factor, sessions, sign_in, tokens

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/closed/", allauth.signup, name="account_signup"),
    path("sign-in/inactive/", allauth.account_inactive, name="account_inactive"),
    path("sign-in/link/<str:token>/", sign_in.link, name="sign-in-link"),
    path("sign-in/second-factor/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("confirm/passkey/", second_factor.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("confirm/code/", second_factor.confirm_by_code, name="mfa_reauthenticate"),
    path("confirm/password/", second_factor.confirm_by_password, name="account_reauthenticate"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/first/", allauth.password_set, name="account_set_password"),
    path("password/forgotten/", allauth.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    # A pattern, because the key has hyphens too: a converter for the person would take half of it.
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/new/done/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("landing/", sign_in.landing, name="landing"),
    path("language/", profile.language, name="language"),
    path("profile/", profile.profile, name="profile"),
    path("profile/shortcuts/", profile.shortcuts, name="shortcuts"),
    path("profile/second-factor/", second_factor.overview, name="mfa_index"),
    path("profile/second-factor/app/", second_factor.add_app, name="mfa_activate_totp"),
    path("profile/second-factor/app/remove/", second_factor.remove, name="mfa_deactivate_totp"),
    path("profile/second-factor/passkey/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("profile/second-factor/passkey/<int:pk>/remove/", second_factor.remove, name="passkey-remove"),
    path("profile/second-factor/codes/", second_factor.codes, name="recovery-codes"),
    path("profile/sessions/", sessions.session_list, name="session-list"),
    path("profile/sessions/end-others/", sessions.session_end_others, name="session-end-others"),
    path("profile/sessions/<int:pk>/end/", sessions.session_end, name="session-end"),
    path("people/<int:pk>/second-factor/", people.reset_factor, name="second-factor-reset"),
    path("profile/tokens/", tokens.token_list, name="token-list"),
    path("profile/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token-revoke"),
]

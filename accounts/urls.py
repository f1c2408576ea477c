"""Signing in and out, and the own profile. Only the pages of allauth that the portal uses."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts.views import profile, sign_in, tokens

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/closed/", allauth.signup, name="account_signup"),
    path("sign-in/inactive/", allauth.account_inactive, name="account_inactive"),
    path("sign-in/link/<str:token>/", sign_in.link, name="sign-in-link"),
    path("sign-out/", allauth.logout, name="account_logout"),
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
    path("profile/tokens/", tokens.token_list, name="token-list"),
    path("profile/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token-revoke"),
]

"""Signing in as people do it, in a real browser: password, passkey, recovery codes."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor
from tests.factories.accounts import make_staff

pytestmark = pytest.mark.e2e
PASSWORD = "seven grey herons at noon"
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True,
}  # fmt: skip


def give_passkeys(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def give_password(visitor: Visitor, person: Any) -> None:
    page = visitor.go("account_login")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button", name=visitor.say("Sign in"), exact=True).click()


def test_a_manager_sets_up_a_passkey_and_signs_in_with_it(visit: Any) -> None:
    manager = make_staff("Marta Passkey", "manager", password=PASSWORD)
    visitor = visit()
    give_passkeys(visitor.page)
    give_password(visitor, manager)
    visitor.link("Add a passkey").click()
    expect(visitor.button("Add the passkey")).to_be_visible()  # its script has run
    visitor.page.fill("[name=name]", "Office laptop")
    visitor.button("Add the passkey").click()
    expect(visitor.page.get_by_text("Office laptop").first).to_be_visible()
    visitor.page.wait_for_load_state("networkidle")

    visitor.go("account_logout")
    visitor.page.get_by_role("main").get_by_role("button", name=visitor.say("Sign out")).click()
    give_password(visitor, manager)
    visitor.button("Use a passkey").click()

    visitor.page.wait_for_url("**/region/")


def test_the_password_can_be_shown_and_pasted(visit: Any) -> None:
    visitor = visit()
    page = visitor.go("account_login")
    page.fill("[name=password]", PASSWORD)

    visitor.button("Show the password").click()

    expect(page.locator("[name=password]")).to_have_attribute("type", "text")
    expect(page.locator("[name=password]")).to_have_value(PASSWORD)

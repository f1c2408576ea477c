"""Indicators are made harmless on the screen and copied as tools want them."""

from collections.abc import Callable

from playwright.sync_api import expect

from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import Indicator
from member_states.models import MemberState
from tests.browser.visitor import Visitor
from tests.factories.accounts import make_staff
from tests.factories.alerts import make_alert, to_team
from tests.factories.csirt_network import make_member, make_team

VALUES = ["bad.example", "https://bad.example/x", "198.51.100.7"]
Visit = Callable[..., Visitor]


def test_all_indicators_of_an_alert_are_copied_clean(published: None, visit: Visit) -> None:
    officer = make_staff("Olga Officer", "officer")
    with scope(PROGRAMME):
        team = make_team("Team that copies", MemberState.objects.get(slug="peru"))
        person = make_member("Analyst who copies", team, "analyst")
    alert = make_alert(Tlp.AMBER, to_team(team), by=officer, title_en="Stolen accounts")
    with scope(reach_of(officer)):
        for position, (kind, value) in enumerate(zip(("domain", "url", "ipv4"), VALUES, strict=True)):
            Indicator.objects.create(alert=alert, kind=kind, value=value, position=position)
    analyst = visit(person)
    page = analyst.go("alert-detail", alert.pk)
    page.context.grant_permissions(["clipboard-write"])
    expect(page.get_by_role("table")).to_contain_text("bad[.]example")

    analyst.button("Copy all").click()
    expect(analyst.button("Copied")).to_be_visible()

    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    page.locator("main textarea").last.focus()
    page.keyboard.press("Control+V")
    expect(page.locator("main textarea").last).to_have_value("\n".join(VALUES))

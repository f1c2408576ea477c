"""Requests for support: asked at any time or in an update, answered by the programme, told to the state."""

import uuid

import pytest
from django.urls import reverse

from action_plan.actions.requests import ask, decline, follow_profile, meet, plan, take_back, take_over
from action_plan.models import AskedSupport, AskedSupportMove
from capability.models import SupportRequest
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from notices.models import Mail
from review.actions import Refused
from tests.factories.action_plan import make_activity, make_line, make_plan
from tests.factories.member_states import make_liaison
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db


def asked_by(person, state, need="Train our judges", **facts):
    with scope(reach_of(person)):
        return ask(state=state, key=uuid.uuid4(), by=person, **{"point": 2, "need": need, **facts})


def stands(request):
    with scope(PROGRAMME):
        return AskedSupport.objects.get(pk=request.pk).status


def mails(kind):
    with scope(PROGRAMME):
        return set(Mail.objects.filter(kind=kind).values_list("person__email", flat=True))


def test_a_liaison_asks_and_the_officers_are_told(client, lead_chl, chile, officer, manager, observer):
    sign_in_from_inside(client, lead_chl)
    page = {"key": str(uuid.uuid4()), "state": chile.pk, "point": "2", "need": "Train our judges", "wanted_by": ""}

    answers = [client.post(reverse("request-new"), page) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {302}
    with scope(PROGRAMME):
        assert AskedSupport.objects.get().need == "Train our judges"
    assert mails("support asked") == {officer.email, manager.email}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"need": ""}, "Say what you need."),
        ({"need": "x" * 1001}, "Use 1,000 characters or fewer."),
        ({"point": "9"}, "9"),
        ({"wanted_by": "2001-01-01"}, "This day has passed."),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept(client, lead_chl, chile, changed, said):
    sign_in_from_inside(client, lead_chl)
    page = {"key": str(uuid.uuid4()), "state": chile.pk, "point": "2", "need": "Typed words", "wanted_by": ""}

    answer = client.post(reverse("request-new"), page | changed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert changed.get("need", "Typed words") in answer.content.decode()


def test_nobody_asks_for_a_state_of_others(client, lead_chl, jamaica):
    sign_in_from_inside(client, lead_chl)
    page = {"key": str(uuid.uuid4()), "state": jamaica.pk, "point": "2", "need": "x"}

    assert client.post(reverse("request-new"), page).status_code == 422


def test_a_contact_point_reads_what_the_state_asks_and_asks_nothing(client, lead_chl, chile):
    request = asked_by(lead_chl, chile, need="Train our judges")
    sign_in_from_inside(client, make_liaison("Nora Kontakt", chile, "contact point"))
    page = {"key": str(uuid.uuid4()), "state": chile.pk, "point": "2", "need": "x", "wanted_by": ""}

    assert "Train our judges" in client.get(request.get_absolute_url()).content.decode()
    assert client.get(reverse("request-new")).status_code == 403
    assert client.post(reverse("request-new"), page).status_code == 403
    assert client.post(reverse("request-take-back", args=[request.pk])).status_code == 403
    assert stands(request) == "sent"


def test_nobody_asks_for_a_state_whose_contact_point_they_are(client, lead_chl, jamaica):
    Liaison.objects.create(state=jamaica, person=lead_chl, kind="contact point", starts_on=today())
    sign_in_from_inside(client, lead_chl)
    page = {"key": str(uuid.uuid4()), "state": jamaica.pk, "point": "2", "need": "x", "wanted_by": ""}

    assert client.post(reverse("request-new"), page).status_code == 422


def test_the_programme_plans_it_by_an_activity_and_the_state_is_told(lead_chl, chile, officer):
    request = asked_by(lead_chl, chile)
    with scope(reach_of(officer)):
        take_over(request=request, by=officer)
        activity = make_activity("Course for judges", chile)
        plan(request=request, line=None, activity=activity, by=officer, reason="In November")

    assert stands(request) == "planned"
    assert mails("support answered") == {lead_chl.email}
    with scope(reach_of(lead_chl)):
        steps = AskedSupportMove.objects.visible_to(lead_chl).filter(subject=request)
        assert [step.status_after for step in steps] == ["triaged", "planned"]


def test_a_line_of_the_plan_answers_too_and_it_may_be_met(lead_chl, chile, officer):
    request = asked_by(lead_chl, chile)
    with scope(reach_of(officer)):
        line = make_line(make_plan(chile, officer), 2)
        plan(request=request, line=line, activity=None, by=officer)
        meet(request=request, reason="Forty judges were trained.", by=officer)

    assert stands(request) == "met"


def test_it_is_not_planned_by_nothing_nor_declined_without_a_reason(lead_chl, chile, officer):
    request = asked_by(lead_chl, chile)
    with scope(reach_of(officer)):
        with pytest.raises(Refused, match="Choose the line"):
            plan(request=request, line=None, activity=None, by=officer)
        with pytest.raises(Refused, match="Write why"):
            decline(request=request, reason=" ", by=officer)

    assert stands(request) == "sent"


def test_what_is_declined_is_taken_back_no_more(lead_chl, chile, officer):
    request = asked_by(lead_chl, chile)
    with scope(reach_of(officer)):
        decline(request=request, reason="No funds this year", by=officer)

    with scope(reach_of(lead_chl)), pytest.raises(Refused, match="has answered"):
        take_back(request=request, by=lead_chl)


def test_a_liaison_takes_back_what_is_not_answered(lead_chl, chile):
    request = asked_by(lead_chl, chile)
    with scope(reach_of(lead_chl)):
        take_back(request=request, by=lead_chl)

    assert stands(request) == "withdrawn"


def test_no_state_sees_what_another_asks(client, lead_chl, lead_jam, chile):
    request = asked_by(lead_chl, chile, need="Secret wish")
    sign_in_from_inside(client, lead_jam)

    assert client.get(request.get_absolute_url()).status_code == 404
    assert "Secret wish" not in client.get(reverse("request-list")).content.decode()


# What updates ask for ------------------------------------------------------------------------------------------------


def said_in(update, need="Train our judges", **facts):
    given = {"state": update.state, "update": update, "point": 2, "need": need, **facts}
    return SupportRequest.objects.create(**given)


def test_what_an_update_asks_for_stands_in_the_list_once(update_chl, chile):
    with scope(PROGRAMME):
        said_in(update_chl)
        follow_profile(chile)
        follow_profile(chile)

        request = AskedSupport.objects.get()
        assert (request.need, request.status, request.update) == ("Train our judges", "sent", update_chl)


def test_the_answer_follows_where_the_update_said_it(update_chl, chile, officer):
    with scope(reach_of(officer)):
        said = said_in(update_chl)
        follow_profile(chile)
        decline(request=AskedSupport.objects.get(), reason="No funds", by=officer)

        said.refresh_from_db()
        assert said.answer == "declined"


def test_what_a_newer_update_asks_for_no_more_has_lapsed_and_comes_back_with_its_answer(update_chl, chile, officer):
    with scope(reach_of(officer)):
        said = said_in(update_chl)
        follow_profile(chile)
        take_over(request=AskedSupport.objects.get(), by=officer)
        SupportRequest.objects.filter(pk=said.pk).update(is_current=False)
        follow_profile(chile)
        assert AskedSupport.objects.get().has_lapsed
        assert not AskedSupport.objects.waiting().exists()

        SupportRequest.objects.filter(pk=said.pk).update(is_current=True)
        follow_profile(chile)
        assert AskedSupport.objects.waiting().get().status == "triaged"


def test_the_list_is_narrowed_alike_on_the_page_and_in_its_file(client, lead_chl, chile, officer):
    asked_by(lead_chl, chile, need="First need")
    asked_by(lead_chl, chile, need="Second need", point=3)
    sign_in_from_inside(client, officer)

    for route in ("request-list", "requests-csv"):
        answer = client.get(reverse(route), {"point": "3", "state": "chile", "status": "waiting"})
        text = answer.getvalue().decode()
        assert "Second need" in text
        assert "First need" not in text


def test_the_answer_stands_on_the_home_of_the_liaisons(client, lead_chl, chile, officer):
    request = asked_by(lead_chl, chile)
    with scope(reach_of(officer)):
        decline(request=request, reason="No funds this year", by=officer)
    sign_in_from_inside(client, lead_chl)

    assert "Declined" in client.get(reverse("home")).content.decode()
    assert "No funds this year" in client.get(request.get_absolute_url()).content.decode()

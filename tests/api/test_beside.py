"""What pages show beside a thing, programs read with it: files, people, money, comments, calls, clocks and days."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from action_plan.models import ActivityCost, ActivityFile, Campaign, Output, ParticipantCount, Reach
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.talking import comment, withdraw_comment
from csirt_network.models import AlertFile, ClosedDay, Drill, DrillCall
from partnerships.models import AgreementFile, AgreementLink, Appearance, Instalment, NamedPerson
from reporting.models import Schedule
from tests.factories.action_plan import make_activity
from tests.factories.alerts import make_alert, to_team
from tests.factories.correspondence import make_note
from tests.factories.csirt_network import make_key
from tests.factories.partnerships import make_agreement, make_contact, make_partner
from tests.factories.promises import make_allocation, make_contribution

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


def rows(program, path):
    found = program.get(path)
    assert found.status_code == 200, found.content
    return found.json()["results"]


@pytest.fixture
def activity(chile, officer):
    with scope(PROGRAMME):
        made = make_activity("A course", chile, audience="participants", slug="a-course")
        Output.objects.create(activity=made, what="A draft strategy", link="https://www.example.org/draft")
        ActivityFile.objects.create(activity=made, name="agenda.pdf", title="The agenda", added_by=officer)
        ActivityCost.objects.create(activity=made, amount=900, currency="CAD", paid_by="Canada")
        ParticipantCount.objects.create(activity=made, state=chile, sector="private", women=3, men=2)
    return made


def test_an_activity_comes_with_what_it_brought_forth_and_the_staff_are_told_its_cost(
    program_of, activity, lead_chl, officer
):
    told, known = (program_of(person).get("activities/a-course/").json() for person in (lead_chl, officer))
    with scope(PROGRAMME):
        token = activity.files.get().token

    assert told["outputs"] == [{"what": "A draft strategy", "link": "https://www.example.org/draft"}]
    assert [(file["title"], file["address"]) for file in told["files"]] == [
        ("The agenda", f"{SITE}/activities/files/{token}/")
    ]
    assert (told["cost"], known["cost"]) == (None, {"amount": "900.00", "currency": "CAD", "paid_by": "Canada"})


def test_participants_are_told_by_sector_and_by_state_only_where_states_are_named(
    program_of, activity, lead_chl, officer
):
    told, known = (program_of(person).get("activities/a-course/").json() for person in (lead_chl, officer))

    assert {line["sector"]: line["total"] for line in told["by_sector"]}["Private sector"] == 5
    assert told["by_state"] == []
    assert [(line["state"], line["women"], line["total"]) for line in known["by_state"]] == [("chile", 3, 5)]


def test_people_named_in_public_texts_come_with_the_agreement_and_the_activity(program_of, activity, lead_chl, officer):
    ana = NamedPerson.objects.create(name="Ana Example")
    with scope(PROGRAMME):
        held = make_agreement("Held", make_partner("One"), audience="public", slug="held")
        hidden, shown = (make_agreement(name, make_partner(name), audience=name) for name in ("staff", "public"))
        for other in (hidden, shown):
            AgreementLink.objects.create(agreement=held, other=other, why_en="Its successor.")
        AgreementFile.objects.create(agreement=held, name="text.pdf", title="The text", added_by=officer)
        for where in ({"agreement": held}, {"activity": activity}):
            Appearance.objects.create(person=ana, part="quoted", organisation="One", title_en="Director", **where)

    told = program_of(lead_chl).get("agreements/held/").json()
    named = {"name": "Ana Example", "title": "Director", "organisation": "One", "part": "quoted", "source": None}

    assert told["people"] == rows(program_of(lead_chl), "activities/a-course/people/") == [named]
    assert told["related"] == [{"agreement": shown.slug, "why": "Its successor."}]
    assert [file["title"] for file in told["files"]] == ["The text"]


def test_instalments_and_allocations_are_told_to_the_giver_and_the_staff(program_of, activity, lead_chl, officer):
    with scope(PROGRAMME):
        giver = make_partner("Canada")
        of = make_contribution(make_agreement("Held", giver, audience="public"), 1000, "CAD", slug="given")
        Instalment.objects.create(contribution=of, partner_id=of.partner_id, amount=400, due_on=date(2026, 12, 1))
        make_allocation(of, 300, activity=activity, point=2)
        contact = make_contact("Carla Example", giver)

    def told(person, part):
        return rows(program_of(person), f"contributions/given/{part}/")

    assert [one["amount"] for one in told(contact, "instalments")] == ["400.00"]
    assert [(one["amount"], one["activity"]) for one in told(contact, "allocations")] == [("300.00", None)]
    assert [one["activity"] for one in told(officer, "allocations")] == ["a-course"]
    assert told(lead_chl, "instalments") == told(lead_chl, "allocations") == []


def test_an_alert_comes_with_its_files_and_what_its_readers_say(program_of, csirt_chl, rep_chl, rep_jam, manager):
    alert = make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager)
    facts = {"media_type": "text/csv", "size": 1, "sha256": "0" * 64, "uploaded_by": manager}
    with scope(reach_of(manager)):
        kept = AlertFile.objects.create(alert=alert, name="list.csv", content="aa/1", **facts)
        AlertFile.objects.create(alert=alert, name="old.csv", content="aa/2", gone_in=1, **facts)
    with scope(reach_of(rep_chl)):
        for text in ("Seen here, too.", "A slip."):
            comment(alert=alert, team=csirt_chl, text=text, key=uuid4(), by=rep_chl)
        withdraw_comment(comment=alert.comments.get(text="A slip."), by=rep_chl)

    program = program_of(rep_chl)
    said = [(one["team"], one["text"]) for one in rows(program, f"alerts/{alert.pk}/comments/")]
    (file,) = program.get(f"alerts/{alert.pk}/").json()["files"]

    assert said == [(csirt_chl.slug, "Seen here, too."), (csirt_chl.slug, "")]
    assert (file["name"], file["address"]) == ("list.csv", f"{SITE}/alerts/{alert.pk}/files/{kept.token}/")
    assert program_of(rep_jam).get(f"alerts/{alert.pk}/comments/").status_code == 404


def test_of_a_public_alert_the_network_alone_reads_what_is_said(program_of, csirt_chl, rep_chl, lead_jam, manager):
    alert = make_alert(Tlp.CLEAR, by=manager)
    with scope(reach_of(rep_chl)):
        comment(alert=alert, team=csirt_chl, text="Seen here, too.", key=uuid4(), by=rep_chl)

    told = [len(rows(program_of(person), f"alerts/{alert.pk}/comments/")) for person in (rep_chl, lead_jam)]

    assert told == [1, 0]


def test_a_note_says_what_it_is_about_and_how_long_its_reply_may_take(program_of, chile, officer, lead_chl, open_round):
    sent = make_note(chile, officer, status="sent", purpose="round", record=open_round, days=2)
    gone = make_note(chile, officer, status="cancelled")
    program = program_of(lead_chl)

    told = program.get(f"notes/{sent.pk}/").json()
    listed = {one["id"]: one for one in rows(program, "notes/")}

    assert listed[sent.pk] == told
    assert (told["about"], told["pdf"]) == (str(open_round), f"{SITE}/notes/{sent.pk}/note.pdf")
    assert (told["clock"]["due_on"], told["clock"]["runs"]) == (told["reply_due_on"], True)
    assert told["clock"]["working_days_left"] == 2
    assert (listed[gone.pk]["clock"]["runs"], listed[gone.pk]["why_cancelled"]) == (False, gone.why_cancelled)


def test_contact_tests_say_how_soon_each_team_answered(program_of, csirt_chl, csirt_jam, rep_chl, rep_jam, officer):
    now = timezone.now()
    with scope(PROGRAMME):
        drill = Drill.objects.create(title="First", started_by=officer, ends_at=now + timedelta(hours=5))
        for team, answered_at in ((csirt_chl, now), (csirt_jam, None)):
            called = {"called_at": now - timedelta(minutes=30), "answered_at": answered_at, "status": "done"}
            DrillCall.objects.create(drill=drill, team=team, state=team.state, **called)

    calls = rows(program_of(officer), f"network/contact-tests/{drill.pk}/calls/")
    own = rows(program_of(rep_chl), f"csirts/{csirt_chl.slug}/reachability/")

    assert {call["team"]: call["minutes"] for call in calls} == {csirt_chl.slug: 30, csirt_jam.slug: None}
    assert [(call["test"], call["minutes"]) for call in own] == [(drill.pk, 30)]
    assert [one["title"] for one in rows(program_of(officer), "network/contact-tests/")] == ["First"]
    assert program_of(rep_jam).get(f"csirts/{csirt_chl.slug}/reachability/").status_code == 403


def test_entries_to_look_after_say_why(program_of, csirt_chl, rep_chl, officer):
    with scope(PROGRAMME):
        make_key(csirt_chl, rep_chl, fingerprint="0" * 40)

    (entry,) = program_of(officer).get("network/entries/").json()

    assert (entry["team"], entry["confirmed_at"]) == (csirt_chl.slug, None)
    assert "The entry was never confirmed." in entry["problems"]


def test_closed_days_the_reach_of_campaigns_and_schedules(program_of, chile, jamaica, officer, observer, lead_chl):
    days = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}
    with scope(PROGRAMME):
        for state in (chile, jamaica):
            ClosedDay.objects.create(state=state, day=date(2026, 12, 7), name="A day of mourning")
        of = make_activity("Think first", chile, kind="campaign", audience="public")
        campaign = Campaign.objects.create(activity=of, message="Think first.", groups=["children"], channels=["web"])
        Reach.objects.create(campaign=campaign, channel="web", number=4000, unit="views", method="counted", **days)
        plan = {"languages": ["en"], "every": "month", "day": 1, "at": "09:00", "time_zone": "UTC", "made_by": officer}
        made = Schedule.objects.create(**plan)
        made.recipients.set([observer])
        paused = Schedule.objects.create(is_active=False, **plan)
    next_at = {one["id"]: one["next_at"] for one in rows(program_of(officer), "schedules/")}

    assert [one["state"] for one in rows(program_of(lead_chl), "closed-days/?state=chile")] == ["chile"]
    assert [one["number"] for one in rows(program_of(lead_chl), "campaigns/")[0]["reached"]] == [4000]
    assert datetime.fromisoformat(next_at[made.pk]).astimezone(UTC) > timezone.now()
    assert next_at[paused.pk] is None
    assert program_of(officer).get(f"schedules/{made.pk}/").json()["recipients"] == [observer.name]

"""The life of an agreement: people move it, dates decide the rest; amendments keep earlier terms, renewals follow."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from action_plan.models import Activity, Instrument
from common.days import today
from common.scope import PROGRAMME, scope
from partnerships.models import Agreement, AgreementActivity, AgreementInstrument, AgreementMove, Amendment
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db
AMENDED = {"name_en": "OAS and Microsoft", "end": "not stated", "agreed_on": "2025-03-04", "what": "More aims."}


@pytest.fixture
def microsoft():
    with scope(PROGRAMME):
        return make_partner("Microsoft")


def fresh(agreement):
    with scope(PROGRAMME):
        return Agreement.objects.with_status().get(pk=agreement.pk)


def move(client, agreement, verb, **sent):
    return client.post(f"{agreement.get_absolute_url()}move/{verb}/", sent)


def test_an_agreement_goes_from_draft_to_signed_to_ended_and_each_move_is_kept(sign_in, manager, microsoft):
    client, day = sign_in(manager), str(today())
    with scope(PROGRAMME):
        made = make_agreement("Ours", microsoft, phase="draft", audience="staff")

    seen = []
    steps = (("negotiate", {}), ("conclude", {"day": day}), ("end", {"day": day, "reason": "Done."}))
    for verb, sent in (*steps, ("resume", {"reason": "It was not."})):
        assert move(client, made, verb, **sent).status_code == 302
        seen.append(fresh(made).status)

    assert seen == ["negotiation", "end not stated", "ended", "end not stated"]
    assert fresh(made).concluded_on == today()
    with scope(PROGRAMME):
        kept = list(AgreementMove.objects.values_list("before", "after", "reason"))
    assert kept == [
        ("draft", "negotiation", ""),
        ("negotiation", "concluded", ""),
        ("concluded", "ended", "Done."),
        ("ended", "concluded", "It was not."),
    ]


@pytest.mark.parametrize(
    ("verb", "phase", "sent", "says"),
    [
        ("conclude", "draft", {}, "Enter the day on which it was signed."),
        ("conclude", "concluded", {"day": "2025-01-01"}, "A colleague changed its status meanwhile"),
        ("end", "concluded", {"day": "2025-01-01", "reason": " "}, "Write why"),
        ("end", "concluded", {"reason": "Done."}, "Enter the day on which it ended."),
        ("end", "concluded", {"reason": "Done.", "day": "2099-01-01"}, "That day has not come yet."),
        ("redraft", "draft", {"reason": "Why not?"}, "A colleague changed its status meanwhile"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_moves(sign_in, manager, microsoft, verb, phase, sent, says):
    with scope(PROGRAMME):
        made = make_agreement("Ours", microsoft, phase=phase)

    page = move(sign_in(manager), made, verb, **sent)

    assert page.status_code == 422
    assert says in page.content.decode()
    assert fresh(made).phase == phase
    with scope(PROGRAMME):
        assert not AgreementMove.objects.exists()


def test_nothing_is_signed_by_one_party_alone(sign_in, manager, microsoft):
    with scope(PROGRAMME):
        made = make_agreement("Alone", microsoft, with_oas=False, phase="draft")

    assert "two parties" in move(sign_in(manager), made, "conclude", day="2025-01-01").content.decode()


def test_officers_negotiate_and_managers_conclude(sign_in, officer, manager, microsoft):
    with scope(PROGRAMME):
        made = make_agreement("Ours", microsoft, phase="draft")

    assert move(sign_in(officer), made, "negotiate").status_code == 302
    assert move(sign_in(officer), made, "conclude", day="2025-01-01").status_code == 403
    assert move(sign_in(manager), made, "conclude", day="2025-01-01").status_code == 302


def test_who_reads_it_is_shown_before_it_is_saved(sign_in, officer, microsoft):
    with scope(PROGRAMME):
        made = make_agreement("Ours", microsoft)
    address, staff = f"{made.get_absolute_url()}audience/", sign_in(officer)

    asked = staff.post(address, {"audience": "public", "edited": "0"})

    assert "Everybody will read it" in asked.content.decode()
    assert Client().get(made.get_absolute_url()).status_code == 404
    assert staff.post(address, {"audience": "public", "edited": "0", "confirmed": "public"}).status_code == 302
    assert Client().get(made.get_absolute_url()).status_code == 200
    assert staff.post(address, {"audience": "staff", "edited": "0", "confirmed": "staff"}).status_code == 422


def test_an_amendment_keeps_the_earlier_terms_and_shows_the_difference(client, sign_in, manager, microsoft):
    with scope(PROGRAMME):
        made = make_agreement("OAS and Microsoft", microsoft, audience="public", aims_en="Train teams", points=[2])
    sent = AMENDED | {"aims_en": "Train teams and courts", "points": ["2", "3"], "edited": "0"}

    response = sign_in(manager).post(f"{made.get_absolute_url()}amendments/", sent)
    page = client.get(response.url).content.decode()

    assert fresh(made).aims_en == "Train teams and courts"
    assert "<ins>and courts</ins>" in page
    assert "More aims." in page
    assert "Name in English" not in page  # which stayed as it was
    with scope(PROGRAMME):
        kept = Amendment.objects.get()
        assert (kept.number, kept.agreed_on, kept.earlier["aims_en"]) == (1, date(2025, 3, 4), "Train teams")
        with pytest.raises(DatabaseError), transaction.atomic():
            Amendment.objects.update(what="Nothing happened.")


def test_an_amendment_changes_something_of_what_is_signed(sign_in, manager, microsoft):
    client = sign_in(manager)
    with scope(PROGRAMME):
        signed = make_agreement("OAS and Microsoft", microsoft)
        draft = make_agreement("A draft", microsoft, phase="draft")

    same = client.post(f"{signed.get_absolute_url()}amendments/", AMENDED | {"edited": "0"})
    early = client.post(f"{draft.get_absolute_url()}amendments/", AMENDED | {"edited": "0"})

    assert "Nothing is different from the terms in force." in same.content.decode()
    assert "Only what is signed" in early.content.decode()


def test_a_renewal_is_a_draft_with_the_same_parties_and_follows_once_it_begins(sign_in, officer, microsoft):
    with scope(PROGRAMME):
        ends = {"end": "stated", "ends_on": today() + timedelta(days=30)}
        made = make_agreement("Ours", microsoft, points=[2], **ends)
        instrument = Instrument.objects.create(slug="strategy", kind="strategy", name_en="x", adopted="2004")
        AgreementInstrument.objects.create(agreement=made, instrument=instrument)
    address = f"{made.get_absolute_url()}renew/"

    first, again = (sign_in(officer).post(address) for _ in range(2))

    with scope(PROGRAMME):
        draft = Agreement.objects.get(renews=made)
        assert first.url == again.url == draft.get_absolute_url()
        assert (draft.phase, draft.audience, draft.end, draft.points) == ("draft", "staff", "not stated", [2])
        assert draft.party_ids == made.party_ids
        assert draft.parties.filter(partner=None).exists()
        assert draft.implements.get().instrument == instrument
        assert fresh(made).status == "in force"
        Agreement.objects.filter(pk=draft.pk).update(phase="concluded")
        assert fresh(made).status == "renewed"


def test_activities_under_an_agreement_are_told_to_whoever_reads_both(sign_in, officer, microsoft):
    facts = {"kind": "course", "status": "done", "starts_on": date(2026, 1, 5)}
    with scope(PROGRAMME):
        made = make_agreement("Ours", microsoft, audience="public")
        shown = Activity.objects.create(slug="shown", title_en="A course", audience="public", **facts)
        Activity.objects.create(slug="hidden", title_en="A secret course", audience="staff", **facts)
    staff = sign_in(officer)
    for slug in ("shown", "hidden"):
        staff.post(f"{made.get_absolute_url()}links/", {"activity": f"/activities/{slug}/"})

    page = Client().get(made.get_absolute_url()).content.decode()

    assert "A course" in page
    assert "A secret course" not in page
    assert made.get_absolute_url() in Client().get("/activities/shown/").content.decode()
    staff.post(f"{made.get_absolute_url()}links/remove/", {"activity": str(shown.pk)})
    with scope(PROGRAMME):
        assert AgreementActivity.objects.get().activity.slug == "hidden"


def test_a_contact_reads_no_move_and_no_reason(sign_in, officer, microsoft):
    contact = make_contact("Paula Partner", microsoft)
    with scope(PROGRAMME):
        made = make_agreement("Ours", microsoft)
        AgreementMove.objects.create(agreement=made, before="draft", after="concluded", reason="At last", by=officer)

    assert "At last" in sign_in(officer).get(made.get_absolute_url()).content.decode()
    assert "At last" not in sign_in(contact).get(made.get_absolute_url()).content.decode()

"""The roster: the staff alone read it, people confirm and leave by a link, and matches show the rows behind them."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, connection, transaction

from action_plan.actions import experts as actions
from action_plan.actions.experts import ask_again
from action_plan.expert_letters import address_to_confirm, address_to_leave
from action_plan.matching import causes, matches, need_of
from action_plan.models import (
    Expert,
    ExpertCountry,
    Expertise,
    ExpertiseEvaluation,
    ExpertiseNeed,
    ExpertLetter,
    ExpertSkill,
    Placement,
)
from capability.models import Factor
from common.scope import PROGRAMME, reach_of, scope
from notices.work import work
from tests.factories.capability import make_edition
from tests.factories.experts import make_expert, make_expertise
from tests.factories.member_states import make_liaison

pytestmark = pytest.mark.django_db
STAFF, CHILE = {"officer", "observer"}, {"lead_chl"}
ENTRY = {"name": "Olga Example", "email": "olga@example.org", "language": "en", "languages": ["en", "es"]}


@pytest.fixture
def people(officer, observer, admin, lead_chl, lead_jam):
    cast = {"officer": officer, "observer": observer, "admin": admin, "lead_chl": lead_chl, "lead_jam": lead_jam}
    return {**cast, "nobody": AnonymousUser()}


@pytest.fixture
def factors(db):
    make_edition()
    return list(Factor.objects.order_by("pk")[:3])


def readers(people, model):
    found = set()
    for name, person in people.items():
        with scope(reach_of(person)):
            assert set(model.objects.visible_to(person)) == set(model._base_manager.all()), name
            found |= {name} if model._base_manager.exists() else set()
    return found


def path_of(address):
    return "/" + address.split("/", 3)[3]


# Who reads --------------------------------------------------------------------------------------------------------


def test_the_roster_is_the_staffs_alone(people, chile, factors):
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", people["officer"], skills={factors[0]: 2}, worked_in=[chile])
        expertise = make_expertise(chile, people["officer"], factors[0])
        days = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 5)}
        Placement.objects.create(expertise=expertise, expert=expert, by=people["officer"], **days)

    for model in (Expert, ExpertSkill, ExpertCountry, Placement):
        assert readers(people, model) == STAFF, model


@pytest.mark.parametrize(("shared", "seen_by"), [(True, STAFF | CHILE), (False, STAFF)])
def test_what_a_state_needs_is_read_by_that_state(people, chile, factors, shared, seen_by):
    with scope(PROGRAMME):
        expertise = make_expertise(chile, people["officer"], factors[0], shared=shared)
    with scope(reach_of(people["officer"])):
        of = {"expertise": expertise, "state": chile}
        ExpertiseEvaluation.objects.create(score=4, by=people["officer"], **of)

    for model in (Expertise, ExpertiseNeed, ExpertiseEvaluation):
        assert readers(people, model) == seen_by, model


def test_the_state_reads_no_name_of_the_roster(people, chile, factors, sign_in):
    with scope(PROGRAMME):
        make_expert("Olga Example", people["officer"], skills={factors[0]: 2})
        page = make_expertise(chile, people["officer"], factors[0]).get_absolute_url()

    assert "Olga Example" in sign_in(people["observer"]).get(page).content.decode()
    assert "Olga Example" not in sign_in(people["lead_chl"]).get(page).content.decode()


# Confirming and leaving -------------------------------------------------------------------------------------------


def test_an_expert_confirms_by_a_link_that_serves_once(people, factors, sign_in, client, mailoutbox):
    skill = {f"skill_{factors[0].pk}": "3"}
    made = sign_in(people["officer"]).post("/experts/new/", ENTRY | skill)
    assert made.status_code == 302
    client.logout()
    with scope(PROGRAMME):
        expert = Expert.objects.get()
        assert (expert.status, [one.level for one in expert.skills.all()]) == ("asked", [3])
    link = path_of(address_to_confirm(expert))

    assert "Confirm your entry" in client.get(link).content.decode()
    with scope(PROGRAMME):
        assert Expert.objects.get().status == "asked"  # looking changes nothing
    client.post(link)

    with scope(PROGRAMME):
        assert Expert.objects.get().status == "confirmed"
    assert client.get(link).status_code == 404


def test_a_newer_letter_ends_the_link_before(people, client):
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", people["officer"], status="asked")
        before = path_of(address_to_confirm(expert))
        ask_again(expert=expert, by=people["officer"])

    assert client.get(before).status_code == 404
    assert client.get(path_of(address_to_confirm(expert))).status_code == 200


def test_the_letter_carries_both_links(people, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", people["officer"], status="asked")
        letter = ExpertLetter.objects.create(expert=expert, turn=expert.turn)

    work(ExpertLetter, letter.pk)

    with scope(PROGRAMME):
        assert ExpertLetter.objects.get().sent_at


@pytest.mark.parametrize("status", ["asked", "confirmed"])
def test_who_leaves_is_kept_without_a_name(people, chile, factors, client, status):
    with scope(PROGRAMME):
        skills = {factors[0]: 2}
        expert = make_expert("Olga Example", people["officer"], skills=skills, worked_in=[chile], status=status)
    link = path_of(address_to_leave(expert))

    assert "deleted at once" in client.get(link).content.decode()
    client.post(link)

    with scope(PROGRAMME):
        left = Expert.objects.get()
        assert (left.status, left.name, left.email, left.languages) == ("left", "", "", [])
        assert not ExpertSkill.objects.exists()
        assert not ExpertCountry.objects.exists()
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("status", ["asked", "confirmed"])
def test_another_address_is_asked_anew_and_ends_every_link_before(people, factors, sign_in, client, status):
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", people["officer"], email="wrong@example.org", status=status)
    before = [path_of(address(expert)) for address in (address_to_confirm, address_to_leave)]

    page = sign_in(people["officer"]).post(f"{expert.get_absolute_url()}edit/", ENTRY, follow=True)

    assert "A letter asks the expert to confirm." in page.content.decode()
    client.logout()
    assert [client.post(link).status_code for link in before] == [404, 404]
    with scope(PROGRAMME):
        now = Expert.objects.get()
        assert (now.status, now.email, now.confirmed_at) == ("asked", "olga@example.org", None)
        assert ExpertLetter.objects.get().turn == now.turn
    assert client.get(path_of(address_to_confirm(now))).status_code == 200
    assert client.get(path_of(address_to_leave(now))).status_code == 200


def test_other_words_ask_nobody_again(people, factors, sign_in, client):
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", people["officer"])
    link = path_of(address_to_leave(expert))

    sign_in(people["officer"]).post(f"{expert.get_absolute_url()}edit/", {**ENTRY, "biography": "Forensics"})

    client.logout()
    assert client.get(link).status_code == 200
    with scope(PROGRAMME):
        assert (Expert.objects.get().status, Expert.objects.get().biography) == ("confirmed", "Forensics")
        assert not ExpertLetter.objects.exists()


def test_a_change_does_not_bring_back_who_has_left(people, factors, sign_in, monkeypatch):
    """They leave between the reading of the form and its saving."""
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", people["officer"])
    change = actions.change_expert

    def leave_first(**given):
        actions.leave(expert=expert)
        return change(**given)

    monkeypatch.setattr(actions, "change_expert", leave_first)
    page = sign_in(people["officer"]).post(f"{expert.get_absolute_url()}edit/", ENTRY, follow=True)

    assert "has left the roster meanwhile" in page.content.decode()
    with scope(PROGRAMME):
        left = Expert.objects.get()
        assert (left.status, left.name, left.email) == ("left", "", "")


def test_a_link_read_before_the_address_changed_wipes_nothing(people):
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", people["officer"], email="wrong@example.org")
        Expert.objects.filter(pk=expert.pk).update(email="olga@example.org")

    actions.leave(expert=expert)

    with scope(PROGRAMME):
        assert Expert.objects.get().name == "Olga Example"


def test_one_address_is_on_the_roster_once(people, factors, sign_in):
    with scope(PROGRAMME):
        make_expert("Olga Example", people["officer"])
        other = make_expert("Pia Example", people["officer"])
    browser = sign_in(people["officer"])

    for path in ("/experts/new/", f"{other.get_absolute_url()}edit/"):
        answer = browser.post(path, ENTRY)
        assert (answer.status_code, "on the roster already" in answer.content.decode()) == (422, True), path


def test_the_trail_keeps_no_name(people, client):
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", people["officer"], biography="Born in Example")
    client.post(path_of(address_to_leave(expert)))

    with scope(PROGRAMME), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM accounts_auditentry WHERE model LIKE 'action_plan.expert%' AND"
            " (before::text ~ 'Olga|olga|Born' OR after::text ~ 'Olga|olga|Born')"
        )
        assert cursor.fetchone() == (0,)


def test_who_has_left_has_no_name_in_the_database_either(people):
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", people["officer"])
        with pytest.raises(IntegrityError), transaction.atomic():
            Expert.objects.filter(pk=expert.pk).update(status="left")


def test_an_entry_that_says_too_little_is_explained(people, factors, sign_in):
    wrong = {**ENTRY, "name": "", "languages": [], "available_from": "2027-02-01", "available_until": "2027-01-01"}

    answer = sign_in(people["officer"]).post("/experts/new/", wrong)

    assert answer.status_code == 422
    for sentence in ("Say the person’s name.", "Choose one language", "comes before the first", "olga@example.org"):
        assert sentence in answer.content.decode()


# Matches ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def need(people, chile, brazil, jamaica, factors):
    """Two who fit: the first by a better skill, the second by place, work and language."""
    with scope(PROGRAMME):
        expertise = make_expertise(chile, people["officer"], *factors[:2], languages=["en", "es"])
        make_expert("Anton First", people["officer"], skills={factors[0]: 3, factors[1]: 1}, country=jamaica)
        make_expert(
            "Berta Second",
            people["officer"],
            skills={factors[0]: 2, factors[2]: 3},
            country=brazil,
            languages=["en", "es"],
            worked_in=[chile],
        )
        make_expert("Carl Stranger", people["officer"], skills={factors[2]: 3}, country=chile)
    return expertise


def ranked(need, user):
    with scope(reach_of(user)):
        wanted = need_of(need, user)
        return [(expert.name, expert.points, causes(expert, wanted)) for expert in matches(wanted, user)]


def test_matches_show_the_rows_that_brought_them(people, need, factors):
    found = ranked(need, people["officer"])

    assert [(name, points) for name, points, _ in found] == [("Anton First", 56), ("Berta Second", 48)]
    for _name, points, rows in found:
        assert sum(brought for _words, brought in rows) == points
    assert [brought for _, brought in found[0][2]] == [30, 10, 5, 10, 1]
    assert [brought for _, brought in found[1][2]] == [20, 5, 5, 10, 6, 2]


def first(need, people):
    return ranked(need, people["officer"])[0][0]


@pytest.mark.parametrize(
    "flip",
    [
        lambda factors: ExpertSkill.objects.filter(expert__name="Anton First", factor=factors[0]).update(level=2),
        lambda factors: ExpertSkill.objects.filter(expert__name="Berta Second", factor=factors[0]).update(level=3),
        lambda factors: Expert.objects.filter(name="Anton First").update(available_until=date(2027, 2, 1)),
    ],
    ids=["a skill less", "a skill more", "no time"],
)
def test_one_row_turns_the_order_round(people, need, factors, flip):
    assert first(need, people) == "Anton First"

    with scope(PROGRAMME):
        flip(factors)

    assert first(need, people) == "Berta Second"


@pytest.mark.parametrize("facts", [{"status": "asked"}, {"status": "left", "name": "", "email": ""}])
def test_only_who_has_confirmed_is_a_match(people, need, facts):
    with scope(PROGRAMME):
        Expert.objects.filter(name="Anton First").update(**facts)

    assert first(need, people) == "Berta Second"


@pytest.mark.parametrize(
    ("free", "points"),
    [
        ({}, 10),
        ({"available_from": date(2027, 3, 1), "available_until": date(2027, 3, 5)}, 10),
        ({"available_from": date(2027, 3, 3)}, 4),
        ({"available_until": date(2027, 3, 3)}, 4),
        ({"available_from": date(2027, 3, 6)}, 0),
        ({"available_until": date(2027, 2, 28)}, 0),
    ],
)
def test_time_counts_as_far_as_there_is_any(people, need, free, points):
    with scope(PROGRAMME):
        Expert.objects.filter(name="Anton First").update(**free)
        found = matches(need_of(need, people["officer"]), people["officer"]).get(name="Anton First")

    assert found.time_points == points


# Placements and what was said of them -----------------------------------------------------------------------------


def test_an_expert_is_placed_once(people, need, sign_in):
    with scope(PROGRAMME):
        expert = Expert.objects.get(name="Berta Second")
    browser, page = sign_in(people["officer"]), need.get_absolute_url()
    days = {"expert": expert.pk, "starts_on": "2027-03-01", "ends_on": "2027-03-05"}

    browser.post(f"{page}place/", days)
    again = browser.post(f"{page}place/", days, follow=True)
    with scope(PROGRAMME):
        placement = Placement.objects.get()
    browser.post(f"{page}placements/{placement.pk}/", {"to": "agreed"})

    assert "placed here already" in again.content.decode()
    with scope(PROGRAMME):
        assert Placement.objects.get().status == "agreed"


def test_officer_and_liaison_say_how_it_was_once_each(people, need, sign_in):
    page = need.get_absolute_url()
    for who in ("officer", "lead_chl"):
        browser = sign_in(people[who])
        assert browser.post(f"{page}evaluate/", {"score": "4", "words": "Good"}).status_code == 302
        assert browser.post(f"{page}evaluate/", {"score": "1"}).status_code == 422

    with scope(PROGRAMME):
        assert ExpertiseEvaluation.objects.count() == 2


@pytest.mark.parametrize(("who", "answer"), [("observer", 403), ("lead_jam", 404), ("admin", 404)])
def test_others_say_nothing_of_it(people, need, sign_in, who, answer):
    assert sign_in(people[who]).post(f"{need.get_absolute_url()}evaluate/", {"score": "4"}).status_code == answer


def test_a_contact_point_reads_what_is_needed_and_says_nothing_of_it(people, need, chile, sign_in):
    browser, page = sign_in(make_liaison("Nora Kontakt", chile, "contact point")), need.get_absolute_url()

    assert browser.get(page).status_code == 200
    assert browser.post(f"{page}evaluate/", {"score": "4"}).status_code == 403


def test_the_database_lets_nobody_speak_for_another(people, need, deputy_chl):
    with scope(reach_of(people["lead_chl"])), pytest.raises(DatabaseError), transaction.atomic():
        ExpertiseEvaluation.objects.create(expertise=need, state=need.state, score=1, by=deputy_chl)


# The list ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def roster(people, factors, chile, jamaica):
    with scope(PROGRAMME):
        make_expert("Olga Example", people["officer"], skills={factors[0]: 2}, country=chile)
        make_expert("Raul Example", people["officer"], skills={factors[1]: 3}, languages=["es"], worked_in=[chile])
        make_expert("Tess Example", people["officer"], available_from=date(2027, 1, 1), available_until=None)
        make_expert("Uma Example", people["officer"], status="asked", available_until=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", "ORTU"),
        ("factor={0}", "O"),
        ("factor={1}", "R"),
        ("factor={2}", ""),
        ("language=es", "R"),
        ("country=chile", "OR"),
        ("country=jamaica", ""),
        ("available=2026-12-31", "ORU"),
        ("available=2027-01-01", "ORT"),
        ("status=asked", "U"),
        ("country=chile&language=en", "O"),
        ("available=soon", "ORTU"),
        ("factor=nothing", "ORTU"),
    ],
)
def test_the_roster_is_narrowed_and_the_address_keeps_by_what(sign_in, people, factors, roster, asked, found):
    asked = asked.format(*(factor.code for factor in factors))

    page = sign_in(people["observer"]).get(f"/experts/?{asked}")

    assert page.status_code == 200
    assert "".join(expert.name[0] for expert in page.context["page"]) == found
    for name, value in (pair.split("=") for pair in asked.split("&") if pair):
        assert page.context["filter"].form[name].value() == value

"""What the lists of the exchange narrow to, order by and add, asked of the querysets themselves."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from csirt_network.models import GroupMember, NetworkMembership, SharingGroup, TeamMember
from exchange.models import (
    AssetClaim,
    Collection,
    EarlyWarning,
    Import,
    ImportRun,
    MachineToken,
    Push,
    StixObject,
    WarningLook,
)
from exchange.querysets.tokens import usable_of
from tests.factories.alerts import make_alert
from tests.factories.exchange import collection_of, make_machine_token

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


# Claims and warnings --------------------------------------------------------------------------------------------------


@pytest.fixture
def claims(csirt_chl, rep_chl, officer):
    """One of each status, called by it."""
    decided = {"decided_by": officer, "decided_at": timezone.now(), "reason": "x"}
    with scope(PROGRAMME):
        for status in AssetClaim.Status.values:
            facts = {} if status == "asked" else decided
            AssetClaim.objects.create(
                team=csirt_chl, kind="domain", value=f"{status}.example", asked_by=rep_chl, status=status, **facts
            )
    return AssetClaim.objects


def test_claims_are_told_apart_by_where_they_are(claims):
    with scope(PROGRAMME):
        found = {name: {one.status for one in getattr(claims, name)()} for name in ("asked", "approved", "standing")}

    assert found == {"asked": {"asked"}, "approved": {"approved"}, "standing": {"asked", "approved"}}


@pytest.fixture
def warnings(claims, csirt_chl, csirt_jam, officer):
    """One of each status, called by it; `together` was found with the one that is new."""
    alert = make_alert(Tlp.CLEAR, by=officer)
    with scope(PROGRAMME):
        claim = claims.get(status="approved")
        facts = {"claim": claim, "team": csirt_chl, "backup": csirt_jam, "alert": alert, "item": "x", "kind": "domain"}
        found = {
            status: EarlyWarning.objects.create(value=status, status=status, **facts)
            for status in EarlyWarning.Status.values
        }
        more = {"told_with": found["new"], "status": "looking"}
        return found | {"together": EarlyWarning.objects.create(value="together", **more, **facts)}


def test_warnings_are_told_apart_by_what_became_of_them(warnings):
    with scope(PROGRAMME):
        new = {one.value for one in EarlyWarning.objects.new()}
        unhandled = {one.value for one in EarlyWarning.objects.unhandled()}
        told = {one.value for one in EarlyWarning.objects.in_mail(warnings["new"].pk)}

    assert (new, unhandled, told) == ({"new"}, {"new", "looking", "together"}, {"new", "together"})


def test_a_warning_is_read_with_its_own_object_alone(claims, rep_chl, csirt_chl, csirt_jam):
    said = {"type": "indicator", "body": "{}", "tlp": "CLEAR", "from_team": csirt_jam, "version": timezone.now()}
    with scope(PROGRAMME):
        seen, kept = (
            StixObject.objects.create(
                stix_id=f"indicator--{name}", collection=collection, date_added=timezone.now(), **said
            )
            for name, collection in (
                ("seen", collection_of("public")),
                ("kept", collection_of("team", team=csirt_jam)),
            )
        )
        facts = {"claim": claims.get(status="approved"), "team": csirt_chl, "kind": "domain"}
        for one in (seen, kept):
            EarlyWarning.objects.create(value=one.stix_id, object=one, item=one.stix_id, **facts)

        reader = User.objects.get(pk=rep_chl.pk)
        assert [one.object for one in EarlyWarning.objects.visible_to(reader)] == [seen]


def test_a_collection_was_looked_through_up_to_the_latest_look(csirt_chl, csirt_jam):
    mine, other = (collection_of("team", team=team) for team in (csirt_chl, csirt_jam))
    now = timezone.now()
    with scope(PROGRAMME):
        assert WarningLook.objects.reached(mine.pk) is None
        for collection, status, up_to in (
            (mine, "done", now - DAY), (mine, "failed", now), (mine, "done", now - HOUR), (other, "done", now + DAY),
            (mine, "queued", None),
        ):  # fmt: skip
            WarningLook.objects.bulk_create([WarningLook(collection=collection, status=status, up_to=up_to)])

        assert WarningLook.objects.reached(mine.pk) == now


# Collections ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def group(csirt_chl, officer):
    with scope(PROGRAMME):
        made = SharingGroup.objects.create(name="Ransomware", slug="ransomware", made_by=officer)
        GroupMember.objects.create(group=made, team=csirt_chl)
    return made


def test_a_collection_has_a_name_and_an_id(group, csirt_chl, csirt_jam):
    collection_of("team", team=csirt_jam)
    wanted = {
        "public": collection_of("public"),
        "community": collection_of("community"),
        f"group-{group.slug}": collection_of("group", group=group),
        f"team-{csirt_chl.slug}": collection_of("team", team=csirt_chl),
    }
    wanted |= {str(one.uuid): one for one in wanted.values()}
    with scope(PROGRAMME):
        assert {name: list(Collection.objects.named(name)) for name in wanted} == {
            name: [one] for name, one in wanted.items()
        }
        for unknown in (
            "group",
            "team",
            "group-",
            f"group-{csirt_chl.slug}",
            f"team-{group.slug}",
            "x",
            str(uuid.uuid4()),
        ):
            assert not Collection.objects.named(unknown).exists(), unknown


def test_objects_are_counted_no_further_than_one_beyond_the_most(csirt_chl):
    few, many = collection_of("public"), collection_of("community")
    now = timezone.now()
    with scope(PROGRAMME):
        StixObject.objects.bulk_create(
            StixObject(
                collection=collection,
                stix_id=f"indicator--{number}",
                type="indicator",
                version=now,
                body="{}",
                tlp="CLEAR",
                date_added=now + timedelta(seconds=number),
                from_team=csirt_chl,
            )
            for number, collection in enumerate([few] * 2 + [many] * 5)
        )
        counted = Collection.objects.with_counts(StixObject.objects.all(), most=3)

        assert {row.pk: row.count for row in counted if row.pk in (few.pk, many.pk)} == {few.pk: 2, many.pk: 4}


def test_objects_that_were_deleted_stand_no_more_and_only_the_last_version_is_the_newest(csirt_chl):
    now, collection = timezone.now(), collection_of("public")
    said = {"collection": collection, "type": "indicator", "body": "{}", "tlp": "CLEAR", "from_team": csirt_chl}
    said |= {"version": now}
    kinds = {"last": {}, "former": {"is_last": False}, "gone": {"gone_at": now}}
    with scope(PROGRAMME):
        StixObject.objects.bulk_create(
            StixObject(stix_id=f"indicator--{name}", date_added=now + timedelta(seconds=number), **said, **facts)
            for number, (name, facts) in enumerate(kinds.items())
        )
        mine = StixObject.objects.filter(collection=collection)
        standing = {row.stix_id.removeprefix("indicator--") for row in mine.standing()}
        newest = {row.stix_id.removeprefix("indicator--") for row in mine.newest()}

    assert (standing, newest) == ({"last", "former"}, {"last"})


# What teams bring -----------------------------------------------------------------------------------------------------


def test_a_file_is_emptied_once_it_is_imported_or_nobody_did_so_for_thirty_days(csirt_chl, rep_chl):
    collection, now = collection_of("team", team=csirt_chl), timezone.now()
    said = {"collection": collection, "team": csirt_chl, "by": rep_chl, "format": "csv", "size": 1}
    with time_machine.travel(now, tick=False), scope(PROGRAMME):
        for name, made_at, status, content in (
            ("new", now, None, b"x"),
            ("thirty days old", now - 30 * DAY, None, b"x"),
            ("forgotten", now - 30 * DAY - MINUTE, None, b"x"),
            ("empty already", now - 31 * DAY, None, b""),
            ("waits", now - 31 * DAY, "queued", b"x"),
            ("is read", now, "running", b"x"),
            ("done", now, "done", b"x"),
            ("failed", now, "failed", b"x"),
            ("done and empty", now, "done", b""),
        ):
            one = Import.objects.create(name=name, made_at=made_at, content=content, **said)
            if status:
                ImportRun.objects.create(importing=one, by=rep_chl, status=status)

        assert {one.name for one in Import.objects.to_empty()} == {"forgotten", "done", "failed"}


def test_imports_are_listed_without_what_is_large(csirt_chl, rep_chl, django_assert_num_queries):
    collection = collection_of("team", team=csirt_chl)
    said = {"collection": collection, "team": csirt_chl, "by": rep_chl, "format": "csv", "size": 1}
    with scope(PROGRAMME):
        one = Import.objects.create(name="x", content=b"x", rows=[1], **said)
        ImportRun.objects.create(importing=one, by=rep_chl)
        with django_assert_num_queries(1):
            [found] = Import.objects.listed()
            names = (
                found.team.name,
                found.by.name,
                found.collection.team.name,
                found.collection.group,
                found.run.status,
            )

    assert names == (csirt_chl.name, rep_chl.name, csirt_chl.name, None, "queued")
    assert found.get_deferred_fields() == {"content", "rows"}
    assert found.run.get_deferred_fields() == {"results"}


@pytest.fixture
def pushes(csirt_chl, rep_chl):
    """By status and the hours since they were finished."""
    collection, now = collection_of("team", team=csirt_chl), timezone.now()
    with time_machine.travel(now, tick=False):
        with scope(PROGRAMME):
            for status, hours, kept in (
                ("queued", None, "x"), ("running", None, "x"), ("done", 1, "x"), ("done", 72, "x"), ("done", 73, "x"),
                ("failed", 73, "x"), ("done", 74, ""),
            ):  # fmt: skip
                finished_at = None if hours is None else now - hours * HOUR
                Push.objects.create(
                    collection=collection, team=csirt_chl, by=rep_chl, status=status, finished_at=finished_at, body=kept
                )
            Push.objects.filter(status="done", finished_at=now - 74 * HOUR).update(successes=[1])
            Push.objects.create(
                collection=collection, team=csirt_chl, by=rep_chl, status="done", finished_at=now - 75 * HOUR
            )
        yield lambda found: sorted((one.status, one.finished_at and (now - one.finished_at) // HOUR) for one in found)


def test_a_submission_is_remembered_for_72_hours_after_its_end(pushes):
    with scope(PROGRAMME):
        remembered = pushes(Push.objects.filter(finished_at__isnull=False).remembered())
        waiting = pushes(Push.objects.filter(finished_at=None).remembered())
        forgotten = pushes(Push.objects.to_forget())

    assert remembered == [("done", 1), ("done", 72)]
    assert waiting == [("queued", None), ("running", None)]
    assert forgotten == [("done", 73), ("done", 74), ("failed", 73)]


def test_a_submission_is_unfinished_while_it_waits_or_is_read(pushes):
    with scope(PROGRAMME):
        assert pushes(Push.objects.unfinished()) == [("queued", None), ("running", None)]


# Tokens ---------------------------------------------------------------------------------------------------------------


def usable(token):
    """By the queryset, and by the question that is kept: they say the same."""
    with scope(PROGRAMME):
        found = MachineToken.objects.usable().filter(pk=token.pk).exists()
        kept = usable_of(token.key)
    assert (kept == token) is found
    return found


def test_a_token_serves_while_its_maker_acts_for_a_team_of_the_network(rep_chl, csirt_chl):
    token, _secret = make_machine_token(rep_chl, csirt_chl)
    assert usable(token)
    with scope(PROGRAMME):
        TeamMember.objects.filter(person=rep_chl).update(kind="analyst")
    assert not usable(token)
    with scope(PROGRAMME):
        TeamMember.objects.filter(person=rep_chl).update(kind="representative")
    assert usable(token)
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_chl).delete()
    assert not usable(token)


def test_a_token_rests_on_its_own_maker_and_its_own_team(rep_chl, csirt_chl, rep_jam, csirt_jam):
    token, _secret = make_machine_token(rep_chl, csirt_chl)
    other, _secret = make_machine_token(rep_jam, csirt_jam)
    with scope(PROGRAMME):
        TeamMember.objects.filter(person=rep_chl).update(team=csirt_jam)  # represents another team now
        NetworkMembership.objects.filter(team=csirt_jam).delete()
        rests = {
            one.pk: (one.is_represented, one.is_connected)
            for one in MachineToken.objects.with_standing().filter(pk__in=(token.pk, other.pk))
        }

    assert rests == {token.pk: (False, True), other.pk: (True, False)}
    assert not usable(token)
    assert not usable(other)


@pytest.mark.parametrize(("seconds", "serves"), [(-1, True), (0, False), (1, False)])
def test_a_token_serves_until_the_moment_it_expires_or_is_revoked(rep_chl, csirt_chl, seconds, serves):
    token, _secret = make_machine_token(rep_chl, csirt_chl, days=1)
    with time_machine.travel(token.expires_at + timedelta(seconds=seconds), tick=False):
        assert usable(token) is serves
    with scope(PROGRAMME):
        MachineToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
    assert not usable(token)


@pytest.mark.parametrize(("seconds", "is_noted"), [(1, False), (60, False), (61, True)])
def test_the_use_of_a_token_is_noted_to_the_minute(rep_chl, csirt_chl, seconds, is_noted):
    token, other = (make_machine_token(rep_chl, csirt_chl, name=name)[0] for name in ("One", "Other"))
    began = timezone.now()
    with scope(PROGRAMME):
        for after in (0, seconds):
            with time_machine.travel(began + timedelta(seconds=after), tick=False):
                MachineToken.objects.note_use(token, address=f"192.0.2.{after}")
        noted = MachineToken.objects.get(pk=token.pk)

        assert MachineToken.objects.get(pk=other.pk).last_used_at is None
    last = seconds if is_noted else 0
    assert (noted.last_used_at, noted.last_used_from) == (began + timedelta(seconds=last), f"192.0.2.{last}")

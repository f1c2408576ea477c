"""Alerts of Chile's team and of the programme at each point of their writing, with a canary in every text."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from common.scope import reach_of, scope
from csirt_network.actions.labels import lower_label
from csirt_network.actions.publishing import close, hand_over, publish
from csirt_network.actions.writing import Seen, Written, write
from csirt_network.models import Alert, AlertFile, Recipient, Team
from tests.access.canaries import CHILE, canary
from tests.documents import corpus

TEXTS = ("title_en", "title_es", "happening_en", "happening_es", "to_do_en", "products")


def make_written(world: Any) -> dict[str, Alert]:
    teams = {team.slug: team for team in Team.objects.all()}
    chile, sector, foreign = (teams[slug] for slug in ("csirt-chile", "csirt-banks", "cirt-jamaica"))
    team, analyst, manager = (User.objects.get(pk=world.people[who].pk) for who in ("team", "analyst", "manager"))
    to_us = (Recipient(kind="team", team=chile), Recipient(kind="programme"))
    named = Recipient(kind="person", person=analyst)
    made = {
        "draft": draft("TEAM", Recipient(kind="team", team=sector), by=analyst, origin=chile),
        "wide": draft("TEAM", Recipient(kind="team", team=foreign), by=analyst, origin=chile),
        "red": draft("NAMED", named, by=team, origin=chile, tlp="RED"),
        "offered": draft("OFFERED", *to_us, by=team, origin=chile),
        "programme": draft("DESK", Recipient(kind="team", team=chile), by=manager),
    }
    act(hand_over, made["offered"], by=team)
    for name in ("out", "lowering", "closed"):
        made[name] = act(publish, draft("CONSTITUENTS", *to_us, by=team, origin=chile), by=team, edited=0)
    made["hidden"] = draft("CONSTITUENTS", *to_us, by=team, origin=chile)
    act(hand_over, made["hidden"], by=team)
    act(publish, made["hidden"], by=manager, edited=0)
    act(lower_label, made["lowering"], by=team, tlp="GREEN", reason=canary(CHILE, "OFFERED", "lowering"))
    act(close, made["closed"], by=team, closing=canary(CHILE, "CONSTITUENTS", "closing"))
    return made


def act(action: Any, alert: Alert, *, by: User, **given: Any) -> Any:
    with scope(reach_of(by)):
        return action(alert=Alert.objects.get(pk=alert.pk), by=by, **given)


def draft(kind: str, *recipients: Recipient, by: User, origin: Team | None = None, tlp: str = "AMBER") -> Alert:
    columns = {name: canary(CHILE, kind, f"written-{name}") for name in TEXTS}
    columns |= {"tlp": tlp, "kind": "warning", "language": "en", "rsit": ["fraud"]}
    written = Written(
        columns=columns,
        recipients=[Recipient(**_chosen(recipient)) for recipient in recipients],
        indicators=[Seen("domain", "bad.example", "2026", canary(CHILE, kind, "written-note"))],
        uploads=[SimpleUploadedFile(f"{canary(CHILE, kind, 'written-file')}pdf", corpus.pdf(), "application/pdf")],
    )
    with scope(reach_of(by)):
        return write(written=written, origin=origin, by=by)


def _chosen(recipient: Recipient) -> dict[str, Any]:
    return {"kind": recipient.kind, "team": recipient.team, "person": recipient.person}


def parts_of_written(world: Any, which: str) -> dict[str, Any]:
    alert = world.written[which]
    author = User.objects.get(pk=alert.author_id)
    with scope(reach_of(author)):
        return {"pk": alert.pk, "token": AlertFile.objects.get(alert=alert).token}


def alert(_: Any) -> dict[str, Any]:
    return {
        "tlp": "AMBER",
        "pap": "AMBER",
        "kind": "warning",
        "language": "en",
        "title_en": "New words of an alert",
        "happening_en": "It happens again.",
        "rsit": ["fraud"],
        "indicators": "bad[.]example | 2026",
        "teams": [Team.objects.get(slug="csirt-chile").pk],
        "programme": "on",
        "edited": "0",
    }


def alert_version(world: Any) -> dict[str, Any]:
    return alert(world) | {"what_changed": "Another lure."}

"""What keeps an alert from going out: sentences that say what is wrong and what to do."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.scope import PROGRAMME, reach_of, scope
from common.tlp import ORDER, Pap, Tlp, strictest
from common.translated import suffix
from csirt_network.actions.audiences import Readers, readers_of
from csirt_network.models import Alert, AlertFile, Audience, NetworkMembership, Reader, Recipient

KIND = Recipient.Kind


def obstacles(alert: Alert, chosen: Iterable[Recipient], *, to_programme: bool = False) -> list[str]:
    """Why it cannot go out as it stands, or be given `to_programme`; empty when nothing is in its way."""
    chosen = list(chosen)
    of_sources = _of_sources(alert, chosen, to_programme=to_programme or alert.with_programme)
    return [*_of_text(alert), *disagreements(alert.tlp, alert.pap, chosen), *of_sources]


def disagreements(tlp: str, pap: str, chosen: list[Recipient]) -> Iterator[str]:
    """Where the label and the receivers say different things."""
    named, others = [r for r in chosen if r.kind == KIND.PERSON], [r for r in chosen if r.kind != KIND.PERSON]
    if tlp == Tlp.RED and others:
        yield _("TLP:RED is for named persons, and you chose others too. Choose persons only, or another label.")
    if tlp == Tlp.RED and not named:
        yield _("TLP:RED is for named persons. Choose who they are.")
    if tlp != Tlp.RED and not chosen:
        yield _("Nobody would receive it. Choose who does.")
    if pap == Pap.CLEAR and ORDER[tlp] > ORDER[Tlp.GREEN]:
        yield _(
            "PAP:CLEAR lets everybody act as they see fit, and the label does not let everybody know. Choose another."
        )


def _of_text(alert: Alert) -> Iterator[str]:
    language = suffix(alert.language)
    if not getattr(alert, f"title_{language}").strip() or not getattr(alert, f"happening_{language}").strip():
        yield _("In the language it was written in, the title and what is happening are needed.")
    if not alert.rsit:
        yield _("Say what type of incident it is about: the class is enough.")
    if alert.answer_by and alert.answer_by <= timezone.now():
        yield _("The time by which you ask for an answer has passed. Choose a later one.")


def _of_sources(alert: Alert, chosen: list[Recipient], *, to_programme: bool) -> Iterator[str]:
    """Labels only rise: what is quoted or attached lends its label, and its readers, to what it becomes part of."""
    quoted = sources_of(alert)
    lowest = lowest_label(alert, quoted)
    if lowest and ORDER[alert.tlp] < ORDER[lowest]:
        text = _("What it quotes, or a file of it, is under %(label)s. Its own label may not be lower.")
        yield text % {"label": Tlp(lowest).label}
    readers = readers_of(chosen, tlp=alert.tlp, author=alert.author)
    for other in quoted:
        if not _all_have(alert, other, readers, to_programme=to_programme or readers.with_programme):
            text = _(
                "Not everybody who would read this has received alert %(code)s, which it quotes: count the team it"
                " comes from too. Choose fewer, or leave it out."
            )
            yield text % {"code": other.code}


def quoted_by(alert: Alert, user: Any) -> Any:
    return Alert.objects.visible_to(user).filter(quoted_by=alert)


def sources_of(alert: Alert) -> list[Alert]:
    """All that it quotes, as those who wrote it read it: who publishes it may not read all of that."""
    found: dict[int, Alert] = {}
    for writer in {alert.author, alert.edited_by or alert.author}:
        with scope(replace(reach_of(writer), staff=True)):
            found |= {quoted.pk: quoted for quoted in Alert.objects.filter(quoted_by=alert)}
    return list(found.values())


def lowest_label(alert: Alert, quoted: Iterable[Alert]) -> str:
    """The label that it may not go below; empty when it quotes nothing and no file bears a label."""
    files = AlertFile.objects.standing().filter(alert=alert).exclude(tlp="").values_list("tlp", flat=True)
    labels = [*(other.tlp for other in quoted), *files]
    return strictest(labels) if labels else ""


def _all_have(alert: Alert, other: Alert, readers: Readers, *, to_programme: bool) -> bool:
    """Whether whoever reads the one reads the other: its origin may send it on, others only to those who have it.

    Whom it was sent to reads an alert, and so does the team it comes from, unless it is under TLP:RED.
    A programme's look at readers that the author may not see; what it tells is yes or no.
    """
    if other.tlp in (Tlp.CLEAR, Tlp.GREEN):
        return True
    with scope(PROGRAMME):
        origins = dict(
            Audience.objects.filter(pk__in=[alert.audience_id, other.audience_id]).values_list("pk", "origin")
        )
        sent = Reader.objects.filter(audience=other.audience_id)
        teams, people = set(sent.values_list("team", flat=True)), set(sent.values_list("person", flat=True))
    origin = origins[other.audience_id]
    if origins[alert.audience_id] == origin:
        return True
    if to_programme and not other.with_programme:
        return False
    team = origins[alert.audience_id] if alert.tlp != Tlp.RED else None
    has = team is None or team in {origin, *teams} or (other.tlp == Tlp.AMBER and _is_constituent(team, teams))
    return has and readers.teams <= teams | {origin} and readers.people <= people | {alert.author_id}


def _is_constituent(team: int, of: set[Any]) -> bool:
    """What reaches a team under TLP:AMBER reaches its constituents too."""
    current = NetworkMembership.objects.current()
    return current.filter(team=team, constituent_of__in=[pk for pk in of if pk]).exists()

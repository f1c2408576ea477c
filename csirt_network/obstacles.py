"""What keeps an alert from going out: sentences that say what is wrong and what to do."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.scope import PROGRAMME, scope
from common.tlp import ORDER, Pap, Tlp, strictest
from common.translated import suffix
from csirt_network.actions.audiences import Readers, readers_of
from csirt_network.makers import origin_of
from csirt_network.models import Alert, AlertFile, Reader, Recipient

KIND = Recipient.Kind


def obstacles(alert: Alert, chosen: Iterable[Recipient], by: Any) -> list[str]:
    """Why it cannot go out as it stands; empty when nothing is in its way."""
    chosen = list(chosen)
    return [*_of_text(alert), *disagreements(alert.tlp, alert.pap, chosen), *_of_sources(alert, chosen, by)]


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


def _of_sources(alert: Alert, chosen: list[Recipient], by: Any) -> Iterator[str]:
    """Labels only rise: what is quoted or attached lends its label, and its readers, to what it becomes part of."""
    quoted = list(quoted_by(alert, by))
    lowest = lowest_label(alert, quoted)
    if lowest and ORDER[alert.tlp] < ORDER[lowest]:
        text = _("What it quotes, or a file of it, is under %(label)s. Its own label may not be lower.")
        yield text % {"label": Tlp(lowest).label}
    readers = readers_of(chosen, tlp=alert.tlp, author=alert.author)
    for other in quoted:
        if not _all_have(alert, other, readers, by):
            text = _(
                "Not everybody you chose has received alert %(code)s, which it quotes. Choose fewer, or leave it out."
            )
            yield text % {"code": other.code}


def quoted_by(alert: Alert, user: Any) -> Any:
    return Alert.objects.visible_to(user).filter(quoted_by=alert)


def lowest_label(alert: Alert, quoted: Iterable[Alert]) -> str:
    """The label that it may not go below; empty when it quotes nothing and no file bears a label."""
    files = AlertFile.objects.standing().filter(alert=alert).exclude(tlp="").values_list("tlp", flat=True)
    labels = [*(other.tlp for other in quoted), *files]
    return strictest(labels) if labels else ""


def _all_have(alert: Alert, other: Alert, readers: Readers, by: Any) -> bool:
    """Whether whoever reads the one reads the other: its origin may send it on, others only to those who have it.

    A programme's look at readers that the author may not see; what it tells is yes or no.
    """
    mine, theirs = origin_of(alert, by), origin_of(other, by)
    if other.tlp in (Tlp.CLEAR, Tlp.GREEN) or (mine and theirs and mine.origin_id == theirs.origin_id):
        return True
    with scope(PROGRAMME):
        sent = Reader.objects.filter(audience=other.audience_id)
        teams, people = set(sent.values_list("team", flat=True)), set(sent.values_list("person", flat=True))
        origin = other.audience.origin_id
    return readers.teams <= teams | {origin} and readers.people <= people | {alert.author_id}

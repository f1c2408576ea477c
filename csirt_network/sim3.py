"""SIM3, the Security Incident Management Maturity Model (version 2 interim, 2023): 45 parameters in four quadrants.

Short names and codes only, in words close to the model's; the explanations are the portal's own. `name_is_read` is
False where the official name could not be read, so that pages say it is to be checked. https://opencsirt.org
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
LEVELS: Mapping[int, Words] = {
    0: _("The team does not have it, or has never thought of it."),
    1: _("The team knows how it is done, but only from memory: nothing is written down."),
    2: _("It is written down inside the team, without anybody having approved it."),
    3: _("It is written down and approved or published by the head of the team."),
    4: _("It is approved, and those above the team check regularly that it holds."),
}
HIGHEST = max(LEVELS)


class Quadrant(models.TextChoices):
    ORGANISATION = "O", _("Organisation")
    HUMAN = "H", _("Human")
    TOOLS = "T", _("Tools")
    PROCESSES = "P", _("Processes")


@dataclass(frozen=True)
class Parameter:
    code: str
    name: Words
    help: Words
    name_is_read: bool = True

    @property
    def quadrant(self) -> Quadrant:
        return Quadrant(self.code[0])


_READ: Mapping[str, tuple[Words, Words]] = {
    "O-1": (_("Mandate"), _("Who gave the team its task, and in which text.")),
    "O-2": (_("Constituency"), _("Whom the team serves.")),
    "O-3": (_("Authority"), _("What the team may do or order on its own.")),
    "O-4": (_("Responsibility"), _("What the team must do for those it serves.")),
    "O-5": (_("Service description"), _("Which services the team offers, and how to reach them.")),
    "O-6": (_("Public media policy"), _("How the team speaks to the press and to the public.")),
    "O-7": (_("Service level description"), _("Which reaction, and how soon, people may expect.")),
    "O-8": (_("Incident classification"), _("The scheme by which incidents are sorted.")),
    "O-9": (_("Participation in CSIRT systems"), _("In which networks and forums of CSIRTs the team is a member.")),
    "O-11": (_("Security policy"), _("The security rules the team itself works under.")),
    "H-1": (_("Code of conduct"), _("How members of the team must behave, off duty as well.")),
    "H-2": (_("Staff resilience"), _("Enough people to keep going while some are away.")),
    "H-3": (_("Skillset description"), _("Which skills each job needs.")),
    "H-4": (_("Staff development"), _("How people grow inside the team.")),
    "H-5": (_("Technical training"), _("Which technical courses people attend.")),
    "H-6": (_("Soft-skills training"), _("Courses in speaking, writing and dealing with people.")),
    "H-7": (_("External networking"), _("Going out and meeting other teams.")),
    "T-1": (_("IT assets list"), _("Which hardware and software those served are running.")),
    "T-2": (_("Information sources list"), _("Where the team learns of threats and vulnerabilities.")),
    "T-4": (_("Incident tracking system"), _("Where incidents are registered and followed.")),
    "T-5": (_("Resilient voice calls"), _("Telephones that hold when others fail.")),
    "T-6": (_("Resilient messaging"), _("Mail or messages that hold when others fail.")),
    "T-7": (_("Resilient Internet access"), _("Internet access that holds when others fail.")),
    "T-8": (_("Incident prevention toolset"), _("Tools that keep incidents from happening.")),
    "T-9": (_("Incident detection toolset"), _("Tools that find incidents.")),
    "T-10": (_("Incident resolution toolset"), _("Tools that help to solve incidents.")),
    "P-1": (_("Escalation to governance level"), _("How to reach the top management at once.")),
    "P-2": (_("Escalation to press function"), _("How to reach those who speak to the press.")),
    "P-3": (_("Escalation to legal function"), _("How to reach the lawyers.")),
    "P-8": (_("Audit and feedback process"), _("How the team is checked, and learns from it.")),
    "P-11": (_("Secure information handling process"), _("How confidential matters are kept and shared.")),
    "P-13": (_("Outreach process"), _("How the team reaches those it serves before incidents happen.")),
    "P-14": (_("Governance reporting process"), _("What is reported to those above the team, and when.")),
    "P-15": (_("Constituency reporting process"), _("Which figures and reports those served are given.")),
}
_NOT_READ: Mapping[str, tuple[Words, Words]] = {
    "O-10": (_("Organisational framework"), _("The one document that holds all of the above together.")),
    "T-3": (_("Consolidated messaging system"), _("One place that holds all the team's messages.")),
    "P-4": (_("Incident prevention process"), _("How incidents are prevented.")),
    "P-5": (_("Incident detection process"), _("How incidents are found.")),
    "P-6": (_("Incident resolution process"), _("How incidents are solved.")),
    "P-7": (_("Specific incident processes"), _("Own steps for special kinds of incident, such as phishing.")),
    "P-9": (_("Emergency reachability process"), _("How the team is reached outside office hours.")),
    "P-10": (_("Internet presence"), _("The usual mailboxes, a security.txt file and a web page.")),
    "P-12": (_("Information sources process"), _("How the sources of information are worked through.")),
    "P-16": (_("Meeting process"), _("How and how often the team meets.")),
    "P-17": (_("Peer collaboration process"), _("How the team works with other teams.")),
}
_ALL = {**_READ, **_NOT_READ}
COUNTS = {Quadrant.ORGANISATION: 11, Quadrant.HUMAN: 7, Quadrant.TOOLS: 10, Quadrant.PROCESSES: 17}
PARAMETERS = {
    code: Parameter(code, *_ALL[code], name_is_read=code in _READ)
    for quadrant, count in COUNTS.items()
    for code in (f"{quadrant.value}-{number}" for number in range(1, count + 1))
}


def parameters_of(quadrant: Quadrant) -> list[Parameter]:
    return [parameter for parameter in PARAMETERS.values() if parameter.quadrant == quadrant]


def parameter_choices() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """For `choices=`, given as the function, grouped by quadrant."""
    return [(quadrant.label, [(p.code, p.name) for p in parameters_of(quadrant)]) for quadrant in Quadrant]


def level_choices() -> list[tuple[int, Words]]:
    return list(LEVELS.items())


@dataclass(frozen=True)
class Gap:
    """`has` is None where the team has not assessed the parameter."""

    parameter: Parameter
    needs: int
    has: int | None


@dataclass(frozen=True)
class Profile:
    """A baseline: the level each parameter needs at least. A parameter left out needs none.

    The portal ships none: the levels of published baselines are entered by those who own them.
    """

    name: str
    levels: Mapping[str, int]

    def check(self) -> None:
        """Raises ValidationError for codes and levels the model does not have."""
        for code, level in self.levels.items():
            if code not in PARAMETERS:
                raise ValidationError(_("SIM3 has no parameter %(code)s."), params={"code": code})
            if isinstance(level, bool) or level not in LEVELS:
                raise ValidationError(_("%(code)s: the level is a number from 0 to 4."), params={"code": code})

    def gaps(self, levels: Mapping[str, int | None]) -> list[Gap]:
        """What is missing to this baseline, in the model's order."""
        asked = [(parameter, self.levels.get(code, 0), levels.get(code)) for code, parameter in PARAMETERS.items()]
        return [Gap(parameter, needs, has) for parameter, needs, has in asked if (has or 0) < needs]


def averages(levels: Mapping[str, int | None]) -> dict[Quadrant, float | None]:
    """The mean of the assessed parameters of each quadrant, for the radar; None where none is."""
    found: dict[Quadrant, float | None] = {}
    for quadrant in Quadrant:
        given = [level for p in parameters_of(quadrant) if (level := levels.get(p.code)) is not None]
        found[quadrant] = round(sum(given) / len(given), 2) if given else None
    return found

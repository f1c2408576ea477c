"""What the public front page says of the programme, in our own words, with the source of each fact."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from action_plan.models import Activity
from capability.regional import Objectives, Tally
from common.mandate import Point
from reporting.dashboards.objectives import standing
from reporting.dashboards.points import by_point


@dataclass(frozen=True)
class Card:
    """One objective; `figure` says what is counted, `tally` how far it is of how many states."""

    icon: str
    title: str
    text: str
    tally: Tally | None = None
    figure: str = ""


@dataclass(frozen=True)
class Milestone:
    year: str
    title: str
    text: str
    source: str
    source_key: str


def cards(objectives: Objectives, network: Tally, dialogue: Tally | None, agreements: int) -> list[Card]:
    return [
        Card(
            "shield-check",
            gettext("A CSIRT in every member state"),
            gettext("A computer security incident response team that answers when something happens."),
            objectives.csirts,
            _figure(gettext("%(n)s of %(of)s states have a national team at work"), objectives.csirts),
        ),
        Card(
            "file-text",
            gettext("A national strategy in every member state"),
            gettext("Adopted by the government, and kept alive."),
            objectives.strategies,
            _figure(gettext("%(n)s of %(of)s states have a strategy in force"), objectives.strategies),
        ),
        Card(
            "share-2",
            gettext("A hemispheric network of CSIRTs"),
            gettext("Teams exchange information and best practices with each other."),
            network,
            _figure(gettext("%(n)s of %(of)s states have a team in the network"), network),
        ),
        Card(
            "users",
            gettext("Everyone takes part"),
            gettext("Civil society, the public and private sectors, and end users join the dialogue."),
            dialogue,
            _figure(gettext("%(n)s of %(of)s states have included all four of them"), dialogue),
        ),
        Card(
            "handshake",
            gettext("Ties with other organisations"),
            gettext("With those who work on cyber security in the region and beyond."),
            figure=standing(agreements),
        ),
    ]


@dataclass(frozen=True)
class PointCard:
    """`done`: activities for this point that are over, as many as the list of them shows the same reader."""

    point: Point
    text: str
    done: int


def points(user: Any) -> list[PointCard]:
    """One query."""
    done = by_point(Activity.objects.visible_to(user).filter(status=Activity.Status.DONE))
    return [PointCard(point, text, done.get(point, 0)) for point, text in _of_points().items()]


def _of_points() -> dict[Point, str]:
    return {
        Point.STRATEGY: gettext(
            "Workshops and roundtables in which a country writes its strategy, with everybody who has a part in it."
        ),
        Point.TRAINING: gettext("Courses for the people who protect networks, investigate and decide."),
        Point.CSIRT: gettext("Help to set up a response team, until it works and exchanges with the others."),
        Point.EXERCISES: gettext("Teams meet an invented crisis, and learn from it before a real one comes."),
        Point.AWARENESS: gettext("Campaigns and materials for everybody who goes online, free to use."),
        Point.MISSIONS: gettext("Specialists look at what a country asks about, and recommend what to do next."),
        Point.EXPERTISE: gettext("Somebody who knows the matter, for as long as a country needs the person."),
    }


def _figure(words: str, tally: Tally | None) -> str:
    return words % {"n": tally.reached, "of": tally.of} if tally else ""


def milestones() -> list[Milestone]:
    return [
        Milestone(
            "2004",
            gettext("Comprehensive Inter-American Strategy to Combat Threats to Cyber Security"),
            gettext("The member states approve it unanimously. No regional body had adopted one before."),
            "E-046/14",
            "oas-e-046-14",
        ),
        Milestone(
            "2012",
            gettext("Declaration on Strengthening Cyber Security in the Americas"),
            gettext("The member states renew their commitment."),
            "E-046/14",
            "oas-e-046-14",
        ),
        Milestone(
            "2015",
            gettext("Declaration on the Protection of Critical Infrastructure from Emerging Threats"),
            gettext("The member states turn to critical infrastructure and the new threats it faces."),
            gettext("About us"),
            "oas-cyber-about",
        ),
    ]


def partners() -> list[dict[str, Any]]:
    return [
        {
            "title": gettext("Canada"),
            "text": gettext(
                "Over 1.2 million dollars from its Counter-Terrorism Capacity Building Program, announced in August "
                "2011, so that states of the Americas prevent, follow and respond to cyber threats. The source does "
                "not say whose dollars they are."
            ),
            "source": "E-305/12",
            "source_key": "oas-e-305-12",
        },
        {
            "title": "Microsoft",
            "text": gettext(
                "A cooperation agreement signed on 12 February 2014 in Redmond: joint projects that help governments "
                "respond to incidents and investigate them, and better coordination in the region."
            ),
            "source": "E-046/14",
            "source_key": "oas-e-046-14",
        },
    ]

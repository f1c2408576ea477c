"""The library of the trial: invented items, each marked as such; sharing groups and working groups of its teams."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from common.days import today
from common.mandate import Point
from common.scope import Reach, scope
from common.tlp import Tlp
from csirt_network.actions.groups import make_group
from csirt_network.actions.library import Contents, add_item, publish_version
from csirt_network.actions.votes import end_of
from csirt_network.actions.working_groups import add_meeting, add_paper, make_working_group
from csirt_network.models import (
    LibraryItem,
    Meeting,
    Paper,
    Proposal,
    Recipient,
    SharingGroup,
    Team,
    TeamMember,
    Vote,
    WorkingGroup,
)
from csirt_network.sharing_groups import teams_like
from oas_cyber.sample.people import Cast

ITEMS: tuple[dict[str, Any], ...] = (
    {
        "tlp": Tlp.CLEAR,
        "kind": "guide",
        "title_en": "Being reached at night and at weekends",
        "title_es": "Ser localizable de noche y los fines de semana",
        "title_fr": "Être joignable la nuit et le week-end",
        "title_pt_br": "Ser encontrado à noite e nos fins de semana",
        "summary_en": "Four steps from one person’s telephone to a duty rota that the head of the team approved.",
        "summary_es": "Cuatro pasos: del móvil de una persona a una guardia aprobada por la jefatura del equipo.",
        "summary_fr": "Quatre étapes : du portable d’une personne à une garde approuvée par la direction de l’équipe.",
        "summary_pt_br": "Quatro passos: do celular de uma pessoa a um plantão aprovado pela chefia da equipe.",
        "topics": ["building"],
        "sim3": ["P-9", "H-2", "T-5"],
        "sim3_level": 3,
        "point": Point.CSIRT,
    },
    {
        "tlp": Tlp.CLEAR,
        "kind": "template",
        "title_en": "Incident register",
        "title_es": "Registro de incidentes",
        "summary_en": "A workbook with one line per incident, sorted by the classes of the taxonomy.",
        "summary_es": "Un libro con una línea por incidente, ordenado por las clases de la taxonomía.",
        "topics": ["handling"],
        "rsit": ["malicious-code", "intrusions", "fraud"],
        "sim3": ["O-8", "T-4", "P-15"],
        "point": Point.CSIRT,
    },
    {
        "tlp": Tlp.GREEN,
        "kind": "exercise",
        "title_en": "Ransomware in a hospital: a table-top exercise",
        "title_es": "Ransomware en un hospital: ejercicio de mesa",
        "title_pt_br": "Ransomware em um hospital: exercício de mesa",
        "summary_en": "Half a day, twelve injects and questions for the evaluation. Everything in it is invented.",
        "summary_es": "Media jornada, doce sucesos y preguntas para la evaluación. Todo es inventado.",
        "topics": ["exercises", "ransomware"],
        "rsit": ["information-content-security", "malicious-code"],
        "sim3": ["P-8"],
        "point": Point.EXERCISES,
    },
    {
        "tlp": Tlp.GREEN,
        "kind": "practice",
        "title_en": "Telling banks of stolen credentials without telling whose they are",
        "title_es": "Avisar a los bancos de credenciales robadas sin decir de quién son",
        "summary_en": "How a team passes on what it found, so that each bank sees its own customers alone.",
        "topics": ["sharing"],
        "rsit": ["fraud", "information-content-security"],
        "sim3": ["P-11", "P-17"],
        "point": Point.CSIRT,
    },
    {
        "tlp": Tlp.AMBER,
        "kind": "policy",
        "title_en": "Who may switch off what, and at whose word",
        "title_fr": "Qui peut couper quoi, et sur l’ordre de qui",
        "summary_en": "A sample of an agreement between a national team and operators of critical infrastructure.",
        "topics": ["infrastructure", "law"],
        "rsit": ["availability"],
        "sim3": ["O-3", "P-1"],
        "point": Point.CSIRT,
    },
)
GROUPS = (
    ("Caribbean teams", "What concerns the islands first.", "sub-region:Caribbean", False),
    ("Teams hit by the same campaign", "Nobody in it learns who else was hit.", "sector:government", True),
)

WORKING_GROUPS: tuple[dict[str, Any], ...] = (
    {
        "name_en": "Malware in banks",
        "name_es": "Código malicioso en la banca",
        "name_fr": "Logiciels malveillants dans les banques",
        "name_pt_br": "Código malicioso nos bancos",
        "mandate_en": "Compares what teams find in the banks of their states, and writes one guide a year.",
        "mandate_es": "Compara lo que los equipos hallan en la banca de sus Estados y redacta una guía al año.",
        "mandate_fr": "Compare ce que les équipes trouvent dans les banques de leurs États et rédige un guide par an.",
        "mandate_pt_br": "Compara o que as equipes encontram nos bancos de seus Estados e escreve um guia por ano.",
        "is_open": True,
    },
    {
        "name_en": "Exercises of the network",
        "name_es": "Ejercicios de la red",
        "mandate_en": "Prepares the exercise that all teams of the network take part in.",
        "mandate_es": "Prepara el ejercicio en el que participan todos los equipos de la red.",
        "is_open": False,
    },
)


PROPOSALS = (
    ("The exercise of next year", "It takes place in the second week of May, online, for all teams of the network."),
    ("Rules of the working group", "The rules are taken as they stand in the paper of this group."),
)


def make_library(cast: Cast) -> None:
    for item in ITEMS:
        facts = dict(item)
        _publish(facts.pop("tlp"), facts, cast.officer(0))
    for name, purpose, template, hides in GROUPS:
        if teams := teams_like(template):
            group = SharingGroup(name=name, purpose=purpose, hides_members=hides)
            make_group(group=group, teams=teams, by=cast.manager)
    network = list(Team.objects.connected().order_by("name")[:6])
    for facts in WORKING_GROUPS if network else ():
        _work_together(WorkingGroup(chair_team=network[0], **facts), network, cast)


def _work_together(group: WorkingGroup, teams: list[Team], cast: Cast) -> None:
    make_working_group(group=group, teams=teams, by=cast.manager)
    starts_at = timezone.now().replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=12)
    words = {
        "title": "Meeting of the working group",
        "link": "https://www.example.org/room",
        "agenda": "1. News\n2. Papers",
    }
    meeting = Meeting(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), **words)
    add_meeting(meeting=meeting, group=group, by=cast.officer(0))
    paper = Paper(title="Rules of the working group", tlp=Tlp.GREEN)
    add_paper(paper=paper, group=group, upload=workbook("Rules of the working group"), by=cast.officer(0))
    _put_to_the_vote(group, cast.officer(0))


def _put_to_the_vote(group: WorkingGroup, by: User) -> None:
    """One vote is open, one is closed; each team of the group that has somebody has voted there."""
    asked = {"group": group, "opened_by": by, "closes_at": end_of(today() + timedelta(days=14))}
    for title, text in PROPOSALS:
        proposal = Proposal.objects.create(title=title, text=text, **asked)
    acting = TeamMember.objects.current().filter(team__in=group.seats.values("team"), kind="representative")
    people = {member.team_id: member.person for member in acting.select_related("person")}
    for number, (team, person) in enumerate(people.items()):
        with scope(Reach(teams=(team,), person=person.pk, community=True)):
            facts = {"proposal": proposal, "team_id": team, "by": person}
            Vote.objects.create(choice=Vote.Choice.values[number % 4 % 3], **facts)
    Proposal.objects.filter(pk=proposal.pk).update(closes_at=timezone.now(), closed_by=by)


def _publish(tlp: str, facts: dict[str, Any], by: User) -> None:
    item = add_item(item=LibraryItem(is_sample=True, **facts), origin=None, by=by)
    languages = [code for code in ("en", "es", "fr", "pt-br") if facts.get(f"title_{code.replace('-', '_')}")]
    uploads = {code: workbook(facts[f"title_{code.replace('-', '_')}"]) for code in languages}
    chosen = [Recipient(kind="network")]
    publish_version(item=item, tlp=tlp, chosen=chosen, contents=Contents(uploads=uploads), by=by)


def workbook(title: str) -> SimpleUploadedFile:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, 0, 80)
        sheet.write_string(0, 0, title)
        sheet.write_string(1, 0, "Invented, for the trial / Inventado, para la prueba / Inventé / Inventado")
    return SimpleUploadedFile(f"{title}.xlsx", content.getvalue())

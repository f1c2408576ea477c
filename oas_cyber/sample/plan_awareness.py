"""A campaign of the trial, with what it hands out in four languages and whom it reached. All of it is invented."""

from datetime import timedelta

from django.utils import timezone

from action_plan.actions import awareness as actions
from action_plan.models import Activity, ActivityState, Campaign, Material, MaterialDownload, Reach
from common.mandate import Point
from member_states.models import MemberState
from oas_cyber.sample.network_library import workbook
from oas_cyber.sample.people import Cast

TITLES = {
    "en": "Stop and think: a campaign for small shops (sample)",
    "es": "Deténgase y piense: una campaña para pequeños comercios (ejemplo)",
    "fr": "Arrêtez-vous et réfléchissez : une campagne pour les petits commerces (exemple)",
    "pt_br": "Pare e pense: uma campanha para pequenos comércios (exemplo)",
}
SHEETS = {
    "en": "Five questions before you pay an invoice",
    "es": "Cinco preguntas antes de pagar una factura",
    "fr": "Cinq questions avant de payer une facture",
    "pt_br": "Cinco perguntas antes de pagar uma fatura",
}
REACHED = (
    ("radio", 140_000, "people", "surveyed", "Asked by telephone among 600 people."),
    ("social", 310_000, "views", "reported", "As the platforms count views."),
    ("street", 12_500, "copies", "counted", ""),
)


def make_campaigns(cast: Cast) -> None:
    today = timezone.localdate()
    activity = Activity.objects.create(
        slug="sample-campaign-small-shops",
        kind="campaign",
        point=Point.AWARENESS,
        status="under way",
        audience="public",
        starts_on=today - timedelta(days=40),
        ends_on=today + timedelta(days=50),
        officer=cast.officer(0),
        languages=["en", "es", "fr", "pt-br"],
        **{f"title_{suffix}": title for suffix, title in TITLES.items()},
    )
    for state in MemberState.objects.filter(slug__in=("chile", "jamaica")):
        ActivityState.objects.create(activity=activity, state=state, audience=activity.audience)
    message = "Before you pay: stop, think, and ask on the number you know."
    kinds = {"groups": ["businesses"], "channels": ["radio", "social", "street"]}
    campaign = Campaign.objects.create(activity=activity, message=message, **kinds)
    _make_material(campaign)
    for channel, number, unit, method, note in REACHED:
        known = {"channel": channel, "number": number, "unit": unit, "method": method, "note": note}
        Reach.objects.create(campaign=campaign, starts_on=today - timedelta(days=40), ends_on=today, **known)


def _make_material(campaign: Campaign) -> None:
    titles = {f"title_{suffix}": title for suffix, title in SHEETS.items()}
    material = actions.add_material(material=Material(kind="sheet", **titles), campaign=campaign)
    uploads = {suffix.replace("_", "-"): workbook(title) for suffix, title in SHEETS.items()}
    day = timezone.now().date()
    for number, file in enumerate(actions.add_files(material=material, uploads=uploads)):
        MaterialDownload.objects.create(file=file, day=day, count=34 - 9 * number)
    actions.publish(material=material)

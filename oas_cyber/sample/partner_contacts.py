"""A partner of the trial with a contact who signs in, and an agreement that its parties read. All invented."""

from datetime import date

from accounts.models import User
from common.days import today
from oas_cyber.sample.people import Cast, address
from partnerships.models import Agreement, Partner, PartnerContact, Party

CONTACT = "Paloma Prototipo"
NAMES = {
    "name_en": "Safe Harbour Foundation (sample)",
    "name_es": "Fundación Puerto Seguro (ejemplo)",
    "name_fr": "Fondation Port Sûr (exemple)",
    "name_pt_br": "Fundação Porto Seguro (exemplo)",
}
AGREED = {
    "name_en": "OAS and Safe Harbour Foundation (sample)",
    "name_es": "OEA y Fundación Puerto Seguro (ejemplo)",
    "name_fr": "OEA et Fondation Port Sûr (exemple)",
    "name_pt_br": "OEA e Fundação Porto Seguro (exemplo)",
    "aims_en": "Train people of small ports (sample).",
    "aims_es": "Capacitar a personas de puertos pequeños (ejemplo).",
    "aims_fr": "Former des personnes de petits ports (exemple).",
    "aims_pt_br": "Capacitar pessoas de portos pequenos (exemplo).",
}


def make_partner_contacts(cast: Cast) -> None:
    partner = Partner.objects.create(
        slug="safe-harbour-foundation", kind="civil society", since="2025", is_published=True, **NAMES
    )
    contact = User(email=address(CONTACT), name=CONTACT, language="en", time_zone="America/New_York")
    contact.set_unusable_password()
    contact.save()
    PartnerContact.objects.create(partner=partner, person=contact, starts_on=date(2025, 1, 15))
    agreement = Agreement.objects.create(
        slug="oas-safe-harbour-foundation",
        kind="memorandum of understanding",
        phase="concluded",
        audience="parties",
        concluded_on=date(2025, 1, 15),
        starts_on=date(2025, 2, 1),
        end="stated",
        ends_on=date(today().year + 1, 1, 31),
        objectives=[4, 5],
        points=[2],
        owner=cast.officer(0),
        **AGREED,
    )
    for position, side in enumerate((None, partner)):
        Party.objects.create(agreement=agreement, partner=side, position=position)

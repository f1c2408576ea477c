"""The sample of the trial: a property of the whole database, never of one with real people in it."""

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, scope
from notices.models import Mail
from oas_cyber.sample.correspondence import make_correspondence
from oas_cyber.sample.network_admission import make_applications
from oas_cyber.sample.network_alerts import make_alerts
from oas_cyber.sample.network_answers import make_answers
from oas_cyber.sample.network_claims import make_claims
from oas_cyber.sample.network_directory import make_network
from oas_cyber.sample.network_freshness import make_freshness
from oas_cyber.sample.network_library import make_library
from oas_cyber.sample.network_maturity import make_maturity
from oas_cyber.sample.network_objects import make_objects
from oas_cyber.sample.network_subscriptions import make_subscriptions
from oas_cyber.sample.partner_contacts import make_partner_contacts
from oas_cyber.sample.partner_operations import make_operations
from oas_cyber.sample.partner_promises import make_promises
from oas_cyber.sample.people import make_people, sample_addresses
from oas_cyber.sample.plan_activities import make_activities
from oas_cyber.sample.plan_awareness import make_campaigns
from oas_cyber.sample.plan_country import make_plans
from oas_cyber.sample.plan_deployments import make_deployments
from oas_cyber.sample.plan_exercises import make_exercises
from oas_cyber.sample.plan_experts import make_experts
from oas_cyber.sample.plan_missions import make_missions
from oas_cyber.sample.plan_requests import make_requests
from oas_cyber.sample.plan_training import make_training
from oas_cyber.sample.reports import make_reports
from oas_cyber.sample.rounds import Rounds


class SampleRefused(Exception):
    """The sample does not belong here. Its message is a sentence for the person who asked."""


def load_sample() -> bool:
    """All of it or nothing; False when it is there already."""
    if not settings.TRIAL:
        raise SampleRefused("The sample belongs to a trial. Set OAS_DEBUG=1 and OAS_TRIAL=1 for one.")
    if User.objects.filter(email__in=sample_addresses()).exists():
        return False
    if User.objects.exists():
        raise SampleRefused("This database has real people in it: the sample is not loaded. Use a database of its own.")
    with scope(PROGRAMME, page="load_sample"):
        cast = make_people()
        Rounds(cast).play()
        make_reports(cast)
        make_requests(cast)
        make_training(cast)
        make_deployments(cast)
        teams = make_network()
        make_alerts(cast)
        make_library(cast)
        make_applications(cast)
        make_subscriptions(teams)
        make_objects(teams)
        make_claims(cast, teams)
        make_maturity(cast, teams)
        make_freshness(cast, teams)
        make_plans(cast)
        make_activities(cast)  # and what belongs to those of the plans
        make_missions(cast)
        make_experts(cast)
        make_partner_contacts(cast)
        make_promises(cast)
        make_exercises(cast, teams)
        make_answers()  # to the alerts there are
        make_campaigns(cast)
        make_operations(cast)
        make_correspondence(cast)
        # What the rounds would have sent is in the ledger as sent; nobody's mailbox is filled.
        now = timezone.now()
        Mail.objects.update(status="done", sent_at=now, finished_at=now)
    return True

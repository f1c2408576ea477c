from django.urls import path

from action_plan.views import deployments

DEPLOYMENT = "states/<slug:slug>/deployment/"

urlpatterns = [
    path(DEPLOYMENT, deployments.deployment_detail, name="deployment-detail"),
    path(f"{DEPLOYMENT}start/", deployments.deployment_start, name="deployment-start"),
    path(f"{DEPLOYMENT}team/", deployments.deployment_team, name="deployment-team"),
    path(f"{DEPLOYMENT}<slug:step>/", deployments.deployment_milestone, name="deployment-milestone"),
]

from django.urls import path

from action_plan.views import deployments

DEPLOYMENT = "states/<slug:slug>/deployment/"

urlpatterns = [
    path("deployments/", deployments.deployment_list, name="deployment-list"),
    path("deployments.csv", deployments.deployment_csv, name="deployment-csv"),
    path("deployments.xlsx", deployments.deployment_xlsx, name="deployment-xlsx"),
    path(DEPLOYMENT, deployments.deployment_detail, name="deployment-detail"),
    path(f"{DEPLOYMENT}start/", deployments.deployment_start, name="deployment-start"),
    path(f"{DEPLOYMENT}team/", deployments.deployment_team, name="deployment-team"),
    path(f"{DEPLOYMENT}<slug:step>/", deployments.deployment_milestone, name="deployment-milestone"),
]

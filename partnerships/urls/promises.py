from django.urls import path

from partnerships.views import commitments, contributions, deliveries
from partnerships.views import promise_lists as lists

AGREEMENT, COMMITMENT, DELIVERY = "agreements/<slug:slug>/", "commitments/<int:pk>/", "deliveries/<int:pk>/"
CONTRIBUTION = "contributions/<slug:slug>/"

urlpatterns = [
    path("commitments/", lists.commitment_list, name="commitment-list"),
    path("commitments.csv", lists.commitment_csv, name="commitment-csv"),
    path("commitments.xlsx", lists.commitment_xlsx, name="commitment-xlsx"),
    path("contributions/", lists.contribution_list, name="contribution-list"),
    path("contributions.csv", lists.contribution_csv, name="contribution-csv"),
    path("contributions.xlsx", lists.contribution_xlsx, name="contribution-xlsx"),
    path(f"{AGREEMENT}commitments/new/", commitments.commitment_new, name="commitment-new"),
    path(f"{AGREEMENT}contributions/new/", contributions.contribution_new, name="contribution-new"),
    path(COMMITMENT, commitments.commitment_detail, name="commitment-detail"),
    path(f"{COMMITMENT}edit/", commitments.commitment_edit, name="commitment-edit"),
    path(f"{COMMITMENT}remove/", commitments.commitment_remove, name="commitment-remove"),
    path(f"{COMMITMENT}deliveries/new/", deliveries.delivery_new, name="delivery-new"),
    path("deliveries/", deliveries.delivery_list, name="delivery-list"),
    path("deliveries.csv", deliveries.delivery_table, name="delivery-table-csv"),
    path("deliveries.xlsx", deliveries.delivery_table, {"form": "xlsx"}, name="delivery-table-xlsx"),
    path("deliveries/files/<uuid:token>/", deliveries.delivery_file, name="delivery-file"),
    path(DELIVERY, deliveries.delivery_detail, name="delivery-detail"),
    path(f"{DELIVERY}edit/", deliveries.delivery_edit, name="delivery-edit"),
    path(f"{DELIVERY}review/", deliveries.delivery_review, name="delivery-review"),
    path(CONTRIBUTION, contributions.contribution_detail, name="contribution-detail"),
    path("contributions/<slug:slug>.csv", contributions.contribution_table, name="contribution-table-csv"),
    path(
        "contributions/<slug:slug>.xlsx",
        contributions.contribution_table,
        {"form": "xlsx"},
        name="contribution-table-xlsx",
    ),
    path(f"{CONTRIBUTION}edit/", contributions.contribution_edit, name="contribution-edit"),
    path(f"{CONTRIBUTION}remove/", contributions.contribution_remove, name="contribution-remove"),
    path(f"{CONTRIBUTION}instalments/new/", contributions.instalment_form, name="instalment-new"),
    path(f"{CONTRIBUTION}instalments/<int:pk>/", contributions.instalment_form, name="instalment-edit"),
    path(f"{CONTRIBUTION}allocations/new/", contributions.allocation_form, name="allocation-new"),
    path(f"{CONTRIBUTION}allocations/<int:pk>/", contributions.allocation_form, name="allocation-edit"),
    path(
        f"{CONTRIBUTION}instalments/<int:pk>/remove/",
        contributions.part_remove,
        {"part": "instalments"},
        name="instalment-remove",
    ),
    path(
        f"{CONTRIBUTION}allocations/<int:pk>/remove/",
        contributions.part_remove,
        {"part": "allocations"},
        name="allocation-remove",
    ),
    path("rates/", contributions.rate_list, name="rate-list"),
    path("rates.csv", contributions.rate_table, name="rate-table-csv"),
    path("rates.xlsx", contributions.rate_table, {"form": "xlsx"}, name="rate-table-xlsx"),
    path("rates/<int:pk>/remove/", contributions.rate_remove, name="rate-remove"),
]
